package document

import (
	"math"
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/wording"
)

// A Chart is a picture of numbers. Only some formats draw it.
type Chart struct {
	Kind  calc.DrawingKind
	Title cell.Cell
	Parts []Part

	Base     float64   // of spans: the value that lies between the two ends of each
	Marks    []float64 // of a histogram: the 5th percentile, the median, the 95th percentile
	End      float64   // of a histogram: the upper edge of the last part
	EndLabel cell.Cell
	Zero     cell.Cell // of a curve: zero, written like the numbers
	Across   cell.Cell // of a curve: what the labels under the points count
	Value    cell.Cell // of a curve: the names of its line, its second line and its band, nil without
	Line     cell.Cell
	Band     cell.Cell
}

// A Part is one row, ring, column or point of a chart.
type Part struct {
	Label cell.Cell
	Text  cell.Cell // the number as shown
	From  float64   // where it begins; of spans the value at the low end, of a histogram the lower edge
	To    float64
	Line  float64 // of a Pareto chart the cumulative share, up to and with this part; of a curve its second line, NaN without
	Low   float64 // of a curve: the ends of the band, NaN without
	High  float64
	Tick  cell.Cell // of a curve: the label under the point
	Also  cell.Cell // of a curve: the other numbers of the row
	Zone  string    // of a curve: its words
	Total bool
}

// waterfall shows how the parts add up to the total; nil if the report has no total.
func waterfall(a *wording.Answer) *Chart {
	total := a.Report.Figure(a.Report.Sum.Total)
	if total == nil || total.Absent() {
		return nil
	}
	c := &Chart{Kind: calc.Waterfall, Title: cell.Say("{1}, part by part", cell.Say(total.Label))}
	at := 0.0
	for _, metric := range a.Report.Sum.Parts {
		if f := a.Report.Figure(metric); !f.Absent() {
			c.Parts = append(c.Parts, Part{Label: cell.Say(f.Label), Text: a.One(f.Unit, f.Range.Likely), From: at, To: at + f.Range.Likely})
			at += f.Range.Likely
		}
	}
	c.Parts = append(c.Parts, Part{Label: cell.Say(total.Label), Text: a.One(total.Unit, total.Range.Likely), To: total.Range.Likely, Total: true})
	return c
}

// drawn makes a chart of a table that has one; else nil.
func drawn(a *wording.Answer, t *calc.Table) *Chart {
	if t.Drawing.Kind == calc.NoDrawing {
		return nil
	}
	c := &Chart{Kind: t.Drawing.Kind}
	value, line, low, high, zone := column(t, t.Drawing.Value), column(t, t.Drawing.Line), column(t, t.Drawing.Low), column(t, t.Drawing.High), column(t, t.Drawing.Zone)
	rows := cell.Say(t.Columns[0].Name)
	switch c.Kind {
	case calc.Rings:
		c.Title = cell.Say("Those who {1}: a dot for each person, a ring for each {2}", cell.Say(t.Columns[value].Name), rows)
	case calc.Pareto:
		c.Title = cell.Say("The {1} by {2}, most costly first; after it, and as a mark, the share {3}", cell.Say(t.Columns[value].Name), rows, cell.Say(t.Columns[line].Name))
	case calc.Curve:
		c.Title = cell.Say("The {1} by {2}", cell.Say(t.Columns[value].Name), rows)
		c.Zero, c.Across, c.Value = a.One(t.Columns[value].Unit, 0), rows, cell.Say(t.Drawing.Value)
		if line >= 0 {
			c.Line = cell.Say(t.Drawing.Line)
		}
		if low >= 0 {
			c.Band = cell.Say("{1} to {2}", cell.Say(t.Drawing.Low), cell.Say(t.Drawing.High))
		}
	}
	if t.Drawing.Title != "" {
		c.Title = a.Sentence(t.Drawing.Title)
	}
	for i, row := range t.Rows {
		likely := likelyIn(a, row, value)
		if math.IsNaN(likely) || c.Kind == calc.Rings && i == len(t.Rows)-1 { // the last adds the others up
			continue
		}
		number := func(column int) float64 { return likelyIn(a, row, column) }
		part := Part{Label: cell.Words(row[0].Words), Text: a.One(t.Columns[value].Unit, likely), To: likely, Line: number(line), Low: number(low), High: number(high)}
		switch {
		case c.Kind == calc.Rings && i > 0:
			part.Label = cell.Say("{1} {2}", rows, part.Label)
		case c.Kind == calc.Pareto:
			part.Text = cell.Say("{1} · {2}", part.Text, cell.Number{Value: part.Line * 100, Unit: cell.Percent})
		case c.Kind == calc.Curve:
			part.Label, part.Tick = cell.Say("{1} {2}", rows, part.Label), part.Label
			also := cell.List{Join: cell.Commas}
			for _, i := range [...]int{low, high, line} {
				if n := number(i); !math.IsNaN(n) {
					also.Items = append(also.Items, cell.Say("{1} {2}", cell.Say(t.Columns[i].Name), a.One(t.Columns[i].Unit, n)))
				}
			}
			if part.Also = also; zone >= 0 {
				part.Zone = row[zone].Words
			}
		}
		c.Parts = append(c.Parts, part)
	}
	return c
}

// column finds a column by its name; -1 where there is none.
func column(t *calc.Table, name string) int {
	return slices.IndexFunc(t.Columns, func(c calc.Column) bool { return c.Name == name })
}

// likelyIn is the likely number in a column of a row; NaN where there is no such column.
func likelyIn(a *wording.Answer, row []calc.Cell, column int) float64 {
	if column < 0 {
		return math.NaN()
	}
	return a.CellRange(row[column]).Likely
}

// barred adds bars to a table whose chart has a band: light where nothing was measured.
func barred(a *wording.Answer, from *calc.Table, to *Table) {
	value, low, most := column(from, from.Drawing.Value), column(from, from.Drawing.Low), 0.0
	for _, row := range from.Rows {
		most = max(most, likelyIn(a, row, value))
	}
	for i, row := range from.Rows {
		const width = 12 // characters: with five columns of shares and words they fill a terminal
		bar := cell.Bar{High: likelyIn(a, row, value) / most, Width: width}
		if math.IsNaN(likelyIn(a, row, low)) {
			bar = cell.Bar{Low: bar.High, Width: width, Swing: true}
		}
		to.Rows[i] = append(to.Rows[i], bar)
	}
	to.Columns = append(to.Columns, Column{Name: cell.Say(""), Bars: true})
}
