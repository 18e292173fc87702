package format

import (
	"bytes"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/scenarios"
)

// lettuce is the story of half a lettuce, as a user would write it.
const lettuce = `version: 1
name: Half a lettuce
customer:
  spend: 50 per week
  years: 10
word_of_mouth:
  tells: [11, 5]
  leave: 25%
  rule: book
`

// compute runs calculators on a scenario and returns a document with one section. The
// scenario's file is named label.yaml.
func compute(t *testing.T, label, scenario string, calculators ...calc.Calculator) *results.Result {
	t.Helper()
	s, err := scenarios.Read(label+".yaml", []byte(scenario), scenarios.NewVocabulary(calculators))
	if err != nil {
		t.Fatalf("Read(%s) = %v", scenario, err)
	}
	s.Label, s.Source = label, scenarios.File
	d := &results.Result{Command: calculators[0].Name, Sections: []results.Section{{Scenario: s}}}
	for _, c := range calculators {
		model := c.Model()
		if err := s.Bind(model); err != nil {
			t.Fatalf("Bind(%s to %s) = %v", c.Name, scenario, err)
		}
		report, err := s.Report(model)
		if err != nil {
			t.Fatalf("Report(%s of %s) = %v", c.Name, scenario, err)
		}
		d.Sections[0].Answers = append(d.Sections[0].Answers, results.Answer{Calculator: c.Name, Report: report, Inputs: model.Inputs()})
	}
	return d
}

// calculator finds one in the catalog.
func calculator(t *testing.T, name string) calc.Calculator {
	t.Helper()
	for _, c := range catalog.All() {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("no calculator is called %s", name)
	return calc.Calculator{}
}

// regular is the smallest scenario with a customer.
const regular = "version: 1\ncustomer: {spend: 50 per week, years: 10}\n"

// telling is a calculator that asks for a customer and reports what a test wants.
func telling(tell func(*calc.Report)) calc.Calculator {
	return calc.New("telling", "What does the test tell?", func(_ *customer.Inputs, out *teller) error { *out = tell; return nil })
}

type teller func(*calc.Report)

func (tell teller) Tell(report *calc.Report) { tell(report) }

// twice computes twice a year's spend, to test ranges.
func twice(in *customer.Inputs, out *teller) error {
	*out = func(tell *calc.Report) {
		tell.Answer("Twice the spend is {test.twice}")
		tell.Money("test.twice", "Twice", 2*in.Spend)
	}
	return nil
}

// written returns a document in one format, without colour.
func written(t *testing.T, format string, d *results.Result) string {
	t.Helper()
	var b bytes.Buffer
	formatNamed(t, format).Write(&b, Of(d), Style{})
	return b.String()
}

func formatNamed(t *testing.T, name string) Format {
	t.Helper()
	for _, f := range Formats() {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("no format is called %s", name)
	return Format{}
}

// answered returns the headline of an answer for a scenario in a currency, without the
// scenario's label.
func answered(t *testing.T, currency string, answer results.Answer) string {
	t.Helper()
	s, err := scenarios.Read("mine.yaml", []byte("version: 1\ncurrency: "+currency+"\n"), scenarios.NewVocabulary(catalog.All()))
	if err != nil {
		t.Fatal(err)
	}
	s.Label = "mine"
	return headlineIn(written(t, "markdown", &results.Result{Command: "test", Sections: []results.Section{{Scenario: s, Answers: []results.Answer{answer}}}}))
}

// headlineIn returns the headline in Markdown for the scenario mine, without its label.
func headlineIn(markdown string) string {
	line, _, _ := strings.Cut(markdown, "\n")
	return strings.TrimSuffix(strings.TrimPrefix(line, "**mine: "), "**")
}

// cells splits the rows of the tables in a Markdown document into cells, headings
// included. Escapes are kept.
func cells(markdown string) [][]string {
	var rows [][]string
	for line := range strings.Lines(markdown) {
		if inner, found := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "| "); found {
			rows = append(rows, strings.Split(strings.TrimSuffix(inner, " |"), " | "))
		}
	}
	return rows
}

// cellAt finds the cell of a row, named by its first cell without footnote marks,
// under a heading.
func cellAt(t *testing.T, markdown, row, heading string) string {
	t.Helper()
	rows := cells(markdown)
	for column, name := range rows[0] {
		if name != heading {
			continue
		}
		for _, r := range rows[2:] {
			if strings.TrimRight(r[0], " ⁰¹²³⁴⁵⁶⁷⁸⁹") == row {
				return r[column]
			}
		}
	}
	t.Fatalf("there is no cell in row %q under %q in\n%s", row, heading, markdown)
	return ""
}

// boxes splits the rows of the tables drawn for a terminal into cells.
func boxes(table string) [][]string {
	var rows [][]string
	for line := range strings.Lines(table) {
		inner, found := strings.CutPrefix(strings.TrimSuffix(line, "│\n"), "│")
		if !found {
			continue
		}
		row := strings.Split(inner, "│")
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		rows = append(rows, row)
	}
	return rows
}
