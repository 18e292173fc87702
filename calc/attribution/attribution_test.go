package attribution_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/attribution"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/quantity"
)

// Built-in figures of a toy's own.
var (
	chanceC = &quantity.Source{Key: "rest.chance", Text: "20%..40%", Values: []quantity.Range{quantity.Between(.2, .4)}, Unit: quantity.Share, Grade: quantity.GradeC}
	chanceB = &quantity.Source{Key: "rest.chance", Text: "50%", Values: []quantity.Range{quantity.Exactly(.5)}, Unit: quantity.Share, Grade: quantity.GradeB}
	worthX  = &quantity.Source{Key: "rest.worth", Text: "100%", Values: []quantity.Range{quantity.Exactly(1)}, Unit: quantity.Share, Grade: quantity.GradeX}
	tellsA  = &quantity.Source{Key: "rest.tells", Text: "[11, 5]", Values: []quantity.Range{quantity.Exactly(11), quantity.Exactly(5)}, Unit: quantity.People, Grade: quantity.GradeA}
	giftC   = &quantity.Source{Key: "rest.gift", Text: "0", Values: []quantity.Range{quantity.Exactly(0)}, Unit: quantity.Money, Grade: quantity.GradeC}
)

// A bill adds up parts that are based on different figures.
type bill struct {
	Spend, Chance, Worth, Gift float64
	Tells                      []float64
}

func (in *bill) Ask(ask *calc.Form) {
	ask.Money(&in.Spend, "rest.spend", "what one spends")
	ask.Share(&in.Chance, "rest.chance", "the chance", calc.Benchmark(chanceC, chanceB))
	ask.Share(&in.Worth, "rest.worth", "the worth", calc.Default(1), calc.Known(worthX))
	ask.PeopleList(&in.Tells, "rest.tells", "whom each tells", calc.Known(tellsA), calc.Optional)
	ask.Money(&in.Gift, "rest.gift", "the gift", calc.Default(3), calc.Known(giftC))
}

func (in bill) told() float64 {
	sum := 0.0
	for _, each := range in.Tells {
		sum += each
	}
	return sum
}

func (in *bill) Tell(tell *calc.Report) {
	tell.Money("bill.own", "", in.Spend)
	tell.Money("bill.won", "", in.Chance*in.Spend)
	tell.Money("bill.told", "", in.told()*in.Spend*in.Worth)
	tell.Money("bill.gift", "", in.Gift)
	tell.Money("bill.total", "", in.Spend+in.Chance*in.Spend+in.told()*in.Spend*in.Worth+in.Gift)
	tell.Adds("bill.total", "bill.own", "bill.won", "bill.told", "bill.gift")
}

// basis is the weakest class that a figure is based on, and the keys of all.
func basis(f *calc.Figure) string {
	var text strings.Builder
	text.WriteString(string(attribution.Weakest(f.BasedOn)))
	for _, in := range f.BasedOn {
		text.WriteString(" " + in.Key)
	}
	return text.String()
}

// counted is a citation that names a source.
var counted = quantity.Citation{Source: "our own count"}

// bills are the inputs of a bill of 10, which somebody counted, and more.
func bills(more quantity.Inputs) quantity.Inputs {
	in := quantity.Inputs{"rest.spend": {Range: quantity.Exactly(10), Citation: counted}}
	maps.Copy(in, more)
	return in
}

// byName is the toy, asked for by name: benchmarks are its values where none are given.
func byName(m *calc.Model) *calc.Model {
	m.UseBenchmarks()
	return m
}

func TestAnInputIsBasedOnTheFamousFigureUnlessItSaysAnotherOrNamesItsSource(t *testing.T) {
	for _, test := range []struct {
		what string
		in   quantity.Inputs
		want string // the weakest class that bill.won is based on
	}{
		{"nothing: the benchmark stands in", quantity.Inputs{}, "C"},
		{"the word benchmark", quantity.Inputs{"rest.chance": {Benchmark: true}}, "C"},
		{"the famous range, typed", quantity.Inputs{"rest.chance": calctest.Between(.2, .4)}, "C"},
		{"the famous range with a source of its own", quantity.Inputs{"rest.chance": {Range: quantity.Between(.2, .4), Citation: counted}}, "sourced"},
		{"the other famous figure, typed", quantity.Inputs{"rest.chance": calctest.Exactly(.5)}, "B"},
		{"the other famous figure with an owner but no source", quantity.Inputs{"rest.chance": {Range: quantity.Exactly(.5), Citation: quantity.Citation{Owner: "Ann"}}}, "B"},
		{"the famous range with another likely point", quantity.Inputs{"rest.chance": {Range: quantity.Range{Low: .2, Likely: .25, High: .4}}}, "unsourced"},
		{"a figure beside it", quantity.Inputs{"rest.chance": calctest.Exactly(.51)}, "unsourced"},
		{"a figure beside it with an owner but no source", quantity.Inputs{"rest.chance": {Range: quantity.Exactly(.51), Citation: quantity.Citation{Owner: "Ann"}}}, "unsourced"},
		{"a figure beside it with a source", quantity.Inputs{"rest.chance": {Range: quantity.Exactly(.51), Citation: counted}}, "sourced"},
		{"its middle", quantity.Inputs{"rest.chance": calctest.Exactly(quantity.Between(.2, .4).Likely)}, "unsourced"},
		{"a wider range with the same middle", quantity.Inputs{"rest.chance": calctest.Between(.1, .5)}, "unsourced"},
	} {
		report := calctest.Reported(t, byName(calctest.Toy[bill]()), bills(test.in), 2)
		if got, want := basis(report.Figure("bill.won")), test.want+" rest.spend rest.chance"; got != want {
			t.Errorf("given %s, bill.won is based on %q, want %q", test.what, got, want)
		}
	}
}

func TestAListIsBasedOnTheFamousOneOnlyAsAWhole(t *testing.T) {
	list := func(numbers ...float64) *quantity.Input {
		in := &quantity.Input{}
		for _, number := range numbers {
			in.List = append(in.List, *calctest.Exactly(number))
		}
		return in
	}
	sourced := list(11, 5)
	sourced.Citation = counted
	for _, test := range []struct {
		what  string
		tells *quantity.Input
		want  string // the inputs of bill.told with a built-in figure
	}{
		{"[11, 5]", list(11, 5), "rest.worth rest.tells.1 rest.tells.2 "},
		{"[11, 5] with a source", sourced, "rest.worth "},
		{"[11]", list(11), "rest.worth "},
		{"[11, 6]", list(11, 6), "rest.worth "},
		{"[11, 5, 2]", list(11, 5, 2), "rest.worth "},
		{"the word benchmark", &quantity.Input{Benchmark: true}, "rest.worth rest.tells.1 rest.tells.2 "},
	} {
		report := calctest.Reported(t, byName(calctest.Toy[bill]()), bills(quantity.Inputs{"rest.tells": test.tells}), 2)
		if got := resting(report.Figure("bill.told")); got != test.want {
			t.Errorf("given %s, bill.told is based on the built-in figures of %q, want %q", test.what, got, test.want)
		}
	}
}

// resting lists the inputs with a built-in figure that a figure is based on.
func resting(f *calc.Figure) string {
	var text strings.Builder
	for _, in := range attribution.BuiltIn(f.BasedOn) {
		text.WriteString(in.Key + " ")
	}
	return text.String()
}

// A list is one statement: its source is that of each number in it.
func TestTheSourceOfAListIsThatOfItsElements(t *testing.T) {
	tells := &quantity.Input{List: []quantity.Input{*calctest.Exactly(12), *calctest.Exactly(5)}, Citation: counted}
	report := calctest.Reported(t, byName(calctest.Toy[bill]()), bills(quantity.Inputs{"rest.tells": tells, "rest.worth": {Range: quantity.Exactly(.5), Citation: counted}}), 2)
	if got, want := basis(report.Figure("bill.told")), "sourced rest.spend rest.worth rest.tells.1 rest.tells.2"; got != want {
		t.Errorf("of a list with a source, bill.told is based on %q, want %q", got, want)
	}
}

// The 11 was counted, even if the other number is the famous one.
func TestAnElementWithASourceOfItsOwnIsNotBasedOnTheFamousList(t *testing.T) {
	eleven := quantity.Input{Range: quantity.Exactly(11), Citation: counted}
	report := calctest.Reported(t, byName(calctest.Toy[bill]()), bills(quantity.Inputs{"rest.tells": {List: []quantity.Input{eleven, *calctest.Exactly(5)}}}), 2)
	if got, want := resting(report.Figure("bill.told")), "rest.worth rest.tells.2 "; got != want {
		t.Errorf("with a source for the first of [11, 5], bill.told is based on the built-in figures of %q, want %q", got, want)
	}
}

// --set and --vary change one element of a copy. What the list was based on before must
// not be kept.
func TestAListThatIsChangedAfterItWasBoundIsNoLongerBasedOnTheFamousOne(t *testing.T) {
	m := byName(calctest.Toy[bill]())
	in := bills(quantity.Inputs{"rest.tells": {List: []quantity.Input{*calctest.Exactly(11), *calctest.Exactly(5)}}})
	calctest.Reported(t, m, in, 2)
	in["rest.tells"] = &quantity.Input{List: []quantity.Input{*calctest.Exactly(12), in["rest.tells"].List[1]}}
	if got, want := resting(calctest.Reported(t, m, in, 2).Figure("bill.told")), "rest.worth "; got != want {
		t.Errorf("[11, 5] was bound and then [12, 5]: bill.told is based on the built-in figures of %q, want %q", got, want)
	}
}

func TestAFigureIsBasedOnlyOnWhatItChangesWith(t *testing.T) {
	report := calctest.Reported(t, byName(calctest.Toy[bill]()), bills(quantity.Inputs{"rest.gift": calctest.Exactly(0)}), 2)
	for metric, want := range map[string]string{
		"bill.own":   "sourced rest.spend",
		"bill.won":   "C rest.spend rest.chance",
		"bill.told":  "default",     // nobody is told, so what a hearer is worth does not matter
		"bill.gift":  "C rest.gift", // though half and twice of nothing are nothing
		"bill.total": "C rest.spend rest.chance rest.gift",
	} {
		if got := basis(report.Figure(metric)); got != want {
			t.Errorf("%s is based on %q, want %q", metric, got, want)
		}
	}
	var all strings.Builder
	for _, in := range attribution.Inputs(report) {
		all.WriteString(in.Key + " ")
	}
	if want := "rest.spend rest.chance rest.gift "; all.String() != want {
		t.Errorf("BasedOn() lists %q, want %q, each once", all.String(), want)
	}
}

// A rounding toy counts in whole dozens: small moves of its input are not seen.
type dozens struct{ Tells []float64 }

func (in *dozens) Ask(ask *calc.Form) {
	ask.PeopleList(&in.Tells, "rest.tells", "whom each tells", calc.Known(tellsA))
}

func (in *dozens) Tell(tell *calc.Report) {
	tell.Count("dozens.whole", "", float64(int(in.Tells[0]/12)))
}

func TestAFigureInStepsIsBasedOnWhatItStepsWith(t *testing.T) {
	in := &quantity.Input{List: []quantity.Input{*calctest.Exactly(11), *calctest.Exactly(5)}}
	report := calctest.Reported(t, calctest.Toy[dozens](), quantity.Inputs{"rest.tells": in}, 2)
	if got, want := basis(report.Figure("dozens.whole")), "A rest.tells.1"; got != want {
		t.Errorf("dozens.whole is based on %q, want %q: the second number is not in it", got, want)
	}
}

// A whole toy counts only all of it, which lies at the end of the bounds.
type whole struct{ Part float64 }

func (in *whole) Ask(ask *calc.Form) { ask.Share(&in.Part, "whole.part", "how much of it") }

func (in *whole) Tell(tell *calc.Report) { tell.Count("whole.count", "", math.Floor(in.Part)) }

// .1, its half, its double and nothing are all less than a whole, and 1.1 is no share.
func TestAFigureIsBasedOnWhatChangesItAtTheEndOfTheBoundsOnly(t *testing.T) {
	report := calctest.Reported(t, calctest.Toy[whole](), quantity.Inputs{"whole.part": calctest.Exactly(.1)}, 2)
	if got, want := basis(report.Figure("whole.count")), "unsourced whole.part"; got != want {
		t.Errorf("whole.count is based on %q, want %q", got, want)
	}
}

// 10 that were counted, 10 × 30 % = 3 won by grade C, 16 × 10 = 160 told by grades A and
// X, and a gift of 3 by default: 176. What is told by grade A is based on X at its
// weakest, so that of the total nothing is based on A alone.
func TestWhatATotalIsBasedOnPutsEachPartUnderItsWeakestClassAndAddsUpToTheTotal(t *testing.T) {
	in := bills(quantity.Inputs{"rest.tells": {List: []quantity.Input{*calctest.Exactly(11), *calctest.Exactly(5)}}})
	report := calctest.Reported(t, byName(calctest.Toy[bill]()), in, 2)
	table := report.Tables[len(report.Tables)-1]
	got, sum, shares := table.Name, 0.0, 0.0
	for _, row := range table.Rows {
		got += fmt.Sprintf("; %s: %v by %q", row[0].Words, row[1].Range.Likely, row[3].Words)
		sum, shares = sum+row[1].Range.Likely, shares+row[2].Range.Likely
	}
	want := `what bill.total is based on; default: 3 by "rest.gift"; given with a source: 10 by "rest.spend"; ` +
		`grade A: primary study or derivation: 0 by "rest.tells"; grade C: repeated, never traced: 3 by "rest.chance"; grade X: contradicted: 160 by "rest.worth"`
	if got != want {
		t.Errorf("the table is\n%s\nwant\n%s", got, want)
	}
	if total := report.Figure("bill.total").Range.Likely; sum != total || total != 176 {
		t.Errorf("the table adds up to %v and the total is %v, want 176", sum, total)
	}
	if shares < 1-5e-6 || shares > 1+5e-6 { // five shares of six decimals
		t.Errorf("the shares add up to %v, want 1", shares)
	}
	for class, want := range map[quantity.Class]float64{quantity.Assumed: 3, quantity.Sourced: 10, quantity.Unsourced: 0, "A": 0, "B": 0, "C": 3, "X": 160} {
		if got := attribution.ShareOf(report, class); math.Abs(got-want/176) > 1e-15 {
			t.Errorf("ShareOf(%s) = %v, want %v of 176", class, got, want)
		}
	}
}

// Of 10 that nobody says where from, 13 in all with the gift: 10 ÷ 13.
func TestWhatIsGivenWithoutASourceIsAClassOfItsOwn(t *testing.T) {
	in := quantity.Inputs{"rest.spend": calctest.Exactly(10), "rest.chance": {Range: quantity.Exactly(0), Citation: counted}, "rest.worth": calctest.Exactly(.9)}
	report := calctest.Reported(t, calctest.Toy[bill](), in, 2)
	if got, want := attribution.ShareOf(report, quantity.Unsourced), 10./13; got != want {
		t.Errorf("ShareOf(unsourced) = %v, want 10 ÷ 13 = %v", got, want)
	}
	table := report.Tables[len(report.Tables)-1]
	if row := table.Rows[2]; row[0].Words != "given without a source" || row[1].Range.Likely != 10 || row[3].Words != "rest.spend" {
		t.Errorf("the third row of the table is %v, want 10 by rest.spend, given without a source", row)
	}
}

// A pair toy adds two parts up, of which the second may be absent; and so is the total
// where there is no first.
type pair struct{ First, Second float64 }

func (in *pair) Ask(ask *calc.Form) {
	ask.Money(&in.First, "pair.first", "the one part")
	ask.Money(&in.Second, "pair.second", "the other part", calc.Optional, calc.AtLeast(math.Inf(-1)))
}

func (in *pair) Tell(tell *calc.Report) {
	total := in.First
	switch {
	case in.First == 0:
		total = math.NaN()
	case !math.IsNaN(in.Second):
		total += in.Second
	}
	tell.Money("pair.own", "", in.First)
	tell.Money("pair.other", "", in.Second)
	tell.Money("pair.total", "", total)
	tell.Adds("pair.total", "pair.own", "pair.other")
}

func TestAnAbsentPartCountsNothing(t *testing.T) {
	report := calctest.Reported(t, calctest.Toy[pair](), quantity.Inputs{"pair.first": calctest.Exactly(5)}, 2)
	if unsourced, none := attribution.ShareOf(report, quantity.Unsourced), attribution.ShareOf(report, quantity.Assumed); unsourced != 1 || none != 0 {
		t.Errorf("where the other part is absent, ShareOf(unsourced) = %v and ShareOf(default) = %v, want 1 and 0", unsourced, none)
	}
}

// basedTables are the tables that say what a total is based on.
func basedTables(r *calc.Report) (names string) {
	for _, table := range r.Tables {
		if strings.Contains(table.Name, "based on") {
			names += table.Name
		}
	}
	return names
}

func TestOfNoTotalThereAreNoShares(t *testing.T) {
	for _, test := range []struct {
		what string
		m    *calc.Model
		in   quantity.Inputs
		want string // the table
	}{
		{"5 − 5", calctest.Toy[pair](), quantity.Inputs{"pair.first": {Range: quantity.Exactly(5), Citation: counted}, "pair.second": calctest.Exactly(-5)}, "what pair.total is based on"},
		{"a total that is absent", calctest.Toy[pair](), quantity.Inputs{"pair.first": calctest.Exactly(0)}, ""},
		{"a report that adds nothing up", calctest.Toy[whole](), quantity.Inputs{"whole.part": calctest.Exactly(.5)}, ""},
	} {
		report := calctest.Reported(t, test.m, test.in, 2)
		if got := attribution.ShareOf(report, quantity.Unsourced); !math.IsNaN(got) {
			t.Errorf("ShareOf(unsourced) of %s = %v, want no number", test.what, got)
		}
		if got := basedTables(report); got != test.want {
			t.Errorf("of %s the table is %q, want %q", test.what, got, test.want)
		}
	}
}

// A crowd has more inputs than a cell of the table has room for.
type crowd struct{ Numbers [5]float64 }

func (in *crowd) Ask(ask *calc.Form) {
	for i := range in.Numbers {
		ask.Money(&in.Numbers[i], fmt.Sprintf("crowd.of_%c", 'a'+i), "one of them", calc.Default(0))
	}
}

func (in *crowd) Tell(tell *calc.Report) {
	sum := 0.0
	for _, number := range in.Numbers {
		sum += number
	}
	tell.Money("crowd.sum", "", sum)
	tell.Adds("crowd.sum", "crowd.sum")
}

func TestOfManyInputsOfAClassTheFirstThreeAreNamed(t *testing.T) {
	for count, want := range map[int]string{
		4: "crowd.of_a, crowd.of_b, crowd.of_c, crowd.of_d",
		5: "crowd.of_a, crowd.of_b, crowd.of_c and 2 more",
	} {
		in := quantity.Inputs{}
		for i := range count {
			in[fmt.Sprintf("crowd.of_%c", 'a'+i)] = calctest.Exactly(1)
		}
		report := calctest.Reported(t, calctest.Toy[crowd](), in, 2)
		rows := report.Tables[0].Rows
		if got := rows[len(rows)-1][3].Words; got != want {
			t.Errorf("of %d inputs without a source, the table names %q, want %q", count, got, want)
		}
	}
}

func TestAClassIsTheGradeOfTheFigureElseWhereTheValueComesFrom(t *testing.T) {
	for _, test := range []struct {
		what  string
		in    quantity.Input
		want  quantity.Class
		weak  bool
		means string
	}{
		{"a default", quantity.Input{Origin: quantity.FromDefault}, quantity.Assumed, false, "default"},
		{"a default that is a registered figure", quantity.Input{Origin: quantity.FromDefault, Evidence: worthX}, "X", true, "grade X: contradicted"},
		{"a scenario's number", quantity.Input{Origin: quantity.FromScenario}, quantity.Unsourced, true, "given without a source"},
		{"a scenario's number with an owner and a date", quantity.Input{Origin: quantity.FromScenario, Citation: quantity.Citation{Owner: "Ann", Date: "2026-06-30"}}, quantity.Unsourced, true, "given without a source"},
		{"a scenario's number with a source", quantity.Input{Origin: quantity.FromScenario, Citation: counted}, quantity.Sourced, false, "given with a source"},
		{"a number by --set", quantity.Input{Origin: quantity.FromSet}, quantity.Unsourced, true, "given without a source"},
		{"a benchmark of grade A", quantity.Input{Origin: quantity.FromBenchmark, Evidence: tellsA}, "A", false, "grade A: primary study or derivation"},
		{"a benchmark of grade B", quantity.Input{Origin: quantity.FromBenchmark, Evidence: chanceB}, "B", false, "grade B: second-hand, the primary source is named"},
		{"a typed figure of grade C", quantity.Input{Origin: quantity.FromScenario, Evidence: chanceC}, "C", true, "grade C: repeated, never traced"},
	} {
		got := test.in.Class()
		if got != test.want || got.Weak() != test.weak || got.Means() != test.means {
			t.Errorf("%s is of the class %q, weak %v, %q, want %q, %v, %q", test.what, got, got.Weak(), got.Means(), test.want, test.weak, test.means)
		}
	}
}

func TestTheWeakestClassIsTheLastInTheOrderOfTrust(t *testing.T) {
	inputs := map[quantity.Class]*quantity.Input{
		quantity.Assumed:   {Origin: quantity.FromDefault},
		quantity.Sourced:   {Origin: quantity.FromScenario, Citation: counted},
		quantity.Unsourced: {Origin: quantity.FromScenario},
		"A":                {Evidence: tellsA}, "B": {Evidence: chanceB}, "C": {Evidence: chanceC}, "X": {Evidence: worthX},
	}
	order := []quantity.Class{quantity.Assumed, quantity.Sourced, "A", "B", quantity.Unsourced, "C", "X"}
	if got := quantity.Classes(); !slices.Equal(got, order) {
		t.Errorf("Classes() = %q, want %q", got, order)
	}
	for i, strong := range order {
		for _, weak := range order[i:] {
			for _, pair := range [][]*quantity.Input{{inputs[strong], inputs[weak]}, {inputs[weak], inputs[strong]}} {
				f := calc.Figure{BasedOn: pair}
				if got := attribution.Weakest(f.BasedOn); got != weak {
					t.Errorf("Weakest of %s and %s = %s, want %s", strong, weak, got, weak)
				}
			}
		}
	}
	if f := (calc.Figure{}); attribution.Weakest(f.BasedOn) != quantity.Assumed {
		t.Errorf("Weakest of nothing = %s, want default", attribution.Weakest(f.BasedOn))
	}
}

// Retention that follows the famous churn is based on it too.
type leaving struct{ Churn, Retention float64 }

func (in *leaving) Ask(ask *calc.Form) {
	ask.Share(&in.Churn, "rest.chance", "who leaves", calc.Optional, calc.Known(chanceB))
	ask.Share(&in.Retention, "rest.retention", "who stays", calc.Complement("rest.chance"), calc.Default(1))
}

func (in *leaving) Tell(tell *calc.Report) {
	tell.Share("leaving.retention", "", in.Retention)
	tell.Share("leaving.churn", "", in.Churn)
}

func TestWhatFollowsAFamousFigureIsBasedOnItToo(t *testing.T) {
	for _, test := range []struct {
		what string
		in   quantity.Inputs
		want string
	}{
		{"the famous churn", quantity.Inputs{"rest.chance": calctest.Exactly(.5)}, "B rest.chance"},
		{"another churn", quantity.Inputs{"rest.chance": calctest.Exactly(.4)}, "unsourced rest.chance"},
		{"another churn with a source", quantity.Inputs{"rest.chance": {Range: quantity.Exactly(.4), Citation: counted}}, "sourced rest.chance"},
		{"the famous churn, and retention of its own", quantity.Inputs{"rest.chance": calctest.Exactly(.5), "rest.retention": calctest.Exactly(.5)}, "unsourced rest.retention"},
		{"nothing", quantity.Inputs{}, "default rest.retention"},
	} {
		report := calctest.Reported(t, calctest.Toy[leaving](), test.in, 2)
		if got := basis(report.Figure("leaving.retention")); got != test.want {
			t.Errorf("given %s, leaving.retention is based on %q, want %q", test.what, got, test.want)
		}
	}
}

// Of asks about one metric and one input of five: it computes once at the likely
// values, and once more with the input moved to half, which changes the sum at once.
// With all five it moves each once, and where nothing changes five times.
func TestOfComputesNoMoreThanTheQuestionTakes(t *testing.T) {
	computed := 0
	m := calc.New("crowd", "", func(in, out *crowd) error { computed++; *out = *in; return nil }).Model()
	in := quantity.Inputs{}
	for i := range 5 {
		in[fmt.Sprintf("crowd.of_%c", 'a'+i)] = calctest.Exactly(8)
	}
	if err := m.Bind(calctest.Keyed(in)); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		what      string
		concerns  func(*quantity.Input) bool
		want      string
		wantCount int
	}{
		{"one input", func(in *quantity.Input) bool { return in.Key == "crowd.of_c" }, "crowd.of_c ", 2},
		{"all inputs", func(*quantity.Input) bool { return true }, "crowd.of_a crowd.of_b crowd.of_c crowd.of_d crowd.of_e ", 6},
		{"no input", func(*quantity.Input) bool { return false }, "", 1},
	} {
		computed = 0
		basedOn, err := attribution.Of(m, []int{0}, test.concerns)
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for _, in := range basedOn[0] {
			got.WriteString(in.Key + " ")
		}
		if got.String() != test.want || computed != test.wantCount {
			t.Errorf("asked about %s, Of lists %q with %d computations, want %q with %d", test.what, got.String(), computed, test.want, test.wantCount)
		}
	}
	if after, err := m.Figures(nil); err != nil || after[0] != 40 {
		t.Errorf("after Of, crowd.sum = %v (%v), want 5 × 8 = 40", after, err)
	}
}
