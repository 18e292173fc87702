package referrals_test

import (
	"maps"
	"math"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/attribution"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/referrals"
	"github.com/churncost/churncost/calc/wordofmouth"
)

// near requires equality except for the last digits of a float64.
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
		Customer: customer.Inputs{Spend: 210, Visits: 1, Payments: 1, Renewals: 1, Years: 1, Margin: 1, Churn: math.NaN(),
			Retention: quantity.ByTenure{Later: 1}, Paid: customer.Start},
		Promoters: referrals.Promoters{Share: .5, Words: 8, Convert: .025, Win: math.NaN()},
	}
}

// figures computes and reports, and gives the figures by metric.
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
	in.Promoters.Anyway, in.Promoters.Win = .75, 40
	near(t, "referrals.per_promoter", figures(t, in)["referrals.per_promoter"], 16.5)
	in.Promoters.Win = math.NaN()
	near(t, "referrals.per_promoter where nobody says what winning costs", figures(t, in)["referrals.per_promoter"], 10.5)
}

// Each customer lost tells twenty, a tenth of whom leave: 2 followers, worth half
// of 210 each. At 10 % churn that is .1 × ½ × 2 × 210 = 21 a customer, as much as
// the promoters bring.
func TestTheLeaversStoriesAreTakenOff(t *testing.T) {
	in := dell()
	in.Customer.Churn, in.HasStory = .1, true
	in.WordOfMouth = story()
	in.WordOfMouth.Value = .5
	got := figures(t, in)
	near(t, "referrals.net", got["referrals.net"], 0)
	in.WordOfMouth.Value = 1
	near(t, "referrals.net with followers worth as much", figures(t, in)["referrals.net"], -21)
	in.Customer.Churn = math.NaN()
	if net := figures(t, in)["referrals.net"]; !math.IsNaN(net) {
		t.Errorf("referrals.net without churn = %v, want it absent", net)
	}
}

// tenYears is a customer of 1,000 a year for ten, with Dell's promoters.
func tenYears() referrals.Inputs {
	in := dell()
	in.Customer.Spend, in.Customer.Years = 1000, 10
	return in
}

// story is one that a lost customer tells twenty, a tenth of whom leave: 2 followers.
func story() wordofmouth.Inputs {
	return wordofmouth.Inputs{Tells: []float64{20}, Leave: .1, Rule: wordofmouth.Expected, Talkers: 1, Buyers: 1, Value: 1, Circle: math.NaN()}
}

// A friend who is not won is worth what a follower who is lost is: 10,000, or the
// 1,500 that are lost until a newcomer takes the place after a year, for 500. Each
// promoter brings .2 of that, half of the customers promote: .1 over all. With a tenth
// lost a year, each with two others, .2 of it goes.
func TestAFriendNotWonIsWorthWhatAFollowerLostIs(t *testing.T) {
	for _, test := range []struct {
		name                       string
		change                     func(*referrals.Inputs)
		promoter, perCustomer, net float64
	}{
		{"nobody takes the place", func(*referrals.Inputs) {}, 2000, 1000, -1000},
		{"replaced", func(in *referrals.Inputs) {
			in.Customer.Replaced, in.Customer.ReplacedAfter, in.Customer.Win = true, 1, 500
		}, 300, 150, -150},
		// .2 × (¼ × 1,500 + ¾ × 500) = 150; 75 − .1 × 2 × 1,500.
		{"replaced, and three in four would have come", func(in *referrals.Inputs) {
			in.Customer.Replaced, in.Customer.ReplacedAfter, in.Customer.Win = true, 1, 500
			in.Promoters.Anyway, in.Promoters.Win = .75, 500
		}, 150, 75, -225},
		// A friend is new, whatever the tenure of the lost one: 1,000 + 600 + 480 in three years.
		{"a customer of a year", func(in *referrals.Inputs) {
			in.Customer.Years, in.Customer.Tenure = 3, 1
			in.Customer.Retention = quantity.ByTenure{Early: []float64{.6}, Later: .8, Period: 1}
		}, 416, 208, -208},
		{"of the margin", func(in *referrals.Inputs) { in.Customer.Margin = .1 }, 200, 100, -100},
		{"without margin", func(in *referrals.Inputs) { in.Customer.Margin = 0 }, 0, 0, 0},
		{"nobody promotes", func(in *referrals.Inputs) { in.Promoters.Share = 0 }, 2000, 0, -2000},
		{"followers of half the worth", func(in *referrals.Inputs) { in.WordOfMouth.Value = .5 }, 2000, 1000, 0},
		// round(.1 × 21 = 2.1) = 2, of whom one is the customer.
		{"by the book", func(in *referrals.Inputs) { in.WordOfMouth.Rule = wordofmouth.Book }, 2000, 1000, 0},
	} {
		in := tenYears()
		in.Customer.Churn, in.HasStory, in.WordOfMouth = .1, true, story()
		test.change(&in)
		got := figures(t, in)
		near(t, test.name+": referrals.per_promoter", got["referrals.per_promoter"], test.promoter)
		near(t, test.name+": referrals.value_per_customer", got["referrals.value_per_customer"], test.perCustomer)
		near(t, test.name+": referrals.net", got["referrals.net"], test.net)
	}
}

// bound binds the calculator to Dell's numbers and more.
func bound(t *testing.T, more quantity.Inputs) *calc.Report {
	t.Helper()
	in := quantity.Inputs{
		"customer.spend": {Range: quantity.Exactly(210)}, "customer.years": {Range: quantity.Exactly(1)},
		"referrals.promoters": {Range: quantity.Exactly(.5)}, "referrals.words": {Range: quantity.Exactly(8)}, "referrals.convert": {Range: quantity.Exactly(.025)},
	}
	maps.Copy(in, more)
	m := calc.New("referrals", "", referrals.Compute).Model()
	if err := m.Bind(in); err != nil {
		t.Fatal(err)
	}
	told, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	return told
}

// Bain's figures stand beside, and eight words of which one in forty wins somebody are
// Bain's (B); for the rest nobody says where it comes from.
func TestDellsFiguresAreKnown(t *testing.T) {
	told := bound(t, nil)
	f := told.Figure("referrals.per_promoter")
	near(t, "referrals.per_promoter", f.Range.Likely, 42)
	var known []string
	for _, in := range attribution.BuiltIn(f.BasedOn) {
		known = append(known, string(in.Evidence.Grade))
	}
	if len(f.Beside) != 1 || strings.Join(known, " ") != "B B" || attribution.Weakest(f.BasedOn) != quantity.Unsourced {
		t.Errorf("referrals.per_promoter has %d figures beside it and is based on grades %v and at its weakest on %q; want 1, B twice and %q", len(f.Beside), known, attribution.Weakest(f.BasedOn), quantity.Unsourced)
	}
}

// The net is there only with churn and a story.
func TestTheNetNamesWhatItLacks(t *testing.T) {
	tells := &quantity.Input{List: []quantity.Input{{Range: quantity.Exactly(20)}}}
	exactly := func(x float64) *quantity.Input { return &quantity.Input{Range: quantity.Exactly(x)} }
	for _, test := range []struct {
		given string
		more  quantity.Inputs
		want  float64
	}{
		{"nothing", nil, math.NaN()},
		{"churn", quantity.Inputs{"company.churn": exactly(.1)}, math.NaN()},
		{"a story", quantity.Inputs{"word_of_mouth.tells": tells, "word_of_mouth.leave": exactly(.1)}, math.NaN()},
		{"both", quantity.Inputs{"company.churn": exactly(.1), "word_of_mouth.tells": tells, "word_of_mouth.leave": exactly(.1)}, -21}, // 21 − .1 × 2 × 210
	} {
		f := bound(t, test.more).Figure("referrals.net")
		if math.IsNaN(test.want) {
			if !f.Absent() || strings.Join(f.Keys, " ") != "company.churn word_of_mouth.tells word_of_mouth.leave" {
				t.Errorf("given %s, referrals.net = %v, needs %v; want it absent and in need of churn and a story", test.given, f.Range.Likely, f.Keys)
			}
			continue
		}
		near(t, "referrals.net given "+test.given, f.Range.Likely, test.want)
	}
}

func TestALifetimeThatNeverEndsIsRefused(t *testing.T) {
	in := dell()
	in.Customer.Years = math.Inf(1)
	if err := referrals.Compute(&in, new(referrals.Result)); err == nil || err.(*calc.Problem).Key != "customer.years" {
		t.Errorf("Compute for ever at r 100 %% fails with %v, want a problem with customer.years", err)
	}
}
