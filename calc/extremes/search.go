package extremes

import (
	"fmt"
	"math"
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// MaxRanged is how many ranged inputs a scenario may have for one calculator.
const MaxRanged = 16

// lineSteps is how many steps a range is cut into when the search follows it, and
// refinements how often the step around the best point is halved. endSteps is how
// often the first and the last step are halved: what rises from a corner may soon
// fall again.
const (
	lineSteps   = 16
	refinements = 40
	endSteps    = 8
)

// A search looks for the low and the high of all numbers at once: from the best
// corner or point inside, along one range at a time, until nothing improves.
// Corners alone would not do: a figure may rise and fall again inside a range.
type search struct {
	model   *calc.Model
	ranged  []calc.Variable
	figures int       // how many of the numbers are figures; the others are cells
	values  []float64 // of the last point tried
	likely  []float64 // of the likely point
	best    []extreme // two for each number: its low and its high
	open    []bool    // numbers that are not finite throughout
}

// An extreme is the best value found so far, and where.
type extreme struct {
	sign  float64 // 1 looks for the highest, -1 for the lowest
	value float64 // times sign
	point []float64
}

func newSearch(m *calc.Model, figures int) *search {
	s := &search{model: m, figures: figures}
	variables := m.Variables()
	for i := range variables {
		if !variables[i].Input.Range.Exact() {
			s.ranged = append(s.ranged, variables[i])
		}
	}
	return s
}

// run finds the ends of so many numbers, of which the figures come first. The points
// that are best for a cell are starts for figures too, and so all are looked at
// until the climb: a figure has the same ends whether cells are wanted or not.
func (s *search) run(wanted int) error {
	if len(s.ranged) > MaxRanged {
		in := s.ranged[MaxRanged].Input
		return calc.Problems{{Place: in.Place, Key: in.Key, Message: fmt.Sprintf("%d inputs are ranges; at most %d can be", len(s.ranged), MaxRanged),
			Hint: "make those exact that matter least"}}
	}
	defer s.model.Reset()
	if err := s.corners(); err != nil {
		return err
	}
	s.scatter()
	s.lines()
	s.climb(2 * wanted)
	return nil
}

// ends is what was found of one number.
func (s *search) ends(number int) quantity.Range {
	if s.open[number] {
		return quantity.Range{Low: math.NaN(), Likely: s.likely[number], High: math.NaN()}
	}
	return quantity.Range{Low: -s.best[2*number].value, Likely: s.likely[number], High: s.best[2*number+1].value}
}

// try computes figures and cells at a point.
func (s *search) try(point []float64) error {
	for i := range s.ranged {
		s.ranged[i].Set(point[i])
	}
	if err := s.model.TryCells(); err != nil {
		return err
	}
	s.values = s.values[:0]
	for i := range s.figures {
		s.values = append(s.values, s.model.Tried(i))
	}
	s.values = append(s.values, s.model.TriedCells()...)
	return nil
}

// tryOrRefuse is try for a point that must compute. An error names the point.
func (s *search) tryOrRefuse(point []float64) error {
	err := s.try(point)
	if err != nil {
		inputs := make([]*quantity.Input, len(s.ranged))
		for i := range s.ranged {
			inputs[i] = s.ranged[i].Input
		}
		return AtValues(err, inputs, point)
	}
	return nil
}

// keep compares the last point tried with the best so far, for all numbers.
func (s *search) keep(point []float64) {
	for i := range s.best {
		s.keepFor(i, s.values[i/2], point)
	}
}

// keepFor compares a value at a point with the best so far for one extreme.
func (s *search) keepFor(index int, value float64, point []float64) {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		s.open[index/2] = true
		return
	}
	if b := &s.best[index]; b.sign*value > b.value {
		b.value = b.sign * value
		b.point = append(b.point[:0], point...)
	}
}

// corners tries every corner, and the likely point.
func (s *search) corners() error {
	point := make([]float64, len(s.ranged))
	for corner := range 1 << len(s.ranged) {
		for i := range s.ranged {
			point[i] = s.ranged[i].Input.Range.Low
			if corner>>i&1 == 1 {
				point[i] = s.ranged[i].Input.Range.High
			}
		}
		if err := s.tryOrRefuse(point); err != nil {
			return err
		}
		if corner == 0 {
			s.begin(len(s.values))
		}
		s.keep(point)
	}
	for i := range s.ranged {
		point[i] = s.ranged[i].Input.Range.Likely
	}
	if err := s.tryOrRefuse(point); err != nil {
		return err
	}
	s.likely = slices.Clone(s.values)
	s.keep(point)
	return nil
}

// begin makes room for the extremes of all numbers.
func (s *search) begin(numbers int) {
	s.open = make([]bool, numbers)
	for range numbers {
		s.best = append(s.best, extreme{sign: -1, value: math.Inf(-1)}, extreme{sign: 1, value: math.Inf(-1)})
	}
}

// scattered is how many points inside the ranges the search tries.
const scattered = 512

// scatter tries points inside all ranges that are evenly spread: in each dimension
// they are the fractional parts of the multiples of a power of one number, which is
// Roberts' additive recurrence ("The unreasonable effectiveness of quasirandom
// sequences", 2018). A figure that peaks along a diagonal ridge is not found by
// following one range at a time from the corners.
func (s *search) scatter() {
	root := 2.0 // of x^(dimensions + 1) = x + 1, by iteration
	for range refinements {
		root = math.Pow(1+root, 1/float64(len(s.ranged)+1))
	}
	point := make([]float64, len(s.ranged))
	for n := range scattered {
		step := 1.0
		for i := range s.ranged {
			step /= root
			_, part := math.Modf(1./2 + float64(n+1)*step)
			point[i] = at(s.ranged[i].Input.Range, part)
		}
		if s.try(point) == nil {
			s.keep(point)
		}
	}
}

// lines follows every range from each point that is best for some number. All
// numbers are compared at each step, which finds at once those whose best is at no
// corner.
func (s *search) lines() {
	var starts [][]float64
	for i := range s.best {
		if p := s.best[i].point; p != nil && !slices.ContainsFunc(starts, func(q []float64) bool { return slices.Equal(p, q) }) {
			starts = append(starts, slices.Clone(p))
		}
	}
	for _, start := range starts {
		for i := range s.ranged {
			point := slices.Clone(start)
			for part := range parts {
				point[i] = at(s.ranged[i].Input.Range, part)
				if s.try(point) == nil {
					s.keep(point)
				}
			}
		}
	}
}

// parts yields how far along a range lines tries it: at even steps, and closer and
// closer to both ends.
func parts(yield func(float64) bool) {
	for step := 1; step < lineSteps; step++ {
		if !yield(float64(step) / lineSteps) {
			return
		}
	}
	part := 1.0 / lineSteps
	for range endSteps {
		part /= 2
		if !yield(part) || !yield(1-part) {
			return
		}
	}
}

// at is the point a part of the way from low to high.
func at(r quantity.Range, part float64) float64 { return r.Low + (r.High-r.Low)*part }

// climb improves the first so many extremes, where their best point is inside a
// range, along one range at a time until nothing improves.
func (s *search) climb(extremes int) {
	for i := range extremes {
		b := &s.best[i]
		if s.open[i/2] || s.isCorner(b.point) {
			continue
		}
		for range 2 * len(s.ranged) * lineSteps {
			before := b.value
			for j := range s.ranged {
				s.along(i, j)
			}
			if b.value-before <= 1e-12*math.Abs(before) {
				break
			}
		}
	}
}

func (s *search) isCorner(point []float64) bool {
	for i := range s.ranged {
		if r := s.ranged[i].Input.Range; point[i] != r.Low && point[i] != r.High {
			return false
		}
	}
	return true
}

// along improves one extreme along one range: it tries even steps, and then halves
// the step around the best point again and again.
func (s *search) along(index, dimension int) {
	b := &s.best[index]
	point := slices.Clone(b.point)
	r := s.ranged[dimension].Input.Range
	for step := range lineSteps + 1 {
		point[dimension] = at(r, float64(step)/lineSteps)
		s.tryFor(index, point)
	}
	width := (r.High - r.Low) / lineSteps
	for range refinements {
		width /= 2
		middle := b.point[dimension]
		for _, x := range [2]float64{middle - width, middle + width} {
			point[dimension] = min(max(x, r.Low), r.High)
			s.tryFor(index, point)
		}
	}
}

// tryFor tries a point for one extreme.
func (s *search) tryFor(index int, point []float64) {
	if index >= 2*s.figures {
		if s.try(point) == nil {
			s.keepFor(index, s.values[index/2], point)
		}
		return
	}
	for i := range s.ranged {
		s.ranged[i].Set(point[i])
	}
	if s.model.Try() == nil {
		s.keepFor(index, s.model.Tried(index/2), point)
	}
}
