// Package revenue computes what is kept of the revenue of the customers who were there a
// period before.
//
//	GRR        = (starting − churned − contracted) ÷ starting
//	NRR        = (starting − churned − contracted + expanded) ÷ starting
//	churn      = churned ÷ starting
//	logo churn = churned customers ÷ starting customers
//	growth     = NRR ÷ (1 − churn) − 1
//
// Starting is what the customers of a period before paid then; churned is what those of
// them paid who pay nothing now, contracted and expanded by how much the others pay less
// and more. What new customers pay counts in none. Growth is what those who stay pay more.
// These are the definitions of gross and net revenue retention that software firms report.
package revenue

import (
	"math"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// Inputs are the months, each against a period before.
type Inputs struct {
	Period string  // from the earlier month to the later: year, quarter or month
	Months []Month // the earliest first
	latest string  // the name of the last, without braces
}

// A Month is the revenue of one month against the same customers' a period before.
type Month struct {
	Month                                        string  // 2026-01
	Starting, Churned, Contracted, Expanded, New float64 // money

	StartingCustomers, ChurnedCustomers                  float64 // people; NaN where not given, as all below
	ContractedCustomers, ExpandedCustomers, NewCustomers float64
}

// Ask asks for one month.
func (m *Month) Ask(ask *calc.Form) {
	ask.Text(&m.Month, "month", "the month, such as 2026-01")
	ask.Money(&m.Starting, "starting", "what the customers of a period before paid then")
	ask.Money(&m.Churned, "churned", "what those of them paid then who pay nothing now")
	ask.Money(&m.Contracted, "contracted", "by how much others of them pay less", calc.Default(0))
	ask.Money(&m.Expanded, "expanded", "by how much others of them pay more", calc.Default(0))
	ask.Money(&m.New, "new", "what customers pay who paid nothing then", calc.Default(0))
	ask.People(&m.StartingCustomers, "starting_customers", "how many customers paid then", calc.Optional, calc.Positive)
	ask.People(&m.ChurnedCustomers, "churned_customers", "how many of them pay nothing now", calc.Optional)
	ask.People(&m.ContractedCustomers, "contracted_customers", "how many of them pay less", calc.Optional)
	ask.People(&m.ExpandedCustomers, "expanded_customers", "how many of them pay more", calc.Optional)
	ask.People(&m.NewCustomers, "new_customers", "how many pay who paid nothing then", calc.Optional)
}

// Ask asks for the months.
func (in *Inputs) Ask(ask *calc.Form) {
	ask.Choice(&in.Period, "revenue_period", "what each month is compared with: the same month a year before, or a quarter or a month before", "year", "quarter", "month")
	calc.Rows(ask, &in.Months, "revenue", "what customers pay in each month against a period before, the latest month last")
}

// Settle names the last month for the headline. Braces would mean figures there, and become
// brackets.
func (in *Inputs) Settle() error {
	in.latest = strings.NewReplacer("{", "(", "}", ")").Replace(in.Months[len(in.Months)-1].Month)
	return nil
}

// key is the key of a month's field.
func key(month int, field string) string { return "revenue." + strconv.Itoa(month+1) + "." + field }

// rates are what became of one month's starting revenue and customers; NaN where there was
// none or nobody counted.
type rates struct{ gross, net, churn, logo, growth float64 }

func (m *Month) rates() rates {
	starting, customers := positive(m.Starting), positive(m.StartingCustomers)
	r := rates{
		gross: (m.Starting - m.Churned - m.Contracted) / starting,
		net:   (m.Starting - m.Churned - m.Contracted + m.Expanded) / starting,
		churn: m.Churned / starting,
		logo:  m.ChurnedCustomers / customers,
	}
	r.growth = r.net/positive(1-r.churn) - 1
	return r
}

// positive is a number above zero, or NaN: no share of nothing is defined.
func positive(x float64) float64 {
	if x <= 0 {
		return math.NaN()
	}
	return x
}

// Result is the rates of the latest month.
type Result struct {
	*Inputs
	Last   Month
	rates  rates   // of it
	Growth float64 // a year; NaN where the months are not a year apart
}

// Compute applies the formulas of the package comment to the latest month. It refuses a
// month that loses more than it started with.
func Compute(in *Inputs, r *Result) error {
	r.Inputs, r.Growth = in, math.NaN()
	for i := range in.Months {
		if err := in.Months[i].check(i); err != nil {
			return err
		}
	}
	if n := len(in.Months); n > 0 {
		r.Last = in.Months[n-1]
	}
	r.rates = r.Last.rates()
	if in.Period == "year" {
		r.Growth = r.rates.growth
	}
	return nil
}

// tolerance is by how much of the start parts may exceed it because decimal fractions are
// rounded.
const tolerance = 1e-9

// check refuses what would be more than the whole.
func (m *Month) check(i int) error {
	if m.Churned+m.Contracted > m.Starting*(1+tolerance) {
		return calc.Wrong(key(i, "churned"), "%s loses %g to churn and %g to contraction, more than the %g it starts with", m.Month, m.Churned, m.Contracted, m.Starting)
	}
	if m.ChurnedCustomers > m.StartingCustomers {
		return calc.Wrong(key(i, "churned_customers"), "%s loses %g customers to churn, more than the %g it starts with", m.Month, m.ChurnedCustomers, m.StartingCustomers)
	}
	return nil
}

// against says what the months are compared with.
func (r *Result) against() string {
	switch r.Period {
	case "month":
		return " against the month before"
	case "quarter":
		return " against a quarter before"
	}
	return " against a year before"
}

// kept begins the headline.
func (r *Result) kept() string {
	if math.IsNaN(r.rates.net) {
		return "No customer paid before, so there is no retention: "
	}
	return "Net revenue retention is {revenue.net_retention}, gross {revenue.gross_retention}: "
}

// growthAbsent says why there is no growth.
func (r *Result) growthAbsent() string {
	if r.Period != "year" {
		return "only months a year apart tell a year's growth"
	}
	return "nothing is left of the starting revenue"
}

// Tell reports the rates of the latest month, and all months.
func (r *Result) Tell(tell *calc.Report) {
	last := &r.Last
	tell.Answer(r.kept(), r.latest, r.against())
	nothing := "the latest month has no starting revenue"
	tell.Share("revenue.gross_retention", "Gross revenue retention (GRR)", r.rates.gross).AbsentBecause(nothing).
		From("({1 money} − {2 money} − {3 money}) ÷ {1 money}", last.Starting, last.Churned, last.Contracted)
	tell.Share("revenue.net_retention", "Net revenue retention (NRR)", r.rates.net).AbsentBecause(nothing).
		From("({1 money} − {2 money} − {3 money} + {4 money}) ÷ {1 money}", last.Starting, last.Churned, last.Contracted, last.Expanded)
	tell.Share("revenue.churn", "Revenue churn", r.rates.churn).AbsentBecause(nothing).
		From("{1 money} ÷ {2 money}", last.Churned, last.Starting)
	tell.Share("revenue.logo_churn", "Logo churn (customers)", r.rates.logo).AbsentBecause("the customers of the latest month are not given").
		From("{1} ÷ {2} customers", last.ChurnedCustomers, last.StartingCustomers)
	tell.Share("revenue.growth", "Growth of those who stay, a year", r.Growth).AbsentBecause(r.growthAbsent()).
		From("{revenue.net_retention} ÷ (1 − {revenue.churn}) − 1")
	tell.Table("revenue by month", func(t *calc.Table) {
		t.Col("month", quantity.Word).Col("starting", quantity.Money).Col("churned", quantity.Money).Col("contracted", quantity.Money).Col("expanded", quantity.Money).
			Col("new", quantity.Money).Col("gross retention", quantity.Share).Col("net retention", quantity.Share).Col("revenue churn", quantity.Share).Col("logo churn", quantity.Share).
			Draw(calc.Drawing{Kind: calc.Curve, Value: "net retention"})
		for i := range r.Months {
			m := &r.Months[i]
			is := m.rates()
			t.Row(calc.Words(m.Month), calc.Number(m.Starting), calc.Number(m.Churned), calc.Number(m.Contracted), calc.Number(m.Expanded), calc.Number(m.New),
				calc.Number(is.gross), calc.Number(is.net), calc.Number(is.churn), calc.Number(is.logo))
		}
	})
}
