package number

import (
	"fmt"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// An Error says what is wrong with a text, and what to write instead.
type Error struct {
	Message string // lower case, no full stop
	Hint    string // the remedy; empty if the message is enough

	form   string   // of the hint, with a %s for each value that it offers; empty if it offers none
	values []string // complete values to write instead
}

func (e *Error) Error() string { return e.Message }

func wrong(hint, format string, args ...any) *Error {
	return &Error{Message: fmt.Sprintf(format, args...), Hint: hint}
}

// tooLong refuses a text that is longer than any number.
func tooLong(text string) *Error {
	return wrong("write a number", "%q is too long for a number", fmt.Sprintf("%.60s…", text))
}

// offer makes a hint that suggests values. The first form is for one value, the second
// for two, and so on. Without values the hint stays as it is.
func (e *Error) offer(values []string, forms ...string) *Error {
	if len(values) > 0 {
		e.form, e.values = forms[len(values)-1], values
		e.Hint = e.HintWith(func(value string) string { return value })
	}
	return e
}

// HintWith returns the hint, with each suggested value written by a function.
func (e *Error) HintWith(write func(value string) string) string {
	if e.form == "" {
		return e.Hint
	}
	texts := make([]any, len(e.values))
	for i, value := range e.values {
		texts[i] = write(value)
	}
	return fmt.Sprintf(e.form, texts...)
}

// accepts reports whether a field accepts a text.
func accepts(f *calc.Field, text string) bool {
	return Parse(f, text, new(quantity.Input)) == nil
}

// remedies keeps the values that the field accepts, so that following a hint never leads
// to another error. If a period is needed and none is written, it adds "per week".
func remedies(f *calc.Field, values ...string) []string {
	var good []string
	for _, value := range values {
		if f.Periodic == calc.Needed && !strings.Contains(value, " per ") {
			value += " per week"
		}
		if !slices.Contains(good, value) && accepts(f, value) {
			good = append(good, value)
		}
	}
	return good
}

// twoReadings is the message about a number that could be a thousand or a decimal.
const twoReadings = "%q could be a thousand or a decimal"

// unclear refuses a number that could be a thousand or a decimal. It is nil if every
// bound can be read in only one way.
func (w *written) unclear() *Error {
	if strings.IndexByte(w.amount, '.') < 0 {
		return nil
	}
	for rest, more := w.amount, true; more; {
		var bound string
		bound, rest, more = strings.Cut(rest, "..")
		bound = strings.TrimSpace(bound)
		if _, _, both := w.field.Unit.TwoReadings(bound); !both {
			continue
		}
		thousands := w.with(func(bound string) string {
			if thousand, _, both := w.field.Unit.TwoReadings(bound); both {
				return thousand
			}
			return bound
		})
		decimals := w.with(func(bound string) string { return clearly(w.field, bound) })
		return wrong(usual(w.field), twoReadings, bound).
			offer(remedies(w.field, thousands, decimals), "write %s", "write %s, or %s")
	}
	return nil
}

// clearly writes a decimal in a way that cannot be read as a thousand.
func clearly(f *calc.Field, bound string) string {
	if _, decimal, both := f.Unit.TwoReadings(bound); both {
		return decimal
	}
	return bound
}
