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

// tableCells is into how many equal cells of probability a quantile function is
// tabled, and edgeCells how many at either end are computed exactly, for there
// it may be infinitely steep.
const (
	tableCells = 2048
	edgeCells  = 8
)

// A table is a quantile function that is quick to look up: between neighbouring
// cells a cubic that has its values and slopes.
type table struct {
	exact  quantile
	values []float64 // at the cells' ends
	slopes []float64 // per cell
}

// tabled makes a table of a quantile function.
func tabled(exact quantile) *table {
	t := &table{exact: exact, values: make([]float64, tableCells+1), slopes: make([]float64, tableCells+1)}
	for i := 1; i < tableCells; i++ {
		t.values[i] = exact(float64(i) / tableCells)
	}
	// The slope comes from two points close by, far closer than a cell is wide.
	const near = 1. / 64
	for i := 1; i < tableCells; i++ {
		u := float64(i)
		t.slopes[i] = (exact((u+near)/tableCells) - exact((u-near)/tableCells)) / (2 * near)
	}
	return t
}

// at looks a quantile up.
func (t *table) at(u float64) float64 {
	x := u * tableCells
	cell := int(x)
	if cell < edgeCells || cell >= tableCells-edgeCells {
		return t.exact(u)
	}
	s := x - float64(cell)
	before, after := t.values[cell], t.values[cell+1]
	from, to := t.slopes[cell], t.slopes[cell+1]
	rise := after - before
	return before + s*(from+s*(3*rise-2*from-to+s*(from+to-2*rise)))
}
