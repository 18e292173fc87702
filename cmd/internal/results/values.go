package results

import (
	"encoding/json"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// A Round6 is a number that is written to JSON with six decimals. A number that is not
// finite is missing: with omitzero it is left out, otherwise it is null.
type Round6 float64

// Missing is no number.
func Missing() Round6 { return Round6(math.NaN()) }

// Rounded returns the number with six decimals. Amounts have six decimals too: results of
// draws and searches are estimates, not amounts that anybody pays.
func (n Round6) Rounded() float64 { return quantity.Ratio.Round(float64(n), 0) }

// IsZero reports whether the number is missing.
func (n Round6) IsZero() bool { return math.IsNaN(float64(n)) || math.IsInf(float64(n), 0) }

// MarshalJSON gives the number, or null.
func (n Round6) MarshalJSON() ([]byte, error) {
	if n.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(n.Rounded())
}

// An Estimate is a number and its standard error.
type Estimate struct {
	Value Round6 `json:"value"`
	Error Round6 `json:"error"`
}

// Texts are several texts, written as one.
type Texts []string

// MarshalText joins the texts.
func (t Texts) MarshalText() ([]byte, error) { return []byte(strings.Join(t, " and ")), nil }

// A Location is a place in a file.
type Location struct {
	File   string `json:"file,omitempty" doc:"the file, or the flag, it is about"`
	Line   int    `json:"line,omitempty" doc:"counted from 1"`
	Column int    `json:"column,omitempty" doc:"counted from 1, in characters"`
}

// LocationOf makes a Location of a place.
func LocationOf(p quantity.Place) Location {
	if p.Document == nil {
		return Location{}
	}
	return Location{filepath.ToSlash(p.Document.Name), p.Line, p.Column}
}

// An Input is an input of a figure.
type Input struct {
	Value  Round6          `json:"value,omitzero" doc:"likely value in base units: a share of 18% is 0.18, a time is in years; left out for a word, a time without end and a list that follows another"`
	Low    Round6          `json:"low,omitzero"`
	High   Round6          `json:"high,omitzero"`
	Unit   quantity.Unit   `json:"unit,omitempty"`
	Text   string          `json:"text,omitempty" doc:"as written"`
	Origin quantity.Origin `json:"origin"`
	Class  quantity.Class  `json:"class" doc:"how reliable it is: the grade of the built-in figure that it is, or whether it has a source, has none, or is a default"`
	Location
	Evidence string         `json:"evidence,omitempty" doc:"key of the built-in figure it is based on"`
	Grade    quantity.Grade `json:"grade,omitempty"`
	Source   string         `json:"source,omitempty" doc:"the source that the scenario names"`
	Owner    string         `json:"owner,omitempty"`
	Date     string         `json:"date,omitempty"`
	Expires  string         `json:"expires,omitempty"`
}

// newInput describes an input.
func newInput(in *quantity.Input) Input {
	out := Input{Value: Missing(), Low: Missing(), High: Missing(), Unit: in.Unit, Text: in.Text, Origin: in.Origin, Class: in.Class(), Location: LocationOf(in.Place),
		Source: in.Citation.Source, Owner: in.Citation.Owner, Date: in.Citation.Date, Expires: in.Citation.Expires}
	switch {
	case in.Word != "":
		out.Unit = ""
	case len(in.List) == 0: // else it follows another list, and its elements are listed there
		out.Value, out.Low, out.High = Round6(in.Range.Likely), Round6(in.Range.Low), Round6(in.Range.High)
	}
	if in.Evidence != nil {
		out.Evidence, out.Grade = in.Evidence.Key, in.Evidence.Grade
	}
	return out
}

// A Metric is a figure. Only a drawn figure has the quantiles.
type Metric struct {
	Value Round6 `json:"value" doc:"at the likely values of all inputs, rounded as it is judged and printed"`
	Low   Round6 `json:"low,omitzero" doc:"lowest value over all ranges; left out where it is not finite throughout"`
	High  Round6 `json:"high,omitzero" doc:"highest value over all ranges; left out where it is not finite throughout"`
	*Likely
	Unit quantity.Unit `json:"unit"`
}

func newMetric(unit quantity.Unit, r quantity.Range, drawn *Likely) Metric {
	return Metric{Round6(r.Likely), Round6(r.Low), Round6(r.High), drawn, unit}
}

// A Table is a calculator's own table.
type Table struct {
	Name    string        `json:"name"`
	Columns []TableColumn `json:"columns"`
	Rows    [][]any       `json:"rows" doc:"a cell for each column; null is empty"`
}

// A TableColumn has a heading, and the unit of its numbers.
type TableColumn struct {
	Name string        `json:"name"`
	Unit quantity.Unit `json:"unit,omitempty"`
}

func (a *Answer) table(t *calc.Table) Table {
	out := Table{Name: t.Name}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, TableColumn(c))
	}
	for _, row := range t.Rows {
		cells := make([]any, len(row))
		for i, c := range row {
			if c.Kind == calc.WordCell {
				cells[i] = c.Words
			} else {
				cells[i] = Round6(a.CellRange(c).Likely)
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// Inputs are the inputs of all answers, and what was measured beside them, by key.
func (s *Section) Inputs() map[string]Input {
	inputs := map[string]Input{}
	for _, in := range s.All() {
		inputs[in.Key] = newInput(in)
	}
	return inputs
}

// All lists the inputs of all answers, and what was measured beside them, each once.
func (s *Section) All() (all []*quantity.Input) {
	listed := func(key string) bool {
		return slices.ContainsFunc(all, func(other *quantity.Input) bool { return other.Key == key || strings.HasPrefix(other.Key, key+".") })
	}
	for _, a := range s.Answers {
		for _, in := range a.Inputs {
			if !slices.ContainsFunc(all, func(other *quantity.Input) bool { return other.Key == in.Key }) {
				all = append(all, in)
			}
		}
	}
	for _, in := range s.Measured {
		if !listed(in.Key) {
			all = append(all, in)
		}
	}
	return all
}

// MeasuredKeys lists the keys of what was measured.
func (s *Section) MeasuredKeys() (keys []string) {
	for _, in := range s.Measured {
		keys = append(keys, in.Key)
	}
	return keys
}

// Metrics are the figures of all answers, by metric.
func (s *Section) Metrics() map[string]Metric {
	metrics := map[string]Metric{}
	for i := range s.Answers {
		a := &s.Answers[i]
		for _, f := range a.Report.Figures {
			if !f.Absent() {
				metrics[f.Metric] = newMetric(f.Unit, f.Range, a.LikelyOf(f.Metric))
			}
		}
	}
	return metrics
}

// Tables are the tables of all answers.
func (s *Section) Tables() (tables []Table) {
	for i := range s.Answers {
		for _, t := range s.Answers[i].Report.Tables {
			tables = append(tables, s.Answers[i].table(t))
		}
	}
	return tables
}
