package loss_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/loss"
	"github.com/churncost/churncost/calc/winback"
	"github.com/churncost/churncost/calc/wordofmouth"
)

// near demands equality but for the last digits of a float64.
func near(t *testing.T, call string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", call, got, want)
	}
}

// yearly is a bill of nothing but the customer, who brings an amount a year for
// ten years.
func yearly(amount float64) loss.Inputs {
	none := math.NaN()
	return loss.Inputs{
		Customer:      customer.Inputs{Spend: amount, Visits: 1, Years: 10, Margin: 1, Churn: none, Retention: 1, Paid: customer.Start},
		Customers:     none,
		ReplacedAfter: none, Win: none, ReturnsAnyway: none,
	}
}

// halfLettuce adds the founding story to a customer of $2,600 a year.
func halfLettuce() loss.Inputs {
	in := yearly(2600)
	in.Told = true
	in.WordOfMouth = wordofmouth.Inputs{Tells: []float64{11, 5}, Leave: .25, Rule: wordofmouth.Book, Talkers: 1, Buyers: 1, Value: 1, Circle: math.NaN()}
	return in
}

// figures computes, tells, and gives the figures by metric.
func figures(t *testing.T, in loss.Inputs) map[string]float64 {
	t.Helper()
	var result loss.Result
	err := loss.Compute(&in, &result)
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

// want compares figures; those wanted NaN must be absent.
func want(t *testing.T, call string, got map[string]float64, wanted map[string]float64) {
	t.Helper()
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
// 416/442 = 94.1 % is theirs. In this year's accounts 17 × 2,600 are missing.
func TestHalfALettuceCosts442000(t *testing.T) {
	want(t, "half a lettuce", figures(t, halfLettuce()), map[string]float64{
		"loss.own": 26_000, "loss.ripple": 416_000, "loss.replacement": math.NaN(), "loss.win_back": math.NaN(),
		"loss.total": 442_000, "loss.first_year": 44_200, "loss.ripple_share": 416. / 442,
	})
}

func TestTheCustomerAloneIsTheWholeBillWhereNothingElseIsGiven(t *testing.T) {
	want(t, "the customer alone", figures(t, yearly(1000)), map[string]float64{
		"loss.own": 10_000, "loss.ripple": math.NaN(), "loss.replacement": math.NaN(), "loss.win_back": math.NaN(),
		"loss.total": 10_000, "loss.first_year": 1000, "loss.ripple_share": math.NaN(),
	})
}

// replacedAndWonBack is the worked example: V 10,000, replaced after 1 year of
// 10 for 500, p 30 %, V₂ 9,000, an offer of 50.
func replacedAndWonBack() loss.Inputs {
	in := yearly(1000)
	in.Replaced, in.ReplacedAfter, in.Win = true, 1, 500
	in.Offered, in.Offer = true, winback.Offer{Lapsed: .3, Cost: 50, PaidTo: winback.Asked}
	in.SecondLife = winback.SecondLife{Spend: .9, Years: 10}
	return in
}

// u = 1,000 + 500; (1 − .3) × 1,500 + .3 × (10,000 − 9,000) + 50 = 1,050 + 300 + 50
// = 1,400. As rows: 1,000 + 500 − .3 × (1,500 − 10,000 + 9,000) + 50.
func TestACustomerReplacedAfterAYearOrWonBackCosts1400(t *testing.T) {
	want(t, "replaced or won back", figures(t, replacedAndWonBack()), map[string]float64{
		"loss.own": 1000, "loss.replacement": 500, "loss.win_back": -100, "loss.total": 1400,
	})
}

// Paid to those won alone the offer costs .3 × 50 = 15, not 50.
func TestAnOfferPaidToThoseWonCostsItsChance(t *testing.T) {
	in := replacedAndWonBack()
	in.Offer.PaidTo = winback.Won
	want(t, "paid to those won", figures(t, in), map[string]float64{"loss.win_back": -135, "loss.total": 1365})
}

// A place that stays empty longer than the customer would have stayed costs the
// whole 10,000 beside the 500.
func TestAReplacementAfterTheHorizonSavesNothing(t *testing.T) {
	in := replacedAndWonBack()
	in.Offered, in.ReplacedAfter = false, 12
	want(t, "replaced after 12 of 10 years", figures(t, in), map[string]float64{"loss.own": 10_000, "loss.total": 10_500})
}

// A quarter of a year: 250, and 500 to win.
func TestAReplacementWithinTheYearCostsItsPart(t *testing.T) {
	in := replacedAndWonBack()
	in.Offered, in.ReplacedAfter = false, .25
	want(t, "replaced after 3 months", figures(t, in), map[string]float64{"loss.own": 250, "loss.replacement": 500, "loss.total": 750, "loss.win_back": math.NaN()})
}

// Without an offer 20 % return by themselves: (1 − .2) × 10,000 + .2 × (10,000 − 9,000)
// = 8,200, and nothing is paid. An offer's own chance takes that place.
func TestThoseWhoReturnUnaskedLowerTheBillUnlessAnOfferIsMade(t *testing.T) {
	in := yearly(1000)
	in.Returns, in.ReturnsAnyway, in.SecondLife = true, .2, winback.SecondLife{Spend: .9, Years: 10}
	want(t, "20 % return unasked", figures(t, in), map[string]float64{"loss.win_back": -1800, "loss.total": 8200})
	in.Offered, in.Offer = true, winback.Offer{Lapsed: .3, Cost: 50, PaidTo: winback.Asked}
	want(t, "30 % accept an offer", figures(t, in), map[string]float64{"loss.win_back": -2650, "loss.total": 7350}) // 50 − .3 × 9,000
}

// Followers are neither replaced nor won back: their row stays, whatever else is
// given.
func TestFollowersAreNeitherReplacedNorWonBack(t *testing.T) {
	in := replacedAndWonBack()
	story := halfLettuce()
	in.Told, in.WordOfMouth = story.Told, story.WordOfMouth
	in.WordOfMouth.Value = .5
	want(t, "with 16 followers of half the worth", figures(t, in), map[string]float64{
		"loss.own": 1000, "loss.replacement": 500, "loss.win_back": -100, "loss.ripple": 80_000,
		"loss.total": 81_400, "loss.first_year": 9000, "loss.ripple_share": 80_000. / 81_400,
	})
}

// A second life of twice the spend, for nine in ten: 10,000 − .9 × 20,000 = −8,000.
func TestBelowZeroTheSecondLifeOutweighsTheFirstAndAWarningSaysSo(t *testing.T) {
	in := yearly(1000)
	in.Returns, in.ReturnsAnyway, in.SecondLife = true, .9, winback.SecondLife{Spend: 2, Years: 10}
	var result loss.Result
	err := loss.Compute(&in, &result)
	if err != nil {
		t.Fatal(err)
	}
	var report calc.Report
	result.Tell(&report)
	result.Warn(&report)
	near(t, "loss.total", report.Figure("loss.total").Range.Likely, -8000)
	if !slices.ContainsFunc(report.Notes, func(n calc.Note) bool { return n.Kind == "warning" && n.Key == "" }) {
		t.Errorf("the notes are %v, want a warning about the whole", report.Notes)
	}
}

// anything draws a bill with any of its parts.
func anything(random *rand.Rand) loss.Inputs {
	in := yearly(10_000 * random.Float64())
	in.Customer.Years = 30 * random.Float64()
	in.Customer.Margin, in.Customer.Retention, in.Customer.Discount = random.Float64(), random.Float64(), random.Float64()
	in.Customer.Paid = []string{customer.Start, customer.End, customer.Stayed}[random.IntN(3)]
	if in.Told = random.IntN(2) == 0; in.Told {
		in.WordOfMouth = halfLettuce().WordOfMouth
		in.WordOfMouth.Leave, in.WordOfMouth.Value = random.Float64(), 2*random.Float64()
	}
	if in.Replaced = random.IntN(2) == 0; in.Replaced {
		in.ReplacedAfter, in.Win = 20*random.Float64(), 1000*random.Float64()
	}
	if in.Offered = random.IntN(2) == 0; in.Offered {
		in.Offer = winback.Offer{Lapsed: random.Float64(), Cost: 1000 * random.Float64(), PaidTo: []string{winback.Asked, winback.Won}[random.IntN(2)]}
	}
	if in.Returns = random.IntN(2) == 0; in.Returns {
		in.ReturnsAnyway = random.Float64()
	}
	if in.Offered || in.Returns {
		in.SecondLife = winback.SecondLife{Spend: 2 * random.Float64(), Years: 30 * random.Float64(), Ramp: 5 * random.Float64()}
	}
	return in
}

func TestTheRowsAddUpToTheTotal(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	for range 2000 {
		in := anything(random)
		got := figures(t, in)
		sum, size := 0.0, 0.0
		for _, row := range []string{"loss.own", "loss.ripple", "loss.replacement", "loss.win_back"} {
			if !math.IsNaN(got[row]) {
				sum, size = sum+got[row], size+math.Abs(got[row])
			}
		}
		if !(math.Abs(sum-got["loss.total"]) <= 1e-12*size) {
			t.Errorf("the rows of %+v add up to %v, and the total is %v", in, sum, got["loss.total"])
		}
	}
}

// The total as the field states it, in one line: value × F × V + (1 − p)u
// + p(V − V₂) + C. The rows come about another way.
func TestTheTotalIsTheFieldsOneLine(t *testing.T) {
	random := rand.New(rand.NewPCG(10, 10))
	for range 2000 {
		in := anything(random)
		v := in.Customer.Value(in.Customer.Years)
		u, p, v2, c, followers := v, 0.0, 0.0, 0.0, 0.0
		if in.Told {
			followers = in.WordOfMouth.Value * in.WordOfMouth.Followers()
		}
		if in.Replaced {
			u = in.Customer.Value(min(in.ReplacedAfter, in.Customer.Years)) + in.Win
		}
		if in.Returns {
			p = in.ReturnsAnyway
		}
		if in.Offered {
			p, c = in.Offer.Lapsed, in.Offer.Cost
			if in.Offer.PaidTo == winback.Won {
				c *= p
			}
		}
		if in.Offered || in.Returns {
			v2 = in.SecondLife.Value(&in.Customer)
		}
		line := followers*v + (1-p)*u + p*(v-v2) + c
		if got := figures(t, in)["loss.total"]; !(math.Abs(got-line) <= 1e-9*(math.Abs(line)+v+v2+u+c)) {
			t.Errorf("loss.total of %+v = %v, want %v", in, got, line)
		}
	}
}

// given are the keys of half a lettuce with those of every other row.
func given(keys ...string) calc.Inputs {
	all := calc.Inputs{
		"customer.spend":          {Range: calc.Exactly(1000)},
		"customer.years":          {Range: calc.Exactly(10)},
		"word_of_mouth.tells":     {List: []calc.Input{{Range: calc.Exactly(11)}, {Range: calc.Exactly(5)}}},
		"word_of_mouth.leave":     {Range: calc.Exactly(.25)},
		"word_of_mouth.rule":      {Word: wordofmouth.Book},
		"customer.replaced_after": {Range: calc.Exactly(1)},
		"acquisition.win_cost":    {Range: calc.Exactly(500)},
		"winback.lapsed":          {Range: calc.Exactly(.3)},
		"winback.offer_cost":      {Range: calc.Exactly(50)},
		"winback.returns_anyway":  {Range: calc.Exactly(.2)},
	}
	in := calc.Inputs{}
	for _, key := range keys {
		in[key] = all[key]
	}
	return in
}

// report binds and reports.
func report(t *testing.T, in calc.Inputs) *calc.Report {
	t.Helper()
	m := calc.New("loss", "", loss.Compute).Model()
	if err := m.Bind(in); err != nil {
		t.Fatal(err)
	}
	told, err := m.Report(2)
	if err != nil {
		t.Fatal(err)
	}
	return told
}

func TestARowStandsOnlyWhenTheScenarioGivesAllItsInputs(t *testing.T) {
	base := []string{"customer.spend", "customer.years"}
	for _, test := range []struct {
		keys []string
		rows string
	}{
		{nil, "loss.own"},
		{[]string{"word_of_mouth.tells", "word_of_mouth.leave"}, "loss.own loss.ripple"},
		{[]string{"customer.replaced_after"}, "loss.own"},
		{[]string{"acquisition.win_cost"}, "loss.own"},
		{[]string{"customer.replaced_after", "acquisition.win_cost"}, "loss.own loss.replacement"},
		{[]string{"winback.lapsed"}, "loss.own"},
		{[]string{"winback.offer_cost"}, "loss.own"}, // the famous 20–40 % never brings a row in
		{[]string{"winback.lapsed", "winback.offer_cost"}, "loss.own loss.win_back"},
		{[]string{"winback.returns_anyway"}, "loss.own loss.win_back"},
		{[]string{"winback.returns_anyway", "winback.offer_cost"}, "loss.own loss.win_back"},
	} {
		told := report(t, given(append(base, test.keys...)...))
		var got strings.Builder
		for _, row := range []string{"loss.own", "loss.ripple", "loss.replacement", "loss.win_back"} {
			if f := told.Figure(row); !f.Absent() {
				got.WriteString(" " + row)
			} else if len(f.Keys) == 0 {
				t.Errorf("given %v, %s is left out and names no key that would add it", test.keys, row)
			}
		}
		if got.String() != " "+test.rows {
			t.Errorf("given %v, the rows are%s, want %s", test.keys, got.String(), test.rows)
		}
	}
}

// By the rules of grades: 1 → 11 → 5 is B, a quarter and equal spend are C, her
// own spend is the scenario's own. 10,000 are hers, 160,000 the followers'.
func TestTheTotalIsSplitByTheGradeItRestsOnAndTheSplitAddsUp(t *testing.T) {
	told := report(t, given("customer.spend", "customer.years", "word_of_mouth.tells", "word_of_mouth.leave", "word_of_mouth.rule"))
	var table *calc.Table
	for _, each := range told.Tables {
		if each.Name == "loss.total by evidence" {
			table = each
		}
	}
	if table == nil {
		t.Fatalf("no table says what the total rests on")
	}
	var got strings.Builder
	got.WriteString(fmt.Sprint(len(table.Rows), " rows:"))
	for _, row := range table.Rows {
		got.WriteString(fmt.Sprintf(" %v (%.6f)", row[1].Range.Likely, row[2].Range.Likely))
	}
	if want := "2 rows: 10000 (0.058824) 160000 (0.941176)"; got.String() != want {
		t.Errorf("the total rests on %s, want %s", got.String(), want)
	}
	if worst := told.Figure("loss.ripple").Worst(); worst != calc.GradeC {
		t.Errorf("loss.ripple rests on grade %q, want C", worst)
	}
	if worst := told.Figure("loss.own").Worst(); worst != "" {
		t.Errorf("loss.own rests on grade %q, want none", worst)
	}
}

// 13 % is a built-in figure of grade C, whichever calculator is asked.
func TestAFamousShareOfReturnsIsRestedOnHereToo(t *testing.T) {
	in := given("customer.spend", "customer.years")
	in["winback.returns_anyway"] = &calc.Input{Range: calc.Exactly(.13)}
	if worst := report(t, in).Figure("loss.win_back").Worst(); worst != calc.GradeC {
		t.Errorf("loss.win_back with 13 %% returning unasked rests on grade %q, want C", worst)
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
