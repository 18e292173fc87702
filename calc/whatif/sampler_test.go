package whatif

import (
	"math"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif/draw"
)

// Correlated or not, a draw is never 0 or 1, where a normal is infinite.
func TestACorrelatedDrawIsNeverAnEnd(t *testing.T) {
	b, err := bindPair()
	if err != nil {
		t.Fatal(err)
	}
	for _, rank := range [...]float64{-.9, .5, .9, 1} {
		s, err := newSampler(b, []quantity.Correlation{{Keys: [2]string{"x", "y"}, Rank: rank}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, bits := range [...][2]uint64{{0, 0}, {0, math.MaxUint64}, {math.MaxUint64, 0}, {math.MaxUint64, math.MaxUint64}} {
			x, y := &s.values[0][0], &s.values[1][0]
			*x, *y = draw.Uniform(bits[0]), draw.Uniform(bits[1])
			if s.correlateTrial(0); !(*x > 0 && *x < 1 && *y > 0 && *y < 1) {
				t.Errorf("with a rank correlation of %v the outermost draws become %v and %v, want them between 0 and 1", rank, *x, *y)
			}
		}
	}
}

// What a seed draws is a promise from release to release: for each block its
// stream of package draw, batch by batch of 256 trials, and
// in each the ranges in the order in which they are asked for.
func TestWhatASeedDrawsStaysTheSame(t *testing.T) {
	const seed, trials = 7, 5*blockTrials - 100
	s, err := newSimulator(bindPair, Request{Metrics: []Metric{{0, 0}, {0, 1}}, Trials: trials, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	w := s.workers[0]
	for _, block := range [...]uint64{0, 3, 4} {
		if err := w.run(int(block)); err != nil {
			t.Fatal(err)
		}
		random := draw.Stream(seed, block)
		size := blockTrials
		if block == 4 {
			size -= 100
		}
		if len(w.figures[0]) != size || len(w.figures[1]) != size {
			t.Fatalf("block %d has %d and %d figures, want %d", block, len(w.figures[0]), len(w.figures[1]), size)
		}
		for from := 0; from < size; from += 256 {
			for _, figures := range w.figures {
				for trial := from; trial < min(from+256, size); trial++ {
					if want := draw.Uniform(random.Uint64()); figures[trial] != want {
						t.Fatalf("trial %d of block %d draws %v, want %v", trial, block, figures[trial], want)
					}
				}
			}
		}
	}
}

// A pair is two numbers, reported as they are.
type pair struct{ X, Y float64 }

func (in *pair) Ask(ask *calc.Form) {
	ask.Score(&in.X, "x", "the first")
	ask.Score(&in.Y, "y", "the second")
}

func (in *pair) Tell(tell *calc.Report) {
	tell.Score("first", "", in.X)
	tell.Score("second", "", in.Y)
}

// bindPair binds a pair of numbers that are uniform between 0 and 1.
func bindPair() (*Bindings, error) {
	m := calc.New("pair", "", func(in, out *pair) error { *out = *in; return nil }).Model()
	uniform := quantity.Shape{Kind: quantity.Uniform}
	err := m.Bind(quantity.Inputs{"x": {Key: "x", Range: quantity.Between(0, 1), Shape: uniform}, "y": {Key: "y", Range: quantity.Between(0, 1), Shape: uniform}})
	return NewBindings([]*calc.Model{m}), err
}
