package whatif

import (
	"math"
	"slices"
	"sync"
)

// A tally gathers all figures of one metric, block by block, from any goroutine.
type tally struct {
	trials    int        // in all
	sure      float64    // of the windows
	pivot     float64    // a figure from the middle
	lock      sync.Mutex // of what follows
	done      int        // trials that came
	histogram histogram
	windows   [len(Percents)]window
	moments   moments
	waiting   map[int]moments // of blocks that came before their turn
	next      int             // the block whose turn it is
}

// newTally makes a tally for figures like those of the first trials, which are
// given and not taken.
func newTally(figures []float64, first, trials int, sure float64) *tally {
	sorted := slices.Clone(figures)
	slices.Sort(sorted)
	t := &tally{trials: trials, sure: sure, histogram: newHistogram(sorted), waiting: map[int]moments{}}
	if len(sorted) > 0 {
		t.pivot = sorted[len(sorted)/2]
	}
	for i, p := range Percents {
		t.windows[i] = newWindow(p, sorted, float64(first)/float64(trials), sure)
	}
	return t
}

// take takes the figures of one block in, which stand for so many trials. The
// scratch is given back.
func (t *tally) take(block, trials int, figures, scratch []float64) []float64 {
	own, counts := momentsOf(figures, t.pivot), t.histogram.count(figures)
	var below [len(Percents)]int
	var ends [len(Percents) + 1]int
	t.lock.Lock()
	windows := t.windows
	t.lock.Unlock()
	scratch = scratch[:0]
	for i := range windows {
		below[i], scratch = windows[i].sift(figures, scratch)
		ends[i+1] = len(scratch)
	}
	t.lock.Lock()
	defer t.lock.Unlock()
	t.histogram.take(&counts)
	t.done += trials
	t.waiting[block] = own
	for m, here := t.waiting[t.next]; here; m, here = t.waiting[t.next] {
		t.moments.merge(m)
		delete(t.waiting, t.next)
		t.next++
	}
	for i := range t.windows {
		w := &t.windows[i]
		w.take(len(figures), below[i], scratch[ends[i]:ends[i+1]])
		w.narrow(float64(t.done)/float64(t.trials), t.sure)
	}
	return scratch
}

// distribution is what the figures say; found is false where a quantile was
// lost.
func (t *tally) distribution() (d Distribution, found bool) {
	n := t.moments.n
	if n == 0 {
		return Distribution{}, true
	}
	d = Distribution{Given: n / float64(t.trials), Mean: t.moments.mean, MeanError: t.moments.meanError(), SD: t.moments.sd(), SDError: t.moments.sdError(), Histogram: t.histogram.shares(n)}
	for i, p := range Percents {
		w, spread := &t.windows[i], math.Sqrt(p*(1-p)/n)
		value, here := w.quantile(p)
		before, low := w.quantile(p - spread)
		after, high := w.quantile(p + spread)
		if !here || !low || !high {
			return d, false
		}
		d.Quantiles[i], d.Errors[i] = value, (after-before)/2
	}
	return d, true
}
