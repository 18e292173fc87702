// Package loss adds up the whole bill for one lost customer. It is the roof: the
// one calculator that imports others, because it adds them up.
//
//	total       = value × F × V + (1 − p) × u + p × (V − V₂) + C
//	u           = V,  or V(min(τ, years)) + W where the customer is replaced after τ
//
// as rows that add up to it:
//
//	own         = V, or V(τ)
//	ripple      = value × F × V
//	replacement = W
//	win-back    = C − p × (u − V + V₂)
//
// F are the followers and value what one is worth (package wordofmouth), V is
// the customer's own lifetime margin (package customer), p the chance to win the
// customer back, C what an attempt costs and V₂ the second life (package
// winback). What was once paid to win the customer is sunk and never added.
// A row stands only where the scenario itself gives its inputs.
package loss

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/acquisition"
	"github.com/churncost/churncost/calc/company"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/winback"
	"github.com/churncost/churncost/calc/wordofmouth"
)

// Inputs are the customer, and each part of the bill that the scenario gives.
type Inputs struct {
	Customer customer.Inputs

	Told        bool // whether the story is given
	WordOfMouth wordofmouth.Inputs
	Customers   float64 // of the firm; NaN where not given

	Replaced      bool // whether a replacement is given
	ReplacedAfter float64
	Win           float64 // W, money

	Offered       bool // whether a win-back offer is given
	Offer         winback.Offer
	Returns       bool    // whether unasked returns are given
	ReturnsAnyway float64 // share
	SecondLife    winback.SecondLife
}

// Result is the bill.
type Result struct {
	*Inputs
	PerYear     float64 // m, money a year
	Weight      float64 // of the years, in today's
	V           float64 // money
	Followers   float64 // F, people
	Own         float64 // money
	Ripple      float64 // money; NaN where the story is not given
	Replacement float64 // money; NaN where no replacement is given
	WinBack     float64 // money; NaN where nobody returns
	Chance      float64 // p
	SecondLife2 float64 // V₂, money
	Total       float64 // money
	FirstYear   float64 // money
	RippleShare float64 // share of the total; NaN where the total is not above zero
}

// Ask asks for the customer, and for each part of the bill.
func (in *Inputs) Ask(ask *calc.Form) {
	in.Customer.Ask(ask)
	ask.Part(&in.Told, in.WordOfMouth.Ask)
	company.AskCustomers(&in.Customers, ask, calc.Optional)
	ask.When(&in.Replaced, in.askReplacement, "customer.replaced_after", "acquisition.win_cost")
	ask.When(&in.Offered, in.askOffer, "winback.lapsed", "winback.offer_cost")
	ask.When(&in.Returns, in.askReturns, "winback.returns_anyway")
}

func (in *Inputs) askReplacement(ask *calc.Form) {
	ask.Time(&in.ReplacedAfter, "customer.replaced_after", "how long until a newcomer takes the place, who would not have come anyway: 3 months")
	acquisition.AskWin(&in.Win, ask)
}

func (in *Inputs) askOffer(ask *calc.Form) {
	in.Offer.Ask(ask)
	in.SecondLife.Ask(ask)
}

func (in *Inputs) askReturns(ask *calc.Form) {
	winback.AskReturnsAnyway(&in.ReturnsAnyway, ask)
	in.SecondLife.Ask(ask)
}

// Compute applies the formulas of the package comment. It refuses a life that
// never ends.
func Compute(in *Inputs, r *Result) error {
	if err := in.Customer.Check(); err != nil {
		return err
	}
	years := in.Customer.Years
	m, weight := in.Customer.PerYear(), in.Customer.Weight(years)
	v := m * weight
	r.Inputs, r.PerYear, r.Weight, r.V, r.Own = in, m, weight, v, v
	r.Ripple, r.Replacement, r.WinBack, r.RippleShare = math.NaN(), math.NaN(), math.NaN(), math.NaN()
	value, replacement, ripple, winBack := 0.0, 0.0, 0.0, 0.0
	if in.Told {
		value, r.Followers = in.WordOfMouth.Value, in.WordOfMouth.Followers()
		ripple = value * r.Followers * v
		r.Ripple = ripple
	}
	if in.Replaced {
		r.Own, replacement = in.Customer.Value(min(in.ReplacedAfter, years)), in.Win
		r.Replacement = replacement
	}
	if in.Offered || in.Returns {
		if err := in.SecondLife.Check(&in.Customer); err != nil {
			return err
		}
		c := 0.0
		r.Chance, r.SecondLife2 = in.ReturnsAnyway, in.SecondLife.Value(&in.Customer)
		if in.Offered {
			r.Chance, c = in.Offer.Lapsed, in.Offer.CostAt(in.Offer.Lapsed)
		}
		winBack = c - r.Chance*(r.Own+replacement-v+r.SecondLife2)
		r.WinBack = winBack
	}
	r.Total = r.Own + ripple + replacement + winBack
	r.FirstYear = (1 + value*r.Followers) * m
	if r.Total > 0 && in.Told {
		r.RippleShare = ripple / r.Total
	}
	return nil
}

// ownLabel and ownWorking say what the customer's own row is.
func (r *Result) ownLabel() string {
	if r.Replaced {
		return "The customer, until replaced"
	}
	return "The customer"
}

func (r *Result) ownWorking() string {
	switch {
	case !r.Replaced:
		return r.Customer.Working()
	case r.ReplacedAfter > r.Customer.Years:
		return "the margin of {customer.years said}"
	}
	return "the margin of {customer.replaced_after said}"
}

func (r *Result) winBackWorking() string {
	if r.Offered {
		return "the offer − {1 share} × what a return saves"
	}
	return "−{1 share} × what a return saves"
}

func (r *Result) firstYearWorking() string {
	switch {
	case r.Told && r.Replaced:
		return "(1 + {word_of_mouth.value} × {1}) × {2 money}, before replacement and win-back"
	case r.Told:
		return "(1 + {word_of_mouth.value} × {1}) × {2 money}, before any win-back"
	case r.Replaced:
		return "{2 money}, before replacement and win-back"
	}
	return "{2 money}, before any win-back"
}

// Tell tells the bill, row by row.
func (r *Result) Tell(tell *calc.Report) {
	tell.Answer("One lost customer costs {loss.total}", r.Customer.Basis(), " over {customer.years}")
	tell.Money("loss.own", r.ownLabel(), r.Own).From(r.ownWorking(), r.Weight).But("what was once paid to win the customer is sunk and not added")
	tell.Money("loss.ripple", "Those who follow", r.Ripple).From("{word_of_mouth.value} × {1} followers × {2 money}", r.Followers, r.V).
		Needs("word_of_mouth.tells", "word_of_mouth.leave").But("followers are neither replaced nor won back, and are valued as if they left today")
	tell.Money("loss.replacement", "Winning a replacement", r.Replacement).From("{acquisition.win_cost}").
		Needs("customer.replaced_after", "acquisition.win_cost").But("a cost only if that newcomer would not have come anyway")
	tell.Money("loss.win_back", "Winning the customer back", r.WinBack).From(r.winBackWorking(), r.Chance).
		Needs("winback.lapsed", "winback.offer_cost")
	tell.Money("loss.total", "One lost customer", r.Total).From("the rows above, added up")
	tell.MoneyPerYear("loss.first_year", "In this year's accounts", r.FirstYear).From(r.firstYearWorking(), r.Followers, r.PerYear)
	tell.Share("loss.ripple_share", "Share of those who follow", r.RippleShare).From("{loss.ripple} ÷ {loss.total}").Needs("word_of_mouth.tells", "word_of_mouth.leave").Else("the total is not above zero")
	tell.Adds("loss.total", "loss.own", "loss.ripple", "loss.replacement", "loss.win_back")
}

// Warn adds what a reader should know.
func (r *Result) Warn(tell *calc.Report) {
	tell.Warn(r.Total < 0, "", "below zero: the second life outweighs the first, look at winback.second_life")
	tell.Warn(r.WinBack > 0, "winback.lapsed", "winning the customer back adds to this bill: what the return saves, the replacement's cost and place, does not pay for the offer")
	r.WordOfMouth.Warn(tell, r.Followers, r.Customers, r.Customer.Churn)
	r.Customer.Warn(tell)
}
