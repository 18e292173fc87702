package format

import (
	"github.com/churncost/churncost/cmd/internal/document"
)

// A grid is a table whose cells are text.
type grid struct {
	*document.Table
	title string
	names []string
	rows  [][]string
}

// grids writes the cells of a table, split into several if its columns do not fit.
func grids(t *document.Table) []grid {
	g := grid{Table: t, title: line(t.Title), names: make([]string, len(t.Columns)), rows: make([][]string, len(t.Rows))}
	for i, c := range t.Columns {
		g.names[i] = line(c.Name)
	}
	for i, row := range t.Rows {
		g.rows[i] = make([]string, len(row))
		for j, c := range row {
			g.rows[i][j] = line(c)
		}
	}
	if t.Breaks {
		return g.parts()
	}
	return []grid{g}
}

// pageLetters is the width in letters of a terminal that nobody has widened.
const pageLetters = 80

// parts splits a table that is wider than a page into several. Each repeats the first
// column.
func (g *grid) parts() (all []grid) {
	width := func(column int) int {
		widest := letters(g.names[column])
		for _, row := range g.rows {
			widest = max(widest, letters(row[column]))
		}
		return widest
	}
	const frame = 3 // a line and two blanks
	first := letters(g.names[0]) + frame + 1
	for from := 1; from < len(g.names); {
		total, to := first, from
		for to < len(g.names) && (to == from || total+width(to)+frame <= pageLetters) {
			total += width(to) + frame
			to++
		}
		all = append(all, g.part(from, to))
		from = to
	}
	return all
}

// part returns a grid of the first column and some others.
func (g *grid) part(from, to int) grid {
	table := *g.Table
	table.Columns = append(g.Columns[:1:1], g.Columns[from:to]...)
	out := grid{Table: &table, title: g.title, names: append(g.names[:1:1], g.names[from:to]...)}
	for _, row := range g.rows {
		out.rows = append(out.rows, append(row[:1:1], row[from:to]...))
	}
	return out
}
