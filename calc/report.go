package calc

import (
	"math"
	"slices"
	"strings"
)

// A Report is what a calculator has to tell: a headline, figures, tables and
// warnings. A calculator's Tell fills it in straight lines, so that the metrics
// are the same for every scenario.
//
// Headlines, workings and reasons are templates: {customer.spend} or
// {ripple.heard} is written by whoever prints the report, with the text,
// conversion and currency that the number was read with.
type Report struct {
	Headline string
	Terms    []float64 // what {1}, {2}, … stand for in the headline
	Figures  []Figure
	Tables   []*Table
	Notes    []Note
	Sum      Sum

	depth   depth
	numbers []float64 // of the figures, in the order told
	cells   []float64 // of the cells that hold a number, in the order told
}

// depth is how much of what is told is kept.
type depth int

const (
	everything  depth = iota
	allNumbers        // the numbers of figures and cells
	onlyFigures       // the numbers of figures
)

// A Figure is one metric: a named number that gates, exports and tables share.
type Figure struct {
	Metric string
	Label  string
	Unit   Unit
	Range  Range // low and high are NaN where the figure is not finite throughout
	// BasedOn lists the inputs, numbers all, without which the figure would be
	// another.
	BasedOn []*Input
	// Computed is the likely value before it was rounded, for calculations that go on
	// from it.
	Computed float64

	Working       string    // how it was made, as a template
	Terms         []float64 // what {1}, {2}, … stand for in the working
	Shown         string    // words that stand in the place of the number
	AbsenceReason string    // why it is absent, where it is
	Keys          []string  // the inputs that would give it
	Beside        []*Source // evidence shown for comparison
	Limitation    string
}

// Absent tells whether the figure could not be given.
func (f *Figure) Absent() bool { return math.IsNaN(f.Range.Likely) }

// From says how the figure was made. (Where only numbers are wanted there is no
// figure, and From and its kin do nothing.)
func (f *Figure) From(working string, terms ...float64) *Figure {
	if f != nil {
		f.Working, f.Terms = working, slices.Clone(terms)
	}
	return f
}

// FromWords is From for a working that has to be put together, which takes memory
// and is done only where somebody will read it.
func (f *Figure) FromWords(working func() string, terms ...float64) *Figure {
	if f == nil {
		return nil
	}
	return f.From(working(), terms...)
}

// Display puts words in the place of the number, unless they are empty.
func (f *Figure) Display(words string) *Figure {
	if f != nil {
		f.Shown = words
	}
	return f
}

// AbsentBecause says why the figure is absent, for when it is.
func (f *Figure) AbsentBecause(reason string) *Figure {
	if f != nil {
		f.AbsenceReason = reason
	}
	return f
}

// Needs names the inputs that would give the figure, for when it is absent.
func (f *Figure) Needs(keys ...string) *Figure {
	if f != nil {
		f.Keys = slices.Clone(keys)
	}
	return f
}

// Compare shows built-in figures for comparison; the result does not rest on
// them.
func (f *Figure) Compare(sources ...*Source) *Figure {
	if f != nil {
		f.Beside = slices.Clone(sources)
	}
	return f
}

// Caveat says in what respect the figure must be read with care.
func (f *Figure) Caveat(caveat string) *Figure {
	if f != nil {
		f.Limitation = caveat
	}
	return f
}

// A Sum says that some metrics add up to another.
type Sum struct {
	Total string
	Parts []string
}

// A Note is a remark that stands under the tables.
type Note struct {
	Kind  NoteKind
	Key   string    // the input that it is about, where it is about one
	Text  string    // a template
	Terms []float64 // what {1}, {2}, … stand for in it
}

// Same tells whether two notes say the same.
func (n *Note) Same(other Note) bool {
	return n.Kind == other.Kind && n.Key == other.Key && n.Text == other.Text && slices.Equal(n.Terms, other.Terms)
}

// NoteKind is a kind of note.
type NoteKind string

// The kinds of note.
const (
	Remark  NoteKind = "note"         // how the figures are to be read
	Warning NoteKind = "warning"      // something that is probably wrong
	NotUsed NoteKind = "not used"     // an input that is given and does nothing
	Without NoteKind = "not included" // a calculator that lacks inputs
	Expired NoteKind = "expired"
	Graded  NoteKind = "grade" // how far a built-in figure can be trusted
)

// A Table is a list of rows that all have the same columns.
type Table struct {
	Name    string
	Columns []Column
	Rows    [][]Cell
	Drawing Drawing
	report  *Report
}

// A Drawing says how a table can be shown as a picture too.
type Drawing struct {
	Kind  DrawingKind
	Value string // the column that is drawn
	Line  string // of a Pareto: the column of the shares so far
}

// DrawingKind is a kind of picture.
type DrawingKind int

// The kinds of picture.
const (
	NoDrawing DrawingKind = iota
	Rings                 // people, ring by ring
	Pareto                // bars, and the share that they make up together
	Curve                 // a line from row to row, which may go below zero
)

// A Column has a heading and the unit of its numbers; Word for words.
type Column struct {
	Name string
	Unit Unit
}

// A Cell is a number, a metric that was told already, an input, or words.
type Cell struct {
	Range  Range
	Metric string
	Key    string
	Words  string
	Kind   CellKind
}

// CellKind says which of the fields of a cell counts.
type CellKind int

// The kinds of cell.
const (
	WordCell CellKind = iota
	NumberCell
	MetricCell
	KeyCell
)

// Words is a cell of words.
func Words(words string) Cell { return Cell{Kind: WordCell, Words: words} }

// Number is a cell that holds a number; NaN leaves it empty.
func Number(value float64) Cell { return Cell{Kind: NumberCell, Range: Exactly(value)} }

// Metric is a cell that holds a metric, which then has no row of its own.
func Metric(metric string) Cell { return Cell{Kind: MetricCell, Metric: metric} }

// Given is a cell that holds an input.
func Given(key string) Cell { return Cell{Kind: KeyCell, Key: key} }

// Col adds a column.
func (t *Table) Col(name string, unit Unit) *Table {
	if t.report.depth == everything {
		t.Columns = append(t.Columns, Column{name, unit})
	}
	return t
}

// Draw lets the table be shown as a picture of one of its columns.
func (t *Table) Draw(kind DrawingKind, value, line string) *Table {
	t.Drawing = Drawing{kind, value, line}
	return t
}

// Row adds a row.
func (t *Table) Row(row ...Cell) {
	for i := range row {
		if row[i].Kind == NumberCell {
			t.report.cells = append(t.report.cells, row[i].Range.Likely)
		}
	}
	if t.report.depth == everything {
		t.Rows = append(t.Rows, row)
	}
}

// Answer is the headline: one sentence, in parts, that answers the question.
func (r *Report) Answer(parts ...string) {
	if r.depth == everything {
		r.Headline = strings.Join(parts, "")
	}
}

// AnswerTerms are what {1}, {2}, … stand for in the headline.
func (r *Report) AnswerTerms(terms ...float64) {
	if r.depth == everything {
		r.Terms = slices.Clone(terms)
	}
}

// Money tells an amount.
func (r *Report) Money(metric, label string, value float64) *Figure {
	return r.figure(metric, label, Money, value)
}

// MoneyPerYear tells an amount each year.
func (r *Report) MoneyPerYear(metric, label string, value float64) *Figure {
	return r.figure(metric, label, MoneyPerYear, value)
}

// Share tells a part of a whole.
func (r *Report) Share(metric, label string, value float64) *Figure {
	return r.figure(metric, label, Share, value)
}

// Points tells a difference of two shares.
func (r *Report) Points(metric, label string, value float64) *Figure {
	return r.figure(metric, label, Points, value)
}

// Years tells a time in years.
func (r *Report) Years(metric, label string, value float64) *Figure {
	return r.figure(metric, label, Years, value)
}

// Months tells a time in months.
func (r *Report) Months(metric, label string, value float64) *Figure {
	return r.figure(metric, label, Months, value)
}

// People tells a number of people.
func (r *Report) People(metric, label string, value float64) *Figure {
	return r.figure(metric, label, People, value)
}

// Count tells how many.
func (r *Report) Count(metric, label string, value float64) *Figure {
	return r.figure(metric, label, Count, value)
}

// Score tells a mark on the user's own scale.
func (r *Report) Score(metric, label string, value float64) *Figure {
	return r.figure(metric, label, Score, value)
}

// Ratio tells how many times one number goes into another.
func (r *Report) Ratio(metric, label string, value float64) *Figure {
	return r.figure(metric, label, Ratio, value)
}

// figure tells a number, and gives the figure to say more of, or nil where only
// numbers are wanted.
func (r *Report) figure(metric, label string, unit Unit, value float64) *Figure {
	r.numbers = append(r.numbers, value)
	if r.depth != everything {
		return nil
	}
	return r.describe(metric, label, unit, value)
}

func (r *Report) describe(metric, label string, unit Unit, value float64) *Figure {
	r.Figures = append(r.Figures, Figure{Metric: metric, Label: label, Unit: unit, Range: Exactly(value), Computed: value})
	return &r.Figures[len(r.Figures)-1]
}

// Adds says that the parts, metrics told already, add up to the total; an
// absent part counts nothing. The report then shows how much of the total rests
// on each grade of evidence.
func (r *Report) Adds(total string, parts ...string) {
	if r.depth == everything {
		r.Sum = Sum{total, append([]string(nil), parts...)}
	}
}

// Table tells a table: fill names its columns and adds its rows. The number of
// rows depends on what is given and on the lengths of the lists in it, never on a
// number. A table without rows is left out.
func (r *Report) Table(name string, fill func(*Table)) {
	if r.depth == onlyFigures {
		return
	}
	t := &Table{Name: name, report: r}
	fill(t)
	if len(t.Rows) > 0 {
		r.Tables = append(r.Tables, t)
	}
}

// Warn adds a warning about an input, or about the whole where key is empty,
// when it is due: something is probably wrong.
func (r *Report) Warn(due bool, key, text string, terms ...float64) {
	if due {
		r.Notes = append(r.Notes, Note{Warning, key, text, terms})
	}
}

// Remark adds a remark, as Warn does, on how the figures are to be read.
func (r *Report) Remark(due bool, key, text string, terms ...float64) {
	if due {
		r.Notes = append(r.Notes, Note{Remark, key, text, terms})
	}
}

// Figure finds a figure by its metric, or nil.
func (r *Report) Figure(metric string) *Figure {
	for i := range r.Figures {
		if r.Figures[i].Metric == metric {
			return &r.Figures[i]
		}
	}
	return nil
}
