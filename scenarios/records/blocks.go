package records

import (
	"sync"
	"sync/atomic"

	"github.com/churncost/churncost/scenarios/records/text"
)

// size says how a file is read. No result depends on it.
type size struct {
	block   int // bytes that are read at a time
	readers int // blocks that are parsed at a time
}

// A seam joins the edges of blocks in their order.
type seam struct {
	*tally
	mutex   sync.Mutex
	waiting map[int]edge
	next    int
	open    group
}

// join takes the edge of a block, and joins those that are next.
func (s *seam) join(number int, e edge) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.waiting[number] = e
	for {
		e, there := s.waiting[s.next]
		if !there {
			return
		}
		delete(s.waiting, s.next)
		s.next++
		s.take(e.head)
		if !e.whole && e.tail.spells != nil {
			s.take(e.tail)
		}
	}
}

// take takes the rows of the next customer, or more of the one that is open.
func (s *seam) take(g group) {
	if len(g.spells) == 0 {
		return
	}
	if len(s.open.spells) > 0 && s.open.id == g.id {
		if len(s.open.spells) <= mostSpells {
			s.open.spells = append(s.open.spells, g.spells...)
		}
		return
	}
	s.close()
	s.open = g
}

// close counts the customer who is open.
func (s *seam) close() {
	if len(s.open.spells) == 0 {
		return
	}
	for i := range s.open.spells { // counted here, and not where the row was read
		c := &s.open.spells[i].counts
		*c = s.segment([]byte((*c).name))
		if *c == nil { // too many segments, which is told
			s.open.spells = nil
			return
		}
	}
	s.customer([]byte(s.open.id), s.open.spells)
	s.open.spells = nil
}

// tallyAll reads all rows: one goroutine reads ahead, others parse.
func tallyAll(cut *text.Cutter, readers int, c *columns, q *question) (*tally, bool, error) {
	free, full := make(chan *text.Block, readers+1), make(chan *text.Block, 1)
	for range cap(free) {
		free <- &text.Block{}
	}
	all := &seam{tally: newTally(q), waiting: map[int]edge{}}
	var stopped atomic.Bool
	var workers sync.WaitGroup
	parts := make([]*rowReader, readers)
	for i := range parts {
		part := &rowReader{tally: newTally(q), columns: c, fields: make([][]byte, c.count)}
		if c.segment < 0 {
			part.none = part.tally.segment(nil)
		}
		parts[i] = part
		workers.Go(func() {
			for b := range full {
				all.join(b.Number, part.read(b))
				if b.Broken {
					stopped.Store(true)
				}
				free <- b
			}
		})
	}
	var failed error
	torn := false
	for failed == nil && !stopped.Load() {
		b := <-free
		var more bool
		if more, failed = cut.Next(b); !more {
			break
		}
		torn = b.Torn
		full <- b
	}
	close(full)
	workers.Wait()
	all.close()
	for _, part := range parts {
		all.add(part.tally)
	}
	return all.tally, torn, failed
}
