package records

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/churncost/churncost/scenarios/currency"
	"github.com/churncost/churncost/scenarios/records/text"
	"github.com/churncost/churncost/scenarios/records/value"
)

// A rowReader reads the customers of one block after the other. It allocates nothing for a
// row without quotes.
type rowReader struct {
	*tally
	columns *columns
	fields  [][]byte // of a row, as many as the header has
	copied  []byte   // fields of a row with quotes

	edge  edge
	id    []byte  // of the group
	group []spell // the rows of one customer that stand together
	block *text.Block
	cut   bool // the row ends the file without a line end

	code  [3]byte // the currency of the row before, and its digits
	minor int
	none  *counts // of rows without a segment
	last  *counts // the segment of the row before
}

// columns are where the columns of customers stand; −1 where absent.
type columns struct {
	count                                            int
	separator                                        byte
	customer, joined, leaving, spend, money, segment int
	only                                             []byte // the currency asked for; nil for any
	minor                                            int    // digits of the currency, where no column tells it
}

// An edge is what a block cannot decide: rows of its first and of its last customer may
// stand in the blocks beside it.
type edge struct {
	head, tail group
	whole      bool // one customer has all rows, which are in head
}

// A group are rows of one customer that stand together. It is empty where there are none.
type group struct {
	id     string
	spells []spell
}

// read reads the rows of a block, and returns its edge.
func (r *rowReader) read(b *text.Block) edge {
	r.block, r.edge, r.group, r.cut = b, edge{}, r.group[:0], false
	switch {
	case b.Endless:
		r.tooLong(b.Line)
	case bytes.IndexByte(b.Data, '"') >= 0:
		r.readQuoted()
	default:
		r.readPlain()
	}
	if len(r.group) > 0 {
		rest := group{string(r.id), slices.Clone(r.group)}
		if r.edge.whole = r.edge.head.spells == nil; r.edge.whole {
			r.edge.head = rest
		} else {
			r.edge.tail = rest
		}
	}
	return r.edge
}

// readPlain splits lines at the separator.
func (r *rowReader) readPlain() {
	data, line := r.block.Data, r.block.Line
	for len(data) > 0 {
		row := data
		if end := bytes.IndexByte(data, '\n'); end >= 0 {
			row, data = data[:end], data[end+1:]
		} else {
			data, r.cut = nil, r.block.Torn
		}
		if len(row) > text.LongestRow {
			r.tooLong(line)
			return
		}
		if n := len(row); n > 0 && row[n-1] == '\r' {
			row = row[:n-1]
		}
		if len(row) > 0 {
			r.row(line, r.split(row))
		}
		line++
	}
}

// split finds the fields of a line, and how many there are.
func (r *rowReader) split(row []byte) (count int) {
	begin := 0
	for i, b := range row {
		if b == r.columns.separator {
			if count < len(r.fields) {
				r.fields[count] = row[begin:i:i]
			}
			count, begin = count+1, i+1
		}
	}
	if count < len(r.fields) {
		r.fields[count] = row[begin:]
	}
	return count + 1
}

// readQuoted leaves quotes to encoding/csv.
func (r *rowReader) readQuoted() {
	reader := csv.NewReader(bytes.NewReader(r.block.Data))
	reader.Comma, reader.ReuseRecord, reader.FieldsPerRecord = rune(r.columns.separator), true, -1
	for before := int64(0); ; before = reader.InputOffset() {
		record, err := reader.Read()
		if broken, ok := errors.AsType[*csv.ParseError](err); ok {
			if errors.Is(err, csv.ErrQuote) {
				r.breakOff(r.block.Line+int64(broken.StartLine)-1, "quotes that begin here do not close, or text follows them")
			} else {
				r.breakOff(r.block.Line+int64(broken.Line)-1, "a quote stands within a value that is not quoted")
			}
			return
		} else if err != nil {
			return
		}
		line, _ := reader.FieldPos(0)
		if reader.InputOffset()-before > text.LongestRow {
			r.tooLong(r.block.Line + int64(line) - 1)
			return
		}
		r.cut = r.block.Torn && reader.InputOffset() == int64(len(r.block.Data))
		r.copied = r.copied[:0]
		for _, field := range record {
			r.copied = append(r.copied, field...)
		}
		rest := r.copied
		for i, field := range record[:min(len(record), len(r.fields))] {
			r.fields[i], rest = rest[:len(field):len(field)], rest[len(field):]
		}
		r.row(r.block.Line+int64(line)-1, len(record))
	}
}

// breakOff says why what follows a line means nothing.
func (r *rowReader) breakOff(line int64, words string) {
	r.faults[unclosed].add(1, example{line: line, words: words})
	r.block.Broken = true
}

func (r *rowReader) tooLong(line int64) {
	r.breakOff(line, fmt.Sprintf("a row of more than %d MB begins here: quotes may not close", text.LongestRow>>20))
}

// row counts one row of so many fields.
func (r *rowReader) row(line int64, count int) {
	r.rows++
	if count != r.columns.count {
		r.fault(wrongFields, line, func(e *example) {
			e.words = fmt.Sprintf("%d values, where the header names %d", count, r.columns.count)
		})
		return
	}
	minor := r.columns.minor
	if r.columns.money >= 0 {
		code := r.fields[r.columns.money]
		if r.columns.only != nil && !bytes.Equal(code, r.columns.only) {
			r.others++
			return
		}
		if len(code) != len(r.code) || [3]byte(code) != r.code {
			if !r.currency(code) {
				r.bad(noCurrency, line, r.columns.money)
				return
			}
		}
		minor = r.minor
	}
	s := spell{line: line, counts: r.none}
	var ok bool
	if s.joined, ok = r.day(r.columns.joined); !ok {
		r.bad(notJoined, line, r.columns.joined)
		return
	}
	if field := r.fields[r.columns.leaving]; len(field) > 0 {
		if s.left, ok = r.day(r.columns.leaving); !ok && !isNull(field) {
			r.bad(notLeft, line, r.columns.leaving)
			return
		}
	}
	if r.columns.spend >= 0 {
		if s.amount, ok = value.ParseAmount(r.fields[r.columns.spend], minor, r.columns.separator != ','); !ok {
			if s.amount, ok = value.ParseAmount(bytes.TrimSpace(r.fields[r.columns.spend]), minor, r.columns.separator != ','); !ok {
				r.bad(notSpend, line, r.columns.spend)
				return
			}
		}
	}
	id := r.fields[r.columns.customer]
	switch {
	case len(id) == 0:
		r.bad(noCustomer, line, r.columns.customer)
		return
	case s.amount < 0:
		r.bad(refund, line, r.columns.spend)
		return
	case s.left != 0 && s.left < s.joined:
		r.bad(leftBeforeJoined, line, r.columns.leaving)
		return
	case s.joined >= r.observed:
		r.bad(joinedLater, line, r.columns.joined)
		return
	}
	if r.columns.segment >= 0 {
		if s.counts = r.segmentOf(line); s.counts == nil {
			return
		}
	}
	if s.joined == epoch {
		r.tally.epoch++
	}
	if s.left >= r.observed {
		if s.left == forever {
			r.forever++
		} else {
			r.leftLater++
		}
		s.left = 0
	}
	r.add(id, &s)
}

// Dates that stand for an unknown one.
const (
	epoch   = value.Day(1970*12<<5 | 1)
	forever = value.Day((9999*12+11)<<5 | 31)
)

// isNull reports whether engines print a value that is not there so.
func isNull(field []byte) bool {
	text := strings.TrimSpace(string(field))
	return text == "" || text == `\N` || strings.EqualFold(text, "null")
}

func (r *rowReader) day(column int) (value.Day, bool) {
	field := r.fields[column]
	d, ok := value.ParseDay(field)
	if !ok {
		d, ok = value.ParseDay(bytes.TrimSpace(field))
	}
	return d, ok
}

// currency learns another currency, and counts its rows.
func (r *rowReader) currency(code []byte) bool {
	known, ok := currency.Named(string(code))
	if ok {
		r.code, r.minor = [3]byte(code), known.Minor()
	}
	return ok
}

// segmentOf finds the counts of the row's segment; nil where it has none that can be used.
func (r *rowReader) segmentOf(line int64) *counts {
	name := r.fields[r.columns.segment]
	if r.last != nil && string(name) == r.last.name {
		return r.last
	}
	if r.tally.segments[string(name)] == nil && !utf8.Valid(name) {
		r.bad(brokenText, line, r.columns.segment)
		return nil
	}
	if c := r.tally.segment(name); c != nil {
		r.last = c
	}
	return r.last
}

// add adds a row to the group of its customer.
func (r *rowReader) add(id []byte, s *spell) {
	if r.columns.money >= 0 {
		r.currencies[r.code]++
	}
	if len(r.group) > 0 && !bytes.Equal(id, r.id) {
		if r.edge.head.spells == nil {
			r.edge.head = group{string(r.id), slices.Clone(r.group)}
		} else {
			r.tally.customer(r.id, r.group)
		}
		r.group = r.group[:0]
	}
	if len(r.group) == 0 {
		r.id = append(r.id[:0], id...)
	}
	if len(r.group) <= mostSpells {
		r.group = append(r.group, *s)
	}
}

// bad counts a row whose value in a column is bad.
func (r *rowReader) bad(f fault, line int64, column int) {
	value := r.fields[column]
	r.fault(f, line, func(e *example) {
		e.words = quoted(value)
		if at := strings.Index(e.row, string(value)); at >= 0 {
			e.column, e.width = r.place(e.row, column, at)+1, utf8.RuneCount(value)
		}
	})
}

// fault counts a row with a fault. The last line of a file may have been cut, which is then
// what is wrong. describe is called for the few rows that are shown.
func (r *rowReader) fault(f fault, line int64, describe func(*example)) {
	if r.cut {
		f, describe = tornLine, func(e *example) { e.words = quoted([]byte(e.row)) }
	}
	b := &r.faults[f]
	b.count++
	if b.wants(line) {
		e := example{line: line, row: lineOf(r.block.Data, line-r.block.Line), column: 1}
		e.width = utf8.RuneCountInString(e.row)
		describe(&e)
		b.add(0, e)
	}
}

// place is where a column of a line begins; otherwise, where there are quotes, at.
func (r *rowReader) place(row string, column, at int) int {
	if strings.Contains(row, `"`) {
		return at
	}
	begin := 0
	for ; column > 0; column-- {
		next := strings.IndexByte(row[begin:], r.columns.separator)
		if next < 0 {
			return at
		}
		begin += next + 1
	}
	return begin
}
