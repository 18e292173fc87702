// Package winback computes the odds of a sale to customers active, lost and
// new, and what winning a lost one back is worth.
//
//	contacts per sale  = 1 ÷ p                        for each kind of customer
//	cost per sale      = C ÷ p                        C = c per person asked, or p × c per success
//	lapsed value       = (p − a) × R − C
//	prospect value     = p × V₀ᵣ − C                  V₀ with the newcomer's ramp
//	gain               = lost × lapsed value − K
//	return per 1       = lost × (p − a) × R ÷ (lost × C + K)
//	break-even success = a + (c + K ÷ lost) ÷ R       or (a × R + K ÷ lost) ÷ (R − c), paid per success
//	break-even offer   = (p − a) × R − K ÷ lost       or that ÷ p, paid per success
//
// p is the chance of a sale, c what one offer costs, K what the campaign costs
// once, a the share of all lost customers who return unasked, and R what one return
// saves (package customer). Those asked include those who would have returned, so a is
// at most p. That some return on their own was measured by Schlereth et al. 2016.
package winback

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/acquisition"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/evidence"
	"github.com/churncost/churncost/calc/quantity"
)

// Inputs are the chances, the offer, and the lives it may bring.
type Inputs struct {
	Customer      customer.Inputs
	SecondLife    customer.SecondLife
	Active        float64 // chance of a sale to one who stays; NaN where not given
	Prospect      float64 // chance of a sale to one who is new; NaN where not given
	Offer         Offer
	Lost          float64 // how many lost customers are asked
	Campaign      float64 // K, money
	ReturnsAnyway float64 // a, share of the lost
	NewcomerRamp  float64 // years
}

// An Offer is made to lost customers to win them back.
type Offer struct {
	Lapsed float64 // chance of a sale to a lost customer
	Cost   float64 // c, money
	PaidTo string  // Asked or Won
}

// To whom an offer is paid.
const (
	Asked = "asked"
	Won   = "won"
)

// Ask asks for the offer.
func (in *Offer) Ask(ask *calc.Form) {
	ask.Share(&in.Lapsed, "winback.lapsed", "chance of a sale to a lost customer", calc.Positive, calc.Benchmark(evidence.SaleToLapsed))
	ask.Money(&in.Cost, "winback.offer_cost", "what one attempt costs", calc.Default(0))
	ask.Choice(&in.PaidTo, "winback.paid_to", "who costs that: everybody asked, or only those won", Asked, Won)
}

// CostAt is C, the cost per person asked when the chance of a sale is p, money.
func (in *Offer) CostAt(p float64) float64 {
	if in.PaidTo == Won {
		return p * in.Cost
	}
	return in.Cost
}

// Unasked is a, limited to the chance of a sale: those asked include those who would
// have returned on their own.
func (in *Offer) Unasked(returnsAnyway float64) float64 { return min(returnsAnyway, in.Lapsed) }

// Check refuses a share that returns unasked above the chance of a sale to those who
// are asked.
func (in *Offer) Check(returnsAnyway float64) error {
	if returnsAnyway > in.Lapsed {
		return calc.Wrong("winback.returns_anyway", "winback.returns_anyway is %.6g%% and winback.lapsed %.6g%%: those who are asked include those who would return unasked", percent*returnsAnyway, percent*in.Lapsed)
	}
	return nil
}

// percent turns a share into a percentage.
const percent = 100

// Result is what each kind of customer costs and brings.
type Result struct {
	*Inputs
	Worth            customer.Worth
	SecondLifeValue  float64 // V₂, money
	Saves            float64 // R, money
	NewcomerValue    float64 // V₀ with the newcomer's ramp, money
	Returns          float64 // p − a: share of those asked who return because of it
	LapsedValue      float64 // money
	Gain             float64 // money
	ReturnPer1       float64 // ratio; NaN where nothing is spent
	BreakEvenSuccess float64 // share; NaN above 100 %
	BreakEvenOffer   float64 // money
}

// Ask asks for the customer, the second life, the chances and the offer.
func (in *Inputs) Ask(ask *calc.Form) {
	in.Customer.Ask(ask)
	in.SecondLife.Ask(&in.Customer, ask)
	ask.Share(&in.Active, "winback.active", "chance of a sale to an active customer", calc.Positive, calc.Optional, calc.Benchmark(evidence.SaleToActive, evidence.SaleToExisting))
	in.Offer.Ask(ask)
	ask.Share(&in.Prospect, "winback.prospect", "chance of a sale to a new prospect", calc.Positive, calc.Optional, calc.Benchmark(evidence.SaleToProspect, evidence.SaleToNew))
	ask.People(&in.Lost, "winback.lost", "how many lost customers are asked", calc.Default(1))
	ask.Money(&in.Campaign, "winback.campaign_cost", "what the campaign costs once, however many answer", calc.Default(0))
	customer.AskReturnsAnyway(&in.ReturnsAnyway, ask, calc.Default(0))
	acquisition.AskRamp(&in.NewcomerRamp, ask)
}

// Settle refuses, at the likely values, a share that returns unasked above the chance
// of a sale. In a draw and at the end of a range it is limited to that chance.
func (in *Inputs) Settle() error { return in.Offer.Check(in.ReturnsAnyway) }

// Compute applies the formulas of the package comment. It refuses a life that
// never ends.
func Compute(in *Inputs, r *Result) error {
	if err := in.Customer.Check(); err != nil {
		return err
	}
	if err := in.SecondLife.Check(&in.Customer); err != nil {
		return err
	}
	r.Inputs, r.Worth = in, in.Customer.Worth()
	r.SecondLifeValue, r.Saves = in.SecondLife.Value(&in.Customer), in.SecondLife.Saves(&in.Customer, &r.Worth)
	r.NewcomerValue = r.Worth.PerYear * in.Customer.NewcomerWeight(in.NewcomerRamp)
	p, a, c, saves := in.Offer.Lapsed, in.Offer.Unasked(in.ReturnsAnyway), in.Offer.Cost, r.Saves
	spent := in.Offer.CostAt(p)
	r.Returns = p - a
	r.LapsedValue = r.Returns*saves - spent
	r.Gain = in.Lost*r.LapsedValue - in.Campaign
	r.ReturnPer1 = math.NaN()
	if cost := in.Lost*spent + in.Campaign; cost > 0 {
		r.ReturnPer1 = in.Lost * r.Returns * saves / cost
	}
	campaign := 0.0 // for each who is asked
	if in.Campaign > 0 {
		campaign = in.Campaign / in.Lost
	}
	// The chance that would pay differs from p, so a is not limited to p here.
	r.BreakEvenSuccess, r.BreakEvenOffer = in.ReturnsAnyway+(c+campaign)/saves, max(0, r.Returns*saves-campaign)
	pays := saves > 0
	if in.Offer.PaidTo == Won {
		r.BreakEvenSuccess, r.BreakEvenOffer = (in.ReturnsAnyway*saves+campaign)/(saves-c), r.BreakEvenOffer/p
		pays = saves > c
	}
	if !pays || !(r.BreakEvenSuccess <= 1) {
		r.BreakEvenSuccess = math.NaN()
	}
	return nil
}

// saves is what one return saves, as calculations show it: the second life, or the
// first term where a newcomer would have replaced the customer.
func (r *Result) saves() string {
	if r.Worth.Share == 1 {
		return "{winback.second_life_value}"
	}
	return "{1 money}"
}

// The methods below say how figures are calculated. The first term is what one return
// saves, the second what one attempt costs.

func (r *Result) valueWorking() string {
	return "({winback.lapsed} − {winback.returns_anyway}) × " + r.saves() + " − {2 money}"
}

func (r *Result) gainWorking() string {
	if r.Campaign == 0 {
		return "{winback.lost} × {winback.lapsed.value}"
	}
	return "{winback.lost} × {winback.lapsed.value} − {winback.campaign_cost}"
}

func (r *Result) returnWorking() string {
	brought := "{winback.lost} × ({winback.lapsed} − {winback.returns_anyway}) × " + r.saves()
	if r.Campaign == 0 {
		return brought + " ÷ ({winback.lost} × {2 money})"
	}
	return brought + " ÷ ({winback.lost} × {2 money} + {winback.campaign_cost})"
}

// campaignShare is what the campaign costs for each who is asked.
func (r *Result) campaignShare(sign string) string {
	if r.Campaign == 0 {
		return ""
	}
	return sign + "{winback.campaign_cost} ÷ {winback.lost}"
}

func (r *Result) successWorking() string {
	if r.Offer.PaidTo == Won {
		return "({winback.returns_anyway} × " + r.saves() + r.campaignShare(" + ") + ") ÷ (" + r.saves() + " − {winback.offer_cost})"
	}
	spent := "{winback.offer_cost}"
	if r.Campaign != 0 {
		spent = "(" + spent + r.campaignShare(" + ") + ")"
	}
	return "{winback.returns_anyway} + " + spent + " ÷ " + r.saves()
}

func (r *Result) offerWorking() string {
	offer := "({winback.lapsed} − {winback.returns_anyway}) × " + r.saves() + r.campaignShare(" − ")
	if r.Offer.PaidTo == Won {
		return "(" + offer + ") ÷ {winback.lapsed}"
	}
	return offer
}

// Tell reports each kind of customer in a row, and what winning back brings.
func (r *Result) Tell(tell *calc.Report) {
	const active, prospect = "winback.active", "winback.prospect"
	cost, lapsed := r.Offer.CostAt, r.Offer.Lapsed
	spent := cost(lapsed)
	tell.Answer("Winning back, tried with {winback.lost} of the lost, brings {winback.gain}", r.Customer.Basis(), " after its cost", r.Customer.Period(), "; a sale to a lost customer takes {winback.lapsed.attempts_per_sale} contacts")
	tell.Count("winback.active.attempts_per_sale", "Contacts per sale to an active customer", 1/r.Active).Needs(active)
	tell.Money("winback.active.cost_per_sale", "Cost per sale to an active customer", cost(r.Active)/r.Active).Needs(active)
	tell.Count("winback.lapsed.attempts_per_sale", "Contacts per sale to a lost customer", 1/lapsed)
	tell.Money("winback.lapsed.cost_per_sale", "Cost per sale to a lost customer", spent/lapsed)
	tell.Money("winback.lapsed.value", "Value of asking a lost customer", r.LapsedValue).FromWords(r.valueWorking, r.Saves, spent)
	tell.Count("winback.prospect.attempts_per_sale", "Contacts per sale to a prospect", 1/r.Prospect).Needs(prospect)
	tell.Money("winback.prospect.cost_per_sale", "Cost per sale to a prospect", cost(r.Prospect)/r.Prospect).Needs(prospect)
	tell.Money("winback.prospect.value", "Value of asking a prospect", r.Prospect*r.NewcomerValue-cost(r.Prospect)).Needs(prospect)
	tell.Money("winback.second_life_value", "Value of a second life", r.SecondLifeValue).From("{winback.second_life.spend} of the first life's spend, over {winback.second_life.years said}").
		Compare(evidence.SecondLifeSpend, evidence.SecondLifeStages)
	tell.Money("winback.gain", "Gain of asking", r.Gain).FromWords(r.gainWorking)
	tell.Ratio("winback.return_per_1", "Return on spend", r.ReturnPer1).FromWords(r.returnWorking, r.Saves, spent).AbsentBecause("nothing is spent")
	tell.Share("winback.break_even_success", "Success at which it breaks even", r.BreakEvenSuccess).FromWords(r.successWorking, r.Saves).AbsentBecause("no chance up to 100% would pay for the offer")
	tell.Money("winback.break_even_offer", "Offer at which it breaks even", r.BreakEvenOffer).FromWords(r.offerWorking, r.Saves)
	tell.Ratio("winback.lapsed_to_prospect", "Chance with a lost customer against a prospect", lapsed/r.Prospect).From("{winback.lapsed} ÷ {winback.prospect}").Needs(prospect)
	tell.Table("odds", func(t *calc.Table) {
		t.Col("who is asked", quantity.Word).Col("chance of a sale", quantity.Share).Col("contacts per sale", quantity.Count).Col("cost per sale", quantity.Money).Col("value of asking one", quantity.Money)
		t.Row(calc.Words("an active customer"), calc.Given("winback.active"), calc.Metric("winback.active.attempts_per_sale"), calc.Metric("winback.active.cost_per_sale"), calc.Words("–"))
		t.Row(calc.Words("a lost customer"), calc.Given("winback.lapsed"), calc.Metric("winback.lapsed.attempts_per_sale"), calc.Metric("winback.lapsed.cost_per_sale"), calc.Metric("winback.lapsed.value"))
		t.Row(calc.Words("a new prospect"), calc.Given("winback.prospect"), calc.Metric("winback.prospect.attempts_per_sale"), calc.Metric("winback.prospect.cost_per_sale"), calc.Metric("winback.prospect.value"))
	})
}

// Warn adds what readers should know.
func (r *Result) Warn(tell *calc.Report) {
	tell.Remark(r.ReturnsAnyway == 0, "winback.returns_anyway", "nobody is taken to come back unasked; winback.returns_anyway leaves those who would out of the gain")
	r.Customer.Warn(tell)
}
