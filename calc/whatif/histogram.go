package whatif

import (
	"math"
	"slices"
	"sync"
)

// bins is how many bins a figure is counted in, two of them for what lies beyond
// either end.
const bins = 1<<14 + 2

// A scale divides a stretch into bins.
type scale struct{ low, width float64 }

// scaleOver is the scale that holds what a pilot saw, with half as much room
// again on either side.
func scaleOver(low, high float64) scale {
	if !(high > low) {
		return scale{low, 1}
	}
	room := (high - low) / 2
	return scale{low - room, (high - low + 2*room) / (bins - 2)}
}

// bin is the number of the bin that a figure falls into.
func (s scale) bin(x float64) int {
	at := (x - s.low) / s.width
	switch {
	case at < 0:
		return 0
	case at >= bins-2:
		return bins - 1
	}
	return int(at) + 1
}

// edge is where a bin begins.
func (s scale) edge(bin int) float64 { return s.low + s.width*float64(bin-1) }

// A pass is the first pass: moments, fine histograms, and how often conditions
// held. Moments are merged in the order of the blocks, whichever goroutine drew
// them, so that the last digit does not depend on the cores.
type pass struct {
	moments []moments
	counts  [][]uint64 // by metric and bin
	held    []uint64

	lock    sync.Mutex
	sinks   []*counter
	waiting map[int][]moments // blocks that came before their turn
	next    int
}

func newPass(metrics, conditions int) *pass {
	p := &pass{moments: make([]moments, metrics), held: make([]uint64, conditions), waiting: map[int][]moments{}}
	for range metrics {
		p.counts = append(p.counts, make([]uint64, bins))
	}
	return p
}

// A counter counts for one goroutine.
type counter struct {
	pass   *pass
	block  []moments
	counts [][]uint64
	held   []uint64
}

func (p *pass) begin() sink {
	c := &counter{pass: p, block: make([]moments, len(p.moments)), held: make([]uint64, len(p.held))}
	for range p.counts {
		c.counts = append(c.counts, make([]uint64, bins))
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	p.sinks = append(p.sinks, c)
	return c
}

func (c *counter) trial(s *simulator, w *World) {
	for i, m := range s.Metrics {
		if x := w.figure(m); finite(x) {
			c.block[i].add(x)
			c.counts[i][s.scales[i].bin(x)]++
		}
	}
	for i, condition := range s.Conditions {
		if x := w.figure(condition.Metric); finite(x) && condition.Holds(x) {
			c.held[i]++
		}
	}
}

func (c *counter) done(block int) {
	p := c.pass
	p.lock.Lock()
	defer p.lock.Unlock()
	p.waiting[block] = slices.Clone(c.block)
	clear(c.block)
	for p.waiting[p.next] != nil {
		for i, m := range p.waiting[p.next] {
			p.moments[i].merge(m)
		}
		delete(p.waiting, p.next)
		p.next++
	}
}

// finish adds up what the goroutines counted.
func (p *pass) finish() {
	for _, c := range p.sinks {
		for i := range p.counts {
			for bin, count := range c.counts[i] {
				p.counts[i][bin] += count
			}
		}
		for i, held := range c.held {
			p.held[i] += held
		}
	}
	p.sinks = nil
}

// shownBars is how many bars a histogram is shown with, and trimmedShare the
// share of the trials at either end that go into the outermost ones.
const (
	shownBars    = 24
	trimmedShare = 1. / 1000
)

// bars gives a histogram for people: equal bars over all but the rarest figures,
// which are counted in the outermost bars.
func (p *pass) bars(metric int, s scale) []Bar {
	counts, n := p.counts[metric], p.moments[metric].n
	if n == 0 {
		return nil
	}
	first, last := 1, bins-2
	for sum := counts[0]; first < last; first++ {
		if sum += counts[first]; float64(sum) > trimmedShare*n {
			break
		}
	}
	for sum := counts[bins-1]; last > first; last-- {
		if sum += counts[last]; float64(sum) > trimmedShare*n {
			break
		}
	}
	width := max(1, (last-first+shownBars)/shownBars)
	var bars []Bar
	for from := first; from <= last; from += width {
		bars = append(bars, Bar{Low: s.edge(from), High: s.edge(from + width)})
	}
	for bin, count := range counts {
		at := min(max((bin-first)/width, 0), len(bars)-1)
		if bin < first {
			at = 0
		}
		bars[at].Share += float64(count) / n
	}
	return bars
}

// A keeper is the second pass: it keeps the figures of the bins in which
// quantiles lie.
type keeper struct {
	ranks  [][]rank  // by metric: three for each of Percents
	wanted [][]int16 // by metric and bin: which bag, counted from 1; 0 for none
	bags   [][]*bag  // by metric
	lock   sync.Mutex
}

// A rank is one place in the sorted figures: in which bin, and the how manieth
// there.
type rank struct{ bin, within int }

// keeper looks up which bins the second pass must keep.
func (s *simulator) keeper(counts *pass) *keeper {
	k := &keeper{}
	for i := range s.Metrics {
		n := counts.moments[i].n
		var ranks []rank
		wanted := make([]int16, bins)
		var bags []*bag
		for _, p := range Percents {
			spread := math.Sqrt(p * (1 - p) / max(n, 1))
			for _, at := range [...]float64{p, p - spread, p + spread} {
				r := locate(counts.counts[i], int(min(max(math.Ceil(at*n), 1), n)))
				ranks = append(ranks, r)
				if wanted[r.bin] == 0 {
					bags = append(bags, &bag{})
					wanted[r.bin] = int16(len(bags))
				}
			}
		}
		k.ranks, k.wanted, k.bags = append(k.ranks, ranks), append(k.wanted, wanted), append(k.bags, bags)
	}
	return k
}

// locate finds the bin of the so manieth figure.
func locate(counts []uint64, nth int) rank {
	for bin, count := range counts {
		if nth <= int(count) {
			return rank{bin, nth}
		}
		nth -= int(count)
	}
	return rank{0, 0} // there are no figures
}

// A sorter keeps for one goroutine, until its bags are full.
type sorter struct {
	keeper *keeper
	bags   [][]*bag
}

func (k *keeper) begin() sink {
	s := &sorter{keeper: k}
	for _, bags := range k.bags {
		own := make([]*bag, len(bags))
		for i := range own {
			own[i] = &bag{}
		}
		s.bags = append(s.bags, own)
	}
	return s
}

func (o *sorter) trial(s *simulator, w *World) {
	for i, m := range s.Metrics {
		x := w.figure(m)
		if !finite(x) {
			continue
		}
		if at := o.keeper.wanted[i][s.scales[i].bin(x)]; at > 0 {
			o.bags[i][at-1].add(x)
		}
	}
}

func (o *sorter) done(int) {
	o.keeper.lock.Lock()
	defer o.keeper.lock.Unlock()
	for i, bags := range o.bags {
		for j, b := range bags {
			for _, r := range b.runs {
				o.keeper.bags[i][j].addRun(r)
			}
			for _, x := range b.loose {
				o.keeper.bags[i][j].add(x)
			}
			*b = bag{loose: b.loose[:0]}
		}
	}
}

// quantile gives one of Percents of a metric, and its standard error: half the
// distance between the figures one standard error of the rank to either side.
func (k *keeper) quantile(metric, percent int) (value, err float64) {
	at := func(i int) float64 {
		r := k.ranks[metric][3*percent+i]
		return k.bags[metric][k.wanted[metric][r.bin]-1].nth(r.within)
	}
	return at(0), (at(2) - at(1)) / 2
}

// A bag holds numbers, equal ones together once there are many: a figure that
// takes few values fills no memory.
type bag struct {
	loose []float64
	runs  []run // sorted
}

type run struct {
	value float64
	count int
}

// bagRoom is how many loose numbers a bag holds before it sorts them.
const bagRoom = 1 << 13

func (b *bag) add(x float64) {
	if b.loose = append(b.loose, x); len(b.loose) >= bagRoom {
		b.sort()
	}
}

func (b *bag) addRun(r run) {
	b.sort()
	at, found := slices.BinarySearchFunc(b.runs, r.value, func(r run, x float64) int {
		switch {
		case r.value < x:
			return -1
		case r.value > x:
			return 1
		}
		return 0
	})
	if found {
		b.runs[at].count += r.count
	} else {
		b.runs = slices.Insert(b.runs, at, r)
	}
}

// sort merges the loose numbers into the runs.
func (b *bag) sort() {
	if len(b.loose) == 0 {
		return
	}
	slices.Sort(b.loose)
	merged := make([]run, 0, len(b.runs)+1)
	push := func(x float64, count int) {
		if last := len(merged) - 1; last >= 0 && merged[last].value == x {
			merged[last].count += count
			return
		}
		merged = append(merged, run{x, count})
	}
	i := 0
	for _, x := range b.loose {
		for ; i < len(b.runs) && b.runs[i].value <= x; i++ {
			push(b.runs[i].value, b.runs[i].count)
		}
		push(x, 1)
	}
	for ; i < len(b.runs); i++ {
		push(b.runs[i].value, b.runs[i].count)
	}
	b.loose, b.runs = b.loose[:0], merged
}

// nth is the so manieth number, counted from 1; NaN where there is none.
func (b *bag) nth(n int) float64 {
	b.sort()
	for _, r := range b.runs {
		if n <= r.count {
			return r.value
		}
		n -= r.count
	}
	return math.NaN()
}
