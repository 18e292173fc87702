package format

import (
	"fmt"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios/syntax"
)

// Problem writes a problem with its place, the line of the file, carets under the
// mistake, and a hint:
//
//	mine.yaml:4:3: error: unknown key "customer.spnd"
//	    4 |   spnd: 50 per week
//	      |   ^^^^
//	      = did you mean spend?
func Problem(p *calc.Problem, style Style) string {
	var b strings.Builder
	b.WriteString(where(p.Place) + style.Red("error:") + " " + strings.Map(visible, p.Message) + "\n")
	if p.Place.Line > 0 && p.Place.Column > 0 {
		line := []rune(strings.Map(visible, p.Place.Document.Line(p.Place.Line)))
		column := min(p.Place.Column-1, len(line))
		begin, end := window(len(line), column)
		under := line[column:min(column+p.Place.Width, end)]
		fmt.Fprintf(&b, "%5d | %s\n", p.Place.Line, string(line[begin:end]))
		fmt.Fprintf(&b, "      | %s%s\n", strings.Repeat(" ", terminalWidth(line[begin:column])), strings.Repeat("^", max(1, terminalWidth(under))))
	}
	if p.Hint != "" {
		b.WriteString("      = " + strings.Map(visible, p.Hint) + "\n")
	}
	return b.String()
}

// where writes a place as FILE:LINE:COLUMN, or as much of it as is known.
func where(place quantity.Place) string {
	if place.Document == nil {
		return "churncost: "
	}
	name := syntax.Printable(place.Document.Name)
	switch {
	case place.Line == 0:
		return name + ": "
	case place.Column == 0:
		return fmt.Sprintf("%s:%d: ", name, place.Line)
	}
	return fmt.Sprintf("%s:%d:%d: ", name, place.Line, place.Column)
}

// window returns the part of a long line to show around a column.
func window(length, column int) (begin, end int) {
	const most = 120
	if length > most {
		begin = max(0, column-most/2)
	}
	return begin, min(length, begin+most)
}

// visible replaces characters that a terminal would not print as such.
func visible(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case syntax.Unprintable(r):
		return '\uFFFD'
	}
	return r
}

// terminalWidth returns the width of a text on a terminal, in columns. A Chinese character counts
// as two in every locale.
func terminalWidth(text []rune) int {
	c := runewidth.Condition{EastAsianWidth: false}
	return c.StringWidth(string(text))
}
