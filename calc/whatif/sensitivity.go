package whatif

import (
	"cmp"
	"math"
	"slices"

	"github.com/churncost/churncost/calc"
)

// A Swing is what one input does to a figure while all others stay at their
// likely values.
type Swing struct {
	Input      *calc.Input
	Low, High  float64 // the values the input is given
	AtLow      float64 // the figure there; NaN where it is not given
	AtHigh     float64
	Assumed    bool    // whether the input is no range, and was swung all the same
	Elasticity float64 // by how many per cent the figure rises for one per cent more of the input; NaN where either is zero
}

// Width is how far apart the figure's two values are; 0 where one is not given.
func (s Swing) Width() float64 {
	if width := math.Abs(s.AtHigh - s.AtLow); !math.IsNaN(width) {
		return width
	}
	return 0
}

// nudge is by what share an input is moved to find an elasticity.
const nudge = 1. / 100

// Tornado swings each input from its low to its high; one that is no range by
// the given share of itself to either side, within its bounds. Inputs that do
// nothing to the figure are left out. The widest comes first.
func Tornado(w *World, metric Metric, share float64) (base float64, swings []Swing, err error) {
	w.reset()
	if err := w.try(); err != nil {
		return 0, nil, err
	}
	base = w.figure(metric)
	for i := range w.numbers {
		n := &w.numbers[i]
		likely := n.Input.Range.Likely
		if math.IsInf(likely, 0) {
			continue
		}
		s := Swing{Input: n.Input, Low: n.Input.Range.Low, High: n.Input.Range.High}
		if n.Input.Range.Exact() {
			s.Assumed = true
			s.Low, s.High = n.within(likely*(1-share)), n.within(likely*(1+share))
		}
		s.AtLow, s.AtHigh = w.with(i, s.Low, metric), w.with(i, s.High, metric)
		s.Elasticity = w.elasticity(i, metric, base)
		if s.AtLow != base || s.AtHigh != base {
			swings = append(swings, s)
		}
	}
	slices.SortStableFunc(swings, func(a, b Swing) int { return cmp.Compare(b.Width(), a.Width()) })
	return base, swings, nil
}

// within brings a value inside the number's bounds.
func (n *number) within(value float64) float64 {
	if value <= n.Min && n.MinOpen {
		return n.Input.Range.Likely
	}
	return min(max(value, n.Min), n.Max)
}

// with is the metric with one number changed; NaN where it cannot be computed.
func (w *World) with(number int, value float64, metric Metric) float64 {
	w.put(number, value)
	defer w.put(number, w.numbers[number].Input.Range.Likely)
	if w.try() != nil {
		return math.NaN()
	}
	return w.figure(metric)
}

// elasticity is the relative change of the figure over that of the input, by a
// small step to either side, or to the one that the bounds leave.
func (w *World) elasticity(number int, metric Metric, base float64) float64 {
	n := &w.numbers[number]
	likely := n.Input.Range.Likely
	low, high := n.within(likely*(1-nudge)), n.within(likely*(1+nudge))
	if likely == 0 || base == 0 || low == high {
		return math.NaN()
	}
	rise := w.with(number, high, metric) - w.with(number, low, metric)
	return rise / base / ((high - low) / likely)
}

// A Contribution is the share of a figure's variance that one ranged input
// explains: alone, and together with all that it does through others. Each Error
// is one standard error.
type Contribution struct {
	Input             *calc.Input
	First, FirstError float64
	Total, TotalError float64
}

// sobolBatches is into how many batches the samples are divided, whose scatter
// gives the errors.
const sobolBatches = 64

// Sobol shares the variance of a figure out among the ranged inputs, by Sobol's
// first-order and total indices: the first by Saltelli et al. 2010, "Variance
// based sensitivity analysis of model output", table 2 (b), the second by Jansen
// 1999, "Analysis of variance designs for model output". Inputs are taken as
// independent. It computes samples × (ranged inputs + 2) times. A figure that
// does not vary has no contributions.
func Sobol(w *World, metric Metric, samples int, seed uint64) ([]Contribution, error) {
	d, err := newDrawer(w, nil)
	if err != nil || len(d.ranged) == 0 {
		return nil, err
	}
	w.reset()
	if err := w.try(); err != nil {
		return nil, err
	}
	middle := w.figure(metric) // taken off, for it would only add noise
	k := len(d.ranged)
	perBatch := max(1, samples/sobolBatches)
	var whole moments
	firsts, totals := make([][]float64, k), make([][]float64, k)
	a, b, ab := make([]float64, k), make([]float64, k), make([]float64, k)
	value := func(even []float64) (float64, error) {
		d.put(w, even)
		if err := w.try(); err != nil {
			return 0, w.named(err)
		}
		return w.figure(metric), nil
	}
	for batch := range sobolBatches {
		random := stream(seed, uint64(batch))
		first, total := make([]float64, k), make([]float64, k)
		n := 0.0
		for range perBatch {
			for i := range k {
				a[i], b[i] = uniform(random), uniform(random)
			}
			fa, err := value(a)
			if err != nil {
				return nil, err
			}
			fb, err := value(b)
			if err != nil {
				return nil, err
			}
			if !finite(fa) || !finite(fb) {
				continue
			}
			n++
			whole.add(fa)
			whole.add(fb)
			for i := range k {
				copy(ab, a)
				ab[i] = b[i]
				fab, err := value(ab)
				if err != nil {
					return nil, err
				}
				if finite(fab) {
					first[i] += (fb - middle) * (fab - fa)
					total[i] += (fa - fab) * (fa - fab) / 2
				}
			}
		}
		for i := range k {
			firsts[i] = append(firsts[i], first[i]/max(n, 1))
			totals[i] = append(totals[i], total[i]/max(n, 1))
		}
	}
	w.reset()
	variance := whole.variance()
	if variance == 0 {
		return nil, nil
	}
	out := make([]Contribution, k)
	for i := range k {
		var f, t moments
		for j := range firsts[i] {
			f.add(firsts[i][j])
			t.add(totals[i][j])
		}
		out[i] = Contribution{Input: w.numbers[d.ranged[i]].Input, First: f.mean / variance, FirstError: f.meanError() / variance,
			Total: t.mean / variance, TotalError: t.meanError() / variance}
	}
	slices.SortStableFunc(out, func(a, b Contribution) int { return cmp.Compare(b.Total, a.Total) })
	return out, nil
}
