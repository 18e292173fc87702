package number

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// mostPoints is the most values that one range may be divided into.
const mostPoints = 1000

// Interpolate divides a range, written LOW..HIGH/POINTS, into that many values. They
// include both ends, and are written in the same way as the ends. An error is an *Error.
func Interpolate(f *calc.Field, text string) (values []string, err error) {
	if len(text) > longest {
		return nil, tooLong(text)
	}
	bad := wrong(fmt.Sprintf("write LOW..HIGH/POINTS, such as 70%%..90%%/5, with 2 to %d points", mostPoints), "%q is not a range with a number of points", text)
	span, points, _ := strings.Cut(text, "/")
	count, err := strconv.Atoi(strings.TrimSpace(points))
	low, high, found := strings.Cut(span, "..")
	if err != nil || !found || count < 2 || count > mostPoints || strings.Contains(high, "..") {
		return nil, bad
	}
	high, unit, _ := strings.Cut(strings.TrimSpace(high), " ")
	low = strings.TrimSpace(low)
	from, err := quantity.ParseNumeral(low)
	if err != nil {
		return nil, bad
	}
	to, err := quantity.ParseNumeral(high)
	if err != nil || from.Suffix != to.Suffix {
		return nil, bad
	}
	for _, bound := range [...]string{low, high} {
		if thousand, decimal, both := f.Unit.TwoReadings(bound); both {
			return nil, wrong("write "+thousand+", or "+decimal, twoReadings, bound)
		}
	}
	for i := range count {
		value := from.Value + (to.Value-from.Value)*float64(i)/float64(count-1)
		if from.Suffix != "" {
			value *= 100
		}
		text := clearly(f, strconv.FormatFloat(quantity.Ratio.Round(value, 0), 'f', -1, 64))
		values = append(values, strings.TrimSpace(text+from.Suffix+" "+unit))
	}
	return values, nil
}
