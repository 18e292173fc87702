package calc_test

import (
	"fmt"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// Inputs of a calculator, the names of their keys, and what it computes from them.
type standstill struct {
	Customers, Churn, WinCost float64
	ToWin, Cost               float64
}

func (in *standstill) Ask(ask *calc.Form) {
	ask.People(&in.Customers, "company.customers", "how many customers the firm has")
	ask.Share(&in.Churn, "company.churn", "share of the customers who leave in a year")
	ask.Money(&in.WinCost, "acquisition.win_cost", "what winning one new customer costs", calc.Default(100))
}

func (r *standstill) Tell(tell *calc.Report) {
	tell.Answer("Standing still costs {standstill.cost} a year")
	tell.People("standstill.to_win", "To be won in a year", r.ToWin).From("{company.churn} of {company.customers}")
	tell.MoneyPerYear("standstill.cost", "Cost of winning them", r.Cost).From("{standstill.to_win} × {acquisition.win_cost}")
}

// A calculator is a question, inputs that ask, a formula, and a result that reports.
// Binding gives it its inputs, and finds out what is missing.
func Example() {
	c := calc.New("standstill", "What does it cost to win as many customers as leave?", func(in, r *standstill) error {
		*r = *in
		r.ToWin = in.Customers * in.Churn
		r.Cost = r.ToWin * in.WinCost
		return nil
	})
	m := c.Model()
	fmt.Println(m.Bind(quantity.Inputs{"company.customers": {Key: "company.customers", Range: quantity.Exactly(1000)}}))

	err := m.Bind(quantity.Inputs{
		"company.customers": {Key: "company.customers", Range: quantity.Exactly(1000)},
		"company.churn":     {Key: "company.churn", Range: quantity.Exactly(.2)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := m.Report()
	if err != nil {
		fmt.Println(err)
		return
	}
	report.Round(2)
	fmt.Println(report.Headline)
	for _, f := range report.Figures {
		fmt.Printf("%s: %v (%s)\n", f.Label, f.Range.Likely, f.Working)
	}
	// Output:
	// missing key "company.churn"
	// Standing still costs {standstill.cost} a year
	// To be won in a year: 200 ({company.churn} of {company.customers})
	// Cost of winning them: 20000 ({standstill.to_win} × {acquisition.win_cost})
}
