package whatif

// bins is how many bins a figure is counted in, two of them for what lies beyond
// either end.
const bins = 1<<14 + 2

// A scale divides a stretch into bins.
type scale struct{ low, width, perWidth float64 }

// scaleOver is the scale that holds what was seen so far, with half as much room
// again on either side.
func scaleOver(low, high float64) scale {
	if !(high > low) {
		return scale{low, 1, 1}
	}
	room := (high - low) / 2
	width := (high - low + 2*room) / (bins - 2)
	return scale{low - room, width, 1 / width}
}

// bin is the number of the bin that a figure falls into.
func (s scale) bin(x float64) int {
	at := (x - s.low) * s.perWidth
	switch {
	case !(at >= 0): // also where the scale is too wide for a number
		return 0
	case at >= bins-2:
		return bins - 1
	}
	return int(at) + 1
}

// edge is where a bin begins.
func (s scale) edge(bin int) float64 { return s.low + s.width*float64(bin-1) }

// shownBars is how many bars a histogram is shown with, and trimmedShare the
// share of the figures at either end that go into the outermost ones.
const (
	shownBars    = 24
	trimmedShare = 1. / 1000
)

// bars gives a histogram for people: equal bars over all but the rarest figures,
// which are counted in the outermost bars.
func (t *tally) bars() []Bar {
	n := t.moments.n
	first, last := 1, bins-2
	for sum := t.counts[0]; first < last; first++ {
		if sum += t.counts[first]; float64(sum) > trimmedShare*n {
			break
		}
	}
	for sum := t.counts[bins-1]; last > first; last-- {
		if sum += t.counts[last]; float64(sum) > trimmedShare*n {
			break
		}
	}
	width := (last - first + shownBars) / shownBars
	var bars []Bar
	for from := first; from <= last; from += width {
		bars = append(bars, Bar{Low: t.scale.edge(from), High: t.scale.edge(from + width)})
	}
	for bin, count := range t.counts {
		at := min(max(bin-first, 0)/width, len(bars)-1)
		bars[at].Share += float64(count) / n
	}
	return bars
}
