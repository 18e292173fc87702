package scenarios

import (
	"slices"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/quantity"
)

// noted returns the notes on a scenario, after --set, with the vocabulary of the whole
// catalog.
func noted(t *testing.T, text string, set ...string) []calc.Note {
	t.Helper()
	s, err := Read("mine.yaml", []byte("version: 1\n"+text), catalogVocabulary())
	if err != nil {
		t.Fatalf("Read(%q) is refused:\n%s", text, retell(err))
	}
	for _, assignment := range set {
		if err := s.Set(assignment); err != nil {
			t.Fatalf("Set(%q) is refused:\n%s", assignment, retell(err))
		}
	}
	return s.Notes()
}

// warnings returns the keys and texts of notes. Each must be a warning about a key.
func warnings(t *testing.T, notes []calc.Note) (keys, texts []string) {
	t.Helper()
	for _, note := range notes {
		if note.Kind != calc.Warning || note.Terms != nil {
			t.Errorf("the note %+v is no plain warning", note)
		}
		keys, texts = append(keys, note.Key), append(texts, note.Text)
	}
	return keys, texts
}

// A scenario with monthly spend and a retention of 98 % probably means a month. 98 % is
// common for a month and rare for a year.
func TestAChanceThatIsProbablyMeantPerPeriodIsWarnedAbout(t *testing.T) {
	const monthly = "customer: {spend: 79 per month, years: 3}\n"
	for _, c := range []struct {
		claim, text string
		set         []string
		want        []string // the keys that are warned about
	}{
		{"nearly all stay", "customer: {spend: 79 per month, retention: 98%}", nil, []string{"customer.retention"}},
		{"the same without a percent sign", "customer: {spend: 79 per month, retention: 0.98}", nil, []string{"customer.retention"}},
		{"the same with a source", "customer: {spend: 79 per month, retention: {value: 98%, source: till}}", nil, []string{"customer.retention"}},
		{"at the bound", "customer: {spend: 79 per month, retention: 95%}", nil, []string{"customer.retention"}},
		{"below the bound", "customer: {spend: 79 per month, retention: 94.9%}", nil, nil},
		{"all stay", "customer: {spend: 79 per month, retention: 100%}", nil, nil},
		{"a range in the middle of which nearly all stay", "customer: {spend: 79 per month, retention: 94%..97%}", nil, []string{"customer.retention"}},
		{"a range in the middle of which fewer do", "customer: {spend: 79 per month, retention: 90%..99%}", nil, nil},
		{"the month is written", "customer: {spend: 79 per month, retention: 98% per month}", nil, nil},
		{"the year is written", "customer: {spend: 79 per month, retention: 98% per year}", nil, nil},
		{"a list by tenure", "customer: {spend: 79 per month, retention: [98%, 99%]}", nil, nil},
		{"by the week", "customer: {spend: 79 per week, retention: 98%}", nil, []string{"customer.retention"}},
		{"by the quarter", "customer: {spend: 79 per quarter, retention: 98%}", nil, []string{"customer.retention"}},
		{"by the year", "customer: {spend: 79 per year, retention: 98%}", nil, nil},
		{"by the visit", "customer: {spend: 79 per visit, visits: 3 per month, retention: 98%}", nil, nil},
		{"no spend", "customer: {retention: 98%}", nil, nil},
		{"hardly any leave", monthly + "company: {churn: 2%}", nil, []string{"company.churn"}},
		{"as few as can be leave, at the bound", monthly + "company: {churn: 5%}", nil, []string{"company.churn"}},
		{"more leave", monthly + "company: {churn: 5.1%}", nil, nil},
		{"none leave", monthly + "company: {churn: 0%}", nil, nil},
		{"the month of those who leave is written", monthly + "company: {churn: 2% per month}", nil, nil},
		{"both", "customer: {spend: 79 per month, retention: 98%}\ncompany: {churn: 2%}", nil, []string{"company.churn", "customer.retention"}},
		{"those who were saved and those who returned", monthly + "programme: {saved_retention: 97%}\nwinback: {second_life: {retention: 96%}}", nil,
			[]string{"winback.second_life.retention", "programme.saved_retention"}},
		{"growth is not a chance to stay", "customer: {spend: 79 per month, discount: 2%, growth: 3%}", nil, nil},
		{"nor is any other share", "customer: {spend: 79 per month, margin: 98%}", nil, nil},
		{"--set makes it so", monthly, []string{"customer.retention=98%"}, []string{"customer.retention"}},
		{"--set fixes it", "customer: {spend: 79 per month, retention: 98%}", []string{"customer.retention=98% per month"}, nil},
	} {
		if keys, texts := warnings(t, noted(t, c.text, c.set...)); !slices.Equal(keys, c.want) {
			t.Errorf("%s: %q with %q is warned of for %q, want %q:\n%q", c.claim, c.text, c.set, keys, c.want, texts)
		}
	}
	_, texts := warnings(t, noted(t, "customer: {spend: 9 per week, retention: 0.98}\ncompany: {churn: {low: 1%, high: 3%, shape: beta}}"))
	want := []string{
		"company.churn 1%..3% is read as a year's, and the spend is per week: write 1%..3% per week if that is meant, else 1%..3% per year",
		"customer.retention 0.98 is read as a year's, and the spend is per week: write 0.98 per week if that is meant, else 0.98 per year",
	}
	if !slices.Equal(texts, want) {
		t.Errorf("the warnings read %q, want %q", texts, want)
	}
}

// After following the warning there is no further warning.
func TestTheRemediesOfAWarningAreAccepted(t *testing.T) {
	for _, chance := range []string{"98%", "0.98", "97%..99%"} {
		for _, period := range []string{"month", "year"} {
			text := "customer: {spend: 79 per month, retention: " + chance + " per " + period + "}"
			if notes := noted(t, text); len(notes) > 0 {
				t.Errorf("%q is warned of: %+v", text, notes)
			}
		}
	}
}

func TestTwoRangesForTheSameFactAreWarnedAbout(t *testing.T) {
	const both = "customer: {retention: 70%..80%}\ncompany: {churn: 20%..30%}\n"
	for _, c := range []struct {
		claim, text string
		warned      bool
	}{
		{"both are ranges", both, true},
		{"both are ranges of a month", "customer: {retention: 97%..98% per month}\ncompany: {churn: 2%..3% per month}\n", true},
		{"one of them is exact", "customer: {retention: 75%}\ncompany: {churn: 20%..30%}\n", false},
		{"the other is", "customer: {retention: 70%..80%}\ncompany: {churn: 25%}\n", false},
		{"only one is given", "company: {churn: 20%..30%}\n", false},
		{"only the other is", "customer: {retention: 70%..80%}\n", false},
		{"they are correlated", both + "correlations:\n  - {between: [customer.retention, company.churn], rank: -1}\n", false},
		{"they are correlated, named the other way round", both + "correlations:\n  - {between: [company.churn, customer.retention], rank: -0.5}\n", false},
		{"others are correlated", both + "correlations:\n  - {between: [company.churn, customer.years], rank: -1}\n", true},
		{"a list by tenure", "customer: {retention: [70%..80%, 80%..90%]}\ncompany: {churn: 20%..30%}\n", false},
		{"another chance follows the retention, and is a fact of its own", "customer: {retention: 70%..80%}\nprogramme: {saved_retention: 60%..70%}\n", false},
	} {
		keys, texts := warnings(t, noted(t, c.text))
		var want []string
		if c.warned {
			want = []string{"customer.retention"}
		}
		if !slices.Equal(keys, want) {
			t.Errorf("%s: %q is warned of for %q, want %q", c.claim, c.text, keys, want)
		}
		if text := "customer.retention and company.churn are both ranges, and are drawn independently though they say one thing: leave customer.retention out, or write a correlation of -1 between them"; c.warned && !slices.Equal(texts, []string{text}) {
			t.Errorf("%s: the warning reads %q, want %q", c.claim, texts, text)
		}
	}
}

// If the chance to stay is not given, it is 1 minus the churn, for any period.
func TestRetentionDefaultsToOneMinusChurn(t *testing.T) {
	calculators := catalog.All()
	lifetime := calculators[slices.IndexFunc(calculators, func(c calc.Calculator) bool { return c.Name == "lifetime" })]
	for _, c := range []struct {
		text string
		set  []string
		want quantity.Range
		from string // the key that it follows; empty if it is given
	}{
		{"company: {churn: 20%}", nil, exactly(.8), "company.churn"},
		{"company: {churn: 50% per quarter}", nil, exactly(1. / 16), "company.churn"},
		{"company: {churn: 10%..20%..40%}", nil, quantity.Range{Low: .6, Likely: .8, High: .9}, "company.churn"},
		{"company: {churn: 20%}", []string{"company.churn=25%"}, exactly(.75), "company.churn"},
		{"company: {churn: 20%}", []string{"customer.retention=90%"}, exactly(.9), ""},
		{"company: {customers: 9}", nil, exactly(1), ""},
	} {
		s, err := Read("mine.yaml", []byte("version: 1\ncustomer: {spend: 50 per week, years: 10}\n"+c.text+"\n"), catalogVocabulary())
		if err != nil {
			t.Fatalf("Read(%q) is refused:\n%s", c.text, retell(err))
		}
		for _, assignment := range c.set {
			if err := s.Set(assignment); err != nil {
				t.Fatalf("Set(%q) is refused:\n%s", assignment, retell(err))
			}
		}
		m := lifetime.Model()
		if err := s.Bind(m); err != nil {
			t.Fatalf("Bind(%q) finds\n%s", c.text, retell(err))
		}
		inputs := m.Inputs()
		stay := inputs[slices.IndexFunc(inputs, func(in *quantity.Input) bool { return in.Key == "customer.retention" })]
		if !near(stay.Range.Low, c.want.Low) || !near(stay.Range.Likely, c.want.Likely) || !near(stay.Range.High, c.want.High) || stay.Derived != c.from {
			t.Errorf("%q with %q: customer.retention is %v from %q, want %v from %q", c.text, c.set, stay.Range, stay.Derived, c.want, c.from)
		}
	}
}
