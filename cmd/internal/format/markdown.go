package format

import (
	"bytes"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/document"
)

// markdown writes what fits in a comment on GitHub: bold headlines, tables without
// footnotes, and below them the warnings, each once.
func markdown(to *bytes.Buffer, from *Source, _ Style) {
	var warnings []string
	for _, b := range from.Document.Blocks {
		if b.View == document.InFull {
			continue
		}
		if b.Headline != nil {
			paragraph(to)
			to.WriteString("**" + escapeMarkdown(line(b.Headline)) + "**\n\n")
		}
		if b.Table != nil {
			for _, g := range grids(unmarked(b.Table)) {
				paragraph(to)
				markdownTable(to, &g)
			}
		}
		for _, n := range b.Notes {
			if warning := note(n); (n.Kind == calc.Warning || n.Kind == calc.Expired) && !slices.Contains(warnings, warning) {
				warnings = append(warnings, warning)
			}
		}
	}
	for _, warning := range warnings {
		to.WriteString("\n" + escapeMarkdown(warning) + "\n")
	}
}

// paragraph writes an empty line, which a table needs before it.
func paragraph(to *bytes.Buffer) {
	if to.Len() > 0 && !bytes.HasSuffix(to.Bytes(), []byte("\n\n")) {
		to.WriteByte('\n')
	}
}

// unmarked returns a table without footnote marks.
func unmarked(t *document.Table) *document.Table {
	out := *t
	out.Rows = make([][]cell.Cell, len(t.Rows))
	for i, row := range t.Rows {
		out.Rows[i] = make([]cell.Cell, len(row))
		for j, c := range row {
			if m, is := c.(cell.Marked); is {
				c = m.Cell
			}
			out.Rows[i][j] = c
		}
	}
	return &out
}

func markdownTable(to *bytes.Buffer, g *grid) {
	row := func(cells []string) {
		escaped := make([]string, len(cells))
		for i, cell := range cells {
			escaped[i] = escapeMarkdown(cell)
		}
		to.WriteString("| " + strings.Join(escaped, " | ") + " |\n")
	}
	row(g.names)
	rules := make([]string, len(g.Columns))
	for i, c := range g.Columns {
		rules[i] = "---"
		if c.Numbers {
			rules[i] = "---:"
		}
	}
	to.WriteString("| " + strings.Join(rules, " | ") + " |\n")
	for _, cells := range g.rows {
		row(cells)
	}
}

var markdownEscapes = strings.NewReplacer(`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", "[", `\[`, "]", `\]`)

// escapeMarkdown escapes text of a scenario that would be read as markup.
func escapeMarkdown(text string) string { return markdownEscapes.Replace(text) }
