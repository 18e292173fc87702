package number

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// period finds a period that a number may be written for.
func period(t *testing.T, name string) quantity.Period {
	t.Helper()
	switch name {
	case "":
		return quantity.Period{PerAnn: 1}
	case "visit":
		return quantity.Period{Name: "visit", PerAnn: 1}
	}
	p, ok := quantity.PeriodNamed(name)
	if !ok {
		t.Fatalf("there is not a period %q", name)
	}
	return p
}

// A year has 52 weeks and 12 months. Inside the program money is per year, and time is in
// years.
func TestAComputedNumberIsWrittenAsTheScenarioWritesIt(t *testing.T) {
	for _, c := range []struct {
		key, period string
		value       float64
		want        string
	}{
		{"customer.spend", "week", 2600, "50 per week"},
		{"customer.spend", "month", 948, "79 per month"},
		{"customer.spend", "year", 2600, "2600 per year"},
		{"customer.spend", "", 2600, "2600 per year"}, // spend always has a period
		{"customer.spend", "visit", 65, "65 per visit"},
		{"customer.years", "", 2.5, "2.5"},
		{"customer.years", "month", 1.5, "18 months"},
		{"customer.years", "", math.Inf(1), "forever"},
		{"customer.margin", "", .17624, "17.624%"},
		{"customer.margin", "", 1. / 3, "33.33333333%"},
		{"customer.margin", "", 0, "0%"},
		{"programme.churn_after", "", .17624, "17.624%"},
		{"acquisition.win_cost", "", 1e6 / 3, "333333.3333"},
		{"acquisition.win_cost", "", 1e-7, "0.0000001"},
		{"acquisition.win_cost", "", 12_345_678_901_234, "12345678900000"},
		{"acquisition.win_cost", "", 1.234, "1.2340"}, // 1.234 could be a thousand
		{"customer.spend", "week", 52 * 12.345, "12.3450 per week"},
		{"programme.saves", "", 12.345, "12.3450"},
		{"customer.years", "", 1.234, "1.234"},
	} {
		f := catalogField(t, c.key)
		if got := Write(f, period(t, c.period), c.value); got != c.want {
			t.Errorf("Write(%s, %q, %v) = %q, want %q", c.key, c.period, c.value, got, c.want)
		}
	}
}

// The output of solve is passed to --set. Every number of every field must read back as
// the same number, to ten digits.
func TestEveryWrittenNumberReadsBackAsTheSameNumber(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	written := 0
	for _, f := range catalogFields() {
		if f.Kind != calc.NumberInput && f.Kind != calc.ChangeInput {
			continue
		}
		names := []string{""}
		if f.Periodic == calc.Needed || f.Periodic == calc.Possible || f.Unit == quantity.Years {
			for _, p := range quantity.Periods() {
				names = append(names, p.Name)
			}
		}
		if f.Counted != "" {
			names = append(names, "visit")
		}
		for _, name := range names {
			for range 50 {
				value := math.Exp(6 * random.NormFloat64())
				if f.Unit == quantity.Share && value > 1 {
					value = random.Float64()
				}
				value = min(max(value, f.Min), f.Max)
				if f.Kind == calc.ChangeInput {
					value = math.Abs(value)
				}
				text := Write(&f, period(t, name), value)
				var in quantity.Input
				if err := Parse(&f, text, &in); err != nil {
					t.Errorf("Write(%s, %q, %v) = %q, which is refused: %v", f.Key, name, value, text, err)
					continue
				}
				if got := in.Range.Likely; !in.Range.Exact() || in.By != quantity.ToValue || !(math.Abs(got-value) <= 1e-9*value) {
					t.Errorf("Write(%s, %q, %v) = %q, which reads as %v", f.Key, name, value, text, got)
				}
				written++
			}
		}
	}
	if written < 1000 {
		t.Errorf("%d numbers were written, want many more", written)
	}
}

// At a jump, a number of ten digits may be on either side.
func TestANumberIsWrittenBesideAValue(t *testing.T) {
	for _, c := range []struct {
		key, period  string
		value        float64
		above, below string
	}{
		{"customer.margin", "", 17.5 / 67, "26.11940299%", "26.11940298%"},
		{"customer.margin", "", .25, "25%", "25%"},
		{"customer.margin", "", 1. / 3, "33.33333334%", "33.33333333%"},
		{"customer.margin", "", 0, "0%", "0%"},
		{"customer.years", "month", 1. / 7, "1.714285715 months", "1.714285714 months"},
		{"customer.spend", "week", 52 * 1e9 / 3, "333333333.4 per week", "333333333.3 per week"},
		{"acquisition.win_cost", "", 9.99999999999, "10", "9.999999999"},
		{"acquisition.win_cost", "", 1.23399999999, "1.2340", "1.233999999"}, // not 1.234
		{"acquisition.win_cost", "", 123_456_789_012, "123456789100", "123456789000"},
	} {
		f := catalogField(t, c.key)
		if got := WriteBeside(f, period(t, c.period), c.value, true); got != c.above {
			t.Errorf("WriteBeside(%s, %q, %v, up) = %q, want %q", c.key, c.period, c.value, got, c.above)
		}
		if got := WriteBeside(f, period(t, c.period), c.value, false); got != c.below {
			t.Errorf("WriteBeside(%s, %q, %v, down) = %q, want %q", c.key, c.period, c.value, got, c.below)
		}
	}
}
