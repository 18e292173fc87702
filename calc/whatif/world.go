package whatif

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/churncost/churncost/calc"
)

// A Metric is a figure of one of several models, by its index among the model's
// Metrics.
type Metric struct{ Model, Index int }

// Bindings are one or more models of the same scenario, and the numbers among
// their inputs, each of which may stand in several models. One goroutine may
// use it at a time.
type Bindings struct {
	models  []*calc.Model
	numbers []number
}

// A number is one numeric input of the world.
type number struct {
	calc.Variable
	in []calc.Variable // the same, in each model where it stands
}

// NewBindings gathers models that are bound to the same scenario.
func NewBindings(models []*calc.Model) *Bindings {
	w := &Bindings{models: models}
	for _, m := range models {
		for _, v := range m.Variables() {
			at := slices.IndexFunc(w.numbers, func(n number) bool { return n.Input.Key == v.Input.Key })
			if at < 0 {
				at = len(w.numbers)
				w.numbers = append(w.numbers, number{Variable: v})
			}
			w.numbers[at].in = append(w.numbers[at].in, v)
		}
	}
	w.reset()
	return w
}

// reset puts every number at its likely value.
func (w *Bindings) reset() {
	for i := range w.numbers {
		w.put(i, w.numbers[i].Input.Range.Likely)
	}
}

func (w *Bindings) put(number int, value float64) {
	for i := range w.numbers[number].in {
		w.numbers[number].in[i].Set(value)
	}
}

// try computes every model.
func (w *Bindings) try() error {
	for _, m := range w.models {
		if err := m.Try(); err != nil {
			return err
		}
	}
	return nil
}

// figure is a metric as last tried; NaN where it is not given.
func (w *Bindings) figure(m Metric) float64 { return w.models[m.Model].Tried(m.Index) }

// Likely is a metric with every number at its likely value; NaN where it is not
// given.
func (w *Bindings) Likely(m Metric) float64 {
	w.reset()
	if w.try() != nil {
		return math.NaN()
	}
	return w.figure(m)
}

// ranged lists the numbers that are ranges.
func (w *Bindings) ranged() []int {
	var all []int
	for i := range w.numbers {
		if !w.numbers[i].Input.Range.Exact() {
			all = append(all, i)
		}
	}
	return all
}

// Ranges is how many numbers are ranges.
func (w *Bindings) Ranges() int { return len(w.ranged()) }

// Fixed tells whether the key is that of a number of the world which is no range.
func (w *Bindings) Fixed(key string) bool {
	i := w.find(key)
	return i >= 0 && w.numbers[i].Input.Range.Exact()
}

// find is the number with that key, or -1.
func (w *Bindings) find(key string) int {
	return slices.IndexFunc(w.numbers, func(n number) bool { return n.Input.Key == key })
}

// batchTrials is how many trials are drawn at a time: so few that what is drawn
// stays in the processor's nearest memory. A block is some whole batches.
const batchTrials = 256

// A drawer draws every ranged number of a world: even draws, those that are
// correlated tied together, turned into each number's distribution.
type drawer struct {
	world  *Bindings
	ranged []int
	curves []*curve
	tied   []int // of ranged: those that are correlated
	factor *mat.TriDense
	normal []float64
	values [][]float64 // of one batch, by ranged number
	routes []route
}

// A route is where the values of one ranged number go.
type route struct {
	values []float64
	to     calc.Variable
}

// newDrawer prepares the distributions of a world's ranged numbers, but for those that
// are known.
func newDrawer(w *Bindings, correlations []calc.Correlation, known QuantileFunctions) (*drawer, error) {
	d := &drawer{ranged: w.ranged()}
	variables := make([]calc.Variable, len(d.ranged))
	for i, number := range d.ranged {
		variables[i] = w.numbers[number].Variable
	}
	var err error
	if d.curves, err = known.of(variables); err != nil {
		return nil, err
	}
	if err := d.tie(w, correlations); err != nil {
		return nil, err
	}
	return d.in(w), nil
}

// in is a like drawer for a world of the same scenario.
func (d *drawer) in(w *Bindings) *drawer {
	c := &drawer{world: w, ranged: d.ranged, curves: d.curves, tied: d.tied, factor: d.factor, normal: make([]float64, len(d.tied))}
	for _, number := range c.ranged {
		values := make([]float64, batchTrials)
		c.values = append(c.values, values)
		for _, v := range w.numbers[number].in {
			c.routes = append(c.routes, route{values, v})
		}
	}
	return c
}

// tie prepares the correlations: a Gaussian copula, whose correlation of normals
// is 2 sin(πρ ÷ 6) for a rank correlation ρ (Pearson 1907, "On further methods of
// determining correlation"; for drawing, Iman & Conover 1982, "A
// distribution-free approach to inducing rank correlation among input
// variables").
func (d *drawer) tie(w *Bindings, correlations []calc.Correlation) error {
	index := func(key string) int {
		return slices.IndexFunc(d.ranged, func(i int) bool { return w.numbers[i].Input.Key == key })
	}
	var ties []calc.Correlation
	for _, c := range correlations {
		if index(c.Keys[0]) >= 0 && index(c.Keys[1]) >= 0 { // else one of them does not vary here
			ties = append(ties, c)
		}
	}
	if len(ties) == 0 {
		return nil
	}
	for _, c := range ties {
		for _, key := range c.Keys {
			if i := index(key); !slices.Contains(d.tied, i) {
				d.tied = append(d.tied, i)
			}
		}
	}
	matrix := mat.NewSymDense(len(d.tied), nil)
	for i := range d.tied {
		matrix.SetSym(i, i, 1)
	}
	for _, c := range ties {
		// A hair less than 1, or a rank correlation of 1 would make the matrix singular.
		const six, whole = 6, 1 - 1e-9
		i, j := slices.Index(d.tied, index(c.Keys[0])), slices.Index(d.tied, index(c.Keys[1]))
		matrix.SetSym(i, j, 2*math.Sin(math.Pi*c.Rank/six)*whole)
	}
	var cholesky mat.Cholesky
	if !cholesky.Factorize(matrix) {
		return &calc.Problem{Place: ties[len(ties)-1].Place, Message: "no numbers have all these correlations together", Hint: "bring them nearer to 0"}
	}
	d.factor = new(mat.TriDense)
	cholesky.LTo(d.factor)
	return nil
}

// draw draws the values of some trials, at most a batch.
func (d *drawer) draw(random *rand.PCG, trials int) {
	for i := range d.values {
		values := d.values[i][:trials]
		for j := range values {
			values[j] = uniform(random.Uint64())
		}
	}
	if d.factor != nil {
		for trial := range trials {
			d.tieTrial(trial)
		}
	}
	for i := range d.values {
		d.curves[i].bend(d.values[i][:trials])
	}
}

// uniform turns 64 random bits into a number between 0 and 1, and never one of
// them: the middle of one of 2⁵² equal steps. The bits become the fraction of a
// number from 1 to 2, which is quicker than dividing.
func uniform(bits uint64) float64 {
	const halfStep = 1. / (1 << 53)
	return math.Float64frombits(one|bits>>12) - (1 - halfStep)
}

// leastEven keeps tied draws away from 0 and 1, where quantiles may be infinite.
const leastEven = 1e-15

// tieTrial ties the correlated even draws of one trial together.
func (d *drawer) tieTrial(trial int) {
	for i, j := range d.tied {
		d.normal[i] = distuv.UnitNormal.Quantile(d.values[j][trial])
	}
	for i, j := range d.tied {
		sum := 0.0
		for k := range i + 1 {
			sum += d.factor.At(i, k) * d.normal[k]
		}
		d.values[j][trial] = min(max(distuv.UnitNormal.CDF(sum), leastEven), 1-leastEven)
	}
}

// try computes the world with the values of one trial.
func (d *drawer) try(trial int) error {
	for i := range d.routes {
		r := &d.routes[i]
		r.to.Set(r.values[trial])
	}
	err := d.world.try()
	if err == nil {
		return nil
	}
	if problems, ok := errors.AsType[calc.Problems](err); ok {
		problems[0].Message += " (at a draw from the ranges)"
	}
	return err
}
