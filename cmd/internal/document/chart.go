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
}

// A Part is one row, ring, column or point of a chart.
type Part struct {
	Label cell.Cell
	Text  cell.Cell // the number as shown
	From  float64   // where it begins; of spans the value at the low end, of a histogram the lower edge
	To    float64
	Share float64   // of a Pareto chart: the cumulative share, up to and with this part
	Tick  cell.Cell // of a curve: the label under the point
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
	column := func(name string) int {
		return slices.IndexFunc(t.Columns, func(c calc.Column) bool { return c.Name == name })
	}
	c := &Chart{Kind: t.Drawing.Kind}
	value, line := column(t.Drawing.Value), column(t.Drawing.Line)
	rows := cell.Say(t.Columns[0].Name)
	switch c.Kind {
	case calc.Rings:
		c.Title = cell.Say("Those who {1}: a dot for each person, a ring for each {2}", cell.Say(t.Columns[value].Name), rows)
	case calc.Pareto:
		c.Title = cell.Say("The {1} by {2}, most costly first; after it, and as a mark, the share {3}", cell.Say(t.Columns[value].Name), rows, cell.Say(t.Columns[line].Name))
	case calc.Curve:
		c.Title = cell.Say("The {1} by {2}", cell.Say(t.Columns[value].Name), rows)
		c.Zero = a.One(t.Columns[value].Unit, 0)
	}
	for i, row := range t.Rows {
		likely := a.CellRange(row[value]).Likely
		if math.IsNaN(likely) || c.Kind == calc.Rings && i == len(t.Rows)-1 { // the last adds the others up
			continue
		}
		part := Part{Label: cell.Words(row[0].Words), Text: a.One(t.Columns[value].Unit, likely), To: likely}
		switch {
		case c.Kind == calc.Rings && i > 0:
			part.Label = cell.Say("{1} {2}", rows, part.Label)
		case c.Kind == calc.Pareto:
			part.Share = row[line].Range.Likely
			part.Text = cell.Say("{1} · {2}", part.Text, cell.Number{Value: part.Share * 100, Unit: cell.Percent})
		case c.Kind == calc.Curve:
			part.Label, part.Tick = cell.Say("{1} {2}", rows, part.Label), part.Label
		}
		c.Parts = append(c.Parts, part)
	}
	return c
}
