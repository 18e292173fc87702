package calc

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// attribute finds what each figure is based on: the inputs without which it would
// be another. It asks the numbers themselves, by moving each input and looking
// which figures move.
func (m *Model) attribute(r *Report) {
	defer m.reset()
	moved := make([]bool, len(r.numbers))
	for i := range m.variables {
		v := &m.variables[i]
		clear(moved)
		likely := v.input.Range.Likely
		for _, x := range [...]float64{likely / 2, likely * 2, likely + 1, v.field.Min, v.field.Max} {
			if x == likely || math.IsInf(x, 0) || x < v.field.Min || x > v.field.Max || (x == v.field.Min && v.field.MinOpen) {
				continue
			}
			v.set(x)
			if m.Try() != nil {
				continue
			}
			for j := range moved {
				moved[j] = moved[j] || differ(m.Tried(j), r.numbers[j])
			}
		}
		v.set(likely)
		for j := range r.Figures {
			if moved[j] {
				r.Figures[j].BasedOn = append(r.Figures[j].BasedOn, v.input)
			}
		}
	}
}

// differ tells whether two results are not the same number.
func differ(a, b float64) bool {
	return a != b && !(math.IsNaN(a) && math.IsNaN(b))
}

// Weakest is the class of the least reliable input that the figure is based on.
func (f *Figure) Weakest() Class {
	classes := Classes()
	weakest := 0
	for _, in := range f.BasedOn {
		weakest = max(weakest, slices.Index(classes, in.Class()))
	}
	return classes[weakest]
}

// Evidence lists the inputs with a built-in figure that this figure is based on.
func (f *Figure) Evidence() (all []*Input) {
	for _, in := range f.BasedOn {
		if in.Evidence != nil {
			all = append(all, in)
		}
	}
	return all
}

// BasedOn lists the inputs that any figure is based on, in the order in which
// figures tell of them.
func (r *Report) BasedOn() []*Input {
	var all []*Input
	for i := range r.Figures {
		for _, in := range r.Figures[i].BasedOn {
			if !slices.Contains(all, in) {
				all = append(all, in)
			}
		}
	}
	return all
}

// ShareOf is how much of the total is based on inputs of a class and on none that is
// weaker; NaN where the report does not say what adds up to a total, or the total
// is zero.
func (r *Report) ShareOf(class Class) float64 {
	total := r.Figure(r.Sum.Total)
	if total == nil || total.Absent() || total.Computed == 0 {
		return math.NaN()
	}
	return r.amount(class) / total.Computed
}

// amount is the sum of the parts whose weakest input is of a class.
func (r *Report) amount(class Class) (amount float64) {
	for _, metric := range r.Sum.Parts {
		if part := r.Figure(metric); !part.Absent() && part.Weakest() == class {
			amount += part.Computed
		}
	}
	return amount
}

// tellClasses adds the table that says how much of the total is based on each class
// of input, if the report says what adds up to the total.
func (r *Report) tellClasses() {
	total := r.Figure(r.Sum.Total)
	if total == nil || total.Absent() {
		return
	}
	t := &Table{Name: "what " + r.Sum.Total + " is based on", report: r}
	t.Col("based on, at its weakest", Word).Col("amount", total.Unit).Col("share", Share).Col("inputs", Word)
	for _, class := range Classes() {
		var keys []string
		for _, in := range total.BasedOn {
			if in.Class() == class && !slices.Contains(keys, in.Whole()) {
				keys = append(keys, in.Whole())
			}
		}
		if keys != nil {
			t.Row(Words(class.Means()), Number(r.amount(class)), Number(r.ShareOf(class)), Words(firstOf(keys)))
		}
	}
	r.Tables = append(r.Tables, t)
}

// firstOf lists the first few of many keys; the assumptions say the class of each.
func firstOf(keys []string) string {
	const few = 3
	if len(keys) <= few+1 {
		return strings.Join(keys, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(keys[:few], ", "), len(keys)-few)
}

// round rounds every number in the report.
func (r *Report) round(minor int) {
	for i := range r.Figures {
		f := &r.Figures[i]
		f.Range = f.Range.Map(func(x float64) float64 { return f.Unit.Round(x, minor) })
	}
	for _, t := range r.Tables {
		for _, row := range t.Rows {
			for i := range row {
				unit := t.Columns[i].Unit
				row[i].Range = row[i].Range.Map(func(x float64) float64 { return unit.Round(x, minor) })
			}
		}
	}
}
