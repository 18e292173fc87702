// Package document describes results for people. Each kind of result becomes a headline,
// tables, charts and notes, and one tidy table of data for programs. Their cells have
// types and are not yet text. The package decides what is shown, in which order and with
// how many digits. The formats decide how a number or a sentence is written. It knows the
// results of the commands and the inputs they are computed from. It knows no format, no
// flag and no file, and computes no figure.
package document

import (
	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/wording"
	"github.com/churncost/churncost/scenarios"
)

// A Document holds everything that one run of a command shows.
type Document struct {
	Command  string
	Label    string    // of the scenario, if the document is about one
	Name     string    // the scenario's own name
	Comment  bool      // whether it is posted on a change, and updated in place
	Headline cell.Cell // the answer in one sentence, without the label; may be nil
	Blocks   []Block
	Notes    []Note // all notes, for programs
	Data     func() Data
}

// kinds has a function for each kind of result, in a file of its own. It adds the blocks
// of a result of its kind, and nothing for any other.
func kinds() []func(*Document, *results.Result) {
	return []func(*Document, *results.Result){report, comparison, check, simulation, sensitivity, solution, sources}
}

// Of describes a result.
func Of(result *results.Result) *Document {
	d := &Document{Command: result.Command, Data: figures(result), Notes: wholeNotes(result.Notes)}
	for _, describe := range kinds() {
		describe(d, result)
	}
	return d
}

// of sets the scenario that the document is about.
func (d *Document) of(s *scenarios.Scenario) {
	d.Label, d.Name = s.Label, s.Name
}

// A Block is one thing in a document: a headline, a table, a chart or notes.
type Block struct {
	Headline cell.Cell
	Table    *Table
	Chart    *Chart
	Notes    []Note
	View     View
}

// View says where a block is shown.
type View int

// The views. The short one is for a review comment or a small screen.
const (
	Always View = iota
	InShort
	InFull
)

// A Table has rows that all have the same columns.
type Table struct {
	Title   cell.Cell // nil if the first column says what the table is about
	Columns []Column
	Rows    [][]cell.Cell
	List    bool // a list of names and texts, without headings
	Breaks  bool // whether columns that do not fit continue in another table below, with the first column repeated
}

// A Column has a heading. Columns of numbers are aligned right.
type Column struct {
	Name    cell.Cell
	Numbers bool
	Bars    bool // drawn in characters
}

// add adds a row.
func (t *Table) add(row ...cell.Cell) { t.Rows = append(t.Rows, row) }

// left and right make columns of words and of numbers.
func left(name cell.Cell) Column  { return Column{Name: name} }
func right(name cell.Cell) Column { return Column{Name: name, Numbers: true} }

// A Note is a line of text. It may have a kind, which is written before it. A footnote
// has a number.
type Note struct {
	Kind   calc.NoteKind
	Key    string // the input it is about; may be empty
	Text   cell.Cell
	Number int  // of a footnote; else 0
	Brief  bool // whether it belongs in a review comment, as warnings do
}

// remarks makes notes without a kind.
func remarks(texts ...cell.Cell) []Note {
	notes := make([]Note, len(texts))
	for i, text := range texts {
		notes[i].Text = text
	}
	return notes
}

// wholeNotes makes notes of those on whole scenarios.
func wholeNotes(notes []results.Note) []Note {
	var all []Note
	for _, n := range notes {
		all = append(all, Note{Kind: n.Kind, Key: n.Key, Text: wording.Note(n)})
	}
	return all
}

// Data is a tidy table for programs: a row for each thing, a column for each fact. Its
// numbers are written with all digits they have after rounding; Digits and Plus are
// ignored.
type Data struct {
	Columns []string
	Rows    [][]cell.Cell
}

func (d *Data) add(row ...cell.Cell) { d.Rows = append(d.Rows, row) }

func (d *Document) headline(c cell.Cell) { d.Blocks = append(d.Blocks, Block{Headline: c}) }
func (d *Document) chart(c *Chart)       { d.Blocks = append(d.Blocks, Block{Chart: c, View: InFull}) }
func (d *Document) table(t *Table)       { d.Blocks = append(d.Blocks, Block{Table: t}) }
func (d *Document) notes(all []Note) {
	if len(all) > 0 {
		d.Blocks = append(d.Blocks, Block{Notes: all})
	}
}
