package measured

import (
	"slices"
	"strconv"
	"strings"

	"github.com/churncost/churncost/scenarios/records"
)

// A writer writes the scenario of some tables.
type writer struct {
	*tables
	options Options
	cited   []records.Kind // the files whose source is written out
	text    page
}

// scenario writes all of it, and leaves out what the tables do not hold.
func (w *writer) scenario() {
	p := &w.text
	p.line(0, "# Written by churncost fit. The numbers are as they were counted; nothing in here was fitted.")
	p.line(0, "version: 1")
	p.line(0, "name: %s", quoted(w.options.Name))
	p.line(0, "currency: %s", w.currency.Code())
	life := w.lifeTable()
	w.customer(life)
	w.company(life)
	w.pyramid(life)
	w.returns()
	w.invoices()
}

// citation says where the numbers of a table come from, key by key. The source is written
// out once, and named after that.
func (w *writer) citation(kind records.Kind) []string {
	f := w.held[kind]
	source := "source: *" + string(f.Kind)
	if !slices.Contains(w.cited, f.Kind) {
		w.cited = append(w.cited, f.Kind)
		source = "source: &" + string(f.Kind) + " " + quoted(f.Source)
	}
	if f.Observed == "" {
		return []string{source}
	}
	return []string{source, "date: " + f.Observed}
}

// measured writes a value with its source. More keys may follow.
func (w *writer) measured(depth int, key, value string, kind records.Kind, more ...string) {
	parts := append([]string{"value: " + value}, w.citation(kind)...)
	w.text.line(depth, "%s: {%s}", key, strings.Join(append(parts, more...), ", "))
}

// counts writes a list of the life table with its source.
func (w *writer) counts(key, comment string, values []string) {
	w.text.line(2, "# %s", comment)
	w.text.line(2, "%s:", key)
	w.text.list(3, "value", values)
	for _, part := range w.citation(records.LifeTable) {
		w.text.line(3, "%s", part)
	}
}

// given writes what an option says.
func (w *writer) given(key, value, comment string) {
	if value != "" {
		w.text.line(1, "# %s", comment)
		w.text.line(1, "%s: %s", key, plain(value))
	}
}

// customer writes how long customers stay, and what they pay.
func (w *writer) customer(l *life) {
	p := &w.text
	p.line(0, "\ncustomer:")
	if l != nil {
		w.spend(l)
	}
	p.line(1, "# how far to look ahead")
	p.line(1, "years: {value: %s, source: %s}", plain(w.options.Years), quoted(Chosen))
	p.line(1, "# share of sales left after the costs that stop with the customer; without it all amounts are sales")
	p.line(1, "# margin: 60%%")
	w.given("discount", w.options.Discount, "what money to come loses each year")
	w.growth()
	if l != nil {
		w.survival(l)
	}
}

// spend writes the tenure of those who left last year, and what customers of that tenure
// pay.
func (w *writer) spend(l *life) {
	p := &w.text
	if l.lostLastYear > 0 {
		p.line(1, "# mean of those who left in the last year")
		w.measured(1, "tenure", significant(l.tenure)+" "+l.period+"s", records.LifeTable)
	}
	if l.paid {
		p.line(1, "# mean of those who had stayed so long")
		amount := money(l.spend, w.currency.Minor()) + " per " + l.period
		w.measured(1, "spend", amount, records.LifeTable, w.expiry(records.LifeTable)...)
	}
}

// expiry says until when a number that ages can be used: a year.
func (w *writer) expiry(kind records.Kind) []string {
	if day := aYearAfter(w.held[kind].Observed); day != "" {
		return []string{"expires: " + day}
	}
	return nil
}

// survival writes the life table.
func (w *writer) survival(l *life) {
	p := &w.text
	p.line(1, "survival:")
	w.measured(2, "period", l.period, records.LifeTable)
	if l.spanning {
		w.counts("tenure", "the last renewal of each row; a row begins after the one before it", l.column(func(r *records.LifeRow) string { return strconv.Itoa(r.Tenure) }))
	}
	count := func(of func(*records.LifeRow) int64) []string {
		return l.column(func(r *records.LifeRow) string { return strconv.FormatInt(of(r), 10) })
	}
	amount := func(of func(*records.LifeRow) int64) []string {
		return l.column(func(r *records.LifeRow) string { return money(of(r), w.currency.Minor()) })
	}
	w.counts("at_risk", "customers who came to the first, second, third … renewal", count(func(r *records.LifeRow) int64 { return r.AtRisk }))
	w.counts("lost", "those of them who left", count(func(r *records.LifeRow) int64 { return r.Lost }))
	if l.paid {
		w.counts("spend_at_risk", "what they paid per "+l.period, amount(func(r *records.LifeRow) int64 { return r.SpendAtRisk }))
		w.counts("spend_lost", "what those who left had paid", amount(func(r *records.LifeRow) int64 { return r.SpendLost }))
	}
	if l.active > 0 {
		w.counts("active", "customers on the day observed, by their next renewal", count(func(r *records.LifeRow) int64 { return r.Active }))
	}
	if w.options.Tail != "" {
		p.line(2, "# what continues the table where it ends")
		p.line(2, "tail: %s", plain(w.options.Tail))
	}
}

// company writes how many customers there are, and how many leave in a year.
func (w *writer) company(l *life) {
	if l == nil || l.active == 0 && l.aYearAgo == 0 {
		return
	}
	w.text.line(0, "\ncompany:")
	if l.active > 0 {
		w.measured(1, "customers", strconv.FormatInt(l.active, 10), records.LifeTable)
	}
	if l.aYearAgo > 0 {
		w.text.line(1, "# %d who left ÷ %d who were there a year before", l.lostLastYear, l.aYearAgo)
		w.measured(1, "churn", share(float64(l.lostLastYear)/float64(l.aYearAgo)), records.LifeTable)
	}
}
