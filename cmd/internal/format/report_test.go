package format

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/quantity"
)

// inOrder reports texts that are missing or not in order.
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
		tell.Money("test.cost", "Cost", 26_000).Caveat("a caveat")
		tell.Count("test.tabled", "Tabled", 7)
		tell.Count("test.absent", "Absent", math.NaN()).Needs("acquisition.win_cost")
		tell.Table("with a metric", func(table *calc.Table) {
			table.Col("of a metric", quantity.Word).Col("how many", quantity.Count)
			table.Row(calc.Words("seven"), calc.Metric("test.tabled"))
		})
		tell.Table("without one", func(table *calc.Table) {
			table.Col("of no metric", quantity.Word).Col("how many", quantity.Count)
			table.Row(calc.Words("eight"), calc.Number(8))
		})
		tell.Warn(true, "", "a warning")
	})))
	inOrder(t, text, "mine: It costs $26,000", "of a metric", "Cost ¹", "not included: Absent (test.absent) needs acquisition.win_cost",
		"of no metric", "assumption", "¹ a caveat", "warning: a warning")
	for _, once := range []string{"of a metric", "of no metric"} {
		if count := strings.Count(text, once); count != 1 {
			t.Errorf("the table %q is there %d times, want once, in\n%s", once, count, text)
		}
	}
	if headline, _, _ := strings.Cut(text, "\n"); headline != "mine: It costs $26,000" {
		t.Errorf("the first line is %q, want the headline", headline)
	}
}

func TestAMetricInATableOfItsOwnHasNoRowInTheMainTable(t *testing.T) {
	d := compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("Figures")
		tell.Count("test.plain", "In the main table", 6)
		tell.Count("test.tabled", "In its own", 7)
		tell.Table("own", func(table *calc.Table) {
			table.Col("which", quantity.Word).Col("how many", quantity.Count)
			table.Row(calc.Words("the tabled one"), calc.Metric("test.tabled"))
		})
	}))
	text := written(t, "table", d)
	if !strings.Contains(text, "│ the tabled one │        7 │") || !strings.Contains(text, "In the main table") || strings.Contains(text, "In its own") {
		t.Errorf("the metric is not only in its own table:\n%s", text)
	}
	// Markdown has one table with every figure.
	if got := cellAt(t, written(t, "markdown", d), "In its own", "amount"); got != "7" {
		t.Errorf("markdown gives %q in the row of the tabled metric, want 7", got)
	}
}

func TestLowAndHighAreShownOnlyForRanges(t *testing.T) {
	twice := calc.New("twice", "What is twice the spend?", twice)
	exact := cells(written(t, "markdown", compute(t, "mine", regular, twice)))
	if want := []string{"twice", "amount", "calculation"}; !slices.Equal(exact[0], want) {
		t.Errorf("without a range the columns are %q, want %q", exact[0], want)
	}
	// Twice 100, 105 and 120; the likely value is given.
	ranged := cells(written(t, "markdown", compute(t, "mine", "version: 1\ncustomer: {spend: 100..105..120 per year, years: 1}\n", twice)))
	if want := []string{"twice", "amount", "lowest", "highest", "calculation"}; !slices.Equal(ranged[0], want) {
		t.Errorf("with a range the columns are %q, want %q", ranged[0], want)
	}
	if want := []string{"Twice", "$210", "$200", "$240", ""}; !slices.Equal(ranged[2], want) {
		t.Errorf("the row is %q, want %q", ranged[2], want)
	}
}

// A normal, a lognormal and a beta have 5 % of the draws beyond each end, so their ends
// are not the lowest and highest. Ranges that the answer does not use do not count.
func TestTheColumnsSayWhetherValuesCanLieBeyondTheEndsOfTheRanges(t *testing.T) {
	twice := calc.New("twice", "What is twice the spend?", twice)
	bounded := []string{"twice", "amount", "lowest", "highest", "calculation"}
	open := []string{"twice", "amount", "lowest at range ends", "highest at range ends", "calculation"}
	for _, test := range []struct {
		spend, margin, win string
		want               []string
	}{
		{"{low: 100 per year, high: 120 per year}", "20%", "70", bounded},
		{"{low: 100 per year, high: 120 per year, shape: uniform}", "20%", "70", bounded},
		{"{low: 100 per year, likely: 105 per year, high: 120 per year, shape: triangular}", "20%", "70", bounded},
		{"{low: 100 per year, likely: 105 per year, high: 120 per year, shape: pert}", "20%", "70", bounded},
		{"{low: 100 per year, high: 120 per year, shape: normal}", "20%", "70", open},
		{"{low: 100 per year, high: 120 per year, shape: lognormal}", "20%", "70", open},
		{"100..120 per year", "{low: 10%, high: 20%, shape: beta}", "70", open},
		{"100..120 per year", "{low: 20%, high: 20%, shape: normal}", "70", bounded},
		{"100..120 per year", "20%", "{low: 60, high: 80, shape: normal}", bounded},
	} {
		text := "version: 1\ncustomer: {years: 1, spend: " + test.spend + ", margin: " + test.margin + "}\nacquisition: {win_cost: " + test.win + ", keep_cost: 15}\n"
		d := compute(t, "mine", text, twice, calculator(t, "ratio"))
		d.Sections[0].Answers = d.Sections[0].Answers[:1]
		for _, format := range []string{"markdown", "html"} {
			page := written(t, format, d)
			for _, name := range test.want {
				if mark := map[string]string{"markdown": "| " + name + " |", "html": ">" + name + "</th>"}[format]; !strings.Contains(page, mark) {
					t.Errorf("%s has no column %q for\n%s\n%s", format, name, text, page)
				}
			}
		}
	}
}

// The first row is at its highest, 3, when the second is at its lowest, 2, and the other
// way round.
func TestALineSaysIfTheEndsOfTheRowsDoNotAddUpToThoseOfTheTotal(t *testing.T) {
	const both = "the rows add up to the total, but not to its lowest and highest: the rows do not all reach theirs at the same time"
	for _, test := range []struct {
		claim                string
		first, second, total quantity.Range
		want                 string
	}{
		{"they do", quantity.Between(1, 3), quantity.Between(2, 4), quantity.Between(3, 7), ""},
		{"they add up, apart from rounding", quantity.Between(1.01, 3), quantity.Between(2, 4.01), quantity.Between(3, 7), ""},
		{"both do not", quantity.Between(1, 3), quantity.Between(2, 4), quantity.Between(4, 6), both},
		{"the lowest does not", quantity.Between(1, 3), quantity.Between(2, 4), quantity.Between(3.02, 7), strings.Replace(both, " and highest", "", 1)},
		{"the highest does not", quantity.Between(1, 3), quantity.Between(2, 4), quantity.Between(3, 6.98), strings.Replace(both, "lowest and ", "", 1)},
		{"a row is absent", quantity.Between(3, 7), quantity.Exactly(math.NaN()), quantity.Between(3, 7), ""},
		{"a row is absent, and the other does not", quantity.Between(3, 7), quantity.Exactly(math.NaN()), quantity.Between(2, 8), both},
		{"the total is absent", quantity.Between(3, 7), quantity.Between(2, 4), quantity.Exactly(math.NaN()), ""},
		{"a row is not finite throughout", quantity.Range{Low: math.NaN(), Likely: 2, High: math.NaN()}, quantity.Between(2, 4), quantity.Between(3, 7), ""},
	} {
		d := compute(t, "mine", regular, telling(func(tell *calc.Report) {
			tell.Answer("A figure")
			tell.Money("test.first", "First", 1)
			tell.Money("test.second", "Second", 1)
			tell.Money("test.total", "Total", 2)
			tell.Adds("test.total", "test.first", "test.second")
		}))
		figures := d.Sections[0].Answers[0].Report.Figures
		figures[0].Range, figures[1].Range, figures[2].Range = test.first, test.second, test.total
		text, got := written(t, "table", d), ""
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "the rows add up") {
				got = strings.TrimSuffix(line, "\n")
			}
		}
		if got != test.want {
			t.Errorf("%s: the line reads %q, want %q, in\n%s", test.claim, got, test.want, text)
		}
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
	text := written(t, "markdown", compute(t, "mine", "version: 1\ncustomer: {spend: {value: 0..3..6 per year, source: till}, years: 1..2}\n", payback))
	for heading, want := range map[string]string{"amount": "2", "lowest": "", "highest": ""} {
		if got := cellAt(t, text, "Payback", heading); got != want {
			t.Errorf("%s reads %q, want %q, in\n%s", heading, got, want, text)
		}
	}
	if headline, _, _ := strings.Cut(text, "\n"); headline != "**mine: It takes 2**" {
		t.Errorf("the headline is %s, want one without ends", headline)
	}
}

func TestDisplayShowsWordsInsteadOfANumber(t *testing.T) {
	text := written(t, "markdown", compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("A figure")
		tell.Years("test.payback", "Payback", 40).Display("never in this lifetime")
		tell.Years("test.other", "Other", 4).Display("")
	})))
	for row, want := range map[string]string{"Payback": "never in this lifetime", "Other": "4"} {
		if got := cellAt(t, text, row, "amount"); got != want {
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
		tell.Count("test.reasoned", "Reasoned", math.NaN()).AbsentBecause("{customer.years} are too few")
		tell.Count("test.one", "One", math.NaN()).AbsentBecause("it needs more")
		tell.Count("test.other", "Other", math.NaN()).AbsentBecause("it needs more")
	})))
	for _, want := range []string{
		"not included: Keyless (test.keyless), Likewise (test.likewise) need winback.lapsed and winback.offer_cost\n",
		"not included: Half (test.half) needs winback.lapsed\n", // the spend is given
		"not included: Reasoned (test.reasoned): 10 years are too few\n",
		"not included: One (test.one), Other (test.other): it needs more\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no line reads %q in\n%s", want, text)
		}
	}
	if count := strings.Count(text, "not included: "); count != 4 {
		t.Errorf("%d lines tell what is not included, want one for each of four reasons, in\n%s", count, text)
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
			t.Errorf("mark %s is not in a table and once at the beginning of a footnote, in\n%s", mark, text)
		}
	}
}

func TestFootnotesAreNumberedInSuperscript(t *testing.T) {
	for number, want := range map[int]string{1: "¹", 9: "⁹", 10: "¹⁰", 23: "²³"} {
		if got := superscript(number); got != want {
			t.Errorf("superscript(%d) = %q, want %q", number, got, want)
		}
	}
}

func TestTheAssumptionsSayWhereEachValueIsSet(t *testing.T) {
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
		{"customer.spend", "50 per week", "mine.yaml:3", "unsourced", ""},
		{"customer.years", "10", "mine.yaml:4", "sourced", "till receipts, Ann, 2026-05-01, expires 2027-05-01"},
		{"customer.discount", "8%", "--set", "unsourced", ""},
		{"customer.margin", "100%", "default", "default", ""},
		{"customer.retention", "80%", "default: 1 − company.churn", "default", ""}, // what does not leave stays
	} {
		if !slices.ContainsFunc(got, func(row []string) bool { return slices.Equal(row, want) }) {
			t.Errorf("no row of the assumptions is %q among %q", want, got)
		}
	}
}
