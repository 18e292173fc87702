package customer_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
)

// near demands equality but for the last digits of a float64.
func near(t *testing.T, call string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", call, got, want)
	}
}

// hundred is a customer who brings 100 a year and pays at its start.
func hundred(retention, discount float64) customer.Inputs {
	return customer.Inputs{Spend: 100, Visits: 1, Margin: 1, Retention: retention, Discount: discount, Paid: customer.Start}
}

func (c life) String() string {
	return fmt.Sprintf("V(%v years; r %v, d %v, paid %s)", c.years, c.in.Retention, c.in.Discount, c.in.Paid)
}

// A life is a customer over some years.
type life struct {
	in    customer.Inputs
	years float64
}

var forever = math.Inf(1)

// Fader & Hardie 2012: on m = 100, r = 80 %, d = 12 % the three textbook
// formulas m(1+d)/(1+d−r), m/(1+d−r) and mr/(1+d−r) give 112/.32, 100/.32, 80/.32.
func TestThreeTextbookFormulasGive350And312AndAHalfAnd250(t *testing.T) {
	for paid, want := range map[string]float64{customer.Start: 350, customer.End: 312.5, customer.Stayed: 250} {
		in := hundred(.8, .12)
		in.Paid = paid
		near(t, life{in, forever}.String(), in.Value(forever), want)
	}
}

func TestAFewYearsAreTheSumThatOneWritesByHand(t *testing.T) {
	for _, test := range []struct {
		retention, discount, years float64
		paid                       string
		want                       float64
	}{
		{1, 0, 10, customer.Start, 1000},
		{.8, 0, 3, customer.Start, 244},         // 100 + 80 + 64
		{.8, 0, 3, customer.End, 244},           // undiscounted, the end is as good as the start
		{.8, 0, 3, customer.Stayed, 195.2},      // 80 + 64 + 51.2
		{.8, .25, 3, customer.Start, 204.96},    // x = .64: 100 + 64 + 40.96
		{.8, .25, 3, customer.End, 163.968},     // 80 + 51.2 + 32.768
		{.8, .25, 3, customer.Stayed, 131.1744}, // 64 + 40.96 + 26.2144
		{1, .25, 2, customer.Start, 180},        // 100 + 100 ÷ 1.25
		{1, 1, 2, customer.Stayed, 75},          // 50 + 25
	} {
		in := hundred(test.retention, test.discount)
		in.Paid = test.paid
		near(t, life{in, test.years}.String(), in.Value(test.years), test.want)
	}
}

func TestAPartYearCountsItsPartOfTheWholeNextYearsTerm(t *testing.T) {
	for _, test := range []struct{ retention, years, want float64 }{
		{.8, 2.5, 212}, // 100 + 80 + ½ of 64
		{.8, 1.25, 120},
		{.3, .5, 50}, // the first year's term is not thinned by churn
		{.8, 0, 0},
	} {
		in := hundred(test.retention, 0)
		near(t, life{in, test.years}.String(), in.Value(test.years), test.want)
	}
}

// 0⁰ = 1: one who is sure to leave after a year still pays for the first.
func TestWithoutRetentionTheFirstYearAloneCounts(t *testing.T) {
	for _, test := range []struct {
		paid        string
		years, want float64
	}{
		{customer.Start, 1, 100},
		{customer.Start, 10, 100},
		{customer.Start, forever, 100},
		{customer.Start, 1.5, 100},
		{customer.Start, .5, 50},
		{customer.End, 10, 80}, // 100 ÷ 1.25
		{customer.Stayed, 10, 0},
	} {
		in := hundred(0, .25)
		in.Paid = test.paid
		near(t, life{in, test.years}.String(), in.Value(test.years), test.want)
	}
}

func TestPaidAtTheStartOverPaidByThoseWhoStayedIsOnePlusDiscountOverRetention(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 1000 {
		in := hundred(.01+.99*random.Float64(), random.Float64())
		years := 50 * random.Float64()
		start := in.Value(years)
		in.Paid = customer.Stayed
		near(t, fmt.Sprint("start ÷ stayed of ", life{in, years}), start/in.Value(years), (1+in.Discount)/in.Retention)
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
			byChurn, byDiscount := hundred(1-gap, 0), hundred(1, gap)
			for _, in := range []customer.Inputs{byChurn, byDiscount} {
				got, want := in.Weight(float64(years)), exactSum(in.Retention, in.Discount, years)
				if !(math.Abs(got-want) <= 1e-14*want) {
					t.Errorf("Weight(%d) with r %v, d %v = %.17g, want %.17g", years, in.Retention, in.Discount, got, want)
				}
			}
		}
	}
}

func TestTheClosedFormIsThePlainSumForAnyRetentionAndDiscount(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	for range 500 {
		in := hundred(random.Float64(), 2*random.Float64()*random.Float64())
		years := random.IntN(200)
		got, want := in.Weight(float64(years)), exactSum(in.Retention, in.Discount, years)
		if !(math.Abs(got-want) <= 1e-14*max(want, 1e-300)) {
			t.Errorf("Weight(%d) with r %v, d %v = %.17g, want %.17g", years, in.Retention, in.Discount, got, want)
		}
	}
}

func TestForeverIsWhatManyYearsComeTo(t *testing.T) {
	for _, paid := range []string{customer.Start, customer.End, customer.Stayed} {
		in := hundred(.9, .05)
		in.Paid = paid
		near(t, life{in, forever}.String(), in.Value(forever), in.Value(5000)) // .857⁵⁰⁰⁰ is no number
	}
}

func TestValueRisesWithRetentionAndYearsAndFallsWithDiscount(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	paid := []string{customer.Start, customer.End, customer.Stayed}
	for range 2000 {
		in := hundred(random.Float64(), random.Float64())
		in.Paid = paid[random.IntN(3)]
		years := .01 + 40*random.Float64()
		value := in.Value(years)

		stays := in
		stays.Retention += (1 - in.Retention) * random.Float64()
		if more := stays.Value(years); !(more >= value*(1-1e-12)) {
			t.Errorf("%s = %v, and with retention %v only %v; want no less", life{in, years}, value, stays.Retention, more)
		}
		longer := years + 10*random.Float64()
		if more := in.Value(longer); !(more >= value*(1-1e-12)) {
			t.Errorf("%s = %v, and over %v years only %v; want no less", life{in, years}, value, longer, more)
		}
		dearer := in
		dearer.Discount += random.Float64()
		if less := dearer.Value(years); !(less <= value*(1+1e-12)) {
			t.Errorf("%s = %v, and with discount %v even %v; want no more", life{in, years}, value, dearer.Discount, less)
		}
	}
}

func TestMarginAndVisitsMultiplyTheYear(t *testing.T) {
	in := customer.Inputs{Spend: 65, Visits: 4, Margin: .5, Retention: 1, Paid: customer.Start}
	near(t, "PerYear of 65 × 4 at 50 %", in.PerYear(), 130)
	near(t, "V(10) of 65 × 4 at 50 %", in.Value(10), 1300)
}

func TestStayCountsTheUndiscountedYearsThatAreExpected(t *testing.T) {
	for _, test := range []struct {
		retention, years float64
		paid             string
		want             float64
	}{
		{1, 10, customer.Start, 10},
		{.8, forever, customer.Start, 5}, // 1 ÷ .2
		{.8, forever, customer.End, 5},
		{.8, forever, customer.Stayed, 4}, // .8 ÷ .2
		{.8, 3, customer.Start, 2.44},
		{0, forever, customer.Start, 1},
		{1, forever, customer.Start, forever}, // as its comment promises
	} {
		in := hundred(test.retention, .1)
		in.Paid, in.Years = test.paid, test.years
		if got := in.Stay(); got != test.want && !(math.Abs(got-test.want) < 1e-12) {
			t.Errorf("Stay() with r %v, %v years, paid %s = %v, want %v", test.retention, test.years, test.paid, got, test.want)
		}
	}
}

func TestACustomerWithoutEndAndDiscountIsRefused(t *testing.T) {
	for _, test := range []struct {
		retention, discount, years float64
		refused                    bool
	}{
		{1, 0, forever, true},
		{1, 0, 1000, false},
		{.999, 0, forever, false},
		{1, .001, forever, false},
	} {
		in := hundred(test.retention, test.discount)
		in.Years = test.years
		if err := in.Check(); (err != nil) != test.refused {
			t.Errorf("Check() with r %v, d %v, %v years = %v, want refused: %v", test.retention, test.discount, test.years, err, test.refused)
		}
	}
}

// Spend grows evenly to full over two years: the mean is ¼ in the first year,
// ¾ in the second. Over half a year it is ¾ in the first, for half of that year
// rises from nothing and the other half is full.
func TestARampThinsTheFirstYearsByTheirMeans(t *testing.T) {
	for _, test := range []struct{ retention, years, ramp, want float64 }{
		{1, 3, 2, 2},      // ¼ + ¾ + 1
		{1, 3, .5, 2.75},  // ¾ + 1 + 1
		{1, 3, 1.5, 2.25}, // ⅓, then (½ of 5/6 + ½ of 1) = 11/12, then 1
		{1, 3, 0, 3},
		{1, 1, 10, .05},
		{.5, 3, 2, .875},        // ¼ + ½ × ¾ + ¼
		{1, 1.5, 2, .625},       // ¼ + ½ × ¾
		{0, 5, 2, .25},          // 0⁰ = 1
		{.5, forever, 2, 1.125}, // 2 − ¾ − ½ × ¼
	} {
		in := hundred(test.retention, 0)
		near(t, fmt.Sprintf("RampedWeight(%v, %v) with r %v", test.years, test.ramp, test.retention), in.RampedWeight(test.years, test.ramp), test.want)
	}
}

// integrated is a ramped weight by brute force: the mean of min(1, u ÷ ramp)
// over each year is taken at many points.
func integrated(in customer.Inputs, years, ramp float64) float64 {
	const points = 20_000
	x, sum := in.Retention/(1+in.Discount), 0.0
	for t := 0.0; t < years; t++ {
		mean := 0.0
		for i := range points {
			mean += min(1, (t+(float64(i)+.5)/points)/ramp) / points
		}
		sum += mean * math.Pow(x, t) * min(1, years-t)
	}
	switch in.Paid {
	case customer.End:
		sum /= 1 + in.Discount
	case customer.Stayed:
		sum *= x
	}
	return sum
}

func TestARampIsItsNumericalIntegral(t *testing.T) {
	for _, paid := range []string{customer.Start, customer.End, customer.Stayed} {
		for _, ramp := range []float64{.3, 1, 1.7, 4, 25} {
			for _, years := range []float64{.4, 1, 2.6, 12} {
				in := hundred(.9, .07)
				in.Paid = paid
				got, want := in.RampedWeight(years, ramp), integrated(in, years, ramp)
				if !(math.Abs(got-want) <= 1e-7*want) { // the midpoints err by a part in 10⁸
					t.Errorf("RampedWeight(%v, %v) paid %s = %v, and the integral is %v", years, ramp, paid, got, want)
				}
			}
		}
	}
}

func TestOneRetentionForAllYearsIsWarnedOf(t *testing.T) {
	for retention, due := range map[float64]bool{0: false, .8: true, 1: false} {
		var report calc.Report
		in := hundred(retention, 0)
		in.Warn(&report)
		if warned := len(report.Notes) == 1 && report.Notes[0].Key == "customer.retention"; warned != due {
			t.Errorf("Warn with r %v says %v, want a warning about customer.retention: %v", retention, report.Notes, due)
		}
	}
}

// plain is a calculator of nothing but the block's inputs.
type plain struct{ customer.Inputs }

func (in *plain) Ask(ask *calc.Form) { in.Inputs.Ask(ask) }

// Tell tells the inputs themselves.
func (in *plain) Tell(tell *calc.Report) {
	tell.Share("plain.retention", "", in.Retention)
	tell.Share("plain.discount", "", in.Discount)
	tell.Share("plain.margin", "", in.Margin)
	tell.Count("plain.visits", "", in.Visits)
	tell.Money("plain.value", "", in.Value(in.Years))
}

// 98 % a month is .98¹² a year, 2 % of churn a month 1 − .98¹², 1 % of interest a
// month 1.01¹² − 1; a spend is so much more in a year. Each has its own way.
func TestEachRateIsCarriedFromAMonthToAYearInItsOwnWay(t *testing.T) {
	want := map[string]calc.Periodic{
		"customer.spend": calc.Needed, "customer.visits": calc.Needed, "customer.years": calc.NoPeriod, "customer.margin": calc.NoPeriod,
		"company.churn": calc.Attrition, "customer.retention": calc.Survival, "customer.discount": calc.Accumulation, "customer.paid": calc.NoPeriod,
	}
	fields := calc.New("plain", "", func(in, out *plain) error { *out = *in; return nil }).Fields()
	for _, f := range fields {
		if f.Periodic != want[f.Key] {
			t.Errorf("%s is carried over by way %d, want %d", f.Key, f.Periodic, want[f.Key])
		}
	}
	if len(fields) != len(want) {
		t.Errorf("a customer has %d fields, want %d", len(fields), len(want))
	}
}

func TestWhatIsNotGivenTakesItsDefault(t *testing.T) {
	exactly := func(x float64) *calc.Input { return &calc.Input{Range: calc.Exactly(x)} }
	base := calc.Inputs{"customer.spend": exactly(100), "customer.years": exactly(2)}
	with := func(key string, x float64) calc.Inputs {
		return calc.Inputs{"customer.spend": base["customer.spend"], "customer.years": base["customer.years"], key: exactly(x)}
	}
	for _, test := range []struct {
		given string
		in    calc.Inputs
		want  [5]float64 // retention, discount, margin, visits, value
	}{
		{"nothing more", base, [5]float64{1, 0, 1, 1, 200}},
		{"company.churn 25 %", with("company.churn", .25), [5]float64{.75, 0, 1, 1, 175}},
		{"customer.retention 50 %", with("customer.retention", .5), [5]float64{.5, 0, 1, 1, 150}},
		{"customer.margin 10 %", with("customer.margin", .1), [5]float64{1, 0, .1, 1, 20}},
	} {
		m := calc.New("plain", "", func(in, out *plain) error { *out = *in; return nil }).Model()
		if err := m.Bind(test.in); err != nil {
			t.Fatalf("Bind with %s: %v", test.given, err)
		}
		got, err := m.Figures(nil)
		if err != nil || len(got) != 5 || [5]float64(got) != test.want {
			t.Errorf("with %s: retention, discount, margin, visits, value = %v (%v), want %v", test.given, got, err, test.want)
		}
	}
}
