package reasons_test

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
	"github.com/churncost/churncost/calc/reasons"
)

// near requires equality except for the last digits of a float64.
func near(t *testing.T, call string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", call, got, want)
	}
}

// reason is one of which nobody knows what mending it would bring.
func reason(name string, share float64) reasons.Reason {
	return reasons.Reason{Name: name, Share: share, Fixable: math.NaN(), FixCost: math.NaN()}
}

// firm loses 20 % of 1,000 customers a year, each worth 1,000.
func firm(list ...reasons.Reason) reasons.Inputs {
	return reasons.Inputs{
		Customer:  customer.Inputs{Spend: 100, Visits: 1, Payments: 1, Renewals: 1, Years: 10, Margin: 1, Churn: .2, Retention: quantity.ByTenure{Later: 1}, Paid: customer.Start},
		Customers: 1000, Churn: .2, Reasons: list,
	}
}

// told computes and reports, after the order has been fixed as binding does.
func told(t *testing.T, in reasons.Inputs) *calc.Report {
	t.Helper()
	in.Settle()
	var result reasons.Result
	err := reasons.Compute(&in, &result)
	if err != nil {
		t.Fatalf("Compute(%+v): %v", in, err)
	}
	var report calc.Report
	result.Tell(&report)
	result.Warn(&report)
	return &report
}

// pareto gives the rows of the table as name: share, together, customers, cost,
// can be saved, back for each 1.
func pareto(r *calc.Report) (names []string, rows map[string][]float64) {
	rows = map[string][]float64{}
	for _, row := range r.Tables[0].Rows {
		var numbers []float64
		for _, cell := range row[2:] {
			numbers = append(numbers, cell.Range.Likely)
		}
		names = append(names, row[0].Words)
		rows[row[0].Words] = numbers
	}
	return names, rows
}

// Of 200 who leave, worth 1,000 each, half go for one reason: 100,000, of which
// mending keeps 60 % for 20,000 a year, three for one. Thirty per cent go for
// another, and twenty for none that is listed.
func TestThePareto200LostHasTheMostCostlyFirstAndAddsUpToAll(t *testing.T) {
	mended := reason("nobody rang back", .5)
	mended.Class, mended.Fixable, mended.FixCost = "service", .6, 20_000
	report := told(t, firm(reason("price", .3), mended))
	near(t, "reasons.top_cost", report.Figure("reasons.top_cost").Range.Likely, 100_000)
	near(t, "reasons.fixable_cost", report.Figure("reasons.fixable_cost").Range.Likely, 60_000)
	names, rows := pareto(report)
	if got := strings.Join(names, ", "); got != "nobody rang back, price, other" {
		t.Errorf("the reasons stand as %s, want the most costly first and the rest last", got)
	}
	absent := math.NaN()
	for name, want := range map[string][]float64{
		"nobody rang back": {.5, .5, 100, 100_000, 60_000, 3},
		"price":            {.3, .8, 60, 60_000, absent, absent},
		"other":            {.2, 1, 40, 40_000, absent, absent},
	} {
		for i := range want {
			call := fmt.Sprintf("column %d of %q", i+3, name)
			if math.IsNaN(want[i]) {
				if !math.IsNaN(rows[name][i]) {
					t.Errorf("%s = %v, want it empty", call, rows[name][i])
				}
				continue
			}
			near(t, call, rows[name][i], want[i])
		}
	}
}

// Replaced after one year of ten for 50, losing one costs 150 and not 1,000: half of
// 200 cost 15,000, and 60 % of that is fixable, for 20,000 a year .45 to one.
func TestWhereCustomersAreReplacedAReasonCostsLess(t *testing.T) {
	mended := reason("nobody rang back", .5)
	mended.Fixable, mended.FixCost = .6, 20_000
	in := firm(reason("price", .3), mended)
	in.Customer.Replaced, in.Customer.ReplacedAfter, in.Customer.Win = true, 1, 50
	report := told(t, in)
	near(t, "reasons.top_cost", report.Figure("reasons.top_cost").Range.Likely, 15_000)
	near(t, "reasons.fixable_cost", report.Figure("reasons.fixable_cost").Range.Likely, 9_000)
	_, rows := pareto(report)
	near(t, "the return on mending", rows["nobody rang back"][5], .45)
	near(t, "the cost of other reasons", rows["other"][3], 40*150)
}

func TestTheReasonsAreASecondViewOfTheChurnAndSaySo(t *testing.T) {
	said := false
	for _, note := range told(t, firm(reason("price", .3))).Notes {
		said = said || note.Kind == calc.Remark && note.Key == "reasons" && strings.Contains(note.Text, "never a second bill")
	}
	if !said {
		t.Errorf("nothing says that reasons and retention split the same churn")
	}
}

// 1 % die, 3 move away, 5 have friends elsewhere, 9 go to the competition, 14
// dislike the product and 68 meet indifference: the famous six are the whole.
func TestTheFamousSixAddUpToAllAndAreComputedPerHundredLostWithoutAFirm(t *testing.T) {
	in := firm(reason("die", .01), reason("move away", .03), reason("friends", .05), reason("competition", .09), reason("product", .14), reason("indifference", .68))
	in.Customers = math.NaN()
	report := told(t, in)
	near(t, "reasons.top_cost", report.Figure("reasons.top_cost").Range.Likely, 68_000)
	_, rows := pareto(report)
	near(t, "customers lost to indifference", rows["indifference"][2], 68)
	near(t, "the share of other reasons", rows["other"][0], 0)
	if want := "The most costly reason, indifference, costs {reasons.top_cost} in sales for each 100 customers lost"; report.Headline != want {
		t.Errorf("the headline is %q, want %q", report.Headline, want)
	}
	in.Customer.Margin, in.Customer.Discount = .4, .1
	if want := "The most costly reason, indifference, costs {reasons.top_cost} in margin for each 100 customers lost, computed by the {customer.period}"; told(t, in).Headline != want {
		t.Errorf("with a margin and a discount the headline is %q, want %q", told(t, in).Headline, want)
	}
}

func TestSharesThatPassTheWholeAreRefusedAndThoseThatOnlyRoundAboveItAreNot(t *testing.T) {
	for _, test := range []struct {
		shares []float64
		ok     bool
	}{
		{[]float64{.6, .41}, false},
		{[]float64{.8, .1, .1}, true}, // 1 − .8 − .1 − .1 is a little below 0 in binary
	} {
		var list []reasons.Reason
		for i, share := range test.shares {
			list = append(list, reason(fmt.Sprint(i), share))
		}
		in := firm(list...)
		in.Settle()
		var result reasons.Result
		err := reasons.Compute(&in, &result)
		if test.ok != (err == nil) {
			t.Errorf("Compute of the shares %v fails with %v, want it accepted: %v", test.shares, err, test.ok)
		}
		if problem, _ := err.(*calc.Problem); err != nil && problem.Key != "reasons.1.share" {
			t.Errorf("Compute of the shares %v fails with %v, want a problem with reasons.1.share, the largest", test.shares, err)
		}
		if err == nil && result.Other != 0 {
			t.Errorf("of the shares %v other reasons have %v, want 0", test.shares, result.Other)
		}
	}
}

// 60..70 % and 35 % could be 105 % together.
func TestTheHighEndsOfTheSharesMayNotPassTheWholeAndTheRefusalNamesTheCorner(t *testing.T) {
	m := calc.New("reasons", "", reasons.Compute).Model()
	item := func(name string, share quantity.Range) quantity.Input {
		return quantity.Input{Cells: quantity.Inputs{"name": {Word: name}, "share": {Range: share, Unit: quantity.Share}}}
	}
	err := m.Bind(quantity.Inputs{
		"customer.spend": {Range: quantity.Exactly(100)}, "customer.years": {Range: quantity.Exactly(10)},
		"reasons": {List: []quantity.Input{item("first", quantity.Between(.6, .7)), item("second", quantity.Exactly(.35))}},
	})
	if err != nil {
		t.Fatal(err)
	}
	const want = "the shares of the reasons add up to more than 100% (at reasons.1.share = 70%)"
	if _, err := calctest.Report(m, 2); err == nil || err.Error() != want {
		t.Errorf("Report of shares up to 70 %% and 35 %% fails with %v, want %s", err, want)
	}
}

func TestWithoutAnyFixableShareNothingIsSaidOfMending(t *testing.T) {
	f := told(t, firm(reason("price", .3))).Figure("reasons.fixable_cost")
	if !f.Absent() || f.AbsenceReason != "no reason says what share is fixable" {
		t.Errorf("reasons.fixable_cost = %v because %q, want it absent", f.Range.Likely, f.AbsenceReason)
	}
}

// Braces in a headline mean figures. A name is only a name.
func TestANameWithBracesDoesNotBecomeAFigureOfTheHeadline(t *testing.T) {
	report := told(t, firm(reason("{9 lives} {reasons.fixable_cost", .3)))
	const want = "The most costly reason, (9 lives) (reasons.fixable_cost, costs {reasons.top_cost} in sales in a year"
	if report.Headline != want {
		t.Errorf("the headline is %q, want %q", report.Headline, want)
	}
}

func TestReasonsAndTheRestAreAllWhoLeft(t *testing.T) {
	random := rand.New(rand.NewPCG(61, 62))
	for range 1000 {
		in, left := firm(), 1.0
		for i := range 1 + random.IntN(6) {
			share := left * random.Float64()
			left -= share
			in.Reasons = append(in.Reasons, reason(fmt.Sprint(i), share))
		}
		in.Customers, in.Customer.Spend = 1+9999*random.Float64(), 1000*random.Float64()
		report := told(t, in)
		names, rows := pareto(report)
		share, people, cost, before := 0.0, 0.0, 0.0, math.Inf(1)
		for _, name := range names {
			share, people, cost = share+rows[name][0], people+rows[name][2], cost+rows[name][3]
			near(t, fmt.Sprintf("%+v: the share together at %s", in, name), rows[name][1], share)
			if name != "other" && rows[name][3] > before {
				t.Errorf("%+v: reason %s costs %v, more than the one before, want the most costly first", in, name, rows[name][3])
			}
			before = rows[name][3]
		}
		near(t, fmt.Sprintf("%+v: all shares", in), share, 1)
		near(t, fmt.Sprintf("%+v: all customers", in), people, .2*in.Customers)
		near(t, fmt.Sprintf("%+v: all costs", in), cost, .2*in.Customers*10*in.Customer.Spend)
	}
}
