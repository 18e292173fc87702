package tenure_test

import (
	"math"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/tenure"
)

// numbers is an input that is a list.
func numbers(of ...float64) *quantity.Input {
	in := &quantity.Input{Origin: quantity.FromScenario}
	for _, x := range of {
		in.List = append(in.List, quantity.Input{Range: quantity.Exactly(x)})
	}
	return in
}

// word is an input that is a choice.
func word(of string) *quantity.Input {
	return &quantity.Input{Word: of, Text: of, Origin: quantity.FromScenario}
}

// highEnd is the life table of High End (Fader & Hardie 2007, table 1): the survivors
// 1000, 869, 743, 653, 593, 551, 517 and 491 of eight years, with 1 a year for ever at
// 10 %.
func highEnd() quantity.Inputs {
	return quantity.Inputs{
		"customer.spend": calctest.Exactly(1), "customer.years": calctest.Exactly(math.Inf(1)), "customer.discount": calctest.Exactly(.1),
		"customer.survival.period":  word("year"),
		"customer.survival.at_risk": numbers(1000, 869, 743, 653, 593, 551, 517),
		"customer.survival.lost":    numbers(131, 126, 90, 60, 42, 34, 26),
		"customer.survival.tail":    word("sbg"),
	}
}

// computed binds and computes, and gives the figures by metric.
func computed(t *testing.T, in quantity.Inputs) map[string]float64 {
	t.Helper()
	figures := map[string]float64{}
	for _, f := range report(t, in).Figures {
		figures[f.Metric] = f.Range.Likely
	}
	return figures
}

func model() *calc.Model { return calc.New("survival", "", tenure.Compute).Model() }

func report(t *testing.T, in quantity.Inputs) *calc.Report {
	t.Helper()
	return calctest.Reported(t, model(), in, 6)
}

// The published estimates are .668 and 3.806 with a log-likelihood of −1611.16 (Fader &
// Hardie 2007, appendix B; .66808836, 3.80609496 and −1611.158147 by retenmod). With
// Kaplan–Meier inside the table and sBG beyond it the value is the sum, by hand in
// Python, of S(k) ÷ 1.1^k: 5.910306. Of that 1 − Σ S(k) ÷ 1.1^k for k = 0 … 7 ÷ 5.910306
// lies beyond: the 491 who stayed at the seventh renewal were observed too.
func TestHighEndFromItsCounts(t *testing.T) {
	got := computed(t, highEnd())
	inside := 0.0
	for k, survivors := range [...]float64{1000, 869, 743, 653, 593, 551, 517, 491} {
		inside += survivors / 1000 / math.Pow(1.1, float64(k))
	}
	for metric, want := range map[string]float64{
		"survival.value": 5.910306, "survival.alpha": .668088, "survival.beta": 3.806095, "survival.loglik": -1611.158147,
		"survival.retention": .869, "survival.median": 7, "survival.extrapolated_share": 1 - inside/5.910306,
	} {
		if math.Abs(got[metric]-want) > 2e-6 {
			t.Errorf("%s = %v, want %v", metric, got[metric], want)
		}
	}
	for _, metric := range [...]string{"survival.gamma", "survival.expected_years"} {
		if !math.IsNaN(got[metric]) {
			t.Errorf("%s = %v, want none", metric, got[metric])
		}
	}
}

// From the published parameters alone, the same sum is 5.922253; at tenure 3 it is 7.02
// (the sum of B(α, β+3+k) ÷ B(α, β+3) ÷ 1.1^k).
func TestHighEndFromItsParameters(t *testing.T) {
	in := highEnd()
	for _, name := range [...]string{"at_risk", "lost", "tail"} {
		delete(in, "customer.survival."+name)
	}
	in["customer.survival.alpha"], in["customer.survival.beta"] = calctest.Exactly(.66808836), calctest.Exactly(3.80609496)
	if got := computed(t, in)["survival.value"]; math.Abs(got-5.922253) > 1e-6 {
		t.Errorf("survival.value = %v, want 5.922253", got)
	}
	in["customer.tenure"] = calctest.Exactly(3)
	if got := computed(t, in)["survival.value"]; math.Abs(got-7.02) > .005 {
		t.Errorf("survival.value at tenure 3 = %v, want 7.02", got)
	}
}

// In High End churn falls with tenure. Over all seven rows 509 of 4,926 customers were
// lost a year: one constant churn rate would say 1 ÷ (1 − (1 − 509/4926)/1.1) at every
// tenure.
func TestACustomerOfFiveYearsIsWorthMoreThanANewOneWhereChurnFalls(t *testing.T) {
	in := highEnd()
	fresh := computed(t, in)["survival.value"]
	in["customer.tenure"] = calctest.Exactly(5)
	r := report(t, in)
	old, constant := r.Figure("survival.value").Range.Likely, r.Figure("survival.constant_value").Range.Likely
	if old < 1.2*fresh {
		t.Errorf("after five years the customer is worth %v, and new %v: want a fifth more at least", old, fresh)
	}
	if want := 1 / (1 - (1-509./4926)/1.1); math.Abs(constant-want) > 1e-6 {
		t.Errorf("survival.constant_value = %v, want %v", constant, want)
	}
	if !strings.Contains(r.Headline, "one constant churn rate would have said {survival.constant_value}, {1 share} less") || math.Abs(r.Terms[0]-(1-constant/old)) > 1e-6 {
		t.Errorf("the headline is %q with %v, want it to say by how much a constant rate is wrong: %v", r.Headline, r.Terms, 1-constant/old)
	}
	rows := r.Tables[0].Rows
	if len(rows) != 5 { // new, 1, 2, 3 and 5 years
		t.Fatalf("the table has %d rows, want 5", len(rows))
	}
}

// Half spend 10 and stay with 60 %, half 100 and stay with 90 %: of the money 87 % stays
// the first year, (.5·10·.6 + .5·100·.9) ÷ 55 = .872727, and of the customers 75 %.
func TestTheValueFollowsTheMoneyAndNotTheCustomers(t *testing.T) {
	in := highEnd()
	in["customer.survival.at_risk"], in["customer.survival.lost"] = numbers(1000, 750), numbers(250, 120)
	in["customer.survival.spend_at_risk"], in["customer.survival.spend_lost"] = numbers(55_000, 48_000), numbers(7000, 5700)
	in["customer.survival.tail"] = word("none")
	if got, want := computed(t, in)["survival.retention"], 48./55; math.Abs(got-want) > 1e-6 {
		t.Errorf("survival.retention = %v, want %v", got, want)
	}
	// What the table does not reach is not counted on, so nothing is extrapolated or predicted.
	if got := computed(t, in); got["survival.extrapolated_share"] != 0 || !math.IsNaN(got["survival.backtest_error"]) {
		t.Errorf("without a tail %v is extrapolated and the back-test missed by %v, want 0 and none", got["survival.extrapolated_share"], got["survival.backtest_error"])
	}
	if got := computed(t, in)["survival.median"]; !math.IsNaN(got) { // 76.9% are there at the end of the table
		t.Errorf("half have left after %v years without a tail, want that not known", got)
	}
	for _, row := range curve(t, in).Rows {
		if !math.IsNaN(row[4].Range.Likely) || row[5].Words != "observed" {
			t.Errorf("row %v is %v without a tail, want it observed and nothing fitted", row[0].Words, row)
		}
	}
	// 1 + .872727 ÷ 1.1 + 42.3/55 ÷ 1.21: without a tail nobody is counted on after that
	if got, want := computed(t, in)["survival.value"], 1+48./55/1.1+42.3/55/1.21; math.Abs(got-want) > 1e-6 {
		t.Errorf("survival.value = %v, want %v", got, want)
	}
}

func TestATableThatCannotBeIsRefusedWithItsPlaces(t *testing.T) {
	for _, test := range []struct {
		key   string
		given *quantity.Input
		wrong []string // the keys of the problems
	}{
		{"customer.survival.lost", numbers(131, 126), []string{"customer.survival.lost"}},
		{"customer.survival.lost", numbers(131, 900, 90, 60, 42, 34, 518), []string{"customer.survival.lost.2", "customer.survival.lost.7"}},
		{"customer.survival.spend_lost", numbers(1, 1, 1, 1, 1, 1, 1), []string{"customer.survival.spend_lost"}},
		{"customer.survival.tenure", numbers(1, 2, 3, 3, 5, 6, 7), []string{"customer.survival.tenure.4"}},
		{"customer.survival.alpha", calctest.Exactly(1), []string{"customer.survival.at_risk"}},
		{"customer.retention", calctest.Exactly(.8), []string{"customer.retention"}},
		{"customer.survival.lost", nil, []string{"customer.survival.at_risk"}},
		{"customer.survival.period", nil, []string{"customer.survival.period"}},
	} {
		in := highEnd()
		if in[test.key] = test.given; test.given == nil {
			delete(in, test.key)
		}
		var keys []string
		for _, problem := range calc.ProblemsOf(model().Bind(calctest.Keyed(in))) {
			keys = append(keys, problem.Key)
		}
		if strings.Join(keys, " ") != strings.Join(test.wrong, " ") {
			t.Errorf("with %s: problems with %v, want %v", test.key, keys, test.wrong)
		}
	}
}

// Parameters have no rows, so nothing can be said of each.
func TestParametersTakeNoColumns(t *testing.T) {
	for _, column := range [...]string{"lost", "spend_at_risk", "spend_lost", "tenure", "active"} {
		in := highEnd()
		for _, name := range [...]string{"at_risk", "lost", "tail"} {
			delete(in, "customer.survival."+name)
		}
		in["customer.survival.alpha"], in["customer.survival.beta"] = calctest.Exactly(.668), calctest.Exactly(3.806)
		in["customer.survival."+column] = numbers(10, 20)
		all := calc.ProblemsOf(model().Bind(calctest.Keyed(in)))
		if len(all) != 1 || all[0].Key != "customer.survival."+column {
			t.Errorf("with %s: the problems are %v, want one with it", column, all)
		}
	}
}

// How long customers stay does not depend on what they spend.
func TestWithoutASpendTheCurveIsToldAndNoValue(t *testing.T) {
	in := highEnd()
	delete(in, "customer.spend")
	got := computed(t, in)
	if got["survival.retention"] != .869 || got["survival.median"] != 7 {
		t.Errorf("the chance to stay is %v and the median %v, want .869 and 7", got["survival.retention"], got["survival.median"])
	}
	for _, metric := range [...]string{"survival.value", "survival.constant_value"} {
		if !math.IsNaN(got[metric]) {
			t.Errorf("%s = %v, want none", metric, got[metric])
		}
	}
}

// curve is the table of the curve.
func curve(t *testing.T, in quantity.Inputs) *calc.Table {
	t.Helper()
	tables := report(t, in).Tables
	return tables[len(tables)-1]
}

// parts is a row's renewal and part.
func parts(table *calc.Table) (all []string) {
	for _, row := range table.Rows {
		all = append(all, row[0].Words+" "+row[len(row)-1].Words)
	}
	return all
}

// By hand: 1,000, 869, 743 … survivors are the shares. The variance of a share S is, by
// Greenwood, S² × Σ lost ÷ (at risk × those who stay), and 1.96 errors are the band. The
// fitted line is the product of (β+t−1) ÷ (α+β+t−1), and beyond the table the last share,
// .491, goes on with those. The back-test fits 5 of the 7 renewals.
func TestTheCurveHoldsItsBandItsFitAndItsParts(t *testing.T) {
	const alpha, beta = .66808836, 3.80609496
	table := curve(t, highEnd())
	survivors := []float64{1000, 869, 743, 653, 593, 551, 517, 491}
	variance, fitted, beyond := 0.0, 1.0, .491
	if len(table.Rows) != 11 {
		t.Fatalf("the curve has %d rows, want those of 7 renewals, half as many again, and the beginning", len(table.Rows))
	}
	for i, row := range table.Rows {
		at := float64(i)
		want := []float64{beyond, math.NaN(), math.NaN(), fitted}
		if i > 0 {
			hold := (beta + at - 1) / (alpha + beta + at - 1)
			fitted *= hold
			want[3] = fitted
			if i > 7 {
				beyond *= hold
				want[0] = beyond
			}
		}
		if i <= 7 {
			share := survivors[i] / 1000
			if i > 0 {
				variance += (survivors[i-1] - survivors[i]) / (survivors[i-1] * survivors[i])
			}
			wide := 1.96 * share * math.Sqrt(variance)
			want[0], want[1], want[2] = share, share-wide, share+wide
		}
		for column, w := range want {
			if got := row[column+1].Range.Likely; math.Abs(got-w) > 2e-6 || math.IsNaN(got) != math.IsNaN(w) {
				t.Errorf("renewal %s, %s = %v, want %v", row[0].Words, table.Columns[column+1].Name, got, w)
			}
		}
	}
	want := "0 observed|1 observed|2 observed|3 observed|4 observed|5 observed|6 back-test|7 back-test|8 forecast|9 forecast|10 forecast"
	if got := strings.Join(parts(table), "|"); got != want {
		t.Errorf("the parts are %s, want %s", got, want)
	}
}

// Rows that cover renewals 1 to 4 and 5 to 9: two thirds of nine are six, and the back-test
// can fit the first row alone.
func TestThePartOfTheBackTestBeginsWhereItsFitEnds(t *testing.T) {
	in := highEnd()
	in["customer.survival.at_risk"], in["customer.survival.lost"], in["customer.survival.tenure"] = numbers(4000, 3000), numbers(400, 200), numbers(4, 9)
	in["customer.survival.tail"] = word("geometric")
	got := strings.Join(parts(curve(t, in)), "|")
	if want := "4 observed|5 back-test|6 back-test|7 back-test|8 back-test|9 back-test|10 forecast"; !strings.Contains(got, want) {
		t.Errorf("the parts are %s, want %s", got, want)
	}
	for _, note := range report(t, in).Notes {
		if strings.HasPrefix(note.Text, "the back-test predicts") && (note.Terms[0] != 4 || note.Terms[1] != 9) {
			t.Errorf("the note says after number %v, want 4 of 9", note.Terms)
		}
	}
}

// 72 months and half as many again in at most 25 rows takes steps of five or more; six are
// half a year.
func TestEachWholeYearOfACurveByTheMonthHasARow(t *testing.T) {
	in := highEnd()
	in["customer.survival.period"] = word("month")
	atRisk, lost := make([]float64, 72), make([]float64, 72)
	for i := range atRisk {
		atRisk[i], lost[i] = 10_000-100*float64(i), 100
	}
	in["customer.survival.at_risk"], in["customer.survival.lost"] = numbers(atRisk...), numbers(lost...)
	got := strings.Join(parts(curve(t, in)), "|")
	for _, want := range []string{"0 observed|6 observed|12 observed|", "|48 observed|54 back-test|60 back-test|66 back-test|72 back-test|78 forecast|", "|108 forecast"} {
		if !strings.Contains(got, want) {
			t.Errorf("the rows are %s, want among them %s", got, want)
		}
	}
}

// Of published parameters nothing is observed: there is no band.
func TestACurveOfParametersIsAForecast(t *testing.T) {
	in := highEnd()
	for _, name := range [...]string{"at_risk", "lost", "tail"} {
		delete(in, "customer.survival."+name)
	}
	in["customer.survival.alpha"], in["customer.survival.beta"] = calctest.Exactly(.66808836), calctest.Exactly(3.80609496)
	table := curve(t, in)
	for i, row := range table.Rows {
		if row[5].Words != "forecast" || !math.IsNaN(row[2].Range.Likely) || math.Abs(row[1].Range.Likely-row[4].Range.Likely) > 1e-6 {
			t.Errorf("row %d is %v, want a forecast by the model and no band", i, row)
		}
	}
}

// Fewer than thirty at risk are not observed, and the model is then shown alone.
func TestTheCurveOfAFewCustomersIsAForecast(t *testing.T) {
	in := highEnd()
	in["customer.survival.at_risk"], in["customer.survival.lost"] = numbers(29, 20, 15), numbers(9, 5, 3)
	in["customer.survival.tail"] = word("geometric")
	got := parts(curve(t, in))
	if len(got) != 21 || got[0] != "0 forecast" || got[20] != "20 forecast" {
		t.Errorf("the rows are %q, want the forecast of twenty renewals", got)
	}
}
