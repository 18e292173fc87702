package calc

import (
	"math"
	"slices"

	"github.com/churncost/churncost/calc/quantity"
)

// list binds each number of a list.
func (b *binder) list(e *entry, in *quantity.Input) {
	if e.Whole {
		b.column(e, in)
		return
	}
	period := 1.0
	if in.Per.PerAnn != 0 {
		period = 1 / in.Per.PerAnn
	}
	from, count := len(b.model.variables), len(in.List)
	b.links = append(b.links, link{e.Key, from, from + count, period, false})
	elements := slices.Clone(in.List)
	for i := range elements {
		element := &elements[i]
		element.Key, element.Unit, element.Evidence = e.elementKey(i), e.Unit, nil
		if element.Citation.Source == "" { // else it has a source of its own
			element.Evidence = in.Evidence
		}
		if element.Origin == "" {
			element.Origin = in.Origin
		}
		element.Inherit(in)
		b.variable(element, &e.Field, b.noTargets(len(e.slots)))
	}
	b.target(e, from, from+count, period, false)
}

// column binds a list as one variable: by how much all its numbers are multiplied.
func (b *binder) column(e *entry, in *quantity.Input) {
	one := *in
	one.Key, one.Unit, one.Range = e.Key, e.Unit, quantity.Exactly(1)
	v := Variable{Input: &one, Max: math.Inf(1)}
	for i := range e.slots {
		e.slots[i].column.Give(in.List)
		v.columns = append(v.columns, e.slots[i].column)
	}
	if trials := b.in[e.Trials]; trials != nil {
		v.Trials = trials.List
	}
	b.model.variables, b.model.inputs = append(b.model.variables, v), append(b.model.inputs, &one)
}

// noTargets is an empty list with room for so many targets.
func (b *binder) noTargets(count int) targets {
	if len(b.targets)+count > cap(b.targets) {
		b.targets = make(targets, 0, 2*cap(b.targets)+count)
	}
	from := len(b.targets)
	b.targets = b.targets[:from+count]
	return b.targets[from:from:len(b.targets)]
}

// target sends the numbers of some variables to all places of an entry. The period
// is how long each is of a list by tenure, in years.
func (b *binder) target(e *entry, from, until int, period float64, inverted bool) {
	variables := b.model.variables[from:until]
	for i := range e.slots {
		s := &e.slots[i]
		list := s.room(len(variables), period)
		for j := range variables {
			number := s.number // the last number of a list goes there
			if j < len(list) {
				number = &list[j]
			}
			variables[j].targets = append(variables[j].targets, target{number, inverted})
		}
	}
}

// items binds each item of a list as a small form of its own.
func (b *binder) items(e *entry, in *quantity.Input) {
	for _, s := range e.slots {
		for i, form := range s.items(len(in.List)) {
			for j := range form.entries {
				column := &form.entries[j]
				column.slots[0].clear(&column.Field)
				if cell := b.cell(column, in, in.List[i].Cells[column.Key]); cell != nil {
					b.bindCell(column, cell)
				}
			}
		}
	}
}

// cell is what is given in one column of an item in a list, or the default.
func (b *binder) cell(column *entry, list, given *quantity.Input) *quantity.Input {
	if given == nil {
		return column.defaulted(b.in)
	}
	cell := *given
	cell.Key = column.path
	cell.Inherit(list)
	return withEvidence(&cell, &column.Field)
}

func (b *binder) bindCell(column *entry, cell *quantity.Input) {
	if column.Kind == NumberInput {
		b.variable(cell, &column.Field, slices.Clip(column.targets))
		return
	}
	*column.slots[0].word = cell.Word
	b.model.inputs = append(b.model.inputs, cell)
}
