package winback_test

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/winback"
)

// near demands equality but for the last digits of a float64.
func near(t *testing.T, call string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", call, got, want)
	}
}

// asking is the worked example: p 30 %, a 13 %, V₂ 2,000 (200 a year for ten
// years), an offer of 100.
func asking(paidTo string) winback.Inputs {
	return winback.Inputs{
		Customer:      customer.Inputs{Spend: 200, Visits: 1, Years: 10, Margin: 1, Retention: 1, Paid: customer.Start},
		SecondLife:    winback.SecondLife{Spend: 1, Years: 10},
		Active:        .65,
		Prospect:      .125,
		Offer:         winback.Offer{Lapsed: .3, Cost: 100, PaidTo: paidTo},
		Lost:          1,
		ReturnsAnyway: .13,
	}
}

// figures computes, tells, and gives the figures by metric.
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

func TestEachBreakEvenPutBackGivesAGainOfNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 8))
	given := 0
	for range 2000 {
		in := asking([]string{winback.Asked, winback.Won}[random.IntN(2)])
		in.Offer.Lapsed, in.ReturnsAnyway, in.Offer.Cost = .01+.99*random.Float64(), .5*random.Float64(), 3000*random.Float64()
		in.Customer.Retention, in.SecondLife.Spend, in.SecondLife.Ramp = random.Float64(), 2*random.Float64(), 4*random.Float64()
		in.Lost = 1 + 99*random.Float64()
		got := figures(t, in)
		call := fmt.Sprintf("%+v", in)
		if success := got["winback.break_even_success"]; !math.IsNaN(success) {
			given++
			back := in
			back.Offer.Lapsed = success
			if gain := figures(t, back)["winback.gain"]; !(math.Abs(gain) <= 1e-9*in.Lost*(in.Offer.Cost+1)) {
				t.Errorf("%s: the break-even success %v put back gains %v, want 0", call, success, gain)
			}
		}
		if offer := got["winback.break_even_offer"]; offer > 0 {
			back := in
			back.Offer.Cost = offer
			if gain := figures(t, back)["winback.gain"]; !(math.Abs(gain) <= 1e-9*in.Lost*(offer+1)) {
				t.Errorf("%s: the break-even offer %v put back gains %v, want 0", call, offer, gain)
			}
		}
	}
	if given < 200 {
		t.Errorf("only %d of 2000 examples have a break-even success, too few to prove anything", given)
	}
}

// V₂ = 2,000: an offer of 2,000 a head would need all of them and 13 % more;
// one of 1,740 needs just all. Where fewer come than would anyway, no offer pays.
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
	in.Offer.Lapsed = .1
	near(t, "break-even offer where 10 % come and 13 % would anyway", figures(t, in)["winback.break_even_offer"], 0)
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

// Lost: .3 × 2,000 − 100 = 500, or − 30 = 570. New: .125 × 2,000 − 100 = 150, or − 12.5 = 237.5.
func TestAskingALostCustomerAndAProspectAreWorthTheirChanceOfALifeLessTheOffer(t *testing.T) {
	for paidTo, want := range map[string][2]float64{winback.Asked: {500, 150}, winback.Won: {570, 237.5}} {
		got := figures(t, asking(paidTo))
		near(t, "winback.lapsed.value, paid to "+paidTo, got["winback.lapsed.value"], want[0])
		near(t, "winback.prospect.value, paid to "+paidTo, got["winback.prospect.value"], want[1])
	}
}

// Half the spend for four years, growing to full over two: ½ × 200 × (¼ + ¾ + 1 + 1)
// = 300. The newcomer's ten years grow over four: 200 × (⅛ + ⅜ + ⅝ + ⅞ + 6) = 1,600.
func TestASecondLifeHasItsOwnSpendYearsAndRampAndANewcomerAnother(t *testing.T) {
	in := asking(winback.Asked)
	in.SecondLife, in.NewcomerRamp = winback.SecondLife{Spend: .5, Years: 4, Ramp: 2}, 4
	got := figures(t, in)
	near(t, "winback.second_life_value", got["winback.second_life_value"], 300)
	near(t, "winback.prospect.value", got["winback.prospect.value"], .125*1600-100)
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

// bound binds the calculator to a customer of 200 a year for ten years and more.
func bound(t *testing.T, more calc.Inputs) *calc.Report {
	t.Helper()
	in := calc.Inputs{"customer.spend": {Range: calc.Exactly(200)}, "customer.years": {Range: calc.Exactly(10)}}
	maps.Copy(in, more)
	m := calc.New("winback", "", winback.Compute).Model()
	if err := m.Bind(in); err != nil {
		t.Fatal(err)
	}
	told, err := m.Report(2)
	if err != nil {
		t.Fatal(err)
	}
	return told
}

// Marketing Metrics, second-hand everywhere: 60–70 % of active customers, 20–40 %
// of lost ones, 5–20 % of prospects. Their middles are 65 %, 30 % and 12.5 %.
func TestTheFamousOddsStandInWhereNoneAreGivenAndTheResultRestsOnThem(t *testing.T) {
	told := bound(t, nil)
	for metric, want := range map[string]calc.Range{
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
		if f.Worst() != calc.GradeC {
			t.Errorf("%s rests on evidence of grade %q, want C", metric, f.Worst())
		}
	}
	if f := told.Figure("winback.second_life_value"); len(f.Rests) != 0 {
		t.Errorf("winback.second_life_value rests on %v, want nothing: no odds are in it", f.Rests)
	}
}

func TestANewcomersRampIsTheSecondLifesUnlessGiven(t *testing.T) {
	// Growing over two years costs both lives one year of ten: 1,800 of 2,000.
	told := bound(t, calc.Inputs{"winback.prospect": {Range: calc.Exactly(.5)}, "winback.second_life.ramp_years": {Range: calc.Exactly(2)}})
	near(t, "winback.second_life_value", told.Figure("winback.second_life_value").Range.Likely, 1800)
	near(t, "winback.prospect.value", told.Figure("winback.prospect.value").Range.Likely, 900)
	told = bound(t, calc.Inputs{"winback.prospect": {Range: calc.Exactly(.5)}, "winback.second_life.ramp_years": {Range: calc.Exactly(2)}, "acquisition.ramp_years": {Range: calc.Exactly(0)}})
	near(t, "winback.prospect.value without a ramp", told.Figure("winback.prospect.value").Range.Likely, 1000)
}
