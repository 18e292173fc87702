package format

import (
	"bytes"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/internal/document"
)

// A picture is a chart whose cells are text.
type picture struct {
	*document.Chart
	bars []bar
}

// A bar is one part of a picture.
type bar struct {
	document.Part
	label, text, tick, also string
}

// The measures of a picture. The page scales it; at this width its letters are
// legible on a phone.
const (
	pictureWidth = 360.0
	lineHeight   = 19.0
	barHeight    = 16.0
	barGap       = 14.0 // between a bar and the label of the next
)

// drawings are the kinds of picture. Each draws the picture from the top and returns
// how high it is. A new kind is a function and its line here.
var drawings = map[calc.DrawingKind]struct {
	class string // of the figure, for the style sheet
	draw  func(p picture, s *svg) (height float64)
}{
	calc.Waterfall: {"bars", picture.drawBars},
	calc.Pareto:    {"bars", picture.drawBars},
	calc.Spans:     {"spans", picture.drawBars},
	calc.Rings:     {"rings", picture.drawRings},
	calc.Curve:     {"curve", picture.drawCurve},
	calc.Histogram: {"columns", picture.drawColumns},
}

// draw writes a chart as a figure of HTML.
func draw(to *bytes.Buffer, c *document.Chart) {
	p := picture{Chart: c}
	for _, part := range c.Parts {
		p.bars = append(p.bars, bar{part, text(part.Label), text(part.Text), text(part.Tick), text(part.Also)})
	}
	var shapes svg
	drawing := drawings[c.Kind]
	height := drawing.draw(p, &shapes)
	to.WriteString("<figure class=\"" + drawing.class + "\">\n")
	shapes.writeTo(to, pictureWidth, height, p.describe())
	to.WriteString("<figcaption>" + escapeHTML(text(c.Title)) + "</figcaption>\n</figure>\n")
}

// lineLetters is how many Latin letters fit on one line of a picture, and letterWidth
// how wide each is at most. A Chinese character is as wide as two.
const (
	lineLetters = 42
	letterWidth = pictureWidth / lineLetters
)

// letters is the width of a text in Latin letters.
func letters(text string) int {
	const firstWide = 0x1100 // the first code point of the wide scripts
	wide := 0
	for _, r := range text {
		if r >= firstWide {
			wide++
		}
	}
	return utf8.RuneCountInString(text) + wide
}

// lines breaks the label of a bar into lines, and reports whether the number fits
// at the end of the last.
func (b *bar) lines() (label []string, room bool) {
	label = []string{""}
	for word := range strings.FieldsSeq(b.label) {
		for _, part := range chop(word) {
			last := &label[len(label)-1]
			switch {
			case *last == "":
				*last = part
			case letters(*last)+1+letters(part) <= lineLetters:
				*last += " " + part
			default:
				label = append(label, part)
			}
		}
	}
	return label, letters(label[len(label)-1])+2+letters(b.text) <= lineLetters
}

// chop cuts a word that is longer than a line.
func chop(word string) []string {
	var parts []string
	from := 0
	for at := range word {
		if letters(word[from:at]) >= lineLetters-1 {
			parts = append(parts, word[from:at])
			from = at
		}
	}
	return append(parts, word[from:])
}

// describe is the picture in words, for screen readers.
func (p picture) describe() string {
	parts := make([]string, len(p.bars))
	for i, b := range p.bars {
		parts[i] = strings.Trim(b.label+" "+b.text+", "+b.also+", "+b.Zone, ", ")
	}
	return text(p.Title) + ": " + strings.Join(parts, "; ")
}

// drawBars draws the words of each row, and below them its bar.
func (p picture) drawBars(s *svg) (height float64) {
	low, high := 0.0, 0.0
	if p.Kind == calc.Spans { // zero need not be in view
		low, high = p.Base, p.Base
	}
	for _, b := range p.bars {
		low, high = min(low, b.From, b.To), max(high, b.From, b.To)
	}
	if high == low {
		high = low + 1
	}
	x := func(value float64) float64 { return (value - low) / (high - low) * pictureWidth }
	y := 0.0
	for _, b := range p.bars {
		label, room := b.lines()
		for _, line := range label {
			y += lineHeight
			s.text(0, y-4, line, "label")
		}
		if !room {
			y += lineHeight
		}
		s.text(pictureWidth, y-4, b.text, "amount")
		y += 3
		rect := func(from, to float64, class string) {
			left, right := min(x(from), x(to)), max(x(from), x(to))
			s.rect(left, y, max(right-left, 1), barHeight, class)
		}
		mark := func(at float64) { s.line(at, y-2, at, y+barHeight+2, "mark") }
		switch {
		case p.Kind == calc.Spans:
			if low, high := math.Abs(b.From-p.Base), math.Abs(b.To-p.Base); low > high { // if both are on one side, the shorter stays visible
				rect(p.Base, b.From, "low")
				rect(p.Base, b.To, "part")
			} else {
				rect(p.Base, b.To, "part")
				rect(p.Base, b.From, "low")
			}
			mark(x(p.Base))
		case b.Total:
			rect(b.From, b.To, "total")
		case b.To < b.From:
			rect(b.From, b.To, "less")
		default:
			rect(b.From, b.To, "part")
		}
		if p.Kind == calc.Pareto {
			mark(b.Line * pictureWidth)
		}
		y += barHeight + barGap
	}
	return y
}

// mostDots is the most people of a ring that are drawn as a dot each. A ring of more
// is drawn as a full circle.
const mostDots = 130

// drawRings draws the customer in the middle and each generation as a ring around,
// with a dot for each person.
func (p picture) drawRings(s *svg) (height float64) {
	const middle = pictureWidth / 2
	width := (middle - 14) / float64(max(1, len(p.bars)-1))
	for i := len(p.bars) - 1; i >= 0; i-- {
		radius := width * float64(i)
		count := int(math.Round(p.bars[i].To))
		if i > 0 {
			s.circle(middle, middle, radius, "orbit")
		}
		if count > mostDots {
			s.circle(middle, middle, radius, "full")
			continue
		}
		for dot := range count {
			angle := 2*math.Pi*float64(dot)/float64(count) - math.Pi/2
			s.circle(middle+radius*math.Cos(angle), middle+radius*math.Sin(angle), 4.5, "dot")
		}
	}
	for i, b := range p.bars {
		if i > 0 {
			s.text(middle, middle-width*float64(i)+22, b.text, "ring")
		}
	}
	return pictureWidth
}

// columnsHeight is the height of the highest column.
const columnsHeight = 180.0

// drawColumns draws a histogram. Below it are the values at its left, middle and
// right, and a thick line from the first mark to the last.
func (p picture) drawColumns(s *svg) (height float64) {
	most := 0.0
	for _, b := range p.bars {
		most = max(most, b.To)
	}
	count := len(p.bars)
	width := pictureWidth / float64(count)
	for i, b := range p.bars {
		tall := b.To / most * columnsHeight
		s.rect(width*float64(i), columnsHeight-tall, width-1, tall, "part")
	}
	s.line(0, columnsHeight, pictureWidth, columnsHeight, "foot")
	const labelled = columnsHeight + 24
	height = labelled + 4
	if count == 1 {
		s.text(pictureWidth/2, labelled, p.bars[0].label, "middle")
		return height
	}
	first := p.bars[0].From
	x := func(value float64) float64 {
		return min(max((value-first)/(p.End-first), 0), 1) * pictureWidth
	}
	s.line(x(p.Marks[0]), columnsHeight+2, x(p.Marks[len(p.Marks)-1]), columnsHeight+2, "most")
	s.circle(x(p.Marks[len(p.Marks)/2]), columnsHeight+2, 5, "total")
	s.text(0, labelled, p.bars[0].label, "label")
	middle := p.bars[count/2].label
	if letters(p.bars[0].label)+2+letters(middle)+2+letters(text(p.EndLabel)) <= lineLetters {
		s.text(pictureWidth/2, labelled, middle, "middle")
	}
	s.text(pictureWidth, labelled, text(p.EndLabel), "amount")
	return height
}
