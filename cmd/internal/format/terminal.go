package format

import (
	"bytes"
	"fmt"

	"github.com/mattn/go-runewidth"
	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twwidth"
	"github.com/olekukonko/tablewriter/tw"

	"github.com/churncost/churncost/cmd/internal/document"
)

// Only this file knows the table library.

// terminal writes a document for a terminal: the same bytes in every locale and at every
// width of the terminal.
func terminal(to *bytes.Buffer, from *Source, s Style) {
	// In an East Asian locale the library counts box-drawing characters double. The
	// setting is global, so it is restored afterwards.
	twwidth.SetEastAsian(false)
	defer twwidth.SetEastAsian(runewidth.DefaultCondition.EastAsianWidth)
	var pen pen
	for _, b := range from.Document.Blocks {
		switch {
		case b.View == document.InShort, b.Chart != nil: // a terminal has no room for charts
			continue
		case b.Headline != nil:
			to.WriteString(s.Bold(line(b.Headline)) + "\n\n")
		case b.Table != nil:
			for _, g := range grids(b.Table) {
				pen.draw(to, &g)
				to.WriteByte('\n')
			}
		default:
			for _, n := range b.Notes {
				to.WriteString(s.Dim(note(n)) + "\n")
			}
			to.WriteByte('\n')
		}
	}
	to.Truncate(len(bytes.TrimRight(to.Bytes(), "\n")))
	to.WriteByte('\n')
}

// A pen draws one table after another with the same table object of the library, because
// making one is slow.
type pen struct{ table *tablewriter.Table }

func (p *pen) draw(to *bytes.Buffer, g *grid) {
	if g.List {
		for _, row := range g.rows {
			fmt.Fprintf(to, "%-16s %s\n", row[0], row[1])
		}
		return
	}
	aligns := make([]tw.Align, len(g.Columns))
	for i, c := range g.Columns {
		aligns[i] = tw.AlignLeft
		if c.Numbers {
			aligns[i] = tw.AlignRight
		}
	}
	if p.table == nil {
		p.table = tablewriter.NewTable(to,
			tablewriter.WithHeaderAutoFormat(tw.Off),
			tablewriter.WithHeaderAutoWrap(tw.WrapNone),
			tablewriter.WithRowAutoWrap(tw.WrapNone),
		)
	} else {
		p.table.Reset()
	}
	p.table.Options(
		tablewriter.WithHeaderAlignmentConfig(tw.CellAlignment{PerColumn: aligns}),
		tablewriter.WithRowAlignmentConfig(tw.CellAlignment{PerColumn: aligns}),
	)
	p.table.Header(g.names)
	// Neither call can fail: the rows are strings, and writes to a buffer succeed.
	_ = p.table.Bulk(g.rows)
	_ = p.table.Render()
}
