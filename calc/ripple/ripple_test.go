package ripple_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/attribution"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/ripple"
	"github.com/churncost/churncost/calc/wordofmouth"
)

// near requires equality except for the last digits of a float64.
func near(t *testing.T, call string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", call, got, want)
	}
}

// halfLettuce is the founding story: $2,600 a year for ten years; she tells 11,
// each of them tells 5; a quarter of all who heard stays away.
func halfLettuce(rule string) ripple.Inputs {
	return ripple.Inputs{
		Customer: customer.Inputs{Spend: 2600, Visits: 1, Payments: 1, Renewals: 1, Years: 10, Margin: 1, Churn: math.NaN(),
			Retention: quantity.ByTenure{Later: 1}, Paid: customer.Start},
		WordOfMouth: wordofmouth.Inputs{Tells: []float64{11, 5}, Leave: .25, Rule: rule, Talkers: 1, Buyers: 1, Value: 1, Circle: math.NaN()},
	}
}

// report computes and reports.
func report(t *testing.T, in ripple.Inputs) *calc.Report {
	t.Helper()
	var result ripple.Result
	err := ripple.Compute(&in, &result)
	if err != nil {
		t.Fatalf("Compute(%+v): %v", in, err)
	}
	told := new(calc.Report)
	result.Tell(told)
	result.Warn(told)
	return told
}

func figure(r *calc.Report, metric string) float64 { return r.Figure(metric).Range.Likely }

// 1 + 11 + 55 = 67; 67 × 25 % = 16.75, about 17; 17 × 2,600 = 44,200; ten years 442,000.
func TestHalfALettuceCosts442000(t *testing.T) {
	told := report(t, halfLettuce(wordofmouth.Book))
	near(t, "ripple.heard", figure(told, "ripple.heard"), 67)
	near(t, "ripple.followers", figure(told, "ripple.followers"), 16)
	near(t, "ripple.leave", figure(told, "ripple.leave"), 17)
	near(t, "ripple.loss_per_year", figure(told, "ripple.loss_per_year"), 44_200)
	near(t, "ripple.loss", figure(told, "ripple.loss"), 442_000)
}

// 66 × 25 % = 16.5 beside her: 17.5 × 2,600 = 45,500.
func TestByExpectationSeventeenAndAHalfLeave(t *testing.T) {
	told := report(t, halfLettuce(wordofmouth.Expected))
	near(t, "ripple.leave", figure(told, "ripple.leave"), 17.5)
	near(t, "ripple.loss_per_year", figure(told, "ripple.loss_per_year"), 45_500)
	near(t, "ripple.loss", figure(told, "ripple.loss"), 455_000)
}

// $65 a visit, 4 to 6 visits a year, 10 years, ten told, all of them leave:
// 11 × 65 × 4 × 10 = 28,600 and 11 × 65 × 6 × 10 = 42,900.
func TestTenToldWhoAllLeaveCostFrom28600To42900(t *testing.T) {
	m := calc.New("ripple", "", ripple.Compute).Model()
	if err := m.Bind(quantity.Inputs{
		"customer.spend":      {Range: quantity.Exactly(65), Per: quantity.Period{Name: "visit", PerAnn: 1}, Counted: "customer.visits"},
		"customer.visits":     {Range: quantity.Between(4, 6)},
		"customer.years":      {Range: quantity.Exactly(10)},
		"word_of_mouth.tells": {List: []quantity.Input{{Range: quantity.Exactly(10)}}},
		"word_of_mouth.leave": {Range: quantity.Exactly(1)},
		"word_of_mouth.rule":  {Word: wordofmouth.Expected},
	}); err != nil {
		t.Fatal(err)
	}
	told, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := told.Figure("ripple.loss").Range, (quantity.Range{Low: 28_600, Likely: 35_750, High: 42_900}); got != want {
		t.Errorf("ripple.loss = %v, want %v", got, want)
	}
}

// The famous numbers do not become facts by being typed: P. Timm's 11 and 5 are
// B, the assumed quarter and the assumed equal spend C.
func TestHalfALettuceIsBasedOnTimmAndOnTwoAssumptions(t *testing.T) {
	m := calc.New("ripple", "", ripple.Compute).Model()
	if err := m.Bind(quantity.Inputs{
		"customer.spend":      {Range: quantity.Exactly(2600)},
		"customer.years":      {Range: quantity.Exactly(10)},
		"word_of_mouth.tells": {List: []quantity.Input{{Range: quantity.Exactly(11)}, {Range: quantity.Exactly(5)}}},
		"word_of_mouth.leave": {Key: "word_of_mouth.leave", Range: quantity.Exactly(.25)},
		"word_of_mouth.rule":  {Word: wordofmouth.Book},
	}); err != nil {
		t.Fatal(err)
	}
	told, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, in := range attribution.BuiltIn(told.Figure("ripple.loss").BasedOn) {
		got.WriteString(fmt.Sprintf("%s (%s) ", in.Key, in.Evidence.Grade))
	}
	if want := "word_of_mouth.tells.1 (B) word_of_mouth.tells.2 (B) word_of_mouth.leave (C) word_of_mouth.value (C) "; got.String() != want {
		t.Errorf("ripple.loss is based on %s, want %s", got.String(), want)
	}
	for metric, want := range map[string]quantity.Class{
		"ripple.heard": quantity.Class(quantity.GradeB), // nobody has to stay away for it
		"ripple.leave": quantity.Class(quantity.GradeC),
		"ripple.loss":  quantity.Class(quantity.GradeC),
	} {
		if got := attribution.Weakest(told.Figure(metric).BasedOn); got != want {
			t.Errorf("%s is based on class %q at its weakest, want %q", metric, got, want)
		}
	}
}

// A follower worth half as much: 1 + ½ × 16 = 9 customers' worth, of 10 % of
// 2,600 a year: 9 × 260 and 9 × 2,600.
func TestFollowersCountByTheirValueAndAllByTheMargin(t *testing.T) {
	in := halfLettuce(wordofmouth.Book)
	in.WordOfMouth.Value, in.Customer.Margin = .5, .1
	told := report(t, in)
	near(t, "ripple.leave", figure(told, "ripple.leave"), 17)
	near(t, "ripple.loss_per_year", figure(told, "ripple.loss_per_year"), 2340)
	near(t, "ripple.loss", figure(told, "ripple.loss"), 23_400)
}

// The customer stayed a year: 2,600 × (1 + .8 + .64) = 6,344 in three years are lost.
// The sixteen who follow are new: 2,600 × (1 + .6 + .48) = 5,408 each.
func TestFollowersAreValuedAsNewCustomers(t *testing.T) {
	in := halfLettuce(wordofmouth.Book)
	in.Customer.Years, in.Customer.Tenure = 3, 1
	in.Customer.Retention = quantity.ByTenure{Early: []float64{.6}, Later: .8, Period: 1}
	told := report(t, in)
	near(t, "ripple.loss_per_year", figure(told, "ripple.loss_per_year"), 44_200)
	near(t, "ripple.loss", figure(told, "ripple.loss"), 6344+16*5408)
}

// A place that is filled after a year of ten, for 1,300: 2,600 + 1,300 = 3,900 of
// 26,000 are lost with each of seventeen, or with one and sixteen halves. A year
// brings what it did.
func TestFollowersAreReplacedAsTheCustomerIs(t *testing.T) {
	for value, want := range map[float64]float64{1: 17 * 3900, .5: 9 * 3900, 0: 3900} {
		in := halfLettuce(wordofmouth.Book)
		in.Customer.Replaced, in.Customer.ReplacedAfter, in.Customer.Win = true, 1, 1300
		in.WordOfMouth.Value = value
		told := report(t, in)
		near(t, fmt.Sprintf("ripple.loss with followers worth %v", value), figure(told, "ripple.loss"), want)
		near(t, fmt.Sprintf("ripple.loss_per_year with followers worth %v", value), figure(told, "ripple.loss_per_year"), (1+16*value)*2600)
	}
}

// 35.9887 have heard, as package wordofmouth's test has it worked out: with all of
// them gone 35.9887 × 26,000 are lost.
func TestInACircleOfFiftyNoMoreThanThoseWhoHeardAreLost(t *testing.T) {
	in := halfLettuce(wordofmouth.Expected)
	in.WordOfMouth.Circle, in.WordOfMouth.Leave = 50, 1
	told := report(t, in)
	for metric, want := range map[string]float64{"ripple.heard": 35.9887, "ripple.leave": 35.9887, "ripple.loss": 35.9887 * 26_000} {
		if got := figure(told, metric); math.Abs(got-want) > .00005/35.9887*want { // half of the last digit
			t.Errorf("%s in a circle of 50 = %v, want %v", metric, got, want)
		}
	}
}

// Nobody told: the customer alone. A margin of nothing costs nothing, and a customer
// who costs more than they bring is a gain, seventeen times over.
func TestAtTheEdgesTheRippleIsStillASum(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*ripple.Inputs)
		want   float64
	}{
		{"nobody told", func(in *ripple.Inputs) { in.WordOfMouth.Tells = []float64{0} }, 26_000},
		{"nobody talks", func(in *ripple.Inputs) { in.WordOfMouth.Talkers = 0 }, 26_000},
		{"nobody leaves", func(in *ripple.Inputs) { in.WordOfMouth.Leave = 0 }, 26_000},
		{"a margin of nothing", func(in *ripple.Inputs) { in.Customer.Margin = 0 }, 0},
		{"a negative spend, replaced or not", func(in *ripple.Inputs) {
			in.Customer.Spend, in.Customer.Replaced, in.Customer.ReplacedAfter, in.Customer.Win = -2600, true, 1, 500
		}, -442_000},
	} {
		in := halfLettuce(wordofmouth.Book)
		test.change(&in)
		near(t, "ripple.loss where "+test.name, figure(report(t, in), "ripple.loss"), test.want)
	}
}

// By the book, of 67 who heard a quarter leaves: ¼, 2.75 and 13.75, in whole people
// 17. By expectation she for certain, then 2.75 and 13.75.
func TestTheGenerationsSayWhoOfThemIsLost(t *testing.T) {
	for rule, want := range map[string][][4]float64{ // tellings, hear it first, heard so far, of them lost
		wordofmouth.Book:     {{0, 1, 1, .25}, {11, 11, 12, 2.75}, {55, 55, 67, 13.75}, {0, 67, 67, 17}},
		wordofmouth.Expected: {{0, 1, 1, 1}, {11, 11, 12, 2.75}, {55, 55, 67, 13.75}, {0, 67, 67, 17.5}},
	} {
		table := report(t, halfLettuce(rule)).Tables[0]
		if table.Name != "generations" || len(table.Rows) != len(want) || len(table.Columns) != 6 {
			t.Fatalf("by %s the table is %q with %d rows and %d columns, want generations with %d and 6", rule, table.Name, len(table.Rows), len(table.Columns), len(want))
		}
		for i, row := range table.Rows {
			for j, number := range want[i] {
				near(t, fmt.Sprintf("by %s, row %d, column %q", rule, i, table.Columns[2+j].Name), row[2+j].Range.Likely, number)
			}
		}
	}
}

func TestHalfTheTalkersHalveTheHearersInEveryRow(t *testing.T) {
	in := halfLettuce(wordofmouth.Book)
	in.WordOfMouth.Talkers = .5
	told := report(t, in)
	near(t, "ripple.heard", figure(told, "ripple.heard"), 34) // 1 + 33
	want := [][]float64{                                      // tellings, hear it first, heard so far
		{math.NaN(), 1, 1},
		{5.5, 5.5, 6.5},
		{27.5, 27.5, 34},
		{math.NaN(), 34, 34}, // in all
	}
	table := told.Tables[0]
	if table.Name != "generations" || len(table.Rows) != len(want) {
		t.Fatalf("the table is %q with %d rows, want generations with %d", table.Name, len(table.Rows), len(want))
	}
	for i, row := range table.Rows {
		for j, number := range want[i] {
			cell := row[2+j]
			if math.IsNaN(number) {
				if cell.Kind != calc.WordCell {
					t.Errorf("generation %d, column %q holds %+v, want no number", i, table.Columns[2+j].Name, cell)
				}
				continue
			}
			near(t, "column "+table.Columns[2+j].Name, cell.Range.Likely, number)
		}
	}
}

func TestTheLastGenerationHasHeardWhatTheFigureSays(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 6))
	for range 500 {
		in := halfLettuce(wordofmouth.Expected)
		in.WordOfMouth.Tells = make([]float64, 1+random.IntN(5))
		for i := range in.WordOfMouth.Tells {
			in.WordOfMouth.Tells[i] = 15 * random.Float64()
		}
		in.WordOfMouth.Talkers, in.WordOfMouth.Buyers, in.WordOfMouth.Circle = random.Float64(), random.Float64(), 2+200*random.Float64()
		told := report(t, in)
		rows := told.Tables[0].Rows
		last, sum := rows[len(rows)-2], rows[len(rows)-1]
		near(t, "heard so far in the last generation", last[4].Range.Likely, figure(told, "ripple.heard"))
		near(t, "heard in all", sum[4].Range.Likely, figure(told, "ripple.heard"))
		lost := 0.0
		for _, row := range rows[:len(rows)-1] {
			lost += row[5].Range.Likely
		}
		near(t, "lost, the generations added up", lost, figure(told, "ripple.leave"))
	}
}

func TestTheLossIsNeverLessThanTheCustomersOwn(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for range 1000 {
		in := halfLettuce([]string{wordofmouth.Book, wordofmouth.Expected}[random.IntN(2)])
		in.WordOfMouth.Leave, in.WordOfMouth.Buyers, in.WordOfMouth.Value = random.Float64(), random.Float64(), 2*random.Float64()
		in.Customer.Retention.Later, in.Customer.Discount = random.Float64(), random.Float64()
		in.Customer.Replaced, in.Customer.ReplacedAfter, in.Customer.Win = random.IntN(2) == 0, 12*random.Float64(), 1000*random.Float64()
		told := report(t, in)
		if own := in.Customer.Worth().Loss; !(figure(told, "ripple.loss") >= own) {
			t.Errorf("with %+v the ripple costs %v, less than the customer's own %v", in, figure(told, "ripple.loss"), own)
		}
	}
}

func TestARippleWithoutEndIsAnErrorThatNamesTheKey(t *testing.T) {
	in := halfLettuce(wordofmouth.Book)
	in.Customer.Years = math.Inf(1)
	err := ripple.Compute(&in, new(ripple.Result))
	if problem, ok := err.(*calc.Problem); !ok || problem.Key != "customer.years" {
		t.Errorf("Compute for ever at r 100 %%, d 0 %% fails with %v, want a problem with customer.years", err)
	}
}
