// Package measured writes a scenario from what was read of a firm's records. The scenario
// holds the counts and not a fitted model, so that a reader can check them, and a
// simulation can draw from them. Each number names its source and the day it was observed.
package measured

import (
	"fmt"
	"maps"
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios/currency"
	"github.com/churncost/churncost/scenarios/records"
)

// A File is what was read from one file.
type File struct {
	Name string
	*records.Records
}

// Options are what records do not say. Texts are written into the scenario as they are.
type Options struct {
	Name     string // of the scenario
	Years    string // how far to look ahead: customer.years
	Discount string // customer.discount; ""
	Growth   string // customer.growth; "" where the records may say it
	Tail     string // what continues the life table: customer.survival.tail; ""
	MinCell  int    // rows of all segments together that count fewer are merged, as records do it
}

// Chosen is the source of how far a scenario looks ahead, which no record says.
const Chosen = "chosen, not measured"

// Write writes the text of a scenario. It refuses files of which two hold the same table,
// or which differ in currency or in the length of a period.
func Write(files []File, o Options) (string, error) {
	t, err := gather(files)
	if err != nil {
		return "", err
	}
	t.addUp(o.MinCell)
	w := writer{tables: t, options: o}
	w.scenario()
	return w.text.String(), nil
}

// tables tell which file holds each table, and what the segments of a table come to
// together. A kind that is no table of its own, such as customers, is not in the map.
type tables struct {
	held     map[records.Kind]File
	total    records.Segment
	currency currency.Currency
}

// addUp adds up the segments.
func (t *tables) addUp(least int) {
	lives := t.segments(records.LifeTable)
	ending := func(r *records.LifeRow) int { return r.Tenure }
	if t.held[records.LifeTable].Records != nil && t.held[records.LifeTable].Kind != records.Customers { // else a row is one renewal
		ends := commonEnds(lives)
		ending = func(r *records.LifeRow) int {
			i, _ := slices.BinarySearch(ends, r.Tenure)
			return ends[i]
		}
	}
	t.total = records.Segment{
		LifeTable: join(lives, func(s *records.Segment) []records.LifeRow { return s.LifeTable }, ending, (*records.LifeRow).Add),
		Tiers:     join(t.segments(records.Tiers), func(s *records.Segment) []records.TierRow { return s.Tiers }, func(r *records.TierRow) int { return r.Bucket }, (*records.TierRow).Add),
		WinBack:   join(t.segments(records.WinBack), func(s *records.Segment) []records.WinBackRow { return s.WinBack }, func(r *records.WinBackRow) int { return int(r.MonthsGone) }, (*records.WinBackRow).Add),
		Revenue:   join(t.segments(records.Revenue), func(s *records.Segment) []records.RevenueRow { return s.Revenue }, func(r *records.RevenueRow) int { return monthNumber(r.Month) }, (*records.RevenueRow).Add),
	}
	t.total.Merge(least)
}

// holds lists the tables that records of a kind fill in.
func holds(kind records.Kind) []records.Kind {
	switch kind {
	case records.Customers:
		return []records.Kind{records.LifeTable, records.Tiers, records.WinBack}
	case records.Survivors:
		return []records.Kind{records.LifeTable}
	}
	return []records.Kind{kind}
}

// gather puts the tables of all files together.
func gather(files []File) (*tables, error) {
	t := &tables{held: map[records.Kind]File{}}
	var problems calc.Problems
	refuse := func(f File, hint, message string, args ...any) {
		problems = append(problems, &calc.Problem{Place: quantity.PlaceIn(f.Name), Message: fmt.Sprintf(message, args...), Hint: hint})
	}
	var paid, timed File // the first whose amounts have a currency, and the first whose rows are periods of tenure
	for _, f := range files {
		if paid.Records == nil && f.Currency != "" {
			paid = f
		}
		if paid.Records != nil && f.Currency != "" && f.Currency != paid.Currency {
			refuse(f, "a scenario has one currency: fit the files one by one", "the amounts are in %s, and those of %s in %s", f.Currency, paid.Name, paid.Currency)
		}
		if timed.Records == nil && f.Kind != records.Revenue {
			timed = f
		}
		if f.Kind != records.Revenue && f.Period != timed.Period {
			refuse(f, "make both with the same --period", "the periods are %ss, and those of %s are %ss", f.Period, timed.Name, timed.Period)
		}
		for _, kind := range holds(f.Kind) {
			if other, twice := t.held[kind]; twice {
				refuse(f, "join the two into one file, or fit them one by one", "a second %s: there is one in %s", nameOf(kind), other.Name)
				continue
			}
			t.held[kind] = f
		}
	}
	code := "USD"
	if paid.Records != nil {
		code = paid.Currency
	}
	known := false
	if t.currency, known = currency.Named(code); !known {
		refuse(paid, "write a code of ISO 4217, such as EUR", "%q is not a currency", code)
	}
	if f, held := t.held[records.LifeTable]; held && !reached(f.Segments) {
		refuse(f, "use a shorter --period, or records of a longer time", "nobody in these records has come to a renewal")
	}
	return t, problems.OrNil()
}

// reached reports whether anybody came to a renewal.
func reached(segments []records.Segment) bool {
	return slices.ContainsFunc(segments, func(s records.Segment) bool {
		return slices.ContainsFunc(s.LifeTable, func(r records.LifeRow) bool { return r.AtRisk > 0 })
	})
}

// nameOf is what people call a table.
func nameOf(kind records.Kind) string {
	switch kind {
	case records.LifeTable:
		return "life table"
	case records.Tiers:
		return "table of spend"
	case records.WinBack:
		return "table of returns"
	}
	return "table of revenue"
}

// segments are what a file that may not be there holds.
func (t *tables) segments(kind records.Kind) []records.Segment {
	if f, held := t.held[kind]; held {
		return f.Segments
	}
	return nil
}

// join adds up the rows of several segments that are at the same place.
func join[Row any](segments []records.Segment, rows func(*records.Segment) []Row, at func(*Row) int, add func(sum, row *Row)) []Row {
	sums := map[int]*Row{}
	for i := range segments {
		all := rows(&segments[i])
		for j := range all {
			place := at(&all[j])
			if sums[place] == nil {
				sums[place] = new(Row)
			}
			add(sums[place], &all[j])
		}
	}
	var joined []Row
	for _, place := range slices.Sorted(maps.Keys(sums)) {
		joined = append(joined, *sums[place])
	}
	return joined
}

// commonEnds are the tenures at which a row ends in the life tables of all segments that
// go on so far. A row of one segment may span several of another: then those are one.
func commonEnds(segments []records.Segment) []int {
	ending, over := map[int]int{}, map[int]int{} // how many segments have a row that ends there, or their last
	open := 0
	for i := range segments {
		all := segments[i].LifeTable
		for j := range all {
			ending[all[j].Tenure]++
		}
		if len(all) > 0 {
			over[all[len(all)-1].Tenure]++
			open++
		}
	}
	var ends []int
	for _, end := range slices.Sorted(maps.Keys(ending)) {
		if ending[end] == open {
			ends = append(ends, end)
		}
		open -= over[end]
	}
	return ends
}
