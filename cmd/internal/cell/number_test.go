package cell

import (
	"testing"

	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios/currency"
)

// dollars shows numbers in US dollars.
func dollars(t *testing.T) NumberFormat {
	t.Helper()
	c, known := currency.Named("USD")
	if !known {
		t.Fatal("currency.Named(USD) knows no such currency")
	}
	return NumberFormat{c}
}

// The differences are 1,314.25 and 35.20 dollars, 2.2, 7.07 points, 2 points, nothing and
// .0027. With the digits of the first column each is at least the given number of units
// of the last digit; with one digit less it is not.
func TestResolveGivesTheFewestDigitsThatShowADifference(t *testing.T) {
	n := dollars(t)
	for _, test := range []struct {
		want   int
		unit   quantity.Unit
		units  float64
		values []float64
	}{
		{0, quantity.Money, 10, []float64{998.25, 2312.50}},
		{0, quantity.Money, 10, []float64{916.12, 951.32}},
		{2, quantity.Money, 100, []float64{916.12, 951.32}}, // two digits or none
		{0, quantity.Money, 100, []float64{916, 951}},       // no cents in the values
		{1, quantity.Ratio, 10, []float64{2.56, 4.76}},
		{2, quantity.Ratio, 100, []float64{2.56, 4.76}},
		{1, quantity.Share, 10, []float64{.7043, .7750}},
		{0, quantity.Share, 100, []float64{.18, .20}},
		{0, quantity.People, 100, []float64{17, 17}},
		{2, quantity.Ratio, 100, []float64{1.25, 1.25}},
		{3, quantity.Ratio, .5, []float64{0, .0027}},
		{6, quantity.Ratio, .5, []float64{0, 3e-9}}, // the most digits that are exported
		{0, quantity.Money, .5, []float64{0, .90}},
		{2, quantity.Money, .5, []float64{0, .40}},
	} {
		if got := n.Resolve(test.unit, test.units, test.values...); got != test.want {
			t.Errorf("resolve(%s, %v, %v) = %d, want %d", test.unit, test.units, test.values, got, test.want)
		}
	}
}

func TestADifferenceNeverReadsAsZeroUnlessThereIsNone(t *testing.T) {
	n := dollars(t)
	for _, test := range []struct {
		unit   quantity.Unit
		value  float64
		digits int
		want   int
	}{
		{quantity.Money, 1234.5678, 0, 0},
		{quantity.Money, .90, 0, 0}, // reads as 1
		{quantity.Money, .40, 0, 2},
		{quantity.Money, .004, 2, 3},
		{quantity.Money, 0, 0, 0},
		{quantity.Share, .0012, 2, 2},    // .12 points
		{quantity.Share, .0000071, 2, 4}, // .0007 points
		{quantity.Ratio, 0, 3, 3},
		{quantity.Ratio, .00002, 2, 5},
	} {
		got := n.Difference(test.unit, test.value, test.digits)
		if got.Digits != test.want || got.Value != test.value || got.Unit != OfChange(test.unit) {
			t.Errorf("difference(%s, %v, %d) = %+v, want %d digits", test.unit, test.value, test.digits, got, test.want)
		}
	}
}

// A chance of 99.96 % must not read as 100 %. Beyond six decimals it does read as 100 %.
func TestAShareBelow100PercentNeverReadsAs100Percent(t *testing.T) {
	for _, test := range []struct {
		value float64
		want  int
	}{{.95, 1}, {.999, 1}, {.9994, 1}, {.99962, 2}, {.999999, 4}, {1, 1}, {1.0004, 2}, {1.5, 1}, {1 - 1e-9, 4}} {
		if got := (NumberFormat{}).Number(quantity.Share, test.value, 1).Digits; got != test.want {
			t.Errorf("a share of %v with one digit has %d, want %d", test.value, got, test.want)
		}
	}
}
