package whatif_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/lifetime"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
)

// shares demands Shapley values but for the last digits.
func shares(t *testing.T, game string, got []float64, want ...float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %v, want %v", game, got, want)
	}
	for i := range want {
		near(t, fmt.Sprintf("%s: the value of player %d of %v", game, i+1, got), got[i], want[i], 1e-12)
	}
}

// Player 1 has a left glove, 2 and 3 a right one each; a pair is worth 1 (Shapley &
// Shubik 1969, "On market games"). Of the six orders in which they come, 1 completes
// a pair in four, 2 and 3 in one each.
func TestTheGloveGame(t *testing.T) {
	values := make([]float64, 8)
	for _, pair := range []int{0b011, 0b101, 0b111} {
		values[pair] = 1
	}
	shares(t, "gloves", whatif.Shapley(3, values), 2./3, 1./6, 1./6)
}

// Three directors with 4, 2 and 1 votes of 7, of which 4 carry: the first alone
// decides. With 3, 2 and 2 any two do, and all are alike.
func TestAVoteIsWorthWhatItDecides(t *testing.T) {
	for _, test := range []struct {
		votes [3]int
		want  [3]float64
	}{
		{[3]int{4, 2, 1}, [3]float64{1, 0, 0}},
		{[3]int{3, 2, 2}, [3]float64{1. / 3, 1. / 3, 1. / 3}},
	} {
		values := make([]float64, 8)
		for coalition := range values {
			sum := 0
			for i, votes := range test.votes {
				sum += coalition >> i & 1 * votes
			}
			if sum >= 4 {
				values[coalition] = 1
			}
		}
		shares(t, fmt.Sprint(test.votes), whatif.Shapley(3, values), test.want[:]...)
	}
}

func TestOnePlayerGetsEverythingAndNobodyNothing(t *testing.T) {
	shares(t, "one player", whatif.Shapley(1, []float64{3, 10}), 7)
	shares(t, "no players", whatif.Shapley(0, []float64{3}))
}

// The four properties that only the Shapley value has together (Shapley 1953).
func TestShapleyIsEfficientSymmetricAdditiveAndGivesNothingForNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for n := 2; n <= 7; n++ {
		game := func() []float64 {
			values := make([]float64, 1<<n)
			for i := range values {
				values[i] = random.NormFloat64()
			}
			return values
		}
		v, w := game(), game()
		shares := whatif.Shapley(n, v)
		whole := 0.0
		for _, share := range shares {
			whole += share
		}
		near(t, fmt.Sprintf("all values of %d players together", n), whole, v[len(v)-1]-v[0], 1e-12)

		// Player 1 takes the place of player 2 and the other way about.
		swapped := make([]float64, len(v))
		for coalition := range v {
			swapped[coalition&^3|coalition&1<<1|coalition>>1&1] = v[coalition]
		}
		want := slices.Clone(shares)
		want[0], want[1] = want[1], want[0]
		for i, share := range whatif.Shapley(n, swapped) {
			near(t, fmt.Sprintf("the value of player %d of %d, with 1 and 2 changed about", i+1, n), share, want[i], 1e-12)
		}

		// Player 1 adds nothing to anybody.
		idle := slices.Clone(v)
		for coalition := range idle {
			idle[coalition] = v[coalition&^1]
		}
		near(t, fmt.Sprintf("the value of the idle one of %d players", n), whatif.Shapley(n, idle)[0], 0, 1e-12)

		sum := make([]float64, len(v))
		for i := range sum {
			sum[i] = v[i] + w[i]
		}
		of := whatif.Shapley(n, w)
		for i, share := range whatif.Shapley(n, sum) {
			near(t, fmt.Sprintf("the value of player %d of %d in both games", i+1, n), share, shares[i]+of[i], 1e-12)
		}
	}
}

// why shares the change of f out.
func why(t *testing.T, compute func(x, y, z float64) (float64, float64), base, other quantity.Inputs) []whatif.Part {
	t.Helper()
	c := calc.New("toy", "", func(in *space, out *figures) error {
		f, g := compute(in.X, in.Y, in.Z)
		*out = figures{f, g}
		return nil
	})
	parts, err := whatif.Why(c.Model(), 0, base, other)
	if err != nil {
		t.Fatal(err)
	}
	return parts
}

// at is the three inputs of a toy.
func at(a, b, c float64) quantity.Inputs {
	return quantity.Inputs{"x": x(quantity.Exactly(a), ""), "y": y(quantity.Exactly(b), ""), "z": z(quantity.Exactly(c), "")}
}

// xyz goes from 1 × 1 × 1 to 2 × 3 × 5, by 29. x adds 1 × yz: in two of six orders
// it comes first and adds 1, in two last and adds 15, in one after y and adds 3, in
// one after z and adds 5: 40 ÷ 6. y adds 2 × xz: 2 × (1 + 1 + 10 + 10 + 2 + 5) ÷ 6 =
// 58 ÷ 6. z adds 4 × xy: 4 × (1 + 1 + 6 + 6 + 2 + 3) ÷ 6 = 76 ÷ 6. The greatest first.
func TestTheChangeOfAProductOfThree(t *testing.T) {
	parts := why(t, func(x, y, z float64) (float64, float64) { return x * y * z, 0 }, at(1, 1, 1), at(2, 3, 5))
	want := []whatif.Part{{Keys: []string{"z"}, Change: 76. / 6}, {Keys: []string{"y"}, Change: 58. / 6}, {Keys: []string{"x"}, Change: 40. / 6}}
	if len(parts) != len(want) {
		t.Fatalf("Why = %v, want %v", parts, want)
	}
	for i := range want {
		near(t, "the part of "+want[i].Keys[0], parts[i].Change, want[i].Change, 1e-12)
		if !slices.Equal(parts[i].Keys, want[i].Keys) {
			t.Errorf("part %d is of %v, want %v", i+1, parts[i].Keys, want[i].Keys)
		}
	}
}

// Inputs that are alike on both sides cause nothing and are not named; one that only
// one side gives is, against its default of 0.
func TestOnlyInputsThatDifferHaveAPart(t *testing.T) {
	base, other := at(1, 2, 3), at(1, 5, 3)
	delete(base, "z")
	parts := why(t, func(x, y, z float64) (float64, float64) { return x + 10*y + 100*z, 0 }, base, other)
	want := []whatif.Part{{Keys: []string{"z"}, Change: 300}, {Keys: []string{"y"}, Change: 30}}
	if !reflect.DeepEqual(parts, want) {
		t.Errorf("Why = %v, want %v", parts, want)
	}
	if parts := why(t, func(x, y, z float64) (float64, float64) { return x, 0 }, base, base); len(parts) != 0 {
		t.Errorf("Why of no difference = %v, want nothing", parts)
	}
}

// 100 a year, for 10 years with no churn or for ever with a retention of 80 %. For
// ever with no churn never ends: years and retention are one part. The spend, 200
// instead of 100, is separate: V goes from 100 × 10 = 1,000 to 200 × 5 = 1,000,
// the spend by (10 + 5) ÷ 2 × 100 = 750, and the other two by −5 × 150 = −750.
func TestInputsThatExcludeEachOtherBecomeOnePart(t *testing.T) {
	c := calc.New("lifetime", "", lifetime.Compute)
	number := func(key string, value float64) *quantity.Input {
		return &quantity.Input{Key: key, Range: quantity.Exactly(value), Per: quantity.Period{PerAnn: 1}}
	}
	m := c.Model()
	metric := slices.IndexFunc(m.Metrics(), func(f calc.Figure) bool { return f.Metric == "lifetime.ltv" })
	base := quantity.Inputs{"customer.spend": number("customer.spend", 100), "customer.years": number("customer.years", 10)}
	other := quantity.Inputs{"customer.spend": number("customer.spend", 200), "customer.years": number("customer.years", math.Inf(1)),
		"customer.retention": number("customer.retention", .8)}
	parts, err := whatif.Why(m, metric, base, other)
	if err != nil || len(parts) != 2 {
		t.Fatalf("Why = %v, error %v; want two parts", parts, err)
	}
	slices.SortFunc(parts, func(a, b whatif.Part) int { return len(a.Keys) - len(b.Keys) })
	if !slices.Equal(parts[0].Keys, []string{"customer.spend"}) || !slices.Equal(parts[1].Keys, []string{"customer.retention", "customer.years"}) {
		t.Errorf("the parts are of %v and %v, want the spend, and the retention with the years", parts[0].Keys, parts[1].Keys)
	}
	near(t, "the part of the spend", parts[0].Change, 750, 1e-9)
	near(t, "the part of the other two", parts[1].Change, -750, 1e-9)
}

func TestAChangeThatCannotBeComputedOnBothSidesIsAnError(t *testing.T) {
	c := calc.New("toy", "", func(in *space, out *figures) error { *out = figures{math.Log(in.X), 0}; return nil })
	parts, err := whatif.Why(c.Model(), 0, at(1, 1, 1), at(-1, 2, 3))
	if err == nil || !strings.Contains(err.Error(), "cannot be computed") {
		t.Errorf("Why to where there is no figure = %v, %v; want an error", parts, err)
	}
}

// A row of numbers has more inputs than a change can be shared out among.
type row struct {
	Numbers [whatif.MostDiffering + 1]float64
}

func (in *row) Ask(ask *calc.Form) {
	for i := range in.Numbers {
		ask.Score(&in.Numbers[i], fmt.Sprintf("n.%c", 'a'+i), "a number")
	}
}

func (in *row) Tell(tell *calc.Report) {
	sum := 0.0
	for i, number := range in.Numbers {
		sum += float64(i+1) * number
	}
	tell.Score("sum", "", sum)
}

// Twelve inputs, the most that can be: each causes its own number.
func TestAsManyInputsMayDifferAsTheirMixturesCanBeComputed(t *testing.T) {
	c := calc.New("row", "", func(in, out *row) error { *out = *in; return nil })
	inputs := func(value float64) quantity.Inputs {
		in := quantity.Inputs{}
		for i := range whatif.MostDiffering + 1 {
			key := fmt.Sprintf("n.%c", 'a'+i)
			in[key] = &quantity.Input{Key: key, Range: quantity.Exactly(value)}
		}
		return in
	}
	base, other := inputs(1), inputs(2)
	if parts, err := whatif.Why(c.Model(), 0, base, other); err == nil || !strings.Contains(err.Error(), "13 inputs differ") {
		t.Errorf("Why of 13 inputs = %v, %v; want an error that says how many", parts, err)
	}
	other["n.a"] = base["n.a"]
	other["not.asked.for"] = input("not.asked.for", quantity.Exactly(1), "") // causes nothing
	parts, err := whatif.Why(c.Model(), 0, base, other)
	if err != nil || len(parts) != 12 {
		t.Fatalf("Why of 12 inputs = %v, %v; want 12 parts", parts, err)
	}
	for i, part := range parts { // the greatest, n.m with 13, first
		near(t, "the part of "+part.Keys[0], part.Change, float64(13-i), 1e-9)
	}
}

// What only one side gives differs too; what the model does not ask for counts for
// nothing.
func TestDifferingListsTheKeysOfTheModelInOrder(t *testing.T) {
	c := calc.New("toy", "", func(in *space, out *figures) error { *out = figures{in.X + in.Y + in.Z, 0}; return nil })
	base, other := at(1, 2, 3), at(4, 2, 5)
	base["a"] = input("a", quantity.Exactly(1), "")
	other["b"] = input("b", quantity.Exactly(1), "")
	delete(base, "z")
	if got, want := whatif.Differing(c.Model(), base, other), []string{"x", "z"}; !slices.Equal(got, want) {
		t.Errorf("Differing = %v, want %v", got, want)
	}
	if got, want := whatif.Differing(c.Model(), other, base), []string{"x", "z"}; !slices.Equal(got, want) {
		t.Errorf("Differing the other way = %v, want %v", got, want)
	}
}

// What is rounded down goes, cent for cent, to those that lost most by it.
func TestRoundedPartsAddUpToTheRoundedWhole(t *testing.T) {
	for _, test := range []struct {
		whole  float64
		digits int
		parts  []float64
		want   []float64
	}{
		{100, 2, []float64{100. / 3, 100. / 3, 100. / 3}, []float64{33.34, 33.33, 33.33}},
		{-100, 2, []float64{-100. / 3, -100. / 3, -100. / 3}, []float64{-33.33, -33.33, -33.34}},
		{10, 0, []float64{2.6, 3.3, 4.1}, []float64{3, 3, 4}},
		{0, 2, []float64{.005, -.005}, []float64{.01, -.01}},
		{1, 0, []float64{.4, .3, .3}, []float64{1, 0, 0}},
		{5, 0, []float64{7.5, -2.5}, []float64{8, -3}},
		{1.25, 6, []float64{1, .25}, []float64{1, .25}},
		// The whole was rounded by itself, and is two cents more than its parts.
		{3.02, 2, []float64{1, 1, 1}, []float64{1.01, 1.01, 1}},
		// And one less.
		{2.99, 2, []float64{1, 1, 1}, []float64{.99, 1, 1}},
		{0, 2, nil, nil},
	} {
		parts := make([]whatif.Part, len(test.parts))
		for i, change := range test.parts {
			parts[i].Change = change
		}
		whatif.RoundTo(parts, test.whole, test.digits)
		for i, want := range test.want {
			if got := parts[i].Change; got != want || math.Signbit(got) && got == 0 {
				t.Errorf("RoundTo(%v, %v, %d): part %d = %v, want %v", test.parts, test.whole, test.digits, i+1, got, want)
			}
		}
	}
	// And so for any parts: none moves by a whole cent, and together they are the whole.
	random := rand.New(rand.NewPCG(1, 1))
	for range 1000 {
		parts := make([]whatif.Part, 1+random.IntN(12))
		before, whole := make([]float64, len(parts)), 0.0
		for i := range parts {
			parts[i].Change = 1000 * random.NormFloat64()
			before[i], whole = parts[i].Change, whole+parts[i].Change
		}
		whatif.RoundTo(parts, whole, 2)
		cents := 0
		for i := range parts {
			cents += int(math.Round(parts[i].Change * 100))
			if !(math.Abs(parts[i].Change-before[i]) < .01+1e-9) {
				t.Fatalf("RoundTo(%v, %v, 2): part %d is %v", before, whole, i+1, parts[i].Change)
			}
		}
		if cents != int(math.Round(whole*100)) {
			t.Fatalf("RoundTo(%v, %v, 2) = %v, together %d cents", before, whole, parts, cents)
		}
	}
}

func TestPercentIsTheChangeOverTheSizeOfTheBase(t *testing.T) {
	for _, test := range []struct{ base, value, want float64 }{
		{200, 250, 25},
		{200, 200, 0},
		{200, 0, -100},
		{200, -200, -200},
		{-200, -100, 50}, // up, by half of the size
		{-200, -300, -50},
		{0, 0, 0},
		{0, 1, math.NaN()},
		{0, -1, math.NaN()},
	} {
		if got := whatif.Percent(test.base, test.value); got != test.want && !(math.IsNaN(got) && math.IsNaN(test.want)) {
			t.Errorf("Percent(%v, %v) = %v, want %v", test.base, test.value, got, test.want)
		}
	}
}
