package scenarios

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/churncost/churncost/calc"
)

// A slip is what is wrong with a value, and the remedy.
type slip struct{ message, hint string }

func (s *slip) Error() string { return s.message }

func wrong(hint, format string, args ...any) error {
	return &slip{fmt.Sprintf(format, args...), hint}
}

// longestNumber is how many bytes a number, a range or a time may have.
const longestNumber = 100

// number reads a number or a range as it is written in a scenario:
//
//	number  50   2.5   1_200_000   3%   -5pp
//	range   low..high   low..likely..high, each bound with its % or pp
//	period  50 per week   4..6 per year   65 per visit
//	time    10   18 months   forever
//
// into the input's range, in base units: finite, ascending and within the
// bounds of the field, or forever.
func number(f *calc.Field, text string, in *calc.Input) error {
	in.Unit = f.Unit
	text = singleSpaced(text)
	if len(text) > longestNumber {
		return wrong("write a number", "%q is too long for a number", clean(text))
	}
	if strings.ContainsRune(text, ',') {
		return wrong(commaHint(text), "%q has a comma", text)
	}
	if f.Unit == calc.Years && text == "forever" {
		if !f.Forever {
			return wrong("give a number of years or months", "%q is no time that %s can have", text, f.Key)
		}
		in.Range = calc.Exactly(math.Inf(1))
		return nil
	}
	amount, period, err := cutPeriod(f, text)
	if err != nil {
		return err
	}
	var room [3]float64
	values, suffix, err := bounds(f, amount, room[:0])
	if err != nil {
		return err
	}
	if period.PerAnn == 0 {
		if f.Periodic == calc.Needed {
			return wrong(fmt.Sprintf("write %s per week, per month or per year", amount), "%q needs a period", text)
		}
		period.PerAnn = 1
	}
	if err := checkSuffix(f, amount, values, suffix); err != nil {
		return err
	}
	if f.Kind == calc.Changes {
		if in.By, err = changeBy(amount, values, suffix); err != nil {
			return err
		}
	}
	if in.Range, err = ascending(amount, values); err != nil {
		return err
	}
	if in.Shape.Kind = calc.Uniform; len(values) == 3 {
		in.Shape.Kind = calc.PERT
	}
	if f.NoRange && !in.Range.Exact() {
		return wrong("write one number", "%s cannot be a range", f.Key)
	}
	// What compounds has the same bounds in its own period as in the year.
	if f.Periodic >= calc.Survival {
		if err := outside(f, text, in.Range); err != nil {
			return err
		}
	}
	carry(f, period, in)
	if math.IsInf(in.Range.High-in.Range.Low, 0) || math.IsNaN(in.Range.High-in.Range.Low) {
		return wrong("write a smaller number", "%q is too large for a number", text)
	}
	return outside(f, text, in.Range)
}

// singleSpaced puts one space where there are several or others. Most texts have
// none.
func singleSpaced(text string) string {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == ' ' && (i == 0 || i == len(text)-1 || text[i+1] == ' ') {
			return strings.Join(strings.Fields(text), " ")
		}
	}
	return text
}

// commaHint guesses what a comma between digits means: thousands, or decimals.
func commaHint(text string) string {
	parts := strings.Split(text, ",")
	thousands := true
	for _, part := range parts[1:] {
		digits := len(part) - len(strings.TrimLeft(part, "0123456789"))
		thousands = thousands && digits == 3
	}
	switch {
	case thousands:
		return "group digits with underscores: " + strings.ReplaceAll(text, ",", "_")
	case len(parts) == 2 && parts[1] != "" && '0' <= parts[1][0] && parts[1][0] <= '9':
		return "write the decimals after a point: " + strings.ReplaceAll(text, ",", ".")
	}
	return "write one number, or a range such as 200..300"
}

// cutPeriod takes the period, or the unit of a time, off the end of a text, and
// checks it against what the field wants. The period is zero where there is
// none.
func cutPeriod(f *calc.Field, text string) (amount string, period calc.Period, err error) {
	if f.Unit == calc.Years {
		return cutTime(text)
	}
	amount, name, found := strings.Cut(text, " per ")
	amount, name = strings.TrimSpace(amount), strings.TrimSpace(name)
	switch {
	case !found:
		return amount, period, nil
	case f.Periodic == calc.NoPeriod:
		return "", period, wrong("write "+amount, "%q has a period, and %s takes none", text, f.Key)
	case strings.Contains(name, ".."):
		return "", period, wrong("write it once, at the end, as in 4..6 per year", "%q has its period in the middle", text)
	case name == "visit" && f.Counted != "":
		return amount, calc.Period{Name: name, PerAnn: 1}, nil
	}
	period, known := calc.PeriodNamed(name)
	if !known {
		return "", period, wrong("it can be per day, week, month, quarter or year", "%q is no period", name)
	}
	return amount, period, nil
}

// cutTime takes the unit off the end of a time. Years are understood.
func cutTime(text string) (amount string, unit calc.Period, err error) {
	cut := strings.LastIndexByte(text, ' ')
	if cut < 0 || !unicode.IsLetter(rune(text[cut+1])) {
		return text, unit, nil
	}
	name := text[cut+1:]
	unit, known := calc.PeriodNamed(strings.TrimSuffix(name, "s"))
	if !known {
		return "", unit, wrong("it can be days, weeks, months, quarters or years", "%q is no unit of time", name)
	}
	return strings.TrimSpace(text[:cut]), unit, nil
}

// bounds appends the one, two or three numbers of a range. They share one suffix:
// "%", "pp" or none.
func bounds(f *calc.Field, text string, values []float64) (_ []float64, suffix string, err error) {
	const most = 3
	if strings.Count(text, "..") >= most || strings.Contains(text, "...") {
		return nil, "", wrong("a range is low..high or low..likely..high", "%q is no range", text)
	}
	for part := range strings.SplitSeq(text, "..") {
		part = strings.TrimSpace(part)
		if part == "" {
			return nil, "", wrong("a range is low..high or low..likely..high", "a bound is missing")
		}
		n, err := calc.ParseNumeral(part)
		if len(values) > 0 && n.Suffix != suffix {
			hint := "write % at every bound, as in 20%..40%"
			if strings.Contains(text, "pp") {
				hint = "write pp at every bound, as in -5pp..-2pp"
			}
			return nil, "", wrong(hint, "the bounds of %q are written in different ways", text)
		}
		if err != nil {
			return nil, "", noNumber(f, part, err)
		}
		suffix = n.Suffix
		values = append(values, n.Value)
	}
	return values, suffix, nil
}

// noNumber adds the remedy to what is wrong with a number.
func noNumber(f *calc.Field, text string, err error) error {
	hint := numberHint(f, text)
	if fault, ok := errors.AsType[*calc.NumeralError](err); ok {
		switch fault.Why {
		case calc.LeadingZero:
			hint = "did you mean " + fault.Mend + "?"
		case calc.TooLarge:
			hint = "write a smaller number"
		}
	}
	return wrong(hint, "%s", err)
}

// isNumber tells whether a text would be a number by itself.
func isNumber(text string) bool {
	_, err := calc.ParseNumeral(text)
	return err == nil
}

// numberHint guesses what somebody meant who did not write a number.
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
	case strings.HasPrefix(text, ".") && isNumber("0"+text):
		return "write 0" + text
	case strings.HasPrefix(text, "−") || strings.HasPrefix(text, "–"):
		return "begin it with a plain minus sign, -"
	case digits && strings.ContainsAny(strings.TrimLeft(text, "+-"), "-–—~…"), digits && strings.Contains(text, " to "):
		return "a range is written 10..20"
	case digits && strings.Contains(text, " ") && strings.Trim(text, "0123456789. ") == "":
		return "put a comma between the numbers of a list, two dots between those of a range"
	case digits && strings.Contains(text, "/"):
		return "a period is written 50 per week"
	case len(text) > 1 && strings.ContainsAny(text[len(text)-1:], "kKmM") && isNumber(text[:len(text)-1]):
		return "write the zeros out, as in 50_000"
	}
	switch f.Unit {
	case calc.Share:
		if f.Kind == calc.Changes {
			return "write a new share such as 15%, or a change such as -5pp or -5%"
		}
		return "write a share such as 25%"
	case calc.MoneyPerYear:
		return "write an amount such as 50 per week"
	case calc.Years:
		if f.Forever {
			return "write a time such as 10, 6..12 months or forever"
		}
		return "write a time such as 10 or 6..12 months"
	}
	return "write a number such as 250 or a range such as 200..300"
}

// checkSuffix holds % and pp against the unit: a share is 3% or 0.03, and 3 and
// 1 might be either.
func checkSuffix(f *calc.Field, text string, values []float64, suffix string) error {
	switch {
	case f.Unit != calc.Share && suffix != "":
		return wrong("write the number without "+suffix, "%q is a share, and %s is not", text, f.Key)
	case suffix == "pp" && f.Kind != calc.Changes:
		return wrong("write "+strings.ReplaceAll(text, "pp", "%"), "%q is a change in points, and %s is a share", text, f.Key)
	case f.Unit != calc.Share || suffix != "":
		return nil
	case f.Kind == calc.Changes && strings.ContainsAny(text, "+-"):
		return wrong("write -5pp for five points less, or -5% for 5% less than it is today", "%q could be points or percent", text)
	}
	large := 0
	for _, value := range values {
		if value >= 1 {
			large++
		}
	}
	percent := strings.ReplaceAll(text, "..", "%..") + "%"
	switch {
	case large == 0:
		return nil
	case large < len(values):
		return wrong("write % at every bound, as in 20%..40%", "%q is not a share", text)
	case f.Max > 1:
		return wrong("did you mean "+percent+" or "+hundredfold(values)+"?", "%q is not a share", text)
	case values[0] == 1:
		return wrong("did you mean "+percent+"? All of it is 100%", "%q is not a share", text)
	}
	return wrong("did you mean "+percent+"?", "%q is not a share", text)
}

// hundredfold writes the bounds of a share in percent.
func hundredfold(values []float64) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = strconv.FormatFloat(value*100, 'g', 6, 64) + "%"
	}
	return strings.Join(texts, "..")
}

// changeBy tells the three ways to write a change apart: 15%, -5pp, -5%. Zero
// needs no sign.
func changeBy(text string, values []float64, suffix string) (calc.ChangeBy, error) {
	if suffix == "pp" {
		return calc.ByPoints, nil
	}
	signed, bare := false, false
	for i, part := range strings.Split(text, "..") {
		if part = strings.TrimSpace(part); strings.HasPrefix(part, "+") || strings.HasPrefix(part, "-") {
			signed = true
		} else if values[i] != 0 {
			bare = true
		}
	}
	switch {
	case signed && bare:
		return 0, wrong("write +5% for 5% more than it is today, and 5% for a new share of 5%", "%q mixes changes with new shares", text)
	case signed:
		return calc.ByPercent, nil
	}
	return calc.ToValue, nil
}

func ascending(text string, values []float64) (calc.Range, error) {
	for i := 1; i < len(values); i++ {
		if values[i] < values[i-1] {
			return calc.Range{}, wrong("write the low end first, then the likely point, then the high end", "the bounds of %q are the wrong way round", text)
		}
	}
	switch len(values) {
	case 1:
		return calc.Exactly(values[0]), nil
	case 2:
		return calc.Between(values[0], values[1]), nil
	}
	return calc.Range{Low: values[0], Likely: values[1], High: values[2]}, nil
}

// carry carries the range over from the period it was written for to a year.
func carry(f *calc.Field, period calc.Period, in *calc.Input) {
	in.Per = period
	times := period.PerAnn
	switch {
	case times == 1: // the year itself, kept digit for digit
	case f.Unit == calc.Years:
		in.Range = in.Range.Map(func(x float64) float64 { return x / times })
	case f.Periodic == calc.Needed || f.Periodic == calc.Possible:
		in.Range = in.Range.Map(func(x float64) float64 { return x * times })
	case f.Periodic == calc.Survival:
		in.Range = in.Range.Map(func(x float64) float64 { return math.Pow(x, times) })
	case f.Periodic == calc.Attrition:
		in.Range = in.Range.Map(func(x float64) float64 { return 1 - math.Pow(1-x, times) })
	case f.Periodic == calc.Accumulation:
		in.Range = in.Range.Map(func(x float64) float64 { return math.Pow(1+x, times) - 1 })
	}
	if period.Name == "visit" {
		in.Counted = f.Counted
	}
}

// outside refuses a range that leaves the bounds of its field.
func outside(f *calc.Field, text string, r calc.Range) error {
	limit := ""
	switch {
	case f.MinOpen && r.Low <= f.Min:
		limit = "above " + limitText(f, f.Min)
	case r.Low < f.Min:
		limit = "at least " + limitText(f, f.Min)
	case r.High > f.Max:
		limit = "at most " + limitText(f, f.Max)
	default:
		return nil
	}
	return wrong("", "%s is %s, and must be %s", f.Key, text, limit)
}

// limitText writes a bound as it would stand in a scenario.
func limitText(f *calc.Field, limit float64) string {
	switch {
	case f.Unit == calc.Share:
		return strconv.FormatFloat(math.Round(limit*1e6)/1e4, 'f', -1, 64) + "%"
	case f.Unit == calc.Years && limit != 0:
		return strconv.FormatFloat(limit, 'f', -1, 64) + " years"
	}
	return strconv.FormatFloat(limit, 'f', -1, 64)
}
