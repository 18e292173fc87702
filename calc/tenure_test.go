package calc_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/quantity"
)

// A staying toy has a chance to stay, by tenure or for all time, that is what does
// not leave; and another that is the same unless said.
type staying struct {
	Leaves       float64
	Stays, Saved quantity.ByTenure
}

func (in *staying) Ask(ask *calc.Form) {
	ask.Share(&in.Leaves, "stay.leaves", "share who leave", calc.Optional)
	ask.Chance(&in.Stays, "stay.chance", "chance to stay", calc.Complement("stay.leaves"), calc.Default(1))
	ask.Chance(&in.Saved, "stay.saved", "chance to stay of those saved", calc.Follow("stay.chance"))
}

func (in *staying) Tell(tell *calc.Report) {
	for _, c := range []*quantity.ByTenure{&in.Stays, &in.Saved} {
		first, second := math.NaN(), math.NaN()
		if len(c.Early) > 0 {
			first = c.Early[0]
		}
		if len(c.Early) > 1 {
			second = c.Early[1]
		}
		tell.Count("toy.early", "", float64(len(c.Early)))
		tell.Share("toy.first", "", first)
		tell.Share("toy.second", "", second)
		tell.Share("toy.later", "", c.Later)
	}
}

// chances is a list of chances by period of tenure.
func chances(per string, numbers ...float64) *quantity.Input {
	in := &quantity.Input{}
	in.Per, _ = quantity.PeriodNamed(per)
	for _, number := range numbers {
		in.List = append(in.List, *calctest.Exactly(number))
	}
	return in
}

func TestAChanceIsOneNumberOrAListByPeriodOfTenureAndIsFollowedAsAWhole(t *testing.T) {
	claim(t, calctest.Toy[staying](), []given{
		{"one number", quantity.Inputs{"stay.chance": calctest.Exactly(.8)}, "0 NaN NaN 0.8 0 NaN NaN 0.8"},
		{"a list", quantity.Inputs{"stay.chance": chances("year", .5, .7, .9)}, "2 0.5 0.7 0.9 2 0.5 0.7 0.9"},
		{"a shorter list", quantity.Inputs{"stay.chance": chances("year", .6, .8)}, "1 0.6 NaN 0.8 1 0.6 NaN 0.8"},
		{"a list of one", quantity.Inputs{"stay.chance": chances("year", .6)}, "0 NaN NaN 0.6 0 NaN NaN 0.6"},
		{"one number again", quantity.Inputs{"stay.chance": calctest.Exactly(.8)}, "0 NaN NaN 0.8 0 NaN NaN 0.8"},
		{"what leaves", quantity.Inputs{"stay.leaves": calctest.Exactly(.25)}, "0 NaN NaN 0.75 0 NaN NaN 0.75"},
		{"what leaves, and a list", quantity.Inputs{"stay.leaves": calctest.Exactly(.25), "stay.chance": chances("year", .6, .8)}, "1 0.6 NaN 0.8 1 0.6 NaN 0.8"},
		{"a list, and another of those saved", quantity.Inputs{"stay.chance": chances("year", .6, .8), "stay.saved": chances("year", .5, .7, .9)}, "1 0.6 NaN 0.8 2 0.5 0.7 0.9"},
		{"a list, and one number of those saved", quantity.Inputs{"stay.chance": chances("year", .6, .8), "stay.saved": calctest.Exactly(.9)}, "1 0.6 NaN 0.8 0 NaN NaN 0.9"},
		{"one number, and a list of those saved", quantity.Inputs{"stay.chance": calctest.Exactly(.9), "stay.saved": chances("year", .6, .8)}, "0 NaN NaN 0.9 1 0.6 NaN 0.8"},
		{"what leaves, and a list of those saved", quantity.Inputs{"stay.leaves": calctest.Exactly(.25), "stay.saved": chances("year", .6, .8)}, "0 NaN NaN 0.75 1 0.6 NaN 0.8"},
		{"nothing", quantity.Inputs{}, "0 NaN NaN 1 0 NaN NaN 1"},
	})
}

// A written toy keeps the periods of the lists that it was given, also at second hand.
type written struct {
	staying
	Won quantity.ByTenure
}

func (in *written) Ask(ask *calc.Form) {
	in.staying.Ask(ask)
	ask.Chance(&in.Won, "stay.won", "chance to stay of those won", calc.Follow("stay.saved"))
}

func (in *written) Tell(tell *calc.Report) {
	tell.Years("toy.period", "", in.Stays.Period)
	tell.Years("toy.saved_period", "", in.Saved.Period)
	tell.Years("toy.won_period", "", in.Won.Period)
	tell.Share("toy.won_later", "", in.Won.Later)
}

func TestTheChancesOfAListAreOfThePeriodThatTheyAreWrittenFor(t *testing.T) {
	claim(t, calctest.Toy[written](), []given{
		{"years", quantity.Inputs{"stay.chance": chances("year", .6, .8)}, "1 1 1 0.8"},
		{"quarters", quantity.Inputs{"stay.chance": chances("quarter", .6, .8)}, "0.25 0.25 0.25 0.8"},
		{"no period", quantity.Inputs{"stay.chance": chances("", .6, .8)}, "1 1 1 0.8"},
		{"quarters, and years of those saved", quantity.Inputs{"stay.chance": chances("quarter", .6, .8), "stay.saved": chances("year", .6, .7)}, "0.25 1 1 0.7"},
	})
}

// 1 − .2 and 1 − .1..3; a list's second number from 60 to 80 %.
func TestEachElementOfAListIsAVariableAndMovesWhateverFollowsIt(t *testing.T) {
	m := calctest.Toy[staying]()
	list := chances("year", .5, .7, .9)
	list.List[1] = *calctest.Between(.6, .8)
	report := calctest.Reported(t, m, quantity.Inputs{"stay.chance": list}, 2)
	for i, want := range map[int]quantity.Range{1: quantity.Exactly(.5), 2: {Low: .6, Likely: .7, High: .8}, 3: quantity.Exactly(.9), 6: {Low: .6, Likely: .7, High: .8}} {
		got := report.Figures[i].Range
		if math.Abs(got.Low-want.Low)+math.Abs(got.Likely-want.Likely)+math.Abs(got.High-want.High) > 1e-12 {
			t.Errorf("figure %d, %s = %v, want %v", i, report.Figures[i].Metric, got, want)
		}
	}
	variables := m.Variables()
	var keys strings.Builder
	for _, v := range variables {
		keys.WriteString(v.Input.Key + " ")
	}
	if want := "stay.chance.1 stay.chance.2 stay.chance.3 "; keys.String() != want {
		t.Fatalf("the variables are %s, want %s", keys.String(), want)
	}
	for i, column := range []int{1, 2, 3} { // first, second, later
		variables[i].Set(.25)
		if err := m.Try(); err != nil {
			t.Fatal(err)
		}
		if stays, saved := m.Tried(column), m.Tried(4+column); stays != .25 || saved != .25 {
			t.Errorf("%s set to .25: %v and of those saved %v, want .25 of both", variables[i].Input.Key, stays, saved)
		}
	}
}

func TestWhatFollowsAShareByItsOtherEndMovesAgainstItAlsoAtSecondHand(t *testing.T) {
	m := calctest.Toy[staying]()
	calctest.Reported(t, m, quantity.Inputs{"stay.leaves": calctest.Between(.1, .3)}, 2)
	variables := m.Variables()
	if len(variables) != 1 || variables[0].Input.Key != "stay.leaves" {
		t.Fatalf("there are %d variables, want stay.leaves alone", len(variables))
	}
	if in := m.Inputs()[1]; in.Key != "stay.chance" || in.Text != "1 − stay.leaves" || math.Abs(in.Range.Low-.7)+math.Abs(in.Range.High-.9) > 1e-12 {
		t.Errorf("what follows stay.leaves is %+v, want 1 − stay.leaves, 70%% to 90%%", in)
	}
	variables[0].Set(.25)
	if err := m.Try(); err != nil {
		t.Fatal(err)
	}
	if stays, saved := m.Tried(3), m.Tried(7); stays != .75 || saved != .75 {
		t.Errorf("where 25 %% leave, %v stay and %v of those saved, want .75 of both", stays, saved)
	}
}

func TestWhatFollowsAListIsAListItself(t *testing.T) {
	m := calctest.Toy[staying]()
	calctest.Reported(t, m, quantity.Inputs{"stay.chance": chances("year", .6, .8)}, 2)
	var got strings.Builder
	for _, in := range m.Inputs() {
		got.WriteString(fmt.Sprintf("%s %v of %d from %q as %s; ", in.Key, in.Range.Likely, len(in.List), in.Derived, in.Class()))
	}
	want := `stay.chance.1 0.6 of 0 from "" as unsourced; stay.chance.2 0.8 of 0 from "" as unsourced; stay.saved 0.6 of 2 from "stay.chance" as default; `
	if got.String() != want {
		t.Errorf("the inputs are\n%s\nwant\n%s", got.String(), want)
	}
	if in := m.Inputs()[2]; in.List[0].Range.Likely != .6 || in.List[1].Range.Likely != .8 || in.Text != "stay.chance" {
		t.Errorf("stay.saved is %+v, want the list .6, .8 that it follows", in)
	}
}

func TestAListThatMayBeGivenInsteadOfANumberSaysSo(t *testing.T) {
	for _, f := range calc.New("toy", "", func(in, out *staying) error { *out = *in; return nil }).Fields() {
		if got, want := f.Lists(), f.Key != "stay.leaves"; got != want {
			t.Errorf("%s: Lists() = %v, want %v", f.Key, got, want)
		}
	}
}

// A paying toy has money that comes every so often.
type paying struct {
	Spend, Visits, Every, Renews, Second float64
	Fees                                 []fee
}

type fee struct{ Amount float64 }

func (f *fee) Ask(ask *calc.Form) { ask.MoneyPerYear(&f.Amount, "amount", "how much") }

func (in *paying) Ask(ask *calc.Form) {
	ask.MoneyPerYear(&in.Spend, "pay.spend", "what comes", calc.PerVisit("pay.visits"))
	ask.Count(&in.Visits, "pay.visits", "how often", calc.Per(calc.Needed), calc.Default(1))
	in.askPeriods(ask)
	calc.Rows(ask, &in.Fees, "fees", "what comes by kind", calc.Optional)
}

func (in *paying) askPeriods(ask *calc.Form) {
	ask.Period(&in.Every, "pay.period", "how often it comes", "pay.spend", "fees.1.amount")
	ask.Period(&in.Renews, "pay.renews", "how often one may leave", "pay.period", "pay.spend", "fees.1.amount")
	ask.Period(&in.Second, "pay.second", "how often the second comes", "fees.2.amount")
}

func (in *paying) Tell(tell *calc.Report) {
	tell.Count("toy.every", "", in.Every)
	tell.Count("toy.renews", "", in.Renews)
	tell.Count("toy.second", "", in.Second)
}

// A listing toy without a spend of its own.
type paidByKind struct{ paying }

func (in *paidByKind) Ask(ask *calc.Form) {
	in.askPeriods(ask)
	calc.Rows(ask, &in.Fees, "fees", "what comes by kind", calc.Optional)
}

// per is an amount that was written for a period.
func per(period string) *quantity.Input {
	in := calctest.Exactly(60)
	in.Per, _ = quantity.PeriodNamed(period)
	return in
}

// kinds are fees of such periods.
func kinds(periods ...string) *quantity.Input {
	in := &quantity.Input{}
	for _, period := range periods {
		in.List = append(in.List, quantity.Input{Cells: quantity.Inputs{"amount": per(period)}})
	}
	return in
}

func TestAPeriodIsHowManyOfThemAYearHasAndElseThatOfTheAmount(t *testing.T) {
	visit := &quantity.Input{Range: quantity.Exactly(65), Per: quantity.Period{Name: "visit", PerAnn: 1}, Counted: "pay.visits"}
	word := func(period string) *quantity.Input { return &quantity.Input{Word: period} }
	claim(t, calctest.Toy[paying](), []given{
		{"an amount per day", quantity.Inputs{"pay.spend": per("day")}, "365 365 1"},
		{"per week", quantity.Inputs{"pay.spend": per("week")}, "52 52 1"},
		{"per month", quantity.Inputs{"pay.spend": per("month")}, "12 12 1"},
		{"per quarter", quantity.Inputs{"pay.spend": per("quarter")}, "4 4 1"},
		{"per year", quantity.Inputs{"pay.spend": per("year")}, "1 1 1"},
		{"per visit", quantity.Inputs{"pay.spend": visit, "pay.visits": per("week")}, "12 12 1"},
		{"without a period", quantity.Inputs{"pay.spend": calctest.Exactly(60)}, "1 1 1"},
		{"per month, and a period", quantity.Inputs{"pay.spend": per("month"), "pay.period": word("quarter")}, "4 4 1"},
		{"per visit, and a period", quantity.Inputs{"pay.spend": visit, "pay.visits": per("week"), "pay.period": word("week")}, "52 52 1"},
		{"per month, and a contract", quantity.Inputs{"pay.spend": per("month"), "pay.renews": word("year")}, "12 1 1"},
		{"per month, a period and a contract", quantity.Inputs{"pay.spend": per("month"), "pay.period": word("day"), "pay.renews": word("quarter")}, "365 4 1"},
		{"per week, and by kind per month", quantity.Inputs{"pay.spend": per("week"), "fees": kinds("month")}, "52 52 1"},
	})
	claim(t, calctest.Toy[paidByKind](), []given{
		{"the first kind per month", quantity.Inputs{"fees": kinds("month", "week")}, "12 12 52"},
		{"the first kind per week", quantity.Inputs{"fees": kinds("week", "month")}, "52 52 12"},
		{"the first kind per week, and a period", quantity.Inputs{"fees": kinds("week"), "pay.period": word("month")}, "12 12 1"},
		{"nothing", quantity.Inputs{}, "1 1 1"},
	})
}

func TestAPeriodThatIsNotGivenIsADefaultWithTheNameOfThePeriodUsed(t *testing.T) {
	m := calctest.Toy[paying]()
	for _, period := range []string{"week", "month"} { // the second must not find what the first left
		calctest.Reported(t, m, quantity.Inputs{"pay.spend": per(period)}, 2)
		for _, in := range m.Inputs() {
			if (in.Key == "pay.period" || in.Key == "pay.renews") && (in.Word != period || in.Text != period || in.Origin != quantity.FromDefault) {
				t.Errorf("of an amount per %s, %s is %q, written %q, from %s, want %s by default", period, in.Key, in.Word, in.Text, in.Origin, period)
			}
		}
	}
}

// A known toy has a benchmark and a default.
type known struct{ Chance, Gift float64 }

func (in *known) Ask(ask *calc.Form) {
	ask.Share(&in.Chance, "known.chance", "the chance", calc.Benchmark(&quantity.Source{Text: "20%..40%", Values: []quantity.Range{quantity.Between(.2, .4)}, Grade: quantity.GradeC}))
	ask.Money(&in.Gift, "known.gift", "the gift", calc.Default(3))
}

func (in *known) Tell(*calc.Report) {}

func TestTheTermsOfAFieldSayWhatHappensWhereItIsNotGiven(t *testing.T) {
	terms := map[string]string{}
	for _, fields := range [][]calc.Field{
		calc.New("toy", "", func(in, out *staying) error { *out = *in; return nil }).Fields(),
		calc.New("toy", "", func(in, out *paying) error { *out = *in; return nil }).Fields(),
		calc.New("toy", "", func(in, out *known) error { *out = *in; return nil }).Fields(),
		calc.New("toy", "", func(in, out *demanding) error { *out = *in; return nil }).Fields(),
	} {
		for _, f := range fields {
			terms[f.Key] = f.Terms()
		}
	}
	var periods []string
	for _, p := range slices.Backward(quantity.Periods()) {
		periods = append(periods, p.Name)
	}
	longestFirst := strings.Join(periods, ", ")
	for key, want := range map[string]string{
		"stay.leaves":  "share; optional",
		"stay.chance":  "share; default 1 − stay.leaves, else 100%",
		"stay.saved":   "share; default stay.chance",
		"pay.spend":    "money/year",
		"pay.period":   longestFirst + "; default that of pay.spend",
		"pay.renews":   longestFirst + "; default that of pay.period",
		"known.chance": "share; benchmark 20%..40%, grade C",
		"known.gift":   "money; default 3",
		"all.word":     "plain, fancy; default plain",
	} {
		if terms[key] != want {
			t.Errorf("the terms of %s are %q, want %q", key, terms[key], want)
		}
	}
}

// A cautious toy reports nothing but what readers should know.
type cautious struct {
	Price        float64
	Stands       bool
	Bread, Jam   float64
	Counts       bool
	Wine, Bottle float64
	Glass        float64
	One, Other   bool
	Cup, Mug     float64
}

func (in *cautious) Ask(ask *calc.Form) {
	ask.Money(&in.Price, "care.price", "the price", calc.Optional)
	ask.Part(&in.Stands, func(ask *calc.Form) {
		ask.Money(&in.Bread, "care.bread", "the bread")
		ask.Money(&in.Jam, "care.jam", "the jam")
	})
	ask.When(&in.Counts, func(ask *calc.Form) {
		ask.Money(&in.Wine, "care.wine", "the wine")
		ask.Money(&in.Bottle, "care.bottle", "the bottle")
		ask.Money(&in.Glass, "care.glass", "the glass", calc.Default(0))
	}, "care.wine", "care.glass")
	ask.Either(&in.One, func(ask *calc.Form) { ask.Money(&in.Cup, "care.cup", "the cup") },
		&in.Other, func(ask *calc.Form) { ask.Money(&in.Mug, "care.mug", "the mug") })
}

func (*cautious) Tell(*calc.Report) {}

func (in *cautious) Warn(tell *calc.Report) {
	tell.Warn(in.Price > 5, "care.price", "too dear")
	tell.Remark(in.Stands, "care.bread", "bread and jam")
	tell.Remark(in.Counts, "care.wine", "wine")
	tell.Remark(in.One, "care.cup", "a cup")
	tell.Remark(in.Other, "care.mug", "a mug")
}

func TestNotesLeaveOutGroupsThatLackSomething(t *testing.T) {
	m := calc.New("toy", "", func(in, out *cautious) error {
		if in.Price > 100 {
			return calc.Wrong("care.price", "far too dear")
		}
		*out = *in
		return nil
	}).Model()
	strict := calctest.Toy[cautious]()
	for _, test := range []struct {
		what  string
		in    quantity.Inputs
		want  string
		binds bool // where nothing is left out
	}{
		{"nothing", quantity.Inputs{}, "", false},
		{"the price", quantity.Inputs{"care.price": calctest.Exactly(6)}, "warning care.price: too dear; ", false},
		{"the price and a cup", quantity.Inputs{"care.price": calctest.Exactly(6), "care.cup": calctest.Exactly(1)}, "warning care.price: too dear; note care.cup: a cup; ", true},
		{"a mug", quantity.Inputs{"care.mug": calctest.Exactly(1)}, "note care.mug: a mug; ", true},
		{"the price and bread", quantity.Inputs{"care.price": calctest.Exactly(6), "care.bread": calctest.Exactly(1)}, "warning care.price: too dear; ", false},
		{"bread and jam", quantity.Inputs{"care.bread": calctest.Exactly(1), "care.jam": calctest.Exactly(1)}, "note care.bread: bread and jam; ", false},
		{"wine and a glass without a bottle, and a cup", quantity.Inputs{"care.wine": calctest.Exactly(1), "care.glass": calctest.Exactly(1), "care.cup": calctest.Exactly(1)}, "note care.cup: a cup; ", false},
		{"wine in a bottle and a glass", quantity.Inputs{"care.wine": calctest.Exactly(1), "care.bottle": calctest.Exactly(1), "care.glass": calctest.Exactly(1)}, "note care.wine: wine; ", false},
		{"wine in a bottle without a glass", quantity.Inputs{"care.wine": calctest.Exactly(1), "care.bottle": calctest.Exactly(1)}, "", false},
		{"a bottle and a glass without wine", quantity.Inputs{"care.bottle": calctest.Exactly(1), "care.glass": calctest.Exactly(1)}, "", false},
		{"what does not compute", quantity.Inputs{"care.price": calctest.Exactly(101), "care.cup": calctest.Exactly(1)}, "", true},
		{"a cup and a mug, which say the same", quantity.Inputs{"care.price": calctest.Exactly(6), "care.cup": calctest.Exactly(1), "care.mug": calctest.Exactly(1)}, "", false},
	} {
		if got := notes(&calc.Report{Notes: m.Notes(calctest.Keyed(test.in))}); got != test.want {
			t.Errorf("given %s, Notes gives %q, want %q", test.what, got, test.want)
		}
		if err := strict.Bind(calctest.Keyed(test.in)); (err == nil) != test.binds {
			t.Errorf("given %s, binding fails with %v, want it accepted: %v", test.what, err, test.binds)
		}
	}
}
