package query

import (
	"fmt"
	"strconv"
	"strings"
)

// prefix keeps the names of steps apart from those of the firm's tables. It is written @.
const prefix = "churncost_"

// A step is one named subquery.
type step struct{ name, text string }

// with writes the steps and what is selected from the last.
func (w *writer) with(steps []step, selected string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "-- churncost sql %s: counts and sums, no customer\nWITH ", w.name())
	for i, s := range steps {
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, prefix+"%s AS (\n%s\n)", s.name, strings.Trim(s.text, "\n"))
	}
	return b.String() + "\n" + strings.Trim(selected, "\n")
}

// fill puts parts into a text, each for its word in braces, and reads no part again.
// {SEGMENT} is the segment and a comma, or nothing where there are no segments.
func (w *writer) fill(text string, parts ...string) string {
	segment, partition := "", ""
	if w.Segment != "" {
		segment, partition = "segment, ", "PARTITION BY segment "
	}
	parts = append(parts, "@", prefix, "{SEGMENT}", segment, "{PARTITION}", partition, "{count}", w.count)
	return strings.NewReplacer(parts...).Replace(text)
}

// elapsed counts the whole months between two days, each given as its number of months and
// its day of the month; the day on which one is complete is not in it, so it may be −1.
func elapsed(fromMonth, fromDay string, toMonth, toDay any) string {
	return fmt.Sprintf("%v - %s - CASE WHEN %v <= %s THEN 1 ELSE 0 END", toMonth, fromMonth, toDay, fromDay)
}

// periods counts the whole periods in a column of months.
func (w *writer) periods(column string) string {
	whole := column
	if w.months > 1 {
		whole = fmt.Sprintf(w.whole, fmt.Sprintf("(%s - "+w.remainder+") / %d", column, column, w.months, w.months))
	}
	return fmt.Sprintf("CASE WHEN %s > 0 THEN %s ELSE 0 END", column, whole)
}

// minor is an amount of money in minor units, of no money 0.
func (w *writer) minor(column string) string {
	factor := ""
	if w.digits > 0 {
		factor = " * 1" + strings.Repeat("0", w.digits)
	}
	return fmt.Sprintf(w.rounded, "COALESCE("+w.column(column)+", 0)"+factor)
}

// spells reads the customers: each stay of each, as far as it lies before the day
// observed. Like the scanner it leaves out rows without a customer or a spend, with a refund
// for spend, or that left before they joined.
func (w *writer) spells(spend bool) step {
	joined, left := w.column("joined"), fmt.Sprintf(w.blank, w.column("left"))
	observed := fmt.Sprintf(w.date, w.observed)
	customer := w.column("customer")
	sound := fmt.Sprintf("%s IS NOT NULL AND %s < %s AND (%s IS NULL OR %s >= %s)", fmt.Sprintf(w.blank, customer), joined, observed, left, left, joined)
	var columns []string
	add := func(format string, args ...any) { columns = append(columns, "  "+fmt.Sprintf(format, args...)) }
	if w.Segment != "" {
		add("%s AS segment", fmt.Sprintf(w.quoted, w.Segment))
	}
	add("%s AS joined_month", w.monthNumber(joined))
	add(w.day+" AS joined_day", joined)
	add("CASE WHEN %s < %s THEN %s END AS left_month", left, observed, w.monthNumber(left))
	add("CASE WHEN %s < %s THEN "+w.day+" END AS left_day", left, observed, left)
	add("CASE WHEN %s < %s THEN 1 ELSE 0 END AS gone", left, observed)
	add("CASE WHEN %s < %s AND (%s IS NULL OR %s >= %s) THEN 1 ELSE 0 END AS there_a_year_ago", joined, fmt.Sprintf(w.date, w.ago), left, left, fmt.Sprintf(w.date, w.ago))
	if spend {
		add("%s AS money", w.minor("spend"))
		sound += fmt.Sprintf(" AND %s IS NOT NULL AND %s >= 0", fmt.Sprintf(w.blank, w.column("spend")), w.minor("spend"))
	}
	add("ROW_NUMBER() OVER (PARTITION BY %s ORDER BY %s, %s) AS spell", customer, joined, left)
	if !spend {
		add("LEAD(%s) OVER (PARTITION BY %s ORDER BY %s, %s) AS next_month", w.monthNumber(joined), customer, joined, left)
		add("LEAD(%s) OVER (PARTITION BY %s ORDER BY %s, %s) AS next_day", fmt.Sprintf(w.day, joined), customer, joined, left)
		add("COUNT(*) OVER (PARTITION BY %s) AS spells", customer)
	}
	return step{"spells", fmt.Sprintf("SELECT\n%s\nFROM %s AS records\nWHERE %s", strings.Join(columns, ",\n"), w.From, sound)}
}

// merged merges neighbouring rows of a table until each cell holds enough of what is
// counted, and selects the sums. A cell is named by its last row.
func (w *writer) merged(steps []step, order, counted string, sums []string) string {
	from, least := steps[len(steps)-1].name, max(w.MinCell, 1) // the same as in package records
	added := make([]string, len(sums))
	for i, column := range sums {
		added[i] = fmt.Sprintf("SUM(%s) AS %s", column, column)
	}
	parts := []string{"{from}", from, "{order}", order, "{counted}", counted, "{sums}", strings.Join(added, ", "),
		"{least}", strconv.Itoa(least), "{over}", fmt.Sprintf(w.remainder, "so_far", least)}
	steps = append(steps,
		step{"running", w.fill("SELECT @{from}.*, SUM({counted}) OVER ({PARTITION}ORDER BY {order}) AS so_far\nFROM @{from}", parts...)},
		step{"marked", w.fill("SELECT @running.*, CASE WHEN {over} < {counted} THEN 1 ELSE 0 END AS ends\nFROM @running", parts...)},
		step{"numbered", w.fill("SELECT @marked.*, SUM(ends) OVER ({PARTITION}ORDER BY {order}) - ends AS cell\nFROM @marked", parts...)},
		step{"cells", w.fill("SELECT {SEGMENT}cell, MAX({order}) AS {order}, {sums}\nFROM @numbered\nGROUP BY {SEGMENT}cell", parts...)},
		step{"large", w.fill("SELECT @cells.*, SUM(CASE WHEN {counted} >= {least} THEN 1 ELSE 0 END) OVER ({PARTITION}ORDER BY cell) AS large_cell\nFROM @cells", parts...)})
	return w.with(steps, w.fill("SELECT {SEGMENT}MAX({order}) AS {order}, {sums}\nFROM @large\nGROUP BY {SEGMENT}large_cell\nORDER BY {SEGMENT}{order}", parts...))
}
