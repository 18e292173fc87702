// Package acquisition asks what winning a customer costs, and how soon a newcomer
// spends in full.
package acquisition

import "github.com/churncost/churncost/calc"

// AskWin asks for W, what winning one customer costs, paid once.
func AskWin(to *float64, ask *calc.Form, options ...calc.Option) {
	ask.Money(to, "acquisition.win_cost", "what winning one new customer costs, paid once", append(options, calc.Positive)...)
}

// AskRamp asks how many years a newcomer takes to reach full spend.
func AskRamp(to *float64, ask *calc.Form) {
	ask.Time(to, "acquisition.ramp_years", "years until a newcomer spends in full, growing evenly", calc.AtMost(calc.LongestRamp), calc.Default(0))
}
