package whatif

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/churncost/churncost/calc"
)

// blockTrials is how many trials share a seed of their own. Blocks are fixed, so
// that the number of cores changes nothing, and a block can be drawn again.
const blockTrials = 4096

// pilotBlocks is how many blocks are drawn first, to see where the figures lie.
const pilotBlocks = 4

// Percents are the quantiles that a simulation reports.
var Percents = [...]float64{.05, .1, .5, .9, .95}

// A Request says what to simulate.
type Request struct {
	Metrics      []Metric
	Conditions   []Condition
	Trials       int
	Seed         uint64
	Correlations []calc.Correlation
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
	Given             float64 // the share of the trials in which there was a figure; the rest is of those
	Mean, MeanError   float64
	SD, SDError       float64
	Quantiles, Errors [len(Percents)]float64
	Histogram         []Bar
}

// A Bar is one bar of a histogram: the share of the trials between two values.
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
// the figures are distributed. New makes a world for each goroutine. The same
// seed gives the same answer on any number of cores.
//
// Quantiles are exact: a first pass over all blocks counts the figures in fine
// bins, a second draws the same blocks again and keeps the figures of those few
// bins that quantiles lie in. So memory does not grow with the trials.
func Simulate(ctx context.Context, worlds func() (*World, error), request Request) (*Simulation, error) {
	first, err := worlds()
	if err != nil {
		return nil, err
	}
	drawer, err := newDrawer(first, request.Correlations)
	if err != nil {
		return nil, err
	}
	s := &simulator{Request: request, worlds: worlds, drawer: drawer}
	if err := s.pilot(first); err != nil {
		return nil, err
	}
	counts := newPass(len(request.Metrics), len(request.Conditions))
	if err := s.run(ctx, counts.begin, 1); err != nil {
		return nil, err
	}
	counts.finish()
	keeper := s.keeper(counts)
	if err := s.run(ctx, keeper.begin, 2); err != nil {
		return nil, err
	}
	return s.answer(counts, keeper), nil
}

// A simulator is what the passes have in common.
type simulator struct {
	Request
	worlds func() (*World, error)
	drawer *drawer
	scales []scale // of the histograms, by metric
}

// A sink takes the figures of whole blocks, in a goroutine of its own. Block says
// which trials come next, trial takes one, and done is told when the block ends.
type sink interface {
	trial(s *simulator, w *World)
	done(block int)
}

// blocks is how many blocks the trials make.
func (s *simulator) blocks() int { return (s.Trials + blockTrials - 1) / blockTrials }

// draw computes one block. The block's number and the seed alone decide what is
// drawn.
func (s *simulator) draw(w *World, d *drawer, even []float64, block int, to sink) error {
	random := stream(s.Seed, uint64(block))
	for range min(blockTrials, s.Trials-block*blockTrials) {
		d.draw(w, random, even)
		if err := w.try(); err != nil {
			return w.named(err)
		}
		to.trial(s, w)
	}
	to.done(block)
	return nil
}

// stream is the random stream of one block. The seed and the number are mixed,
// for streams whose states are neighbours begin alike.
func stream(seed, block uint64) *rand.PCG {
	return rand.NewPCG(mix(seed+mix(block)), mix(block^mix(seed)))
}

// mix is the finalizer of SplitMix64 (Steele, Lea & Flood 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// pilot draws the first blocks to see where the figures lie.
func (s *simulator) pilot(w *World) error {
	p := &pilot{low: make([]float64, len(s.Metrics)), high: make([]float64, len(s.Metrics))}
	for i := range s.Metrics {
		p.low[i], p.high[i] = math.Inf(1), math.Inf(-1)
	}
	even := make([]float64, len(s.drawer.ranged))
	for block := range min(pilotBlocks, s.blocks()) {
		if err := s.draw(w, s.drawer, even, block, p); err != nil {
			return err
		}
	}
	for i := range s.Metrics {
		s.scales = append(s.scales, scaleOver(p.low[i], p.high[i]))
	}
	return nil
}

// A pilot keeps the lowest and highest figure.
type pilot struct{ low, high []float64 }

func (p *pilot) trial(s *simulator, w *World) {
	for i, m := range s.Metrics {
		if x := w.figure(m); finite(x) {
			p.low[i], p.high[i] = min(p.low[i], x), max(p.high[i], x)
		}
	}
}

func (p *pilot) done(int) {}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// run draws all blocks, on all cores. Begin makes the sink of each goroutine.
func (s *simulator) run(ctx context.Context, begin func() sink, pass int) error {
	var next, trials atomic.Int64
	var group sync.WaitGroup
	failed := make([]error, min(runtime.GOMAXPROCS(0), s.blocks()))
	for worker := range failed {
		group.Go(func() {
			failed[worker] = s.work(ctx, begin(), &next, func(block int) {
				if s.Progress != nil {
					done := trials.Add(int64(min(blockTrials, s.Trials-block*blockTrials)))
					s.Progress(int(done)+(pass-1)*s.Trials, 2*s.Trials)
				}
			})
		})
	}
	group.Wait()
	return errors.Join(failed...)
}

// work draws one block after another until none is left.
func (s *simulator) work(ctx context.Context, to sink, next *atomic.Int64, progress func(block int)) error {
	w, err := s.worlds()
	if err != nil {
		return err
	}
	d, even := s.drawer.clone(), make([]float64, len(s.drawer.ranged))
	for {
		block := int(next.Add(1)) - 1
		if block >= s.blocks() {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.draw(w, d, even, block, to); err != nil {
			return err
		}
		progress(block)
	}
}

// answer gathers what the passes found.
func (s *simulator) answer(counts *pass, keeper *keeper) *Simulation {
	out := &Simulation{}
	for i := range s.Metrics {
		m := counts.moments[i]
		d := Distribution{Given: m.n / float64(s.Trials), Mean: m.mean, SD: m.sd(), Histogram: counts.bars(i, s.scales[i])}
		d.MeanError, d.SDError = m.meanError(), m.sdError()
		for j := range Percents {
			d.Quantiles[j], d.Errors[j] = keeper.quantile(i, j)
		}
		if m.n == 0 {
			d = Distribution{Mean: math.NaN(), SD: math.NaN()}
		}
		out.Distributions = append(out.Distributions, d)
	}
	n := float64(s.Trials)
	for _, held := range counts.held {
		share := float64(held) / n
		out.Chances = append(out.Chances, Chance{share, math.Sqrt(share * (1 - share) / n)})
	}
	return out
}
