package whatif

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/churncost/churncost/calc/extremes"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif/draw"
)

// A Swing is what one input does to a figure while all others stay at their
// likely values.
type Swing struct {
	Input      *quantity.Input
	Low, High  float64 // the values the input is given
	AtLow      float64 // the figure there; NaN where it is absent
	AtHigh     float64
	Assumed    bool    // whether the input is no range, and was swung by a share of itself
	Elasticity float64 // by how many per cent the figure rises for each per cent that the input does; NaN where there is none, or until Elasticities finds it

	number int
}

// Width is how far apart the figure's two values are; 0 where one is absent.
func (s Swing) Width() float64 {
	if width := math.Abs(s.AtHigh - s.AtLow); !math.IsNaN(width) {
		return width
	}
	return 0
}

// Tornado swings each ranged input from its low to its high, and every other number
// by a share of itself to either side, within its bounds; with a share of 0 only
// ranges are swung. Inputs that do nothing to the figure are left out. The widest
// swing comes first. It computes the figure once at the likely values, which is the
// base, and twice for each input. An end of a range at which it cannot be computed is an
// error; one that was assumed is left empty.
func Tornado(b *Bindings, metric Metric, share float64) (base float64, swings []Swing, err error) {
	b.reset()
	if base, err = b.compute(metric); err != nil {
		return 0, nil, err
	}
	for i := range b.numbers {
		n := &b.numbers[i]
		likely := n.Input.Range.Likely
		s := Swing{Input: n.Input, Low: n.Input.Range.Low, High: n.Input.Range.High, Assumed: n.Input.Range.Exact(), Elasticity: math.NaN(), number: i}
		if s.Assumed {
			s.Low, s.High = n.within(likely-math.Abs(likely)*share), n.within(likely+math.Abs(likely)*share)
		}
		if s.Low == s.High || math.IsInf(likely, 0) {
			continue
		}
		for j, value := range [...]float64{s.Low, s.High} {
			b.set(i, value)
			figure, err := b.compute(metric)
			if err != nil && !s.Assumed {
				return 0, nil, extremes.AtValues(err, []*quantity.Input{n.Input}, []float64{value})
			}
			*[...]*float64{&s.AtLow, &s.AtHigh}[j] = figure
		}
		b.set(i, likely)
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

// Elasticities finds the elasticity of each swing that Tornado gave for the same
// question. It computes the figure about ten times for each where the figure is
// smooth, and 36 times for each side where it is not.
func Elasticities(b *Bindings, metric Metric, base float64, swings []Swing) {
	b.reset()
	for i := range swings {
		n := swings[i].number
		swings[i].Elasticity = b.elasticity(n, metric, base)
		b.set(n, b.numbers[n].Input.Range.Likely)
	}
}

// The steps by which an input is moved to find an elasticity: the widest as a
// share of the input, and how often it is halved. The narrowest is a millionth of
// the input, which leaves ten digits to the difference of two figures.
const (
	widest   = 1. / 16
	halvings = 16
)

// uncertain is how far off an elasticity may be: half of the last decimal that is
// exported, or as large a part of itself where it is above 1. settled is by how much
// it may still change when there is no need to go on.
const (
	uncertain = 5e-7
	settled   = 1e-10
)

// elasticity is the slope of the figure over the input, times the input over the
// figure: a derivative, and not what a change by one per cent would do.
//
// At a bound, and where the figure is given on one side only, it is the slope to
// that side; where the slope itself changes, the mean of both. A figure that moves
// in steps has the slope that it has between two of them: 0 where nothing else
// moves it. There is none where the figure jumps at this very value, and none
// where the figure or the input is zero.
func (b *Bindings) elasticity(number int, metric Metric, base float64) float64 {
	n := &b.numbers[number]
	likely := n.Input.Range.Likely
	if likely == 0 || base == 0 || math.IsNaN(base) {
		return math.NaN()
	}
	figure := func(x float64) float64 {
		if x == likely {
			return base
		}
		return b.at(number, x, metric)
	}
	below, above := likely-n.Min, n.Max-likely
	for _, side := range [...]struct{ down, up, space float64 }{{1, 1, min(below, above)}, {0, 1, above}, {1, 0, below}} {
		slope := func(h float64) float64 {
			x, y := likely-side.down*h, likely+side.up*h
			return (figure(y) - figure(x)) / (y - x) * likely / base
		}
		// Half of the space, because the bound itself may not be allowed. An input that is
		// too near to its bound counts as being there.
		step, size := side.space/2, math.Abs(likely)*widest
		if step < math.Ldexp(size, -halvings) {
			continue
		}
		if e, change := limit(slope, min(step, size)); !math.IsNaN(e) {
			switch {
			case !(change <= uncertain*max(1, math.Abs(e))):
				return math.NaN()
			case math.Abs(e) < uncertain:
				return 0
			}
			return e
		}
	}
	return math.NaN()
}

// limit is what a slope, as an elasticity, tends to as its step h goes to zero, and
// by how much the estimate differs from the two that it is made of; NaN where no two
// steps in a row give one. It is Ridders' extrapolation (1982, "Accurate computation
// of F'(x) and F'(x)F”(x)"): each column of a table cancels one more power of h, and
// the estimate that differs least counts; of equals the one of the smaller step,
// which is affected less by what lies farther off. No power is skipped, because a
// slope to both sides has the odd ones too where the function has a kink.
//
// It ends early where an estimate is settled and the narrowest step confirms it:
// wide steps alone agree where a figure moves in small steps of its own.
func limit(slope func(h float64) float64, h float64) (best, change float64) {
	best, change = math.NaN(), math.Inf(1)
	narrowest := slope(math.Ldexp(h, -halvings))
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
		size := max(1, math.Abs(best))
		if change <= settled*size && math.Abs(narrowest-best) <= uncertain*size {
			break
		}
		before = row
		h /= 2
	}
	return best, change
}

// A Contribution is the share of a figure's variance that one ranged input
// explains: alone (first order), and together with all that it does through others
// (total order). Each Error is one standard error.
type Contribution struct {
	Input             *quantity.Input
	First, FirstError float64
	Total, TotalError float64
}

// sobolBatches is into how many batches the samples are divided, whose scatter
// gives the errors.
const sobolBatches = 64

// Sobol shares the variance of a figure f out among the ranged inputs, by Sobol's
// first-order and total-order indices:
//
//	first = mean of f(b) (f(aᵢ) − f(a)) ÷ variance     Saltelli et al. 2010, table 2 (b)
//	total = mean of (f(a) − f(aᵢ))² ÷ 2 ÷ variance     Jansen 1999
//
// where a and b are independent draws and aᵢ is a with input i from b (Saltelli
// et al., "Variance based sensitivity analysis of model output"; Jansen, "Analysis
// of variance designs for model output"). Inputs are taken as independent. It
// computes the figure once at the likely values and samples × (ranged inputs + 2)
// times at draws, where samples are rounded down to a multiple of 64, and at least
// 64. A figure that does not vary, or that is absent at some draw, has no
// contributions.
func Sobol(b *Bindings, metric Metric, samples int, seed uint64) ([]Contribution, error) {
	a, err := newSampler(b, nil, nil)
	if err != nil || len(a.drawn()) == 0 {
		return nil, err
	}
	b.reset()
	middle, err := b.compute(metric)
	if err != nil {
		return nil, err
	}
	s := &sobol{metric: metric, a: a, b: a.in(b), middle: middle, samples: max(1, samples/sobolBatches)}
	for i := range s.batches {
		if err := s.draw(&s.batches[i], draw.Stream(seed, uint64(i))); err != nil {
			return nil, err
		}
	}
	return s.contributions(), nil
}

// A sobol gathers what Sobol's indices are made of.
type sobol struct {
	metric  Metric
	a, b    *sampler // of the same bindings
	middle  float64  // subtracted from every f, which changes nothing but rounding
	samples int      // of each batch
	batches [sobolBatches]sobolSums
}

// sobolSums are sums over the samples of one batch.
type sobolSums struct {
	f, ff  float64                       // of f(a) and f(b), and of their squares
	inputs []struct{ d, dd, fd float64 } // by ranged number, where d is f(aᵢ) − f(a) and f is f(b)
}

// draw draws one batch and computes f at a, at b, and at each aᵢ.
func (s *sobol) draw(sums *sobolSums, random *rand.PCG) (err error) {
	at := func(d *sampler, trial int) float64 {
		d.set(trial)
		figure, failed := d.bindings.compute(s.metric)
		if failed != nil && err == nil {
			err = d.locate(failed, trial)
		}
		return figure - s.middle
	}
	sums.inputs = make([]struct{ d, dd, fd float64 }, len(s.a.drawn()))
	for left := s.samples; left > 0; left -= batchTrials {
		trials := min(left, batchTrials)
		s.a.draw(random, trials)
		s.b.draw(random, trials)
		for trial := range trials {
			atA, atB := at(s.a, trial), at(s.b, trial)
			sums.f += atA + atB
			sums.ff += atA*atA + atB*atB
			for i := range sums.inputs {
				sum := &sums.inputs[i]
				s.exchange(i, trial)
				d := at(s.a, trial) - atA
				s.exchange(i, trial)
				sum.d += d
				sum.dd += d * d
				sum.fd += atB * d
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// exchange exchanges the values of one drawn number between a and b.
func (s *sobol) exchange(index, trial int) {
	b := s.b.rowsOf(index)
	for row, a := range s.a.rowsOf(index) {
		a[trial], b[row][trial] = b[row][trial], a[trial]
	}
}

// contributions makes the indices, the greatest total order first. Each is a ratio of
// two means over the batches. Its standard error is that of the mean of numerator −
// index × denominator, divided by the denominator.
func (s *sobol) contributions() (all []Contribution) {
	n := float64(s.samples)
	var mean, variance float64
	for _, b := range s.batches {
		mean += b.f
	}
	mean /= 2 * n * sobolBatches
	var variances [sobolBatches]float64
	for i, b := range s.batches {
		variances[i] = (b.ff-2*mean*b.f)/(2*n) + mean*mean
		variance += variances[i] / sobolBatches
	}
	if !(variance > s.middle*s.middle*rounding*rounding) {
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
	for i, number := range s.a.drawn() {
		c := Contribution{Input: s.a.bindings.numbers[number].Input}
		c.First, c.FirstError = ratio(func(b *sobolSums) float64 { return (b.inputs[i].fd - mean*b.inputs[i].d) / n })
		c.Total, c.TotalError = ratio(func(b *sobolSums) float64 { return b.inputs[i].dd / (2 * n) })
		if !finite(c.First + c.Total) {
			return nil
		}
		all = append(all, c)
	}
	slices.SortStableFunc(all, func(a, b Contribution) int { return cmp.Compare(b.Total, a.Total) })
	return all
}
