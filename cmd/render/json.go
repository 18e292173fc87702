package render

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/scenarios"
)

// SchemaVersion is the version of the JSON that every command writes. Fields
// are only ever added to it.
const SchemaVersion = 1

// The envelope. Its fields stand in the order in which they are written.
type (
	envelope struct {
		SchemaVersion int            `json:"schema_version"`
		Command       string         `json:"command"`
		Status        gate.Status    `json:"status,omitempty"`
		Scenarios     []jsonScenario `json:"scenarios,omitempty"`
		Changes       []jsonChange   `json:"changes,omitempty"`
		Gates         []jsonGate     `json:"gates,omitempty"`
		Errors        []jsonError    `json:"errors,omitempty"`

		Simulation  *jsonSimulation  `json:"simulation,omitempty"`
		Sensitivity *jsonSensitivity `json:"sensitivity,omitempty"`
		Solutions   *jsonSolutions   `json:"solutions,omitempty"`
		Sources     []jsonSource     `json:"sources,omitempty"`
	}
	jsonScenario struct {
		Label    string                `json:"label"`
		Name     string                `json:"name,omitempty"`
		Source   scenarios.Source      `json:"source"`
		Path     string                `json:"path,omitempty"`
		Currency string                `json:"currency"`
		Headline string                `json:"headline,omitempty"`
		Inputs   map[string]jsonInput  `json:"inputs,omitempty"`
		Metrics  map[string]jsonMetric `json:"metrics,omitempty"`
		Tables   []jsonTable           `json:"tables,omitempty"`
		Notes    []jsonNote            `json:"notes,omitempty"`
	}
	jsonInput struct {
		Value    *float64    `json:"value,omitempty"`
		Low      *float64    `json:"low,omitempty"`
		High     *float64    `json:"high,omitempty"`
		Unit     calc.Unit   `json:"unit,omitempty"`
		Text     string      `json:"text,omitempty"`
		Origin   calc.Origin `json:"origin"`
		Class    calc.Class  `json:"class"`
		File     string      `json:"file,omitempty"`
		Line     int         `json:"line,omitempty"`
		Column   int         `json:"column,omitempty"`
		Evidence string      `json:"evidence,omitempty"`
		Grade    calc.Grade  `json:"grade,omitempty"`
		Source   string      `json:"source,omitempty"`
		Owner    string      `json:"owner,omitempty"`
		Date     string      `json:"date,omitempty"`
		Expires  string      `json:"expires,omitempty"`
	}
	jsonMetric struct {
		Value *float64  `json:"value"`
		Low   *float64  `json:"low,omitempty"`
		High  *float64  `json:"high,omitempty"`
		P5    *float64  `json:"p5,omitempty"`
		P50   *float64  `json:"p50,omitempty"`
		P95   *float64  `json:"p95,omitempty"`
		Mean  *float64  `json:"mean,omitempty"`
		Unit  calc.Unit `json:"unit"`
	}
	jsonTable struct {
		Name    string       `json:"name"`
		Columns []jsonColumn `json:"columns"`
		Rows    [][]any      `json:"rows"`
	}
	jsonColumn struct {
		Name string    `json:"name"`
		Unit calc.Unit `json:"unit,omitempty"`
	}
	jsonNote struct {
		Kind string `json:"kind"`
		Key  string `json:"key,omitempty"`
		Text string `json:"text"`
	}
	jsonChange struct {
		Scenario      string    `json:"scenario"`
		Metric        string    `json:"metric"`
		Base          float64   `json:"base"`
		Value         float64   `json:"value"`
		Change        float64   `json:"change"`
		ChangePercent *float64  `json:"change_percent,omitempty"`
		Why           []jsonWhy `json:"why,omitempty"`
	}
	jsonWhy struct {
		Key    string  `json:"key"`
		From   string  `json:"from"`
		To     string  `json:"to"`
		Change float64 `json:"change"`
	}
	jsonGate struct {
		Gate     string      `json:"gate"`
		Scenario string      `json:"scenario"`
		Metric   string      `json:"metric"`
		Op       string      `json:"op"`
		Limit    float64     `json:"limit"`
		Value    *float64    `json:"value,omitempty"`
		Low      *float64    `json:"low,omitempty"`
		High     *float64    `json:"high,omitempty"`
		Base     *float64    `json:"base,omitempty"`
		Status   gate.Status `json:"status"`
		Over     *float64    `json:"over,omitempty"`
		File     string      `json:"file,omitempty"`
		Line     int         `json:"line,omitempty"`
		Column   int         `json:"column,omitempty"`
	}
	jsonSource struct {
		Key        string     `json:"key"`
		Text       string     `json:"text"`
		Value      *float64   `json:"value,omitempty"`
		Low        *float64   `json:"low,omitempty"`
		High       *float64   `json:"high,omitempty"`
		Unit       calc.Unit  `json:"unit"`
		Grade      calc.Grade `json:"grade"`
		Measures   string     `json:"measures"`
		Population string     `json:"population"`
		Author     string     `json:"author"`
		Title      string     `json:"title"`
		Year       int        `json:"year,omitempty"`
		Met        string     `json:"met"`
		Caveat     string     `json:"caveat"`
		Against    string     `json:"against,omitempty"`
	}
	jsonError struct {
		File    string `json:"file,omitempty"`
		Line    int    `json:"line,omitempty"`
		Column  int    `json:"column,omitempty"`
		Message string `json:"message"`
		Hint    string `json:"hint,omitempty"`
	}
)

// writeJSON writes the envelope.
func writeJSON(to *bytes.Buffer, d *Document, _ Style) {
	e := envelope{SchemaVersion: SchemaVersion, Command: d.Command, Status: d.Status}
	for i := range d.Sections {
		e.Scenarios = append(e.Scenarios, jsonSection(&d.Sections[i]))
	}
	for _, s := range d.told()[len(d.Sections):] {
		out := toJSONSubject(SubjectOf(s))
		for _, note := range d.Notes {
			out.addNote(note, note.Text)
		}
		e.Scenarios = append(e.Scenarios, out)
	}
	for _, p := range d.Errors {
		e.Errors = append(e.Errors, jsonError{documentName(p.Place), p.Place.Line, p.Place.Column, p.Message, p.Hint})
	}
	if len(d.Errors) > 0 && d.Command == "check" {
		e.Status = "error"
	}
	for _, s := range d.Subjects {
		e.Scenarios = append(e.Scenarios, toJSONSubject(s))
	}
	if d.Comparison != nil {
		e.Scenarios, e.Changes = d.Comparison.toJSON()
	}
	switch {
	case d.Simulation != nil:
		e.Simulation = d.Simulation.toJSON()
	case d.Sensitivity != nil:
		e.Sensitivity = d.Sensitivity.toJSON()
	case d.Solution != nil:
		e.Solutions = d.Solution.toJSON()
	}
	for i := range d.Verdicts {
		e.Gates = append(e.Gates, jsonVerdict(&d.Verdicts[i]))
	}
	for _, source := range d.Sources {
		e.Sources = append(e.Sources, toJSONSource(source))
	}
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	// The envelope holds texts and finite numbers only, which always encode: anything
	// else is a fault, and no reason to write half a document.
	if err := encoder.Encode(e); err != nil {
		panic(err)
	}
}

// toJSONSource gives a figure of several elements as its text alone.
func toJSONSource(s *calc.Source) jsonSource {
	out := jsonSource{Key: s.Key, Text: s.Text, Unit: s.Unit, Grade: s.Grade, Measures: s.Measures, Population: s.Population,
		Author: s.Author, Title: s.Title, Year: s.Year, Met: s.Met, Caveat: s.Caveat, Against: s.Against}
	if len(s.Values) == 1 {
		r := s.Values[0].Map(func(x float64) float64 { return s.Unit.Round(x, 6) })
		out.Value, out.Low, out.High = finite(r.Likely), finite(r.Low), finite(r.High)
	}
	return out
}

func documentName(p calc.Place) string {
	if p.Document == nil {
		return ""
	}
	return p.Document.Name
}

func jsonSection(s *Section) jsonScenario {
	out := toJSONSubject(SubjectOf(s.Scenario))
	out.Inputs, out.Metrics = map[string]jsonInput{}, map[string]jsonMetric{}
	l := newLayout(s)
	for i := range s.Answers {
		l.of(&s.Answers[i])
		if out.Headline == "" {
			out.Headline = l.answered()
		}
		for _, in := range l.answer.Inputs {
			out.Inputs[in.Key] = toJSONInput(in)
			if in.Evidence != nil {
				out.addNote(calc.Note{Kind: calc.Graded, Key: in.Key}, l.evidence(in.Evidence))
			}
		}
		for _, f := range l.answer.Report.Figures {
			if !f.Absent() {
				out.Metrics[f.Metric] = toJSONMetric(f.Unit, f.Range, l.answer.likely(f.Metric))
			}
		}
		for _, t := range l.answer.Report.Tables {
			out.Tables = append(out.Tables, l.jsonTable(t))
		}
		for _, n := range l.answer.Report.Notes {
			if !l.usedElsewhere(n) {
				out.addNote(n, l.note(n))
			}
		}
	}
	for i := range s.Unfed {
		out.addNote(calc.Note{Kind: calc.Without}, s.Unfed[i].needs())
	}
	for _, n := range s.Notes {
		out.addNote(n, n.Text)
	}
	return out
}

func toJSONSubject(s *Subject) jsonScenario {
	out := jsonScenario{Label: s.Label, Name: s.Name, Source: s.Source, Path: s.Path, Currency: s.Currency}
	for _, note := range s.Notes {
		out.addNote(note, note.Text)
	}
	return out
}

// addNote adds a note that is not there already.
func (s *jsonScenario) addNote(n calc.Note, text string) {
	note := jsonNote{string(n.Kind), n.Key, text}
	if slices.Contains(s.Notes, note) {
		return
	}
	s.Notes = append(s.Notes, note)
}

func toJSONInput(in *calc.Input) jsonInput {
	out := jsonInput{Unit: in.Unit, Text: in.Text, Origin: in.Origin, Class: in.Class(),
		Source: in.Citation.Source, Owner: in.Citation.Owner, Date: in.Citation.Date, Expires: in.Citation.Expires}
	switch {
	case in.Word != "":
		out.Unit = ""
	case len(in.List) == 0: // else it follows another list, whose elements say more
		out.Value, out.Low, out.High = finite(in.Unit.Round(in.Range.Likely, 6)), finite(in.Unit.Round(in.Range.Low, 6)), finite(in.Unit.Round(in.Range.High, 6))
	}
	if in.Place.Document != nil {
		out.File, out.Line, out.Column = in.Place.Document.Name, in.Place.Line, in.Place.Column
	}
	if in.Evidence != nil {
		out.Evidence, out.Grade = in.Evidence.Key, in.Evidence.Grade
	}
	return out
}

// toJSONMetric gives a figure, with what draws say of it where it was drawn.
func toJSONMetric(unit calc.Unit, r calc.Range, l *Likely) jsonMetric {
	out := jsonMetric{Value: finite(r.Likely), Low: finite(r.Low), High: finite(r.High), Unit: unit}
	if l != nil {
		out.P5, out.P50, out.P95, out.Mean = finite(l.P5), finite(l.P50), finite(l.P95), finite(l.Mean)
	}
	return out
}

func (l *layout) jsonTable(t *calc.Table) jsonTable {
	out := jsonTable{Name: t.Name}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, jsonColumn(c))
	}
	for _, row := range t.Rows {
		cells := make([]any, len(row))
		for i, c := range row {
			switch r := l.cellRange(c); {
			case c.Kind == calc.WordCell:
				cells[i] = c.Words
			case finite(r.Likely) == nil:
				cells[i] = nil
			default:
				cells[i] = r.Likely
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// finite is a number that JSON has, or nil.
func finite(value float64) *float64 {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return nil
	}
	return &value
}
