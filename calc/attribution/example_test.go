package attribution_test

import (
	"fmt"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/attribution"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/ripple"
)

// The story of half a lettuce: 50 a week for ten years, 11 people are told, each of
// whom tells 5, and a quarter of all who have heard stay away.
func halfLettuce() (*calc.Model, error) {
	m := calc.New("ripple", "Who hears of it?", ripple.Compute).Model()
	return m, m.Bind(quantity.Inputs{
		"customer.spend":      {Key: "customer.spend", Range: quantity.Exactly(2600), Citation: quantity.Citation{Source: "our own count"}},
		"customer.years":      {Key: "customer.years", Range: quantity.Exactly(10)},
		"word_of_mouth.tells": {Key: "word_of_mouth.tells", List: []quantity.Input{{Range: quantity.Exactly(11)}, {Range: quantity.Exactly(5)}}},
		"word_of_mouth.leave": {Key: "word_of_mouth.leave", Range: quantity.Exactly(.25)},
	})
}

// Add fills in the inputs without which a figure would be another.
func ExampleAdd() {
	m, err := halfLettuce()
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := m.Report()
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := attribution.Add(m, report); err != nil {
		fmt.Println(err)
		return
	}
	heard := report.Figure("ripple.heard")
	for _, in := range heard.BasedOn {
		fmt.Println(in.Key, in.Class())
	}
	fmt.Println("weakest:", attribution.Weakest(heard.BasedOn))
	// Output:
	// word_of_mouth.tells.1 B
	// word_of_mouth.tells.2 B
	// word_of_mouth.talkers default
	// word_of_mouth.overlap default
	// weakest: B
}

// Of asks about some metrics and some inputs only, and computes no more than that
// takes.
func ExampleOf() {
	m, err := halfLettuce()
	if err != nil {
		fmt.Println(err)
		return
	}
	isWeak := func(in *quantity.Input) bool { return in.Class().Weak() }
	const loss = 4 // the index of ripple.loss among the metrics
	basedOn, err := attribution.Of(m, []int{loss}, isWeak)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, in := range basedOn[0] {
		fmt.Println(m.Metrics()[loss].Metric, "is based on", in.Key, "of class", in.Class())
	}
	// Output:
	// ripple.loss is based on customer.years of class unsourced
	// ripple.loss is based on word_of_mouth.leave of class C
	// ripple.loss is based on word_of_mouth.value of class C
}
