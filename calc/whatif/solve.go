package whatif

import (
	"math"

	"github.com/churncost/churncost/calc"
)

// searchSteps is into how many equal steps the searched range is cut: roots that
// a step separates are all found.
const searchSteps = 1024

// Tolerance is how near to a root the answer lies, as a share of the searched
// range.
const Tolerance = 1e-12

// A Root is a value of an input at which a figure reaches its target.
type Root struct {
	Value         float64
	Jump          bool    // whether the figure jumps across the target there
	Before, After float64 // of a jump: the figure on either side
}

// A Solution is what a search found.
type Solution struct {
	Low, High   float64 // the range searched
	Roots       []Root
	Least, Most float64 // the lowest and highest value of the figure in it
	Always      bool    // whether the figure equals the target throughout

	touched float64 // the last step at which the figure was just the target
}

// Solve finds the values of one input, given by its key, at which a figure
// reaches a target. It cuts the range into 1,024 equal steps and closes in on
// each that brackets the target, by bisection, until the bracket is a millionth
// of a millionth of the range; what is still apart then is a jump.
func Solve(w *World, metric Metric, target float64, key string, low, high float64) (*Solution, error) {
	number := w.find(key)
	if number < 0 {
		return nil, calc.Wrong(key, "%s is no number that the figure is computed from", key)
	}
	w.reset()
	defer w.reset()
	f := func(x float64) float64 { return w.at(number, x, metric) - target }
	s := &Solution{Low: low, High: high, Least: math.Inf(1), Most: math.Inf(-1), Always: true, touched: math.Inf(-1)}
	x := low
	y := f(x)
	s.see(y, target)
	if y == 0 {
		s.root(x)
	}
	for step := 1; step <= searchSteps; step++ {
		next := low + (high-low)*float64(step)/searchSteps
		z := f(next)
		s.see(z, target)
		switch {
		case z == 0:
			s.root(next)
		case y < 0 && z > 0 || y > 0 && z < 0:
			s.Roots = append(s.Roots, bracket(f, x, next, y, target, (high-low)*Tolerance))
		}
		x, y = next, z
	}
	if s.Always {
		s.Roots = nil
	}
	return s, nil
}

// at is the metric with one number changed, which stays so; NaN where it cannot
// be computed.
func (w *World) at(number int, value float64, metric Metric) float64 {
	w.put(number, value)
	if w.try() != nil {
		return math.NaN()
	}
	return w.figure(metric)
}

// see notes how far the figure goes.
func (s *Solution) see(y, target float64) {
	if math.IsNaN(y) {
		s.Always = false
		return
	}
	s.Least, s.Most = min(s.Least, y+target), max(s.Most, y+target)
	s.Always = s.Always && y == 0
}

// root notes a step at which the figure is just the target; of a stretch of
// them, the first.
func (s *Solution) root(x float64) {
	step := (s.High - s.Low) / searchSteps
	if len(s.Roots) == 0 || x-s.touched > step*(1+Tolerance) {
		s.Roots = append(s.Roots, Root{Value: x})
	}
	s.touched = x
}

// bracket closes in on a change of sign between x and next.
func bracket(f func(float64) float64, x, next, y, target, tolerance float64) Root {
	z := f(next)
	begin, end := math.Abs(y), math.Abs(z)
	for next-x > tolerance {
		middle := x + (next-x)/2
		if middle <= x || middle >= next {
			break
		}
		m := f(middle)
		switch {
		case m == 0:
			return Root{Value: middle}
		case math.IsNaN(m):
			return Root{Value: middle, Jump: true, Before: y + target, After: z + target}
		case (m < 0) == (y < 0):
			x, y = middle, m
		default:
			next, z = middle, m
		}
	}
	// Where the figure runs through the target it has come near by now; where it
	// jumps, the two sides are as far apart as ever.
	const near = 1e-6
	if gap := math.Abs(z - y); gap > near*max(begin, end, math.Abs(target)) {
		return Root{Value: next, Jump: true, Before: y + target, After: z + target}
	}
	return Root{Value: x + (next-x)/2}
}
