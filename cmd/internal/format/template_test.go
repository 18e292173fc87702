package format

import (
	"slices"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/results"
)

func TestACalculationShowsHowAnInputWasConvertedToAYear(t *testing.T) {
	for _, test := range []struct{ customer, template, want string }{
		{"{spend: 50 per week, years: 10}", "{customer.spend} × {customer.years}", "$50 × 52 × 10"},
		{"{spend: 50 per week, years: 18 months}", "{customer.spend} × {customer.years}", "$50 × 52 × 18 ÷ 12"},
		{"{spend: 79.5 per month, years: 2.5}", "{customer.spend} × {customer.years}", "$79.50 × 12 × 2.5"},
		{"{spend: 5000 per year, years: 1}", "{customer.spend} × {customer.years}", "$5,000 × 1"},
		{"{spend: 3 per day, years: 26 weeks}", "{customer.spend} × {customer.years}", "$3 × 365 × 26 ÷ 52"},
		{"{spend: 65 per visit, visits: 2 per quarter, years: 10}", "{customer.spend}", "$65 × 2 × 4"},
		{"{spend: 50 per week, years: 10, margin: 12.5%}", "{customer.margin} of it", "12.5% of it"},
		{"{spend: 50 per week, years: 18 months}", "within {customer.years said}", "within 18 months"},
		{"{spend: 50 per week, years: forever, discount: 10%}", "within {customer.years said}", "within all years to come"},
		{"{spend: 50 per week, years: 10, paid: end}", "at the {customer.paid}", "at the end"},
	} {
		text := written(t, "markdown", compute(t, "mine", "version: 1\ncustomer: "+test.customer+"\n", telling(func(tell *calc.Report) {
			tell.Answer("A figure")
			tell.Money("test.figure", "Figure", 1).From(test.template)
		})))
		if got := cellAt(t, text, "Figure", "calculation"); got != test.want {
			t.Errorf("customer %s: %s is written %q, want %q", test.customer, test.template, got, test.want)
		}
	}
}

func TestACalculationHasTheLikelyValueOfARange(t *testing.T) {
	for _, test := range []struct{ customer, template, want string }{
		{"{spend: 65 per visit, visits: 4..6 per year, years: 10}", "{customer.spend} × {customer.years}", "$65 × 5 × 10"},
		{"{spend: 40..60 per week, years: 10}", "{customer.spend}", "$50 × 52"},
		{"{spend: 40..45..60 per week, years: 10}", "{customer.spend}", "$45 × 52"}, // which is named
		{"{spend: 40..41.25 per week, years: 10}", "{customer.spend}", "$40.625 × 52"},
		{"{spend: 50 per week, years: 6..18 months}", "{customer.spend} × {customer.years}", "$50 × 52 × 12 ÷ 12"},
		{"{spend: 50 per week, years: 6..18 months}", "within {customer.years said}", "within 12 months"},
	} {
		scenario := "version: 1\ncustomer: " + test.customer + "\n"
		text := written(t, "markdown", compute(t, "mine", scenario, telling(func(tell *calc.Report) {
			tell.Answer("A figure")
			tell.Money("test.figure", "Figure", 1).From(test.template)
		})))
		if got := cellAt(t, text, "Figure", "calculation"); got != test.want {
			t.Errorf("customer %s: %s is written %q, want %q", test.customer, test.template, got, test.want)
		}
	}
	// A sentence shows the whole range.
	got := headlineOf(t, "version: 1\ncustomer: {spend: 50 per week, years: 6..18 months}\n", telling(func(tell *calc.Report) {
		tell.Answer("within {customer.years said}")
		tell.Count("test.one", "One", 1)
	}))
	if want := "within 6–18 months"; got != want {
		t.Errorf("the sentence reads %q, want %q", got, want)
	}
}

func TestAnInputKeepsTheDigitsThatItWasWrittenWith(t *testing.T) {
	for _, test := range []struct{ currency, customer, template, want string }{
		{"JPY", "{spend: 50.5 per week, years: 10}", "{customer.spend} × {customer.years}", "¥50.5 × 52 × 10"}, // the yen has no minor unit
		{"USD", "{spend: 41.3250 per week, years: 10}", "{customer.spend}", "$41.325 × 52"},
		{"USD", "{spend: 41.5 per week, years: 10}", "{customer.spend}", "$41.50 × 52"},
		{"USD", "{spend: 41.0230 per week, years: 10}", "{customer.spend}", "$41.023 × 52"}, // 41.023 × 52 ÷ 52 is another number in binary
		{"USD", "{spend: 1234.5678 per month, years: 10}", "{customer.spend}", "$1,234.5678 × 12"},
		{"USD", "{spend: 0.12345678 per week, years: 10}", "{customer.spend}", "$0.123457 × 52"}, // six digits at most
		{"KWD", "{spend: 41.5 per week, years: 10}", "{customer.spend}", "41.500 .د.ك × 52"},
		{"USD", "{spend: 9 per week, years: 10, margin: 12.125%}", "{customer.margin}", "12.125%"},
		{"USD", "{spend: 9 per week, years: 10, discount: 2.65%}", "{customer.discount}", "2.65%"},
		{"USD", "{spend: 9 per week, years: 7 months}", "{customer.years}", "7 ÷ 12"},
		{"USD", "{spend: 9 per visit, visits: 1.333 per week, years: 7.125}", "{customer.spend} × {customer.years}", "$9 × 1.333 × 52 × 7.125"},
	} {
		told := func(c calc.Calculator) *results.Result {
			return compute(t, "mine", "version: 1\ncurrency: "+test.currency+"\ncustomer: "+test.customer+"\n", c)
		}
		working := written(t, "markdown", told(telling(func(tell *calc.Report) {
			tell.Answer("A figure")
			tell.Money("test.figure", "Figure", 1).From(test.template)
		})))
		if got := cellAt(t, working, "Figure", "calculation"); got != test.want {
			t.Errorf("customer %s in %s: %s is written %q in a calculation, want %q", test.customer, test.currency, test.template, got, test.want)
		}
	}
	for _, test := range []struct{ customer, template, want string }{
		{"{spend: 9 per week, years: 7.125}", "over {customer.years}", "over 7.125 years"},
		{"{spend: 9 per week, years: 7.125..9.5}", "over {customer.years}", "over 7.125–9.5 years"},
		{"{spend: 41.3250..50 per week, years: 1}", "{customer.spend} is spent", "$41.325–$50.000 × 52 is spent"}, // both ends have the same digits
		{"{spend: 9 per week, years: 1, margin: 2.65%..12.125%}", "{customer.margin} of it", "2.65%–12.125% of it"},
	} {
		got := headlineOf(t, "version: 1\ncustomer: "+test.customer+"\n", telling(func(tell *calc.Report) {
			tell.Answer(test.template)
			tell.Count("test.one", "One", 1)
		}))
		if got != test.want {
			t.Errorf("customer %s: the sentence %q reads %q, want %q", test.customer, test.template, got, test.want)
		}
	}
}

func TestAShareConvertedToAYearIsNotWrittenInFull(t *testing.T) {
	// 97 % a month is .97¹² = .693842… a year.
	got := headlineOf(t, "version: 1\ncustomer: {spend: 9 per week, years: 1, retention: 97% per month}\n", telling(func(tell *calc.Report) {
		tell.Answer("{customer.retention} stay")
		tell.Count("test.one", "One", 1)
	}))
	if want := "69.4% stay"; got != want {
		t.Errorf("97%% per month reads %q, want %q", got, want)
	}
}

func TestTablesKeepTheDigitsOfTheInputsInThem(t *testing.T) {
	text := written(t, "table", compute(t, "mine", "version: 1\ncustomer: {spend: 9 per week, years: 7.125, margin: 2.65%..12.125%}\n", telling(func(tell *calc.Report) {
		tell.Answer("A table")
		tell.Table("inputs", func(table *calc.Table) {
			table.Col("what", quantity.Word).Col("years", quantity.Years).Col("share", quantity.Share)
			table.Row(calc.Words("the customer"), calc.Given("customer.years"), calc.Given("customer.margin"))
			table.Row(calc.Words("a third of it"), calc.Number(7.125/3), calc.Number(1./3)) // in a column of inputs, the inputs decide the digits
		})
	})))
	got := boxes(text)
	for _, want := range [][]string{{"the customer", "7.125", "2.65%–12.125%"}, {"a third of it", "2.375", "33.3%"}} {
		if !slices.ContainsFunc(got, func(row []string) bool { return slices.Equal(row, want) }) {
			t.Errorf("no row is %q in\n%s", want, text)
		}
	}
	// An input that follows another one has no text of its own: 100 % − 2.655 % stay.
	text = written(t, "table", compute(t, "mine", "version: 1\ncustomer: {spend: 9 per week, years: 1}\ncompany: {churn: 2.655%}\n", calculator(t, "lifetime")))
	if want := []string{"customer.retention", "97.345%", "default: 1 − company.churn", "default"}; !slices.ContainsFunc(boxes(text), func(row []string) bool { return slices.Equal(row, want) }) {
		t.Errorf("no assumption is %q in\n%s", want, text)
	}
}

func TestACalculationWritesItsTermsInTheirUnits(t *testing.T) {
	text := written(t, "markdown", compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("A figure")
		tell.People("test.hearers", "Hearers", 66)
		tell.Money("test.figure", "Figure", 1).From("{1} followers × {2 money} of {test.hearers}, a share of {3 share}", 16, 26_000, .25)
	})))
	const want = "16 followers × $26,000 of 66, a share of 25%"
	if got := cellAt(t, text, "Figure", "calculation"); got != want {
		t.Errorf("the working is written %q, want %q", got, want)
	}
}

// calculated prints a calculation in a currency, for a customer who spends 600 in all,
// with some metrics and terms.
func calculated(t *testing.T, currency, template string, terms ...float64) string {
	t.Helper()
	scenario := "version: 1\ncurrency: " + currency + "\ncustomer: {spend: 10 per month, years: 60 months}\n"
	return cellAt(t, written(t, "markdown", compute(t, "mine", scenario, telling(func(tell *calc.Report) {
		tell.Answer("A figure")
		tell.Count("test.few", "Few", .012345678)
		tell.Share("test.share", "Share", .7216543)
		tell.Money("test.small", "Small", 2.344449)
		tell.Money("test.middling", "Middling", 117.2988)
		tell.Money("test.figure", "Figure", 1).From(template, terms...)
	}))), "Figure", "calculation")
}

func TestACalculationHasEnoughDigitsToCheckIt(t *testing.T) {
	for _, test := range []struct {
		currency, template string
		term               float64
		want               string
	}{
		{"USD", "{1}", 2. / 3, "0.66667"},
		{"USD", "{1}", 1. / 9, "0.111111"}, // a leading 1 is not counted
		{"USD", "{1}", 406.5512, "406.55"},
		{"USD", "{1}", 1_234_567.89, "1,234,567.89"}, // no fewer than elsewhere
		{"USD", "{1}", .0625, "0.0625"},
		{"USD", "{1}", .00000271828, "0.0000027183"},
		{"USD", "{1}", 16, "16"},
		{"USD", "{1}", 0, "0"},
		{"USD", "{1 share}", 2. / 3, "66.667%"},
		{"USD", "{1 share}", .000271828, "0.027183%"},
		{"USD", "{1 share}", .25, "25%"},
		{"USD", "{1 points}", -.02, "-2 pp"},
		{"USD", "{1 years}", 5.012751, "5.0128"},
		{"USD", "{1 money}", 26_000, "$26,000"},
		{"USD", "{1 money}", 442.8, "$442.80"},
		{"USD", "{1 money}", 1754.04387, "$1,754.04"}, // has six already
		{"USD", "{1 money}", 20. / 3, "$6.6667"},
		{"USD", "{1 money}", 999.9999, "$1,000"}, // off by less than one in a million
		{"JPY", "{1 money}", 100. / 3, "¥33.333"},
		{"JPY", "{1 money}", 1000.5, "¥1,000.5"},
		{"JPY", "{1 money}", 12_345.67, "¥12,345.7"},
		{"JPY", "{1 money}", 34_567.8, "¥34,568"},
		{"USD", "{test.few}", 0, "0.0123457"}, // 0.012346 after output rounding
		{"USD", "{test.small}", 0, "$2.3444"},
		{"USD", "{test.middling}", 0, "$117.30"}, // as in its own row: it is off by one in a hundred thousand
		{"USD", "100% − {test.share}", 0, "100% − 72.165%"},
	} {
		if got := calculated(t, test.currency, test.template, test.term); got != test.want {
			t.Errorf("%s: %s of %v is written %q, want %q", test.currency, test.template, test.term, got, test.want)
		}
	}
}

func TestADivisorThatIsAProductIsInParentheses(t *testing.T) {
	for _, test := range []struct{ template, want string }{
		{"{1 money} ÷ {customer.spend}", "$600 ÷ ($10 × 12)"}, // 5, and without parentheses 720
		{"{customer.spend} ÷ {1 money}", "$10 × 12 ÷ $600"},
		{"{customer.spend} × {customer.spend}", "$10 × 12 × $10 × 12"},
		{"{1 money} ÷ ({customer.spend} × 2)", "$600 ÷ ($10 × 12 × 2)"},
		{"{1 money} ÷ {customer.years}", "$600 ÷ (60 ÷ 12)"}, // 120, and without parentheses .83
		{"{1 money} ÷ {customer.margin}", "$600 ÷ 100%"},
	} {
		if got := calculated(t, "USD", test.template, 600); got != test.want {
			t.Errorf("%s is written %q, want %q", test.template, got, test.want)
		}
	}
}

// headlineOf returns the headline for a scenario, without the scenario's label.
func headlineOf(t *testing.T, scenario string, c calc.Calculator) string {
	t.Helper()
	return headlineIn(written(t, "markdown", compute(t, "mine", scenario, c)))
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
		scenario := "version: 1\ncustomer: {spend: {value: " + test.spend + ", source: till}, years: 2}\n"
		if got := headlineOf(t, scenario, calc.New("twice", "What is twice the spend?", twice)); got != test.want {
			t.Errorf("spend: %s: the headline reads %q, want %q", test.spend, got, test.want)
		}
	}
}
