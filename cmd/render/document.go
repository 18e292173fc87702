// Package render turns what was computed into what is read: a table for a
// terminal, markdown, csv, json or a page of HTML. Each format is written once,
// as a function over the same document.
package render

import (
	"bytes"
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/scenarios"
)

// A Document is what one run of one command has to say.
type Document struct {
	Command  string
	Sections []Section
	Sources  []*calc.Source // of the command sources
	InFull   bool           // whether each source is told with all that is known of it
	Errors   calc.Problems

	Comparison  *Comparison  // of compare
	Simulation  *Simulation  // of simulate
	Sensitivity *Sensitivity // of sensitivity
	Solution    *Solution    // of solve

	Status   gate.Status // of check
	Today    string      // the day by which it was judged
	Subjects []*Subject
	Verdicts []Verdict
	Notes    []calc.Note // on scenarios as a whole
}

// A Section is what was computed for one scenario.
type Section struct {
	Scenario *scenarios.Scenario
	Answers  []Answer
	Unfed    []Unfed
	Notes    []calc.Note // on the scenario as a whole
}

// told lists the scenarios that the document tells of one by one.
func (d *Document) told() (all []*scenarios.Scenario) {
	for i := range d.Sections {
		all = append(all, d.Sections[i].Scenario)
	}
	switch {
	case d.Simulation != nil:
		all = append(all, d.Simulation.Scenario)
	case d.Sensitivity != nil:
		all = append(all, d.Sensitivity.Scenario)
	case d.Solution != nil:
		all = append(all, d.Solution.Scenario)
	}
	return all
}

// An Unfed is a calculator that a report leaves out for want of inputs.
type Unfed struct {
	Calculator string
	Keys       []string // that it lacks
}

// An Answer is what one calculator tells, and the inputs that it used.
type Answer struct {
	Calculator string
	Report     *calc.Report
	Inputs     []*calc.Input
	Likely     []Likely // of the figures in the headline that were drawn
}

// A Format is one way to write a document.
type Format struct {
	Name  string
	Write func(to *bytes.Buffer, d *Document, s Style)
	// Errors tells whether the document is written even when there is nothing in
	// it but errors.
	Errors bool
	Only   string // the one command that has the format, where not all do
}

// Formats lists the formats; the first is the default.
func Formats() []Format {
	return []Format{
		{Name: "table", Write: table},
		{Name: "json", Write: writeJSON, Errors: true},
		{Name: "csv", Write: writeCSV},
		{Name: "markdown", Write: markdown},
		{Name: "html", Write: html},
		{Name: "junit", Write: junit, Errors: true, Only: "check"},
		{Name: "github", Write: github, Errors: true, Only: "check"},
	}
}

// FormatNames lists the formats of a command.
func FormatNames(command string) []string {
	var names []string
	for _, f := range Formats() {
		if f.Only == "" || f.Only == command {
			names = append(names, f.Name)
		}
	}
	return names
}

// Named finds a format of a command by its name.
func Named(command, name string) (Format, bool) {
	if !slices.Contains(FormatNames(command), name) {
		return Format{}, false
	}
	formats := Formats()
	return formats[slices.IndexFunc(formats, func(f Format) bool { return f.Name == name })], true
}

// A Style says whether a text may bear colour.
type Style struct{ Colour bool }

// Bold, Red and Dim mark a text for a terminal, if the style has colour.
func (s Style) Bold(text string) string { return s.mark("1", text) }

// Red marks a text as an error.
func (s Style) Red(text string) string { return s.mark("1;31", text) }

// Dim marks a text as less important.
func (s Style) Dim(text string) string { return s.mark("2", text) }

func (s Style) mark(code, text string) string {
	if !s.Colour || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}
