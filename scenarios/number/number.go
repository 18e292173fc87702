// Package number reads and writes the numbers of scenarios: 50 per week, 4..6, 25%, -5pp,
// 18 months. It turns a text into the value of a field, says what is wrong with a text
// and what to write instead, and writes numbers so that they can be read again.
//
// It knows the fields, units and periods of calc, and nothing about YAML, files or flags.
// The list of periods is calc.Periods.
package number

import (
	"math"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// longest is the most bytes that a number, a range or a time may have.
const longest = 100

// Parse reads a number or a range as it is written in a scenario:
//
//	number  50   2.5   1_200_000   3%   -5pp
//	range   low..high   low..likely..high, each bound with its % or pp
//	period  50 per week   4..6 per year   65 per visit
//	time    10   18 months   forever
//
// It fills in the range, its shape, the period, the digits and the kind of change. The
// range is in base units: finite, ascending and within the bounds of the field, or
// forever. An error is an *Error; the input is then invalid.
func Parse(f *calc.Field, text string, in *quantity.Input) error {
	in.Unit = f.Unit
	text = singleSpaced(text)
	if len(text) > longest {
		return tooLong(text)
	}
	if strings.IndexByte(text, ',') >= 0 {
		return withComma(f, text)
	}
	if f.Unit == quantity.Years && text == "forever" {
		if !f.Forever {
			return wrong("give a number of years or months", "%q is not a time that %s can have", text, f.Key)
		}
		in.Range = quantity.Exactly(math.Inf(1))
		return nil
	}
	amount, period, err := cutPeriod(f, text)
	if err != nil {
		return err
	}
	w := written{field: f, amount: amount, rest: text[len(amount):]}
	if err := w.bounds(); err != nil {
		return err
	}
	unclear := w.unclear()
	if unclear != nil && len(unclear.values) > 0 {
		return unclear
	}
	if period.PerAnn == 0 {
		if f.Periodic == calc.Needed {
			return wrong(usual(f), "%q needs a period", text).offer(remedies(f, amount), "write %s, per month or per year")
		}
		period.PerAnn = 1
	}
	if err := w.checkSuffix(); err != nil {
		return err
	}
	if f.Kind == calc.ChangeInput {
		if in.By, err = w.changeBy(); err != nil {
			return err
		}
	}
	if in.Range, err = w.ascending(); err != nil {
		return err
	}
	in.Digits = w.digits
	if in.Shape.Kind = quantity.Uniform; w.count == mostBounds {
		in.Shape.Kind = quantity.PERT
	}
	if f.NoRange && !in.Range.Exact() {
		return wrong("write one number", "%s cannot be a range", f.Key)
	}
	// A rate that compounds has the same bounds in its own period as in a year.
	if f.Periodic >= calc.Survival {
		if err := outside(f, text, in.Range); err != nil {
			return err
		}
	}
	annualize(f, period, in)
	if math.IsInf(in.Range.High-in.Range.Low, 0) || math.IsNaN(in.Range.High-in.Range.Low) {
		return wrong("write a smaller number", "%q is too large", text)
	}
	if err := outside(f, text, in.Range); err != nil {
		return err
	}
	if unclear != nil { // after all other errors
		return unclear
	}
	return nil
}

// singleSpaced replaces runs of white space by one space. Most texts have none.
func singleSpaced(text string) string {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == ' ' && (i == 0 || i == len(text)-1 || text[i+1] == ' ') {
			return strings.Join(strings.Fields(text), " ")
		}
	}
	return text
}

// A written is a number or a range as it is written for a field: the amount, and
// the period or unit behind it. The numbers of a range have one suffix in common:
// "%", "pp" or none.
type written struct {
	field        *calc.Field
	amount, rest string

	values [mostBounds]float64
	count  int // of the values
	suffix string
	digits int // after the point, the most of the values
}

// with returns the whole text with every bound changed.
func (w *written) with(change func(bound string) string) string {
	parts := strings.Split(w.amount, "..")
	for i, part := range parts {
		parts[i] = change(strings.TrimSpace(part))
	}
	return strings.Join(parts, "..") + w.rest
}

// mostBounds is the most numbers that a range may have: low, likely and high.
const mostBounds = 3

// bounds reads the one, two or three numbers of a range.
func (w *written) bounds() error {
	for rest, more := w.amount, true; more; {
		var bound string
		bound, rest, more = strings.Cut(rest, "..")
		bound = strings.TrimSpace(bound)
		switch {
		case w.count == mostBounds, strings.HasPrefix(rest, "."):
			return wrong("a range is low..high or low..likely..high", "%q is not a range", w.amount)
		case bound == "":
			return wrong("a range is low..high or low..likely..high", "a bound is missing")
		}
		n, err := quantity.ParseNumeral(bound)
		if w.count > 0 && n.Suffix != w.suffix {
			return w.mixed()
		}
		if err != nil {
			return w.noNumber(bound, err)
		}
		w.suffix = n.Suffix
		w.values[w.count] = n.Value
		w.count++
		w.digits = max(w.digits, n.Digits)
	}
	return nil
}
