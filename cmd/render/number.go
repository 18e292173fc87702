package render

import (
	"math"
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
		return fixed(value*100, digits) + "%"
	case calc.Points:
		return fixed(value*100, digits) + " pp"
	}
	return fixed(value, digits)
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
