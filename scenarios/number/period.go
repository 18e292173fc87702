package number

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// cutPeriod takes the period, or the unit of a time, off the end of a text, and checks
// that the field allows it. The period is zero if there is none.
func cutPeriod(f *calc.Field, text string) (amount string, period quantity.Period, err error) {
	if f.Unit == quantity.Years {
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
		return amount, quantity.Period{Name: name, PerAnn: 1}, nil
	}
	period, known := quantity.PeriodNamed(name)
	switch {
	case !known:
		return "", period, wrong("it can be per "+periodList(""), "%q is not a period", name)
	case f.Periodic == calc.Yearly && period.PerAnn != 1:
		return "", period, wrong("write what it comes to in a year"+compounded(amount, period), "%q is per %s, and %s is per year", text, name, f.Key)
	}
	return amount, period, nil
}

// compounded says what a growth per period comes to in a year, to a hundredth of a percent;
// nothing if it is no single number, or one that nobody means.
func compounded(amount string, period quantity.Period) string {
	const hundredths, plausible = 10_000, 10
	n, err := quantity.ParseNumeral(amount)
	if err != nil {
		return ""
	}
	yearly := math.Round((math.Pow(1+n.Value, period.PerAnn)-1)*hundredths) / hundredths
	if !(yearly < plausible) {
		return ""
	}
	return ": " + strconv.FormatFloat(math.Round(yearly*hundredths)/100, 'f', -1, 64) + "%"
}

// periodList lists the periods as choices, each with the same ending.
func periodList(ending string) string {
	var names []string
	for _, period := range quantity.Periods() {
		names = append(names, period.Name+ending)
	}
	return calc.Choice(names)
}

// cutTime takes the unit off the end of a time, which is in years without one.
func cutTime(text string) (amount string, unit quantity.Period, err error) {
	cut := strings.LastIndexByte(text, ' ')
	if cut < 0 || !unicode.IsLetter(rune(text[cut+1])) {
		return text, unit, nil
	}
	name := text[cut+1:]
	unit, known := quantity.PeriodNamed(strings.TrimSuffix(name, "s"))
	if !known {
		return "", unit, wrong("it can be "+periodList("s"), "%q is not a unit of time", name)
	}
	return strings.TrimSpace(text[:cut]), unit, nil
}

// annualize converts the range from the period it was written for to a year.
func annualize(f *calc.Field, period quantity.Period, in *quantity.Input) {
	in.Per = period
	times := period.PerAnn
	switch {
	case times == 1: // a year: unchanged, digit for digit
	case f.Unit == quantity.Years:
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
