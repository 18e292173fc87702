package cmd

import (
	"errors"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/format"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/syntax"
)

// at returns a place in the second line of a text.
func at(line string, column, width int) quantity.Place {
	return quantity.Place{Document: &quantity.Document{Name: "mine.yaml", Text: "version: 1\n" + line + "\n"}, Line: 2, Column: column, Width: width}
}

func TestAProblemIsShownWithItsLineACaretAndTheRemedy(t *testing.T) {
	long := strings.Repeat("a", 300) + "!" + strings.Repeat("b", 300)
	for _, c := range []struct {
		claim   string
		problem calc.Problem
		want    string
	}{
		{"there is a caret under each wrong character",
			calc.Problem{Place: at("  spnd: 50", 3, 4), Message: "unknown key", Hint: "did you mean spend?"},
			"mine.yaml:2:3: error: unknown key\n" +
				"    2 |   spnd: 50\n" +
				"      |   ^^^^\n" +
				"      = did you mean spend?\n"},
		{"a character that is two columns wide has two carets, and shifts the carets after it",
			calc.Problem{Place: at("名: 半棵", 4, 2), Message: "wrong"},
			"mine.yaml:2:4: error: wrong\n" +
				"    2 | 名: 半棵\n" +
				"      |     ^^^^\n"},
		{"a place without width has one caret",
			calc.Problem{Place: at("name:", 6, 0), Message: "wrong"},
			"mine.yaml:2:6: error: wrong\n" +
				"    2 | name:\n" +
				"      |      ^\n"},
		{"a caret is at most one column beyond the end of the line",
			calc.Problem{Place: at("name:", 6, 40), Message: "wrong"},
			"mine.yaml:2:6: error: wrong\n" +
				"    2 | name:\n" +
				"      |      ^\n"},
		{"a tab is as wide as a space, and invisible characters are marked",
			calc.Problem{Place: at("\ta\x1b\u202e b", 6, 1), Message: "wrong"},
			"mine.yaml:2:6: error: wrong\n" +
				"    2 |  a\uFFFD\uFFFD b\n" +
				"      |      ^\n"},
		{"120 characters of a very long line are shown around the place",
			calc.Problem{Place: at(long, 301, 1), Message: "wrong"},
			"mine.yaml:2:301: error: wrong\n" +
				"    2 | " + strings.Repeat("a", 60) + "!" + strings.Repeat("b", 59) + "\n" +
				"      | " + strings.Repeat(" ", 60) + "^\n"},
		{"the beginning of a very long line is shown if the place is there",
			calc.Problem{Place: at(long, 2, 1), Message: "wrong"},
			"mine.yaml:2:2: error: wrong\n" +
				"    2 | " + strings.Repeat("a", 120) + "\n" +
				"      |  ^\n"},
		{"a line without a column is named and not shown",
			calc.Problem{Place: at("name:", 0, 0), Message: "wrong"},
			"mine.yaml:2: error: wrong\n"},
		{"a document without a line is named",
			calc.Problem{Place: quantity.Place{Document: &quantity.Document{Name: "mine.yaml"}}, Message: "wrong", Hint: "mend it"},
			"mine.yaml: error: wrong\n      = mend it\n"},
		{"a problem without a place begins with the program's name",
			calc.Problem{Message: "wrong"},
			"churncost: error: wrong\n"},
		{"invisible characters never reach the terminal",
			calc.Problem{Place: quantity.Place{Document: &quantity.Document{Name: "m\x1b[2Jine"}}, Message: "wro\nng", Hint: "me\and"},
			"m\uFFFD[2Jine: error: wro\uFFFDng\n      = me\uFFFDnd\n"},
	} {
		if got := format.Problem(&c.problem, format.Style{}); got != c.want {
			t.Errorf("%s: format.Problem(%+v) =\n%swant\n%s", c.claim, c.problem, got, c.want)
		}
	}
}

func TestColourMarksTheWordErrorAlone(t *testing.T) {
	got := format.Problem(&calc.Problem{Place: at("name:", 1, 4), Message: "wrong"}, format.Style{Colour: true})
	want := "mine.yaml:2:1: \x1b[1;31merror:\x1b[0m wrong\n    2 | name:\n      | ^^^^\n"
	if got != want {
		t.Errorf("describe in colour = %q, want %q", got, want)
	}
}

func FuzzRead(f *testing.F) {
	calculators := catalog.All()
	vocabulary := scenarios.NewVocabulary(calculators)
	for _, name := range scenarios.Names() {
		text, _ := scenarios.BuiltInText(name)
		f.Add(text)
	}
	f.Add([]byte(scenarios.Starter(vocabulary)))
	for _, text := range []string{
		"version: 1\ncustomer: {spend: 40..60 per week, years: forever, retention: 98% per month, discount: 1% per month}\nword_of_mouth: {tells: [8..12, 5], leave: 25%, circle: 50}\n",
		"version: 1\ncustomer: {spend: 65 per visit, visits: 4..6 per year, years: 18 months, margin: {value: 30%, source: \"us, 2026\", expires: 2026-05-01}}\n",
		"version: 1\ntiers:\n  - &gold {name: gold, customers: 3, spend: 5 per year, cost_to_serve: 1 per year, churn: 10%}\n  - *gold\nreasons: [{name: price, class: value, share: 40%, fixable: 50%, fix_cost: 3}]\n",
		"version: 1\ncustomer: {spend: 5 per year, years: 3}\ncompany: {customers: 1000, churn: 20%}\nprogramme: {cost: 100, churn_after: -5pp}\nacquisition: {win_cost: 118, keep_cost: 19}\n",
		"version: 1\ncustomer: {spend: {low: 40, likely: 45, high: 60 per week, shape: pert}, years: {low: 1, high: 9, shape: normal, interval: 95%}}\ncorrelations:\n  - {between: [customer.spend, customer.years], rank: 0.4}\nacknowledge: [customer.spend]\ngates: [loss.total <= 3]\n",
		"version: 1\nname: &a x\ncustomer:\n  <<: *a\n  spend:50\n\tyears: [1, 2\n",
		"version: 1\nname: 'Joe's\ngates: - a <= 3\n",
		"version: 1\nname: \"\\x1b\\u202e\"\n!a%07: {b, c: d: e}\n",
		"\xFF\xFEv\x00:\x00 \x001\x00\n\x00",
		"---\n---\n", "? - ? -\n", "[[[[{{{{", "# a\n- # b\n\n  # c\n  # d\n- e\n# f\n", "a: |\n  # b\n c\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := scenarios.Read("fuzz.yaml", data, vocabulary)
		if err != nil {
			checkProblems(t, err)
			return
		}
		if s == nil {
			t.Fatal("Read gives neither a scenario nor a problem")
		}
		ranged, elements := 0, 0
		for _, in := range s.Inputs {
			elements += len(in.List)
			if !in.Range.Exact() {
				ranged++
			}
		}
		// Every further range doubles the corners, and tests nothing new about reading.
		if ranged > 4 || elements > 12 {
			return
		}
		for _, c := range calculators {
			model := c.Model()
			if err := s.Bind(model); err != nil {
				checkProblems(t, err)
				continue
			}
			report, err := s.Report(model)
			if err != nil {
				checkProblems(t, err)
				continue
			}
			checkReport(t, c.Name, report)
		}
	})
}

// checkProblems checks that an error is readable for a user.
func checkProblems(t *testing.T, err error) {
	t.Helper()
	problems, ok := errors.AsType[calc.Problems](err)
	if !ok || len(problems) == 0 {
		t.Fatalf("the error is %T, %q, want calc.Problems", err, err)
	}
	for i, p := range problems {
		if p.Message == "" || !printable(p.Message) || !printable(p.Hint) {
			t.Errorf("the problem says %q and hints %q, want texts that can be printed", p.Message, p.Hint)
		}
		if i > 0 && p.Place.Line < problems[i-1].Place.Line {
			t.Errorf("a problem of line %d comes after one of line %d", p.Place.Line, problems[i-1].Place.Line)
		}
		for _, style := range []format.Style{{}, {Colour: true}} {
			told := format.Problem(p, style)
			if style.Colour {
				told = strings.NewReplacer("\x1b[1;31m", "", "\x1b[0m", "").Replace(told)
			}
			if !strings.HasSuffix(told, "\n") || !printable(strings.ReplaceAll(told, "\n", "")) {
				t.Errorf("format.Problem(%+v) = %q, want lines that can be printed", p, told)
			}
		}
	}
}

func printable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, syntax.Unprintable)
}

// checkReport checks that nothing in a report is infinite.
func checkReport(t *testing.T, calculator string, r *calc.Report) {
	t.Helper()
	finite := func(what string, r quantity.Range) {
		t.Helper()
		if math.IsInf(r.Low, 0) || math.IsInf(r.Likely, 0) || math.IsInf(r.High, 0) {
			t.Errorf("%s: %s is %v, want it finite", calculator, what, r)
		}
	}
	for i := range r.Figures {
		finite(r.Figures[i].Metric, r.Figures[i].Range)
	}
	for _, table := range r.Tables {
		for _, row := range table.Rows {
			for i, cell := range row {
				if cell.Kind == calc.NumberCell {
					finite(table.Name+", "+table.Columns[i].Name, cell.Range)
				}
			}
		}
	}
}
