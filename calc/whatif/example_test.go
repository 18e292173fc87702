package whatif_test

import (
	"context"
	"fmt"
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
)

// A stay is a model with one figure: what a customer pays in so many years.
type stay struct{ Yearly, Years float64 }

func (s *stay) Ask(ask *calc.Form) {
	ask.Money(&s.Yearly, "stay.yearly", "what a customer pays in a year")
	ask.Time(&s.Years, "stay.years", "how long a customer stays")
}

func (s *stay) Tell(tell *calc.Report) { tell.Money("stay.paid", "Paid in all", s.Yearly*s.Years) }

// bindStay binds it: 100 to 300 a year, for 4 years.
func bindStay() (*whatif.Bindings, error) {
	model := calc.New("stay", "", func(in, out *stay) error { *out = *in; return nil }).Model()
	err := model.Bind(quantity.Inputs{
		"stay.yearly": {Key: "stay.yearly", Range: quantity.Between(100, 300), Unit: quantity.Money, Shape: quantity.Shape{Kind: quantity.Uniform}},
		"stay.years":  {Key: "stay.years", Range: quantity.Exactly(4), Unit: quantity.Years},
	})
	return whatif.NewBindings([]*calc.Model{model}), err
}

// From 400 to 1,200 is paid, each amount as likely as another. Quantiles are rounded to
// tens here.
func ExampleSimulate() {
	paid := whatif.Metric{Model: 0, Index: 0}
	above := whatif.Condition{Metric: paid, Holds: func(x float64) bool { return x > 1000 }}
	s, err := whatif.Simulate(context.Background(), bindStay, whatif.Request{Metrics: []whatif.Metric{paid}, Conditions: []whatif.Condition{above}, Trials: 100_000, Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	d, c := s.Distributions[0], s.Chances[0]
	fmt.Printf("mean %.0f ± %.0f\n", d.Mean, d.MeanError)
	for i, share := range whatif.Percents {
		fmt.Printf("P%.0f %.0f\n", 100*share, 10*math.Round(d.Quantiles[i]/10))
	}
	fmt.Printf("above 1,000 in %.0f%% of the trials\n", 100*c.Share)
	// Output:
	// mean 800 ± 1
	// P5 440
	// P10 480
	// P50 800
	// P90 1120
	// P95 1160
	// above 1,000 in 25% of the trials
}

// At 200 a year, 500 are paid after two and a half years.
func ExampleSolve() {
	b, err := bindStay()
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := whatif.Solve(b, whatif.Goal{Target: 500, Key: "stay.years", Low: 0, High: 10})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.6g years\n", s.Roots[0].Value)
	// Output: 2.5 years
}
