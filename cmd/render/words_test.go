package render

import (
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
)

func TestAWorkingSaysHowAnInputWasCarriedOverToAYear(t *testing.T) {
	for _, test := range []struct{ customer, template, want string }{
		{"{spend: 50 per week, years: 10}", "{customer.spend} × {customer.years}", "$50 × 52 × 10"},
		{"{spend: 50 per week, years: 18 months}", "{customer.spend} × {customer.years}", "$50 × 52 × 18 ÷ 12"},
		{"{spend: 79.5 per month, years: 2.5}", "{customer.spend} × {customer.years}", "$79.50 × 12 × 2.5"},
		{"{spend: 5000 per year, years: 1}", "{customer.spend} × {customer.years}", "$5,000 × 1"},
		{"{spend: 3 per day, years: 26 weeks}", "{customer.spend} × {customer.years}", "$3 × 365 × 26 ÷ 52"},
		{"{spend: 65 per visit, visits: 4..6 per year, years: 10}", "{customer.spend} × {customer.years}", "$65 × 4–6 × 10"},
		{"{spend: 65 per visit, visits: 2 per quarter, years: 10}", "{customer.spend}", "$65 × 2 × 4"},
		{"{spend: 40..60 per week, years: 10}", "{customer.spend}", "$40–$60 × 52"},
		{"{spend: 50 per week, years: 10, margin: 12.5%}", "{customer.margin} of it", "12.5% of it"},
		{"{spend: 50 per week, years: 18 months}", "within {customer.years said}", "within 18 months"},
		{"{spend: 50 per week, years: forever, discount: 10%}", "within {customer.years said}", "within all years to come"},
		{"{spend: 50 per week, years: 10, paid: end}", "at the {customer.paid}", "at the end"},
	} {
		text := written(t, "markdown", compute(t, "mine", "version: 1\ncustomer: "+test.customer+"\n", telling(func(tell *calc.Report) {
			tell.Answer("A figure")
			tell.Money("test.figure", "Figure", 1).From(test.template)
		})))
		if got := cell(t, text, "Figure", "how"); got != test.want {
			t.Errorf("customer %s: %s is written %q, want %q", test.customer, test.template, got, test.want)
		}
	}
}

func TestAWorkingWritesItsTermsInTheirUnits(t *testing.T) {
	text := written(t, "markdown", compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("A figure")
		tell.People("test.hearers", "Hearers", 66)
		tell.Money("test.figure", "Figure", 1).From("{1} followers × {2 money} of {test.hearers}, a share of {3 share}", 16, 26_000, .25)
	})))
	const want = "16 followers × $26,000 of 66, a share of 25%"
	if got := cell(t, text, "Figure", "how"); got != want {
		t.Errorf("the working is written %q, want %q", got, want)
	}
}

// headlineOf is the headline over a scenario, without the scenario's label.
func headlineOf(t *testing.T, scenario string, c calc.Calculator) string {
	t.Helper()
	text := written(t, "markdown", compute(t, "mine", scenario, c))
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSuffix(strings.TrimPrefix(line, "**mine: "), "**")
}

func TestAHeadlineSaysTimesAsPeopleDo(t *testing.T) {
	over := telling(func(tell *calc.Report) {
		tell.Answer("over {customer.years}")
		tell.Count("test.one", "One", 1)
	})
	for _, test := range []struct{ years, want string }{
		{"10", "over 10 years"},
		{"1", "over 1 year"},
		{"2.5", "over 2.5 years"},
		{"18 months", "over 18 months"},
		{"1 month", "over 1 month"},
		{"8..12", "over 8–12 years"},
		{"forever, discount: 10%", "over all years to come"},
	} {
		scenario := "version: 1\ncustomer: {spend: 50 per week, years: " + test.years + "}\n"
		if got := headlineOf(t, scenario, over); got != test.want {
			t.Errorf("years: %s: the headline reads %q, want %q", test.years, got, test.want)
		}
	}
}

func TestAHeadlineGivesTheEndsOfARangedFigure(t *testing.T) {
	for _, test := range []struct{ spend, want string }{
		{"100 per year", "Twice the spend is $200"},
		{"100..120 per year", "Twice the spend is $220 ($200–$240)"}, // twice 100, 110 and 120
	} {
		scenario := "version: 1\ncustomer: {spend: " + test.spend + ", years: 2}\n"
		if got := headlineOf(t, scenario, calc.New("twice", "What is twice the spend?", twice)); got != test.want {
			t.Errorf("spend: %s: the headline reads %q, want %q", test.spend, got, test.want)
		}
	}
}
