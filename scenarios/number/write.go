package number

import (
	"math"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// writtenDigits is how many significant digits a computed value is written with.
const writtenDigits = 10

// Write writes a number of a field, given in base units, as a scenario or --set
// takes it: a share as a percentage, an amount for the period given.
func Write(f *calc.Field, period quantity.Period, value float64) string {
	return writeIn(f, period, value, tenDigits)
}

// WriteBeside writes, like Write, the nearest number that is not below a value, or not
// above it.
func WriteBeside(f *calc.Field, period quantity.Period, value float64, up bool) string {
	return writeIn(f, period, value, func(x float64) string { return tenDigitsBeside(x, up) })
}

func writeIn(f *calc.Field, period quantity.Period, value float64, digits func(x float64) string) string {
	plain := func(x float64) string { return clearly(f, digits(x)) }
	times := period.PerAnn
	switch {
	case math.IsInf(value, 1):
		return "forever"
	case f.Unit == quantity.Share:
		return plain(value*100) + "%"
	case period.Name == "visit":
		return plain(value) + " per visit"
	case f.Unit == quantity.Years && times > 1:
		return plain(value*times) + " " + period.Name + "s"
	case f.Periodic == calc.Needed && period.Name == "":
		return plain(value) + " per year"
	case f.Periodic != calc.NoPeriod && period.Name != "":
		return plain(value/times) + " per " + period.Name
	}
	return plain(value)
}

// tenDigits writes a number with at most ten significant digits, and no exponent.
func tenDigits(x float64) string {
	x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', writtenDigits, 64), 64)
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// tenDigitsBeside writes the nearest number of ten digits that is not below x, or
// not above it.
func tenDigitsBeside(x float64, up bool) string {
	nearest, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'e', writtenDigits-1, 64), 64)
	_, after, _ := strings.Cut(strconv.FormatFloat(x, 'e', -1, 64), "e")
	exponent, _ := strconv.Atoi(after)
	last := math.Pow10(exponent - (writtenDigits - 1)) // what the last digit is worth
	switch {
	case up && nearest < x:
		nearest += last
	case !up && nearest > x:
		nearest -= last
	}
	return tenDigits(nearest)
}
