package whatif

import "math"

// Percent is a change over the size of what it changed from, in percent; NaN for
// a change from zero, which has none.
func Percent(base, value float64) float64 {
	const hundred = 100
	switch {
	case base == value:
		return 0
	case base == 0:
		return math.NaN()
	}
	return (value - base) / math.Abs(base) * hundred
}
