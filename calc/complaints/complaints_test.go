package complaints_test

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/complaints"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/evidence"
	"github.com/churncost/churncost/calc/quantity"
)

// near requires equality except for the last digits of a float64.
func near(t *testing.T, call string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", call, got, want)
	}
}

// iceberg is the worked example: 100 unhappy, of whom 4 % speak up; half of the
// complaints are resolved, half of those quickly. A customer is worth 1,000. The
// shares who return are TARP's for losses over $100, as 服务顾问007 prints them.
func iceberg() complaints.Inputs {
	return complaints.Inputs{
		Received: math.NaN(), Unhappy: 100, ByPeople: true, SpeakUp: .04,
		Handled: complaints.Handling{Resolved: .5, Quickly: .5},
		Ticket:  complaints.Large,
		Return:  complaints.Returns{Silent: .09, Unresolved: .19, Resolved: .54, Quick: .82, Content: 1},
		Token:   math.NaN(), Impressions: math.NaN(), ImpressionCost: math.NaN(),
		Valued:   true,
		Customer: customer.Inputs{Spend: 100, Visits: 1, Payments: 1, Renewals: 1, Years: 10, Margin: 1, Churn: math.NaN(), Retention: quantity.ByTenure{Later: 1}, Paid: customer.Start},
	}
}

// told computes and reports.
func told(t *testing.T, in complaints.Inputs) *calc.Report {
	t.Helper()
	var result complaints.Result
	err := complaints.Compute(&in, &result)
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

// table gives the numbers of a table by the words that begin its rows.
func table(t *testing.T, r *calc.Report, name string) map[string][]float64 {
	t.Helper()
	for _, table := range r.Tables {
		if table.Name != name {
			continue
		}
		rows := map[string][]float64{}
		for _, row := range table.Rows {
			words, numbers := "", []float64{}
			for _, cell := range row {
				if cell.Kind == calc.WordCell {
					words += cell.Words
				} else {
					numbers = append(numbers, cell.Range.Likely)
				}
			}
			rows[words] = numbers
		}
		return rows
	}
	t.Fatalf("no table is called %q", name)
	return nil
}

// 96 say nothing and 9 % of them return, 8.64; 2 complain in vain, .38; 1 is
// helped, .54; 1 quickly, .82. That is 10.38 of 100.
func TestOfAHundredUnhappyOfWhomFourSpeak10Point38Return(t *testing.T) {
	report := told(t, iceberg())
	near(t, "complaints.lost", value(report, "complaints.lost"), 89.62)
	near(t, "complaints.iceberg", value(report, "complaints.iceberg"), 25)
	funnel := table(t, report, "funnel")
	for channel, want := range map[string][]float64{ // customers, buy again, return, lost, at risk
		"never complained":         {96, .09, 8.64, 87.36, 87_360},
		"complained, not resolved": {2, .19, .38, 1.62, 1620},
		"resolved":                 {1, .54, .54, .46, 460},
		"resolved quickly":         {1, .82, .82, .18, 180},
		"all unhappy":              {100, .1038, 10.38, 89.62, 89_620},
	} {
		for i := range want {
			near(t, fmt.Sprintf("column %d of %q", i+2, channel), funnel[channel][i], want[i])
		}
	}
}

// 19 − 9 = 10 points for speaking up, 54 − 19 = 35 for resolving, 82 − 54 = 28 for
// hurrying; 54 − 9 = 45 from silence to a resolved complaint. Who speaks up and
// is handled as today returns with ½ × 19 + ¼ × 54 + ¼ × 82 = 43.5 %, 34.5 points more.
func TestASilentCustomerWhoSpeaksAndIsHelpedIsWorth45PointsOfTheirValue(t *testing.T) {
	report := told(t, iceberg())
	for metric, want := range map[string]float64{"speaking_up": 100, "resolving": 350, "hurrying": 280, "one_more_voice": 345} {
		near(t, "complaints.worth."+metric, value(report, "complaints.worth."+metric), want)
	}
	steps := table(t, report, "steps")
	for step, want := range map[string]float64{
		"silent → speaks up, not resolved":     .1,
		"not resolved → resolved":              .35,
		"resolved → resolved quickly":          .28,
		"silent → resolved":                    .45,
		"silent → speaks up, handled as today": .345,
	} {
		near(t, step+", in points", steps[step][0], want)
		near(t, step+", in money", steps[step][1], 1000*want)
	}
}

// 4 % loses 89.62 %, while the same text says that 75.3 % stop or buy less; at the
// 50 % of the 4 %'s own author, 1 − ½ × 9 % − ½ × 43.5 % = 73.75 % are lost.
func TestTheCrossCheckHoldsTheFamous4PercentAgainstItsOwnTextAndItsAuthor(t *testing.T) {
	in := iceberg()
	in.SpeakUp = .3
	check := table(t, told(t, in), "cross-check")
	for whose, want := range map[string][]float64{
		"the scenario's":                                 {.3, 1 - .7*.09 - .3*.435},
		"the famous 4%, grade X":                         {.04, .8962},
		"Goodman's correction of 2005":                   {.5, .7375},
		"the same text's own: stop or buy less, grade C": {.753},
	} {
		if len(check[whose]) != len(want) {
			t.Fatalf("the row %q holds %v, want %v", whose, check[whose], want)
		}
		for i := range want {
			near(t, whose, check[whose][i], want[i])
		}
	}
}

// Where half of those with nothing to complain of return, the silent are 41 points
// short and those helped are none: 96 × .41 + 2 × .31 = 39.98 of 1,000 each.
func TestAtRiskIsWhatIsMissingAgainstThoseWithNothingToComplainOfAndNeverLess(t *testing.T) {
	in := iceberg()
	in.Return.Content = .5
	report := told(t, in)
	near(t, "complaints.at_risk", value(report, "complaints.at_risk"), 39_980)
	near(t, "complaints.lost", value(report, "complaints.lost"), 89.62)
	warned := false
	for _, note := range report.Notes {
		warned = warned || note.Key == "complaints.return.content"
	}
	if !warned {
		t.Errorf("nothing warns that 82 %% of the quickly helped return and only 50 %% of the content: %v", report.Notes)
	}
}

// A gift of 20 pays for itself with 20 ÷ 1,000 = 2 points; twelve impressions at
// 1.50 are 18.
func TestATokenAndTwelveGoodImpressionsHaveTheirPrice(t *testing.T) {
	in := iceberg()
	in.Token, in.Impressions, in.ImpressionCost = 20, 12, 1.5
	report := told(t, in)
	near(t, "complaints.token_break_even", value(report, "complaints.token_break_even"), .02)
	near(t, "complaints.repair_cost", value(report, "complaints.repair_cost"), 18)
}

func TestWithoutACustomerPeopleAreCountedAndMoneyIsNot(t *testing.T) {
	in := iceberg()
	in.Valued, in.Customer, in.Token = false, customer.Inputs{}, 20
	report := told(t, in)
	near(t, "complaints.lost", value(report, "complaints.lost"), 89.62)
	for _, f := range report.Figures {
		if (f.Unit.Kin() == quantity.Money || f.Unit == quantity.Points) && !f.Absent() {
			t.Errorf("%s without a customer = %v, want it absent", f.Metric, f.Range.Likely)
		}
	}
	if want := "Of {1} unhappy customers about {complaints.lost} do not buy again"; report.Headline != want || report.Terms[0] != 100 {
		t.Errorf("the headline is %q with %v, want %q with 100", report.Headline, report.Terms, want)
	}
}

// 87.36 + 1.62 + .46 + .18 = 89.62 of 100 do not return, each of whom is worth 1,000.
func TestTheHeadlineSaysHowManyAreUnhappyAndHowMuchIsAtRisk(t *testing.T) {
	for margin, want := range map[float64]string{1: " in sales", .5: " in margin"} {
		in := iceberg()
		in.Customer.Margin = margin
		report := told(t, in)
		near(t, "complaints.at_risk", value(report, "complaints.at_risk"), 89_620*margin)
		if want := "Of {1} unhappy customers about {complaints.lost} do not buy again; {complaints.at_risk}" + want + " is at risk a year"; report.Headline != want || report.Terms[0] != 100 {
			t.Errorf("at a margin of %v the headline is %q with %v, want %q with 100", margin, report.Headline, report.Terms, want)
		}
	}
}

// 4 complaints, where 4 % speak up, mean 100 unhappy.
func TestComplaintsReceivedSayHowManyAreUnhappy(t *testing.T) {
	in := iceberg()
	in.Counted, in.Received, in.ByPeople, in.Unhappy = true, 4, false, math.NaN()
	got, want := told(t, in), told(t, iceberg())
	for i := range want.Figures {
		near(t, want.Figures[i].Metric+" of 4 complaints instead of 100 unhappy", orNothing(got.Figures[i].Range.Likely), orNothing(want.Figures[i].Range.Likely))
	}
	for channel, numbers := range table(t, want, "funnel") {
		for i := range numbers {
			near(t, fmt.Sprintf("column %d of %q", i+2, channel), table(t, got, "funnel")[channel][i], numbers[i])
		}
	}
	if got.Terms[0] != 100 {
		t.Errorf("the headline tells of %v unhappy, want 100", got.Terms)
	}
	in.SpeakUp = .5 // 8 unhappy, of whom half say nothing: 4 × .91 + 2 × .81 + .46 + .18 = 5.9 are lost
	near(t, "complaints.lost of 4 complaints where half speak up", value(told(t, in), "complaints.lost"), 5.9)
}

// orNothing returns 0 for an absent figure.
func orNothing(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return x
}

func TestComplaintsFromPeopleWhoNeverComplainAreRefused(t *testing.T) {
	in := iceberg()
	in.Counted, in.Received, in.SpeakUp = true, 4, 0
	err := complaints.Compute(&in, new(complaints.Result))
	if problem, ok := err.(*calc.Problem); !ok || problem.Key != "complaints.speak_up" {
		t.Errorf("Compute of 4 complaints of whom nobody speaks up fails with %v, want a problem with complaints.speak_up", err)
	}
}

// given binds the calculator to numbers by key, below complaints.
func given(numbers map[string]float64, more quantity.Inputs) (*calc.Model, error) {
	in := quantity.Inputs{}
	for key, number := range numbers {
		in["complaints."+key] = &quantity.Input{Key: "complaints." + key, Range: quantity.Exactly(number)}
	}
	maps.Copy(in, more)
	m := calc.New("complaints", "", complaints.Compute).Model()
	m.UseBenchmarks()
	return m, m.Bind(in)
}

func TestTheComplaintsOrTheUnhappyAreGivenAndNotBoth(t *testing.T) {
	for _, test := range []struct {
		given map[string]float64
		want  string // the key of the only problem, if there is one
	}{
		{map[string]float64{"received": 4}, ""},
		{map[string]float64{"unhappy": 100}, ""},
		{map[string]float64{"received": 4, "unhappy": 100}, "complaints.unhappy"},
		{map[string]float64{}, "complaints.received"},
	} {
		numbers := map[string]float64{"speak_up": .04, "resolved": .5, "quickly": .5}
		maps.Copy(numbers, test.given)
		_, err := given(numbers, nil)
		problems, _ := err.(calc.Problems)
		var got strings.Builder
		for _, problem := range problems {
			got.WriteString(problem.Key)
		}
		if got.String() != test.want {
			t.Errorf("given %v, binding fails with %v at %q, want a problem at %q alone", test.given, err, got.String(), test.want)
		}
	}
}

// Of 4 complaints 2 are resolved and 1 of those not quickly. That one would return
// with 82 and not 54 %: 28 % of 1,000.
func TestHurryingAllIsWhatItIsWorthToHurryThoseWhoAreHelpedSlowly(t *testing.T) {
	report := told(t, iceberg())
	f := report.Figure("complaints.worth.hurrying_all")
	near(t, f.Metric, f.Range.Likely, 280)
	if f.Unit != quantity.MoneyPerYear {
		t.Errorf("%s is in %s, want money a year", f.Metric, f.Unit)
	}
	in := iceberg()
	in.Handled.Resolved, in.Handled.Quickly = .75, 0 // 3 of the 4, none quickly
	near(t, f.Metric+" where none is hurried", value(told(t, in), f.Metric), 840)
	in.Handled.Quickly = 1
	near(t, f.Metric+" where all are hurried", value(told(t, in), f.Metric), 0)
}

// 100 a year for ten years, replaced after one for 50: losing one costs 150 and not 1,000.
func TestWhereCustomersAreReplacedAComplaintIsWorthLess(t *testing.T) {
	in := iceberg()
	in.Customer.Replaced, in.Customer.ReplacedAfter, in.Customer.Win = true, 1, 50
	in.Token = 3
	report := told(t, in)
	for metric, want := range map[string]float64{
		"complaints.at_risk":            89.62 * 150,
		"complaints.worth.speaking_up":  15,
		"complaints.worth.resolving":    52.5,
		"complaints.worth.hurrying":     42,
		"complaints.worth.hurrying_all": 42,
		"complaints.token_break_even":   .02,
	} {
		near(t, metric, value(report, metric), want)
	}
}

func TestWhereNobodySpeaksUpThereIsNoIcebergAndWhereNobodyBringsMarginNoTokenPays(t *testing.T) {
	in := iceberg()
	in.SpeakUp, in.Customer.Margin, in.Token = 0, 0, 20
	report := told(t, in)
	near(t, "complaints.lost", value(report, "complaints.lost"), 91)
	for metric, why := range map[string]string{"complaints.iceberg": "nobody complains", "complaints.token_break_even": "the customer brings no margin"} {
		if f := report.Figure(metric); !f.Absent() || f.AbsenceReason != why {
			t.Errorf("%s = %v because %q, want it absent because %q", metric, f.Range.Likely, f.AbsenceReason, why)
		}
	}
}

// drawn is a scenario at random.
func drawn(random *rand.Rand) complaints.Inputs {
	in := iceberg()
	in.Unhappy, in.SpeakUp = 1000*random.Float64(), random.Float64()
	in.Handled = complaints.Handling{Resolved: random.Float64(), Quickly: random.Float64()}
	in.Return = complaints.Returns{Silent: random.Float64(), Unresolved: random.Float64(), Resolved: random.Float64(), Quick: random.Float64(), Content: random.Float64()}
	in.Customer.Spend = 1000 * random.Float64()
	return in
}

func TestTheFunnelLosesNobody(t *testing.T) {
	random := rand.New(rand.NewPCG(31, 32))
	for range 1000 {
		in := drawn(random)
		report := told(t, in)
		funnel := table(t, report, "funnel")
		people, back, lost := 0.0, 0.0, 0.0
		for channel, row := range funnel {
			if channel == "all unhappy" {
				continue
			}
			if row[0] < 0 {
				t.Errorf("%+v: %v go the way %q, want no fewer than none", in, row[0], channel)
			}
			people, back, lost = people+row[0], back+row[2], lost+row[3]
		}
		call := fmt.Sprintf("%+v: ", in)
		near(t, call+"people in the channels", people, in.Unhappy)
		near(t, call+"returned and lost", back+lost, in.Unhappy)
		near(t, call+"complaints.lost", value(report, "complaints.lost"), lost)
		near(t, call+"returned of all", funnel["all unhappy"][2], back)
		near(t, call+"the share of all who return", funnel["all unhappy"][1]*in.Unhappy, back)
	}
}

func TestTheStepsFromSilenceToBeingHelpedQuicklyAddUp(t *testing.T) {
	random := rand.New(rand.NewPCG(33, 34))
	for range 1000 {
		in := drawn(random)
		report := told(t, in)
		sum := value(report, "complaints.worth.speaking_up") + value(report, "complaints.worth.resolving") + value(report, "complaints.worth.hurrying")
		near(t, fmt.Sprintf("%+v: the steps", in), sum, (in.Return.Quick-in.Return.Silent)*10*in.Customer.Spend)
	}
}

// TARP's two tables, however complaints are handled and whatever a customer is worth.
func TestUnderTheDefaultTablesNoStepIsWorthLessThanNothing(t *testing.T) {
	share := func(s *quantity.Source) float64 { return s.Values[0].Likely }
	tables := map[string]complaints.Returns{
		complaints.Large: {Silent: share(evidence.ReturnSilent), Unresolved: share(evidence.ReturnUnresolved), Resolved: share(evidence.ReturnResolved), Quick: share(evidence.ReturnQuick), Content: 1},
		complaints.Small: {Silent: share(evidence.ReturnSilentSmall), Unresolved: share(evidence.ReturnUnresolvedSmall), Resolved: share(evidence.ReturnResolvedSmall), Quick: share(evidence.ReturnQuickSmall), Content: 1},
	}
	random := rand.New(rand.NewPCG(35, 36))
	for ticket, returns := range tables {
		for range 1000 {
			in := drawn(random)
			in.Ticket, in.Return = ticket, returns
			report := told(t, in)
			for _, step := range []string{"speaking_up", "resolving", "hurrying", "one_more_voice"} {
				if worth := value(report, "complaints.worth."+step); !(worth >= 0) {
					t.Errorf("%+v: complaints.worth.%s = %v, want nothing below 0", in, step, worth)
				}
			}
		}
	}
}

// Huba's table, after TARP: losses over $100 and under $5.
func TestTheTicketChoosesTheTable(t *testing.T) {
	for ticket, want := range map[string][4]float64{"large": {.09, .19, .54, .82}, "small": {.37, .46, .7, .95}, "": {.09, .19, .54, .82}} {
		more := quantity.Inputs{}
		if ticket != "" {
			more["complaints.ticket"] = &quantity.Input{Word: ticket}
		}
		m, err := given(map[string]float64{"unhappy": 100, "speak_up": .5, "resolved": .5, "quickly": .5}, more)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, in := range m.Inputs() {
			for i, channel := range []string{"silent", "unresolved", "resolved", "quick"} {
				if in.Key != "complaints.return."+channel {
					continue
				}
				found++
				if in.Range.Likely != want[i] || in.Origin != quantity.FromBenchmark {
					t.Errorf("ticket %q: %s = %v from %s, want %v from a benchmark", ticket, in.Key, in.Range.Likely, in.Origin, want[i])
				}
			}
		}
		if found != 4 {
			t.Errorf("ticket %q: %d shares who return are bound, want 4", ticket, found)
		}
	}
}

func TestALifetimeThatNeverEndsIsRefused(t *testing.T) {
	in := iceberg()
	in.Customer.Years = math.Inf(1)
	if err := complaints.Compute(&in, new(complaints.Result)); err == nil || err.(*calc.Problem).Key != "customer.years" {
		t.Errorf("Compute for ever at r 100 %% fails with %v, want a problem with customer.years", err)
	}
}
