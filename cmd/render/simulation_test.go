package render

import (
	"testing"

	"github.com/churncost/churncost/calc"
)

// The differences are 1,314.25 and 35.20 dollars, 2.2, 7.07 points, 2 points, nothing
// and .0027: with as many digits as the first column says they come to that many units
// of the last digit, the one before would not do.
func TestDifferencesDecideHowManyDigitsSayAnything(t *testing.T) {
	n := notationOf(t, "USD")
	for _, test := range []struct {
		want   int
		unit   calc.Unit
		units  float64
		values []float64
	}{
		{0, calc.Money, 10, []float64{998.25, 2312.50}},
		{0, calc.Money, 10, []float64{916.12, 951.32}},
		{2, calc.Money, 100, []float64{916.12, 951.32}}, // cents come in twos
		{0, calc.Money, 100, []float64{916, 951}},       // and not where there are none
		{1, calc.Ratio, 10, []float64{2.56, 4.76}},
		{2, calc.Ratio, 100, []float64{2.56, 4.76}},
		{1, calc.Share, 10, []float64{.7043, .7750}},
		{0, calc.Share, 100, []float64{.18, .20}},
		{0, calc.People, 100, []float64{17, 17}},
		{2, calc.Ratio, 100, []float64{1.25, 1.25}},
		{3, calc.Ratio, .5, []float64{0, .0027}},
		{6, calc.Ratio, .5, []float64{0, 3e-9}}, // no number is exported with more
		{0, calc.Money, .5, []float64{0, .90}},
		{2, calc.Money, .5, []float64{0, .40}},
	} {
		if got := n.resolve(test.unit, test.units, test.values...); got != test.want {
			t.Errorf("resolve(%s, %v, %v) = %d, want %d", test.unit, test.units, test.values, got, test.want)
		}
	}
}

func TestADifferenceNeverReadsAsZeroUnlessThereIsNone(t *testing.T) {
	n := notationOf(t, "USD")
	for _, test := range []struct {
		unit   calc.Unit
		value  float64
		digits int
		want   string
	}{
		{calc.Money, 1234.5678, 0, "$1,235"},
		{calc.Money, .90, 0, "$1"},
		{calc.Money, .40, 0, "$0.40"},
		{calc.Money, .004, 2, "$0.004"},
		{calc.Money, 0, 0, "$0"},
		{calc.Share, .0012, 2, "0.12 pp"},
		{calc.Share, .0000071, 2, "0.0007 pp"},
		{calc.Ratio, 0, 3, "0.000"},
		{calc.Ratio, .00002, 2, "0.00002"},
	} {
		if got := n.difference(test.unit, test.value, test.digits); got != test.want {
			t.Errorf("difference(%s, %v, %d) = %q, want %q", test.unit, test.value, test.digits, got, test.want)
		}
	}
}
