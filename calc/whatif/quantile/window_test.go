package quantile

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
)

// shares are the quantiles that the tests follow.
var shares = [...]float64{.05, .1, .5, .9, .95}

const block = 4096

// fill gives windows for each of the shares so many numbers, block by block.
func fill(total int, confidence float64, next func() float64) (windows [len(shares)]*Window) {
	numbers := make([]float64, block)
	var scratch []float64
	for done := 0; done < total; done += block {
		for i := range numbers {
			numbers[i] = next()
		}
		for i, share := range shares {
			if done == 0 {
				windows[i] = New(share, total, confidence, block, slices.Sorted(slices.Values(numbers)))
			}
			scratch = windows[i].Add(numbers, block, scratch)
		}
	}
	return windows
}

// capacity is how many numbers the windows have memory for.
func capacity(windows [len(shares)]*Window) (sum int) {
	for _, w := range windows {
		sum += cap(w.inside)
	}
	return sum
}

// Of n numbers in order, the p-quantile is the one at place p × n, rounded up. Its
// standard error is half the distance between those √(n p (1 − p)) places to either
// side: of the 819,200 whole numbers from 1 that are here in any order, √(819,200 × ½ ×
// ½) = 452.5 for the median and √(819,200 × .05 × .95) = 197.3 for P5 and P95.
func TestQuantilesAreThoseOfAllNumbersSorted(t *testing.T) {
	const n = 200 * block
	random := rand.New(rand.NewPCG(1, 1))
	order := random.Perm(n)
	windows := fill(n, Confidence, func() float64 {
		x := order[0]
		order = order[1:]
		return float64(x + 1)
	})
	for i, want := range [...]float64{40_960, 81_920, 409_600, 737_280, 778_240} {
		value, standardError, found := windows[i].Quantile()
		if !found || value != want {
			t.Errorf("the %v-quantile of 1 to %d is %v (found: %v), want %v", shares[i], n, value, found, want)
		}
		if places := math.Sqrt(n * shares[i] * (1 - shares[i])); !(math.Abs(standardError-places) <= 1) {
			t.Errorf("the error of the %v-quantile of 1 to %d is %v, want %v", shares[i], n, standardError, places)
		}
	}
}

// Any number of goroutines may add blocks; what they give is the same.
func TestGoroutinesShareAWindow(t *testing.T) {
	const blocks = 64
	numbers := make([]float64, blocks*block)
	for i, x := range rand.New(rand.NewPCG(2, 2)).Perm(len(numbers)) {
		numbers[i] = float64(x + 1)
	}
	w := New(.9, len(numbers), Confidence, block, slices.Sorted(slices.Values(numbers[:block])))
	var group sync.WaitGroup
	for part := range slices.Chunk(numbers, 8*block) {
		group.Go(func() {
			var scratch []float64
			for own := range slices.Chunk(part, block) {
				scratch = w.Add(own, block, scratch)
			}
		})
	}
	group.Wait()
	if value, _, found := w.Quantile(); !found || value != math.Ceil(.9*float64(len(numbers))) {
		t.Errorf("the .9-quantile of 1 to %d is %v (found: %v), want %v", len(numbers), value, found, math.Ceil(.9*float64(len(numbers))))
	}
}

// What must be kept of n numbers is about 2 × 5 × √(n p (1 − p) ¼) around each
// quantile, when half of them have arrived: of 8 million about 22,000 in all, of
// 500,000 numbers 5,400. There may be room for three times that, and always for
// 1,024 in each window.
func TestWhatIsKeptGrowsWithTheSquareRootOfTheCount(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for _, test := range []struct{ total, most int }{{1 << 19, 3 * 5_400}, {1 << 23, 3 * 22_000}} {
		windows := fill(test.total, Confidence, random.NormFloat64)
		if kept := capacity(windows); kept > test.most {
			t.Errorf("of %d numbers there is room for %d, want at most %d", test.total, kept, test.most)
		}
		// Φ⁻¹(.95) = 1.645, where the density is .103 (Abramowitz & Stegun, tables 26.1
		// and 26.5); give or take 4 times √(.05 × .95 ÷ n) ÷ .103.
		const z95, density = 1.6448536269514722, .10313564037537139
		standardError := math.Sqrt(.05*.95/float64(test.total)) / density
		value, got, found := windows[4].Quantile()
		if !found || !(math.Abs(value-z95) < 4*standardError) || !(math.Abs(got/standardError-1) < 1./4) {
			t.Errorf("P95 of %d normal numbers = %v ± %v (found: %v), want %v ± %v", test.total, value, got, found, z95, standardError)
		}
	}
}

// A narrow window keeps no more than it must: after each block, the numbers inside
// are those within Confidence standard deviations of the quantile's place. Here half
// of 2²⁰ numbers from 0 to 1 have arrived: 5 √(2¹⁹ ¼ ½) + √(2¹⁹ ¼ ½) = 1,536 places to
// either side of the median, which is .0029. Outside of four times that nothing is
// kept, and within half of it everything.
func TestAWindowLiesAroundItsQuantile(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	numbers := make([]float64, block)
	var w *Window
	var all, scratch []float64
	for range 128 {
		for i := range numbers {
			numbers[i] = random.Float64()
		}
		if w == nil {
			w = New(1./2, 1<<20, Confidence, block, slices.Sorted(slices.Values(numbers)))
		}
		scratch = w.Add(numbers, block, scratch)
		all = append(all, numbers...)
		if len(w.inside) >= w.capacity { // it would be narrowed with each block
			t.Fatalf("after %d numbers the window holds %d and has room for %d, want fewer", len(all), len(w.inside), w.capacity)
		}
	}
	slices.Sort(all)
	middle := len(all) / 2
	for _, place := range [...]int{middle - 4*1536, middle + 4*1536} {
		if x, found := w.nth(place); found {
			t.Errorf("number %d of %d, %v, is kept; want it dropped", place, len(all), x)
		}
	}
	for place := middle - 1536/2; place < middle+1536/2; place++ {
		if x, found := w.nth(place); !found || x != all[place-1] {
			t.Fatalf("number %d of %d = %v (found: %v), want %v", place, len(all), x, found, all[place-1])
		}
	}
}

// Of whole numbers from 0 to 9 each tenth is the same, and equal ones are counted.
func TestFewDifferentNumbersNeedNoMemory(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	windows := fill(1<<22, Confidence, func() float64 { return float64(random.IntN(10)) })
	if kept := capacity(windows); kept > len(shares)*(leastCapacity+block) {
		t.Errorf("of ten different numbers there is room for %d, want no more than for a few blocks", kept)
	}
	for i, want := range [...][2]float64{{0, 0}, {0, 1}, {4, 5}, {8, 9}, {9, 9}} {
		if value, _, found := windows[i].Quantile(); !found || value != want[0] && value != want[1] {
			t.Errorf("the %v-quantile of ten numbers = %v (found: %v), want %v or %v", shares[i], value, found, want[0], want[1])
		}
	}
}

// A first block that is all alike says nothing about what follows: here 0 4,096
// times, and then numbers from 0 to 1. Of 65,536, a sixteenth are 0, and so is P5.
func TestAWindowThatBeganInTheWrongPlaceLosesTheQuantileAndReportsIt(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	arrived := 0
	windows := fill(1<<16, Confidence, func() float64 {
		if arrived++; arrived <= block {
			return 0
		}
		return random.Float64()
	})
	for i, w := range windows {
		if value, _, found := w.Quantile(); found != (i == 0) || found && value != 0 {
			t.Errorf("the %v-quantile is %v (found: %v), want P5 to be 0 and the others lost", shares[i], value, found)
		}
	}
}

// To a computer .07 × 100 is a little more than 7. The place is 7 all the same.
func TestAPlaceIsNotRoundedUpByRounding(t *testing.T) {
	share, n := .07, 100.
	if !(share*n > 7) {
		t.Fatalf("%v × %v = %v, want a little more than 7", share, n, share*n)
	}
	numbers := make([]float64, int(n))
	for i := range numbers {
		numbers[i] = float64(i + 1)
	}
	w := New(share, len(numbers), Confidence, len(numbers), numbers)
	w.Add(numbers, len(numbers), nil)
	if value, _, found := w.Quantile(); !found || value != 7 {
		t.Errorf("the .07-quantile of 1 to 100 is %v (found: %v), want 7", value, found)
	}
}

// The median of the numbers is in the window, and one of the quantiles beside it, which
// give its standard error, is not.
func TestAQuantileWithoutAnErrorIsLost(t *testing.T) {
	for _, ends := range [...][2]float64{{49, 51}, {40, 51}, {49, 60}} { // √(100 × ½ × ½) = 5 places off
		w := Window{share: 1. / 2, low: ends[0], high: ends[1], capacity: 1000}
		for x := range 100 {
			w.Add([]float64{float64(x + 1)}, 1, nil)
		}
		if _, _, found := w.Quantile(); found {
			t.Errorf("the median of 1 to 100 is found with its error in a window from %v to %v, want it lost", ends[0], ends[1])
		}
	}
}

// Draws that gave no number count for how much is done, and for nothing else: of the
// draws here every other gives a number, the whole numbers from 1 in any order. Had
// only those numbers been taken for done, the window would be wider.
func TestADrawMayGiveNoNumber(t *testing.T) {
	const n = 64 * block
	order := rand.New(rand.NewPCG(4, 4)).Perm(n)
	numbers := make([]float64, n)
	for i, x := range order {
		numbers[i] = float64(x + 1)
	}
	w := New(1./2, 2*n, Confidence, 2*block, slices.Sorted(slices.Values(numbers[:block])))
	var scratch []float64
	for own := range slices.Chunk(numbers, block) {
		scratch = w.Add(own, 2*block, scratch)
	}
	if value, _, found := w.Quantile(); !found || value != n/2 {
		t.Errorf("the median of 1 to %d is %v (found: %v), want %v", n, value, found, n/2)
	}
	if w.drawn != 2*n || w.count != n {
		t.Errorf("%d draws gave %d numbers, want %d and %d", w.drawn, w.count, 2*n, n)
	}
}

// The numbers 1 to 10 in any order; at either end of the window is a number that
// arrived several times.
func TestTheNthNumberIsFoundWhereverInTheWindowItIs(t *testing.T) {
	w := Window{share: 1. / 2, low: 2, high: 8, capacity: 100}
	w.Add([]float64{5, 8, 1, 3, 2, 9, 2, 8, 7, 2, 8, 10}, 12, nil)
	for n, want := range []float64{math.NaN(), math.NaN(), 2, 2, 2, 3, 5, 7, 8, 8, 8, math.NaN(), math.NaN()} {
		got, found := w.nth(n)
		if found != !math.IsNaN(want) || found && got != want {
			t.Errorf("number %d = %v (found: %v), want %v", n, got, found, want)
		}
	}
}

// Below 2 are 1 and −3; from 2 to 8 are 2, 5 and 8; above is 9. What is there already
// stays in front.
func TestTheFilterKeepsBothEnds(t *testing.T) {
	below, kept := filter([]float64{1, 2, 5, 9, 8, -3}, 2, 8, []float64{7})
	if want := []float64{7, 2, 5, 8}; below != 2 || !slices.Equal(kept, want) {
		t.Errorf("filter(2 to 8) = %d below and %v, want 2 and %v", below, kept, want)
	}
	below, kept = filter([]float64{1, 2}, math.Inf(-1), math.Inf(1), nil)
	if want := []float64{1, 2}; below != 0 || !slices.Equal(kept, want) {
		t.Errorf("filter without ends = %d below and %v, want none and %v", below, kept, want)
	}
}

// Narrowing keeps the places: whatever is still inside has the place it had.
func TestNarrowingAWindowMovesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		n := 1 + random.IntN(300)
		numbers := make([]float64, n)
		for i := range numbers {
			numbers[i] = float64(random.IntN(40)) // so that many are equal
		}
		total := n + random.IntN(10*n)
		w := New(random.Float64(), total, 2*random.Float64(), 0, nil)
		w.capacity = 0 // so that Add narrows
		w.Add(numbers, n, nil)
		slices.Sort(numbers)
		inside := 0
		for i, want := range numbers {
			if got, found := w.nth(i + 1); found && got != want {
				t.Fatalf("number %d of %v is %v after narrowing, want %v", i+1, numbers, got, want)
			} else if found {
				inside++
			}
		}
		if value, found := w.at(w.share); !found {
			t.Fatalf("the %v-quantile of %v is lost, and is given as %v", w.share, numbers, value)
		}
		if inside == 0 {
			t.Fatalf("nothing of %v is left", numbers)
		}
	}
}
