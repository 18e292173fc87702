// Package referrals computes what customers who recommend bring: word of mouth the
// other way round.
//
//	per promoter       = words × convert × ((1 − anyway) × u₀ + anyway × W)
//	value per customer = promoters × per promoter
//	net                = value per customer − c × value × F × u₀
//
// All are money per customer a year. u₀ is what losing a new customer costs (package
// customer): a friend who is won is worth as much as a follower who is lost. W is what
// winning one costs, which is all that is saved on those who would have come unasked.
// The net subtracts what the stories of lost customers cost: c is the yearly churn, F
// the followers (package wordofmouth). The calculation is Bain's for Dell
// (F. Reichheld, The Ultimate Question, 2006). Of the 3R, recommend, revisit and
// repurchase, this is the first.
package referrals

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/acquisition"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/evidence"
	"github.com/churncost/churncost/calc/wordofmouth"
)

// Promoters are the customers who recommend, and what their recommendations bring.
type Promoters struct {
	Share   float64 // of the customers
	Words   float64 // good words a promoter spreads a year
	Convert float64 // customers won per word
	Anyway  float64 // share of those who would have come unasked
	Win     float64 // W, money; NaN where not given, and then nothing is saved on those
}

// Ask asks for the promoters.
func (in *Promoters) Ask(ask *calc.Form) {
	ask.Share(&in.Share, "referrals.promoters", "share of the customers who recommend")
	ask.Count(&in.Words, "referrals.words", "good words that a promoter spreads a year", calc.Per(calc.Possible), calc.Known(evidence.PromoterWords))
	ask.Share(&in.Convert, "referrals.convert", "customers won for each good word", calc.Known(evidence.PromoterConvert))
	ask.Share(&in.Anyway, "referrals.anyway", "share of those won who would have come unasked", calc.Default(0))
	acquisition.AskWin(&in.Win, ask, calc.Optional)
}

// PerPromoter is what one promoter brings in a year where losing a new customer
// costs u₀, money.
func (in *Promoters) PerPromoter(newLoss float64) float64 {
	win := in.Win
	if math.IsNaN(win) {
		win = 0
	}
	return in.Words * in.Convert * ((1-in.Anyway)*newLoss + in.Anyway*win)
}

// PerCustomer is the same over all customers.
func (in *Promoters) PerCustomer(newLoss float64) float64 {
	return in.Share * in.PerPromoter(newLoss)
}

// Working is how PerCustomer is calculated over a number of years, as a template whose
// terms are the years and u₀.
func (in *Promoters) Working() string {
	return "{referrals.promoters} × " + in.promoterWorking() + " × {1} years"
}

func (in *Promoters) promoterWorking() string {
	switch {
	case in.Anyway == 0:
		return "{referrals.words} × {referrals.convert} × {2 money}"
	case math.IsNaN(in.Win):
		return "{referrals.words} × {referrals.convert} × (100% − {referrals.anyway}) × {2 money}"
	}
	return "{referrals.words} × {referrals.convert} × ((100% − {referrals.anyway}) × {2 money} + {referrals.anyway} × {acquisition.win_cost})"
}

// Inputs are the promoters, the customer and the stories of lost customers.
type Inputs struct {
	Customer    customer.Inputs
	Promoters   Promoters
	HasStory    bool // whether those stories are given
	WordOfMouth wordofmouth.Inputs
}

// Result is what promoters bring. The net is NaN where churn or the stories of lost
// customers are not given.
type Result struct {
	*Inputs
	Worth            customer.Worth
	PerPromoter      float64 // money a year
	ValuePerCustomer float64 // money a year
	Net              float64 // money a year
}

// Ask asks for the customer, the promoters and the stories of lost customers.
func (in *Inputs) Ask(ask *calc.Form) {
	in.Customer.Ask(ask)
	in.Promoters.Ask(ask)
	ask.Part(&in.HasStory, in.WordOfMouth.Ask)
}

// Compute applies the formulas of the package comment. It refuses a lifetime
// that never ends.
func Compute(in *Inputs, r *Result) error {
	if err := in.Customer.Check(); err != nil {
		return err
	}
	r.Inputs, r.Worth, r.Net = in, in.Customer.Worth(), math.NaN()
	r.PerPromoter = in.Promoters.PerPromoter(r.Worth.NewLoss)
	r.ValuePerCustomer = in.Promoters.PerCustomer(r.Worth.NewLoss)
	if in.HasStory {
		r.Net = r.ValuePerCustomer - in.Customer.Churn*in.WordOfMouth.Value*in.WordOfMouth.Followers()*r.Worth.NewLoss
	}
	return nil
}

// netWorking is how the net is calculated.
func (r *Result) netWorking() string {
	return "{3 money} − {company.churn} × " + r.WordOfMouth.LossWorking()
}

// Tell reports what promoters bring.
func (r *Result) Tell(tell *calc.Report) {
	followers, newLoss := r.WordOfMouth.Followers(), r.Worth.NewLoss
	tell.Answer("One promoter brings {referrals.per_promoter}", r.Customer.Basis(), " a year", r.Customer.Period())
	tell.MoneyPerYear("referrals.per_promoter", "One promoter brings", r.PerPromoter).From(r.Promoters.promoterWorking(), followers, newLoss).
		Compare(evidence.PromoterWorth)
	tell.MoneyPerYear("referrals.value_per_customer", "Over all customers, each", r.ValuePerCustomer).From("{referrals.promoters} × {referrals.per_promoter}")
	tell.MoneyPerYear("referrals.net", "Net of the leavers' stories", r.Net).
		FromWords(r.netWorking, followers, newLoss, r.ValuePerCustomer).
		Needs("company.churn", "word_of_mouth.tells", "word_of_mouth.leave")
}

// Warn adds what readers should know.
func (r *Result) Warn(tell *calc.Report) {
	r.Customer.Warn(tell)
}
