package winback

import (
	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/evidence"
)

// SecondLife describes what a customer who was won back does from then on.
type SecondLife struct {
	Spend float64 // share of the first life's
	Years float64
	Ramp  float64 // years until full spend
}

// Ask asks for the second life. It is asked after the customer.
func (in *SecondLife) Ask(ask *calc.Form) {
	ask.Share(&in.Spend, "winback.second_life.spend", "spend after the return, against the first life's", calc.AtMost(maxSpend), calc.Default(1))
	ask.Time(&in.Years, "winback.second_life.years", "how long the second life lasts at most", calc.OrForever, calc.Follow("customer.years"))
	ask.Time(&in.Ramp, "winback.second_life.ramp_years", "years until the returned customer spends in full, growing evenly", calc.AtMost(calc.LongestRamp), calc.Default(0))
}

// maxSpend bounds how many times the first life's spend a second one may bring.
const maxSpend = 100

// Value is V₂, the present value of the second life at the customer's own
// margin, retention and discount, money.
func (in *SecondLife) Value(c *customer.Inputs) float64 {
	return in.Spend * c.PerYear() * c.RampedWeight(in.Years, in.Ramp)
}

// Check refuses a second life whose value has no bound.
func (in *SecondLife) Check(c *customer.Inputs) error {
	if c.Endless(in.Years) {
		return calc.Wrong("winback.second_life.years", "forever never ends with retention 100%% and discount 0%%: give one of them, or a number of years")
	}
	return nil
}

// AskReturnsAnyway asks for a, the share of all lost customers who would come
// back unasked.
func AskReturnsAnyway(to *float64, ask *calc.Form, options ...calc.Option) {
	ask.Share(to, "winback.returns_anyway", "share of all lost customers who would come back unasked", append(options, calc.Known(evidence.ReturnsAnyway))...)
}
