package winback_test

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/attribution"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/winback"
)

// near requires equality except for the last digits of a float64.
func near(t *testing.T, call string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", call, got, want)
	}
}

// asking is the worked example: p 30 %, a 13 %, R = V₂ = 2,000 (200 a year for ten
// years), an offer of 100.
func asking(paidTo string) winback.Inputs {
	return winback.Inputs{
		Customer: customer.Inputs{Spend: 200, Visits: 1, Payments: 1, Renewals: 1, Years: 10, Margin: 1, Churn: math.NaN(),
			Retention: quantity.ByTenure{Later: 1}, Paid: customer.Start},
		SecondLife:    customer.SecondLife{Spend: 1, Years: 10, Retention: quantity.ByTenure{Later: 1}},
		Active:        .65,
		Prospect:      .125,
		Offer:         winback.Offer{Lapsed: .3, Cost: 100, PaidTo: paidTo},
		Lost:          1,
		ReturnsAnyway: .13,
	}
}

// figures computes and reports, and gives the figures by metric.
func figures(t *testing.T, in winback.Inputs) map[string]float64 {
	t.Helper()
	var result winback.Result
	err := winback.Compute(&in, &result)
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

// Paid to all who are asked: (.3 − .13) × 2,000 − 100 = 240. It breaks even at
// .13 + 100 ÷ 2,000 = 18 %, or at an offer of .17 × 2,000 = 340. Paid to those
// won alone: 340 − .3 × 100 = 310; .13 × 2,000 ÷ 1,900 = 13.68 %; 340 ÷ .3 = 1,133.33.
func TestAskingGains240PaidToAllAnd310PaidToThoseWon(t *testing.T) {
	for _, test := range []struct {
		paidTo                 string
		gain, success, offered float64
	}{
		{winback.Asked, 240, .18, 340},
		{winback.Won, 310, 260. / 1900, 3400. / 3},
	} {
		got := figures(t, asking(test.paidTo))
		near(t, "winback.second_life_value", got["winback.second_life_value"], 2000)
		near(t, "winback.gain, paid to "+test.paidTo, got["winback.gain"], test.gain)
		near(t, "winback.break_even_success, paid to "+test.paidTo, got["winback.break_even_success"], test.success)
		near(t, "winback.break_even_offer, paid to "+test.paidTo, got["winback.break_even_offer"], test.offered)
	}
}

// Ten asked, and a campaign of 500: 50 more for each. Paid to all: 10 × 240 − 500 =
// 1,900; 13 % + 150 ÷ 2,000 = 20.5 %; 340 − 50 = 290; the 3,400 that come back for
// 1,500. Paid to those won: 3,100 − 500; 310 ÷ 1,900; 290 ÷ .3; 3,400 for 800.
func TestACampaignIsPaidOnceHoweverManyAnswer(t *testing.T) {
	for _, test := range []struct {
		paidTo                                 string
		value, gain, success, offered, perUnit float64
	}{
		{winback.Asked, 240, 1900, .205, 290, 3400. / 1500},
		{winback.Won, 310, 2600, 310. / 1900, 2900. / 3, 4.25},
	} {
		in := asking(test.paidTo)
		in.Lost, in.Campaign = 10, 500
		got := figures(t, in)
		near(t, "winback.lapsed.value, paid to "+test.paidTo, got["winback.lapsed.value"], test.value)
		near(t, "winback.gain, paid to "+test.paidTo, got["winback.gain"], test.gain)
		near(t, "winback.break_even_success, paid to "+test.paidTo, got["winback.break_even_success"], test.success)
		near(t, "winback.break_even_offer, paid to "+test.paidTo, got["winback.break_even_offer"], test.offered)
		near(t, "winback.return_per_1, paid to "+test.paidTo, got["winback.return_per_1"], test.perUnit)
	}
}

// .17 × 2,000 = 340 for 100 asked or for 30 won; without an offer for the campaign
// alone, and for nothing there is no such number.
func TestReturnPerOneIsWhatComesBackForWhatIsSpent(t *testing.T) {
	for _, test := range []struct {
		paidTo               string
		offer, campaign, ask float64
		want                 float64
	}{
		{winback.Asked, 100, 0, 1, 3.4},
		{winback.Asked, 100, 0, 70, 3.4},
		{winback.Won, 100, 0, 1, 34. / 3},
		{winback.Asked, 0, 170, 1, 2},
		{winback.Asked, 0, 170, 4, 8},
		{winback.Asked, 0, 0, 1, math.NaN()},
		{winback.Won, 0, 0, 1, math.NaN()},
		{winback.Asked, 100, 170, 0, 0}, // nobody is asked, and the campaign is paid
		{winback.Asked, 100, 0, 0, math.NaN()},
	} {
		in := asking(test.paidTo)
		in.Offer.Cost, in.Campaign, in.Lost = test.offer, test.campaign, test.ask
		got := figures(t, in)
		call := fmt.Sprintf("winback.return_per_1 of %v offers of %v to %s and a campaign of %v", test.ask, test.offer, test.paidTo, test.campaign)
		if math.IsNaN(test.want) {
			if !math.IsNaN(got["winback.return_per_1"]) {
				t.Errorf("%s = %v, want it not given", call, got["winback.return_per_1"])
			}
			continue
		}
		near(t, call, got["winback.return_per_1"], test.want)
	}
}

// Nobody is asked: the campaign is lost, and no chance and no offer makes up for it.
func TestACampaignThatAsksNobodyIsLost(t *testing.T) {
	in := asking(winback.Asked)
	in.Lost, in.Campaign = 0, 500
	got := figures(t, in)
	near(t, "winback.gain", got["winback.gain"], -500)
	near(t, "winback.break_even_offer", got["winback.break_even_offer"], 0)
	if success := got["winback.break_even_success"]; !math.IsNaN(success) {
		t.Errorf("winback.break_even_success = %v, want it not given", success)
	}
	// Without one, what an offer may cost is what it is for one.
	in.Campaign = 0
	got = figures(t, in)
	near(t, "winback.gain of nobody asked", got["winback.gain"], 0)
	near(t, "winback.break_even_success of nobody asked", got["winback.break_even_success"], .18)
	near(t, "winback.break_even_offer of nobody asked", got["winback.break_even_offer"], 340)
}

// refilled is the worked example where a newcomer takes the place after a year, for
// 100: 200 + 100 of 2,000 are lost, 15 %, and R = 2,000 − .85 × 2,000 = 300.
func refilled(paidTo string) winback.Inputs {
	in := asking(paidTo)
	in.Customer.Replaced, in.Customer.ReplacedAfter, in.Customer.Win = true, 1, 100
	in.Offer.Cost = 20
	return in
}

// Paid to all: .17 × 300 − 20 = 31; 13 % + 20 ÷ 300; 51. Paid to those won: 51 − 6;
// .13 × 300 ÷ 280; 51 ÷ .3. The second life is worth what it was.
func TestWhereTheNewcomerWouldFillThePlaceAReturnSavesThatMuchLess(t *testing.T) {
	for _, test := range []struct {
		paidTo                          string
		gain, success, offered, perUnit float64
	}{
		{winback.Asked, 31, .13 + 1./15, 51, 2.55},
		{winback.Won, 45, 39. / 280, 170, 8.5},
	} {
		got := figures(t, refilled(test.paidTo))
		near(t, "winback.second_life_value", got["winback.second_life_value"], 2000)
		near(t, "winback.lapsed.value, paid to "+test.paidTo, got["winback.lapsed.value"], test.gain)
		near(t, "winback.gain, paid to "+test.paidTo, got["winback.gain"], test.gain)
		near(t, "winback.break_even_success, paid to "+test.paidTo, got["winback.break_even_success"], test.success)
		near(t, "winback.break_even_offer, paid to "+test.paidTo, got["winback.break_even_offer"], test.offered)
		near(t, "winback.return_per_1, paid to "+test.paidTo, got["winback.return_per_1"], test.perUnit)
		near(t, "winback.prospect.value, whose life nobody else would fill", got["winback.prospect.value"], 250-map[string]float64{winback.Asked: 20, winback.Won: 2.5}[test.paidTo])
	}
	// 80 % of the spend are less than the 85 % that the newcomer would have brought:
	// 1,600 − 1,700.
	in := refilled(winback.Asked)
	in.SecondLife.Spend = .8
	got := figures(t, in)
	near(t, "winback.lapsed.value at 80 % of the spend", got["winback.lapsed.value"], -37) // .17 × −100 − 20
	near(t, "winback.break_even_offer at 80 % of the spend", got["winback.break_even_offer"], 0)
	if success := got["winback.break_even_success"]; !math.IsNaN(success) {
		t.Errorf("winback.break_even_success at 80 %% of the spend = %v, want it not given: each return loses money", success)
	}
}

func TestEachBreakEvenPutBackGivesAGainOfNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 8))
	given, offers, filled, cut := 0, 0, 0, 0
	for range 4000 {
		in := asking([]string{winback.Asked, winback.Won}[random.IntN(2)])
		in.Offer.Lapsed, in.ReturnsAnyway, in.Offer.Cost = .01+.99*random.Float64(), .5*random.Float64(), 3000*random.Float64()*random.Float64()
		in.Customer.Retention.Later, in.SecondLife.Spend, in.SecondLife.Ramp = random.Float64(), 2*random.Float64(), 4*random.Float64()
		in.Lost = 1 + 99*random.Float64()
		if random.IntN(2) == 0 {
			in.Campaign = 10_000 * random.Float64()
		}
		if random.IntN(2) == 0 {
			in.Customer.Replaced, in.Customer.ReplacedAfter, in.Customer.Win = true, 5*random.Float64(), 500*random.Float64()
		}
		got := figures(t, in)
		call := fmt.Sprintf("%+v", in)
		size := 1e-9 * (in.Lost*(in.Offer.Cost+2000) + in.Campaign)
		if success := got["winback.break_even_success"]; !math.IsNaN(success) {
			given++
			if in.ReturnsAnyway > in.Offer.Lapsed {
				cut++
			}
			if in.Customer.Worth().Share < 1 {
				filled++
			}
			back := in
			back.Offer.Lapsed = success
			if gain := figures(t, back)["winback.gain"]; !(math.Abs(gain) <= size) {
				t.Errorf("%s: the break-even success %v put back gains %v, want 0", call, success, gain)
			}
		}
		if offer := got["winback.break_even_offer"]; offer > 0 {
			offers++
			back := in
			back.Offer.Cost = offer
			if gain := figures(t, back)["winback.gain"]; !(math.Abs(gain) <= size+1e-9*in.Lost*offer) {
				t.Errorf("%s: the break-even offer %v put back gains %v, want 0", call, offer, gain)
			}
		}
	}
	if given < 400 || offers < 400 || filled < 50 || cut < 50 {
		t.Errorf("of 4000 examples %d have a break-even success, %d of them with a newcomer and %d with more unasked than asked, and %d a break-even offer: too few to prove anything", given, filled, cut, offers)
	}
}

// V₂ = 2,000: an offer of 2,000 a head would need all of them and 13 % more;
// one of 1,740 needs just all. Where no more come than would anyway, no offer pays.
func TestABreakEvenThatNoChanceReachesIsNotGiven(t *testing.T) {
	for _, test := range []struct {
		paidTo string
		cost   float64
		want   float64
	}{
		{winback.Asked, 1740, 1},
		{winback.Asked, 2000, math.NaN()},
		{winback.Won, 1740, 1},          // .13 × 2,000 ÷ 260
		{winback.Won, 1800, math.NaN()}, // .13 × 2,000 ÷ 200 = 130 %
		{winback.Won, 2000, math.NaN()},
		{winback.Won, 2500, math.NaN()}, // each one won loses 500
	} {
		in := asking(test.paidTo)
		in.Offer.Cost = test.cost
		got := figures(t, in)["winback.break_even_success"]
		if math.IsNaN(test.want) != math.IsNaN(got) || got > 1+1e-12 || !math.IsNaN(got) && math.Abs(got-test.want) > 1e-12 {
			t.Errorf("break-even success of an offer of %v paid to %s = %v, want %v", test.cost, test.paidTo, got, test.want)
		}
	}
	in := asking(winback.Asked)
	in.Offer.Lapsed = .13
	near(t, "break-even offer where 13 % come and 13 % would anyway", figures(t, in)["winback.break_even_offer"], 0)
}

// Each one won for 2,500 brings 2,000 back. No chance makes that pay, also where
// nobody would have returned anyway.
func TestAnOfferDearerThanTheSecondLifeHasNoBreakEvenSuccess(t *testing.T) {
	in := asking(winback.Won)
	in.Offer.Cost, in.ReturnsAnyway = 2500, 0
	got := figures(t, in)
	near(t, "winback.gain", got["winback.gain"], -150) // .3 × (2,000 − 2,500)
	if success := got["winback.break_even_success"]; !math.IsNaN(success) {
		t.Errorf("winback.break_even_success = %v, want it not given: even all of them won lose money", success)
	}
}

// p 65 %, 30 %, 12.5 %; an offer of 100 to each asked costs 100 ÷ p for a sale,
// and 100 when only those won are paid.
func TestAttemptsAndCostPerSaleAreOneOverTheChance(t *testing.T) {
	for paidTo, cost := range map[string][3]float64{winback.Asked: {100 / .65, 1000. / 3, 800}, winback.Won: {100, 100, 100}} {
		got := figures(t, asking(paidTo))
		for i, kind := range []string{"active", "lapsed", "prospect"} {
			attempts := [3]float64{20. / 13, 10. / 3, 8}[i]
			near(t, kind+" attempts", got["winback."+kind+".attempts_per_sale"], attempts)
			near(t, kind+" cost, paid to "+paidTo, got["winback."+kind+".cost_per_sale"], cost[i])
		}
		near(t, "winback.lapsed_to_prospect", got["winback.lapsed_to_prospect"], 2.4)
	}
}

// Lost: (.3 − .13) × 2,000 − 100 = 240, or − 30 = 310: those who would return anyway are
// no reason to ask. New: .125 × 2,000 − 100 = 150, or − 12.5 = 237.5.
func TestAskingALostCustomerAndAProspectAreWorthTheirChanceOfALifeLessTheOffer(t *testing.T) {
	for paidTo, want := range map[string][2]float64{winback.Asked: {240, 150}, winback.Won: {310, 237.5}} {
		got := figures(t, asking(paidTo))
		near(t, "winback.lapsed.value, paid to "+paidTo, got["winback.lapsed.value"], want[0])
		near(t, "winback.prospect.value, paid to "+paidTo, got["winback.prospect.value"], want[1])
		if value, told := got["winback.active.value"]; told {
			t.Errorf("winback.active.value = %v, want no such figure: a sale to one who stays brings no second life", value)
		}
	}
}

// Half the spend for four years, growing to full over two: ½ × 200 × (¼ + ¾ + 1 + 1)
// = 300. The newcomer's ten years grow over four: 200 × (⅛ + ⅜ + ⅝ + ⅞ + 6) = 1,600.
func TestASecondLifeHasItsOwnSpendYearsAndRampAndANewcomerAnother(t *testing.T) {
	in := asking(winback.Asked)
	in.SecondLife.Spend, in.SecondLife.Years, in.SecondLife.Ramp, in.NewcomerRamp = .5, 4, 2, 4
	got := figures(t, in)
	near(t, "winback.second_life_value", got["winback.second_life_value"], 300)
	near(t, "winback.prospect.value", got["winback.prospect.value"], .125*1600-100)
}

// Of eighteen months that grow to full over two years, the second counts half, and of
// that half the mean is ⅝: 200 × (¼ + ½ × ⅝) = 112.5. In a newcomer's ten years of
// forty until full spend the mean is ⅛: 200 × 10 × ⅛ = 250.
func TestARampIsAveragedOverThePartThatIsLived(t *testing.T) {
	in := asking(winback.Asked)
	in.SecondLife.Years, in.SecondLife.Ramp, in.NewcomerRamp = 1.5, 2, 40
	got := figures(t, in)
	near(t, "winback.second_life_value", got["winback.second_life_value"], 112.5)
	near(t, "winback.prospect.value", got["winback.prospect.value"], .125*250-100)
}

// The second life begins at tenure 0, and ends by chances of its own: 200 × (1 + .5 +
// .4) where the customer of a year stays with 50 % and then 80 %, and 200 × (1 + .5 +
// .25) where those who return do with 50 %.
func TestASecondLifeHasItsOwnRetentionFromItsStart(t *testing.T) {
	list := quantity.ByTenure{Early: []float64{.5}, Later: .8, Period: 1}
	for _, test := range []struct {
		name string
		stay quantity.ByTenure
		want float64
	}{{"as the first", list, 380}, {"half", quantity.ByTenure{Later: .5}, 350}, {"nobody", quantity.ByTenure{}, 200}} {
		in := asking(winback.Asked)
		in.Customer.Years, in.Customer.Retention, in.Customer.Tenure = 3, list, 1
		in.SecondLife.Years, in.SecondLife.Retention = 3, test.stay
		got := figures(t, in)
		near(t, test.name+": winback.second_life_value", got["winback.second_life_value"], test.want)
		near(t, test.name+": winback.lapsed.value", got["winback.lapsed.value"], .17*test.want-100)
		near(t, test.name+": winback.prospect.value", got["winback.prospect.value"], .125*380-100)
	}
}

// A second life that brings nothing, or less, is not worth an offer.
func TestWithoutMarginNoOfferPays(t *testing.T) {
	for margin, value := range map[float64]float64{0: -100, -.5: -270} { // .17 × −1,000 − 100
		in := asking(winback.Asked)
		in.Customer.Margin = margin
		in.Customer.Replaced, in.Customer.ReplacedAfter, in.Customer.Win = true, 1, 100 // which nobody would
		got := figures(t, in)
		near(t, fmt.Sprintf("winback.lapsed.value at a margin of %v", margin), got["winback.lapsed.value"], value)
		near(t, fmt.Sprintf("winback.break_even_offer at a margin of %v", margin), got["winback.break_even_offer"], 0)
		if success := got["winback.break_even_success"]; !math.IsNaN(success) {
			t.Errorf("winback.break_even_success at a margin of %v = %v, want it not given", margin, success)
		}
	}
}

// Those who are asked include those who would return unasked. Where a draw or a
// range's end has more of these, nobody returns because of the offer; the chance at
// which it would pay is what it is without that draw: 40 % + 100 ÷ 2,000.
func TestMoreUnaskedThanAskedIsCut(t *testing.T) {
	for paidTo, want := range map[string][3]float64{winback.Asked: {-100, 0, .45}, winback.Won: {-30, 0, 800. / 1900}} {
		in := asking(paidTo)
		in.ReturnsAnyway = .4
		got := figures(t, in)
		near(t, "winback.lapsed.value, paid to "+paidTo, got["winback.lapsed.value"], want[0])
		near(t, "winback.return_per_1, paid to "+paidTo, got["winback.return_per_1"], want[1])
		near(t, "winback.break_even_success, paid to "+paidTo, got["winback.break_even_success"], want[2])
	}
}

func TestManyLostGainAsManyTimes(t *testing.T) {
	in := asking(winback.Asked)
	in.Lost = 250
	near(t, "winback.gain of 250 lost", figures(t, in)["winback.gain"], 60_000)
}

func TestASecondLifeWithoutEndIsAnErrorThatNamesTheKey(t *testing.T) {
	in := asking(winback.Asked)
	in.SecondLife.Years = math.Inf(1)
	err := winback.Compute(&in, new(winback.Result))
	if problem, ok := err.(*calc.Problem); !ok || problem.Key != "winback.second_life.years" {
		t.Errorf("Compute for ever at r 100 %%, d 0 %% fails with %v, want a problem with winback.second_life.years", err)
	}
}

// bind binds the calculator to a customer of 200 a year for ten years and more.
// Benchmarks are used where it is asked for by name.
func bind(byName bool, more quantity.Inputs) (*calc.Report, error) {
	in := quantity.Inputs{"customer.spend": {Range: quantity.Exactly(200)}, "customer.years": {Range: quantity.Exactly(10)}}
	maps.Copy(in, more)
	m := calc.New("winback", "", winback.Compute).Model()
	if byName {
		m.UseBenchmarks()
	}
	if err := m.Bind(in); err != nil {
		return nil, err
	}
	return calctest.Report(m, 2)
}

func bound(t *testing.T, byName bool, more quantity.Inputs) *calc.Report {
	t.Helper()
	told, err := bind(byName, more)
	if err != nil {
		t.Fatal(err)
	}
	return told
}

// exactly is an input of one number.
func exactly(x float64) *quantity.Input { return &quantity.Input{Range: quantity.Exactly(x)} }

// Marketing Metrics, second-hand everywhere: 60–70 % of active customers, 20–40 %
// of lost ones, 5–20 % of prospects. Their middles are 65 %, 30 % and 12.5 %.
func TestTheFamousOddsAreUsedWhereNoneAreGivenAndTheResultIsBasedOnThem(t *testing.T) {
	told := bound(t, true, nil)
	for metric, want := range map[string]quantity.Range{
		"winback.active.attempts_per_sale":   {Low: 1.428571, Likely: 1.538462, High: 1.666667}, // 1 ÷ .7, .65, .6
		"winback.lapsed.attempts_per_sale":   {Low: 2.5, Likely: 3.333333, High: 5},
		"winback.prospect.attempts_per_sale": {Low: 5, Likely: 8, High: 20},
		"winback.lapsed.value":               {Low: 400, Likely: 600, High: 800}, // of 2,000, the offer being free
		"winback.lapsed_to_prospect":         {Low: 1, Likely: 2.4, High: 8},
	} {
		f := told.Figure(metric)
		if f.Range != want {
			t.Errorf("%s = %v, want %v", metric, f.Range, want)
		}
		if attribution.Weakest(f.BasedOn) != quantity.Class(quantity.GradeC) {
			t.Errorf("%s is of class %q at its weakest, want C", metric, attribution.Weakest(f.BasedOn))
		}
	}
	if f := told.Figure("winback.second_life_value"); len(attribution.BuiltIn(f.BasedOn)) != 0 {
		t.Errorf("winback.second_life_value is based on %v, want nothing: no odds are in it", attribution.BuiltIn(f.BasedOn))
	}
}

// Where it is not asked for by name, nobody is told what they did not ask: a lost
// customer's chance must be given, and the others are left out without it.
func TestTheFamousOddsAreUsedByNoOtherCommand(t *testing.T) {
	_, err := bind(false, nil)
	if problems, _ := err.(calc.Problems); len(problems) != 1 || problems[0].Key != "winback.lapsed" || !problems[0].Missing {
		t.Errorf("Bind without any chance = %v, want winback.lapsed missing", err)
	}
	told := bound(t, false, quantity.Inputs{"winback.lapsed": exactly(.3)})
	for metric, key := range map[string]string{
		"winback.active.attempts_per_sale": "winback.active", "winback.active.cost_per_sale": "winback.active",
		"winback.prospect.attempts_per_sale": "winback.prospect", "winback.prospect.cost_per_sale": "winback.prospect",
		"winback.prospect.value": "winback.prospect", "winback.lapsed_to_prospect": "winback.prospect",
	} {
		if f := told.Figure(metric); !f.Absent() || len(f.Keys) != 1 || f.Keys[0] != key {
			t.Errorf("%s = %v, needs %v; want it absent and in need of %s", metric, f.Range.Likely, f.Keys, key)
		}
	}
	near(t, "winback.gain", told.Figure("winback.gain").Range.Likely, 600)
	told = bound(t, false, quantity.Inputs{"winback.lapsed": {Benchmark: true}})
	if got, want := told.Figure("winback.gain").Range, (quantity.Range{Low: 400, Likely: 600, High: 800}); got != want {
		t.Errorf("winback.gain where the benchmark is asked for = %v, want %v", got, want)
	}
}

// What is not given: nobody returns unasked, nothing is paid, one is asked, and the
// second life is the first's at full spend from its first day.
func TestWhatIsNotGivenChangesNothing(t *testing.T) {
	lapsed := quantity.Inputs{"winback.lapsed": exactly(.3), "winback.prospect": exactly(.5)}
	for _, test := range []struct {
		name            string
		more            quantity.Inputs
		gain, newcomers float64
	}{
		{"nothing", nil, 600, 1000},
		{"10 lost", quantity.Inputs{"winback.lost": exactly(10)}, 6000, 1000},
		{"13 % unasked", quantity.Inputs{"winback.returns_anyway": exactly(.13)}, 340, 1000},
		{"an offer of 100", quantity.Inputs{"winback.offer_cost": exactly(100)}, 500, 900},
		{"paid to those won", quantity.Inputs{"winback.offer_cost": exactly(100), "winback.paid_to": {Word: winback.Won}}, 570, 950},
		{"a campaign of 100", quantity.Inputs{"winback.campaign_cost": exactly(100)}, 500, 1000},
		// Growing over two years costs a life one year of ten; a newcomer's is asked for
		// elsewhere, and must not hang on the win-back's.
		{"a ramp of the second life", quantity.Inputs{"winback.second_life.ramp_years": exactly(2)}, 540, 1000},
		{"a ramp of the newcomer", quantity.Inputs{"acquisition.ramp_years": exactly(2)}, 600, 900},
		// Half stay on: 200 × 1.998046875, as 2 × (1 − .5¹⁰) is.
		{"half stay, once and again", quantity.Inputs{"customer.retention": exactly(.5)}, .3 * 399.609375, .5 * 399.609375},
		{"half stay, again", quantity.Inputs{"winback.second_life.retention": exactly(.5)}, .3 * 399.609375, 1000},
		// A year and 100 for the newcomer, who needs two years: 200 + 150 + 50 + 100 of 2,000,
		// so that R is a quarter of it; the same ramp makes the prospect's life 1,800.
		{"a newcomer", quantity.Inputs{"customer.replaced_after": exactly(1), "acquisition.win_cost": exactly(100), "acquisition.ramp_years": exactly(2)}, 150, 900},
	} {
		given := maps.Clone(lapsed)
		maps.Copy(given, test.more)
		told := bound(t, false, given)
		for metric, want := range map[string]float64{"winback.gain": test.gain, "winback.prospect.value": test.newcomers} {
			want = quantity.Money.Round(want, 2)
			near(t, metric+" with "+test.name, told.Figure(metric).Range.Likely, want)
		}
	}
}

// At the likely values more unasked than asked is an error that names the key.
func TestMoreUnaskedThanAskedIsRefusedAtTheLikelyValues(t *testing.T) {
	for _, test := range []struct {
		lapsed, returns quantity.Range
		refused         bool
	}{
		{quantity.Exactly(.12), quantity.Exactly(.13), true},
		{quantity.Exactly(.13), quantity.Exactly(.13), false},
		{quantity.Between(.1, .2), quantity.Between(.05, .2), false}, // .15 against .125
		{quantity.Between(.1, .2), quantity.Between(.1, .22), true},  // .15 against .16
	} {
		told, err := bind(false, quantity.Inputs{"winback.lapsed": {Range: test.lapsed}, "winback.returns_anyway": {Range: test.returns}})
		problems, _ := err.(calc.Problems)
		if (err != nil) != test.refused || test.refused && (len(problems) != 1 || problems[0].Key != "winback.returns_anyway") {
			t.Errorf("%v unasked of %v asked: Bind = %v, want a problem with winback.returns_anyway: %v", test.returns, test.lapsed, err, test.refused)
		}
		if err == nil && told.Figure("winback.gain").Range.Low < 0 {
			t.Errorf("%v unasked of %v asked: winback.gain = %v, want none below 0 for nothing spent", test.returns, test.lapsed, told.Figure("winback.gain").Range)
		}
	}
}

func TestThatNobodyReturnsUnaskedIsRemarkedOn(t *testing.T) {
	for returns, due := range map[float64]bool{0: true, .13: false} {
		told := bound(t, false, quantity.Inputs{"winback.lapsed": exactly(.3), "winback.returns_anyway": exactly(returns)})
		said := len(told.Notes) == 1 && told.Notes[0].Kind == calc.Remark && told.Notes[0].Key == "winback.returns_anyway"
		if said != due {
			t.Errorf("with %v unasked the notes are %+v, want a remark about winback.returns_anyway: %v", returns, told.Notes, due)
		}
	}
}

func TestAFirstLifeWithoutEndIsAnErrorThatNamesTheKey(t *testing.T) {
	in := asking(winback.Asked)
	in.Customer.Years = math.Inf(1)
	err := winback.Compute(&in, new(winback.Result))
	if problem, ok := err.(*calc.Problem); !ok || problem.Key != "customer.years" {
		t.Errorf("Compute for ever at r 100 %%, d 0 %% fails with %v, want a problem with customer.years", err)
	}
}
