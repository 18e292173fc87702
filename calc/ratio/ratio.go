// Package ratio compares what winning a new customer costs with what keeping
// one does.
//
//	win to keep   = W ÷ keep cost
//	value to win  = V ÷ W
//	payback years = W ÷ m
//
// W is the cost of winning one customer, the keep cost is a year's; m is a
// customer's margin in a year and V over the lifetime, as package customer
// reckons them. A ratio of averages does not say where the next dollar should
// go (Pfeifer 2005): the comparable figure is the cost of one customer saved,
// retention.cost_per_saved.
package ratio

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/acquisition"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/evidence"
)

// Inputs are the two costs, and the customer where one is given.
type Inputs struct {
	Win      float64 // W, money
	Keep     float64 // money a customer a year
	Valued   bool    // whether the customer is given
	Customer customer.Inputs
}

// Result compares the two costs, and the first with what it buys.
type Result struct {
	*Inputs
	V            float64 // money; NaN without a customer
	WinToKeep    float64 // ratio
	ValueToWin   float64 // ratio; NaN without a customer
	PaybackYears float64 // NaN without a customer, or one who brings nothing
}

// Ask asks for the costs, and for the customer if there is one.
func (in *Inputs) Ask(ask *calc.Form) {
	acquisition.AskWin(&in.Win, ask)
	ask.Money(&in.Keep, "acquisition.keep_cost", "what keeping one customer costs a year", calc.Positive)
	ask.Part(&in.Valued, in.Customer.Ask)
}

// Compute applies the formulas of the package comment. It refuses a lifetime
// that never ends.
func Compute(in *Inputs, r *Result) error {
	r.Inputs, r.WinToKeep = in, in.Win/in.Keep
	r.V, r.ValueToWin, r.PaybackYears = math.NaN(), math.NaN(), math.NaN()
	if !in.Valued {
		return nil
	}
	if err := in.Customer.Check(); err != nil {
		return err
	}
	r.V = in.Customer.Value(in.Customer.Years)
	r.ValueToWin = r.V / in.Win
	if m := in.Customer.PerYear(); m > 0 {
		r.PaybackYears = in.Win / m
	}
	return nil
}

// never is how the payback reads when the lifetime is over before.
func (r *Result) never() string {
	if r.ValueToWin < 1 {
		return "never in this lifetime"
	}
	return ""
}

// Tell tells the three ratios.
func (r *Result) Tell(tell *calc.Report) {
	tell.Answer("Winning a customer costs {ratio.win_to_keep} times as much as keeping one for a year")
	tell.Ratio("ratio.win_to_keep", "Winning against keeping", r.WinToKeep).From("{acquisition.win_cost} ÷ {acquisition.keep_cost}").
		Compare(evidence.WinToKeep, evidence.WinToKeepCents, evidence.WinToKeepFive).
		But("a ratio of averages does not say where the next dollar should go (Pfeifer 2005); compare the cost of one customer saved")
	tell.Ratio("ratio.value_to_win", "Lifetime margin against winning", r.ValueToWin).From("{1 money} ÷ {acquisition.win_cost}", r.V).Needs("customer.spend", "customer.years")
	tell.Years("ratio.payback_years", "Years until winning is paid back", r.PaybackYears).From("{acquisition.win_cost} ÷ {1 money}", r.Customer.PerYear()).
		Reads(r.never()).Needs("customer.spend", "customer.years").Else("the customer brings no margin")
}
