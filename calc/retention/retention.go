// Package retention computes what a year of churn costs, and what a programme
// against it pays.
//
//	lost per year     = N × c
//	yearly bill       = N × c × V              present value of this year's leavers
//	first year        = N × c × m ÷ 2          what this year's accounts feel
//	saved             = N × (c − churn after), or given
//	saved value       = saved × Vₛ
//	cost per saved    = cost ÷ saved
//	return per 1      = saved value ÷ cost
//	net               = saved value − cost
//	payback months    = 12 × cost ÷ (saved × m)
//	break-even points = cost ÷ (N × Vₛ)
//	value lift        = V(r + 5 points) ÷ V(r) − 1
//
// N are the firm's customers, c is the yearly churn, m a customer's margin in a
// year, V the same over the lifetime (package customer), r the retention. Vₛ is
// V at the retention of those who were saved, which is r unless given. The bill
// is V and never the whole loss of one customer: observed churn already holds
// those who followed others. A lift of five points is the question of Reichheld
// & Sasser, "Zero Defections", Harvard Business Review 1990.
package retention

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/company"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/evidence"
)

// fivePoints is the rise in retention that the literature asks about.
const fivePoints = 5. / 100

// monthsPerYear turns years into months.
const monthsPerYear = 12

// Inputs are the firm, the customer and the programme.
type Inputs struct {
	Customer       customer.Inputs
	Customers      float64 // N
	Churn          float64 // c, share a year
	Cost           float64 // of the programme, money; NaN where there is none
	AfterBy        calc.ChangeBy
	After          float64 // churn after; NaN where not given
	Saves          float64 // customers; NaN where not given
	SavedRetention float64 // share a year
}

// Result is the bill, and what the programme does to it. What a programme that
// is not given would do is NaN.
type Result struct {
	*Inputs
	LostPerYear     float64 // people
	YearlyBill      float64 // money
	FirstYear       float64 // money
	ChurnAfter      float64 // share
	Saved           float64 // people
	SavedV          float64 // money: one of those saved
	SavedValue      float64 // money
	CostPerSaved    float64 // money
	ReturnPer1      float64 // ratio
	Net             float64 // money
	PaybackMonths   float64
	BreakEvenPoints float64 // a difference of shares
	ValueLift       float64 // share
}

// Ask asks for the firm, the customer and the programme.
func (in *Inputs) Ask(ask *calc.Form) {
	in.Customer.Ask(ask)
	company.AskCustomers(&in.Customers, ask)
	company.AskChurn(&in.Churn, ask)
	ask.Money(&in.Cost, "programme.cost", "what the programme against churn costs a year", calc.Optional, calc.Positive)
	ask.Change(&in.AfterBy, &in.After, "programme.churn_after", "company.churn", "yearly churn with the programme: 15%, -5pp (points off today's) or -5% (19% of 20%)", calc.Optional, calc.NotWith("programme.saves"))
	ask.People(&in.Saves, "programme.saves", "customers a year whom the programme keeps", calc.Optional)
	ask.Share(&in.SavedRetention, "programme.saved_retention", "chance of those saved to stay one more year", calc.Per(calc.Survival), calc.Follow("customer.retention"))
}

// Compute applies the formulas of the package comment. It refuses a lifetime
// that never ends, and a churn below zero or above all.
func Compute(in *Inputs, r *Result) error {
	if err := in.Customer.Check(); err != nil {
		return err
	}
	years, saved := in.Customer.Years, in.Customer
	saved.Retention = in.SavedRetention
	if saved.Endless(years) {
		return calc.Wrong("programme.saved_retention", "forever never ends for those saved, with retention 100%% and discount 0%%")
	}
	n, c, v, m := in.Customers, in.Churn, in.Customer.Value(years), in.Customer.PerYear()
	r.Inputs, r.Saved, r.SavedV = in, in.Saves, saved.Value(years)
	r.LostPerYear, r.YearlyBill, r.FirstYear = n*c, n*c*v, n*c*m/2
	r.ChurnAfter = in.AfterBy.Apply(c, in.After)
	if r.ChurnAfter < 0 || r.ChurnAfter > 1 {
		return calc.Wrong("programme.churn_after", "the churn after it would not be between 0%% and 100%%")
	}
	if math.IsNaN(r.Saved) {
		r.Saved = n * (c - r.ChurnAfter)
	}
	r.SavedValue = r.Saved * r.SavedV
	r.ReturnPer1 = r.SavedValue / in.Cost
	r.Net = r.SavedValue - in.Cost
	r.CostPerSaved, r.PaybackMonths = math.NaN(), math.NaN()
	if r.Saved > 0 {
		r.CostPerSaved = in.Cost / r.Saved
	}
	if r.Saved*m > 0 {
		r.PaybackMonths = monthsPerYear * in.Cost / (r.Saved * m)
	}
	r.BreakEvenPoints = in.breakEven(r.SavedV)
	r.ValueLift = in.lift(v)
	return nil
}

// breakEven is by how much churn must fall for the programme to pay; NaN for
// customers who are worth nothing.
func (in *Inputs) breakEven(savedV float64) float64 {
	if savedV <= 0 {
		return math.NaN()
	}
	return in.Cost / (in.Customers * savedV)
}

// lift is what five more points of retention add to the value of a customer;
// NaN where there is no room for them.
func (in *Inputs) lift(v float64) float64 {
	lifted := in.Customer
	lifted.Retention += fivePoints
	if lifted.Retention > 1 || lifted.Endless(lifted.Years) || v <= 0 {
		return math.NaN()
	}
	return lifted.Value(lifted.Years)/v - 1
}

// hopeless is how a break-even reads that not even losing nobody reaches.
func (r *Result) hopeless() string {
	if r.BreakEvenPoints > r.Churn {
		return "even losing nobody would not pay"
	}
	return ""
}

// savedWorking says how many were saved. Its first term is the churn after, its
// second by how much the programme lowers it, as that was written.
func (r *Result) savedWorking() string {
	switch {
	case !math.IsNaN(r.Saves):
		return "given"
	case r.AfterBy == calc.ByPoints:
		return "{company.customers} × {2 points}"
	case r.AfterBy == calc.ByPercent:
		return "{company.customers} × {company.churn} × {2 share}"
	}
	return "{company.customers} × ({company.churn} − {1 share})"
}

// Tell tells the bill, and the programme's.
func (r *Result) Tell(tell *calc.Report) {
	const after, cost = "it takes programme.churn_after or programme.saves", "programme.cost"
	tell.Answer("A year of churn costs {retention.yearly_bill}", r.Customer.Basis(), ": {retention.lost_per_year} customers leave")
	tell.People("retention.lost_per_year", "Customers lost in a year", r.LostPerYear).From("{company.customers} × {company.churn}")
	tell.Money("retention.yearly_bill", "Lifetime margin of those lost", r.YearlyBill).From("{retention.lost_per_year} × {1 money}", r.Customer.Value(r.Customer.Years)).
		But("one customer's own lifetime margin each, never the whole bill of loss: observed churn already holds those who followed others")
	tell.Money("retention.first_year", "Missing in this year's accounts", r.FirstYear).From("{retention.lost_per_year} × {1 money} ÷ 2", r.Customer.PerYear())
	tell.People("retention.saved", "Customers the programme saves", r.Saved).From(r.savedWorking(), r.ChurnAfter, -r.After).Else(after)
	tell.Money("retention.saved_value", "What those saved are worth", r.SavedValue).From("{retention.saved} × {1 money}", r.SavedV).Else(after)
	tell.Money("retention.cost_per_saved", "Cost of one save", r.CostPerSaved).From("{programme.cost} ÷ {retention.saved}").Needs(cost).Else("nobody is saved").Compare(evidence.SaveNotAverage)
	tell.Ratio("retention.return_per_1", "Back for each 1 spent", r.ReturnPer1).From("{retention.saved_value} ÷ {programme.cost}").Needs(cost).Else(after).Compare(evidence.ReturnPer1)
	tell.Money("retention.net", "Left after the programme's cost", r.Net).From("{retention.saved_value} − {programme.cost}").Needs(cost).Else(after)
	tell.Months("retention.payback_months", "Months until it is paid back", r.PaybackMonths).From("12 × {programme.cost} ÷ ({retention.saved} × {1 money})", r.Customer.PerYear()).
		Needs(cost).Else("it never pays back: nobody is saved, or they bring no margin")
	tell.Points("retention.break_even_points", "Points of churn at which it breaks even", r.BreakEvenPoints).From("{programme.cost} ÷ ({company.customers} × {1 money})", r.SavedV).
		Needs(cost).Reads(r.hopeless()).Else("the customers bring no margin")
	tell.Share("retention.value_lift", "Five points of retention add to a customer's value", r.ValueLift).From("V({customer.retention} + 5 points) ÷ V − 1").
		Else("there is no room for five more points").But("value per customer, not profit").Compare(evidence.ProfitLift, evidence.ProgrammeProfit, evidence.ZeroDefections)
}

// Warn adds what a reader should know.
func (r *Result) Warn(tell *calc.Report) {
	tell.Warn(r.Saved > r.LostPerYear, "programme.saves", "the programme keeps more customers than leave in a year")
	r.Customer.Warn(tell)
}
