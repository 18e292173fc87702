package calc

import "github.com/churncost/churncost/calc/quantity"

// A Table is a list of rows that all have the same columns.
type Table struct {
	Name    string
	Columns []Column
	Rows    [][]Cell
	Drawing Drawing

	report *Report // of a calculator's own tables: where the numbers in the cells are kept
}

// A Drawing says how a table can also be shown as a chart: which columns are drawn.
type Drawing struct {
	Kind      DrawingKind
	Value     string // what is drawn
	Line      string // of a Pareto the cumulative shares; of a curve a second line, or none
	Low, High string // of a curve: the band around it, or none; what was measured has one
	Zone      string // of a curve: rows that follow one another with the same words are a zone
	Title     string // a template; empty where the names of the columns say enough
}

// DrawingKind is a kind of chart.
type DrawingKind int

// The kinds of chart.
const (
	NoDrawing DrawingKind = iota
	Rings                 // people, ring by ring
	Pareto                // bars, and the cumulative share
	Curve                 // a line from row to row, which may go below zero

	// No table asks for these: they belong to a sum, a sensitivity and a simulation.
	Waterfall // bars that begin where the one before ended
	Spans     // bars from one value to another, across a base
	Histogram // columns side by side
)

// A Column has a heading and the unit of its numbers; Word for words.
type Column struct {
	Name string
	Unit quantity.Unit
}

// A Cell is a number, a metric that is in the report already, an input, or words.
type Cell struct {
	Range  quantity.Range
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
func Number(value float64) Cell { return Cell{Kind: NumberCell, Range: quantity.Exactly(value)} }

// Metric is a cell that shows a metric, which then has no row of its own.
func Metric(metric string) Cell { return Cell{Kind: MetricCell, Metric: metric} }

// Given is a cell that shows an input.
func Given(key string) Cell { return Cell{Kind: KeyCell, Key: key} }

// Col adds a column.
func (t *Table) Col(name string, unit quantity.Unit) *Table {
	if t.report.detail == everything {
		t.Columns = append(t.Columns, Column{name, unit})
	}
	return t
}

// Draw lets the table be shown as a chart.
func (t *Table) Draw(as Drawing) { t.Drawing = as }

// Row adds a row.
func (t *Table) Row(row ...Cell) {
	for i := range row {
		if row[i].Kind == NumberCell {
			t.report.cells = append(t.report.cells, row[i].Range.Likely)
		}
	}
	if t.report.detail == everything {
		t.Rows = append(t.Rows, row)
	}
}

// A tableSize is how many numbers the cells of a table hold.
type tableSize struct {
	name  string
	cells int
}

// Table adds a table: fill names its columns and adds its rows. The number of rows
// depends on which inputs are given and on the lengths of lists, never on a number:
// the numbers in the cells must be the same ones wherever the model is computed. A
// table without rows is left out.
func (r *Report) Table(name string, fill func(*Table)) {
	if r.detail == figuresOnly {
		return
	}
	t := &Table{Name: name, report: r}
	before := len(r.cells)
	fill(t)
	r.tableSizes = append(r.tableSizes, tableSize{name, len(r.cells) - before})
	if len(t.Rows) > 0 {
		r.Tables = append(r.Tables, t)
	}
}

// Cells are the cells of the calculator's own tables that hold a number.
func (r *Report) Cells() []*Cell {
	cells := make([]*Cell, 0, len(r.cells))
	for _, t := range r.Tables {
		for _, row := range t.Rows {
			for i := range row {
				if t.report != nil && row[i].Kind == NumberCell {
					cells = append(cells, &row[i])
				}
			}
		}
	}
	return cells
}
