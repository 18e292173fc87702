// Package histogram counts the values of a simulation in bars of equal width, in memory
// that does not grow with their number.
package histogram

import "math"

const (
	mostBars     = 24        // of a histogram, where the values are not in steps
	trimmedShare = 1. / 1000 // of the values at either end, which the bars need not reach
)

// A Histogram counts values in bars of equal width. The values of the first trials
// decide where the bars lie. A value beyond them is counted in the outermost bar.
type Histogram struct {
	bars       int
	low, width float64 // of the first bar; the width is 0 where all is one bar
	perWidth   float64
	counts     Counts
}

// Counts are how many values lie in each bar.
type Counts [mostBars]uint64

// A Bar is one bar: the share of the values between two of them.
type Bar struct{ Low, High, Share float64 }

// New makes a histogram for values like these, which are sorted. Where
// values come in steps, such as whole people, each bar has the same number of steps.
func New(sorted []float64) Histogram {
	h := Histogram{bars: 1}
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
		low -= step * stepNoise // so that rounding does not put a bar's first value into the bar before
	}
	h.low = low
	if perWidth := 1 / width; !math.IsInf(perWidth, 0) && !math.IsNaN(perWidth) {
		h.bars, h.width, h.perWidth = int(bars), width, perWidth
	}
	return h
}

// stepNoise is how far from its step a value may lie, in steps. mostSteps is how
// many steps are looked for: with more, bars that differ by one step look alike.
const (
	stepNoise = 1e-6
	mostSteps = 10 * mostBars
)

// stepsOf finds the step of sorted values that come in steps, and how many steps
// there are from the first value to the last, both counted; 0 where they do not come
// in steps.
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

// Count counts values by bar.
func (h *Histogram) Count(values []float64) (counts Counts) {
	if h.bars == 1 {
		counts[0] = uint64(len(values))
		return counts
	}
	low, perWidth, last := h.low, h.perWidth, float64(h.bars-1)
	for _, x := range values {
		counts[int(min(max((x-low)*perWidth, 0), last))]++
	}
	return counts
}

// Add adds what Count counted.
func (h *Histogram) Add(counts *Counts) {
	for i, count := range counts {
		h.counts[i] += count
	}
}

// Shares gives the bars of n values.
func (h *Histogram) Shares(n float64) []Bar {
	bars := make([]Bar, h.bars)
	for i := range bars {
		bars[i] = Bar{Low: h.low + float64(i)*h.width, High: h.low + float64(i+1)*h.width, Share: float64(h.counts[i]) / n}
	}
	return bars
}
