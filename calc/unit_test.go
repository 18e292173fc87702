package calc_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc/quantity"
)

func TestNumbersAreRoundedToTheMinorUnitOrSixDecimalsHalvesAwayFromZero(t *testing.T) {
	for _, test := range []struct {
		unit       quantity.Unit
		value      float64
		minor      int
		want       float64
		sayingThat string
	}{
		{quantity.Money, 442000, 2, 442000, "whole money stays"},
		{quantity.Money, 19.994, 2, 19.99, "cents, below a half"},
		{quantity.Money, 19.996, 2, 20, "cents, above a half"},
		{quantity.Money, .125, 2, .13, "a half goes up"},
		{quantity.Money, -.125, 2, -.13, "a half below zero goes down"},
		{quantity.MoneyPerYear, 2.5, 0, 3, "a currency without cents"},
		{quantity.Money, -2.5, 0, -3, "a currency without cents, below zero"},
		{quantity.Money, 1.0625, 3, 1.063, "a currency with three digits"},
		{quantity.Share, .12345649, 2, .123456, "shares know no cents"},
		{quantity.Ratio, 118. / 19, 2, 6.210526, "ratios have six decimals"},
		{quantity.Count, 1.5 / 1e6, 0, 2 / 1e6, "a half of the sixth decimal"},
		{quantity.People, 16.5, 0, 16.5, "people are not rounded to whole ones"},
		{quantity.Money, 1e300, 2, 1e300, "huge numbers have no cents"},
		{quantity.Money, -1e300, 2, -1e300, "huge numbers below zero neither"},
		{quantity.Money, 192810359046886, 3, 192810359046886, "large whole money gains no cents"},
		{quantity.Score, math.MaxFloat64, 2, math.MaxFloat64, "the largest number of all"},
		{quantity.Money, 90071992547409.93, 2, 90071992547409.93, "the last cents that a float64 holds"},
		{quantity.Money, math.Inf(1), 2, math.Inf(1), "no end"},
		{quantity.Share, math.Inf(-1), 2, math.Inf(-1), "no end below"},
	} {
		if got := test.unit.Round(test.value, test.minor); got != test.want {
			t.Errorf("%s: %q.Round(%v, %d) = %v, want %v", test.sayingThat, test.unit, test.value, test.minor, got, test.want)
		}
	}
	if got := quantity.Share.Round(math.NaN(), 2); !math.IsNaN(got) {
		t.Errorf("Round(NaN) = %v, want NaN", got)
	}
}

func TestNothingIsRoundedToMinusZero(t *testing.T) {
	for _, value := range []float64{-.001, math.Copysign(0, -1), -1e-300} {
		if got := quantity.Money.Round(value, 2); got != 0 || math.Signbit(got) {
			t.Errorf("Money.Round(%v, 2) = %v, want 0 without a sign", value, got)
		}
	}
}

func TestRoundingTwiceIsRoundingOnce(t *testing.T) {
	for i := range 2000 {
		value := float64(i*i)*1.2345678901 - 1e6
		once := quantity.Ratio.Round(value, 2)
		if twice := quantity.Ratio.Round(once, 2); twice != once {
			t.Errorf("Ratio.Round(%v) = %v, and rounded again %v", value, once, twice)
		}
	}
}

func TestARangeIsLikelyInItsMiddle(t *testing.T) {
	if got, want := quantity.Between(4, 6), (quantity.Range{Low: 4, Likely: 5, High: 6}); got != want {
		t.Errorf("Between(4, 6) = %v, want %v", got, want)
	}
	if got, want := quantity.Exactly(4), (quantity.Range{Low: 4, Likely: 4, High: 4}); got != want {
		t.Errorf("Exactly(4) = %v, want %v", got, want)
	}
}

func TestARangeIsExactWhenItsBoundsMeet(t *testing.T) {
	for r, want := range map[quantity.Range]bool{quantity.Exactly(3): true, quantity.Between(3, 3): true, quantity.Between(3, 4): false, {Low: 3, Likely: 3, High: 4}: false, {Low: 3, Likely: 4, High: 4}: false, quantity.Exactly(math.Inf(1)): true} {
		if got := r.Exact(); got != want {
			t.Errorf("%v.Exact() = %v, want %v", r, got, want)
		}
	}
}

func TestMapMovesAllThreePoints(t *testing.T) {
	got := quantity.Range{Low: 1, Likely: 2, High: 4}.Map(func(x float64) float64 { return 10 * x })
	if want := (quantity.Range{Low: 10, Likely: 20, High: 40}); got != want {
		t.Errorf("Map(10x) = %v, want %v", got, want)
	}
}

// Today's churn is 20 %.
func TestAChangeToAValueByPointsAndByPercentAreThreeThings(t *testing.T) {
	for _, test := range []struct {
		by           quantity.ChangeBy
		amount, want float64
	}{
		{quantity.ToValue, .15, .15},
		{quantity.ByPoints, -.05, .15},  // 20 % less five points
		{quantity.ByPercent, -.05, .19}, // 95 % of 20 %
	} {
		if got := test.by.Apply(.2, test.amount); math.Abs(got-test.want) > 1e-15 {
			t.Errorf("ChangeBy(%d).Apply(20%%, %v) = %v, want %v", test.by, test.amount, got, test.want)
		}
	}
}

func TestAYearHas365Days52Weeks12MonthsAnd4Quarters(t *testing.T) {
	var got strings.Builder
	for _, name := range []string{"day", "week", "month", "quarter", "year", "decade", "", "visit"} {
		p, known := quantity.PeriodNamed(name)
		got.WriteString(fmt.Sprint(name, " ", p.PerAnn, " ", known, "; "))
	}
	if want := "day 365 true; week 52 true; month 12 true; quarter 4 true; year 1 true; decade 0 false;  0 false; visit 0 false; "; got.String() != want {
		t.Errorf("PeriodNamed gives %s\nwant %s", got.String(), want)
	}
}

func TestGradesCAndXAreWeak(t *testing.T) {
	for grade, want := range map[quantity.Grade]bool{quantity.GradeA: false, quantity.GradeB: false, quantity.GradeC: true, quantity.GradeX: true, "": false} {
		if got := grade.Weak(); got != want {
			t.Errorf("Grade(%q).Weak() = %v, want %v", grade, got, want)
		}
	}
}
