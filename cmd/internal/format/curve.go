package format

import (
	"math"
	"slices"
	"strings"

	"github.com/churncost/churncost/cmd/internal/cell"
)

// The measures of a curve: from its highest to its lowest point, what is left above, and
// what is below.
const (
	curveTop   = 10.0 // half a line
	curveTall  = 180.0
	curveBelow = 32.0
)

// drawCurve draws a dot for each row and a line through the dots. Its left axis names
// the highest number, the lowest and zero, which has a line across. Below are the
// names of the rows, as many as fit. Zones lie behind, with their words above; a legend
// is below. Nothing is told apart by its colour alone.
func (p picture) drawCurve(s *svg) (height float64) {
	zero := text(p.Zero)
	highest, lowest, widest := bar{text: zero}, bar{text: zero}, 0
	top, bottom := 0.0, 0.0
	for _, b := range p.bars {
		if b.To > highest.To {
			highest = b
		}
		if b.To < lowest.To {
			lowest = b
		}
		for _, value := range [...]float64{b.To, b.Line, b.Low, b.High} {
			if !math.IsNaN(value) {
				top, bottom = max(top, value), min(bottom, value)
			}
		}
		widest = max(widest, letters(b.tick))
	}
	spread := top - bottom
	if spread == 0 {
		spread = 1
	}
	above := curveTop
	if p.zoned() {
		above += lineHeight
	}
	foot := above + curveTall
	y := func(value float64) float64 { return foot - (value-bottom)/spread*curveTall }
	const gap, below = 6, 5                                                                              // from a number to the axis, and from its middle to its baseline
	axis := letterWidth*float64(max(letters(highest.text), letters(lowest.text), letters(zero))) + 2*gap // some digits are wider than most letters
	margin := letterWidth * float64(widest) / 2                                                          // so that the names under the ends fit
	step := (pictureWidth - axis - 2*margin) / float64(max(1, len(p.bars)-1))
	x := func(row float64) float64 { return axis + margin + step*row }
	p.drawZones(s, x, axis, above, foot)
	s.line(axis, above, axis, foot, "foot")
	s.line(axis, y(0), pictureWidth, y(0), "foot")
	s.text(axis-gap, y(0)+below, zero, "amount")
	for _, end := range [...]bar{highest, lowest} {
		if math.Abs(y(end.To)-y(0)) >= lineHeight {
			s.text(axis-gap, y(end.To)+below, end.text, "amount")
		}
	}
	every := max(1, int(math.Ceil((2*margin+letterWidth)/step)))
	for i := 0; i < len(p.bars); i += every {
		s.text(x(float64(i)), foot+curveBelow-below, p.bars[i].tick, "middle")
	}
	p.drawLines(s, x, y)
	height = foot + curveBelow
	if p.hasLegend() {
		height += lineHeight
		s.text((axis+pictureWidth)/2, height-below, text(p.Across), "middle")
		height = p.drawLegend(s, height)
	}
	return height
}

// hasLegend reports whether there is more than one line, so that a legend tells them apart.
func (p picture) hasLegend() bool { return p.Line != nil || p.Band != nil }

// zoned reports whether rows belong to zones.
func (p picture) zoned() bool { return len(p.bars) > 0 && p.bars[0].Zone != "" }

// drawZones draws a line where one zone ends and another begins, and the words of each.
func (p picture) drawZones(s *svg, x func(float64) float64, left, above, foot float64) {
	for from, to := 0, 0; p.zoned() && from < len(p.bars); from = to {
		for to = from; to < len(p.bars) && p.bars[to].Zone == p.bars[from].Zone; {
			to++
		}
		right := pictureWidth
		if to < len(p.bars) {
			right = x(float64(to) - .5)
			s.line(right, above, right, foot, "edge")
		}
		s.text((left+right)/2, above-curveTop/2, p.bars[from].Zone, "middle")
		left = right
	}
}

// drawLines draws the band, the second line, and the line with its dots. Where there is a
// band, what lies beyond it was not measured: the line is dotted and the dots are hollow.
func (p picture) drawLines(s *svg, x, y func(float64) float64) {
	points := make([]point, len(p.bars))
	var band, second []point
	measured := p.measured()
	for i, b := range p.bars {
		at := x(float64(i))
		points[i] = point{at, y(b.To)}
		if p.Line != nil && !math.IsNaN(b.Line) {
			second = append(second, point{at, y(b.Line)})
		}
	}
	for i := 0; p.Band != nil && i < measured; i++ {
		band = append(band, point{points[i].x, y(p.bars[i].High)})
	}
	for i := len(band) - 1; i >= 0; i-- {
		band = append(band, point{points[i].x, y(p.bars[i].Low)})
	}
	s.polyline(band, "band")
	s.polyline(points[:measured], "line")
	size := 4.5
	if p.hasLegend() {
		size = 3 // so that the band shows
	}
	s.polyline(points[max(0, measured-1):], "line ahead")
	s.polyline(second, "second")
	for i, b := range p.bars {
		class := "dot"
		if i >= measured {
			class = "dot ahead"
		}
		s.titled(strings.TrimSuffix(b.label+": "+b.text+", "+b.also, ", "), "point", func() { s.circle(points[i].x, points[i].y, size, class) })
	}
}

// measured is how many rows were measured: where there is a band, those that it reaches.
func (p picture) measured() int {
	if p.Band != nil {
		for i, b := range p.bars {
			if math.IsNaN(b.Low) {
				return i
			}
		}
	}
	return len(p.bars)
}

// drawLegend draws a sample of each line and of the band, with its name.
func (p picture) drawLegend(s *svg, y float64) (height float64) {
	const sample = 34.0
	entry := func(name cell.Cell, draw func(y float64)) {
		y += lineHeight
		draw(y - 9)
		s.text(sample+8, y-4, text(name), "label")
	}
	ahead := ""
	if p.measured() == 0 {
		ahead = " ahead"
	}
	entry(p.Value, func(y float64) {
		s.polyline([]point{{0, y}, {sample, y}}, "line"+ahead)
		s.circle(sample/2, y, 3, "dot"+ahead)
	})
	if p.Line != nil && slices.ContainsFunc(p.bars, func(b bar) bool { return !math.IsNaN(b.Line) }) {
		entry(p.Line, func(y float64) { s.polyline([]point{{0, y}, {sample, y}}, "second") })
	}
	if p.Band != nil && ahead == "" {
		entry(p.Band, func(y float64) { s.rect(0, y-4, sample, 8, "band") })
	}
	return y
}
