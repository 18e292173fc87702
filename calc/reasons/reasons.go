// Package reasons computes what each reason for leaving costs, and what fixing
// it would bring.
//
//	customers = share × N × c       of a year's lost customers, or of 100 where the firm is not given
//	cost      = customers × u
//	saved     = cost × fixable
//	return    = saved ÷ fix cost
//
// u is what losing a customer costs (package customer). The shares may not add up to
// more than 100 %; what is missing has a row of its own. It splits the same churn as
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
	"github.com/churncost/churncost/calc/quantity"
)

// perHundred is how many lost customers are split where the firm is not given.
const perHundred = 100

// tolerance is by how much shares may exceed 100 % because binary fractions are
// rounded.
const tolerance = 1e-9

// Inputs are the reasons, the customer and the firm.
type Inputs struct {
	Customer  customer.Inputs
	Customers float64 // N; NaN where not given
	Churn     float64 // c, share a year; NaN where not given
	Reasons   []Reason
	order     []int  // of the reasons, by share at the likely values, largest first
	first     string // name of the first of them, without braces
}

// A Reason is why some of the lost customers left.
type Reason struct {
	Name    string
	Class   string
	Share   float64 // of those lost
	Fixable float64 // share that fixing it would keep; NaN where not given
	FixCost float64 // money a year; NaN where not given
}

// Ask asks for one reason.
func (r *Reason) Ask(ask *calc.Form) {
	ask.Text(&r.Name, "name", "what the reason is called")
	ask.Text(&r.Class, "class", "what kind of reason it is, such as service, product, the customer or the outside", calc.Optional)
	ask.Share(&r.Share, "share", "share of the lost customers who left for it")
	ask.Share(&r.Fixable, "fixable", "share of them whom fixing it would keep", calc.Optional)
	ask.MoneyPerYear(&r.FixCost, "fix_cost", "what fixing it costs a year; 500 per month is 6_000 a year", calc.Per(calc.Possible), calc.Optional, calc.Positive)
}

// Ask asks for the customer, the firm and the reasons.
func (in *Inputs) Ask(ask *calc.Form) {
	in.Customer.Ask(ask)
	company.AskCustomers(&in.Customers, ask, calc.Optional)
	company.AskChurn(&in.Churn, ask, calc.Optional)
	calc.Rows(ask, &in.Reasons, "reasons", "why customers leave, reason by reason")
}

// Settle fixes the order of the reasons by their shares, largest first, and the name
// of the first for the headline. Braces would mean figures there, and become brackets.
func (in *Inputs) Settle() error {
	in.order = make([]int, len(in.Reasons))
	for i := range in.order {
		in.order[i] = i
	}
	slices.SortStableFunc(in.order, func(a, b int) int { return cmp.Compare(in.Reasons[b].Share, in.Reasons[a].Share) })
	in.first = strings.NewReplacer("{", "(", "}", ")").Replace(in.Reasons[in.order[0]].Name)
	return nil
}

// Result is the cost of the first reason, and of what is fixable.
type Result struct {
	*Inputs
	Lost        float64 // people: a year's, or 100
	Loss        float64 // u, money
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
	r.Inputs, r.Lost, r.Loss = in, in.Customers*in.Churn, in.Customer.Worth().Loss
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
		r.TopCost = in.Reasons[in.order[0]].Share * r.Lost * r.Loss
	}
	if known {
		r.FixableCost = fixable * r.Lost * r.Loss
	}
	return nil
}

// topShare is the share of the most costly reason.
func (r *Result) topShare() float64 {
	if len(r.order) == 0 {
		return 0
	}
	return r.Reasons[r.order[0]].Share
}

// of says which lost customers the costs are for.
func (r *Result) of() string {
	if math.IsNaN(r.Customers * r.Churn) {
		return " for each 100 customers lost"
	}
	return " in a year"
}

// Tell reports the reasons, most costly first, with their cumulative share.
func (r *Result) Tell(tell *calc.Report) {
	tell.Answer("The most costly reason, ", r.first, ", costs {reasons.top_cost}", r.Customer.Basis(), r.of(), r.Customer.Period())
	tell.Money("reasons.top_cost", "Cost of the most costly reason", r.TopCost).From("{3 share} × {1} lost × {2 money}", r.Lost, r.Loss, r.topShare()).Compare(evidence.Indifference)
	tell.Money("reasons.fixable_cost", "Cost of what is fixable", r.FixableCost).From("each reason's cost × its fixable share").AbsentBecause("no reason says what share is fixable")
	tell.Table("pareto", func(t *calc.Table) {
		t.Col("reason", quantity.Word).Col("class", quantity.Word).Col("share", quantity.Share).Col("cumulative", quantity.Share).Col("customers", quantity.People).
			Col("cost", quantity.Money).Col("fixable", quantity.Money).Col("return on spend", quantity.Ratio).
			Draw(calc.Drawing{Kind: calc.Pareto, Value: "cost", Line: "cumulative"})
		cumulative := 0.0
		row := func(name, class string, share, fixable, cost float64) {
			cumulative += share
			lost := share * r.Lost * r.Loss
			t.Row(calc.Words(name), calc.Words(class), calc.Number(share), calc.Number(cumulative), calc.Number(share*r.Lost), calc.Number(lost), calc.Number(lost*fixable), calc.Number(lost*fixable/cost))
		}
		for _, i := range r.order {
			reason := &r.Reasons[i]
			row(reason.Name, reason.Class, reason.Share, reason.Fixable, reason.FixCost)
		}
		row("other", "", r.Other, math.NaN(), math.NaN())
	})
}

// Warn adds what readers should know.
func (r *Result) Warn(tell *calc.Report) {
	tell.Remark(true, "reasons", "this splits the same churn as retention does: a second view, never a second bill")
	r.Customer.Warn(tell)
}
