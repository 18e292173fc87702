// Package calc says what the numbers mean: how a calculator asks for its
// inputs, computes, and tells its results. Its folders hold the calculators.
// Nothing here or below reads a file, a clock or the environment, or prints.
//
// A calculator is a package with three things: Inputs with a method Ask, which
// writes the inputs on a Form; a function Compute from Inputs to a Result, plain
// arithmetic on float64 fields; and the Result's method Tell, which writes
// figures and tables into a Report. Everything that users see follows from these:
// the keys of scenarios and --set, help, validation, ranges, provenance, metrics
// and every output format. A method Warn adds what a reader of the figures should
// know, where there is anything.
package calc

import "fmt"

// A Calculator answers one question from the inputs that it asks for.
type Calculator struct {
	Name     string
	Question string // what it answers, as a sentence of help
	model    func() *Model
}

// New makes a calculator of a function that fills in an empty result from inputs.
// The inputs ask, and the result tells. Neither is copied, for a simulation computes
// millions of times. Figures are listed without a scenario by telling what comes of
// inputs that are all zero, which must compute.
func New[I, R any, Asks interface {
	*I
	Ask(*Form)
}, Tells interface {
	*R
	Tell(*Report)
}](name, question string, compute func(*I, *R) error) Calculator {
	return Calculator{Name: name, Question: question, model: func() *Model {
		desk := new(struct { // made once, so that computing takes no memory
			_      gap
			in     I
			result R
			_      gap
		})
		in, result := &desk.in, &desk.result
		m := &Model{Calculator: name}
		m.scratch.numbers = apart(usualFigures)[:0]
		Asks(in).Ask(&m.form)
		m.blank = func(r *Report) {
			result := new(R)
			if err := compute(new(I), result); err != nil {
				panic(fmt.Errorf("%s does not compute with inputs that are all zero: %w", name, err))
			}
			Tells(result).Tell(r)
		}
		warning, warns := any(result).(warner)
		m.run = func(r *Report) error {
			var empty R
			*result = empty
			if err := compute(in, result); err != nil {
				return err
			}
			Tells(result).Tell(r)
			if warns && r.depth == everything {
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

// usualFigures is how many figures have room before a calculator that tells more
// makes itself some.
const usualFigures = 16

// A settler has something to do once, after its inputs are bound at their likely
// values: to fix an order of rows that must not change with the numbers, or to
// refuse what does not go together there.
type settler interface{ Settle() error }

// A warner has warnings for whoever reads its figures.
type warner interface{ Warn(*Report) }

// Model makes a model of the calculator, to be bound to inputs. A model may be
// bound again and again, by one goroutine at a time.
func (c Calculator) Model() *Model { return c.model() }

// Fields lists the inputs, in the order in which they are asked for. One that only a
// group cannot do without is optional.
func (c Calculator) Fields() []Field {
	entries := c.model().form.entries
	fields := make([]Field, len(entries))
	for i := range entries {
		fields[i] = entries[i].Field
		if fields[i].Required() && !entries[i].requiredIn(0) {
			fields[i].Optional = true
		}
	}
	return fields
}

// Metrics lists the figures, without values, in the order in which they are
// told.
func (c Calculator) Metrics() []Figure {
	return c.model().Metrics()
}
