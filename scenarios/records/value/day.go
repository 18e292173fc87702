// Package value reads the dates and the amounts of money in records, and counts renewals.
package value

import "time"

// A Day is a date of the calendar: months since year 0 times 32, plus the day of the month.
// Days compare as their dates do. 0 is no day.
type Day int32

// Years that a date may have. One before is taken for a stand-in for an unknown date.
const firstYear, lastYear = 1900, 9999

// NewDay makes a day of a date that exists.
func NewDay(year, month, ofMonth int) Day { return Day((year*12+month-1)<<5 | ofMonth) }

// Month counts the months from year 0.
func (d Day) Month() int { return int(d >> 5) }

// OfMonth is the day of the month.
func (d Day) OfMonth() int { return int(d & 31) }

func (d Day) String() string {
	return time.Date(d.Month()/12, time.Month(d.Month()%12+1), d.OfMonth(), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// Passed counts the renewals of one who joined on the day from that lie before the day to,
// with so many months from one to the next; −1 where to is not after from.
func Passed(from, to Day, months int) int {
	n := to.Month() - from.Month()
	if to.OfMonth() <= from.OfMonth() {
		n--
	}
	if n < 0 {
		return -1
	}
	return n / months
}

// Elapsed counts the whole months between two days, the first not after the second.
func Elapsed(from, to Day) int {
	n := to.Month() - from.Month()
	if to.OfMonth() < from.OfMonth() {
		n--
	}
	return n
}

// YearBefore is the same date a year earlier. The last of February stays the last.
func (d Day) YearBefore() Day {
	before := d - 12<<5
	if d.Month()%12 == 1 && d.OfMonth() == 29 {
		before--
	}
	return before
}

// daysOf counts the days of the months of a common year.
var daysOf = [...]byte{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// ParseDay reads a date such as 2026-01-01, or the day in UTC of a timestamp with an offset.
func ParseDay(text []byte) (Day, bool) {
	if len(text) != len(time.DateOnly) {
		return parseTimestamp(text)
	}
	var digits byte
	d := func(i int) int {
		digit := text[i] - '0'
		if digit > 9 {
			digits = 1
		}
		return int(digit)
	}
	year := d(0)*1000 + d(1)*100 + d(2)*10 + d(3)
	month, ofMonth := d(5)*10+d(6), d(8)*10+d(9)
	if digits != 0 || text[4] != '-' || text[7] != '-' || month < 1 || month > 12 || ofMonth < 1 || year < firstYear {
		return 0, false
	}
	if most := int(daysOf[month-1]); ofMonth > most && (month != 2 || ofMonth != 29 || year%4 != 0 || year%100 == 0 && year%400 != 0) {
		return 0, false
	}
	return NewDay(year, month, ofMonth), true
}

// timestamps are how engines print a moment with its offset.
var timestamps = [...]string{"2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05Z07", "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05 MST"}

func parseTimestamp(text []byte) (Day, bool) {
	const longest = 40
	if len(text) > longest {
		return 0, false
	}
	for _, layout := range timestamps {
		moment, err := time.Parse(layout, string(text))
		if name, _ := moment.Zone(); err != nil || layout == timestamps[4] && name != "UTC" {
			continue
		}
		if moment = moment.UTC(); moment.Year() >= firstYear && moment.Year() <= lastYear {
			return NewDay(moment.Year(), int(moment.Month()), moment.Day()), true
		}
	}
	return 0, false
}
