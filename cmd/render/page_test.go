package render

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
)

// inOrder reports texts that are not found one after the other.
func inOrder(t *testing.T, text string, wanted ...string) {
	t.Helper()
	rest := text
	for _, want := range wanted {
		_, after, found := strings.Cut(rest, want)
		if !found {
			t.Errorf("%q does not come where it should, after all that comes before it in %q, in\n%s", want, wanted, text)
			return
		}
		rest = after
	}
}

func TestAPageGivesTheAnswerFirstAndTheRemarksLast(t *testing.T) {
	text := written(t, "table", compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("It costs {test.cost}")
		tell.Money("test.cost", "Cost", 26_000).But("a caveat")
		tell.Count("test.tabled", "Tabled", 7)
		tell.Count("test.absent", "Absent", math.NaN()).Needs("acquisition.win_cost")
		tell.Table("with a metric", func(table *calc.Table) {
			table.Col("of a metric", calc.Word).Col("how many", calc.Count)
			table.Row(calc.Say("seven"), calc.Of("test.tabled"))
		})
		tell.Table("without one", func(table *calc.Table) {
			table.Col("of no metric", calc.Word).Col("how many", calc.Count)
			table.Row(calc.Say("eight"), calc.N(8))
		})
		tell.Warn(true, "", "a warning")
	})))
	inOrder(t, text, "mine: It costs $26,000", "of a metric", "Cost ¹", "left out: Absent (test.absent): it takes acquisition.win_cost",
		"of no metric", "assumed", "¹ a caveat", "warning: a warning")
	for _, once := range []string{"of a metric", "of no metric"} {
		if count := strings.Count(text, once); count != 1 {
			t.Errorf("the table %q stands %d times, want once, in\n%s", once, count, text)
		}
	}
	if headline, _, _ := strings.Cut(text, "\n"); headline != "mine: It costs $26,000" {
		t.Errorf("the first line is %q, want the headline", headline)
	}
}

func TestAMetricThatStandsInATableOfItsOwnHasNoRowInTheMainOne(t *testing.T) {
	d := compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("Figures")
		tell.Count("test.plain", "In the main table", 6)
		tell.Count("test.tabled", "In its own", 7)
		tell.Table("own", func(table *calc.Table) {
			table.Col("which", calc.Word).Col("how many", calc.Count)
			table.Row(calc.Say("the tabled one"), calc.Of("test.tabled"))
		})
	}))
	text := written(t, "table", d)
	if !strings.Contains(text, "│ the tabled one │        7 │") || !strings.Contains(text, "In the main table") || strings.Contains(text, "In its own") {
		t.Errorf("the metric does not stand in its own table alone:\n%s", text)
	}
	// Markdown has one table, so every figure stands in it.
	if got := cell(t, written(t, "markdown", d), "In its own", "amount"); got != "7" {
		t.Errorf("markdown gives %q in the row of the tabled metric, want 7", got)
	}
}

func TestLowAndHighStandOnlyWhereThereAreRanges(t *testing.T) {
	twice := calc.New("twice", "What is twice the spend?", twice)
	exact := cells(written(t, "markdown", compute(t, "mine", regular, twice)))
	if want := []string{"twice", "amount", "how"}; !slices.Equal(exact[0], want) {
		t.Errorf("without a range the columns are %q, want %q", exact[0], want)
	}
	// Twice 100, 105 and 120; the middle one is named.
	ranged := cells(written(t, "markdown", compute(t, "mine", "version: 1\ncustomer: {spend: 100..105..120 per year, years: 1}\n", twice)))
	if want := []string{"twice", "amount", "low", "high", "how"}; !slices.Equal(ranged[0], want) {
		t.Errorf("with a range the columns are %q, want %q", ranged[0], want)
	}
	if want := []string{"Twice", "$210", "$200", "$240", ""}; !slices.Equal(ranged[2], want) {
		t.Errorf("the row is %q, want %q", ranged[2], want)
	}
}

func TestAFigureThatIsNotFiniteThroughoutHasNoLowAndHigh(t *testing.T) {
	payback := calc.New("payback", "When is it paid back?", func(in *customer.Inputs, out *teller) error {
		*out = func(tell *calc.Report) {
			tell.Answer("It takes {test.payback}")
			tell.Years("test.payback", "Payback", 6/in.Spend)
		}
		return nil
	})
	// 6 ÷ 3 at the likely point, but 6 ÷ 0 at the low end.
	text := written(t, "markdown", compute(t, "mine", "version: 1\ncustomer: {spend: 0..3..6 per year, years: 1..2}\n", payback))
	for heading, want := range map[string]string{"amount": "2", "low": "", "high": ""} {
		if got := cell(t, text, "Payback", heading); got != want {
			t.Errorf("%s reads %q, want %q, in\n%s", heading, got, want, text)
		}
	}
	if headline, _, _ := strings.Cut(text, "\n"); headline != "**mine: It takes 2**" {
		t.Errorf("the headline is %s, want one without ends", headline)
	}
}

func TestWordsStandInThePlaceOfAFigureThatIsBetterSaid(t *testing.T) {
	text := written(t, "markdown", compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("A figure")
		tell.Years("test.payback", "Payback", 40).Reads("never in this lifetime")
		tell.Years("test.other", "Other", 4).Reads("")
	})))
	for row, want := range map[string]string{"Payback": "never in this lifetime", "Other": "4"} {
		if got := cell(t, text, row, "amount"); got != want {
			t.Errorf("the row %s reads %q, want %q", row, got, want)
		}
	}
}

func TestAnAbsentFigureIsLeftOutWithAReason(t *testing.T) {
	text := written(t, "table", compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("Figures")
		tell.Count("test.present", "Present", 1)
		tell.Count("test.keyless", "Keyless", math.NaN()).Needs("winback.lapsed", "winback.offer_cost")
		tell.Count("test.likewise", "Likewise", math.NaN()).Needs("winback.lapsed", "winback.offer_cost")
		tell.Count("test.half", "Half", math.NaN()).Needs("customer.spend", "winback.lapsed")
		tell.Count("test.reasoned", "Reasoned", math.NaN()).Else("{customer.years} are too few")
	})))
	for _, want := range []string{
		"left out: Keyless (test.keyless), Likewise (test.likewise): it takes winback.lapsed and winback.offer_cost\n",
		"left out: Half (test.half): it takes winback.lapsed\n", // the spend is given
		"left out: Reasoned (test.reasoned): 10 years are too few\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no line reads %q in\n%s", want, text)
		}
	}
	if count := strings.Count(text, "left out: "); count != 3 {
		t.Errorf("%d lines tell what is left out, want one for each of three reasons, in\n%s", count, text)
	}
	if strings.Contains(text, "│ Keyless") {
		t.Errorf("an absent figure has a row in\n%s", text)
	}
}

func TestEveryFootnoteMarkHasItsFootnote(t *testing.T) {
	d := compute(t, "mine", lettuce, calculator(t, "loss"))
	text := written(t, "table", d)
	for number := 1; number <= 4; number++ {
		mark := superscript(number)
		if !strings.Contains(text, " "+mark) || strings.Count(text, "\n"+mark+" ") != 1 {
			t.Errorf("mark %s does not stand in a table and once at the beginning of a footnote, in\n%s", mark, text)
		}
	}
	// The story and its two assumptions: B for 11 and 5 (P. Timm), C for 25 % and
	// for equal spend.
	headline, _, _ := strings.Cut(text, "\n")
	if want := " (rests on evidence of grades B and C)"; !strings.HasSuffix(headline, want) {
		t.Errorf("the headline is %q, want it to end with %q", headline, want)
	}
}

func TestFootnotesAreNumberedInSuperscript(t *testing.T) {
	for number, want := range map[int]string{1: "¹", 9: "⁹", 10: "¹⁰", 23: "²³"} {
		if got := superscript(number); got != want {
			t.Errorf("superscript(%d) = %q, want %q", number, got, want)
		}
	}
}

func TestTheAssumptionsSayWhereEachValueCameFrom(t *testing.T) {
	const scenario = `version: 1
customer:
  spend: 50 per week
  years: {value: 10, source: till receipts, owner: Ann, date: 2026-05-01, expires: 2027-05-01}
  discount: 5%
company:
  churn: 20%
`
	d := compute(t, "mine", scenario, calculator(t, "lifetime"))
	s := d.Sections[0].Scenario
	if err := s.Set("customer.discount=8%"); err != nil {
		t.Fatalf("Set(customer.discount=8%%) = %v", err)
	}
	model := calculator(t, "lifetime").Model()
	if err := s.Bind(model); err != nil {
		t.Fatalf("Bind = %v", err)
	}
	d.Sections[0].Answers[0].Inputs = model.Inputs()
	got := boxes(written(t, "table", d))
	for _, want := range [][]string{
		{"customer.spend", "50 per week", "mine.yaml:3", "", ""},
		{"customer.years", "10", "mine.yaml:4", "", "till receipts, Ann, 2026-05-01, expires 2027-05-01"},
		{"customer.discount", "8%", "--set", "", ""},
		{"customer.margin", "100%", "default", "", ""},
		{"customer.retention", "80%", "default: 1 − company.churn", "", ""}, // what does not leave stays
	} {
		if !slices.ContainsFunc(got, func(row []string) bool { return slices.Equal(row, want) }) {
			t.Errorf("no row of the assumptions is %q among %q", want, got)
		}
	}
}
