// Package lifetime computes what one customer would have spent before leaving.
//
//	per year       = spend × visits                 sales
//	loss           = per year × W(years)            sales, survived, grown and discounted
//	ltv            = margin × loss = V              the customer who is lost
//	new customer   = V₀                             the same of a new one
//	years expected = Σ Sₙ(k) ÷ p                    undiscounted
//
// Package customer computes W, V, V₀ and S. Counting what a lost customer would have
// spent in the years to come is from the founding texts: $50 a week is $2,600 a year
// and $26,000 in ten (notes on a Customer Service Bible).
package lifetime

import (
	"fmt"
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/quantity"
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

// newWorking is how the value of a new customer is calculated.
func (r *Result) newWorking() string {
	if r.Worth.NewValue == r.Worth.Value {
		return "{lifetime.ltv}"
	}
	return "the same from tenure 0"
}

// Tell reports the sales and the lifetime value, and what a customer is worth by tenure
// where the chance to stay changes with it.
func (r *Result) Tell(tell *calc.Report) {
	tell.Answer("One customer is worth {lifetime.ltv}", r.Customer.Basis(), " over {customer.years}", r.Customer.Period())
	tell.MoneyPerYear("lifetime.per_year", "Sales a year", r.PerYear).From("{customer.spend}")
	tell.Money("lifetime.loss", "Sales over the lifetime", r.Loss).FromWords(r.Customer.SalesWorking, r.Worth.Weight)
	tell.Money("lifetime.ltv", "Customer lifetime value (contribution margin)", r.Worth.Value).From("{customer.margin} × {lifetime.loss}")
	tell.Money("lifetime.new_customer", "Lifetime value of a new customer", r.Worth.NewValue).From(r.newWorking())
	tell.Years("lifetime.years_expected", "Expected lifetime (years)", r.YearsExpected).From("the years to come, each by the chance to be there").AbsentBecause("without a horizon it has no end where nearly everybody stays in the end")
	tell.Table("by tenure", r.byTenure)
}

// milestones are the tenures, in years, that may have a row in the table by tenure.
var milestones = [...]float64{0, 1, 2, 3, 5, 10}

// tenures are the milestones as far as the list of retention reaches, and none where
// the retention is the same at every tenure.
func (r *Result) tenures() (reached []float64) {
	stay := &r.Customer.Retention
	reach := float64(len(stay.Early)+1) * stay.Period
	if stay.Measured {
		reach = math.Inf(1)
	}
	for _, tenure := range milestones {
		if !stay.Constant() && tenure < reach {
			reached = append(reached, tenure)
		}
	}
	return reached
}

// flat is what a new customer would be worth with one constant retention, which is what
// a calculation without tenure would use. It is NaN where that value has no bound.
func (r *Result) flat() float64 {
	c := &r.Customer
	constant := quantity.ByTenure{Later: c.OneRate()}
	if c.Endless(&constant, c.Years) {
		return math.NaN()
	}
	return c.WorthOf(r.Worth.PerYear, &constant).NewValue
}

// byTenure fills the table of what a customer is worth by tenure.
func (r *Result) byTenure(t *calc.Table) {
	c := &r.Customer
	t.Col("tenure in years", quantity.Word).Col("stay the next year", quantity.Share).Col("years expected", quantity.Years).Col("value still to come", quantity.Money).
		Col("one constant retention would say", quantity.Money)
	for _, tenure := range r.tenures() {
		t.Row(calc.Words(named(tenure)), calc.Number(c.NextYear(tenure)), calc.Number(finite(c.Stay(tenure))), calc.Number(r.Worth.PerYear*c.WeightAt(tenure)), calc.Number(r.flat()))
	}
}

// named is the label of a tenure's row.
func named(tenure float64) string {
	if tenure == 0 {
		return "new"
	}
	return fmt.Sprint(tenure)
}

// finite is a number that is not infinite, or NaN.
func finite(x float64) float64 {
	if math.IsInf(x, 0) {
		return math.NaN()
	}
	return x
}

// Warn adds what readers should know.
func (r *Result) Warn(tell *calc.Report) {
	r.Customer.Warn(tell)
}
