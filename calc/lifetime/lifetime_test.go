package lifetime_test

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/lifetime"
	"github.com/churncost/churncost/calc/quantity"
)

// near requires equality except for the last digits of a float64.
func near(t *testing.T, call string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", call, got, want)
	}
}

// report computes and reports.
func report(t *testing.T, in customer.Inputs) *calc.Report {
	t.Helper()
	var result lifetime.Result
	err := lifetime.Compute(&lifetime.Inputs{Customer: in}, &result)
	if err != nil {
		t.Fatalf("Compute(%+v): %v", in, err)
	}
	told := new(calc.Report)
	result.Tell(told)
	result.Warn(told)
	return told
}

// told computes, and gives the figures by metric.
func told(t *testing.T, in customer.Inputs) map[string]float64 {
	t.Helper()
	figures := map[string]float64{}
	for _, f := range report(t, in).Figures {
		figures[f.Metric] = f.Range.Likely
	}
	return figures
}

// stays is a customer who never leaves before the horizon, by the year.
func stays(spend, visits, years float64) customer.Inputs {
	return customer.Inputs{Spend: spend, Visits: visits, Payments: 1, Renewals: 1, Years: years, Margin: 1,
		Churn: math.NaN(), Retention: quantity.ByTenure{Later: 1}, Paid: customer.Start}
}

// monthly is a customer by the month, for ever.
func monthly(spend, perMonth float64) customer.Inputs {
	in := stays(12*spend, 1, math.Inf(1))
	in.Payments, in.Renewals, in.Retention.Later = 12, 12, math.Pow(perMonth, 12)
	return in
}

// byYears is the list of the given chances per year of tenure.
func byYears(chances ...float64) quantity.ByTenure {
	last := len(chances) - 1
	return quantity.ByTenure{Early: chances[:last], Later: chances[last], Period: 1}
}

// The founding text: $50 a week is $2,600 a year of 52 weeks, $26,000 in ten years,
// by the week as by the year.
func TestMrsWilliamsWouldHaveSpent26000(t *testing.T) {
	for _, payments := range []float64{52, 1} {
		in := stays(50*52, 1, 10)
		in.Payments, in.Renewals = payments, payments
		got := told(t, in)
		for metric, want := range map[string]float64{
			"lifetime.per_year": 2600, "lifetime.loss": 26_000, "lifetime.ltv": 26_000, "lifetime.new_customer": 26_000, "lifetime.years_expected": 10,
		} {
			near(t, fmt.Sprintf("%s with %v payments a year", metric, payments), got[metric], want)
		}
	}
}

func TestTwoAt79AYearForFourYearsAre632(t *testing.T) {
	near(t, "lifetime.loss", told(t, stays(79, 2, 4))["lifetime.loss"], 632)
}

// bound binds the calculator and reports.
func bound(t *testing.T, in quantity.Inputs) *calc.Report {
	t.Helper()
	m := calc.New("lifetime", "", lifetime.Compute).Model()
	if err := m.Bind(in); err != nil {
		t.Fatal(err)
	}
	told, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	return told
}

// 65 × 4 × 10 and 65 × 6 × 10; likely five visits: 65 × 5 × 10.
func TestFourToSixVisitsAt65AreFrom2600To3900InTenYears(t *testing.T) {
	told := bound(t, quantity.Inputs{
		"customer.spend":  {Range: quantity.Exactly(65), Per: quantity.Period{Name: "visit", PerAnn: 1}, Counted: "customer.visits"},
		"customer.visits": {Range: quantity.Between(4, 6)},
		"customer.years":  {Range: quantity.Exactly(10)},
	})
	if got, want := told.Figure("lifetime.loss").Range, (quantity.Range{Low: 2600, Likely: 3250, High: 3900}); got != want {
		t.Errorf("lifetime.loss = %v, want %v", got, want)
	}
}

// To the cent, as the page of formulas has them. By hand: 79 ÷ .02, and 98 % of it;
// 79 × (1 + .9 + … + .9⁵) = 79 × 4.68559; 199 × .8 ÷ .021. The subscription brings
// 63.20 a month, of which .97 ÷ 1.1^(1/12) = .9623265 is left with each: 63.2 ÷ .0376735,
// and at the end of each month 1.1^(1/12) times less.
func TestASubscriptionByTheMonth(t *testing.T) {
	for _, test := range []struct {
		name string
		in   func() customer.Inputs
		ltv  float64
	}{
		{"79, 98% a month", func() customer.Inputs { return monthly(79, .98) }, 3950},
		{"the same from those who stayed", func() customer.Inputs { in := monthly(79, .98); in.Paid = customer.Stayed; return in }, 3871},
		{"79, 90% a month, six months", func() customer.Inputs { in := monthly(79, .9); in.Years = .5; return in }, 370.16},
		{"199 at a margin of 80%, 97.9% a month", func() customer.Inputs { in := monthly(199, .979); in.Margin = .8; return in }, 7580.95},
		{"the built-in one", func() customer.Inputs { in := monthly(79, .97); in.Margin, in.Discount = .8, .1; return in }, 1677.56},
		{"the built-in one, paid at the end", func() customer.Inputs {
			in := monthly(79, .97)
			in.Margin, in.Discount, in.Paid = .8, .1, customer.End
			return in
		}, 1664.29},
	} {
		if got := told(t, test.in())["lifetime.ltv"]; quantity.Money.Round(got, 2) != test.ltv {
			t.Errorf("lifetime.ltv of %s = %v, want %v", test.name, got, test.ltv)
		}
	}
}

// Fader & Hardie 2012: m 100, r 80 %, d 12 %, for ever: 112 ÷ .32, 100 ÷ .32, 80 ÷ .32.
func TestTheThreeTextbookFormulasGive350And312AndAHalfAnd250(t *testing.T) {
	for paid, want := range map[string]float64{customer.Start: 350, customer.End: 312.5, customer.Stayed: 250} {
		in := stays(100, 1, math.Inf(1))
		in.Retention.Later, in.Discount, in.Paid = .8, .12, paid
		near(t, "lifetime.ltv paid at the "+paid, told(t, in)["lifetime.ltv"], want)
	}
}

// m = 20 % of 100; r = 80 %, d = 25 %, so x = .64: 1 + .64 + .4096 = 2.0496
// years of today, and 1 + .8 + .64 = 2.44 that the customer is expected to stay.
func TestSalesAndMarginAreSurvivedAndDiscountedAlikeButYearsOnlySurvived(t *testing.T) {
	in := stays(100, 1, 3)
	in.Margin, in.Retention.Later, in.Discount = .2, .8, .25
	got := told(t, in)
	near(t, "lifetime.per_year", got["lifetime.per_year"], 100)
	near(t, "lifetime.loss", got["lifetime.loss"], 204.96)
	near(t, "lifetime.ltv", got["lifetime.ltv"], 40.992)
	near(t, "lifetime.new_customer", got["lifetime.new_customer"], 40.992)
	near(t, "lifetime.years_expected", got["lifetime.years_expected"], 2.44)
}

// 100 and 110 and 121; the years expected do not grow.
func TestSpendGrowsForTheOneWhoStays(t *testing.T) {
	in := stays(100, 1, 3)
	in.Growth = .1
	got := told(t, in)
	near(t, "lifetime.per_year", got["lifetime.per_year"], 100)
	near(t, "lifetime.loss", got["lifetime.loss"], 331)
	near(t, "lifetime.years_expected", got["lifetime.years_expected"], 3)
}

// 60 % stay the first year and 80 % each after. New: 100 + 60 + 48 = 208, after a
// year 100 + 80 + 64 = 244, at a margin of half.
func TestTheLostCustomerIsValuedAtTheirTenureAndANewOneAtNone(t *testing.T) {
	in := stays(100, 1, 3)
	in.Margin, in.Retention, in.Tenure = .5, byYears(.6, .8), 1
	got := told(t, in)
	near(t, "lifetime.loss", got["lifetime.loss"], 244)
	near(t, "lifetime.ltv", got["lifetime.ltv"], 122)
	near(t, "lifetime.new_customer", got["lifetime.new_customer"], 104)
	near(t, "lifetime.years_expected", got["lifetime.years_expected"], 2.44)
}

// Who takes the place makes losing one cheaper, and no lifetime shorter.
func TestANewcomerTakesNothingOffALifetime(t *testing.T) {
	in := stays(100, 1, 10)
	in.Replaced, in.ReplacedAfter, in.Win = true, 1, 50
	near(t, "lifetime.ltv", told(t, in)["lifetime.ltv"], 1000)
}

// Undiscounted and for ever, 80 % stay for 1 ÷ .2 years, whenever they pay.
func TestTheYearsExpectedForEverAreOneOverChurn(t *testing.T) {
	for _, paid := range []string{customer.Start, customer.End, customer.Stayed} {
		in := stays(100, 1, math.Inf(1))
		in.Retention.Later, in.Paid = .8, paid
		near(t, "lifetime.years_expected paid at the "+paid, told(t, in)["lifetime.years_expected"], 5)
	}
}

// 100 × 1.1 ÷ .1 = 1,100 today, and no number of years.
func TestYearsWithoutEndAreNotGivenThoughTheirValueIs(t *testing.T) {
	in := stays(100, 1, math.Inf(1))
	in.Discount = .1
	told := report(t, in)
	near(t, "lifetime.ltv", told.Figure("lifetime.ltv").Range.Likely, 1100)
	if f := told.Figure("lifetime.years_expected"); !f.Absent() || f.AbsenceReason == "" {
		t.Errorf("lifetime.years_expected for ever at r 100 %% = %v with reason %q, want it not given, with a reason", f.Range.Likely, f.AbsenceReason)
	}
}

func TestALifetimeWithoutEndOrDiscountIsAnErrorThatNamesTheKey(t *testing.T) {
	err := lifetime.Compute(&lifetime.Inputs{Customer: stays(100, 1, math.Inf(1))}, new(lifetime.Result))
	if problem, ok := err.(*calc.Problem); !ok || problem.Key != "customer.years" {
		t.Errorf("Compute for ever at r 100 %%, d 0 %% fails with %v, want a problem with customer.years", err)
	}
}

func TestMarginNeverPassesTheSalesAndSalesNeverTheUndiscountedYears(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	for range 1000 {
		in := stays(1000*random.Float64(), 1+random.Float64(), 30*random.Float64())
		in.Payments = []float64{1, 4, 12, 52}[random.IntN(4)]
		in.Renewals = []float64{1, in.Payments}[random.IntN(2)]
		in.Margin, in.Discount, in.Tenure = random.Float64(), random.Float64(), 3*random.Float64()
		in.Retention = byYears(random.Float64(), random.Float64(), random.Float64())
		got := told(t, in)
		if !(got["lifetime.ltv"] <= got["lifetime.loss"]) {
			t.Errorf("of %+v the margin is %v and the sales %v", in, got["lifetime.ltv"], got["lifetime.loss"])
		}
		if most := got["lifetime.per_year"] * got["lifetime.years_expected"]; !(got["lifetime.loss"] <= most*(1+1e-12)) {
			t.Errorf("of %+v the discounted sales are %v, and undiscounted only %v", in, got["lifetime.loss"], most)
		}
	}
}

// cells writes the table by tenure, a row a line; a number that is not given is a dash.
func cells(r *calc.Report) string {
	var lines []string
	for _, table := range r.Tables {
		if table.Name != "by tenure" {
			continue
		}
		for _, row := range table.Rows {
			var line strings.Builder
			line.WriteString(row[0].Words)
			for _, cell := range row[1:] {
				number := "–"
				if !math.IsNaN(cell.Range.Likely) {
					number = fmt.Sprintf("%.6g", cell.Range.Likely)
				}
				line.WriteString(" " + number)
			}
			lines = append(lines, line.String())
		}
	}
	return strings.Join(lines, "\n")
}

// Each row: chance to stay the next year, years expected, value still to come, and
// what one constant retention would say, 100 a year and by hand.
func TestWhatACustomerIsWorthByTenure(t *testing.T) {
	half := byYears(.6, .8)
	for _, test := range []struct {
		name   string
		change func(*customer.Inputs)
		want   string
	}{
		// New 1 + .6 + .48, after a year 1 + .8 + .64; 60 % for all years: 1 + .6 + .36.
		{"two years of list", func(in *customer.Inputs) { in.Retention = half }, "new 0.6 2.08 208 196\n1 0.8 2.44 244 196"},
		// The tenure of the lost one moves no row.
		{"at tenure 1", func(in *customer.Inputs) { in.Retention, in.Tenure = half, 1 }, "new 0.6 2.08 208 196\n1 0.8 2.44 244 196"},
		// Nor does who takes the place of a lost one.
		{"replaced", func(in *customer.Inputs) { in.Retention, in.Replaced, in.ReplacedAfter, in.Win = half, true, 1, 4 }, "new 0.6 2.08 208 196\n1 0.8 2.44 244 196"},
		// At a churn of 25 % one constant retention says 1 + .75 + .5625.
		{"where churn is given", func(in *customer.Inputs) { in.Retention, in.Churn = half, .25 }, "new 0.6 2.08 208 231.25\n1 0.8 2.44 244 231.25"},
		// For ever, half of the margin: new 1 + .6 ÷ .2 = 4, then 5; 60 %: 1 ÷ .4.
		{"for ever, of the margin", func(in *customer.Inputs) { in.Retention, in.Years, in.Margin = half, math.Inf(1), .5 }, "new 0.6 4 200 125\n1 0.8 5 250 125"},
		// Nobody stays a second year.
		{"a list that ends in nobody", func(in *customer.Inputs) { in.Retention = byYears(.8, 0) }, "new 0.8 1.8 180 244\n1 0 1 100 244"},
		// A first year of 100 % for ever has no bounded value; 1 + 1 ÷ .2 and 1 ÷ .2 years.
		{"a constant one without end", func(in *customer.Inputs) { in.Retention, in.Years = byYears(1, .8), math.Inf(1) }, "new 1 6 600 –\n1 0.8 5 500 –"},
		// At d 25 % one who never leaves is worth 5 years; new 1 + .5 × .8 × 5 = 3. At 50 %:
		// 1 ÷ (1 − .4).
		{"years without end", func(in *customer.Inputs) { in.Retention, in.Years, in.Discount = byYears(.5, 1), math.Inf(1), .25 }, "new 0.5 – 300 166.667\n1 1 – 500 166.667"},
		// Two years from each milestone: 1 + the chance to stay the next.
		{"six years of list", func(in *customer.Inputs) { in.Retention, in.Years = byYears(.5, .6, .7, .8, .9, .95), 2 },
			"new 0.5 1.5 150 150\n1 0.6 1.6 160 150\n2 0.7 1.7 170 150\n3 0.8 1.8 180 150\n5 0.95 1.95 195 150"},
		{"eleven years of list", func(in *customer.Inputs) {
			in.Retention, in.Years = byYears(.5, .6, .7, .8, .9, .9, .9, .9, .9, .9, .95), 2
		},
			"new 0.5 1.5 150 150\n1 0.6 1.6 160 150\n2 0.7 1.7 170 150\n3 0.8 1.8 180 150\n5 0.9 1.9 190 150\n10 0.95 1.95 195 150"},
		// By the half-year: half stay on for the first, all after. After a year nothing is
		// known that the last element does not say.
		{"two halves of a year", func(in *customer.Inputs) {
			in.Retention = quantity.ByTenure{Early: []float64{.25}, Later: 1, Period: .5}
			in.Payments, in.Renewals, in.Years = 2, 2, 1
		}, "new 0.5 0.75 75 75"},
		{"one number", func(in *customer.Inputs) { in.Retention.Later = .8 }, ""},
	} {
		in := stays(100, 1, 3)
		test.change(&in)
		if got := cells(report(t, in)); got != test.want {
			t.Errorf("%s, by tenure:\n%s\nwant:\n%s", test.name, got, test.want)
		}
	}
}

// The row of a tenure says what the figures say for a customer of that tenure.
func TestARowByTenureIsWhatTheFiguresSayAtThatTenure(t *testing.T) {
	random := rand.New(rand.NewPCG(16, 16))
	for range 200 {
		in := stays(100, 1, 5*random.Float64())
		in.Payments = []float64{1, 12}[random.IntN(2)]
		in.Renewals = []float64{1, in.Payments}[random.IntN(2)]
		in.Retention = byYears(random.Float64(), random.Float64(), random.Float64(), random.Float64())
		in.Discount, in.Growth, in.Paid = random.Float64(), random.Float64()-.5, []string{customer.Start, customer.Stayed}[random.IntN(2)]
		rows := report(t, in).Tables[0].Rows
		for i, tenure := range []float64{0, 1, 2, 3} {
			in.Tenure = tenure
			got := told(t, in)
			near(t, fmt.Sprintf("years expected at tenure %v of %+v", tenure, in), rows[i][2].Range.Likely, got["lifetime.years_expected"])
			near(t, fmt.Sprintf("value at tenure %v of %+v", tenure, in), rows[i][3].Range.Likely, got["lifetime.ltv"])
		}
	}
}

// Each key moves the figures that it should and no other.
func TestEachFigureIsBasedOnTheKeysThatMakeIt(t *testing.T) {
	given := quantity.Inputs{
		"customer.spend":     {Range: quantity.Exactly(100)},
		"customer.years":     {Range: quantity.Exactly(3)},
		"customer.margin":    {Range: quantity.Exactly(.5)},
		"customer.retention": {List: []quantity.Input{{Range: quantity.Exactly(.6)}, {Range: quantity.Exactly(.8)}}},
		"customer.tenure":    {Range: quantity.Exactly(1)},
		"customer.growth":    {Range: quantity.Exactly(.1)},
		"customer.discount":  {Range: quantity.Exactly(.1)},
	}
	for key, in := range given {
		in.Key = key
	}
	told := bound(t, given)
	for metric, want := range map[string]string{
		"lifetime.per_year":       "customer.spend",
		"lifetime.loss":           "customer.discount customer.growth customer.retention customer.spend customer.tenure customer.years",
		"lifetime.ltv":            "customer.discount customer.growth customer.margin customer.retention customer.spend customer.tenure customer.years",
		"lifetime.new_customer":   "customer.discount customer.growth customer.margin customer.retention customer.spend customer.years",
		"lifetime.years_expected": "customer.retention customer.tenure customer.years",
	} {
		keys := map[string]bool{}
		for _, in := range told.Figure(metric).BasedOn {
			keys[in.Whole()] = true
		}
		if got := strings.Join(slices.Sorted(maps.Keys(keys)), " "); got != want {
			t.Errorf("%s is based on %s, want %s", metric, got, want)
		}
	}
}
