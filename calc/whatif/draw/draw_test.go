package draw

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mathext"
)

// 2⁵² steps, each drawn by its middle.
func TestAUniformDrawIsNeverAnEndNorOutOfItsStep(t *testing.T) {
	const step = 1. / (1 << 52)
	for _, test := range []struct {
		bits uint64
		want float64
	}{
		{0, step / 2},
		{1<<12 - 1, step / 2},
		{1 << 12, step + step/2},
		{1<<63 - 1, 1./2 - step/2},
		{1 << 63, 1./2 + step/2},
		{math.MaxUint64, 1 - step/2},
	} {
		if got := Uniform(test.bits); got != test.want || got <= 0 || got >= 1 {
			t.Errorf("Uniform(%#x) = %v, want %v", test.bits, got, test.want)
		}
	}
}

// Streams of neighbouring blocks and seeds have nothing in common: the 64,000
// numbers of 1,000 streams all differ.
func TestEachBlockHasAStreamOfItsOwn(t *testing.T) {
	seen := map[uint64]string{}
	for seed := range uint64(10) {
		for block := range uint64(100) {
			random := Stream(seed, block)
			for range 64 {
				number := random.Uint64()
				if seen[number] != "" {
					t.Fatalf("seed %d, block %d draws %d, as another block did", seed, block, number)
				}
				seen[number] = "drawn"
			}
		}
	}
}

// The first numbers of SplitMix64 from the state 1234567, as its authors' reference
// program gives them (prng.di.unimi.it/splitmix64.c; also in Rosetta Code). The state
// grows by the golden ratio, 0x9e3779b97f4a7c15, from one to the next.
func TestMixIsSplitMix64(t *testing.T) {
	state := uint64(1234567)
	for i, want := range [...]uint64{6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821} {
		if got := mix(state); got != want {
			t.Errorf("number %d of SplitMix64 is %d, want %d", i+1, got, want)
		}
		state += 0x9e3779b97f4a7c15
	}
}

// What a seed draws is a promise from release to release.
func TestAStreamIsPCGOfTheMixedSeedAndBlock(t *testing.T) {
	for _, test := range [...][2]uint64{{1, 0}, {7, 3}} {
		seed, block := test[0], test[1]
		if got, want := Stream(seed, block).Uint64(), rand.NewPCG(mix(seed+mix(block)), mix(block^mix(seed))).Uint64(); got != want {
			t.Errorf("Stream(%d, %d) begins with %d, want %d", seed, block, got, want)
		}
	}
}

// The chance of at most k of n is the regularized incomplete beta function
// I(1−p; n−k, k+1) (Abramowitz & Stegun 26.5.24). The quantile of u is the least k for
// which it reaches u; of a large variance it may be off by one thirtieth of a standard
// deviation.
func TestABinomialQuantileIsTheLeastNumberThatReachesItsProbability(t *testing.T) {
	for _, test := range []struct{ n, p, off float64 }{{1, .3, 0}, {131, .131, 0}, {1000, .131, 0}, {1000, .999, 0}, {3000, .4, 0}, {9_882_667, .0551516, 21}} {
		b := NewBinomial(test.n, test.p)
		atMost := func(k float64) float64 {
			switch {
			case k < 0:
				return 0
			case k >= test.n:
				return 1
			}
			return mathext.RegIncBeta(test.n-k, k+1, 1-test.p)
		}
		for _, u := range [...]float64{1e-6, .025, .3, .5, .8, .999, 1 - 1e-6} {
			k := b.Quantile(u)
			if !(atMost(k+test.off) >= u-1e-9 && atMost(k-test.off-1) < u+1e-9) {
				t.Errorf("Quantile(%v) of %v with %v is %v: at most so many have a chance of %v, and one fewer %v", u, test.n, test.p, k, atMost(k), atMost(k-1))
			}
		}
	}
}

func TestNobodyLeavesOfNoneAndAllOfAll(t *testing.T) {
	for _, test := range []struct{ n, p, want float64 }{{50, 0, 0}, {50, 1, 50}, {0, 0, 0}} {
		for _, u := range [...]float64{Uniform(0), .5, Uniform(math.MaxUint64)} {
			if got := NewBinomial(test.n, test.p).Quantile(u); got != test.want {
				t.Errorf("NewBinomial(%v, %v).Quantile(%v) = %v, want %v", test.n, test.p, u, got, test.want)
			}
		}
	}
}
