package whatif

import (
	"fmt"
	"math"
	"sync"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/churncost/churncost/calc"
)

// A distribution is what a number is drawn from.
type distribution interface {
	Quantile(u float64) float64
	CDF(x float64) float64
	Prob(x float64) float64 // the density
}

// distributionOf is the distribution of an input, before its bounds cut it off.
//
//	uniform     even from low to high
//	triangular  from low to high, peak at likely
//	pert        low + (high − low) × Beta(1 + 4p, 1 + 4(1 − p)),  p = (likely − low) ÷ (high − low)
//	normal      mean in the middle, so wide that the interval is low to high
//	lognormal   the same of the logarithm
//	beta        on 0 to 1, such that low and high are the ends of the central interval
//
// PERT is Malcolm, Roseboom, Clark & Fazar 1959, "Application of a technique for
// research and development program evaluation", in its beta form with weight 4.
func distributionOf(in *calc.Input) (distribution, error) {
	low, likely, high := in.Range.Low, in.Range.Likely, in.Range.High
	tail := (1 - in.Shape.Interval) / 2
	z := distuv.UnitNormal.Quantile(1 - tail)
	switch in.Shape.Kind {
	case calc.Triangular:
		return distuv.NewTriangle(low, high, likely, nil), nil
	case calc.PERT:
		const weight = 4
		p := (likely - low) / (high - low)
		return stretched{distuv.Beta{Alpha: 1 + weight*p, Beta: 1 + weight*(1-p)}, low, high - low}, nil
	case calc.Normal:
		return distuv.Normal{Mu: low + (high-low)/2, Sigma: (high - low) / 2 / z}, nil
	case calc.Lognormal:
		return lognormal{distuv.LogNormal{Mu: (math.Log(low) + math.Log(high)) / 2, Sigma: math.Log(high/low) / 2 / z}}, nil
	case calc.Beta:
		a, b, ok := fitBeta(low, high, tail)
		if !ok {
			return nil, &calc.Problem{Place: in.Place, Key: in.Key, Message: "no beta distribution has that interval", Hint: "choose another shape, such as pert"}
		}
		return distuv.Beta{Alpha: a, Beta: b}, nil
	}
	return distuv.Uniform{Min: low, Max: high}, nil
}

// Median is the number below which half of an unbounded shape lies, before the input's
// bounds cut it off. It is written out where it is plain, so that 100 to 900 has 300
// to the last digit, whatever the interval.
func Median(in *calc.Input) (float64, error) {
	low, high := in.Range.Low, in.Range.High
	switch in.Shape.Kind {
	case calc.Lognormal:
		return math.Sqrt(low) * math.Sqrt(high), nil
	case calc.Beta:
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

// lognormal is a lognormal distribution that knows that nothing lies below zero.
type lognormal struct{ distuv.LogNormal }

func (l lognormal) CDF(x float64) float64 { return l.LogNormal.CDF(max(x, 0)) }

// fitBeta finds the beta distribution on 0 to 1 of which a share tail lies below
// low, and as much above high, by Newton's method on the logarithms of its
// parameters.
func fitBeta(low, high, tail float64) (a, b float64, ok bool) {
	miss := func(x, y float64) (float64, float64) {
		a, b := math.Exp(x), math.Exp(y)
		return mathext.RegIncBeta(a, b, low) - tail, mathext.RegIncBeta(a, b, high) - (1 - tail)
	}
	// Begin with the beta that has the mean and the spread of a normal with that
	// interval.
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

// A curve turns even draws, between 0 and 1, into a number's: it is the inverse of
// the number's distribution function, cut off at the input's bounds. What is drawn
// outside is drawn again, which is the same as drawing from the part inside.
type curve struct {
	distribution
	from, inside float64 // the probability below the lower bound, and between the bounds
	least, most  float64
	table        *table // nil where the distribution is quick enough
}

// leastInside is how much of a distribution must lie within an input's bounds.
const leastInside = 1. / 1000

func newCurve(v calc.Variable) (*curve, error) {
	d, err := distributionOf(v.Input)
	if err != nil {
		return nil, err
	}
	c := &curve{distribution: d, from: d.CDF(v.Min), least: v.Min, most: v.Max}
	if v.MinOpen {
		c.least = math.Nextafter(v.Min, math.Inf(1))
	}
	if c.inside = d.CDF(v.Max) - c.from; c.inside < leastInside {
		return nil, &calc.Problem{Place: v.Input.Place, Key: v.Input.Key,
			Message: fmt.Sprintf("hardly any of the distribution of %s lies within the input's bounds", v.Input.Key), Hint: "choose another shape, or narrower ends"}
	}
	switch d.(type) {
	case distuv.Uniform, distuv.Triangle:
	default:
		c.table = tabled(c)
	}
	return c, nil
}

// Curves are those of a scenario's inputs, kept from one simulation to the next: to
// prepare one may take as long as thousands of draws from it.
type QuantileFunctions map[curveKey]*curve

// A curveKey is an input within bounds.
type curveKey struct {
	input       *calc.Input
	least, most float64
	open        bool
}

// of gives the curves of some variables, and keeps them. Those that are not there yet
// are prepared on all cores.
func (c QuantileFunctions) of(variables []calc.Variable) ([]*curve, error) {
	if c == nil {
		c = QuantileFunctions{}
	}
	keys, curves := make([]curveKey, len(variables)), make([]*curve, len(variables))
	var group sync.WaitGroup
	var failed failure
	for i, v := range variables {
		keys[i] = curveKey{v.Input, v.Min, v.Max, v.MinOpen}
		if curves[i] = c[keys[i]]; curves[i] != nil {
			continue
		}
		group.Go(func() {
			defer failed.recover()
			var err error
			if curves[i], err = newCurve(v); err != nil {
				failed.note(i, err)
			}
		})
	}
	group.Wait()
	if failed.fault != nil {
		panic(failed.fault)
	}
	if failed.err != nil {
		return nil, failed.err
	}
	for i, key := range keys {
		c[key] = curves[i]
	}
	return curves, nil
}

// at is the number that an even draw is turned into.
func (c *curve) at(u float64) float64 {
	return min(max(c.Quantile(c.from+u*c.inside), c.least), c.most)
}

// bend turns even draws into the number's.
func (c *curve) bend(even []float64) {
	if c.table != nil {
		c.table.bend(even)
		return
	}
	for i, u := range even {
		even[i] = c.at(u)
	}
}

// A table is a curve that is quick to look up. A curve may be infinitely steep at
// either end, where each halving of the distance to it looks like the one before;
// so the cells grow with that distance: 16 equal ones from each power of one half
// to the next. In a cell stands the cubic that has the curve's values and slopes
// at both ends. Beyond the last power the curve itself is asked.
type table struct {
	curve *curve
	cells [2 * sideCells]cubic // from the low end, and then from the high end
}

// A cubic is c₀ + s (c₁ + s (c₂ + s c₃)), for s from 0 to 1.
type cubic [4]float64

// The layout of a table. The exponent of a number and the cellBits after it, those
// that lead its fraction, say which cell it is in.
const (
	cellBits     = 4
	fractionBits = 52 - cellBits
	tablePowers  = 15                     // beyond them lies one draw in 2¹⁵
	tableEnd     = (1023 - 1) << cellBits // the cell of ½, which is the first beyond
	sideCells    = tablePowers << cellBits
	tableBegin   = tableEnd - sideCells

	one      = 1023 << 52 // the bits of 1, to which a fraction can be added
	fraction = 1<<52 - 1
)

// tabled makes the table of a curve.
func tabled(c *curve) *table {
	t := &table{curve: c}
	for side := range 2 {
		at := func(cell uint64) (u, value, slope float64) {
			u = math.Float64frombits(cell << fractionBits)
			value, slope = c.at(u), 1.
			if side == 1 {
				value, slope = c.at(1-u), -1
			}
			return u, value, slope * c.inside / c.Prob(value)
		}
		begin, from, fromSlope := at(tableBegin)
		for cell := range uint64(sideCells) {
			end, to, toSlope := at(tableBegin + cell + 1)
			width := end - begin
			t.cells[side*sideCells+int(cell)] = hermite(from, width*fromSlope, to, width*toSlope)
			begin, from, fromSlope = end, to, toSlope
		}
	}
	return t
}

// hermite is the cubic with given values and slopes at 0 and at 1.
func hermite(from, fromSlope, to, toSlope float64) cubic {
	rise := to - from
	return cubic{from, fromSlope, 3*rise - 2*fromSlope - toSlope, fromSlope + toSlope - 2*rise}
}

// bend turns even draws into the curve's.
func (t *table) bend(even []float64) {
	for i, u := range even {
		fromMiddle := 1./2 - u
		side := math.Float64bits(fromMiddle) >> 63 // no branch, which would go wrong every other time
		bits := math.Float64bits(1./2 - math.Abs(fromMiddle))
		cell := bits>>fractionBits - tableBegin
		if cell >= sideCells {
			even[i] = t.curve.at(u)
			continue
		}
		c, s := &t.cells[side*sideCells+cell], math.Float64frombits(one|bits<<cellBits&fraction)-1
		even[i] = c[0] + s*(c[1]+s*(c[2]+s*c[3]))
	}
}
