package format

import (
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/document"
)

// A terminal has 80 columns. The first column takes a line, a blank, its text, a blank
// and a line. Each other one takes a blank, its text, a blank and a line.
func TestATableOfManyColumnsContinuesBelow(t *testing.T) {
	for _, test := range []struct {
		widths []int
		want   []int // columns of each part
	}{
		{[]int{32, 33}, []int{3}},    // 9 + 35 + 36 = 80
		{[]int{33, 33}, []int{2, 2}}, // 81
		{[]int{33, 32, 1}, []int{3, 2}},
		{[]int{100, 1}, []int{2, 2}}, // a column wider than a page is in a part of its own
	} {
		table := &document.Table{Breaks: true, Columns: []document.Column{{Name: cell.Words("draws")}}, Rows: [][]cell.Cell{{cell.Words("mean")}}}
		for _, width := range test.widths {
			table.Columns = append(table.Columns, document.Column{Name: cell.Words("m"), Numbers: true})
			table.Rows[0] = append(table.Rows[0], cell.Words(strings.Repeat("x", width)))
		}
		var got []int
		for _, g := range grids(table) {
			got = append(got, len(g.names))
			if len(g.names) != len(g.Columns) || len(g.names) != len(g.rows[0]) || g.names[0] != "draws" || g.rows[0][0] != "mean" {
				t.Errorf("a part of columns %d wide is %q over %q, want it to begin with the first column", test.widths, g.names, g.rows)
			}
		}
		if len(got) != len(test.want) || got[0] != test.want[0] {
			t.Errorf("columns %d wide are in parts of %d columns, want %d", test.widths, got, test.want)
		}
	}
}

func TestAWarningOfTwoCalculatorsIsWrittenOnce(t *testing.T) {
	warns := telling(func(tell *calc.Report) {
		tell.Answer("An answer")
		tell.Warn(true, "customer.spend", "the spend is {1 money}", 5)
	})
	d := compute(t, "mine", regular, warns, warns)
	for _, format := range []string{"table", "markdown", "html", "json"} {
		if text := written(t, format, d); strings.Count(text, "the spend is $5") != 1 {
			t.Errorf("%s does not warn once:\n%s", format, text)
		}
	}
}
