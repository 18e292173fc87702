package consistency_test

import (
	"maps"
	"math"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/consistency"
	"github.com/churncost/churncost/calc/quantity"
)

// numbers are inputs by key, each one number.
type numbers map[string]float64

// scenario is a firm of 1,000 customers who spend 100 a year, of whom a fifth leaves, for
// one year: it agrees with itself. Some of its numbers are changed, or added to; NaN
// takes one away.
func scenario(changes numbers) quantity.Inputs {
	all := numbers{"customer.spend": 100, "customer.years": 1, "company.customers": 1000, "company.churn": .2}
	maps.Copy(all, changes)
	in := quantity.Inputs{}
	for key, number := range all {
		if !math.IsNaN(number) {
			in[key] = &quantity.Input{Key: key, Range: quantity.Exactly(number), Origin: quantity.FromScenario}
		}
	}
	return in
}

// none takes an input away.
var none = math.NaN()

// noted are the notes on a scenario.
func noted(in quantity.Inputs) []calc.Note {
	return calc.New("consistency", "", consistency.Compute).Model().Notes(in)
}

// A finding is a note that is due, by its words, and the numbers that it names.
type finding struct {
	kind  calc.NoteKind
	key   string
	words string // in its text
	terms []float64
}

// find demands the finding among the notes when it is due, and that it is not there
// when it is not.
func (f *finding) find(t *testing.T, what string, in quantity.Inputs, due bool) {
	t.Helper()
	notes := noted(in)
	for _, note := range notes {
		if !strings.Contains(note.Text, f.words) {
			continue
		}
		if !due {
			t.Errorf("%s: it is noted that %v, want nothing of it", what, note)
			return
		}
		same := note.Kind == f.kind && note.Key == f.key && len(note.Terms) == len(f.terms)
		for i := range note.Terms {
			same = same && math.Abs(note.Terms[i]-f.terms[i]) <= 1e-9*max(1, math.Abs(f.terms[i]))
		}
		if !same {
			t.Errorf("%s: it is noted that %v, want a %s on %s with %v", what, note, f.kind, f.key, f.terms)
		}
		return
	}
	if due {
		t.Errorf("%s: the notes are %v, want one that says %q", what, notes, f.words)
	}
}

func TestAScenarioThatAgreesWithItselfHasNoNotes(t *testing.T) {
	for what, in := range map[string]quantity.Inputs{
		"a firm and its customers": scenario(nil),
		"a customer alone":         scenario(numbers{"company.customers": none, "company.churn": none}),
		"a firm alone":             scenario(numbers{"customer.spend": none, "customer.years": none}),
		"nothing":                  {},
	} {
		if got := noted(in); len(got) != 0 {
			t.Errorf("of %s it is noted that %v, want nothing", what, got)
		}
	}
}

// 80 % stay where 20 % leave. 79 % are one point off, which may be rounding, and 78 % two.
func TestARetentionThatDoesNotGoWithTheChurnIsWarnedOf(t *testing.T) {
	for _, test := range []struct {
		retention, churn float64
		due              bool
	}{
		{.8, .2, false}, {.79, .2, false}, {.81, .2, false}, {.78, .2, true}, {.82, .2, true}, {.78, none, false},
	} {
		f := finding{calc.Warning, "customer.retention", "together they should make 100%", []float64{test.retention, test.churn}}
		f.find(t, "retention and churn", scenario(numbers{"customer.retention": test.retention, "company.churn": test.churn}), test.due)
	}
}

// Of a list nobody can say how many leave of all, without knowing who is how old.
func TestAListOfChancesIsNotHeldAgainstTheChurn(t *testing.T) {
	in := scenario(nil)
	in["customer.retention"] = &quantity.Input{Key: "customer.retention", List: []quantity.Input{{Range: quantity.Exactly(.5)}, {Range: quantity.Exactly(.9)}}}
	if got := noted(in); len(got) != 0 {
		t.Errorf("of a retention by tenure it is noted that %v, want nothing", got)
	}
}

func TestMoreLostCustomersAreNotAskedThanThereAreCustomers(t *testing.T) {
	f := finding{calc.Warning, "winback.lost", "winback.lost is {1 people}", []float64{1001, 1000}}
	f.find(t, "1,001 asked of 1,000", scenario(numbers{"winback.lost": 1001}), true)
	f.find(t, "1,000 asked of 1,000", scenario(numbers{"winback.lost": 1000}), false)
	f.find(t, "1,001 asked of nobody knows how many", scenario(numbers{"winback.lost": 1001, "company.customers": none}), false)
}

// complaining adds complaints, answered as TARP's large losses are.
func complaining(more numbers) numbers {
	all := numbers{
		"complaints.speak_up": .04, "complaints.resolved": .5, "complaints.quickly": .5,
		"complaints.return.silent": .09, "complaints.return.unresolved": .19, "complaints.return.resolved": .54, "complaints.return.quick": .82,
	}
	maps.Copy(all, more)
	return all
}

// 50 complaints of 4 % who speak up are of 1,250 unhappy; 40 are of 1,000.
func TestMoreCustomersAreNotUnhappyThanThereAre(t *testing.T) {
	f := finding{calc.Warning, "complaints.speak_up", "are unhappy in a year", []float64{1250, 1000}}
	f.find(t, "50 complaints", scenario(complaining(numbers{"complaints.received": 50})), true)
	f.find(t, "40 complaints", scenario(complaining(numbers{"complaints.received": 40})), false)
	f.find(t, "1,250 unhappy", scenario(complaining(numbers{"complaints.unhappy": 1250})), true)
	f.find(t, "1,000 unhappy", scenario(complaining(numbers{"complaints.unhappy": 1000})), false)
	f.find(t, "50 complaints, answered nobody says how", scenario(complaining(numbers{"complaints.received": 50, "complaints.resolved": none})), false)
	f.find(t, "50 complaints at a firm of nobody knows how many", scenario(complaining(numbers{"complaints.received": 50, "company.customers": none})), false)
}

// telling adds a story that each lost customer tells so many, of whom a share follows.
func telling(people, leave float64, more numbers) quantity.Inputs {
	in := scenario(more)
	in["word_of_mouth.tells"] = &quantity.Input{Key: "word_of_mouth.tells", List: []quantity.Input{{Range: quantity.Exactly(people)}}}
	in["word_of_mouth.leave"] = &quantity.Input{Key: "word_of_mouth.leave", Range: quantity.Exactly(leave)}
	return in
}

// 4,004 who hear, of whom a quarter follows, are 1,001; 4,000 are 1,000.
func TestOneLostCustomerDoesNotTakeMoreAlongThanThereAre(t *testing.T) {
	f := finding{calc.Warning, "word_of_mouth.tells", "the story spreads too far", []float64{1001, 1000}}
	f.find(t, "1,001 followers", telling(4004, .25, nil), true)
	f.find(t, "1,000 followers", telling(4000, .25, nil), false)
	f.find(t, "1,001 followers of nobody knows how many", telling(4004, .25, numbers{"company.customers": none}), false)
}

// 200 leave in a year. With four followers each they are all 1,000, with five 1,200.
func TestAYearsRipplesTogetherDoNotPassTheNumberOfCustomers(t *testing.T) {
	f := finding{calc.Warning, "word_of_mouth.tells", "the ripples of a year's {1 people} lost customers", []float64{200}}
	f.find(t, "five followers", telling(20, .25, nil), true)
	f.find(t, "four followers", telling(16, .25, nil), false)
	f.find(t, "five followers of a tenth", telling(20, .25, numbers{"company.churn": .1}), false) // 600
}

// Of 1.12 who leave .12 are a follower, 10.7 %; of 1.11 it is 9.9 %.
func TestWhereATenthOfTheChurnFollowsOthersTheWholeBillIsNotMultipliedByIt(t *testing.T) {
	f := finding{calc.Warning, "word_of_mouth.leave", "are followers already", []float64{.12 / 1.12}}
	f.find(t, "12 % of one", telling(1, .12, nil), true)
	f.find(t, "11 % of one", telling(1, .11, nil), false)
	f.find(t, "12 % of one, and no churn", telling(1, .12, numbers{"company.churn": none}), false)
	f.find(t, "12 % of one, and no firm", telling(1, .12, numbers{"company.customers": none}), false)
}

// A tier is so many customers who spend so much a year, of whom a share leaves.
type tier struct{ customers, spend, churn float64 }

// tiered adds a pyramid.
func tiered(more numbers, layers ...tier) quantity.Inputs {
	in, list := scenario(more), &quantity.Input{Key: "tiers"}
	for _, layer := range layers {
		list.List = append(list.List, quantity.Input{Cells: quantity.Inputs{
			"name": {Word: "one"}, "customers": {Range: quantity.Exactly(layer.customers)}, "spend": {Range: quantity.Exactly(layer.spend)}, "churn": {Range: quantity.Exactly(layer.churn)},
		}})
	}
	in["tiers"] = list
	return in
}

// gold and iron are the firm: 200 and 800 customers, of whom 20 and 180 leave.
var gold, iron = tier{200, 300, .1}, tier{800, 50, .225}

// 1,006 are six more than the firm has, and five would be half a per cent.
func TestTiersThatAddUpToAnotherNumberOfCustomersAreWarnedOf(t *testing.T) {
	more, less := iron, iron
	more.customers, less.customers = 806, 794
	f := finding{calc.Warning, "tiers", "the tiers add up to {1 people} customers", []float64{1006, 1000}}
	f.find(t, "1,006 in tiers", tiered(nil, gold, more), true)
	f.terms[0] = 994
	f.find(t, "994 in tiers", tiered(nil, gold, less), true)
	more.customers, less.customers = 805, 795
	f.find(t, "1,005 in tiers", tiered(nil, gold, more), false)
	f.find(t, "995 in tiers", tiered(nil, gold, less), false)
	f.find(t, "994 in tiers of nobody knows how many", tiered(numbers{"company.customers": none}, gold, less), false)
}

// 20 of gold and 24 % of 800 are 212 of 1,000, 1.2 points more than a fifth; 23.75 %
// are 210, just a point more.
func TestTiersWhoseLeaversAddUpToAnotherChurnAreWarnedOf(t *testing.T) {
	restless := iron
	restless.churn = .24
	f := finding{calc.Warning, "tiers", "the tiers' churn adds up to {1 share}", []float64{.212, .2}}
	f.find(t, "212 leave", tiered(nil, gold, restless), true)
	f.find(t, "212 leave of a churn that is not given", tiered(numbers{"company.churn": none}, gold, restless), false)
	restless.churn = .2375
	f.find(t, "210 leave", tiered(nil, gold, restless), false)
	f.terms[0] = .188
	restless.churn = .21
	f.find(t, "188 leave", tiered(nil, gold, restless), true)
}

// A year's churn of gold is 20 × 300 = 6,000 and of iron 180 × 50 = 9,000, 15,000 in all.
// 200 average customers who spend 100 are 20,000, a third more; at 60 they are 12,000, a
// fifth less; at 75 they say the same.
func TestByHowMuchTheAverageCustomerMissesTheTiersBillIsNoted(t *testing.T) {
	more := finding{calc.Remark, "company.customers", "the average customer says {2 money}, {3 share} more", []float64{15_000, 20_000, 1. / 3}}
	less := finding{calc.Remark, "company.customers", "the average customer says {2 money}, {3 share} less", []float64{15_000, 12_000, .2}}
	for _, test := range []struct {
		what       string
		in         quantity.Inputs
		more, less bool
	}{
		{"spending 100", tiered(nil, gold, iron), true, false},
		{"spending 60", tiered(numbers{"customer.spend": 60}, gold, iron), false, true},
		{"spending 75", tiered(numbers{"customer.spend": 75}, gold, iron), false, false},
		{"without a spend", tiered(numbers{"customer.spend": none}, gold, iron), false, false},
		{"without a firm", tiered(numbers{"company.customers": none}, gold, iron), false, false},
		{"with tiers that bring nothing", tiered(nil, tier{1000, 0, .2}), false, false},
		{"without an end", tiered(numbers{"customer.years": math.Inf(1), "customer.retention": 1}, gold, iron), false, false},
	} {
		more.find(t, test.what, test.in, test.more)
		less.find(t, test.what, test.in, test.less)
	}
}

// For ten years, replaced after one for 500, losing a customer of 1,000 a year costs that
// year and the 500, whether a fifth of the others leaves or none: 1,000 × 20 % × 1,500 are
// 300,000 by tier and on the average. Nothing is to be told of what binary fractions
// make of that, in one tier or in three.
func TestWhereTheTiersAreTheAverageCustomerNothingIsNoted(t *testing.T) {
	f := finding{words: "by tier"}
	for _, retention := range []float64{1, none} {
		for _, win := range []float64{500, none} { // replaced, and not
			if retention == 1 && win != 500 {
				continue // then one is worth ten years, and one of a tier 4.46
			}
			more := numbers{"customer.spend": 1000, "customer.years": 10, "customer.retention": retention, "customer.replaced_after": 1, "acquisition.win_cost": win}
			f.find(t, "one tier", tiered(more, tier{1000, 1000, .2}), false)
			f.find(t, "three tiers", tiered(more, tier{100, 1000, .2}, tier{200, 1000, .2}, tier{700, 1000, .2}), false)
			for customers := 1.; customers < 100; customers++ {
				f.find(t, "two tiers", tiered(more, tier{customers, 1000, .2}, tier{1000 - customers, 1000, .2}), false)
			}
		}
	}
}

func TestANewcomerWhoComesAfterTheEndIsWarnedOf(t *testing.T) {
	f := finding{calc.Warning, "customer.replaced_after", "nobody takes the place in that time", nil}
	f.find(t, "after the only year", scenario(numbers{"customer.replaced_after": 1, "acquisition.win_cost": 50}), true)
	f.find(t, "after three quarters of it", scenario(numbers{"customer.replaced_after": .75, "acquisition.win_cost": 50}), false)
	f.find(t, "of nobody knows what cost", scenario(numbers{"customer.replaced_after": 1}), false)
}

// content adds who is satisfied, given in two shares or by cell, and who buys again.
func content(byCell bool, more numbers) numbers {
	all := numbers{"satisfaction.repurchase.both": .95, "satisfaction.repurchase.service": .67, "satisfaction.repurchase.product": .33, "satisfaction.repurchase.neither": .2}
	if byCell {
		maps.Copy(all, numbers{"satisfaction.cells.both": .56, "satisfaction.cells.service": .14, "satisfaction.cells.product": .24})
	} else {
		maps.Copy(all, numbers{"satisfaction.product": .8, "satisfaction.service": .7})
	}
	maps.Copy(all, more)
	return all
}

// Of 100 unhappy 89.62 do not buy again; .8 and .7 satisfied make .717 who do, so that
// of 1,000 customers 283 do not; and 200 leave.
func TestThreeViewsOfOneYearsLossesStandSideBySide(t *testing.T) {
	f := finding{calc.Remark, "company.churn", "three views of one year's losses", []float64{89.62, 283, 200}}
	complaints := complaining(numbers{"complaints.received": 4})
	for _, byCell := range []bool{false, true} {
		f.find(t, "all three", scenario(content(byCell, complaints)), true)
		f.find(t, "no complaints", scenario(content(byCell, nil)), false)
		f.find(t, "no customers", scenario(content(byCell, complaining(numbers{"complaints.received": 4, "company.customers": none}))), false)
		f.find(t, "nobody says who buys again", scenario(content(byCell, complaining(numbers{"complaints.received": 4, "satisfaction.repurchase.both": none}))), false)
	}
	f.find(t, "no satisfaction", scenario(complaints), false)
	f.find(t, "no customer's value", scenario(content(false, complaining(numbers{"complaints.received": 4, "customer.spend": none, "customer.years": none}))), true)
}

func TestAScenarioIsLookedAtInAllRespectsAtOnce(t *testing.T) {
	restless := tier{400, 50, .5}
	in := tiered(complaining(numbers{"customer.retention": .5, "winback.lost": 2000, "complaints.unhappy": 2000}), restless)
	maps.Copy(in, telling(40_000, .5, numbers{"customer.retention": .5}))
	warned := map[string]int{}
	for _, note := range noted(in) {
		if note.Kind == calc.Warning {
			warned[note.Key]++
		}
	}
	want := map[string]int{"customer.retention": 1, "winback.lost": 1, "complaints.speak_up": 1, "word_of_mouth.tells": 2, "word_of_mouth.leave": 1, "tiers": 2}
	if !maps.Equal(warned, want) {
		t.Errorf("the warnings by key are %v, want %v", warned, want)
	}
}

// It is no calculator of its own.
func TestItHasNoFigures(t *testing.T) {
	if got := calc.New("consistency", "", consistency.Compute).Metrics(); len(got) != 0 {
		t.Errorf("Metrics() = %v, want none", got)
	}
}
