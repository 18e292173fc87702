package render

import (
	"bytes"
	_ "embed"
	stdhtml "html"
	"strings"
	"unicode"
)

//go:embed page.css
var css string

// html writes a page that needs nothing else: it opens in a browser, reads on a
// phone and prints on A4.
func html(to *bytes.Buffer, d *Document, _ Style) {
	title := "churncost " + d.Command
	if told := d.told(); len(told) == 1 {
		title = told[0].Label + " · " + title
	}
	to.WriteString("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escapeHTML(title) + "</title>\n<style>\n" + css + "</style>\n</head>\n<body>\n<main>\n")
	for _, s := range d.told() {
		if name := s.Name; name != "" {
			to.WriteString("<p class=\"name\">" + escapeHTML(name) + "</p>\n")
		}
	}
	level := "h1"
	for _, b := range lay(d) {
		switch {
		case b.headline != "":
			to.WriteString("<" + level + ">" + escapeHTML(b.headline) + "</" + level + ">\n")
			level = "h2"
		case b.grid != nil:
			htmlGrid(to, b.grid)
		case b.picture != nil:
			b.picture.draw(to)
		default:
			to.WriteString("<ul class=\"notes\">\n")
			for _, line := range b.lines {
				to.WriteString("<li>" + escapeHTML(line) + "</li>\n")
			}
			to.WriteString("</ul>\n")
		}
	}
	to.WriteString("</main>\n</body>\n</html>\n")
}

func htmlGrid(to *bytes.Buffer, g *grid) {
	columns := g.columns
	if g.bars {
		columns = columns[:len(columns)-1] // which a picture shows
	}
	class := func(i int, text string) string {
		var names []string
		if g.columns[i].right {
			names = append(names, "number")
		}
		if longest(text) > longWord {
			names = append(names, "long")
		}
		if len(names) == 0 {
			return ""
		}
		return " class=\"" + strings.Join(names, " ") + "\""
	}
	abreast := ""
	switch {
	case len(columns) == 2 && columns[1].right:
		abreast = " class=\"pair\""
	case g.isWide():
		abreast = " class=\"wide\""
	}
	to.WriteString("<div class=\"scroll\"><table" + abreast + ">\n")
	if g.title != g.columns[0].name { // which would say the same twice
		to.WriteString("<caption>" + escapeHTML(g.title) + "</caption>\n")
	}
	to.WriteString("<thead><tr>")
	for i, c := range columns {
		to.WriteString("<th scope=\"col\"" + class(i, "") + ">" + escapeHTML(c.name) + "</th>")
	}
	to.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range g.rows {
		to.WriteString("<tr>")
		for i, cell := range row[:len(columns)] {
			text := strings.ReplaceAll(marked.Replace(escapeHTML(cell)), "\n", "<br>")
			if low, high, found := strings.Cut(text, "–"); found && g.columns[i].right {
				text = "<span>" + low + "–</span><span>" + high + "</span>" // over two lines where there is little room
			}
			to.WriteString("<td" + class(i, cell) + ">" + text + "</td>")
		}
		to.WriteString("</tr>\n")
	}
	to.WriteString("</tbody>\n</table></div>\n")
}

// together makes one word of a number and its error, to measure it.
var together = strings.NewReplacer(" ± ", "_±_", " pp", "_pp")

// marked keeps the mark of a footnote, and the error of a number, in the line of
// what it belongs to.
var marked = strings.NewReplacer(" ± ", "\u00a0±\u00a0", " pp", "\u00a0pp", " ⁰", "\u00a0⁰", " ¹", "\u00a0¹", " ²", "\u00a0²", " ³", "\u00a0³", " ⁴", "\u00a0⁴",
	" ⁵", "\u00a0⁵", " ⁶", "\u00a0⁶", " ⁷", "\u00a0⁷", " ⁸", "\u00a0⁸", " ⁹", "\u00a0⁹")

// longWord is how many letters no key and no number has. What is longer, such as
// an address, is broken where it must.
const longWord = 32

// longest is how many letters the longest word of a text has; the ends of a range
// are two.
func longest(text string) int {
	most := 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return unicode.IsSpace(r) || r == '–' }) {
		most = max(most, letters(word))
	}
	return most
}

// isWide tells whether a phone shows the numbers of a row two abreast and not three:
// where some are so long that it has no room for more, and where there are four.
func (g *grid) isWide() bool {
	const abreast = 12
	numbers := 0
	for _, c := range g.columns {
		if c.right {
			numbers++
		}
	}
	if numbers == 4 {
		return true
	}
	for _, row := range g.rows {
		for i, cell := range row {
			if width := longest(together.Replace(cell)); g.columns[i].right && abreast < width && width <= longWord {
				return true
			}
		}
	}
	return false
}

func escapeHTML(text string) string { return stdhtml.EscapeString(text) }
