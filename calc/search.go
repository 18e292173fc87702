package calc

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// MaxRanged is how many ranged inputs a scenario may bring to one calculator.
const MaxRanged = 16

// lineSteps is into how many steps a range is cut when the search walks along
// it, and refinements how often the step around the best point is cut further.
// endSteps is how often the first and the last step are halved: what rises from
// a corner may fall again soon.
const (
	lineSteps   = 16
	refinements = 40
	endSteps    = 8
)

// search finds the low and high end of every figure and cell over all ranges:
// from the best corner or point inside, along one range at a time, until nothing
// improves.
// Corners alone would not do: a figure may rise and fall again inside a range.
func (m *Model) search(r *Report) error {
	s := searcher{model: m}
	for i := range m.variables {
		if !m.variables[i].input.Range.Exact() {
			s.ranged = append(s.ranged, &m.variables[i])
		}
	}
	if len(s.ranged) == 0 {
		return nil
	}
	if len(s.ranged) > MaxRanged {
		place := s.ranged[MaxRanged].input
		return Problems{{Place: place.Place, Key: place.Key, Message: fmt.Sprintf("%d inputs are ranges; at most %d can be", len(s.ranged), MaxRanged),
			Hint: "make those exact that matter least"}}
	}
	defer m.reset()
	if err := s.corners(len(r.numbers) + len(r.cells)); err != nil {
		return err
	}
	s.scatter()
	s.lines()
	s.climb()
	s.fill(r)
	return nil
}

// A searcher looks for the ends of all numbers at once.
type searcher struct {
	model  *Model
	ranged []*variable
	values []float64 // of the last point tried
	best   []extreme // two for each number: its low end, its high end
	open   []bool    // numbers that are not finite throughout
}

// An extreme is the best value found so far and where.
type extreme struct {
	sign  float64 // 1 seeks the highest, -1 the lowest
	value float64 // times sign
	point []float64
}

// try computes at a point. An error names the point.
func (s *searcher) try(point []float64) error {
	for i, v := range s.ranged {
		v.set(point[i])
	}
	r := &s.model.scratch
	r.depth, r.numbers, r.cells = allNumbers, r.numbers[:0], r.cells[:0]
	if err := s.model.run(r); err != nil {
		err = s.model.locate(err)
		if problems, ok := err.(Problems); ok {
			problems[0].Message += " (at " + s.name(point) + ")"
		}
		return err
	}
	s.values = append(append(s.values[:0], r.numbers...), r.cells...)
	return nil
}

// name says where a point lies.
func (s *searcher) name(point []float64) string {
	parts := make([]string, len(point))
	for i, v := range s.ranged {
		parts[i] = fmt.Sprintf("%s = %s", v.input.Key, v.input.Unit.plain(point[i]))
	}
	return strings.Join(parts, ", ")
}

// keep compares the last point tried with the best so far, for one number or,
// with index -1, for all.
func (s *searcher) keep(index int, point []float64) {
	for i := range s.best {
		if index >= 0 && i != index {
			continue
		}
		value := s.values[i/2]
		if math.IsNaN(value) || math.IsInf(value, 0) {
			s.open[i/2] = true
			continue
		}
		if b := &s.best[i]; b.sign*value > b.value {
			b.value = b.sign * value
			b.point = append(b.point[:0], point...)
		}
	}
}

// corners tries every corner, and the likely point.
func (s *searcher) corners(numbers int) error {
	s.open = make([]bool, numbers)
	for range numbers {
		s.best = append(s.best, extreme{sign: -1, value: math.Inf(-1)}, extreme{sign: 1, value: math.Inf(-1)})
	}
	point := make([]float64, len(s.ranged))
	for corner := range 1 << len(s.ranged) {
		for i, v := range s.ranged {
			point[i] = v.input.Range.Low
			if corner>>i&1 == 1 {
				point[i] = v.input.Range.High
			}
		}
		if err := s.try(point); err != nil {
			return err
		}
		s.keep(-1, point)
	}
	for i, v := range s.ranged {
		point[i] = v.input.Range.Likely
	}
	if err := s.try(point); err != nil {
		return err
	}
	s.keep(-1, point)
	return nil
}

// scattered is at how many points inside the ranges the search looks about.
const scattered = 512

// scatter looks about inside all ranges, at points that lie evenly in them: in each
// dimension they are the fractions of the multiples of a power of one number, which
// is Roberts' additive recurrence ("The unreasonable effectiveness of quasirandom
// sequences", 2018). A figure that peaks along a ridge is not found by walking along
// one range at a time from the corners.
func (s *searcher) scatter() {
	root := 2.0 // of x^(dimensions + 1) = x + 1, by iteration
	for range refinements {
		root = math.Pow(1+root, 1/float64(len(s.ranged)+1))
	}
	point := make([]float64, len(s.ranged))
	for n := range scattered {
		step := 1.0
		for i, v := range s.ranged {
			step /= root
			_, part := math.Modf(1./2 + float64(n+1)*step)
			point[i] = v.input.Range.at(part)
		}
		if s.try(point) == nil {
			s.keep(-1, point)
		}
	}
}

// lines walks along every range from each point that is best for some number.
// All numbers look on, which finds at once those whose best is at no corner.
func (s *searcher) lines() {
	var starts [][]float64
	for i := range s.best {
		if p := s.best[i].point; p != nil && !slices.ContainsFunc(starts, func(q []float64) bool { return slices.Equal(p, q) }) {
			starts = append(starts, slices.Clone(p))
		}
	}
	for _, start := range starts {
		for i, v := range s.ranged {
			point := slices.Clone(start)
			for part := range parts {
				point[i] = v.input.Range.at(part)
				if s.try(point) == nil {
					s.keep(-1, point)
				}
			}
		}
	}
}

// parts yields how far along a range the walk stops: at even steps, and closer
// and closer to both ends.
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

// at gives the point a part of the way from low to high.
func (r Range) at(part float64) float64 { return r.Low + (r.High-r.Low)*part }

// climb improves every best point that is inside a range, one range at a time,
// until nothing improves.
func (s *searcher) climb() {
	for i := range s.best {
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

func (s *searcher) isCorner(point []float64) bool {
	for i, v := range s.ranged {
		if r := v.input.Range; point[i] != r.Low && point[i] != r.High {
			return false
		}
	}
	return true
}

// along improves one extreme along one range: it cuts the range into steps, and
// then the neighbourhood of the best point finer and finer.
func (s *searcher) along(index, dimension int) {
	b := &s.best[index]
	point := slices.Clone(b.point)
	r := s.ranged[dimension].input.Range
	for step := range lineSteps + 1 {
		point[dimension] = r.at(float64(step) / lineSteps)
		if s.try(point) == nil {
			s.keep(index, point)
		}
	}
	width := (r.High - r.Low) / lineSteps
	for range refinements {
		width /= 2
		middle := b.point[dimension]
		for _, x := range [2]float64{middle - width, middle + width} {
			point[dimension] = min(max(x, r.Low), r.High)
			if s.try(point) == nil {
				s.keep(index, point)
			}
		}
	}
}

// fill writes the ends that were found into the report.
func (s *searcher) fill(r *Report) {
	ends := func(number int, likely float64) Range {
		if s.open[number] {
			return Range{math.NaN(), likely, math.NaN()}
		}
		return Range{-s.best[2*number].value, likely, s.best[2*number+1].value}
	}
	for i := range r.Figures {
		r.Figures[i].Range = ends(i, r.Figures[i].Range.Likely)
	}
	number := len(r.Figures)
	for _, t := range r.Tables {
		for _, row := range t.Rows {
			for i := range row {
				if row[i].Kind == NumberCell {
					row[i].Range = ends(number, row[i].Range.Likely)
					number++
				}
			}
		}
	}
}
