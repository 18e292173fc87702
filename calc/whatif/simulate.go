package whatif

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/churncost/churncost/calc"
)

// blockTrials is how many trials share a stream of random numbers. Blocks are
// fixed, so that the number of cores changes nothing.
const blockTrials = 4096

// Percents are the quantiles that a simulation reports.
var Percents = [...]float64{.05, .1, .5, .9, .95}

// A Request says what to simulate.
type Request struct {
	Metrics      []Metric
	Conditions   []Condition
	Trials       int
	Seed         uint64
	Correlations []calc.Correlation
	Curves       QuantileFunctions  // those that simulations of the same scenario share; may be nil
	Progress     func(done, of int) // called now and then, by any goroutine; may be nil
}

// A Condition is something that a figure may meet.
type Condition struct {
	Metric Metric
	Holds  func(value float64) bool
}

// A Distribution is what the trials say of one figure. Each Error is one standard
// error of the number beside it: how far chance alone puts it from the value
// that endless trials would give.
type Distribution struct {
	Given             float64 // the share of the trials in which there was a figure; all that follows is of those
	Mean, MeanError   float64
	SD, SDError       float64
	Quantiles, Errors [len(Percents)]float64
	Histogram         []Bar
}

// Finite tells whether all of it is finite: the moments of figures that are finite
// may not be.
func (d *Distribution) Finite() bool {
	sum := d.Mean + d.MeanError + d.SD + d.SDError
	for i := range d.Quantiles {
		sum += d.Quantiles[i] + d.Errors[i]
	}
	return finite(sum)
}

// A Bar is one bar of a histogram: the share of the figures between two values.
type Bar struct{ Low, High, Share float64 }

// A Chance is how often a condition held, and its standard error. A trial without
// a figure meets nothing.
type Chance struct{ Share, Error float64 }

// A Simulation is the answer to a Request.
type Simulation struct {
	Distributions []Distribution // by metric
	Chances       []Chance       // by condition
}

// Simulate draws every ranged input of a world, again and again, and tells how
// the figures are distributed. New worlds are made for the other goroutines. The
// same seed gives the same answer on any number of cores.
//
// Quantiles are those of all figures sorted, and not an estimate; yet only the
// figures near them are kept, so that memory grows with the root of the trials.
func Simulate(ctx context.Context, worlds func() (*Bindings, error), request Request) (*Simulation, error) {
	first, err := worlds()
	if err != nil {
		return nil, err
	}
	drawer, err := newDrawer(first, request.Correlations, request.Curves)
	if err != nil {
		return nil, err
	}
	s := &simulator{Request: request, drawer: drawer, sure: sureness}
	if err := s.hire(first, worlds); err != nil {
		return nil, err
	}
	return s.search(ctx)
}

// A simulator runs one simulation.
type simulator struct {
	Request
	drawer  *drawer
	workers []*worker
	sure    float64 // of the windows around quantiles
	tallies []*tally
	held    []atomic.Int64 // how often each condition held
}

// search draws until every quantile is found, which once is nearly always enough.
func (s *simulator) search(ctx context.Context) (*Simulation, error) {
	for {
		if err := s.run(ctx); err != nil {
			return nil, err
		}
		if answer, whole := s.answer(); whole {
			return answer, nil
		}
		s.sure *= 2
	}
}

// blocks is how many blocks the trials make.
func (s *simulator) blocks() int { return (s.Trials + blockTrials - 1) / blockTrials }

// size is how many trials a block has; the last may have fewer.
func (s *simulator) size(block int) int { return min(blockTrials, s.Trials-block*blockTrials) }

// hire makes a worker for each core, or for each block where there are fewer.
// Worlds are made here, one after another, for binding a model writes into the
// scenario's inputs.
func (s *simulator) hire(w *Bindings, worlds func() (*Bindings, error)) (err error) {
	for range min(runtime.GOMAXPROCS(0), s.blocks()) {
		if len(s.workers) > 0 {
			if w, err = worlds(); err != nil {
				return err
			}
		}
		s.workers = append(s.workers, newWorker(s, w))
	}
	return nil
}

// run draws all blocks: the first by itself, to see where the figures lie, and
// the others on all cores.
func (s *simulator) run(ctx context.Context) error {
	s.held = make([]atomic.Int64, len(s.Conditions))
	first := s.workers[0]
	if err := first.draw(0); err != nil {
		return err
	}
	s.tallies = s.tallies[:0]
	for _, figures := range first.figures {
		s.tallies = append(s.tallies, newTally(figures, s.size(0), s.Trials, s.sure))
	}
	first.hand(0)
	var next, done atomic.Int64
	var failed failure
	var group sync.WaitGroup
	done.Store(int64(s.size(0)))
	for _, k := range s.workers {
		group.Go(func() {
			defer failed.recover()
			for ctx.Err() == nil && !failed.happened() {
				block := int(next.Add(1))
				if block >= s.blocks() {
					return
				}
				if err := k.draw(block); err != nil {
					failed.note(block, err)
					return
				}
				k.hand(block)
				if trials := done.Add(int64(s.size(block))); s.Progress != nil {
					s.Progress(int(trials), s.Trials)
				}
			}
		})
	}
	group.Wait()
	if failed.fault != nil {
		panic(failed.fault)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return failed.err
}

// A failure is what went wrong in the first block in which anything did. Blocks
// are begun in order, so that it is the same on any number of cores.
type failure struct {
	lock  sync.Mutex
	err   error
	block int
	fault any // of the program itself: what it panicked with
}

func (f *failure) happened() bool {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.err != nil || f.fault != nil
}

// recover catches a fault of the program, for whoever waits to panic with.
func (f *failure) recover() {
	if fault := recover(); fault != nil {
		f.lock.Lock()
		defer f.lock.Unlock()
		f.fault = fault
	}
}

func (f *failure) note(block int, err error) {
	f.lock.Lock()
	defer f.lock.Unlock()
	if f.err == nil || block < f.block {
		f.err, f.block = err, block
	}
}

// A worker draws blocks, one after another.
type worker struct {
	simulator *simulator
	drawer    *drawer
	models    []*calc.Model // by metric: who tells it
	figures   [][]float64   // of one block, by metric: those that are given
	held      []int64       // how often each condition held in the block
	sifted    []float64
}

func newWorker(s *simulator, w *Bindings) *worker {
	k := &worker{simulator: s, drawer: s.drawer.in(w), held: make([]int64, len(s.Conditions))}
	for _, m := range s.Metrics {
		k.models = append(k.models, w.models[m.Model])
		k.figures = append(k.figures, make([]float64, s.size(0)))
	}
	return k
}

// draw computes one block. The block's number and the seed alone decide what is
// drawn.
func (k *worker) draw(block int) error {
	random := stream(k.simulator.Seed, uint64(block))
	size := k.simulator.size(block)
	for i := range k.figures {
		k.figures[i] = k.figures[i][:size]
	}
	clear(k.held)
	for from := 0; from < size; from += batchTrials {
		batch := min(size-from, batchTrials)
		k.drawer.draw(random, batch)
		for trial := range batch {
			if err := k.drawer.try(trial); err != nil {
				return err
			}
			k.note(from + trial)
		}
	}
	for i, figures := range k.figures {
		k.figures[i] = slices.DeleteFunc(figures, func(x float64) bool { return !finite(x) })
	}
	return nil
}

// note takes the figures down that were just computed.
func (k *worker) note(trial int) {
	s := k.simulator
	for i, model := range k.models {
		k.figures[i][trial] = model.Tried(s.Metrics[i].Index)
	}
	for i := range s.Conditions {
		condition := &s.Conditions[i]
		if x := k.drawer.world.figure(condition.Metric); finite(x) && condition.Holds(x) {
			k.held[i]++
		}
	}
}

func finite(x float64) bool { return x-x == 0 }

// hand gives what the block brought to the tallies.
func (k *worker) hand(block int) {
	s := k.simulator
	for i, figures := range k.figures {
		k.sifted = s.tallies[i].take(block, s.size(block), figures, k.sifted)
	}
	for i, held := range k.held {
		s.held[i].Add(held)
	}
}

// answer gathers what was drawn. Whole is false where a quantile was lost.
func (s *simulator) answer() (answer *Simulation, whole bool) {
	answer = &Simulation{}
	for _, t := range s.tallies {
		d, found := t.distribution()
		if !found {
			return nil, false
		}
		answer.Distributions = append(answer.Distributions, d)
	}
	n := float64(s.Trials)
	for i := range s.held {
		held := float64(s.held[i].Load())
		likely := (held + 1./2) / (n + 1) // so that no chance seems certain that was never seen to fail
		answer.Chances = append(answer.Chances, Chance{held / n, math.Sqrt(likely * (1 - likely) / n)})
	}
	return answer, true
}

// stream is the random stream of one block. The seed and the number are mixed,
// for streams whose states are neighbours begin alike.
func stream(seed, block uint64) *rand.PCG {
	return rand.NewPCG(mix(seed+mix(block)), mix(block^mix(seed)))
}

// mix is the finalizer of SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable
// pseudorandom number generators").
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
