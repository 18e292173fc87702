package scenarios

import (
	"reflect"
	"slices"
	"testing"
)

func TestVaryIsAnAssignmentForEachValue(t *testing.T) {
	s := accept(t, []byte("version: 1\n"))
	for _, c := range []struct {
		text string
		want []string
	}{
		{"customer.years=5", []string{"customer.years=5"}},
		{" customer.years = 5 , 10,20 ", []string{"customer.years=5", "customer.years=10", "customer.years=20"}},
		{"customer.spend=50 per week,200 per month", []string{"customer.spend=50 per week", "customer.spend=200 per month"}},
		{"customer.years=5..7,10", []string{"customer.years=5..7", "customer.years=10"}},
		// A comma in brackets does not separate values.
		{"word_of_mouth.tells=[11, 5],[8]", []string{"word_of_mouth.tells=[11, 5]", "word_of_mouth.tells=[8]"}},
		{"customer.margin={value: 30%, source: us},40%", []string{"customer.margin={value: 30%, source: us}", "customer.margin=40%"}},
		// Both ends included.
		{"customer.years=1..3/3", []string{"customer.years=1", "customer.years=2", "customer.years=3"}},
		{"customer.years=1..2/2", []string{"customer.years=1", "customer.years=2"}},
		{"customer.margin=70%..90%/5", []string{"customer.margin=70%", "customer.margin=75%", "customer.margin=80%", "customer.margin=85%", "customer.margin=90%"}},
		{"customer.margin=0.1..0.3/3", []string{"customer.margin=0.1", "customer.margin=0.2", "customer.margin=0.3"}}, // and not 0.30000000000000004
		{"customer.spend=10..20 per week/3", []string{"customer.spend=10 per week", "customer.spend=15 per week", "customer.spend=20 per week"}},
		{"customer.years=3..1/3", []string{"customer.years=3", "customer.years=2", "customer.years=1"}}, // downwards
		// A number of three decimals gets a fourth if it could be a thousand.
		{"acquisition.win_cost=1..2/9", []string{"acquisition.win_cost=1", "acquisition.win_cost=1.1250", "acquisition.win_cost=1.25", "acquisition.win_cost=1.3750",
			"acquisition.win_cost=1.5", "acquisition.win_cost=1.6250", "acquisition.win_cost=1.75", "acquisition.win_cost=1.8750", "acquisition.win_cost=2"}},
		{"customer.years=1..1.5/5", []string{"customer.years=1", "customer.years=1.125", "customer.years=1.25", "customer.years=1.375", "customer.years=1.5"}},
		{"customer.years=0..1/4", []string{"customer.years=0", "customer.years=0.333333", "customer.years=0.666667", "customer.years=1"}},
	} {
		got, err := s.Vary(c.text)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("Vary(%q) = %q, %s; want %q", c.text, got, retell(err), c.want)
		}
	}
	if most, err := s.Vary("customer.years=1..1000/1000"); err != nil || len(most) != 1000 || most[999] != "customer.years=1000" {
		t.Errorf("Vary of 1,000 points gives %d, %s", len(most), retell(err))
	}
}

func TestAWrongVaryIsRefusedWithARemedy(t *testing.T) {
	s := accept(t, []byte("version: 1\n"))
	const write = " = write LOW..HIGH/POINTS, such as 70%..90%/5, with 2 to 1000 points\n"
	for text, want := range map[string]string{
		"customer.years":                     "1:1 no values are given = write KEY=V1,V2,V3 or KEY=LOW..HIGH/POINTS\n",
		"customer.years=":                    "1:1 no values are given = write KEY=V1,V2,V3 or KEY=LOW..HIGH/POINTS\n",
		"customer.yeers=5":                   "1:1 unknown key \"customer.yeers\" = did you mean customer.years?\n",
		"customer.years=1..3/1":              "1:1 \"1..3/1\" is not a range with a number of points" + write,
		"customer.years=1..3/1001":           "1:1 \"1..3/1001\" is not a range with a number of points" + write,
		"customer.years=1..3/-2":             "1:1 \"1..3/-2\" is not a range with a number of points" + write,
		"customer.years=1..3/many":           "1:1 \"1..3/many\" is not a range with a number of points" + write,
		"customer.years=3/3":                 "1:1 \"3/3\" is not a range with a number of points" + write,
		"customer.years=1..2..3/3":           "1:1 \"1..2..3/3\" is not a range with a number of points" + write,
		"customer.margin=70..90%/5":          "1:1 \"70..90%/5\" is not a range with a number of points" + write,
		"acquisition.win_cost=1.200..3/3":    "1:1 \"1.200\" could be a thousand or a decimal = write 1_200, or 1.2\n",
		"customer.spend=3..1.234 per week/3": "1:1 \"1.234\" could be a thousand or a decimal = write 1_234, or 1.2340\n",
		"customer.years=a..b/3":              "1:1 \"a..b/3\" is not a range with a number of points" + write,
		"customer.spend=1 per week..2/3":     "1:1 \"1 per week..2/3\" is not a range with a number of points" + write,
		"customer.spend=1..2 per week/3/":    "1:1 \"1..2 per week/3/\" is not a range with a number of points" + write,
	} {
		if got, err := s.Vary(text); retell(err) != want {
			t.Errorf("Vary(%q) = %q, %q; want %q", text, got, retell(err), want)
		}
	}
}

func TestACloneChangesAlone(t *testing.T) {
	s := accept(t, []byte(small))
	c := s.Clone()
	for _, assignment := range []string{"customer.years=5", "word_of_mouth.tells.1=7", "tiers.1.customers=8"} {
		if err := c.Set(assignment); err != nil {
			t.Fatalf("Set(%q) is refused: %s", assignment, retell(err))
		}
	}
	fresh := accept(t, []byte(small))
	if !reflect.DeepEqual(s.Inputs, fresh.Inputs) {
		t.Errorf("after a clone was changed, the original holds %v, want what it held", s.Inputs)
	}
	if c.Inputs["customer.years"].Range != exactly(5) || c.Inputs["word_of_mouth.tells"].List[0].Range != exactly(7) {
		t.Errorf("the clone holds %v and %v, want what was set", c.Inputs["customer.years"].Range, c.Inputs["word_of_mouth.tells"].List[0].Range)
	}
}

func TestTextIsHowAnInputIsWritten(t *testing.T) {
	s := accept(t, []byte(small))
	for key, want := range map[string]string{"customer.spend": "50 per week", "word_of_mouth.tells": "[11, 5]", "tiers": "2 items", "customer.margin": "not given"} {
		if got := s.Text(key); got != want {
			t.Errorf("Text(%s) = %q, want %q", key, got, want)
		}
	}
}
