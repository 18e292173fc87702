package customer

import (
	"math"
	"math/rand/v2"
	"testing"
)

// refilled is a customer whose place a newcomer takes.
func refilled(after, win float64, change func(*Inputs)) *Inputs {
	in := someone(func(in *Inputs) { in.Spend, in.Replaced, in.ReplacedAfter, in.Win = 100, true, after, win })
	change(in)
	return in
}

func TestWhatANewcomerSavesIsComputedByHand(t *testing.T) {
	for _, test := range []struct {
		name                             string
		in                               *Inputs
		share, loss, newLoss, winReplace float64
	}{
		// 100 + 60 + 48 = 208 when new, 100 + 80 + 64 = 244 after a year. A year's 100
		// and 4 for the newcomer are half of 208: a customer of a year scales to 122.
		{"one who stayed a year", refilled(1, 4, func(in *Inputs) { in.Years, in.Retention, in.Tenure = 3, byYears(.6, .8), 1 }), .5, 122, 104, 4},
		// 100 + 64 + 40.96 = 204.96; a year's 100 and 10.
		{"discounted", refilled(1, 10, func(in *Inputs) { in.Years, in.Retention.Later, in.Discount = 3, .8, .25 }), 110 / 204.96, 110, 110, 10},
		// In the two years left the newcomer lacks ¾ × 100 and ¼ × 64, a year from now:
		// 91 ÷ 1.25 = 72.8 more.
		{"discounted, with a ramp", refilled(1, 10, func(in *Inputs) {
			in.Years, in.Retention.Later, in.Discount, in.NewcomerRamp = 3, .8, .25, 2
		}), 182.8 / 204.96, 182.8, 182.8, 10},
		// Only one year is left of the newcomer's four until full spend: its mean is ⅛.
		{"a ramp beyond the horizon", refilled(2, 0, func(in *Inputs) { in.Years, in.NewcomerRamp = 3, 4 }), 287.5 / 300, 287.5, 287.5, 0},
		// 79 × (1 + .98 + .9604) + 100, of 79 ÷ .02.
		{"by the month", refilled(.25, 100, func(in *Inputs) {
			in.Payments, in.Renewals, in.Spend, in.Years, in.Retention.Later = 12, 12, 79*12, forever, math.Pow(.98, 12)
		}), 332.2916 / 3950, 332.2916, 332.2916, 100},
		// Winning takes 180 of a new customer's 100 + 90, and of the 100 + 10 that are
		// left after a year as large a share. All of it is the newcomer's cost.
		{"one with little left", refilled(0, 180, func(in *Inputs) { in.Years, in.Retention, in.Tenure = 2, byYears(.9, .1), 1 }), 180. / 190, 110 * 180. / 190, 180, 110 * 180. / 190},
		// An annual contract, half of it over and half of all renewed: ½ + ½ × ½ years are
		// left, of a new customer's one.
		{"in the middle of a contract", refilled(0, 20, func(in *Inputs) {
			in.Payments, in.Years, in.Retention.Later, in.Tenure = 12, 1, .5, .5
		}), .2, 15, 20, 15},
		{"at once and for nothing", refilled(0, 0, func(in *Inputs) {}), 0, 0, 0, 0},
		{"by whom, nobody says", refilled(1, 4, func(in *Inputs) { in.Replaced = false }), 1, 1000, 1000, 0},
	} {
		w := test.in.Worth()
		if !near(w.Share, test.share) || !near(w.Loss, test.loss) || !near(w.NewLoss, test.newLoss) || !near(w.Replacement, test.winReplace) {
			t.Errorf("%s: share %v, loss %v, of a new one %v, replacement %v; want %v, %v, %v, %v",
				test.name, w.Share, w.Loss, w.NewLoss, w.Replacement, test.share, test.loss, test.newLoss, test.winReplace)
		}
	}
}

// 1,000 in ten years: with a year empty, a newcomer for 899 is worth it, and one for
// 900 or 901 is not.
func TestAReplacementThatWouldCostMoreThanItBringsIsNotMade(t *testing.T) {
	for _, test := range []struct {
		win, loss, replacement float64
		pointless              bool
	}{{899, 999, 899, false}, {900, 1000, 0, true}, {901, 1000, 0, true}} {
		w := refilled(1, test.win, func(*Inputs) {}).Worth()
		if !near(w.Loss, test.loss) || w.Replacement != test.replacement || w.Pointless != test.pointless {
			t.Errorf("for %v: the loss is %v, of it %v for the newcomer, and it is pointless: %v; want %v, %v, %v",
				test.win, w.Loss, w.Replacement, w.Pointless, test.loss, test.replacement, test.pointless)
		}
	}
}

// Nobody takes the place at the horizon or after it, and where there is none always.
func TestNobodyTakesThePlaceOnceTheYearsAreOver(t *testing.T) {
	for _, test := range []struct {
		after, years, share float64
	}{{9, 10, .95}, {10, 10, 1}, {11, 10, 1}, {0, 0, 1}} {
		w := refilled(test.after, 50, func(in *Inputs) { in.Years = test.years }).Worth()
		if !near(w.Share, test.share) || w.Pointless {
			t.Errorf("replaced after %v of %v years a share of %v is lost (pointless: %v), want %v", test.after, test.years, w.Share, w.Pointless, test.share)
		}
	}
	// 90 % for ever are 1,000; after 20 years 1 − .9²⁰ of it is gone.
	w := refilled(20, 50, func(in *Inputs) { in.Years, in.Retention.Later = forever, .9 }).Worth()
	if want := 1 - math.Pow(.9, 20) + .05; !near(w.Share, want) {
		t.Errorf("replaced after 20 years of many a share of %v is lost, want %v", w.Share, want)
	}
}

// It is never less than what the empty time alone costs, and never more than all.
func TestALossWithANewcomerLiesBetweenTheEmptyTimeAndTheWholeValue(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 11))
	for range 2000 {
		in := refilled(3*random.Float64(), 200*random.Float64(), func(in *Inputs) {
			in.Payments = []float64{1, 4, 12}[random.IntN(3)]
			in.Renewals, in.Years = in.Payments, 1+9*random.Float64()
			in.Discount, in.Growth, in.NewcomerRamp = random.Float64(), random.Float64()-.5, 2*random.Float64()
			in.Retention.Later = random.Float64()
		})
		w := in.Worth()
		empty := *in
		empty.Replaced, empty.Years = false, min(in.ReplacedAfter, in.Years)
		least := empty.Worth().Value
		if !(w.NewLoss >= least-1e-9 && w.NewLoss <= w.NewValue+1e-9 && w.Share >= 0 && w.Share <= 1) {
			t.Fatalf("%+v: losing one costs %v, want it from %v (the empty time) to %v (all of it)", *in, w.NewLoss, least, w.NewValue)
		}
		if !near(w.Loss, w.Share*w.Value) || !(w.Replacement >= 0 && w.Replacement <= w.Loss+1e-9 && w.Replacement <= in.Win) {
			t.Fatalf("%+v: %+v, want the loss to be the share of the value, and the replacement no more than it nor than %v", *in, w, in.Win)
		}
	}
}

// w = V₀(min(τ, T)) + (1 + d)^−τ × (V₀(T − τ) − V₀ᵣ(T − τ)) + W, with each weight added
// up one payment after the other.
func TestTheShareThatIsLostIsTheFormulaAddedUpOneByOne(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 12))
	pick := func(of ...float64) float64 { return of[random.IntN(len(of))] }
	within := 0
	for range 300 {
		in := refilled(pick(0, .25, .5, 1, 2), pick(0, 5, 80), func(in *Inputs) {
			in.Payments = pick(1, 4, 12)
			in.Renewals = pick(1, in.Payments)
			in.Years, in.Tenure = pick(1, 2.5, 4), pick(0, .5, 2)
			in.Discount, in.Growth, in.NewcomerRamp = pick(0, .1), pick(0, .05), pick(0, .5, 3)
			in.Paid = []string{Start, End, Stayed}[random.IntN(3)]
			in.Retention.Later = pick(.5, .9)
			if random.IntN(2) == 0 {
				in.Retention = byYears(.6, .8)
			}
		})
		value := in.Spend * slowly(in, &in.Retention, 0, in.Years, 0)
		after := in.ReplacedAfter
		want := 1.0
		if after < in.Years {
			left := in.Years - after
			lost := in.Spend*slowly(in, &in.Retention, 0, after, 0) + in.Win +
				math.Pow(1+in.Discount, -after)*in.Spend*(slowly(in, &in.Retention, 0, left, 0)-slowly(in, &in.Retention, 0, left, in.NewcomerRamp))
			want = min(1, lost/value)
		}
		if want < 1 {
			within++
		}
		if got := in.Worth().Share; math.Abs(got-want) > 1e-5 { // the slow ramp is cut into 2,000 steps
			t.Fatalf("%+v: the share lost is %v, and added up one by one %v", *in, got, want)
		}
	}
	if within < 100 {
		t.Errorf("only %d of 300 places are refilled with any gain, too few to prove anything", within)
	}
}

func TestALaterOrDearerNewcomerNeverMakesALossCheaper(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 13))
	for range 1000 {
		in := refilled(5*random.Float64(), 300*random.Float64(), func(in *Inputs) { in.Retention.Later, in.Discount = random.Float64(), random.Float64() })
		before := in.Worth().Loss
		dearer, slower := *in, *in
		dearer.Win += 100 * random.Float64()
		slower.NewcomerRamp += 3 * random.Float64()
		for name, changed := range map[string]*Inputs{"a dearer newcomer": &dearer, "a slower one": &slower} {
			if got := changed.Worth().Loss; !(got >= before-1e-9) {
				t.Errorf("%+v: losing one costs %v, and with %s %v", *in, before, name, got)
			}
		}
		later := *in // without a ramp: with one, a later newcomer has less of it left to lack
		later.ReplacedAfter += random.Float64()
		if got := later.Worth().Loss; !(got >= before-1e-9) {
			t.Errorf("%+v: losing one costs %v, and replaced after %v years %v", *in, before, later.ReplacedAfter, got)
		}
	}
}
