package quantile_test

import (
	"fmt"
	"slices"

	"github.com/churncost/churncost/calc/whatif/quantile"
)

// The numbers from 1 to a million, in blocks of 1,000 and not in order. The window
// keeps a few thousand of them.
func Example() {
	const total, size = 1_000_000, 1_000
	block := func(start int) []float64 {
		numbers := make([]float64, size)
		for i := range numbers {
			numbers[i] = float64((start+i)*7_919%total + 1) // 7,919 is a prime: each number comes once
		}
		return numbers
	}
	first := block(0)
	slices.Sort(first)
	w := quantile.New(.95, total, quantile.Confidence, size, first)
	var scratch []float64
	for start := 0; start < total; start += size {
		scratch = w.Add(block(start), size, scratch)
	}
	value, standardError, found := w.Quantile()
	fmt.Printf("%.0f ± %.0f, found: %v\n", value, standardError, found)
	// Output: 950000 ± 218, found: true
}
