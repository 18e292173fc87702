package whatif

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/churncost/churncost/calc"
)

// fill tallies figures block by block.
func fill(trials int, sure float64, next func() float64) *tally {
	var t *tally
	var scratch []float64
	figures := make([]float64, blockTrials)
	for block := range trials / blockTrials {
		for i := range figures {
			figures[i] = next()
		}
		if t == nil {
			t = newTally(figures, blockTrials, trials, sure)
		}
		scratch = t.take(block, blockTrials, figures, scratch)
	}
	return t
}

// kept is how many figures a tally has room for in its windows.
func (t *tally) kept() (room int) {
	for i := range t.windows {
		room += cap(t.windows[i].inside)
	}
	return room
}

// What must be kept of n figures is about 2 × 5 × √(n p (1 − p) ¼) around each
// quantile, when half of them came: of 8 million about 22,000 in all, of 500,000
// figures 5,400. Room for three times that, and never less than 1,024 to a
// quantile, is what there may be.
func TestWhatIsKeptGrowsWithTheRootOfTheTrials(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for _, test := range []struct{ trials, most int }{{1 << 19, 3 * 5_400}, {1 << 23, 3 * 22_000}} {
		tallied := fill(test.trials, sureness, random.NormFloat64)
		if kept := tallied.kept(); kept > test.most {
			t.Errorf("of %d figures there is room for %d, want at most %d", test.trials, kept, test.most)
		}
		d, found := tallied.distribution()
		// Φ⁻¹(.95), give or take 4 times √(.05 × .95 ÷ n) ÷ φ.
		slack := 4 * math.Sqrt(.05*.95/float64(test.trials)) / bell(z95)
		if !found || !(math.Abs(d.Quantiles[4]-z95) < slack) {
			t.Errorf("P95 of %d normal figures = %v (found: %v), want %v ± %v", test.trials, d.Quantiles[4], found, z95, slack)
		}
	}
}

// Of whole numbers from 0 to 9 each tenth is the same, and equal ones are counted.
func TestFewDifferentFiguresFillNoMemory(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	tallied := fill(1<<22, sureness, func() float64 { return float64(random.IntN(10)) })
	if kept := tallied.kept(); kept > len(Percents)*(leastRoom+blockTrials) {
		t.Errorf("of ten different figures there is room for %d, want no more than for a few blocks", kept)
	}
	d, found := tallied.distribution()
	if want := [...]float64{0, 0, 4, 8, 9}; !found || d.Quantiles[0] != 0 || d.Quantiles[4] != 9 || d.Quantiles[2] < 4 || d.Quantiles[2] > 5 {
		t.Errorf("the quantiles of ten figures = %v (found: %v), want about %v", d.Quantiles, found, want)
	}
}

// A first block that is all alike says nothing of what comes: here 0 4,096 times,
// and then numbers from 0 to 1.
func TestAWindowThatBeganInTheWrongPlaceLosesTheQuantileAndKnowsIt(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	came := 0
	tallied := fill(1<<16, sureness, func() float64 {
		if came++; came <= blockTrials {
			return 0
		}
		return random.Float64()
	})
	if d, found := tallied.distribution(); found {
		t.Errorf("the quantiles are found to be %v, want them lost", d.Quantiles)
	}
}

// With windows far too narrow quantiles are lost again and again, until they are
// wide enough; and then they are the same.
func TestALostQuantileIsLookedForAgainInAWiderWindow(t *testing.T) {
	worlds := func() (*Bindings, error) {
		c := calc.New("line", "", func(in, out *line) error { *out = *in; return nil })
		m := c.Model()
		err := m.Bind(calc.Inputs{"x": {Key: "x", Range: calc.Between(0, 1), Shape: calc.Shape{Kind: calc.Uniform}}})
		return NewBindings([]*calc.Model{m}), err
	}
	run := func(sure float64) (*Simulation, float64) {
		w, err := worlds()
		if err != nil {
			t.Fatal(err)
		}
		d, err := newDrawer(w, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		s := &simulator{Request: Request{Metrics: []Metric{{0, 0}}, Trials: 1 << 18, Seed: 1}, drawer: d, sure: sure}
		if err := s.hire(w, worlds); err != nil {
			t.Fatal(err)
		}
		answer, err := s.search(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return answer, s.sure
	}
	want, _ := run(sureness)
	got, sure := run(sureness / 1000.)
	if got.Distributions[0].Quantiles != want.Distributions[0].Quantiles || got.Distributions[0].Mean != want.Distributions[0].Mean || sure <= sureness/1000. {
		t.Errorf("from windows a thousandth as wide come %+v (and at last %v), want %+v", got.Distributions[0], sure, want.Distributions[0])
	}
}

// A line is one number, told as it is.
type line struct{ X float64 }

func (in *line) Ask(ask *calc.Form) { ask.Score(&in.X, "x", "a number") }

func (in *line) Tell(tell *calc.Report) { tell.Score("line", "", in.X) }

// The numbers 1 to 10 in any order; at either end stands a figure that came three
// times.
func TestTheNthFigureIsFoundWhereverInTheWindowItIs(t *testing.T) {
	w := window{share: 1. / 2, low: 2, high: 8, room: 100}
	below, kept := w.sift([]float64{5, 8, 1, 3, 2, 9, 2, 8, 7, 2, 8, 10}, nil)
	w.take(12, below, kept)
	for n, want := range []float64{math.NaN(), math.NaN(), 2, 2, 2, 3, 5, 7, 8, 8, 8, math.NaN(), math.NaN()} {
		got, found := w.nth(n)
		if found != !math.IsNaN(want) || found && got != want {
			t.Errorf("figure %d = %v (found: %v), want %v", n, got, found, want)
		}
	}
}

// Narrowing keeps the places: whatever is still inside has the place it had.
func TestNarrowingAWindowMovesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		n := 1 + random.IntN(300)
		figures := make([]float64, n)
		for i := range figures {
			figures[i] = float64(random.IntN(40)) // so that many are equal
		}
		w := newWindow(random.Float64(), nil, 0, 0)
		w.room = 0
		below, kept := w.sift(figures, nil)
		w.take(n, below, kept)
		w.narrow(random.Float64(), 2*random.Float64())
		slices.Sort(figures)
		inside := 0
		for i, want := range figures {
			if got, found := w.nth(i + 1); found && got != want {
				t.Fatalf("figure %d of %v is %v after narrowing, want %v", i+1, figures, got, want)
			} else if found {
				inside++
			}
		}
		if value, found := w.quantile(w.share); !found {
			t.Fatalf("the %v-quantile of %v is lost, and %v is in its place", w.share, figures, value)
		}
		if inside == 0 {
			t.Fatalf("nothing of %v is left", figures)
		}
	}
}
