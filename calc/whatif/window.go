package whatif

import (
	"math"
	"slices"
)

// sureness is how many standard deviations a quantile may stray from where it is
// expected: about one in two million does.
const sureness = 5

// leastRoom is how many figures a window holds before it is narrowed.
const leastRoom = 1024

// A window follows one quantile while figures come in. It counts those below it
// and keeps those inside it. Now and then it is narrowed to where the quantile
// of all figures must lie, as far as those that came let one tell; what is
// dropped then is hardly ever needed again.
type window struct {
	share         float64 // which quantile
	low, high     float64
	seen, below   int       // how many figures came, and how many of them are less than low
	atLow, atHigh int       // how many equal an end: a figure of few values fills no memory
	inside        []float64 // those between, in no order
	room          int       // how many may be inside
}

// newWindow makes the window for a quantile of figures of which the first, a
// part done of all, are given sorted. It does not take them.
func newWindow(share float64, sorted []float64, done, sure float64) window {
	w := window{share: share, low: math.Inf(-1), high: math.Inf(1), room: leastRoom}
	from, to := w.reach(len(sorted), done, sure)
	if from >= 1 {
		w.low = sorted[from-1]
	}
	if to <= len(sorted) {
		w.high = sorted[to-1]
	}
	return w
}

// reach is between which places the quantile of all figures lies among the n that
// came, a part done of all. Its place has the standard deviation √(n p (1 − p)
// (1 − done)); and the quantiles that tell its standard error are √(n p (1 − p)
// done) places away from it.
func (w *window) reach(n int, done, sure float64) (from, to int) {
	const spare = 2 // for rounding places up and down
	middle, spread := float64(n)*w.share, math.Sqrt(float64(n)*w.share*(1-w.share))
	reach := spread*(sure*math.Sqrt(1-done)+math.Sqrt(done)) + spare
	return int(math.Floor(middle - reach)), int(math.Ceil(middle + reach))
}

// sift counts the figures below the window, and appends those that are in it.
func (w *window) sift(figures, to []float64) (below int, kept []float64) {
	low, high := w.low, w.high
	for _, x := range figures {
		// Sign bits, for a branch on x < low would go wrong too often.
		under, over := math.Float64bits(x-low)>>63, math.Float64bits(high-x)>>63
		below += int(under)
		if under|over == 0 {
			to = append(to, x)
		}
	}
	return below, to
}

// take takes figures in that were sifted by this window, as it is or as it was
// when it was wider.
func (w *window) take(figures, below int, kept []float64) {
	w.seen += figures
	w.below += below
	for _, x := range kept {
		w.put(x, 1)
	}
}

func (w *window) put(x float64, times int) {
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

// narrow narrows the window if it is full.
func (w *window) narrow(done, sure float64) {
	if len(w.inside) < w.room {
		return
	}
	old := *w
	from, to := w.reach(w.seen, done, sure)
	if low, found := old.nth(from); found {
		w.low = low
	}
	if high, found := old.nth(to); found {
		w.high = high
	}
	w.atLow, w.atHigh, w.inside = 0, 0, w.inside[:0]
	w.put(old.low, old.atLow)
	w.put(old.high, old.atHigh)
	for _, x := range old.inside {
		w.put(x, 1)
	}
	w.room = max(leastRoom, 2*len(w.inside))
	w.inside = append(make([]float64, 0, w.room), w.inside...)
}

// nth is the so manieth of all figures in order, counted from 1; found is false
// where it is not in the window.
func (w *window) nth(n int) (value float64, found bool) {
	slices.Sort(w.inside)
	n -= w.below
	switch inside := n - w.atLow; {
	case n < 1 || inside > len(w.inside)+w.atHigh:
		return math.NaN(), false
	case inside < 1:
		return w.low, true
	case inside > len(w.inside):
		return w.high, true
	default:
		return w.inside[inside-1], true
	}
}

// quantile is the least figure that so great a share of all does not exceed.
func (w *window) quantile(share float64) (value float64, found bool) {
	n := float64(w.seen)
	return w.nth(int(min(max(math.Ceil(n*(share-rounding)), 1), n)))
}
