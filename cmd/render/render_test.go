package render

import (
	"bytes"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/scenarios"
)

// lettuce is the founding story, as a user would write it.
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

// compute computes calculators over a scenario, as a document of one section.
// The scenario's file is named label.yaml.
func compute(t *testing.T, label, scenario string, calculators ...calc.Calculator) *Document {
	t.Helper()
	s, err := scenarios.Read(label+".yaml", []byte(scenario), scenarios.NewVocabulary(calculators))
	if err != nil {
		t.Fatalf("Read(%s) = %v", scenario, err)
	}
	s.Label, s.Source = label, scenarios.File
	d := &Document{Command: calculators[0].Name, Sections: []Section{{Scenario: s}}}
	for _, c := range calculators {
		model := c.Model()
		if err := s.Bind(model); err != nil {
			t.Fatalf("Bind(%s to %s) = %v", c.Name, scenario, err)
		}
		report, err := s.Report(model)
		if err != nil {
			t.Fatalf("Report(%s of %s) = %v", c.Name, scenario, err)
		}
		d.Sections[0].Answers = append(d.Sections[0].Answers, Answer{Calculator: c.Name, Report: report, Inputs: model.Inputs()})
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

// regular is the least that a scenario must say of a customer.
const regular = "version: 1\ncustomer: {spend: 50 per week, years: 10}\n"

// telling is a calculator that asks for a customer and tells whatever a test
// wants told.
func telling(tell func(*calc.Report)) calc.Calculator {
	return calc.New("telling", "What does the test tell?", func(_ *customer.Inputs, out *teller) error { *out = tell; return nil })
}

type teller func(*calc.Report)

func (tell teller) Tell(report *calc.Report) { tell(report) }

// twice computes twice a year's spend, so that a test can see what ranges do.
func twice(in *customer.Inputs, out *teller) error {
	*out = func(tell *calc.Report) {
		tell.Answer("Twice the spend is {test.twice}")
		tell.Money("test.twice", "Twice", 2*in.Spend)
	}
	return nil
}

// written is a document in one format, without colour.
func written(t *testing.T, format string, d *Document) string {
	t.Helper()
	var b bytes.Buffer
	formatNamed(t, format).Write(&b, d, Style{})
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

// cells takes the rows of the tables in a markdown document apart, headings
// among them. What is escaped stays so.
func cells(markdown string) [][]string {
	var rows [][]string
	for line := range strings.Lines(markdown) {
		if inner, found := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "| "); found {
			rows = append(rows, strings.Split(strings.TrimSuffix(inner, " |"), " | "))
		}
	}
	return rows
}

// cell finds the cell of a row, named by its first cell without footnote marks,
// under a heading.
func cell(t *testing.T, markdown, row, heading string) string {
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
	t.Fatalf("no cell stands at row %q under %q in\n%s", row, heading, markdown)
	return ""
}

// boxes takes the rows of the tables drawn for a terminal apart.
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
