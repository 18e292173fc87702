package records

import (
	"fmt"
	"strings"
	"testing"
)

// What bounds the memory is told, and does not depend on where blocks end.
func TestWhatWouldTakeMemoryWithoutBoundIsRefused(t *testing.T) {
	on := Options{Observed: "2026-01-01"}
	var segments, spells, few strings.Builder
	for i := range 1001 {
		fmt.Fprintf(&segments, "c%d,2024-05-01,,s%d\n", i, i)
		fmt.Fprintf(&spells, "a,2024-05-01,2024-05-01,%d\n", i)
		if i < 1000 {
			fmt.Fprintf(&few, "c%d,2024-05-01,,s%d\n", i, i)
		}
	}
	long := strings.Repeat("x", 1<<20)
	for _, c := range []struct{ name, data, want string }{
		{"1,001 segments", "customer,joined,left,segment\n" + segments.String(), "c.csv:0:0 there are more than 1,000 segments\n"},
		{"1,000 segments", "customer,joined,left,segment\n" + few.String(), "c.csv, 1,000 customers, sha256"},
		{"1,001 rows of a customer", named + "b,2024-05-01,,1\n" + spells.String() + "c,2024-05-01,,1\n", "c.csv:3:0 more than 1,000 rows of the customer \"a\"\n"},
		{"a long line", named + "b,2024-05-01,,1\n" + long + ",2024-05-01,,1\nc,2024-05-01,,1\n", "c.csv:3:0 a row of more than 1 MB begins here: quotes may not close\n"},
		{"a long value in quotes", named + "b,2024-05-01,,1\n\"" + long + "\",2024-05-01,,1\nc,2024-05-01,,1\n", "c.csv:3:0 a row of more than 1 MB begins here: quotes may not close\n"},
		{"quotes that never close", named + "b,2024-05-01,,1\n\"" + strings.Repeat("x,2024-05-01,,1\n", 1<<17), "c.csv:3:0 a row of more than 1 MB begins here: quotes may not close\n"},
	} {
		for _, block := range []int{1 << 14, 1 << 16, 1 << 22} {
			if block == 1<<22 && c.name == "quotes that never close" {
				continue // the whole file is one block
			}
			o := on
			o.Name = "c.csv"
			if got := toldIn(c.data, o, size{block: block, readers: 2}); got != c.want && !(strings.HasSuffix(c.want, "sha256") && strings.HasPrefix(got, c.want)) {
				t.Errorf("%s, in blocks of %d:\n%.300s\nwant\n%s", c.name, block, got, c.want)
			}
		}
	}
}
