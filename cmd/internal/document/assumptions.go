package document

import (
	"slices"
	"strconv"

	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/cell"
)

// assumptions lists the inputs, and where each is set.
func assumptions(n cell.NumberFormat, inputs []*quantity.Input) *Table {
	t := &Table{Title: cell.Say("assumptions"), Columns: []Column{left(cell.Say("assumption")), right(cell.Say("value")), left(cell.Say("set in")), left(cell.Say("class"))}}
	sourced := slices.ContainsFunc(inputs, func(in *quantity.Input) bool { return in.Citation != quantity.Citation{} })
	if sourced {
		t.Columns = append(t.Columns, left(cell.Say("source")))
	}
	for _, in := range inputs {
		row := []cell.Cell{cell.Words(in.Key), inputValue(n, in), origin(in), cell.Class(in.Class())}
		if sourced {
			row = append(row, citation(in.Citation))
		}
		t.add(row...)
	}
	return t
}

// inputValue shows an input as it was written, or the number of a default.
func inputValue(n cell.NumberFormat, in *quantity.Input) cell.Cell {
	switch {
	case len(in.List) > 0 && in.Derived != "": // it follows another list and is equal to it
		return cell.Words(quantity.TextOf(in.List))
	case in.Derived != "":
		return n.Given(in.Unit, in.Range)
	case in.Text != "":
		return cell.Words(in.Brief())
	case in.Unit.Kin() == quantity.Money: // in the period it would be written with
		return cell.Words(strconv.FormatFloat(in.Range.Likely, 'f', -1, 64))
	}
	return n.Given(in.Unit, in.Range)
}

// origin says where an input is set.
func origin(in *quantity.Input) cell.Cell {
	switch in.Origin {
	case quantity.FromScenario:
		return cell.Place{File: in.Place.Document.Name, Line: in.Place.Line}
	case quantity.FromSet:
		return cell.Words("--set")
	case quantity.FromBenchmark:
		return cell.Say("benchmark")
	}
	if in.Derived != "" {
		return cell.Say("default: {1}", cell.Words(in.Text))
	}
	return cell.Say("default")
}

// citation shows what a scenario says about an input's source.
func citation(c quantity.Citation) cell.Cell {
	parts := cell.List{Join: cell.Commas}
	for _, part := range [...]string{c.Source, c.Owner, c.Date} {
		if part != "" {
			parts.Items = append(parts.Items, cell.Words(part))
		}
	}
	if c.Expires != "" {
		parts.Items = append(parts.Items, cell.Say("expires {1}", cell.Words(c.Expires)))
	}
	return parts
}
