package survival_test

import (
	"fmt"

	"github.com/churncost/churncost/calc/survival"
)

// Of 1,000 customers 869, 743, 653 and 593 were left after one to four years (Fader &
// Hardie 2007). A customer of four years pays 100 a year for as long as they stay; at 10 %
// discount that is worth more than what a new one brings.
func Example() {
	table := survival.Table{
		Tenure: []int{1, 2, 3, 4},
		AtRisk: []float64{1000, 869, 743, 653},
		Lost:   []float64{131, 126, 90, 60},
	}
	var scratch survival.Scratch
	var curve survival.Curve
	if err := scratch.Fit(&table, survival.SBG, &curve); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("sBG α %.4f β %.4f\n", curve.Beyond.Alpha, curve.Beyond.Beta)
	fmt.Printf("new %.0f, of four years %.0f\n", 100*curve.Sum(0, 1, 1/1.1), 100*curve.Sum(4, 1, 1/1.1))
	// Output:
	// sBG α 1.2810 β 7.7904
	// new 546, of four years 634
}
