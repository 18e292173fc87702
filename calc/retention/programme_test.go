package retention_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/retention"
)

// cell is a number in a report's table.
func cell(t *testing.T, r *calc.Report, table string, row, column int) float64 {
	t.Helper()
	for _, found := range r.Tables {
		if found.Name == table {
			return found.Rows[row][column].Range.Likely
		}
	}
	t.Fatalf("no table is called %q", table)
	return 0
}

// Each of the fifty brings 5,000 ÷ 12 a month, and of them 50 ÷ 12 are kept at the
// start of each month of the year: after month t it is 5,000 × 50 ÷ 144 × t (t + 1) ÷ 2,
// which is 114,583.33 after month 11 and 135,416.67 after month 12. 118,800 lie
// 4,216.67 into the 20,833.33 of month 12, at .2024 of it. Paid by the year, the
// year's payment is spread over its months and says the same.
func TestFiftySavesKeptOverTheYearPay118800BackInMonth11Point20(t *testing.T) {
	for _, payments := range []float64{1, 12} {
		for cost, want := range map[float64]float64{
			5000. * 50 / 144 * 66: 11,
			118_800:               11.2024,
			5000. * 50 / 144 * 78: 12,
		} {
			in := firm()
			in.Customer.Payments, in.Customer.Renewals, in.Cost = payments, payments, cost
			in.Customer.Retention, in.SavedRetention = constant(1), constant(1)
			got := figures(t, in)
			call := fmt.Sprintf("with %v payments a year and a cost of %v, ", payments, cost)
			near(t, call+"retention.saved_value", got["retention.saved_value"], 250_000)
			near(t, call+"retention.payback_months", got["retention.payback_months"], want)
		}
	}
}

// At a margin of 60 % a save brings 250 a month for twelve months. After month 15 the
// four kept first have brought twelve months each, the others 11, 10, … 4: 48 + 60 =
// 108 times 250 × 50 ÷ 12, 112,500. After month 16 it is 60 + 56 = 116 times, 120,833.33.
// The missing 6,300 are .756 of the 8,333.33 between.
func TestWhoIsKeptLateBringsMoneyInTheSecondYear(t *testing.T) {
	in := firm()
	in.Customer.Margin = .6
	near(t, "retention.payback_months", figures(t, in)["retention.payback_months"], 15.756)
}

// Over one year all 250,000 have come in when the twelfth save has lived its year,
// eleven months after the first.
func TestAProgrammeThatJustBreaksEvenIsPaidBackWithTheLastPayment(t *testing.T) {
	in := firm()
	in.Cost = 250_000
	got := figures(t, in)
	if net := got["retention.net"]; !(math.Abs(net) <= 1e-9) {
		t.Errorf("retention.net at a cost of 250,000 = %v, want 0", net)
	}
	near(t, "retention.payback_months", got["retention.payback_months"], 23)
	random := rand.New(rand.NewPCG(25, 26))
	for range 1000 {
		in := firm()
		in.Customer.Years, in.Customer.Retention, in.Cost = 1+9*random.Float64(), constant(random.Float64()), 1e6*random.Float64()
		in.SavedRetention = in.Customer.Retention
		in.After, in.Saves = math.NaN(), figures(t, in)["retention.break_even_saves"]
		if months := figures(t, in)["retention.payback_months"]; !(months <= 12*(in.Customer.Years+1)) {
			t.Errorf("%+v: with as many saves as break even, retention.payback_months = %v, want it within the horizon", in, months)
		}
	}
}

// Paid at the year's end and discounted at 25 %, 50 × 5,000 ÷ 1.25 = 200,000 today,
// 10,000 less than the programme, though 250,000 come in.
func TestAProgrammeWhoseNetIsBelowZeroHasNoPaybackThoughItsCostComesIn(t *testing.T) {
	in := firm()
	in.Customer.Paid, in.Customer.Discount, in.Cost = customer.End, .25, 210_000
	report := told(t, in)
	near(t, "retention.net", report.Figure("retention.net").Range.Likely, -10_000)
	near(t, "brought after twelve quarters", cell(t, report, "the programme's cash", 11, 2), 250_000)
	if f := report.Figure("retention.payback_months"); !f.Absent() {
		t.Errorf("retention.payback_months of a net of −10,000 = %v, want it not given", f.Range.Likely)
	}
}

// Replaced after one year of ten for 2,500, losing a customer of 50,000 costs
// 5,000 + 2,500, a share of .15, and each save brings .15 × 5,000 = 750 a year. After
// month 12 that is 750 × 50 ÷ 144 × 78 = 20,312.50, and 3,125 in each month after:
// the other 98,487.50 take 31.516. Accounts miss the margin all the same.
func TestWhereCustomersAreReplacedTheBillTheSavesAndThePaybackCountOnlyWhatIsLost(t *testing.T) {
	in := firm()
	in.Customer.Years, in.Customer.Retention, in.SavedRetention = 10, constant(1), constant(1)
	in.Customer.Replaced, in.Customer.ReplacedAfter, in.Customer.Win = true, 1, 2500
	got := figures(t, in)
	for metric, want := range map[string]float64{
		"retention.yearly_bill":       200 * 7500,
		"retention.bill_to_sales":     .2 * 1.5,
		"retention.first_year":        500_000,
		"retention.saved_value":       50 * 7500,
		"retention.break_even_saves":  15.84,
		"retention.break_even_points": .01584,
		"retention.payback_months":    43.516,
	} {
		near(t, metric, got[metric], want)
	}
}

// Two years without churn are worth 10,000; replaced after one for 500, losing one
// costs 5,500, a share of .55. Those saved stay with 60 %, which enters their own
// value, 5,000 × 1.6, and not the share: .55 × 8,000.
func TestTheRetentionOfThoseSavedEntersTheirValueOnly(t *testing.T) {
	in := firm()
	in.Customer.Years, in.Customer.Retention, in.SavedRetention = 2, constant(1), constant(.6)
	in.Customer.Replaced, in.Customer.ReplacedAfter, in.Customer.Win = true, 1, 500
	got := figures(t, in)
	near(t, "retention.yearly_bill", got["retention.yearly_bill"], 200*5500)
	near(t, "retention.saved_value", got["retention.saved_value"], 50*4400)
}

// One month's saves are 50 ÷ 12, and a month of one is 5,000 ÷ 12. Quarter 1: 1 + 2 + 3 = 6
// of them, 10,416.67. Quarter 5, after month 15: the four kept first have brought their
// twelve months, the others 11, 10, … 4, 108 in all, 187,500. In the end it is 144.
func TestTheProgrammesCashHasARowForEachQuarterOfThreeYears(t *testing.T) {
	report := told(t, firm())
	const one = 5000. * 50 / 144
	for row, want := range map[int][]float64{
		0:  {12.5, 6 * one, 118_800, 6*one - 118_800},
		3:  {50, 78 * one, 118_800, 78*one - 118_800},
		4:  {50, 187_500, 118_800, 68_700},
		11: {50, 250_000, 118_800, 131_200},
	} {
		for i := range want {
			near(t, fmt.Sprintf("column %d of quarter %d", i+2, row+1), cell(t, report, "the programme's cash", row, i+1), want[i])
		}
	}
	if rows := report.Tables[0].Rows; len(rows) != 12 || rows[11][0].Words != "12" {
		t.Errorf("the programme's cash has %d rows, want the quarters 1 to 12", len(rows))
	}
}

func TestWithoutAProgrammeThereIsNoTableOfItsCash(t *testing.T) {
	for _, without := range []func(*retention.Inputs){
		func(in *retention.Inputs) { in.Cost = math.NaN() },
		func(in *retention.Inputs) { in.After = math.NaN() },
	} {
		in := firm()
		without(&in)
		if report := told(t, in); len(report.Tables) != 0 {
			t.Errorf("%+v: there is a table %q, want none", in, report.Tables[0].Name)
		}
	}
}

// monthly is what one who was saved brings in each month of life, undiscounted, term
// by term and month by month: the payment of a period is spread evenly over it, and
// the chance to be there is the product of the months' chances up to the last renewal.
func monthly(in *retention.Inputs, months int) []float64 {
	c, stay := &in.Customer, &in.SavedRetention
	renewal, period := int(12/c.Renewals), int(12/c.Payments)
	from := int(12*c.Tenure) / renewal * renewal
	there := []float64{1} // by months of tenure from the last renewal on
	for month := from; month < from+2*months; month++ {
		yearly := stay.Later
		if year := month / 12; year < len(stay.Early) {
			yearly = stay.Early[year]
		}
		there = append(there, there[month-from]*math.Pow(yearly, 1./12))
	}
	brought := make([]float64, months)
	for i := range brought {
		k := i / period
		paid := k * period
		if c.Paid == customer.Stayed {
			paid += period
		}
		if float64(i) < 12*c.Years {
			renewed := (int(12*c.Tenure)+paid)/renewal*renewal - from
			brought[i] = c.Margin * c.Spend / 12 * there[renewed] * math.Pow(1+c.Growth, float64(k*period)/12)
		}
	}
	return brought
}

func TestPaybackIsTheMonthInWhichTheCostIsReachedMonthByMonth(t *testing.T) {
	random := rand.New(rand.NewPCG(23, 24))
	pick := func(of ...float64) float64 { return of[random.IntN(len(of))] }
	paid, never := 0, 0
	for range 500 {
		in := firm()
		c := &in.Customer
		c.Payments = pick(1, 4, 12)
		c.Renewals = min(c.Payments, pick(1, 4, 12))
		c.Years = pick(1, 1.5, 3, 10, math.Inf(1))
		c.Growth, c.Discount = pick(0, .1, -.2), pick(0, .2)
		c.Margin, c.Tenure = pick(1, .5), pick(0, 1)
		c.Paid = []string{customer.Start, customer.End, customer.Stayed}[random.IntN(3)]
		c.Retention = []quantity.ByTenure{constant(.8), {Early: []float64{.5, .7}, Later: .9, Period: 1}}[random.IntN(2)]
		in.SavedRetention = []quantity.ByTenure{c.Retention, constant(.6)}[random.IntN(2)]
		if c.Replaced = random.IntN(2) == 0; c.Replaced {
			c.ReplacedAfter, c.Win = .5, 200
		}
		in.Cost = 400_000 * random.Float64()
		got := figures(t, in)["retention.payback_months"]

		const months = 720
		one, share := monthly(&in, months), in.Customer.Worth().Share
		want, sum, perMonth := math.NaN(), 0.0, 0.0
		for month := range months { // in each, all who were kept so far bring their own month of life
			perMonth += one[month]
			if month >= 12 {
				perMonth -= one[month-12]
			}
			if next := sum + 50./12*share*perMonth; next >= in.Cost {
				want = float64(month) + (in.Cost-sum)/(next-sum)
				break
			} else {
				sum = next
			}
		}
		if figures(t, in)["retention.net"] < 0 {
			want = math.NaN()
		}
		if math.IsNaN(want) {
			never++
		} else {
			paid++
		}
		if math.IsNaN(got) != math.IsNaN(want) || math.Abs(got-want) > 1e-6 {
			t.Errorf("%+v: retention.payback_months = %v, want %v", in, got, want)
		}
	}
	if min(paid, never) < 50 {
		t.Errorf("%d programmes pay back and %d never do, too few to prove anything", paid, never)
	}
}

// Half leave in the first year and a fifth in each after. One who stayed that year is
// worth 1 ÷ .2 = 5 years; of those who left in it nobody would have been there as
// long: (1 − .5) ÷ .5 = 1 in the first year, (.5 − .4) ÷ .5 = .2 in the second, .16,
// .128, …, together 1 + .2 ÷ .2 = 2.
func TestALifeThatChangesWithTenureIsShownASecondTimeForThoseWhoLeave(t *testing.T) {
	in := firm()
	in.Customer.Retention = quantity.ByTenure{Early: []float64{.5}, Later: .8, Period: 1}
	in.SavedRetention = in.Customer.Retention
	in.Customer.Years, in.Customer.Tenure = math.Inf(1), 1
	report := told(t, in)
	for row, years := range []float64{5, 2} {
		for column, want := range []float64{years, 200 * 5000 * years, 50 * 5000 * years, 50*5000*years - 118_800} {
			near(t, fmt.Sprintf("column %d of row %d", column+2, row+1), cell(t, report, "by whom is lost", row, column+1), want)
		}
	}
	near(t, "retention.yearly_bill", report.Figure("retention.yearly_bill").Range.Likely, 5_000_000)
	if f := report.Figure("retention.value_lift"); !f.Absent() {
		t.Errorf("retention.value_lift of a list by tenure = %v, want it not given: there is no single retention", f.Range.Likely)
	}
	for _, table := range told(t, firm()).Tables {
		if table.Name == "by whom is lost" {
			t.Errorf("with one retention for all years there is a table of leavers, want none: they are like all others")
		}
	}
}
