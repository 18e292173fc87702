package customer

import (
	"maps"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// Spend grows evenly to full over two years: the mean is ¼ in the first year,
// ¾ in the second. Over half a year it is ¾ in the first, for half of that year
// rises from nothing and the other half is full. Of a year that is lived in part,
// the mean is over that part.
func TestARampThinsTheFirstPeriodsByTheirMeans(t *testing.T) {
	for _, test := range []struct{ retention, payments, years, ramp, want float64 }{
		{1, 1, 3, 2, 2},      // ¼ + ¾ + 1
		{1, 1, 3, .5, 2.75},  // ¾ + 1 + 1
		{1, 1, 3, 1.5, 2.25}, // ⅓, then (½ of 5/6 + ½ of 1) = 11/12, then 1
		{1, 1, 3, 0, 3},
		{1, 1, 1, 10, .05},
		{.5, 1, 3, 2, .875},   // ¼ + ½ × ¾ + ¼
		{1, 1, 1.5, 2, .5625}, // ¼ + ½ × 5/8: the half-year from 1 to 1½ has 5/8 on average
		{1, 1, .5, 2, .0625},  // ½ × ⅛
		{.5, 1, 1.5, 2, .40625},
		{0, 1, 5, 2, .25},          // 0⁰ = 1
		{.5, 1, forever, 2, 1.125}, // 2 − ¾ − ½ × ¼
		{1, 2, 1, 1, .5},           // ½ × ¼ + ½ × ¾
		{1, 2, .75, 1, .28125},     // ½ × ¼ + ¼ × 5/8, which is ½ × ¾²
		{.25, 2, 1, 1, .3125},      // half stay on for each half-year: ½ × ¼ + ½ × ½ × ¾
		{1, 12, 2, 2, 1},
	} {
		in := hundred(test.retention, 0, test.years)
		in.Payments, in.Renewals = test.payments, test.payments
		if got := in.NewcomerWeight(test.ramp); !near(got, test.want) {
			t.Errorf("%s with a ramp of %v weighs %v, want %v", called(in), test.ramp, got, test.want)
		}
	}
}

// Without churn, growth and discount, it makes no difference how the time is cut:
// the integral of min(1, u ÷ ramp) over T years is T²/2 ÷ ramp, or T − ramp ÷ 2.
func TestARampIsItsIntegralWhateverThePeriod(t *testing.T) {
	random := rand.New(rand.NewPCG(14, 14))
	for range 1000 {
		in := hundred(1, 0, 5*random.Float64())
		in.Payments = []float64{1, 4, 12, 52}[random.IntN(4)]
		in.Renewals = in.Payments
		ramp := .01 + 8*random.Float64()
		want := in.Years - ramp/2
		if in.Years < ramp {
			want = in.Years * in.Years / 2 / ramp
		}
		if got := in.NewcomerWeight(ramp); !near(got, want) {
			t.Errorf("%s with a ramp of %v weighs %v, want %v", called(in), ramp, got, want)
		}
	}
}

func TestASecondLifeHasItsOwnSpendYearsRampAndRetention(t *testing.T) {
	stays := quantity.ByTenure{Later: 1}
	for _, test := range []struct {
		name string
		life SecondLife
		in   func(*Inputs)
		want float64
	}{
		{"as the first", SecondLife{1, 10, 0, stays}, func(*Inputs) {}, 1000},
		{"half the spend", SecondLife{.5, 10, 0, stays}, func(*Inputs) {}, 500},
		{"three years", SecondLife{1, 3, 0, stays}, func(*Inputs) {}, 300},
		// ½ × 100 × (¼ + ¾ + 1 + 1).
		{"half the spend, a ramp of two years, for four", SecondLife{.5, 4, 2, stays}, func(*Inputs) {}, 150},
		// A newcomer's ramp is not the second life's.
		{"a slow newcomer", SecondLife{1, 10, 0, stays}, func(in *Inputs) { in.NewcomerRamp = 5 }, 1000},
		// 100 + 50 + 25, whatever the first life's chance to stay.
		{"half stay", SecondLife{1, 3, 0, quantity.ByTenure{Later: .5}}, func(in *Inputs) { in.Retention.Later = .9 }, 175},
		// It begins at tenure 0: 100 + 60 + 48.
		{"a list", SecondLife{1, 3, 0, byYears(.6, .8)}, func(in *Inputs) { in.Tenure, in.Retention = 2, byYears(.6, .8) }, 208},
		// 100 + 110 ÷ 1.25 + 121 ÷ 1.5625 at a margin of half.
		{"growth, discount and margin", SecondLife{1, 3, 0, stays}, func(in *Inputs) { in.Growth, in.Discount, in.Margin = .1, .25, .5 }, 50 * (1 + 1.1/1.25 + 1.21/1.5625)},
		// A contract by the year, paid by the month: 12 payments, and half of 12.
		{"a contract", SecondLife{1, 2, 0, quantity.ByTenure{Later: .5}}, func(in *Inputs) { in.Payments = 12 }, 150},
		{"for ever", SecondLife{1, forever, 0, quantity.ByTenure{Later: .75}}, func(*Inputs) {}, 400},
		{"of no length", SecondLife{1, 0, 1, stays}, func(*Inputs) {}, 0},
	} {
		in := hundred(1, 0, 10)
		test.in(in)
		if got := test.life.Value(in); !near(got, test.want) {
			t.Errorf("%s: a second life is worth %v, want %v", test.name, got, test.want)
		}
		w := in.Worth()
		if got := test.life.Saves(in, &w); !near(got, test.want) {
			t.Errorf("%s: where nobody takes the place one return saves %v, want all of it, %v", test.name, got, test.want)
		}
	}
}

// A place that a newcomer takes after a year of ten, for 500: 15 % of 10,000 are lost,
// and of each year that somebody else would have filled 85 % would not have been.
func TestOneReturnSavesASecondLifeLessWhatTheNewcomerWouldHaveBrought(t *testing.T) {
	stays := quantity.ByTenure{Later: 1}
	for _, test := range []struct {
		life SecondLife
		want float64
	}{
		{SecondLife{1, 10, 0, stays}, 1500}, // what the customer's own loss comes to
		{SecondLife{.9, 10, 0, stays}, 500}, // 9,000 − .85 × 10,000
		{SecondLife{.5, 10, 0, stays}, -3500},
		{SecondLife{1, 4, 0, stays}, 600},                             // .15 × 4,000
		{SecondLife{1, 10, 2, stays}, 500},                            // 9,000 − 8,500: the ramp is the second life's
		{SecondLife{1, 2, 0, quantity.ByTenure{Later: .5}}, 225},      // .15 × 1,500
		{SecondLife{.9, 2, 4, quantity.ByTenure{Later: .5}}, -993.75}, // .9 × 1,000 × (⅛ + ½ × ⅜) − .85 × 1,500 = 281.25 − 1,275
	} {
		in := hundred(1, 0, 10)
		in.Spend, in.Replaced, in.ReplacedAfter, in.Win = 1000, true, 1, 500
		w := in.Worth()
		if got := test.life.Saves(in, &w); !near(got, test.want) {
			t.Errorf("one return into %+v saves %v, want %v", test.life, got, test.want)
		}
	}
}

// V₂ − (1 − θ) × m × W₂, added up one by one.
func TestWhatOneReturnSavesIsTheFormulaAddedUpOneByOne(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 15))
	pick := func(of ...float64) float64 { return of[random.IntN(len(of))] }
	for range 200 {
		in := hundred(pick(.5, .9), pick(0, .1), pick(1, 2.5, 4))
		in.Payments = pick(1, 4, 12)
		in.Renewals, in.Tenure, in.Growth = pick(1, in.Payments), pick(0, 1), pick(0, .1)
		in.Paid = []string{Start, End, Stayed}[random.IntN(3)]
		in.Replaced, in.ReplacedAfter, in.Win = random.IntN(2) == 0, pick(.5, 1), pick(5, 20)
		life := SecondLife{pick(.5, 1, 1.5), pick(.5, 2, 3.75), pick(0, .5, 6), byYears(pick(.3, .6), .8)}
		w := in.Worth()
		want := life.Spend*100*slowly(in, &life.Retention, 0, life.Years, life.Ramp) - (1-w.Share)*100*slowly(in, &life.Retention, 0, life.Years, 0)
		if got := life.Saves(in, &w); math.Abs(got-want) > 1e-3 { // the slow ramp is cut into 2,000 steps
			t.Fatalf("%s, of which a share of %v is lost: a return into %+v saves %v, and added up one by one %v", called(in), w.Share, life, got, want)
		}
	}
}

func TestASecondLifeWhoseValueHasNoBoundIsRefused(t *testing.T) {
	in := hundred(.5, 0, 10)
	for _, test := range []struct {
		life    SecondLife
		refused bool
	}{
		{SecondLife{1, forever, 0, quantity.ByTenure{Later: 1}}, true},
		{SecondLife{1, forever, 0, quantity.ByTenure{Later: .9}}, false},
		{SecondLife{1, 10, 0, quantity.ByTenure{Later: 1}}, false},
	} {
		err := test.life.Check(in)
		problem, _ := err.(*calc.Problem)
		if (err != nil) != test.refused || test.refused && problem.Key != "winback.second_life.years" {
			t.Errorf("Check() of %+v = %v, want a problem with winback.second_life.years: %v", test.life, err, test.refused)
		}
	}
}

// again is a calculator of a customer and the second life.
type again struct {
	Inputs
	Life SecondLife
}

func (in *again) Ask(ask *calc.Form) {
	in.Inputs.Ask(ask)
	in.Life.Ask(&in.Inputs, ask)
}

func (in *again) Tell(tell *calc.Report) { tell.Money("again.value", "", in.Life.Value(&in.Inputs)) }

// 100 a year for three. The second life's chance to stay and its years are the
// first's until they are given, also where those are a list or follow from churn.
func TestASecondLifeFollowsTheFirst(t *testing.T) {
	list := func(chances ...float64) *quantity.Input {
		in := new(quantity.Input)
		for _, chance := range chances {
			in.List = append(in.List, quantity.Input{Range: quantity.Exactly(chance)})
		}
		return in
	}
	for _, test := range []struct {
		given string
		in    quantity.Inputs
		want  float64
	}{
		{"nothing", nil, 300},
		{"retention 50 %", quantity.Inputs{"customer.retention": exactly(.5)}, 175},
		{"a list and a tenure", quantity.Inputs{"customer.retention": list(.6, .8), "customer.tenure": exactly(1)}, 208},
		{"churn 50 %", quantity.Inputs{"company.churn": exactly(.5)}, 175},
		{"its own retention", quantity.Inputs{"customer.retention": list(.6, .8), "winback.second_life.retention": exactly(.5)}, 175},
		{"its own list", quantity.Inputs{"customer.retention": exactly(.5), "winback.second_life.retention": list(.6, .8)}, 208},
		{"its own years", quantity.Inputs{"winback.second_life.years": exactly(2)}, 200},
		{"its own spend", quantity.Inputs{"winback.second_life.spend": exactly(.5)}, 150},
		{"its own ramp", quantity.Inputs{"winback.second_life.ramp_years": exactly(2)}, 200},
	} {
		given := quantity.Inputs{"customer.spend": exactly(100), "customer.years": exactly(3)}
		maps.Copy(given, test.in)
		m := calc.New("again", "", func(in, out *again) error { *out = *in; return nil }).Model()
		if err := m.Bind(given); err != nil {
			t.Fatalf("Bind with %s: %v", test.given, err)
		}
		got, err := m.Figures(nil)
		if err != nil || !near(got[0], test.want) {
			t.Errorf("with %s a second life is worth %v (%v), want %v", test.given, got, err, test.want)
		}
	}
}
