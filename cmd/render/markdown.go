package render

import (
	"bytes"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/scenarios"
)

// markdown writes a bold headline and one GitHub table for each answer, which
// holds every figure; and below them what is probably wrong.
func markdown(to *bytes.Buffer, d *Document, _ Style) {
	notes := slices.Clone(d.Notes)
	for i := range d.Sections {
		l := newLayout(&d.Sections[i])
		l.unmarked = true
		for j := range d.Sections[i].Answers {
			if to.Len() > 0 {
				to.WriteByte('\n')
			}
			l.of(&d.Sections[i].Answers[j])
			to.WriteString("**" + escapeMarkdown(l.headline()) + "**\n\n")
			markdownGrid(to, l.figures(false))
			for _, n := range l.answer.Report.Notes {
				n.Text = l.note(n)
				notes = append(notes, n)
			}
		}
		notes = append(notes, d.Sections[i].Notes...)
	}
	if len(d.Sections) == 0 {
		markdownPage(to, lay(d))
	}
	markdownWarnings(to, notes)
}

// markdownPage writes the headlines and the tables of a page.
func markdownPage(to *bytes.Buffer, p page) {
	for _, b := range p {
		if to.Len() > 0 && (b.headline != "" || b.grid != nil && !bytes.HasSuffix(to.Bytes(), []byte("\n\n"))) {
			to.WriteByte('\n') // a table ends only at an empty line
		}
		switch {
		case b.headline != "":
			to.WriteString("**" + escapeMarkdown(b.headline) + "**\n\n")
		case b.grid != nil:
			markdownGrid(to, b.grid)
		}
	}
}

// markdownWarnings writes, each once, those of the notes that say what is probably wrong:
// a comment is to be short.
func markdownWarnings(to *bytes.Buffer, notes []calc.Note) {
	written := map[string]bool{}
	for _, n := range notes {
		if line := noteLine(n.Kind, n.Text); (n.Kind == calc.Warning || n.Kind == calc.Expired) && !written[line] {
			written[line] = true
			to.WriteString("\n" + escapeMarkdown(scenarios.Printable(line)) + "\n")
		}
	}
}

func markdownGrid(to *bytes.Buffer, g *grid) {
	row := func(cells []string) { to.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	names, rules := make([]string, len(g.columns)), make([]string, len(g.columns))
	for i, c := range g.columns {
		names[i], rules[i] = escapeMarkdown(c.name), "---"
		if c.right {
			rules[i] = "---:"
		}
	}
	row(names)
	row(rules)
	for _, cells := range g.rows {
		escaped := make([]string, len(cells))
		for i, cell := range cells {
			escaped[i] = escapeMarkdown(cell)
		}
		row(escaped)
	}
}

var markdownEscapes = strings.NewReplacer(`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", "[", `\[`, "]", `\]`)

// escapeMarkdown keeps what a scenario says from being read as markup.
func escapeMarkdown(text string) string { return markdownEscapes.Replace(text) }
