package survival

import "math"

// The search for the maximum. A distance is measured in standard errors, as the Newton
// decrement g′(−H)⁻¹g is the square of it.
const (
	mostSteps    = 100
	mostHalvings = 40
	longestStep  = 2     // of the logarithm of a parameter
	vanished     = 1e-16 // decrement at which the search ends
	accepted     = 1e-12 // decrement at which the gradient counts as zero where rounding allows no less
	noise        = 1e-14 // of a log-likelihood
	firstDamping = 1e-3
	moreDamping  = 10
)

// bounds are the logarithms of the parameters between which a maximum is looked for. A
// search that leaves them follows a likelihood without a maximum.
func bounds(tail Tail, i int) (low, high float64) {
	switch {
	case tail == BdW && i < 2:
		return logSmallest, logLargestBdW
	case tail == SBG:
		return logSmallest, logLargest
	case i == 0:
		return -logRarest, logLargest
	}
	return -logSteepest, logSteepest
}

// The logarithms of the bounds: 10⁻⁶, 10⁵, 10⁹, for churn 10⁻¹⁸ and for a shape 50. Beyond
// Alpha or Beta of 10⁵ BdW does not differ from Weibull in any digit that data can show.
const (
	logSmallest   = -13.815510557964274
	logLargestBdW = 11.512925464970229
	logLargest    = 20.72326583694641
	logRarest     = 41.44653167389282
	logSteepest   = 3.912023005428146
)

// maximize climbs from a start to the maximum of the likelihood, and says whether it got
// there. It is Newton's method, damped (Levenberg) where the likelihood is not concave, with
// steps halved until it rises. The parameter held keeps its value, and the others may then
// go as far as they like; -1 holds none.
func maximize(rows []row, tail Tail, at *vector, held int) (best slope, found bool) {
	best = likelihood(rows, tail, at)
	for range mostSteps {
		step, decrement, concave := newtonStep(&best, parameters(tail), held)
		if concave && decrement <= vanished {
			return best, true
		}
		next, moved := climb(rows, tail, at, &best, step)
		if !moved {
			return best, concave && decrement <= accepted
		}
		best = next
		for i := range parameters(tail) {
			if low, high := bounds(tail, i); held < 0 && (at[i] < low || at[i] > high) {
				return best, false
			}
		}
	}
	return best, false
}

// climb makes a step, halved until the likelihood rises, or stays as far as rounding shows
// while its gradient shrinks.
func climb(rows []row, tail Tail, at *vector, best *slope, step vector) (next slope, moved bool) {
	from := *at
	longest := math.Max(math.Abs(step[0]), math.Max(math.Abs(step[1]), math.Abs(step[2])))
	scale := 1.
	if longest > longestStep {
		scale = longestStep / longest
	}
	for range mostHalvings {
		for i := range at {
			at[i] = from[i] + scale*step[i]
		}
		if *at == from {
			break
		}
		next = likelihood(rows, tail, at)
		rounding := noise * math.Abs(best.value)
		if next.value > best.value+rounding || next.value > best.value-rounding && steepness(&next) < steepness(best)/2 {
			return next, true
		}
		scale /= 2
	}
	*at = from
	return *best, false
}

// steepness is the squared length of the gradient.
func steepness(s *slope) float64 {
	return s.first[0]*s.first[0] + s.first[1]*s.first[1] + s.first[2]*s.first[2]
}

// newtonStep solves −H × step = g by Cholesky's method, adding to the diagonal of −H until
// that works. It is concave if nothing had to be added.
func newtonStep(s *slope, count, held int) (step vector, decrement float64, concave bool) {
	damping := 0.
	for range mostHalvings {
		if step, decrement, ok := solve(s, count, held, damping); ok {
			return step, decrement, damping == 0
		}
		if damping == 0 {
			damping = firstDamping
		} else {
			damping *= moreDamping
		}
	}
	return vector{}, math.Inf(1), false
}

// solve is newtonStep with a given damping, relative to the largest second derivative.
func solve(s *slope, count, held int, damping float64) (step vector, decrement float64, ok bool) {
	largest := 0.
	for i := range count {
		largest = math.Max(largest, math.Abs(s.second[i][i]))
	}
	var l matrix
	var y vector
	for i := range count {
		if i == held {
			continue
		}
		residual := s.first[i]
		for j := range i {
			if j == held {
				continue
			}
			value := -s.second[i][j]
			for k := range j {
				value -= l[i][k] * l[j][k]
			}
			l[i][j] = value / l[j][j]
			residual -= l[i][j] * y[j]
		}
		pivot := damping*largest - s.second[i][i]
		whole := pivot
		for k := range i {
			pivot -= l[i][k] * l[i][k]
		}
		if !(pivot > noise*whole) || math.IsInf(pivot, 1) {
			return vector{}, 0, false
		}
		l[i][i] = math.Sqrt(pivot)
		y[i] = residual / l[i][i]
		decrement += y[i] * y[i]
	}
	for i := count - 1; i >= 0; i-- {
		if i == held {
			continue
		}
		value := y[i]
		for k := i + 1; k < count; k++ {
			value -= l[k][i] * step[k]
		}
		step[i] = value / l[i][i]
	}
	return step, decrement, !math.IsNaN(decrement)
}
