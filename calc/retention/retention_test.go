package retention_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/retention"
)

// near requires equality except for the last digits of a float64.
func near(t *testing.T, call string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", call, got, want)
	}
}

// constant is one chance for all time.
func constant(chance float64) quantity.ByTenure { return quantity.ByTenure{Later: chance} }

// firm is the worked example: 1,000 customers who spend 5,000 a year, for one
// year, of whom 20 % leave, and a programme for 118,800 that makes it 15 %.
func firm() retention.Inputs {
	return retention.Inputs{
		Customer:  customer.Inputs{Spend: 5000, Visits: 1, Payments: 1, Renewals: 1, Years: 1, Margin: 1, Churn: .2, Retention: constant(.8), Paid: customer.Start},
		Customers: 1000, Churn: .2, Cost: 118_800, After: .15, Saves: math.NaN(), SavedRetention: constant(.8),
	}
}

// told computes and reports.
func told(t *testing.T, in retention.Inputs) *calc.Report {
	t.Helper()
	var result retention.Result
	err := retention.Compute(&in, &result)
	if err != nil {
		t.Fatalf("Compute(%+v): %v", in, err)
	}
	var report calc.Report
	result.Tell(&report)
	result.Warn(&report)
	return &report
}

// figures are those of a report, by metric.
func figures(t *testing.T, in retention.Inputs) map[string]float64 {
	t.Helper()
	values := map[string]float64{}
	for _, f := range told(t, in).Figures {
		values[f.Metric] = f.Range.Likely
	}
	return values
}

// 200 of 1,000 leave, worth 5,000 each; half of the year they are still there.
// Five points fewer are 50, worth 250,000, which is 131,200 more than 118,800;
// 250,000 ÷ 118,800 = 2.104 for each 1, 118,800 ÷ 50 = 2,376 for each save,
// 118,800 ÷ 5,000 = 23.76 saves to break even, of 1,000 customers 2.376 points. The
// sales of a year are 5,000,000, of which the bill is a fifth.
func TestAProgrammeThatSavesFiftyFor118800LeavesANet131200(t *testing.T) {
	got := figures(t, firm())
	for metric, want := range map[string]float64{
		"retention.lost_per_year":     200,
		"retention.yearly_bill":       1_000_000,
		"retention.first_year":        500_000,
		"retention.saved":             50,
		"retention.saved_value":       250_000,
		"retention.cost_per_saved":    2376,
		"retention.return_per_1":      2500. / 1188,
		"retention.net":               131_200,
		"retention.break_even_saves":  23.76,
		"retention.break_even_points": .02376,
		"retention.bill_to_sales":     .2,
	} {
		near(t, metric, got[metric], want)
	}
	if math.Abs(got["retention.return_per_1"]-2.104) > .0005 {
		t.Errorf("retention.return_per_1 = %v, want 2.104 to three decimals", got["retention.return_per_1"])
	}
}

// Ten years at 80 % are worth (1 − .8¹⁰) ÷ .2 = 4.463129088 of one. The fifty are
// worth that much more; the months until 118,800 are back are the same, for in
// each of the first twelve the fifty bring no more than before.
func TestALongerLifetimeRaisesWhatIsSavedAndNotTheMonthsUntilItIsPaidBack(t *testing.T) {
	in := firm()
	in.Customer.Years = 10
	got := figures(t, in)
	near(t, "retention.saved_value", got["retention.saved_value"], 250_000*4.463129088)
	near(t, "retention.yearly_bill", got["retention.yearly_bill"], 1_000_000*4.463129088)
	near(t, "retention.bill_to_sales", got["retention.bill_to_sales"], .2*4.463129088)
	near(t, "retention.payback_months", got["retention.payback_months"], figures(t, firm())["retention.payback_months"])
	near(t, "retention.first_year", got["retention.first_year"], 500_000)
}

// At a margin of 40 % all money is 40 % of it; sales are not, so against them the
// bill is 40 % of a fifth.
func TestMoneyIsMarginAndNotSales(t *testing.T) {
	in := firm()
	in.Customer.Margin = .4
	got := figures(t, in)
	near(t, "retention.yearly_bill", got["retention.yearly_bill"], 400_000)
	near(t, "retention.bill_to_sales", got["retention.bill_to_sales"], .08)
	near(t, "retention.first_year", got["retention.first_year"], 200_000)
	near(t, "retention.saved_value", got["retention.saved_value"], 100_000)
}

// 50 a visit, 100 visits a year: 5,000 in sales, as in the worked example.
func TestSalesPerVisitCountEveryVisit(t *testing.T) {
	in := firm()
	in.Customer.Spend, in.Customer.Visits = 50, 100
	got := figures(t, in)
	near(t, "retention.yearly_bill", got["retention.yearly_bill"], 1_000_000)
	near(t, "retention.bill_to_sales", got["retention.bill_to_sales"], .2)
}

// 20 % less five points is 15 %, so the two agree; 20 % less five per cent is 19 %.
func TestFivePointsAreNotFivePerCent(t *testing.T) {
	for _, test := range []struct {
		by           quantity.ChangeBy
		after        float64
		churn, saved float64
	}{
		{quantity.ToValue, .15, .15, 50},
		{quantity.ByPoints, -.05, .15, 50},
		{quantity.ByPercent, -.05, .19, 10},
	} {
		in := firm()
		in.AfterBy, in.After = test.by, test.after
		var result retention.Result
		err := retention.Compute(&in, &result)
		if err != nil {
			t.Fatalf("Compute(%+v): %v", in, err)
		}
		call := fmt.Sprintf("a change of kind %d by %v", test.by, test.after)
		near(t, "churn after "+call, result.ChurnAfter, test.churn)
		near(t, "saved by "+call, result.Saved, test.saved)
	}
}

func TestHowManyAreSavedMayBeGivenInThePlaceOfChurnAfter(t *testing.T) {
	in := firm()
	in.After, in.Saves = math.NaN(), 50
	got, want := figures(t, in), figures(t, firm())
	for metric := range want {
		near(t, metric+" with 50 saves instead of 15 % churn", got[metric], want[metric])
	}
}

// Those who were saved stay with 60 %: over two years 1.6 × 5,000 = 8,000 each.
// The leavers would have stayed with 80 %, and are worth 1.8 × 5,000 = 9,000.
func TestThoseSavedMayStayLessSurelyThanTheRest(t *testing.T) {
	in := firm()
	in.Customer.Years, in.SavedRetention = 2, constant(.6)
	got := figures(t, in)
	near(t, "retention.yearly_bill", got["retention.yearly_bill"], 200*9000)
	near(t, "retention.saved_value", got["retention.saved_value"], 50*8000)
	near(t, "retention.break_even_points", got["retention.break_even_points"], 118_800./8_000_000)
}

func TestTheBreakEvenPutBackAsTheChangeLeavesNothingOver(t *testing.T) {
	in := firm()
	in.After = .17624 // 20 % less 2.376 points
	if net := figures(t, in)["retention.net"]; !(math.Abs(net) <= 1e-9) {
		t.Errorf("retention.net at a churn of 17.624 %% = %v, want 0", net)
	}
	random := rand.New(rand.NewPCG(21, 22))
	for range 1000 {
		in := firm()
		in.Customer.Years, in.Customer.Discount = 30*random.Float64(), random.Float64()
		in.Customer.Retention, in.SavedRetention = constant(random.Float64()), constant(random.Float64())
		in.Customers, in.Cost = 1+9999*random.Float64(), 1e5*random.Float64()
		got := figures(t, in)
		points := got["retention.break_even_points"]
		saves := in
		saves.After, saves.Saves = math.NaN(), got["retention.break_even_saves"]
		if net := figures(t, saves)["retention.net"]; !(math.Abs(net) <= 1e-9*in.Cost) {
			t.Errorf("%+v: %v saves put back leave %v, want 0", in, saves.Saves, net)
		}
		if points > in.Churn {
			continue
		}
		in.AfterBy, in.After = quantity.ByPoints, -points
		if net := figures(t, in)["retention.net"]; !(math.Abs(net) <= 1e-9*in.Cost) {
			t.Errorf("%+v: %v points put back leave %v, want 0", in, points, net)
		}
	}
}

// All 200 who leave are worth 1,000,000. A programme for more cannot pay.
func TestABreakEvenAboveAllChurnReadsThatNotEvenLosingNobodyWouldPay(t *testing.T) {
	for cost, want := range map[float64]string{999_000: "", 1_001_000: "even losing nobody would not pay"} {
		in := firm()
		in.Cost = cost
		if got := told(t, in).Figure("retention.break_even_points").Shown; got != want {
			t.Errorf("the break-even of a programme for %v reads %q, want %q", cost, got, want)
		}
	}
}

// From 10 % churn, five points fewer. For ever undiscounted a customer stays
// 1 ÷ .1 = 10 years and then 20. Discounted by 10 %, 1.1 ÷ .2 = 5.5 become
// 1.1 ÷ .15. Within ten years it is (1 − xⁿ) ÷ (1 − x) for x = .9 and .95, with
// .9¹⁰ = .3486784401, .95¹⁰ = .5987369392 and 1.1¹⁰ = 2.5937424601.
func TestFivePointsOfRetentionAddLessValueTheShorterOneLooksAndTheMoreOneDiscounts(t *testing.T) {
	lift := func(x, y float64) float64 { // of two sums of ten terms, from their x and tenth powers
		return x/y - 1
	}
	for _, test := range []struct {
		years, discount float64
		want            float64
		published       float64 // to whole per cent
	}{
		{math.Inf(1), 0, 1, 1},
		{math.Inf(1), .1, 1. / 3, .33},
		{10, 0, lift((1-.5987369392)/.05, (1-.3486784401)/.1), .23},
		{10, .1, lift((1-.5987369392/2.5937424601)/(.15/1.1), (1-.3486784401/2.5937424601)/(.2/1.1)), .18},
	} {
		in := firm()
		in.Customer.Years, in.Customer.Discount, in.Customer.Retention = test.years, test.discount, constant(.9)
		got := figures(t, in)["retention.value_lift"]
		call := fmt.Sprintf("retention.value_lift over %v years at a discount of %v", test.years, test.discount)
		if !(math.Abs(got-test.want) <= 1e-9) {
			t.Errorf("%s = %v, want %v", call, got, test.want)
		}
		if !(math.Abs(got-test.published) <= .005) {
			t.Errorf("%s = %v, want %v to whole per cent", call, got, test.published)
		}
	}
}

// At 95 % five more points are all there is: ten years for (1 − .95¹⁰) ÷ .05.
func TestAboveNinetyFivePerCentThereIsNoRoomForFivePoints(t *testing.T) {
	for _, test := range []struct{ retention, years, want float64 }{
		{.95, 10, 10/((1-.5987369392)/.05) - 1},
		{.96, 10, math.NaN()},
		{.95, math.Inf(1), math.NaN()}, // with 100 % it would never end
	} {
		in := firm()
		in.Customer.Retention, in.Customer.Years = constant(test.retention), test.years
		got := figures(t, in)["retention.value_lift"]
		if math.IsNaN(test.want) != math.IsNaN(got) || math.Abs(got-test.want) > 1e-9 {
			t.Errorf("retention.value_lift at %v over %v years = %v, want %v", test.retention, test.years, got, test.want)
		}
	}
}

func TestAProgrammeThatSavesNobodyHasNoCostOfASaveAndNeverPaysBack(t *testing.T) {
	for _, after := range []float64{.2, .25} {
		in := firm()
		in.After = after
		report := told(t, in)
		for metric, why := range map[string]string{"retention.cost_per_saved": "nobody is saved", "retention.payback_months": "never pays back: those saved are worth less than it costs"} {
			if f := report.Figure(metric); !f.Absent() || f.AbsenceReason != why {
				t.Errorf("churn after %v: %s = %v because %q, want it absent because %q", after, metric, f.Range.Likely, f.AbsenceReason, why)
			}
		}
	}
	in := firm()
	in.After = .25
	near(t, "retention.net where churn rises to 25 %", figures(t, in)["retention.net"], -250_000-118_800)
}

func TestWithoutAProgrammeThereIsTheBillAlone(t *testing.T) {
	in := firm()
	in.Cost, in.After = math.NaN(), math.NaN()
	got := figures(t, in)
	near(t, "retention.yearly_bill", got["retention.yearly_bill"], 1_000_000)
	for _, metric := range []string{"saved", "saved_value", "cost_per_saved", "return_per_1", "net", "payback_months", "break_even_saves", "break_even_points"} {
		if value := got["retention."+metric]; !math.IsNaN(value) {
			t.Errorf("retention.%s without a programme = %v, want it absent", metric, value)
		}
	}
}

func TestAChurnAfterBelowNothingOrAboveAllIsRefused(t *testing.T) {
	for _, points := range []float64{-.21, .81} {
		in := firm()
		in.AfterBy, in.After = quantity.ByPoints, points
		err := retention.Compute(&in, new(retention.Result))
		if problem, ok := err.(*calc.Problem); !ok || problem.Key != "programme.churn_after" {
			t.Errorf("Compute with 20 %% churn moved by %v fails with %v, want a problem with programme.churn_after", points, err)
		}
	}
}

func TestALifetimeThatNeverEndsIsRefusedForTheCustomerAndForThoseSaved(t *testing.T) {
	in := firm()
	in.Customer.Years, in.Customer.Retention = math.Inf(1), constant(1)
	if err := retention.Compute(&in, new(retention.Result)); err == nil || err.(*calc.Problem).Key != "customer.years" {
		t.Errorf("Compute for ever at r 100 %% fails with %v, want a problem with customer.years", err)
	}
	in.Customer.Retention, in.SavedRetention = constant(.8), constant(1)
	if err := retention.Compute(&in, new(retention.Result)); err == nil || err.(*calc.Problem).Key != "programme.saved_retention" {
		t.Errorf("Compute for ever at r 100 %% of those saved fails with %v, want a problem with programme.saved_retention", err)
	}
}

func TestMoreSavesThanLeaversAreWarnedOf(t *testing.T) {
	for saves, want := range map[float64]bool{200: false, 201: true} {
		in := firm()
		in.After, in.Saves = math.NaN(), saves
		warned := false
		for _, note := range told(t, in).Notes {
			warned = warned || note.Key == "programme.saves"
		}
		if warned != want {
			t.Errorf("a programme that saves %v of 200 is warned of: %v, want %v", saves, warned, want)
		}
	}
}

// bound binds the calculator to a customer of 5,000 for one year, and more.
func bound(more map[string]float64) (*calc.Model, error) {
	in := quantity.Inputs{"customer.spend": {Key: "customer.spend", Range: quantity.Exactly(5000)}, "customer.years": {Key: "customer.years", Range: quantity.Exactly(1)}}
	for key, number := range more {
		in[key] = &quantity.Input{Key: key, Range: quantity.Exactly(number)}
	}
	m := calc.New("retention", "", retention.Compute).Model()
	return m, m.Bind(in)
}

// 118,800 ÷ 5,000 = 23.76, of however many customers.
func TestAProgrammesBreakEvenTakesNeitherTheFirmNorItsChurn(t *testing.T) {
	m, err := bound(map[string]float64{"programme.cost": 118_800})
	if err != nil {
		t.Fatal(err)
	}
	report, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "retention.break_even_saves", report.Figure("retention.break_even_saves").Range.Likely, 23.76)
	for _, metric := range []string{"lost_per_year", "yearly_bill", "bill_to_sales", "first_year", "saved", "net", "payback_months", "break_even_points"} {
		if f := report.Figure("retention." + metric); !f.Absent() {
			t.Errorf("retention.%s without a firm = %v, want it absent", metric, f.Range.Likely)
		}
	}
	if want := "The programme pays from {retention.break_even_saves} customers saved a year on"; report.Headline != want {
		t.Errorf("the headline is %q, want %q", report.Headline, want)
	}
}

func TestWithoutAProgrammeTheFirmAndItsChurnAreMissed(t *testing.T) {
	for _, test := range []struct {
		given map[string]float64
		want  string
	}{
		{nil, "company.customers"},
		{map[string]float64{"company.churn": .2}, "company.customers"},
		{map[string]float64{"company.customers": 1000}, "company.churn"},
		{map[string]float64{"programme.saves": 50}, "company.customers"},
	} {
		_, err := bound(test.given)
		problems, _ := err.(calc.Problems)
		if len(problems) != 1 || problems[0].Key != test.want || !problems[0].Missing || problems[0].Hint == "" {
			t.Errorf("given %v beside the customer, binding fails with %v, want that %s is missing, and a hint", test.given, err, test.want)
		}
	}
	if _, err := bound(map[string]float64{"company.customers": 1000, "company.churn": .2}); err != nil {
		t.Errorf("given the firm and its churn, binding fails with %v", err)
	}
}

// Whether a programme pays is not known before it is known whom it saves.
func TestWhatIsNotKnownOfAProgrammeIsNotSaidToBeNothing(t *testing.T) {
	for _, test := range []struct {
		change func(*retention.Inputs)
		want   string
	}{
		{func(in *retention.Inputs) { in.After = math.NaN() }, "programme.churn_after or programme.saves is not given"},
		{func(in *retention.Inputs) { in.Churn = math.NaN() }, "programme.churn_after needs company.customers and company.churn"},
		{func(in *retention.Inputs) { in.Customers = math.NaN() }, "programme.churn_after needs company.customers and company.churn"},
	} {
		in := firm()
		test.change(&in)
		report := told(t, in)
		for _, metric := range []string{"saved", "saved_value", "cost_per_saved", "return_per_1", "net", "payback_months"} {
			if f := report.Figure("retention." + metric); !f.Absent() || f.AbsenceReason != test.want {
				t.Errorf("%+v: retention.%s = %v because %q, want it absent because %q", in, metric, f.Range.Likely, f.AbsenceReason, test.want)
			}
		}
		near(t, "retention.break_even_saves", report.Figure("retention.break_even_saves").Range.Likely, 23.76)
	}
}

func TestTheHeadlineOfTheBillSaysThePeriodOfTheComputation(t *testing.T) {
	const rest = "; {retention.lost_per_year} customers leave"
	for _, test := range []struct {
		what   string
		change func(*customer.Inputs)
		want   string
	}{
		{"churn", func(*customer.Inputs) {}, "Lifetime value lost to one year's churn: {retention.yearly_bill} in sales, computed by the {customer.period}" + rest},
		{"no churn", func(c *customer.Inputs) { c.Retention = constant(1) }, "Lifetime value lost to one year's churn: {retention.yearly_bill} in sales" + rest},
		{"a margin", func(c *customer.Inputs) { c.Retention, c.Margin = constant(1), .4 }, "Lifetime value lost to one year's churn: {retention.yearly_bill} in margin" + rest},
		{"a discount", func(c *customer.Inputs) { c.Discount = .1 },
			"Lifetime value lost to one year's churn (present value): {retention.yearly_bill} in sales, computed by the {customer.period}" + rest},
	} {
		in := firm()
		test.change(&in.Customer)
		if got := told(t, in).Headline; got != test.want {
			t.Errorf("with %s the headline is %q, want %q", test.what, got, test.want)
		}
	}
}

// 20 % to 15 %, by five points, or by 25 % of itself.
func TestTheWorkingOfTheSavesRepeatsTheChangeAsItWasWritten(t *testing.T) {
	for _, test := range []struct {
		by    quantity.ChangeBy
		after float64
		want  string
		term  int
		value float64
	}{
		{quantity.ToValue, .15, "{company.customers} × ({company.churn} − {1 share})", 0, .15},
		{quantity.ByPoints, -.05, "{company.customers} × {2 points}", 1, .05},
		{quantity.ByPercent, -.25, "{company.customers} × {company.churn} × {2 share}", 1, .25},
	} {
		in := firm()
		in.AfterBy, in.After = test.by, test.after
		f := told(t, in).Figure("retention.saved")
		near(t, "retention.saved", f.Range.Likely, 50)
		if f.Working != test.want {
			t.Errorf("a change of kind %d: retention.saved is made by %q, want %q", test.by, f.Working, test.want)
		}
		near(t, "the term in the working of retention.saved", f.Terms[test.term], test.value)
	}
	in := firm()
	in.After, in.Saves = math.NaN(), 50
	if f := told(t, in).Figure("retention.saved"); f.Working != "given" {
		t.Errorf("with programme.saves, retention.saved is made by %q, want it given", f.Working)
	}
}

func TestAChurnAfterAndTheSavesAreNotGivenTogether(t *testing.T) {
	_, err := bound(map[string]float64{"company.customers": 1000, "company.churn": .2, "programme.cost": 118_800, "programme.churn_after": .15, "programme.saves": 50})
	problems, _ := err.(calc.Problems)
	if len(problems) != 1 || problems[0].Key != "programme.churn_after" {
		t.Errorf("given programme.churn_after and programme.saves, binding fails with %v, want a problem with programme.churn_after", err)
	}
}

// From the first year on 60 % stay and then 80 %; of those saved as many, for it
// follows: three years are 1 + .6 + .48 = 2.08 of 5,000.
func TestThoseSavedStayAsAllDoUnlessSaidOtherwiseAlsoByTenure(t *testing.T) {
	list := []quantity.Input{{Range: quantity.Exactly(.6)}, {Range: quantity.Exactly(.8)}}
	number := func(key string, x float64) *quantity.Input {
		return &quantity.Input{Key: key, Range: quantity.Exactly(x)}
	}
	m := calc.New("retention", "", retention.Compute).Model()
	err := m.Bind(quantity.Inputs{
		"customer.spend": number("customer.spend", 5000), "customer.years": number("customer.years", 3),
		"customer.retention": {Key: "customer.retention", List: list},
		"company.customers":  number("company.customers", 1000), "company.churn": number("company.churn", .2),
		"programme.saves": number("programme.saves", 50),
	})
	if err != nil {
		t.Fatal(err)
	}
	report, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "retention.saved_value", report.Figure("retention.saved_value").Range.Likely, 50*5000*2.08)
}
