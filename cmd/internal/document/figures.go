package document

import (
	"math"
	"reflect"
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/attribution"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/wording"
)

// figures makes the main table: a row for each wanted figure, with its low and high end
// if any has them, and its calculation.
func (r *reporter) figures(a *wording.Answer, wanted func(*calc.Figure) bool) *Table {
	var all []*calc.Figure
	ranged := false
	numbers := map[quantity.Unit][]float64{} // in one column, by unit
	for i := range a.Report.Figures {
		f := &a.Report.Figures[i]
		if f.Absent() || !wanted(f) {
			continue
		}
		all = append(all, f)
		ranged = ranged || !f.Range.Exact()
		numbers[f.Unit.Kin()] = append(numbers[f.Unit.Kin()], f.Range.Low, f.Range.Likely, f.Range.High)
	}
	t := &Table{Columns: []Column{left(cell.Words(a.Calculator)), right(cell.Say("amount"))}}
	switch {
	case ranged && bounded(a):
		t.Columns = append(t.Columns, right(cell.Say("lowest")), right(cell.Say("highest")))
	case ranged:
		t.Columns = append(t.Columns, right(cell.Say("lowest at range ends")), right(cell.Say("highest at range ends")))
	}
	t.Columns = append(t.Columns, left(cell.Say("calculation")))
	for _, f := range all {
		number := func(value float64) cell.Cell {
			return a.Number(f.Unit, value, a.Digits(f.Unit, numbers[f.Unit.Kin()]...))
		}
		row := []cell.Cell{r.marked(cell.Say(f.Label), f), number(f.Range.Likely)}
		if f.Shown != "" {
			row[1] = cell.Say(f.Shown)
		}
		if ranged {
			row = append(row, number(f.Range.Low), number(f.Range.High))
		}
		t.add(append(row, a.Calculation(f))...)
	}
	return t
}

// bounded reports whether every range that the answer uses is drawn between its ends. If
// one is not, draws can give figures beyond those at the ends.
func bounded(a *wording.Answer) bool {
	return !slices.ContainsFunc(a.Inputs, func(in *quantity.Input) bool { return !in.Range.Exact() && !in.Shape.Kind.Bounded() })
}

// apart notes if the ends of the rows do not add up to the ends of the total.
func apart(a *wording.Answer) []Note {
	total := a.Report.Figure(a.Report.Sum.Total)
	if total == nil {
		return nil
	}
	low, high := total.Range.Low, total.Range.High
	for _, metric := range a.Report.Sum.Parts {
		if part := a.Report.Figure(metric); !part.Absent() {
			low, high = low-part.Range.Low, high-part.Range.High
		}
	}
	// The rows and the total are rounded separately.
	rounding := float64(len(a.Report.Sum.Parts)+1) * math.Pow10(-total.Unit.Digits(a.Currency.Minor())) / 2
	lowApart, highApart := math.Abs(low) > rounding, math.Abs(high) > rounding
	switch {
	case lowApart && highApart:
		return remarks(cell.Say("the rows add up to the total, but not to its lowest and highest: the rows do not all reach theirs at the same time"))
	case lowApart:
		return remarks(cell.Say("the rows add up to the total, but not to its lowest: the rows do not all reach theirs at the same time"))
	case highApart:
		return remarks(cell.Say("the rows add up to the total, but not to its highest: the rows do not all reach theirs at the same time"))
	}
	return nil
}

// marked adds footnote numbers to a figure's cell: for its evidence, for the evidence
// shown beside it, and for its caveat.
func (r *reporter) marked(c cell.Cell, f *calc.Figure) cell.Cell {
	var numbers []int
	add := func(text cell.Cell) {
		i := slices.IndexFunc(r.footnotes, func(n Note) bool { return reflect.DeepEqual(n.Text, text) })
		if i < 0 {
			i = len(r.footnotes)
			r.footnotes = append(r.footnotes, Note{Number: i + 1, Text: text})
		}
		if !slices.Contains(numbers, i+1) {
			numbers = append(numbers, i+1)
		}
	}
	for _, in := range attribution.BuiltIn(f.BasedOn) {
		add(evidence(in.Evidence))
	}
	for _, source := range f.Beside {
		add(cell.Say("beside it: {1}", evidence(source)))
	}
	if f.Limitation != "" {
		add(cell.Say(f.Limitation))
	}
	if len(numbers) == 0 {
		return c
	}
	slices.Sort(numbers)
	return cell.Marked{Cell: c, Notes: numbers}
}

// evidence describes a built-in figure and how reliable it is.
func evidence(s *quantity.Source) cell.Cell {
	what := cell.Say("grade {1}, {2}: {3} {4}, {5}", cell.Words(s.Grade), cell.Say(s.Grade.Means()), cell.Words(s.Key), cell.Words(s.Text), cell.Say(s.Measures))
	switch {
	case s.Author == "unknown":
	case s.Year == 0:
		what = cell.Say("{1} ({2})", what, cell.Words(s.Author))
	default:
		what = cell.Say("{1} ({2} {3})", what, cell.Words(s.Author), cell.Words(year(s.Year)))
	}
	parts := []cell.Cell{what}
	for _, more := range [...]string{s.Caveat, s.Against} {
		if more != "" {
			parts = append(parts, cell.Say(more))
		}
	}
	return cell.List{Items: parts, Join: cell.Sentences}
}

// figureColumns are the columns of every command that exports figures. Only comparisons
// fill base, change and change_percent.
var figureColumns = []string{"scenario", "metric", "value", "low", "high", "unit", "currency", "base", "change", "change_percent"}

// figures has a row for each figure of a report.
func figures(result *results.Result) func() Data {
	return func() Data {
		data := Data{Columns: figureColumns}
		for i := range result.Sections {
			s := result.Sections[i].Scenario
			for _, a := range result.Sections[i].Answers {
				for _, f := range a.Report.Figures {
					if !f.Absent() {
						data.add(append(figureRow(s.Label, f.Metric, f.Unit, f.Range, s.Currency.Code()), nil, nil, nil)...)
					}
				}
			}
		}
		return data
	}
}

// figureRow makes the part of a row that identifies a figure.
func figureRow(label, metric string, unit quantity.Unit, r quantity.Range, currency string) []cell.Cell {
	row := []cell.Cell{cell.Words(label), cell.Words(metric), cell.Raw(r.Likely), cell.Raw(r.Low), cell.Raw(r.High), cell.Words(unit), nil}
	if unit.Kin() == quantity.Money {
		row[len(row)-1] = cell.Words(currency)
	}
	return row
}
