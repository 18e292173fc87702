// Package ripple computes who hears of a lost customer, who follows, and what
// that costs: 1 → 11 → 55.
//
//	heard         = 1 + H
//	leave         = 1 + F
//	loss per year = (1 + value × F) × m
//	loss          = (1 + value × F) × V
//
// H are the hearers and F the followers, as package wordofmouth counts them; m
// is the customer's margin in a year and V over the lifetime, as package
// customer reckons them. The story is P. Timm's, by way of the founding text's
// notes on a Customer Service Bible: 1 + 11 + 55 = 67 have heard, a quarter of
// them stays away.
package ripple

import (
	"fmt"
	"strconv"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/company"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/wordofmouth"
)

// Inputs describe the customer and how the story spreads.
type Inputs struct {
	Customer    customer.Inputs
	WordOfMouth wordofmouth.Inputs
	Customers   float64 // of the firm, NaN where not given
}

// Result is who hears, who follows, and what it costs.
type Result struct {
	*Inputs
	Hearers     float64 // H, people
	Followers   float64 // F, people
	LossPerYear float64 // money a year
	Loss        float64 // money
	V           float64 // money
}

// Ask asks for the customer and the story.
func (in *Inputs) Ask(ask *calc.Form) {
	in.Customer.Ask(ask)
	in.WordOfMouth.Ask(ask)
	company.AskCustomers(&in.Customers, ask, calc.Optional)
}

// Compute applies the formulas of the package comment. It refuses a lifetime
// that never ends.
func Compute(in *Inputs, r *Result) error {
	if err := in.Customer.Check(); err != nil {
		return err
	}
	r.Inputs, r.V = in, in.Customer.Value(in.Customer.Years)
	r.Hearers, r.Followers = in.WordOfMouth.Hearers(), in.WordOfMouth.Followers()
	value, m := in.WordOfMouth.Value, in.Customer.PerYear()
	r.LossPerYear = (1 + value*r.Followers) * m
	r.Loss = (1 + value*r.Followers) * r.V
	return nil
}

// Tell tells the ripple, with a row for each generation.
func (r *Result) Tell(tell *calc.Report) {
	in := &r.WordOfMouth
	tell.Answer("{ripple.heard} people hear of one lost customer and {ripple.leave} leave, which costs {ripple.loss}", r.Customer.Basis(), " over {customer.years}")
	tell.People("ripple.heard", "Have heard, the customer included", 1+r.Hearers).From("1 + {1}", r.Hearers)
	tell.People("ripple.followers", "Follow the customer", r.Followers).From("{ripple.leave} − 1")
	tell.People("ripple.leave", "Leave, the customer included", 1+r.Followers).From(in.Working(), 1+in.Buyers*r.Hearers, in.Buyers*r.Hearers)
	tell.MoneyPerYear("ripple.loss_per_year", "Lost in a year", r.LossPerYear).From("(1 + {word_of_mouth.value} × {ripple.followers}) × {1 money}", r.Customer.PerYear())
	tell.Money("ripple.loss", "Lost over the lifetime", r.Loss).From("(1 + {word_of_mouth.value} × {ripple.followers}) × {1 money}", r.V).
		But("followers are valued as if they left today")
	tell.Table("generations", func(t *calc.Table) {
		t.Col("generation", calc.Word).Col("each tells", calc.People).Col("tellings", calc.People).Col("hear it first", calc.People).Col("heard so far", calc.People).
			Draw(calc.Rings, "hear it first", "")
		t.Row(calc.Say("the customer"), calc.Say(""), calc.Say(""), calc.N(1), calc.N(1))
		heard := 1.0
		for g := range in.Generations {
			heard += in.Talkers * g.New
			t.Row(calc.Say(strconv.Itoa(g.Number)), calc.Given(fmt.Sprintf("word_of_mouth.tells.%d", g.Number)), calc.N(in.Talkers*g.Tellings), calc.N(in.Talkers*g.New), calc.N(heard))
		}
	})
}

// Warn adds what a reader should know.
func (r *Result) Warn(tell *calc.Report) {
	r.WordOfMouth.Warn(tell, r.Followers, r.Customers, r.Customer.Churn)
	r.Customer.Warn(tell)
}
