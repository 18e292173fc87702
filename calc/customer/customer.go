// Package customer says what one customer would spend, and what that is worth
// today. Every calculator that values a customer does so through it.
//
//	m    = margin × spend × visits            money a year
//	V(T) = m × W(T)                           money today
//	W(T) = Σ xᵗ for t = 0 … T−1,  x = r ÷ (1 + d)
//
// r is the retention, the chance to stay one more year, d the yearly discount
// rate and T the horizon in years. W counts terms at the start of each year;
// paid at the end of the year it is divided by 1 + d, and paid only by those
// who stayed it is multiplied by r as well. Three textbook formulas differ in
// this alone (Fader & Hardie 2012, "Reconciling and clarifying CLV formulas").
package customer

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/company"
)

// Inputs describe one customer.
type Inputs struct {
	Spend     float64 // money a year, or a visit
	Visits    float64 // a year; 1 where the spend is a year's already
	Years     float64 // the horizon T; infinite for "forever"
	Margin    float64 // share
	Churn     float64 // share a year; NaN where the company's is not given
	Retention float64 // share a year
	Discount  float64 // rate a year
	Paid      string  // Start, End or Stayed
}

// When the year's money comes.
const (
	Start  = "start"
	End    = "end"
	Stayed = "stayed"
)

// Ask asks for the customer.
func (in *Inputs) Ask(ask *calc.Form) {
	ask.MoneyPerYear(&in.Spend, "customer.spend", "what the customer spends, such as 50 per week or, with customer.visits, 65 per visit", calc.PerVisit("customer.visits"))
	ask.Count(&in.Visits, "customer.visits", "how often the customer comes, such as 4..6 per year; for a spend per visit", calc.Per(calc.Needed), calc.Default(1))
	in.AskLife(ask)
}

// AskLife asks for all but what the customer spends.
func (in *Inputs) AskLife(ask *calc.Form) {
	ask.Time(&in.Years, "customer.years", "how long the customer would have stayed at most: 10, 18 months or forever", calc.OrForever)
	ask.Share(&in.Margin, "customer.margin", "contribution margin: the share of sales left after only those costs that stop when the customer does", calc.Default(1))
	company.AskChurn(&in.Churn, ask, calc.Optional)
	ask.Share(&in.Retention, "customer.retention", "chance to stay one more year; 98% per month is its 12th power a year",
		calc.Per(calc.Survival), calc.Complement("company.churn"), calc.Default(1))
	ask.Share(&in.Discount, "customer.discount", "yearly discount rate", calc.Per(calc.Accumulation), calc.AtMost(math.Inf(1)), calc.Default(0))
	ask.Choice(&in.Paid, "customer.paid", "when the year's money comes: at its start, at its end, or at its end from those who stayed", Start, End, Stayed)
}

// Check refuses a customer whose value has no bound: one who stays for ever,
// undiscounted.
func (in *Inputs) Check() error {
	if in.Endless(in.Years) {
		return calc.Wrong("customer.years", "forever never ends with retention 100%% and discount 0%%: give one of them, or a number of years")
	}
	return nil
}

// Endless tells whether that many years of the customer have no bounded value.
func (in *Inputs) Endless(years float64) bool {
	return math.IsInf(years, 1) && in.ratioLess1() == 0
}

// PerYear is m, the margin in one year, money a year.
func (in *Inputs) PerYear() float64 { return in.Margin * in.Spend * in.Visits }

// Value is V(T), the present value of m over T years, money.
func (in *Inputs) Value(years float64) float64 { return in.PerYear() * in.Weight(years) }

// Weight is W(T) with the payment convention applied: how many of today's years
// T years are worth. Of a part-year f, f × the whole next year's term counts.
func (in *Inputs) Weight(years float64) float64 {
	return in.convention() * sumOfPowers(in.ratioLess1(), years)
}

// Stay is the undiscounted sum of the survival weights: the years a customer is
// expected to pay for. It is infinite for one who never leaves.
func (in *Inputs) Stay() float64 {
	sum := sumOfPowers(in.Retention-1, in.Years)
	if in.Paid == Stayed {
		return in.Retention * sum
	}
	return sum
}

// RampedWeight is the Weight of a life whose spend grows evenly from nothing to
// full over the ramp, in years: year t counts by the mean of min(1, u ÷ ramp)
// over that year.
func (in *Inputs) RampedWeight(years, ramp float64) float64 {
	x := 1 + in.ratioLess1()
	missing := 0.0
	for t := 0.0; t < ramp && t < years; t++ {
		part := min(1, years-t)
		missing += part * (1 - rampMean(t, ramp)) * math.Pow(x, t)
	}
	return in.Weight(years) - in.convention()*missing
}

// rampMean is the mean of min(1, u ÷ ramp) for u from t to t + 1.
func rampMean(t, ramp float64) float64 {
	if t+1 <= ramp {
		return (t + t + 1) / 2 / ramp
	}
	rising := ramp - t
	return rising*(t+ramp)/2/ramp + 1 - rising
}

// ratioLess1 is x − 1 for x = r ÷ (1 + d), without the loss of digits that
// subtracting would bring near one.
func (in *Inputs) ratioLess1() float64 {
	return (in.Retention - 1 - in.Discount) / (1 + in.Discount)
}

// convention is the factor that moves every term from the start of its year to
// when the money comes.
func (in *Inputs) convention() float64 {
	switch in.Paid {
	case End:
		return 1 / (1 + in.Discount)
	case Stayed:
		return in.Retention / (1 + in.Discount)
	}
	return 1
}

// sumOfPowers is Σ xᵗ for t = 0 … T−1 plus the part-year's share of the next
// term, for x = 1 + less, in closed form: (xⁿ − 1) ÷ (x − 1), exact near x = 1.
func sumOfPowers(less, years float64) float64 {
	switch {
	case less == 0:
		return years
	case math.IsInf(years, 1):
		return -1 / less
	}
	whole, part := math.Modf(years)
	sum := whole
	if whole != 0 {
		sum = math.Expm1(whole*math.Log1p(less)) / less
	}
	if part != 0 {
		sum += part * math.Pow(1+less, whole)
	}
	return sum
}

// Basis says what the money is: sales, while the margin is all of them, or
// margin.
func (in *Inputs) Basis() string {
	if in.Margin == 1 {
		return " in sales"
	}
	return " in margin"
}

// Working is how V came about, as a template over keys whose first term is the
// Weight.
func (in *Inputs) Working() string {
	switch {
	case in.Margin == 1:
		return in.SalesWorking()
	case in.plain():
		return "{customer.spend} × {customer.margin} × {customer.years}"
	}
	return "{customer.spend} × {customer.margin} × {1} years after churn and discount"
}

// SalesWorking is how the sales over the horizon came about, as Working does
// for the margin.
func (in *Inputs) SalesWorking() string {
	if in.plain() {
		return "{customer.spend} × {customer.years}"
	}
	return "{customer.spend} × {1} years after churn and discount"
}

// plain tells whether every year counts in full.
func (in *Inputs) plain() bool { return in.Retention == 1 && in.Discount == 0 }

// YearWorking is how m came about, as a template over keys.
func (in *Inputs) YearWorking() string {
	if in.Margin == 1 {
		return "{customer.spend}"
	}
	return "{customer.spend} × {customer.margin}"
}

// Warn adds what a reader of V should know.
func (in *Inputs) Warn(tell *calc.Report) {
	tell.Warn(in.Retention > 0 && in.Retention < 1, "customer.retention",
		"one retention for all years fits a new customer; one who has stayed long is worth more than it says (Fader & Hardie 2007)")
}
