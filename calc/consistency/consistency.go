// Package consistency asks whether a scenario agrees with itself. It has no figures of
// its own: it compares what several calculators compute, and warns where they cannot
// all be right. Like loss it imports calculators.
package consistency

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/company"
	"github.com/churncost/churncost/calc/complaints"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/satisfaction"
	"github.com/churncost/churncost/calc/tiers"
	"github.com/churncost/churncost/calc/wordofmouth"
)

// Inputs are those that can contradict each other. A group that lacks something is
// left out.
type Inputs struct {
	Valued    bool // whether the customer is given
	Customer  customer.Inputs
	Customers float64 // N; NaN where not given
	Churn     float64 // c; NaN where not given
	Asked     float64 // lost customers who are asked back; NaN where not given

	HasStory    bool // whether the story is given
	WordOfMouth wordofmouth.Inputs
	Complained  bool
	Complaints  complaints.Inputs
	Shared      bool // whether satisfaction is given as two shares
	Celled      bool // or by cell
	Shares      satisfaction.Inputs
	Cells       satisfaction.Inputs
	Tiered      bool
	Tiers       tiers.Inputs
}

// Result is what is compared.
type Result struct {
	*Inputs
	Worth     customer.Worth
	Followers float64 // F, people
	Unhappy   float64 // a year; NaN where not given
	Complain  float64 // unhappy customers who do not buy again, a year; NaN where not given
	Leave     float64 // share who do not buy again by satisfaction; NaN where not given
	TierBill  float64 // money
}

// Ask asks for everything that is compared.
func (in *Inputs) Ask(ask *calc.Form) {
	ask.Part(&in.Valued, in.Customer.Ask)
	company.AskCustomers(&in.Customers, ask, calc.Optional)
	company.AskChurn(&in.Churn, ask, calc.Optional)
	ask.People(&in.Asked, "winback.lost", "how many lost customers are asked", calc.Optional)
	ask.Part(&in.HasStory, in.WordOfMouth.Ask)
	ask.When(&in.Complained, in.Complaints.Ask, "complaints.speak_up")
	ask.When(&in.Shared, in.Shares.Ask, "satisfaction.product", "satisfaction.service")
	ask.When(&in.Celled, in.Cells.Ask, "satisfaction.cells.both", "satisfaction.cells.service", "satisfaction.cells.product")
	ask.When(&in.Tiered, in.Tiers.Ask, "tiers")
}

// Compute computes what the calculators would, as far as their inputs are given.
func Compute(in *Inputs, r *Result) error {
	none := math.NaN()
	r.Inputs, r.Unhappy, r.Complain, r.Leave, r.TierBill = in, none, none, none, none
	r.Worth.Loss = none
	if in.Valued && in.Customer.Check() == nil {
		r.Worth = in.Customer.Worth()
	}
	if in.HasStory {
		r.Followers = in.WordOfMouth.Followers()
	}
	if in.Complained && (in.Complaints.Counted || in.Complaints.ByPeople) {
		var result complaints.Result
		if complaints.Compute(&in.Complaints, &result) == nil {
			r.Unhappy, r.Complain = result.All, result.Lost
		}
	}
	var result satisfaction.Result
	switch {
	case in.Shared && satisfaction.Compute(&in.Shares, &result) == nil, in.Celled && satisfaction.Compute(&in.Cells, &result) == nil:
		r.Leave = 1 - result.Bought
	}
	if in.Tiered {
		var result tiers.Result
		if tiers.Compute(&in.Tiers, &result) == nil {
			r.TierBill = result.YearlyBill
		}
	}
	return nil
}

// Tell adds nothing: there are no figures.
func (*Result) Tell(*calc.Report) {}

// rounding is by how much two equal numbers may differ as binary fractions.
const rounding = 1e-9

// onePoint is by how much two shares may differ, and fewPercent by which share two
// numbers of people may.
const (
	onePoint   = 1./100 + rounding
	fivePoints = 5. / 100 // where one is of last year and the other of the next
	fewPercent = 1. / 200
)

// double is the share of the observed churn that followed others from which a warning
// says that the bill would count them twice.
const double = 10. / 100

// Warn warns where the scenario contradicts itself, and compares what can be compared.
func (r *Result) Warn(tell *calc.Report) {
	c := &r.Customer
	stay := c.Retention.Later
	tell.Warn(r.Valued && !c.Survival.Given && c.Retention.Constant() && math.Abs(stay-(1-r.Churn)) > onePoint, "customer.retention",
		"customer.retention is {1 share} a year and company.churn {2 share}: together they should make 100%", stay, r.Churn)
	expected := r.expectedChurn()
	tell.Warn(math.Abs(expected-r.Churn) > fivePoints, "company.churn",
		"customer.survival and the active customers of each tenure make {1 share} leave in the next year, and company.churn is {2 share}: one of them is of another time or of other customers, or the table counts in another period than customer.survival.period", expected, r.Churn)
	tell.Warn(r.Valued && c.Replaced && c.ReplacedAfter >= c.Years, "customer.replaced_after",
		"customer.replaced_after is not before the end of customer.years: nobody takes the place in that time")
	r.warnOfCounts(tell)
	r.warnOfFollowers(tell)
	r.warnOfTiers(tell)
	tell.Remark(!math.IsNaN(r.Complain+r.Leave+r.Customers+r.Churn), "company.churn",
		"three views of one year's losses: {1 people} unhappy customers do not buy again (complaints), {2 people} of all do not (satisfaction), and {3 people} leave (company.churn); they should not be far apart",
		r.Complain, r.Leave*r.Customers, r.Customers*r.Churn)
}

// expectedChurn is what the firm's own records expect; NaN where they do not say, or where
// the customer is not given.
func (r *Result) expectedChurn() float64 {
	if !r.Valued || !r.Customer.Survival.Counted() {
		return math.NaN()
	}
	return r.Customer.ExpectedChurn()
}

// warnOfCounts compares numbers of people with the firm's customers.
func (r *Result) warnOfCounts(tell *calc.Report) {
	tell.Warn(r.Asked > r.Customers, "winback.lost", "winback.lost is {1 people}, and the firm has {2 people} customers", r.Asked, r.Customers)
	tell.Warn(r.Unhappy > r.Customers, "complaints.speak_up", "{1 people} customers are unhappy in a year, and the firm has {2 people}", r.Unhappy, r.Customers)
	tell.Warn(r.Followers > r.Customers, "word_of_mouth.tells", "one lost customer takes {1 people} others along, and the firm has {2 people} customers: the story spreads too far", r.Followers, r.Customers)
}

// warnOfFollowers says how much of the observed churn followed others already.
func (r *Result) warnOfFollowers(tell *calc.Report) {
	observed := !math.IsNaN(r.Customers * r.Churn)
	share := r.Followers / (1 + r.Followers)
	tell.Warn(observed && r.Churn*(1+r.Followers) > 1, "word_of_mouth.tells",
		"the ripples of a year's {1 people} lost customers together pass the number of customers", r.Customers*r.Churn)
	tell.Warn(observed && share > double, "word_of_mouth.leave",
		"{1 share} of the observed churn are followers already: company.churn times the whole bill of loss would count them twice", share)
}

// warnOfTiers compares the tiers with the firm, and their bill with that of the average
// customer.
func (r *Result) warnOfTiers(tell *calc.Report) {
	people, churn := r.Tiers.Count()
	tell.Warn(r.Tiered && math.Abs(people-r.Customers) > fewPercent*r.Customers, "tiers", "the tiers add up to {1 people} customers, and company.customers is {2 people}", people, r.Customers)
	tell.Warn(r.Tiered && math.Abs(churn-r.Churn) > onePoint, "tiers", "the tiers' churn adds up to {1 share} a year, and company.churn is {2 share}", churn, r.Churn)
	average := r.Customers * r.Churn * r.Worth.Loss
	rest := average/r.TierBill - 1 // NaN where either is not given
	compared := r.TierBill > 0
	tell.Remark(compared && rest < -rounding, "company.customers", "by tier, one year's churn costs {1 money}; the average customer says {2 money}, {3 share} less", r.TierBill, average, -rest)
	tell.Remark(compared && rest > rounding, "company.customers", "by tier, one year's churn costs {1 money}; the average customer says {2 money}, {3 share} more", r.TierBill, average, rest)
}
