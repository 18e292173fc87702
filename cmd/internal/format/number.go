package format

import (
	"math"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/cell"
)

// number writes one number.
func number(n cell.Number) string {
	text := ""
	switch {
	case math.IsNaN(n.Value):
		return ""
	case math.IsInf(n.Value, 1):
		return "forever"
	case n.Unit.Kin() == quantity.Money:
		text = n.Currency.Format(n.Value, n.Digits)
	case n.Unit == quantity.Share:
		text = fixed(n.Value*100, n.Digits) + "%"
	case n.Unit == quantity.Points:
		text = fixed(n.Value*100, n.Digits) + " pp"
	case n.Unit == cell.Percent:
		text = fixed(n.Value, n.Digits) + "%"
	default:
		text = fixed(n.Value, n.Digits)
	}
	if n.Plus {
		return "+" + text
	}
	return text
}

// ranged writes a range. If the currency follows the number, it is written once.
func ranged(r cell.Range) string {
	low, high, between := number(r.Low), number(r.High), "–"
	if r.Low.Unit.Kin() == quantity.Money {
		low = strings.TrimSuffix(low, high[strings.LastIndexAny(high, "0123456789")+1:])
	}
	if r.InWords {
		between = " to "
	}
	return low + between + high
}

// estimate writes a number and its error. If both have a percent sign, it is written
// once.
func estimate(e cell.Estimate) string {
	value := number(e.Value)
	if e.Value.Unit == cell.Percent {
		value = strings.TrimSuffix(value, "%")
	}
	return value + " ± " + number(e.Error)
}

// fixed writes a number with that many digits after the point and its thousands grouped.
// A number that is not zero never reads as zero.
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
