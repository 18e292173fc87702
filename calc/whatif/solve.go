package whatif

import (
	"math"
	"strconv"

	"github.com/churncost/churncost/calc"
)

// searchSteps is into how many equal steps the searched range is cut: roots that
// a step separates are all found.
const searchSteps = 1024

// Tolerance is how near to a root the answer lies, as a share of the searched
// range.
const Tolerance = 1e-12

// A Root is a value of an input at which a figure reaches its target. Of a jump it
// is the first value behind it, until it is settled.
type Root struct {
	Value         float64
	Until         float64 // where the figure stays at the target for a stretch, the end of that; else the Value
	Jump          bool    // whether the figure jumps across the target there
	Before, After float64 // of a jump: the figure on either side
	Taken         float64 // of a jump: the one of them that the Value gives

	last float64 // of a jump: the last value before it
}

// A Solution is what a search found.
type Solution struct {
	Low, High   float64 // the range searched
	Roots       []Root
	Least, Most float64 // the lowest and highest value of the figure in it; infinite where there is none
	Always      bool    // whether the figure equals the target throughout
}

// Solve finds the values of one input, given by its key, at which a figure
// reaches a target, all others being at their likely values. It cuts the range
// into 1,024 equal steps and closes in by bisection on each across which the
// figure passes the target. A figure that passes it without coming near it
// jumps. One that only touches the target within a step, or passes it twice, is
// not seen to do so.
func Solve(w *Bindings, metric Metric, target float64, key string, low, high float64) (*Solution, error) {
	number := w.find(key)
	if number < 0 {
		return nil, calc.Wrong(key, "%s is no number that the figure is computed from", key)
	}
	w.reset()
	defer w.reset()
	s := &solver{target: target, step: (high - low) / searchSteps}
	s.miss = func(x float64) float64 { return w.at(number, x, metric) - target }
	return s.search(low, high), nil
}

// A Writing gives the nearest value to one that can be written, not below it or
// not above it; NaN where there is none.
type Writing func(value float64, up bool) float64

// Settle moves the roots of a solution, found by Solve for the same question, to
// values that can be written: whoever puts one back finds the figure where it was
// promised. A jump goes to the side on which the figure, coming from what it is
// today, has reached the target; where today is not known, or at the target, to
// the side behind it. Both ends of a stretch come to lie in it. A root that no
// written value is near enough to stays as it is.
func (s *Solution) Settle(w *Bindings, metric Metric, target float64, key string, today float64, written Writing) {
	number := w.find(key)
	w.reset()
	defer w.reset()
	miss := func(x float64) float64 { return w.at(number, x, metric) - target }
	for i := range s.Roots {
		r := &s.Roots[i]
		switch {
		case r.Jump:
			r.land(miss, today-target, written)
		case r.Until > r.Value:
			there := func(x float64) bool { return miss(x) == 0 }
			value, until := settled(r.Value, true, written, there), settled(r.Until, false, written, there)
			if value <= until {
				r.Value, r.Until = value, until
			}
		default:
			r.Value = s.nearest(r.Value, written)
			r.Until = r.Value
		}
	}
}

// land moves a jump to a written value on the side where the target is reached by
// a figure that lies so far above it today.
func (r *Root) land(miss func(x float64) float64, today float64, written Writing) {
	at, behind := r.Value, true
	if sameSide(miss(at), today) {
		at, behind = r.last, false
	}
	side := miss(at)
	value := settled(at, behind, written, func(x float64) bool { return miss(x) == 0 || sameSide(miss(x), side) })
	if math.IsNaN(value) {
		value = at
	}
	r.Value, r.Until, r.Taken = value, value, r.After
	if !behind {
		r.Taken = r.Before
	}
}

// sameSide tells whether two misses lie on one side of the target.
func sameSide(miss, other float64) bool { return miss > 0 && other > 0 || miss < 0 && other < 0 }

// settled is the first written value on one side of a place that is where it is
// wanted; NaN where none is near. What is written and what is computed are not the
// same to the last digit, so that the nearest may not be there yet.
func settled(at float64, up bool, written Writing, wanted func(x float64) bool) float64 {
	const tries = 4
	for range tries {
		value := written(at, up)
		if math.IsNaN(value) {
			break
		}
		for _, x := range [...]float64{plainly(value), value} {
			if wanted(x) {
				return x
			}
		}
		if at = value - math.Abs(value)*rounding; up {
			at = value + math.Abs(value)*rounding
		}
	}
	return math.NaN()
}

// plainly takes off a number what arithmetic left in its last digits, such as those
// of 0.30000000000000004.
func plainly(x float64) float64 {
	const digits = 15
	x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', digits, 64), 64)
	return x
}

// nearest is the written value that lies nearest to a root.
func (s *Solution) nearest(root float64, written Writing) float64 {
	if math.Abs(root) <= (s.High-s.Low)*Tolerance && s.Low <= 0 && 0 <= s.High {
		return 0 // to the tolerance
	}
	above, below := written(root, true), written(root, false)
	switch {
	case above-root <= root-below || math.IsNaN(below) && !math.IsNaN(above):
		return plainly(above)
	case !math.IsNaN(below):
		return plainly(below)
	}
	return root
}

// at is the metric with one number changed, which stays so; NaN where it cannot
// be computed.
func (w *Bindings) at(number int, value float64, metric Metric) float64 {
	w.put(number, value)
	if w.try() != nil {
		return math.NaN()
	}
	return w.figure(metric)
}

// A solver looks for where a function is zero: by how much the figure misses its
// target.
type solver struct {
	miss   func(x float64) float64
	target float64
	step   float64
}

// search walks from low to high, step by step.
func (s *solver) search(low, high float64) *Solution {
	found := &Solution{Low: low, High: high, Least: math.Inf(1), Most: math.Inf(-1), Always: true}
	x, y := math.NaN(), math.NaN() // the step before
	begin := math.NaN()            // where the figure came to the target, while it stays there
	for step := range searchSteps + 1 {
		next := low + (high-low)*float64(step)/searchSteps
		z := s.miss(next)
		if !math.IsNaN(z) {
			found.Least, found.Most = min(found.Least, z+s.target), max(found.Most, z+s.target)
		}
		found.Always = found.Always && z == 0
		switch {
		case z == 0 && y != 0:
			begin = s.edge(next, x)
		case z != 0 && y == 0:
			found.Roots = append(found.Roots, s.stretch(begin, s.edge(x, next), z))
		case y < 0 && z > 0, y > 0 && z < 0:
			found.Roots = append(found.Roots, s.bracket(x, next, y, z))
		}
		x, y = next, z
	}
	if y == 0 && !found.Always {
		found.Roots = append(found.Roots, s.stretch(begin, x, math.NaN()))
	}
	return found
}

// bisections is how often a bracket is halved at most: more often than numbers
// in it can be told apart, but for one that ends at zero.
const bisections = 100

// edge finds, between a place where the figure is at its target and one where it
// is not, the last where it is. The second is NaN at the end of the range.
func (s *solver) edge(at, off float64) float64 {
	if math.IsNaN(off) {
		return at
	}
	return s.lastWhere(func(miss float64) bool { return miss == 0 }, at, off)
}

// lastWhere finds, between a place where the miss is so and one where it is not,
// the last where it is.
func (s *solver) lastWhere(is func(miss float64) bool, at, off float64) float64 {
	for range bisections {
		middle := at + (off-at)/2
		if is(s.miss(middle)) {
			at = middle
		} else {
			off = middle
		}
	}
	return at
}

// rounding is what the last digits of a figure are worth, as a share of it.
const rounding = 1e-12

// stretch is the root that goes from one place to another; or the one place that
// they are but for rounding, where a step farther the figure misses by that much.
func (s *solver) stretch(from, until, farther float64) Root {
	width := until - from
	if width <= s.step*searchSteps*Tolerance || width*math.Abs(farther) <= s.step*rounding*math.Abs(s.target) {
		from += width / 2
		until = from
	}
	return Root{Value: from, Until: until}
}

// bracket closes in on a change of sign between x and next, where the misses are
// y and z.
func (s *solver) bracket(x, next, y, z float64) Root {
	far := max(math.Abs(y), math.Abs(z))
	for range bisections {
		middle := x + (next-x)/2
		m := s.miss(middle)
		switch {
		case m == 0:
			return s.stretch(s.edge(middle, x), s.edge(middle, next), far)
		case math.IsNaN(m): // between the two sides there is no figure
			x = s.lastWhere(func(miss float64) bool { return sameSide(miss, y) }, x, middle)
			next = s.lastWhere(func(miss float64) bool { return sameSide(miss, z) }, next, middle)
			return s.jump(x, next, s.miss(x), s.miss(next))
		case (m < 0) == (y < 0):
			x, y = middle, m
		default:
			next, z = middle, m
		}
	}
	// Where the figure runs through the target both sides have come near it by
	// now; where it jumps, they are apart as ever.
	const near = 1e-6
	if math.Abs(z-y) > near*far+rounding*math.Abs(s.target) {
		return s.jump(x, next, y, z)
	}
	return s.stretch(x, next, far)
}

// jump is the root between two places that are next to each other, or that only
// what is not given lies between, with what the figure misses there.
func (s *solver) jump(last, first, before, after float64) Root {
	return Root{Value: first, Until: first, Jump: true, Before: before + s.target, After: after + s.target, Taken: after + s.target, last: last}
}
