package whatif

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/bits"
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// MostDiffering is how many inputs may differ for a change to be shared out
// among them exactly: each may be old or new, which makes 4,096 mixtures.
const MostDiffering = 12

// Percent is a change in percent of the size of what it changed from; NaN for a
// change from zero.
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

// A Part is the part of a change that one input causes, or several that cannot be
// separated.
type Part struct {
	Keys   []string
	Change float64
}

// Why shares the change of a figure out among the inputs that differ, by their
// Shapley values: what each adds, averaged over every order in which the inputs
// could have changed one after another, so that no order is favoured and the
// parts add up to the whole (L. S. Shapley, "A Value for n-Person Games", 1953).
// Where a mixture of old and new inputs cannot be computed, the inputs that
// exclude each other become one part. The metric is an index into the model's
// Metrics. With n parts it computes the model 2ⁿ times.
func Why(m *calc.Model, metric int, base, other quantity.Inputs) ([]Part, error) {
	keys := Differing(m, base, other)
	if len(keys) > MostDiffering {
		return nil, fmt.Errorf("%d inputs differ, and a change can be shared out among at most %d", len(keys), MostDiffering)
	}
	groups := make([][]string, len(keys))
	for i, key := range keys {
		groups[i] = []string{key}
	}
	for {
		values, failed := mixtures(m, metric, base, other, groups)
		if len(failed) > 0 && len(groups) > 1 {
			groups = merge(groups, failed)
			continue
		}
		if len(failed) > 0 {
			return nil, fmt.Errorf("the figure cannot be computed on both sides")
		}
		parts := make([]Part, len(groups))
		for i, share := range Shapley(len(groups), values) {
			parts[i] = Part{groups[i], share}
		}
		slices.SortStableFunc(parts, func(a, b Part) int { return cmp.Compare(math.Abs(b.Change), math.Abs(a.Change)) })
		return parts, nil
	}
}

// Differing lists the inputs of a model that two scenarios give differently, in
// order of their keys. A whole list is one input. What the model does not ask for
// is not listed.
func Differing(m *calc.Model, base, other quantity.Inputs) []string {
	var keys []string
	for key, in := range base {
		if !in.Same(other[key]) && m.Asks(key) {
			keys = append(keys, key)
		}
	}
	for key := range other {
		if base[key] == nil && m.Asks(key) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// mixtures computes the figure for every mixture of old and new inputs: bit i of its
// number says whether group i is new. It lists the mixtures that cannot be computed.
func mixtures(m *calc.Model, metric int, base, other quantity.Inputs, groups [][]string) (values []float64, failed []uint) {
	values = make([]float64, 1<<len(groups))
	inputs := quantity.Inputs{}
	for mixture := range values {
		clear(inputs)
		maps.Copy(inputs, base)
		for i, keys := range groups {
			for _, key := range keys {
				if mixture>>i&1 == 1 {
					inputs[key] = other[key]
				}
				if inputs[key] == nil {
					delete(inputs, key)
				}
			}
		}
		err := m.Bind(inputs)
		if err == nil {
			err = m.Try()
		}
		if err == nil {
			values[mixture] = m.Tried(metric)
		}
		if err != nil || !finite(values[mixture]) {
			failed = append(failed, uint(mixture))
		}
	}
	return values, failed
}

// merge merges the two groups that are on different sides in most of the mixtures
// that failed.
func merge(groups [][]string, failed []uint) [][]string {
	first, second, most := 0, 1, -1
	for i := range groups {
		for j := i + 1; j < len(groups); j++ {
			apart := 0
			for _, mixture := range failed {
				if mixture>>i&1 != mixture>>j&1 {
					apart++
				}
			}
			if apart > most {
				first, second, most = i, j, apart
			}
		}
	}
	merged := slices.Clone(groups)
	merged[first] = slices.Concat(groups[first], groups[second])
	slices.Sort(merged[first])
	return slices.Delete(merged, second, second+1)
}

// Shapley gives the Shapley value of each of n players. values holds what every
// coalition is worth; bit i of its index says whether player i is in it.
func Shapley(n int, values []float64) []float64 {
	// weight[s] is s! (n − s − 1)! ÷ n!, the share of the orders in which a given
	// coalition of s comes first and the player next.
	weight, ways := make([]float64, n), 1.0 // ways is how many coalitions of s others there are
	for s := range weight {
		weight[s] = 1 / (float64(n) * ways)
		ways = ways * float64(n-1-s) / float64(s+1)
	}
	shares := make([]float64, n)
	for coalition := range values {
		size := bits.OnesCount(uint(coalition))
		for i := range shares {
			if coalition>>i&1 == 0 {
				shares[i] += weight[size] * (values[coalition|1<<i] - values[coalition])
			}
		}
	}
	return shares
}

// RoundTo rounds the parts to so many digits after the point, and so that they add
// up to the rounded whole. It uses the largest remainders: each part is rounded down,
// and what is missing goes to those that lost most.
func RoundTo(parts []Part, whole float64, digits int) {
	scale := math.Pow10(digits)
	missing := int(math.Round(whole * scale))
	remainders := make([]float64, len(parts))
	order := make([]int, len(parts))
	for i := range parts {
		scaled := parts[i].Change * scale
		down := math.Floor(scaled)
		remainders[i], order[i] = scaled-down, i
		missing -= int(down)
		parts[i].Change = down
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(remainders[b], remainders[a]) })
	for turn := 0; missing != 0 && len(order) > 0; turn++ {
		step := cmp.Compare(missing, 0)
		parts[order[turn%len(order)]].Change += float64(step)
		missing -= step
	}
	for i := range parts {
		parts[i].Change = parts[i].Change/scale + 0
	}
}
