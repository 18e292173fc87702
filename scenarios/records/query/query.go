// Package query writes the queries that reduce a firm's records to small tables, where
// the records are. The tables hold counts and sums, never a customer.
//
// Time is counted in whole renewals. The renewals of a customer who joined on day X that
// lie before day D are
//
//	months(X, D)  = 12 × years between + months between, by the calendar
//	passed(X, D)  = ⌊(months(X, D) − [day of D ≤ day of X]) ÷ p⌋, at least 0
//
// with p months to a period. One who left on day L is lost at renewal passed(X, L) + 1, the
// first on or after L.
//
// Neighbouring rows are merged until each cell holds at least m customers: with the running
// total C of those customers, a cell ends where a multiple of m is reached, which is where
// C mod m is less than the row's own. A cell of fewer joins the one before it.
package query

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/scenarios/currency"
	"github.com/churncost/churncost/scenarios/records"
	"github.com/churncost/churncost/scenarios/records/value"
)

// Options say what a query reads and how it counts.
type Options struct {
	Query    records.Kind      // one of Names
	From     string            // a table or an expression, pasted as it is
	Observed string            // the day of the snapshot, exclusive, as 2026-01-01
	Since    string            // only what was observed from that day on; ""
	Period   string            // month, quarter or year; "" is the query's own
	Segment  string            // the column to tell customers apart by; ""
	Columns  map[string]string // our name of a column → what it is called in the records
	MinCell  int               // cells with fewer customers are merged with their neighbour; below 2 only those without any are
	Currency string            // money is summed in its minor unit
	Dialect  string            // "" is ansi
}

// A kind is one query.
type kind struct {
	name    records.Kind
	columns []string // that it reads
	period  string   // the default; "" where it counts in nothing else than months
	timed   bool     // needs the day observed
	write   func(*writer) string
}

// kinds lists the queries.
func kinds() []kind {
	customers := []string{"customer", "joined", "left", "spend"}
	return []kind{
		{records.LifeTable, customers, "month", true, (*writer).lifeTable},
		{records.Tiers, customers, "", true, (*writer).tiers},
		{records.WinBack, customers[:3], "", true, (*writer).winBack},
		{records.Revenue, []string{"customer", "month", "amount"}, "year", false, (*writer).revenue},
	}
}

// Names lists the queries.
func Names() []string {
	var names []string
	for _, k := range kinds() {
		names = append(names, string(k.name))
	}
	return names
}

// Dialects lists the dialects; the first is the default.
func Dialects() []string {
	var names []string
	for _, d := range dialects() {
		names = append(names, d.name)
	}
	return names
}

// Periods lists the periods.
func Periods() []string {
	var names []string
	for _, p := range records.Periods {
		names = append(names, p.Name)
	}
	return names
}

// Columns lists the columns that the queries read, each once.
func Columns() []string {
	var names []string
	for _, k := range kinds() {
		for _, column := range k.columns {
			if !slices.Contains(names, column) {
				names = append(names, column)
			}
		}
	}
	return names
}

// A writer writes one query.
type writer struct {
	Options
	kind
	dialect
	months        int       // of a period
	digits        int       // of the currency's minor unit: 2 for cents
	observed, ago value.Day // the day of the snapshot, and a year before it
	since         value.Day
}

// month is a day's month as monthNumber counts it in SQL.
func month(d value.Day) int { return d.Month() + 1 }

// Write writes the query. Everything but From is quoted.
func Write(o Options) (string, error) {
	w := &writer{Options: o}
	if problems := w.settle(); len(problems) > 0 {
		return "", problems
	}
	return w.write(w) + ";\n", nil
}

// settle finds everything that is wrong with the options.
func (w *writer) settle() calc.Problems {
	var problems calc.Problems
	wrong := func(hint, format string, args ...any) {
		problems = append(problems, &calc.Problem{Message: fmt.Sprintf(format, args...), Hint: hint})
	}
	w.kind = kinds()[slices.Index(Names(), string(w.Query))]
	if strings.TrimSpace(w.From) == "" {
		wrong("name the table, such as --from customers, or an expression, such as --from \"read_parquet('customers/*.parquet')\"", "--from is missing")
	}
	if j := slices.Index(Dialects(), w.Dialect); j >= 0 || w.Dialect == "" {
		w.dialect = dialects()[max(j, 0)]
	} else {
		wrong("it can be "+calc.Choice(Dialects()), "--dialect is %q", w.Dialect)
	}
	known, found := currency.Named(w.Currency)
	if !found {
		wrong("write its ISO 4217 code in capitals, such as EUR", "--currency is %q", w.Currency)
	} else {
		w.digits = known.Minor()
	}
	w.settlePeriod(wrong)
	w.settleDays(wrong)
	w.settleNames(wrong)
	return problems
}

func (w *writer) settlePeriod(wrong func(hint, format string, args ...any)) {
	switch {
	case w.Period == "":
		w.Period = w.period
	case w.period == "":
		wrong("leave it out", "%s takes no --period: only life-table and revenue count in periods", w.name())
	}
	w.months = 1
	if i := slices.Index(Periods(), w.Period); i >= 0 {
		w.months = records.Periods[i].Months
	} else if w.Period != "" {
		wrong("it can be "+calc.Choice(Periods()), "--period is %q", w.Period)
	}
}

func (w *writer) settleDays(wrong func(hint, format string, args ...any)) {
	read := func(flag, text string) value.Day {
		d, ok := value.ParseDay([]byte(text))
		if text != "" && (!ok || d.String() != text) {
			wrong("write it as 2026-01-01", "%s is %q, which is not a date", flag, text)
		}
		return d
	}
	if w.timed && w.Observed == "" {
		wrong("give the day of the snapshot, such as --observed 2026-01-01: what happens on that day or later does not count", "--observed is missing")
	}
	w.observed, w.since = read("--observed", w.Observed), read("--since", w.Since)
	w.ago = w.observed.YearBefore()
	if w.Since != "" && w.Observed != "" && w.Since >= w.Observed {
		wrong("give an earlier day", "--since %s is not before --observed %s", w.Since, w.Observed)
	}
	if w.Since != "" && w.period == "" {
		wrong("leave it out", "%s takes no --since", w.name())
	}
}

// settleNames checks the names of columns. A name that could end its quotes, in this
// engine or another, is refused.
func (w *writer) settleNames(wrong func(hint, format string, args ...any)) {
	for _, ours := range slices.Sorted(maps.Keys(w.Columns)) {
		if !slices.Contains(w.columns, ours) {
			wrong("it reads "+calc.Listed(w.columns), "--column %s: %s reads no column of that name", ours, w.name())
		}
		w.settleName("--column "+ours, w.Columns[ours], wrong)
	}
	if w.Segment != "" {
		w.settleName("--segment", w.Segment, wrong)
	}
}

func (w *writer) settleName(flag, name string, wrong func(hint, format string, args ...any)) {
	if name == "" || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || strings.ContainsRune("\"`[]\\", r) }) {
		wrong("rename the column in --from, such as --from \"(SELECT … AS joined FROM customers)\"", "%s: %s cannot be quoted", flag, strconv.Quote(name))
	}
}

func (w *writer) name() string { return string(w.Query) }

// column quotes the column that we call by a name.
func (w *writer) column(ours string) string {
	theirs, renamed := w.Columns[ours]
	if !renamed {
		theirs = ours
	}
	return fmt.Sprintf(w.quoted, theirs)
}
