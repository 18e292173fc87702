package study

import (
	"fmt"
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/attribution"
	"github.com/churncost/churncost/calc/quantity"
)

// weakInputs returns the inputs with weak evidence or without a source that any figure of
// a calculator is based on, in the order of the figures.
func (e *evaluation) weakInputs(calculator int) []*quantity.Input {
	m := e.models[calculator]
	metrics := make([]int, len(m.Metrics()))
	for i := range metrics {
		metrics[i] = i
	}
	return inputs(m.Model, metrics, func(in *quantity.Input) bool { return in.Class().Weak() })
}

// inputs returns the inputs that some figures are based on, in the order of the figures.
// The figures are given by their indexes.
func inputs(m *calc.Model, metrics []int, concerns func(*quantity.Input) bool) []*quantity.Input {
	candidates := slices.DeleteFunc(slices.Clone(m.Inputs()), func(in *quantity.Input) bool { return !concerns(in) })
	if len(candidates) == 0 {
		return nil
	}
	all, err := attribution.Of(m, metrics, concerns)
	if err != nil {
		return candidates // if it cannot be computed at the likely values, assume that it is based on all
	}
	return slices.Concat(all...)
}

// graded notes the weak built-in figures that some figures of a calculator are based on.
// The figures are given by their indexes.
func (e *evaluation) graded(calculator int, metrics []int) (notes []calc.Note) {
	weak := func(in *quantity.Input) bool { return in.Evidence != nil && in.Evidence.Grade.Weak() }
	for _, in := range inputs(e.models[calculator].Model, metrics, weak) {
		grade := in.Evidence.Grade
		notes = append(notes, calc.Note{Kind: calc.Graded, Key: in.Key, Text: fmt.Sprintf("%s %s is a figure of grade %s: %s", in.Key, in.Evidence.Text, grade, grade.Means())})
	}
	return notes
}
