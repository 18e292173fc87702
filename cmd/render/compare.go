package render

import (
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/scenarios/currency"
)

// A Comparison sets scenarios side by side; the first is the baseline.
type Comparison struct {
	Currency currency.Currency
	Metrics  []Compared
	Columns  []Column
}

// A Compared is a metric that is compared.
type Compared struct {
	Metric string
	Unit   calc.Unit
}

// A Column is one scenario: its values, by metric, and why each changed.
type Column struct {
	Subject *Subject
	Values  []calc.Range
	Why     [][]Why // by metric; nil where nobody asked
}

// A Why is what one input, or several that cannot be told apart, adds to a
// change.
type Why struct {
	Key      string
	From, To []string
	Change   float64
}

// from and to are what the inputs of a part were and are.
func (w *Why) from() string { return strings.Join(w.From, " and ") }
func (w *Why) to() string   { return strings.Join(w.To, " and ") }

// mostRows is how many scenarios a page of comparisons shows.
const mostRows = 200

// comparison lays a comparison out: two side by side, more as a row each.
func comparison(d *Document) page {
	c := d.Comparison
	n := notation{c.Currency}
	p := page{{headline: c.headline(n)}}
	if len(c.Columns) == 2 {
		p = append(p, block{grid: c.sideBySide(n)})
	} else {
		p = append(p, block{grid: c.list(n)})
	}
	for i := range c.Columns {
		for j, parts := range c.Columns[i].Why {
			if c.changes(j, c.Columns[i:i+1]) {
				p = append(p, block{grid: c.why(n, i, j, parts)})
			}
		}
	}
	var lines []string
	if still := c.still(); len(c.Columns) > 2 && len(still) > 0 {
		lines = append(lines, "the same for all: "+strings.Join(still, ", "))
	}
	if left := len(c.Columns) - mostRows; left > 0 {
		lines = append(lines, fmt.Sprintf("%d more scenarios are left out here; --format csv lists them all", left))
	}
	lines = append(lines, c.merged()...)
	lines = append(lines, noteLines(d.Notes)...)
	if len(lines) > 0 {
		p = append(p, block{lines: lines})
	}
	return p
}

// changes tells whether a metric differs from the baseline in any of the
// columns.
func (c *Comparison) changes(metric int, columns []Column) bool {
	base := c.Columns[0].Values[metric]
	return slices.ContainsFunc(columns, func(column Column) bool { return column.Values[metric] != base })
}

// still lists the metrics that are the same for all, unless all are.
func (c *Comparison) still() []string {
	var names []string
	for j, m := range c.Metrics {
		if !c.changes(j, c.Columns) {
			names = append(names, m.Metric)
		}
	}
	if len(names) == len(c.Metrics) {
		return nil
	}
	return names
}

// merged says which inputs stand as one in the tables of what changed, each once.
func (c *Comparison) merged() []string {
	var lines []string
	for i := range c.Columns {
		for j, parts := range c.Columns[i].Why {
			for k := range parts {
				line := parts[k].Key + " stand as one: a mixture of what they were and what they are cannot be computed"
				if len(parts[k].From) > 1 && c.changes(j, c.Columns[i:i+1]) && !slices.Contains(lines, line) {
					lines = append(lines, line)
				}
			}
		}
	}
	return lines
}

// headline says how the first metric changes.
func (c *Comparison) headline(n notation) string {
	m, base := c.Metrics[0], c.Columns[0]
	if len(c.Columns) > 2 {
		return fmt.Sprintf("%s is %s for %s, the baseline of %d scenarios", m.Metric, n.one(m.Unit, base.Values[0].Likely), base.Subject.Label, len(c.Columns))
	}
	other := c.Columns[1]
	return fmt.Sprintf("%s goes from %s (%s) to %s (%s): %s", m.Metric, n.one(m.Unit, base.Values[0].Likely), base.Subject.Label,
		n.one(m.Unit, other.Values[0].Likely), other.Subject.Label, n.change(m.Unit, base.Values[0].Likely, other.Values[0].Likely))
}

// change writes a change and its percentage.
func (n notation) change(unit calc.Unit, base, value float64) string {
	if value == base {
		return "no change"
	}
	text := n.signed(unit, value-base)
	if percent := n.percent(base, value); percent != "" {
		text += ", " + percent
	}
	return text
}

// signed writes a difference with its sign and the digits that it needs; of
// shares, in points.
func (n notation) signed(unit calc.Unit, value float64) string {
	unit = ofChange(unit)
	value = unit.Round(value, n.currency.Minor())
	return n.withSign(unit, value, n.digits(unit, value))
}

// ofChange is the unit of a difference: of shares, points.
func ofChange(unit calc.Unit) calc.Unit {
	if unit == calc.Share {
		return calc.Points
	}
	return unit
}

func (n notation) withSign(unit calc.Unit, value float64, digits int) string {
	text := n.number(unit, value, digits)
	if value > 0 {
		text = "+" + text
	}
	return text
}

// percent writes a change over the size of its baseline; nothing for a change
// from zero.
func (n notation) percent(base, value float64) string {
	percent := whatif.Percent(base, value)
	switch {
	case math.IsNaN(percent):
		return ""
	case percent == 0:
		return "0%"
	}
	return fmt.Sprintf("%+.1f%%", percent)
}

// cells writes the values of one metric, each with the digits that all need.
func (c *Comparison) cells(n notation, metric int) []string {
	unit := c.Metrics[metric].Unit
	var numbers []float64
	for i := range c.Columns {
		numbers = append(numbers, c.Columns[i].Values[metric].Likely)
	}
	digits := n.digits(unit, numbers...)
	texts := make([]string, len(c.Columns))
	for i := range c.Columns {
		r := c.Columns[i].Values[metric]
		texts[i] = n.number(unit, r.Likely, digits)
		if !r.Exact() {
			texts[i] += " (" + n.span(unit, r) + ")"
		}
	}
	return texts
}

func (c *Comparison) sideBySide(n notation) *grid {
	g := &grid{title: "comparison", columns: []column{{"metric", false}, {c.Columns[0].Subject.Label, true}, {c.Columns[1].Subject.Label, true}, {"change", true}, {"%", true}}}
	for i, m := range c.Metrics {
		texts := c.cells(n, i)
		base, value := c.Columns[0].Values[i].Likely, c.Columns[1].Values[i].Likely
		g.rows = append(g.rows, []string{m.Metric, texts[0], texts[1], n.signed(m.Unit, value-base), n.percent(base, value)})
	}
	return g
}

func (c *Comparison) list(n notation) *grid {
	g := &grid{title: "comparison", columns: []column{{"scenario", false}}}
	shown := min(len(c.Columns), mostRows)
	for i := range shown {
		g.rows = append(g.rows, []string{c.Columns[i].Subject.Label})
	}
	still := c.still()
	for j, m := range c.Metrics {
		if slices.Contains(still, m.Metric) {
			continue
		}
		g.columns = append(g.columns, column{m.Metric, true}, column{"%", true})
		for i, text := range c.cells(n, j)[:shown] {
			percent := ""
			if i > 0 {
				percent = n.percent(c.Columns[0].Values[j].Likely, c.Columns[i].Values[j].Likely)
			}
			g.rows[i] = append(g.rows[i], text, percent)
		}
	}
	return g
}

// why lays out what each input adds to one change, largest first, and the sum.
func (c *Comparison) why(n notation, i, metric int, parts []Why) *grid {
	m := c.Metrics[metric]
	name := fmt.Sprintf("why %s changes", m.Metric)
	if len(c.Columns) > 2 {
		name += " for " + c.Columns[i].Subject.Label
	}
	g := &grid{title: name, columns: []column{{name, false}, {"from", true}, {"to", true}, {"change", true}}}
	base, value := c.Columns[0].Values[metric].Likely, c.Columns[i].Values[metric].Likely
	unit := ofChange(m.Unit)
	whole := unit.Round(value-base, n.currency.Minor())
	digits := n.digits(unit, whole)
	shown := make([]whatif.Part, len(parts))
	for k := range parts {
		shown[k].Change = parts[k].Change
		digits = max(digits, n.digits(unit, parts[k].Change))
	}
	// What is shown has fewer digits than what is exported, and adds up too.
	if unit == calc.Points {
		whatif.RoundTo(shown, whole, digits+2) // two go before the point
	} else {
		whatif.RoundTo(shown, whole, digits)
	}
	for k := range parts {
		g.rows = append(g.rows, []string{parts[k].Key, parts[k].from(), parts[k].to(), n.withSign(unit, shown[k].Change, digits)})
	}
	ends := n.digits(m.Unit, base, value)
	g.rows = append(g.rows, []string{"in all", n.number(m.Unit, base, ends), n.number(m.Unit, value, ends), n.withSign(unit, whole, digits)})
	return g
}

// toJSON gives the scenarios with the metrics that are compared, and the
// changes.
func (c *Comparison) toJSON() (out []jsonScenario, changes []jsonChange) {
	for i := range c.Columns {
		column := &c.Columns[i]
		s := toJSONSubject(column.Subject)
		s.Metrics = map[string]jsonMetric{}
		for j, m := range c.Metrics {
			r := column.Values[j]
			s.Metrics[m.Metric] = toJSONMetric(m.Unit, r, nil)
			if i > 0 {
				changes = append(changes, c.jsonChange(column, j))
			}
		}
		out = append(out, s)
	}
	return out, changes
}

func (c *Comparison) jsonChange(column *Column, metric int) jsonChange {
	m, base, value := c.Metrics[metric], c.Columns[0].Values[metric].Likely, column.Values[metric].Likely
	change := jsonChange{Scenario: column.Subject.Label, Metric: m.Metric, Base: base, Value: value,
		Change: m.Unit.Round(value-base, c.Currency.Minor()), ChangePercent: finite(calc.Ratio.Round(whatif.Percent(base, value), 0))}
	if column.Why != nil {
		for k := range column.Why[metric] {
			why := &column.Why[metric][k]
			change.Why = append(change.Why, jsonWhy{why.Key, why.from(), why.to(), why.Change})
		}
	}
	return change
}

func (c *Comparison) writeCSV(w *csv.Writer) {
	for i := range c.Columns {
		column := &c.Columns[i]
		for j, m := range c.Metrics {
			row := csvFigure(column.Subject.Label, m.Metric, m.Unit, column.Values[j], column.Subject.Currency)
			if i == 0 {
				_ = w.Write(append(row, "", "", ""))
				continue
			}
			change := c.jsonChange(column, j)
			_ = w.Write(append(row, plain(change.Base), plain(change.Change), optional(change.ChangePercent)))
		}
	}
}
