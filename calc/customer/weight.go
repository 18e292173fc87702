package customer

import (
	"math"

	"github.com/churncost/churncost/calc/quantity"
)

// W(T) is how many of today's years T years of a customer are worth:
//
//	W(T) = 1/p × Σ Sₙ(k) × ((1 + g) ÷ (1 + d))^(k/p)      k = 0 … pT − 1
//
// p is how many payments a year has, g the yearly growth of the spend and d the
// yearly discount. Sₙ(k) is the chance that a customer who has stayed n years already
// is still there k payments later. Where money comes at the end of the period, the sum
// is divided by (1 + d)^(1/p); where it comes at the end from those who stayed, the
// terms are
//
//	Sₙ(k) × (1 + g)^((k−1)/p) ÷ (1 + d)^(k/p)             k = 1 … pT
//
// For a part of a period, the same part of the next term counts. Where the chance to stay
// goes on changing with tenure, terms are added up one by one, and without a horizon the
// tail itself adds them up. With yearly payments
// these are the three textbook formulas (Fader & Hardie 2012, "Reconciling and
// clarifying CLV formulas"). Terms with the same chance to stay are added up in closed
// form.

// A life is a stream of payments from a customer who may leave.
type life struct {
	stay     *quantity.ByTenure
	tenure   float64 // years stayed already
	payments float64 // a year
	renewals float64 // a year, at most as many as payments
	rise     float64 // of what a year's payments are worth from one year to the next: (1 + g) ÷ (1 + d) − 1
}

// whole is how close to a whole number of periods a time may be and still count as
// one: years are kept as binary fractions.
const whole = 1e-9

// WeightAt is W of the horizon for a customer who has stayed a given number of years.
func (in *Inputs) WeightAt(tenure float64) float64 {
	return in.weigh(&in.Retention, tenure, in.Years)
}

// WeightOf is W of the horizon for a customer of the same tenure who stays with the
// given chances.
func (in *Inputs) WeightOf(stay *quantity.ByTenure) float64 {
	return in.weigh(stay, in.Tenure, in.Years)
}

// NextYear is the chance that a customer who has stayed a given number of years stays
// one more.
func (in *Inputs) NextYear(tenure float64) float64 { return in.Stays(tenure, 1) }

// Stays is the chance that a customer of the given tenure stays so many years more.
func (in *Inputs) Stays(tenure, years float64) float64 {
	l := in.life(&in.Retention, tenure, 0)
	return l.chance(tenure, tenure+years)
}

// WeightWithin is W of the next years, as far as the horizon reaches.
func (in *Inputs) WeightWithin(years float64) float64 {
	return in.weigh(&in.Retention, in.Tenure, min(years, in.Years))
}

// weigh is W(T) of a customer who stays with the given chances.
func (in *Inputs) weigh(stay *quantity.ByTenure, tenure, years float64) float64 {
	return in.weighAt(stay, tenure, years, in.Discount)
}

// weighAt is weigh with another discount.
func (in *Inputs) weighAt(stay *quantity.ByTenure, tenure, years, discount float64) float64 {
	if stay.Constant() && in.Renewals == in.Payments {
		return in.weighConstant(stay.Later, years, discount)
	}
	l := in.life(stay, tenure, discount)
	return in.timing(discount) * l.sum(in.first(), count(years, in.Payments)) / in.Payments
}

// weighConstant is W(T) with one retention and without contracts, in closed form. It
// covers most scenarios.
func (in *Inputs) weighConstant(retention, years, discount float64) float64 {
	if retention == 1 && in.Growth == discount && in.Paid == Start {
		return years // each counts in full
	}
	p, less, sum := in.Payments, in.yearlyRatioLess1(retention, discount), years
	if less != 0 {
		less = perPayment(less, retention*(1+in.Growth)/(1+discount), p)
		sum = sumOfPowers(less, count(years, p)) / p
	}
	switch in.Paid {
	case Start:
		return sum
	case Stayed:
		sum *= 1 + less
	}
	return sum * in.timing(discount)
}

// perPeriod is the factor for one period of a yearly factor.
func perPeriod(factor, periods float64) float64 {
	if factor == 1 || periods == 1 {
		return factor
	}
	return math.Pow(factor, 1/periods)
}

// life is the stream of payments of a customer who stays with the given chances.
func (in *Inputs) life(stay *quantity.ByTenure, tenure, discount float64) life {
	return life{stay, tenure, in.Payments, in.Renewals, (in.Growth - discount) / (1 + discount)}
}

// Undiscounted is W(T) with a discount of 0 %, for a customer of the given tenure who
// stays with the given chances: how many years' margin have come in.
func (in *Inputs) Undiscounted(stay *quantity.ByTenure, tenure, years float64) float64 {
	if stay.Later == 1 && in.Growth == 0 && stay.Constant() {
		return years // each counts in full
	}
	return in.weighAt(stay, tenure, years, 0)
}

// Stay is for how many more years a customer of the given tenure is expected to pay.
// It is infinite for one who never leaves.
func (in *Inputs) Stay(tenure float64) float64 {
	l := life{&in.Retention, tenure, in.Payments, in.Renewals, 0}
	return l.sum(0, count(in.Years, in.Payments)) / in.Payments
}

// timing moves every term from the start of its period to when the money comes.
func (in *Inputs) timing(discount float64) float64 {
	switch in.Paid {
	case End:
		return perPeriod(1/(1+discount), in.Payments)
	case Stayed:
		return perPeriod(1/(1+in.Growth), in.Payments)
	}
	return 1
}

// first is the number of the first payment.
func (in *Inputs) first() float64 {
	if in.Paid == Stayed {
		return 1
	}
	return 0
}

// yearlyRatioLess1 is r (1 + g) ÷ (1 + d) − 1, without the loss of digits that
// subtracting would cause near one, and never below −1, which is its value where
// nobody stays.
func (in *Inputs) yearlyRatioLess1(retention, discount float64) float64 {
	return max(-1, ((retention-1)*(1+in.Growth)+in.Growth-discount)/(1+discount))
}

// count is the number of payments in a number of years.
func count(years, payments float64) float64 {
	count := years * payments
	if near := math.Floor(count + 1./2); math.Abs(count-near) < whole {
		return near
	}
	return count
}

// sum adds up a number of payments, beginning with number from, each multiplied by
// the chance that the customer is there and by what it is worth.
func (l *life) sum(from, count float64) float64 {
	sum, k := 0.0, from
	reached := l.before(l.tenure) // the tenure up to which the chance to stay is in there
	there, risen, rise := 1.0, 1.0, 1.0
	if l.rise != 0 {
		risen, rise = math.Pow(1+l.rise, k/l.payments), math.Pow(1+l.rise, 1/l.payments)
	}
	for left := count; left > 0; {
		tenure := l.tenure + k/l.payments
		at := l.before(tenure)
		there *= l.chance(reached, at)
		reached = at
		worth := there * risen
		if at >= l.settled()-whole {
			return sum + worth*l.steady(k, left)
		}
		n := min(left, l.until(l.next(tenure), k))
		if n == 1 {
			risen *= rise
		} else {
			worth *= sumOfPowers(l.perPayment(l.rate(tenure)), n)
			risen *= math.Pow(rise, n)
		}
		sum += worth
		k, left = k+n, left-n
	}
	return sum
}

// settled is the tenure from which the chance to stay no longer changes.
func (l *life) settled() float64 { return float64(len(l.stay.Early)) * l.stay.Period }

// steady is the sum of a number of payments, beginning with number k, which is worth
// 1, once the chance to stay no longer changes.
func (l *life) steady(k, count float64) float64 {
	switch {
	case l.stay.Tail != nil:
		return l.tailed(k, count)
	case l.renewals >= l.payments:
		return sumOfPowers(l.perPayment(l.stay.Later), count)
	}
	// Payments and renewals make the same pattern every year.
	years := math.Floor(count / l.payments)
	sum := l.contract(k, count-years*l.payments)
	if math.IsInf(count, 1) {
		years, sum = count, 0
	}
	if years > 0 {
		yearly := l.fromYearToYear(l.stay.Later)
		whole := sumOfPowers(yearly, years)
		if sum != 0 {
			sum *= math.Pow(1+yearly, years)
		}
		sum += whole * l.contract(k, l.payments)
	}
	return sum
}

// contract is the sum of at most a year's payments, beginning with number k, which is
// worth 1, where the customer may leave at renewals only.
func (l *life) contract(k, count float64) float64 {
	sum, worth, renewal := 0.0, 1.0, math.Pow(l.stay.Later, 1/l.renewals)
	var last, together, step float64 // of contracts with as many payments as the last one
	for left := count; left > 0; {
		n := min(left, l.until(l.next(l.tenure+k/l.payments), k))
		if n != last {
			last, together, step = n, sumOfPowers(l.perPayment(1), n), renewal*math.Pow(1+l.rise, n/l.payments)
		}
		sum += worth * together
		k, left, worth = k+n, left-n, worth*step
	}
	return sum
}

// rate is the yearly chance to stay by which payments fall from one to the next. With
// contracts it is 1 until they are renewed.
func (l *life) rate(tenure float64) float64 {
	if l.renewals < l.payments {
		return 1
	}
	return l.yearly(tenure)
}

// yearly is the yearly chance to stay at a tenure.
func (l *life) yearly(tenure float64) float64 {
	if tenure >= l.settled()-whole {
		return l.stay.Later
	}
	return l.stay.Early[int(tenure/l.stay.Period+whole)]
}

// perPayment is what a payment is worth ÷ what the one before is worth − 1, for a
// yearly chance to stay.
func (l *life) perPayment(retention float64) float64 {
	return perPayment(l.fromYearToYear(retention), retention*(1+l.rise), l.payments)
}

// fromYearToYear is a year's payments ÷ those of the year before − 1.
func (l *life) fromYearToYear(retention float64) float64 {
	return max(-1, (retention-1)*(1+l.rise)+l.rise)
}

// perPayment turns the ratio of one year to the year before into the ratio of one
// payment to the payment before − 1. It takes the year's ratio both less 1 and as it
// is: close to one the first has more digits, and close to zero the second.
func perPayment(less, ratio, payments float64) float64 {
	const half = 1. / 2
	switch {
	case less == 0 || payments == 1:
		return less
	case ratio < half:
		return math.Pow(ratio, 1/payments) - 1
	}
	return math.Expm1(math.Log1p(less) / payments)
}

// before is the tenure of the last opportunity to leave, up to and including now.
func (l *life) before(tenure float64) float64 {
	if l.renewals >= l.payments {
		return tenure
	}
	return math.Floor(tenure*l.renewals+whole) / l.renewals
}

// next is the tenure of the next change: the contract is renewed, or another chance to
// stay applies.
func (l *life) next(tenure float64) float64 {
	step := l.stay.Period
	if l.renewals < l.payments {
		step = 1 / l.renewals
	}
	return (math.Floor(tenure/step+whole) + 1) * step
}

// until is how many payments there are, beginning with number k, before a tenure is
// reached; at least one.
func (l *life) until(tenure, k float64) float64 {
	return max(1, math.Ceil((tenure-l.tenure)*l.payments-k-whole))
}

// chance is the chance to stay from one tenure to a later one: the product of the
// chances in between, which is also correct where nobody stays.
func (l *life) chance(from, to float64) float64 {
	chance := 1.0
	for from < to-whole {
		end := to
		switch {
		case from < l.settled()-whole:
			end = min(to, (math.Floor(from/l.stay.Period+whole)+1)*l.stay.Period)
		case l.stay.Tail != nil:
			return chance * l.stay.Tail.Conditional(from/l.stay.Period, to/l.stay.Period)
		}
		if at := int(from/l.stay.Period + whole); at < len(l.stay.Whole) && math.Abs(end-from-l.stay.Period) < whole {
			chance *= l.stay.Whole[at]
		} else {
			chance *= math.Pow(l.yearly(from), end-from)
		}
		from = end
	}
	return chance
}

// missing is how many of today's years W loses where the spend grows evenly from zero
// to full over the ramp: each period counts by the mean of min(1, u ÷ ramp) over the
// part of it that is in the horizon.
func (in *Inputs) missing(stay *quantity.ByTenure, years, ramp float64) float64 {
	if ramp == 0 {
		return 0
	}
	l := in.life(stay, 0, in.Discount)
	payments, first := count(years, in.Payments), in.first()
	steady := stay.Constant() && l.renewals >= l.payments
	ratio := 1 + l.perPayment(stay.Later)
	rise := 1 + l.perPayment(1)
	sum, there, reached := 0.0, 1.0, 0.0
	worth := math.Pow(rise, first)
	if steady {
		worth = math.Pow(ratio, first)
	}
	for k := 0.0; k < payments && k < ramp*l.payments; k++ {
		part := min(1, payments-k)
		short := part * (1 - rampMean(k/l.payments, (k+part)/l.payments, ramp)) * worth
		if steady {
			worth *= ratio
		} else {
			at := l.before((k + first) / l.payments)
			there *= l.chance(reached, at)
			reached = at
			short *= there
			worth *= rise
		}
		sum += short
	}
	return in.timing(in.Discount) * sum / l.payments
}

// rampMean is the mean of min(1, u ÷ ramp) for u from one time to another.
func rampMean(from, to, ramp float64) float64 {
	full := min(to, ramp)
	return ((full-from)*(from+full)/2/ramp + to - full) / (to - from)
}

// sumOfPowers is Σ xᵏ for k = 0 … n−1, with x = 1 + less, in closed form:
// (xⁿ − 1) ÷ (x − 1), exact near x = 1. Where n is not whole, its fraction of the next
// term is added.
func sumOfPowers(less, n float64) float64 {
	switch {
	case less == 0:
		return n
	case math.IsInf(n, 1):
		return -1 / less
	}
	whole, part := math.Modf(n)
	sum := whole
	if whole != 0 {
		sum = math.Expm1(whole*math.Log1p(less)) / less
	}
	if part != 0 {
		sum += part * math.Pow(1+less, whole)
	}
	return sum
}
