package customer_test

import (
	"math"
	"testing"

	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/quantity"
)

// A constant tail is one chance to stay for each period, so that every weight is known
// in closed form.
type constant float64

func (c constant) Conditional(from, to float64) float64 { return math.Pow(float64(c), to-from) }

func (c constant) Sum(_, step, ratio float64) float64 {
	return 1 / (1 - ratio*math.Pow(float64(c), step))
}

// Whatever goes on changing must agree with one chance for all time where it is one:
// payments more or less often than periods of tenure, contracts, parts of a period,
// each time of payment, with a horizon and without.
func TestATailThatStaysTheSameIsAConstantRetention(t *testing.T) {
	for _, payments := range []float64{1, 4, 12, 52} {
		for _, renewals := range []float64{1, 4, 12, 52} {
			for _, years := range []float64{2.3, 10, math.Inf(1)} {
				for _, paid := range []string{customer.Start, customer.End, customer.Stayed} {
					if renewals > payments {
						continue
					}
					in := customer.Inputs{Spend: 1, Visits: 1, Payments: payments, Renewals: renewals, Years: years, Margin: 1, Growth: .02, Discount: .1, Paid: paid}
					for _, tenure := range []float64{0, 1.4, 3} {
						in.Retention = quantity.ByTenure{Later: .8}
						want := in.WeightAt(tenure)
						in.Retention = quantity.ByTenure{Early: []float64{.8, .8}, Later: 1, Period: 1. / 4, Tail: constant(math.Pow(.8, 1./4))}
						if got := in.WeightAt(tenure); math.Abs(got-want) > 1e-9*want {
							t.Errorf("%v payments, %v renewals, %v years, paid %s, tenure %v: the weight is %v, want %v", payments, renewals, years, paid, tenure, got, want)
						}
					}
				}
			}
		}
	}
}
