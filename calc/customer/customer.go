// Package customer computes what one customer would spend, and what losing one costs.
// Every calculator that values a customer uses it.
//
//	m    = margin × spend × visits              money a year
//	W(T) = what T years are worth in today's years, see weight.go
//	V    = m × W(T) from the tenure on          money today: the customer who is lost
//	V₀   = m × W(T) from the start              money today: a new one
//	u    = θ × V                                what losing one costs
//
// θ is the share of a customer's value that is lost even where a newcomer takes the
// customer's place; see worth.go.
package customer

import (
	"fmt"
	"math"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/acquisition"
	"github.com/churncost/churncost/calc/company"
	"github.com/churncost/churncost/calc/quantity"
)

// Inputs describe one customer, and the newcomer who replaces one who is lost.
type Inputs struct {
	Spend     float64           // money a year, or a visit
	Visits    float64           // a year; 1 where the spend is a year's already
	Payments  float64           // how often money comes, a year
	Renewals  float64           // how often the customer may leave, a year
	Years     float64           // the horizon T; infinite for "forever"
	Margin    float64           // share
	Churn     float64           // share a year; NaN where the company's is not given
	Retention quantity.ByTenure // shares a year; where there is a Survival, the shares that it gives
	Survival  Survival
	Tenure    float64 // years that the lost customer had stayed already
	Growth    float64 // of the spend of a customer who stays, a year
	Discount  float64 // rate a year
	Paid      string  // Start, End or Stayed

	Replaced      bool    // whether a newcomer replaces one who is lost
	ReplacedAfter float64 // τ, years
	Win           float64 // W, money
	NewcomerRamp  float64 // years until a newcomer spends in full
}

// When the period's money comes.
const (
	Start  = "start"
	End    = "end"
	Stayed = "stayed"
)

// Ask asks for the customer.
func (in *Inputs) Ask(ask *calc.Form) {
	in.AskSpend(ask)
	in.AskLife(ask)
}

// AskSpend asks for what the customer spends.
func (in *Inputs) AskSpend(ask *calc.Form, options ...calc.Option) {
	ask.MoneyPerYear(&in.Spend, "customer.spend", "what the customer spends, such as 50 per week or, with customer.visits, 65 per visit", append(options, calc.PerVisit("customer.visits"))...)
	ask.Count(&in.Visits, "customer.visits", "how often the customer comes, such as 4..6 per year; for a spend per visit", calc.Per(calc.Needed), calc.Default(1))
}

// AskLife asks for all but what the customer spends.
func (in *Inputs) AskLife(ask *calc.Form) {
	ask.Time(&in.Years, "customer.years", "how long the customer would have stayed at most: 10, 18 months or forever", calc.OrForever)
	ask.Share(&in.Margin, "customer.margin", "contribution margin: the share of sales left after only those costs that stop when the customer does", calc.Default(1))
	ask.Period(&in.Payments, "customer.period", "how often money comes and the customer may leave", survivalPeriod, "customer.spend", "tiers.1.spend")
	ask.Period(&in.Renewals, "customer.renews", "how often the customer may leave, where that is rarer than money comes: year for an annual contract billed by the month",
		"customer.period", survivalPeriod, "customer.spend", "tiers.1.spend")
	company.AskChurn(&in.Churn, ask, calc.Optional)
	ask.Chance(&in.Retention, "customer.retention", "chance to stay: 80% a year, 98% per month, or by period of tenure [78%, 88%, 93%]",
		calc.Complement("company.churn"), calc.Default(1), calc.NotWith(atRiskKey, alphaKey, survivalPeriod))
	ask.Any(&in.Survival.Given, in.Survival.ask)
	ask.Prepare(&in.Survival.Given, in.prepare)
	ask.Time(&in.Tenure, "customer.tenure", "how long the lost customer had stayed already", calc.Default(0))
	ask.Share(&in.Growth, "customer.growth", "yearly change of what a customer who stays spends: expansion less contraction",
		calc.Per(calc.Yearly), calc.Above(-1), calc.AtMost(math.Inf(1)), calc.Default(0))
	ask.Share(&in.Discount, "customer.discount", "yearly discount rate", calc.Per(calc.Accumulation), calc.AtMost(math.Inf(1)), calc.Default(0))
	ask.Choice(&in.Paid, "customer.paid", "when the period's money comes: at its start, at its end, or at its end from those who stayed", Start, End, Stayed)
	ask.When(&in.Replaced, in.askReplacement, "customer.replaced_after", "acquisition.win_cost")
}

func (in *Inputs) askReplacement(ask *calc.Form) {
	ask.Time(&in.ReplacedAfter, "customer.replaced_after", "how long until a newcomer takes the place, who would not have come anyway: 3 months")
	acquisition.AskWin(&in.Win, ask)
	acquisition.AskRamp(&in.NewcomerRamp, ask)
}

// Check refuses a customer whose value has no bound, and one who may leave more
// often than money comes.
func (in *Inputs) Check() error {
	if in.Renewals <= in.Payments && !math.IsInf(in.Years, 1) && in.Retention.Tail == nil {
		return nil
	}
	return in.check()
}

func (in *Inputs) check() error {
	if err := in.CheckPeriods(); err != nil {
		return err
	}
	return in.CheckLife(&in.Retention, "customer.years", in.Years)
}

// CheckPeriods refuses a customer who may leave more often than money comes.
func (in *Inputs) CheckPeriods() error {
	if in.Renewals > in.Payments {
		return &calc.Problem{Key: "customer.renews", Message: "a customer cannot leave more often than money comes",
			Hint: "customer.renews is for contracts that are longer than customer.period: choose a longer one, or leave it out"}
	}
	return nil
}

// CheckLife refuses a number of years, given by a key, over which the value of
// customers who stay with the given chances has no bound, or takes too long to add up.
func (in *Inputs) CheckLife(stay *quantity.ByTenure, key string, years float64) error {
	if stay.Tail != nil && years > longestHorizon && !math.IsInf(years, 1) {
		return &calc.Problem{Key: key, Message: fmt.Sprintf("with customer.survival a horizon is at most %d years", longestHorizon), Hint: "shorten it, or write forever"}
	}
	if stay.Tail != nil && in.Endless(stay, years) {
		return &calc.Problem{Key: key, Hint: "give a number of years, or change one of them",
			Message: fmt.Sprintf("forever has no end: the chance to stay of customer.survival comes near 100%%, and so it takes growth below discount; they are %.6g%% and %.6g%%",
				percent*in.Growth, percent*in.Discount)}
	}
	if in.Endless(stay, years) {
		return &calc.Problem{Key: key, Hint: "give a number of years, or change one of them",
			Message: fmt.Sprintf("forever has no end: it takes retention × (100%% + growth) below 100%% + discount, and they are %.6g%% × %.6g%% and %.6g%%",
				percent*stay.Later, percent*(1+in.Growth), percent*(1+in.Discount))}
	}
	return nil
}

// Endless reports whether the value of customers who stay with the given chances has
// no bound over that many years.
func (in *Inputs) Endless(stay *quantity.ByTenure, years float64) bool {
	return math.IsInf(years, 1) && in.yearlyRatioLess1(stay.Later, in.Discount) >= 0
}

// longestHorizon is the most years over which payments are added up one by one.
const longestHorizon = 100

// percent turns a share into a percentage.
const percent = 100

// PerYear is m, the margin in one year, money a year.
func (in *Inputs) PerYear() float64 { return in.Margin * in.Spend * in.Visits }

// Basis says what the money is: sales where the margin is 100%, else margin.
func (in *Inputs) Basis() string {
	if in.Margin == 1 {
		return " in sales"
	}
	return " in margin"
}

// Period says for which period payments are computed, where that makes a difference: a
// subscription paid by the month is worth another amount than one paid by the year.
func (in *Inputs) Period() string {
	if in.everyYearAlike() {
		return ""
	}
	return ", computed by the {customer.period}"
}

// everyYearAlike reports whether every year counts in full.
func (in *Inputs) everyYearAlike() bool {
	return in.Retention.Constant() && in.Retention.Later == 1 && in.Discount == 0 && in.Growth == 0
}

// Working is how V is calculated, as a template whose first term is the weight.
func (in *Inputs) Working() string {
	if in.Margin == 1 {
		return in.SalesWorking()
	}
	return "{customer.spend} × {customer.margin}" + in.yearsWorking()
}

// SalesWorking is how the sales over the horizon are calculated, with the same term.
func (in *Inputs) SalesWorking() string { return "{customer.spend}" + in.yearsWorking() }

// yearsWorking is by how many years the yearly amount is multiplied.
func (in *Inputs) yearsWorking() string {
	var effects []string
	if !in.Retention.Constant() || in.Retention.Later != 1 {
		effects = append(effects, "churn")
	}
	if in.Growth != 0 {
		effects = append(effects, "growth")
	}
	if in.Discount != 0 {
		effects = append(effects, "discount")
	}
	switch last := len(effects) - 1; last {
	case -1:
		return " × {customer.years}"
	case 0:
		return " × {1} years after " + effects[0]
	default:
		return " × {1} years after " + strings.Join(effects[:last], ", ") + " and " + effects[last]
	}
}

// Warn adds what readers of the value should know.
func (in *Inputs) Warn(tell *calc.Report) {
	w := in.Worth()
	stay := in.Retention.Later
	tell.Remark(in.Retention.Constant() && stay > 0 && stay < 1, "customer.retention",
		"one retention for all years fits a new customer; one who has stayed long is worth more than it says (Fader & Hardie 2007): customer.retention takes a list by tenure, and customer.tenure says how long the lost one had stayed")
	tell.Remark(in.Survival.Given && in.Survival.Curve.Reason != "", tailKey, tailKey+": "+string(in.Survival.Curve.Reason))
	tell.Remark(w.Share < 1, "customer.replaced_after",
		"a newcomer takes the place of each customer who is lost after {customer.replaced_after said}: losing one costs {1 share} of a lifetime value", w.Share)
	tell.Remark(w.Pointless, "customer.replaced_after", "a replacement would cost more than it brings: none is made")
}
