package ripple_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/ripple"
	"github.com/churncost/churncost/calc/wordofmouth"
)

// near demands equality but for the last digits of a float64.
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
		Customer:    customer.Inputs{Spend: 2600, Visits: 1, Years: 10, Margin: 1, Churn: math.NaN(), Retention: 1, Paid: customer.Start},
		WordOfMouth: wordofmouth.Inputs{Tells: []float64{11, 5}, Leave: .25, Rule: rule, Talkers: 1, Buyers: 1, Value: 1, Circle: math.NaN()},
		Customers:   math.NaN(),
	}
}

// report computes and tells.
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
	if err := m.Bind(calc.Inputs{
		"customer.spend":      {Range: calc.Exactly(65), Per: calc.Period{Name: "visit", PerAnn: 1}, Counted: "customer.visits"},
		"customer.visits":     {Range: calc.Between(4, 6)},
		"customer.years":      {Range: calc.Exactly(10)},
		"word_of_mouth.tells": {List: []calc.Input{{Range: calc.Exactly(10)}}},
		"word_of_mouth.leave": {Range: calc.Exactly(1)},
		"word_of_mouth.rule":  {Word: wordofmouth.Expected},
	}); err != nil {
		t.Fatal(err)
	}
	told, err := m.Report(2)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := told.Figure("ripple.loss").Range, (calc.Range{Low: 28_600, Likely: 35_750, High: 42_900}); got != want {
		t.Errorf("ripple.loss = %v, want %v", got, want)
	}
}

// The famous numbers do not become facts by being typed: P. Timm's 11 and 5 are
// B, the assumed quarter and the assumed equal spend C.
func TestHalfALettuceRestsOnTimmAndOnTwoAssumptions(t *testing.T) {
	m := calc.New("ripple", "", ripple.Compute).Model()
	if err := m.Bind(calc.Inputs{
		"customer.spend":      {Range: calc.Exactly(2600)},
		"customer.years":      {Range: calc.Exactly(10)},
		"word_of_mouth.tells": {List: []calc.Input{{Range: calc.Exactly(11)}, {Range: calc.Exactly(5)}}},
		"word_of_mouth.leave": {Key: "word_of_mouth.leave", Range: calc.Exactly(.25)},
		"word_of_mouth.rule":  {Word: wordofmouth.Book},
	}); err != nil {
		t.Fatal(err)
	}
	told, err := m.Report(2)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, in := range told.Figure("ripple.loss").Rests {
		got.WriteString(fmt.Sprintf("%s (%s) ", in.Key, in.Evidence.Grade))
	}
	if want := "word_of_mouth.tells.1 (B) word_of_mouth.tells.2 (B) word_of_mouth.leave (C) word_of_mouth.value (C) "; got.String() != want {
		t.Errorf("ripple.loss rests on %s, want %s", got.String(), want)
	}
	if heard := told.Figure("ripple.heard").Worst(); heard != calc.GradeB {
		t.Errorf("ripple.heard rests on grade %q, want B: nobody has to stay away for it", heard)
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

func TestHalfTheTalkersHalveTheHearersInEveryRow(t *testing.T) {
	in := halfLettuce(wordofmouth.Book)
	in.WordOfMouth.Talkers = .5
	told := report(t, in)
	near(t, "ripple.heard", figure(told, "ripple.heard"), 34) // 1 + 33
	want := [][]float64{                                      // tellings, hear it first, heard so far
		{math.NaN(), 1, 1},
		{5.5, 5.5, 6.5},
		{27.5, 27.5, 34},
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
		in.WordOfMouth.Talkers, in.WordOfMouth.Circle = random.Float64(), 2+200*random.Float64()
		told := report(t, in)
		rows := told.Tables[0].Rows
		last := rows[len(rows)-1]
		near(t, "heard so far in the last generation", last[len(last)-1].Range.Likely, figure(told, "ripple.heard"))
	}
}

func TestTheLossIsNeverLessThanTheCustomersOwn(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for range 1000 {
		in := halfLettuce([]string{wordofmouth.Book, wordofmouth.Expected}[random.IntN(2)])
		in.WordOfMouth.Leave, in.WordOfMouth.Buyers, in.WordOfMouth.Value = random.Float64(), random.Float64(), 2*random.Float64()
		in.Customer.Retention, in.Customer.Discount = random.Float64(), random.Float64()
		told := report(t, in)
		if own := in.Customer.Value(10); !(figure(told, "ripple.loss") >= own) {
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
