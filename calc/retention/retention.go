// Package retention computes what a year of churn costs, and what a programme
// against it pays.
//
//	lost per year     = N × c
//	yearly bill       = N × c × u              present value of this year's leavers
//	bill to sales     = yearly bill ÷ (N × spend)
//	first year        = N × c × m ÷ 2          customers leave all through the year
//	saved             = N × (c − churn after), or given
//	saved value       = saved × uₛ
//	cost per saved    = cost ÷ saved
//	return per 1      = saved value ÷ cost
//	net               = saved value − cost
//	payback           see programme.go
//	break-even saves  = cost ÷ uₛ
//	break-even points = cost ÷ (N × uₛ)
//	value lift        = V(r + 5 points) ÷ V(r) − 1
//
// N are the firm's customers, c is the yearly churn, m a customer's margin in a
// year, u what losing one costs and V the lifetime value (package customer), r the
// retention. uₛ is u with the retention of those who were saved, which is r unless
// given. The bill takes u and never the whole loss of one customer: observed churn
// already includes those who followed others. A lift of five points is the question
// of Reichheld & Sasser, "Zero Defections", Harvard Business Review 1990.
package retention

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/company"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/evidence"
	"github.com/churncost/churncost/calc/quantity"
)

// fivePoints is the rise in retention that the literature asks about.
const fivePoints = 5. / 100

// Inputs are the firm, the customer and the programme.
type Inputs struct {
	Customer       customer.Inputs
	Customers      float64 // N; NaN where not given
	Churn          float64 // c, share a year; NaN where not given
	Cost           float64 // of the programme, money; NaN where there is none
	AfterBy        quantity.ChangeBy
	After          float64           // churn after; NaN where not given
	Saves          float64           // customers; NaN where not given
	SavedRetention quantity.ByTenure // shares a year
}

// Result is the bill, and what the programme does to it. What needs a firm or a
// programme is NaN where it is not given.
type Result struct {
	*Inputs
	Worth           customer.Worth
	LostPerYear     float64 // people
	YearlyBill      float64 // money
	BillToSales     float64 // share
	FirstYear       float64 // money
	ChurnAfter      float64 // share
	Saved           float64 // people
	SavedLoss       float64 // uₛ, money: one of those saved
	SavedValue      float64 // money
	CostPerSaved    float64 // money
	ReturnPer1      float64 // ratio
	Net             float64 // money
	PaybackMonths   float64
	BreakEvenSaves  float64 // people
	BreakEvenPoints float64 // a difference of shares
	ValueLift       float64 // share
}

// Ask asks for the firm, the customer and the programme.
func (in *Inputs) Ask(ask *calc.Form) {
	in.Customer.Ask(ask)
	company.AskCustomers(&in.Customers, ask, calc.Optional)
	company.AskChurn(&in.Churn, ask, calc.Optional)
	ask.MoneyPerYear(&in.Cost, "programme.cost", "what the programme against churn costs a year; 1_000 per month is 12_000 a year", calc.Per(calc.Possible), calc.Optional, calc.Positive)
	ask.Change(&in.AfterBy, &in.After, "programme.churn_after", "company.churn", "yearly churn with the programme: 15%, -5pp (points off today's) or -5% (19% of 20%)", calc.Optional, calc.NotWith("programme.saves"))
	ask.People(&in.Saves, "programme.saves", "customers a year whom the programme keeps", calc.Optional)
	in.Customer.AskStay(&in.SavedRetention, ask, "programme.saved_retention", "chance to stay of those saved, written as customer.retention")
}

// Settle refuses a customer without a firm that loses some or a programme that keeps
// some.
func (in *Inputs) Settle() error {
	switch {
	case !math.IsNaN(in.Cost):
	case math.IsNaN(in.Customers):
		return calc.Lacking("company.customers", "it says how many customers the firm has; programme.cost would do for a programme's break-even alone")
	case math.IsNaN(in.Churn):
		return calc.Lacking("company.churn", "it says what share of the customers leave in a year; programme.cost would do for a programme's break-even alone")
	}
	return nil
}

// Compute applies the formulas of the package comment. It refuses a lifetime
// that never ends, and a churn below zero or above all.
func Compute(in *Inputs, r *Result) error {
	if err := in.Customer.Check(); err != nil {
		return err
	}
	if err := in.Customer.CheckLife(&in.SavedRetention, "programme.saved_retention", in.Customer.Years); err != nil {
		return err
	}
	r.Inputs, r.Worth, r.Saved = in, in.Customer.Worth(), in.Saves
	n, c, m := in.Customers, in.Churn, r.Worth.PerYear
	r.SavedLoss = r.Worth.Share * m * in.Customer.WeightOf(&in.SavedRetention)
	r.LostPerYear, r.YearlyBill, r.FirstYear = n*c, n*c*r.Worth.Loss, n*c*m/2
	r.BillToSales = c * r.Worth.Loss / (in.Customer.Spend * in.Customer.Visits)
	r.ChurnAfter = in.AfterBy.Apply(c, in.After)
	if r.ChurnAfter < 0 || r.ChurnAfter > 1 {
		return calc.Wrong("programme.churn_after", "the churn after the programme is %.6g%%, and must be from 0%% to 100%%", percent*r.ChurnAfter)
	}
	if math.IsNaN(in.Saves) {
		r.Saved = n * (c - r.ChurnAfter)
	}
	r.SavedValue = r.Saved * r.SavedLoss
	r.ReturnPer1 = r.SavedValue / in.Cost
	r.Net = r.SavedValue - in.Cost
	r.CostPerSaved, r.BreakEvenSaves = math.NaN(), math.NaN()
	if r.Saved > 0 {
		r.CostPerSaved = in.Cost / r.Saved
	}
	if r.SavedLoss > 0 {
		r.BreakEvenSaves = in.Cost / r.SavedLoss
	}
	r.BreakEvenPoints = r.BreakEvenSaves / n
	r.PaybackMonths = r.payback()
	r.ValueLift = in.lift(r.Worth.Value)
	return nil
}

// percent turns a share into a percentage.
const percent = 100

// lift is what five more points of retention add to the value of a customer; NaN where
// that would pass 100%, or the chance to stay changes with tenure.
func (in *Inputs) lift(v float64) float64 {
	lifted := quantity.ByTenure{Later: in.Customer.Retention.Later + fivePoints}
	if !in.Customer.Retention.Constant() || lifted.Later > 1 || in.Customer.Endless(&lifted, in.Customer.Years) || v <= 0 {
		return math.NaN()
	}
	return in.Customer.PerYear()*in.Customer.WeightOf(&lifted)/v - 1
}

// hopeless is what to show for a break-even that would not be reached even if nobody
// left.

func (r *Result) hopeless() string {
	if r.BreakEvenPoints > r.Churn {
		return "even losing nobody would not pay"
	}
	return ""
}

// savedWorking is how the number of saved customers is calculated. Its first term is
// the churn after, its second how much the programme lowers it, as the scenario wrote
// it.
func (r *Result) savedWorking() string {
	switch {
	case !math.IsNaN(r.Saves):
		return "given"
	case r.AfterBy == quantity.ByPoints:
		return "{company.customers} × {2 points}"
	case r.AfterBy == quantity.ByPercent:
		return "{company.customers} × {company.churn} × {2 share}"
	}
	return "{company.customers} × ({company.churn} − {1 share})"
}

// unknown says why the number of saved customers is not known; where it is known, it
// gives the other reason.
func (r *Result) unknown(known string) string {
	switch {
	case !math.IsNaN(r.Saved):
		return known
	case !math.IsNaN(r.After):
		return "programme.churn_after needs company.customers and company.churn"
	}
	return "programme.churn_after or programme.saves is not given"
}

// bill begins the headline: with the bill, or with the programme's break-even where no
// firm is given.
func (r *Result) bill() string {
	switch {
	case math.IsNaN(r.LostPerYear):
		return "The programme pays from {retention.break_even_saves} customers saved a year on"
	case r.Customer.Discount > 0:
		return "Lifetime value lost to one year's churn (present value): {retention.yearly_bill}"
	}
	return "Lifetime value lost to one year's churn: {retention.yearly_bill}"
}

// ofBill is a part of the headline that is left out where it does not show the bill.
func (r *Result) ofBill(words string) string {
	if math.IsNaN(r.LostPerYear) {
		return ""
	}
	return words
}

// Tell reports the bill, and what the programme does to it.
func (r *Result) Tell(tell *calc.Report) {
	const cost, customers, churn = "programme.cost", "company.customers", "company.churn"
	const worthless = "the customers bring no margin"
	after := r.unknown("")
	tell.Answer(r.bill(), r.ofBill(r.Customer.Basis()), r.Customer.Period(), r.ofBill("; {retention.lost_per_year} customers leave"))
	tell.People("retention.lost_per_year", "Customers lost in a year", r.LostPerYear).From("{company.customers} × {company.churn}").Needs(customers, churn)
	tell.Money("retention.yearly_bill", "Lifetime value lost to one year's churn", r.YearlyBill).From("{retention.lost_per_year} × {1 money}", r.Worth.Loss).Needs(customers, churn).
		Caveat("what losing one customer costs each, never the whole bill of loss: observed churn already holds those who followed others")
	tell.Share("retention.bill_to_sales", "The same, against a year's sales", r.BillToSales).From("{company.churn} × {1 money} ÷ {2 money}", r.Worth.Loss, r.Customer.Spend*r.Customer.Visits).Needs(churn).AbsentBecause("there are no sales")
	tell.Money("retention.first_year", "Margin missing in this year's accounts", r.FirstYear).From("{retention.lost_per_year} × {1 money} ÷ 2", r.Worth.PerYear).Needs(customers, churn).
		Caveat("the leavers are spread over the year")
	tell.People("retention.saved", "Customers the programme saves", r.Saved).From(r.savedWorking(), r.ChurnAfter, -r.After).AbsentBecause(after)
	tell.Money("retention.saved_value", "Recoverable value", r.SavedValue).From("{retention.saved} × {1 money}", r.SavedLoss).AbsentBecause(after)
	tell.Money("retention.cost_per_saved", "Cost of one save", r.CostPerSaved).From("{programme.cost} ÷ {retention.saved}").Needs(cost).AbsentBecause(r.unknown("nobody is saved")).Compare(evidence.SaveNotAverage)
	tell.Ratio("retention.return_per_1", "Return on spend", r.ReturnPer1).From("{retention.saved_value} ÷ {programme.cost}").Needs(cost).AbsentBecause(after).Compare(evidence.ReturnPer1)
	tell.Money("retention.net", "Net benefit", r.Net).From("{retention.saved_value} − {programme.cost}").Needs(cost).AbsentBecause(after)
	tell.Months("retention.payback_months", "Payback (months)", r.PaybackMonths).From("the month in which what the saves have brought reaches {programme.cost}").
		Needs(cost).AbsentBecause(r.unknown("never pays back: those saved are worth less than it costs")).Caveat("undiscounted; a twelfth of the year's saves is kept at the start of each month")
	tell.People("retention.break_even_saves", "Break-even saves a year", r.BreakEvenSaves).From("{programme.cost} ÷ {1 money}", r.SavedLoss).Needs(cost).AbsentBecause(worthless)
	tell.Points("retention.break_even_points", "Break-even churn reduction", r.BreakEvenPoints).From("{programme.cost} ÷ ({company.customers} × {1 money})", r.SavedLoss).
		Needs(cost, customers).Display(r.hopeless()).AbsentBecause(worthless)
	tell.Share("retention.value_lift", "Five points of retention add to a customer's value", r.ValueLift).From("the value at {customer.retention} + 5 pp ÷ the value − 1").
		AbsentBecause("there is no room for five more points, or no single retention").Caveat("value per customer, not profit").Compare(evidence.ProfitLift, evidence.ProgrammeProfit, evidence.ZeroDefections)
	tell.Table("the programme's cash", r.cash)
	tell.Table("by whom is lost", r.leavers)
}

// Warn adds what readers should know.
func (r *Result) Warn(tell *calc.Report) {
	tell.Warn(r.Saved > r.LostPerYear, "programme.saves", "the programme keeps more customers than leave in a year")
	r.Customer.Warn(tell)
}
