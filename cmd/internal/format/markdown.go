package format

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/document"
)

// mostMarkdown is how many bytes of Markdown are written: a comment on GitHub has at most
// 65,536 characters. The last line, which counts what was cut, comes on top.
const mostMarkdown = 65_000

// warned are the kinds of notes that a comment has room for.
var warned = []calc.NoteKind{calc.Warning, calc.Expired, calc.Graded}

// markdown writes what fits in a comment on GitHub: where it is updated in place, a mark
// that does not show, by which the comment is found again; then bold headlines, tables
// without footnotes, and below them the warnings, each once.
func markdown(to *bytes.Buffer, from *Source, _ Style) {
	begin := to.Len()
	if from.Document.Comment {
		to.WriteString("<!-- churncost " + from.Command + " -->\n\n")
	}
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
			if warning := note(n); (n.Brief || slices.Contains(warned, n.Kind)) && !slices.Contains(warnings, warning) {
				warnings = append(warnings, warning)
			}
		}
	}
	for _, warning := range warnings {
		to.WriteString("\n" + escapeMarkdown(warning) + "\n")
	}
	cut(to, begin)
}

// cut takes lines off the end of a comment that would be too long, and counts them.
func cut(to *bytes.Buffer, begin int) {
	written := to.Bytes()[begin:]
	if len(written) <= mostMarkdown {
		return
	}
	kept := bytes.LastIndexByte(written[:mostMarkdown], '\n') + 1
	lines := 0
	for line := range bytes.Lines(written[kept:]) {
		if len(bytes.TrimSpace(line)) > 0 {
			lines++
		}
	}
	to.Truncate(begin + kept)
	fmt.Fprintf(to, "\n%d more lines are cut here, because a comment on GitHub has at most 65,536 characters; --format csv and json have everything\n", lines)
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

// A zero-width space keeps GitHub from notifying a person, linking an issue or making a
// link of an address. It does that in the text that is shown, after all escapes.
const zeroWidth = "&#8203;"

var markdownEscapes = strings.NewReplacer(`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "~", `\~`, "&", "&amp;", "<", "&lt;", "[", `\[`, "]", `\]`,
	"@", "@"+zeroWidth, "#", "#"+zeroWidth, "://", ":"+zeroWidth+"//", "www.", "www"+zeroWidth+".")

// escapeMarkdown escapes text that would be read as markup: scenarios and names of files
// hold anything.
func escapeMarkdown(text string) string { return markdownEscapes.Replace(text) }
