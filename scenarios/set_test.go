package scenarios

import (
	"testing"

	"github.com/churncost/churncost/calc/quantity"
)

const small = `version: 1
name: Mine
customer:
  spend: 50 per week
  years: 10
  retention: [98% per month, 99% per month]
word_of_mouth:
  tells: [11, 5]
tiers:
  - {name: gold, customers: 3, spend: 500 per year}
  - {name: lead, customers: 9, spend: 20 per year, churn: 10%}
`

func TestSetChangesOneInput(t *testing.T) {
	for _, c := range []struct {
		assignment string
		read       func(*Scenario) *quantity.Input
		want       quantity.Range
	}{
		{"customer.years=5", func(s *Scenario) *quantity.Input { return s.Inputs["customer.years"] }, exactly(5)},
		{" customer.years = 5 ", func(s *Scenario) *quantity.Input { return s.Inputs["customer.years"] }, exactly(5)},
		{"customer.years=4..6", func(s *Scenario) *quantity.Input { return s.Inputs["customer.years"] }, quantity.Range{Low: 4, Likely: 5, High: 6}},
		{"customer.margin={value: 30%, source: us}", func(s *Scenario) *quantity.Input { return s.Inputs["customer.margin"] }, exactly(0.3)},
		{"word_of_mouth.tells=[8]", func(s *Scenario) *quantity.Input { return &s.Inputs["word_of_mouth.tells"].List[0] }, exactly(8)},
		{"word_of_mouth.tells.2=7", func(s *Scenario) *quantity.Input { return &s.Inputs["word_of_mouth.tells"].List[1] }, exactly(7)},
		{"word_of_mouth.tells.1=8..12", func(s *Scenario) *quantity.Input { return &s.Inputs["word_of_mouth.tells"].List[0] }, quantity.Range{Low: 8, Likely: 10, High: 12}},
		{"customer.retention.1=50% per month", func(s *Scenario) *quantity.Input { return &s.Inputs["customer.retention"].List[0] }, exactly(1. / 4096)},
		{"customer.retention.2={value: 100% per month, source: us}", func(s *Scenario) *quantity.Input { return &s.Inputs["customer.retention"].List[1] }, exactly(1)},
		{"customer.retention=[84%, 91%]", func(s *Scenario) *quantity.Input { return &s.Inputs["customer.retention"].List[1] }, exactly(.91)},
		{"customer.retention=84%", func(s *Scenario) *quantity.Input { return s.Inputs["customer.retention"] }, exactly(.84)},
		{"customer.growth=-99%", func(s *Scenario) *quantity.Input { return s.Inputs["customer.growth"] }, exactly(-.99)},
		{"tiers.2.spend=10 per week", func(s *Scenario) *quantity.Input { return s.Inputs["tiers"].List[1].Cells["spend"] }, exactly(520)},
		{"tiers.1.churn=5%", func(s *Scenario) *quantity.Input { return s.Inputs["tiers"].List[0].Cells["churn"] }, exactly(0.05)},
	} {
		s := accept(t, []byte(small))
		if err := s.Set(c.assignment); err != nil {
			t.Errorf("Set(%q) is refused: %s", c.assignment, retell(err))
			continue
		}
		got := c.read(s)
		if got.Range != c.want || got.Origin != quantity.FromSet {
			t.Errorf("Set(%q) makes it %v from %q, want %v from --set", c.assignment, got.Range, got.Origin, c.want)
		}
	}
}

func TestSetLeavesOtherElementsAndTheOriginalListUnchanged(t *testing.T) {
	s := accept(t, []byte(small))
	before, tiers := s.Inputs["word_of_mouth.tells"], s.Inputs["tiers"]
	for _, assignment := range []string{"word_of_mouth.tells.2=7", "tiers.1.spend=1 per year"} {
		if err := s.Set(assignment); err != nil {
			t.Fatalf("Set(%q) is refused: %s", assignment, retell(err))
		}
	}
	if got := before.List[1].Range; got != exactly(5) {
		t.Errorf("Set of tells.2 makes the list before it hold %v, want 5", got)
	}
	if got := tiers.List[0].Cells["spend"].Range; got != exactly(500) {
		t.Errorf("Set of tiers.1.spend makes the list before it hold %v, want 500", got)
	}
	if got := s.Inputs["word_of_mouth.tells"].List[0].Range; got != exactly(11) {
		t.Errorf("Set of tells.2 makes tells.1 %v, want 11", got)
	}
	if got := s.Inputs["tiers"].List[0].Cells["customers"].Range; got != exactly(3) {
		t.Errorf("Set of tiers.1.spend makes tiers.1.customers %v, want 3", got)
	}
}

func TestTheLastOfSeveralSetsWins(t *testing.T) {
	s := accept(t, []byte(small))
	for _, assignment := range []string{"customer.years=5", "customer.years=6"} {
		if err := s.Set(assignment); err != nil {
			t.Fatalf("Set(%q) is refused: %s", assignment, retell(err))
		}
	}
	if got := s.Inputs["customer.years"].Range; got != exactly(6) {
		t.Errorf("Set to 5 and then 6 makes it %v, want 6", got)
	}
}

func TestAWrongSetIsReportedWithItsPlaceAndARemedy(t *testing.T) {
	for _, c := range []struct{ assignment, want string }{
		{"customer.years", "1:1 no value is given = write KEY=VALUE, such as customer.years=12\n"},
		{"", "1:1 no value is given = write KEY=VALUE, such as customer.years=12\n"},
		{"=12", "1:1 no key is given = write KEY=VALUE, such as customer.years=12\n"},
		{"customer.years=", "1:1 customer.years has no value = write customer.years= and the value\n"},
		{"customer.years=#12", "1:1 customer.years has no value = write customer.years= and the value\n"},
		{"customer.years=~", "1:16 customer.years has no value = write a value, or remove the key\n"},
		{"customer.yaers=12", "1:1 unknown key \"customer.yaers\" = did you mean customer.years?\n"},
		{"margin=30%", "1:1 unknown key \"margin\" = did you mean customer.margin?\n"},
		{"word_of_mouth=3", "1:1 unknown key \"word_of_mouth\" = it holds word_of_mouth.tells, word_of_mouth.leave, word_of_mouth.value, word_of_mouth.rule\n"},
		{"company.turnover=3", "1:1 unknown key \"company.turnover\" = it can be company.churn\n"},
		{"turnover=3", "1:1 unknown key \"turnover\" = --help of a calculator lists its keys\n"},
		{"name=Yours", "1:1 unknown key \"name\" = it is not an input: write it in the scenario itself\n"},
		{"customer.years=long", "1:16 \"long\" is not a number = write a time such as 10, 6..12 months or forever\n"},
		{"customer.margin=3", "1:17 \"3\" is not a share = did you mean 3%?\n"},
		{"customer.margin=1,5%", "1:17 \"1,5%\" has a comma = write the decimals after a point: 1.5%\n"},
		{"customer.years=[1, 2]", "1:16 customer.years is one value, not a list = write one value; a range is written low..high\n"},
		{"customer.years=[1, 2", "1:16 not valid YAML: did not find expected ',' or ']' = close what this [ opens, and put a comma between its items\n"},
		{"customer.years={value: 3, sauce: us}", "1:27 unknown key \"customer.years.sauce\" = did you mean source?\n"},
		{"customer.years=!!int 3", "1:16 tags such as !!int are not allowed = remove the tag\n"},
		{"customer.years=3\u202e", "1:17 an invisible character, U+202E = remove it, and save the file as plain text in UTF-8\n"},
		{"customer.years=\xff", "1:16 not text in UTF-8 from here on = save the file as plain text in UTF-8\n"},
		{"word_of_mouth.tells=11", "1:21 word_of_mouth.tells is a list = write [11]\n"},
		{"word_of_mouth.tells.3=7", "1:1 word_of_mouth.tells has no element 3 = its last is word_of_mouth.tells.2\n"},
		{"word_of_mouth.tells.0=7", "1:1 unknown key \"word_of_mouth.tells.0\" = elements count from 1: word_of_mouth.tells.1\n"},
		{"word_of_mouth.tells.01=7", "1:1 unknown key \"word_of_mouth.tells.01\" = elements count from 1: word_of_mouth.tells.1\n"},
		{"word_of_mouth.tells.-1=7", "1:1 unknown key \"word_of_mouth.tells.-1\" = elements count from 1: word_of_mouth.tells.1\n"},
		{"word_of_mouth.tells.first=7", "1:1 unknown key \"word_of_mouth.tells.first\" = elements count from 1: word_of_mouth.tells.1\n"},
		{"word_of_mouth.tells.1=-7", "1:23 word_of_mouth.tells is -7, and must be at least 0\n"},
		{"customer.retention.3=99% per month", "1:1 customer.retention has no element 3 = its last is customer.retention.2\n"},
		{"customer.retention.2=84%", "1:1 the elements of customer.retention are all for one period = write it as 99% per month is written\n"},
		{"customer.retention.1=84% per year", "1:1 the elements of customer.retention are all for one period = write it as 98% per month is written\n"},
		{"customer.retention.1=benchmark", "1:22 no benchmark is known for customer.retention = write a value\n"},
		{"customer.retention.1=[84%]", "1:22 customer.retention is one value, not a list = write one value; a range is written low..high\n"},
		{"customer.retention=[84%, 91% per month]", "1:26 \"91% per month\" is for a different period than the first, \"84%\" = write every element for the same period\n"},
		{"customer.growth=-100%", "1:17 customer.growth is -100%, and must be above -100%\n"},
		{"tiers.3.spend=5 per week", "1:1 tiers has no element 3 = its last is tiers.2\n"},
		{"tiers.1.spnd=5 per week", "1:1 unknown key \"tiers.1.spnd\" = did you mean tiers.1.spend?\n"},
		{"tiers.1=5", "1:1 unknown key \"tiers.1\" = it can be tiers.1.name, tiers.1.customers, tiers.1.spend, tiers.1.churn\n"},
		{"tiers.1.spend=5", "1:15 \"5\" needs a period = write 5 per week, per month or per year\n"},
		{"winback.second_life.ramp_years.1=5", "1:1 unknown key \"winback.second_life.ramp_years.1\" = did you mean winback.second_life.ramp_years?\n"},
	} {
		err := accept(t, []byte(small)).Set(c.assignment)
		if err == nil {
			t.Errorf("Set(%q) is accepted, want\n%s", c.assignment, c.want)
		} else if got := retell(err); got != c.want {
			t.Errorf("Set(%q) finds\n%swant\n%s", c.assignment, got, c.want)
		}
	}
}

// After --set, a list has the period of the new value. One number is not a list.
func TestAnElementCanBeSetInAListThatWasSet(t *testing.T) {
	s := accept(t, []byte(small))
	for _, assignment := range []string{"customer.retention=[84%, 91%, 94%]", "customer.retention.3=95%"} {
		if err := s.Set(assignment); err != nil {
			t.Fatalf("Set(%q) is refused: %s", assignment, retell(err))
		}
	}
	if got := s.Inputs["customer.retention"].List; len(got) != 3 || got[0].Range != exactly(.84) || got[2].Range != exactly(.95) {
		t.Errorf("the list is %v, want 84%%, 91%% and 95%%", got)
	}
	if err := s.Set("customer.retention=84%"); err != nil {
		t.Fatalf("Set(customer.retention=84%%) is refused: %s", retell(err))
	}
	if got, want := retell(s.Set("customer.retention.1=85%")), "1:1 the scenario has no list customer.retention = set the whole list\n"; got != want {
		t.Errorf("Set(customer.retention.1=85%%) on one number finds\n%swant\n%s", got, want)
	}
}

func TestAnElementOfAListThatIsNotGivenCannotBeSet(t *testing.T) {
	for _, text := range []string{"version: 1\n", "version: 1\nword_of_mouth:\n  tells: benchmark\n"} {
		s := accept(t, []byte(text))
		want := "1:1 the scenario has no list word_of_mouth.tells = set the whole list\n"
		if got := retell(s.Set("word_of_mouth.tells.1=7")); got != want {
			t.Errorf("Set(word_of_mouth.tells.1=7) on %q finds\n%swant\n%s", text, got, want)
		}
	}
}
