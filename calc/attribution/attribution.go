// Package attribution finds what figures are based on: the inputs without which they
// would be others, and how far those can be relied on. It knows a bound model, whose
// variables it moves one at a time, and the report that it fills in; it must not
// know calculators, or what prints a report.
package attribution

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// Add fills in what every figure of the model's own report is based on. Where the
// report says what adds up to a total, it adds a table of how much of the total is
// based on each class of input. The report is not rounded yet.
func Add(m *calc.Model, r *calc.Report) error {
	metrics := make([]int, len(r.Figures))
	for i := range metrics {
		metrics[i] = i
	}
	all, err := Of(m, metrics, func(*quantity.Input) bool { return true })
	if err != nil {
		return err
	}
	for i := range r.Figures {
		r.Figures[i].BasedOn = all[i]
	}
	addClasses(r)
	return nil
}

// Of lists, for each of the metrics, the inputs that concern the caller and that the
// metric is based on, in the order in which they are asked for. Metrics are indexes
// among the model's. An input is moved until every metric has changed with it, at
// most to five values, and each costs one computation; there is one more at the
// likely values, which must not fail.
func Of(m *calc.Model, metrics []int, concerns func(*quantity.Input) bool) ([][]*quantity.Input, error) {
	defer m.Reset()
	m.Reset()
	if err := m.Try(); err != nil {
		return nil, err
	}
	likely := make([]float64, len(metrics))
	for i, metric := range metrics {
		likely[i] = m.Tried(metric)
	}
	basedOn := make([][]*quantity.Input, len(metrics))
	changed := make([]bool, len(metrics))
	for _, v := range m.Variables() {
		if !concerns(v.Input) {
			continue
		}
		clear(changed)
		for x := range otherValues(&v) {
			v.Set(x)
			if m.Try() != nil {
				continue
			}
			for i, metric := range metrics {
				changed[i] = changed[i] || differ(m.Tried(metric), likely[i])
			}
			if !slices.Contains(changed, false) {
				break
			}
		}
		v.Set(v.Input.Range.Likely)
		for i := range metrics {
			if changed[i] {
				basedOn[i] = append(basedOn[i], v.Input)
			}
		}
	}
	return basedOn, nil
}

// otherValues yields the values within its bounds to which a variable is moved.
func otherValues(v *calc.Variable) func(yield func(float64) bool) {
	return func(yield func(float64) bool) {
		likely := v.Input.Range.Likely
		values := [...]float64{likely / 2, likely * 2, likely + 1, v.Min, v.Max}
		tried := values[:]
		if len(v.Input.List) > 0 { // a list that moves as a whole: a table is fitted for each
			tried = values[:2]
		}
		for _, x := range tried {
			if x == likely || math.IsInf(x, 0) || x < v.Min || x > v.Max || (x == v.Min && v.MinOpen) {
				continue
			}
			if !yield(x) {
				return
			}
		}
	}
}

// differ reports whether two results are not the same number.
func differ(a, b float64) bool {
	return a != b && !(math.IsNaN(a) && math.IsNaN(b))
}

// Inputs lists the inputs that any figure of a report is based on, in the order of
// the figures.
func Inputs(r *calc.Report) []*quantity.Input {
	var all []*quantity.Input
	for i := range r.Figures {
		for _, in := range r.Figures[i].BasedOn {
			if !slices.Contains(all, in) {
				all = append(all, in)
			}
		}
	}
	return all
}

// Weakest is the class of the least reliable of the inputs.
func Weakest(inputs []*quantity.Input) quantity.Class {
	classes := quantity.Classes()
	weakest := 0
	for _, in := range inputs {
		weakest = max(weakest, slices.Index(classes, in.Class()))
	}
	return classes[weakest]
}

// BuiltIn lists those of the inputs whose value is a built-in figure.
func BuiltIn(inputs []*quantity.Input) []*quantity.Input {
	return slices.DeleteFunc(slices.Clone(inputs), func(in *quantity.Input) bool { return in.Evidence == nil })
}

// ShareOf is how much of the total is based on inputs of a class and on none that is
// weaker; NaN where the report does not say what adds up to a total, or the total
// is zero.
func ShareOf(r *calc.Report, class quantity.Class) float64 {
	total := r.Figure(r.Sum.Total)
	if total == nil || total.Absent() || total.Computed == 0 {
		return math.NaN()
	}
	return amount(r, class) / total.Computed
}

// amount is the sum of the parts whose weakest input is of a class.
func amount(r *calc.Report, class quantity.Class) (amount float64) {
	for _, metric := range r.Sum.Parts {
		if part := r.Figure(metric); !part.Absent() && Weakest(part.BasedOn) == class {
			amount += part.Computed
		}
	}
	return amount
}

// addClasses adds the table of how much of the total is based on each class of input.
func addClasses(r *calc.Report) {
	total := r.Figure(r.Sum.Total)
	if total == nil || total.Absent() {
		return
	}
	t := &calc.Table{Name: "what " + r.Sum.Total + " is based on", Columns: []calc.Column{
		{Name: "based on, at its weakest", Unit: quantity.Word}, {Name: "amount", Unit: total.Unit}, {Name: "share", Unit: quantity.Share}, {Name: "inputs", Unit: quantity.Word}}}
	for _, class := range quantity.Classes() {
		var keys []string
		for _, in := range total.BasedOn {
			if in.Class() == class && !slices.Contains(keys, in.Whole()) {
				keys = append(keys, in.Whole())
			}
		}
		if keys != nil {
			t.Rows = append(t.Rows, []calc.Cell{calc.Words(class.Means()), calc.Number(amount(r, class)), calc.Number(ShareOf(r, class)), calc.Words(firstOf(keys))})
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
