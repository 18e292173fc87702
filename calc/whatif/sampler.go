package whatif

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// batchTrials is how many trials are drawn at a time: few enough for the values to
// stay in the processor's nearest memory.
const batchTrials = 256

// A sampler draws every ranged number of its bindings: uniform random numbers,
// correlated where that is asked for, put through each number's quantile function.
type sampler struct {
	bindings     *Bindings
	ranged       []int // the numbers that are ranges
	functions    []*quantileFunction
	correlated   []int // the indices in ranged of those that are
	factor       *mat.TriDense
	normal       []float64
	values       [][]float64 // of one batch, by index in ranged
	destinations []destination
}

// A destination is where the values of one ranged number go.
type destination struct {
	values []float64
	to     calc.Variable
}

// newSampler prepares the distributions of ranged numbers, except those that are
// known already.
func newSampler(b *Bindings, correlations []quantity.Correlation, known QuantileFunctions) (*sampler, error) {
	s := &sampler{ranged: b.ranged()}
	variables := make([]calc.Variable, len(s.ranged))
	for i, number := range s.ranged {
		variables[i] = b.numbers[number].Variable
	}
	var err error
	if s.functions, err = known.of(variables); err != nil {
		return nil, err
	}
	if err := s.correlate(variables, correlations); err != nil {
		return nil, err
	}
	return s.in(b), nil
}

// in is the same sampler for other bindings of the same scenario.
func (s *sampler) in(b *Bindings) *sampler {
	c := &sampler{bindings: b, ranged: s.ranged, functions: s.functions, correlated: s.correlated, factor: s.factor, normal: make([]float64, len(s.correlated))}
	for _, number := range c.ranged {
		values := make([]float64, batchTrials)
		c.values = append(c.values, values)
		for _, v := range b.numbers[number].in {
			c.destinations = append(c.destinations, destination{values, v})
		}
	}
	return c
}

// correlate prepares the correlations between variables: a Gaussian copula, in which
// the rank correlation ρ takes a correlation of the normals of 2 sin(πρ ÷ 6) (Pearson
// 1907, "On further methods of determining correlation"; for drawing, Iman & Conover
// 1982, "A distribution-free approach to inducing rank correlation among input
// variables"). It ignores correlations with what does not vary.
func (s *sampler) correlate(variables []calc.Variable, correlations []quantity.Correlation) error {
	indices := map[string]int{}
	for i, v := range variables {
		indices[v.Input.Key] = i
	}
	// index gives the row of a variable in the matrix, which has one for each that is
	// correlated.
	index := func(variable int) int {
		i := slices.Index(s.correlated, variable)
		if i < 0 {
			i = len(s.correlated)
			s.correlated = append(s.correlated, variable)
		}
		return i
	}
	matrix := mat.NewSymDense(max(1, len(variables)), nil)
	for i := range variables {
		matrix.SetSym(i, i, 1)
	}
	var last quantity.Place
	for _, c := range correlations {
		i, here := indices[c.Keys[0]]
		j, there := indices[c.Keys[1]]
		if here && there {
			// A little less than 1, because a rank correlation of 1 would make the matrix singular.
			const six, whole = 6, 1 - 1e-9
			matrix.SetSym(index(i), index(j), 2*math.Sin(math.Pi*c.Rank/six)*whole)
			last = c.Place
		}
	}
	if len(s.correlated) == 0 {
		return nil
	}
	var cholesky mat.Cholesky
	if !cholesky.Factorize(matrix.SliceSym(0, len(s.correlated))) {
		return &calc.Problem{Place: last, Message: "no numbers have all these correlations together", Hint: "bring them nearer to 0"}
	}
	s.factor = new(mat.TriDense)
	cholesky.LTo(s.factor)
	return nil
}

// draw draws the values of some trials, at most a batch.
func (s *sampler) draw(random *rand.PCG, trials int) {
	for _, values := range s.values {
		values = values[:trials]
		for j := range values {
			values[j] = uniform(random.Uint64())
		}
	}
	if s.factor != nil {
		for trial := range trials {
			s.correlateTrial(trial)
		}
	}
	for i, values := range s.values {
		s.functions[i].apply(values[:trials])
	}
}

// uniform turns 64 random bits into a number between 0 and 1, both excluded: the
// middle of one of 2⁵² equal steps. The bits become the fraction of a number from 1
// to 2, which is faster than a division.
func uniform(bits uint64) float64 {
	const halfStep = 1. / (1 << 53)
	return math.Float64frombits(one|bits>>12) - (1 - halfStep)
}

// leastUniform keeps correlated draws away from 0 and 1, where quantiles may be
// infinite.
const leastUniform = 1e-15

// correlateTrial correlates the uniform draws of one trial.
func (s *sampler) correlateTrial(trial int) {
	for i, j := range s.correlated {
		s.normal[i] = distuv.UnitNormal.Quantile(s.values[j][trial])
	}
	for i, j := range s.correlated {
		sum := 0.0
		for k := range i + 1 {
			sum += s.factor.At(i, k) * s.normal[k]
		}
		s.values[j][trial] = min(max(distuv.UnitNormal.CDF(sum), leastUniform), 1-leastUniform)
	}
}

// set sets every ranged number to its value in one trial.
func (s *sampler) set(trial int) {
	for i := range s.destinations {
		d := &s.destinations[i]
		d.to.Set(d.values[trial])
	}
}

// locate adds to an error the values at which it arose.
func (s *sampler) locate(err error, trial int) error {
	inputs, values := make([]*quantity.Input, len(s.ranged)), make([]float64, len(s.ranged))
	for i, number := range s.ranged {
		inputs[i], values[i] = s.bindings.numbers[number].Input, s.values[i][trial]
	}
	return calc.AtValues(err, inputs, values)
}

// stream is the random stream of one block. The seed and the number of the block are
// mixed, because streams with neighbouring states begin alike.
func stream(seed, block uint64) *rand.PCG {
	return rand.NewPCG(mix(seed+mix(block)), mix(block^mix(seed)))
}

// mix is one step of SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable
// pseudorandom number generators").
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
