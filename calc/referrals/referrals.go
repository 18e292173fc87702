// Package referrals computes word of mouth the other way round: what promoters
// bring.
//
//	per promoter       = words × convert × ((1 − anyway) × V + anyway × W)
//	value per customer = promoters × per promoter
//	net                = value per customer − c × value × F × V
//
// all money per customer a year. V is a customer's lifetime margin (package
// customer), W what winning one costs, which is all that is saved on those who
// would have come unasked. The net takes off what the leavers' stories cost: c
// is the yearly churn, F the followers (package wordofmouth). The reckoning is
// Bain's for Dell (F. Reichheld, The Ultimate Question, 2006). Of the 3R, recommend,
// revisit and repurchase, this is the recommending.
package referrals

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/acquisition"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/evidence"
	"github.com/churncost/churncost/calc/wordofmouth"
)

// Inputs are the promoters, what their words do, and the customer.
type Inputs struct {
	Customer  customer.Inputs
	Promoters float64 // share of the customers
	Words     float64 // good words a promoter spreads a year
	Convert   float64 // customers won per word
	Anyway    float64 // share of those who would have come unasked
	Win       float64 // W, money

	Told        bool // whether the leavers' story is given
	WordOfMouth wordofmouth.Inputs
}

// Result is what promoters bring. The net is NaN where churn or the leavers'
// story is not given.
type Result struct {
	*Inputs
	V                float64 // money
	PerPromoter      float64 // money a year
	ValuePerCustomer float64 // money a year
	Net              float64 // money a year
}

// Ask asks for the customer, the promoters and the leavers' story.
func (in *Inputs) Ask(ask *calc.Form) {
	in.Customer.Ask(ask)
	ask.Share(&in.Promoters, "referrals.promoters", "share of the customers who recommend")
	ask.Count(&in.Words, "referrals.words", "good words that a promoter spreads a year", calc.Per(calc.Possible), calc.Known(evidence.PromoterWords))
	ask.Share(&in.Convert, "referrals.convert", "customers won for each good word", calc.Known(evidence.PromoterConvert))
	ask.Share(&in.Anyway, "referrals.anyway", "share of those won who would have come unasked", calc.Default(0))
	acquisition.AskWin(&in.Win, ask, calc.Default(0))
	ask.Part(&in.Told, in.WordOfMouth.Ask)
}

// Compute applies the formulas of the package comment. It refuses a lifetime
// that never ends.
func Compute(in *Inputs, r *Result) error {
	if err := in.Customer.Check(); err != nil {
		return err
	}
	r.Inputs, r.V, r.Net = in, in.Customer.Value(in.Customer.Years), math.NaN()
	r.PerPromoter = in.Words * in.Convert * ((1-in.Anyway)*r.V + in.Anyway*in.Win)
	r.ValuePerCustomer = in.Promoters * r.PerPromoter
	if in.Told {
		r.Net = r.ValuePerCustomer - in.Customer.Churn*in.WordOfMouth.Value*in.WordOfMouth.Followers()*r.V
	}
	return nil
}

// Tell tells what promoters bring.
func (r *Result) Tell(tell *calc.Report) {
	tell.Answer("One promoter brings {referrals.per_promoter}", r.Customer.Basis(), " a year")
	tell.MoneyPerYear("referrals.per_promoter", "One promoter brings", r.PerPromoter).
		From("{referrals.words} × {referrals.convert} × ((100% − {referrals.anyway}) × {1 money} + {referrals.anyway} × {acquisition.win_cost})", r.V).
		Compare(evidence.PromoterWorth)
	tell.MoneyPerYear("referrals.value_per_customer", "Over all customers, each", r.ValuePerCustomer).From("{referrals.promoters} × {referrals.per_promoter}")
	tell.MoneyPerYear("referrals.net", "Left after the leavers' stories", r.Net).
		From("{referrals.value_per_customer} − {company.churn} × {word_of_mouth.value} × {1} followers × {2 money}", r.WordOfMouth.Followers(), r.V).
		Needs("company.churn", "word_of_mouth.tells", "word_of_mouth.leave")
}

// Warn adds what a reader should know.
func (r *Result) Warn(tell *calc.Report) {
	r.Customer.Warn(tell)
}
