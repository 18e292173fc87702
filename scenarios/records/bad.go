package records

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// mostBad is the share of the rows that may be left out: one in so many.
const mostBad = 1000

// shown is how many rows are named of those with the same fault.
const shown = 3

// A fault is what can be wrong with a row.
type fault int

const (
	wrongFields fault = iota
	noCustomer
	notJoined
	notLeft
	notSpend
	refund
	noCurrency
	leftBeforeJoined
	overlapping
	joinedLater
	brokenText
	manySpells
	tornLine
	unclosed
	faults
)

// faultWords say what is wrong, with the words of the first row, and what to do. Those that
// refuse do so from the first row on: they make all of the rows doubtful.
var faultWords = [faults]struct {
	message, hint string
	refuses       bool
}{
	wrongFields:      {"%s", "put quotes around a value that holds the separator", false},
	noCustomer:       {"customer is %s, and every row needs one", "give every row the customer's number or name", false},
	notJoined:        {"joined is %s, not a date such as 2026-01-31", "write dates as year-month-day, and the offset behind a time: 2026-01-31T12:00:00Z", false},
	notLeft:          {"left is %s, not a date such as 2026-01-31", "write dates as year-month-day, the offset behind a time, and nothing for who is still there", false},
	notSpend:         {"spend is %s, not a plain number such as 1234.50", "write money with digits and a point, without sign and thousands, and 0 for a customer who pays nothing", false},
	refund:           {"spend is %s, a refund", "take refunds out: spend is what the customer pays a period", false},
	noCurrency:       {"currency is %s, not an ISO 4217 code such as EUR", "write the code in capitals", false},
	leftBeforeJoined: {"left on %s, before joining", "swap the two dates, or check that --column does not name them the wrong way round", false},
	overlapping:      {"joined on %s, within an earlier spell of the same customer", "make one row of the spells that overlap", false},
	joinedLater:      {"joined on %s, not before the day observed", "give a later --observed, which is the day after the last that is known, or take these rows out", true},
	brokenText:       {"the segment %s is not text in UTF-8", "save the file as CSV in UTF-8", true},
	manySpells:       {"more than 1,000 rows of the customer %s", "check which column holds the customer: --column customer=NAME", true},
	tornLine:         {"the last line is cut: %s", "export the file again", true},
	unclosed:         {"%s", "close the quotes, and write a quote within quotes twice", true},
}

// An example is a row with a fault.
type example struct {
	line   int64
	column int    // in bytes from 1; 0 where it is the whole line
	row    string // the line; "" where it is not shown
	words  string // of the message
	width  int    // of the value, in characters
}

// A badness counts the rows with a fault. It keeps the first ones.
type badness struct {
	count int64
	first []example
}

// wants reports whether a row of that line is among the first.
func (b *badness) wants(line int64) bool {
	return len(b.first) < shown || line < b.first[len(b.first)-1].line
}

func (b *badness) add(count int64, examples ...example) {
	b.count += count
	b.first = append(b.first, examples...)
	slices.SortStableFunc(b.first, func(a, b example) int { return cmp.Compare(a.line, b.line) })
	b.first = b.first[:min(len(b.first), shown)]
}

// A faultList is all that is wrong with the rows.
type faultList [faults]badness

// leftOut counts the rows that are not in the table.
func (f *faultList) leftOut() (count int64) {
	for _, b := range f {
		count += b.count
	}
	return count
}

// problems are the faults of so many rows, where there are too many or one refuses. The other
// result says what was left out.
func (f *faultList) problems(rows int64, o *Options) (problems calc.Problems, leftOut []string) {
	many := f.leftOut()*mostBad > rows
	for i := range f {
		b, words := &f[i], &faultWords[i]
		if b.count == 0 {
			continue
		}
		message := fmt.Sprintf(words.message, b.first[0].words) + b.more(rows)
		if many || words.refuses {
			problem := o.problem(b.first[0].line, message, words.hint)
			if e := &b.first[0]; e.row != "" {
				problem.Place.Document = &quantity.Document{Name: o.Name, Text: e.row, First: int(e.line)}
				problem.Place.Column = utf8.RuneCountInString(e.row[:min(max(e.column-1, 0), len(e.row))]) + 1
				problem.Place.Width = e.width
			}
			problems = append(problems, problem)
		}
		leftOut = append(leftOut, fmt.Sprintf("line %d: %s", b.first[0].line, message))
	}
	return problems, leftOut
}

// more names the other rows, and how many there are.
func (b *badness) more(rows int64) string {
	if b.count == 1 {
		return ""
	}
	var lines []string
	for _, e := range b.first[1:] {
		lines = append(lines, fmt.Sprintf("%d (%s)", e.line, e.words))
	}
	return fmt.Sprintf("; %s of %s rows, the next in line %s", grouped(b.count), grouped(rows), strings.Join(lines, " and "))
}

// grouped writes a count with a comma between thousands.
func grouped(n int64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// counted writes a count with its noun.
func counted(n int64, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return grouped(n) + " " + noun
}

// problem is one of a file, in a line from 1 or of all of it.
func (o *Options) problem(line int64, message, hint string) *calc.Problem {
	return &calc.Problem{Place: quantity.Place{Document: &quantity.Document{Name: o.Name}, Line: int(line)}, Message: message, Hint: hint}
}

// unreadable is the problem of a file that gave an error.
func (o *Options) unreadable(err error) error {
	if len(calc.ProblemsOf(err)) > 0 && calc.ProblemsOf(err)[0].Place.Document != nil {
		return err
	}
	return fmt.Errorf("%s: %w", o.Name, err)
}

// lineOf is one line of a block, counted from 0.
func lineOf(data []byte, number int64) string {
	for ; number > 0; number-- {
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	line, _, _ := bytes.Cut(data, []byte("\n"))
	return string(bytes.TrimSuffix(line, []byte("\r")))
}

// quoted is a value as it is shown.
func quoted(value []byte) string { return fmt.Sprintf("%q", clip(string(value))) }
