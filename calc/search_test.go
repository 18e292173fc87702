package calc_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
)

// A plane has two numbers between 0 and 1, of which toys make surfaces.
type plane struct{ X, Y float64 }

func (in *plane) Ask(ask *calc.Form) {
	ask.Share(&in.X, "plane.x", "the first")
	ask.Share(&in.Y, "plane.y", "the second", calc.Default(0))
}

// A surface is a number at each point of the plane.
type surface float64

func (z surface) Tell(tell *calc.Report) { tell.Score("plane.z", "", float64(z)) }

// over makes a model of the surface over ranges of x and y.
func over(t *testing.T, x, y calc.Range, z func(x, y float64) float64) *calc.Model {
	t.Helper()
	m := calc.New("plane", "", func(in *plane, out *surface) error { *out = surface(z(in.X, in.Y)); return nil }).Model()
	if err := m.Bind(calc.Inputs{"plane.x": {Key: "plane.x", Unit: calc.Share, Range: x}, "plane.y": {Key: "plane.y", Unit: calc.Share, Range: y}}); err != nil {
		t.Fatal(err)
	}
	return m
}

// square is what a range of 0 to 1 in both directions gives.
func square(t *testing.T, z func(x, y float64) float64) calc.Range {
	t.Helper()
	report, err := over(t, calc.Between(0, 1), calc.Between(0, 1), z).Report(2)
	if err != nil {
		t.Fatal(err)
	}
	return report.Figure("plane.z").Range
}

func TestLowAndHighAreFoundAtCornersOnEdgesAndInside(t *testing.T) {
	for _, test := range []struct {
		what      string
		z         func(x, y float64) float64
		low, high float64
	}{
		{"a slope", func(x, y float64) float64 { return 2*x - y }, -1, 2},
		{"a saddle, high at two corners", func(x, y float64) float64 { return x + y - 2*x*y }, 0, 1},
		{"a ridge along y, high on it", func(x, y float64) float64 { return x * (1 - x) }, 0, .25},
		{"a ridge that rises along y", func(x, y float64) float64 { return x*(1-x) + y }, 0, 1.25},
		{"a hill inside", func(x, y float64) float64 { return 1 - (x-.3)*(x-.3) - (y-.7)*(y-.7) }, 1 - .98, 1},
		{"a pit inside", func(x, y float64) float64 { return (x-.3)*(x-.3) + (y-.7)*(y-.7) }, 0, .98},
		{"a hill close to a corner", func(x, y float64) float64 { return x*math.Exp(-200*x) + y }, 0, 1 + 1/(200*math.E)},
		{"a kink close to an end", func(x, y float64) float64 { return min(x, .02) - 2*max(0, x-.02) }, -1.94, .02},
		{"a crest between the ranges", func(x, y float64) float64 { return 1 - 4*(x-y)*(x-y) - (x+y-.9)*(x+y-.9) }, 1 - 4 - .01, 1},
		{"steps of whole people", func(x, y float64) float64 { return math.Floor(10*x*y + .5) }, 0, 10},
		{"a plain", func(x, y float64) float64 { return 7 }, 7, 7},
	} {
		got := square(t, test.z)
		slack := (test.high - test.low) / 1000
		if !(math.Abs(got.Low-test.low) <= slack && math.Abs(got.High-test.high) <= slack) {
			t.Errorf("%s: low and high are %v and %v, want %v and %v", test.what, got.Low, got.High, test.low, test.high)
		}
	}
}

// A spike at the likely point is seen by nobody who tries corners and steps.
func TestTheLikelyPointCounts(t *testing.T) {
	spike := func(x, y float64) float64 {
		if x == .123 {
			return 5
		}
		return x
	}
	report, err := over(t, calc.Range{Low: 0, Likely: .123, High: 1}, calc.Exactly(0), spike).Report(2)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := report.Figure("plane.z").Range, (calc.Range{Low: 0, Likely: 5, High: 5}); got != want {
		t.Errorf("plane.z = %v, want %v", got, want)
	}
}

func TestAFigureThatIsSomewhereNoNumberHasNoLowAndHigh(t *testing.T) {
	for what, z := range map[string]func(x, y float64) float64{
		"at a corner": func(x, y float64) float64 { return math.Sqrt(x - .1) },
		"on an edge": func(x, y float64) float64 {
			if y == 0 && x > .2 && x < .4 {
				return math.NaN()
			}
			return x + y
		},
		"without end": func(x, y float64) float64 { return 1 / x },
	} {
		got := square(t, z)
		if !math.IsNaN(got.Low) || !math.IsNaN(got.High) || math.IsNaN(got.Likely) {
			t.Errorf("no number %s: plane.z = %v, want a value with neither low nor high", what, got)
		}
	}
}

func TestAPointThatDoesNotComputeIsRefusedAtACornerAndNamed(t *testing.T) {
	m := calc.New("plane", "", func(in *plane, out *surface) error {
		if in.X == 1 && in.Y < .5 {
			return calc.Wrong("plane.x", "never ends")
		}
		*out = surface(in.X)
		return nil
	}).Model()
	place := calc.Place{Document: &calc.Document{Name: "mine.yaml"}, Line: 4, Column: 3}
	if err := m.Bind(calc.Inputs{"plane.x": {Key: "plane.x", Unit: calc.Share, Range: calc.Between(.5, 1), Place: place}, "plane.y": {Key: "plane.y", Unit: calc.Share, Range: calc.Between(.25, .75)}}); err != nil {
		t.Fatal(err)
	}
	_, err := m.Report(2)
	problems, _ := errors.AsType[calc.Problems](err)
	if want := "never ends (at plane.x = 100%, plane.y = 25%)"; len(problems) != 1 || problems[0].Message != want || problems[0].Place != place {
		t.Errorf("Report fails with %v, want %q at line 4 and column 3", err, want)
	}
}

// A chain has as many ranges as its list is long.
type chain struct{ Links []float64 }

func (in *chain) Ask(ask *calc.Form) { ask.PeopleList(&in.Links, "chain.links", "the links") }

func (in *chain) Tell(tell *calc.Report) {
	sum := 0.0
	for _, link := range in.Links {
		sum += link
	}
	tell.People("chain.sum", "", sum)
}

func TestSixteenRangesAreSearchedAndTheSeventeenthIsNamed(t *testing.T) {
	links := func(count int) calc.Inputs {
		in := &calc.Input{}
		for range count {
			in.List = append(in.List, *between(1, 2))
		}
		return calc.Inputs{"chain.links": in}
	}
	if got, want := reported(t, toy[chain](), links(calc.MaxRanged), 2).Figures[0].Range, (calc.Range{Low: 16, Likely: 24, High: 32}); got != want {
		t.Errorf("chain.sum of 16 ranges = %v, want %v", got, want)
	}
	m := toy[chain]()
	if err := m.Bind(links(17)); err != nil {
		t.Fatal(err)
	}
	_, err := m.Report(2)
	problems, _ := errors.AsType[calc.Problems](err)
	if len(problems) != 1 || problems[0].Key != "chain.links.17" || !strings.Contains(problems[0].Message, "17 inputs are ranges; at most 16") || problems[0].Hint == "" {
		t.Errorf("Report of 17 ranges fails with %v, want that 17 are too many, at chain.links.17, and a remedy", err)
	}
}

func TestWithoutRangesLowAndHighAreTheValue(t *testing.T) {
	report, err := over(t, calc.Exactly(.3), calc.Exactly(.2), func(x, y float64) float64 { return x + y }).Report(2)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := report.Figure("plane.z").Range, calc.Exactly(.5); got != want {
		t.Errorf("plane.z = %v, want %v", got, want)
	}
}

// The search must not leave the model at the last point it tried.
func TestTheReportTellsTheLikelyPointWhateverTheSearchTriedLast(t *testing.T) {
	m := over(t, calc.Range{Low: 0, Likely: .2, High: 1}, calc.Range{Low: 0, Likely: .9, High: 1}, func(x, y float64) float64 { return x * y })
	for range 2 {
		report, err := m.Report(2)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := report.Figure("plane.z").Range, (calc.Range{Low: 0, Likely: .18, High: 1}); got != want {
			t.Errorf("plane.z = %v, want %v", got, want)
		}
	}
}
