package document

import (
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/wording"
)

// report describes the answers of calculators for a scenario: one after another, then the
// inputs and notes that they share.
func report(d *Document, result *results.Result) {
	for i := range result.Sections {
		s := &result.Sections[i]
		d.of(s.Scenario)
		r := reporter{Document: d, section: s}
		r.report(cell.NumberFormat{Currency: s.Scenario.Currency})
	}
}

// A reporter describes what was computed for one scenario.
type reporter struct {
	*Document
	section   *results.Section
	footnotes []Note
}

func (r *reporter) report(n cell.NumberFormat) {
	var notes, missing []Note
	for i := range r.section.Answers {
		a := &wording.Answer{NumberFormat: n, Answer: &r.section.Answers[i]}
		r.answer(a)
		for _, in := range a.Inputs {
			if in.Evidence != nil {
				r.Notes = append(r.Notes, Note{Kind: calc.Graded, Key: in.Key, Text: evidence(in.Evidence)})
			}
		}
		for _, note := range a.Report.Notes {
			if !r.usedElsewhere(note) {
				said := Note{Kind: note.Kind, Key: note.Key, Text: a.Sentence(note.Text, note.Terms...)}
				notes, r.Notes = addOnce(notes, said), append(r.Notes, said)
			}
		}
	}
	if len(r.section.Answers) == 0 {
		r.Headline = cell.Say("the records measure {1}", cell.Listed(r.section.MeasuredKeys()))
		r.headline(cell.Say("{1}: {2}", cell.Words(r.Label), r.Headline))
	}
	for _, u := range r.section.Unfed {
		missing = append(missing, Note{Kind: calc.Without, Text: cell.Say("{1} needs {2}", cell.Words(u.Calculator), cell.Listed(u.Keys))})
	}
	for _, note := range wholeNotes(r.section.Notes) {
		notes = addOnce(notes, note)
	}
	r.Notes = slices.Concat(r.Notes, missing, wholeNotes(r.section.Notes))
	r.notes(missing)
	r.tableInFull(assumptions(n, r.section.All()))
	r.notes(append(r.footnotes, notes...))
}

// tableInFull adds a table that the short view leaves out.
func (d *Document) tableInFull(t *Table) {
	d.Blocks = append(d.Blocks, Block{Table: t, View: InFull})
}

// answer describes one answer: headline, charts and tables. In full, a figure that is in
// one of the calculator's own tables is left out of the main one.
func (r *reporter) answer(a *wording.Answer) {
	headline := a.Headline()
	if r.Headline == nil {
		r.Headline = headline
	}
	if a.Answer == &r.section.Answers[0] {
		headline = cell.Say("{1}: {2}", cell.Words(r.Label), headline)
	}
	r.headline(headline)
	if c := waterfall(a); c != nil {
		r.chart(c)
	}
	tables := func(withFigures bool) {
		for _, t := range a.Report.Tables {
			if slices.ContainsFunc(t.Rows, hasMetric) == withFigures {
				if c := drawn(a, t); c != nil {
					r.chart(c)
				}
				r.tableInFull(r.own(a, t))
			}
		}
	}
	tabled := func(f calc.Figure) bool { // whether it is in one of the calculator's own tables
		return slices.ContainsFunc(a.Report.Tables, func(t *calc.Table) bool {
			return slices.ContainsFunc(slices.Concat(t.Rows...), func(c calc.Cell) bool { return c.Metric == f.Metric })
		})
	}
	tables(true)
	if slices.ContainsFunc(a.Report.Figures, tabled) {
		r.tableInFull(r.figures(a, func(f *calc.Figure) bool { return !tabled(*f) }))
		r.Blocks = append(r.Blocks, Block{Table: r.figures(a, func(*calc.Figure) bool { return true }), View: InShort})
	} else {
		r.table(r.figures(a, func(*calc.Figure) bool { return true }))
	}
	r.notes(append(apart(a), r.absent(a)...))
	tables(false)
}

func hasMetric(row []calc.Cell) bool {
	return slices.ContainsFunc(row, func(c calc.Cell) bool { return c.Kind == calc.MetricCell })
}

// usedElsewhere reports whether an answer uses the input that a note says is not used.
func (r *reporter) usedElsewhere(n calc.Note) bool {
	return n.Kind == calc.NotUsed && slices.ContainsFunc(r.section.All(), func(in *quantity.Input) bool { return in.Whole() == n.Key })
}

// absent names the absent figures, with the reason or the inputs they need. Figures with
// the same reason share a line.
func (r *reporter) absent(a *wording.Answer) []Note {
	type group struct {
		keys  []string
		why   string
		names []cell.Cell
	}
	var groups []group
	for i := range a.Report.Figures {
		f := &a.Report.Figures[i]
		if !f.Absent() {
			continue
		}
		missing := group{}
		for _, key := range f.Keys {
			if r.section.Scenario.Inputs[key] == nil {
				missing.keys = append(missing.keys, key)
			}
		}
		if missing.keys == nil {
			missing.why = f.AbsenceReason
		}
		at := slices.IndexFunc(groups, func(g group) bool { return g.why == missing.why && slices.Equal(g.keys, missing.keys) })
		if at < 0 {
			at, groups = len(groups), append(groups, missing)
		}
		groups[at].names = append(groups[at].names, cell.Say("{1} ({2})", cell.Say(f.Label), cell.Words(f.Metric)))
	}
	var notes []Note
	for _, g := range groups {
		text := cell.Say("{1}: {2}", cell.List{Items: g.names, Join: cell.Commas}, a.Sentence(g.why))
		switch {
		case len(g.keys) > 0 && len(g.names) == 1:
			text = cell.Say("{1} needs {2}", g.names[0], cell.Listed(g.keys))
		case len(g.keys) > 0:
			text = cell.Say("{1} need {2}", cell.List{Items: g.names, Join: cell.Commas}, cell.Listed(g.keys))
		}
		notes = append(notes, Note{Kind: calc.Without, Text: text})
	}
	return notes
}

// own makes a table of one of the calculator's own.
func (r *reporter) own(a *wording.Answer, table *calc.Table) *Table {
	t := &Table{Columns: make([]Column, len(table.Columns)), Rows: make([][]cell.Cell, len(table.Rows))}
	if table.Name != table.Columns[0].Name {
		t.Title = cell.Say(table.Name)
	}
	for i, c := range table.Columns {
		t.Columns[i] = Column{Name: cell.Say(c.Name), Numbers: c.Unit != quantity.Word}
		var numbers, given []float64
		for _, row := range table.Rows {
			value := a.CellRange(row[i])
			switch {
			case !value.Exact():
			case row[i].Kind == calc.KeyCell:
				given = append(given, value.Likely)
			default:
				numbers = append(numbers, value.Likely)
			}
		}
		digits := max(a.Digits(c.Unit, numbers...), a.Written(c.Unit, given...))
		for j, row := range table.Rows {
			t.Rows[j] = append(t.Rows[j], r.cell(a, row[i], c.Unit, digits))
		}
	}
	if table.Drawing.Low != "" {
		barred(a, table, t)
	}
	return t
}

func (r *reporter) cell(a *wording.Answer, c calc.Cell, unit quantity.Unit, digits int) cell.Cell {
	if c.Kind == calc.WordCell {
		return cell.Words(c.Words)
	}
	var number cell.Cell
	switch value := a.CellRange(c); {
	case value.Exact():
		number = a.Number(unit, value.Likely, digits)
	case c.Kind == calc.KeyCell:
		number = a.Given(unit, value)
	default:
		number = a.Span(unit, value)
	}
	if c.Kind == calc.MetricCell {
		return r.marked(number, a.Report.Figure(c.Metric))
	}
	return number
}
