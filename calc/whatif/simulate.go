package whatif

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif/draw"
	"github.com/churncost/churncost/calc/whatif/histogram"
	"github.com/churncost/churncost/calc/whatif/quantile"
)

// blockTrials is how many trials share a stream of random numbers. The size is
// fixed, so that the number of cores changes nothing.
const blockTrials = 4096

// Percents are the quantiles that a simulation reports, as shares.
var Percents = [...]float64{.05, .1, .5, .9, .95}

// A Request says what to simulate.
type Request struct {
	Metrics      []Metric
	Conditions   []Condition
	Trials       int
	Seed         uint64
	Correlations []quantity.Correlation
	Functions    QuantileFunctions     // shared by simulations of the same scenario; may be nil
	Progress     func(done, total int) // called now and then, by any goroutine; may be nil
}

// A Condition is something that a figure may meet.
type Condition struct {
	Metric Metric
	Holds  func(value float64) bool
}

// A Distribution describes the values of one figure over all trials. Each Error is
// one standard error of the number beside it: how far chance alone puts it from the
// value that endless trials would give.
type Distribution struct {
	Given             float64 // the share of the trials with a finite figure; all that follows is about those
	Mean, MeanError   float64
	SD, SDError       float64
	Quantiles, Errors [len(Percents)]float64
	Histogram         []histogram.Bar
}

// Finite reports whether all of it is finite. Moments may overflow where no figure
// does.
func (d *Distribution) Finite() bool {
	sum := d.Mean + d.MeanError + d.SD + d.SDError
	for i := range d.Quantiles {
		sum += d.Quantiles[i] + d.Errors[i]
	}
	return finite(sum)
}

// A Chance is how often a condition held, as a share of all trials, and its standard
// error. A trial without a finite figure meets no condition.
type Chance struct{ Share, Error float64 }

// A Simulation is the answer to a Request.
type Simulation struct {
	Distributions []Distribution // by metric
	Chances       []Chance       // by condition
}

// Simulate draws every ranged input and every list of counts again and again, and describes how the figures
// are distributed. It computes each model once for each trial. bind gives bindings of
// the scenario, new ones for each goroutine. The same seed gives the same answer on
// any number of cores. Where a model does not compute, the error names the values
// that were drawn.
// Memory grows with the square root of the trials.
func Simulate(ctx context.Context, bind func() (*Bindings, error), request Request) (*Simulation, error) {
	s, err := newSimulator(bind, request)
	if err != nil {
		return nil, err
	}
	return s.simulate(ctx)
}

// A simulator runs one simulation.
type simulator struct {
	Request
	workers      []*worker
	confidence   float64 // of the windows around quantiles
	accumulators []*accumulator
	held         []atomic.Int64 // how often each condition held
}

// newSimulator makes a worker for each core, or for each block where there are fewer.
// It asks for bindings one after another, so that bind need not be safe for several
// goroutines.
func newSimulator(bind func() (*Bindings, error), request Request) (*simulator, error) {
	s := &simulator{Request: request, confidence: quantile.Confidence}
	var first *sampler
	for range min(runtime.GOMAXPROCS(0), s.blocks()) {
		b, err := bind()
		if err != nil {
			return nil, err
		}
		if first == nil {
			if first, err = newSampler(b, request.Correlations, request.Functions); err != nil {
				return nil, err
			}
		}
		w := &worker{simulator: s, sampler: first.in(b), held: make([]int64, len(s.Conditions))}
		for range s.Metrics {
			w.figures = append(w.figures, make([]float64, 0, s.size(0)))
		}
		s.workers = append(s.workers, w)
	}
	return s, nil
}

// simulate runs all trials, again with greater confidence if a quantile is lost (rare).
func (s *simulator) simulate(ctx context.Context) (*Simulation, error) {
	for {
		if err := s.run(ctx); err != nil {
			return nil, err
		}
		if answer, found := s.answer(); found {
			return answer, nil
		}
		s.confidence *= 2
	}
}

// blocks is how many blocks the trials make.
func (s *simulator) blocks() int { return (s.Trials + blockTrials - 1) / blockTrials }

// size is how many trials a block has; the last may have fewer.
func (s *simulator) size(block int) int { return min(blockTrials, s.Trials-block*blockTrials) }

// run runs all blocks: the first by itself, to see where the figures lie, and the
// others on all cores.
func (s *simulator) run(ctx context.Context) error {
	s.held = make([]atomic.Int64, len(s.Conditions))
	first := s.workers[0]
	if err := first.run(0); err != nil {
		return err
	}
	s.accumulators = s.accumulators[:0]
	for _, figures := range first.figures {
		s.accumulators = append(s.accumulators, newAccumulator(figures, s.size(0), s.Trials, s.confidence))
	}
	first.deliver(0)
	var done atomic.Int64
	done.Store(int64(s.size(0)))
	return forEach(len(s.workers), s.blocks()-1, func(worker, task int) error {
		w, block := s.workers[worker], 1+task
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.run(block); err != nil {
			return err
		}
		w.deliver(block)
		if trials := done.Add(int64(s.size(block))); s.Progress != nil {
			s.Progress(int(trials), s.Trials)
		}
		return nil
	})
}

// answer gathers the results. It is not found where a quantile was lost.
func (s *simulator) answer() (answer *Simulation, found bool) {
	answer = &Simulation{}
	for _, a := range s.accumulators {
		d, found := a.distribution()
		if !found {
			return nil, false
		}
		answer.Distributions = append(answer.Distributions, d)
	}
	n := float64(s.Trials)
	for i := range s.held {
		held := float64(s.held[i].Load())
		likely := (held + 1./2) / (n + 1) // so that a chance of 0 or 1 has an error too
		answer.Chances = append(answer.Chances, Chance{held / n, math.Sqrt(likely * (1 - likely) / n)})
	}
	return answer, true
}

// A worker runs blocks, one after another.
type worker struct {
	simulator *simulator
	sampler   *sampler
	figures   [][]float64 // of one block, by metric: those that are finite
	held      []int64     // how often each condition held in the block
	scratch   []float64
}

// run computes one block. The number of the block and the seed alone decide what is
// drawn.
func (w *worker) run(block int) error {
	s, models := w.simulator, w.sampler.bindings.models
	random := draw.Stream(s.Seed, uint64(block))
	for i := range w.figures {
		w.figures[i] = w.figures[i][:0]
	}
	clear(w.held)
	for left := s.size(block); left > 0; left -= batchTrials {
		trials := min(left, batchTrials)
		w.sampler.draw(random, trials)
		for trial := range trials {
			w.sampler.set(trial)
			for _, m := range models {
				if err := m.Try(); err != nil {
					return w.sampler.locate(err, trial)
				}
			}
			for i, m := range s.Metrics {
				if x := models[m.Model].Tried(m.Index); finite(x) {
					w.figures[i] = append(w.figures[i], x)
				}
			}
			for i := range s.Conditions {
				c := &s.Conditions[i]
				if x := models[c.Metric.Model].Tried(c.Metric.Index); finite(x) && c.Holds(x) {
					w.held[i]++
				}
			}
		}
	}
	return nil
}

func finite(x float64) bool { return x-x == 0 }

// deliver adds what the block gave to the accumulators.
func (w *worker) deliver(block int) {
	s := w.simulator
	for i, figures := range w.figures {
		w.scratch = s.accumulators[i].add(block, s.size(block), figures, w.scratch)
	}
	for i, held := range w.held {
		s.held[i].Add(held)
	}
}

// forEach does tasks, numbered from 0, on some workers, each of which is a goroutine.
// Tasks are begun in order, and none after one has failed. The error is that of the
// first task that fails, for any number of workers. It panics where a task does.
func forEach(workers, tasks int, do func(worker, task int) error) (failed error) {
	failures := make([]struct {
		task     int
		err      error
		panicked any
	}, workers)
	var next atomic.Int64
	var stop atomic.Bool
	var group sync.WaitGroup
	for worker := range failures {
		group.Go(func() {
			f := &failures[worker]
			defer func() {
				if r := recover(); r != nil {
					f.panicked = fmt.Sprintf("%v\n\n%s", r, debug.Stack())
				}
				stop.CompareAndSwap(false, f.panicked != nil || f.err != nil)
			}()
			for f.err == nil && !stop.Load() {
				if f.task = int(next.Add(1)) - 1; f.task >= tasks {
					return
				}
				f.err = do(worker, f.task)
			}
		})
	}
	group.Wait()
	first := tasks
	for _, f := range failures {
		if f.panicked != nil {
			panic(f.panicked)
		}
		if f.err != nil && f.task < first {
			first, failed = f.task, f.err
		}
	}
	return failed
}
