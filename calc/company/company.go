// Package company asks for the two numbers that describe a firm's customers as
// a whole: how many there are, and what share of them leaves in a year.
package company

import (
	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/evidence"
)

// AskCustomers asks how many customers the firm has.
func AskCustomers(to *float64, ask *calc.Form, options ...calc.Option) {
	ask.People(to, "company.customers", "how many customers the firm has", append(options, calc.Positive)...)
}

// AskChurn asks for the share of the customers who leave in a year. Written per
// month, what stays compounds: 2 % per month is 1 − 0.98¹² a year.
func AskChurn(to *float64, ask *calc.Form, options ...calc.Option) {
	ask.Share(to, "company.churn", "share of the customers who leave in a year", append(options, calc.Per(calc.Attrition), calc.Known(evidence.YearlyChurn))...)
}
