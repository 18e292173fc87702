package lifetime_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/lifetime"
)

// near demands equality but for the last digits of a float64.
func near(t *testing.T, call string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", call, got, want)
	}
}

// told computes, and gives the figures by metric.
func told(t *testing.T, in customer.Inputs) map[string]float64 {
	t.Helper()
	var result lifetime.Result
	err := lifetime.Compute(&lifetime.Inputs{Customer: in}, &result)
	if err != nil {
		t.Fatalf("Compute(%+v): %v", in, err)
	}
	var report calc.Report
	result.Tell(&report)
	result.Warn(&report)
	figures := map[string]float64{}
	for _, f := range report.Figures {
		figures[f.Metric] = f.Range.Likely
	}
	return figures
}

// stays is a customer who never leaves before the horizon.
func stays(spend, visits, years float64) customer.Inputs {
	return customer.Inputs{Spend: spend, Visits: visits, Years: years, Margin: 1, Retention: 1, Paid: customer.Start}
}

// The founding text: $50 a week is $2,600 a year of 52 weeks, $26,000 in ten years.
func TestMrsWilliamsWouldHaveSpent26000(t *testing.T) {
	got := told(t, stays(50*52, 1, 10))
	near(t, "lifetime.per_year", got["lifetime.per_year"], 2600)
	near(t, "lifetime.loss", got["lifetime.loss"], 26_000)
	near(t, "lifetime.margin_loss", got["lifetime.margin_loss"], 26_000)
	near(t, "lifetime.years_expected", got["lifetime.years_expected"], 10)
}

func TestTwoAt79AYearForFourYearsAre632(t *testing.T) {
	near(t, "lifetime.loss", told(t, stays(79, 2, 4))["lifetime.loss"], 632)
}

// 65 × 4 × 10 and 65 × 6 × 10; likely five visits: 65 × 5 × 10.
func TestFourToSixVisitsAt65AreFrom2600To3900InTenYears(t *testing.T) {
	m := calc.New("lifetime", "", lifetime.Compute).Model()
	visit := calc.Period{Name: "visit", PerAnn: 1}
	if err := m.Bind(calc.Inputs{
		"customer.spend":  {Range: calc.Exactly(65), Per: visit, Counted: "customer.visits"},
		"customer.visits": {Range: calc.Between(4, 6)},
		"customer.years":  {Range: calc.Exactly(10)},
	}); err != nil {
		t.Fatal(err)
	}
	report, err := m.Report(2)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := report.Figure("lifetime.loss").Range, (calc.Range{Low: 2600, Likely: 3250, High: 3900}); got != want {
		t.Errorf("lifetime.loss = %v, want %v", got, want)
	}
}

// m = 20 % of 100; r = 80 %, d = 25 %, so x = .64: 1 + .64 + .4096 = 2.0496
// years of today, and 1 + .8 + .64 = 2.44 that the customer is expected to stay.
func TestSalesAndMarginAreSurvivedAndDiscountedAlikeButYearsOnlySurvived(t *testing.T) {
	got := told(t, customer.Inputs{Spend: 100, Visits: 1, Years: 3, Margin: .2, Retention: .8, Discount: .25, Paid: customer.Start})
	near(t, "lifetime.per_year", got["lifetime.per_year"], 100)
	near(t, "lifetime.loss", got["lifetime.loss"], 204.96)
	near(t, "lifetime.margin_loss", got["lifetime.margin_loss"], 40.992)
	near(t, "lifetime.years_expected", got["lifetime.years_expected"], 2.44)
}

// Undiscounted and for ever, 80 % stay for 1 ÷ .2 years.
func TestTheYearsExpectedForEverAreOneOverChurn(t *testing.T) {
	in := stays(100, 1, math.Inf(1))
	in.Retention = .8
	near(t, "lifetime.years_expected", told(t, in)["lifetime.years_expected"], 5)
}

// 100 × 1.1 ÷ .1 = 1,100 today, and no number of years.
func TestYearsWithoutEndAreNotGivenThoughTheirValueIs(t *testing.T) {
	in := stays(100, 1, math.Inf(1))
	in.Discount = .1
	got := told(t, in)
	near(t, "lifetime.margin_loss", got["lifetime.margin_loss"], 1100)
	if years := got["lifetime.years_expected"]; !math.IsNaN(years) {
		t.Errorf("lifetime.years_expected for ever at r 100 %% = %v, want it not given", years)
	}
}

func TestALifetimeWithoutEndOrDiscountIsAnErrorThatNamesTheKey(t *testing.T) {
	err := lifetime.Compute(&lifetime.Inputs{Customer: stays(100, 1, math.Inf(1))}, new(lifetime.Result))
	if problem, ok := err.(*calc.Problem); !ok || problem.Key != "customer.years" {
		t.Errorf("Compute for ever at r 100 %%, d 0 %% fails with %v, want a problem with customer.years", err)
	}
}

func TestMarginLossNeverPassesTheSalesAndSalesNeverTheUndiscountedYears(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	for range 1000 {
		in := customer.Inputs{Spend: 1000 * random.Float64(), Visits: 1 + random.Float64(), Years: 30 * random.Float64(),
			Margin: random.Float64(), Retention: random.Float64(), Discount: random.Float64(), Paid: customer.Start}
		got := told(t, in)
		if !(got["lifetime.margin_loss"] <= got["lifetime.loss"]) {
			t.Errorf("of %+v the margin is %v and the sales %v", in, got["lifetime.margin_loss"], got["lifetime.loss"])
		}
		if most := got["lifetime.per_year"] * got["lifetime.years_expected"]; !(got["lifetime.loss"] <= most*(1+1e-12)) {
			t.Errorf("of %+v the discounted sales are %v, and undiscounted only %v", in, got["lifetime.loss"], most)
		}
	}
}
