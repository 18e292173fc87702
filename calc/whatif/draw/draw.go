// Package draw has the random numbers of simulations: streams of them, uniform numbers,
// and counts.
package draw

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"
)

// Stream is the random stream of one block. The seed and the number of the block are
// mixed, because streams with neighbouring states begin alike.
func Stream(seed, block uint64) *rand.PCG {
	return rand.NewPCG(mix(seed+mix(block)), mix(block^mix(seed)))
}

// mix is one step of SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable
// pseudorandom number generators").
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Uniform turns 64 random bits into a number between 0 and 1, both excluded: the
// middle of one of 2⁵² equal steps. The bits become the fraction of a number from 1
// to 2, which is faster than a division.
func Uniform(bits uint64) float64 {
	const one = 1023 << 52 // the bits of 1, to which a fraction can be added
	const halfStep = 1. / (1 << 53)
	return math.Float64frombits(one|bits>>12) - (1 - halfStep)
}

// Least keeps correlated draws away from 0 and 1, where quantiles may be infinite.
const Least = 1e-15

// A Binomial is how many of n people leave where each leaves with the same probability.
type Binomial struct {
	n, mean, sd, skewness float64

	first      float64   // of a small variance: the number that cumulative begins with
	cumulative []float64 // the chance of at most so many, number by number
}

// largestExact is the largest variance for which all chances are written down. Above it a
// draw differs from the exact one by at most one person in 30 standard deviations.
const largestExact = 1000

// NewBinomial prepares the distribution of a count out of n with mean n × p. The n is
// rounded to whole people.
func NewBinomial(n, p float64) *Binomial {
	n = math.Round(n)
	variance := n * p * (1 - p)
	b := &Binomial{n: n, mean: n * p, sd: math.Sqrt(variance)}
	switch {
	case variance > largestExact:
		b.skewness = (1 - 2*p) / b.sd
	case variance > 0:
		b.tabulate(p)
	}
	return b
}

// tabulate writes down the chances of all numbers that matter, from the most likely one
// to both sides.
func (b *Binomial) tabulate(p float64) {
	const least = 1e-18
	mode := math.Floor((b.n + 1) * p)
	odds := p / (1 - p)
	b.first = mode
	chances := []float64{1} // against the most likely number, from first on
	for k, c := mode, 1.0; k > 0 && c > least; k-- {
		c *= k / (b.n - k + 1) / odds
		chances = append([]float64{c}, chances...)
		b.first--
	}
	for k, c := mode, 1.0; k < b.n && c > least; k++ {
		c *= (b.n - k) / (k + 1) * odds
		chances = append(chances, c)
	}
	sum := 0.0
	for i := range chances {
		sum += chances[i]
		chances[i] = sum
	}
	for i := range chances {
		chances[i] /= sum
	}
	b.cumulative = chances
}

// Quantile is the least number that is reached with a probability of u, between 0 and 1.
// For a large variance it is that of the normal distribution, moved for the skewness
// (Cornish & Fisher 1937, "Moments and cumulants in the specification of
// distributions").
func (b *Binomial) Quantile(u float64) float64 {
	if b.cumulative != nil {
		low, high := 0, len(b.cumulative)-1
		for low < high {
			middle := (low + high) / 2
			if b.cumulative[middle] < u {
				low = middle + 1
			} else {
				high = middle
			}
		}
		return b.first + float64(low)
	}
	const six = 6
	z := distuv.UnitNormal.Quantile(u)
	return min(max(math.Round(b.mean+b.sd*(z+(z*z-1)*b.skewness/six)), 0), b.n)
}
