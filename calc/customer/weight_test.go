package customer

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/churncost/churncost/calc/quantity"
)

// byMonths is the tenure list of the given chances per month.
func byMonths(perMonth ...float64) quantity.ByTenure {
	list := quantity.ByTenure{Period: 1. / 12}
	for _, chance := range perMonth {
		list.Early = append(list.Early, math.Pow(chance, 12))
	}
	last := len(list.Early) - 1
	list.Early, list.Later = list.Early[:last], list.Early[last]
	return list
}

func byYears(chances ...float64) quantity.ByTenure {
	last := len(chances) - 1
	return quantity.ByTenure{Early: chances[:last], Later: chances[last], Period: 1}
}

// someone pays one unit of money a year, by the year, without churn or discount.
func someone(change func(*Inputs)) *Inputs {
	in := &Inputs{Spend: 1, Visits: 1, Payments: 1, Renewals: 1, Years: 10, Margin: 1, Retention: quantity.ByTenure{Later: 1}, Paid: Start}
	change(in)
	return in
}

// near compares up to the rounding of the sums.
func near(got, want float64) bool { return math.Abs(got-want) <= 1e-9*math.Max(1, math.Abs(want)) }

// Worked by hand, or published where the comment says so.
func TestAValueIsTheSumOfTheTextbook(t *testing.T) {
	monthly := func(in *Inputs) { in.Payments, in.Renewals = 12, 12 }
	for _, c := range []struct {
		name   string
		change func(*Inputs)
		want   float64
	}{
		// m 100, r 80 %, d 12 %, for ever (Fader & Hardie 2012): 350, 312.5 and 250.
		{"start", func(in *Inputs) {
			in.Spend, in.Years, in.Retention.Later, in.Discount = 100, math.Inf(1), .8, .12
		}, 350},
		{"end", func(in *Inputs) {
			in.Spend, in.Years, in.Retention.Later, in.Discount, in.Paid = 100, math.Inf(1), .8, .12, End
		}, 312.5},
		{"stayed", func(in *Inputs) {
			in.Spend, in.Years, in.Retention.Later, in.Discount, in.Paid = 100, math.Inf(1), .8, .12, Stayed
		}, 250},
		// 79 ÷ (1 − .98), and 98 % of it.
		{"79 a month, 98% a month", func(in *Inputs) {
			monthly(in)
			in.Spend, in.Years, in.Retention.Later = 79*12, math.Inf(1), math.Pow(.98, 12)
		}, 3950},
		{"the same from those who stayed", func(in *Inputs) {
			monthly(in)
			in.Spend, in.Years, in.Retention.Later, in.Paid = 79*12, math.Inf(1), math.Pow(.98, 12), Stayed
		}, 3871},
		// 79 × (1 + .9 + .81 + .729 + .6561 + .59049) = 79 × 4.68559.
		{"six months", func(in *Inputs) {
			monthly(in)
			in.Spend, in.Years, in.Retention.Later = 79*12, .5, math.Pow(.9, 12)
		}, 79 * 4.68559},
		// 199 × .8 ÷ .021 = 7,580.952…
		{"a margin of 80%", func(in *Inputs) {
			monthly(in)
			in.Spend, in.Margin, in.Years, in.Retention.Later = 199*12, .8, math.Inf(1), math.Pow(.979, 12)
		}, 199 * .8 / .021},
		// 100 × 1.12 ÷ (1.12 − .84).
		{"growth", func(in *Inputs) {
			in.Spend, in.Years, in.Retention.Later, in.Growth, in.Discount = 100, math.Inf(1), .8, .05, .12
		}, 400},
		// 100 + 60 + 48; a year on, 100 + 80 + 64.
		{"a list", func(in *Inputs) { in.Spend, in.Years, in.Retention = 100, 3, byYears(.6, .8) }, 208},
		{"a list at tenure 1", func(in *Inputs) { in.Spend, in.Years, in.Retention, in.Tenure = 100, 3, byYears(.6, .8), 1 }, 244},
		// Nobody stays a second year, and one who has stayed it all the same goes at once: no 0 ÷ 0.
		{"a list that ends in nobody", func(in *Inputs) { in.Spend, in.Years, in.Retention = 100, 5, byYears(.8, 0) }, 180},
		{"at tenure 2 of the same", func(in *Inputs) { in.Spend, in.Years, in.Retention, in.Tenure = 100, 5, byYears(.8, 0), 2 }, 100},
		// Nobody stays: the first quarter's payment alone, whatever growth and discount leave
		// of the last digit.
		{"nobody stays, with growth and discount", func(in *Inputs) {
			in.Payments, in.Renewals, in.Spend, in.Years, in.Retention.Later = 4, 4, 400, 1, 0
			in.Growth, in.Discount = 1.3765544230623197, .7253957272114261
		}, 100},
		{"nobody stays, by the week", func(in *Inputs) {
			in.Payments, in.Renewals, in.Spend, in.Years, in.Retention.Later, in.Growth = 52, 52, 5200, math.Inf(1), 0, 1.0869278231982709
		}, 100},
		// A millionth of the trillionth part stays a year: 10⁻¹⁸, whose twelfth root is 10^−1.5.
		{"hardly anybody stays", func(in *Inputs) {
			in.Payments, in.Renewals, in.Spend, in.Years, in.Retention.Later = 12, 12, 1200, math.Inf(1), 1e-18
		}, 100 / (1 - 1/math.Sqrt(1000))},
		// A contract by the year, billed by the month: 12 whole payments, then 12 × .5.
		{"an annual contract", func(in *Inputs) {
			in.Payments, in.Renewals, in.Spend, in.Years, in.Retention.Later = 12, 1, 120, 2, .5
		}, 180},
		// 100 × (1 + .5 × 1.5): half of the next year's payments count.
		{"a part of a period", func(in *Inputs) { in.Spend, in.Years, in.Retention.Later = 100, 2.5, .5 }, 162.5},
	} {
		in := someone(c.change)
		if got := in.Worth().Value; !near(got, c.want) {
			t.Errorf("%s: the value is %.9f, want %.9f", c.name, got, c.want)
		}
	}
}

// slowly adds the payments up one by one, as the formula is written.
func slowly(in *Inputs, stay *quantity.ByTenure, tenure, years, ramp float64) float64 {
	p := in.Payments
	before := func(t float64) float64 {
		if in.Renewals < p {
			return math.Floor(t*in.Renewals+1e-9) / in.Renewals
		}
		return t
	}
	// Each year of tenure is cut into steps inside which no chance changes.
	survival := func(from, to float64) float64 {
		logs, parts := 0.0, 156.0 // into which weeks, months and quarters all fit
		for i := math.Round(from * parts); i < math.Round(to*parts); i++ {
			r := stay.Later
			if at := int((i + .5) / parts / stay.Period); stay.Early != nil && at < len(stay.Early) {
				r = stay.Early[at]
			}
			logs += math.Log(r) / parts
		}
		return math.Exp(logs)
	}
	sum, count := 0.0, years*p
	for k := 0.0; k < count-1e-9; k++ {
		part := min(1, count-k)
		mean := 1.0
		if ramp > 0 {
			mean = 0
			const steps = 2000
			for i := range steps {
				mean += min(1, (k+part*(float64(i)+.5)/steps)/p/ramp) / steps
			}
		}
		at := k
		if in.Paid == Stayed {
			at = k + 1
		}
		term := survival(before(tenure), before(tenure+at/p)) * math.Pow(1+in.Growth, k/p)
		switch in.Paid {
		case Start:
			term /= math.Pow(1+in.Discount, k/p)
		default:
			term /= math.Pow(1+in.Discount, (k+1)/p)
		}
		sum += part * mean * term
	}
	return sum / p
}

func TestClosedFormsAreTheSumsOneByOne(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(of ...float64) float64 { return of[random.IntN(len(of))] }
	for i := range 400 {
		in := someone(func(in *Inputs) {
			in.Payments = pick(1, 4, 12, 52)
			in.Renewals = in.Payments
			if random.IntN(2) == 0 {
				in.Renewals = pick(1, 4, 12, 52)
				in.Renewals = min(in.Renewals, in.Payments)
			}
			in.Years = pick(.25, .5, 1, 2.5, 3, 4.4)
			in.Paid = []string{Start, End, Stayed}[random.IntN(3)]
			in.Tenure = pick(0, .5, 1, 1.25, 3)
			in.Growth, in.Discount = pick(0, .1, -.3), pick(0, .1)
			in.Retention = []quantity.ByTenure{{Later: .9}, {Later: 1}, byYears(.5, .9, 1), byYears(.9, .3), byMonths(.9, .95, .99, .8, 1)}[random.IntN(5)]
		})
		ramp := pick(0, .3, 1, 6)
		got := in.WeightAt(in.Tenure)
		want := slowly(in, &in.Retention, in.Tenure, in.Years, 0)
		// The slow way rounds at each of its thousands of steps.
		if math.Abs(got-want) > 1e-8*math.Max(1, want) {
			t.Fatalf("%d: %+v: the weight is %.12f, and added up one by one %.12f", i, *in, got, want)
		}
		got, want = in.NewcomerWeight(ramp), slowly(in, &in.Retention, 0, in.Years, ramp)
		if math.Abs(got-want) > 1e-5*math.Max(1, want) {
			t.Fatalf("%d: %+v: with a ramp of %v the weight is %.12f, and added up one by one %.12f", i, *in, ramp, got, want)
		}
	}
}

func TestForeverIsWhatAVeryLongTimeComesTo(t *testing.T) {
	for _, payments := range []float64{1, 12, 52} {
		for _, renewals := range []float64{1, 4, 12, 52} {
			for _, stay := range []quantity.ByTenure{{Later: .8}, {Later: 0}, byYears(.5, .9), byMonths(.9, .95)} {
				for _, paid := range []string{Start, End, Stayed} {
					in := someone(func(in *Inputs) {
						in.Payments, in.Renewals, in.Retention, in.Paid = payments, min(payments, renewals), stay, paid
						in.Growth, in.Discount, in.Tenure = .02, .05, .75
					})
					in.Years = math.Inf(1)
					ever := in.WeightAt(in.Tenure)
					in.Years = 400
					long := in.WeightAt(in.Tenure)
					if !near(ever, long) {
						t.Errorf("%v payments, %v renewals, %+v, %s: for ever %.12f, for 400 years %.12f", payments, renewals, stay, paid, ever, long)
					}
				}
			}
		}
	}
}

// Near a ratio of 1 the sum is nearly the number of its terms: the first two terms
// of its series, n + n(n−1)/2 × (x − 1), are all that a float64 can tell.
func TestNearARatioOfOneNoDigitIsLost(t *testing.T) {
	for _, less := range []float64{1e-9, 1e-12, 1e-15} {
		in := someone(func(in *Inputs) { in.Payments, in.Renewals, in.Retention.Later = 12, 12, 1-less })
		left := 1 - in.Retention.Later // what the float64 has kept of it
		const n = 120
		want := (n - n*(n-1)/2*left/12) / 12
		if got := in.WeightAt(0); math.Abs(got-want) > 4e-15*want {
			t.Errorf("retention 1 − %g: the weight is %.17g, want %.17g", less, got, want)
		}
	}
}

// Two years of 50 % and then 80 %: of those who leave in the first year nobody would
// have stayed as long. 1 + .2 + .16 + … = 1 + .2 ÷ .2 = 2 years, against 1 + .8 + … = 5
// of one who stayed that year.
func TestLeaversAreWorthLessThanThoseWhoStay(t *testing.T) {
	in := someone(func(in *Inputs) { in.Years, in.Retention, in.Tenure = math.Inf(1), byYears(.5, .8), 1 })
	if got := in.Leavers(&in.Retention); !near(got, 2) {
		t.Errorf("leavers are worth %.9f years, want 2", got)
	}
	if got := in.WeightAt(in.Tenure); !near(got, 5) {
		t.Errorf("one who stayed is worth %.9f years, want 5", got)
	}
	// Where it falls, the formula would say that those who leave stay longer.
	falling := byYears(.8, 0)
	if got := in.Leavers(&falling); !math.IsNaN(got) {
		t.Errorf("of a chance that falls, leavers are worth %.9f years, want none", got)
	}
	// Where the chance never changes, leavers are like all others: 1 ÷ .2.
	in.Retention = quantity.ByTenure{Later: .8}
	if got := in.Leavers(&in.Retention); !near(got, 5) {
		t.Errorf("with one retention leavers are worth %.9f years, want 5", got)
	}
}

func TestAReplacementLeavesAShareOfTheValueLost(t *testing.T) {
	for _, c := range []struct {
		name        string
		change      func(*Inputs)
		share, loss float64
	}{
		// One year's 1,000 and 500 for the newcomer, of 10,000.
		{"ten years", func(in *Inputs) { in.Spend, in.ReplacedAfter, in.Win = 1000, 1, 500 }, .15, 1500},
		// r 80 %, for ever: 1,000 × (1 − .8^τ) ÷ .2 + 500, of 5,000.
		{"after 1 year", func(in *Inputs) {
			in.Spend, in.Years, in.Retention.Later, in.ReplacedAfter, in.Win = 1000, math.Inf(1), .8, 1, 500
		}, .3, 1500},
		{"after 2 years", func(in *Inputs) {
			in.Spend, in.Years, in.Retention.Later, in.ReplacedAfter, in.Win = 1000, math.Inf(1), .8, 2, 500
		}, .46, 2300},
		{"after 5 years", func(in *Inputs) {
			in.Spend, in.Years, in.Retention.Later, in.ReplacedAfter, in.Win = 1000, math.Inf(1), .8, 5, 500
		}, .77232, 3861.6},
		// A newcomer who takes two years to spend in full brings 750 and 250 less in them.
		{"with a ramp", func(in *Inputs) { in.Spend, in.ReplacedAfter, in.Win, in.NewcomerRamp = 1000, 1, 500, 2 }, .25, 2500},
		// At the horizon nobody comes any more.
		{"too late", func(in *Inputs) { in.Spend, in.ReplacedAfter, in.Win = 1000, 10, 500 }, 1, 10000},
		{"not worth it", func(in *Inputs) { in.Spend, in.ReplacedAfter, in.Win = 1000, 1, 9500 }, 1, 10000},
		{"a customer who costs more than they bring", func(in *Inputs) { in.Spend, in.ReplacedAfter, in.Win = -1000, 1, 500 }, 1, -10000},
	} {
		in := someone(c.change)
		in.Replaced = true
		w := in.Worth()
		if !near(w.Share, c.share) || !near(w.Loss, c.loss) {
			t.Errorf("%s: a share of %.9f and a loss of %.9f, want %.9f and %.9f", c.name, w.Share, w.Loss, c.share, c.loss)
		}
	}
}

func TestValuingACustomerTakesNoMemory(t *testing.T) {
	in := someone(func(in *Inputs) {
		in.Payments, in.Renewals, in.Retention, in.Tenure, in.Growth, in.Discount = 12, 12, byYears(.6, .8), .5, .02, .1
		in.Replaced, in.ReplacedAfter, in.Win, in.NewcomerRamp = true, .5, .1, 1
	})
	life := SecondLife{Spend: 1, Years: 5, Ramp: 1, Retention: in.Retention}
	sum := 0.0
	if got := testing.AllocsPerRun(100, func() {
		w := in.Worth()
		sum += life.Saves(in, &w) + in.Leavers(&in.Retention)
	}); got != 0 {
		t.Errorf("it takes %v pieces of memory, want none (%v)", got, sum)
	}
}

func BenchmarkWorth(b *testing.B) {
	for _, payments := range []float64{1, 12} {
		b.Run(fmt.Sprint(payments), func(b *testing.B) {
			in := someone(func(in *Inputs) {
				in.Payments, in.Renewals, in.Retention.Later, in.Discount = payments, payments, .8, .1
			})
			b.ReportAllocs()
			for b.Loop() {
				_ = in.Worth()
			}
		})
	}
}
