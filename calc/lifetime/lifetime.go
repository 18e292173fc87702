// Package lifetime computes what one customer would have spent before leaving.
//
//	per year     = spend × visits                   sales
//	loss         = per year × W(years)              sales, survived and discounted
//	margin loss  = margin × loss = V(years)
//
// W is the sum of the survival weights; package customer says how it is made.
// Reckoning a lost customer by years of spend is the founding texts' own: $50 a
// week is $2,600 a year and $26,000 in ten (notes on a Customer Service Bible).
package lifetime

import (
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
	Weight        float64 // how many of today's years the horizon is worth
	Loss          float64 // sales, money
	MarginLoss    float64 // V, money
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
	r.Inputs, r.PerYear, r.Weight, r.YearsExpected = in, c.Spend*c.Visits, c.Weight(c.Years), c.Stay()
	r.Loss = r.PerYear * r.Weight
	r.MarginLoss = c.Margin * r.Loss
	if math.IsInf(r.YearsExpected, 1) {
		r.YearsExpected = math.NaN()
	}
	return nil
}

// Tell tells the yearly and the lifetime loss.
func (r *Result) Tell(tell *calc.Report) {
	tell.Answer("One customer is worth {lifetime.margin_loss}", r.Customer.Basis(), " over {customer.years}")
	tell.MoneyPerYear("lifetime.per_year", "Sales a year", r.PerYear).From("{customer.spend}")
	tell.Money("lifetime.loss", "Sales over the lifetime", r.Loss).From(r.Customer.SalesWorking(), r.Weight)
	tell.Money("lifetime.margin_loss", "Margin over the lifetime, V", r.MarginLoss).From("{customer.margin} of {lifetime.loss}")
	tell.Years("lifetime.years_expected", "Years expected to stay", r.YearsExpected).From("the survival weights added up, undiscounted").Else("with retention 100% and no horizon it has no end")
}

// Warn adds what a reader should know.
func (r *Result) Warn(tell *calc.Report) {
	r.Customer.Warn(tell)
}
