package scenarios

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/churncost/churncost/calc"
)

// period finds a period that a number may be written for.
func period(t *testing.T, name string) calc.Period {
	t.Helper()
	switch name {
	case "":
		return calc.Period{PerAnn: 1}
	case "visit":
		return calc.Period{Name: "visit", PerAnn: 1}
	}
	p, ok := calc.PeriodNamed(name)
	if !ok {
		t.Fatalf("there is no period %q", name)
	}
	return p
}

// A year has 52 weeks and 12 months; inside the program money is a year's, and a
// time is in years.
func TestASoughtNumberIsWrittenAsTheScenarioWritesIt(t *testing.T) {
	for _, c := range []struct {
		key, period string
		value       float64
		want        string
	}{
		{"customer.spend", "week", 2600, "50 per week"},
		{"customer.spend", "month", 948, "79 per month"},
		{"customer.spend", "year", 2600, "2600 per year"},
		{"customer.spend", "", 2600, "2600 per year"}, // for spend has a period whatever it was
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
		f := catalogVocabulary().Field(c.key)
		if got := Write(f, period(t, c.period), c.value); got != c.want {
			t.Errorf("Write(%s, %q, %v) = %q, want %q", c.key, c.period, c.value, got, c.want)
		}
	}
}

// What solve prints goes back into --set: read again, every number of every field
// is the one that was written, to ten digits.
func TestWhateverIsWrittenReadsBackAsTheSameNumber(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	written := 0
	for _, f := range catalogVocabulary().Fields() {
		if f.Kind != calc.NumberInput && f.Kind != calc.ChangeInput {
			continue
		}
		names := []string{""}
		if f.Periodic == calc.Needed || f.Periodic == calc.Possible {
			names = append(names, "day", "week", "month", "quarter", "year")
		}
		if f.Unit == calc.Years {
			names = append(names, "day", "week", "month")
		}
		if f.Counted != "" {
			names = append(names, "visit")
		}
		s := accept(t, []byte("version: 1\n"))
		s.vocabulary = catalogVocabulary()
		for _, name := range names {
			for range 50 {
				value := math.Exp(6 * random.NormFloat64())
				if f.Unit == calc.Share && value > 1 {
					value = random.Float64()
				}
				value = min(max(value, f.Min), f.Max)
				if f.Kind == calc.ChangeInput {
					value = math.Abs(value)
				}
				text := Write(&f, period(t, name), value)
				in, err := s.Parse(&f, "--set", text)
				if err != nil {
					t.Errorf("Write(%s, %q, %v) = %q, which is refused: %s", f.Key, name, value, text, retell(err))
					continue
				}
				if got := in.Range.Likely; !in.Range.Exact() || in.By != calc.ToValue || !(math.Abs(got-value) <= 1e-9*value) {
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

func TestOnlyASingleNumberCanBeSought(t *testing.T) {
	s := accept(t, []byte("version: 1\ncustomer: {retention: [84%, 91%]}\n"))
	for key, want := range map[string]string{
		"customer.spnd":       "0:0 unknown key \"customer.spnd\" = did you mean customer.spend?\n",
		"word_of_mouth.tells": "0:0 word_of_mouth.tells is no single number = choose an input that is one\n",
		"customer.retention":  "0:0 customer.retention is a list, which cannot be sought = try values with compare --vary customer.retention.1=LOW..HIGH/POINTS\n",
		"word_of_mouth.rule":  "0:0 word_of_mouth.rule is no single number = choose an input that is one\n",
	} {
		f, err := s.Field(key)
		if got := retell(err); got != want {
			t.Errorf("Field(%s) = %+v, %q; want %q", key, f, got, want)
		}
	}
	if f, err := s.Field("customer.spend"); err != nil || f.Key != "customer.spend" {
		t.Errorf("Field(customer.spend) = %+v, %v; want the field", f, err)
	}
	if f, err := accept(t, []byte("version: 1\ncustomer: {retention: 84%}\n")).Field("customer.retention"); err != nil || f.Key != "customer.retention" {
		t.Errorf("Field(customer.retention) of one number = %+v, %v; want the field", f, err)
	}
}

// Where a figure jumps, ten digits may lie on either side of the place.
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
		{"acquisition.win_cost", "", 1.23399999999, "1.2340", "1.233999999"}, // and not 1.234
		{"acquisition.win_cost", "", 123_456_789_012, "123456789100", "123456789000"},
	} {
		f := catalogVocabulary().Field(c.key)
		if got := WriteBeside(f, period(t, c.period), c.value, true); got != c.above {
			t.Errorf("WriteBeside(%s, %q, %v, up) = %q, want %q", c.key, c.period, c.value, got, c.above)
		}
		if got := WriteBeside(f, period(t, c.period), c.value, false); got != c.below {
			t.Errorf("WriteBeside(%s, %q, %v, down) = %q, want %q", c.key, c.period, c.value, got, c.below)
		}
	}
}
