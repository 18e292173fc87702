package satisfaction_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/attribution"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/satisfaction"
)

// near requires equality except for the last digits of a float64.
func near(t *testing.T, call string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", call, got, want)
	}
}

// famous are the shares who buy again of 如何創造顧客滿意及業務處理.
var famous = satisfaction.Cells{Both: .95, Service: .67, Product: .33, Neither: .2}

// content is a firm of which so many are content with product and service,
// independently; a customer is worth 10,000.
func content(product, service float64) satisfaction.Inputs {
	return satisfaction.Inputs{
		Independent: true, Product: product, Service: service,
		Repurchase: famous,
		Perceived:  math.NaN(), Expected: math.NaN(),
		Valued:   true,
		Customer: customer.Inputs{Spend: 1000, Visits: 1, Payments: 1, Renewals: 1, Years: 10, Margin: 1, Churn: math.NaN(), Retention: quantity.ByTenure{Later: 1}, Paid: customer.Start},
	}
}

func compute(t *testing.T, in satisfaction.Inputs) (satisfaction.Result, *calc.Report) {
	t.Helper()
	var result satisfaction.Result
	err := satisfaction.Compute(&in, &result)
	if err != nil {
		t.Fatalf("Compute(%+v): %v", in, err)
	}
	var report calc.Report
	result.Tell(&report)
	result.Warn(&report)
	return result, &report
}

// .8 × .7 = .56 like both, .2 × .7 = .14 the service only, .24 the product only,
// .06 neither: .95 × .56 + .67 × .14 + .33 × .24 + .2 × .06 = .717. One more point
// with the service comes from .24 and .06, so four in five like the product:
// .01 × (.8 × .62 + .2 × .47) = .0059; with the product .01 × (.7 × .28 + .3 × .13) = .00235.
func TestEightyAndSeventyPercentContentBring71Point7PercentBack(t *testing.T) {
	result, report := compute(t, content(.8, .7))
	for i, got := range []float64{result.Shares.Both, result.Shares.Service, result.Shares.Product, result.Shares.Neither} {
		near(t, fmt.Sprintf("cell %d", i+1), got, []float64{.56, .14, .24, .06}[i])
	}
	for metric, want := range map[string]float64{
		"satisfaction.repurchase":          .717,
		"satisfaction.lost_share":          .283,
		"satisfaction.worth.service_point": 59,
		"satisfaction.worth.product_point": 23.5,
	} {
		near(t, metric, report.Figure(metric).Range.Likely, want)
	}
	returned := 0.0
	for _, row := range report.Tables[0].Rows {
		returned += row[3].Range.Likely
	}
	near(t, "the last column of the table, added up", returned, .717)
}

// Replaced after one year for 500, losing one costs 1,500 and not 10,000: .0059 and
// .00235 of that.
func TestWhereCustomersAreReplacedAPointIsWorthLess(t *testing.T) {
	in := content(.8, .7)
	in.Customer.Replaced, in.Customer.ReplacedAfter, in.Customer.Win = true, 1, 500
	_, report := compute(t, in)
	near(t, "satisfaction.worth.service_point", report.Figure("satisfaction.worth.service_point").Range.Likely, 8.85)
	near(t, "satisfaction.worth.product_point", report.Figure("satisfaction.worth.product_point").Range.Likely, 3.525)
}

// The famous four are used where somebody asks for satisfaction by name, and make
// .717 of .8 and .7; else they are missed.
func TestTheFamousSharesAreUsedOnlyForSomebodyWhoAsksForSatisfactionByName(t *testing.T) {
	given := quantity.Inputs{
		"satisfaction.product": {Key: "satisfaction.product", Range: quantity.Exactly(.8)},
		"satisfaction.service": {Key: "satisfaction.service", Range: quantity.Exactly(.7)},
	}
	m := calc.New("satisfaction", "", satisfaction.Compute).Model()
	err := m.Bind(given)
	problems, _ := err.(calc.Problems)
	if len(problems) != 4 || problems[0].Key != "satisfaction.repurchase.both" {
		t.Errorf("without the shares who buy again, binding fails with %v, want the four of them missing", err)
	}
	m.UseBenchmarks()
	if err := m.Bind(given); err != nil {
		t.Fatal(err)
	}
	report, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	f := report.Figure("satisfaction.repurchase")
	near(t, f.Metric, f.Range.Likely, .717)
	if got := attribution.Weakest(f.BasedOn); got != quantity.Class(quantity.GradeC) {
		t.Errorf("%s is based on the class %q, want grade C", f.Metric, got)
	}
}

// The same shares, given cell by cell.
func TestCellsSayTheSameWithoutIndependence(t *testing.T) {
	in := content(0, 0)
	in.Independent, in.ByCell, in.Cells = false, true, satisfaction.Cells{Both: .56, Service: .14, Product: .24}
	_, report := compute(t, in)
	near(t, "satisfaction.repurchase", report.Figure("satisfaction.repurchase").Range.Likely, .717)
	near(t, "satisfaction.worth.service_point", report.Figure("satisfaction.worth.service_point").Range.Likely, 59)
	if len(report.Notes) != 0 {
		t.Errorf("of cells it is noted that %v, want nothing: they need no independence", report.Notes)
	}
	if _, report := compute(t, content(.8, .7)); len(report.Notes) != 1 || report.Notes[0].Kind != calc.Remark || report.Notes[0].Key != "satisfaction.product" {
		t.Errorf("of two shares it is noted that %v, want a remark that they are taken as independent", report.Notes)
	}
}

func TestSatisfactionIsWhatWasPerceivedLessWhatWasExpected(t *testing.T) {
	in := content(.8, .7)
	in.Perceived, in.Expected = 7.5, 8.25
	_, report := compute(t, in)
	near(t, "satisfaction.gap", report.Figure("satisfaction.gap").Range.Likely, -.75)
	_, report = compute(t, content(.8, .7))
	if f := report.Figure("satisfaction.gap"); !f.Absent() {
		t.Errorf("satisfaction.gap with neither score = %v, want it absent", f.Range.Likely)
	}
}

// Among those not content with the service nobody is left, or among the others.
func TestWhereNobodyIsLeftToWinAPointIsNotGiven(t *testing.T) {
	for _, test := range []struct {
		product, service float64
		absent           string
		given            string
		want             float64
	}{
		// All like the service, .8 of them the product: one more with the product is .95 − .67.
		{.8, 1, "service_point", "product_point", 28},
		{1, .7, "product_point", "service_point", 62},
	} {
		_, report := compute(t, content(test.product, test.service))
		if f := report.Figure("satisfaction.worth." + test.absent); !f.Absent() || f.AbsenceReason == "" {
			t.Errorf("%v and %v content: the %s is worth %v because %q, want it absent with a reason", test.product, test.service, test.absent, f.Range.Likely, f.AbsenceReason)
		}
		near(t, test.given, report.Figure("satisfaction.worth."+test.given).Range.Likely, test.want)
	}
}

func TestCellsThatPassTheWholeAreRefusedAndThoseThatOnlyRoundAboveItAreNot(t *testing.T) {
	for _, test := range []struct {
		cells satisfaction.Cells
		ok    bool
	}{
		{satisfaction.Cells{Both: .5, Service: .3, Product: .3}, false},
		{satisfaction.Cells{Both: .8, Service: .1, Product: .1}, true}, // 1 − .8 − .1 − .1 is a little below 0 in binary
	} {
		in := content(0, 0)
		in.Independent, in.ByCell, in.Cells = false, true, test.cells
		var result satisfaction.Result
		err := satisfaction.Compute(&in, &result)
		if test.ok != (err == nil) {
			t.Errorf("Compute of the cells %+v fails with %v, want it accepted: %v", test.cells, err, test.ok)
		}
		if problem, _ := err.(*calc.Problem); err != nil && problem.Key != "satisfaction.cells.both" {
			t.Errorf("Compute of the cells %+v fails with %v, want a problem with satisfaction.cells.both", test.cells, err)
		}
		if err == nil && result.Shares.Neither != 0 {
			t.Errorf("of the cells %+v %v like neither, want 0", test.cells, result.Shares.Neither)
		}
	}
}

func TestWithoutACustomerAPointHasNoWorth(t *testing.T) {
	in := content(.8, .7)
	in.Valued = false
	_, report := compute(t, in)
	near(t, "satisfaction.repurchase", report.Figure("satisfaction.repurchase").Range.Likely, .717)
	for _, f := range report.Figures {
		if f.Unit == quantity.Money && !f.Absent() {
			t.Errorf("%s without a customer = %v, want it absent", f.Metric, f.Range.Likely)
		}
	}
}

func TestTheFourCellsAreTheWholeAndNoneIsBelowNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(41, 42))
	for range 1000 {
		in := content(random.Float64(), random.Float64())
		if random.IntN(2) == 0 {
			in.Independent, in.ByCell = false, true
			both, service := random.Float64(), random.Float64()
			in.Cells = satisfaction.Cells{Both: both, Service: (1 - both) * service, Product: (1 - both) * (1 - service) * random.Float64()}
		}
		result, _ := compute(t, in)
		s := result.Shares
		near(t, fmt.Sprintf("the cells of %+v, added up", in), s.Both+s.Service+s.Product+s.Neither, 1)
		if min(s.Both, s.Service, s.Product, s.Neither) < 0 {
			t.Errorf("of %+v the cells are %+v, want none below 0", in, s)
		}
	}
}

// Content with product and service independently, the share who buy again rises
// evenly with each of them: one more point brings just what a point is worth.
func TestAPointMoreContentRaisesRepurchaseByWhatAPointIsWorth(t *testing.T) {
	random := rand.New(rand.NewPCG(43, 44))
	for range 1000 {
		product, service := .98*random.Float64(), .98*random.Float64()
		now, _ := compute(t, content(product, service))
		for _, test := range []struct {
			name string
			then satisfaction.Inputs
			want float64
		}{
			{"service", content(product, service+.01), now.ServicePoint},
			{"product", content(product+.01, service), now.ProductPoint},
		} {
			then, _ := compute(t, test.then)
			if got := (then.Bought - now.Bought) * 10_000; !(math.Abs(got-test.want) <= 1e-9) {
				t.Errorf("from %v and %v, a point more with the %s brings %v, want %v", product, service, test.name, got, test.want)
			}
		}
	}
}

func TestALifetimeThatNeverEndsIsRefused(t *testing.T) {
	in := content(.8, .7)
	in.Customer.Years = math.Inf(1)
	if err := satisfaction.Compute(&in, new(satisfaction.Result)); err == nil || err.(*calc.Problem).Key != "customer.years" {
		t.Errorf("Compute for ever at r 100 %% fails with %v, want a problem with customer.years", err)
	}
}
