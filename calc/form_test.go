package calc_test

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/quantity"
)

// The calculators of these tests are toys: each asks for just what one claim is
// about, and reports what it was given.

// outcome binds and computes, and puts figures or problems into one line.
func outcome(m *calc.Model, in quantity.Inputs) string {
	if err := m.Bind(calctest.Keyed(in)); err != nil {
		return keysAndMessages(err)
	}
	figures, err := m.Figures(nil)
	if err != nil {
		return keysAndMessages(err)
	}
	return strings.Trim(fmt.Sprint(figures), "[]")
}

func keysAndMessages(err error) string {
	problems, ok := errors.AsType[calc.Problems](err)
	if !ok {
		return "an error that is no list of problems: " + err.Error()
	}
	var lines []string
	for _, p := range problems {
		lines = append(lines, p.Key+": "+p.Message)
	}
	return strings.Join(lines, "; ")
}

// claim compares outcomes of binding one model again and again.
func claim(t *testing.T, m *calc.Model, cases []given) {
	t.Helper()
	for _, c := range cases {
		if got := outcome(m, c.in); got != c.want {
			t.Errorf("given %s: got %q, want %q", c.what, got, c.want)
		}
	}
}

type given struct {
	what string
	in   quantity.Inputs
	want string
}

// A partial toy has a part that is included as a whole or not at all, with one input in it
// that may be left out.
type partial struct {
	Stands          bool
	Price, Cost, Of float64
	How             string
	After           float64 // no part of it
}

func (in *partial) Ask(ask *calc.Form) {
	ask.Part(&in.Stands, func(ask *calc.Form) {
		ask.Money(&in.Price, "part.price", "the price")
		ask.Money(&in.Cost, "part.cost", "the cost")
		ask.Share(&in.Of, "part.of", "the share", calc.Default(1))
		ask.Choice(&in.How, "part.how", "how", "plain", "fancy")
	})
	ask.Share(&in.After, "whole.after", "what comes after the part", calc.Default(.25))
}

func (in *partial) Tell(tell *calc.Report) {
	tell.Count("toy.stands", in.How, map[bool]float64{true: 1}[in.Stands])
	tell.Money("toy.price", "", in.Price)
	tell.Money("toy.cost", "", in.Cost)
	tell.Share("toy.of", "", in.Of)
	tell.Share("toy.after", "", in.After)
}

func TestAPartIsIncludedWithEverythingItRequiresOrNotAtAll(t *testing.T) {
	claim(t, calctest.Toy[partial](), []given{
		{"all of it", quantity.Inputs{"part.price": calctest.Exactly(5), "part.cost": calctest.Exactly(3), "part.of": calctest.Exactly(.5)}, "1 5 3 0.5 0.25"},
		{"what it requires", quantity.Inputs{"part.price": calctest.Exactly(5), "part.cost": calctest.Exactly(3)}, "1 5 3 1 0.25"},
		{"none of it", quantity.Inputs{}, "0 NaN NaN NaN 0.25"}, // and nothing is left of the binding before
		{"only what may be left out", quantity.Inputs{"part.of": calctest.Exactly(.5)}, "0 NaN NaN NaN 0.25"},
		{"the price alone", quantity.Inputs{"part.price": calctest.Exactly(5)}, `part.cost: missing key "part.cost": part.price needs it`},
		{"the cost alone", quantity.Inputs{"part.cost": calctest.Exactly(3)}, `part.price: missing key "part.price": part.cost needs it`},
	})
}

func TestAPartThatIsNoLongerIncludedForgetsItsWords(t *testing.T) {
	m := calctest.Toy[partial]()
	for _, test := range []struct {
		in   quantity.Inputs
		want string
	}{
		{quantity.Inputs{"part.price": calctest.Exactly(5), "part.cost": calctest.Exactly(3), "part.how": {Word: "fancy"}}, "fancy"},
		{quantity.Inputs{"part.how": {Word: "fancy"}}, "plain"},
	} {
		if got := outcome(m, test.in); strings.Contains(got, "missing") {
			t.Fatal(got)
		}
		if got := label(t, m); got != test.want {
			t.Errorf("after binding %d inputs, part.how is %q, want %q", len(test.in), got, test.want)
		}
	}
}

// A conditional toy has inputs that count only where the scenario gives both
// keys, though one of them has a default and one a benchmark.
type conditional struct {
	Counts        bool
	Chance, Offer float64
	Lost          float64
}

var famous = &quantity.Source{Key: "when.chance", Text: "30%", Values: []quantity.Range{quantity.Exactly(.3)}, Unit: quantity.Share, Grade: quantity.GradeC}

func (in *conditional) Ask(ask *calc.Form) {
	ask.When(&in.Counts, func(ask *calc.Form) {
		ask.Share(&in.Chance, "when.chance", "the chance", calc.Benchmark(famous))
		ask.Money(&in.Offer, "when.offer", "the offer", calc.Default(7))
		ask.People(&in.Lost, "when.lost", "how many")
	}, "when.chance", "when.offer")
}

func (in *conditional) Tell(tell *calc.Report) {
	tell.Count("toy.counts", "", map[bool]float64{true: 1}[in.Counts])
	tell.Share("toy.chance", "", in.Chance)
	tell.Money("toy.offer", "", in.Offer)
	tell.People("toy.lost", "", in.Lost)
}

func TestWhatCountsOnlyWhenKeysAreGivenIsNeverBroughtInByABenchmark(t *testing.T) {
	m := calctest.Toy[conditional]()
	m.UseBenchmarks()
	claim(t, m, []given{
		{"both keys", quantity.Inputs{"when.chance": calctest.Exactly(.1), "when.offer": calctest.Exactly(2), "when.lost": calctest.Exactly(4)}, "1 0.1 2 4"},
		{"nothing", quantity.Inputs{}, "0 NaN NaN NaN"},
		{"one key", quantity.Inputs{"when.offer": calctest.Exactly(2), "when.lost": calctest.Exactly(4)}, "0 NaN NaN NaN"},
		{"the other", quantity.Inputs{"when.chance": calctest.Exactly(.1), "when.lost": calctest.Exactly(4)}, "0 NaN NaN NaN"},
		{"both keys without what they call for", quantity.Inputs{"when.chance": calctest.Exactly(.1), "when.offer": calctest.Exactly(2)}, `when.lost: missing key "when.lost"`},
		{"the word benchmark", quantity.Inputs{"when.chance": {Benchmark: true}, "when.offer": calctest.Exactly(2), "when.lost": calctest.Exactly(4)}, "1 0.3 2 4"},
	})
}

// A choosing toy has a benchmark that depends on a choice.
type choosing struct {
	Size   string
	Return float64
}

func (in *choosing) Ask(ask *calc.Form) {
	ask.Choice(&in.Size, "choose.size", "what was at stake", "large", "small")
	ask.Share(&in.Return, "choose.return", "who returns", calc.BenchmarkBy("choose.size",
		&quantity.Source{Key: "choose.return", Text: "9%", Values: []quantity.Range{quantity.Exactly(.09)}, Applies: "large"},
		&quantity.Source{Key: "choose.return", Text: "37%", Values: []quantity.Range{quantity.Exactly(.37)}, Applies: "small"}))
}

func (in *choosing) Tell(tell *calc.Report) { tell.Share("toy.return", "", in.Return) }

func TestABenchmarkMayDependOnAChoice(t *testing.T) {
	m := calctest.Toy[choosing]()
	m.UseBenchmarks()
	claim(t, m, []given{
		{"nothing", quantity.Inputs{}, "0.09"},
		{"the first choice", quantity.Inputs{"choose.size": {Word: "large"}}, "0.09"},
		{"the other choice", quantity.Inputs{"choose.size": {Word: "small"}}, "0.37"},
		{"the other choice and the word benchmark", quantity.Inputs{"choose.size": {Word: "small"}, "choose.return": {Benchmark: true}}, "0.37"},
		{"the other choice and a number", quantity.Inputs{"choose.size": {Word: "small"}, "choose.return": calctest.Exactly(.5)}, "0.5"},
	})
}

// A benchmark is the value of an input that is not given only where the user asks for
// the calculator by name.
func TestABenchmarkIsTheValueOfAnInputNotGivenOnlyByName(t *testing.T) {
	missing := []given{
		{"nothing", quantity.Inputs{}, `choose.return: missing key "choose.return"`},
		{"the word benchmark", quantity.Inputs{"choose.return": {Benchmark: true}}, "0.09"},
		{"a number", quantity.Inputs{"choose.return": calctest.Exactly(.5)}, "0.5"},
	}
	m := calctest.Toy[choosing]()
	claim(t, m, missing)
	if m.HasInputs(quantity.Inputs{}) || !m.HasInputs(quantity.Inputs{"choose.return": calctest.Exactly(.5)}) {
		t.Errorf("HasInputs with nothing and with a number = %v, %v, want false and true", m.HasInputs(quantity.Inputs{}), m.HasInputs(quantity.Inputs{"choose.return": calctest.Exactly(.5)}))
	}
	m.UseBenchmarks()
	claim(t, m, []given{{"nothing, by name", quantity.Inputs{}, "0.09"}})
	if !m.HasInputs(quantity.Inputs{}) {
		t.Errorf("by name, HasInputs with nothing = false, want true: the benchmark stands in")
	}
	if in := m.Inputs()[1]; in.Origin != quantity.FromBenchmark || in.Text != "9%" || in.Evidence == nil {
		t.Errorf("what stands in is %+v, want 9%% from a benchmark", in)
	}
}

// A sharing toy has a part of which a benchmark can fill one half.
type sharing struct {
	Stands       bool
	Chance, Cost float64
}

func (in *sharing) Ask(ask *calc.Form) {
	ask.Part(&in.Stands, func(ask *calc.Form) {
		ask.Share(&in.Chance, "when.chance", "the chance", calc.Benchmark(famous))
		ask.Money(&in.Cost, "when.cost", "the cost")
	})
}

func (in *sharing) Tell(tell *calc.Report) {
	tell.Share("toy.chance", "", in.Chance)
	tell.Money("toy.cost", "", in.Cost)
}

func TestABenchmarkCompletesAPartOnlyByName(t *testing.T) {
	m := calctest.Toy[sharing]()
	claim(t, m, []given{
		{"the cost", quantity.Inputs{"when.cost": calctest.Exactly(5)}, `when.chance: missing key "when.chance": when.cost needs it`},
		{"nothing", quantity.Inputs{}, "NaN NaN"},
	})
	m.UseBenchmarks()
	claim(t, m, []given{
		{"the cost, by name", quantity.Inputs{"when.cost": calctest.Exactly(5)}, "0.3 5"},
		{"nothing, by name", quantity.Inputs{}, "NaN NaN"},
	})
}

// An alternative toy can be given one thing in two ways.
type alternative struct {
	ByPrice, ByParts     bool
	Price, Bread, Butter float64
}

func (in *alternative) Ask(ask *calc.Form) {
	ask.Either(&in.ByPrice, func(ask *calc.Form) { ask.Money(&in.Price, "whole.price", "the price") },
		&in.ByParts, func(ask *calc.Form) {
			ask.Money(&in.Bread, "parts.bread", "the bread")
			ask.Money(&in.Butter, "parts.butter", "the butter")
		})
}

func (in *alternative) Tell(tell *calc.Report) {
	tell.Money("toy.price", "", in.Price)
	tell.Money("toy.bread", "", in.Bread)
	tell.Money("toy.butter", "", in.Butter)
}

func TestOfTwoWaysToSayAThingExactlyOneIsTaken(t *testing.T) {
	claim(t, calctest.Toy[alternative](), []given{
		{"the first way", quantity.Inputs{"whole.price": calctest.Exactly(5)}, "5 NaN NaN"},
		{"the second way", quantity.Inputs{"parts.bread": calctest.Exactly(3), "parts.butter": calctest.Exactly(2)}, "NaN 3 2"},
		{"neither", quantity.Inputs{}, `whole.price: missing key "whole.price"`},
		{"both", quantity.Inputs{"whole.price": calctest.Exactly(5), "parts.bread": calctest.Exactly(3), "parts.butter": calctest.Exactly(2)},
			"parts.bread: whole.price and parts.bread say the same thing in two ways"},
		{"half of the second", quantity.Inputs{"parts.bread": calctest.Exactly(3)}, `parts.butter: missing key "parts.butter": parts.bread needs it`},
	})
}

// A following toy has a chain of inputs that take each other's values: what
// stays is what does not leave, and those saved stay as all do.
type following struct{ Leaves, Stays, Saved, Newcomer float64 }

func (in *following) Ask(ask *calc.Form) {
	ask.Share(&in.Leaves, "follow.leaves", "share who leave", calc.Optional)
	ask.Share(&in.Stays, "follow.stays", "share who stay", calc.Complement("follow.leaves"), calc.Default(1))
	ask.Share(&in.Saved, "follow.saved", "share of those saved who stay", calc.Follow("follow.stays"))
	ask.Share(&in.Newcomer, "follow.newcomer", "share of newcomers who leave", calc.Complement("follow.saved"), calc.Default(.5))
}

func (in *following) Tell(tell *calc.Report) {
	tell.Share("toy.stays", "", in.Stays)
	tell.Share("toy.saved", "", in.Saved)
	tell.Share("toy.newcomer", "", in.Newcomer)
	tell.Count("toy.years", "", 1/(1-in.Stays))
}

func TestAnInputFollowsAnotherOrTheOtherEndOfIt(t *testing.T) {
	claim(t, calctest.Toy[following](), []given{
		{"that a quarter leaves", quantity.Inputs{"follow.leaves": calctest.Exactly(.25)}, "0.75 0.75 0.25 4"},
		{"that nobody says", quantity.Inputs{}, "1 1 0 +Inf"},
		{"that half stay", quantity.Inputs{"follow.stays": calctest.Exactly(.5), "follow.leaves": calctest.Exactly(.25)}, "0.5 0.5 0.5 2"},
		{"that those saved all leave", quantity.Inputs{"follow.leaves": calctest.Exactly(.25), "follow.saved": calctest.Exactly(0)}, "0.75 0 1 4"},
	})
}

// 10 % to 30 % leave, so 70 % to 90 % stay, and the years are from 1 ÷ .3 to
// 1 ÷ .1. Had retention been a range of its own, newcomer and leavers would have
// moved apart.
func TestARangeIsFollowedAsOneRange(t *testing.T) {
	m := calctest.Toy[following]()
	if err := m.Bind(quantity.Inputs{"follow.leaves": {Key: "follow.leaves", Range: quantity.Range{Low: .1, Likely: .2, High: .3}}}); err != nil {
		t.Fatal(err)
	}
	report, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	for metric, want := range map[string]quantity.Range{
		"toy.stays":    {Low: .7, Likely: .8, High: .9},
		"toy.saved":    {Low: .7, Likely: .8, High: .9},
		"toy.newcomer": {Low: .1, Likely: .2, High: .3},
		"toy.years":    {Low: 3.333333, Likely: 5, High: 10},
	} {
		if got := report.Figure(metric).Range; got != want {
			t.Errorf("with 10%%..30%% leaving, %s = %v, want %v", metric, got, want)
		}
	}
	var got strings.Builder
	for _, in := range m.Inputs() {
		got.WriteString(fmt.Sprintf("%s %.2f..%.2f by %s from %q; ", in.Key, in.Range.Low, in.Range.High, in.Origin, in.Derived))
	}
	if want := `follow.leaves 0.10..0.30 by  from ""; follow.stays 0.70..0.90 by default from "follow.leaves"; ` +
		`follow.saved 0.70..0.90 by default from "follow.stays"; follow.newcomer 0.10..0.30 by default from "follow.saved"; `; got.String() != want {
		t.Errorf("the inputs are %s\nwant %s", got.String(), want)
	}
}

// A merging toy asks for one key in two places, of which one can do without.
type merging struct {
	First, Second float64
	Stands        bool
	Third         float64
}

func (in *merging) Ask(ask *calc.Form) {
	ask.Share(&in.First, "merge.churn", "share who leave", calc.Optional)
	ask.Share(&in.Second, "merge.churn", "share who leave")
	ask.Part(&in.Stands, func(ask *calc.Form) { ask.Share(&in.Third, "merge.churn", "share who leave") })
}

func (in *merging) Tell(tell *calc.Report) {
	tell.Share("toy.first", "", in.First)
	tell.Share("toy.second", "", in.Second)
	tell.Share("toy.third", "", in.Third)
}

func TestAKeyAskedForTwiceGoesToBothPlaces(t *testing.T) {
	m := calctest.Toy[merging]()
	if got, want := outcome(m, quantity.Inputs{"merge.churn": calctest.Exactly(.2)}), "0.2 0.2 0.2"; got != want {
		t.Errorf("merge.churn of 20 %% goes to %q, want %q", got, want)
	}
	if got := len(m.Inputs()); got != 1 {
		t.Errorf("merge.churn is bound as %d inputs, want one", got)
	}
}

// retention asks for company.churn, which the customer in it can do without.
func TestAKeyThatOneAskerRequiresIsRequired(t *testing.T) {
	if got, want := outcome(calctest.Toy[merging](), quantity.Inputs{}), `merge.churn: missing key "merge.churn"`; got != want {
		t.Errorf("without merge.churn, binding gives %q, want %q", got, want)
	}
}

// A demanding toy asks for much.
type demanding struct {
	Spend, Years, Visits, Circle, Overlap float64
	Word, Name                            string
	Tells                                 []float64
}

func (in *demanding) Ask(ask *calc.Form) {
	ask.MoneyPerYear(&in.Spend, "all.spend", "what one spends", calc.PerVisit("all.visits"))
	ask.Count(&in.Visits, "all.visits", "how often", calc.Default(1))
	ask.Time(&in.Years, "all.years", "how long")
	ask.Choice(&in.Word, "all.word", "which", "plain", "fancy")
	ask.Text(&in.Name, "all.name", "how it is called", calc.Optional)
	ask.PeopleList(&in.Tells, "all.tells", "whom each tells", calc.Optional)
	ask.Share(&in.Overlap, "all.overlap", "who knows", calc.Default(0))
	ask.People(&in.Circle, "all.circle", "who could hear", calc.Optional, calc.NotWith("all.overlap"))
}

func (in *demanding) Tell(tell *calc.Report) {
	tell.Money("toy.spend", in.Word+in.Name, in.Spend)
	tell.Count("toy.visits", "", in.Visits)
	tell.People("toy.tells", "", float64(len(in.Tells)))
	tell.People("toy.circle", "", in.Circle)
}

func TestEverythingMissingIsReportedAtOnceAndEachSaysWhatItIs(t *testing.T) {
	err := calctest.Toy[demanding]().Bind(quantity.Inputs{})
	if got, want := keysAndMessages(err), `all.spend: missing key "all.spend"; all.years: missing key "all.years"`; got != want {
		t.Fatalf("binding nothing fails with %q, want %q", got, want)
	}
	problems, _ := errors.AsType[calc.Problems](err)
	if got, want := problems[1].Hint, "it says how long"; got != want {
		t.Errorf("the hint at all.years is %q, want %q", got, want)
	}
}

func TestTwoKeysThatSayTheSameAreRefusedTogether(t *testing.T) {
	base := func(more quantity.Inputs) quantity.Inputs {
		more["all.spend"], more["all.years"] = calctest.Exactly(50), calctest.Exactly(10)
		return more
	}
	claim(t, calctest.Toy[demanding](), []given{
		{"the circle", base(quantity.Inputs{"all.circle": calctest.Exactly(50)}), "50 1 0 50"},
		{"the overlap", base(quantity.Inputs{"all.overlap": calctest.Exactly(.5)}), "50 1 0 NaN"},
		{"both", base(quantity.Inputs{"all.circle": calctest.Exactly(50), "all.overlap": calctest.Exactly(0)}), "all.circle: all.circle and all.overlap say the same thing twice"},
	})
}

func TestVisitsCountOnlyForASpendPerVisit(t *testing.T) {
	visit := &quantity.Input{Key: "all.spend", Range: quantity.Exactly(65), Per: quantity.Period{Name: "visit", PerAnn: 1}}
	m := calctest.Toy[demanding]()
	claim(t, m, []given{
		{"65 per visit, 4 visits", quantity.Inputs{"all.spend": visit, "all.visits": calctest.Exactly(4), "all.years": calctest.Exactly(1)}, "65 4 0 NaN"},
		{"65 per visit, no visits", quantity.Inputs{"all.spend": visit, "all.years": calctest.Exactly(1)}, `all.visits: missing key "all.visits": all.spend is per visit`},
		{"65 a year, 4 visits", quantity.Inputs{"all.spend": calctest.Exactly(65), "all.visits": calctest.Exactly(4), "all.years": calctest.Exactly(1)}, "65 1 0 NaN"},
	})
	report, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := notes(report), "not used all.visits: all.visits needs a spend per visit; "; got != want {
		t.Errorf("65 a year with 4 visits notes %q, want %q", got, want)
	}
}

func TestBindingAgainLeavesNothingOfTheBindingBefore(t *testing.T) {
	m := calctest.Toy[demanding]()
	base := quantity.Inputs{"all.spend": calctest.Exactly(50), "all.years": calctest.Exactly(10)}
	full := quantity.Inputs{"all.spend": calctest.Exactly(50), "all.years": calctest.Exactly(10), "all.word": {Word: "fancy"}, "all.name": {Word: " name"},
		"all.tells": {List: []quantity.Input{*calctest.Exactly(11), *calctest.Exactly(5)}}, "all.circle": calctest.Exactly(50)}
	claim(t, m, []given{{"all", full, "50 1 2 50"}})
	if got := label(t, m); got != "fancy name" {
		t.Errorf("given all, the words are %q, want %q", got, "fancy name")
	}
	claim(t, m, []given{{"the least", base, "50 1 0 NaN"}})
	if got := label(t, m); got != "plain" {
		t.Errorf("given the least again, the words are %q, want %q: the first choice is the default", got, "plain")
	}
}

// notes puts the notes of a report into one line.
func notes(r *calc.Report) string {
	var text strings.Builder
	for _, note := range r.Notes {
		text.WriteString(fmt.Sprintf("%s %s: %s; ", note.Kind, note.Key, note.Text))
	}
	return text.String()
}

func TestWhatIsGivenAndDoesNothingIsNamedWithWhatItTakes(t *testing.T) {
	for _, test := range []struct {
		what string
		m    *calc.Model
		in   quantity.Inputs
		want string
	}{
		{"one key of two that only count together", calctest.Toy[conditional](), quantity.Inputs{"when.offer": calctest.Exactly(2)}, "not used when.offer: when.offer needs when.chance and when.lost; "},
		{"the other one", calctest.Toy[conditional](), quantity.Inputs{"when.chance": calctest.Exactly(.1)}, "not used when.chance: when.chance needs when.offer and when.lost; "},
		{"what they call for, without them", calctest.Toy[conditional](), quantity.Inputs{"when.lost": calctest.Exactly(4)}, "not used when.lost: when.lost needs when.chance and when.offer; "},
		{"one of them, and what they call for", calctest.Toy[conditional](), quantity.Inputs{"when.chance": calctest.Exactly(.1), "when.lost": calctest.Exactly(4)},
			"not used when.chance: when.chance needs when.offer; not used when.lost: when.lost needs when.offer; "},
		{"all of them", calctest.Toy[conditional](), quantity.Inputs{"when.chance": calctest.Exactly(.1), "when.offer": calctest.Exactly(2), "when.lost": calctest.Exactly(4)}, ""},
		{"nothing", calctest.Toy[conditional](), quantity.Inputs{}, ""},
		{"what a part may do without", calctest.Toy[partial](), quantity.Inputs{"part.of": calctest.Exactly(.5)}, "not used part.of: part.of needs part.price and part.cost; "},
		{"a word that a part may do without", calctest.Toy[partial](), quantity.Inputs{"part.how": {Word: "fancy"}}, "not used part.how: part.how needs part.price and part.cost; "},
		{"the part, and what it may do without", calctest.Toy[partial](), quantity.Inputs{"part.price": calctest.Exactly(5), "part.cost": calctest.Exactly(3), "part.of": calctest.Exactly(.5)}, ""},
		{"what is no part of it", calctest.Toy[partial](), quantity.Inputs{"whole.after": calctest.Exactly(.5)}, ""},
	} {
		if got := notes(calctest.Reported(t, test.m, test.in, 2)); got != test.want {
			t.Errorf("given %s, it is noted that %q, want %q", test.what, got, test.want)
		}
	}
}

func label(t *testing.T, m *calc.Model) string {
	t.Helper()
	report, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	return report.Figures[0].Label
}

// A listing toy asks for items.
type listing struct{ Tiers []tier }

type tier struct {
	Name         string
	Spend, Churn float64
	Share        float64
}

func (r *tier) Ask(ask *calc.Form) {
	ask.Text(&r.Name, "name", "how it is called")
	ask.Money(&r.Spend, "spend", "what one spends")
	ask.Share(&r.Churn, "churn", "who leaves", calc.Optional)
	ask.Share(&r.Share, "share", "the share", calc.Default(.5))
}

func (in *listing) Ask(ask *calc.Form) { calc.Rows(ask, &in.Tiers, "tiers", "the tiers") }

func (in *listing) Tell(tell *calc.Report) {
	sum := 0.0
	for _, each := range in.Tiers {
		sum += each.Spend * each.Share
	}
	tell.Money("toy.sum", "", sum)
	tell.Table("tiers", func(t *calc.Table) {
		t.Col("name", quantity.Word).Col("spend", quantity.Money).Col("churn", quantity.Share)
		for _, each := range in.Tiers {
			t.Row(calc.Words(each.Name), calc.Number(each.Spend), calc.Number(each.Churn))
		}
	})
}

// ½ × 100 + .1 × 20..40 = 52..54.
func TestEachItemOfAListIsAFormOfItsOwn(t *testing.T) {
	m := calctest.Toy[listing]()
	in := quantity.Inputs{"tiers": {List: []quantity.Input{
		{Cells: quantity.Inputs{"name": {Word: "gold"}, "spend": calctest.Exactly(100)}},
		{Cells: quantity.Inputs{"name": {Word: "lead"}, "spend": calctest.Between(20, 40), "share": calctest.Exactly(.1), "churn": calctest.Exactly(.3)}},
	}}}
	if err := m.Bind(in); err != nil {
		t.Fatal(err)
	}
	report, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := report.Figure("toy.sum").Range, (quantity.Range{Low: 52, Likely: 53, High: 54}); got != want {
		t.Errorf("toy.sum = %v, want %v", got, want)
	}
	rows := report.Tables[0].Rows
	if got, want := rows[1][1].Range, (quantity.Range{Low: 20, Likely: 30, High: 40}); len(rows) != 2 || rows[0][0].Words != "gold" || got != want {
		t.Errorf("the table is %v, want gold and lead, whose spend is %v", rows, want)
	}
	if churn := rows[0][2].Range.Likely; !math.IsNaN(churn) {
		t.Errorf("the churn of gold, which is not given, is %v, want none", churn)
	}
	var got strings.Builder
	for _, in := range m.Inputs() {
		got.WriteString(in.Key + " ")
	}
	if want := "tiers.1.name tiers.1.spend tiers.1.share tiers.2.name tiers.2.spend tiers.2.churn tiers.2.share "; got.String() != want {
		t.Errorf("the inputs are %s, want %s", got.String(), want)
	}
}

func TestFieldsAndMetricsAreReadWithoutAScenario(t *testing.T) {
	c := calc.New("toy", "", func(in, out *listing) error { *out = *in; return nil })
	fields := c.Fields()
	if len(fields) != 1 || fields[0].Key != "tiers" || len(fields[0].Items) != 4 || fields[0].Items[3].Fallback != .5 {
		t.Errorf("Fields() = %+v, want tiers with its four columns", fields)
	}
	metrics := c.Metrics()
	if len(metrics) != 1 || metrics[0].Metric != "toy.sum" || metrics[0].Unit != quantity.Money || !metrics[0].Absent() {
		t.Errorf("Metrics() = %+v, want toy.sum, money, without a value", metrics)
	}
}

func TestARequiredFieldIsOneWithoutADefault(t *testing.T) {
	var got strings.Builder
	for _, f := range calc.New("toy", "", func(in, out *demanding) error { *out = *in; return nil }).Fields() {
		if f.Required() {
			got.WriteString(f.Key + " ")
		}
	}
	for _, f := range calc.New("toy", "", func(in, out *merging) error { *out = *in; return nil }).Fields() {
		if f.Required() { // by the second of those who ask for it
			got.WriteString(f.Key + " ")
		}
	}
	for _, f := range calc.New("toy", "", func(in, out *following) error { *out = *in; return nil }).Fields() {
		if f.Required() {
			got.WriteString(f.Key + " ")
		}
	}
	for _, f := range calc.New("toy", "", func(in, out *choosing) error { *out = *in; return nil }).Fields() {
		if f.Required() { // unless somebody asks by name
			got.WriteString(f.Key + " ")
		}
	}
	for _, f := range calc.New("toy", "", func(in, out *paying) error { *out = *in; return nil }).Fields() {
		if f.Required() { // a period is taken from elsewhere
			got.WriteString(f.Key + " ")
		}
	}
	for _, f := range calc.New("toy", "", func(in, out *staying) error { *out = *in; return nil }).Fields() {
		if f.Required() {
			got.WriteString(f.Key + " ")
		}
	}
	if want := "all.spend all.years merge.churn choose.return pay.spend "; got.String() != want {
		t.Errorf("required are %s, want %s", got.String(), want)
	}
}

// A list's citation is about what was written in the list: not about what has a
// citation of its own, and not about what --set put there later.
func TestElementsAndItemsInheritTheCitationOfTheirListWhereItIsAboutThem(t *testing.T) {
	counted := quantity.Citation{Source: "our own count", Owner: "Ann"}
	with := func(origin quantity.Origin, citation quantity.Citation) quantity.Input {
		return quantity.Input{Range: quantity.Exactly(1), Origin: origin, Citation: citation}
	}
	bens := quantity.Citation{Owner: "Ben"}
	given := []quantity.Input{with(quantity.FromScenario, quantity.Citation{}), with(quantity.FromScenario, bens), with(quantity.FromSet, quantity.Citation{})}
	items := make([]quantity.Input, len(given))
	for i := range given {
		items[i].Cells = quantity.Inputs{"name": {Origin: quantity.FromScenario}, "spend": &given[i]}
	}
	years := quantity.Input{Range: quantity.Exactly(1)}
	for _, test := range []struct {
		what     string
		m        *calc.Model
		key      string
		list     quantity.Input
		citation quantity.Citation // of the list
		want     string            // by element: who owns the number, and the list it has that from
	}{
		{"a list", calctest.Toy[demanding](), "all.tells", quantity.Input{List: given}, counted, "Ann all.tells, Ben , none , "},
		{"items", calctest.Toy[listing](), "tiers", quantity.Input{List: items}, counted, "Ann tiers, Ben , none , "},
		{"a list without a citation", calctest.Toy[demanding](), "all.tells", quantity.Input{List: given}, quantity.Citation{}, "none , Ben , none , "},
	} {
		test.list.Key, test.list.Origin, test.list.Citation = test.key, quantity.FromScenario, test.citation
		if err := test.m.Bind(quantity.Inputs{test.key: &test.list, "all.spend": &years, "all.years": &years}); err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for _, in := range test.m.Inputs() {
			if in.Whole() == test.key || strings.HasSuffix(in.Key, ".spend") && in.Key != "all.spend" {
				got.WriteString(cmp.Or(in.Citation.Owner, "none") + " " + in.Listed + ", ")
			}
		}
		if got.String() != test.want {
			t.Errorf("of %s the numbers have the citations of %q, want %q", test.what, got.String(), test.want)
		}
	}
}
