package whatif_test

import (
	"errors"
	"math"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
)

// solve seeks where f is the target for x from low to high.
func solve(t *testing.T, f func(x float64) float64, target, low, high float64) *whatif.Solution {
	t.Helper()
	return settle(t, f, target, low, high, math.NaN(), nil)
}

// roots demands plain roots, no stretches and no jumps, to the stated tolerance.
func roots(t *testing.T, what string, s *whatif.Solution, want ...float64) {
	t.Helper()
	if len(s.Roots) != len(want) {
		t.Errorf("%s: roots %+v, want %v", what, s.Roots, want)
		return
	}
	for i, root := range s.Roots {
		if root.Jump || root.Until != root.Value || !(math.Abs(root.Value-want[i]) <= (s.High-s.Low)*whatif.Tolerance) {
			t.Errorf("%s: root %d is %+v, want %v", what, i+1, root, want[i])
		}
	}
}

func TestAllRootsThatStepsSeparateAreFound(t *testing.T) {
	for _, test := range []struct {
		what              string
		f                 func(x float64) float64
		target, low, high float64
		want              []float64
	}{
		{"a line", func(x float64) float64 { return 3*x - 1 }, 1, 0, 5, []float64{2. / 3}},
		{"a line at its ends", func(x float64) float64 { return (x - 1) * (x - 2) }, 0, 1, 2, []float64{1, 2}},
		{"a line through a step", func(x float64) float64 { return x }, .5, 0, 1, []float64{.5}},
		{"a cubic", func(x float64) float64 { return (x - 1) * (x - math.E) * (x - 3.5) }, 0, 0, 5, []float64{1, math.E, 3.5}},
		{"a cubic that is met twice more", func(x float64) float64 { return x * x * x }, 5, -3, 3, []float64{math.Cbrt(5)}},
		{"two roots two steps apart", func(x float64) float64 { return (x - .5001) * (x - .5021) }, 0, 0, 1, []float64{.5001, .5021}},
		{"a steep root", func(x float64) float64 { return math.Cbrt(x - math.Pi) }, 0, 0, 10, []float64{math.Pi}},
		{"a flat root", func(x float64) float64 { return math.Pow(x-1, 3) }, 8e-9, 0, 10, []float64{1.002}},
		{"a root near zero", func(x float64) float64 { return x - 1e-9 }, 0, 0, 1, []float64{1e-9}},
		{"a sine", math.Sin, 0, 1, 10, []float64{math.Pi, 2 * math.Pi, 3 * math.Pi}},
		{"a root where the figure begins to be given", func(x float64) float64 { return math.Sqrt(x - 2) }, 1, 0, 10, []float64{3}},
	} {
		roots(t, test.what, solve(t, test.f, test.target, test.low, test.high), test.want...)
	}
}

// A million and a little more has ten digits left for the little: x/1000 is known
// to 10⁻¹⁰, and so x to 10⁻⁷.
func TestWhereRoundingHidesTheRootItIsInTheMiddleOfWhatIsHidden(t *testing.T) {
	for _, target := range [...]float64{.5, .3} {
		s := solve(t, func(x float64) float64 { return 1e6 + x/1000 }, 1e6+target/1000, 0, 1)
		if len(s.Roots) != 1 || s.Roots[0].Jump || s.Roots[0].Until != s.Roots[0].Value {
			t.Fatalf("10⁶ + x/1000 = 10⁶ + %v/1000: %+v, want one root", target, s.Roots)
		}
		near(t, "the root", s.Roots[0].Value, target, 2e-7)
	}
}

// The likely value of an input that is searched does not matter, and comes
// back afterwards.
func TestTheOtherInputsStayAtTheirLikelyValues(t *testing.T) {
	b, err := toy(t, func(x, y, _ float64) (float64, float64) { return x * y, 0 }, x(quantity.Range{Low: 1, Likely: 2, High: 3}, quantity.PERT), y(quantity.Range{Low: 4, Likely: 5, High: 9}, quantity.PERT))()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		s, err := whatif.Solve(b, whatif.Goal{Metric: f, Target: 35, Key: "x", Low: 0, High: 100})
		if err != nil {
			t.Fatal(err)
		}
		roots(t, "x × 5 = 35", s, 7)
	}
	base, _, err := whatif.Tornado(b, f, .1)
	if err != nil || base != 10 {
		t.Errorf("after Solve the figure is %v (error %v), want 2 × 5", base, err)
	}
}

func TestAJumpAcrossTheTargetIsReportedAsOne(t *testing.T) {
	for _, test := range []struct {
		what              string
		f                 func(x float64) float64
		target, low, high float64
		at, before, after float64
	}{
		{"whole people", math.Floor, 2.5, 0, 10, 3, 2, 3},
		{"downwards", func(x float64) float64 { return -1e6 * math.Floor(x) }, -2.5e6, 0, 10, 3, -2e6, -3e6},
		{"a small jump of a large figure", func(x float64) float64 { return 442_000 + math.Floor(x)/1000 }, 442_000.0025, 0, 10, 3, 442_000.002, 442_000.003},
		{"a jump of a slope", func(x float64) float64 { return x + math.Floor(x) }, 5.5, 0, 10, 3, 5, 6},
	} {
		s := solve(t, test.f, test.target, test.low, test.high)
		if len(s.Roots) != 1 || !s.Roots[0].Jump {
			t.Errorf("%s: roots %+v, want one jump", test.what, s.Roots)
			continue
		}
		r := s.Roots[0]
		near(t, test.what+": where it jumps", r.Value, test.at, (test.high-test.low)*whatif.Tolerance)
		near(t, test.what+": the side before", r.Before, test.before, 1e-9)
		near(t, test.what+": the side after", r.After, test.after, 1e-9)
	}
	// Through a pole a figure passes every target without reaching it.
	s := solve(t, func(x float64) float64 { return 1 / (x - math.E) }, 0, 0, 10)
	if len(s.Roots) != 1 || !s.Roots[0].Jump || !(s.Roots[0].Before < -1e9 && s.Roots[0].After > 1e9) {
		t.Errorf("1 ÷ (x − e): roots %+v, want a jump at e", s.Roots)
	}
}

// Of x in whole numbers, 3 is every x from 3 up to 4.
func TestAStretchAtTheTargetIsReportedWithBothItsEnds(t *testing.T) {
	for _, test := range []struct {
		what        string
		f           func(x float64) float64
		from, until float64
	}{
		{"in the middle", math.Floor, 3, 4},
		{"from the beginning", func(x float64) float64 { return max(x, math.E) - math.E + 3 }, 0, math.E},
		{"to the end", func(x float64) float64 { return min(x, math.E) - math.E + 3 }, math.E, 10},
		{"within a step", func(x float64) float64 {
			return 3 + math.Floor((x-math.E)/1e-4)
		}, math.E, math.E + 1e-4},
	} {
		s := solve(t, test.f, 3, 0, 10)
		if len(s.Roots) != 1 || s.Roots[0].Jump || s.Always {
			t.Errorf("%s: roots %+v (always: %v), want one stretch", test.what, s.Roots, s.Always)
			continue
		}
		near(t, test.what+": where the stretch begins", s.Roots[0].Value, test.from, 1e-9)
		near(t, test.what+": where the stretch ends", s.Roots[0].Until, test.until, 1e-9)
	}
}

func TestWhereThereIsNoRootTheSearchSaysHowFarTheFigureGoes(t *testing.T) {
	s := solve(t, func(x float64) float64 { return x*x + 1 }, 0, -2, 3)
	if len(s.Roots) != 0 || s.Always || s.Low != -2 || s.High != 3 || s.Most != 10 {
		t.Errorf("x² + 1 = 0: %+v, want none from −2 to 3, and 10 at most", s)
	}
	near(t, "the least of x² + 1", s.Least, 1, 1e-5) // a step is 5/1024 wide, its square so much
	never := solve(t, func(float64) float64 { return math.NaN() }, 0, 0, 1)
	if len(never.Roots) != 0 || never.Always || !math.IsInf(never.Least, 1) || !math.IsInf(never.Most, -1) {
		t.Errorf("of what is never given: %+v, want no roots and no least or most", never)
	}
	always := solve(t, func(float64) float64 { return 7 }, 7, 0, 1)
	if len(always.Roots) != 0 || !always.Always || always.Least != 7 || always.Most != 7 {
		t.Errorf("7 = 7: %+v, want always", always)
	}
}

// A figure that touches its target without passing it is seen only where a step
// ends. The documentation says so.
func TestATouchIsSeenOnlyAtAStep(t *testing.T) {
	touch := func(at float64) func(x float64) float64 {
		return func(x float64) float64 { return (x - at) * (x - at) }
	}
	if s := solve(t, touch(1/math.E), 0, 0, 1); len(s.Roots) != 0 {
		t.Errorf("(x − 1/e)² = 0: roots %+v; a touch between steps is not known to be seen", s.Roots)
	}
	roots(t, "(x − ¼)² = 0", solve(t, touch(.25), 0, 0, 1), .25)
}

func TestSolveNeedsANumberOfTheModel(t *testing.T) {
	b, err := toy(t, one(func(x float64) float64 { return x }), x(quantity.Exactly(1), ""))()
	if err != nil {
		t.Fatal(err)
	}
	s, err := whatif.Solve(b, whatif.Goal{Metric: f, Key: "elsewhere", High: 1})
	if problem, ok := errors.AsType[*calc.Problem](err); !ok || problem.Key != "elsewhere" {
		t.Errorf("Solve by another model's key = %v, %v; want a problem with that key", s, err)
	}
}

// hundredths is how people write who use two decimals, thousandths who use three.
func hundredths(value float64, up bool) float64  { return grid(value, up, 100) }
func thousandths(value float64, up bool) float64 { return grid(value, up, 1000) }

func grid(value float64, up bool, scale float64) float64 {
	if up {
		return math.Ceil(value*scale) / scale
	}
	return math.Floor(value*scale) / scale
}

// settle solves as solve does, and settles what is found where it can be written.
func settle(t *testing.T, f func(x float64) float64, target, low, high, today float64, written whatif.Writing) *whatif.Solution {
	t.Helper()
	b, err := toy(t, one(f), x(quantity.Exactly(low), ""))()
	if err != nil {
		t.Fatal(err)
	}
	s, err := whatif.Solve(b, whatif.Goal{Target: target, Key: "x", Low: low, High: high, Today: today, Written: written})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// At π a figure jumps. With three decimals 3.141 is before it and 3.142 behind it;
// which of them has reached the target depends on where the figure is today.
func TestAJumpIsSettledOnTheSideWhereTheTargetIsReached(t *testing.T) {
	step := func(before, after float64) func(x float64) float64 {
		return func(x float64) float64 {
			if x < math.Pi {
				return before
			}
			return after
		}
	}
	gap := func(x float64) float64 {
		if x >= 3.138 && x < math.Pi { // within one of 1,024 steps
			return math.NaN()
		}
		return step(4, 6)(x)
	}
	for _, c := range []struct {
		what         string
		f            func(x float64) float64
		today        float64
		value, taken float64
	}{
		{"upward, from below", step(4, 6), 1, 3.142, 6},
		{"upward, from above", step(4, 6), 9, 3.141, 4},
		{"downward, from above", step(6, 4), 9, 3.142, 4},
		{"downward, from below", step(6, 4), 1, 3.141, 6},
		{"from an unknown place", step(4, 6), math.NaN(), 3.142, 6},
		{"from the target itself", step(6, 4), 5, 3.142, 4},
		{"across what is not given, from below", gap, 1, 3.142, 6},
		{"across what is not given, from above", gap, 9, 3.137, 4}, // 3.138 is not given
	} {
		s := settle(t, c.f, 5, 0, 10, c.today, thousandths)
		if len(s.Roots) != 1 || !s.Roots[0].Jump {
			t.Errorf("%s: roots %+v, want one jump", c.what, s.Roots)
			continue
		}
		if r := s.Roots[0]; r.Value != c.value || r.Until != c.value || r.Taken != c.taken || c.f(r.Value) != c.taken {
			t.Errorf("%s: %+v, where the figure is %v; want %v, where it is %v", c.what, r, c.f(r.Value), c.value, c.taken)
		}
	}
}

// The next number above .35 is a hundred times as much to the last digit, 35, and
// so it is written like .35, which lies before it.
func TestWhatIsComputedAndWhatIsWrittenMayDifferInTheLastDigit(t *testing.T) {
	place := math.Nextafter(.35, 1)
	hair := func(x float64) float64 {
		if x < place {
			return 0
		}
		return 1
	}
	if s := settle(t, hair, .5, 0, 1, 0, hundredths); len(s.Roots) != 1 || s.Roots[0].Value != .36 {
		t.Errorf("a jump a hair above .35: %+v, want it settled at .36", s.Roots)
	}
	if s := settle(t, hair, .5, 0, 1, 1, hundredths); len(s.Roots) != 1 || s.Roots[0].Value != .35 {
		t.Errorf("a jump a hair above .35, from above: %+v, want it settled at .35", s.Roots)
	}
	third := func(value float64, up bool) float64 { return hundredths(value*3, up) / 3 }
	short := func(x float64) float64 {
		if x < 1./3 {
			return 0
		}
		return 1
	}
	if s := settle(t, short, .5, 0, 1, 0, third); len(s.Roots) != 1 || s.Roots[0].Value != 1./3 {
		t.Errorf("a jump at ⅓, of which fifteen digits are too little: %+v, want ⅓", s.Roots)
	}
}

func TestASettledValueShowsNoTraceOfArithmetic(t *testing.T) {
	tenth, fifth := .1, .2
	sum := func(float64, bool) float64 { return tenth + fifth } // .30000000000000004
	for what, f := range map[string]func(x float64) float64{
		"a jump": func(x float64) float64 { return math.Copysign(1, x-.2999) },
		"a root": func(x float64) float64 { return x - .2999 },
	} {
		if s := settle(t, f, 0, 0, 1, -1, sum); len(s.Roots) != 1 || s.Roots[0].Value != .3 {
			t.Errorf("%s is settled as %+v, want .3", what, s.Roots)
		}
	}
}

func TestBothEndsOfAStretchAreSettledInIt(t *testing.T) {
	plateau := func(from, until float64) func(x float64) float64 {
		return func(x float64) float64 { return min(x-from, 0) + max(x-until, 0) }
	}
	for _, c := range []struct {
		what                     string
		from, until, value, last float64
	}{
		{"from e to π", math.E, math.Pi, 2.72, 3.14},
		{"of one written value", 2.995, 3.005, 3, 3},
		{"too short for any", 3.142, 3.148, 3.142, 3.148},
	} {
		s := settle(t, plateau(c.from, c.until), 0, 0, 10, -1, hundredths)
		if len(s.Roots) != 1 {
			t.Errorf("a stretch %s: roots %+v, want one", c.what, s.Roots)
			continue
		}
		near(t, "a stretch "+c.what+" begins", s.Roots[0].Value, c.value, 1e-12)
		near(t, "a stretch "+c.what+" ends", s.Roots[0].Until, c.last, 1e-12)
	}
}

func TestAPlainRootIsSettledAtTheNearestWrittenValue(t *testing.T) {
	for root, want := range map[float64]float64{1. / 3: .33, 2. / 3: .67, .25: .25, 1e-14: 0, .999: 1} {
		s := settle(t, func(x float64) float64 { return x - root }, 0, 0, 1, -1, hundredths)
		if len(s.Roots) != 1 || s.Roots[0].Value != want || s.Roots[0].Until != want {
			t.Errorf("a root at %v is settled as %+v, want %v", root, s.Roots, want)
		}
	}
}

// Within the tolerance of 0 it is 0, even where 10⁻¹⁴ could be written.
func TestARootAtZeroIsZero(t *testing.T) {
	s := settle(t, func(x float64) float64 { return x - 1e-14 }, 0, -1, 1, -1, func(value float64, _ bool) float64 { return value })
	if len(s.Roots) != 1 || s.Roots[0].Value != 0 {
		t.Errorf("a root at 10⁻¹⁴ is settled as %+v, want 0", s.Roots)
	}
}

func TestWhatCannotBeWrittenStaysWhereItIs(t *testing.T) {
	never := func(float64, bool) float64 { return math.NaN() }
	for what, f := range map[string]func(x float64) float64{
		"a root":    func(x float64) float64 { return x - math.Pi },
		"a jump":    func(x float64) float64 { return math.Copysign(1, x-math.Pi) },
		"a stretch": func(x float64) float64 { return min(x-math.Pi, 0) + max(x-math.Pi-.1, 0) },
	} {
		s := settle(t, f, 0, 0, 10, -1, never)
		if len(s.Roots) != 1 {
			t.Errorf("%s: %+v, want one root", what, s.Roots)
			continue
		}
		near(t, what, s.Roots[0].Value, math.Pi, 1e-11)
	}
}
