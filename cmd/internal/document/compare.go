package document

import (
	"math"
	"reflect"
	"slices"

	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/results"
)

// mostScenarios is the most scenarios that a table of a comparison shows.
const mostScenarios = 200

// A comparer describes a comparison.
type comparer struct {
	cell.NumberFormat
	*results.Comparison
}

// comparison describes scenarios side by side: two as columns, more as rows.
func comparison(d *Document, result *results.Result) {
	if result.Comparison == nil {
		return
	}
	c := comparer{cell.NumberFormat{Currency: result.Comparison.Currency}, result.Comparison}
	d.Data = c.data
	d.headline(c.headline())
	if len(c.Columns) == 2 {
		d.table(c.sideBySide())
	} else {
		d.table(c.list())
	}
	var notes []Note
	if same := c.unchanged(); len(c.Columns) > 2 && len(same) > 0 {
		notes = remarks(cell.Say("the same for all: {1}", cell.List{Items: cell.Names(same), Join: cell.Commas}))
	}
	if left := len(c.Columns) - mostScenarios; left > 0 {
		notes = append(notes, remarks(cell.Say("{1} more scenarios are left out here; --format csv lists them all", cell.Count(left)))...)
	}
	for i := range c.Columns {
		for j, change := range c.Columns[i].Changes {
			parts := change.Why
			if parts == nil || !c.changes(j, c.Columns[i:i+1]) {
				continue
			}
			d.table(c.why(i, j, parts))
			for k := range parts {
				merged := Note{Text: cell.Say("{1} share one row: some combinations of their old and new values cannot be computed", cell.Words(parts[k].Key))}
				if len(parts[k].From) > 1 {
					notes = addOnce(notes, merged)
				}
			}
		}
	}
	d.notes(append(notes, d.Notes...))
}

// addOnce adds a note that is not there already.
func addOnce(notes []Note, note Note) []Note {
	if slices.ContainsFunc(notes, func(n Note) bool { return reflect.DeepEqual(n, note) }) {
		return notes
	}
	return append(notes, note)
}

// changes reports whether a metric differs from the baseline in any column.
func (c *comparer) changes(metric int, columns []results.Column) bool {
	base := c.Columns[0].Values[metric]
	return slices.ContainsFunc(columns, func(column results.Column) bool { return column.Values[metric] != base })
}

// unchanged lists the metrics that are the same for all scenarios; none if no metric
// changes.
func (c *comparer) unchanged() []string {
	var same []string
	for j, m := range c.Metrics {
		if !c.changes(j, c.Columns) {
			same = append(same, m.Metric)
		}
	}
	if len(same) == len(c.Metrics) {
		return nil
	}
	return same
}

// headline says how the first metric changes.
func (c *comparer) headline() cell.Cell {
	m, base := c.Metrics[0], &c.Columns[0]
	metric, was := cell.Words(m.Metric), c.One(m.Unit, base.Values[0].Likely)
	if len(c.Columns) > 2 {
		return cell.Say("{1} is {2} for {3}, the baseline of {4} scenarios", metric, was, cell.Words(base.Subject.Label), cell.Count(len(c.Columns)))
	}
	other := &c.Columns[1]
	from, to := base.Values[0].Likely, other.Values[0].Likely
	arguments := []cell.Cell{metric, was, cell.Words(base.Subject.Label), c.One(m.Unit, to), cell.Words(other.Subject.Label), c.Signed(m.Unit, to-from), percentChange(from, to)}
	switch {
	case from == to:
		return cell.Say("{1} goes from {2} ({3}) to {4} ({5}): no change", arguments...)
	case arguments[6] == nil:
		return cell.Say("{1} goes from {2} ({3}) to {4} ({5}): {6}", arguments...)
	}
	return cell.Say("{1} goes from {2} ({3}) to {4} ({5}): {6}, {7}", arguments...)
}

// percentChange shows a change as a percentage of the size of its baseline; nil for a
// change from zero.
func percentChange(base, value float64) cell.Cell {
	percent := whatif.Percent(base, value)
	switch {
	case math.IsNaN(percent):
		return nil
	case percent == 0:
		return cell.Number{Unit: cell.Percent}
	}
	const half = .05 // anything smaller is shown as zero
	number := cell.Number{Value: percent, Unit: cell.Percent, Digits: 1, Plus: percent > 0}
	if math.Abs(percent) < half {
		number.Value = math.Copysign(0, percent)
	}
	return number
}

// values shows the values of one metric, all with the same digits.
func (c *comparer) values(metric int) []cell.Cell {
	unit := c.Metrics[metric].Unit
	var numbers []float64
	for i := range c.Columns {
		numbers = append(numbers, c.Columns[i].Values[metric].Likely)
	}
	digits := c.Digits(unit, numbers...)
	cells := make([]cell.Cell, len(c.Columns))
	for i := range c.Columns {
		r := c.Columns[i].Values[metric]
		cells[i] = c.Number(unit, r.Likely, digits)
		if !r.Exact() {
			cells[i] = cell.Say("{1} ({2})", cells[i], c.Span(unit, r))
		}
	}
	return cells
}

func (c *comparer) sideBySide() *Table {
	t := &Table{Title: cell.Say("comparison"), Columns: []Column{left(cell.Say("metric")), right(cell.Words(c.Columns[0].Subject.Label)), right(cell.Words(c.Columns[1].Subject.Label)), right(cell.Say("change")), right(cell.Say("%"))}}
	for i, m := range c.Metrics {
		values := c.values(i)
		base, value := c.Columns[0].Values[i].Likely, c.Columns[1].Values[i].Likely
		t.add(cell.Words(m.Metric), values[0], values[1], c.Signed(m.Unit, value-base), percentChange(base, value))
	}
	return t
}

func (c *comparer) list() *Table {
	t := &Table{Title: cell.Say("comparison"), Columns: []Column{left(cell.Say("scenario"))}}
	for i := range c.Columns[:min(len(c.Columns), mostScenarios)] {
		t.add(cell.Words(c.Columns[i].Subject.Label))
	}
	same := c.unchanged()
	for j, m := range c.Metrics {
		if slices.Contains(same, m.Metric) {
			continue
		}
		t.Columns = append(t.Columns, right(cell.Words(m.Metric)), right(cell.Say("%")))
		values := c.values(j)
		for i := range t.Rows {
			var percent cell.Cell
			if i > 0 {
				percent = percentChange(c.Columns[0].Values[j].Likely, c.Columns[i].Values[j].Likely)
			}
			t.Rows[i] = append(t.Rows[i], values[i], percent)
		}
	}
	return t
}

// why shows what each input adds to one change, largest first, and the sum.
func (c *comparer) why(i, metric int, parts []results.Why) *Table {
	m := c.Metrics[metric]
	name := cell.Say("why {1} changes", cell.Words(m.Metric))
	if len(c.Columns) > 2 {
		name = cell.Say("why {1} changes for {2}", cell.Words(m.Metric), cell.Words(c.Columns[i].Subject.Label))
	}
	t := &Table{Columns: []Column{left(name), right(cell.Say("from")), right(cell.Say("to")), right(cell.Say("change"))}}
	base, value := c.Columns[0].Values[metric].Likely, c.Columns[i].Values[metric].Likely
	unit := cell.OfChange(m.Unit)
	whole := unit.Round(value-base, c.Comparison.Currency.Minor())
	digits := c.Digits(unit, whole)
	rounded := make([]whatif.Part, len(parts))
	for k := range parts {
		rounded[k].Change = parts[k].Change
		digits = max(digits, c.Digits(unit, parts[k].Change))
	}
	// The numbers shown have fewer digits than those exported. They add up too.
	if unit == quantity.Points {
		whatif.RoundTo(rounded, whole, digits+2) // a share of 0.01 is 1 point: two digits move before the point
	} else {
		whatif.RoundTo(rounded, whole, digits)
	}
	change := func(value float64) cell.Cell { return cell.WithSign(c.Number(unit, value, digits)) }
	for k := range parts {
		t.add(cell.Words(parts[k].Key), cell.List{Items: cell.Names(parts[k].From), Join: cell.Both}, cell.List{Items: cell.Names(parts[k].To), Join: cell.Both}, change(rounded[k].Change))
	}
	ends := c.Digits(m.Unit, base, value)
	t.add(cell.Say("in all"), c.Number(m.Unit, base, ends), c.Number(m.Unit, value, ends), change(whole))
	return t
}

// data has a row for each scenario and metric, with the change from the baseline.
func (c *comparer) data() Data {
	data := Data{Columns: figureColumns}
	for i := range c.Columns {
		column := &c.Columns[i]
		for j, m := range c.Metrics {
			row := figureRow(column.Subject.Label, m.Metric, m.Unit, column.Values[j], column.Subject.Currency)
			if i == 0 {
				data.add(append(row, nil, nil, nil)...)
				continue
			}
			change := &column.Changes[j]
			data.add(append(row, cell.Raw(change.Base), cell.Raw(change.Change), cell.Raw(change.ChangePercent.Rounded()))...)
		}
	}
	return data
}
