package survival

import "math"

// critical is the 97.5 % quantile of the normal distribution. Its square, 3.8415, is the
// 95 % quantile of χ² with one degree of freedom.
const critical = 1.959963984540054

// The search for an end of an interval: the first step away from the estimate in its
// logarithm, how near the end must be in standard errors, and the most steps to it.
const (
	firstStep    = 1. / 16
	nearEnough   = 1e-9
	mostSections = 60
)

// A Parameter is an estimate with its 95 % interval by profile likelihood: the values that
// a likelihood-ratio test does not refuse, whatever the other parameters are. Low is 0 and
// High infinite where the interval is open.
type Parameter struct {
	Name             string // as published: alpha and beta of sBG, gamma, delta and shape of BdW; churn
	Value, Low, High float64
}

// estimates lists the parameters of a fitted model with their intervals.
func estimates(rows []row, m *Model) []Parameter {
	var list []Parameter
	churn := func(rate float64) float64 { return -math.Expm1(-rate) }
	switch m.Tail {
	case SBG:
		at := vector{math.Log(m.Alpha), math.Log(m.Beta)}
		return append(list, profile(rows, SBG, at, 0, "alpha"), profile(rows, SBG, at, 1, "beta"))
	case BdW:
		at := vector{math.Log(m.Alpha), math.Log(m.Beta), math.Log(m.Shape)}
		return append(list, profile(rows, BdW, at, 0, "gamma"), profile(rows, BdW, at, 1, "delta"), profile(rows, BdW, at, 2, "shape"))
	case Weibull, Geometric:
		at := vector{math.Log(-math.Log1p(-m.Alpha)), math.Log(m.shape())}
		if m.Alpha < 1 {
			p := profile(rows, m.Tail, at, 0, "churn")
			list = append(list, Parameter{p.Name, m.Alpha, churn(p.Low), churn(p.High)})
		}
		if m.Tail == Weibull {
			list = append(list, profile(rows, Weibull, at, 1, "shape"))
		}
		return list
	case None:
		return nil
	}
	if atRisk, lost := totals(rows); lost == 0 {
		return append(list, Parameter{"churn", 0, 0, unseen(atRisk)})
	}
	return nil
}

// unlikely is the chance that an upper bound of 95 % is too low.
const unlikely = 0.05

// unseen is the 95 % upper bound on churn where nobody was lost of so many at risk:
// 1 − 0.05^(1/N).
func unseen(atRisk float64) float64 { return -math.Expm1(math.Log(unlikely) / atRisk) }

// profile is the estimate of one parameter with its interval.
func profile(rows []row, tail Tail, at vector, which int, name string) Parameter {
	return Parameter{name, math.Exp(at[which]), math.Exp(end(rows, tail, at, which, -1)), math.Exp(end(rows, tail, at, which, 1))}
}

// end is the logarithm of an end of the interval; infinite where it is open.
func end(rows []row, tail Tail, at vector, which int, side float64) float64 {
	// Geometric is Weibull with the shape 1, which is then not optimized.
	alone := tail == Geometric
	if alone {
		tail = Weibull
	}
	top := likelihood(rows, tail, &at).value
	// beyond is how many standard errors a value lies outside the interval.
	beyond := func(x float64) float64 {
		at[which] = x
		trial, value := at, 0.
		if alone {
			value = likelihood(rows, tail, &trial).value
		} else {
			best, _ := maximize(rows, tail, &trial, which)
			value = best.value
		}
		distance := math.Sqrt(2*math.Max(0, top-value)) - critical
		if distance < 0 {
			at = trial
		}
		return distance
	}
	low, high := bounds(tail, which)
	within, below, step := at[which], -critical, firstStep
	outside, above := within, 0.
	for {
		outside = math.Max(low, math.Min(high, within+side*step))
		if above = beyond(outside); !(above <= 0) {
			break
		}
		if outside == low || outside == high {
			return math.Inf(int(side))
		}
		within, below, step = outside, above, 2*step
	}
	return cross(beyond, within, below, outside, above)
}

// cross finds where a function crosses 0 between two places, by false position with the
// Illinois correction.
func cross(f func(float64) float64, a, atA, b, atB float64) float64 {
	last := 0.
	for range mostSections {
		x := (a*atB - b*atA) / (atB - atA)
		if math.IsInf(atB, 1) || math.IsNaN(x) {
			x = (a + b) / 2
		}
		y := f(x)
		if math.Abs(y) < nearEnough {
			return x
		}
		if y < 0 {
			a, atA = x, y
			if last < 0 {
				atB /= 2
			}
		} else {
			b, atB = x, y
			if last > 0 {
				atA /= 2
			}
		}
		last = y
	}
	return a
}

// A Test is a likelihood-ratio test: twice the difference of two log-likelihoods, and how
// often chance alone would give as much. NaN where one of the two models was not fitted.
type Test struct{ Ratio, P float64 }

// chiSquare tests against χ² with one degree of freedom.
func chiSquare(larger, smaller float64) Test {
	ratio := math.Max(0, 2*(larger-smaller))
	return Test{ratio, math.Erfc(math.Sqrt(ratio / 2))}
}

// halfAndHalf tests against the half-half mixture of 0 and χ² with one degree of freedom,
// which holds where the smaller model lies on the edge of the larger (Self & Liang 1987).
func halfAndHalf(larger, smaller float64) Test {
	t := chiSquare(larger, smaller)
	if t.Ratio > 0 {
		t.P /= 2
	}
	return t
}
