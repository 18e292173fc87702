package query_test

import (
	"math"
	"strconv"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/revenue"
)

// From invoices to rates: the calculator, given the table that every engine returns,
// against sums over customers that know no churn, contraction or expansion. Gross retention
// is what of each customer's earlier payment is still paid, net retention all that they
// pay now.
func TestRetentionFromInvoicesIsThatOfTheCustomersOneByOne(t *testing.T) {
	const lastMonth, year = 29, 12
	all := invoices(600)
	in := revenue.Inputs{Period: "year"}
	for _, row := range revenueByCustomer(all, year) {
		n := make([]float64, len(row))
		for i := range n[1:] {
			cents, err := strconv.ParseInt(row[i+1], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			n[i+1] = float64(cents)
		}
		in.Months = append(in.Months, revenue.Month{Month: row[0], Starting: n[1] / 100, Churned: n[2] / 100, Contracted: n[3] / 100, Expanded: n[4] / 100, New: n[5] / 100,
			StartingCustomers: n[6], ChurnedCustomers: n[7]})
	}
	var result revenue.Result
	if err := revenue.Compute(&in, &result); err != nil {
		t.Fatal(err)
	}
	var report calc.Report
	result.Tell(&report)

	before, now := map[int]int64{}, map[int]int64{}
	for _, v := range all {
		switch v.month {
		case lastMonth - year:
			before[v.customer] += v.cents
		case lastMonth:
			now[v.customer] += v.cents
		}
	}
	var paid, kept, pays, gone, customers, left float64
	for id, cents := range before {
		if cents <= 0 {
			continue
		}
		customers++
		paid += float64(cents)
		kept += float64(min(cents, max(0, now[id])))
		pays += float64(max(0, now[id]))
		if now[id] <= 0 {
			left++
			gone += float64(cents)
		}
	}
	for metric, want := range map[string]float64{
		"revenue.gross_retention": kept / paid, "revenue.net_retention": pays / paid, "revenue.churn": gone / paid, "revenue.logo_churn": left / customers,
		"revenue.growth": pays/(paid-gone) - 1,
	} {
		if got := report.Figure(metric).Range.Likely; !(math.Abs(got-want) <= 1e-12) || want == 0 {
			t.Errorf("%s = %v, want %v", metric, got, want)
		}
	}
}
