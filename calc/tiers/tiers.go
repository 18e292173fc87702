// Package tiers computes the customer pyramid: what each tier brings, and what
// losing one of its customers costs.
//
//	π           = spend × margin − cost to serve          profit of a customer, money a year
//	lost        = u with π for m and r = 1 − the tier's churn
//	year's loss = customers × churn × lost
//	yearly bill = Σ year's loss
//	top 20 %    = Σ min(n, what is left of 20 % × Σ n) × π ÷ Σ n × π,  by π downward
//
// u is from package customer. A tier without a churn of its own has the retention of
// all customers. The order by π is fixed at the likely values. The share of the top may
// be above 100 %: tiers below that lose money reduce the whole profit.
// The pyramid is Zeithaml, Rust & Lemon, "The Customer Pyramid", California
// Management Review 43(4), 2001.
package tiers

import (
	"cmp"
	"math"
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/evidence"
	"github.com/churncost/churncost/calc/quantity"
)

// topShare is the share of the customers that the famous rule is about.
const topShare = 20. / 100

// Inputs are the tiers, and what all customers have in common.
type Inputs struct {
	Life  customer.Inputs // its spend is not used: each tier has its own
	Tiers []Tier
	order []int // of the tiers, by profit at the likely values, highest first
}

// A Tier is one layer of the pyramid.
type Tier struct {
	Name        string
	Customers   float64 // people
	Spend       float64 // money a year
	CostToServe float64 // money a year, avoidable
	Churn       float64 // share a year; NaN where not given
}

// Ask asks for one tier.
func (t *Tier) Ask(ask *calc.Form) {
	ask.Text(&t.Name, "name", "what the tier is called")
	ask.People(&t.Customers, "customers", "how many customers are in it", calc.Precise, calc.Positive)
	ask.MoneyPerYear(&t.Spend, "spend", "what one of them spends")
	ask.MoneyPerYear(&t.CostToServe, "cost_to_serve", "what serving one costs that would stop with the customer; never an allocation", calc.Default(0))
	ask.Share(&t.Churn, "churn", "share of them who leave in a year", calc.Per(calc.Attrition), calc.Optional)
}

// Ask asks for the tiers.
func (in *Inputs) Ask(ask *calc.Form) {
	in.Life.AskLife(ask)
	calc.Rows(ask, &in.Tiers, "tiers", "the customer pyramid, tier by tier")
}

// Settle fixes the order of the tiers: by profit per customer, highest first.
func (in *Inputs) Settle() error {
	in.order = make([]int, len(in.Tiers))
	for i := range in.order {
		in.order[i] = i
	}
	slices.SortStableFunc(in.order, func(a, b int) int { return cmp.Compare(in.profit(&in.Tiers[b]), in.profit(&in.Tiers[a])) })
	return nil
}

// profit is π, money a year.
func (in *Inputs) profit(t *Tier) float64 { return t.Spend*in.Life.Margin - t.CostToServe }

// stay is the tier's own chance to stay, or that of all customers.
func (in *Inputs) stay(t *Tier) quantity.ByTenure {
	if math.IsNaN(t.Churn) {
		return in.Life.Retention
	}
	return quantity.ByTenure{Later: 1 - t.Churn}
}

// worth values a customer of the tier: below zero where one costs more than they bring.
func (in *Inputs) worth(t *Tier) customer.Worth {
	stay := in.stay(t)
	return in.Life.WorthOf(in.profit(t), &stay)
}

// churn is the share of the tier who leave in a year.
func (in *Inputs) churn(t *Tier) float64 {
	if math.IsNaN(t.Churn) {
		return 1 - in.Life.NextYear(in.Life.Tenure)
	}
	return t.Churn
}

// Result is the four figures about the pyramid.
type Result struct {
	*Inputs
	Top20Share     float64 // share of the profit; NaN where there is none
	Highest        int     // index of the tier in which losing a customer costs most
	HighestLoss    float64 // money
	YearlyBill     float64 // money
	NegativeProfit float64 // money a year, not below zero
}

// Compute applies the formulas of the package comment. It refuses a tier whose
// lifetime never ends.
func Compute(in *Inputs, r *Result) error {
	r.Inputs, r.HighestLoss = in, math.Inf(-1)
	for i := range in.Tiers {
		t := &in.Tiers[i]
		stay := in.stay(t)
		if in.Life.Endless(&stay, in.Life.Years) {
			return in.Life.CheckLife(&stay, "customer.years", in.Life.Years)
		}
		lost := in.worth(t).Loss
		if lost > r.HighestLoss {
			r.Highest, r.HighestLoss = i, lost
		}
		r.YearlyBill += t.Customers * in.churn(t) * lost
		r.NegativeProfit += t.Customers * max(0, -in.profit(t))
	}
	r.Top20Share = in.Lorenz(topShare)
	return in.Life.CheckPeriods()
}

// Lorenz is the share of the whole profit that the given share of the customers
// brings, the most profitable first; NaN where the whole is not above zero.
func (in *Inputs) Lorenz(share float64) float64 {
	people, profit := in.totals()
	if profit <= 0 {
		return math.NaN()
	}
	left, top := share*people, 0.0
	for _, i := range in.order {
		n := min(in.Tiers[i].Customers, left)
		left -= n
		top += n * in.profit(&in.Tiers[i])
	}
	return top / profit
}

// totals are all customers, and the profit they bring in a year.
func (in *Inputs) totals() (people, profit float64) {
	for i := range in.Tiers {
		people += in.Tiers[i].Customers
		profit += in.Tiers[i].Customers * in.profit(&in.Tiers[i])
	}
	return people, profit
}

// Count is how many customers there are, and what share of them leaves in a year.
func (in *Inputs) Count() (people, churn float64) {
	for i := range in.Tiers {
		t := &in.Tiers[i]
		people += t.Customers
		churn += t.Customers * in.churn(t)
	}
	return people, churn / people
}

// highest is what a customer is worth in the tier in which losing one costs most.
func (r *Result) highest() customer.Worth {
	if len(r.Tiers) == 0 {
		return customer.Worth{}
	}
	return r.worth(&r.Tiers[r.Highest])
}

// highestWorking is how the loss in that tier is calculated.
func (r *Result) highestWorking() string {
	if r.highest().Share < 1 {
		return "{1 share} × {2 money} × {3} years"
	}
	return "{2 money} × {3} years"
}

// positive is a number above zero, or NaN: shares of no profit are not defined.
func positive(x float64) float64 {
	if x <= 0 {
		return math.NaN()
	}
	return x
}

// top begins the headline: what the top 20% of the customers bring.
func (r *Result) top() string {
	if math.IsNaN(r.Top20Share) {
		return "The customers together bring no profit"
	}
	return "The top 20% of the customers bring {tiers.top20_share} of the profit"
}

// Tell reports the four figures, and a row for each tier.
func (r *Result) Tell(tell *calc.Report) {
	people, profit := r.totals()
	whole := positive(profit)
	highest := r.highest()
	tell.Answer(r.top(), "; losing one of the highest-value tier costs {tiers.highest_loss}", r.Life.Basis(), r.Life.Period())
	tell.Share("tiers.top20_share", "Profit that the top 20% bring", r.Top20Share).From("of {1 money/year} a year", profit).
		AbsentBecause("the tiers together make no profit").Compare(evidence.EightyTwenty)
	tell.Money("tiers.highest_loss", "Losing one customer of the highest-value tier", r.HighestLoss).From(r.highestWorking(), highest.Share, highest.PerYear, highest.Weight)
	tell.Money("tiers.yearly_bill", "Lifetime value lost to one year's churn", r.YearlyBill).From("the rows of the tiers, added up")
	tell.MoneyPerYear("tiers.negative_profit", "Lost on customers who cost more than they bring", r.NegativeProfit).From("the tiers below zero, added up")
	tell.Table("pyramid", func(t *calc.Table) {
		t.Col("tier", quantity.Word).Col("customers", quantity.People).Col("of customers", quantity.Share).Col("of revenue", quantity.Share).Col("of profit", quantity.Share).
			Col("profit of one", quantity.MoneyPerYear).Col("losing one costs", quantity.Money).Col("a year's churn costs", quantity.Money)
		revenue := 0.0
		for i := range r.Tiers {
			revenue += r.Tiers[i].Customers * r.Tiers[i].Spend
		}
		for _, i := range r.order {
			tier := &r.Tiers[i]
			lost := r.worth(tier).Loss
			t.Row(calc.Words(tier.Name), calc.Number(tier.Customers), calc.Number(tier.Customers/people), calc.Number(tier.Customers*tier.Spend/revenue), calc.Number(tier.Customers*r.profit(tier)/whole),
				calc.Number(r.profit(tier)), calc.Number(lost), calc.Number(tier.Customers*r.churn(tier)*lost))
		}
		t.Row(calc.Words("all tiers"), calc.Number(people), calc.Number(1), calc.Number(positive(revenue)/revenue), calc.Number(whole/whole), calc.Number(profit/people), calc.Words(""), calc.Number(r.YearlyBill))
	})
}

// Warn adds what readers should know.
func (r *Result) Warn(tell *calc.Report) {
	tell.Remark(r.Top20Share > 1, "tiers", "the top 20% pass 100% of the profit, for tiers below them lose money and take it back")
	tell.Remark(r.NegativeProfit > 0, "tiers", "a loss below zero is a saving: those customers cost more than they bring")
	r.Life.Warn(tell)
}
