package extremes_test

import (
	"fmt"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/extremes"
	"github.com/churncost/churncost/calc/lifetime"
	"github.com/churncost/churncost/calc/quantity"
)

// A customer spends 40 to 60 a week for ten years.
func ranged() (*calc.Model, error) {
	m := calc.New("lifetime", "What would the customer have spent?", lifetime.Compute).Model()
	return m, m.Bind(quantity.Inputs{
		"customer.spend": {Key: "customer.spend", Range: quantity.Between(2080, 3120)},
		"customer.years": {Key: "customer.years", Range: quantity.Exactly(10)},
	})
}

// A report is computed at the likely values; Add fills in the low and the high.
func ExampleAdd() {
	m, err := ranged()
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := m.Report()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Figure("lifetime.loss").Range)
	if err := extremes.Add(m, report); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Figure("lifetime.loss").Range)
	// Output:
	// {26000 26000 26000}
	// {20800 26000 31200}
}

// Figures gives the same numbers without a report, for judging many scenarios.
func ExampleFigures() {
	m, err := ranged()
	if err != nil {
		fmt.Println(err)
		return
	}
	figures, err := extremes.Figures(m, nil, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, metric := range m.Metrics() {
		fmt.Println(metric.Metric, figures[i])
	}
	// Output:
	// lifetime.per_year {2080 2600 3120}
	// lifetime.loss {20800 26000 31200}
	// lifetime.ltv {20800 26000 31200}
	// lifetime.new_customer {20800 26000 31200}
	// lifetime.years_expected {10 10 10}
}
