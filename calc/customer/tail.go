package customer

import (
	"math"

	"github.com/churncost/churncost/calc/quantity"
)

// tailed is the sum of a number of payments, beginning with number k, which is worth 1,
// where the chance to stay goes on changing. Without end, the sum goes over the payments
// until the pattern of payments and renewals begins again, each with all that come one or
// more such patterns later.
func (l *life) tailed(k, count float64) float64 {
	pattern, endless := 1.0, math.IsInf(count, 1)
	if l.renewals < l.payments {
		pattern = l.payments // a year's
	}
	if endless {
		count = pattern
	}
	sum, there, rise, worth := 0.0, 1.0, math.Pow(1+l.rise, 1/l.payments), 1.0
	from := l.renewed(k)
	for left := count; left > 0; {
		tenure, n := l.tenure+k/l.payments, min(left, 1)
		if l.renewals < l.payments {
			n = min(left, l.until(l.next(tenure), k))
		}
		at := l.renewed(k)
		there *= l.stay.Tail.Conditional(from, at)
		from = at
		part := there * worth
		if n == 1 {
			worth *= rise
		} else {
			part *= sumOfPowers(l.perPayment(1), n)
			worth *= math.Pow(rise, n)
		}
		if endless {
			part *= l.stay.Tail.Sum(at, pattern/l.payments/l.stay.Period, math.Pow(1+l.rise, pattern/l.payments))
		}
		sum += part
		k, left = k+n, left-n
	}
	return sum
}

// renewed is the tenure, in periods of the table, up to which the customer who makes payment
// number k has renewed.
func (l *life) renewed(k float64) float64 {
	return count(l.before(l.tenure+k/l.payments), 1/l.stay.Period)
}

// Leavers is W(T) of customers who were about to leave. Customers differ, and those
// who leave at a tenure differ from those who stay:
//
//	Sₙ(k) = (S(n+k−1) − S(n+k)) ÷ (S(n−1) − S(n))
//
// n and k are counted in the periods at the end of which the customer may leave, and n
// is at least one. Leavers is NaN where nobody leaves at that tenure, and where the
// chance to stay falls with tenure: those who leave would then stay longer than the
// others, which is impossible for a mixture of customers.
func (in *Inputs) Leavers(stay *quantity.ByTenure) float64 {
	step := 1 / in.Renewals
	tenure := max(in.Tenure, step)
	before := life{stay, tenure - step, in.Payments, in.Renewals, 0}
	stays := before.chance(tenure-step, tenure)
	if stays == 1 {
		return math.NaN()
	}
	ordinary := in.weigh(stay, tenure, in.Years)
	leavers := (in.weigh(stay, tenure-step, in.Years) - stays*ordinary) / (1 - stays)
	if leavers > ordinary*(1+whole) {
		return math.NaN()
	}
	return leavers
}
