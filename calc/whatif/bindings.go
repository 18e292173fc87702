// Package whatif asks questions about any calculator: why a figure changed
// (compare), how certain it is (simulate), which input matters most (sensitivity),
// and which input value reaches a target (solve).
//
// It knows models and their inputs through package calc, and computes nothing but
// what models give. It knows no calculator, no scenario file and no output format.
package whatif

import (
	"math"
	"slices"

	"github.com/churncost/churncost/calc"
)

// A Metric is a figure of one of several models, by its index among the model's
// Metrics.
type Metric struct{ Model, Index int }

// Bindings are one or more models that are bound to the same scenario, and the
// numbers among their inputs. One goroutine may use them at a time.
type Bindings struct {
	models  []*calc.Model
	numbers []number
}

// A number is one numeric input, and the variable that it is in each model that
// asks for it.
type number struct {
	calc.Variable
	in []calc.Variable
}

// NewBindings gathers the numbers of models that are bound to the same scenario.
func NewBindings(models []*calc.Model) *Bindings {
	b := &Bindings{models: models}
	for _, m := range models {
		for _, v := range m.Variables() {
			at := b.find(v.Input.Key)
			if at < 0 {
				at = len(b.numbers)
				b.numbers = append(b.numbers, number{Variable: v})
			}
			b.numbers[at].in = append(b.numbers[at].in, v)
		}
	}
	b.reset()
	return b
}

// find gives the index of the number with a key, or -1.
func (b *Bindings) find(key string) int {
	return slices.IndexFunc(b.numbers, func(n number) bool { return n.Input.Key == key })
}

// reset sets every number to its likely value, with which each question begins.
func (b *Bindings) reset() {
	for i := range b.numbers {
		b.set(i, b.numbers[i].Input.Range.Likely)
	}
}

// set sets one number, in every model that asks for it.
func (b *Bindings) set(number int, value float64) {
	in := b.numbers[number].in
	for i := range in {
		in[i].Set(value)
	}
}

// compute computes a metric with the numbers as they are set; NaN where it is
// absent.
func (b *Bindings) compute(m Metric) (float64, error) {
	model := b.models[m.Model]
	if err := model.Try(); err != nil {
		return math.NaN(), err
	}
	return model.Tried(m.Index), nil
}

// at computes a metric with one number changed, which stays so; NaN where it is
// absent or cannot be computed.
func (b *Bindings) at(number int, value float64, m Metric) float64 {
	b.set(number, value)
	figure, _ := b.compute(m) // NaN with an error
	return figure
}

// Likely computes a metric with every number at its likely value; NaN where it is
// absent or cannot be computed.
func (b *Bindings) Likely(m Metric) float64 {
	b.reset()
	figure, _ := b.compute(m) // NaN with an error
	return figure
}

// ranged lists the numbers that are ranges.
func (b *Bindings) ranged() []int {
	var all []int
	for i := range b.numbers {
		if !b.numbers[i].Input.Range.Exact() {
			all = append(all, i)
		}
	}
	return all
}

// counted lists the numbers that are lists of counts.
func (b *Bindings) counted() []int {
	var all []int
	for i := range b.numbers {
		if b.numbers[i].Trials != nil {
			all = append(all, i)
		}
	}
	return all
}

// Drawn is how many numbers are drawn: ranges, and lists of counts.
func (b *Bindings) Drawn() int { return len(b.ranged()) + len(b.counted()) }

// Counts are the keys of the lists of counts that are drawn.
func (b *Bindings) Counts() (keys []string) {
	for _, i := range b.counted() {
		keys = append(keys, b.numbers[i].Input.Key)
	}
	return keys
}

// Fixed reports whether a key is that of a number that is no range.
func (b *Bindings) Fixed(key string) bool {
	i := b.find(key)
	return i >= 0 && b.numbers[i].Input.Range.Exact()
}
