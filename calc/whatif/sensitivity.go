package whatif

import (
	"cmp"
	"math"
	"math/rand/v2"
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
	Elasticity float64 // by how many per cent the figure rises for each per cent that the input does; NaN where there is none
}

// Width is how far apart the figure's two values are; 0 where one is not given.
func (s Swing) Width() float64 {
	if width := math.Abs(s.AtHigh - s.AtLow); !math.IsNaN(width) {
		return width
	}
	return 0
}

// Tornado swings each input from its low to its high; one that is no range by
// the given share of itself to either side, within its bounds. Inputs that do
// nothing to the figure are left out. The widest comes first.
func Tornado(w *Bindings, metric Metric, share float64) (base float64, swings []Swing, err error) {
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
			s.Low, s.High = n.within(likely-math.Abs(likely)*share), n.within(likely+math.Abs(likely)*share)
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
func (w *Bindings) with(number int, value float64, metric Metric) float64 {
	w.put(number, value)
	defer w.put(number, w.numbers[number].Input.Range.Likely)
	if w.try() != nil {
		return math.NaN()
	}
	return w.figure(metric)
}

// The steps by which an input is moved to find an elasticity: the widest as a
// share of the input, and how often it is halved. The narrowest is a millionth of
// the input, which leaves ten digits to the difference of two figures.
const (
	widest   = 1. / 16
	halvings = 16
)

// uncertain is how far off an elasticity may be: half of the last decimal that is
// exported, or as much of itself where it is above 1.
const uncertain = 5e-7

// elasticity is the slope of the figure over the input, times the input over the
// figure: a derivative, and not what a change by so many per cent would do.
//
// At a bound, and where the figure is given on one side only, it is the slope to
// that side; where the slope itself changes, the mean of both. A figure that moves
// in steps has the slope that it has between two of them, 0 where nothing else
// moves it. There is none where the figure jumps at this very value, and none
// where the figure or the input is zero.
func (w *Bindings) elasticity(number int, metric Metric, base float64) float64 {
	n := &w.numbers[number]
	likely := n.Input.Range.Likely
	if likely == 0 || base == 0 {
		return math.NaN()
	}
	// between is the slope from one place to another.
	between := func(x, y float64) float64 {
		return (w.with(number, y, metric) - w.with(number, x, metric)) / (y - x)
	}
	below, above := likely-n.Min, n.Max-likely
	for _, side := range [...]struct {
		slope func(h float64) float64
		room  float64
	}{
		{func(h float64) float64 { return between(likely-h, likely+h) }, min(below, above)},
		{func(h float64) float64 { return between(likely, likely+h) }, above},
		{func(h float64) float64 { return between(likely-h, likely) }, below},
	} {
		// The bound itself may be out of reach, and what is too near to it stands at it.
		step, size := side.room/2, math.Abs(likely)*widest
		if step < math.Ldexp(size, -halvings) {
			continue
		}
		if slope, change := limit(side.slope, min(step, size)); !math.IsNaN(slope) {
			e := slope * likely / base
			switch {
			case !(change*math.Abs(likely/base) <= uncertain*max(1, math.Abs(e))):
				return math.NaN()
			case math.Abs(e) < uncertain:
				return 0
			}
			return e
		}
	}
	return math.NaN()
}

// limit is what a slope tends to as its step h goes to zero, and by how much the
// estimate differs from the two that it is made of; NaN where no two steps in a row
// give one. It is Ridders' extrapolation (1982, "Accurate computation of F'(x)
// and F'(x)F”(x)"): each column of a table cancels one more power of h, and the
// estimate counts that differs least; of equals the one of the smaller step, which
// sees less of what lies farther off. No power is skipped, for a slope to both
// sides has the odd ones too where the function has a bend.
func limit(slope func(h float64) float64, h float64) (best, change float64) {
	best, change = math.NaN(), math.Inf(1)
	var before []float64
	for range halvings + 1 {
		row := []float64{slope(h)}
		for i, coarser := range before {
			finer := row[i]
			row = append(row, finer+(finer-coarser)/(math.Ldexp(2, i)-1))
			if apart := max(math.Abs(row[i+1]-finer), math.Abs(row[i+1]-coarser)); apart <= change {
				best, change = row[i+1], apart
			}
		}
		before = row
		h /= 2
	}
	return best, change
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

// Sobol shares the variance of a figure f out among the ranged inputs, by Sobol's
// first-order and total indices:
//
//	first = mean of f(b) (f(aᵢ) − f(a)) ÷ variance     Saltelli et al. 2010, table 2 (b)
//	total = mean of (f(a) − f(aᵢ))² ÷ 2 ÷ variance     Jansen 1999
//
// where a and b are independent draws and aᵢ is a with input i from b (Saltelli
// et al., "Variance based sensitivity analysis of model output"; Jansen, "Analysis
// of variance designs for model output"). Inputs are taken as independent. It
// computes samples × (ranged inputs + 2) times. A figure that does not vary, or
// that some draw does not give, has no contributions.
func Sobol(w *Bindings, metric Metric, samples int, seed uint64) ([]Contribution, error) {
	a, err := newDrawer(w, nil, nil)
	if err != nil || len(a.ranged) == 0 {
		return nil, err
	}
	w.reset()
	if err := w.try(); err != nil {
		return nil, err
	}
	defer w.reset()
	s := &sobol{metric: metric, a: a, b: a.in(w), middle: w.figure(metric)}
	for i := range sobolBatches {
		if err := s.batch(stream(seed, uint64(i)), max(1, samples/sobolBatches)); err != nil {
			return nil, err
		}
	}
	return s.contributions(), nil
}

// A sobol gathers what Sobol's indices are made of.
type sobol struct {
	metric  Metric
	a, b    *drawer // of one world
	middle  float64 // taken off every f, which changes nothing but rounding
	batches []sobolSums
}

// sobolSums are sums over the samples of one batch.
type sobolSums struct {
	n      float64
	f, ff  float64          // of f(a) and f(b), and of their squares
	inputs []sobolInputSums // by ranged number
}

// sobolInputSums are sums over what one input does: d is f(aᵢ) − f(a), and f is
// f(b).
type sobolInputSums struct{ d, dd, fd float64 }

// batch draws one batch of samples.
func (s *sobol) batch(random *rand.PCG, samples int) error {
	sums := sobolSums{n: float64(samples), inputs: make([]sobolInputSums, len(s.a.ranged))}
	for left := samples; left > 0; left -= batchTrials {
		n := min(left, batchTrials)
		s.a.draw(random, n)
		s.b.draw(random, n)
		for trial := range n {
			if err := s.sample(trial, &sums); err != nil {
				return err
			}
		}
	}
	s.batches = append(s.batches, sums)
	return nil
}

// sample computes at a, at b, and at each aᵢ.
func (s *sobol) sample(trial int, to *sobolSums) error {
	atA, err := s.at(s.a, trial)
	if err != nil {
		return err
	}
	atB, err := s.at(s.b, trial)
	if err != nil {
		return err
	}
	to.f += atA + atB
	to.ff += atA*atA + atB*atB
	for i := range to.inputs {
		value := &s.a.values[i][trial]
		kept := *value
		*value = s.b.values[i][trial]
		mixed, err := s.at(s.a, trial)
		if err != nil {
			return err
		}
		*value = kept
		d := mixed - atA
		to.inputs[i].d += d
		to.inputs[i].dd += d * d
		to.inputs[i].fd += atB * d
	}
	return nil
}

// at is the figure at one draw, less the middle.
func (s *sobol) at(d *drawer, trial int) (float64, error) {
	if err := d.try(trial); err != nil {
		return 0, err
	}
	return d.world.figure(s.metric) - s.middle, nil
}

// contributions makes the indices, the greatest total first. Each is a ratio of
// two means over the batches, whose standard error is that of the mean of
// numerator − index × denominator, over the denominator.
func (s *sobol) contributions() []Contribution {
	var n, f, variance float64
	for _, b := range s.batches {
		n, f = n+2*b.n, f+b.f
	}
	mean := f / n
	variances := make([]float64, len(s.batches))
	for i, b := range s.batches {
		variances[i] = (b.ff-2*mean*b.f)/(2*b.n) + mean*mean
		variance += variances[i] / float64(len(s.batches))
	}
	if middle := s.middle; !(variance > middle*middle*rounding*rounding) {
		return nil
	}
	ratio := func(numerator func(b *sobolSums) float64) (index, err float64) {
		var over, residuals moments
		for i := range s.batches {
			over.merge(moments{n: 1, mean: numerator(&s.batches[i]) / variance})
		}
		for i := range s.batches {
			residuals.merge(moments{n: 1, mean: (numerator(&s.batches[i]) - over.mean*variances[i]) / variance})
		}
		return over.mean, residuals.meanError()
	}
	var all []Contribution
	for i, number := range s.a.ranged {
		c := Contribution{Input: s.a.world.numbers[number].Input}
		c.First, c.FirstError = ratio(func(b *sobolSums) float64 { return (b.inputs[i].fd - mean*b.inputs[i].d) / b.n })
		c.Total, c.TotalError = ratio(func(b *sobolSums) float64 { return b.inputs[i].dd / (2 * b.n) })
		if !finite(c.First + c.Total) {
			return nil
		}
		all = append(all, c)
	}
	slices.SortStableFunc(all, func(a, b Contribution) int { return cmp.Compare(b.Total, a.Total) })
	return all
}
