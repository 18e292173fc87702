package number

import (
	"cmp"
	"errors"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// withComma refuses a comma, and guesses what it means: thousands, or decimals, perhaps
// after thousands that are grouped by points.
func withComma(f *calc.Field, text string) error {
	hint := "write one number" + suchAs(f, ", or a range such as ", "200..300", "20%..40%", "40..60 per week")
	if f.OrList {
		hint = "write one number, or a list in brackets such as [80%, 90%]"
	}
	s := wrong(hint, "%q has a comma", text)
	const group = 3
	thousands := true
	for _, part := range strings.Split(text, ",")[1:] {
		digits := len(part) - len(strings.TrimLeft(part, "0123456789"))
		thousands = thousands && digits == group
	}
	w := written{field: f, amount: text}
	for _, guess := range [...]struct {
		fits       bool
		text, form string
	}{
		{thousands, strings.ReplaceAll(text, ",", "_"), "group digits with underscores: %s"},
		{true, strings.ReplaceAll(text, ",", "."), "write the decimals after a point: %s"},
		{true, w.with(strings.NewReplacer(".", "_", ",", ".").Replace), "group digits with underscores, and write the decimals after a point: %s"},
	} {
		if guess.fits && len(s.values) == 0 {
			s.offer(remedies(f, guess.text), guess.form)
		}
	}
	return s
}

// mixed refuses bounds with different suffixes.
func (w *written) mixed() error {
	hint := "write it without % and pp"
	switch {
	case w.field.Kind == calc.ChangeInput && strings.Contains(w.amount, "pp"):
		hint = "write pp at every bound, as in -5pp..-2pp"
	case w.field.Unit == quantity.Share:
		hint = "write % at every bound" + suchAs(w.field, ", as in ", "20%..40%")
	}
	return wrong(hint, "the bounds of %q are written in different ways", w.amount)
}

// noNumber adds a remedy to the error about one of the bounds.
func (w *written) noNumber(bound string, err error) error {
	fault, _ := errors.AsType[*quantity.NumeralError](err)
	switch {
	case fault.Why == quantity.TooLarge:
		return wrong("write a smaller number", "%s", err)
	case fault.Why == quantity.LeadingZero:
		return wrong(usual(w.field), "%s", err).offer(remedies(w.field, w.with(withoutZeros)), "did you mean %s?")
	}
	s := wrong(numberHint(w.field, bound), "%s", err)
	if strings.HasPrefix(bound, ".") {
		s.offer(remedies(w.field, w.with(withZero)), "write %s")
	}
	return s
}

// withoutZeros removes the leading zeros of a bound.
func withoutZeros(bound string) string {
	_, err := quantity.ParseNumeral(bound)
	if fault, ok := errors.AsType[*quantity.NumeralError](err); ok && fault.Why == quantity.LeadingZero {
		return fault.Mend
	}
	return bound
}

// withZero puts a zero before the leading point of a bound.
func withZero(bound string) string {
	if strings.HasPrefix(bound, ".") {
		return "0" + bound
	}
	return bound
}

// isNumber reports whether a text would be a number by itself.
func isNumber(text string) bool {
	_, err := quantity.ParseNumeral(text)
	return err == nil
}

// numberHint guesses what a text that is not a number was meant to be.
func numberHint(f *calc.Field, text string) string {
	low := strings.ToLower(text)
	digits := strings.ContainsAny(text, "0123456789")
	switch {
	case strings.ContainsAny(text, "$€£¥元"):
		return "leave the currency sign out; currency: says which it is"
	case strings.HasPrefix(low, "0x"):
		return "write it in decimal digits"
	case strings.Contains(low, "nan") || strings.Contains(low, "inf"):
		return "write the number, or leave the key out"
	case strings.HasPrefix(text, "−") || strings.HasPrefix(text, "–"):
		return "begin it with a plain minus sign, -"
	case digits && strings.ContainsAny(strings.TrimLeft(text, "+-"), "-–—~…"), digits && strings.Contains(text, " to "):
		return "a range is written " + cmp.Or(suchAs(f, "", "10..20", "10..20 per week", "10%..20%"), "low..high")
	case digits && strings.Contains(text, " ") && strings.Trim(text, "0123456789. ") == "":
		return "put a comma between the numbers of a list, two dots between those of a range"
	case digits && strings.Contains(text, "/") && f.Periodic != calc.NoPeriod:
		return "a period is written " + cmp.Or(suchAs(f, "", "50 per week", "5% per month"), "per week")
	case len(text) > 1 && strings.ContainsAny(text[len(text)-1:], "kKmM") && isNumber(text[:len(text)-1]):
		return "write the zeros out" + suchAs(f, ", as in ", "50_000", "50_000 per week")
	}
	return usual(f)
}

// suchAs returns a word and the first example that the field accepts; nothing if it
// accepts none.
func suchAs(f *calc.Field, word string, examples ...string) string {
	for _, text := range examples {
		if accepts(f, text) {
			return word + text
		}
	}
	return ""
}

// usual says how a value of the field is usually written.
func usual(f *calc.Field) string {
	switch {
	case f.Kind == calc.ChangeInput:
		return "write a new share such as 15%, or a change such as -5pp or -5%"
	case f.Unit == quantity.Share:
		return "write a share" + suchAs(f, " such as ", "25%", "1%")
	case f.Unit == quantity.MoneyPerYear:
		return "write an amount" + suchAs(f, " such as ", "50 per week")
	case f.Unit == quantity.Years:
		text := "write a time" + suchAs(f, " such as ", "10", "1") + suchAs(f, " or ", "6..12 months")
		if f.Forever {
			text = strings.Replace(text, " or ", ", ", 1) + " or forever"
		}
		return text
	case f.Periodic == calc.Needed:
		return "write how often" + suchAs(f, ", such as ", "4..6 per year", "4 per year")
	case f.NoRange:
		return "write one number" + suchAs(f, " such as ", "250", "10", "1")
	}
	return "write a number" + suchAs(f, " such as ", "250", "10", "1") + suchAs(f, " or a range such as ", "200..300", "4..6")
}
