package whatif

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif/quantile"
)

// A line is one number, reported as it is.
type line struct{ X float64 }

func (in *line) Ask(ask *calc.Form) { ask.Score(&in.X, "x", "a number") }

func (in *line) Tell(tell *calc.Report) { tell.Score("line", "", in.X) }

// bindLine binds a line whose number is uniform between 0 and 1.
func bindLine() (*Bindings, error) {
	c := calc.New("line", "", func(in, out *line) error { *out = *in; return nil })
	m := c.Model()
	err := m.Bind(quantity.Inputs{"x": {Key: "x", Range: quantity.Between(0, 1), Shape: quantity.Shape{Kind: quantity.Uniform}}})
	return NewBindings([]*calc.Model{m}), err
}

// lineSimulator is ready to simulate a line.
func lineSimulator(t *testing.T, trials int, confidence float64) *simulator {
	t.Helper()
	s, err := newSimulator(bindLine, Request{Metrics: []Metric{{0, 0}}, Trials: trials, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	s.confidence = confidence
	return s
}

// With windows far too narrow quantiles are lost again and again, until the windows
// are wide enough; and then the answer is the same.
func TestALostQuantileIsLookedForAgainInAWiderWindow(t *testing.T) {
	run := func(confidence float64) (*Simulation, float64) {
		s := lineSimulator(t, 1<<18, confidence)
		answer, err := s.simulate(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return answer, s.confidence
	}
	want, _ := run(quantile.Confidence)
	got, confidence := run(quantile.Confidence / 1000.)
	if !reflect.DeepEqual(got, want) || confidence <= quantile.Confidence/1000. {
		t.Errorf("from windows a thousandth as wide come %+v (at a confidence of %v at last), want %+v", got, confidence, want)
	}
}

// Sums of floating-point numbers depend on their order. Blocks that are finished in
// another order give the same moments to the last digit.
func TestTheOrderInWhichBlocksFinishChangesNothing(t *testing.T) {
	const blocks, size = 20, 100
	random := rand.New(rand.NewPCG(1, 1))
	values := make([][]float64, blocks)
	for i := range values {
		for range size {
			values[i] = append(values[i], math.Exp(5*random.NormFloat64()))
		}
	}
	run := func(order []int) Distribution {
		a := newAccumulator(values[0], size, blocks*size, quantile.Confidence)
		var scratch []float64
		for _, block := range order {
			scratch = a.add(block, size, values[block], scratch)
		}
		d, found := a.distribution()
		if !found || len(a.waiting) != 0 {
			t.Fatalf("in the order %v the quantiles are found: %v, and %d blocks still wait", order, found, len(a.waiting))
		}
		return d
	}
	inOrder := make([]int, blocks)
	for i := range inOrder {
		inOrder[i] = i
	}
	want := run(inOrder)
	for range 20 {
		order := random.Perm(blocks)
		if got := run(order); !reflect.DeepEqual(got, want) {
			t.Errorf("in the order %v the distribution is %+v, want %+v", order, got, want)
		}
	}
}

// Each task is done once. The error is that of the first task that fails: those before
// it are done, and later ones may fail in the meantime.
func TestForEachGivesTheFirstError(t *testing.T) {
	for _, workers := range [...]int{1, 2, 7} {
		var done [100]atomic.Int64
		err := forEach(workers, len(done), func(worker, task int) error {
			if worker < 0 || worker >= workers {
				t.Errorf("a worker of %d has the number %d", workers, worker)
			}
			done[task].Add(1)
			return nil
		})
		for task := range done {
			if done[task].Load() != 1 || err != nil {
				t.Fatalf("%d workers do task %d %d times, error %v; want once", workers, task, done[task].Load(), err)
			}
		}
		for range 20 {
			var failing sync.WaitGroup
			failing.Add(workers)
			err := forEach(workers, 100, func(_, task int) error {
				if task < 40 {
					time.Sleep(10 * time.Microsecond) // so that no worker does them all
					return nil
				}
				failing.Done()
				failing.Wait() // so that each worker fails
				return fmt.Errorf("task %d", task)
			})
			if err == nil || err.Error() != "task 40" {
				t.Fatalf("%d workers fail with %v, want task 40", workers, err)
			}
		}
	}
}

// After a panic no task is begun, and the caller panics.
func TestForEachPanicsWhereATaskDoes(t *testing.T) {
	const tasks = 1000
	var done atomic.Int64
	defer func() {
		if panicked := fmt.Sprint(recover()); !strings.HasPrefix(panicked, "planted\n") || done.Load() > tasks/2 {
			t.Errorf("forEach panics with %v after %d of %d tasks, want the planted panic soon", panicked, done.Load(), tasks)
		}
	}()
	_ = forEach(2, tasks, func(_, task int) error {
		if task == 0 {
			panic("planted")
		}
		time.Sleep(100 * time.Microsecond)
		done.Add(1)
		return nil
	})
}

// A simulation takes memory when it begins and when a window is narrowed, and never
// for a trial.
func TestATrialTakesNoMemory(t *testing.T) {
	s := lineSimulator(t, 1<<20, quantile.Confidence)
	w, block := s.workers[0], 0
	if got := testing.AllocsPerRun(20, func() {
		block++
		if err := w.run(block); err != nil {
			t.Fatal(err)
		}
	}); got > 1 { // the stream of random numbers of the block
		t.Errorf("a block of %d trials takes memory %v times, want once at most", blockTrials, got)
	}
}

// The numbers 2, 4, 4, 4, 5, 5, 7, 9 have the mean 5; their distances from it are
// −3, −1, −1, −1, 0, 0, 2, 4, the squares of which add up to 32, the cubes to
// −27 − 3 + 8 + 64 = 42, the fourth powers to 81 + 3 + 16 + 256 = 356.
func TestMomentsOfEightNumbersByHand(t *testing.T) {
	numbers := []float64{2, 4, 4, 4, 5, 5, 7, 9}
	want := moments{8, 5, 32, 42, 356}
	for _, pivot := range numbers {
		if got := momentsOf(numbers, pivot); got != want {
			t.Errorf("momentsOf(%v, %v) = %v, want %v", numbers, pivot, got, want)
		}
	}
	for cut := range len(numbers) + 1 {
		got := momentsOf(numbers[:cut], 4)
		got.merge(momentsOf(numbers[cut:], 5))
		for i, pair := range [...][2]float64{{got.n, want.n}, {got.mean, want.mean}, {got.m2, want.m2}, {got.m3, want.m3}, {got.m4, want.m4}} {
			if !(math.Abs(pair[0]-pair[1]) < 1e-12*want.m4) {
				t.Errorf("the first %d merged with the others: moment %d = %v, want %v", cut, i, pair[0], pair[1])
			}
		}
	}
	// The unbiased variance is 32 ÷ 7 = v; the error of the mean √(v ÷ 8); that of
	// √v is √((356 ÷ 8 − v²) ÷ 8) ÷ 2√v.
	m, v := want, 32./7
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"sd", m.sd(), math.Sqrt(v)},
		{"meanError", m.meanError(), math.Sqrt(v / 8)},
		{"sdError", m.sdError(), math.Sqrt((44.5-v*v)/8) / 2 / math.Sqrt(v)},
	} {
		if !(math.Abs(c.got-c.want) < 1e-12) {
			t.Errorf("%s of 2, 4, 4, 4, 5, 5, 7, 9 = %v, want %v", c.what, c.got, c.want)
		}
	}
}

// A billion and a bit has a small spread, which squares of a billion would hide.
func TestMomentsOfNumbersFarFromZeroKeepTheirDigits(t *testing.T) {
	var numbers []float64
	for i := range 1000 {
		numbers = append(numbers, 1e9+float64(i%3)) // 0, 1 and 2: variance ⅔, but for the last one
	}
	m := momentsOf(numbers, 1e9+2)
	// 334 zeros, 333 ones and 333 twos: mean .999, squares 333 + 4 × 333 = 1665.
	if want := (1665 - 1000*.999*.999) / 999; !(math.Abs(m.variance()-want) < 1e-9) || !(math.Abs(m.mean-1e9-.999) < 1e-6) {
		t.Errorf("mean 1e9 + %v and variance %v, want 1e9 + .999 and %v", m.mean-1e9, m.variance(), want)
	}
}

func TestMomentsOfFewNumbers(t *testing.T) {
	if none := momentsOf(nil, 3); none != (moments{}) {
		t.Errorf("momentsOf nothing = %v, want nothing", none)
	}
	one := momentsOf([]float64{3}, 3)
	if one.mean != 3 || one.variance() != 0 || one.sdError() != 0 {
		t.Errorf("of one 3 the mean is %v, the variance %v, the error %v; want 3, 0, 0", one.mean, one.variance(), one.sdError())
	}
	merged := one
	merged.merge(moments{})
	if merged != one {
		t.Errorf("merged with nothing, %v is %v", one, merged)
	}
}
