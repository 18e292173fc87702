package whatif

import "math"

// mostBars is how many bars a histogram has where there is enough to tell apart,
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
	bars       int
	low, width float64 // of the first bar; without a width where all is one bar
	perWidth   float64
	counts     [mostBars]uint64
}

// newHistogram makes a histogram for figures like these, which are sorted. Figures
// that come in steps, such as whole people, have as many steps in each bar.
func newHistogram(sorted []float64) histogram {
	h := histogram{bars: 1}
	if len(sorted) == 0 {
		return h
	}
	trimmed := int(trimmedShare * float64(len(sorted)))
	sorted = sorted[trimmed : len(sorted)-trimmed]
	low, high := sorted[0], sorted[len(sorted)-1]
	bars, width := float64(mostBars), high/mostBars-low/mostBars
	if step, steps := stepsOf(sorted); steps > 0 {
		perBar := math.Ceil(steps / mostBars)
		bars, width = math.Ceil(steps/perBar), perBar*step
		low -= step * stepNoise // so that a bar holds the figure that it begins with
	}
	h.low = low
	if perWidth := 1 / width; finite(perWidth) {
		h.bars, h.width, h.perWidth = int(bars), width, perWidth
	}
	return h
}

// stepNoise is how far from its step a figure may lie, in steps, and mostSteps how
// many steps are worth looking for: of more, bars that differ by one differ little.
const (
	stepNoise = 1e-6
	mostSteps = 10 * mostBars
)

// stepsOf finds the step of figures that come in steps, which are sorted, and how
// many values they can have from the first to the last; none where they do not.
func stepsOf(sorted []float64) (step, steps float64) {
	low, high := sorted[0], sorted[len(sorted)-1]
	least := (high - low) / mostSteps
	step = math.Inf(1)
	for i, x := range sorted[1:] {
		switch gap := x - sorted[i]; {
		case gap >= least:
			step = min(step, gap)
		case gap > least*stepNoise:
			return 0, 0
		}
	}
	for _, x := range sorted {
		at := (x - low) / step
		if !(math.Abs(at-math.Round(at)) < stepNoise) {
			return 0, 0
		}
	}
	return step, math.Round((high-low)/step) + 1
}

// count counts figures by bar.
func (h *histogram) count(figures []float64) (counts [mostBars]uint64) {
	if h.bars == 1 {
		counts[0] = uint64(len(figures))
		return counts
	}
	low, perWidth, last := h.low, h.perWidth, float64(h.bars-1)
	for _, x := range figures {
		counts[int(min(max((x-low)*perWidth, 0), last))]++
	}
	return counts
}

// take takes in what was counted.
func (h *histogram) take(counts *[mostBars]uint64) {
	for i, count := range counts {
		h.counts[i] += count
	}
}

// shares tells the bars of n figures.
func (h *histogram) shares(n float64) []Bar {
	bars := make([]Bar, h.bars)
	for i := range bars {
		bars[i] = Bar{Low: h.low + float64(i)*h.width, High: h.low + float64(i+1)*h.width, Share: float64(h.counts[i]) / n}
	}
	return bars
}
