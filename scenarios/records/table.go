package records

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/scenarios/records/text"
	"github.com/churncost/churncost/scenarios/records/value"
)

// mostRows bounds a small table, and so the memory it takes.
const mostRows = 1_000_000

// A tableReader reads the rows of a small table.
type tableReader struct {
	*header
	o        *Options
	line     int64
	record   []string
	problems calc.Problems
	segments map[string]*Segment
	seen     map[string]int64 // lines by segment and key
	sum      float64          // of all numbers
}

// table reads a table that a query returned.
func (out *Records) table(r *bufio.Reader, h *header, lines int64, t *text.Text, o *Options) error {
	tr := &tableReader{header: h, o: o, segments: map[string]*Segment{}, seen: map[string]int64{}}
	reader := csv.NewReader(r)
	reader.Comma, reader.ReuseRecord, reader.FieldsPerRecord = rune(h.separator), true, -1
	cohorts := cohorts{}
	rows := 0
	for ; ; rows++ {
		record, err := reader.Read()
		if broken, ok := errors.AsType[*csv.ParseError](err); ok {
			return o.problem(lines+int64(broken.StartLine), "the quotes of this row are wrong", faultWords[unclosed].hint)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return o.unreadable(err)
		}
		at, _ := reader.FieldPos(0)
		tr.line, tr.record = lines+int64(at), record
		if rows == mostRows || len(tr.problems) >= mostTold {
			break
		}
		if len(record) != len(h.names) {
			tr.wrong("%d values, where the header names %d", len(record), len(h.names))
			continue
		}
		if h.kind == Survivors {
			tr.survivors(cohorts)
		} else {
			tr.row()
		}
	}
	switch {
	case rows == mostRows:
		tr.wrong("a table of more than %s rows", grouped(mostRows))
	case rows == 0:
		tr.problems = append(tr.problems, o.problem(0, "there is a header but no rows", "the table's rows follow the header, on lines that end in LF or CRLF"))
	case tr.sum > math.MaxInt64/2: // half, as the sum itself is rounded
		tr.problems = append(tr.problems, o.problem(0, "the numbers are too large to add up", "people are counted, and money is in minor units of the currency, such as cents"))
	}
	if len(tr.problems) == 0 {
		tr.pool(cohorts)
	}
	if len(tr.problems) > 0 {
		return tr.problems
	}
	for _, name := range slices.Sorted(maps.Keys(tr.segments)) {
		s := tr.segments[name]
		slices.SortStableFunc(s.LifeTable, func(a, b LifeRow) int { return a.Tenure - b.Tenure })
		slices.SortStableFunc(s.Tiers, func(a, b TierRow) int { return a.Bucket - b.Bucket })
		slices.SortStableFunc(s.WinBack, func(a, b WinBackRow) int { return int(a.MonthsGone - b.MonthsGone) })
		slices.SortStableFunc(s.Revenue, func(a, b RevenueRow) int { return strings.Compare(a.Month, b.Month) })
		s.Merge(o.MinCell)
		out.Segments = append(out.Segments, *s)
	}
	out.Source = o.source(t, counted(int64(rows), "row"), 0, 0)
	return nil
}

// mostTold is how many problems of a table are told.
const mostTold = 20

func (tr *tableReader) wrong(format string, args ...any) {
	tr.problems = append(tr.problems, tr.o.problem(tr.line, fmt.Sprintf(format, args...), "no query of churncost sql returns that: see how the table was made"))
}

// text is a value as it stands; "" where the column is absent.
func (tr *tableReader) text(column string) string {
	if at := tr.at(column); at >= 0 {
		return strings.TrimSpace(tr.record[at])
	}
	return ""
}

// unread stands for a number that was refused.
const unread = -1

// number is a whole number, not below least; 0 where the column is absent or the value NULL.
func (tr *tableReader) number(column string, least int64) int64 {
	text := tr.text(column)
	if isNull([]byte(text)) {
		if slices.Contains(tr.required, column) {
			tr.wrong("%s is empty", column)
			return unread
		}
		return max(0, least)
	}
	n, ok := parseWhole(text)
	switch {
	case !ok:
		n = unread
		tr.problems = append(tr.problems, tr.o.problem(tr.line, fmt.Sprintf("%s is %s, not a whole number", column, quoted([]byte(text))), "people are counted, and money is in minor units of the currency, such as cents"))
	case n < least:
		tr.wrong("%s is %d, below %d", column, n, least)
		n = least
	}
	tr.sum += float64(n)
	return n
}

// parseWhole reads a whole number. Some engines print 12.000 for 12.
func parseWhole(text string) (int64, bool) {
	whole, zeros, point := strings.Cut(text, ".")
	if point && (zeros == "" || strings.Trim(zeros, "0") != "") {
		return 0, false
	}
	digits, negative := strings.CutPrefix(whole, "-")
	const most = 1e17
	var n int64
	for _, digit := range []byte(digits) {
		if digit -= '0'; digit > 9 || n > most {
			return 0, false
		}
		n = n*10 + int64(digit)
	}
	if negative {
		n = -n
	}
	return n, digits != ""
}

// segment finds the row's segment. key must be new within it.
func (tr *tableReader) segment(key string) *Segment {
	name := tr.text("segment")
	if isNull([]byte(name)) {
		name = ""
	}
	if !utf8.ValidString(name) {
		tr.wrong("the segment %s is not text in UTF-8", quoted([]byte(name)))
	}
	if before, twice := tr.seen[name+"\x00"+key]; twice {
		tr.wrong("%s stands in line %d too", key, before)
	}
	tr.seen[name+"\x00"+key] = tr.line
	s := tr.segments[name]
	if s == nil {
		s = &Segment{Name: name}
		tr.segments[name] = s
	}
	return s
}

// row reads one row of the kind.
func (tr *tableReader) row() {
	switch tr.kind {
	case LifeTable:
		r := LifeRow{
			int(tr.number("tenure", 1)), tr.number("at_risk", 0), tr.number("lost", 0), tr.number("spend_at_risk", 0), tr.number("spend_lost", 0),
			tr.number("active", 0), tr.number("spend_active", 0), tr.number("lost_last_year", 0), tr.number("active_a_year_ago", 0),
		}
		tr.within("lost", r.Lost, "at_risk", r.AtRisk)
		tr.within("spend_lost", r.SpendLost, "spend_at_risk", r.SpendAtRisk)
		s := tr.segment(fmt.Sprintf("tenure %d", r.Tenure))
		s.LifeTable = append(s.LifeTable, r)
	case Tiers:
		r := TierRow{int(tr.number("bucket", -1)), tr.number("customers", 0), tr.number("spend", 0), tr.number("lost", 0)}
		tr.within("lost", r.Lost, "customers", r.Customers)
		s := tr.segment(fmt.Sprintf("bucket %d", r.Bucket))
		s.Tiers = append(s.Tiers, r)
	case WinBack:
		r := WinBackRow{tr.number("months_gone", 0), tr.number("returned", 0), tr.number("still_gone", 0)}
		s := tr.segment(fmt.Sprintf("month %d", r.MonthsGone))
		s.WinBack = append(s.WinBack, r)
	case Revenue:
		r := RevenueRow{
			tr.month(), tr.number("starting", 0), tr.number("churned", 0), tr.number("contracted", 0), tr.number("expanded", 0), tr.number("new", 0),
			tr.number("starting_customers", 0), tr.number("churned_customers", 0), tr.number("contracted_customers", 0), tr.number("expanded_customers", 0), tr.number("new_customers", 0),
		}
		tr.within("churned", r.Churned, "starting", r.Starting)
		s := tr.segment("month " + r.Month)
		s.Revenue = append(s.Revenue, r)
	}
}

// within refuses a part that is larger than the whole.
func (tr *tableReader) within(part string, n int64, whole string, of int64) {
	if n > of && of != unread {
		tr.wrong("%s is %d, more than %s %d", part, n, whole, of)
	}
}

// month reads 2026-01, or the first day of it.
func (tr *tableReader) month() string {
	const length = len("2026-01")
	text := tr.text("month")
	if d, ok := value.ParseDay([]byte(text[:min(length, len(text))] + "-01")); ok && (len(text) == length || text[length] == '-' || text[length] == ' ' || text[length] == 'T') {
		return d.String()[:length]
	}
	tr.wrong("month is %s, not a month such as 2026-01", quoted([]byte(text)))
	return ""
}

// cohorts are the survivors by segment and cohort.
type cohorts map[[2]string][]survivor

type survivor struct{ period, survivors, line int64 }

// survivors reads a row of a table of survivors.
func (tr *tableReader) survivors(into cohorts) {
	s := survivor{tr.number("period", 0), tr.number("survivors", 0), tr.line}
	cohort := tr.text("cohort")
	key := [2]string{tr.segment(fmt.Sprintf("period %d of cohort %q", s.period, cohort)).Name, cohort}
	into[key] = append(into[key], s)
}

// pool adds the cohorts of each segment up to one life table.
func (tr *tableReader) pool(all cohorts) {
	pooled := map[string]map[int64]*LifeRow{}
	for _, key := range slices.SortedFunc(maps.Keys(all), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		rows := all[key]
		slices.SortStableFunc(rows, func(a, b survivor) int { return int(a.period - b.period) })
		if pooled[key[0]] == nil {
			pooled[key[0]] = map[int64]*LifeRow{}
		}
		for i, row := range rows {
			switch {
			case row.period != int64(i):
				tr.problems = append(tr.problems, tr.o.problem(row.line, fmt.Sprintf("period %d is missing before period %d", i, row.period), "period 0 is the start, and the periods follow without a gap"))
				return
			case i == 0:
			case row.survivors > rows[i-1].survivors:
				tr.problems = append(tr.problems, tr.o.problem(row.line, fmt.Sprintf("%d survivors after %d: they cannot rise", row.survivors, rows[i-1].survivors), "survivors are those of the start who are still there; nobody joins later"))
				return
			default:
				life := pooled[key[0]][row.period]
				if life == nil {
					life = &LifeRow{Tenure: int(min(row.period, math.MaxInt32))}
					pooled[key[0]][row.period] = life
				}
				life.AtRisk += rows[i-1].survivors
				life.Lost += rows[i-1].survivors - row.survivors
			}
		}
	}
	for name, periods := range pooled {
		for _, row := range periods {
			tr.segments[name].LifeTable = append(tr.segments[name].LifeTable, *row)
		}
	}
}
