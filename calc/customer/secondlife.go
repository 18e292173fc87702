package customer

import (
	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/evidence"
	"github.com/churncost/churncost/calc/quantity"
)

// A SecondLife is what a customer who returned does from then on.
//
//	V₂ = spend × m × W(years) with the ramp     the second life
//	R  = V₂ − (1 − θ) × m × W(years)            what one return saves
//
// R is V₂ itself where nobody replaces a lost customer; else the newcomer would have
// spent in that time. The term second lifetime value is from Stauss & Friege 1999,
// "Regaining Service Customers".
type SecondLife struct {
	Spend     float64 // share of the first life's
	Years     float64
	Ramp      float64 // years until full spend
	Retention quantity.ByTenure
}

// mostSpend bounds how many times the first life's spend a second one may bring.
const mostSpend = 100

// Ask asks for the second life of a customer, whose Ask must be called before.
func (in *SecondLife) Ask(c *Inputs, ask *calc.Form) {
	ask.Share(&in.Spend, "winback.second_life.spend", "spend after the return, against the first life's", calc.AtMost(mostSpend), calc.Default(1))
	ask.Time(&in.Years, "winback.second_life.years", "how long the second life lasts at most", calc.OrForever, calc.Follow("customer.years"))
	ask.Time(&in.Ramp, "winback.second_life.ramp_years", "years until the returned customer spends in full, growing evenly", calc.AtMost(calc.LongestRamp), calc.Default(0))
	c.AskStay(&in.Retention, ask, "winback.second_life.retention", "chance to stay in the second life, written as customer.retention")
}

// Check refuses a second life whose value has no bound.
func (in *SecondLife) Check(c *Inputs) error {
	return c.CheckLife(&in.Retention, "winback.second_life.years", in.Years)
}

// Value is V₂, money.
func (in *SecondLife) Value(c *Inputs) float64 {
	return in.Spend * c.PerYear() * (c.weigh(&in.Retention, 0, in.Years) - c.missing(&in.Retention, in.Years, in.Ramp))
}

// Saves is R, what one return saves, money.
func (in *SecondLife) Saves(c *Inputs, w *Worth) float64 {
	v := in.Value(c)
	if w.Share == 1 {
		return v
	}
	return v - (1-w.Share)*w.PerYear*c.weigh(&in.Retention, 0, in.Years)
}

// AskReturnsAnyway asks for a, the share of all lost customers who would come
// back unasked.
func AskReturnsAnyway(to *float64, ask *calc.Form, options ...calc.Option) {
	ask.Share(to, "winback.returns_anyway", "share of all lost customers who would come back unasked", append(options, calc.Known(evidence.ReturnsAnyway))...)
}
