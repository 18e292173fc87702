package wording

import (
	"cmp"
	"math"
	"slices"

	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/results"
)

// A Change is a metric of a scenario that differs from the baseline's.
type Change struct {
	Column *results.Column
	cell.NumberFormat
	results.Compared
	From, To quantity.Range
}

// ChangeOf describes a metric of a scenario that has a baseline.
func ChangeOf(c *results.Comparison, column *results.Column, metric int) Change {
	return Change{column, cell.NumberFormat{Currency: column.Currency}, c.Metrics[metric], column.Base[metric], column.Values[metric]}
}

// Changes lists all changes of metrics that a scenario and its baseline give, largest
// first.
func Changes(c *results.Comparison) (all []Change) {
	for i := range c.Columns {
		column := &c.Columns[i]
		for j, m := range c.Metrics {
			if column.Changed(j) && column.Change(m.Metric) != nil {
				all = append(all, ChangeOf(c, column, j))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Change) int { return cmp.Compare(b.size(), a.size()) })
	return all
}

// size is the change, of the likely value or of an end of the range, as a share of the
// baseline's likely value. Any change from zero is infinite.
func (c *Change) size() (most float64) {
	for _, apart := range [...]float64{c.To.Likely - c.From.Likely, c.To.Low - c.From.Low, c.To.High - c.From.High} {
		if part := math.Abs(apart) / math.Abs(c.From.Likely); part > most {
			most = part
		}
	}
	return most
}

// Value shows a likely value, with its range.
func (c *Change) Value(r quantity.Range) cell.Cell {
	return Ranged(c.NumberFormat, c.Unit, r, c.Digits(c.Unit, c.From.Likely, c.To.Likely))
}

// By shows by how much the likely value changes or, if it does not, what its range does.
func (c *Change) By() cell.Cell {
	if c.From.Likely != c.To.Likely {
		return c.Signed(c.Unit, c.To.Likely-c.From.Likely)
	}
	switch wider := (c.To.High - c.To.Low) - (c.From.High - c.From.Low); {
	case wider > 0:
		return cell.Say("wider range")
	case wider < 0:
		return cell.Say("narrower range")
	case results.Differ(c.From, c.To):
		return cell.Say("another range")
	}
	return c.Signed(c.Unit, 0)
}

// Said shows a change in a sentence: by how much and, unless it is from zero, by what part.
func (c *Change) Said() cell.Cell {
	if percent := c.Percent(); percent != nil && c.From.Likely != c.To.Likely {
		return cell.Say("{1}, {2}", c.By(), percent)
	}
	return c.By()
}

// Parts shows what each input adds to the change, and the whole. They have fewer digits
// than those exported, and add up too.
func (c *Change) Parts(parts []results.Why) (each []cell.Cell, whole cell.Cell) {
	unit := cell.OfChange(c.Unit)
	sum := unit.Round(c.To.Likely-c.From.Likely, c.Currency.Minor())
	digits := c.Digits(unit, sum)
	rounded := make([]whatif.Part, len(parts))
	for i := range parts {
		rounded[i].Change = parts[i].Change
		digits = max(digits, c.Digits(unit, parts[i].Change))
	}
	if unit == quantity.Points {
		whatif.RoundTo(rounded, sum, digits+2) // a share of 0.01 is 1 point: two digits move before the point
	} else {
		whatif.RoundTo(rounded, sum, digits)
	}
	for i := range rounded {
		each = append(each, cell.WithSign(c.Number(unit, rounded[i].Change, digits)))
	}
	return each, cell.WithSign(c.Number(unit, sum, digits))
}

// Ranged shows a likely value with so many digits, and its range.
func Ranged(n cell.NumberFormat, unit quantity.Unit, r quantity.Range, digits int) cell.Cell {
	likely := n.Number(unit, r.Likely, digits)
	if r.Exact() || math.IsNaN(r.Likely) {
		return likely
	}
	return cell.Say("{1} ({2})", likely, n.Span(unit, r))
}

// Percent shows the change as a percentage of the size of its baseline; nil for a change
// from zero.
func (c *Change) Percent() cell.Cell {
	percent := whatif.Percent(c.From.Likely, c.To.Likely)
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

// Ends shows the metric and both its values, with the labels of the baseline and of the
// scenario.
func (c *Change) Ends(base string) []cell.Cell {
	from, to := cell.Cell(c.One(c.Unit, c.From.Likely)), cell.Cell(c.One(c.Unit, c.To.Likely))
	if c.From.Likely == c.To.Likely && results.Differ(c.From, c.To) {
		from, to = c.Span(c.Unit, c.From), c.Span(c.Unit, c.To)
	}
	return []cell.Cell{cell.Words(c.Metric), from, cell.Words(base), to, cell.Words(c.Column.Subject.Label)}
}
