package whatif

import (
	"math"
	"testing"
)

// The numbers 2, 4, 4, 4, 5, 5, 7, 9 have the mean 5; their distances from it are
// −3, −1, −1, −1, 0, 0, 2, 4, the squares of which add up to 32, the cubes to
// −27 − 3 + 8 + 64 = 42, the fourth powers to 81 + 3 + 16 + 256 = 356.
func TestMomentsOfEightNumbersByHand(t *testing.T) {
	numbers := []float64{2, 4, 4, 4, 5, 5, 7, 9}
	want := moments{8, 5, 32, 42, 356}
	for _, pivot := range numbers {
		if got := momentsOf(numbers, pivot); got != want {
			t.Errorf("momentsOf(%v, %v) = %v, want %v", numbers, pivot, got, want)
		}
	}
	for cut := range len(numbers) + 1 {
		got := momentsOf(numbers[:cut], 4)
		got.merge(momentsOf(numbers[cut:], 5))
		for i, pair := range [...][2]float64{{got.n, want.n}, {got.mean, want.mean}, {got.m2, want.m2}, {got.m3, want.m3}, {got.m4, want.m4}} {
			if !(math.Abs(pair[0]-pair[1]) < 1e-12*want.m4) {
				t.Errorf("the first %d merged with the others: moment %d = %v, want %v", cut, i, pair[0], pair[1])
			}
		}
	}
	// The unbiased variance is 32 ÷ 7 = v; the error of the mean √(v ÷ 8); that of
	// √v is √((356 ÷ 8 − v²) ÷ 8) ÷ 2√v.
	m, v := want, 32./7
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"sd", m.sd(), math.Sqrt(v)},
		{"meanError", m.meanError(), math.Sqrt(v / 8)},
		{"sdError", m.sdError(), math.Sqrt((44.5-v*v)/8) / 2 / math.Sqrt(v)},
	} {
		if !(math.Abs(c.got-c.want) < 1e-12) {
			t.Errorf("%s of 2, 4, 4, 4, 5, 5, 7, 9 = %v, want %v", c.what, c.got, c.want)
		}
	}
}

// A billion and a bit has a small spread, which squares of a billion would hide.
func TestMomentsOfNumbersFarFromZeroKeepTheirDigits(t *testing.T) {
	var numbers []float64
	for i := range 1000 {
		numbers = append(numbers, 1e9+float64(i%3)) // 0, 1 and 2: variance ⅔, but for the last one
	}
	m := momentsOf(numbers, 1e9+2)
	// 334 zeros, 333 ones and 333 twos: mean .999, squares 333 + 4 × 333 = 1665.
	if want := (1665 - 1000*.999*.999) / 999; !(math.Abs(m.variance()-want) < 1e-9) || !(math.Abs(m.mean-1e9-.999) < 1e-6) {
		t.Errorf("mean 1e9 + %v and variance %v, want 1e9 + .999 and %v", m.mean-1e9, m.variance(), want)
	}
}

func TestMomentsOfFewNumbers(t *testing.T) {
	if none := momentsOf(nil, 3); none != (moments{}) {
		t.Errorf("momentsOf nothing = %v, want nothing", none)
	}
	one := momentsOf([]float64{3}, 3)
	if one.mean != 3 || one.variance() != 0 || one.sdError() != 0 {
		t.Errorf("of one 3 the mean is %v, the variance %v, the error %v; want 3, 0, 0", one.mean, one.variance(), one.sdError())
	}
	merged := one
	merged.merge(moments{})
	if merged != one {
		t.Errorf("merged with nothing, %v is %v", one, merged)
	}
}
