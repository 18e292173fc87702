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

// A Goal says which figure is to reach which target, and by which input.
type Goal struct {
	Metric    Metric
	Target    float64
	Key       string  // of the input
	Low, High float64 // the range that is searched
	Today     float64 // what the figure is today; NaN where that is not known
	Written   Writing // where it is nil, roots stay as they are found
}

// A Writing gives the nearest value to one that can be written, not below it or
// not above it; NaN where there is none.
type Writing func(value float64, up bool) float64

// A Root is a value of the input at which the figure reaches its target.
type Root struct {
	Value         float64
	Until         float64 // where the figure stays at the target for a stretch, the end of that; else the Value
	Jump          bool    // whether the figure jumps across the target there
	Before, After float64 // of a jump: the figure on either side
	Taken         float64 // of a jump: Before or After, the metric at Value

	last float64 // of a jump: the last value before it
}

// A Solution is what a search found.
type Solution struct {
	Low, High   float64 // the range searched
	Roots       []Root
	Least, Most float64 // the lowest and highest value of the figure in it; infinite where there is none
	Always      bool    // whether the figure equals the target throughout
}

// Solve finds the values of one input at which a figure reaches a target, all other
// inputs being at their likely values. It cuts the range into 1,024 equal steps and
// bisects each across which the figure passes the target. A figure that passes it
// without coming near it jumps. One that only touches the target within a step, or
// passes it twice, is not seen to do so. It computes the figure 1,025 times, and
// about 50 to 150 times more for each root.
//
// Roots move to values that can be written, so that the scenario with such a value
// gives what was promised. A jump goes to the side on which the figure, coming from
// what it is today, has reached the target; where today is not known, or at the
// target, to the side after it. Both ends of a stretch move into it. A root without a
// written value near enough stays as it is.
func Solve(b *Bindings, goal Goal) (*Solution, error) {
	number := b.find(goal.Key)
	if number < 0 {
		return nil, calc.Wrong(goal.Key, "%s is no number that the figure is computed from", goal.Key)
	}
	b.reset()
	s := &solver{Goal: goal, miss: func(x float64) float64 { return b.at(number, x, goal.Metric) - goal.Target }}
	found := s.search()
	if goal.Written != nil {
		for i := range found.Roots {
			s.settle(&found.Roots[i])
		}
	}
	return found, nil
}

// A solver looks for where a function is zero: by how much the figure misses its
// target.
type solver struct {
	Goal
	miss func(x float64) float64
}

// search goes from low to high, step by step.
func (s *solver) search() *Solution {
	found := &Solution{Low: s.Low, High: s.High, Least: math.Inf(1), Most: math.Inf(-1), Always: true}
	x, y, begin := s.Low, math.NaN(), math.NaN() // the step before, and where the figure came to the target, while it stays there
	for step := range searchSteps + 1 {
		next := s.Low + (s.High-s.Low)*float64(step)/searchSteps
		z := s.miss(next)
		if !math.IsNaN(z) {
			found.Least, found.Most = min(found.Least, z+s.Target), max(found.Most, z+s.Target)
		}
		found.Always = found.Always && z == 0
		switch {
		case z == 0 && y != 0:
			begin = s.lastWhere(reached, next, x)
		case z != 0 && y == 0:
			found.Roots = append(found.Roots, s.stretch(begin, s.lastWhere(reached, x, next), z))
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

// bisections is how often a bracket is halved at most. Most are halved about 50
// times, until no number lies between the ends; one that ends at zero would go on.
const bisections = 100

// reached reports whether a miss is none.
func reached(miss float64) bool { return miss == 0 }

// lastWhere finds, between a place where a condition on the miss holds and one where
// it does not, the last where it holds.
func (s *solver) lastWhere(holds func(miss float64) bool, at, off float64) float64 {
	for range bisections {
		middle := at + (off-at)/2
		if middle == at || middle == off {
			break
		}
		if holds(s.miss(middle)) {
			at = middle
		} else {
			off = middle
		}
	}
	return at
}

// rounding is what the last digits of a figure are worth, as a share of it.
const rounding = 1e-12

// stretch is the root that goes from one place to another. The two are one place
// where only rounding separates them: where a step farther the figure misses by that
// much.
func (s *solver) stretch(from, until, farther float64) Root {
	width, step := until-from, (s.High-s.Low)/searchSteps
	if width <= (s.High-s.Low)*Tolerance || width*math.Abs(farther) <= step*rounding*math.Abs(s.Target) {
		from += width / 2
		until = from
	}
	return Root{Value: from, Until: until}
}

// sameSide reports whether two misses lie on one side of the target.
func sameSide(miss, other float64) bool { return miss > 0 && other > 0 || miss < 0 && other < 0 }

// bracket bisects a step from x to next in which the sign changes; the misses there
// are y and z.
func (s *solver) bracket(x, next, y, z float64) Root {
	far := max(math.Abs(y), math.Abs(z))
	for range bisections {
		middle := x + (next-x)/2
		if middle == x || middle == next {
			break
		}
		m := s.miss(middle)
		switch {
		case m == 0:
			return s.stretch(s.lastWhere(reached, middle, x), s.lastWhere(reached, middle, next), far)
		case math.IsNaN(m): // the figure is absent between the two sides
			x = s.lastWhere(func(miss float64) bool { return sameSide(miss, y) }, x, middle)
			next = s.lastWhere(func(miss float64) bool { return sameSide(miss, z) }, next, middle)
			return s.jump(x, next, s.miss(x), s.miss(next))
		case sameSide(m, y):
			x, y = middle, m
		default:
			next, z = middle, m
		}
	}
	// Where the figure passes through the target both sides have come near it by now;
	// where it jumps, they are as far apart as before.
	const near = 1e-6
	if math.Abs(z-y) > near*far+rounding*math.Abs(s.Target) {
		return s.jump(x, next, y, z)
	}
	return s.stretch(x, next, far)
}

// jump is the root between two places that are next to each other, or between which
// the figure is absent, with the misses there.
func (s *solver) jump(last, first, before, after float64) Root {
	return Root{Value: first, Until: first, Jump: true, Before: before + s.Target, After: after + s.Target, Taken: after + s.Target, last: last}
}

// settle moves a root to a value that can be written.
func (s *solver) settle(r *Root) {
	switch {
	case r.Jump:
		s.settleJump(r)
	case r.Until > r.Value:
		value, until := s.written(r.Value, true, reached), s.written(r.Until, false, reached)
		if value <= until {
			r.Value, r.Until = value, until
		}
	default:
		r.Value = s.nearest(r.Value)
		r.Until = r.Value
	}
}

// settleJump moves a jump to the side where the target is reached from today.
func (s *solver) settleJump(r *Root) {
	at, after := r.Value, true
	side := s.miss(at)
	if sameSide(side, s.Today-s.Target) {
		at, after = r.last, false
		side = s.miss(at)
	}
	value := s.written(at, after, func(miss float64) bool { return reached(miss) || sameSide(miss, side) })
	if math.IsNaN(value) {
		value = at
	}
	r.Value, r.Until = value, value
	if !after {
		r.Taken = r.Before
	}
}

// written is the first written value, upwards or downwards from a place, at which a
// condition on the miss holds; NaN where none is near. What is written and what is
// computed may differ in the last digit, so that the nearest may not be there yet.
func (s *solver) written(at float64, up bool, holds func(miss float64) bool) float64 {
	const tries = 4
	for range tries {
		value := s.Written(at, up)
		if math.IsNaN(value) {
			break
		}
		for _, x := range [...]float64{withoutNoise(value), value} {
			if holds(s.miss(x)) {
				return x
			}
		}
		if at = value - math.Abs(value)*rounding; up {
			at = value + math.Abs(value)*rounding
		}
	}
	return math.NaN()
}

// withoutNoise removes what arithmetic left in a number's last digits, such as those
// of 0.30000000000000004.
func withoutNoise(x float64) float64 {
	const digits = 15
	x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', digits, 64), 64)
	return x
}

// nearest is the written value that lies nearest to a root.
func (s *solver) nearest(root float64) float64 {
	if math.Abs(root) <= (s.High-s.Low)*Tolerance && s.Low <= 0 && 0 <= s.High {
		return 0 // to the tolerance
	}
	nearest := s.Written(root, true)
	if below := s.Written(root, false); !(nearest-root <= root-below) && !math.IsNaN(below) {
		nearest = below
	}
	if math.IsNaN(nearest) {
		return root
	}
	return withoutNoise(nearest)
}
