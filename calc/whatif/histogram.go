package whatif

// mostBars is how many bars a histogram has where there is anything to tell apart,
// and trimmedShare the share of the figures at either end that its bars need not
// reach.
const (
	mostBars     = 24
	trimmedShare = 1. / 1000
)

// A histogram counts figures in equal bars. The first trials say where the bars
// lie: over all but the rarest of their figures. What lies beyond is counted in the
// outermost.
type histogram struct {
	low, width float64 // of the first bar; all is one bar where the width is 0
	perWidth   float64
	counts     [mostBars]uint64
}

// newHistogram makes a histogram for figures like these, which are sorted.
func newHistogram(sorted []float64) histogram {
	n := len(sorted)
	if n == 0 {
		return histogram{}
	}
	trimmed := int(trimmedShare * float64(n))
	low, high := sorted[trimmed], sorted[n-1-trimmed]
	width := high/mostBars - low/mostBars
	if perWidth := 1 / width; finite(perWidth) {
		return histogram{low: low, width: width, perWidth: perWidth}
	}
	return histogram{low: low}
}

// count counts figures by bar.
func (h *histogram) count(figures []float64) (counts [mostBars]uint64) {
	low, perWidth := h.low, h.perWidth
	if perWidth == 0 {
		counts[0] = uint64(len(figures))
		return counts
	}
	for _, x := range figures {
		counts[int(min(max((x-low)*perWidth, 0), mostBars-1))]++
	}
	return counts
}

// take takes in what was counted.
func (h *histogram) take(counts *[mostBars]uint64) {
	for i, count := range counts {
		h.counts[i] += count
	}
}

// bars tells the bars of n figures.
func (h *histogram) bars(n float64) []Bar {
	counts := h.counts[:]
	if h.width == 0 {
		counts = counts[:1]
	}
	bars := make([]Bar, len(counts))
	for i, count := range counts {
		bars[i] = Bar{Low: h.low + float64(i)*h.width, High: h.low + float64(i+1)*h.width, Share: float64(count) / n}
	}
	return bars
}
