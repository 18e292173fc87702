package study

import (
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/churncost/churncost/cmd/internal/fault"
)

// A Worker evaluates one scenario after another. It reuses its models.
type Worker struct {
	evaluation
	Base evaluation // of the baseline
}

// many is from how many scenarios on time counts more than memory.
const many = 100

// ForEach calls work for 0 … n−1, on all cores.
func (s *Study) ForEach(n int, work func(w *Worker, i int)) {
	if n >= many { // the collector runs when the heap doubles: beside an untouched block it runs less often
		block := make([]byte, 32<<20)
		defer runtime.KeepAlive(block)
	}
	var next atomic.Int64
	var workers sync.WaitGroup
	var first atomic.Pointer[fault.Fault]
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					first.CompareAndSwap(nil, fault.From(r))
				}
			}()
			w := &Worker{evaluation: evaluation{study: s}, Base: evaluation{study: s}}
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				work(w, i)
			}
		})
	}
	workers.Wait()
	if f := first.Load(); f != nil {
		panic(f)
	}
}
