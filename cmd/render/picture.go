package render

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"

	svg "github.com/ajstarks/svgo/float"

	"github.com/churncost/churncost/calc"
)

// This file alone knows the drawing library.

// A picture is what is drawn: bars that begin where the one before ended, bars
// with a line of shares, rings of people, spans, or columns side by side.
type picture struct {
	kind  calc.DrawingKind // NoDrawing for a waterfall
	title string
	bars  []bar
}

// A bar is one row of a picture.
type bar struct {
	label string
	text  string  // the number, written
	from  float64 // where it begins
	to    float64
	share float64 // of a Pareto: what it and those before make up together
	total bool
}

// The kinds of picture that no table asks for.
const (
	spansPicture   calc.DrawingKind = -1 - iota // each bar from one value to another
	columnsPicture                              // a histogram
)

// waterfall draws how the parts add up to the total; nil where nothing does.
func (l *layout) waterfall() *picture {
	r := l.answer.Report
	total := r.Figure(r.Sum.Total)
	if total == nil || total.Absent() {
		return nil
	}
	p := &picture{title: total.Label + ", part by part"}
	at := 0.0
	for _, metric := range r.Sum.Parts {
		if f := r.Figure(metric); !f.Absent() {
			p.bars = append(p.bars, bar{label: f.Label, text: l.one(f.Unit, f.Range.Likely), from: at, to: at + f.Range.Likely})
			at += f.Range.Likely
		}
	}
	p.bars = append(p.bars, bar{label: total.Label, text: l.one(total.Unit, total.Range.Likely), to: total.Range.Likely, total: true})
	return p
}

// draw makes a picture of a table, if it says how.
func (l *layout) draw(t *calc.Table) *picture {
	if t.Drawing.Kind == calc.NoDrawing {
		return nil
	}
	column := func(name string) int {
		return slices.IndexFunc(t.Columns, func(c calc.Column) bool { return c.Name == name })
	}
	value, line := column(t.Drawing.Value), column(t.Drawing.Line)
	p := &picture{kind: t.Drawing.Kind, title: t.Name}
	for _, row := range t.Rows {
		likely := row[value].Range.Likely
		b := bar{label: row[0].Words, text: l.one(t.Columns[value].Unit, likely), to: likely}
		if line >= 0 {
			b.share = row[line].Range.Likely
		}
		p.bars = append(p.bars, b)
	}
	return p
}

// The measures of a picture. It is drawn this wide, and scaled by the page; on a
// phone its letters stay legible.
const (
	pictureWidth = 420.0
	rowHeight    = 46.0
	barHeight    = 18.0
)

// draw writes the picture as SVG.
func (p *picture) draw(to *bytes.Buffer) {
	var b bytes.Buffer
	canvas := svg.New(&b)
	height := rowHeight*float64(len(p.bars)) + 8
	switch p.kind {
	case calc.Rings:
		height = pictureWidth
	case columnsPicture:
		height = columnsHeight + 24
	}
	canvas.Startraw(fmt.Sprintf(`viewBox="0 0 %g %g"`, pictureWidth, height), `role="img"`, `aria-label="`+escapeHTML(p.describe())+`"`)
	switch p.kind {
	case calc.Rings:
		p.drawRings(canvas)
	case columnsPicture:
		p.drawColumns(canvas)
	default:
		p.drawBars(canvas)
	}
	canvas.End()
	// The library begins with the prolog of a file of its own; within a page
	// there is none.
	_, drawing, _ := strings.Cut(b.String(), "<svg")
	to.WriteString("<figure>\n<svg" + drawing + "<figcaption>" + escapeHTML(p.title) + "</figcaption>\n</figure>\n")
}

// describe says in words what the picture shows, for those who do not see it.
func (p *picture) describe() string {
	parts := make([]string, len(p.bars))
	for i, b := range p.bars {
		parts[i] = b.label + " " + b.text
	}
	return p.title + ": " + strings.Join(parts, "; ")
}

// drawBars draws each row's words, and its bar under them.
func (p *picture) drawBars(canvas *svg.SVG) {
	low, high := 0.0, 0.0
	if p.kind == spansPicture && len(p.bars) > 0 { // where zero lies does not matter
		low, high = p.bars[0].from, p.bars[0].from
	}
	for _, b := range p.bars {
		low, high = min(low, b.from, b.to), max(high, b.from, b.to)
	}
	if high == low {
		high = low + 1
	}
	x := func(value float64) float64 { return (value - low) / (high - low) * pictureWidth }
	for i, b := range p.bars {
		y := rowHeight * float64(i)
		text := b.text
		if p.kind == calc.Pareto {
			text += fmt.Sprintf(" · %s%% together", fixed(b.share*100, 0))
		}
		canvas.Text(0, y+15, b.label, `class="label"`)
		canvas.Text(pictureWidth, y+15, text, `class="amount"`)
		class := "part"
		switch {
		case b.total:
			class = "total"
		case b.to < b.from && p.kind != spansPicture:
			class = "less"
		}
		left, right := min(x(b.from), x(b.to)), max(x(b.from), x(b.to))
		canvas.Rect(left, y+22, max(right-left, 1), barHeight, `class="`+class+`"`)
		if p.kind == calc.Pareto {
			canvas.Line(b.share*pictureWidth, y+20, b.share*pictureWidth, y+24+barHeight, `class="mark"`)
		}
	}
}

// mostDots is how many people of one ring are drawn one by one; beyond, the ring
// is drawn full.
const mostDots = 130

// drawRings draws the customer in the middle, and each generation as a ring of
// dots around, a dot for each person.
func (p *picture) drawRings(canvas *svg.SVG) {
	const middle = pictureWidth / 2
	width := (middle - 14) / float64(max(1, len(p.bars)-1))
	for i := len(p.bars) - 1; i >= 0; i-- {
		radius := width * float64(i)
		count := int(math.Round(p.bars[i].to))
		if i > 0 {
			canvas.Circle(middle, middle, radius, `class="orbit"`)
		}
		if count > mostDots {
			canvas.Circle(middle, middle, radius, `class="full"`)
			continue
		}
		for dot := range count {
			angle := 2*math.Pi*float64(dot)/float64(count) - math.Pi/2
			canvas.Circle(middle+radius*math.Cos(angle), middle+radius*math.Sin(angle), 4.5, `class="dot"`)
		}
	}
	for i, b := range p.bars {
		if i > 0 {
			canvas.Text(middle, middle-width*float64(i)+22, b.text, `class="ring"`)
		}
	}
}

// columnsHeight is how high the highest column is.
const columnsHeight = 180.0

// drawColumns draws a histogram, with the values under its first, middle and
// last column.
func (p *picture) drawColumns(canvas *svg.SVG) {
	most := 0.0
	for _, b := range p.bars {
		most = max(most, b.to)
	}
	width := pictureWidth / float64(max(1, len(p.bars)))
	for i, b := range p.bars {
		height := b.to / most * columnsHeight
		canvas.Rect(width*float64(i), columnsHeight-height, width-1, height, `class="part"`)
	}
	canvas.Line(0, columnsHeight, pictureWidth, columnsHeight, `class="mark"`)
	if n := len(p.bars); n > 0 {
		canvas.Text(0, columnsHeight+18, p.bars[0].label, `class="label"`)
		canvas.Text(width*float64(n/2), columnsHeight+18, p.bars[n/2].label, `class="label"`)
		canvas.Text(pictureWidth, columnsHeight+18, p.bars[n-1].label, `class="amount"`)
	}
}
