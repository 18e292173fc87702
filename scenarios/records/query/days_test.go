package query_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
)

// The tables once more, by walking through the calendar day by day, with none of the
// arithmetic of the queries or of the scanner.

// renewals walks from a day on and lists the days on which a renewal falls: the same day of
// every month, quarter or year, and the last of a month that has no such day.
func renewals(joined time.Time, months int, until time.Time) []time.Time {
	var all []time.Time
	passed := 0 // ends of months
	for day := joined; day.Before(until); {
		next := day.AddDate(0, 0, 1)
		falls := day.Day() == joined.Day() || next.Month() != day.Month() && day.Day() < joined.Day()
		if falls && day != joined && passed%months == 0 {
			all = append(all, day)
		}
		if next.Month() != day.Month() {
			passed++
		}
		day = next
	}
	return all
}

// onOrAfter is the number, from 1, of the first renewal on or after a day.
func onOrAfter(all []time.Time, day time.Time) int {
	return 1 + slices.IndexFunc(all, func(r time.Time) bool { return !r.Before(day) })
}

// lifeByDays counts the life table of the first stays as records.md defines it. Its rows
// are tenures; its columns those of the table.
func lifeByDays(stays []stay, observed, since time.Time, months int) map[int]*[8]int64 {
	all := map[int]*[8]int64{}
	at := func(tenure int) *[8]int64 {
		if all[tenure] == nil {
			all[tenure] = &[8]int64{}
		}
		return all[tenure]
	}
	ago := observed.AddDate(-1, 0, 0)
	if ago.Day() != observed.Day() {
		ago = ago.AddDate(0, 0, -1) // 29 February becomes the 28th
	}
	seen := map[int]bool{}
	for _, s := range stays {
		if seen[s.customer] || !s.joined.Before(observed) {
			continue
		}
		seen[s.customer] = true
		due := renewals(s.joined, months, observed.AddDate(2, 0, 0))
		gone := !s.left.IsZero() && s.left.Before(observed)
		for i, day := range due {
			if gone && i > 0 && !s.left.After(due[i-1]) || !day.Before(observed) {
				break
			}
			if day.Before(since) {
				continue
			}
			row := at(i + 1)
			row[0]++
			row[2] += s.cents
			if gone && !s.left.After(day) {
				row[1]++
				row[3] += s.cents
			}
		}
		if !gone {
			row := at(onOrAfter(due, observed))
			row[4]++
			row[5] += s.cents
		}
		if s.joined.Before(ago) && (!gone || !s.left.Before(ago)) {
			at(onOrAfter(due, ago))[7]++
			if gone {
				at(onOrAfter(due, s.left))[6]++
			}
		}
	}
	return all
}

// unmerged lists the rows as --min-cell 0 shows them: one for each tenure at which somebody
// was lost, with all since the row before; what follows the last of them is in it.
func unmerged(all map[int]*[8]int64) [][]string {
	var rows [][]string
	var sum [8]int64
	var shown []int
	last := 0
	for _, tenure := range slices.Sorted(maps.Keys(all)) {
		row := all[tenure]
		if row[0] > 0 || last == 0 {
			last = tenure
		}
		if row[1] > 0 {
			shown = append(shown, tenure)
		}
	}
	slices.Sort(shown)
	for _, tenure := range slices.Sorted(maps.Keys(all)) {
		for i, n := range all[tenure] {
			sum[i] += n
		}
		if end := len(rows) + 1; end < len(shown) && tenure == shown[end-1] {
			rows, sum = append(rows, text(tenure, sum)), [8]int64{}
		}
	}
	return append(rows, text(last, sum))
}

func text(first int, rest [8]int64) []string {
	row := []string{strconv.Itoa(first)}
	for _, n := range rest {
		row = append(row, strconv.FormatInt(n, 10))
	}
	return row
}

// revenueByCustomer compares each customer's months by looking them up.
func revenueByCustomer(all []invoice, months int) [][]string {
	paid := map[int]map[int]int64{}
	for _, v := range all {
		if paid[v.customer] == nil {
			paid[v.customer] = map[int]int64{}
		}
		paid[v.customer][v.month] += v.cents
	}
	var rows [][]string
	for month := months; month < 30; month++ {
		var money, people [5]int64
		for _, of := range paid {
			before, now := of[month-months], of[month]
			move := func(kind int, cents int64) {
				money[kind] += cents
				people[kind]++
			}
			if before > 0 {
				move(0, before)
			}
			switch {
			case before > 0 && now <= 0:
				move(1, before)
			case before > 0 && now < before:
				move(2, before-now)
			case before > 0 && now > before:
				move(3, now-before)
			case before <= 0 && now > 0:
				move(4, now)
			}
		}
		row := []string{fmt.Sprintf("%d-%02d", 2023+month/12, month%12+1)}
		for _, n := range append(money[:], people[:]...) {
			row = append(row, strconv.FormatInt(n, 10))
		}
		rows = append(rows, row)
	}
	return rows
}
