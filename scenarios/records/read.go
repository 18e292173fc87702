package records

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"math/bits"
	"runtime"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios/currency"
	"github.com/churncost/churncost/scenarios/records/text"
	"github.com/churncost/churncost/scenarios/records/value"
)

// Periods are the months from one renewal to the next, by the names that Options.Period takes.
var Periods = [...]struct {
	Name   string
	Months int
}{{"month", 1}, {"quarter", 3}, {"year", 12}}

// Read reads records of any kind. It holds no more than the table: memory grows with tenures
// and segments, not with rows. Rows of one customer are taken for spells of theirs where they
// stand together. The order of the customers changes nothing.
//
// Errors are calc.Problems with the lines they are in. Rows with values that cannot be read
// are left out and told in Source and Warnings, up to one in a thousand.
func Read(r io.Reader, o Options) (*Records, error) {
	return o.read(r, size{block: 64 << 10, readers: min(runtime.GOMAXPROCS(0), 2)})
}

func (o *Options) read(r io.Reader, s size) (*Records, error) {
	t, err := text.Open(r, o.Name, o.Progress)
	if err != nil {
		return nil, o.unreadable(err)
	}
	first := bufio.NewReaderSize(t, text.Begin)
	header, lines, err := o.header(first)
	if err != nil {
		return nil, err
	}
	out := &Records{Kind: header.kind, Period: o.Period, Currency: o.Currency, Observed: o.Observed}
	if out.Period == "" {
		out.Period = Periods[0].Name
	}
	cut := &text.Cutter{From: first, Size: s.block, Line: lines + 1}
	if header.kind == Customers {
		err = out.customers(cut, s.readers, header, t, o)
	} else {
		err = out.table(first, header, lines, t, o)
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// header reads the first line that is not empty, and how many lines that took.
func (o *Options) header(r *bufio.Reader) (*header, int64, error) {
	for lines := int64(1); ; lines++ {
		line, err := r.ReadSlice('\n')
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
			return nil, 0, o.unreadable(err)
		}
		row := bytes.TrimRight(line, "\r\n")
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			return nil, 0, o.problem(lines, fmt.Sprintf("the first line is longer than %d bytes, so it is not a header", text.Begin), "write the names of the columns into the first line, such as customer,joined,left,spend")
		case bytes.HasPrefix(bytes.ToLower(row), []byte("sep=")): // Excel's word on the separator
		case len(bytes.TrimSpace(row)) > 0:
			h, err := readHeader(bytes.Clone(row), lines, o)
			return h, lines, err
		case err != nil:
			return nil, 0, o.problem(0, "the file is empty", "its first line names the columns, such as customer,joined,left,spend")
		}
	}
}

// question checks what is asked about customers.
func (o *Options) question() (*question, error) {
	q := &question{edges: Edges()}
	var problems calc.Problems
	for _, option := range []struct {
		name, value string
		to          *value.Day
	}{{"--observed", o.Observed, &q.observed}, {"--since", o.Since, &q.since}} {
		switch d, ok := value.ParseDay([]byte(option.value)); {
		case option.value == "" && option.to == &q.observed:
			problems = append(problems, &calc.Problem{Message: "the day observed is missing: it tells who is still there", Hint: "--observed 2026-01-01 is the day after the last that the records know"})
		case option.value != "" && !ok:
			problems = append(problems, &calc.Problem{Place: quantity.PlaceIn(option.name), Message: fmt.Sprintf("%q is not a date", option.value), Hint: "write it as 2026-01-01"})
		default:
			*option.to = d
		}
	}
	if q.since != 0 && q.observed != 0 && q.since >= q.observed {
		problems = append(problems, &calc.Problem{Place: quantity.PlaceIn("--since"), Message: fmt.Sprintf("%s is not before --observed %s", o.Since, o.Observed), Hint: "what was observed lies between the two"})
	}
	for _, p := range Periods {
		if p.Name == o.Period || p.Months == 1 && o.Period == "" {
			q.period = p.Months
		}
	}
	if q.period == 0 {
		problems = append(problems, &calc.Problem{Place: quantity.PlaceIn("--period"), Message: fmt.Sprintf("%q is not a period", o.Period), Hint: "month, quarter and year are"})
	}
	q.yearAgo = q.observed.YearBefore()
	return q, problems.OrNil()
}

// minorUnits is how many digits make a minor unit of the currency asked for; 2 where none is.
func (o *Options) minorUnits() (int, error) {
	const usual = 2
	if o.Currency == "" {
		return usual, nil
	}
	known, ok := currency.Named(o.Currency)
	if !ok {
		return 0, &calc.Problem{Place: quantity.PlaceIn("--currency"), Message: fmt.Sprintf("%q is not an ISO 4217 code", o.Currency), Hint: "write it in capitals, such as EUR"}
	}
	return known.Minor(), nil
}

// customers reads customers one by one.
func (out *Records) customers(cut *text.Cutter, readers int, h *header, t *text.Text, o *Options) error {
	q, err := o.question()
	minor, unknown := o.minorUnits()
	if err != nil || unknown != nil {
		return append(calc.ProblemsOf(err), calc.ProblemsOf(unknown)...)
	}
	c := &columns{
		count: len(h.names), separator: h.separator, minor: minor,
		customer: h.at("customer"), joined: h.at("joined"), leaving: h.at("left"), spend: h.at("spend"), money: h.at("currency"), segment: h.at("segment"),
	}
	if o.Currency != "" {
		c.only = []byte(o.Currency)
	}
	all, torn, err := tallyAll(cut, readers, c, q)
	if err != nil {
		return o.unreadable(err)
	}
	leftOut, err := all.check(o)
	if err != nil {
		return err
	}
	for code := range all.currencies {
		out.Currency = string(code[:])
	}
	for _, name := range slices.Sorted(maps.Keys(all.segments)) {
		if c := all.segments[name]; len(c.tenures) > 0 {
			out.Segments = append(out.Segments, c.tables(o.MinCell))
		}
	}
	out.Warnings = all.warnings(torn, leftOut)
	out.Source = o.source(t, counted(all.customers, "customer"), all.others, all.faults.leftOut())
	return nil
}

// source names a file: what it holds, what was left out, and the hash of its bytes.
func (o *Options) source(t *text.Text, holds string, others, leftOut int64) string {
	parts := []string{o.Name, holds}
	if others > 0 {
		parts = append(parts, counted(others, "row")+" in other currencies left out")
	}
	if leftOut > 0 {
		parts = append(parts, counted(leftOut, "bad row")+" left out")
	}
	const digits = 12
	return strings.Join(append(parts, fmt.Sprintf("sha256 %.*x…", digits, t.Sum()[:digits/2])), ", ")
}

// check finds what makes the rows as a whole doubtful.
func (t *tally) check(o *Options) (leftOut []string, err error) {
	if b := t.faults[unclosed]; b.count > 0 {
		return nil, o.problem(b.first[0].line, b.first[0].words, faultWords[unclosed].hint)
	}
	problems, leftOut := t.faults.problems(t.rows, o)
	codes := slices.SortedFunc(maps.Keys(t.currencies), func(a, b [3]byte) int { return strings.Compare(string(a[:]), string(b[:])) })
	if len(codes) > 1 {
		var parts []string
		for _, code := range codes {
			parts = append(parts, fmt.Sprintf("%s in %s", counted(t.currencies[code], "row"), code))
		}
		problems = append(problems, o.problem(0, "spend is in several currencies: "+strings.Join(parts, ", "), fmt.Sprintf("--currency %s reads the rows in one of them", codes[0])))
	}
	if len(t.segments) > mostSegments {
		problems = append(problems, o.problem(0, fmt.Sprintf("there are more than %s segments", grouped(mostSegments)), "choose a column with fewer values: --column segment=NAME"))
	}
	switch {
	case t.rows == 0:
		problems = append(problems, o.problem(0, "there is a header but no rows", "one row for each customer follows the header, on a line that ends in LF or CRLF"))
	case t.customers == 0 && len(problems) == 0:
		problems = append(problems, o.problem(0, fmt.Sprintf("no row is in %s", o.Currency), "look up which currencies the file has, and name one with --currency"))
	}
	if high, low := bits.Mul64(t.spendLow, uint64(t.longest)+1); t.spendHigh > 0 || high > 0 || low > math.MaxInt64 {
		problems = append(problems, o.problem(0, "the spend is too large to add up", "check that the column holds what a customer pays a period, in the currency's units"))
	}
	return leftOut, problems.OrNil()
}
