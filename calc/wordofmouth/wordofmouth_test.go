package wordofmouth_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/wordofmouth"
)

// near demands equality but for the last digits of a float64.
func near(t *testing.T, call string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", call, got, want)
	}
}

// story is 1 → 11 → 55 by the given rule: all talk, all are buyers, a quarter
// of them stays away.
func story(rule string) wordofmouth.Inputs {
	return wordofmouth.Inputs{Tells: []float64{11, 5}, Leave: .25, Rule: rule, Talkers: 1, Buyers: 1, Value: 1, Circle: math.NaN()}
}

// The founding text: 1 + 11 + 55 = 67 have heard; 67 × 25 % = 16.75, about 17,
// of whom one is the customer. By expectation, 66 × 25 % = 16.5 follow.
func TestOneTellsElevenTellsFiveEach(t *testing.T) {
	book, expected := story(wordofmouth.Book), story(wordofmouth.Expected)
	near(t, "Hearers of [11, 5]", book.Hearers(), 66)
	near(t, "Followers by the book", book.Followers(), 16)
	near(t, "Followers by expectation", expected.Followers(), 16.5)
}

func TestEachShareThinsTheStoryWhereItStands(t *testing.T) {
	for _, test := range []struct {
		share                        string
		change                       func(*wordofmouth.Inputs)
		hearers, followers, followed float64 // H, F expected, F by the book
	}{
		{"nothing", func(*wordofmouth.Inputs) {}, 66, 16.5, 16},
		// Half of the lost talk: 33 hear; the book counts round(¼ × 34 = 8.5) = 9, she included.
		{"half talk", func(in *wordofmouth.Inputs) { in.Talkers = .5 }, 33, 8.25, 8},
		// Half are buyers: 33 of 66 could leave; the book: round(¼ × 34 = 8.5) = 9, for
		// she was a buyer, whatever the others are.
		{"half buy", func(in *wordofmouth.Inputs) { in.Buyers = .5 }, 66, 8.25, 8},
		// Half of all tellings are lost, in both rounds: 5.5 + 5.5 × 2.5 = 19.25;
		// the book: round(¼ × 20.25 = 5.0625) = 5.
		{"half overlap", func(in *wordofmouth.Inputs) { in.Overlap = .5 }, 19.25, 4.8125, 4},
		{"nobody leaves", func(in *wordofmouth.Inputs) { in.Leave = 0 }, 66, 0, 0},
		{"all leave", func(in *wordofmouth.Inputs) { in.Leave = 1 }, 66, 66, 66},
		// A third round: 11 + 55 + 110 = 176; the book: round(¼ × 177 = 44.25) = 44.
		{"a third round", func(in *wordofmouth.Inputs) { in.Tells = []float64{11, 5, 2} }, 176, 44, 43},
		{"nobody is told", func(in *wordofmouth.Inputs) { in.Tells = []float64{0, 5} }, 0, 0, 0},
	} {
		expected, book := story(wordofmouth.Expected), story(wordofmouth.Book)
		test.change(&expected)
		test.change(&book)
		near(t, "Hearers with "+test.share, expected.Hearers(), test.hearers)
		near(t, "Followers by expectation with "+test.share, expected.Followers(), test.followers)
		near(t, "Followers by the book with "+test.share, book.Followers(), test.followed)
	}
}

// F = max(0, round half up(leave × (1 + H)) − 1).
func TestTheBookRoundsHalvesUpAndNeverBelowNobody(t *testing.T) {
	for _, test := range []struct{ tells, leave, want float64 }{
		{9, .25, 2},   // 10 × 25 % = 2.5 → 3
		{9, .24, 1},   // 2.4 → 2
		{24, .1, 2},   // 25 × 10 % = 2.5, which binary fractions make 2.5000000000000004 or less
		{4, .1, 0},    // 5 × 10 % = ½ → 1: the customer alone
		{3, .1, 0},    // 4 × 10 % = .4 → nobody, not −1
		{14, .1, 1},   // 15 × 10 % = 1.5 → 2
		{34, .1, 3},   // 35 × 10 % = 3.5 → 4
		{44, .07, 2},  // 45 × 7 % = 3.15 → 3
		{49, .07, 3},  // 50 × 7 % = 3.5, in binary 3.5000000000000004 → 4
		{49, .29, 14}, // 50 × 29 % = 14.5, in binary 14.499999999999998 → 15
	} {
		in := story(wordofmouth.Book)
		in.Tells, in.Leave = []float64{test.tells}, test.leave
		near(t, fmt.Sprintf("Followers by the book, %v told, %v leave", test.tells, test.leave), in.Followers(), test.want)
	}
}

// n = 49. K₁ = 11 tellings reach 49(1 − (48/49)¹¹) = 49 × .202930 = 9.9435 of
// them. Each tells 5: K₂ = 11 + 49.7177 = 60.7177, and 49(1 − (48/49)^60.7177)
// = 49 × .714055 = 34.9887. With the customer, 35.99 have heard.
func TestInACircleOfFiftyThirtySixHaveHeard(t *testing.T) {
	in := story(wordofmouth.Expected)
	in.Circle = 50
	if got := 1 + in.Hearers(); math.Abs(got-35.9887) > .0001 {
		t.Errorf("1 + Hearers() in a circle of 50 = %v, want 35.9887", got)
	}
	var fresh []float64
	for g := range in.Generations {
		fresh = append(fresh, g.New)
	}
	if len(fresh) != 2 || math.Abs(fresh[0]-9.9435) > .0001 || math.Abs(fresh[1]-25.0452) > .0001 {
		t.Errorf("new hearers by generation in a circle of 50 = %v, want 9.9435 and 25.0452", fresh)
	}
}

// At last nobody new is left to tell: K = 5(1 + H), so that the hearers solve
// H = 49(1 − (48/49)^(5(1 + H))). That is H = 48.7086, for 49.7086 × 5 = 248.543
// and (48/49)^248.543 = .005949.
func TestHoweverLongTheListNeverMoreThanTheCircleLeave(t *testing.T) {
	for _, rule := range []string{wordofmouth.Expected, wordofmouth.Book} {
		in := story(rule)
		in.Circle, in.Leave, in.Tells = 50, 1, nil
		for length := 1; length <= 400; length++ {
			in.Tells = append(in.Tells, 5)
			if got := 1 + in.Followers(); !(got <= 50) {
				t.Fatalf("with %d generations of 5 in a circle of 50, %v leave by %s", length, got, rule)
			}
		}
		if got := in.Hearers(); math.Abs(got-48.7086) > .0001 {
			t.Errorf("Hearers() of 400 generations of 5 in a circle of 50 = %v, want 48.7086", got)
		}
	}
}

func TestHearersNeverPassTheCircleNorTheTellings(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	for range 5000 {
		in := story(wordofmouth.Expected)
		in.Tells = make([]float64, 1+random.IntN(8))
		for i := range in.Tells {
			in.Tells[i] = 40 * random.Float64() * random.Float64()
		}
		free := in.Hearers()
		in.Circle = 1 + 300*random.Float64()*random.Float64()
		got := in.Hearers()
		if !(got >= 0 && got <= in.Circle-1+1e-9 && got <= free*(1+1e-12)) {
			t.Fatalf("Hearers() of tells %v in a circle of %v = %v, want it from 0 to %v (the circle) and to %v (no circle)", in.Tells, in.Circle, got, in.Circle-1, free)
		}
		for g := range in.Generations {
			if !(g.New >= 0 && g.New <= g.Tellings*(1+1e-9)+1e-9) {
				t.Fatalf("generation %d of tells %v in a circle of %v: %v hear it first of %v tellings", g.Number, in.Tells, in.Circle, g.New, g.Tellings)
			}
		}
	}
}

func TestALargerCircleIsNeverHeardByFewer(t *testing.T) {
	in := story(wordofmouth.Expected)
	before := 0.0
	for circle := 1.0; circle <= 500; circle += .25 {
		in.Circle = circle
		got := in.Hearers()
		if !(got >= before-1e-12) {
			t.Fatalf("Hearers() in a circle of %v = %v, and in one of %v %v", circle, got, circle-.25, before)
		}
		before = got
	}
}

func TestACircleOfTheCustomerAloneHearsNothing(t *testing.T) {
	in := story(wordofmouth.Book)
	in.Circle = 1
	near(t, "Hearers in a circle of 1", in.Hearers(), 0)
	near(t, "Followers in a circle of 1", in.Followers(), 0)
}

// With n = 1 the first telling reaches the only other person: reach(K) = min(K, 1).
func TestInACircleOfTwoTheOtherHearsOnce(t *testing.T) {
	in := story(wordofmouth.Expected)
	in.Circle = 2
	near(t, "Hearers of [11, 5] in a circle of 2", in.Hearers(), 1)
	in.Tells = []float64{.4}
	near(t, "Hearers of [0.4] in a circle of 2", in.Hearers(), .4)
}

func TestAVastCircleIsNoCircle(t *testing.T) {
	in := story(wordofmouth.Expected)
	in.Circle = 1e15
	if got := in.Hearers(); math.Abs(got-66) > 1e-9 {
		t.Errorf("Hearers() of [11, 5] in a circle of 10¹⁵ = %v, want 66", got)
	}
}

func TestAStoryThatSpreadsTooFarIsWarnedOf(t *testing.T) {
	for _, test := range []struct {
		because                     string
		followers, customers, churn float64
		want                        string
	}{
		{"10 follow of 100", 10, 100, math.NaN(), ""},
		{"101 follow of 100", 101, 100, math.NaN(), "company.customers"},
		// 1,000 × 10 % lost, each with 10 others: 1,100 of 1,000.
		{"all ripples pass the firm", 10, 1000, .1, "company.churn"},
		{"all ripples stay below", 8, 1000, .1, ""}, // 900 of 1,000
		{"the firm is not given", 1e9, math.NaN(), math.NaN(), ""},
	} {
		var report calc.Report
		in := story(wordofmouth.Expected)
		in.Warn(&report, test.followers, test.customers, test.churn)
		var got strings.Builder
		for _, note := range report.Notes {
			got.WriteString(note.Key)
		}
		if got.String() != test.want {
			t.Errorf("where %s, Warn is about %q, want %q", test.because, got.String(), test.want)
		}
	}
	var report calc.Report
	book := story(wordofmouth.Book)
	book.Warn(&report, 16, math.NaN(), math.NaN())
	if len(report.Notes) != 1 || report.Notes[0].Key != "word_of_mouth.rule" {
		t.Errorf("under rule book, Warn says %v, want that the result moves in steps", report.Notes)
	}
}
