package whatif_test

import (
	"math"
	"testing"

	"github.com/churncost/churncost/calc/whatif"
)

func TestPercentIsTheChangeOverTheSizeOfTheBase(t *testing.T) {
	for _, test := range []struct{ base, value, want float64 }{
		{200, 250, 25},
		{200, 200, 0},
		{200, 0, -100},
		{200, -200, -200},
		{-200, -100, 50}, // up, by half of the size
		{-200, -300, -50},
		{0, 0, 0},
		{0, 1, math.NaN()},
		{0, -1, math.NaN()},
	} {
		if got := whatif.Percent(test.base, test.value); got != test.want && !(math.IsNaN(got) && math.IsNaN(test.want)) {
			t.Errorf("Percent(%v, %v) = %v, want %v", test.base, test.value, got, test.want)
		}
	}
}
