// Package ripple computes how many people hear of a lost customer, how many of them
// are lost too, and what that costs: 1 → 11 → 55.
//
//	heard         = 1 + H
//	leave         = 1 + F
//	loss per year = (1 + value × F) × m
//	loss          = u + value × F × u₀
//
// H are the hearers and F the followers (package wordofmouth); m is the customer's
// margin in a year, u what losing the customer costs and u₀ what losing a new one
// costs (package customer): a follower is replaced as the customer is. The story is
// P. Timm's, from the founding text's notes on a Customer Service Bible:
// 1 + 11 + 55 = 67 have heard, and a quarter of them stays away.
package ripple

import (
	"fmt"
	"strconv"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/wordofmouth"
)

// Inputs describe the customer and how the story spreads.
type Inputs struct {
	Customer    customer.Inputs
	WordOfMouth wordofmouth.Inputs
}

// Result is how many hear and are lost, and what it costs.
type Result struct {
	*Inputs
	Worth       customer.Worth
	Hearers     float64 // H, people
	Followers   float64 // F, people
	LossPerYear float64 // money a year
	Loss        float64 // money
}

// Ask asks for the customer and the story.
func (in *Inputs) Ask(ask *calc.Form) {
	in.Customer.Ask(ask)
	in.WordOfMouth.Ask(ask)
}

// Compute applies the formulas of the package comment. It refuses a lifetime
// that never ends.
func Compute(in *Inputs, r *Result) error {
	if err := in.Customer.Check(); err != nil {
		return err
	}
	r.Inputs, r.Worth = in, in.Customer.Worth()
	r.Hearers, r.Followers = in.WordOfMouth.Hearers(), in.WordOfMouth.Followers()
	value := in.WordOfMouth.Value
	r.LossPerYear = (1 + value*r.Followers) * r.Worth.PerYear
	r.Loss = r.Worth.Loss + value*r.Followers*r.Worth.NewLoss
	return nil
}

// lossWorking is how the whole loss is calculated.
func (r *Result) lossWorking() string { return "{3 money} + " + r.WordOfMouth.LossWorking() }

// Tell reports the ripple, with a row for each generation.
func (r *Result) Tell(tell *calc.Report) {
	in := &r.WordOfMouth
	tell.Answer("{ripple.heard} people hear of one lost customer and {ripple.leave} are lost in all, which costs {ripple.loss}", r.Customer.Basis(), " over {customer.years}", r.Customer.Period())
	tell.People("ripple.heard", "Hear of it, the customer included", 1+r.Hearers).From("1 + {1}", r.Hearers)
	tell.People("ripple.followers", "Others lost", r.Followers).From("{ripple.leave} − 1")
	tell.People("ripple.leave", "Lost in all, the customer included", 1+r.Followers).From(in.Working(), 1+in.Buyers*r.Hearers, in.Buyers*r.Hearers)
	tell.MoneyPerYear("ripple.loss_per_year", "Lost in a year", r.LossPerYear).From("(1 + {word_of_mouth.value} × {ripple.followers}) × {1 money}", r.Worth.PerYear)
	tell.Money("ripple.loss", "Lost over the lifetime", r.Loss).FromWords(r.lossWorking, r.Followers, r.Worth.NewLoss, r.Worth.Loss).
		Caveat("others lost are valued as new customers who left today, and replaced as the customer is")
	tell.Table("generations", func(t *calc.Table) {
		t.Col("generation", quantity.Word).Col("each tells", quantity.People).Col("tellings", quantity.People).Col("hear it first", quantity.People).Col("heard so far", quantity.People).Col("of them lost", quantity.People).
			Draw(calc.Drawing{Kind: calc.Rings, Value: "hear it first"})
		t.Row(calc.Words("the customer"), calc.Words(""), calc.Words(""), calc.Number(1), calc.Number(1), calc.Number(in.LeaveFirst()))
		heard := 1.0
		for g := range in.Generations {
			heard += in.Talkers * g.New
			t.Row(calc.Words(strconv.Itoa(g.Number)), calc.Given(fmt.Sprintf("word_of_mouth.tells.%d", g.Number)), calc.Number(in.Talkers*g.Tellings), calc.Number(in.Talkers*g.New), calc.Number(heard),
				calc.Number(in.Leave*in.Buyers*in.Talkers*g.New))
		}
		t.Row(calc.Words(in.Sum()), calc.Words(""), calc.Words(""), calc.Number(1+r.Hearers), calc.Number(1+r.Hearers), calc.Number(1+r.Followers))
	})
}

// Warn adds what readers should know.
func (r *Result) Warn(tell *calc.Report) {
	r.WordOfMouth.Warn(tell)
	r.Customer.Warn(tell)
}
