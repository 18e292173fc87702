package document

import (
	"cmp"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/wording"
)

const (
	mostScenarios = 200 // rows of a comparison's table
	mostNames     = 8   // names in a sentence
)

// A comparer describes a comparison.
type comparer struct {
	*results.Comparison
	changed []int // indices of the metrics that change in some scenario
	same    []int // of all others
}

// comparison describes scenarios side by side: a table of changes with a folder of
// baselines, a grid where two inputs are varied, two scenarios as columns, more as rows.
func comparison(d *Document, result *results.Result) {
	if result.Comparison == nil {
		return
	}
	c := comparer{Comparison: result.Comparison}
	for j := range c.Metrics {
		if slices.ContainsFunc(c.Columns, func(column results.Column) bool { return column.Changed(j) }) {
			c.changed = append(c.changed, j)
		} else {
			c.same = append(c.same, j)
		}
	}
	d.Comment, d.Data = true, c.data
	d.headline(c.headline())
	var notes []Note
	switch {
	case c.Base != "":
		notes = c.changes(d)
	case len(c.Varied) == 2:
		for _, j := range c.shown() {
			d.table(c.grid(j))
		}
	case len(c.Columns) == 2:
		d.table(c.sideBySide())
	default:
		notes = c.list(d)
	}
	if len(c.Hidden) > 0 {
		notes = append(notes, brief(cell.Say("changed, not shown: {1}; --metric shows them", names(c.Hidden))))
	}
	notes = append(notes, c.explanations(d)...)
	d.notes(append(notes, d.Notes...))
}

// shown lists the metrics to show where what is the same is left out; all if nothing
// changes.
func (c *comparer) shown() []int {
	if len(c.changed) == 0 {
		return c.same
	}
	return c.changed
}

// brief makes a note that belongs in a review comment too.
func brief(text cell.Cell) Note { return Note{Text: text, Brief: true} }

// names lists names in a sentence, as many as can be read.
func names(all []string) cell.Cell {
	list := cell.List{Items: cell.Names(all[:min(len(all), mostNames)]), Join: cell.Commas}
	if left := len(all) - mostNames; left > 0 {
		return cell.Say("{1} and {2} more", list, cell.Count(left))
	}
	return list
}

// addOnce adds a note that is not there already.
func addOnce(notes []Note, note Note) []Note {
	if slices.ContainsFunc(notes, func(n Note) bool { return reflect.DeepEqual(n, note) }) {
		return notes
	}
	return append(notes, note)
}

// headline says what changes most.
func (c *comparer) headline() cell.Cell {
	all := wording.Changes(c.Comparison)
	switch {
	case c.Base != "":
		return c.headlineOfBase(all)
	case len(c.Columns) > 2:
		base, j := &c.Columns[0], 0
		if len(all) > 0 {
			j = slices.Index(c.Metrics, all[0].Compared)
		}
		m := c.Metrics[j]
		n := cell.NumberFormat{Currency: base.Currency}
		text, arguments := "{1} is {2} for {3}, the baseline of {4} scenarios; nothing changes", []cell.Cell{cell.Words(m.Metric), n.One(m.Unit, base.Values[j].Likely), cell.Words(base.Subject.Label), cell.Count(len(c.Columns))}
		if len(all) > 0 {
			text, arguments = "{1} is {2} for {3}, the baseline of {4} scenarios; it changes most for {5}: {6}", append(arguments, cell.Words(all[0].Column.Subject.Label), all[0].Said())
		}
		return cell.Say(text, arguments...)
	case len(all) == 0:
		one := wording.ChangeOf(c.Comparison, &c.Columns[1], 0)
		return cell.Say("{1} goes from {2} ({3}) to {4} ({5}): no change", one.Ends(c.Columns[0].Subject.Label)...)
	}
	one := cell.Say("{1} goes from {2} ({3}) to {4} ({5}): {6}", append(all[0].Ends(c.Columns[0].Subject.Label), all[0].Said())...)
	switch more := len(all) - 1; more {
	case 0:
		return one
	case 1:
		return cell.Say("{1}; 1 more metric changes", one)
	default:
		return cell.Say("{1}; {2} more metrics change", one, cell.Count(more))
	}
}

// headlineOfBase counts the scenarios that change, and says what changes most.
func (c *comparer) headlineOfBase(all []wording.Change) cell.Cell {
	outcome := c.Outcome()
	switch {
	case outcome.Judged == 0:
		return cell.Say("no scenario has a baseline in {1}: all {2} are new", cell.Words(c.Base), cell.Count(len(c.Columns)))
	case len(all) == 0:
		return cell.Say("0 of {1} scenarios change", cell.Count(outcome.Judged))
	}
	most := &all[0]
	text := "{1} of {2} scenarios change; most: {3} of {4} goes from {5} to {6}: {7}"
	if outcome.Judged == 1 {
		text = "{3} of {4} goes from {5} to {6}: {7}"
	}
	ends := most.Ends(c.Columns[0].Subject.Label)
	return cell.Say(text, cell.Count(outcome.Changed), cell.Count(outcome.Judged), ends[0], ends[4], ends[1], ends[3], most.Said())
}

// changes shows every change from a folder of baselines in one table, largest first. The
// notes say which scenarios are not in it.
func (c *comparer) changes(d *Document) (notes []Note) {
	t := &Table{Title: cell.Say("comparison"), Columns: []Column{left(cell.Say("scenario")), left(cell.Say("metric")), right(cell.Say("base")), right(cell.Say("now")), right(cell.Say("change")), right(cell.Say("%"))}}
	all := wording.Changes(c.Comparison)
	for i := range all[:min(len(all), mostScenarios)] {
		one := &all[i]
		t.add(cell.Words(one.Column.Subject.Label), cell.Words(one.Metric), one.Value(one.From), one.Value(one.To), one.By(), one.Percent())
	}
	if len(t.Rows) > 0 {
		d.table(t)
	}
	if left := len(all) - mostScenarios; left > 0 {
		notes = append(notes, brief(cell.Say("{1} smaller changes are left out here; --format csv lists them all", cell.Count(left))))
	}
	outcome := c.Outcome()
	for _, lost := range outcome.Gone {
		notes = append(notes, brief(cell.Say("{1} no longer gives {2}", cell.Words(lost.Scenario), names(lost.Metrics))))
	}
	for _, given := range outcome.Given {
		notes = append(notes, brief(cell.Say("{1} gives {2}, and did not before", cell.Words(given.Scenario), names(given.Metrics))))
	}
	for _, group := range []struct {
		text  string
		names []string
	}{{"new, without a baseline: {1}", outcome.New}, {"removed: {1}", c.Removed}, {"unchanged: {1}", outcome.Same}} {
		if len(group.names) > 0 {
			notes = append(notes, brief(cell.Say(group.text, names(group.names))))
		}
	}
	return notes
}

// values shows the values of one metric, all with the same digits.
func (c *comparer) values(metric int) []cell.Cell {
	unit, n := c.Metrics[metric].Unit, cell.NumberFormat{Currency: c.Columns[0].Currency}
	var numbers []float64
	for i := range c.Columns {
		numbers = append(numbers, c.Columns[i].Values[metric].Likely)
	}
	digits := n.Digits(unit, numbers...)
	cells := make([]cell.Cell, len(c.Columns))
	for i := range c.Columns {
		cells[i] = wording.Ranged(n, unit, c.Columns[i].Values[metric], digits)
	}
	return cells
}

// sideBySide shows two scenarios; what changes comes first.
func (c *comparer) sideBySide() *Table {
	t := &Table{Title: cell.Say("comparison"), Columns: []Column{left(cell.Say("metric")), right(cell.Words(c.Columns[0].Subject.Label)), right(cell.Words(c.Columns[1].Subject.Label)), right(cell.Say("change")), right(cell.Say("%"))}}
	for _, j := range slices.Concat(c.changed, c.same) {
		one := wording.ChangeOf(c.Comparison, &c.Columns[1], j)
		t.add(cell.Words(one.Metric), one.Value(one.From), one.Value(one.To), one.By(), one.Percent())
	}
	return t
}

// list shows a row for each scenario, without what is the same for all. Scenarios compared
// by one metric are ranked by it; those that vary an input stay in its order.
func (c *comparer) list(d *Document) (notes []Note) {
	t := &Table{Title: cell.Say("comparison"), Columns: []Column{left(cell.Say("scenario"))}}
	order := make([]int, len(c.Columns))
	for i := range order {
		order[i] = i
	}
	shown := c.shown()
	if len(shown) == 1 && len(c.Varied) == 0 {
		slices.SortStableFunc(order, func(a, b int) int {
			return cmp.Compare(c.Columns[b].Values[shown[0]].Likely, c.Columns[a].Values[shown[0]].Likely)
		})
		notes = remarks(cell.Say("ranked by {1}, highest first; changes are from {2}", cell.Words(c.Metrics[shown[0]].Metric), cell.Words(c.Columns[0].Subject.Label)))
	}
	order = order[:min(len(order), mostScenarios)]
	for _, i := range order {
		t.add(cell.Words(c.Columns[i].Subject.Label))
	}
	for _, j := range shown {
		m := c.Metrics[j]
		t.Columns = append(t.Columns, right(cell.Words(m.Metric)), right(cell.Say("%")))
		values := c.values(j)
		for row, i := range order {
			var percent cell.Cell
			if i > 0 {
				one := wording.ChangeOf(c.Comparison, &c.Columns[i], j)
				if percent = one.Percent(); one.From.Likely == one.To.Likely && c.Columns[i].Changed(j) {
					percent = one.By()
				}
			}
			t.Rows[row] = append(t.Rows[row], values[i], percent)
		}
	}
	d.table(t)
	if len(c.changed) > 0 && len(c.same) > 0 {
		var same []string
		for _, j := range c.same {
			same = append(same, c.Metrics[j].Metric)
		}
		notes = append(notes, brief(cell.Say("the same for all: {1}", cell.List{Items: cell.Names(same), Join: cell.Commas})))
	}
	if left := len(c.Columns) - mostScenarios; left > 0 {
		notes = append(notes, brief(cell.Say("{1} more scenarios are left out here; --format csv lists them all", cell.Count(left))))
	}
	return notes
}

// grid shows one metric for every pair of values of two inputs. The baseline is in the
// headline.
func (c *comparer) grid(metric int) *Table {
	m := c.Metrics[metric]
	t := &Table{Title: cell.Words(m.Metric), Columns: []Column{right(cell.Words(c.Varied[0]))}, Breaks: true}
	if len(c.shown()) > 1 {
		t.Columns[0].Name = cell.Say("{1} by {2}", cell.Words(m.Metric), cell.Words(c.Varied[0]))
	}
	values := c.values(metric)
	var row string
	for i := 1; i < len(c.Columns); i++ {
		varied := c.Columns[i].Varied
		if i == 1 || varied[0] != row {
			row = varied[0]
			t.add(cell.Words(row))
		}
		switch {
		case i == 1:
			t.Columns = append(t.Columns, right(cell.Say("{1} {2}", cell.Words(c.Varied[1]), cell.Words(varied[1]))))
		case len(t.Rows) == 1:
			t.Columns = append(t.Columns, right(cell.Words(varied[1])))
		}
		last := len(t.Rows) - 1
		t.Rows[last] = append(t.Rows[last], values[i])
	}
	return t
}

// explanations shows what each input adds to each change.
func (c *comparer) explanations(d *Document) (notes []Note) {
	for i := range c.Columns {
		for j := range c.Metrics {
			found := c.Columns[i].Change(c.Metrics[j].Metric)
			if found == nil || found.Why == nil || found.Base == found.Value {
				continue
			}
			one := wording.ChangeOf(c.Comparison, &c.Columns[i], j)
			d.table(c.why(&one, found.Why))
			for _, part := range found.Why {
				if len(part.From) > 1 {
					notes = addOnce(notes, Note{Text: cell.Say("{1} share one row: some combinations of their old and new values cannot be computed", cell.Words(part.Key))})
				}
			}
		}
	}
	return notes
}

// many is how many inputs, besides the first, make a row too wide to name them all.
const many = 3

// why shows what each input adds to one change, largest first, and the sum.
func (c *comparer) why(one *wording.Change, parts []results.Why) *Table {
	name := cell.Say("why {1} changes", cell.Words(one.Metric))
	if len(c.Columns) > 2 || c.Base != "" {
		name = cell.Say("why {1} changes for {2}", cell.Words(one.Metric), cell.Words(one.Column.Subject.Label))
	}
	t := &Table{Columns: []Column{left(name), right(cell.Say("from")), right(cell.Say("to")), right(cell.Say("change"))}}
	changes, whole := one.Parts(parts)
	for k := range parts {
		name, from, to := cell.Say("{1}", cell.Words(parts[k].Key)), parts[k].From, parts[k].To
		if more := len(from) - 1; more >= many { // a note names them all
			first, _, _ := strings.Cut(parts[k].Key, " + ")
			name, from, to = cell.Say("{1} and {2} more", cell.Words(first), cell.Words(strconv.Itoa(more))), from[:1], to[:1]
		}
		t.add(name, cell.List{Items: cell.Names(from), Join: cell.Both}, cell.List{Items: cell.Names(to), Join: cell.Both}, changes[k])
	}
	ends := one.Digits(one.Unit, one.From.Likely, one.To.Likely)
	t.add(cell.Say("in all"), one.Number(one.Unit, one.From.Likely, ends), one.Number(one.Unit, one.To.Likely, ends), whole)
	return t
}

// data has a row for each scenario and metric, with the change from the baseline, the
// range of a baseline of its own, and the values of --vary.
func (c *comparer) data() Data {
	data := Data{Columns: slices.Clone(figureColumns)}
	if c.Base != "" {
		data.Columns = append(data.Columns, "base_low", "base_high")
	}
	data.Columns = append(data.Columns, c.Varied...)
	for i := range c.Columns {
		column := &c.Columns[i]
		for j, m := range c.Metrics {
			if math.IsNaN(column.Values[j].Likely) {
				continue
			}
			row := figureRow(column.Subject.Label, m.Metric, m.Unit, column.Values[j], column.Subject.Currency)
			found := column.Change(m.Metric)
			if found == nil {
				row = append(row, nil, nil, nil)
			} else {
				row = append(row, cell.Raw(found.Base), cell.Raw(found.Change), cell.Raw(found.ChangePercent.Rounded()))
			}
			if c.Base != "" && found != nil {
				row = append(row, cell.Raw(column.Base[j].Low), cell.Raw(column.Base[j].High))
			}
			for k := range column.Varied {
				row = append(row, cell.Words(column.Varied[k]))
			}
			for len(row) < len(data.Columns) {
				row = append(row, nil)
			}
			data.add(row...)
		}
	}
	return data
}
