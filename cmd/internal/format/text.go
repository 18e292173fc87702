package format

import (
	"math"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/document"
	"github.com/churncost/churncost/scenarios/syntax"
)

// line writes a cell for people, without characters that would break a line or control a
// terminal. Scenarios hold no such characters; names of files may.
func line(c cell.Cell) string { return syntax.Printable(text(c)) }

// uncontrolled replaces what may control a terminal, and keeps what separates lines and
// cells: a format that names files for programs has its own way to write that.
func uncontrolled(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && r != '\r' && r != '\n' && syntax.Unprintable(r) {
			return '\uFFFD'
		}
		return r
	}, text)
}

// text writes a cell.
func text(c cell.Cell) string {
	switch c := c.(type) {
	case cell.Words:
		return string(c)
	case cell.Template:
		return filled(c.Text, texts(c.Arguments))
	case cell.Number:
		return number(c)
	case cell.Range:
		return ranged(c)
	case cell.Estimate:
		return estimate(c)
	case cell.Place:
		return c.File + ":" + strconv.Itoa(c.Line)
	case cell.Class:
		if len(c) == 1 { // a grade
			return "grade " + string(c)
		}
		return string(c)
	case cell.List:
		return listed(texts(c.Items), c.Join)
	case cell.Marked:
		return text(c.Cell) + marks(c.Notes)
	case cell.Bar:
		return drawn(c)
	}
	return ""
}

// texts writes cells.
func texts(cells []cell.Cell) []string {
	all := make([]string, len(cells))
	for i, c := range cells {
		all[i] = text(c)
	}
	return all
}

// filled puts arguments in the numbered gaps of a template.
func filled(template string, arguments []string) string {
	if len(arguments) == 0 {
		return template
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		var place string
		place, template, _ = strings.Cut(rest, "}")
		i, _ := strconv.Atoi(place)
		b.WriteString(arguments[i-1])
	}
}

func listed(items []string, join cell.Join) string {
	switch join {
	case cell.Both:
		return strings.Join(items, " and ")
	case cell.Commas:
		return strings.Join(items, ", ")
	case cell.Sentences:
		return strings.Join(items, "; ")
	}
	return calc.Listed(items)
}

// note writes a note on one line.
func note(n document.Note) string {
	switch {
	case n.Kind != "":
		return syntax.Printable(string(n.Kind) + ": " + text(n.Text))
	case n.Number > 0:
		return superscript(n.Number) + " " + line(n.Text)
	}
	return line(n.Text)
}

// marks writes footnote numbers after a text.
func marks(numbers []int) string {
	var b strings.Builder
	for _, number := range numbers {
		b.WriteString(" " + superscript(number))
	}
	return b.String()
}

func superscript(number int) string {
	digits := []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")
	var b strings.Builder
	for _, digit := range strconv.Itoa(number) {
		b.WriteRune(digits[digit-'0'])
	}
	return b.String()
}

// drawn draws a bar in characters: dark from its base to its high end, light to its low
// end.
func drawn(c cell.Bar) string {
	at := func(part float64) int { return int(math.Round(part * float64(c.Width))) }
	// The table library trims blanks, so the space before a bar is dots.
	cells := []rune(strings.Repeat("·", c.Width))
	paint := func(to float64, with rune) {
		for i := min(at(c.Base), at(to)); i < max(at(c.Base), at(to)); i++ {
			cells[i] = with
		}
	}
	const light, dark, thin = '▒', '█', "▏"
	switch {
	case !c.Swing:
		paint(c.High, dark)
	case math.Abs(c.Low-c.Base) > math.Abs(c.High-c.Base): // if both are on one side, the shorter stays visible
		paint(c.Low, light)
		paint(c.High, dark)
	default:
		paint(c.High, dark)
		paint(c.Low, light)
	}
	row := strings.TrimRight(string(cells), "·")
	if row == "" && c.Swing {
		return strings.Repeat("·", at(c.Base)) + thin
	}
	return row
}
