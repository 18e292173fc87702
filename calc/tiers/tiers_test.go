package tiers_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/tiers"
)

// near requires equality except for the last digits of a float64.
func near(t *testing.T, call string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", call, got, want)
	}
}

// tier is one of so many customers, each of whom spends so much a year at a margin
// of 100 %, so that their spend is their profit.
func tier(name string, customers, spend float64) tiers.Tier {
	return tiers.Tier{Name: name, Customers: customers, Spend: spend, Churn: math.NaN()}
}

// pyramid puts tiers together, for ten years each, undiscounted.
func pyramid(layers ...tiers.Tier) tiers.Inputs {
	return tiers.Inputs{
		Life:  customer.Inputs{Visits: 1, Payments: 1, Renewals: 1, Years: 10, Margin: 1, Churn: math.NaN(), Retention: quantity.ByTenure{Later: 1}, Paid: customer.Start},
		Tiers: layers,
	}
}

// told computes and reports, after the order has been fixed as binding does.
func told(t *testing.T, in tiers.Inputs) *calc.Report {
	t.Helper()
	in.Settle()
	var result tiers.Result
	err := tiers.Compute(&in, &result)
	if err != nil {
		t.Fatalf("Compute(%+v): %v", in, err)
	}
	var report calc.Report
	result.Tell(&report)
	result.Warn(&report)
	return &report
}

// value is a figure of a report.
func value(r *calc.Report, metric string) float64 { return r.Figure(metric).Range.Likely }

// row finds a tier's row in the table: customers, of customers, of revenue, of
// profit, profit of one, losing one costs, a year's churn costs.
func row(t *testing.T, r *calc.Report, name string) []float64 {
	t.Helper()
	for _, row := range r.Tables[0].Rows {
		if row[0].Words == name {
			var numbers []float64
			for _, cell := range row[1:] {
				numbers = append(numbers, cell.Range.Likely)
			}
			return numbers
		}
	}
	t.Fatalf("no tier is called %q", name)
	return nil
}

// 20 of 100 bring 400 each, 8,000; the other 80 bring 25 each, 2,000.
func TestAPyramidWhoseTopFifthBringsFourFifthsOfTheProfitSaysSo(t *testing.T) {
	report := told(t, pyramid(tier("the rest", 80, 25), tier("top", 20, 400)))
	near(t, "tiers.top20_share", value(report, "tiers.top20_share"), .8)
	near(t, "tiers.highest_loss", value(report, "tiers.highest_loss"), 4000)
	near(t, "tiers.negative_profit", value(report, "tiers.negative_profit"), 0)
	if !strings.Contains(report.Headline, "The top 20% of the customers bring {tiers.top20_share} of the profit") {
		t.Errorf("the headline is %q, want it to tell the share of the top 20%%", report.Headline)
	}
	if len(report.Notes) != 0 {
		t.Errorf("it is noted that %v, want nothing", report.Notes)
	}
}

// Platinum 20 × 100 = 2,000, lead 80 × (90 − 100) = −800: of 1,200 together the
// top fifth brings 2,000, 5 ÷ 3 of it.
func TestATierThatLosesMoneyLetsTheTopPassAllTheProfitAndThePyramidSaysWhy(t *testing.T) {
	lead := tier("lead", 80, 90)
	lead.CostToServe = 100
	report := told(t, pyramid(tier("platinum", 20, 100), lead))
	near(t, "tiers.top20_share", value(report, "tiers.top20_share"), 5./3)
	near(t, "tiers.negative_profit", value(report, "tiers.negative_profit"), 800)
	near(t, "profit of a lead customer", row(t, report, "lead")[4], -10)
	near(t, "the lead tier's part of the profit", row(t, report, "lead")[3], -2./3)
	near(t, "losing a lead customer", row(t, report, "lead")[5], -100)
	for _, why := range []string{"the top 20% pass 100% of the profit, for tiers below them lose money and take it back", "a loss below zero is a saving: those customers cost more than they bring"} {
		found := false
		for _, note := range report.Notes {
			found = found || note.Text == why
		}
		if !found {
			t.Errorf("nothing says %q; the notes are %v", why, report.Notes)
		}
	}
}

// Of 100 customers the top 20 are all 10 at 100 and 10 of the 30 at 50: 1,500 of
// 1,000 + 1,500 + 600 = 3,100.
func TestTheTopFifthMayEndWithinATier(t *testing.T) {
	report := told(t, pyramid(tier("iron", 60, 10), tier("platinum", 10, 100), tier("gold", 30, 50)))
	near(t, "tiers.top20_share", value(report, "tiers.top20_share"), 15./31)
	var order []string
	for _, row := range report.Tables[0].Rows {
		order = append(order, row[0].Words)
	}
	if got := strings.Join(order, ", "); got != "platinum, gold, iron, all tiers" {
		t.Errorf("the tiers stand as %s, want the most profitable first and all of them last", got)
	}
}

// 1,000 a year at 50 %, less 100 for serving, are 400 a year. 20 % leave, so for
// ever and undiscounted a customer stays 1 ÷ .2 = 5 years: 2,000. Of ten, two
// leave in a year. The other tier has no churn of its own: that of all, 10 %,
// makes 100 × 10 years = 1,000, and five in a year of fifty.
func TestLosingOneCostsTheTiersOwnProfitOverItsOwnLife(t *testing.T) {
	in := pyramid(
		tiers.Tier{Name: "gold", Customers: 10, Spend: 1000, CostToServe: 100, Churn: .2},
		tiers.Tier{Name: "iron", Customers: 50, Spend: 200, Churn: math.NaN()},
	)
	in.Life.Margin, in.Life.Years, in.Life.Retention.Later = .5, math.Inf(1), .9
	report := told(t, in)
	for name, want := range map[string][]float64{
		"gold": {10, 1. / 6, .5, 4. / 9, 400, 2000, 4000},
		"iron": {50, 5. / 6, .5, 5. / 9, 100, 1000, 5000},
	} {
		got := row(t, report, name)
		for i := range want {
			near(t, fmt.Sprintf("column %d of %s", i+2, name), got[i], want[i])
		}
	}
	near(t, "tiers.highest_loss", value(report, "tiers.highest_loss"), 2000)
	near(t, "tiers.yearly_bill", value(report, "tiers.yearly_bill"), 9000)
	highest := report.Figure("tiers.highest_loss")
	near(t, "the profit a year in the working of the highest loss", highest.Terms[1], 400)
	near(t, "the years in the working of the highest loss", highest.Terms[2], 5)
	if want := "{2 money} × {3} years"; highest.Working != want {
		t.Errorf("tiers.highest_loss is made by %q, want %q", highest.Working, want)
	}
}

// Gold 10 × 1,000 and iron 90 × 200 in sales are 28,000, and 10 × 400 + 90 × 50 in
// profit 8,500, 85 for each of a hundred. Of gold two leave in a year, each of whom
// costs ten years' 400 less the fifth who go each year, 400 × (1 − .8¹⁰) ÷ .2, with
// .8¹⁰ = .1073741824; of iron nobody ever does.
func TestTheTiersAddUpInARowOfTheirOwn(t *testing.T) {
	gold := tiers.Tier{Name: "gold", Customers: 10, Spend: 1000, CostToServe: 600, Churn: .2}
	iron := tiers.Tier{Name: "iron", Customers: 90, Spend: 200, CostToServe: 150, Churn: math.NaN()}
	report := told(t, pyramid(iron, gold))
	const bill = 2 * 400 * (1 - .1073741824) / .2
	got := row(t, report, "all tiers")
	for i, want := range []float64{100, 1, 1, 1, 85} {
		near(t, fmt.Sprintf("column %d of all tiers", i+2), got[i], want)
	}
	near(t, "what a year's churn costs of all tiers", got[6], bill)
	near(t, "tiers.yearly_bill", value(report, "tiers.yearly_bill"), bill)
	near(t, "what a year's churn costs of gold", row(t, report, "gold")[6], bill)
}

// Where nobody takes a place, gold (400 a year, of whom a fifth leaves) is worth 2,000 and
// iron (100 a year, a tenth) 1,000. Replaced after one year for 100, losing one costs
// that year and the 100: 500, a quarter, and 200, a fifth. Of lead it would cost 10 and
// 100, more than the 100 that one of them brings: nobody is replaced. Who costs more
// than they bring is not replaced either, and losing them saves 20 ÷ .5.
func TestATierWhoseCustomersAreReplacedLosesAShareOfTheirValue(t *testing.T) {
	in := pyramid(
		tiers.Tier{Name: "gold", Customers: 10, Spend: 400, Churn: .2},
		tiers.Tier{Name: "iron", Customers: 50, Spend: 100, Churn: .1},
		tiers.Tier{Name: "lead", Customers: 100, Spend: 10, Churn: .1},
		tiers.Tier{Name: "drain", Customers: 5, Spend: 10, CostToServe: 30, Churn: .5},
	)
	in.Life.Years = math.Inf(1)
	in.Life.Replaced, in.Life.ReplacedAfter, in.Life.Win = true, 1, 100
	report := told(t, in)
	for name, want := range map[string][2]float64{"gold": {500, 1000}, "iron": {200, 1000}, "lead": {100, 1000}, "drain": {-40, -100}} {
		near(t, "losing one of "+name, row(t, report, name)[5], want[0])
		near(t, "what a year's churn costs of "+name, row(t, report, name)[6], want[1])
	}
	near(t, "tiers.highest_loss", value(report, "tiers.highest_loss"), 500)
	near(t, "tiers.yearly_bill", value(report, "tiers.yearly_bill"), 2900)
	highest := report.Figure("tiers.highest_loss")
	if want := "{1 share} × {2 money} × {3} years"; highest.Working != want {
		t.Errorf("tiers.highest_loss is made by %q, want %q", highest.Working, want)
	}
	for i, want := range []float64{.25, 400, 5} {
		near(t, fmt.Sprintf("term %d in the working of the highest loss", i+1), highest.Terms[i], want)
	}
}

// In the first year 60 % stay and then 80 %. One who stayed a year is worth
// 1 + .8 + .64 = 2.44 years' 100, and a fifth of them leave in the next.
func TestATierWithoutAChurnOfItsOwnLeavesAsAllDoAtTheirTenure(t *testing.T) {
	in := pyramid(tier("iron", 50, 100))
	in.Life.Years, in.Life.Tenure, in.Life.Retention = 3, 1, quantity.ByTenure{Early: []float64{.6}, Later: .8, Period: 1}
	report := told(t, in)
	near(t, "tiers.highest_loss", value(report, "tiers.highest_loss"), 244)
	near(t, "tiers.yearly_bill", value(report, "tiers.yearly_bill"), 50*.2*244)
}

// The tier of which losing a customer costs most need not be the one that brings most:
// silver stays for ever, so ten years of 60, and of gold half leave each year, which
// leaves 100 × (1 − .5¹⁰) ÷ .5 = 199.8046875.
func TestTheHighestLossIsThatOfTheTierOfWhichLosingOneCostsMost(t *testing.T) {
	gold := tier("gold", 10, 100)
	gold.Churn = .5
	report := told(t, pyramid(gold, tier("silver", 10, 60)))
	near(t, "losing one of gold", row(t, report, "gold")[5], 199.8046875)
	near(t, "tiers.highest_loss", value(report, "tiers.highest_loss"), 600)
}

func TestWithoutAnyProfitThereIsNoShareOfIt(t *testing.T) {
	lead := tier("lead", 80, 0)
	lead.CostToServe = 25
	report := told(t, pyramid(tier("gold", 20, 100), lead))
	if f := report.Figure("tiers.top20_share"); !f.Absent() || f.AbsenceReason != "the tiers together make no profit" {
		t.Errorf("tiers.top20_share of no profit = %v because %q, want it absent", f.Range.Likely, f.AbsenceReason)
	}
	near(t, "tiers.negative_profit", value(report, "tiers.negative_profit"), 2000)
	for _, cost := range []float64{25, 30} { // no profit, and less than none
		lead.CostToServe = cost
		if share := row(t, told(t, pyramid(tier("gold", 20, 100), lead)), "all tiers")[3]; !math.IsNaN(share) {
			t.Errorf("where serving lead costs %v, all tiers bring %v of the profit, want it empty", cost, share)
		}
	}
	if want := "The customers together bring no profit; losing one of the highest-value tier costs {tiers.highest_loss} in sales"; report.Headline != want {
		t.Errorf("the headline is %q, want %q", report.Headline, want)
	}
}

func TestATierThatNeverLeavesAndIsNeverDiscountedIsRefused(t *testing.T) {
	in := pyramid(tier("gold", 10, 100))
	in.Life.Years = math.Inf(1)
	in.Settle()
	if err := tiers.Compute(&in, new(tiers.Result)); err == nil || err.(*calc.Problem).Key != "customer.years" {
		t.Errorf("Compute for ever at r 100 %% fails with %v, want a problem with customer.years", err)
	}
}

// drawn is a pyramid at random, with tiers that lose money or without.
func drawn(random *rand.Rand, losing bool) tiers.Inputs {
	in := pyramid()
	for i := range 1 + random.IntN(6) {
		layer := tier(fmt.Sprint(i), 1+1000*random.Float64(), 1000*random.Float64())
		if losing {
			layer.CostToServe = 800 * random.Float64()
		}
		in.Tiers = append(in.Tiers, layer)
	}
	in.Settle()
	return in
}

// Sorted by profit, each further customer adds no more than the one before.
func TestTheLorenzCurveIsConcaveFromNothingToAllAndNeverBelowTheDiagonal(t *testing.T) {
	random := rand.New(rand.NewPCG(51, 52))
	curves := 0
	for i := range 2000 {
		in := drawn(random, i%2 == 0)
		if math.IsNaN(in.Lorenz(1)) {
			continue
		}
		curves++
		near(t, fmt.Sprintf("%+v: the share of no customers", in), in.Lorenz(0), 0)
		if got := in.Lorenz(1); !(math.Abs(got-1) <= 1e-9*math.Abs(in.Lorenz(.5))) {
			t.Errorf("%+v: all customers bring %v of the profit, want all of it", in, got)
		}
		const steps = 40
		for step := 1; step < steps; step++ {
			before, at, after := in.Lorenz(float64(step-1)/steps), in.Lorenz(float64(step)/steps), in.Lorenz(float64(step+1)/steps)
			slack := 1e-9 * max(1, at)
			if !(before+after <= 2*at+slack) {
				t.Fatalf("%+v: at %d of %d the curve goes %v, %v, %v, want it concave", in, step, steps, before, at, after)
			}
			if !(at >= float64(step)/steps-slack) {
				t.Fatalf("%+v: the top %d of %d bring %v, want no less than the diagonal", in, step, steps, at)
			}
		}
	}
	if curves < 1000 {
		t.Errorf("only %d of 2000 pyramids make a profit, too few to prove anything", curves)
	}
}

func TestTheLorenzCurveFallsOnlyWhereTiersLoseMoney(t *testing.T) {
	random := rand.New(rand.NewPCG(53, 54))
	fell := 0
	for i := range 1000 {
		losing := i%2 == 0
		in := drawn(random, losing)
		const steps = 40
		for step := range steps {
			from, to := in.Lorenz(float64(step)/steps), in.Lorenz(float64(step+1)/steps)
			if to < from-1e-9*max(1, from) {
				fell++
				if !losing {
					t.Fatalf("%+v: the curve falls from %v to %v, and no tier loses money", in, from, to)
				}
			}
		}
	}
	if fell == 0 {
		t.Errorf("no curve falls, and half of the pyramids have tiers that lose money")
	}
}

// bound binds the calculator to two tiers whose spend is given as ranges.
func bound(t *testing.T, first, second quantity.Range) *calc.Report {
	t.Helper()
	m := calc.New("tiers", "", tiers.Compute).Model()
	item := func(name string, spend quantity.Range) quantity.Input {
		return quantity.Input{Cells: quantity.Inputs{"name": {Word: name}, "customers": {Range: quantity.Exactly(50)}, "spend": {Range: spend}}}
	}
	if err := m.Bind(quantity.Inputs{"customer.years": {Range: quantity.Exactly(1)}, "tiers": {List: []quantity.Input{item("first", first), item("second", second)}}}); err != nil {
		t.Fatal(err)
	}
	report, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// 100 a month for a year, of whom a fifth leaves in it: 100 × (1 − .8) ÷ (1 − .8^(1/12)),
// and not 1,200, which it would be by the year.
func TestAPyramidIsComputedByThePeriodOfItsFirstSpend(t *testing.T) {
	month, _ := quantity.PeriodNamed("month")
	m := calc.New("tiers", "", tiers.Compute).Model()
	item := quantity.Input{Cells: quantity.Inputs{"name": {Word: "gold"}, "customers": {Range: quantity.Exactly(50)}, "spend": {Range: quantity.Exactly(1200), Per: month}, "churn": {Range: quantity.Exactly(.2)}}}
	if err := m.Bind(quantity.Inputs{"customer.years": {Range: quantity.Exactly(1)}, "tiers": {List: []quantity.Input{item}}}); err != nil {
		t.Fatal(err)
	}
	figures, err := m.Figures(nil)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "tiers.highest_loss", figures[1], 100*.2/(1-math.Pow(.8, 1./12)))
}

// The first tier brings 100 at its likely value and 50 at its low one, the second
// always 80: the first stays first, and the top fifth is drawn from it even where
// it brings less. 20 of 100 × 50 are then .2 × 50 ÷ (25 + 40), 15.4 %.
func TestTheOrderOfTheTiersIsFixedAtTheLikelyValues(t *testing.T) {
	report := bound(t, quantity.Range{Low: 50, Likely: 100, High: 100}, quantity.Exactly(80))
	if first := report.Tables[0].Rows[0][0].Words; first != "first" {
		t.Errorf("the tier %q stands first, want the one that brings more at its likely value", first)
	}
	got := report.Figure("tiers.top20_share").Range
	near(t, "tiers.top20_share at its lowest", got.Low, .153846)    // 1,000 ÷ 6,500
	near(t, "tiers.top20_share at its likely", got.Likely, .222222) // 2,000 ÷ 9,000
}
