package render

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twwidth"
	"github.com/olekukonko/tablewriter/tw"
)

// This file alone knows the table library.

// table draws a page for a terminal. The same bytes come out under every
// locale, and whatever the width of the terminal.
func table(to *bytes.Buffer, d *Document, s Style) {
	var pen pen
	for _, b := range lay(d) {
		switch {
		case b.headline != "":
			to.WriteString(s.Bold(b.headline) + "\n\n")
		case b.picture != nil: // a terminal has no room for it
		case b.grid != nil:
			pen.draw(to, b.grid)
			to.WriteByte('\n')
		default:
			for _, line := range b.lines {
				to.WriteString(s.Dim(line) + "\n")
			}
			to.WriteByte('\n')
		}
	}
	trimmed := strings.TrimRight(to.String(), "\n")
	to.Truncate(len(trimmed))
	to.WriteByte('\n')
}

// A pen draws one grid after another with the same table of the library, which
// takes its time to make one.
type pen struct{ table *tablewriter.Table }

func (p *pen) draw(to *bytes.Buffer, g *grid) {
	if g.list {
		for _, row := range g.rows {
			fmt.Fprintf(to, "%-16s %s\n", row[0], row[1])
		}
		return
	}
	// Box-drawing characters would count double under an East Asian locale.
	twwidth.SetEastAsian(false)
	aligns := make([]tw.Align, len(g.columns))
	header := make([]string, len(g.columns))
	for i, c := range g.columns {
		header[i], aligns[i] = c.name, tw.AlignLeft
		if c.right {
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
	p.table.Header(header)
	// Neither call can fail: the rows are texts, and the buffer takes all.
	_ = p.table.Bulk(g.rows)
	_ = p.table.Render()
}
