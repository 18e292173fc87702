package customer

import (
	"fmt"
	"maps"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/quantity"
)

var forever = math.Inf(1)

// hundred is a customer who brings 100 a year, by the year, and pays at its start.
func hundred(retention, discount, years float64) *Inputs {
	return someone(func(in *Inputs) {
		in.Spend, in.Retention.Later, in.Discount, in.Years = 100, retention, discount, years
	})
}

// called says which customer was valued.
func called(in *Inputs) string {
	return fmt.Sprintf("V(%v years; r %v then %v, tenure %v, g %v, d %v, paid %s, %v payments and %v renewals a year)",
		in.Years, in.Retention.Early, in.Retention.Later, in.Tenure, in.Growth, in.Discount, in.Paid, in.Payments, in.Renewals)
}

func TestAFewYearsAreTheSumThatOneWritesByHand(t *testing.T) {
	for _, test := range []struct {
		retention, discount, years float64
		paid                       string
		want                       float64
	}{
		{1, 0, 10, Start, 1000},
		{.8, 0, 3, Start, 244},         // 100 + 80 + 64
		{.8, 0, 3, End, 244},           // undiscounted, the end is as good as the start
		{.8, 0, 3, Stayed, 195.2},      // 80 + 64 + 51.2
		{.8, .25, 3, Start, 204.96},    // x = .64: 100 + 64 + 40.96
		{.8, .25, 3, End, 163.968},     // 80 + 51.2 + 32.768
		{.8, .25, 3, Stayed, 131.1744}, // 64 + 40.96 + 26.2144
		{1, .25, 2, Start, 180},        // 100 + 100 ÷ 1.25
		{1, 1, 2, Stayed, 75},          // 50 + 25
	} {
		in := hundred(test.retention, test.discount, test.years)
		in.Paid = test.paid
		if got := in.Worth().Value; !near(got, test.want) {
			t.Errorf("%s = %v, want %v", called(in), got, test.want)
		}
	}
}

func TestAPartOfAPeriodCountsItsPartOfTheWholeNextTerm(t *testing.T) {
	for _, test := range []struct{ retention, payments, years, want float64 }{
		{.8, 1, 2.5, 212}, // 100 + 80 + ½ of 64
		{.8, 1, 1.25, 120},
		{.3, 1, .5, 50}, // the first year's term is not thinned by churn
		{.8, 1, 0, 0},
		{.0625, 4, .375, 31.25}, // half stay on for each quarter: 25 + ½ of 12.5
		{.0625, 2, .75, 56.25},  // a quarter stay on for each half-year: 50 + ½ of 12.5
	} {
		in := hundred(test.retention, 0, test.years)
		in.Payments, in.Renewals = test.payments, test.payments
		if got := in.Worth().Value; !near(got, test.want) {
			t.Errorf("%s = %v, want %v", called(in), got, test.want)
		}
	}
}

// A twelfth of a year is no binary fraction, and seven of them are seven payments all
// the same.
func TestWhatIsNearlyAWholeNumberOfPeriodsIsWhole(t *testing.T) {
	for months := 1.0; months <= 48; months++ {
		for _, off := range []float64{-1e-12, 0, 1e-12} {
			in := hundred(1, 0, months/12+off)
			in.Payments, in.Renewals = 12, 12
			if got := count(in.Years, in.Payments); got != months {
				t.Errorf("%v years by the month have %v payments, want %v", in.Years, got, months)
			}
		}
	}
}

// 0⁰ = 1: one who is sure to leave after a period still pays for the first.
func TestWithoutRetentionTheFirstPeriodAloneCounts(t *testing.T) {
	for _, test := range []struct {
		paid            string
		payments, years float64
		want            float64
	}{
		{Start, 1, 1, 100},
		{Start, 1, 10, 100},
		{Start, 1, forever, 100},
		{Start, 1, 1.5, 100},
		{Start, 1, .5, 50},
		{End, 1, 10, 80}, // 100 ÷ 1.25
		{Stayed, 1, 10, 0},
		{Start, 4, 10, 25},
		{Start, 4, forever, 25},
		{End, 4, forever, 25 / math.Sqrt(math.Sqrt(1.25))},
		{Stayed, 4, 10, 0},
	} {
		in := hundred(0, .25, test.years)
		in.Paid, in.Payments, in.Renewals = test.paid, test.payments, test.payments
		if got := in.Worth().Value; !near(got, test.want) {
			t.Errorf("%s = %v, want %v", called(in), got, test.want)
		}
	}
}

// The terms differ by r ÷ (1 + d) for each period, whatever the growth.
func TestPaidAtTheStartOverPaidByThoseWhoStayedIsOnePlusDiscountOverRetention(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 1000 {
		in := hundred(.01+.99*random.Float64(), random.Float64(), 50*random.Float64())
		in.Growth = random.Float64() - .5
		in.Payments = []float64{1, 4, 12, 52}[random.IntN(4)]
		in.Renewals = in.Payments
		start := in.Worth().Value
		in.Paid = Stayed
		want := math.Pow((1+in.Discount)/in.Retention.Later, 1/in.Payments)
		if got := start / in.Worth().Value; !near(got, want) {
			t.Errorf("start ÷ %s = %v, want %v", called(in), got, want)
		}
	}
}

// exactSum adds the terms one by one with 300 bits: Σ (r ÷ (1+d))ᵗ.
func exactSum(retention, discount float64, years int) float64 {
	number := func(x float64) *big.Float { return new(big.Float).SetPrec(300).SetFloat64(x) }
	x := number(1)
	x.Quo(number(retention), x.Add(x, number(discount)))
	sum, term := number(0), number(1)
	for range years {
		sum.Add(sum, term)
		term.Mul(term, x)
	}
	result, _ := sum.Float64()
	return result
}

// The textbook (1 − xᵀ) ÷ (1 − x) loses all its digits as x nears one.
func TestTheClosedFormIsExactWhereRetentionNearlyMakesUpForDiscount(t *testing.T) {
	for _, gap := range []float64{0, 1e-16, 1e-15, 3e-13, 1e-12, 1e-9, 1e-6, 1e-3, .1, .5} {
		for _, years := range []int{1, 2, 10, 100, 2000} {
			byChurn, byDiscount := hundred(1-gap, 0, float64(years)), hundred(1, gap, float64(years))
			for _, in := range []*Inputs{byChurn, byDiscount} {
				got, want := in.WeightAt(0), exactSum(in.Retention.Later, in.Discount, years)
				if !(math.Abs(got-want) <= 1e-14*want) {
					t.Errorf("the weight of %s = %.17g, want %.17g", called(in), got, want)
				}
			}
		}
	}
}

func TestTheClosedFormIsThePlainSumForAnyRetentionAndDiscount(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	for range 500 {
		years := random.IntN(200)
		in := hundred(random.Float64(), 2*random.Float64()*random.Float64(), float64(years))
		got, want := in.WeightAt(0), exactSum(in.Retention.Later, in.Discount, years)
		if !(math.Abs(got-want) <= 1e-14*max(want, 1e-300)) {
			t.Errorf("the weight of %s = %.17g, want %.17g", called(in), got, want)
		}
	}
}

func TestValueRisesWithRetentionGrowthAndYearsAndFallsWithDiscount(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	for range 2000 {
		in := hundred(random.Float64(), random.Float64(), .01+40*random.Float64())
		in.Paid = []string{Start, End, Stayed}[random.IntN(3)]
		in.Payments = []float64{1, 4, 12}[random.IntN(3)]
		in.Renewals = []float64{1, in.Payments}[random.IntN(2)]
		in.Growth, in.Tenure = random.Float64()-.5, 3*random.Float64()
		if random.IntN(2) == 0 {
			in.Retention = byYears(random.Float64(), random.Float64(), random.Float64())
		}
		value := in.Worth().Value
		for _, test := range []struct {
			with   string
			sign   float64
			change func(*Inputs)
		}{
			{"a higher retention", 1, func(in *Inputs) {
				in.Retention.Later += (1 - in.Retention.Later) * random.Float64()
				for i, early := range in.Retention.Early {
					in.Retention.Early[i] += (1 - early) * random.Float64()
				}
			}},
			{"more years", 1, func(in *Inputs) { in.Years += 10 * random.Float64() }},
			{"a higher growth", 1, func(in *Inputs) { in.Growth += random.Float64() }},
			{"a higher discount", -1, func(in *Inputs) { in.Discount += random.Float64() }},
		} {
			changed := *in
			changed.Retention.Early = slices.Clone(in.Retention.Early)
			test.change(&changed)
			if got := changed.Worth().Value; !(test.sign*got >= test.sign*value-1e-12*value) {
				t.Errorf("%s = %v, and with %s %v", called(in), value, test.with, got)
			}
		}
	}
}

// Over twelve months of a cohort of whom 90 % stay, sales are 104 % of what they
// were: those who stay spend 1.04 ÷ .9 − 1 = 15.56 % more, and the second year is
// worth 104 % of the first.
func TestGrowthIsNetRevenueRetentionOverThoseWhoStay(t *testing.T) {
	in := hundred(.9, 0, 2)
	in.Growth = 1.04/.9 - 1
	if got := in.Worth().Value; !near(got, 204) {
		t.Errorf("%s = %v, want 204", called(in), got)
	}
}

// At a discount of 50 % two years of a customer are worth 1 + .8 ÷ 1.5, but 1.8 came in
// by then; of a new one, of whom 60 % stay the first year, 1.6. Who saves others looks at
// these: of whom a half stay, 1.5.
func TestWhatCameInSoFarIsNotDiscounted(t *testing.T) {
	in := someone(func(in *Inputs) { in.Retention, in.Tenure, in.Discount = byYears(.6, .8), 1, .5 })
	stay := &in.Retention
	if got, fresh, saved := in.Undiscounted(stay, 1, 2), in.Undiscounted(stay, 0, 2), in.Undiscounted(&quantity.ByTenure{Later: .5}, 1, 2); !near(got, 1.8) || !near(fresh, 1.6) || !near(saved, 1.5) {
		t.Errorf("in two years %v years' margin came in, of a new customer %v, of one saved %v; want 1.8, 1.6 and 1.5", got, fresh, saved)
	}
}

func TestMarginAndVisitsMultiplyTheYear(t *testing.T) {
	in := someone(func(in *Inputs) { in.Spend, in.Visits, in.Margin = 65, 4, .5 })
	w := in.Worth()
	if w.PerYear != 130 || w.Value != 1300 {
		t.Errorf("65 × 4 at 50 %%: a year brings %v and ten %v, want 130 and 1300", w.PerYear, w.Value)
	}
}

// At a margin of nothing a customer is worth nothing and at a negative one less than
// that, however the years are counted.
func TestACustomerWithoutMarginIsWorthNothingAndOneBelowItLess(t *testing.T) {
	for margin, want := range map[float64]float64{0: 0, -.5: -122} { // −½ × (100 + 80 + 64)
		in := hundred(.8, 0, 3)
		in.Margin, in.Replaced, in.ReplacedAfter, in.Win = margin, true, .5, 10
		w := in.Worth()
		if !near(w.Value, want) || !near(w.Loss, want) || !near(w.NewLoss, want) || w.Share != 1 || w.Replacement != 0 || w.Pointless {
			t.Errorf("at a margin of %v: %+v, want the value and the losses %v and nobody who takes the place", margin, w, want)
		}
	}
}

func TestTheYearsExpectedAreCountedFromTheFirstPaymentHoweverItIsPaid(t *testing.T) {
	for _, test := range []struct {
		change func(*Inputs)
		want   float64
	}{
		{func(in *Inputs) {}, 10},
		{func(in *Inputs) { in.Retention.Later, in.Years = .8, forever }, 5}, // 1 ÷ .2
		{func(in *Inputs) { in.Retention.Later, in.Years, in.Paid = .8, forever, End }, 5},
		{func(in *Inputs) { in.Retention.Later, in.Years, in.Paid = .8, forever, Stayed }, 5},
		{func(in *Inputs) { in.Retention.Later, in.Years = .8, 3 }, 2.44},
		{func(in *Inputs) { in.Retention.Later, in.Years = 0, forever }, 1},
		{func(in *Inputs) { in.Years = forever }, forever}, // as its comment promises
		// Neither growth nor discount makes a stay longer or shorter.
		{func(in *Inputs) { in.Retention.Later, in.Years, in.Growth, in.Discount = .8, forever, .1, .2 }, 5},
		// 98 % a month: 1 ÷ .02 = 50 months.
		{func(in *Inputs) {
			in.Retention.Later, in.Years, in.Payments, in.Renewals = math.Pow(.98, 12), forever, 12, 12
		}, 50. / 12},
		// 60 % and then 80 %: new 1 + .6 ÷ .2 = 4, and after a year 5.
		{func(in *Inputs) { in.Retention, in.Years = byYears(.6, .8), forever }, 4},
		{func(in *Inputs) { in.Retention, in.Years, in.Tenure = byYears(.6, .8), forever, 1 }, 5},
		// A contract by the year, paid by the month: whole years, of which half begin.
		{func(in *Inputs) { in.Retention.Later, in.Years, in.Payments = .5, 2, 12 }, 1.5},
		{func(in *Inputs) { in.Retention, in.Years = byYears(.8, 0), forever }, 1.8},
	} {
		in := someone(test.change)
		if got := in.Stay(in.Tenure); got != test.want && !near(got, test.want) {
			t.Errorf("the years expected of %s are %v, want %v", called(in), got, test.want)
		}
	}
}

// 60 % in the first year and 80 % after: from the middle of the first, √.6 × √.8.
func TestTheChanceToStayTheNextYearIsTheProductOfItsParts(t *testing.T) {
	in := someone(func(in *Inputs) { in.Retention = byYears(.6, .8) })
	for tenure, want := range map[float64]float64{0: .6, .5: math.Sqrt(.48), 1: .8, 7: .8} {
		if got := in.NextYear(tenure); !near(got, want) {
			t.Errorf("the chance to stay a year at tenure %v is %v, want %v", tenure, got, want)
		}
	}
	// 90 % in the first month and 99 % in each after: .9 × .99¹¹.
	in.Retention = byMonths(.9, .99)
	if got, want := in.NextYear(0), .9*math.Pow(.99, 11); !near(got, want) {
		t.Errorf("by the month the chance of a new customer to stay a year is %v, want %v", got, want)
	}
}

// Of a hundred, 60 stay the first year, 48 the second, and so on by fifths. Of the 40
// who left after the first, 12 are as many as left after the second, 9.6 after the
// third: 1 + .3 + .24 + … = 1 + .3 ÷ .2 years. Of those who leave later each year's are
// four fifths of the last one's: 1 ÷ .2. Where nobody leaves there is nobody to ask.
func TestThoseWhoLeftAreWorthWhatTheNextToLeaveWouldHaveBeen(t *testing.T) {
	for _, test := range []struct {
		tenure float64
		stay   quantity.ByTenure
		want   float64
	}{
		{1, byYears(.6, .8), 2.5},
		{0, byYears(.6, .8), 2.5}, // nobody leaves before the end of the first year
		{2, byYears(.6, .8), 5},
		{1, byYears(1, .8), math.NaN()},
		{2, byYears(1, .8), 5},
		{1, byYears(0, .8), 1},
	} {
		in := someone(func(in *Inputs) { in.Years, in.Retention, in.Tenure = forever, test.stay, test.tenure })
		if got := in.Leavers(&in.Retention); !near(got, test.want) && !(math.IsNaN(got) && math.IsNaN(test.want)) {
			t.Errorf("those who leave at tenure %v with r %v then %v are worth %v years, want %v", test.tenure, test.stay.Early, test.stay.Later, got, test.want)
		}
	}
}

// Sₙ(k) = (S(n+k−1) − S(n+k)) ÷ (S(n−1) − S(n)), counted in months, from a table of S.
func TestLeaversByTheMonthAreTheFormulaAddedUpOneByOne(t *testing.T) {
	random := rand.New(rand.NewPCG(19, 19))
	for range 100 {
		in := someone(func(in *Inputs) {
			in.Payments, in.Renewals, in.Years, in.Retention = 12, 12, 2.5, byYears(.3+.2*random.Float64(), .6, .9)
			in.Growth, in.Discount = random.Float64()/10, random.Float64()/10
		})
		n := 1 + random.IntN(40)
		in.Tenure = float64(n) / 12
		s := []float64{1}
		for month := range n + 30 {
			yearly := append(slices.Clone(in.Retention.Early), in.Retention.Later)[min(month/12, 2)]
			s = append(s, s[month]*math.Pow(yearly, 1./12))
		}
		want := 0.0
		for k := range 30 {
			want += (s[n+k-1] - s[n+k]) / (s[n-1] - s[n]) * math.Pow((1+in.Growth)/(1+in.Discount), float64(k)/12) / 12
		}
		if got := in.Leavers(&in.Retention); !near(got, want) {
			t.Errorf("leavers of %s are worth %v years, want %v", called(in), got, want)
		}
	}
}

func TestACustomerWhoseValueHasNoBoundIsRefused(t *testing.T) {
	for _, test := range []struct {
		stay                    quantity.ByTenure
		growth, discount, years float64
		refused                 bool
	}{
		{quantity.ByTenure{Later: 1}, 0, 0, forever, true},
		{quantity.ByTenure{Later: 1}, 0, 0, 1000, false},
		{quantity.ByTenure{Later: .999}, 0, 0, forever, false},
		{quantity.ByTenure{Later: 1}, 0, .001, forever, false},
		{quantity.ByTenure{Later: 1}, .05, .05, forever, true},
		{quantity.ByTenure{Later: .8}, .25, 0, forever, true}, // .8 × 1.25 = 1
		{quantity.ByTenure{Later: .8}, .24, 0, forever, false},
		{quantity.ByTenure{Later: .8}, .5, .1, forever, true},
		{quantity.ByTenure{Later: .8}, .5, .1, 50, false},
		// A list is judged by its last element.
		{byYears(.5, 1), 0, 0, forever, true},
		{byYears(1, .5), 0, 0, forever, false},
		{byYears(.8, 0), .5, 0, forever, false},
	} {
		in := someone(func(in *Inputs) {
			in.Retention, in.Growth, in.Discount, in.Years = test.stay, test.growth, test.discount, test.years
		})
		err := in.Check()
		problem, _ := err.(*calc.Problem)
		if (err != nil) != test.refused || test.refused && problem.Key != "customer.years" {
			t.Errorf("Check() of %s = %v, want refused: %v", called(in), err, test.refused)
		}
	}
}

func TestNobodyLeavesMoreOftenThanMoneyComes(t *testing.T) {
	for _, test := range []struct {
		payments, renewals float64
		refused            bool
	}{{1, 12, true}, {12, 52, true}, {12, 12, false}, {12, 1, false}} {
		in := someone(func(in *Inputs) { in.Payments, in.Renewals = test.payments, test.renewals })
		err := in.Check()
		problem, _ := err.(*calc.Problem)
		if (err != nil) != test.refused || test.refused && problem.Key != "customer.renews" {
			t.Errorf("Check() with %v payments and %v renewals a year = %v, want a problem with customer.renews: %v", test.payments, test.renewals, err, test.refused)
		}
	}
}

func TestTheHeadlineSaysSalesAtAMarginOfAllAndByWhichPeriodWhereThatMatters(t *testing.T) {
	const reckoned = ", computed by the {customer.period}"
	for _, test := range []struct {
		customer      string
		change        func(*Inputs)
		basis, period string
	}{
		{"one who stays", func(*Inputs) {}, " in sales", ""},
		{"one with a margin", func(in *Inputs) { in.Margin = .8 }, " in margin", ""},
		{"one who may leave", func(in *Inputs) { in.Retention.Later = .8 }, " in sales", reckoned},
		{"one with a list", func(in *Inputs) { in.Retention = byYears(.8, 1) }, " in sales", reckoned},
		{"one at a discount", func(in *Inputs) { in.Discount = .1 }, " in sales", reckoned},
		{"one whose spend grows", func(in *Inputs) { in.Growth = .1 }, " in sales", reckoned},
	} {
		in := someone(test.change)
		if got, want := in.Basis(), test.basis; got != want {
			t.Errorf("of %s the basis is %q, want %q", test.customer, got, want)
		}
		if got := in.Period(); got != test.period {
			t.Errorf("of %s the period is %q, want %q", test.customer, got, test.period)
		}
	}
}

func TestTheWorkingNamesWhatWeighsTheYears(t *testing.T) {
	for _, test := range []struct {
		customer       string
		change         func(*Inputs)
		working, sales string
	}{
		{"one who stays", func(*Inputs) {}, "{customer.spend} × {customer.years}", "{customer.spend} × {customer.years}"},
		{"one with a margin", func(in *Inputs) { in.Margin = .8 }, "{customer.spend} × {customer.margin} × {customer.years}", "{customer.spend} × {customer.years}"},
		{"one who may leave", func(in *Inputs) { in.Retention.Later = .8 }, "{customer.spend} × {1} years after churn", "{customer.spend} × {1} years after churn"},
		{"one with a list", func(in *Inputs) { in.Retention = byYears(.8, 1) }, "{customer.spend} × {1} years after churn", "{customer.spend} × {1} years after churn"},
		{"one with all of it", func(in *Inputs) { in.Margin, in.Retention.Later, in.Growth, in.Discount = .5, .8, .1, .1 },
			"{customer.spend} × {customer.margin} × {1} years after churn, growth and discount", "{customer.spend} × {1} years after churn, growth and discount"},
	} {
		in := someone(test.change)
		if got, sales := in.Working(), in.SalesWorking(); got != test.working || sales != test.sales {
			t.Errorf("of %s the working is %q and for sales %q, want %q and %q", test.customer, got, sales, test.working, test.sales)
		}
	}
}

// remarks are the notes, each with its kind and its key.
func remarks(in *Inputs) string {
	var report calc.Report
	in.Warn(&report)
	var all []string
	for _, note := range report.Notes {
		all = append(all, string(note.Kind)+" "+note.Key+": "+note.Text)
	}
	return strings.Join(all, "\n")
}

// It names the keys that take it into account: customer.retention takes a list, and
// customer.tenure says how long the lost one had stayed.
func TestOneRetentionForAllYearsIsRemarkedOn(t *testing.T) {
	for _, test := range []struct {
		stay quantity.ByTenure
		due  bool
	}{{quantity.ByTenure{Later: 0}, false}, {quantity.ByTenure{Later: .8}, true}, {quantity.ByTenure{Later: 1}, false}, {byYears(.6, .8), false}} {
		in := someone(func(in *Inputs) { in.Retention = test.stay })
		got := remarks(in)
		said := strings.HasPrefix(got, "note customer.retention: ") && strings.Contains(got, "customer.retention takes a list") && strings.Contains(got, "customer.tenure")
		if said != test.due || !test.due && got != "" {
			t.Errorf("of %s the notes are %q, want a remark about customer.retention that names customer.tenure: %v", called(in), got, test.due)
		}
	}
}

func TestAReplacementIsRemarkedOnAndSoIsOneThatIsNotMade(t *testing.T) {
	for _, test := range []struct {
		after, win float64
		want       string
	}{
		{1, 500, "note customer.replaced_after: a newcomer takes the place of each customer who is lost after {customer.replaced_after said}: losing one costs {1 share} of a lifetime value"},
		{1, 9500, "note customer.replaced_after: a replacement would cost more than it brings: none is made"},
		{10, 500, ""},
	} {
		in := someone(func(in *Inputs) { in.Spend, in.Replaced, in.ReplacedAfter, in.Win = 1000, true, test.after, test.win })
		if got := remarks(in); got != test.want {
			t.Errorf("replaced after %v of 10 years for %v, the notes are %q, want %q", test.after, test.win, got, test.want)
		}
	}
}

// plain is a calculator of nothing but the block's inputs.
type plain struct{ Inputs }

func (in *plain) Ask(ask *calc.Form) { in.Inputs.Ask(ask) }

// Tell reports the inputs themselves.
func (in *plain) Tell(tell *calc.Report) {
	tell.Share("plain.retention", "", in.Retention.Later)
	tell.Share("plain.discount", "", in.Discount)
	tell.Share("plain.growth", "", in.Growth)
	tell.Share("plain.margin", "", in.Margin)
	tell.Count("plain.visits", "", in.Visits)
	tell.Years("plain.tenure", "", in.Tenure)
	tell.Money("plain.value", "", in.Worth().Value)
	tell.Money("plain.loss", "", in.Worth().Loss)
}

func plainly() calc.Calculator {
	return calc.New("plain", "", func(in, out *plain) error { *out = *in; return nil })
}

// exactly is an input of one number.
func exactly(x float64) *quantity.Input { return &quantity.Input{Range: quantity.Exactly(x)} }

// 98 % a month is .98¹² a year, 2 % of churn a month 1 − .98¹², 1 % of interest a
// month 1.01¹² − 1; a spend is so much more in a year; growth is a year's only. Each
// has its own way.
func TestEachRateIsCarriedFromAMonthToAYearInItsOwnWay(t *testing.T) {
	want := map[string]calc.Periodic{
		"customer.spend": calc.Needed, "customer.visits": calc.Needed, "customer.years": calc.NoPeriod, "customer.margin": calc.NoPeriod,
		"customer.period": calc.NoPeriod, "customer.renews": calc.NoPeriod, "customer.tenure": calc.NoPeriod,
		"company.churn": calc.Attrition, "customer.retention": calc.Survival,
		"customer.growth": calc.Yearly, "customer.discount": calc.Accumulation, "customer.paid": calc.NoPeriod,
		"customer.replaced_after": calc.NoPeriod, "acquisition.win_cost": calc.NoPeriod, "acquisition.ramp_years": calc.NoPeriod,
	}
	for _, name := range [...]string{"period", "at_risk", "lost", "spend_at_risk", "spend_lost", "tenure", "active", "tail", "alpha", "beta", "shape"} {
		want["customer.survival."+name] = calc.NoPeriod
	}
	fields := plainly().Fields()
	for _, f := range fields {
		if way, asked := want[f.Key]; !asked || f.Periodic != way {
			t.Errorf("%s is carried over by way %d, want %d (%v)", f.Key, f.Periodic, way, asked)
		}
	}
	if len(fields) != len(want) {
		t.Errorf("a customer has %d fields, want %d", len(fields), len(want))
	}
}

func TestWhatIsNotGivenTakesItsDefault(t *testing.T) {
	for _, test := range []struct {
		given string
		in    quantity.Inputs
		want  [8]float64 // retention, discount, growth, margin, visits, tenure, value, loss
	}{
		{"nothing more", nil, [8]float64{1, 0, 0, 1, 1, 0, 200, 200}},
		{"company.churn 25 %", quantity.Inputs{"company.churn": exactly(.25)}, [8]float64{.75, 0, 0, 1, 1, 0, 175, 175}},
		{"customer.retention 50 %", quantity.Inputs{"customer.retention": exactly(.5)}, [8]float64{.5, 0, 0, 1, 1, 0, 150, 150}},
		{"both", quantity.Inputs{"customer.retention": exactly(.5), "company.churn": exactly(.25)}, [8]float64{.5, 0, 0, 1, 1, 0, 150, 150}},
		{"customer.margin 10 %", quantity.Inputs{"customer.margin": exactly(.1)}, [8]float64{1, 0, 0, .1, 1, 0, 20, 20}},
		{"customer.growth 50 %", quantity.Inputs{"customer.growth": exactly(.5)}, [8]float64{1, 0, .5, 1, 1, 0, 250, 250}},
		{"customer.tenure 3", quantity.Inputs{"customer.tenure": exactly(3)}, [8]float64{1, 0, 0, 1, 1, 3, 200, 200}},
		// One key alone changes nothing. A year empty and 50 for the newcomer: 150 of 200;
		// a newcomer who takes a year to spend in full brings ½ × 100 less.
		{"customer.replaced_after 1", quantity.Inputs{"customer.replaced_after": exactly(1)}, [8]float64{1, 0, 0, 1, 1, 0, 200, 200}},
		{"acquisition.win_cost 50", quantity.Inputs{"acquisition.win_cost": exactly(50)}, [8]float64{1, 0, 0, 1, 1, 0, 200, 200}},
		{"both of these", quantity.Inputs{"customer.replaced_after": exactly(1), "acquisition.win_cost": exactly(50)}, [8]float64{1, 0, 0, 1, 1, 0, 200, 150}},
		{"a ramp too", quantity.Inputs{"customer.replaced_after": exactly(.5), "acquisition.win_cost": exactly(50), "acquisition.ramp_years": exactly(1)}, [8]float64{1, 0, 0, 1, 1, 0, 200, 150}},
	} {
		given := quantity.Inputs{"customer.spend": exactly(100), "customer.years": exactly(2)}
		maps.Copy(given, test.in)
		m := plainly().Model()
		if err := m.Bind(given); err != nil {
			t.Fatalf("Bind with %s: %v", test.given, err)
		}
		got, err := m.Figures(nil)
		if err != nil || len(got) != len(test.want) || [8]float64(got) != test.want {
			t.Errorf("with %s: retention, discount, growth, margin, visits, tenure, value, loss = %v (%v), want %v", test.given, got, err, test.want)
		}
	}
}

// If only one of the two keys is given, a note says so.
func TestOneKeyOfAReplacementAloneIsNamed(t *testing.T) {
	for given, lacks := range map[string]string{"customer.replaced_after": "acquisition.win_cost", "acquisition.win_cost": "customer.replaced_after"} {
		m := plainly().Model()
		if err := m.Bind(quantity.Inputs{"customer.spend": exactly(100), "customer.years": exactly(2), given: exactly(1)}); err != nil {
			t.Fatal(err)
		}
		told, err := calctest.Report(m, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(told.Notes) != 1 || told.Notes[0].Kind != calc.NotUsed || told.Notes[0].Key != given || !strings.Contains(told.Notes[0].Text, lacks) {
			t.Errorf("with %s alone the notes are %+v, want one that it is not used without %s", given, told.Notes, lacks)
		}
	}
}

// timed is a calculator that tells how often money comes and customers leave.
type timed struct{ Inputs }

func (in *timed) Ask(ask *calc.Form) { in.AskLife(ask) }

func (in *timed) Tell(tell *calc.Report) {
	tell.Count("timed.payments", "", in.Payments)
	tell.Count("timed.renewals", "", in.Renewals)
}

// Money comes as often as the spend is written, by the visit every month, and the
// customer may leave as often; a year has 52 weeks.
func TestMoneyComesAsOftenAsTheSpendIsWritten(t *testing.T) {
	spend := func(period quantity.Period) *quantity.Input {
		return &quantity.Input{Range: quantity.Exactly(2600), Per: period}
	}
	week, _ := quantity.PeriodNamed("week")
	month, _ := quantity.PeriodNamed("month")
	word := func(period string) *quantity.Input { return &quantity.Input{Word: period} }
	visit := &quantity.Input{Range: quantity.Exactly(65), Per: quantity.Period{Name: "visit", PerAnn: 1}, Counted: "customer.visits"}
	tiers := &quantity.Input{List: []quantity.Input{{Cells: quantity.Inputs{"spend": spend(month)}}, {Cells: quantity.Inputs{"spend": spend(week)}}}}
	for _, test := range []struct {
		given              string
		in                 quantity.Inputs
		payments, renewals float64
	}{
		{"a spend a week", quantity.Inputs{"customer.spend": spend(week)}, 52, 52},
		{"a spend a month", quantity.Inputs{"customer.spend": spend(month)}, 12, 12},
		{"a spend a visit", quantity.Inputs{"customer.spend": visit}, 12, 12},
		{"a spend without a period", quantity.Inputs{"customer.spend": spend(quantity.Period{})}, 1, 1},
		{"no spend", nil, 1, 1},
		{"a spend a month in the first tier", quantity.Inputs{"tiers": tiers}, 12, 12},
		{"a spend a week, by the quarter", quantity.Inputs{"customer.spend": spend(week), "customer.period": word("quarter")}, 4, 4},
		{"a spend a month, renewed by the year", quantity.Inputs{"customer.spend": spend(month), "customer.renews": word("year")}, 12, 1},
		{"by the day, renewed by the month", quantity.Inputs{"customer.period": word("day"), "customer.renews": word("month")}, 365, 12},
	} {
		given := quantity.Inputs{"customer.years": exactly(1)}
		maps.Copy(given, test.in)
		m := calc.New("timed", "", func(in, out *timed) error { *out = *in; return nil }).Model()
		if err := m.Bind(given); err != nil {
			t.Fatalf("Bind with %s: %v", test.given, err)
		}
		got, err := m.Figures(nil)
		if err != nil || got[0] != test.payments || got[1] != test.renewals {
			t.Errorf("with %s, payments and renewals a year = %v (%v), want %v and %v", test.given, got, err, test.payments, test.renewals)
		}
	}
}

// A list by month of 90 % and then 95 %: 100 ÷ 12 × (1 + .9 + .9 × .95) in three months.
func TestAListOfRetentionsIsReadByItsPeriodOfTenure(t *testing.T) {
	month, _ := quantity.PeriodNamed("month")
	m := plainly().Model()
	if err := m.Bind(quantity.Inputs{
		"customer.spend":     {Range: quantity.Exactly(1200), Per: month},
		"customer.years":     exactly(.25),
		"customer.retention": {List: []quantity.Input{{Range: quantity.Exactly(math.Pow(.9, 12))}, {Range: quantity.Exactly(math.Pow(.95, 12))}}, Per: month},
	}); err != nil {
		t.Fatal(err)
	}
	got, err := m.Figures(nil)
	if want := 100 * (1 + .9 + .9*.95); err != nil || !near(got[6], want) {
		t.Errorf("three months of 100 at 90 %% and then 95 %% a month are %v (%v), want %v", got[6], err, want)
	}
}
