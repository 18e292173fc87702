package cell

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios/currency"
)

// A NumberFormat decides how many digits numbers are shown with, in one currency.
type NumberFormat struct{ Currency currency.Currency }

// Number shows a number with the given digits after the point.
func (n NumberFormat) Number(unit quantity.Unit, value float64, digits int) Number {
	if unit == quantity.Share {
		digits = avoidHundredPercent(value, digits)
	}
	return Number{Value: value, Unit: unit, Currency: n.Currency, Digits: digits}
}

// One shows a number by itself, with the digits that it needs.
func (n NumberFormat) One(unit quantity.Unit, value float64) Number {
	return n.Number(unit, value, n.Digits(unit, value))
}

// Rounded shows a number by itself, rounded as every command rounds it.
func (n NumberFormat) Rounded(unit quantity.Unit, value float64) Number {
	return n.One(unit, unit.Round(value, n.Currency.Minor()))
}

// Digits returns how many digits after the point the numbers of one unit need in one
// column. Money shows cents only if one of the amounts has some. A percentage has at most
// one digit, points at most three, a model's parameter at most four, all else at most two.
func (n NumberFormat) Digits(unit quantity.Unit, values ...float64) int {
	most := 2
	switch unit.Kin() {
	case quantity.Money:
		most = n.Currency.Minor()
	case quantity.Share:
		most = 1
	case quantity.Points:
		most = 3
	case quantity.Parameter:
		most = 4
	}
	need := 0
	for _, value := range values {
		value = shown(unit, value)
		for need < most && math.Abs(value*math.Pow10(need)-math.Round(value*math.Pow10(need))) > 1e-6 {
			need++
		}
	}
	if need > 0 && unit.Kin() == quantity.Money {
		return most
	}
	return need
}

// mostWritten is the most digits after the point that an input is shown with.
const mostWritten = 6

// Written returns how many digits after the point inputs in one column need: as many as
// their author wrote. A number whose digits do not end, such as a monthly share converted
// to a year, was computed and not written; it is shown like any other number.
func (n NumberFormat) Written(unit quantity.Unit, values ...float64) int {
	const precision, endless = 15, 12 // what a float64 holds for certain; a number with more digits after the point was computed
	need := 0
	for _, value := range values {
		text := strconv.FormatFloat(shown(unit, value), 'g', precision, 64)
		rounded, _ := strconv.ParseFloat(text, 64)
		_, fraction, _ := strings.Cut(strconv.FormatFloat(rounded, 'f', -1, 64), ".")
		if len(fraction) > endless {
			need = max(need, n.Digits(unit, value))
		} else {
			need = max(need, n.trimmed(unit, value, min(len(fraction), mostWritten)))
		}
	}
	return need
}

// Precise shows a number as a term of a calculation. It has the given digits after the
// point, or more if a reader could not reach the printed result with those.
func (n NumberFormat) Precise(unit quantity.Unit, value float64, digits int) Number {
	size := math.Abs(shown(unit, value))
	return n.Number(unit, value, n.trimmed(unit, value, max(digits, fiveSignificant(size))))
}

// fiveSignificant returns how many digits after the point give a number above zero five
// significant digits. A leading 1 is not counted: five digits after a 1 are about as
// precise as four after a 9.
func fiveSignificant(size float64) int {
	const count, most = 5, 12
	if size == 0 || math.IsInf(size, 0) || math.IsNaN(size) {
		return 0
	}
	place := int(math.Floor(math.Log10(size)))
	digits := count - 1 - place
	if size < 2*math.Pow10(place) {
		digits++
	}
	return min(max(digits, 0), most)
}

// trimmed returns how many of the given digits after the point remain without trailing
// zeros. Money has none, or at least those of its currency.
func (n NumberFormat) trimmed(unit quantity.Unit, value float64, digits int) int {
	_, fraction, _ := strings.Cut(strconv.FormatFloat(shown(unit, value), 'f', digits, 64), ".")
	digits = len(strings.TrimRight(fraction, "0"))
	if digits > 0 && unit.Kin() == quantity.Money {
		return max(digits, n.Currency.Minor())
	}
	return digits
}

// shown returns the number to print for a value: for shares and points, the value times
// 100.
func shown(unit quantity.Unit, value float64) float64 {
	if unit == quantity.Share || unit == quantity.Points {
		return value * 100
	}
	return value
}

// Resolve returns the least number of digits after the point that show values apart: the
// largest difference between them is at least the given number of units of the last
// digit. It is never more than the values have, or are exported with. Money has all
// digits of its currency, or none.
func (n NumberFormat) Resolve(unit quantity.Unit, units float64, values ...float64) int {
	one := 1.0 // the value that is written as 1
	most := unit.Digits(n.Currency.Minor())
	if unit == quantity.Share || unit == quantity.Points {
		one, most = 1./100, most-2
	}
	apart := (slices.Max(values) - slices.Min(values)) / one
	if !(apart > 0) {
		return n.Digits(unit, values...)
	}
	whole := func(digits int) bool { // apart from rounding
		scale := math.Pow10(digits)
		return !slices.ContainsFunc(values, func(value float64) bool {
			scaled := value / one * scale
			return math.Abs(scaled-math.Round(scaled)) > 1e-6*min(1, apart*scale)
		})
	}
	digits := 0
	for digits < most && apart*math.Pow10(digits) < units && !whole(digits) {
		digits++
	}
	if digits > 0 && unit.Kin() == quantity.Money {
		return n.Currency.Minor()
	}
	return digits
}

// Difference shows how far two numbers are apart, with the given digits after the point.
// For shares it is in points. If it would read as zero, it has as many digits as show
// that it is not.
func (n NumberFormat) Difference(unit quantity.Unit, value float64, digits int) Number {
	unit = OfChange(unit)
	size := math.Abs(shown(unit, value))
	if size*math.Pow10(digits) < 1./2 && size > 0 {
		for most := digits + 12; digits < most && size*math.Pow10(digits) < 1; {
			digits++
		}
		if unit.Kin() == quantity.Money {
			digits = max(digits, n.Currency.Minor())
		}
	}
	return n.Number(unit, value, digits)
}

// Signed shows a difference with its sign and the digits that it needs. For shares it is
// in points.
func (n NumberFormat) Signed(unit quantity.Unit, value float64) Number {
	unit = OfChange(unit)
	return WithSign(n.Rounded(unit, value))
}

// WithSign shows a number above zero with a plus sign.
func WithSign(number Number) Number {
	number.Plus = number.Value > 0
	return number
}

// OfChange returns the unit of a difference: points for shares.
func OfChange(unit quantity.Unit) quantity.Unit {
	if unit == quantity.Share {
		return quantity.Points
	}
	return unit
}

// avoidHundredPercent gives a share close to 100% enough digits not to read as 100%, up
// to those that are exported.
func avoidHundredPercent(share float64, digits int) int {
	const most = 4
	for digits < most && share != 1 && math.Round(share*100*math.Pow10(digits)) == 100*math.Pow10(digits) {
		digits++
	}
	return digits
}

// Significant rounds a number to the given significant digits. A whole number with fewer
// digits gets none after the point. No number gets more than are exported.
func (n NumberFormat) Significant(unit quantity.Unit, value float64, figures int) Number {
	scale, most := 1.0, unit.Digits(n.Currency.Minor())
	if unit == quantity.Share || unit == quantity.Points {
		scale, most = 100, most-2 // shown as a percentage
	}
	shown := quantity.Ratio.Round(value*scale, 0)
	text := strconv.FormatFloat(shown, 'e', figures-1, 64)
	rounded, _ := strconv.ParseFloat(text, 64)
	exponent, _ := strconv.Atoi(text[strings.IndexByte(text, 'e')+1:])
	digits := min(max(0, figures-1-exponent), most)
	switch {
	case rounded == shown && rounded == math.Trunc(rounded):
		digits = 0
	case digits > 0 && unit.Kin() == quantity.Money:
		digits = most
	}
	if rounded = unit.Round(rounded/scale, n.Currency.Minor()); unit == quantity.Share && rounded == 1 {
		rounded = value // nearly 100% must not read as 100%
	}
	return n.Number(unit, rounded, digits)
}

// Rough rounds three quantiles to two significant digits, or to as many as keep the ends
// apart and each on its side of the total.
func (n NumberFormat) Rough(unit quantity.Unit, total, p5, p50, p95 float64) (low, median, high Number) {
	const most = 17 // show any two float64 apart
	for figures := 2; ; figures++ {
		low, high = n.Significant(unit, p5, figures), n.Significant(unit, p95, figures)
		if figures == most || low.Value < high.Value && keepsSide(low.Value, p5, total) && keepsSide(high.Value, p95, total) {
			return low, n.Significant(unit, p50, figures), high
		}
	}
}

// keepsSide reports whether a value, as shown, is still on the same side of the total, or
// equal to it.
func keepsSide(shown, value, total float64) bool {
	return shown == total || cmp.Compare(shown, total) == cmp.Compare(value, total)
}

// Span shows a range; if it is exact, as one number.
func (n NumberFormat) Span(unit quantity.Unit, r quantity.Range) Cell {
	return n.between(unit, r, n.Digits)
}

// Given shows an input, a range or one number, with the digits it was written with.
func (n NumberFormat) Given(unit quantity.Unit, r quantity.Range) Cell {
	return n.between(unit, r, n.Written)
}

// between shows a range with as many digits as its ends need. Both ends of an amount have
// the same digits.
func (n NumberFormat) between(unit quantity.Unit, r quantity.Range, digits func(quantity.Unit, ...float64) int) Cell {
	one := func(value float64) Number { return n.Number(unit, value, digits(unit, value)) }
	if r.Exact() || math.IsNaN(r.Low) {
		return one(r.Likely)
	}
	if unit.Kin() != quantity.Money {
		return Range{Low: one(r.Low), High: one(r.High)}
	}
	both := digits(unit, r.Low, r.High)
	return Range{Low: n.Number(unit, r.Low, both), High: n.Number(unit, r.High, both)}
}
