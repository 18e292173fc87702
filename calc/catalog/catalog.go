// Package catalog lists the calculators in the order in which they are shown: the
// whole bill first, then what a customer is worth, who else is lost, what replacing
// one costs, who comes back, and what can be done about it.
package catalog

import (
	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/complaints"
	"github.com/churncost/churncost/calc/consistency"
	"github.com/churncost/churncost/calc/lifetime"
	"github.com/churncost/churncost/calc/loss"
	"github.com/churncost/churncost/calc/ratio"
	"github.com/churncost/churncost/calc/reasons"
	"github.com/churncost/churncost/calc/referrals"
	"github.com/churncost/churncost/calc/retention"
	"github.com/churncost/churncost/calc/revenue"
	"github.com/churncost/churncost/calc/ripple"
	"github.com/churncost/churncost/calc/satisfaction"
	"github.com/churncost/churncost/calc/tenure"
	"github.com/churncost/churncost/calc/tiers"
	"github.com/churncost/churncost/calc/winback"
)

// All lists the calculators.
func All() []calc.Calculator {
	return []calc.Calculator{
		calc.New("loss", "What does one lost customer cost, all in all?", loss.Compute),
		calc.New("lifetime", "What would the customer have spent?", lifetime.Compute),
		calc.New("survival", "By the firm's own records, how long do customers stay, and what is one worth by tenure?", tenure.Compute),
		calc.New("ripple", "Who hears of it, and who follows?", ripple.Compute),
		calc.New("ratio", "What does winning a new customer cost against keeping one?", ratio.Compute),
		calc.New("winback", "What are the odds of winning a lost customer back, and what is it worth?", winback.Compute),
		calc.New("retention", "What does a year of churn cost, and what does a programme against it pay?", retention.Compute),
		calc.New("complaints", "How many never complain, and what is answering worth?", complaints.Compute),
		calc.New("satisfaction", "Who buys again, satisfied with the product or with the service?", satisfaction.Compute),
		calc.New("tiers", "Which customers bring the profit, and what does losing one of each cost?", tiers.Compute),
		calc.New("revenue", "How much of last year's revenue is kept, and what do those who stay pay more?", revenue.Compute),
		calc.New("reasons", "Why do they leave, and what does each reason cost?", reasons.Compute),
		calc.New("referrals", "What do customers bring who recommend?", referrals.Compute),
	}
}

// Consistency asks whether a scenario agrees with itself. It is not a command: every
// command that computes asks it.
func Consistency() calc.Calculator {
	return calc.New("consistency", "Does the scenario agree with itself?", consistency.Compute)
}
