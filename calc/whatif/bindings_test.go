package whatif_test

import (
	"math"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
)

// A space has three numbers of any size, of which toys make figures.
type space struct{ X, Y, Z float64 }

func (in *space) Ask(ask *calc.Form) {
	ask.Score(&in.X, "x", "the first", calc.AtLeast(math.Inf(-1)))
	ask.Score(&in.Y, "y", "the second", calc.AtLeast(math.Inf(-1)), calc.Default(0))
	ask.Score(&in.Z, "z", "the third", calc.AtLeast(math.Inf(-1)), calc.Default(0))
}

// Two figures over a space.
type figures struct{ f, g float64 }

func (r figures) Tell(tell *calc.Report) {
	tell.Score("f", "", r.f)
	tell.Score("g", "", r.g)
}

// The metrics of a toy.
var (
	f = whatif.Metric{Model: 0, Index: 0}
	g = whatif.Metric{Model: 0, Index: 1}
)

// x, y and z are inputs of a toy.
func x(r quantity.Range, shape quantity.ShapeKind) *quantity.Input { return input("x", r, shape) }
func y(r quantity.Range, shape quantity.ShapeKind) *quantity.Input { return input("y", r, shape) }
func z(r quantity.Range, shape quantity.ShapeKind) *quantity.Input { return input("z", r, shape) }

func input(key string, r quantity.Range, shape quantity.ShapeKind) *quantity.Input {
	return &quantity.Input{Key: key, Range: r, Unit: quantity.Score, Shape: quantity.Shape{Kind: shape, Interval: quantity.DefaultInterval}}
}

// toy makes bindings of one model that computes f and g.
func toy(t testing.TB, compute func(x, y, z float64) (f, g float64), inputs ...*quantity.Input) func() (*whatif.Bindings, error) {
	t.Helper()
	bound := quantity.Inputs{}
	for _, in := range inputs {
		bound[in.Key] = in
	}
	c := calc.New("toy", "", func(in *space, out *figures) error {
		f, g := compute(in.X, in.Y, in.Z)
		*out = figures{f, g}
		return nil
	})
	return func() (*whatif.Bindings, error) {
		m := c.Model()
		err := m.Bind(bound)
		return whatif.NewBindings([]*calc.Model{m}), err
	}
}

// one makes f of a function of x alone, and g of nothing.
func one(f func(x float64) float64) func(x, y, z float64) (float64, float64) {
	return func(x, _, _ float64) (float64, float64) { return f(x), math.NaN() }
}

// near demands that a number lies no farther from what it should be than slack.
func near(t testing.TB, what string, got, want, slack float64) {
	t.Helper()
	if !(math.Abs(got-want) <= slack) {
		t.Errorf("%s = %v, want %v ± %v", what, got, want, slack)
	}
}
