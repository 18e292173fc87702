package format

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/wording"
)

// schemaVersion is the version of the JSON that every command writes. Fields are only
// ever added to it.
const schemaVersion = 1

// An envelope is the JSON of a result. Its fields are written in this order.
type envelope struct {
	SchemaVersion int              `json:"schema_version" doc:"version of this JSON; fields are only ever added to it"`
	Command       string           `json:"command" doc:"the command that wrote it"`
	Status        gate.Status      `json:"status,omitempty" doc:"of check: every gate holds, one fails, no gate was judged, or something is wrong" enum:"pass,fail,nothing,error"`
	Scenarios     []scenario       `json:"scenarios,omitempty"`
	Changes       []results.Change `json:"changes,omitempty"`
	Hidden        []string         `json:"changed_not_shown,omitempty" doc:"of compare: metrics that change and are not compared, because they are in no headline"`
	Removed       []string         `json:"removed,omitempty" doc:"of compare: scenarios that are only in the folder of baselines, by path"`
	results.Findings
}

// A scenario holds what was computed for it, also in words.
type scenario struct {
	results.Subject
	Vary     map[string]string         `json:"vary,omitempty" doc:"of compare: the value of each key of --vary, as written"`
	Headline string                    `json:"headline,omitempty" doc:"the answer, in one sentence, with the grades of evidence it is based on"`
	Inputs   map[string]results.Input  `json:"inputs,omitempty" doc:"what went in, by key; an element of a list counts from 1"`
	Metrics  map[string]results.Metric `json:"metrics,omitempty" doc:"what came out, by name; what could not be given is left out"`
	Tables   []results.Table           `json:"tables,omitempty"`
	Notes    []jsonNote                `json:"notes,omitempty"`
}

type jsonNote struct {
	Kind calc.NoteKind `json:"kind" doc:"how the figures are to be read, something that is probably wrong, an input that is given and does nothing, one that has expired, or a figure's evidence"`
	Key  string        `json:"key,omitempty"`
	Text string        `json:"text"`
	results.Location
}

// writeJSON writes the envelope.
func writeJSON(to *bytes.Buffer, from *Source, _ Style) {
	r := from.Result
	e := envelope{SchemaVersion: schemaVersion, Command: r.Command, Status: r.Status, Findings: r.Findings}
	if len(r.Errors) > 0 && r.Command == "check" {
		e.Status = "error"
	}
	for _, s := range r.Scenarios() {
		e.Scenarios = append(e.Scenarios, scenario{Subject: *results.SubjectOf(s)})
	}
	for i := range r.Sections {
		s, out := &r.Sections[i], &e.Scenarios[i]
		out.Headline, out.Inputs, out.Metrics, out.Tables = text(from.Document.Headline), s.Inputs(), s.Metrics(), s.Tables()
	}
	if len(e.Scenarios) == 1 {
		for _, n := range from.Document.Notes {
			e.Scenarios[0].add(jsonNote{Kind: n.Kind, Key: n.Key, Text: text(n.Text)})
		}
	}
	for _, s := range r.Subjects {
		e.Scenarios = append(e.Scenarios, scenario{Subject: *s})
	}
	if c := r.Comparison; c != nil {
		for i := range c.Columns {
			e.Scenarios = append(e.Scenarios, scenario{Subject: *c.Columns[i].Subject, Vary: c.VariedBy(&c.Columns[i]), Metrics: c.MetricsOf(&c.Columns[i])})
			e.Changes = append(e.Changes, c.Columns[i].Changes...)
		}
		e.Hidden, e.Removed = c.Hidden, c.Removed
	}
	for i := range e.Scenarios {
		for _, n := range e.Scenarios[i].Subject.Notes {
			n.Of = "" // the location says it
			e.Scenarios[i].add(jsonNote{n.Kind, n.Key, text(wording.Note(n)), n.At})
		}
	}
	encode(to, e)
}

// add adds a note that is not there already.
func (s *scenario) add(n jsonNote) {
	if !slices.Contains(s.Notes, n) {
		s.Notes = append(s.Notes, n)
	}
}

// encode writes indented JSON. Everything it is given can be encoded; if not, that is a
// fault of the program, and nothing is written.
func encode(to *bytes.Buffer, value any) {
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
}
