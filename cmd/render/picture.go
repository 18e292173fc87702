package render

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	svg "github.com/ajstarks/svgo/float"

	"github.com/churncost/churncost/calc"
)

// This file alone knows the drawing library.

// A picture is what is drawn: bars that begin where the one before ended, bars
// with a line of shares, rings of people, spans, columns side by side, or a curve.
type picture struct {
	kind  calc.DrawingKind // NoDrawing for a waterfall
	title string
	bars  []bar

	base     float64   // of spans: what lies between the two ends of each
	marks    []float64 // of a histogram: where 90% of all begin, their middle, where they end
	end      float64   // of a histogram: where the last bar ends
	endLabel string

	zero string // of a curve: nothing, written like the numbers
}

// A bar is one row of a picture.
type bar struct {
	label string
	text  string  // the number, written
	from  float64 // where it begins; of spans, what the low end comes to, and of a histogram the lower edge
	to    float64
	share float64 // of a Pareto: what it and those before make up together
	tick  string  // of a curve: what stands under the dot
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
	p := &picture{kind: t.Drawing.Kind}
	rows := t.Columns[0].Name
	switch p.kind {
	case calc.Rings:
		p.title = "Those who " + t.Columns[value].Name + ": a dot for each person, a ring for each " + rows
	case calc.Pareto:
		p.title = "The " + t.Columns[value].Name + " by " + rows + ", most costly first; after it, and as a mark, the share " + t.Columns[line].Name
	case calc.Curve:
		p.title = "The " + t.Columns[value].Name + " by " + rows
		p.zero = l.one(t.Columns[value].Unit, 0)
	}
	for i, row := range t.Rows {
		likely := l.cellRange(row[value]).Likely
		if math.IsNaN(likely) || p.kind == calc.Rings && i == len(t.Rows)-1 { // the last adds the others up
			continue
		}
		b := bar{label: row[0].Words, text: l.one(t.Columns[value].Unit, likely), to: likely}
		switch {
		case p.kind == calc.Rings && i > 0:
			b.label = rows + " " + b.label
		case p.kind == calc.Pareto:
			b.share = row[line].Range.Likely
			b.text += " · " + fixed(b.share*100, 0) + "%"
		case p.kind == calc.Curve:
			b.label, b.tick = rows+" "+b.label, b.label
		}
		p.bars = append(p.bars, b)
	}
	return p
}

// The measures of a picture. It is drawn this wide, and scaled by the page; on a
// phone its letters stay legible.
const (
	pictureWidth = 360.0
	lineHeight   = 19.0
	barHeight    = 16.0
	barGap       = 14.0 // between a bar and the words of the next
)

// draw writes the picture as SVG.
func (p *picture) draw(to *bytes.Buffer) {
	var b bytes.Buffer
	canvas := svg.New(&b)
	class, height := "bars", 0.0
	switch p.kind {
	case calc.Rings:
		class, height = "rings", pictureWidth
	case calc.Curve:
		class, height = "curve", curveHeight
	case columnsPicture:
		class, height = "columns", columnsHeight+28
	default:
		if p.kind == spansPicture {
			class = "spans"
		}
		for i := range p.bars {
			height += p.bars[i].height()
		}
	}
	canvas.Startraw(fmt.Sprintf(`viewBox="0 0 %g %g"`, pictureWidth, height), `role="img"`, `aria-label="`+escapeHTML(p.describe())+`"`)
	switch p.kind {
	case calc.Rings:
		p.drawRings(canvas)
	case calc.Curve:
		p.drawCurve(canvas)
	case columnsPicture:
		p.drawColumns(canvas)
	default:
		p.drawBars(canvas)
	}
	canvas.End()
	// The library begins with the prolog of a file of its own; within a page
	// there is none.
	_, drawing, _ := strings.Cut(b.String(), "<svg")
	to.WriteString("<figure class=\"" + class + "\">\n<svg" + drawing + "<figcaption>" + escapeHTML(p.title) + "</figcaption>\n</figure>\n")
}

// lineLetters is how many Latin letters one line of a picture has room for, and
// letterWidth how wide each is at most. A Chinese character takes two.
const (
	lineLetters = 42
	letterWidth = pictureWidth / lineLetters
)

// letters is how wide a text is, in Latin letters.
func letters(text string) int {
	const firstWide = 0x1100 // where in Unicode the scripts begin that are written wide
	wide := 0
	for _, r := range text {
		if r >= firstWide {
			wide++
		}
	}
	return utf8.RuneCountInString(text) + wide
}

// lines are the words of a bar: its label, over as many lines as it takes, and
// whether the number has room at the end of the last.
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

// height is what a bar takes, with its words and the gap under it.
func (b *bar) height() float64 {
	label, room := b.lines()
	lines := len(label)
	if !room {
		lines++
	}
	return lineHeight*float64(lines) + 3 + barHeight + barGap
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
	if p.kind == spansPicture { // where zero lies does not matter
		low, high = p.base, p.base
	}
	for _, b := range p.bars {
		low, high = min(low, b.from, b.to), max(high, b.from, b.to)
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
			canvas.Text(0, y-4, line, `class="label"`)
		}
		if !room {
			y += lineHeight
		}
		canvas.Text(pictureWidth, y-4, b.text, `class="amount"`)
		y += 3
		rect := func(from, to float64, class string) {
			left, right := min(x(from), x(to)), max(x(from), x(to))
			canvas.Rect(left, y, max(right-left, 1), barHeight, `class="`+class+`"`)
		}
		mark := func(at float64) { canvas.Line(at, y-2, at, y+barHeight+2, `class="mark"`) }
		switch {
		case p.kind == spansPicture:
			if low, high := math.Abs(b.from-p.base), math.Abs(b.to-p.base); low > high { // where both lie on one side the shorter is seen
				rect(p.base, b.from, "low")
				rect(p.base, b.to, "part")
			} else {
				rect(p.base, b.to, "part")
				rect(p.base, b.from, "low")
			}
			mark(x(p.base))
		case b.total:
			rect(b.from, b.to, "total")
		case b.to < b.from:
			rect(b.from, b.to, "less")
		default:
			rect(b.from, b.to, "part")
		}
		if p.kind == calc.Pareto {
			mark(b.share * pictureWidth)
		}
		y += barHeight + barGap
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

// drawColumns draws a histogram, with the values at its left, in its middle and at
// its right. A thick line goes along its foot from the first mark to the last.
func (p *picture) drawColumns(canvas *svg.SVG) {
	most := 0.0
	for _, b := range p.bars {
		most = max(most, b.to)
	}
	count := len(p.bars)
	width := pictureWidth / float64(count)
	for i, b := range p.bars {
		height := b.to / most * columnsHeight
		canvas.Rect(width*float64(i), columnsHeight-height, width-1, height, `class="part"`)
	}
	canvas.Line(0, columnsHeight, pictureWidth, columnsHeight, `class="foot"`)
	const labelled = columnsHeight + 24
	if count == 1 {
		canvas.Text(pictureWidth/2, labelled, p.bars[0].label, `class="middle"`)
		return
	}
	first := p.bars[0].from
	x := func(value float64) float64 {
		return min(max((value-first)/(p.end-first), 0), 1) * pictureWidth
	}
	canvas.Line(x(p.marks[0]), columnsHeight+2, x(p.marks[len(p.marks)-1]), columnsHeight+2, `class="most"`)
	canvas.Circle(x(p.marks[len(p.marks)/2]), columnsHeight+2, 5, `class="total"`)
	canvas.Text(0, labelled, p.bars[0].label, `class="label"`)
	middle := p.bars[count/2].label
	if letters(p.bars[0].label)+2+letters(middle)+2+letters(p.endLabel) <= lineLetters {
		canvas.Text(pictureWidth/2, labelled, middle, `class="middle"`)
	}
	canvas.Text(pictureWidth, labelled, p.endLabel, `class="amount"`)
}

// The measures of a curve: between its highest and its lowest point, and in all.
const (
	curveTop    = 10.0 // where there is room for half a line above
	curveFoot   = curveTop + 180
	curveHeight = curveFoot + 32
)

// drawCurve draws a dot for each row, and a line from one to the next. At the left
// stand its highest and its lowest number and nothing, which has a line of its own;
// under it the rows, as many as there is room for.
func (p *picture) drawCurve(canvas *svg.SVG) {
	highest, lowest, widest := bar{text: p.zero}, bar{text: p.zero}, 0
	for _, b := range p.bars {
		if b.to > highest.to {
			highest = b
		}
		if b.to < lowest.to {
			lowest = b
		}
		widest = max(widest, letters(b.tick))
	}
	spread := highest.to - lowest.to
	if spread == 0 {
		spread = 1
	}
	y := func(value float64) float64 { return curveFoot - (value-lowest.to)/spread*(curveFoot-curveTop) }
	const gap, below = 6, 5 // from a number to the axis, and from its middle to the foot of its letters
	axis := letterWidth*float64(max(letters(highest.text), letters(lowest.text), letters(p.zero))) + gap
	canvas.Line(axis, curveTop, axis, curveFoot, `class="foot"`)
	canvas.Line(axis, y(0), pictureWidth, y(0), `class="foot"`)
	canvas.Text(axis-gap, y(0)+below, p.zero, `class="amount"`)
	for _, end := range [...]bar{highest, lowest} {
		if math.Abs(y(end.to)-y(0)) >= lineHeight {
			canvas.Text(axis-gap, y(end.to)+below, end.text, `class="amount"`)
		}
	}

	margin := letterWidth * float64(widest) / 2 // so that what stands under the ends has room
	step := (pictureWidth - axis - 2*margin) / float64(max(1, len(p.bars)-1))
	every := max(1, int(math.Ceil((2*margin+letterWidth)/step)))
	var across, up []float64
	for i, b := range p.bars {
		across, up = append(across, axis+margin+step*float64(i)), append(up, y(b.to))
		if i%every == 0 {
			canvas.Text(across[i], curveHeight-below, b.tick, `class="middle"`)
		}
	}
	canvas.Polyline(across, up, `class="line"`)
	for i, b := range p.bars {
		canvas.Group(`class="point"`)
		canvas.Title(b.label + ": " + b.text)
		canvas.Circle(across[i], up[i], 4.5, `class="dot"`)
		canvas.Gend()
	}
}
