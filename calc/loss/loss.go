// Package loss adds up the whole bill for one lost customer. It is the one calculator
// that imports others, because it adds up what they compute.
//
//	own         = u − replacement                 the margin, until a newcomer replaces the customer
//	replacement = min(W, u)                       winning the newcomer
//	ripple      = value × F × u₀                  those who are lost too
//	referrals   = promoters × words × convert × ((1 − anyway) × u₀ + anyway × W) × own ÷ m
//	returns     = −a × R                          those who return unasked
//	offer       = C − (p − a) × R                 the win-back offer
//	total       = their sum
//
// u is what losing the customer costs and u₀ what losing a new one does, R what one
// return saves (package customer), F are the followers and value what one is worth
// (package wordofmouth), p the chance that an offer wins the customer back, a the
// chance to return unasked and C what an attempt costs (package winback). The
// recommendations that stop are those of the years that are missing, own ÷ m, since a
// newcomer recommends too. A row is left out where the scenario itself does not give
// its inputs.
package loss

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/referrals"
	"github.com/churncost/churncost/calc/winback"
	"github.com/churncost/churncost/calc/wordofmouth"
)

// Inputs are the customer, and each part of the bill that the scenario gives.
type Inputs struct {
	Customer customer.Inputs

	HasStory    bool // whether the story is given
	WordOfMouth wordofmouth.Inputs

	Recommends bool // whether the recommendations are given
	Promoters  referrals.Promoters

	Offered       bool // whether a win-back offer is given
	Offer         winback.Offer
	Returns       bool    // whether unasked returns are given
	ReturnsAnyway float64 // share
	SecondLife    customer.SecondLife
}

// Result is the bill. Rows that are left out are NaN.
type Result struct {
	*Inputs
	Worth       customer.Worth
	Followers   float64 // F, people
	Years       float64 // of margin that are missing until the customer is replaced
	Unasked     float64 // a, share
	Cost        float64 // C, money
	Saves       float64 // R, money
	Own         float64 // money
	Replacement float64 // money
	Ripple      float64 // money
	Referrals   float64 // money
	Return      float64 // money
	OfferCost   float64 // money
	Total       float64 // money
	FirstYears  float64 // years of margin missing in the first twelve months
	FirstYear   float64 // money
	RippleShare float64 // share of the total; NaN where the total is not above zero
}

// Ask asks for the customer, and for each part of the bill.
func (in *Inputs) Ask(ask *calc.Form) {
	in.Customer.Ask(ask)
	ask.Part(&in.HasStory, in.WordOfMouth.Ask)
	ask.When(&in.Recommends, in.Promoters.Ask, "referrals.promoters", "referrals.words", "referrals.convert")
	ask.When(&in.Offered, in.askOffer, "winback.lapsed", "winback.offer_cost")
	ask.When(&in.Returns, in.askReturns, "winback.returns_anyway")
}

func (in *Inputs) askOffer(ask *calc.Form) {
	in.Offer.Ask(ask)
	in.SecondLife.Ask(&in.Customer, ask)
}

func (in *Inputs) askReturns(ask *calc.Form) {
	customer.AskReturnsAnyway(&in.ReturnsAnyway, ask)
	in.SecondLife.Ask(&in.Customer, ask)
}

// Settle refuses, at the likely values, a share that returns unasked above the chance
// of a sale to those who are asked.
func (in *Inputs) Settle() error {
	if in.Offered && in.Returns {
		return in.Offer.Check(in.ReturnsAnyway)
	}
	return nil
}

// Compute applies the formulas of the package comment. It refuses a life that
// never ends.
func Compute(in *Inputs, r *Result) error {
	if err := in.Customer.Check(); err != nil {
		return err
	}
	r.Inputs = in
	w := &r.Worth
	in.Customer.Appraise(w)
	none := math.NaN()
	r.Replacement, r.Ripple, r.Referrals, r.Return, r.OfferCost, r.RippleShare = none, none, none, none, none, none
	r.Own, r.Years = w.Loss-w.Replacement, w.Weight
	r.Total = w.Loss
	if w.Share < 1 {
		r.Replacement, r.Years = w.Replacement, r.Own/w.PerYear
	}
	value := 0.0
	if in.HasStory {
		value, r.Followers = in.WordOfMouth.Value, in.WordOfMouth.Followers()
		r.Ripple = value * r.Followers * w.NewLoss
		r.Total += r.Ripple
	}
	if in.Recommends {
		r.Referrals = in.Promoters.PerCustomer(w.NewLoss) * r.Years
		r.Total += r.Referrals
	}
	if in.Offered || in.Returns {
		if err := in.SecondLife.Check(&in.Customer); err != nil {
			return err
		}
		r.Saves = in.SecondLife.Saves(&in.Customer, w)
	}
	if in.Returns {
		r.Unasked = in.ReturnsAnyway
		if in.Offered {
			r.Unasked = in.Offer.Unasked(in.ReturnsAnyway)
		}
		r.Return = -r.Unasked * r.Saves
		r.Total += r.Return
	}
	if in.Offered {
		r.Cost = in.Offer.CostAt(in.Offer.Lapsed)
		r.OfferCost = r.Cost - (in.Offer.Lapsed-r.Unasked)*r.Saves
		r.Total += r.OfferCost
	}
	c, first := &in.Customer, min(1, in.Customer.Years)
	r.FirstYears = c.Undiscounted(&c.Retention, c.Tenure, first)
	switch others := value * r.Followers; c.Tenure {
	case 0: // others have none either
		r.FirstYears *= 1 + others
	default:
		r.FirstYears += others * c.Undiscounted(&c.Retention, 0, first)
	}
	r.FirstYear = w.PerYear * r.FirstYears
	if r.Total > 0 && in.HasStory {
		r.RippleShare = r.Ripple / r.Total
	}
	return nil
}

// ownLabel and ownWorking describe the customer's own row.
func (r *Result) ownLabel() string {
	if r.Worth.Share < 1 {
		return "The customer, until replaced"
	}
	return "The customer"
}

func (r *Result) ownWorking() string {
	if r.Worth.Share < 1 {
		return "{2 share} × {3 money} − {loss.replacement}"
	}
	return r.Customer.Working()
}

// offerWorking is how the offer's row is calculated.
func (r *Result) offerWorking() string {
	if r.Returns {
		return "{1 money} − ({winback.lapsed} − {winback.returns_anyway}) × {2 money}"
	}
	return "{1 money} − {winback.lapsed} × {2 money}"
}

// Tell reports the bill, row by row.
func (r *Result) Tell(tell *calc.Report) {
	w := &r.Worth
	tell.Answer("One lost customer costs {loss.total}", r.Customer.Basis(), " over {customer.years}", r.Customer.Period())
	tell.Money("loss.own", r.ownLabel(), r.Own).FromWords(r.ownWorking, w.Weight, w.Share, w.Value).Caveat("what was once paid to win the customer is sunk and not added")
	tell.Money("loss.replacement", "Winning a replacement", r.Replacement).From("{acquisition.win_cost}").
		Needs("customer.replaced_after", "acquisition.win_cost").AbsentBecause("nobody takes the place within the horizon at less than a customer brings").
		Caveat("a cost only if that newcomer would not have come anyway")
	tell.Money("loss.ripple", "Lost through word of mouth", r.Ripple).From(r.WordOfMouth.LossWorking(), r.Followers, w.NewLoss).
		Needs("word_of_mouth.tells", "word_of_mouth.leave").Caveat("others lost are valued as new customers who left today, and replaced as the customer is")
	tell.Money("loss.referrals", "The recommendations that stop", r.Referrals).FromWords(r.Promoters.Working, r.Years, w.NewLoss).
		Needs("referrals.promoters", "referrals.words", "referrals.convert")
	tell.Money("loss.returns", "Those who return unasked", r.Return).From("−{winback.returns_anyway} × {1 money}", r.Saves).Needs("winback.returns_anyway")
	tell.Money("loss.offer", "The win-back offer", r.OfferCost).From(r.offerWorking(), r.Cost, r.Saves).Needs("winback.lapsed", "winback.offer_cost")
	tell.Money("loss.total", "One lost customer", r.Total).From("the rows above, added up")
	tell.MoneyPerYear("loss.first_year", "Margin missing in the first 12 months", r.FirstYear).From("{1 money/year} × {2} years", w.PerYear, r.FirstYears).
		Caveat("not discounted, and before replacement, returns and offer")
	tell.Share("loss.ripple_share", "Word-of-mouth share", r.RippleShare).From("{loss.ripple} ÷ {loss.total}").Needs("word_of_mouth.tells", "word_of_mouth.leave").AbsentBecause("the total is not above zero")
	tell.Adds("loss.total", "loss.own", "loss.replacement", "loss.ripple", "loss.referrals", "loss.returns", "loss.offer")
}

// Warn adds what readers should know.
func (r *Result) Warn(tell *calc.Report) {
	tell.Warn(r.Total < 0, "", "below zero: the second life outweighs the first, look at winback.second_life")
	tell.Warn(r.OfferCost > 0, "winback.lapsed", "the win-back offer costs more than the returns that it brings save")
	r.WordOfMouth.Warn(tell)
	r.Customer.Warn(tell)
}
