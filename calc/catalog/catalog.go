// Package catalog is the list of calculators, in the order in which they tell
// the story: what a customer is worth, who follows, what replacing costs, who
// comes back, and the whole bill.
package catalog

import (
	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/lifetime"
	"github.com/churncost/churncost/calc/loss"
	"github.com/churncost/churncost/calc/ratio"
	"github.com/churncost/churncost/calc/ripple"
	"github.com/churncost/churncost/calc/winback"
)

// All lists the calculators.
func All() []calc.Calculator {
	return []calc.Calculator{
		calc.New("loss", "What does one lost customer cost, all in all?", loss.Compute),
		calc.New("lifetime", "What would the customer have spent?", lifetime.Compute),
		calc.New("ripple", "Who hears of it, and who follows?", ripple.Compute),
		calc.New("ratio", "What does winning a new customer cost against keeping one?", ratio.Compute),
		calc.New("winback", "What are the odds of winning a lost customer back, and what is it worth?", winback.Compute),
	}
}
