// Package calc defines what the numbers mean: how a calculator asks for its inputs,
// computes, and reports its results. Its folders hold the calculators. It knows the
// standard library alone. Nothing here or below reads a file, a clock or the
// environment, or prints.
//
// A calculator is a package with three things: Inputs with a method Ask, which
// writes the inputs on a Form; a function Compute from Inputs to a Result, which is
// arithmetic on float64 fields; and the Result's method Tell, which writes figures
// and tables into a Report. Everything that users see follows from these: the keys
// of scenarios and --set, help, validation, ranges, sources, metrics and every output
// format. A method Warn adds what a reader of the figures should know.
//
// A Model is a calculator bound to inputs. Its Report is computed at the likely
// values; package extremes adds the low and high of every number, and package
// attribution what each figure is based on.
package calc

import (
	"fmt"
	"iter"
)

// A Calculator answers one question from the inputs that it asks for.
type Calculator struct {
	Name     string
	Question string      // what it answers, as a sentence of help
	ask      func(*Form) // writes the inputs on a form that fills nothing in
	model    func() *Model
}

// New makes a calculator of a function that fills in an empty result from inputs.
// The inputs ask, and the result reports. Neither is copied, since a simulation
// computes millions of times. Figures are listed without a scenario by computing
// with inputs that are all zero, which must not fail.
func New[I, R any, Asks interface {
	*I
	Ask(*Form)
}, Tells interface {
	*R
	Tell(*Report)
}](name, question string, compute func(*I, *R) error) Calculator {
	ask := func(f *Form) { Asks(new(I)).Ask(f) }
	return Calculator{Name: name, Question: question, ask: ask, model: func() *Model {
		memory := new(struct { // made once, so that computing takes no memory
			_      padding
			in     I
			result R
			_      padding
		})
		in, result := &memory.in, &memory.result
		m := &Model{Calculator: name}
		m.binder.model = m
		m.tried.numbers = paddedNumbers(usualFigures)[:0]
		Asks(in).Ask(&m.form)
		m.form.finish()
		m.computeZero = func(r *Report) {
			result := new(R)
			if err := compute(new(I), result); err != nil {
				panic(fmt.Errorf("%s does not compute with inputs that are all zero: %w", name, err))
			}
			Tells(result).Tell(r)
		}
		warning, warns := any(result).(warner)
		m.compute = func(r *Report) error {
			var empty R
			*result = empty
			if err := m.form.prepared(); err != nil {
				return err
			}
			if err := compute(in, result); err != nil {
				return err
			}
			Tells(result).Tell(r)
			if warns && r.detail == everything {
				warning.Warn(r)
			}
			return nil
		}
		if s, ok := any(in).(settler); ok {
			m.settle = s.Settle
		}
		return m
	}}
}

// usualFigures is how many figures have room before a calculator that has more
// makes room for them.
const usualFigures = 16

// A settler has something to do once, after its inputs are bound at their likely
// values: to fix an order of rows that must not change with the numbers, or to
// refuse what contradicts itself there.
type settler interface{ Settle() error }

// A warner has warnings for readers of its figures.
type warner interface{ Warn(*Report) }

// Model makes a model of the calculator, to be bound to inputs. A model may be
// bound again and again, by one goroutine at a time.
func (c Calculator) Model() *Model { return c.model() }

// Fields lists the inputs, in the order in which they are asked for. One that only a
// group requires is optional.
func (c Calculator) Fields() (fields []Field) {
	for f := range FieldsOf(c) {
		fields = append(fields, *f)
	}
	return fields
}

// FieldsOf goes over the inputs of several calculators as Fields does. A field is valid
// until the next one is asked for.
func FieldsOf(calculators ...Calculator) iter.Seq[*Field] {
	return func(yield func(*Field) bool) {
		var form Form
		for _, c := range calculators {
			form = Form{entries: form.entries[:0], slots: form.slots[:0]}
			c.ask(&form)
			for i := range form.entries {
				f := &form.entries[i].Field
				if f.Required() && !form.entries[i].requiredIn(0) {
					f.Optional = true
				}
				if !yield(f) {
					return
				}
			}
		}
	}
}

// Metrics lists the figures, without values, in the order of a report.
func (c Calculator) Metrics() []Figure { return c.model().Metrics() }
