package revenue_test

import (
	"math"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/revenue"
)

// month is of 100 customers who paid 1,000 together: 4 left with 100, others pay 50 less
// and 190 more.
func month(name string) revenue.Month {
	return revenue.Month{Month: name, Starting: 1000, Churned: 100, Contracted: 50, Expanded: 190, New: 70, StartingCustomers: 100, ChurnedCustomers: 4}
}

func told(t *testing.T, in revenue.Inputs) *calc.Report {
	t.Helper()
	in.Settle()
	var result revenue.Result
	if err := revenue.Compute(&in, &result); err != nil {
		t.Fatalf("Compute(%+v): %v", in, err)
	}
	var report calc.Report
	result.Tell(&report)
	return &report
}

func requireFigures(t *testing.T, r *calc.Report, want map[string]float64) {
	t.Helper()
	for metric, value := range want {
		got := r.Figure(metric).Range.Likely
		if !(math.Abs(got-value) <= 1e-12) && !(math.IsNaN(got) && math.IsNaN(value)) {
			t.Errorf("%s = %v, want %v", metric, got, value)
		}
	}
}

// By hand: 850 and 1,040 of 1,000 are kept, so those who stay, whose 900 became 1,040, pay
// 140 ÷ 900 more. Its net retention and churn, 104% and 10%, are the example of
// customer.growth: 15.6%.
func TestTheRatesAreThoseOfTheLastMonth(t *testing.T) {
	early := month("2025-12")
	early.Churned = 900
	want := map[string]float64{"revenue.gross_retention": .85, "revenue.net_retention": 1.04, "revenue.churn": .1, "revenue.logo_churn": .04, "revenue.growth": 140. / 900}
	requireFigures(t, told(t, revenue.Inputs{Period: "year", Months: []revenue.Month{early, month("2026-01")}}), want)
}

func TestOnlyAYearsChangeIsGrowth(t *testing.T) {
	for _, period := range []string{"quarter", "month"} {
		r := told(t, revenue.Inputs{Period: period, Months: []revenue.Month{month("2026-01")}})
		requireFigures(t, r, map[string]float64{"revenue.net_retention": 1.04, "revenue.growth": math.NaN()})
	}
}

func TestRatesOfNothingAreAbsent(t *testing.T) {
	nobody := revenue.Month{Month: "2026-01", New: 70, StartingCustomers: math.NaN(), ChurnedCustomers: math.NaN()}
	gone := month("2026-01")
	gone.Churned, gone.Contracted, gone.Expanded = 1000, 0, 0
	report := told(t, revenue.Inputs{Period: "year", Months: []revenue.Month{nobody}})
	if strings.Contains(report.Headline, "{") {
		t.Errorf("the headline names a figure that is absent: %s", report.Headline)
	}
	requireFigures(t, report,
		map[string]float64{"revenue.gross_retention": math.NaN(), "revenue.net_retention": math.NaN(), "revenue.churn": math.NaN(), "revenue.logo_churn": math.NaN(), "revenue.growth": math.NaN()})
	requireFigures(t, told(t, revenue.Inputs{Period: "year", Months: []revenue.Month{gone}}),
		map[string]float64{"revenue.gross_retention": 0, "revenue.net_retention": 0, "revenue.churn": 1, "revenue.growth": math.NaN()})
}

func TestMonthsThatCannotBeAreRefusedByTheirKey(t *testing.T) {
	tooMuch, tooMany := month("2026-01"), month("2026-01")
	tooMuch.Contracted = 901
	tooMany.ChurnedCustomers = 101
	for want, months := range map[string][]revenue.Month{
		"revenue.2.churned":           {month("2025-12"), tooMuch},
		"revenue.1.churned_customers": {tooMany},
	} {
		in := revenue.Inputs{Period: "year", Months: months}
		if err := revenue.Compute(&in, &revenue.Result{}); err == nil || calc.ProblemsOf(err)[0].Key != want || strings.HasSuffix(err.Error(), ".") {
			t.Errorf("%+v is refused with %v, want an error about %s", months, err, want)
		}
	}
}
