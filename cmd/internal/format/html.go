package format

import (
	"bytes"
	_ "embed"
	stdhtml "html"
	"strings"
	"unicode"

	"github.com/churncost/churncost/cmd/internal/document"
)

//go:embed page.css
var css string

// html writes a page in one file. It opens in a browser, fits a phone and prints on A4.
func html(to *bytes.Buffer, from *Source, _ Style) {
	d := from.Document
	title := "churncost " + d.Command
	if d.Label != "" {
		title = d.Label + " · " + title
	}
	to.WriteString("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escapeHTML(title) + "</title>\n<style>\n" + css + "</style>\n</head>\n<body>\n<main>\n")
	if d.Name != "" {
		to.WriteString("<p class=\"name\">" + escapeHTML(d.Name) + "</p>\n")
	}
	level := "h1"
	for _, b := range d.Blocks {
		switch {
		case b.View == document.InShort:
		case b.Headline != nil:
			to.WriteString("<" + level + ">" + escapeHTML(line(b.Headline)) + "</" + level + ">\n")
			level = "h2"
		case b.Table != nil:
			for _, g := range grids(b.Table) {
				htmlTable(to, &g)
			}
		case b.Chart != nil:
			draw(to, b.Chart)
		default:
			to.WriteString("<ul class=\"notes\">\n")
			for _, n := range b.Notes {
				to.WriteString("<li>" + escapeHTML(note(n)) + "</li>\n")
			}
			to.WriteString("</ul>\n")
		}
	}
	to.WriteString("</main>\n</body>\n</html>\n")
}

func htmlTable(to *bytes.Buffer, g *grid) {
	columns := g.Columns
	if last := len(columns) - 1; columns[last].Bars { // a chart shows it instead
		columns = columns[:last]
	}
	class := func(i int, text string) string {
		var names []string
		if columns[i].Numbers {
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
	case len(columns) == 2 && columns[1].Numbers:
		abreast = " class=\"pair\""
	case g.isWide():
		abreast = " class=\"wide\""
	}
	to.WriteString("<div class=\"scroll\"><table" + abreast + ">\n")
	if g.Title != nil {
		to.WriteString("<caption>" + escapeHTML(g.title) + "</caption>\n")
	}
	to.WriteString("<thead><tr>")
	for i := range columns {
		to.WriteString("<th scope=\"col\"" + class(i, "") + ">" + escapeHTML(g.names[i]) + "</th>")
	}
	to.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range g.rows {
		to.WriteString("<tr>")
		for i, cell := range row[:len(columns)] {
			text := strings.ReplaceAll(unbroken.Replace(escapeHTML(cell)), "\n", "<br>")
			if low, high, found := strings.Cut(text, "–"); found && columns[i].Numbers {
				text = "<span>" + low + "–</span><span>" + high + "</span>" // may break after the dash
			}
			to.WriteString("<td" + class(i, cell) + ">" + text + "</td>")
		}
		to.WriteString("</tr>\n")
	}
	to.WriteString("</tbody>\n</table></div>\n")
}

// together makes one word of a number and its error, to measure their length.
var together = strings.NewReplacer(" ± ", "_±_", " pp", "_pp")

// unbroken keeps a footnote mark, and the error of a number, on the same line as what
// comes before.
var unbroken = strings.NewReplacer(" ± ", "\u00a0±\u00a0", " pp", "\u00a0pp", " ⁰", "\u00a0⁰", " ¹", "\u00a0¹", " ²", "\u00a0²", " ³", "\u00a0³", " ⁴", "\u00a0⁴",
	" ⁵", "\u00a0⁵", " ⁶", "\u00a0⁶", " ⁷", "\u00a0⁷", " ⁸", "\u00a0⁸", " ⁹", "\u00a0⁹")

// longWord is more letters than any key or number has. A longer word, such as an address,
// may be broken anywhere.
const longWord = 32

// longest returns the length of the longest word of a text. The ends of a range count as
// two words.
func longest(text string) int {
	most := 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return unicode.IsSpace(r) || r == '–' }) {
		most = max(most, letters(word))
	}
	return most
}

// isWide reports whether a phone shows the numbers of a row two abreast and not three: if
// some are too long for three, or if there are four.
func (g *grid) isWide() bool {
	const abreast = 12
	numbers := 0
	for _, c := range g.Columns {
		if c.Numbers {
			numbers++
		}
	}
	if numbers == 4 {
		return true
	}
	for _, row := range g.rows {
		for i, cell := range row {
			if width := longest(together.Replace(cell)); g.Columns[i].Numbers && abreast < width && width <= longWord {
				return true
			}
		}
	}
	return false
}

func escapeHTML(text string) string { return stdhtml.EscapeString(text) }
