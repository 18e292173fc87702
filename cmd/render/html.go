package render

import (
	"bytes"
	_ "embed"
	stdhtml "html"
	"strings"
)

//go:embed page.css
var css string

// html writes a page that needs nothing else: it opens in a browser, reads on a
// phone and prints on A4.
func html(to *bytes.Buffer, d *Document, _ Style) {
	title := "churncost " + d.Command
	if len(d.Sections) == 1 {
		title = d.Sections[0].Scenario.Label + " · " + title
	}
	to.WriteString("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escapeHTML(title) + "</title>\n<style>\n" + css + "</style>\n</head>\n<body>\n<main>\n")
	for i := range d.Sections {
		if name := d.Sections[i].Scenario.Name; name != "" {
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
	class := func(i int) string {
		if g.columns[i].right {
			return " class=\"number\""
		}
		return ""
	}
	to.WriteString("<div class=\"scroll\"><table>\n<caption>" + escapeHTML(g.title) + "</caption>\n<thead><tr>")
	for i, c := range g.columns {
		to.WriteString("<th scope=\"col\"" + class(i) + ">" + escapeHTML(c.name) + "</th>")
	}
	to.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range g.rows {
		to.WriteString("<tr>")
		for i, cell := range row {
			to.WriteString("<td" + class(i) + ">" + strings.ReplaceAll(escapeHTML(cell), "\n", "<br>") + "</td>")
		}
		to.WriteString("</tr>\n")
	}
	to.WriteString("</tbody>\n</table></div>\n")
}

func escapeHTML(text string) string { return stdhtml.EscapeString(text) }
