// Loop is the café's model, written by hand for this model only:
//
//	go run ./bench/trials/loop TRIALS
//
// Each block of trials has its own PCG stream. A beta is made of two gammas, as in numpy.
// All figures are kept. Quantiles are found by selection, without sorting.
package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
)

const block = 4096

func main() {
	trials, err := strconv.Atoi(os.Args[len(os.Args)-1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "loop:", err)
		os.Exit(1)
	}
	figures := make([]float64, trials)
	var next atomic.Int64
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for {
				begin := int(next.Add(block)) - block
				if begin >= trials {
					return
				}
				draw(figures[begin:min(begin+block, trials)], uint64(begin))
			}
		})
	}
	group.Wait()
	for _, share := range [...]float64{.05, .1, .5, .9, .95} {
		fmt.Printf("%.2f\n", nth(figures, int(math.Ceil(share*float64(trials)))-1))
	}
}

func draw(figures []float64, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 1))
	spend, visits, years := newPERT(7, 9, 12), newPERT(4, 5, 6), newPERT(2, 4, 6)
	margin, leave := newPERT(.62, .66, .70), newPERT(.05, .08, .15)
	for i := range figures {
		figures[i] = spend.draw(random) * visits.draw(random) * 12 * margin.draw(random) * years.draw(random) * (1 + leave.draw(random)*5)
	}
}

type pert struct {
	low, width float64
	a, b       gamma
}

func newPERT(low, likely, high float64) pert {
	p := (likely - low) / (high - low)
	return pert{low, high - low, newGamma(1 + 4*p), newGamma(1 + 4*(1-p))}
}

func (p *pert) draw(random *rand.Rand) float64 {
	a, b := p.a.draw(random), p.b.draw(random)
	return p.low + p.width*a/(a+b)
}

// A gamma draws by Marsaglia & Tsang 2000, "A simple method for generating gamma
// variables", for shapes of at least 1.
type gamma struct{ d, c float64 }

func newGamma(shape float64) gamma {
	d := shape - 1./3
	return gamma{d, 1 / math.Sqrt(9*d)}
}

func (g *gamma) draw(random *rand.Rand) float64 {
	for {
		x := random.NormFloat64()
		v := 1 + g.c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		u := random.Float64()
		if u < 1-.0331*x*x*x*x || math.Log(u) < x*x/2+g.d*(1-v+math.Log(v)) {
			return g.d * v
		}
	}
}

// nth moves the number that would be at an index if sorted to that index, and returns it.
func nth(numbers []float64, n int) float64 {
	low, high := 0, len(numbers)-1
	for low < high {
		pivot := numbers[low+(high-low)/2]
		i, j := low, high
		for i <= j {
			for numbers[i] < pivot {
				i++
			}
			for numbers[j] > pivot {
				j--
			}
			if i <= j {
				numbers[i], numbers[j] = numbers[j], numbers[i]
				i++
				j--
			}
		}
		switch {
		case n <= j:
			high = j
		case n >= i:
			low = i
		default:
			return numbers[n]
		}
	}
	return numbers[n]
}
