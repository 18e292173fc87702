package render

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/scenarios/currency"
)

// A notation writes numbers for people, in one currency.
type notation struct{ currency currency.Currency }

// digits is how many digits after the point the numbers of one unit need where
// they stand under each other: money shows cents only where one of them has
// some, a percentage has at most one, points have at most three, the rest two.
func (n notation) digits(unit calc.Unit, values ...float64) int {
	most := 2
	switch unit.Kin() {
	case calc.Money:
		most = n.currency.Minor()
	case calc.Share:
		most = 1
	case calc.Points:
		most = 3
	}
	need := 0
	for _, value := range values {
		value = shown(unit, value)
		for need < most && math.Abs(value*math.Pow10(need)-math.Round(value*math.Pow10(need))) > 1e-6 {
			need++
		}
	}
	if need > 0 && unit.Kin() == calc.Money {
		return most
	}
	return need
}

// mostWritten is how many digits after the point of an input are kept at most.
const mostWritten = 6

// written is how many digits after the point inputs need that stand together: those
// that their author gave them. A number whose digits do not end, such as a monthly
// share carried over to the year, was written by nobody, and has those of any number.
func (n notation) written(unit calc.Unit, values ...float64) int {
	const precision, endless = 15, 12 // what a float64 holds for certain; more after the point is arithmetic
	need := 0
	for _, value := range values {
		text := strconv.FormatFloat(shown(unit, value), 'g', precision, 64)
		plain, _ := strconv.ParseFloat(text, 64)
		_, fraction, _ := strings.Cut(strconv.FormatFloat(plain, 'f', -1, 64), ".")
		if len(fraction) > endless {
			need = max(need, n.digits(unit, value))
		} else {
			need = max(need, n.trimmed(unit, value, min(len(fraction), mostWritten)))
		}
	}
	return need
}

// precise writes a number as a term of a calculation, with so many digits after the
// point as it has elsewhere, and as many more as it takes for whoever reckons with
// what is printed to reach the result.
func (n notation) precise(unit calc.Unit, value float64, digits int) string {
	size := math.Abs(shown(unit, value))
	return n.number(unit, value, n.trimmed(unit, value, max(digits, significant(size))))
}

// significant is how many digits after the point make five significant ones of a
// number above zero. A leading 1 is not counted, for five digits after it are known
// no better than four after a 9.
func significant(size float64) int {
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

// trimmed is how many of so many digits after the point remain without the zeros at
// the end of a number; of money those of its currency, or none.
func (n notation) trimmed(unit calc.Unit, value float64, digits int) int {
	_, fraction, _ := strings.Cut(strconv.FormatFloat(shown(unit, value), 'f', digits, 64), ".")
	digits = len(strings.TrimRight(fraction, "0"))
	if digits > 0 && unit.Kin() == calc.Money {
		return max(digits, n.currency.Minor())
	}
	return digits
}

// shown is the number that is written for a value: of shares and points the hundredfold.
func shown(unit calc.Unit, value float64) float64 {
	if unit == calc.Share || unit == calc.Points {
		return value * 100
	}
	return value
}

// resolve is the least number of digits after the point by which values can be told
// apart: the widest difference between them comes to so many units of the last
// digit. More than the values have, or are exported with, are none; money has those
// of its currency, or none.
func (n notation) resolve(unit calc.Unit, units float64, values ...float64) int {
	one := 1.0 // how much of it is written as 1
	most := unit.Digits(n.currency.Minor())
	if unit == calc.Share || unit == calc.Points {
		one, most = 1./100, most-2
	}
	apart := (slices.Max(values) - slices.Min(values)) / one
	if !(apart > 0) {
		return n.digits(unit, values...)
	}
	whole := func(digits int) bool { // but for rounding
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
	if digits > 0 && unit.Kin() == calc.Money {
		return n.currency.Minor()
	}
	return digits
}

// difference writes how far two numbers are apart, of shares in points, with that
// many digits after the point; or, where it would read as zero, with as many as show
// that it is not.
func (n notation) difference(unit calc.Unit, value float64, digits int) string {
	if unit == calc.Share {
		unit = calc.Points
	}
	size := math.Abs(shown(unit, value))
	if size*math.Pow10(digits) < 1./2 && size > 0 {
		for most := digits + 12; digits < most && size*math.Pow10(digits) < 1; {
			digits++
		}
		if unit.Kin() == calc.Money {
			digits = max(digits, n.currency.Minor())
		}
	}
	return n.number(unit, value, digits)
}

// number writes one number with that many digits after the point.
func (n notation) number(unit calc.Unit, value float64, digits int) string {
	switch {
	case math.IsNaN(value):
		return ""
	case math.IsInf(value, 1):
		return "forever"
	}
	switch unit.Kin() {
	case calc.Money:
		return n.currency.Format(value, digits)
	case calc.Share:
		return fixed(value*100, shyOfAll(value, digits)) + "%"
	case calc.Points:
		return fixed(value*100, digits) + " pp"
	}
	return fixed(value, digits)
}

// shyOfAll gives a share that is nearly all of it so many digits that it does not read
// as all, up to those that are exported.
func shyOfAll(share float64, digits int) int {
	const most = 4
	for digits < most && share != 1 && math.Round(share*100*math.Pow10(digits)) == 100*math.Pow10(digits) {
		digits++
	}
	return digits
}

// one writes a number by itself, with the digits that it needs.
func (n notation) one(unit calc.Unit, value float64) string {
	return n.number(unit, value, n.digits(unit, value))
}

// span writes a range as low–high, an exact one as its number.
func (n notation) span(unit calc.Unit, r calc.Range) string { return n.between(unit, r, n.digits) }

// given writes an input, a range or one number, with the digits that it was given.
func (n notation) given(unit calc.Unit, r calc.Range) string { return n.between(unit, r, n.written) }

// between writes a range with as many digits as its ends need. Of amounts both ends
// have the same.
func (n notation) between(unit calc.Unit, r calc.Range, digits func(calc.Unit, ...float64) int) string {
	one := func(value float64) string { return n.number(unit, value, digits(unit, value)) }
	if r.Exact() || math.IsNaN(r.Low) {
		return one(r.Likely)
	}
	if unit.Kin() != calc.Money {
		return ends(unit, one(r.Low), "–", one(r.High))
	}
	both := digits(unit, r.Low, r.High)
	return ends(unit, n.number(unit, r.Low, both), "–", n.number(unit, r.High, both))
}

// ends joins the two ends of a range. A currency that is written behind stands once.
func ends(unit calc.Unit, low, between, high string) string {
	if unit.Kin() == calc.Money {
		low = strings.TrimSuffix(low, high[strings.LastIndexAny(high, "0123456789")+1:])
	}
	return low + between + high
}

// fixed writes a number with that many digits after the point and its thousands
// grouped. A number other than zero never reads as zero.
func fixed(value float64, digits int) string {
	text := strconv.FormatFloat(value, 'f', digits, 64)
	if value != 0 && strings.Trim(text, "-0.") == "" {
		return strconv.FormatFloat(value, 'g', 2, 64)
	}
	whole, fraction, found := strings.Cut(text, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	if len(whole) > 21 {
		return strconv.FormatFloat(value, 'g', 6, 64)
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if found {
		fraction = "." + fraction
	}
	return sign + whole + fraction
}
