package loss_test

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/attribution"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/loss"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/referrals"
	"github.com/churncost/churncost/calc/winback"
	"github.com/churncost/churncost/calc/wordofmouth"
)

// near requires equality except for the last digits of a float64.
func near(t *testing.T, call string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", call, got, want)
	}
}

// yearly is a bill of nothing but the customer, who brings an amount a year, by the
// year, for ten years.
func yearly(amount float64) loss.Inputs {
	return loss.Inputs{
		Customer: customer.Inputs{Spend: amount, Visits: 1, Payments: 1, Renewals: 1, Years: 10, Margin: 1, Churn: math.NaN(),
			Retention: quantity.ByTenure{Later: 1}, Paid: customer.Start},
		ReturnsAnyway: math.NaN(),
	}
}

// byYears is the list of the given chances per year of tenure.
func byYears(chances ...float64) quantity.ByTenure {
	last := len(chances) - 1
	return quantity.ByTenure{Early: chances[:last], Later: chances[last], Period: 1}
}

// story is the founding one: 16 follow by the book, 16.5 by expectation.
func story(rule string) wordofmouth.Inputs {
	return wordofmouth.Inputs{Tells: []float64{11, 5}, Leave: .25, Rule: rule, Talkers: 1, Buyers: 1, Value: 1, Circle: math.NaN()}
}

// halfLettuce adds the founding story to a customer of $2,600 a year.
func halfLettuce() loss.Inputs {
	in := yearly(2600)
	in.HasStory, in.WordOfMouth = true, story(wordofmouth.Book)
	return in
}

// rows are the metrics that add up to the total.
func rows() []string {
	return []string{"loss.own", "loss.replacement", "loss.ripple", "loss.referrals", "loss.returns", "loss.offer"}
}

// told computes and reports.
func told(t *testing.T, in loss.Inputs) *calc.Report {
	t.Helper()
	var result loss.Result
	err := loss.Compute(&in, &result)
	if err != nil {
		t.Fatalf("Compute(%+v): %v", in, err)
	}
	report := new(calc.Report)
	result.Tell(report)
	result.Warn(report)
	return report
}

// figures computes and reports, and gives the figures by metric.
func figures(t *testing.T, in loss.Inputs) map[string]float64 {
	t.Helper()
	figures := map[string]float64{}
	for _, f := range told(t, in).Figures {
		figures[f.Metric] = f.Range.Likely
	}
	return figures
}

// want compares figures. Rows that are not among those wanted must be absent.
func want(t *testing.T, call string, got map[string]float64, wanted map[string]float64) {
	t.Helper()
	for _, row := range rows() {
		if _, ok := wanted[row]; !ok && !math.IsNaN(got[row]) {
			t.Errorf("%s: %s = %v, want it absent", call, row, got[row])
		}
	}
	for metric, number := range wanted {
		if math.IsNaN(number) {
			if !math.IsNaN(got[metric]) {
				t.Errorf("%s: %s = %v, want it absent", call, metric, got[metric])
			}
			continue
		}
		near(t, call+": "+metric, got[metric], number)
	}
}

// Her own ten years are 26,000 and the sixteen others' 416,000: 442,000, of which
// 416/442 = 94.1 % is theirs. In the first year 17 × 2,600 are missing.
func TestHalfALettuceCosts442000(t *testing.T) {
	want(t, "half a lettuce", figures(t, halfLettuce()), map[string]float64{
		"loss.own": 26_000, "loss.ripple": 416_000, "loss.total": 442_000, "loss.first_year": 44_200, "loss.ripple_share": 416. / 442,
	})
	in := halfLettuce()
	in.Customer.Payments, in.Customer.Renewals = 52, 52
	want(t, "half a lettuce by the week", figures(t, in), map[string]float64{
		"loss.own": 26_000, "loss.ripple": 416_000, "loss.total": 442_000, "loss.first_year": 44_200, "loss.ripple_share": 416. / 442,
	})
}

func TestTheCustomerAloneIsTheWholeBillWhereNothingElseIsGiven(t *testing.T) {
	want(t, "the customer alone", figures(t, yearly(1000)), map[string]float64{
		"loss.own": 10_000, "loss.total": 10_000, "loss.first_year": 1000, "loss.ripple_share": math.NaN(),
	})
}

// replaced fills the place of a customer of 1,000 a year after a year of ten, for 500.
func replaced() loss.Inputs {
	in := yearly(1000)
	in.Customer.Replaced, in.Customer.ReplacedAfter, in.Customer.Win = true, 1, 500
	return in
}

// θ = (1,000 + 500) ÷ 10,000 = 15 %.
func TestACustomerReplacedAfterAYearCosts1500(t *testing.T) {
	want(t, "replaced", figures(t, replaced()), map[string]float64{
		"loss.own": 1000, "loss.replacement": 500, "loss.total": 1500, "loss.first_year": 1000,
	})
	if got, want := told(t, replaced()).Figure("loss.own").Label, "The customer, until replaced"; got != want {
		t.Errorf("the customer's own row is labelled %q, want %q", got, want)
	}
}

// r 80 %, for ever: 1,000 × (1 − .8^τ) ÷ .2 + 500.
func TestTheLaterThePlaceIsFilledTheDearer(t *testing.T) {
	for after, total := range map[float64]float64{1: 1500, 2: 2300, 5: 3861.6} {
		in := replaced()
		in.Customer.Years, in.Customer.Retention.Later, in.Customer.ReplacedAfter = math.Inf(1), .8, after
		want(t, fmt.Sprintf("replaced after %v years", after), figures(t, in), map[string]float64{
			"loss.own": total - 500, "loss.replacement": 500, "loss.total": total, "loss.first_year": 1000,
		})
	}
}

// replacedAndWonBack is the worked example: V 10,000, replaced after 1 year of
// 10 for 500, p 30 %, V₂ 9,000, an offer of 50.
func replacedAndWonBack() loss.Inputs {
	in := replaced()
	in.Offered, in.Offer = true, winback.Offer{Lapsed: .3, Cost: 50, PaidTo: winback.Asked}
	in.SecondLife = customer.SecondLife{Spend: .9, Years: 10, Retention: quantity.ByTenure{Later: 1}}
	return in
}

// u = 1,000 + 500; R = 9,000 − .85 × 10,000 = 500, and the offer 50 − .3 × 500 = −100:
// 1,400. Paid to those won alone it costs .3 × 50 = 15, not 50.
func TestACustomerReplacedAfterAYearOrWonBackCosts1400(t *testing.T) {
	want(t, "replaced or won back", figures(t, replacedAndWonBack()), map[string]float64{
		"loss.own": 1000, "loss.replacement": 500, "loss.offer": -100, "loss.total": 1400,
	})
	in := replacedAndWonBack()
	in.Offer.PaidTo = winback.Won
	want(t, "paid to those won", figures(t, in), map[string]float64{
		"loss.own": 1000, "loss.replacement": 500, "loss.offer": -135, "loss.total": 1365,
	})
}

// A place that stays empty as long as the customer would have stayed is not filled:
// the newcomer costs nothing, for there is none. Nor is one who brings no more than
// they cost.
func TestWhereNobodyTakesThePlaceThereIsNoRowForThat(t *testing.T) {
	for _, test := range []struct{ after, win float64 }{{12, 500}, {10, 500}, {1, 9000}, {1, 20_000}} {
		in := replaced()
		in.Customer.ReplacedAfter, in.Customer.Win = test.after, test.win
		call := fmt.Sprintf("replaced after %v of 10 years for %v", test.after, test.win)
		report := told(t, in)
		if f := report.Figure("loss.replacement"); !f.Absent() || f.AbsenceReason == "" || report.Figure("loss.own").Label != "The customer" {
			t.Errorf("%s: loss.replacement = %v with reason %q beside %q, want it absent with a reason beside The customer", call, f.Range.Likely, f.AbsenceReason, report.Figure("loss.own").Label)
		}
		want(t, call, figures(t, in), map[string]float64{"loss.own": 10_000, "loss.total": 10_000})
	}
}

// A quarter of a year by the quarter: 250, and 500 to win.
func TestAReplacementWithinTheYearCostsItsPart(t *testing.T) {
	in := replaced()
	in.Customer.Payments, in.Customer.Renewals, in.Customer.ReplacedAfter = 4, 4, .25
	want(t, "replaced after 3 months", figures(t, in), map[string]float64{"loss.own": 250, "loss.replacement": 500, "loss.total": 750})
}

// Winning takes 180 of a new customer's 100 + 90; of the 110 that are left after a
// year 180/190 is lost, all of which is the newcomer's cost.
func TestANewcomerCostsNoMoreThanIsLost(t *testing.T) {
	in := yearly(100)
	in.Customer.Years, in.Customer.Tenure, in.Customer.Retention = 2, 1, byYears(.9, .1)
	in.Customer.Replaced, in.Customer.Win = true, 180
	want(t, "one with little left", figures(t, in), map[string]float64{"loss.own": 0, "loss.replacement": 110 * 180. / 190, "loss.total": 110 * 180. / 190})
}

// What was once paid to win the customer is sunk: without a time after which the
// place is filled, what winning costs adds nothing.
func TestWhatWasOncePaidToWinTheCustomerIsSunk(t *testing.T) {
	in := yearly(1000)
	in.Customer.Win = 500
	want(t, "won for 500", figures(t, in), map[string]float64{"loss.own": 10_000, "loss.total": 10_000})
}

// Without an offer 20 % return by themselves, and each saves 9,000. With one 30 % do,
// the 20 % among them, who are no reason to make it.
func TestThoseWhoReturnUnaskedAreARowOfTheirOwnAndNotTheOffers(t *testing.T) {
	in := yearly(1000)
	in.Returns, in.ReturnsAnyway, in.SecondLife = true, .2, customer.SecondLife{Spend: .9, Years: 10, Retention: quantity.ByTenure{Later: 1}}
	want(t, "20 % return unasked", figures(t, in), map[string]float64{"loss.own": 10_000, "loss.returns": -1800, "loss.total": 8200})
	in.Offered, in.Offer = true, winback.Offer{Lapsed: .3, Cost: 50, PaidTo: winback.Asked}
	want(t, "and 30 % accept an offer", figures(t, in), map[string]float64{"loss.own": 10_000, "loss.returns": -1800, "loss.offer": -850, "loss.total": 7350}) // 50 − .1 × 9,000
	in.Returns, in.ReturnsAnyway = false, math.NaN()
	want(t, "30 % accept an offer, and nobody says who would return", figures(t, in), map[string]float64{"loss.own": 10_000, "loss.offer": -2650, "loss.total": 7350})
}

// 13 % return unasked, 14 % asked: −.13 × 10,000 = −1,300, and an offer that brings
// back one in a hundred, 100, for 200.
func TestAnOfferThatHardlyMovesAnybodyCosts100(t *testing.T) {
	in := yearly(1000)
	in.Returns, in.ReturnsAnyway = true, .13
	in.Offered, in.Offer = true, winback.Offer{Lapsed: .14, Cost: 200, PaidTo: winback.Asked}
	in.SecondLife = customer.SecondLife{Spend: 1, Years: 10, Retention: quantity.ByTenure{Later: 1}}
	got := figures(t, in)
	want(t, "13 % of 14 %", got, map[string]float64{"loss.own": 10_000, "loss.returns": -1300, "loss.offer": 100, "loss.total": 8800})
	if warned := strings.Contains(notes(told(t, in)), "warning winback.lapsed:"); !warned {
		t.Errorf("the notes are %q, want a warning that the offer costs more than it saves", notes(told(t, in)))
	}
	var asked winback.Result
	err := winback.Compute(&winback.Inputs{Customer: in.Customer, SecondLife: in.SecondLife, Offer: in.Offer, Lost: 1, ReturnsAnyway: .13}, &asked)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "winback.lapsed.value", asked.LapsedValue, -100)
}

// notes writes the notes with their kinds and keys.
func notes(r *calc.Report) string {
	var all []string
	for _, n := range r.Notes {
		all = append(all, fmt.Sprintf("%s %s: %s", n.Kind, n.Key, n.Text))
	}
	return strings.Join(all, "\n")
}

// The offer's row is winback.lapsed.value with the other sign, also where nobody
// says who returns unasked, which is then nobody.
func TestTheOfferNeverDisagreesWithWinback(t *testing.T) {
	random := rand.New(rand.NewPCG(18, 18))
	offered := 0
	for range 2000 {
		in := anything(random)
		if !in.Offered {
			continue
		}
		offered++
		asks := winback.Inputs{Customer: in.Customer, SecondLife: in.SecondLife, Offer: in.Offer, Lost: 1}
		if in.Returns {
			asks.ReturnsAnyway = in.ReturnsAnyway
		}
		var asked winback.Result
		if err := winback.Compute(&asks, &asked); err != nil {
			t.Fatal(err)
		}
		near(t, fmt.Sprintf("loss.offer of %+v", in), figures(t, in)["loss.offer"], -asked.LapsedValue)
	}
	if offered < 500 {
		t.Errorf("only %d of 2000 bills have an offer, too few to prove anything", offered)
	}
}

// Sixteen followers of half the worth are replaced as the customer is, 1,500 each;
// none of them is won back. In the first year they are missing all the same.
func TestFollowersAreReplacedAndNotWonBack(t *testing.T) {
	in := replacedAndWonBack()
	in.HasStory, in.WordOfMouth = true, story(wordofmouth.Book)
	in.WordOfMouth.Value = .5
	want(t, "with 16 followers of half the worth", figures(t, in), map[string]float64{
		"loss.own": 1000, "loss.replacement": 500, "loss.ripple": 12_000, "loss.offer": -100,
		"loss.total": 13_400, "loss.first_year": 9000, "loss.ripple_share": 120. / 134,
	})
}

// The customer stayed a year, 100 + 80 + 64 = 244; the sixteen who follow are new,
// 100 + 60 + 48 = 208 each.
func TestATenuredCustomersFollowersAreNew(t *testing.T) {
	in := yearly(100)
	in.Customer.Years, in.Customer.Tenure, in.Customer.Retention = 3, 1, byYears(.6, .8)
	in.HasStory, in.WordOfMouth = true, story(wordofmouth.Book)
	want(t, "a customer of a year", figures(t, in), map[string]float64{
		"loss.own": 244, "loss.ripple": 16 * 208, "loss.total": 3572, "loss.first_year": 1700,
	})
}

// Half of the customers spread eight words a year, one in forty of which wins a
// customer: a tenth of one a year.
func TestTheRecommendationsThatStopAreThoseOfTheYearsThatAreMissing(t *testing.T) {
	none := math.NaN()
	tenured := func() loss.Inputs {
		in := yearly(100)
		in.Customer.Years, in.Customer.Tenure, in.Customer.Retention = 3, 1, byYears(.6, .8)
		return in
	}
	margin := func() loss.Inputs {
		in := yearly(1000)
		in.Customer.Margin = 0
		return in
	}
	for _, test := range []struct {
		name             string
		in               loss.Inputs
		anyway, win      float64
		referrals, total float64
	}{
		// Ten years × .1 × 10,000.
		{"nobody takes the place", yearly(1000), 0, none, 10_000, 20_000},
		// One year × .1 × 1,500: friends who do not come are replaced too, and the newcomer
		// recommends from the second year on.
		{"replaced", replaced(), 0, 500, 150, 1650},
		// One year × .1 × (¼ × 1,500 + ¾ × 500).
		{"three in four would have come", replaced(), .75, 500, 75, 1575},
		// Without what winning costs nothing is saved on those: ten × .1 × ¼ × 10,000.
		{"three in four, for nothing", yearly(1000), .75, none, 2500, 12_500},
		// After a year 2.44 years are left; a friend is new, 100 + 60 + 48: 2.44 × .1 × 208.
		{"a customer of a year", tenured(), 0, none, 50.752, 294.752},
		// Friends who bring nothing either, in ten years.
		{"no margin", margin(), 0, none, 0, 0},
		// But half of them would have had to be won: ten × .1 × ½ × 40.
		{"no margin, and half would have come", margin(), .5, 40, 20, 20},
	} {
		test.in.Recommends, test.in.Promoters = true, referrals.Promoters{Share: .5, Words: 8, Convert: .025, Anyway: test.anyway, Win: test.win}
		got := figures(t, test.in)
		near(t, test.name+": loss.referrals", got["loss.referrals"], test.referrals)
		near(t, test.name+": loss.total", got["loss.total"], test.total)
	}
}

// Twelve months of the margin that nobody discounts, the followers' with it, before
// a newcomer, a return or an offer.
func TestTheFirstYearIsWhatIsMissingInTwelveMonths(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*loss.Inputs)
		want   float64
	}{
		{"by the year", func(*loss.Inputs) {}, 17_000},
		{"discounted", func(in *loss.Inputs) { in.Customer.Discount = .5 }, 17_000},
		{"at a margin of 30 %", func(in *loss.Inputs) { in.Customer.Margin = .3 }, 5100},
		{"half a year at most", func(in *loss.Inputs) { in.Customer.Years = .5 }, 8500},
		{"followers of a quarter's worth", func(in *loss.Inputs) { in.WordOfMouth.Value = .25 }, 5000},
		{"without a story", func(in *loss.Inputs) { in.HasStory = false }, 1000},
		// 90 % a month: 17 × 1,000 ÷ 12 × (1 − .9¹²) ÷ .1.
		{"by the month", func(in *loss.Inputs) {
			in.Customer.Payments, in.Customer.Renewals, in.Customer.Retention.Later = 12, 12, math.Pow(.9, 12)
		}, 17_000. / 12 * (1 - math.Pow(.9, 12)) / .1},
		// Paid by those who stayed: 80 % of one who has stayed a year, 60 % of the sixteen.
		{"at a tenure", func(in *loss.Inputs) {
			in.Customer.Retention, in.Customer.Tenure, in.Customer.Paid = byYears(.6, .8), 1, customer.Stayed
		}, 800 + 16*600},
		{"at the end of it, discounted", func(in *loss.Inputs) { in.Customer.Discount, in.Customer.Paid = .5, customer.End }, 17_000},
		{"replaced after a month", func(in *loss.Inputs) {
			in.Customer.Replaced, in.Customer.ReplacedAfter, in.Customer.Win = true, 1./12, 5
		}, 17_000},
		{"where half return", func(in *loss.Inputs) {
			in.Returns, in.ReturnsAnyway, in.SecondLife = true, .5, replacedAndWonBack().SecondLife
		}, 17_000},
	} {
		in := yearly(1000)
		in.HasStory, in.WordOfMouth = true, story(wordofmouth.Book)
		test.change(&in)
		near(t, "loss.first_year "+test.name, figures(t, in)["loss.first_year"], test.want)
	}
}

// A second life of twice the spend, for nine in ten: 10,000 − .9 × 20,000 = −8,000.
func TestBelowZeroTheSecondLifeOutweighsTheFirstAndAWarningSaysSo(t *testing.T) {
	in := yearly(1000)
	in.Returns, in.ReturnsAnyway, in.SecondLife = true, .9, customer.SecondLife{Spend: 2, Years: 10, Retention: quantity.ByTenure{Later: 1}}
	report := told(t, in)
	near(t, "loss.total", report.Figure("loss.total").Range.Likely, -8000)
	if !slices.ContainsFunc(report.Notes, func(n calc.Note) bool { return n.Kind == calc.Warning && n.Key == "" }) {
		t.Errorf("the notes are %q, want a warning about the whole", notes(report))
	}
	in.ReturnsAnyway = .1
	if got := notes(told(t, in)); got != "" {
		t.Errorf("with a total of 8,000 the notes are %q, want none", got)
	}
}

// A margin of nothing costs nothing but the offer; a customer who costs more than they
// bring is a gain to lose, whom nobody replaces.
func TestACustomerWhoBringsNothingCostsNothingToLose(t *testing.T) {
	in := replacedAndWonBack()
	in.HasStory, in.WordOfMouth = true, story(wordofmouth.Book)
	in.Customer.Margin = 0
	want(t, "no margin", figures(t, in), map[string]float64{"loss.own": 0, "loss.ripple": 0, "loss.offer": 50, "loss.total": 50, "loss.ripple_share": 0, "loss.first_year": 0})
	in.Customer.Margin, in.Customer.Spend, in.Offered = 1, -1000, false
	want(t, "negative", figures(t, in), map[string]float64{
		"loss.own": -10_000, "loss.ripple": -160_000, "loss.total": -170_000, "loss.ripple_share": math.NaN(), "loss.first_year": -17_000,
	})
}

// anything draws a bill with any of its parts.
func anything(random *rand.Rand) loss.Inputs {
	in := yearly(10_000 * random.Float64())
	c := &in.Customer
	c.Years, c.Payments = 30*random.Float64(), []float64{1, 4, 12}[random.IntN(3)]
	c.Renewals = []float64{1, c.Payments}[random.IntN(2)]
	c.Margin, c.Retention.Later, c.Discount, c.Growth = random.Float64(), random.Float64(), random.Float64(), random.Float64()-.5
	if random.IntN(2) == 0 {
		c.Retention, c.Tenure = byYears(random.Float64(), random.Float64()), 2*random.Float64()
	}
	c.Paid = []string{customer.Start, customer.End, customer.Stayed}[random.IntN(3)]
	if in.HasStory = random.IntN(2) == 0; in.HasStory {
		in.WordOfMouth = story([]string{wordofmouth.Book, wordofmouth.Expected}[random.IntN(2)])
		in.WordOfMouth.Leave, in.WordOfMouth.Value = random.Float64(), 2*random.Float64()
	}
	if c.Replaced = random.IntN(2) == 0; c.Replaced {
		c.ReplacedAfter, c.Win, c.NewcomerRamp = 3*random.Float64(), 1000*random.Float64(), random.Float64()
	}
	if in.Recommends = random.IntN(2) == 0; in.Recommends {
		in.Promoters = referrals.Promoters{Share: random.Float64(), Words: 9 * random.Float64(), Convert: random.Float64() / 9, Anyway: random.Float64(), Win: c.Win}
	}
	if in.Offered = random.IntN(2) == 0; in.Offered {
		in.Offer = winback.Offer{Lapsed: random.Float64(), Cost: 1000 * random.Float64(), PaidTo: []string{winback.Asked, winback.Won}[random.IntN(2)]}
	}
	if in.Returns = random.IntN(2) == 0; in.Returns {
		in.ReturnsAnyway = random.Float64()
	}
	if in.Offered || in.Returns {
		in.SecondLife = customer.SecondLife{Spend: 2 * random.Float64(), Years: 30 * random.Float64(), Ramp: 5 * random.Float64(), Retention: quantity.ByTenure{Later: random.Float64()}}
	}
	return in
}

func TestTheRowsAddUpToTheTotal(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	for range 2000 {
		in := anything(random)
		got := figures(t, in)
		sum, size := 0.0, 0.0
		for _, row := range rows() {
			if !math.IsNaN(got[row]) {
				sum, size = sum+got[row], size+math.Abs(got[row])
			}
		}
		if !(math.Abs(sum-got["loss.total"]) <= 1e-12*size) {
			t.Errorf("the rows of %+v add up to %v, and the total is %v", in, sum, got["loss.total"])
		}
	}
}

// slowly adds up the years of somebody by the year, one by one, as §1 of any textbook
// does: from a tenure on, the spend growing to full over a ramp.
func slowly(c *customer.Inputs, stay *quantity.ByTenure, tenure int, years, ramp float64) float64 {
	sum, there := 0.0, 1.0
	for k := 0; float64(k) < years; k++ {
		part := min(1, years-float64(k))
		mean := 1.0
		if ramp > 0 { // the area below min(1, u ÷ ramp), by many thin slices
			const slices = 4000
			mean = 0
			for i := range slices {
				mean += min(1, (float64(k)+part*(float64(i)+.5)/slices)/ramp) / slices
			}
		}
		sum += part * mean * there * math.Pow((1+c.Growth)/(1+c.Discount), float64(k))
		chance := stay.Later
		if tenure+k < len(stay.Early) {
			chance = stay.Early[tenure+k]
		}
		there *= chance
	}
	return sum
}

// The whole bill from the page of formulas, in one place, by the year: θV + value × F ×
// θV₀ + promoters × words × convert × ((1 − anyway) × θV₀ + anyway × W) × own ÷ m − aR + C
// − (p − a) × R. Nothing in it is asked of the program but the followers.
func TestTheTotalIsTheFieldsFormulaAddedUpYearByYear(t *testing.T) {
	random := rand.New(rand.NewPCG(10, 10))
	for range 300 {
		in := anything(random)
		c := &in.Customer
		c.Payments, c.Renewals, c.Paid, c.Tenure = 1, 1, customer.Start, float64(random.IntN(3))
		c.Years, in.SecondLife.Years = 12*random.Float64(), 12*random.Float64()
		tenure, m := int(c.Tenure), c.Margin*c.Spend
		v, v0 := m*slowly(c, &c.Retention, tenure, c.Years, 0), m*slowly(c, &c.Retention, 0, c.Years, 0)
		share, win := 1.0, 0.0
		if tau := c.ReplacedAfter; c.Replaced && tau < c.Years {
			left := c.Years - tau
			short := slowly(c, &c.Retention, 0, left, 0) - slowly(c, &c.Retention, 0, left, c.NewcomerRamp)
			if w := m*slowly(c, &c.Retention, 0, tau, 0) + math.Pow(1+c.Discount, -tau)*m*short + c.Win; w < v0 {
				share, win = w/v0, c.Win
			}
		}
		u, u0 := share*v, share*v0
		total := u
		if in.HasStory {
			total += in.WordOfMouth.Value * in.WordOfMouth.Followers() * u0
		}
		if p := in.Promoters; in.Recommends {
			total += p.Share * p.Words * p.Convert * ((1-p.Anyway)*u0 + p.Anyway*p.Win) * (u - min(win, u)) / m
		}
		life := &in.SecondLife
		saves := life.Spend*m*slowly(c, &life.Retention, 0, life.Years, life.Ramp) - (1-share)*m*slowly(c, &life.Retention, 0, life.Years, 0)
		a := 0.0
		if in.Returns {
			a = in.ReturnsAnyway
			if in.Offered {
				a = min(a, in.Offer.Lapsed)
			}
			total -= a * saves
		}
		if in.Offered {
			cost := in.Offer.Cost
			if in.Offer.PaidTo == winback.Won {
				cost *= in.Offer.Lapsed
			}
			total += cost - (in.Offer.Lapsed-a)*saves
		}
		got := figures(t, in)["loss.total"]
		if !(math.Abs(got-total) <= 1e-5*(math.Abs(total)+v+m)) { // the ramps are cut into slices
			t.Errorf("loss.total of %+v = %v, want %v", in, got, total)
		}
	}
}

// exactly is an input of one number.
func exactly(key string, x float64) *quantity.Input {
	return &quantity.Input{Key: key, Range: quantity.Exactly(x)}
}

// given are the keys of half a lettuce with those of every other row.
func given(keys ...string) quantity.Inputs {
	all := map[string]float64{
		"customer.spend": 1000, "customer.years": 10, "word_of_mouth.leave": .25, "customer.replaced_after": 1, "acquisition.win_cost": 500,
		"referrals.promoters": .5, "referrals.words": 4, "referrals.convert": .05,
		"winback.lapsed": .3, "winback.offer_cost": 50, "winback.returns_anyway": .2,
	}
	in := quantity.Inputs{}
	for _, key := range keys {
		switch key {
		case "word_of_mouth.tells":
			in[key] = &quantity.Input{Key: key, List: []quantity.Input{{Range: quantity.Exactly(11)}, {Range: quantity.Exactly(5)}}}
		case "word_of_mouth.rule":
			in[key] = &quantity.Input{Key: key, Word: wordofmouth.Book}
		default:
			in[key] = exactly(key, all[key])
		}
	}
	return in
}

// report binds and reports.
func report(t *testing.T, in quantity.Inputs) *calc.Report {
	t.Helper()
	m := calc.New("loss", "", loss.Compute).Model()
	if err := m.Bind(in); err != nil {
		t.Fatal(err)
	}
	told, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	return told
}

// A row is there only where the scenario itself gives its inputs; a built-in figure
// brings none in. What is given and not used is named, with what it lacks.
func TestARowIsThereOnlyWhenTheScenarioGivesAllItsInputs(t *testing.T) {
	for _, test := range []struct {
		keys    []string
		rows    string
		notUsed string
	}{
		{nil, "loss.own", ""},
		{[]string{"word_of_mouth.tells", "word_of_mouth.leave"}, "loss.own loss.ripple", ""},
		{[]string{"customer.replaced_after"}, "loss.own", "customer.replaced_after needs acquisition.win_cost"},
		{[]string{"acquisition.win_cost"}, "loss.own", "acquisition.win_cost needs customer.replaced_after"},
		{[]string{"customer.replaced_after", "acquisition.win_cost"}, "loss.own loss.replacement", ""},
		{[]string{"referrals.promoters"}, "loss.own", "referrals.promoters needs referrals.words and referrals.convert"},
		{[]string{"referrals.promoters", "referrals.words", "referrals.convert"}, "loss.own loss.referrals", ""},
		{[]string{"winback.lapsed"}, "loss.own", "winback.lapsed needs winback.offer_cost"},
		{[]string{"winback.offer_cost"}, "loss.own", "winback.offer_cost needs winback.lapsed"}, // the famous 20–40 % never brings a row in
		{[]string{"winback.lapsed", "winback.offer_cost"}, "loss.own loss.offer", ""},
		{[]string{"winback.returns_anyway"}, "loss.own loss.returns", ""},
		{[]string{"winback.returns_anyway", "winback.offer_cost"}, "loss.own loss.returns", "winback.offer_cost needs winback.lapsed"},
		{[]string{"customer.replaced_after", "acquisition.win_cost", "word_of_mouth.tells", "word_of_mouth.leave", "referrals.promoters", "referrals.words",
			"referrals.convert", "winback.returns_anyway", "winback.lapsed", "winback.offer_cost"}, strings.Join(rows(), " "), ""},
	} {
		told := report(t, given(append([]string{"customer.spend", "customer.years"}, test.keys...)...))
		var stand []string
		for _, row := range rows() {
			if f := told.Figure(row); !f.Absent() {
				stand = append(stand, row)
			} else if len(f.Keys) == 0 {
				t.Errorf("given %v, %s is left out and names no key that would add it", test.keys, row)
			}
		}
		if got := strings.Join(stand, " "); got != test.rows {
			t.Errorf("given %v, the rows are %s, want %s", test.keys, got, test.rows)
		}
		var notUsed []string
		for _, n := range told.Notes {
			if n.Kind == calc.NotUsed {
				notUsed = append(notUsed, n.Text)
			}
		}
		if got := strings.Join(notUsed, "; "); got != test.notUsed {
			t.Errorf("given %v, not used is %q, want %q", test.keys, got, test.notUsed)
		}
		if want := fmt.Sprint("loss.total ", rows()); fmt.Sprint(told.Sum.Total, " ", told.Sum.Parts) != want {
			t.Errorf("given %v, it says that %s is the sum of %v, want %s", test.keys, told.Sum.Total, told.Sum.Parts, want)
		}
	}
}

// A benchmark that is asked for by its name, or that is the default when somebody asks for
// the calculator by name, brings no row in: only what the scenario gives does.
func TestABenchmarkNeverBringsARowIn(t *testing.T) {
	m := calc.New("loss", "", loss.Compute).Model()
	m.UseBenchmarks()
	if err := m.Bind(given("customer.spend", "customer.years", "winback.offer_cost")); err != nil {
		t.Fatal(err)
	}
	told, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	if f := told.Figure("loss.offer"); !f.Absent() {
		t.Errorf("without winback.lapsed loss.offer = %v, want it absent", f.Range.Likely)
	}
	// Typed, it is given: 50 − .3 × 10,000, at the middle of 20 to 40 %.
	in := given("customer.spend", "customer.years", "winback.offer_cost")
	in["winback.lapsed"] = &quantity.Input{Key: "winback.lapsed", Benchmark: true}
	near(t, "loss.offer with winback.lapsed: benchmark", report(t, in).Figure("loss.offer").Range.Likely, -2950)
}

// By the rules of classes: 1 → 11 → 5 is B, a quarter and equal spend are C; for her
// own spend and years nobody says where they come from, until somebody does. 10,000
// are hers, 160,000 the followers'.
func TestTheTotalIsSplitByTheClassThatItIsBasedOnAndTheSplitAddsUp(t *testing.T) {
	const b, c = quantity.Class(quantity.GradeB), quantity.Class(quantity.GradeC)
	for _, test := range []struct {
		sourced []string
		classes []quantity.Class // the rows
		hers    quantity.Class   // that of her own row
	}{
		{nil, []quantity.Class{quantity.Assumed, b, quantity.Unsourced, c}, quantity.Unsourced},
		{[]string{"customer.spend"}, []quantity.Class{quantity.Assumed, quantity.Sourced, b, quantity.Unsourced, c}, quantity.Unsourced},
		{[]string{"customer.spend", "customer.years"}, []quantity.Class{quantity.Assumed, quantity.Sourced, b, c}, quantity.Sourced},
		// Who names a source for the quarter is not based on the famous one; that each spends
		// the same stays C.
		{[]string{"customer.spend", "customer.years", "word_of_mouth.leave"}, []quantity.Class{quantity.Assumed, quantity.Sourced, b, c}, quantity.Sourced},
	} {
		in := given("customer.spend", "customer.years", "word_of_mouth.tells", "word_of_mouth.leave", "word_of_mouth.rule")
		for _, key := range test.sourced {
			in[key].Citation.Source = "the till"
		}
		told := report(t, in)
		var want, got []string
		for _, class := range test.classes {
			amount, share := 0.0, 0.0
			switch class {
			case test.hers:
				amount, share = 10_000, .058824
			case c:
				amount, share = 160_000, .941176
			}
			want = append(want, fmt.Sprintf("%s: %v (%v)", class.Means(), amount, share))
			if got := quantity.Share.Round(attribution.ShareOf(told, class), 0); got != share {
				t.Errorf("with a source of %v, the share of class %q is %v, want %v", test.sourced, class, got, share)
			}
		}
		for _, table := range told.Tables {
			if table.Name != "what loss.total is based on" {
				continue
			}
			for _, row := range table.Rows {
				got = append(got, fmt.Sprintf("%s: %v (%v)", row[0].Words, row[1].Range.Likely, row[2].Range.Likely))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("with a source of %v, the total is based on %q, want %q", test.sourced, got, want)
		}
	}
}

func TestEachRowIsBasedOnTheKeysThatBringItIn(t *testing.T) {
	told := report(t, given("customer.spend", "customer.years", "customer.replaced_after", "acquisition.win_cost", "word_of_mouth.tells", "word_of_mouth.leave",
		"referrals.promoters", "referrals.words", "referrals.convert", "winback.returns_anyway", "winback.lapsed", "winback.offer_cost"))
	for metric, want := range map[string]string{
		"loss.own":         "customer.replaced_after customer.spend customer.years",
		"loss.replacement": "acquisition.win_cost customer.spend customer.years",
		"loss.ripple":      "acquisition.win_cost customer.replaced_after customer.spend customer.years word_of_mouth.leave word_of_mouth.tells",
		"loss.returns":     "acquisition.win_cost customer.replaced_after customer.spend customer.years winback.lapsed winback.returns_anyway",
		"loss.offer":       "acquisition.win_cost customer.replaced_after customer.spend customer.years winback.lapsed winback.offer_cost winback.returns_anyway",
		"loss.first_year":  "customer.spend customer.years word_of_mouth.leave word_of_mouth.tells",
	} {
		keys := map[string]bool{} // of what is given
		for _, in := range told.Figure(metric).BasedOn {
			if in.Origin != quantity.FromDefault {
				keys[in.Whole()] = true
			}
		}
		if got := strings.Join(slices.Sorted(maps.Keys(keys)), " "); got != want {
			t.Errorf("%s is based on %s, want %s", metric, got, want)
		}
	}
}

// 13 % is a built-in figure of grade C, whichever calculator is asked.
func TestAFamousShareOfReturnsIsBasedOnHereToo(t *testing.T) {
	in := given("customer.spend", "customer.years")
	in["winback.returns_anyway"] = exactly("winback.returns_anyway", .13)
	if got := attribution.Weakest(report(t, in).Figure("loss.returns").BasedOn); got != quantity.Class(quantity.GradeC) {
		t.Errorf("loss.returns with 13 %% returning unasked is of class %q at its weakest, want C", got)
	}
}

// Those who are asked include those who would return unasked: more of the one than
// of the other is an error at the likely values. At a range's end it is cut: R is
// 10,000 and p 20 %, so that of 0 to 30 % at most 20 % return, and the sum of both rows
// is 50 − .2 × 10,000 wherever a lies.
func TestMoreUnaskedThanAskedIsAnErrorAtTheLikelyValuesAndCutElsewhere(t *testing.T) {
	bind := func(returns quantity.Range, keys ...string) (*calc.Report, error) {
		in := given(append([]string{"customer.spend", "customer.years"}, keys...)...)
		in["winback.returns_anyway"] = &quantity.Input{Key: "winback.returns_anyway", Range: returns}
		if in["winback.lapsed"] != nil {
			in["winback.lapsed"] = exactly("winback.lapsed", .2)
		}
		m := calc.New("loss", "", loss.Compute).Model()
		if err := m.Bind(in); err != nil {
			return nil, err
		}
		return calctest.Report(m, 2)
	}
	_, err := bind(quantity.Exactly(.21), "winback.lapsed", "winback.offer_cost")
	if problems, _ := err.(calc.Problems); len(problems) != 1 || problems[0].Key != "winback.returns_anyway" {
		t.Errorf("21 %% unasked of 20 %% asked: Bind = %v, want a problem with winback.returns_anyway", err)
	}
	if _, err = bind(quantity.Exactly(.2), "winback.lapsed", "winback.offer_cost"); err != nil {
		t.Errorf("20 %% unasked of 20 %% asked: Bind = %v, want none of it refused", err)
	}
	if _, err = bind(quantity.Exactly(.21)); err != nil { // nobody is asked
		t.Errorf("21 %% unasked and no offer: Bind = %v, want none of it refused", err)
	}
	told, err := bind(quantity.Between(0, .3), "winback.lapsed", "winback.offer_cost")
	if err != nil {
		t.Fatal(err)
	}
	for metric, want := range map[string]quantity.Range{
		"loss.returns": {Low: -2000, Likely: -1500, High: 0},
		"loss.offer":   {Low: -1950, Likely: -450, High: 50},
		"loss.total":   {Low: 8050, Likely: 8050, High: 8050},
	} {
		if got := told.Figure(metric).Range; got != want {
			t.Errorf("0 to 30 %% unasked of 20 %% asked: %s = %v, want %v", metric, got, want)
		}
	}
}

func TestABillWithoutEndIsAnErrorThatNamesTheKey(t *testing.T) {
	first := yearly(1000)
	first.Customer.Years = math.Inf(1)
	second := replacedAndWonBack()
	second.SecondLife.Years = math.Inf(1)
	for key, in := range map[string]loss.Inputs{"customer.years": first, "winback.second_life.years": second} {
		err := loss.Compute(&in, new(loss.Result))
		if problem, ok := err.(*calc.Problem); !ok || problem.Key != key {
			t.Errorf("Compute for ever at r 100 %%, d 0 %% fails with %v, want a problem with %s", err, key)
		}
	}
}
