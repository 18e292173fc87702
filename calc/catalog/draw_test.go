package catalog_test

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/quantity"
)

// A drawer draws scenarios at random from nothing but what a calculator asks
// for, so that it serves calculators yet to come.
type drawer struct {
	*rand.Rand
	fields []calc.Field
	drawn  int  // how many scenarios
	ranges int  // how many ranges may still be drawn
	all    bool // whether everything is given that can be
}

// chance is true in so many of a hundred cases.
func (d *drawer) chance(percent int) bool { return d.IntN(100) < percent }

// inputs draws values for a calculator's fields: all that are required, but for
// those of one group now and then, and every second one of the rest.
func (d *drawer) inputs() quantity.Inputs {
	in := quantity.Inputs{}
	without := "none"
	if !d.all && d.chance(20) {
		without = groupOf(d.fields[d.IntN(len(d.fields))].Key)
	}
	for i := range d.fields {
		f := &d.fields[i]
		if groupOf(f.Key) == without || groupOf(f.Key) == records || !d.all && !f.Required() && d.chance(40) {
			continue
		}
		in[f.Key] = d.value(f)
	}
	return in
}

// records are the keys of the firm's own records, which have to go together.
const records = "customer.survival"

// measure draws how long customers stay by the firm's own records. The years of such a
// customer are added up one by one, and so they are few.
func (d *drawer) measure(in quantity.Inputs) {
	const group = records
	in["customer.years"] = &quantity.Input{Key: "customer.years", Range: quantity.Exactly(1 + 9*d.Float64()), Origin: quantity.FromScenario}
	give := func(name string, numbers ...float64) {
		one := &quantity.Input{Key: group + "." + name, Origin: quantity.FromScenario}
		if len(numbers) == 1 {
			one.Range = quantity.Exactly(numbers[0])
		} else {
			for _, x := range numbers {
				one.List = append(one.List, quantity.Input{Range: quantity.Exactly(x)})
			}
		}
		in[one.Key] = one
	}
	delete(in, "customer.retention")
	in[group+".period"] = d.value(d.field(group + ".period"))
	in["customer.period"] = &quantity.Input{Key: "customer.period", Word: "year", Origin: quantity.FromScenario}
	delete(in, "customer.renews")
	if d.chance(50) {
		give("alpha", .1+3*d.Float64())
		give("beta", .1+10*d.Float64())
		return
	}
	var atRisk, lost []float64
	for left := 1000.0; len(lost) < 6; left -= lost[len(lost)-1] {
		atRisk, lost = append(atRisk, left), append(lost, math.Floor(left*.4*d.Float64()))
	}
	give("at_risk", atRisk...)
	give("lost", lost...)
}

// groupOf is all of a key but its last name.
func groupOf(key string) string { return key[:max(0, strings.LastIndexByte(key, '.'))] }

// field finds the field of a key, or nil.
func (d *drawer) field(key string) *calc.Field {
	for i := range d.fields {
		if d.fields[i].Key == key {
			return &d.fields[i]
		}
	}
	return nil
}

// bound draws inputs until the calculator takes and computes them. What does not
// go together it repairs: it gives what is missing, and takes away what is one too
// many, alone or with its group.
func (d *drawer) bound(m *calc.Model, ranges int) (quantity.Inputs, *calc.Report) {
	for range 200 {
		d.ranges = ranges
		in := d.inputs()
		const one = 12 // in so many
		if d.drawn++; m.Calculator == "survival" || !d.all && d.drawn%one == 0 && d.field(records+".period") != nil {
			d.measure(in)
		}
		for range 20 {
			err := m.Bind(in)
			if err == nil {
				break
			}
			for _, problem := range problems(err) {
				d.mend(in, problem.Key)
			}
		}
		if m.Bind(in) != nil {
			continue
		}
		if report, err := calctest.Report(m, 6); err == nil {
			return in, report
		}
	}
	return nil, nil
}

func problems(err error) calc.Problems {
	found, _ := errors.AsType[calc.Problems](err)
	return found
}

func (d *drawer) mend(in quantity.Inputs, key string) {
	switch f := d.field(key); {
	case in[key] == nil && f != nil && d.chance(70):
		in[key] = d.value(f)
	case d.chance(50):
		delete(in, key)
	default:
		for other := range in {
			if groupOf(other) == groupOf(key) {
				delete(in, other)
			}
		}
	}
}

// value draws a value for one field.
func (d *drawer) value(f *calc.Field) *quantity.Input {
	in := &quantity.Input{Key: f.Key, Unit: f.Unit, Origin: quantity.FromScenario}
	switch f.Kind {
	case calc.ChoiceInput:
		in.Word = f.Choices[d.IntN(len(f.Choices))]
	case calc.TextInput:
		in.Word = fmt.Sprintf("text %d", d.Int())
	case calc.ListInput:
		for range 1 + d.IntN(4) {
			in.List = append(in.List, quantity.Input{Range: d.span(f, func() float64 { return 20 * d.Float64() })})
		}
	case calc.ItemsInput:
		for range 1 + d.IntN(4) {
			in.List = append(in.List, quantity.Input{Cells: d.cells(f)})
		}
	case calc.ChangeInput:
		in.By = quantity.ChangeBy(d.IntN(3))
		low, high := [...]float64{0, -.3, -.9}[in.By], [...]float64{.5, .1, .3}[in.By]
		in.Range = d.span(f, func() float64 { return low + (high-low)*d.Float64() })
	default:
		if f.Forever && d.chance(15) {
			in.Range = quantity.Exactly(math.Inf(1))
			break
		}
		if f.OrList && d.chance(25) {
			in.Per, _ = quantity.PeriodNamed([...]string{"year", "month"}[d.IntN(2)])
			for range 2 + d.IntN(3) {
				in.List = append(in.List, quantity.Input{Range: d.span(f, func() float64 { return d.number(f) })})
			}
			break
		}
		in.Range = d.span(f, func() float64 { return d.number(f) })
		if f.Counted != "" && d.chance(50) {
			in.Per, in.Counted = quantity.Period{Name: "visit", PerAnn: 1}, f.Counted
		}
	}
	return in
}

func (d *drawer) cells(f *calc.Field) quantity.Inputs {
	cells := quantity.Inputs{}
	for i := range f.Items {
		column := &f.Items[i]
		if column.Required() || d.chance(50) {
			cells[column.Key] = d.value(column)
			if column.Unit == quantity.Share { // shares of rows may have to add up to no more than one
				r := cells[column.Key].Range
				cells[column.Key].Range = quantity.Range{Low: max(column.Min, r.Low/5), Likely: max(column.Min, r.Likely/5), High: max(column.Min, r.High/5)}
			}
		}
	}
	return cells
}

// span draws a number or, while some may be drawn, a range.
func (d *drawer) span(f *calc.Field, number func() float64) quantity.Range {
	within := func() float64 { return min(max(number(), f.Min), f.Max) }
	low := within()
	if f.NoRange || d.ranges == 0 || d.chance(50) {
		return quantity.Exactly(low)
	}
	high := within()
	low, high = min(low, high), max(low, high)
	if low == high {
		return quantity.Exactly(low)
	}
	d.ranges--
	if d.chance(50) {
		return quantity.Between(low, high)
	}
	return quantity.Range{Low: low, Likely: low + (high-low)*d.Float64(), High: high}
}

// number draws a number that a field can have: small and large ones, and now and
// then one at its bounds.
func (d *drawer) number(f *calc.Field) float64 {
	most, scaled := 0.0, true
	switch f.Unit {
	case quantity.Share:
		most, scaled = min(f.Max, 1.5), false
	case quantity.Score:
		most, scaled = 10, false
	case quantity.Years:
		most = 40
	case quantity.Count:
		most = 60
	default:
		most = 10_000
	}
	least := max(f.Min, -most)
	switch {
	case d.chance(8) && !f.MinOpen:
		return least
	case d.chance(8):
		return min(f.Max, most)
	case scaled:
		return least + (most-least)*math.Pow(10, -4*d.Float64())
	}
	return least + (most-least)*max(.001, d.Float64())
}

// pinned is a copy of the inputs in which every range is one of its points. A
// range that a benchmark brought in is written down as one.
func (d *drawer) pinned(in quantity.Inputs, bound []*quantity.Input) quantity.Inputs {
	copied := d.pin(in)
	for _, b := range bound {
		if in[b.Key] == nil && b.Origin == quantity.FromBenchmark && d.field(b.Key) != nil && !b.Range.Exact() {
			copied[b.Key] = &quantity.Input{Key: b.Key, Unit: b.Unit, Origin: quantity.FromScenario, Range: d.point(b.Range)}
		}
	}
	return copied
}

func (d *drawer) pin(in quantity.Inputs) quantity.Inputs {
	copied := quantity.Inputs{}
	for _, key := range slices.Sorted(maps.Keys(in)) { // in one order, so that the same is drawn each time
		one := *in[key]
		one.Range = d.point(one.Range)
		one.List = append([]quantity.Input(nil), one.List...)
		for i := range one.List {
			one.List[i].Range = d.point(one.List[i].Range)
			if one.List[i].Cells != nil {
				one.List[i].Cells = d.pin(one.List[i].Cells)
			}
		}
		copied[key] = &one
	}
	return copied
}

// point draws a point inside a range, or at one of its ends, or near one: what is
// hard to find lies there.
func (d *drawer) point(r quantity.Range) quantity.Range {
	part := d.Float64()
	switch d.IntN(6) {
	case 0:
		part = math.Round(part)
	case 1:
		part = math.Pow(10, -5*part)
	case 2:
		part = 1 - math.Pow(10, -5*part)
	}
	if r.Exact() {
		return r
	}
	return quantity.Exactly(min(r.High, r.Low+(r.High-r.Low)*part))
}
