package ratio_test

import (
	"math"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/ratio"
)

// near demands equality but for the last digits of a float64.
func near(t *testing.T, call string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", call, got, want)
	}
}

// report computes and tells.
func report(t *testing.T, in ratio.Inputs) *calc.Report {
	t.Helper()
	var result ratio.Result
	err := ratio.Compute(&in, &result)
	if err != nil {
		t.Fatalf("Compute(%+v): %v", in, err)
	}
	told := new(calc.Report)
	result.Tell(told)
	return told
}

func figure(r *calc.Report, metric string) float64 { return r.Figure(metric).Range.Likely }

// yearly is a customer who brings an amount a year, for some years.
func yearly(amount, years float64) customer.Inputs {
	return customer.Inputs{Spend: amount, Visits: 1, Years: years, Margin: 1, Retention: 1, Paid: customer.Start}
}

// The founding text's report: 118 cents for a new buyer, 19 to keep one. 118 ÷
// 19 = 6.2105; the text rounds it down to six.
func TestA118CentsAgainst19AreSixPointTwo(t *testing.T) {
	told := report(t, ratio.Inputs{Win: 1.18, Keep: .19})
	if got := figure(told, "ratio.win_to_keep"); math.Abs(got-6.2105) > .00005 {
		t.Errorf("ratio.win_to_keep of 1.18 and 0.19 = %v, want 6.2105", got)
	}
}

func TestWithoutACustomerValueAndPaybackAreNotGivenAndSayWhichKeysWouldGiveThem(t *testing.T) {
	told := report(t, ratio.Inputs{Win: 1.18, Keep: .19})
	for _, metric := range []string{"ratio.value_to_win", "ratio.payback_years"} {
		f := told.Figure(metric)
		if !f.Absent() || len(f.Keys) != 2 || f.Keys[0] != "customer.spend" || f.Keys[1] != "customer.years" {
			t.Errorf("%s = %v, needs %v; want it absent and in need of customer.spend and customer.years", metric, f.Range.Likely, f.Keys)
		}
	}
}

// 200 a year for three years against 150: 600 ÷ 150 = 4 times, and 150 ÷ 200 of a year.
func TestACustomerPaysBackWhatWinningCost(t *testing.T) {
	told := report(t, ratio.Inputs{Win: 150, Keep: 30, Valued: true, Customer: yearly(200, 3)})
	near(t, "ratio.win_to_keep", figure(told, "ratio.win_to_keep"), 5)
	near(t, "ratio.value_to_win", figure(told, "ratio.value_to_win"), 4)
	near(t, "ratio.payback_years", figure(told, "ratio.payback_years"), .75)
	if reading := told.Figure("ratio.payback_years").Reading; reading != "" {
		t.Errorf("ratio.payback_years reads %q, want its number", reading)
	}
}

// 200 a year for three years never pays 601 back; 600 it does, just.
func TestAPaybackBeyondTheLifetimeReadsNever(t *testing.T) {
	for win, want := range map[float64]string{601: "never in this lifetime", 600: ""} {
		told := report(t, ratio.Inputs{Win: win, Keep: 30, Valued: true, Customer: yearly(200, 3)})
		f := told.Figure("ratio.payback_years")
		near(t, "ratio.payback_years", f.Range.Likely, win/200)
		if f.Reading != want {
			t.Errorf("with win_cost %v, ratio.payback_years reads %q, want %q", win, f.Reading, want)
		}
	}
}

// Margin and churn, not sales: m = 50 % of 200, V = 100 + 80 + 64 = 244.
func TestValueAndPaybackAreOfTheMargin(t *testing.T) {
	c := yearly(200, 3)
	c.Margin, c.Retention = .5, .8
	told := report(t, ratio.Inputs{Win: 61, Keep: 30, Valued: true, Customer: c})
	near(t, "ratio.value_to_win", figure(told, "ratio.value_to_win"), 4)
	near(t, "ratio.payback_years", figure(told, "ratio.payback_years"), .61)
}

func TestACustomerWithoutMarginNeverPaysBack(t *testing.T) {
	c := yearly(200, 3)
	c.Margin = 0
	told := report(t, ratio.Inputs{Win: 61, Keep: 30, Valued: true, Customer: c})
	near(t, "ratio.value_to_win", figure(told, "ratio.value_to_win"), 0)
	if f := told.Figure("ratio.payback_years"); !f.Absent() || f.Reason == "" {
		t.Errorf("ratio.payback_years at no margin = %v with reason %q, want it absent with a reason", f.Range.Likely, f.Reason)
	}
}

// Quoted ratios stand beside the scenario's own, for comparison: typing the
// costs does not make the result rest on them.
func TestTheFamousRatiosStandBesideAndAreNotRestedOn(t *testing.T) {
	m := calc.New("ratio", "", ratio.Compute).Model()
	if err := m.Bind(calc.Inputs{"acquisition.win_cost": {Range: calc.Exactly(5)}, "acquisition.keep_cost": {Range: calc.Exactly(1)}}); err != nil {
		t.Fatal(err)
	}
	told, err := m.Report(2)
	if err != nil {
		t.Fatal(err)
	}
	f := told.Figure("ratio.win_to_keep")
	if len(f.Beside) == 0 || len(f.Rests) != 0 || f.Worst() != "" {
		t.Errorf("ratio.win_to_keep has %d figures beside it and rests on %d of grade %q; want some, none and no grade", len(f.Beside), len(f.Rests), f.Worst())
	}
}
