package loss_test

import (
	"fmt"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/loss"
	"github.com/churncost/churncost/calc/quantity"
)

// Half a lettuce: $50 a week for ten years are $26,000; of 67 who have heard a quarter
// stays away, 17 people, the customer among them.
func Example() {
	m := calc.New("loss", "What does one lost customer cost?", loss.Compute).Model()
	err := m.Bind(quantity.Inputs{
		"customer.spend":      {Key: "customer.spend", Range: quantity.Exactly(2600)},
		"customer.years":      {Key: "customer.years", Range: quantity.Exactly(10)},
		"word_of_mouth.tells": {Key: "word_of_mouth.tells", List: []quantity.Input{{Range: quantity.Exactly(11)}, {Range: quantity.Exactly(5)}}},
		"word_of_mouth.leave": {Key: "word_of_mouth.leave", Range: quantity.Exactly(.25)},
		"word_of_mouth.rule":  {Key: "word_of_mouth.rule", Word: "book"},
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
	for _, metric := range []string{"loss.own", "loss.ripple", "loss.total"} {
		f := report.Figure(metric)
		fmt.Printf("%s: %v\n", f.Label, f.Range.Likely)
	}
	// Output:
	// The customer: 26000
	// Lost through word of mouth: 416000
	// One lost customer: 442000
}
