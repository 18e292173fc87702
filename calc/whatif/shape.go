package whatif

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/churncost/churncost/calc"
)

// A quantile is the inverse of a distribution function: it turns a number drawn
// evenly between 0 and 1 into one drawn from the distribution.
type quantile func(u float64) float64

// quantileOf is the distribution of an input, cut off at the input's bounds:
// what is drawn outside is drawn again, which is the same as drawing from the
// part inside.
func quantileOf(v calc.Variable) (quantile, error) {
	q, cdf, err := shaped(v.Input)
	if err != nil {
		return nil, err
	}
	low, high := 0.0, 1.0
	if !v.Input.Shape.Kind.Bounded() {
		if v.Min > math.Inf(-1) {
			low = cdf(v.Min)
		}
		if v.Max < math.Inf(1) {
			high = cdf(v.Max)
		}
	}
	if high-low < leastInside {
		return nil, &calc.Problem{Place: v.Input.Place, Key: v.Input.Key,
			Message: fmt.Sprintf("hardly any of the distribution of %s lies within the input's bounds", v.Input.Key), Hint: "choose another shape, or narrower ends"}
	}
	if low == 0 && high == 1 {
		return q, nil
	}
	return func(u float64) float64 { return min(max(q(low+u*(high-low)), v.Min), v.Max) }, nil
}

// leastInside is how much of a distribution must lie within an input's bounds.
const leastInside = 1. / 1000

// shaped gives the quantile function and the distribution function of an input.
//
//	uniform     even from low to high
//	triangular  from low to high, peak at likely
//	pert        low + (high − low) × Beta(1 + 4p, 1 + 4(1 − p)),  p = (likely − low) ÷ (high − low)
//	normal      mean in the middle, so wide that the interval is low to high
//	lognormal   the same of the logarithm
//	beta        on 0 to 1, such that low and high are the ends of the central interval
//
// PERT is Malcolm, Roseboom, Clark & Fazar 1959 in its beta form with weight 4.
func shaped(in *calc.Input) (q quantile, cdf func(float64) float64, err error) {
	low, likely, high := in.Range.Low, in.Range.Likely, in.Range.High
	width := high - low
	tail := (1 - in.Shape.Interval) / 2
	z := distuv.UnitNormal.Quantile(1 - tail)
	switch in.Shape.Kind {
	case calc.Triangular:
		rise := likely - low
		peak := rise / width
		return func(u float64) float64 {
			if u < peak {
				return low + math.Sqrt(u*width*rise)
			}
			return high - math.Sqrt((1-u)*width*(high-likely))
		}, nil, nil
	case calc.PERT:
		p := (likely - low) / width
		a, b := 1+4*p, 1+4*(1-p)
		return func(u float64) float64 { return low + width*mathext.InvRegIncBeta(a, b, u) }, nil, nil
	case calc.Normal:
		d := distuv.Normal{Mu: low + width/2, Sigma: width / 2 / z}
		return d.Quantile, d.CDF, nil
	case calc.Lognormal:
		d := distuv.LogNormal{Mu: (math.Log(low) + math.Log(high)) / 2, Sigma: math.Log(high/low) / 2 / z}
		return d.Quantile, d.CDF, nil
	case calc.Beta:
		a, b, ok := fitBeta(low, high, tail)
		if !ok {
			return nil, nil, &calc.Problem{Place: in.Place, Key: in.Key, Message: "no beta distribution has that interval", Hint: "choose another shape, such as pert"}
		}
		d := distuv.Beta{Alpha: a, Beta: b}
		return d.Quantile, d.CDF, nil
	}
	return func(u float64) float64 { return low + u*width }, nil, nil
}

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

// A curve turns even draws into a number's distribution.
type curve struct {
	table *table   // or
	exact quantile // which is quick enough
}

func newCurve(v calc.Variable) (curve, error) {
	q, err := quantileOf(v)
	if err != nil {
		return curve{}, err
	}
	switch v.Input.Shape.Kind {
	case calc.Uniform, calc.Triangular, "":
		return curve{exact: q}, nil
	}
	return curve{table: tabled(q)}, nil
}

// bend turns even draws into the number's.
func (c *curve) bend(even []float64) {
	if c.table != nil {
		c.table.bend(even)
		return
	}
	for i, u := range even {
		even[i] = c.exact(u)
	}
}

// A table is a quantile function that is quick to look up. A quantile function
// may be infinitely steep at either end, where each halving of the distance
// looks like the last; so the cells grow with their distance from the nearer
// end: 32 equal ones from each negative power of two to the next. In a cell stands
// the cubic that agrees with the function at both ends and two points between.
// Beyond the last power the function itself is asked.
type table struct {
	exact quantile
	cells [2][]cubic // from the low end, and from the high end
}

// A cubic is c₀ + s (c₁ + s (c₂ + s c₃)).
type cubic [4]float64

// The layout of a table: cellBits are the leading bits of a number's fraction
// that say which cell of its power of two it is in.
const (
	cellBits     = 5
	tablePowers  = 15 // beyond lie two of 2¹⁶ draws
	fractionBits = 52 - cellBits
	tableEnd     = (1023 - 1) << cellBits // the cell of ½, which is the first beyond the table
	tableBegin   = tableEnd - tablePowers<<cellBits
)

// tabled makes a table of a quantile function.
func tabled(exact quantile) *table {
	t := &table{exact: exact}
	for side := range t.cells {
		at := func(v float64) float64 {
			if side == 1 {
				v = 1 - v
			}
			return exact(v)
		}
		for cell := uint64(tableBegin); cell < tableEnd; cell++ {
			begin, end := math.Float64frombits(cell<<fractionBits), math.Float64frombits((cell+1)<<fractionBits)
			const third = 1. / 3
			width := end - begin
			t.cells[side] = append(t.cells[side], through(at(begin), at(begin+width*third), at(end-width*third), at(end)))
		}
	}
	return t
}

// through is the cubic with four given values at 0, ⅓, ⅔ and 1.
func through(a, b, c, d float64) cubic {
	b, c, d = b-a, c-a, d-a
	return cubic{a, 9*b - 9./2*c + d, -45./2*b + 18*c - 9./2*d, 27./2*b - 27./2*c + 9./2*d}
}

// bend replaces even draws by their quantiles.
func (t *table) bend(even []float64) {
	for i, u := range even {
		fromMiddle := 1./2 - u
		side := math.Float64bits(fromMiddle) >> 63 // without a branch, which would go wrong every second time
		bits := math.Float64bits(1./2 - math.Abs(fromMiddle))
		cells, cell := t.cells[side], bits>>fractionBits-tableBegin
		if cell >= uint64(len(cells)) {
			even[i] = t.exact(u)
			continue
		}
		c, s := &cells[cell], float64(int64(bits&(1<<fractionBits-1)))*(1./(1<<fractionBits))
		even[i] = c[0] + s*(c[1]+s*(c[2]+s*c[3]))
	}
}
