// Package extremes finds the low and the high of every figure and table cell over
// the ranges of the inputs. It knows a bound model, whose variables it moves, and
// the report that it fills in; it must not know calculators, evidence, or what
// prints a report.
package extremes

import (
	"errors"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// Add fills in the low and high of every figure and number cell of the model's own
// report, which is not rounded yet. It is an error where more than MaxRanged inputs
// are ranges, and where the model does not compute at a corner of the ranges.
func Add(m *calc.Model, r *calc.Report) error {
	s := newSearch(m, len(r.Figures))
	if len(s.ranged) == 0 {
		return nil
	}
	cells := r.Cells()
	if err := s.run(s.figures + len(cells)); err != nil {
		return err
	}
	for i := range r.Figures {
		r.Figures[i].Range = s.ends(i)
	}
	for i := range cells {
		cells[i].Range = s.ends(s.figures + i)
	}
	return nil
}

// Figures computes the figures with low and high, rounded as they are exported with
// minor digits for money, and appends them to the slice in the order of Metrics. It
// is for judging many scenarios: no report is built, and the numbers and errors are
// those of a report to which Add has added its own.
func Figures(m *calc.Model, to []quantity.Range, minor int) ([]quantity.Range, error) {
	metrics := m.Metrics()
	s := newSearch(m, len(metrics))
	try := m.Try
	if len(s.ranged) > 0 {
		try = m.TryCells
	}
	m.Reset()
	if err := try(); err != nil {
		return to, err
	}
	if err := m.Finite(); err != nil {
		return to, err
	}
	if len(s.ranged) > 0 {
		if err := s.run(s.figures); err != nil {
			return to, err
		}
	}
	to = slices.Grow(to, len(metrics))
	for i := range metrics {
		round := func(x float64) float64 { return metrics[i].Unit.Round(x, minor) }
		if len(s.ranged) > 0 {
			to = append(to, s.ends(i).Map(round))
		} else {
			to = append(to, quantity.Exactly(round(m.Tried(i))))
		}
	}
	return to, nil
}

// AtValues adds to an error of a model the values of the inputs at which it arose.
func AtValues(err error, inputs []*quantity.Input, values []float64) error {
	problems, ok := errors.AsType[calc.Problems](err)
	if !ok {
		return err
	}
	point := make([]string, len(inputs))
	for i, in := range inputs {
		point[i] = in.Key + " = " + in.Unit.Text(values[i])
	}
	problems[0].Message += " (at " + strings.Join(point, ", ") + ")"
	return err
}
