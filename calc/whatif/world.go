package whatif

import (
	"fmt"
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

// A World is one or more models of the same scenario, and the numbers among
// their inputs, each of which may stand in several models. One goroutine may
// use it at a time.
type World struct {
	models  []*calc.Model
	numbers []number
	figures [][]float64
}

// A number is one numeric input of the world.
type number struct {
	calc.Variable
	at []place
}

// A place is where a number goes: a variable of a model.
type place struct {
	model    *calc.Model
	variable int
}

// NewWorld gathers models that are bound to the same scenario.
func NewWorld(models []*calc.Model) *World {
	w := &World{models: models, figures: make([][]float64, len(models))}
	for _, m := range models {
		for i, v := range m.Variables() {
			at := slices.IndexFunc(w.numbers, func(n number) bool { return n.Input.Key == v.Input.Key })
			if at < 0 {
				at = len(w.numbers)
				w.numbers = append(w.numbers, number{Variable: v})
			}
			w.numbers[at].at = append(w.numbers[at].at, place{m, i})
		}
	}
	w.reset()
	return w
}

// reset puts every number at its likely value.
func (w *World) reset() {
	for i := range w.numbers {
		w.put(i, w.numbers[i].Input.Range.Likely)
	}
}

func (w *World) put(number int, value float64) {
	for _, p := range w.numbers[number].at {
		p.model.Put(p.variable, value)
	}
}

// try computes every model.
func (w *World) try() error {
	for i, m := range w.models {
		var err error
		if w.figures[i], err = m.Try(w.figures[i][:0]); err != nil {
			return err
		}
	}
	return nil
}

// figure is a metric as last tried; NaN where it is not given.
func (w *World) figure(m Metric) float64 { return w.figures[m.Model][m.Index] }

// ranged lists the numbers that are ranges.
func (w *World) ranged() []int {
	var all []int
	for i := range w.numbers {
		if !w.numbers[i].Input.Range.Exact() {
			all = append(all, i)
		}
	}
	return all
}

// Ranges is how many numbers are ranges.
func (w *World) Ranges() int { return len(w.ranged()) }

// find is the number with that key, or -1.
func (w *World) find(key string) int {
	return slices.IndexFunc(w.numbers, func(n number) bool { return n.Input.Key == key })
}

// A drawer draws every ranged number of a world: one even draw for each, turned
// into the number's distribution, with those that are correlated tied together.
type drawer struct {
	ranged []int
	tables []*table // nil for an even distribution
	ranges []calc.Range
	tied   []int // of ranged: those that are correlated
	factor *mat.TriDense
	normal []float64
}

// newDrawer tables the distributions of a world's ranged numbers. What it makes
// may be shared by all goroutines, but for its Clone's scratch.
func newDrawer(w *World, correlations []calc.Correlation) (*drawer, error) {
	d := &drawer{ranged: w.ranged()}
	for _, i := range d.ranged {
		v := w.numbers[i].Variable
		q, err := quantileOf(v)
		if err != nil {
			return nil, err
		}
		var t *table
		if kind := v.Input.Shape.Kind; kind != calc.Uniform && kind != "" {
			t = tabled(q)
		}
		d.tables = append(d.tables, t)
		d.ranges = append(d.ranges, v.Input.Range)
	}
	return d, d.tie(w, correlations)
}

// clone is a drawer for another goroutine.
func (d *drawer) clone() *drawer {
	c := *d
	c.normal = make([]float64, len(d.tied))
	return &c
}

// tie prepares the correlations: a Gaussian copula, whose correlation of normals
// is 2 sin(πρ ÷ 6) for a rank correlation ρ (Pearson 1907; for the copula, Iman &
// Conover 1982, "A distribution-free approach to inducing rank correlation").
func (d *drawer) tie(w *World, correlations []calc.Correlation) error {
	index := func(key string) int {
		return slices.IndexFunc(d.ranged, func(i int) bool { return w.numbers[i].Input.Key == key })
	}
	for _, c := range correlations {
		for _, key := range c.Keys {
			if i := index(key); i >= 0 && !slices.Contains(d.tied, i) {
				d.tied = append(d.tied, i)
			}
		}
	}
	if len(d.tied) == 0 {
		return nil
	}
	matrix := mat.NewSymDense(len(d.tied), nil)
	for i := range d.tied {
		matrix.SetSym(i, i, 1)
	}
	var place calc.Place
	for _, c := range correlations {
		i, j := index(c.Keys[0]), index(c.Keys[1])
		if i < 0 || j < 0 {
			continue // one of them is no range here, and does not vary
		}
		place = c.Place
		const six = 6
		matrix.SetSym(slices.Index(d.tied, i), slices.Index(d.tied, j), 2*math.Sin(math.Pi*c.Rank/six))
	}
	var cholesky mat.Cholesky
	if !cholesky.Factorize(matrix) {
		return &calc.Problem{Place: place, Message: "no numbers have all these correlations together", Hint: "bring them nearer to 0"}
	}
	d.factor = new(mat.TriDense)
	cholesky.LTo(d.factor)
	d.normal = make([]float64, len(d.tied))
	return nil
}

// draw fills the even draws of one trial, ties those that are correlated, and
// puts the numbers into the world.
func (d *drawer) draw(w *World, random *rand.PCG, even []float64) {
	for i := range even {
		even[i] = uniform(random)
	}
	d.put(w, even)
}

// uniform is a number drawn evenly from the middles of 2⁵³ equal steps between 0
// and 1, so that it is never 0 nor 1.
func uniform(random *rand.PCG) float64 {
	return (float64(random.Uint64()>>11) + 1./2) / (1 << 53)
}

// put turns even draws into numbers.
func (d *drawer) put(w *World, even []float64) {
	if d.factor != nil {
		for i, j := range d.tied {
			d.normal[i] = distuv.UnitNormal.Quantile(even[j])
		}
		for i := len(d.tied) - 1; i >= 0; i-- {
			sum := 0.0
			for j := range i + 1 {
				sum += d.factor.At(i, j) * d.normal[j]
			}
			even[d.tied[i]] = min(max(distuv.UnitNormal.CDF(sum), leastEven), 1-leastEven)
		}
	}
	for i, number := range d.ranged {
		if t := d.tables[i]; t != nil {
			w.put(number, t.at(even[i]))
		} else {
			r := d.ranges[i]
			w.put(number, r.Low+even[i]*(r.High-r.Low))
		}
	}
}

// leastEven keeps tied draws away from 0 and 1, where quantiles may be infinite.
const leastEven = 1e-15

// named says at which values of the ranged numbers something went wrong.
func (w *World) named(err error) error {
	return fmt.Errorf("%w (at a draw from the ranges)", err)
}
