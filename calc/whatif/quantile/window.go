// Package quantile finds exact quantiles of very many numbers in little memory.
//
// The numbers arrive in blocks, in any order. For each quantile a window is kept:
// numbers below it are counted, numbers in it are kept, numbers above it are
// dropped. As numbers arrive, the window is narrowed to where the quantile of all
// numbers is expected, so that memory grows with the square root of their count.
// What is found is the quantile of all numbers sorted, not an estimate of it.
//
// The package knows nothing but numbers: no models, no inputs, no random draws.
package quantile

import (
	"math"
	"slices"
	"sync"
)

// Confidence is how many standard deviations a window reaches to either side of
// where its quantile is expected. About one quantile in two million lies farther
// off.
const Confidence = 5

// leastCapacity is how many numbers a window holds before it is narrowed.
const leastCapacity = 1024

// rounding is the relative error that a product of a share and a count may have.
const rounding = 1e-12

// A Window follows one quantile while numbers arrive. Any goroutine may use it.
type Window struct {
	share      float64
	total      int // how many draws there will be
	confidence float64

	lock          sync.Mutex // of all that follows
	low, high     float64
	drawn         int       // how many draws there were
	count, below  int       // how many numbers arrived, and how many of them are less than low
	atLow, atHigh int       // how many equal an end, so that many equal numbers need no memory
	inside        []float64 // the numbers between the ends, in no order
	capacity      int       // how many of them there may be before the window is narrowed
}

// New makes the window for the quantile at a share, from 0 to 1, of the numbers
// that a total of draws will give. Where it begins is estimated from the numbers
// that the first draws gave, which are sorted and are not added. A draw may give no
// number. Confidence is in standard deviations.
func New(share float64, total int, confidence float64, draws int, sorted []float64) *Window {
	w := &Window{share: share, total: total, confidence: confidence, low: math.Inf(-1), high: math.Inf(1), capacity: leastCapacity}
	from, to := w.places(len(sorted), draws)
	if from >= 1 {
		w.low = sorted[from-1]
	}
	if to <= len(sorted) {
		w.high = sorted[to-1]
	}
	return w
}

// places gives the first and the last place, counted from 1, at which the quantile
// of all numbers may lie among the n that the first draws gave. With p for the share
// and d for the part of all draws that is done, its place has the standard deviation
// √(n p (1 − p) (1 − d)). The quantiles that give its standard error lie
// √(n p (1 − p) d) places away from it.
func (w *Window) places(n, draws int) (first, last int) {
	const spare = 2 // for rounding places up and down
	done := float64(draws) / float64(w.total)
	middle, spread := float64(n)*w.share, math.Sqrt(float64(n)*w.share*(1-w.share))
	reach := spread*(w.confidence*math.Sqrt(1-done)+math.Sqrt(done)) + spare
	return int(math.Floor(middle - reach)), int(math.Ceil(middle + reach))
}

// Add adds the numbers that some draws gave. The scratch is memory that Add may
// overwrite; it returns it, perhaps enlarged, for the next call.
func (w *Window) Add(numbers []float64, draws int, scratch []float64) []float64 {
	w.lock.Lock()
	low, high := w.low, w.high
	w.lock.Unlock()
	below, kept := filter(numbers, low, high, scratch[:0])
	w.lock.Lock()
	defer w.lock.Unlock()
	w.drawn += draws
	w.count += len(numbers)
	w.below += below
	for _, x := range kept { // another goroutine may have narrowed the window by now
		w.put(x, 1)
	}
	if len(w.inside) >= w.capacity {
		w.narrow()
	}
	return kept
}

// filter counts the numbers below low, and appends those from low to high.
func filter(numbers []float64, low, high float64, to []float64) (below int, kept []float64) {
	for _, x := range numbers {
		// Sign bits, because the processor would guess a branch on x < low wrong too often.
		under, over := math.Float64bits(x-low)>>63, math.Float64bits(high-x)>>63
		below += int(under)
		if under|over == 0 {
			to = append(to, x)
		}
	}
	return below, to
}

// put counts or keeps a number that arrived so many times.
func (w *Window) put(x float64, times int) {
	switch {
	case x < w.low:
		w.below += times
	case x > w.high:
	case x == w.low:
		w.atLow += times
	case x == w.high:
		w.atHigh += times
	default:
		w.inside = append(w.inside, x)
	}
}

// narrow moves the ends to where the quantile is expected by now.
func (w *Window) narrow() {
	inside, oldLow, atLow, oldHigh, atHigh := w.inside, w.low, w.atLow, w.high, w.atHigh
	first, last := w.places(w.count, w.drawn)
	low, lowFound := w.nth(first)
	high, highFound := w.nth(last)
	if lowFound {
		w.low = low
	}
	if highFound {
		w.high = high
	}
	w.atLow, w.atHigh, w.inside = 0, 0, inside[:0]
	w.put(oldLow, atLow)
	w.put(oldHigh, atHigh)
	for _, x := range inside {
		w.put(x, 1)
	}
	w.capacity = max(leastCapacity, 2*len(w.inside))
	w.inside = append(make([]float64, 0, w.capacity), w.inside...)
}

// nth gives the number at a place, counted from 1, among all that arrived, sorted.
// It is not found outside the window.
func (w *Window) nth(place int) (number float64, found bool) {
	slices.Sort(w.inside)
	place -= w.below
	switch inside := place - w.atLow; {
	case place < 1 || inside > len(w.inside)+w.atHigh:
		return math.NaN(), false
	case inside < 1:
		return w.low, true
	case inside > len(w.inside):
		return w.high, true
	default:
		return w.inside[inside-1], true
	}
}

// at gives the least number that a share of all numbers does not exceed.
func (w *Window) at(share float64) (number float64, found bool) {
	n := float64(w.count)
	return w.nth(int(min(max(math.Ceil(n*(share-rounding)), 1), n)))
}

// Quantile gives the quantile of the numbers added and its standard error: half the
// distance between the quantiles one standard deviation of the count, √(p (1 − p) ÷
// n), to either side. Neither is found if one of the three lies outside the window;
// the same numbers then have to be added to a new window of greater confidence.
func (w *Window) Quantile() (value, standardError float64, found bool) {
	w.lock.Lock()
	defer w.lock.Unlock()
	spread := math.Sqrt(w.share * (1 - w.share) / float64(w.count))
	value, here := w.at(w.share)
	before, lower := w.at(w.share - spread)
	after, higher := w.at(w.share + spread)
	return value, (after - before) / 2, here && lower && higher
}
