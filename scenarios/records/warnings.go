package records

import (
	"fmt"

	"github.com/churncost/churncost/scenarios/records/value"
)

// doubt is how many events must be expected where there are none, before that is told: at
// chance, it would happen once in 150 files.
const doubt = 5

// sentinelShare is the share of the rows with a stand-in for a date that is told: one in so many.
const sentinelShare = 100

// warnings say what makes the table less certain.
func (t *tally) warnings(torn bool, leftOut []string) (all []string) {
	warn := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	for _, fault := range leftOut {
		warn("left out: %s", fault)
	}
	if torn {
		warn("the last line has no line end: check that the file is complete")
	}
	if t.leftLater > 0 {
		warn("left is not before the day observed in %s: still active then", counted(t.leftLater, "row"))
	}
	if t.epoch*sentinelShare > t.rows {
		warn("joined is 1970-01-01 in %s, which often stands for an unknown date", counted(t.epoch, "row"))
	}
	if t.forever*sentinelShare > t.rows {
		warn("left is 9999-12-31 in %s: still active then", counted(t.forever, "row"))
	}
	if months := t.stale(); months > 0 {
		warn("nobody left in the last %d months before %s, and others did in the same months a year earlier: the records may be older than the day observed", months, t.observed)
	}
	if first := t.truncated(); first != "" {
		warn("nobody left before %s, although many customers had been there for years: where the records hold only those who were still there then, give --since %s", first, first)
	}
	return all
}

// stale counts the last months in which nobody left, where in the same months of the year
// before some did; 0 where there are none.
func (t *tally) stale() (months int) {
	for months < len(t.left) && t.left[months] == 0 {
		months++
	}
	const year, fewest = 12, 2
	if months < fewest || months == len(t.left) {
		return 0
	}
	var earlier int64
	for _, left := range t.left[max(months, year):min(max(months, year)+min(months, year), len(t.left))] {
		earlier += left
	}
	if earlier < doubt {
		return 0
	}
	return months
}

// truncated finds the month in which the first customer left, where many had been there for
// a year and more before it and one would expect some of them to have left; "" elsewhere.
func (t *tally) truncated() string {
	first := len(t.left) - 1
	for first >= 0 && t.left[first] == 0 {
		first--
	}
	if first < 0 || first == len(t.left)-1 || t.since != 0 {
		return ""
	}
	const year = 12
	var there, aYear, before, after, lost int64 // customers; customers × months; customers
	for month := len(t.joined) - 1; month >= 0; month-- {
		if there += t.joined[month]; month+year < len(t.joined) {
			aYear += t.joined[month+year]
		}
		if month > first {
			before += aYear
		} else {
			after += there
		}
		lost += t.left[month]
		there -= t.left[month]
	}
	if after == 0 || float64(before)*float64(lost)/float64(after) < doubt {
		return ""
	}
	month := t.observed.Month() - first - 1
	return value.NewDay(month/12, month%12+1, 1).String()
}
