package calc

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// rest finds what each figure rests on: the inputs that stand on built-in
// evidence and without which the figure would be another. It asks the numbers
// themselves, by moving each such input and looking which figures move.
func (m *Model) rest(r *Report) {
	defer m.reset()
	for i := range m.variables {
		v := &m.variables[i]
		if v.input.Evidence == nil {
			continue
		}
		moved := make([]bool, len(r.numbers))
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
				r.Figures[j].Rests = append(r.Figures[j].Rests, v.input)
			}
		}
	}
}

// differ tells whether two results are not the same number.
func differ(a, b float64) bool {
	return a != b && !(math.IsNaN(a) && math.IsNaN(b))
}

// Worst is the lowest grade of evidence the figure rests on; empty where it
// rests on none.
func (f *Figure) Worst() Grade {
	var worst Grade
	for _, in := range f.Rests {
		worst = max(worst, in.Evidence.Grade) // A < B < C < X
	}
	return worst
}

// Rests lists the inputs on built-in evidence that any figure rests on, in the
// order in which figures tell of them.
func (r *Report) Rests() []*Input {
	var all []*Input
	for i := range r.Figures {
		for _, in := range r.Figures[i].Rests {
			if !slices.Contains(all, in) {
				all = append(all, in)
			}
		}
	}
	return all
}

// tellEvidence adds the table that says how much of the total rests on each
// grade of evidence, if the report says what adds up to the total and any of it
// does.
func (r *Report) tellEvidence() {
	total := r.Figure(r.Sum.Total)
	if total == nil || total.Absent() || len(total.Rests) == 0 {
		return
	}
	t := &Table{Name: r.Sum.Total + " by evidence", report: r}
	t.Col("rests on", Word).Col("amount", total.Unit).Col("share", Share).Col("through", Word)
	for _, grade := range [...]Grade{"", GradeA, GradeB, GradeC, GradeX} {
		amount, found := 0.0, false
		var keys []string
		for _, metric := range r.Sum.Parts {
			part := r.Figure(metric)
			if part.Absent() || part.Worst() != grade {
				continue
			}
			found = true
			amount += part.Range.Likely
			for _, in := range part.Rests {
				if in.Evidence.Grade == grade && !slices.Contains(keys, in.Whole()) {
					keys = append(keys, in.Whole())
				}
			}
		}
		if !found {
			continue
		}
		name := "what the scenario itself gives"
		if grade != "" {
			name = fmt.Sprintf("grade %s: %s", grade, grade.Means())
		}
		share := math.NaN()
		if total.Range.Likely != 0 {
			share = amount / total.Range.Likely
		}
		t.Row(Say(name), N(amount), N(share), Say(strings.Join(keys, ", ")))
	}
	r.Tables = append(r.Tables, t)
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

// plain writes a number for an error message.
func (u Unit) plain(value float64) string {
	if u == Share {
		return fmt.Sprintf("%.6g%%", value*100)
	}
	return fmt.Sprintf("%.6g", value)
}
