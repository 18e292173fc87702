// Package tenure computes from a firm's own records how long customers stay, and what one
// is worth by how long they have stayed.
//
//	next year     = S(n + 1 year) ÷ S(n)             n is the customer's tenure
//	value         = V                                the customer of that tenure
//	constant      = V with one retention for all     what one churn rate would say
//	extrapolated  = 1 − W(years inside the table) ÷ W(T)  it ends with the renewal after its last
//	back-test     = |predicted ÷ observed − 1|       over the last third of the table
//
// S is Kaplan–Meier's inside the life table, and that of the fitted model beyond; package
// survival has both with their sources. Package customer computes V and W.
package tenure

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/survival"
)

// Inputs are those of one customer, with a life table or parameters.
type Inputs struct{ Customer customer.Inputs }

// Result is what the records say. What is not known is NaN.
type Result struct {
	*Inputs
	Worth        customer.Worth
	Constant     float64 // money; what one constant retention would say
	NextYear     float64 // share
	Median       float64 // years after which half of the new customers have left
	Expected     float64 // years
	Extrapolated float64 // share of the value that lies beyond the table
	Assessment   survival.Assessment
	Model        survival.Model
}

// Ask asks for the customer. How long customers stay is known without what they spend.
func (in *Inputs) Ask(ask *calc.Form) {
	in.Customer.AskSpend(ask, calc.Optional)
	in.Customer.AskLife(ask)
}

// Settle refuses a scenario without records.
func (in *Inputs) Settle() error {
	if !in.Customer.Survival.Given {
		return calc.Lacking("customer.survival.at_risk", "a life table: customer.survival.period, .at_risk and .lost; or the published .alpha and .beta")
	}
	return nil
}

// Compute applies the formulas of the package comment. It refuses a lifetime that never
// ends.
func Compute(in *Inputs, r *Result) error {
	c := &in.Customer
	if err := c.Check(); err != nil {
		return err
	}
	r.Inputs, r.Worth, r.Constant, r.Model = in, c.Worth(), math.NaN(), c.Survival.Curve.Beyond
	constant := quantity.ByTenure{Later: c.OneRate()}
	if !c.Endless(&constant, c.Years) {
		r.Constant = c.WorthOf(r.Worth.PerYear, &constant).Value
	}
	r.NextYear, r.Expected, r.Median, r.Extrapolated = c.NextYear(c.Tenure), finite(c.Stay(c.Tenure)), in.median(), math.NaN()
	if c.Survival.Counted() {
		period := 1 / c.Survival.PerYear // who has stayed at the last renewal of the table pays until the next
		covered := float64(len(c.Survival.Curve.Hazards))*period + period
		r.Extrapolated = 1 - c.WeightWithin(max(period, covered-c.Tenure))/r.Worth.Weight
	}
	r.Assessment = c.Survival.Assess()
	r.Assessment.BackTest = math.Abs(r.Assessment.BackTest)
	return nil
}

// half is the share of the customers that the median leaves; longest is how many years it
// is looked for.
const (
	half    = 1. / 2
	longest = 1000
)

// median is the first renewal after which at most half of the new customers are still
// there, in years; NaN where that is later than anybody needs to know, or not known.
func (in *Inputs) median() float64 {
	c := &in.Customer
	perYear := c.Survival.PerYear
	if !c.Survival.Given || c.Stays(0, longest) > half {
		return math.NaN()
	}
	low, high := 0.0, longest*perYear
	for high-low > 1 {
		middle := math.Floor((low + high) / 2)
		if c.Stays(0, middle/perYear) > half {
			low = middle
		} else {
			high = middle
		}
	}
	if curve := &c.Survival.Curve; curve.Beyond.Tail == survival.None && high > float64(len(curve.Hazards)) {
		return math.NaN()
	}
	return high / perYear
}

// finite is a number that is not infinite, or NaN.
func finite(x float64) float64 {
	if math.IsInf(x, 0) {
		return math.NaN()
	}
	return x
}

// of is a parameter of the model where that is the one named, else NaN.
func (r *Result) of(tail survival.Tail, parameter float64) float64 {
	if r.Model.Tail != tail {
		return math.NaN()
	}
	return parameter
}

// fitted is the share of the new customers that the model expects after so many renewals;
// NaN without a model.
func (r *Result) fitted(renewals float64) float64 {
	if r.Model.Tail == survival.None {
		return math.NaN()
	}
	return r.Model.Survival(renewals)
}

// who is the customer of the headline, in parts, because a draw must not allocate memory.
func (r *Result) who() (who, says, basis string) {
	who = "A new customer"
	if r.Customer.Tenure > 0 {
		who = "A customer of {customer.tenure said}"
	}
	switch {
	case !math.IsNaN(r.Worth.Value):
		return who, " is worth {survival.value}", r.Customer.Basis()
	case !math.IsNaN(r.Expected):
		return who, " is expected to stay {survival.expected_years} years", ""
	}
	return who, " stays the next year with a chance of {survival.retention}", ""
}

// stayed says of whom the chance to stay is.
func (r *Result) stayed() string {
	if r.Customer.Tenure > 0 {
		return "of those who stayed {customer.tenure said}"
	}
	return "of new customers"
}

// origin says where the parameters are from.
func (r *Result) origin() string {
	if r.Customer.Survival.Counted() {
		return "maximum likelihood"
	}
	return "given"
}

// against compares the value with what one constant churn rate would say.
func (r *Result) against() string {
	switch {
	case r.Constant < r.Worth.Value:
		return "; one constant churn rate would have said {survival.constant_value}, {1 share} less"
	case r.Constant > r.Worth.Value:
		return "; one constant churn rate would have said {survival.constant_value}, {1 share} more"
	}
	return ""
}

// known is a part of the headline that is left out where its figure is not known.
func known(figure float64, words string) string {
	if math.IsNaN(figure) {
		return ""
	}
	return words
}

// Tell reports what the customer is worth, the fit, and both by tenure.
func (r *Result) Tell(tell *calc.Report) {
	const given, tail = "the parameters are given", "another model continues the table, or none"
	who, says, basis := r.who()
	tell.Answer(who, says, basis, r.against(), known(r.Extrapolated*r.Worth.Value, ". {survival.extrapolated_share} of it is extrapolated"),
		known(r.Assessment.BackTest, "; the back-test missed by {survival.backtest_error}"))
	tell.AnswerTerms(math.Abs(r.Constant/r.Worth.Value - 1))
	tell.Money("survival.value", "Value of the customer", r.Worth.Value).FromWords(r.Customer.Working, r.Worth.Weight).Needs("customer.spend")
	tell.Money("survival.constant_value", "What one constant churn rate would say", r.Constant).From("the same with the mean churn at every tenure").Needs("customer.spend").AbsentBecause("with constant churn it has no end")
	tell.Share("survival.retention", "Chance to stay the next year", r.NextYear).FromWords(r.stayed)
	tell.Years("survival.median", "Half of new customers left after (years)", r.Median).From("the first renewal after which at most half are there").AbsentBecause("more than half stay longer than the table, or than a thousand years")
	tell.Years("survival.expected_years", "Years still expected", r.Expected).From("{customer.years said}, each by the chance to be there").AbsentBecause("without a horizon it has no end where nearly everybody stays in the end")
	tell.Share("survival.backtest_error", "Back-test error", r.Assessment.BackTest).From("fitted to the first two thirds of the table, against the rest").AbsentBecause("the table is too short, or no model is fitted to it")
	tell.Share("survival.extrapolated_share", "Share of the value beyond the table", r.Extrapolated).From("1 − what is paid inside the table ÷ all that is paid").AbsentBecause(given)
	tell.Parameter("survival.alpha", "sBG, α", r.of(survival.SBG, r.Model.Alpha)).FromWords(r.origin).AbsentBecause(tail)
	tell.Parameter("survival.beta", "sBG, β", r.of(survival.SBG, r.Model.Beta)).FromWords(r.origin).AbsentBecause(tail)
	tell.Parameter("survival.gamma", "BdW, γ", r.of(survival.BdW, r.Model.Alpha)).FromWords(r.origin).AbsentBecause(tail)
	tell.Parameter("survival.delta", "BdW, δ", r.of(survival.BdW, r.Model.Beta)).FromWords(r.origin).AbsentBecause(tail)
	tell.Parameter("survival.shape", "BdW, c", r.of(survival.BdW, r.Model.Shape)).FromWords(r.origin).AbsentBecause(tail)
	tell.Score("survival.loglik", "Log-likelihood", r.Assessment.LogLikelihood).From("of the model, over the whole table").AbsentBecause("no model is fitted, or parameters are given")
	tell.Score("survival.likelihood_ratio", "Likelihood ratio of BdW against sBG", r.Assessment.LikelihoodRatio).From("2 × the difference of their log-likelihoods").
		AbsentBecause("one of the two cannot be fitted, or parameters are given").Caveat("above 3.84 for one in twenty tables that are sBG's; with many customers always: read it beside the back-test, never alone")
	tell.Table("by years of tenure", r.byTenure)
	tell.Table("still there by renewal", r.curve)
}

// milestones are the tenures, in years, that have a row as far as the table reaches.
var milestones = [...]float64{0, 1, 2, 3, 5, 10}

// byTenure fills the table of what a customer is worth by tenure.
func (r *Result) byTenure(t *calc.Table) {
	t.Col("years", quantity.Word).Col("at risk", quantity.People).Col("observed", quantity.Share).Col("fitted", quantity.Share).
		Col("stay next year", quantity.Share).Col("years expected", quantity.Years).Col("value left", quantity.Money).Col("active now", quantity.People).
		Col("at constant churn", quantity.Money)
	c := &r.Customer
	for _, row := range r.tenures() {
		t.Row(calc.Words(row.name), calc.Number(row.atRisk), calc.Number(row.observed), calc.Number(r.fitted(row.tenure*c.Survival.PerYear)),
			calc.Number(c.NextYear(row.tenure)), calc.Number(finite(c.Stay(row.tenure))), calc.Number(r.Worth.PerYear*c.WeightAt(row.tenure)),
			calc.Number(row.active), calc.Number(r.Constant))
	}
}

// A point is what the table holds at one tenure; NaN where it holds nothing.
type point struct {
	name             string
	tenure           float64 // years
	atRisk, observed float64
	active           float64
}

// tenures are the milestones that the table reaches, all of them where parameters are
// given.
func (r *Result) tenures() (points []point) {
	s := &r.Customer.Survival
	renewals := s.Describe().Renewals
	for i, tenure := range milestones {
		if tenure > s.Reach() {
			break
		}
		p := point{fmt.Sprint(tenure), tenure, math.NaN(), math.NaN(), math.NaN()}
		if tenure == 0 {
			p.name = "new"
		}
		if at := int(tenure * s.PerYear); at < len(renewals) {
			p.atRisk, p.observed = renewals[at].AtRisk, r.Customer.Stays(0, tenure)
		}
		if len(s.Active.Now) > 0 {
			next := math.Inf(1)
			if i+1 < len(milestones) && milestones[i+1] <= s.Reach() {
				next = milestones[i+1]
			}
			p.active = r.activeBetween(tenure, next)
		}
		points = append(points, p)
	}
	return points
}

// activeBetween counts the active customers whose next renewal comes after one tenure and
// not after another.
func (r *Result) activeBetween(from, until float64) (people float64) {
	s := &r.Customer.Survival
	for i, active := range s.Active.Now {
		if renewal := float64(s.Table.Tenure[i]); renewal > from*s.PerYear && renewal <= until*s.PerYear {
			people += active
		}
	}
	return people
}

// The rows of the curve: about so many, and half as many renewals again as are observed, or
// the first twenty where none are.
const (
	curveRows  = 24
	unobserved = 20
	band       = 1.96 // standard errors to either side hold the truth in 95 of 100 tables
)

// The parts of the curve: what the table says, what of it the back-test leaves out of its
// fit, and what the model says.
const (
	observed = "observed"
	backTest = "back-test"
	forecast = "forecast"
)

// placed is the part of the curve that a renewal belongs to, and how wide its band is to
// either side; NaN where the table does not reach.
func (r *Result) placed(at int, table []survival.Renewal) (part string, wide float64) {
	fitted := r.Assessment.Fitted
	switch {
	case at > len(table) || len(table) == 0:
		return forecast, math.NaN()
	case at == 0:
		return observed, 0
	case at > fitted && fitted > 0:
		return backTest, band * table[at-1].SurvivalError
	}
	return observed, band * table[at-1].SurvivalError
}

// curve fills the table of how many are still there, renewal by renewal.
func (r *Result) curve(t *calc.Table) {
	t.Col("renewal", quantity.Word).Col("still there", quantity.Share).Col("95% low", quantity.Share).Col("high", quantity.Share).Col("fitted", quantity.Share).Col("part", quantity.Word).
		Draw(calc.Drawing{Kind: calc.Curve, Value: "still there", Line: "fitted", Low: "95% low", High: "high", Zone: "part", Title: r.curveTitle()})
	s := &r.Customer.Survival
	table := s.Describe().Renewals
	for _, at := range r.shown(len(table)) {
		there := r.Customer.Stays(0, float64(at)/s.PerYear)
		part, wide := r.placed(at, table)
		t.Row(calc.Words(fmt.Sprint(at)), calc.Number(there), calc.Number(max(0, there-wide)), calc.Number(min(1, there+wide)),
			calc.Number(r.fitted(float64(at))), calc.Words(part))
	}
}

// curveTitle says what the curve shows.
func (r *Result) curveTitle() string {
	of := "New customers"
	if len(r.Customer.Survival.SpendLost.Now) > 0 {
		of = "What new customers spend"
	}
	return of + ", by renewal (one each {customer.survival.period}): the share that is still there" +
		known(r.Median, ". Half is gone after {survival.median} years") + known(r.Assessment.BackTest, "; the back-test missed by {survival.backtest_error}")
}

// shown are the renewals that have a row, where so many are observed.
func (r *Result) shown(observed int) (all []int) {
	last := observed + observed/2
	switch {
	case !r.Customer.Survival.Given:
		return nil
	case r.Customer.Survival.Tail == string(survival.None):
		last = observed
	case observed == 0:
		last = unobserved
	}
	step, perYear := max(1, (last+curveRows-1)/curveRows), max(1, int(r.Customer.Survival.PerYear))
	for perYear%step != 0 && step%perYear != 0 { // so that each whole year has a row
		step++
	}
	for at := 0; at <= last; at += step {
		all = append(all, at)
	}
	return all
}

// Warn adds what readers should know.
func (r *Result) Warn(tell *calc.Report) {
	s := &r.Customer.Survival
	r.Customer.Warn(tell)
	tell.Remark(!math.IsNaN(r.Assessment.BackTest), "customer.survival.tail", "the back-test predicts the renewals after number {1 count} of {2 count} from those before", float64(r.Assessment.Fitted), float64(len(s.Describe().Renewals)))
	tell.Remark(len(s.Tenure.Now) == 0 && !slices.IsSortedFunc(s.AtRisk.Now, func(a, b float64) int { return cmp.Compare(b, a) }), "customer.survival.at_risk", "customer.survival.at_risk rises from one row to another: right where customers came into sight after they had joined, and else an error")
	tell.Remark(len(s.SpendLost.Now) > 0, "customer.survival.spend_lost", "the curve is that of money: customers who spend more may stay longer")
}
