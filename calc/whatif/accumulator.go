package whatif

import (
	"math"
	"slices"
	"sync"

	"github.com/churncost/churncost/calc/whatif/histogram"
	"github.com/churncost/churncost/calc/whatif/quantile"
)

// An accumulator gathers all values of one metric, block by block, from any
// goroutine.
type accumulator struct {
	trials  int     // in all
	pivot   float64 // a value from the middle
	windows [len(Percents)]*quantile.Window

	lock      sync.Mutex // of all that follows
	histogram histogram.Histogram
	moments   moments
	waiting   map[int]moments // of blocks that were finished before their turn
	next      int             // the block whose turn it is
}

// newAccumulator makes an accumulator for values like those of the first trials,
// which it does not add.
func newAccumulator(values []float64, first, trials int, confidence float64) *accumulator {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	a := &accumulator{trials: trials, histogram: histogram.New(sorted), waiting: map[int]moments{}}
	if len(sorted) > 0 {
		a.pivot = sorted[len(sorted)/2]
	}
	for i, share := range Percents {
		a.windows[i] = quantile.New(share, trials, confidence, first, sorted)
	}
	return a
}

// add adds the values that the trials of one block gave. It returns the scratch,
// perhaps enlarged.
func (a *accumulator) add(block, trials int, values, scratch []float64) []float64 {
	for _, w := range a.windows {
		scratch = w.Add(values, trials, scratch)
	}
	own, counts := momentsOf(values, a.pivot), a.histogram.Count(values)
	a.lock.Lock()
	defer a.lock.Unlock()
	a.histogram.Add(&counts)
	// Blocks are merged in order: sums in another order round to other last digits.
	a.waiting[block] = own
	for m, here := a.waiting[a.next]; here; m, here = a.waiting[a.next] {
		a.moments.merge(m)
		delete(a.waiting, a.next)
		a.next++
	}
	return scratch
}

// distribution describes the values. It is not found where a quantile was lost.
func (a *accumulator) distribution() (d Distribution, found bool) {
	n := a.moments.n
	if n == 0 {
		return Distribution{}, true
	}
	d = Distribution{Given: n / float64(a.trials), Mean: a.moments.mean, MeanError: a.moments.meanError(), SD: a.moments.sd(), SDError: a.moments.sdError(), Histogram: a.histogram.Shares(n)}
	for i, w := range a.windows {
		if d.Quantiles[i], d.Errors[i], found = w.Quantile(); !found {
			return d, false
		}
	}
	return d, true
}

// moments are how many numbers there are, their mean, and the sums of the second,
// third and fourth powers of their distances from it. Two can be merged (P. Pébay
// 2008, "Formulas for robust, one-pass parallel computation of covariances and
// arbitrary-order statistical moments").
type moments struct{ n, mean, m2, m3, m4 float64 }

// momentsOf gives the moments of a few numbers. It sums powers of their distances
// from a pivot, which is to be one of them: far from zero, the digits of powers of
// the numbers themselves would not suffice.
func momentsOf(numbers []float64, pivot float64) moments {
	n := float64(len(numbers))
	if n == 0 {
		return moments{}
	}
	var s1, s2, s3, s4 float64
	for _, x := range numbers {
		d := x - pivot
		square := d * d
		s1 += d
		s2 += square
		s3 += square * d
		s4 += square * square
	}
	d := s1 / n
	return moments{n: n, mean: pivot + d, m2: max(0, s2-n*d*d), m3: s3 - 3*d*s2 + 2*n*d*d*d, m4: max(0, s4-4*d*s3+6*d*d*s2-3*n*d*d*d*d)}
}

// merge adds the numbers that another describes.
func (m *moments) merge(o moments) {
	if o.n == 0 {
		return
	}
	n := m.n + o.n
	d := o.mean - m.mean
	dn := d / n
	m4 := m.m4 + o.m4 + d*dn*dn*dn*m.n*o.n*(m.n*m.n-m.n*o.n+o.n*o.n) +
		6*dn*dn*(m.n*m.n*o.m2+o.n*o.n*m.m2) + 4*dn*(m.n*o.m3-o.n*m.m3)
	m3 := m.m3 + o.m3 + d*dn*dn*m.n*o.n*(m.n-o.n) + 3*dn*(m.n*o.m2-o.n*m.m2)
	m.m2 += o.m2 + d*dn*m.n*o.n
	m.mean += dn * o.n
	m.n, m.m3, m.m4 = n, m3, m4
}

// variance is the unbiased estimate, with n − 1.
func (m *moments) variance() float64 {
	if m.n < 2 {
		return 0
	}
	return m.m2 / (m.n - 1)
}

func (m *moments) sd() float64 { return math.Sqrt(m.variance()) }

func (m *moments) meanError() float64 { return math.Sqrt(m.variance() / m.n) }

// sdError is the standard error of the standard deviation, by the fourth moment:
// √((μ₄ − σ⁴) ÷ n) ÷ 2σ.
func (m *moments) sdError() float64 {
	v := m.variance()
	if v == 0 {
		return 0
	}
	return math.Sqrt(max(0, m.m4/m.n-v*v)/m.n) / (2 * math.Sqrt(v))
}
