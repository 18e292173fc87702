package gate_test

import (
	"fmt"

	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
)

// A gate is read, fitted to the unit of its metric, and judged. A range passes only if
// all of it does.
func Example() {
	g, err := gate.Parse("loss.total <= 400000")
	if err != nil {
		fmt.Println(err)
		return
	}
	if g, err = g.Fit(quantity.Money); err != nil {
		fmt.Println(err)
		return
	}
	for _, value := range []quantity.Range{quantity.Exactly(350_000), {Low: 300_000, Likely: 350_000, High: 442_000}} {
		verdict := g.Judge(value)
		fmt.Println(verdict.Status, verdict.Over)
	}
	// Output:
	// pass 0
	// fail 42000
}

// The change of a share from 10 % to 13 % is 30 % of the baseline, and 3 points.
func ExampleGate_JudgeChange() {
	for _, text := range []string{"company.churn.change <= 5%", "company.churn.change <= 5pp"} {
		g, err := gate.Parse(text)
		if err != nil {
			fmt.Println(err)
			return
		}
		if g, err = g.Fit(quantity.Share); err != nil {
			fmt.Println(err)
			return
		}
		verdict := g.JudgeChange(quantity.Exactly(.13), quantity.Exactly(.10))
		fmt.Println(verdict.Status, verdict.Value.Likely)
	}
	// Output:
	// fail 0.3
	// pass 0.03
}
