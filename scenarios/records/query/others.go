package query

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/churncost/churncost/scenarios/records"
)

// tiers counts the customers of a year ago by what they spend, and those of them who were
// lost since.
func (w *writer) tiers() string {
	return w.merged([]step{
		w.spells(true),
		{"bucketed", w.fill("SELECT {SEGMENT}gone, money,\n  {bucket} AS bucket\nFROM @spells\nWHERE spell = 1 AND there_a_year_ago = 1", "{bucket}", bucket("money"))},
		{"tiers", w.fill("SELECT {SEGMENT}bucket, {count} AS customers, SUM(money) AS spend, SUM(gone) AS lost\nFROM @bucketed\nGROUP BY {SEGMENT}bucket")},
	}, "bucket", "customers", []string{"customers", "spend", "lost"})
}

// bucketsTested is how many buckets one CASE tells apart: with one for some of them inside
// another, an engine makes a tenth of the comparisons.
const bucketsTested = 16

// bucket finds the highest bucket whose edge is not above the amount, or −1.
func bucket(amount string) string {
	var b strings.Builder
	b.WriteString("CASE")
	edges := records.Edges()
	for begin := len(edges) - bucketsTested; begin >= 0; begin -= bucketsTested {
		fmt.Fprintf(&b, "\n    WHEN %s >= %d THEN CASE", amount, edges[begin])
		for i := begin + bucketsTested - 1; i > begin; i-- {
			fmt.Fprintf(&b, " WHEN %s >= %d THEN %d", amount, edges[i], i)
		}
		fmt.Fprintf(&b, " ELSE %d END", begin)
	}
	b.WriteString("\n    ELSE -1 END")
	return b.String()
}

// winBack counts those whose first stay ended by the whole months that they were gone:
// until they returned, or until the day observed.
func (w *writer) winBack() string {
	months := func(months, number any) string {
		return fmt.Sprintf("%v - left_month - CASE WHEN %v < left_day THEN 1 ELSE 0 END", months, number)
	}
	return w.merged([]step{
		w.spells(false),
		{"gaps", w.fill(`
SELECT {SEGMENT}CASE WHEN spells > 1 THEN 1 ELSE 0 END AS is_back,
  CASE WHEN spells > 1 THEN {returned} ELSE {waiting} END AS months_gone
FROM @spells
WHERE spell = 1 AND gone = 1`, "{returned}", months("next_month", "next_day"), "{waiting}", months(month(w.observed), w.observed.OfMonth()))},
		{"waits", w.fill("SELECT {SEGMENT}months_gone, SUM(is_back) AS returned, SUM(1 - is_back) AS still_gone\nFROM @gaps\nGROUP BY {SEGMENT}months_gone")},
	}, "months_gone", "returned", []string{"returned", "still_gone"})
}

// revenue compares what each customer pays in a month with what the same customer paid a
// period before.
func (w *writer) revenue() string {
	paid := w.column("month")
	segment, whole, since := "", "", ""
	if w.Segment != "" {
		segment = fmt.Sprintf(w.quoted, w.Segment) + " AS segment, "
	}
	if w.Observed != "" {
		// A month that is not over when the records end would look like one of losses.
		whole = fmt.Sprintf("\nWHERE %s < %d", w.monthNumber(paid), month(w.observed))
	}
	if w.Since != "" {
		since = fmt.Sprintf(" AND at_month >= %d", month(w.since))
	}
	zero := "(at_month - 1)"
	ofYear := fmt.Sprintf(w.remainder, zero, monthsOfYear)
	parts := []string{
		"{invoice}", segment + w.column("customer") + " AS payer, " + w.monthNumber(paid) + " AS paid_month, " + w.minor("amount") + " AS money",
		"{table}", w.From, "{whole}", whole, "{since}", since, "{months}", strconv.Itoa(w.months),
		"{month}", fmt.Sprintf(w.monthText, fmt.Sprintf(w.whole, fmt.Sprintf("(%s - %s) / %d", zero, ofYear, monthsOfYear)), ofYear+" + 1"),
	}
	sums := make([]string, 0, 2*len(movements))
	for _, unit := range []string{"", "_customers"} {
		for _, m := range movements {
			amount := m.amount
			if unit != "" {
				amount = "1"
			}
			sums = append(sums, fmt.Sprintf("SUM(CASE WHEN %s THEN %s ELSE 0 END) AS "+w.quoted, m.when, amount, m.name+unit))
		}
	}
	parts = append(parts, "{sums}", strings.Join(sums, ",\n  "))
	return w.with([]step{
		{"invoices", w.fill("SELECT {invoice}\nFROM {table} AS records{whole}", parts...)},
		{"paid", w.fill("SELECT {SEGMENT}payer, paid_month, SUM(money) AS money\nFROM @invoices\nGROUP BY {SEGMENT}payer, paid_month", parts...)},
		{"bounded", w.fill("SELECT @paid.*, MIN(paid_month) OVER () AS first_month, MAX(paid_month) OVER () AS last_month\nFROM @paid", parts...)},
		// Each amount stands in its own month, and as the one before in a later month.
		{"twice", w.fill(`
SELECT {SEGMENT}payer, paid_month + later AS at_month, first_month, last_month,
  CASE WHEN later = 0 AND money > 0 THEN money ELSE 0 END AS pays,
  CASE WHEN later > 0 AND money > 0 THEN money ELSE 0 END AS did_pay
FROM @bounded
CROSS JOIN (SELECT 0 AS later UNION ALL SELECT {months} AS later) AS shifts`, parts...)},
		{"compared", w.fill(`
SELECT {SEGMENT}payer, at_month, SUM(pays) AS paid_now, SUM(did_pay) AS paid_before
FROM @twice
WHERE at_month >= first_month + {months} AND at_month <= last_month{since}
GROUP BY {SEGMENT}payer, at_month`, parts...)},
		{"by_month", w.fill(`
SELECT {SEGMENT}at_month,
  {sums}
FROM @compared
GROUP BY {SEGMENT}at_month`, parts...)},
	}, w.fill("SELECT {SEGMENT}{month} AS "+fmt.Sprintf(w.quoted, "month")+", {names}\nFROM @by_month\nORDER BY {SEGMENT}at_month",
		append(parts, "{names}", w.movementNames())...))
}

// monthsOfYear are the months of a year.
const monthsOfYear = 12

// movements are the columns of the table of revenue.
var movements = []struct{ name, when, amount string }{
	{"starting", "paid_before > 0", "paid_before"},
	{"churned", "paid_before > 0 AND paid_now = 0", "paid_before"},
	{"contracted", "paid_now > 0 AND paid_now < paid_before", "paid_before - paid_now"},
	{"expanded", "paid_before > 0 AND paid_now > paid_before", "paid_now - paid_before"},
	{"new", "paid_before = 0 AND paid_now > 0", "paid_now"},
}

func (w *writer) movementNames() string {
	var names []string
	for _, unit := range []string{"", "_customers"} {
		for _, m := range movements {
			names = append(names, fmt.Sprintf(w.quoted, m.name+unit))
		}
	}
	return strings.Join(names, ", ")
}
