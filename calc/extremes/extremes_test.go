package extremes_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/extremes"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/quantity"
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
func over(t *testing.T, x, y quantity.Range, z func(x, y float64) float64) *calc.Model {
	t.Helper()
	m := calc.New("plane", "", func(in *plane, out *surface) error { *out = surface(z(in.X, in.Y)); return nil }).Model()
	if err := m.Bind(quantity.Inputs{"plane.x": {Key: "plane.x", Unit: quantity.Share, Range: x}, "plane.y": {Key: "plane.y", Unit: quantity.Share, Range: y}}); err != nil {
		t.Fatal(err)
	}
	return m
}

// square is what a range of 0 to 1 in both directions gives.
func square(t *testing.T, z func(x, y float64) float64) quantity.Range {
	t.Helper()
	report, err := calctest.Report(over(t, quantity.Between(0, 1), quantity.Between(0, 1), z), 2)
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

// On a narrow ridge across both ranges each step along one of them is short: the top
// of 1 at x = y = .45 takes many rounds. After one round the best is still below 0.9999.
func TestTheTopOfANarrowRidgeIsReachedInManyRounds(t *testing.T) {
	got := square(t, func(x, y float64) float64 { return 1 - 20*(x-y)*(x-y) - (x+y-.9)*(x+y-.9) })
	if math.Abs(got.High-1) > 1e-6 {
		t.Errorf("the high of a ridge with its top of 1 between the ranges is %v, want 1 to six decimals", got.High)
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
	report, err := calctest.Report(over(t, quantity.Range{Low: 0, Likely: .123, High: 1}, quantity.Exactly(0), spike), 2)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := report.Figure("plane.z").Range, (quantity.Range{Low: 0, Likely: 5, High: 5}); got != want {
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
	place := quantity.Place{Document: &quantity.Document{Name: "mine.yaml"}, Line: 4, Column: 3}
	if err := m.Bind(quantity.Inputs{"plane.x": {Key: "plane.x", Unit: quantity.Share, Range: quantity.Between(.5, 1), Place: place}, "plane.y": {Key: "plane.y", Unit: quantity.Share, Range: quantity.Between(.25, .75)}}); err != nil {
		t.Fatal(err)
	}
	_, err := calctest.Report(m, 2)
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
	links := func(count int) quantity.Inputs {
		in := &quantity.Input{}
		for range count {
			in.List = append(in.List, *calctest.Between(1, 2))
		}
		return quantity.Inputs{"chain.links": in}
	}
	if got, want := calctest.Reported(t, calctest.Toy[chain](), links(extremes.MaxRanged), 2).Figures[0].Range, (quantity.Range{Low: 16, Likely: 24, High: 32}); got != want {
		t.Errorf("chain.sum of 16 ranges = %v, want %v", got, want)
	}
	m := calctest.Toy[chain]()
	if err := m.Bind(links(17)); err != nil {
		t.Fatal(err)
	}
	_, err := calctest.Report(m, 2)
	problems, _ := errors.AsType[calc.Problems](err)
	if len(problems) != 1 || problems[0].Key != "chain.links.17" || !strings.Contains(problems[0].Message, "17 inputs are ranges; at most 16") || problems[0].Hint == "" {
		t.Errorf("Report of 17 ranges fails with %v, want that 17 are too many, at chain.links.17, and a remedy", err)
	}
}

func TestWithoutRangesLowAndHighAreTheValue(t *testing.T) {
	report, err := calctest.Report(over(t, quantity.Exactly(.3), quantity.Exactly(.2), func(x, y float64) float64 { return x + y }), 2)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := report.Figure("plane.z").Range, quantity.Exactly(.5); got != want {
		t.Errorf("plane.z = %v, want %v", got, want)
	}
}

// 1e300 × 1e300 is too large for a number, with and without a range beside it.
func TestFiguresRefusesAnInfiniteFigureAndAnInfiniteCell(t *testing.T) {
	huge := func(x, y float64) float64 { return 1e300 * (1e300 + x + y) }
	for _, x := range []quantity.Range{quantity.Exactly(.5), quantity.Between(0, 1)} {
		m := over(t, x, quantity.Exactly(.5), huge)
		_, byFigures := extremes.Figures(m, nil, 2)
		_, byReport := m.Report()
		for call, err := range map[string]error{"Figures": byFigures, "Report": byReport} {
			if problems, _ := errors.AsType[calc.Problems](err); len(problems) != 1 || problems[0].Message != "plane.z is too large" || problems[0].Hint == "" {
				t.Errorf("of x = %v, %s fails with %v, want that plane.z is too large, and a remedy", x, call, err)
			}
		}
	}
	for _, link := range []*quantity.Input{calctest.Exactly(1e300), calctest.Between(1, 1e300)} {
		m := calctest.Toy[squares]()
		if err := m.Bind(quantity.Inputs{"squares.sides": {List: []quantity.Input{*link}}}); err != nil {
			t.Fatal(err)
		}
		_, byReport := m.Report()
		if byReport == nil || byReport.Error() != "a number in the tables of toy is too large" {
			t.Errorf("of a square of %v, Report fails with %v, want that a number in the tables is too large", link.Range, byReport)
		}
		if _, err := extremes.Figures(m, nil, 2); !link.Range.Exact() && (err == nil || err.Error() != byReport.Error()) {
			t.Errorf("of a square of %v, Figures fails with %v, want the same as Report: the cells are searched too", link.Range, err)
		}
	}
}

// A squares toy has a cell that is larger than its figure.
type squares struct{ Sides []float64 }

func (in *squares) Ask(ask *calc.Form) { ask.PeopleList(&in.Sides, "squares.sides", "the sides") }

func (in *squares) Tell(tell *calc.Report) {
	tell.Count("squares.count", "", float64(len(in.Sides)))
	tell.Table("squares", func(t *calc.Table) {
		t.Col("square", quantity.Count)
		for _, side := range in.Sides {
			t.Row(calc.Number(side * side))
		}
	})
}

// A yearly toy has a row for each year, and years are a number.
type yearly struct{ Years float64 }

func (in *yearly) Ask(ask *calc.Form) { ask.Time(&in.Years, "yearly.years", "how long") }

func (in *yearly) Tell(tell *calc.Report) {
	tell.Years("yearly.all", "", in.Years)
	tell.Table("by year", func(t *calc.Table) {
		t.Col("year", quantity.Count)
		for year := 1.0; year <= in.Years; year++ {
			t.Row(calc.Number(year))
		}
	})
}

func TestATableWhoseRowsDependOnANumberPanicsInPlainWords(t *testing.T) {
	defer func() {
		want := `toy: the table "by year" has 6 numbers in its rows at one point and 5 at another: the rows of a table must not depend on a number`
		if got := recover(); got != want {
			t.Errorf("5 to 7 years panic with %q, want %q", got, want)
		}
	}()
	calctest.Reported(t, calctest.Toy[yearly](), quantity.Inputs{"yearly.years": calctest.Between(5, 7)}, 2)
}

// The search must not leave the model at the last point it tried.
func TestTheReportIsAtTheLikelyPointWhateverTheSearchTriedLast(t *testing.T) {
	m := over(t, quantity.Range{Low: 0, Likely: .2, High: 1}, quantity.Range{Low: 0, Likely: .9, High: 1}, func(x, y float64) float64 { return x * y })
	for range 2 {
		report, err := calctest.Report(m, 2)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := report.Figure("plane.z").Range, (quantity.Range{Low: 0, Likely: .18, High: 1}); got != want {
			t.Errorf("plane.z = %v, want %v", got, want)
		}
	}
}
