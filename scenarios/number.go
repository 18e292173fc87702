package scenarios

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

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
// into the input's range, in base units.
func number(f *calc.Field, text string, in *calc.Input) error {
	in.Unit = f.Unit
	if len(text) > longestNumber {
		return wrong("write a number", "%q is too long for a number", clean(text))
	}
	if strings.ContainsRune(text, ',') {
		return wrong("digits are grouped with underscores: "+strings.ReplaceAll(text, ",", "_"), "%q has a comma", text)
	}
	amount, period, err := cutPeriod(f, text)
	if err != nil {
		return err
	}
	if f.Unit == calc.Years {
		if text == "forever" {
			if !f.Forever {
				return wrong("give a number of years or months", "%q is no time that %s can have", text, f.Key)
			}
			in.Range = calc.Exactly(math.Inf(1))
			return nil
		}
		if amount, period, err = cutTime(text); err != nil {
			return err
		}
	}
	bounds, suffix, err := bounds(f, amount)
	if err != nil {
		return err
	}
	if err := checkSuffix(f, amount, bounds, suffix); err != nil {
		return err
	}
	if suffix != "" {
		for i := range bounds {
			bounds[i] /= 100
		}
	}
	in.Change.By = changeBy(suffix, amount)
	if in.Range, err = ascending(amount, bounds); err != nil {
		return err
	}
	if f.NoRange && !in.Range.Exact() {
		return wrong("write one number", "%s cannot be a range", f.Key)
	}
	compounds := f.Periodic >= calc.Survival
	if compounds {
		if err := outside(f, text, in.Range); err != nil {
			return err
		}
	}
	carry(f, period, in)
	if !compounds {
		return outside(f, text, in.Range)
	}
	return nil
}

// cutPeriod takes the period off the end of a text, and checks it against what
// the field wants.
func cutPeriod(f *calc.Field, text string) (amount string, period calc.Period, err error) {
	amount, name, found := strings.Cut(text, " per ")
	amount, name = strings.TrimSpace(amount), strings.TrimSpace(name)
	switch {
	case !found && f.Periodic == calc.Needed:
		return "", period, wrong(fmt.Sprintf("write %s per week, per month or per year", text), "%q needs a period", text)
	case !found:
		return amount, calc.Period{PerAnn: 1}, nil
	case f.Periodic == calc.NoPeriod:
		return "", period, wrong("write "+amount, "%q has a period, and %s takes none", text, f.Key)
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
	amount, name, found := strings.Cut(text, " ")
	if !found || strings.Contains(name, "..") {
		return text, calc.Period{PerAnn: 1}, nil
	}
	name = strings.TrimSpace(name)
	unit, known := calc.PeriodNamed(strings.TrimSuffix(name, "s"))
	if !known {
		return "", unit, wrong("it can be days, weeks, months, quarters or years", "%q is no unit of time", name)
	}
	return amount, unit, nil
}

// bounds reads the one, two or three numbers of a range. They share one suffix:
// "%", "pp" or none.
func bounds(f *calc.Field, text string) (values []float64, suffix string, err error) {
	parts := strings.Split(text, "..")
	if len(parts) > 3 || strings.Contains(text, "...") {
		return nil, "", wrong("a range is low..high or low..likely..high", "%q is no range", text)
	}
	for i, part := range parts {
		part = strings.TrimSpace(part)
		digits, own := part, ""
		for _, s := range [...]string{"%", "pp"} {
			if rest, found := strings.CutSuffix(part, s); found {
				digits, own = strings.TrimSpace(rest), s
			}
		}
		if i > 0 && own != suffix {
			return nil, "", wrong("write it at every bound, such as 20%..40%", "%q has %% or pp at some bounds only", text)
		}
		suffix = own
		value, err := parseFloat(f, part, digits)
		if err != nil {
			return nil, "", err
		}
		values = append(values, value)
	}
	return values, suffix, nil
}

// parseFloat reads one number, which is written as in the grammar above and no
// other way.
func parseFloat(f *calc.Field, text, digits string) (float64, error) {
	if text == "" {
		return 0, wrong("a range is low..high or low..likely..high", "a bound is missing")
	}
	if !isNumber(digits) {
		return 0, wrong(numberHint(f, text), "%q is not a number", text)
	}
	plain := strings.TrimLeft(digits, "+-")
	if len(plain) > 1 && plain[0] == '0' && plain[1] != '.' && plain[1] != 'e' && plain[1] != 'E' {
		return 0, wrong("did you mean "+strings.TrimLeft(plain, "0_")+"?", "%q begins with a zero", text)
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(digits, "_", ""), 64)
	if errors.Is(err, strconv.ErrRange) {
		return 0, wrong("write a smaller number", "%q is too large for a number", text)
	}
	if err != nil {
		return 0, wrong(numberHint(f, text), "%q is not a number", text)
	}
	return value, nil
}

// isNumber tells whether a text is digits, grouped by single underscores, with
// at most one point between digits, a sign and an exponent.
func isNumber(text string) bool {
	text = strings.TrimLeft(text, "+-")
	mantissa, exponent, hasExponent := strings.Cut(strings.ToLower(text), "e")
	whole, fraction, hasFraction := strings.Cut(mantissa, ".")
	if len(exponent) > 0 && (exponent[0] == '+' || exponent[0] == '-') {
		exponent = exponent[1:]
	}
	return areDigits(whole) && (!hasFraction || areDigits(fraction)) && (!hasExponent || areDigits(exponent))
}

func areDigits(text string) bool {
	before := byte('_')
	for i := range len(text) {
		c := text[i]
		if c == '_' && before == '_' || c != '_' && (c < '0' || c > '9') {
			return false
		}
		before = c
	}
	return before != '_'
}

// numberHint guesses what somebody meant who did not write a number.
func numberHint(f *calc.Field, text string) string {
	switch low := strings.ToLower(text); {
	case strings.ContainsAny(text, "$€£¥元"):
		return "leave the currency sign out; currency: says which it is"
	case strings.HasPrefix(low, "0x"):
		return "write it in decimal digits"
	case strings.Contains(low, "nan") || strings.Contains(low, "inf"):
		return "write the number, or leave the key out"
	case strings.HasPrefix(text, "."):
		return "write 0" + text
	case strings.HasSuffix(low, "k"):
		return "write thousands out, such as 50_000"
	case strings.ContainsAny(text, "-–—") && strings.ContainsAny(text, "0123456789") && !strings.HasPrefix(text, "-"):
		return "a range is written 10..20"
	case strings.Contains(text, "/"):
		return "a period is written 50 per week"
	}
	switch f.Unit {
	case calc.Share:
		return "write a share such as 25%"
	case calc.MoneyPerYear:
		return "write an amount such as 50 per week"
	case calc.Years:
		return "write a time such as 10, 18 months" + map[bool]string{true: " or forever"}[f.Forever]
	}
	return "write a number such as 250 or a range such as 200..300"
}

// checkSuffix holds % and pp against the unit: a share is 3% or 0.03, and 3 and
// 1 might be either.
func checkSuffix(f *calc.Field, text string, values []float64, suffix string) error {
	if f.Unit != calc.Share {
		if suffix != "" {
			return wrong("write the number without "+suffix, "%q is a share, and %s is not", text, f.Key)
		}
		return nil
	}
	if suffix == "pp" && f.Kind != calc.Changes {
		return wrong("write "+strings.ReplaceAll(text, "pp", "%"), "%q is a change in points, and %s is a share", text, f.Key)
	}
	if suffix != "" {
		return nil
	}
	for _, value := range values {
		if math.Abs(value) >= 1 {
			percent := strings.ReplaceAll(text, "..", "%..") + "%"
			if value == 1 {
				return wrong("did you mean "+percent+"? All of it is 100%", "%q is not a share", text)
			}
			return wrong("did you mean "+percent+"?", "%q is not a share", text)
		}
	}
	return nil
}

// changeBy tells the three ways to write a change apart: 15%, -5pp, -5%.
func changeBy(suffix, text string) calc.ChangeBy {
	switch {
	case suffix == "pp":
		return calc.ByPoints
	case strings.HasPrefix(text, "-") || strings.HasPrefix(text, "+"):
		return calc.ByPercent
	}
	return calc.ToValue
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
	if f.Unit == calc.Years {
		in.Range = in.Range.Map(func(x float64) float64 { return x / times })
		return
	}
	switch f.Periodic {
	case calc.Needed, calc.Possible:
		in.Range = in.Range.Map(func(x float64) float64 { return x * times })
	case calc.Survival:
		in.Range = in.Range.Map(func(x float64) float64 { return math.Pow(x, times) })
	case calc.Attrition:
		in.Range = in.Range.Map(func(x float64) float64 { return 1 - math.Pow(1-x, times) })
	case calc.Accumulation:
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

func limitText(f *calc.Field, limit float64) string {
	if f.Unit == calc.Share {
		return strconv.FormatFloat(limit*100, 'g', -1, 64) + "%"
	}
	return strconv.FormatFloat(limit, 'g', -1, 64)
}
