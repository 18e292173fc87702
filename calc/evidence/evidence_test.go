package evidence_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/evidence"
	"github.com/churncost/churncost/calc/quantity"
)

// The figures that the founding texts hold, and what was read beside them, with
// the grade that each deserves. A figure that is added is added here as well, and
// one whose grade changes must say so here.
func TestTheRegistryHoldsEveryFigureOfTheTextsOnceWithItsGrade(t *testing.T) {
	type figure struct {
		key, text string
		grade     quantity.Grade
	}
	wanted := []figure{
		// The story: 1 → 11 → 5, a quarter stays away, each spends the same.
		{"word_of_mouth.tells", "[11, 5]", "B"},
		{"word_of_mouth.tells", "[10..20]", "B"},
		{"word_of_mouth.tells", "[8..11]", "C"},
		{"word_of_mouth.leave", "25%", "C"},
		{"word_of_mouth.value", "100%", "C"},
		// Winning against keeping: 5 to 6 times, 118 cents against 19, 5 times.
		{"ratio.win_to_keep", "5..6", "C"},
		{"ratio.win_to_keep", "6.210526", "C"},
		{"ratio.win_to_keep", "5", "C"},
		// The odds of a sale, and who returns unasked.
		{"winback.active", "60%..70%", "C"},
		{"winback.lapsed", "20%..40%", "C"},
		{"winback.prospect", "5%..20%", "C"},
		{"winback.active", "50%", "C"},
		{"winback.prospect", "15%", "C"},
		{"winback.returns_anyway", "13%", "C"},
		// The second life: two claims without a number, and one quoted.
		{"winback.second_life.spend_against_new", "100%", "C"},
		{"winback.second_life.ramp_against_new", "100%", "C"},
		{"winback.second_life.return", "214%", "C"},
		// Churn, and programmes against it.
		{"company.churn", "10%..30%", "C"},
		{"retention.return_per_1", "2", "C"},
		{"retention.value_lift", "30%", "B"},
		{"retention.programme_profit", "25%..100%", "C"},
		{"retention.zero_defections", "25%..85%", "B"},
		{"retention.value_elasticity", "5", "A"},
		{"retention.cost_per_saved", "1", "A"},
		// Complaints: who speaks up, who returns after a large and after a small loss.
		{"complaints.speak_up", "4%", "X"},
		{"complaints.speak_up", "50%", "B"},
		{"complaints.speak_up", "75%", "B"},
		{"complaints.return.silent", "9%", "B"},
		{"complaints.return.unresolved", "19%", "B"},
		{"complaints.return.resolved", "54%", "B"},
		{"complaints.return.quick", "82%", "B"},
		{"complaints.return.silent", "37%", "B"},
		{"complaints.return.unresolved", "46%", "B"},
		{"complaints.return.resolved", "70%", "B"},
		{"complaints.return.quick", "95%", "B"},
		{"complaints.worth.speaking_up", "10pp", "X"},
		{"complaints.lost_share", "75.3%", "C"},
		{"complaints.impressions", "12", "C"},
		{"complaints.full_recovery", "100%", "A"},
		// Content with what.
		{"satisfaction.repurchase.both", "95%", "C"},
		{"satisfaction.repurchase.service", "67%", "C"},
		{"satisfaction.repurchase.product", "33%", "C"},
		{"satisfaction.repurchase.neither", "20%", "C"},
		{"satisfaction.service_to_product", "3", "C"},
		{"satisfaction.product_part", "25%", "C"},
		{"satisfaction.goals", "3", "C"},
		// The pyramid, the reasons, the other way round.
		{"tiers.top20_share", "80%", "C"},
		{"tiers.pyramid", "4", "B"},
		{"reasons.indifference", "68%", "C"},
		{"reasons.sins", "10", "B"},
		{"reasons.turnoffs", "97%", "B"},
		{"reasons.complaint_causes", "15", "C"},
		{"referrals.words", "8", "B"},
		{"referrals.convert", "2.5%", "B"},
		{"referrals.per_promoter", "42 per year", "B"},
	}
	held := map[figure]int{}
	for _, s := range evidence.All() {
		held[figure{s.Key, s.Text, s.Grade}]++
	}
	for _, f := range wanted {
		if held[f] != 1 {
			t.Errorf("%s %s of grade %s stands %d times in the registry, want once", f.key, f.text, f.grade, held[f])
		}
		delete(held, f)
	}
	for f := range held {
		t.Errorf("%s %s of grade %s stands in the registry, and in no list of what the texts hold", f.key, f.text, f.grade)
	}
}

// A figure of an input is good for nothing until those who ask for the input
// know it: typed without a source, it would pass for a fact.
func TestEveryFigureOfAnInputIsKnownToEveryCalculatorThatAsksForIt(t *testing.T) {
	known := 0
	for _, source := range evidence.All() {
		for _, c := range catalog.All() {
			for _, f := range c.Fields() {
				if f.Key != source.Key {
					continue
				}
				known++
				if !slices.Contains(f.Evidence, source) {
					t.Errorf("%s asks for %s and does not know the figure %s of it", c.Name, f.Key, source.Text)
				}
			}
		}
	}
	if known == 0 {
		t.Error("no figure is one of an input: nothing was looked at")
	}
}

func TestAContradictedFigureNeverFillsASilence(t *testing.T) {
	silences := 0
	for _, c := range catalog.All() {
		for _, f := range c.Fields() {
			if !f.Benchmark {
				continue
			}
			silences++
			for i, source := range f.Evidence {
				standsIn := i == 0 || f.ChosenBy != ""
				if standsIn && source.Grade == quantity.GradeX {
					t.Errorf("%s lets %s %s stand in, which is contradicted", c.Name, f.Key, source.Text)
				}
			}
		}
	}
	if silences == 0 {
		t.Error("no calculator lets a figure stand in: nothing was looked at")
	}
}

// J. Goodman, ASQ Quality Progress, November 2005: that only 4 % complain "is very
// wrong — the real number is about 50%". Two words had been dropped.
func TestThe4PercentCarriesItsAuthorsRetraction(t *testing.T) {
	for _, part := range []string{"very wrong", "about 50 %", "75 % between businesses", "small-ticket", "headquarters", "J. Goodman", "Nov 2005"} {
		if !strings.Contains(evidence.SpeakUp.Against, part) {
			t.Errorf("what contradicts the 4 %% is told as %q, want %q in it", evidence.SpeakUp.Against, part)
		}
	}
}

// The choice complaints.ticket decides which table is used. A table that lacks
// a channel would give the other's figure.
func TestBothTablesOfReturnsHaveAFigureForEachChannel(t *testing.T) {
	for _, channel := range []string{"silent", "unresolved", "resolved", "quick"} {
		for _, ticket := range []string{"large", "small"} {
			found := 0
			for _, s := range evidence.All() {
				if s.Key == "complaints.return."+channel && s.Applies == ticket {
					found++
				}
			}
			if found != 1 {
				t.Errorf("complaints.return.%s of a %s loss stands %d times in the registry, want once", channel, ticket, found)
			}
		}
	}
}

// The 50 % of the car service training is of 老客户, customers who are still there.
// Beside the odds for lost ones it would make winning back look twice as easy.
func TestTheOddsForExistingCustomersStandBesideNoLostOnes(t *testing.T) {
	for _, c := range catalog.All() {
		for _, f := range c.Fields() {
			if got, want := slices.Contains(f.Evidence, evidence.SaleToExisting), f.Key == "winback.active"; got != want {
				t.Errorf("%s: %s knows the 50 %% for existing customers: %t, want %t", c.Name, f.Key, got, want)
			}
		}
	}
}
