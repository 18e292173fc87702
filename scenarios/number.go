package scenarios

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/churncost/churncost/calc"
)

// A slip is what is wrong with a value, and the remedy.
type slip struct {
	message, hint string
	form          string   // of the hint, with a %s for each value that it offers; empty where it offers none
	values        []string // what to write instead, each the whole value
}

func (s *slip) Error() string { return s.message }

func wrong(hint, format string, args ...any) *slip {
	return &slip{message: fmt.Sprintf(format, args...), hint: hint}
}

// offer puts values into the place of the hint. There is a form for one of them,
// and for each number of them that there can be; without any the hint stays.
func (s *slip) offer(values []string, forms ...string) *slip {
	if len(values) > 0 {
		s.form, s.values = forms[len(values)-1], values
		s.hint = s.hinted(func(value string) string { return value })
	}
	return s
}

// hinted is the hint with its values written in another way.
func (s *slip) hinted(write func(value string) string) string {
	if s.form == "" {
		return s.hint
	}
	texts := make([]any, len(s.values))
	for i, value := range s.values {
		texts[i] = write(value)
	}
	return fmt.Sprintf(s.form, texts...)
}

// accepts tells whether a field takes a text.
func accepts(f *calc.Field, text string) bool {
	var in calc.Input
	return number(f, text, &in) == nil
}

// remedies keeps what a field takes of the values that somebody may have meant,
// so that who follows a hint is not refused again. A week stands for the period
// where one is needed and none is written.
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
		return withComma(f, text)
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
	w := written{f, amount, text[len(amount):]}
	var room [3]float64
	values, suffix, err := w.bounds(room[:0])
	if err != nil {
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
	if err := w.checkSuffix(values, suffix); err != nil {
		return err
	}
	if f.Kind == calc.ChangeInput {
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
		return wrong("write a smaller number", "%q is too large", text)
	}
	if err := outside(f, text, in.Range); err != nil {
		return err
	}
	if unclear != nil { // and nothing else is wrong with it
		return unclear
	}
	return nil
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

// A written is a number or a range as it is written: for a field, the amount, and
// the period or unit that stands behind it.
type written struct {
	field        *calc.Field
	amount, rest string
}

// with is the whole with every bound mended.
func (w *written) with(mend func(bound string) string) string {
	parts := strings.Split(w.amount, "..")
	for i, part := range parts {
		parts[i] = mend(strings.TrimSpace(part))
	}
	return strings.Join(parts, "..") + w.rest
}

// unclear refuses what could be a thousand or a decimal. It is nil where no bound
// could.
func (w *written) unclear() *slip {
	for bound := range strings.SplitSeq(w.amount, "..") {
		bound = strings.TrimSpace(bound)
		if _, _, both := twoReadings(w.field, bound); !both {
			continue
		}
		thousands := w.with(func(bound string) string {
			if thousand, _, both := twoReadings(w.field, bound); both {
				return thousand
			}
			return bound
		})
		decimals := w.with(func(bound string) string { return clearly(w.field, bound) })
		return wrong(usual(w.field), "%q could be a thousand or a decimal", bound).
			offer(remedies(w.field, thousands, decimals), "write %s", "write %s, or %s")
	}
	return nil
}

// twoReadings tells whether a bound could be a thousand or a decimal, and gives
// both. Only of money and people there are often thousands.
func twoReadings(f *calc.Field, bound string) (thousand, decimal string, both bool) {
	switch f.Unit {
	case calc.Money, calc.MoneyPerYear, calc.People:
		return calc.TwoReadings(bound)
	}
	return "", "", false
}

// clearly writes a decimal so that it is not refused for being a thousand too.
func clearly(f *calc.Field, bound string) string {
	if _, decimal, both := twoReadings(f, bound); both {
		return decimal
	}
	return bound
}

// withComma refuses a comma, and guesses what it means: thousands, or decimals,
// perhaps behind thousands that are grouped by points.
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
		return "", period, wrong(usual(f), "%q has a period, and %s takes none", text, f.Key).offer(remedies(f, amount), "write %s")
	case strings.Contains(name, ".."):
		return "", period, wrong("write it once, at the end"+suchAs(f, ", as in ", "4..6 per year", "70%..80% per year"), "%q has its period in the middle", text)
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
func (w *written) bounds(values []float64) (_ []float64, suffix string, err error) {
	const most = 3
	if strings.Count(w.amount, "..") >= most || strings.Contains(w.amount, "...") {
		return nil, "", wrong("a range is low..high or low..likely..high", "%q is no range", w.amount)
	}
	for part := range strings.SplitSeq(w.amount, "..") {
		part = strings.TrimSpace(part)
		if part == "" {
			return nil, "", wrong("a range is low..high or low..likely..high", "a bound is missing")
		}
		n, err := calc.ParseNumeral(part)
		if len(values) > 0 && n.Suffix != suffix {
			hint := "write it without % and pp"
			switch {
			case w.field.Kind == calc.ChangeInput && strings.Contains(w.amount, "pp"):
				hint = "write pp at every bound, as in -5pp..-2pp"
			case w.field.Unit == calc.Share:
				hint = "write % at every bound" + suchAs(w.field, ", as in ", "20%..40%")
			}
			return nil, "", wrong(hint, "the bounds of %q are written in different ways", w.amount)
		}
		if err != nil {
			return nil, "", w.noNumber(part, err)
		}
		suffix = n.Suffix
		values = append(values, n.Value)
	}
	return values, suffix, nil
}

// noNumber adds the remedy to what is wrong with a number, one of the bounds.
func (w *written) noNumber(bound string, err error) error {
	fault, _ := errors.AsType[*calc.NumeralError](err)
	switch {
	case fault.Why == calc.TooLarge:
		return wrong("write a smaller number", "%s", err)
	case fault.Why == calc.LeadingZero:
		return wrong(usual(w.field), "%s", err).offer(remedies(w.field, w.with(withoutZeros)), "did you mean %s?")
	}
	s := wrong(numberHint(w.field, bound), "%s", err)
	if strings.HasPrefix(bound, ".") {
		s.offer(remedies(w.field, w.with(withZero)), "write %s")
	}
	return s
}

// withoutZeros takes the zeros off that a bound begins with.
func withoutZeros(bound string) string {
	_, err := calc.ParseNumeral(bound)
	if fault, ok := errors.AsType[*calc.NumeralError](err); ok && fault.Why == calc.LeadingZero {
		return fault.Mend
	}
	return bound
}

// withZero puts a zero before the point that a bound begins with.
func withZero(bound string) string {
	if strings.HasPrefix(bound, ".") {
		return "0" + bound
	}
	return bound
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

// suchAs gives the first of some examples that a field takes, behind a word; or
// nothing, where it takes none.
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
	case f.Unit == calc.Share:
		return "write a share" + suchAs(f, " such as ", "25%", "1%")
	case f.Unit == calc.MoneyPerYear:
		return "write an amount" + suchAs(f, " such as ", "50 per week")
	case f.Unit == calc.Years:
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

// checkSuffix holds % and pp against the unit: a share is 3% or 0.03, and 3 and
// 1 might be either.
func (w *written) checkSuffix(values []float64, suffix string) error {
	f, text := w.field, w.amount
	switch {
	case f.Unit != calc.Share && suffix != "":
		return wrong("write the number without "+suffix, "%q is a share, and %s is not", text, f.Key)
	case suffix == "pp" && f.Kind != calc.ChangeInput:
		share := strings.ReplaceAll(text, "pp", "%") + w.rest
		return wrong(usual(f), "%q is a change in points, and %s is a share", text, f.Key).offer(remedies(f, share), "write %s")
	case f.Unit != calc.Share || suffix != "":
		return nil
	case f.Kind == calc.ChangeInput && strings.ContainsAny(text, "+-"):
		return wrong("write -5pp for five points less, or -5% for 5% less than it is today", "%q could be points or percent", text)
	}
	large := 0
	for _, value := range values {
		if value >= 1 {
			large++
		}
	}
	if large == 0 {
		return nil
	}
	if large < len(values) {
		return wrong("write % at every bound"+suchAs(f, ", as in ", "20%..40%"), "%q is not a share", text)
	}
	percent := w.with(func(bound string) string { return bound + "%" })
	s := wrong(usual(f), "%q is not a share", text)
	switch {
	case f.Max > 1:
		return s.offer(remedies(f, percent, hundredfold(values)+w.rest), "did you mean %s?", "did you mean %s or %s?")
	case values[0] == 1 && accepts(f, "100%"):
		return s.offer(remedies(f, percent), "did you mean %s? All of it is 100%%")
	}
	return s.offer(remedies(f, percent), "did you mean %s?")
}

// hundredfold writes the bounds of a share in percent.
func hundredfold(values []float64) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = tenDigits(value*100) + "%"
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
