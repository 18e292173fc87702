package whatif

import (
	"fmt"
	"math"
	"runtime"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// A distribution is what a number is drawn from, without bounds.
type distribution interface {
	Quantile(u float64) float64
	CDF(x float64) float64
	Prob(x float64) float64 // the density
}

// distributionOf gives the distribution of an input, before the input's bounds cut
// it off.
//
//	uniform     from low to high
//	triangular  from low to high, peak at likely
//	pert        low + (high − low) × Beta(1 + 4p, 1 + 4(1 − p)),  p = (likely − low) ÷ (high − low)
//	normal      low and high are the ends of the central interval
//	lognormal   the logarithm is normal, with the same interval
//	beta        on 0 to 1, with the same interval
//
// PERT is Malcolm, Roseboom, Clark & Fazar 1959, "Application of a technique for
// research and development program evaluation", in its beta form with weight 4.
func distributionOf(in *quantity.Input) (distribution, error) {
	low, likely, high := in.Range.Low, in.Range.Likely, in.Range.High
	tail := (1 - in.Shape.Interval) / 2
	z := distuv.UnitNormal.Quantile(1 - tail)
	switch in.Shape.Kind {
	case quantity.Triangular:
		return distuv.NewTriangle(low, high, likely, nil), nil
	case quantity.PERT:
		const weight = 4
		p := (likely - low) / (high - low)
		return stretched{distuv.Beta{Alpha: 1 + weight*p, Beta: 1 + weight*(1-p)}, low, high - low}, nil
	case quantity.Normal:
		return distuv.Normal{Mu: low + (high-low)/2, Sigma: (high - low) / 2 / z}, nil
	case quantity.Lognormal:
		return lognormal{distuv.LogNormal{Mu: (math.Log(low) + math.Log(high)) / 2, Sigma: math.Log(high/low) / 2 / z}}, nil
	case quantity.Beta:
		a, b, ok := fitBeta(low, high, tail)
		if !ok {
			return nil, &calc.Problem{Place: in.Place, Key: in.Key, Message: "no beta distribution has that interval", Hint: "choose another shape, such as pert"}
		}
		return distuv.Beta{Alpha: a, Beta: b}, nil
	}
	return distuv.Uniform{Min: low, Max: high}, nil
}

// Median gives the median of a shape whose low and high are the ends of the central
// interval, before the input's bounds cut it off. Where there is a formula it is
// used, so that the lognormal from 100 to 900 has 300 to the last digit.
func Median(in *quantity.Input) (float64, error) {
	low, high := in.Range.Low, in.Range.High
	switch in.Shape.Kind {
	case quantity.Lognormal:
		return math.Sqrt(low) * math.Sqrt(high), nil
	case quantity.Beta:
		d, err := distributionOf(in)
		if err != nil {
			return 0, err
		}
		return d.Quantile(1. / 2), nil
	}
	return low + (high-low)/2, nil
}

// stretched is a beta distribution from low over a width, instead of from 0 to 1.
type stretched struct {
	beta       distuv.Beta
	low, width float64
}

func (s stretched) Quantile(u float64) float64 { return s.low + s.width*s.beta.Quantile(u) }

func (s stretched) CDF(x float64) float64 { return s.beta.CDF((x - s.low) / s.width) }

func (s stretched) Prob(x float64) float64 { return s.beta.Prob((x-s.low)/s.width) / s.width }

// lognormal is a lognormal distribution whose distribution function is 0 below zero.
type lognormal struct{ distuv.LogNormal }

func (l lognormal) CDF(x float64) float64 { return l.LogNormal.CDF(max(x, 0)) }

// fitBeta finds the beta distribution on 0 to 1 with a probability of tail below low
// and as much above high, by Newton's method on the logarithms of its parameters.
func fitBeta(low, high, tail float64) (a, b float64, ok bool) {
	miss := func(x, y float64) (float64, float64) {
		a, b := math.Exp(x), math.Exp(y)
		return mathext.RegIncBeta(a, b, low) - tail, mathext.RegIncBeta(a, b, high) - (1 - tail)
	}
	// Newton's method begins at the beta with the mean and the standard deviation of
	// the normal with that interval.
	mean := (low + high) / 2
	sigma := (high - low) / 2 / distuv.UnitNormal.Quantile(1-tail)
	size := max(mean*(1-mean)/(sigma*sigma)-1, 1)
	x, y := math.Log(mean*size), math.Log((1-mean)*size)
	const step, close, rounds = 1e-6, 1e-10, 100
	for range rounds {
		f, g := miss(x, y)
		if math.Abs(f)+math.Abs(g) < close {
			return math.Exp(x), math.Exp(y), true
		}
		fx, gx := miss(x+step, y)
		fy, gy := miss(x, y+step)
		fx, gx, fy, gy = (fx-f)/step, (gx-g)/step, (fy-f)/step, (gy-g)/step
		det := fx*gy - fy*gx
		if det == 0 || math.IsNaN(det) {
			return 0, 0, false
		}
		dx, dy := (f*gy-g*fy)/det, (g*fx-f*gx)/det
		damp := min(1, 1/max(math.Abs(dx), math.Abs(dy))) // one step changes a parameter e-fold at most
		x, y = x-damp*dx, y-damp*dy
	}
	return 0, 0, false
}

// A quantileFunction turns uniform draws, between 0 and 1, into values of a number:
// it is the inverse of the number's distribution function, cut off at the input's
// bounds. Cutting off gives the same distribution as drawing again whatever falls
// outside.
type quantileFunction struct {
	distribution
	from, inside float64 // the probability below the lower bound, and between the bounds
	least, most  float64
	table        *table // nil where the distribution is fast enough without
}

// leastInside is how much of a distribution must lie within an input's bounds.
const leastInside = 1. / 1000

func newQuantileFunction(v calc.Variable) (*quantileFunction, error) {
	d, err := distributionOf(v.Input)
	if err != nil {
		return nil, err
	}
	q := &quantileFunction{distribution: d, from: d.CDF(v.Min), least: v.Min, most: v.Max}
	if v.MinOpen {
		q.least = math.Nextafter(v.Min, math.Inf(1))
	}
	if q.inside = d.CDF(v.Max) - q.from; q.inside < leastInside {
		return nil, &calc.Problem{Place: v.Input.Place, Key: v.Input.Key,
			Message: fmt.Sprintf("hardly any of the distribution of %s lies within the input's bounds", v.Input.Key), Hint: "choose another shape, or narrower ends"}
	}
	switch d.(type) {
	case distuv.Uniform, distuv.Triangle:
	default:
		q.table = newTable(q)
	}
	return q, nil
}

// QuantileFunctions are kept from one simulation to the next: to prepare one may take
// as long as thousands of draws from it.
type QuantileFunctions map[bounded]*quantileFunction

// A bounded range is what a quantile function depends on.
type bounded struct {
	quantity.Range
	quantity.Shape
	least, most float64
	open        bool
}

// of gives the quantile functions of some variables. It prepares the missing ones on
// all cores, and keeps them.
func (known QuantileFunctions) of(variables []calc.Variable) ([]*quantileFunction, error) {
	if known == nil {
		known = QuantileFunctions{}
	}
	key := func(v calc.Variable) bounded {
		return bounded{v.Input.Range, v.Input.Shape, v.Min, v.Max, v.MinOpen}
	}
	functions := make([]*quantileFunction, len(variables))
	if err := forEach(runtime.GOMAXPROCS(0), len(variables), func(_, i int) (err error) {
		if functions[i] = known[key(variables[i])]; functions[i] == nil {
			functions[i], err = newQuantileFunction(variables[i])
		}
		return err
	}); err != nil {
		return nil, err
	}
	for i, v := range variables {
		known[key(v)] = functions[i]
	}
	return functions, nil
}

// at gives the value for one uniform draw.
func (q *quantileFunction) at(u float64) float64 {
	return min(max(q.Quantile(q.from+u*q.inside), q.least), q.most)
}

// apply replaces uniform draws by their values.
func (q *quantileFunction) apply(draws []float64) {
	if q.table != nil {
		q.table.apply(draws)
		return
	}
	for i, u := range draws {
		draws[i] = q.at(u)
	}
}

// A table is a fast approximation of a quantile function. The function may be
// infinitely steep at either end, where each halving of the distance from the end
// looks like the one before. So cells grow with that distance: 16 equal ones from
// each power of one half to the next. Each cell holds the cubic with the function's
// values and slopes at both its ends. Beyond the last power the function itself is
// used.
type table struct {
	function *quantileFunction
	cells    [2][sideCells]cubic // from the low end, and from the high end
}

// A cubic is c₀ + s (c₁ + s (c₂ + s c₃)), for s from 0 to 1.
type cubic [4]float64

// The layout of a table. The exponent of a number and the first cellBits of its
// fraction say which cell it is in.
const (
	cellBits     = 4
	fractionBits = 52 - cellBits
	tablePowers  = 15                     // one draw in 2¹⁵ lies beyond them
	tableEnd     = (1023 - 1) << cellBits // the cell of ½, the first beyond the table
	sideCells    = tablePowers << cellBits
	tableBegin   = tableEnd - sideCells

	one      = 1023 << 52 // the bits of 1, to which a fraction can be added
	fraction = 1<<52 - 1
)

func newTable(q *quantileFunction) *table {
	t := &table{function: q}
	for side := range t.cells {
		at := func(cell uint64) (u, value, slope float64) {
			u = math.Float64frombits(cell << fractionBits)
			value, slope = q.at(u), 1.
			if side == 1 {
				value, slope = q.at(1-u), -1
			}
			return u, value, slope * q.inside / q.Prob(value)
		}
		begin, from, fromSlope := at(tableBegin)
		for cell := range t.cells[side] {
			end, to, toSlope := at(tableBegin + uint64(cell) + 1)
			width := end - begin
			t.cells[side][cell] = hermite(from, width*fromSlope, to, width*toSlope)
			begin, from, fromSlope = end, to, toSlope
		}
	}
	return t
}

// hermite gives the cubic with given values and slopes at 0 and at 1.
func hermite(from, fromSlope, to, toSlope float64) cubic {
	rise := to - from
	return cubic{from, fromSlope, 3*rise - 2*fromSlope - toSlope, fromSlope + toSlope - 2*rise}
}

// apply replaces uniform draws by their values.
func (t *table) apply(draws []float64) {
	for i, u := range draws {
		fromMiddle := 1./2 - u
		side := math.Float64bits(fromMiddle) >> 63 // a branch would be guessed wrong every other time
		bits := math.Float64bits(1./2 - math.Abs(fromMiddle))
		cell := bits>>fractionBits - tableBegin
		if cell >= sideCells {
			draws[i] = t.function.at(u)
			continue
		}
		c, s := &t.cells[side][cell], math.Float64frombits(one|bits<<cellBits&fraction)-1
		draws[i] = c[0] + s*(c[1]+s*(c[2]+s*c[3]))
	}
}
