package survival

import "math"

// thirds are the parts of the periods of which a back-test fits two, rounded up.
const thirds = 3

// contenders are the tails that auto chooses from. Where two do equally well, the first is
// taken: where sBG has no fit, it is constant churn with the reason.
var contenders = [...]Tail{SBG, Geometric, BdW}

// choose finds the tail with the smallest back-test error, and the errors of all.
// Without enough periods to test on, it is the first.
func choose(seen []row) (best Tail, errors [len(contenders)]float64) {
	least := math.Inf(1)
	best = contenders[0]
	for i, tail := range contenders {
		errors[i], _ = backTest(seen, tail)
		if size := math.Abs(errors[i]); size < least {
			best, least = tail, size
		}
	}
	return best, errors
}

// backTest fits a tail to the first two thirds of the periods that Kaplan–Meier covers. It
// gives Σ predicted survivors ÷ Σ survivors − 1 over the periods held out, and the last
// period that it fits; NaN and 0 where none can be held out, or nothing is predicted.
func backTest(seen []row, tail Tail) (miss float64, last int) {
	kept := 0
	if len(seen) > 0 {
		limit := (2*seen[len(seen)-1].last + thirds - 1) / thirds
		for kept < len(seen) && seen[kept].last <= limit {
			kept++
		}
	}
	if kept == 0 || kept == len(seen) || tail == None {
		return math.NaN(), 0
	}
	m, _ := fitTail(seen[:kept], tail)
	last = seen[kept-1].last
	truth, predicted, share := 0., 0., 1.
	for i := kept; i < len(seen); i++ {
		r := &seen[i]
		for t := r.first; t <= r.last; t++ {
			share *= 1 - r.hazard()
			truth += share
			predicted += m.Conditional(float64(last), float64(t))
		}
	}
	if truth == 0 {
		return math.NaN(), 0
	}
	return predicted/truth - 1, last
}
