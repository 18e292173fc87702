// Package lifetime computes what one customer would have spent before leaving.
//
//	per year       = spend × visits                 sales
//	loss           = per year × W(years)            sales, survived, grown and discounted
//	ltv            = margin × loss = V              the customer who is lost
//	new customer   = V₀                             the same of a new one
//	years expected = Σ Sₙ(k) ÷ p                    undiscounted
//
// Package customer says how W, V, V₀ and S are made. Reckoning a lost customer by
// years of spend is the founding texts' own: $50 a week is $2,600 a year and
// $26,000 in ten (notes on a Customer Service Bible).
package lifetime

import (
	"fmt"
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
)

// Inputs are those of one customer.
type Inputs struct{ Customer customer.Inputs }

// Result is what the customer would have spent.
type Result struct {
	*Inputs
	PerYear       float64 // sales, money a year
	Loss          float64 // sales, money
	Worth         customer.Worth
	YearsExpected float64 // NaN for a customer who never leaves
}

// Ask asks for the customer.
func (in *Inputs) Ask(ask *calc.Form) { in.Customer.Ask(ask) }

// Compute applies the formulas of the package comment. It refuses a lifetime
// that never ends.
func Compute(in *Inputs, r *Result) error {
	c := &in.Customer
	if err := c.Check(); err != nil {
		return err
	}
	r.Inputs, r.PerYear, r.Worth, r.YearsExpected = in, c.Spend*c.Visits, c.Worth(), finite(c.Stay(c.Tenure))
	r.Loss = r.PerYear * r.Worth.Weight
	return nil
}

// newWorking says how the value of a new customer came about.
func (r *Result) newWorking() string {
	if r.Worth.NewValue == r.Worth.Value {
		return "{lifetime.ltv}"
	}
	return "the same from tenure 0"
}

// Tell tells the yearly and the lifetime loss, and what a customer is worth by
// tenure where the chance to stay changes with it.
func (r *Result) Tell(tell *calc.Report) {
	tell.Answer("One customer is worth {lifetime.ltv}", r.Customer.Basis(), " over {customer.years}", r.Customer.Period())
	tell.MoneyPerYear("lifetime.per_year", "Sales a year", r.PerYear).From("{customer.spend}")
	tell.Money("lifetime.loss", "Sales over the lifetime", r.Loss).FromWords(r.Customer.SalesWorking, r.Worth.Weight)
	tell.Money("lifetime.ltv", "Customer lifetime value (contribution margin)", r.Worth.Value).From("{customer.margin} × {lifetime.loss}")
	tell.Money("lifetime.new_customer", "Lifetime value of a new customer", r.Worth.NewValue).From(r.newWorking())
	tell.Years("lifetime.years_expected", "Expected lifetime (years)", r.YearsExpected).From("the years to come, each by the chance to be there").AbsentBecause("with retention 100% and no horizon it has no end")
	tell.Table("by tenure", r.byTenure)
}

// The tenures of the rows by tenure, in years, beside the new, the first and the second.
const (
	thirdYear = 3
	fifthYear = 5
	tenthYear = 10
)

// tenures are those of the rows by tenure, in years: fixed ones, as far as the list of
// retention reaches, and none where one retention holds at every tenure.
func (r *Result) tenures() (reached []float64) {
	stay := &r.Customer.Retention
	reach := float64(len(stay.Early)+1) * stay.Period
	for _, tenure := range [...]float64{0, 1, 2, thirdYear, fifthYear, tenthYear} {
		if !stay.Constant() && tenure < reach {
			reached = append(reached, tenure)
		}
	}
	return reached
}

// flat is what a new customer would be worth at one constant retention, as somebody
// would say who has no list: one minus the churn, or else the chance of the first
// period. It is NaN where that has no end.
func (r *Result) flat() float64 {
	c := &r.Customer
	constant := calc.ByTenure{Later: 1 - c.Churn}
	if math.IsNaN(c.Churn) {
		constant.Later = c.Retention.Early[0]
	}
	if c.Endless(&constant, c.Years) {
		return math.NaN()
	}
	return c.WorthOf(r.Worth.PerYear, &constant).NewValue
}

// byTenure tells what a customer is worth by tenure.
func (r *Result) byTenure(t *calc.Table) {
	c := &r.Customer
	t.Col("tenure in years", calc.Word).Col("stay the next year", calc.Share).Col("years expected", calc.Years).Col("value still to come", calc.Money).
		Col("one constant retention would say", calc.Money)
	for _, tenure := range r.tenures() {
		t.Row(calc.Words(named(tenure)), calc.Number(c.NextYear(tenure)), calc.Number(finite(c.Stay(tenure))), calc.Number(r.Worth.PerYear*c.WeightAt(tenure)), calc.Number(r.flat()))
	}
}

// named is how the row of a tenure is called.
func named(tenure float64) string {
	if tenure == 0 {
		return "new"
	}
	return fmt.Sprint(tenure)
}

// finite is a number that has an end, or NaN.
func finite(x float64) float64 {
	if math.IsInf(x, 0) {
		return math.NaN()
	}
	return x
}

// Warn adds what a reader should know.
func (r *Result) Warn(tell *calc.Report) {
	r.Customer.Warn(tell)
}
