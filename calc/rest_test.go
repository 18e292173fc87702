package calc_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
)

// Built-in figures of a toy's own.
var (
	chanceC = &calc.Source{Key: "rest.chance", Text: "20%..40%", Values: []calc.Range{calc.Between(.2, .4)}, Unit: calc.Share, Grade: calc.GradeC}
	chanceB = &calc.Source{Key: "rest.chance", Text: "50%", Values: []calc.Range{calc.Exactly(.5)}, Unit: calc.Share, Grade: calc.GradeB}
	worthX  = &calc.Source{Key: "rest.worth", Text: "100%", Values: []calc.Range{calc.Exactly(1)}, Unit: calc.Share, Grade: calc.GradeX}
	tellsA  = &calc.Source{Key: "rest.tells", Text: "[11, 5]", Values: []calc.Range{calc.Exactly(11), calc.Exactly(5)}, Unit: calc.People, Grade: calc.GradeA}
	giftC   = &calc.Source{Key: "rest.gift", Text: "0", Values: []calc.Range{calc.Exactly(0)}, Unit: calc.Money, Grade: calc.GradeC}
)

// A bill adds up parts that rest on different figures.
type bill struct {
	Spend, Chance, Worth, Gift float64
	Tells                      []float64
}

func (in *bill) Ask(ask *calc.Form) {
	ask.Money(&in.Spend, "rest.spend", "what one spends")
	ask.Share(&in.Chance, "rest.chance", "the chance", calc.StandIn(chanceC, chanceB))
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

// restsOn lists the grades and keys that a figure rests on.
func restsOn(f *calc.Figure) string {
	var text strings.Builder
	text.WriteString(string(f.Worst()))
	for _, in := range f.Rests {
		text.WriteString(" " + in.Key)
	}
	return text.String()
}

// bills are the inputs of a bill of 10, and more.
func bills(more calc.Inputs) calc.Inputs {
	in := calc.Inputs{"rest.spend": exactly(10)}
	maps.Copy(in, more)
	return in
}

func TestAnInputRestsOnTheFamousFigureUnlessItSaysAnotherOrNamesItsSource(t *testing.T) {
	own := calc.Ledger{Source: "exit survey, 2026"}
	for _, test := range []struct {
		what string
		in   calc.Inputs
		want string // on what bill.won rests
	}{
		{"nothing: the benchmark stands in", calc.Inputs{}, "C rest.chance"},
		{"the word benchmark", calc.Inputs{"rest.chance": {Benchmark: true}}, "C rest.chance"},
		{"the famous range, typed", calc.Inputs{"rest.chance": between(.2, .4)}, "C rest.chance"},
		{"the famous range with a source of its own", calc.Inputs{"rest.chance": {Range: calc.Between(.2, .4), Ledger: own}}, ""},
		{"the other famous figure, typed", calc.Inputs{"rest.chance": exactly(.5)}, "B rest.chance"},
		{"the other famous figure with an owner but no source", calc.Inputs{"rest.chance": {Range: calc.Exactly(.5), Ledger: calc.Ledger{Owner: "Ann"}}}, "B rest.chance"},
		{"the famous range with another likely point", calc.Inputs{"rest.chance": {Range: calc.Range{Low: .2, Likely: .25, High: .4}}}, ""},
		{"a figure beside it", calc.Inputs{"rest.chance": exactly(.51)}, ""},
		{"its middle", calc.Inputs{"rest.chance": exactly(calc.Between(.2, .4).Likely)}, ""},
		{"a wider range with the same middle", calc.Inputs{"rest.chance": between(.1, .5)}, ""},
	} {
		report := reported(t, toy[bill](), bills(test.in), 2)
		if got := restsOn(report.Figure("bill.won")); got != test.want {
			t.Errorf("given %s, bill.won rests on %q, want %q", test.what, got, test.want)
		}
	}
}

func TestAListRestsOnTheFamousOneOnlyAsAWhole(t *testing.T) {
	list := func(numbers ...float64) *calc.Input {
		in := &calc.Input{}
		for _, number := range numbers {
			in.List = append(in.List, *exactly(number))
		}
		return in
	}
	sourced := list(11, 5)
	sourced.Ledger.Source = "our own count"
	for _, test := range []struct {
		what  string
		tells *calc.Input
		want  string
	}{
		{"[11, 5]", list(11, 5), "X rest.worth rest.tells.1 rest.tells.2"},
		{"[11, 5] with a source", sourced, "X rest.worth"},
		{"[11]", list(11), "X rest.worth"},
		{"[11, 6]", list(11, 6), "X rest.worth"},
		{"[11, 5, 2]", list(11, 5, 2), "X rest.worth"},
		{"the word benchmark", &calc.Input{Benchmark: true}, "X rest.worth rest.tells.1 rest.tells.2"},
	} {
		report := reported(t, toy[bill](), bills(calc.Inputs{"rest.tells": test.tells}), 2)
		if got := restsOn(report.Figure("bill.told")); got != test.want {
			t.Errorf("given %s, bill.told rests on %q, want %q", test.what, got, test.want)
		}
	}
}

// Whoever counted 11 themselves knows it, though the other number is the famous one.
func TestAnElementWithASourceOfItsOwnDoesNotRestOnTheFamousList(t *testing.T) {
	counted := calc.Input{Range: calc.Exactly(11), Ledger: calc.Ledger{Source: "our own count"}}
	report := reported(t, toy[bill](), bills(calc.Inputs{"rest.tells": {List: []calc.Input{counted, *exactly(5)}}}), 2)
	if got, want := restsOn(report.Figure("bill.told")), "X rest.worth rest.tells.2"; got != want {
		t.Errorf("with a source for the first of [11, 5], bill.told rests on %q, want %q", got, want)
	}
}

// --set and --vary change one element of a copy. What the list rested on before
// must not come along.
func TestAListThatIsChangedAfterItWasBoundRestsOnTheFamousOneNoMore(t *testing.T) {
	m := toy[bill]()
	in := bills(calc.Inputs{"rest.tells": {List: []calc.Input{*exactly(11), *exactly(5)}}})
	reported(t, m, in, 2)
	in["rest.tells"] = &calc.Input{List: []calc.Input{*exactly(12), in["rest.tells"].List[1]}}
	if got, want := restsOn(reported(t, m, in, 2).Figure("bill.told")), "X rest.worth"; got != want {
		t.Errorf("[11, 5] was bound and then [12, 5]: bill.told rests on %q, want %q", got, want)
	}
}

func TestAFigureRestsOnlyOnWhatItChangesWith(t *testing.T) {
	report := reported(t, toy[bill](), bills(calc.Inputs{"rest.gift": exactly(0)}), 2)
	for metric, want := range map[string]string{
		"bill.own":   "",
		"bill.won":   "C rest.chance",
		"bill.told":  "",            // nobody is told, so what a hearer is worth does not matter
		"bill.gift":  "C rest.gift", // though half and twice of nothing are nothing
		"bill.total": "C rest.chance rest.gift",
	} {
		if got := restsOn(report.Figure(metric)); got != want {
			t.Errorf("%s rests on %q, want %q", metric, got, want)
		}
	}
	var all strings.Builder
	for _, in := range report.Rests() {
		all.WriteString(in.Key + " ")
	}
	if want := "rest.chance rest.gift "; all.String() != want {
		t.Errorf("Rests() lists %q, want %q, each once", all.String(), want)
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

func TestAFigureInStepsRestsOnWhatItStepsWith(t *testing.T) {
	in := &calc.Input{List: []calc.Input{*exactly(11), *exactly(5)}}
	report := reported(t, toy[dozens](), calc.Inputs{"rest.tells": in}, 2)
	if got, want := restsOn(report.Figure("dozens.whole")), "A rest.tells.1"; got != want {
		t.Errorf("dozens.whole rests on %q, want %q: the second number is not in it", got, want)
	}
}

// 10 of its own, 10 × 30 % = 3 won by grade C, 16 × 10 = 160 told by grades A
// and X, and a gift of 3 of its own: 176.
func TestTheSplitByEvidencePutsEachPartUnderItsWorstGradeAndAddsUpToTheTotal(t *testing.T) {
	in := bills(calc.Inputs{"rest.tells": {List: []calc.Input{*exactly(11), *exactly(5)}}})
	report := reported(t, toy[bill](), in, 2)
	table := report.Tables[len(report.Tables)-1]
	got, sum, shares := table.Name, 0.0, 0.0
	for _, row := range table.Rows {
		got += fmt.Sprintf("; %s: %v by %q", row[0].Words, row[1].Range.Likely, row[3].Words)
		sum, shares = sum+row[1].Range.Likely, shares+row[2].Range.Likely
	}
	want := `bill.total by evidence; what the scenario itself gives: 13 by ""; ` +
		`grade C: repeated, never traced: 3 by "rest.chance"; grade X: contradicted: 160 by "rest.worth"`
	if got != want {
		t.Errorf("the split is\n%s\nwant\n%s", got, want)
	}
	if total := report.Figure("bill.total").Range.Likely; sum != total || total != 176 {
		t.Errorf("the split adds up to %v and the total is %v, want 176", sum, total)
	}
	if shares < 1-2e-6 || shares > 1+2e-6 { // three shares of six decimals
		t.Errorf("the shares add up to %v, want 1", shares)
	}
}

// Retention taken from a churn that is the famous one rests on it too.
type leaving struct{ Churn, Retention float64 }

func (in *leaving) Ask(ask *calc.Form) {
	ask.Share(&in.Churn, "rest.chance", "who leaves", calc.Optional, calc.Known(chanceB))
	ask.Share(&in.Retention, "rest.retention", "who stays", calc.Complement("rest.chance"), calc.Default(1))
}

func (in *leaving) Tell(tell *calc.Report) {
	tell.Share("leaving.retention", "", in.Retention)
	tell.Share("leaving.churn", "", in.Churn)
}

func TestWhatFollowsAFamousFigureRestsOnItToo(t *testing.T) {
	for _, test := range []struct {
		what string
		in   calc.Inputs
		want string
	}{
		{"the famous churn", calc.Inputs{"rest.chance": exactly(.5)}, "B rest.chance"},
		{"another churn", calc.Inputs{"rest.chance": exactly(.4)}, ""},
		{"the famous churn, and retention of its own", calc.Inputs{"rest.chance": exactly(.5), "rest.retention": exactly(.5)}, ""},
	} {
		report := reported(t, toy[leaving](), test.in, 2)
		if got := restsOn(report.Figure("leaving.retention")); got != test.want {
			t.Errorf("given %s, leaving.retention rests on %q, want %q", test.what, got, test.want)
		}
	}
}
