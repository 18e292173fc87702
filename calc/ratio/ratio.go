// Package ratio compares what winning a new customer costs with what keeping one
// does, and with what the new customer is worth.
//
//	win to keep    = W ÷ keep cost
//	LTV:CAC        = V₀ ÷ W
//	payback months = 12 × W ÷ m        not given where V₀ < W: never in this lifetime
//
// W is the cost of winning one customer (CAC), the keep cost is for a year; m is a
// customer's margin in a year and V₀ that of a new one over the lifetime (package
// customer). A ratio of averages does not say where the next dollar should go (Pfeifer
// 2005): the comparable figure is the cost of one customer saved,
// retention.cost_per_saved.
package ratio

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/acquisition"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/evidence"
)

// monthsPerYear turns years into months.
const monthsPerYear = 12

// Inputs are the two costs, and the customer where one is given.
type Inputs struct {
	Win      float64 // W, money
	Keep     float64 // money a customer a year; NaN where not given
	Valued   bool    // whether the customer is given
	Customer customer.Inputs
}

// Result is the three ratios.
type Result struct {
	*Inputs
	Worth         customer.Worth // zero throughout without a customer
	WinToKeep     float64        // ratio; NaN without a cost of keeping
	LTVToCAC      float64        // ratio; NaN without a customer
	PaybackMonths float64        // NaN without a customer, or where the lifetime ends first
}

// Ask asks for the costs, and for the customer if there is one.
func (in *Inputs) Ask(ask *calc.Form) {
	acquisition.AskWin(&in.Win, ask)
	ask.MoneyPerYear(&in.Keep, "acquisition.keep_cost", "what keeping one customer costs a year; 10 per month is 120 a year", calc.Per(calc.Possible), calc.Positive, calc.Optional)
	ask.Part(&in.Valued, in.Customer.Ask)
}

// Settle refuses a cost of winning with nothing to compare it to.
func (in *Inputs) Settle() error {
	if !in.Valued && math.IsNaN(in.Keep) {
		return calc.Lacking("acquisition.keep_cost", "it says what keeping one customer costs a year; or give customer.spend and customer.years instead")
	}
	return nil
}

// Compute applies the formulas of the package comment. It refuses a lifetime
// that never ends.
func Compute(in *Inputs, r *Result) error {
	r.Inputs, r.WinToKeep = in, in.Win/in.Keep
	r.LTVToCAC, r.PaybackMonths = math.NaN(), math.NaN()
	if !in.Valued {
		return nil
	}
	if err := in.Customer.Check(); err != nil {
		return err
	}
	r.Worth = in.Customer.Worth()
	r.LTVToCAC = r.Worth.NewValue / in.Win
	if r.LTVToCAC >= 1 {
		r.PaybackMonths = monthsPerYear * in.Win / r.Worth.PerYear
	}
	return nil
}

// compared begins the headline: what the cost of winning is compared with.
func (r *Result) compared() string {
	switch {
	case math.IsNaN(r.Keep):
		return "A new customer is worth {ratio.ltv_to_cac} times what winning one costs (LTV:CAC)"
	case !r.Valued:
		return "Winning a customer costs {ratio.win_to_keep} times as much as keeping one for a year"
	}
	return "Winning a customer costs {ratio.win_to_keep} times as much as keeping one for a year; LTV:CAC is {ratio.ltv_to_cac}"
}

// valued is a part of the headline that is left out where no customer is given.
func (r *Result) valued(words string) string {
	if !r.Valued {
		return ""
	}
	return words
}

// Tell reports the three ratios.
func (r *Result) Tell(tell *calc.Report) {
	tell.Answer(r.compared(), r.valued(r.Customer.Basis()), r.valued(" over {customer.years}"), r.valued(r.Customer.Period()))
	tell.Ratio("ratio.win_to_keep", "Winning against keeping", r.WinToKeep).From("{acquisition.win_cost} ÷ {acquisition.keep_cost}").Needs("acquisition.keep_cost").
		Compare(evidence.WinToKeep, evidence.WinToKeepCents, evidence.WinToKeepFive).
		Caveat("a ratio of averages does not say where the next dollar should go (Pfeifer 2005); compare the cost of one customer saved")
	tell.Ratio("ratio.ltv_to_cac", "LTV:CAC", r.LTVToCAC).From("{1 money} ÷ {acquisition.win_cost}", r.Worth.NewValue).Needs("customer.spend", "customer.years")
	tell.Months("ratio.cac_payback_months", "CAC payback (months)", r.PaybackMonths).From("12 × {acquisition.win_cost} ÷ {1 money}", r.Worth.PerYear).
		Needs("customer.spend", "customer.years").AbsentBecause("never in this lifetime: the customer brings less than winning one costs")
}
