package document

import (
	"fmt"

	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/results"
)

// A solver describes a solution.
type solver struct {
	cell.NumberFormat
	*results.Solution
}

// solution describes where the target is reached.
func solution(d *Document, result *results.Result) {
	if result.Solution == nil {
		return
	}
	s := solver{cell.NumberFormat{Currency: result.Solution.Scenario.Currency}, result.Solution}
	d.of(s.Scenario)
	d.Data = s.data
	var lines []cell.Cell
	if len(s.Keys) == 1 {
		d.Headline = s.headline()
		d.headline(d.Headline)
		if t := s.roots(); len(t.Rows) > 0 {
			d.table(t)
		}
		lines = append(lines, s.searched())
		for _, root := range s.Points[0].Roots {
			switch key := &s.Keys[0]; {
			case root.Jump:
				lines = append(lines, cell.Say("at {1} the metric jumps from {2} to {3}, across the target; the flag gives {4}", at(key, root.Value), s.One(s.Unit, float64(root.Before)), s.One(s.Unit, float64(root.After)), s.One(s.Unit, root.Taken)))
			case root.Until != nil:
				lines = append(lines, cell.Say("from {1} to {2} the metric stays at the target; the flag takes the middle", at(key, root.Value), at(key, *root.Until)))
			}
		}
	} else {
		first, second := &s.Keys[0], &s.Keys[1]
		text := "{1}: {2} is {3} along a line of {4} and {5}"
		if !s.Solved() {
			text = "{1}: {2} is {3} for no pair of {4} and {5} that was searched"
		}
		d.Headline = cell.Say(text, cell.Words(s.Scenario.Label), cell.Words(s.Metric), s.One(s.Unit, s.Target), cell.Words(first.Key), cell.Words(second.Key))
		d.headline(d.Headline)
		d.table(s.line())
		lines = append(lines, cell.Say("searched: {1} from {2} to {3}, for each", cell.Words(second.Key), at(second, second.Low), at(second, second.High)))
	}
	lines = append(lines, cell.Say("each answer to {1} of the searched range; 1,024 equal steps", cell.Words(fmt.Sprint(whatif.Tolerance))))
	d.notes(append(remarks(lines...), d.Notes...))
}

// at shows a value of an unknown input, as --set takes it.
func at(k *results.Sought, value float64) cell.Cell { return cell.Words(k.Write(value)) }

// place shows where a root is.
func place(k *results.Sought, root results.Root) cell.Cell {
	switch {
	case root.Jump:
		return cell.Say("{1} (a jump)", at(k, root.Value))
	case root.Until != nil:
		return cell.Say("{1} to {2}", at(k, root.Value), at(k, *root.Until))
	}
	return at(k, root.Value)
}

func (s *solver) headline() cell.Cell {
	key, point := &s.Keys[0], &s.Points[0]
	arguments := []cell.Cell{cell.Words(s.Scenario.Label), cell.Words(s.Metric), s.One(s.Unit, s.Target), cell.Words(key.Key)}
	switch {
	case len(point.Roots) == 0 && point.Always:
		return cell.Say("{1}: {2} is {3} whatever {4} is", arguments...)
	case len(point.Roots) == 0:
		return cell.Say("{1}: {2} is {3} for no value of {4}; {5}", append(arguments, s.searched())...)
	case len(point.Roots) > 1:
		return cell.Say("{1}: {2} is {3} for {5} values of {4}", append(arguments, cell.Count(len(point.Roots)))...)
	case point.Roots[0].Jump:
		return cell.Say("{1}: {2} jumps across {3} where {4} is {5}", append(arguments, at(key, point.Roots[0].Value))...)
	}
	return cell.Say("{1}: {2} is {3} when {4} is {5}", append(arguments, place(key, point.Roots[0]))...)
}

// searched says which range was searched, and how the metric changes in it.
func (s *solver) searched() cell.Cell {
	key, point := &s.Keys[0], &s.Points[0]
	arguments := []cell.Cell{cell.Words(key.Key), at(key, float64(point.Low)), at(key, float64(point.High))}
	if point.Least.IsZero() {
		return cell.Say("searched: {1} from {2} to {3}, where the metric is never given", arguments...)
	}
	least, most := point.Lowest, point.Highest
	digits := s.Resolve(s.Unit, 100, least, most)
	return cell.Say("searched: {1} from {2} to {3}, where the metric goes from {4} to {5}", append(arguments, s.Number(s.Unit, least, digits), s.Number(s.Unit, most, digits))...)
}

func (s *solver) roots() *Table {
	key := &s.Keys[0]
	t := &Table{Title: cell.Say("solutions"), Columns: []Column{right(cell.Words(key.Key)), left(cell.Say("as a flag"))}}
	for _, root := range s.Points[0].Roots {
		t.add(place(key, root), cell.Words("--set '"+root.Set+"'"))
	}
	return t
}

// line shows the pairs of values of two inputs.
func (s *solver) line() *Table {
	t := &Table{Title: cell.Say("solutions"), Columns: []Column{right(cell.Words(s.Keys[0].Key)), right(cell.Words(s.Keys[1].Key))}}
	for i := range s.Points {
		point := &s.Points[i]
		places := cell.List{Join: cell.Commas}
		for _, root := range point.Roots {
			places.Items = append(places.Items, place(&s.Keys[1], root))
		}
		var second cell.Cell = places
		switch {
		case point.Always:
			second = cell.Say("any")
		case len(point.Roots) == 0:
			second = cell.Say("none")
		}
		t.add(at(&s.Keys[0], *point.First), second)
	}
	return t
}

// data has a row for each solution.
func (s *solver) data() Data {
	data := Data{Columns: []string{"scenario", "metric", "target", "first", "value", "until", "set", "jump"}}
	for i := range s.Points {
		var first cell.Cell
		if len(s.Keys) == 2 {
			first = cell.Words(s.Keys[0].Key + "=" + s.Keys[0].Write(*s.Points[i].First))
		}
		for _, root := range s.Points[i].Roots {
			until := root.Value
			if root.Until != nil {
				until = *root.Until
			}
			data.add(cell.Words(s.Scenario.Label), cell.Words(s.Metric), cell.Raw(s.Target), first, cell.Raw(root.Value), cell.Raw(until), cell.Words(root.Set), cell.Words(fmt.Sprint(root.Jump)))
		}
	}
	return data
}
