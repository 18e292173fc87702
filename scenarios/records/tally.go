package records

import (
	"math"
	"math/bits"

	"github.com/churncost/churncost/scenarios/records/value"
)

// A spell is the time from joining to leaving, or to the day observed.
type spell struct {
	joined, left value.Day // left is 0 for one who is still there
	amount       int64
	counts       *counts // of the segment
	line         int64
}

// mostSpells is how many rows of one customer are plausible.
const mostSpells = 1000

// mostSegments bounds the memory that a column of segments can take.
const mostSegments = 1000

// calendarMonths is how far back joining and leaving are counted by the month.
const calendarMonths = 1200

// A question is what is asked about every customer.
type question struct {
	observed, since, yearAgo value.Day // since is 0 where all is asked
	period                   int       // months
	edges                    []int64   // of the buckets of spend
}

// A tally is what was counted so far. Tallies add up to the same in any order.
type tally struct {
	*question
	segments   map[string]*counts
	currencies map[[3]byte]int64 // rows by currency
	faults     faultList

	rows, others   int64 // others are rows in another currency than the one asked for
	customers      int64
	leftLater      int64 // on the day observed or after it
	epoch, forever int64 // rows that joined on 1970-01-01, or left on 9999-12-31
	spendHigh      uint64
	spendLow       uint64 // Σ spend, in 128 bits
	longest        int    // of the tenures

	joined, left []int64 // first spells by whole months before the day observed
}

// counts are what is counted of a segment.
type counts struct {
	name    string
	tenures []tenure // by renewal, from 0
	buckets []bucket // by bucket, from −1
	gone    []gone   // by months gone
}

// A tenure are the counts at one renewal: those for whom it is the first that counts or the
// last, and the rest of a row of the life table.
type tenure struct {
	entering, spendEntering, leaving, spendLeaving                     int64
	lost, spendLost, active, spendActive, lostLastYear, activeAYearAgo int64
}

type bucket struct{ customers, spend, lost int64 }

type gone struct{ returned, stillGone int64 }

func newTally(q *question) *tally {
	return &tally{question: q, segments: map[string]*counts{}, currencies: map[[3]byte]int64{},
		joined: make([]int64, calendarMonths), left: make([]int64, calendarMonths)}
}

// segment finds the counts of a segment; nil where there are too many segments.
func (t *tally) segment(name []byte) *counts {
	c := t.segments[string(name)]
	if c == nil && len(t.segments) <= mostSegments {
		c = &counts{name: string(name)}
		t.segments[c.name] = c
	}
	return c
}

// at gives the element of a slice, which grows to hold it.
func at[T any](s *[]T, i int) *T {
	if i >= len(*s) {
		*s = append(*s, make([]T, i+1-len(*s))...)
	}
	return &(*s)[i]
}

// customer counts a customer by all rows of theirs.
func (t *tally) customer(id []byte, spells []spell) {
	if len(spells) > 1 {
		if spells = t.inOrder(id, spells); spells == nil {
			return
		}
	}
	t.customers++
	t.first(&spells[0])
	if s := &spells[0]; s.left != 0 {
		if len(spells) > 1 {
			at(&s.counts.gone, value.Elapsed(s.left, spells[1].joined)).returned++
		} else {
			at(&s.counts.gone, value.Elapsed(s.left, t.observed)).stillGone++
		}
	}
}

// inOrder sorts the spells of a customer, and leaves out those that overlap.
func (t *tally) inOrder(id []byte, spells []spell) []spell {
	if len(spells) > mostSpells {
		t.faults[manySpells].add(1, example{line: spells[0].line, words: quoted(id)})
		return nil
	}
	for i := 1; i < len(spells); i++ { // a few, mostly in order
		for j := i; j > 0 && spells[j].before(&spells[j-1]); j-- {
			spells[j], spells[j-1] = spells[j-1], spells[j]
		}
	}
	apart := spells[:1]
	for i := range spells[1:] {
		s, last := &spells[i+1], &apart[len(apart)-1]
		if last.left == 0 || s.joined < last.left {
			t.faults[overlapping].add(1, example{line: s.line, words: s.joined.String()})
			continue
		}
		apart = append(apart, *s)
	}
	return apart
}

// before orders spells by joining, then by leaving, then by their line.
func (s *spell) before(other *spell) bool {
	switch {
	case s.joined != other.joined:
		return s.joined < other.joined
	case s.left != other.left:
		return s.left != 0 && (other.left == 0 || s.left < other.left)
	}
	return s.line < other.line
}

// first counts the first spell of a customer.
//
//	L  = max(1, passed(joined, left) + 1)     the renewal at which the customer was lost
//	at risk at t for max(1, passed(joined, since) + 1) ≤ t ≤ min(passed(joined, observed), L)
//	lost at L, if that is one of them
//	active: left is not before the day observed, at renewal passed(joined, observed) + 1
func (t *tally) first(s *spell) {
	c, spend := s.counts, s.amount
	observed := value.Passed(s.joined, t.observed, t.period)
	until, lost := observed, math.MaxInt
	if s.left != 0 {
		lost = max(1, value.Passed(s.joined, s.left, t.period)+1)
		until = min(until, lost)
	}
	from := 1
	if t.since != 0 {
		from = max(1, value.Passed(s.joined, t.since, t.period)+1)
	}
	last := at(&c.tenures, observed+1) // the furthest that is written to
	if from <= until {
		first, final := &c.tenures[from], &c.tenures[until]
		first.entering++
		first.spendEntering += spend
		final.leaving++
		final.spendLeaving += spend
		if lost == until {
			final.lost++
			final.spendLost += spend
		}
	}
	if s.left == 0 {
		last.active++
		last.spendActive += spend
	}
	if s.joined < t.yearAgo && (s.left == 0 || s.left >= t.yearAgo) {
		c.tenures[value.Passed(s.joined, t.yearAgo, t.period)+1].activeAYearAgo++
		b := at(&c.buckets, bucketOf(spend, t.edges)+1)
		b.customers++
		b.spend += spend
		if s.left != 0 {
			c.tenures[lost].lostLastYear++
			b.lost++
		}
	}
	t.calendar(s, observed)
}

// calendar counts for the warnings.
func (t *tally) calendar(s *spell, tenure int) {
	if s.joined != epoch {
		t.joined[min(value.Elapsed(s.joined, t.observed), calendarMonths-1)]++
	}
	if s.left != 0 {
		t.left[min(value.Elapsed(s.left, t.observed), calendarMonths-1)]++
	}
	var carry uint64
	t.spendLow, carry = bits.Add64(t.spendLow, uint64(s.amount), 0)
	t.spendHigh += carry
	t.longest = max(t.longest, tenure)
}

// add adds what another tally counted.
func (t *tally) add(other *tally) {
	for name, from := range other.segments {
		c := t.segment([]byte(name))
		if c == nil {
			continue
		}
		for i, x := range from.tenures {
			to := at(&c.tenures, i)
			to.entering += x.entering
			to.spendEntering += x.spendEntering
			to.leaving += x.leaving
			to.spendLeaving += x.spendLeaving
			to.lost += x.lost
			to.spendLost += x.spendLost
			to.active += x.active
			to.spendActive += x.spendActive
			to.lostLastYear += x.lostLastYear
			to.activeAYearAgo += x.activeAYearAgo
		}
		for i, x := range from.buckets {
			to := at(&c.buckets, i)
			to.customers += x.customers
			to.spend += x.spend
			to.lost += x.lost
		}
		for i, x := range from.gone {
			to := at(&c.gone, i)
			to.returned += x.returned
			to.stillGone += x.stillGone
		}
	}
	for code, rows := range other.currencies {
		t.currencies[code] += rows
	}
	for i := range other.faults {
		t.faults[i].add(other.faults[i].count, other.faults[i].first...)
	}
	for i := range t.joined {
		t.joined[i] += other.joined[i]
		t.left[i] += other.left[i]
	}
	t.rows += other.rows
	t.others += other.others
	t.customers += other.customers
	t.leftLater += other.leftLater
	t.epoch += other.epoch
	t.forever += other.forever
	var carry uint64
	t.spendLow, carry = bits.Add64(t.spendLow, other.spendLow, 0)
	t.spendHigh += other.spendHigh + carry
	t.longest = max(t.longest, other.longest)
}

// octave is how many buckets double the spend.
const octave = 16

// Edges are the least spend of each bucket from 0 on, in minor units: 2^(i÷16), rounded up.
func Edges() []int64 {
	all := make([]int64, bits.Len64(value.MostMinor)*octave)
	for i := range all {
		all[i] = int64(math.Ceil(math.Exp2(float64(i%octave)/octave) * float64(int64(1)<<(i/octave))))
	}
	return all
}

// bucketOf is the highest bucket whose edge is not above the spend; −1 for none.
func bucketOf(spend int64, edges []int64) int {
	if spend < 1 {
		return -1
	}
	low := (bits.Len64(uint64(spend)) - 1) * octave
	high := low + octave
	for high-low > 1 {
		if middle := (low + high) / 2; edges[middle] <= spend {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}
