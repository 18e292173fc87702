// Package format writes documents as terminal text, Markdown, HTML and CSV, and results
// for programs. It writes each format once, for every kind of result. It knows how
// numbers, sentences, lists and places are written. It knows no calculator, no metric and
// no kind of result by name. It does not decide what is shown, and computes nothing.
package format

import (
	"bytes"
	"slices"

	"github.com/churncost/churncost/cmd/internal/document"
	"github.com/churncost/churncost/cmd/internal/results"
)

// A Format is one way to write a result.
type Format struct {
	Name   string
	Write  func(to *bytes.Buffer, from *Source, s Style)
	Errors bool   // whether errors are written in the format too
	Only   string // the only command that has the format; empty if all have it
}

// A Source is a result to write, and the document that describes it.
type Source struct {
	*results.Result
	Document *document.Document
}

// Of describes a result, to be written.
func Of(r *results.Result) *Source { return &Source{r, document.Of(r)} }

// Formats lists the formats; the first is the default.
func Formats() []Format {
	return []Format{
		{Name: "table", Write: terminal},
		{Name: "json", Write: writeJSON, Errors: true},
		{Name: "csv", Write: csvTable},
		{Name: "markdown", Write: markdown},
		{Name: "html", Write: html},
		{Name: "junit", Write: junit, Errors: true, Only: "check"},
		{Name: "github", Write: github, Errors: true, Only: "check"},
		{Name: "scenario", Write: scenarioText, Only: "fit"},
	}
}

// Names lists the formats of a command.
func Names(command string) []string {
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
	formats := Formats()
	i := slices.IndexFunc(formats, func(f Format) bool { return f.Name == name && (f.Only == "" || f.Only == command) })
	if i < 0 {
		return Format{}, false
	}
	return formats[i], true
}

// Headline writes the answer in one sentence.
func (s *Source) Headline() string { return line(s.Document.Headline) }

// A Style says whether text is coloured.
type Style struct{ Colour bool }

// Bold marks a text for a terminal, if the style has colour.
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
