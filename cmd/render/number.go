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
		if unit == calc.Share || unit == calc.Points {
			value *= 100
		}
		for need < most && math.Abs(value*math.Pow10(need)-math.Round(value*math.Pow10(need))) > 1e-6 {
			need++
		}
	}
	if need > 0 && unit.Kin() == calc.Money {
		return most
	}
	return need
}

// resolve is the least number of digits after the point by which values can be told
// apart: the widest difference between them comes to so many units of the last
// digit. More than the values have, or are exported with, are none; money has those
// of its currency, or none.
func (n notation) resolve(unit calc.Unit, units float64, values ...float64) int {
	shown := 1.0 // how much of it is written as 1
	most := unit.Digits(n.currency.Minor())
	if unit == calc.Share || unit == calc.Points {
		shown, most = 1./100, most-2
	}
	apart := (slices.Max(values) - slices.Min(values)) / shown
	if !(apart > 0) {
		return n.digits(unit, values...)
	}
	whole := func(digits int) bool { // but for rounding
		scale := math.Pow10(digits)
		return !slices.ContainsFunc(values, func(value float64) bool {
			scaled := value / shown * scale
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
	shown := math.Abs(value)
	if unit == calc.Points {
		shown *= 100
	}
	if shown*math.Pow10(digits) < 1./2 && shown > 0 {
		for most := digits + 12; digits < most && shown*math.Pow10(digits) < 1; {
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

// span writes a range as low–high, an exact one as its number. Of amounts both
// ends have the same digits, and a currency that is written behind stands once.
func (n notation) span(unit calc.Unit, r calc.Range) string {
	if r.Exact() || math.IsNaN(r.Low) {
		return n.one(unit, r.Likely)
	}
	if unit.Kin() != calc.Money {
		return n.one(unit, r.Low) + "–" + n.one(unit, r.High)
	}
	digits := n.digits(unit, r.Low, r.High)
	low, high := n.number(unit, r.Low, digits), n.number(unit, r.High, digits)
	behind := high[strings.LastIndexAny(high, "0123456789")+1:]
	return strings.TrimSuffix(low, behind) + "–" + high
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
