package referrals_test

import (
	"math"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/referrals"
	"github.com/churncost/churncost/calc/wordofmouth"
)

// near demands equality but for the last digits of a float64.
func near(t *testing.T, call string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", call, got, want)
	}
}

// dell is Bain's case (F. Reichheld, The Ultimate Question, 2006): eight good words
// a year, one in forty of which wins a customer worth $210. Half of the customers
// are taken to promote.
func dell() referrals.Inputs {
	return referrals.Inputs{
		Customer:  customer.Inputs{Spend: 210, Visits: 1, Years: 1, Margin: 1, Churn: math.NaN(), Retention: 1, Paid: customer.Start},
		Promoters: .5, Words: 8, Convert: .025,
	}
}

// figures computes, tells, and gives the figures by metric.
func figures(t *testing.T, in referrals.Inputs) map[string]float64 {
	t.Helper()
	var result referrals.Result
	err := referrals.Compute(&in, &result)
	if err != nil {
		t.Fatalf("Compute(%+v): %v", in, err)
	}
	var report calc.Report
	result.Tell(&report)
	result.Warn(&report)
	told := map[string]float64{}
	for _, f := range report.Figures {
		told[f.Metric] = f.Range.Likely
	}
	return told
}

// 8 × 2.5 % × $210 = $42, and half of the customers bring as much: 21 each.
func TestAPromoterOfDellBrings42DollarsAYear(t *testing.T) {
	got := figures(t, dell())
	near(t, "referrals.per_promoter", got["referrals.per_promoter"], 42)
	near(t, "referrals.value_per_customer", got["referrals.value_per_customer"], 21)
}

func TestWithoutChurnOrALeaversStoryThereIsNoNet(t *testing.T) {
	for _, churn := range []float64{math.NaN(), .1} {
		in := dell()
		in.Customer.Churn = churn
		if net := figures(t, in)["referrals.net"]; !math.IsNaN(net) {
			t.Errorf("referrals.net at a churn of %v without a story = %v, want it absent", churn, net)
		}
	}
}

// Three in four would have come unasked: of those only the 40 are saved that
// winning them would have taken. 8 × 2.5 % × (¼ × 210 + ¾ × 40) = 16.50.
func TestOfThoseWhoWouldHaveComeUnaskedOnlyTheCostOfWinningIsSaved(t *testing.T) {
	in := dell()
	in.Anyway, in.Win = .75, 40
	near(t, "referrals.per_promoter", figures(t, in)["referrals.per_promoter"], 16.5)
	in.Win = 0
	near(t, "referrals.per_promoter where winning costs nothing", figures(t, in)["referrals.per_promoter"], 10.5)
}

// Each customer lost tells twenty, a tenth of whom leave: 2 followers, worth half
// of 210 each. At 10 % churn that is .1 × ½ × 2 × 210 = 21 a customer, as much as
// the promoters bring.
func TestTheLeaversStoriesAreTakenOff(t *testing.T) {
	in := dell()
	in.Customer.Churn, in.Told = .1, true
	in.WordOfMouth = wordofmouth.Inputs{Tells: []float64{20}, Leave: .1, Rule: wordofmouth.Expected, Talkers: 1, Buyers: 1, Value: .5, Circle: math.NaN()}
	got := figures(t, in)
	near(t, "referrals.net", got["referrals.net"], 0)
	in.WordOfMouth.Value = 1
	near(t, "referrals.net with followers worth as much", figures(t, in)["referrals.net"], -21)
	in.Customer.Churn = math.NaN()
	if net := figures(t, in)["referrals.net"]; !math.IsNaN(net) {
		t.Errorf("referrals.net without churn = %v, want it absent", net)
	}
}

func TestALifetimeThatNeverEndsIsRefused(t *testing.T) {
	in := dell()
	in.Customer.Years = math.Inf(1)
	if err := referrals.Compute(&in, new(referrals.Result)); err == nil || err.(*calc.Problem).Key != "customer.years" {
		t.Errorf("Compute for ever at r 100 %% fails with %v, want a problem with customer.years", err)
	}
}
