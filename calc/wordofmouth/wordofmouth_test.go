package wordofmouth_test

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/wordofmouth"
)

// near requires equality except for the last digits of a float64.
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

func TestEachShareThinsTheStoryInItsPlace(t *testing.T) {
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

// The expected number of different people that tellings find, by drawing: each of
// the 49 others is found by a telling with a chance of 1 in 49. The second round's
// tellings are five for each who heard it in the first.
func TestReachIsWhatDrawingAtRandomComesTo(t *testing.T) {
	const draws = 20_000
	random := rand.New(rand.NewPCG(17, 17))
	in := story(wordofmouth.Expected)
	in.Tells, in.Circle = []float64{11}, 50
	sum := 0
	for range draws {
		found := map[int]bool{}
		for range 11 {
			found[random.IntN(49)] = true
		}
		sum += len(found)
	}
	// The number found has a standard deviation below 1; 5 of them of the mean are 5 ÷ √20,000.
	if got, want := in.Hearers(), float64(sum)/draws; math.Abs(got-want) > 5/math.Sqrt(draws) {
		t.Errorf("Hearers() of [11] in a circle of 50 = %v, and by drawing %v", got, want)
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

func TestTheBookMovesInStepsAndARemarkSaysSo(t *testing.T) {
	for rule, due := range map[string]bool{wordofmouth.Book: true, wordofmouth.Expected: false} {
		var report calc.Report
		in := story(rule)
		in.Warn(&report)
		said := len(report.Notes) == 1 && report.Notes[0].Kind == calc.Remark && report.Notes[0].Key == "word_of_mouth.rule" && strings.Contains(report.Notes[0].Text, "steps")
		if said != due || !due && report.Notes != nil {
			t.Errorf("under rule %s the notes are %v, want a remark about word_of_mouth.rule that the result moves in steps: %v", rule, report.Notes, due)
		}
	}
}

// By the book the customer is one of all who heard, and a share of each leaves; by
// expectation the customer leaves for certain.
func TestTheCustomerIsOneOfThoseWhoLeave(t *testing.T) {
	for rule, want := range map[string]float64{wordofmouth.Book: .25, wordofmouth.Expected: 1} {
		in := story(rule)
		near(t, "LeaveFirst by "+rule, in.LeaveFirst(), want)
	}
}

func TestTheWorkingsSayHowManyAreCountedAndWhatOneCosts(t *testing.T) {
	for _, test := range []struct {
		rule                string
		value               float64
		leave, sum, working string
	}{
		{wordofmouth.Book, 1, "{word_of_mouth.leave} of {1} who heard, in whole people", "in all, in whole people", "{1} people × {2 money}"},
		{wordofmouth.Expected, .5, "1 + {word_of_mouth.leave} × {2} hearers", "in all", "{word_of_mouth.value} × {1} people × {2 money}"},
	} {
		in := story(test.rule)
		in.Value = test.value
		if leave, sum, working := in.Working(), in.Sum(), in.LossWorking(); leave != test.leave || sum != test.sum || working != test.working {
			t.Errorf("by %s, a follower being worth %v, it says %q, %q and %q; want %q, %q and %q", test.rule, test.value, leave, sum, working, test.leave, test.sum, test.working)
		}
	}
}

// told is a calculator of nothing but the story.
type told struct{ wordofmouth.Inputs }

func (in *told) Ask(ask *calc.Form) { in.Inputs.Ask(ask) }

func (in *told) Tell(tell *calc.Report) {
	tell.People("told.hearers", "", in.Hearers())
	tell.People("told.followers", "", in.Followers())
	tell.Share("told.value", "", in.Value)
}

// bind binds the story to tells [11, 5] of whom a quarter leave, and more.
func bind(more quantity.Inputs) ([]float64, error) {
	given := quantity.Inputs{"word_of_mouth.tells": {List: []quantity.Input{{Range: quantity.Exactly(11)}, {Range: quantity.Exactly(5)}}}, "word_of_mouth.leave": {Range: quantity.Exactly(.25)}}
	maps.Copy(given, more)
	m := calc.New("told", "", func(in, out *told) error { *out = *in; return nil }).Model()
	if err := m.Bind(given); err != nil {
		return nil, err
	}
	return m.Figures(nil)
}

// Without a word of them all talk, all are buyers worth as much, nobody knew, and
// there is no circle.
func TestWhatAStoryDoesNotSayTakesItsDefault(t *testing.T) {
	for _, test := range []struct {
		given string
		more  quantity.Inputs
		want  [3]float64
	}{
		{"nothing more", nil, [3]float64{66, 16.5, 1}},
		{"rule book", quantity.Inputs{"word_of_mouth.rule": {Word: wordofmouth.Book}}, [3]float64{66, 16, 1}},
		{"half overlap", quantity.Inputs{"word_of_mouth.overlap": {Range: quantity.Exactly(.5)}}, [3]float64{19.25, 4.8125, 1}},
		{"a circle of one", quantity.Inputs{"word_of_mouth.circle": {Range: quantity.Exactly(1)}}, [3]float64{0, 0, 1}},
		{"value 200 %", quantity.Inputs{"word_of_mouth.value": {Range: quantity.Exactly(2)}}, [3]float64{66, 16.5, 2}},
	} {
		got, err := bind(test.more)
		if err != nil || [3]float64(got) != test.want {
			t.Errorf("with %s: hearers, followers, value = %v (%v), want %v", test.given, got, err, test.want)
		}
	}
}

// A circle and an overlap are the same effect twice.
func TestACircleAndAnOverlapDoNotGoTogether(t *testing.T) {
	_, err := bind(quantity.Inputs{"word_of_mouth.circle": {Range: quantity.Exactly(50)}, "word_of_mouth.overlap": {Range: quantity.Exactly(.1)}})
	problems, _ := err.(calc.Problems)
	if len(problems) != 1 || problems[0].Key != "word_of_mouth.circle" {
		t.Errorf("Bind with a circle and an overlap = %v, want one problem with word_of_mouth.circle", err)
	}
}
