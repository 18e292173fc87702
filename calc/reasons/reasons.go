// Package reasons computes what each reason for leaving costs, and what mending
// it would bring.
//
//	customers = share × N × c       of those lost in a year; of 100 lost where the firm is not given
//	cost      = customers × V
//	saved     = cost × fixable
//	return    = saved ÷ fix cost
//
// V is a customer's lifetime margin (package customer). The shares may not pass
// 100 %; what is missing is a row of its own. It splits the same churn as
// package retention: a second view, never a second bill.
package reasons

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/company"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/evidence"
)

// perHundred is how many lost customers are split where the firm is not given.
const perHundred = 100

// tolerance is by how much shares may pass 100 % through the rounding of binary
// fractions.
const tolerance = 1e-9

// Inputs are the reasons, the customer and the firm.
type Inputs struct {
	Customer  customer.Inputs
	Customers float64 // N; NaN where not given
	Churn     float64 // c, share a year; NaN where not given
	Reasons   []Reason
	order     []int  // of the reasons, by share at the likely values, largest first
	first     string // name of the first of them, fit for a template
}

// A Reason is why some of the lost customers left.
type Reason struct {
	Name    string
	Class   string
	Share   float64 // of those lost
	Fixable float64 // share that mending it would keep; NaN where not given
	FixCost float64 // money a year; NaN where not given
}

// Ask asks for one reason.
func (r *Reason) Ask(ask *calc.Form) {
	ask.Text(&r.Name, "name", "what the reason is called")
	ask.Text(&r.Class, "class", "what kind of reason it is, such as service, product, the customer or the outside", calc.Optional)
	ask.Share(&r.Share, "share", "share of the lost customers who left for it")
	ask.Share(&r.Fixable, "fixable", "share of them whom mending it would keep", calc.Optional)
	ask.Money(&r.FixCost, "fix_cost", "what mending it costs a year", calc.Optional, calc.Positive)
}

// Ask asks for the customer, the firm and the reasons.
func (in *Inputs) Ask(ask *calc.Form) {
	in.Customer.Ask(ask)
	company.AskCustomers(&in.Customers, ask, calc.Optional)
	company.AskChurn(&in.Churn, ask, calc.Optional)
	calc.Rows(ask, &in.Reasons, "reasons", "why customers leave, reason by reason")
}

// Settle fixes the order of the reasons by their shares, largest first, and the
// name by which the headline calls the first. Braces would stand for figures
// there, and become brackets.
func (in *Inputs) Settle() {
	in.order = make([]int, len(in.Reasons))
	for i := range in.order {
		in.order[i] = i
	}
	slices.SortStableFunc(in.order, func(a, b int) int { return cmp.Compare(in.Reasons[b].Share, in.Reasons[a].Share) })
	in.first = strings.NewReplacer("{", "(", "}", ")").Replace(in.Reasons[in.order[0]].Name)
}

// Result is the cost of the first reason, and of what can be mended.
type Result struct {
	*Inputs
	Lost        float64 // people: a year's, or 100
	V           float64 // money
	Other       float64 // share of those lost for no reason listed
	TopCost     float64 // money
	FixableCost float64 // money; NaN where no reason says what is fixable
}

// Compute applies the formulas of the package comment. It refuses shares that
// pass 100 %, and a lifetime that never ends.
func Compute(in *Inputs, r *Result) error {
	if err := in.Customer.Check(); err != nil {
		return err
	}
	r.Inputs, r.Lost, r.V = in, in.Customers*in.Churn, in.Customer.Value(in.Customer.Years)
	r.Other, r.FixableCost = 1, math.NaN()
	if math.IsNaN(r.Lost) {
		r.Lost = perHundred
	}
	fixable, known := 0.0, false
	for i := range in.Reasons {
		reason := &in.Reasons[i]
		r.Other -= reason.Share
		if !math.IsNaN(reason.Fixable) {
			fixable, known = fixable+reason.Share*reason.Fixable, true
		}
	}
	if r.Other < -tolerance {
		return calc.Wrong(fmt.Sprintf("reasons.%d.share", in.order[0]+1), "the shares of the reasons add up to more than 100%%")
	}
	r.Other = max(0, r.Other)
	if len(in.order) > 0 {
		r.TopCost = in.Reasons[in.order[0]].Share * r.Lost * r.V
	}
	if known {
		r.FixableCost = fixable * r.Lost * r.V
	}
	return nil
}

// of says whom the costs are of.
func (r *Result) of() string {
	if math.IsNaN(r.Customers * r.Churn) {
		return " for each 100 customers lost"
	}
	return " in a year"
}

// Tell tells a Pareto: the reasons, dearest first, with the share that they make
// up together.
func (r *Result) Tell(tell *calc.Report) {
	tell.Answer("The dearest reason, ", r.first, ", costs {reasons.top_cost}", r.of())
	tell.Money("reasons.top_cost", "Cost of the dearest reason", r.TopCost).From("its share × {1} lost × {2 money}", r.Lost, r.V).Compare(evidence.Indifference)
	tell.Money("reasons.fixable_cost", "Cost of what can be mended", r.FixableCost).From("each reason's cost × its fixable share").Else("no reason says what share is fixable")
	tell.Table("pareto", func(t *calc.Table) {
		t.Col("reason", calc.Word).Col("class", calc.Word).Col("share", calc.Share).Col("together", calc.Share).Col("customers", calc.People).
			Col("cost", calc.Money).Col("can be saved", calc.Money).Col("back for each 1", calc.Ratio).
			Draw(calc.Pareto, "cost", "together")
		together := 0.0
		row := func(name, class string, share, fixable, cost float64) {
			together += share
			lost := share * r.Lost * r.V
			t.Row(calc.Say(name), calc.Say(class), calc.N(share), calc.N(together), calc.N(share*r.Lost), calc.N(lost), calc.N(lost*fixable), calc.N(lost*fixable/cost))
		}
		for _, i := range r.order {
			reason := &r.Reasons[i]
			row(reason.Name, reason.Class, reason.Share, reason.Fixable, reason.FixCost)
		}
		row("other", "", r.Other, math.NaN(), math.NaN())
	})
}

// Warn adds what a reader should know.
func (r *Result) Warn(tell *calc.Report) {
	tell.Warn(true, "reasons", "this splits the same churn as retention does: a second view, never a second bill")
	r.Customer.Warn(tell)
}
