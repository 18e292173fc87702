// Package whatif asks questions of any calculator: why a figure changed, how
// sure it is, what it depends on most, what would have to be true.
package whatif

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/bits"
	"slices"

	"github.com/churncost/churncost/calc"
)

// MostDiffering is how many inputs may differ for a change to be shared out
// among them exactly: each may be old or new, which makes 4,096 mixtures.
const MostDiffering = 12

// A Part is the share of a change that one input bears, or several that cannot
// be told apart.
type Part struct {
	Keys   []string
	Change float64
}

// Why shares the change of a figure out among the inputs that differ, by their
// Shapley values: what each adds, averaged over every order in which the inputs
// could have changed one after another, so that no order is favoured and the
// parts add up to the whole (L. S. Shapley, "A Value for n-Person Games", 1953).
// Where a mixture of old and new inputs cannot be computed, the inputs that
// stand in each other's way become one part. The metric is an index into the
// model's Metrics; it must be computable for both sides.
func Why(m *calc.Model, metric int, base, other calc.Inputs) ([]Part, error) {
	keys := Differing(m, base, other)
	if len(keys) > MostDiffering {
		return nil, fmt.Errorf("%d inputs differ, and a change can be shared out among at most %d", len(keys), MostDiffering)
	}
	groups := make([][]string, len(keys))
	for i, key := range keys {
		groups[i] = []string{key}
	}
	mixed := mixer{model: m, metric: metric, base: base, other: other, inputs: calc.Inputs{}}
	for {
		values, failed := mixed.values(groups)
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
// bears no part of any change.
func Differing(m *calc.Model, base, other calc.Inputs) []string {
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

// A mixer computes a figure from some inputs of one side and the rest of the
// other.
type mixer struct {
	model       *calc.Model
	metric      int
	base, other calc.Inputs
	inputs      calc.Inputs
	figures     []float64
}

// values computes the figure for every mixture: bit i of its number says whether
// group i is new. It lists the mixtures that cannot be computed.
func (x *mixer) values(groups [][]string) (values []float64, failed []uint) {
	values = make([]float64, 1<<len(groups))
	for mixture := range values {
		value, err := x.value(groups, uint(mixture))
		if err != nil || math.IsNaN(value) || math.IsInf(value, 0) {
			failed = append(failed, uint(mixture))
		}
		values[mixture] = value
	}
	return values, failed
}

func (x *mixer) value(groups [][]string, mixture uint) (float64, error) {
	clear(x.inputs)
	maps.Copy(x.inputs, x.base)
	for i, keys := range groups {
		if mixture>>i&1 == 0 {
			continue
		}
		for _, key := range keys {
			if delete(x.inputs, key); x.other[key] != nil {
				x.inputs[key] = x.other[key]
			}
		}
	}
	if err := x.model.Bind(x.inputs); err != nil {
		return 0, err
	}
	var err error
	if x.figures, err = x.model.Figures(x.figures[:0]); err != nil {
		return 0, err
	}
	return x.figures[x.metric], nil
}

// merge makes those two groups one that stand apart in the most mixtures that
// failed.
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

// Shapley gives the Shapley value of each of n players; values holds what every
// coalition is worth, bit i of its index saying whether player i is in it.
func Shapley(n int, values []float64) []float64 {
	// weight[s] is s! (n − s − 1)! ÷ n!, the share of the orders in which just s
	// others come before.
	weight := make([]float64, n)
	for s := range weight {
		weight[s] = 1 / (float64(n) * choose(n-1, s))
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

// choose is the number of ways to choose k of n.
func choose(n, k int) float64 {
	ways := 1.0
	for i := range k {
		ways = ways * float64(n-i) / float64(i+1)
	}
	return ways
}

// RoundTo rounds the parts so that they add up to the rounded whole to the last
// digit, by largest remainder: each is rounded down, and what is missing goes to
// those that lost most.
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
		step := 1
		if missing < 0 {
			step = -1
		}
		parts[order[turn%len(order)]].Change += float64(step)
		missing -= step
	}
	for i := range parts {
		parts[i].Change = parts[i].Change/scale + 0
	}
}
