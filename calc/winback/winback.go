// Package winback computes the odds of a sale to customers active, lost and
// new, and what winning a lost one back is worth.
//
//	attempts per sale  = 1 ÷ p                    for each kind of customer
//	cost per sale      = C ÷ p                    C = c per person asked, or p × c per success
//	lapsed value       = p × V₂ − C
//	prospect value     = p × V − C                V with the newcomer's ramp
//	gain               = lost × ((p − a) × V₂ − C)
//	break-even success = a + c ÷ V₂               or a × V₂ ÷ (V₂ − c), paid per success
//	break-even offer   = (p − a) × V₂             or that ÷ p, paid per success
//
// p is the chance of a sale, c what one offer costs, a the share who return
// unasked, V₂ the present value of the second life. That some leavers return by
// themselves is Schlereth et al. 2016; the term second lifetime value is Stauss
// & Friege 1999, "Regaining Service Customers".
package winback

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/acquisition"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/evidence"
)

// Inputs are the chances, the offer, and the lives it may bring.
type Inputs struct {
	Customer      customer.Inputs
	SecondLife    SecondLife
	Active        float64 // chance of a sale to one who stays
	Prospect      float64 // chance of a sale to one who is new
	Offer         Offer
	Lost          float64 // how many lost customers are asked
	ReturnsAnyway float64 // a, share of the lost
	NewcomerRamp  float64 // years
}

// An Offer is what a lost customer is asked back with.
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
	ask.Share(&in.Lapsed, "winback.lapsed", "chance of a sale to a lost customer", calc.Positive, calc.StandIn(evidence.SaleToLapsed))
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

// Result is what each kind of customer takes and brings.
type Result struct {
	*Inputs
	SecondLifeValue  float64 // V₂, money
	NewcomerValue    float64 // V with the newcomer's ramp, money
	Gain             float64 // money
	BreakEvenSuccess float64 // share; NaN above 100 %
	BreakEvenOffer   float64 // money
	LapsedToProspect float64 // ratio
}

// Ask asks for the customer, the second life, the chances and the offer.
func (in *Inputs) Ask(ask *calc.Form) {
	in.Customer.Ask(ask)
	in.SecondLife.Ask(ask)
	ask.Share(&in.Active, "winback.active", "chance of a sale to an active customer", calc.Positive, calc.StandIn(evidence.SaleToActive, evidence.SaleToExisting))
	in.Offer.Ask(ask)
	ask.Share(&in.Prospect, "winback.prospect", "chance of a sale to a new prospect", calc.Positive, calc.StandIn(evidence.SaleToProspect, evidence.SaleToNew))
	ask.People(&in.Lost, "winback.lost", "how many lost customers are asked", calc.Default(1))
	AskReturnsAnyway(&in.ReturnsAnyway, ask, calc.Default(0))
	acquisition.AskRamp(&in.NewcomerRamp, ask)
}

// Compute applies the formulas of the package comment. It refuses a life that
// never ends.
func Compute(in *Inputs, r *Result) error {
	if err := in.Customer.Check(); err != nil {
		return err
	}
	if err := in.SecondLife.Check(&in.Customer); err != nil {
		return err
	}
	r.Inputs, r.SecondLifeValue = in, in.SecondLife.Value(&in.Customer)
	r.NewcomerValue = in.Customer.PerYear() * in.Customer.RampedWeight(in.Customer.Years, in.NewcomerRamp)
	p, a, c, v2 := in.Offer.Lapsed, in.ReturnsAnyway, in.Offer.Cost, r.SecondLifeValue
	r.Gain = in.Lost * ((p-a)*v2 - in.Offer.CostAt(p))
	r.BreakEvenSuccess = a + c/v2
	r.BreakEvenOffer = max(0, (p-a)*v2)
	if in.Offer.PaidTo == Won {
		r.BreakEvenSuccess = a * v2 / (v2 - c)
		r.BreakEvenOffer = r.BreakEvenOffer / p
	}
	if !(r.BreakEvenSuccess <= 1) || in.Offer.PaidTo == Won && v2 <= c {
		r.BreakEvenSuccess = math.NaN()
	}
	r.LapsedToProspect = p / in.Prospect
	return nil
}

// successWorking and offerWorking say how the break-evens came about.
func (r *Result) successWorking() string {
	if r.Offer.PaidTo == Won {
		return "{winback.returns_anyway} × {winback.second_life_value} ÷ ({winback.second_life_value} − {winback.offer_cost})"
	}
	return "{winback.returns_anyway} + {winback.offer_cost} ÷ {winback.second_life_value}"
}

func (r *Result) offerWorking() string {
	if r.Offer.PaidTo == Won {
		return "({winback.lapsed} − {winback.returns_anyway}) × {winback.second_life_value} ÷ {winback.lapsed}"
	}
	return "({winback.lapsed} − {winback.returns_anyway}) × {winback.second_life_value}"
}

// Tell tells a row for each kind of customer, and what winning back brings.
func (r *Result) Tell(tell *calc.Report) {
	cost, lapsed := r.Offer.CostAt, r.Offer.Lapsed
	tell.Answer("Winning back, tried with {winback.lost} of the lost, brings {winback.gain}", r.Customer.Basis(), " after its cost; a sale to a lost customer takes {winback.lapsed.attempts_per_sale} attempts")
	tell.Count("winback.active.attempts_per_sale", "Attempts per sale to an active customer", 1/r.Active)
	tell.Money("winback.active.cost_per_sale", "Cost per sale to an active customer", cost(r.Active)/r.Active)
	tell.Count("winback.lapsed.attempts_per_sale", "Attempts per sale to a lost customer", 1/lapsed)
	tell.Money("winback.lapsed.cost_per_sale", "Cost per sale to a lost customer", cost(lapsed)/lapsed)
	tell.Money("winback.lapsed.value", "Value of asking a lost customer", lapsed*r.SecondLifeValue-cost(lapsed))
	tell.Count("winback.prospect.attempts_per_sale", "Attempts per sale to a prospect", 1/r.Prospect)
	tell.Money("winback.prospect.cost_per_sale", "Cost per sale to a prospect", cost(r.Prospect)/r.Prospect)
	tell.Money("winback.prospect.value", "Value of asking a prospect", r.Prospect*r.NewcomerValue-cost(r.Prospect))
	tell.Money("winback.second_life_value", "Value of a second life, V₂", r.SecondLifeValue).From("{winback.second_life.spend} of the first life's spend, over {winback.second_life.years said}")
	tell.Money("winback.gain", "Gain of asking", r.Gain).From("{winback.lost} × (({winback.lapsed} − {winback.returns_anyway}) × {winback.second_life_value} − {1 money})", cost(lapsed))
	tell.Share("winback.break_even_success", "Success at which it breaks even", r.BreakEvenSuccess).From(r.successWorking()).Else("no chance up to 100% would pay for the offer")
	tell.Money("winback.break_even_offer", "Offer at which it breaks even", r.BreakEvenOffer).From(r.offerWorking())
	tell.Ratio("winback.lapsed_to_prospect", "Chance with a lost customer against a prospect", r.LapsedToProspect).From("{winback.lapsed} ÷ {winback.prospect}")
	tell.Table("odds", func(t *calc.Table) {
		t.Col("who is asked", calc.Word).Col("chance of a sale", calc.Share).Col("attempts per sale", calc.Count).Col("cost per sale", calc.Money).Col("value of asking one", calc.Money)
		t.Row(calc.Say("an active customer"), calc.Given("winback.active"), calc.Of("winback.active.attempts_per_sale"), calc.Of("winback.active.cost_per_sale"), calc.Say("–"))
		t.Row(calc.Say("a lost customer"), calc.Given("winback.lapsed"), calc.Of("winback.lapsed.attempts_per_sale"), calc.Of("winback.lapsed.cost_per_sale"), calc.Of("winback.lapsed.value"))
		t.Row(calc.Say("a new prospect"), calc.Given("winback.prospect"), calc.Of("winback.prospect.attempts_per_sale"), calc.Of("winback.prospect.cost_per_sale"), calc.Of("winback.prospect.value"))
	})
}

// Warn adds what a reader should know.
func (r *Result) Warn(tell *calc.Report) {
	tell.Warn(r.ReturnsAnyway == 0, "winback.returns_anyway", "nobody is taken to come back unasked; winback.returns_anyway leaves those who would out of the gain")
	r.Customer.Warn(tell)
}
