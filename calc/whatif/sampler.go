package whatif

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/extremes"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif/draw"
)

// batchTrials is how many trials are drawn at a time: few enough for the values to
// stay in the processor's nearest memory.
const batchTrials = 256

// A sampler draws every ranged number of its bindings: uniform random numbers,
// correlated where that is asked for, put through each number's quantile function. It
// also draws every list of counts anew: each number from the binomial distribution of
// which what was counted is the mean.
type sampler struct {
	bindings     *Bindings
	ranged       []int // the numbers that are ranges
	functions    []*quantileFunction
	correlated   []int // the indices in ranged of those that are
	factor       *mat.TriDense
	normal       []float64
	counts       []count
	values       [][]float64 // of one batch, by index in ranged; then by row of each list of counts
	destinations []destination
}

// A count is a list of counts.
type count struct {
	number, from int // among the numbers; its first row among the values
	rows         []*draw.Binomial
	now          []float64 // in one trial
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
	rows := len(s.ranged)
	for _, number := range b.counted() {
		v := &b.numbers[number].Variable
		c := count{number: number, from: rows, rows: make([]*draw.Binomial, len(v.Trials))}
		for i := range c.rows {
			n := v.Trials[i].Range.Likely
			c.rows[i] = draw.NewBinomial(n, v.Input.List[i].Range.Likely/n)
		}
		s.counts, rows = append(s.counts, c), rows+len(c.rows)
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
	for _, list := range s.counts {
		list.now = make([]float64, len(list.rows))
		c.counts = append(c.counts, list)
		for range list.rows {
			c.values = append(c.values, make([]float64, batchTrials))
		}
	}
	return c
}

// drawn lists the numbers that are drawn.
func (s *sampler) drawn() []int {
	numbers := slices.Clone(s.ranged)
	for i := range s.counts {
		numbers = append(numbers, s.counts[i].number)
	}
	return numbers
}

// rowsOf are the values of the drawn number with that index.
func (s *sampler) rowsOf(index int) [][]float64 {
	if index < len(s.ranged) {
		return s.values[index : index+1]
	}
	c := &s.counts[index-len(s.ranged)]
	return s.values[c.from : c.from+len(c.rows)]
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
			values[j] = draw.Uniform(random.Uint64())
		}
	}
	if s.factor != nil {
		for trial := range trials {
			s.correlateTrial(trial)
		}
	}
	for i, values := range s.values[:len(s.ranged)] {
		s.functions[i].apply(values[:trials])
	}
	for i := range s.counts {
		for row, values := range s.rowsOf(len(s.ranged) + i) {
			for j, u := range values[:trials] {
				values[j] = s.counts[i].rows[row].Quantile(u)
			}
		}
	}
}

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
		s.values[j][trial] = min(max(distuv.UnitNormal.CDF(sum), draw.Least), 1-draw.Least)
	}
}

// set sets every drawn number to its value in one trial.
func (s *sampler) set(trial int) {
	for i := range s.destinations {
		d := &s.destinations[i]
		d.to.Set(d.values[trial])
	}
	for i := range s.counts {
		c := &s.counts[i]
		for row, values := range s.rowsOf(len(s.ranged) + i) {
			c.now[row] = values[trial]
		}
		in := s.bindings.numbers[c.number].in
		for j := range in {
			in[j].SetAll(c.now)
		}
	}
}

// locate adds to an error the values at which it arose.
func (s *sampler) locate(err error, trial int) error {
	inputs, values := make([]*quantity.Input, len(s.ranged)), make([]float64, len(s.ranged))
	for i, number := range s.ranged {
		inputs[i], values[i] = s.bindings.numbers[number].Input, s.values[i][trial]
	}
	return extremes.AtValues(err, inputs, values)
}
