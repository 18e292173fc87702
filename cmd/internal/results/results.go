// Package results describes what the commands found, as plain structs. Structs that are
// written to JSON unchanged have tags. It may know scenarios and calc, whose values it
// holds. It must not know how a result is computed, laid out or written.
package results

import (
	"path/filepath"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/syntax"
)

// A Result holds what one run of a command found.
type Result struct {
	Command  string
	Status   gate.Status // of check
	Today    string      // the day by which expiry dates were judged
	Sections []Section
	Subjects []*Subject // of check
	Complete bool       // whether check fails what was not judged
	Notes    []Note     // on scenarios as a whole
	InFull   bool       // whether to show everything known about each source

	Comparison *Comparison // of compare
	Findings
}

// Scenarios lists the scenarios that the result describes one by one.
func (r *Result) Scenarios() (all []*scenarios.Scenario) {
	for i := range r.Sections {
		all = append(all, r.Sections[i].Scenario)
	}
	switch {
	case r.Simulation != nil:
		all = append(all, r.Simulation.Scenario)
	case r.Sensitivity != nil:
		all = append(all, r.Sensitivity.Scenario)
	case r.Solution != nil:
		all = append(all, r.Solution.Scenario)
	}
	return all
}

// A Section is what was computed for one scenario.
type Section struct {
	Scenario *scenarios.Scenario
	Answers  []Answer
	Measured []*quantity.Input // what records say, also where no answer needs it
	Unfed    []Unfed
	Notes    []Note // on the scenario as a whole
}

// An Unfed is a calculator that a report leaves out because inputs are missing.
type Unfed struct {
	Calculator string
	Keys       []string // the missing inputs
}

// An Answer is the report of one calculator, and the inputs that it used.
type Answer struct {
	Calculator string
	Report     *calc.Report
	Inputs     []*quantity.Input
	Likely     []Likely // of the drawn figures in the headline
}

// Input finds an input among those that were used, or nil.
func (a *Answer) Input(key string) *quantity.Input {
	for _, in := range a.Inputs {
		if in.Key == key {
			return in
		}
	}
	return nil
}

// A Likely is the distribution of a figure in a headline, rounded like the figure.
type Likely struct {
	Metric string  `json:"-"`
	Given  float64 `json:"-"` // the share of the draws that give it; the other fields are for those draws
	P5     float64 `json:"p5" doc:"5% of 10,000 draws are below it; p5, p50, p95 and mean describe the figures in the headline of a calculator or report that are based on a range, over the draws that give them"`
	P50    float64 `json:"p50" doc:"median of the draws"`
	P95    float64 `json:"p95" doc:"5% of the draws are above it"`
	Mean   float64 `json:"mean" doc:"mean of the draws"`
}

// The places of the 5th, 50th and 95th percentile among whatif.Percents.
const (
	P5  = 0
	P50 = len(whatif.Percents) / 2
	P95 = len(whatif.Percents) - 1
)

// NewLikely summarizes the distribution of a figure, with money rounded to minor
// digits.
func NewLikely(f *calc.Figure, d *whatif.Distribution, minor int) Likely {
	round := func(value float64) float64 { return f.Unit.Round(value, minor) }
	return Likely{f.Metric, d.Given, round(d.Quantiles[P5]), round(d.Quantiles[P50]), round(d.Quantiles[P95]), round(d.Mean)}
}

// LikelyOf finds the distribution of a metric, or nil.
func (a *Answer) LikelyOf(metric string) *Likely {
	for i := range a.Likely {
		if a.Likely[i].Metric == metric {
			return &a.Likely[i]
		}
	}
	return nil
}

// CellRange is the number in a cell of one of the report's tables.
func (a *Answer) CellRange(c calc.Cell) quantity.Range {
	switch c.Kind {
	case calc.MetricCell:
		return a.Report.Figure(c.Metric).Range
	case calc.KeyCell:
		if in := a.Input(c.Key); in != nil {
			return in.Range
		}
	}
	return c.Range
}

// A Subject names a scenario, without its contents.
type Subject struct {
	Label    string           `json:"label" doc:"name of the scenario in tables"`
	Name     string           `json:"name,omitempty" doc:"the scenario's own name"`
	Source   scenarios.Source `json:"source"`
	Path     string           `json:"path,omitempty" doc:"the file, as it was given"`
	Currency string           `json:"currency" doc:"ISO 4217 code of all its amounts" pattern:"^[A-Z]{3}$"`
	Notes    []Note           `json:"-"` // on the scenario as a whole
}

// SubjectOf names a scenario.
func SubjectOf(s *scenarios.Scenario) *Subject {
	subject := &Subject{Label: s.Label, Name: s.Name, Source: s.Source, Currency: s.Currency.Code()}
	if s.Source == scenarios.File {
		subject.Path = filepath.ToSlash(s.Document.Name)
	}
	return subject
}

// ID identifies the scenario among others: its path, or its label where it has
// none.
func (s *Subject) ID() string {
	if s.Path != "" {
		return s.Path
	}
	return s.Label
}

// LabelApart labels scenarios by their paths if their labels are the same, such as files
// of the same name in several folders.
func LabelApart(subjects []*Subject) {
	count := make(map[string]int, len(subjects))
	for _, s := range subjects {
		count[s.Label]++
	}
	for _, s := range subjects {
		if count[s.Label] > 1 {
			s.Label = syntax.Printable(s.ID())
		}
	}
}
