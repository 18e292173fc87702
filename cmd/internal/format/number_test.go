package format

import (
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/scenarios/currency"
)

// one writes a number by itself, in a currency.
func one(t *testing.T, currency string, unit quantity.Unit, value float64) string {
	t.Helper()
	return answered(t, currency, results.Answer{Report: &calc.Report{Headline: "{1 " + string(unit) + "}", Terms: []float64{value}}})
}

// currencyOf finds a currency by its code.
func currencyOf(t *testing.T, code string) currency.Currency {
	t.Helper()
	c, known := currency.Named(code)
	if !known {
		t.Fatalf("currency.Named(%q) knows no such currency", code)
	}
	return c
}

// The digits after the point of a currency are in column "minor unit" of list one of ISO
// 4217: 2 for USD, EUR and CNY, 0 for JPY, 3 for KWD.
func TestMoneyHasTheDigitsOfItsCurrency(t *testing.T) {
	for _, test := range []struct {
		currency string
		amount   float64
		number   string
		sign     string
	}{
		{"USD", 1234.5, "1,234.50", "$"},
		{"EUR", 1234.5, "1,234.50", "€"},
		{"CNY", 1234.5, "1,234.50", "元"},
		{"JPY", 1235, "1,235", "¥"},
		{"KWD", 1234.5, "1,234.500", "د.ك"},
	} {
		got := one(t, test.currency, quantity.Money, test.amount)
		number := strings.TrimSpace(strings.Trim(strings.Replace(got, test.sign, "", 1), ". "))
		if number != test.number || !strings.Contains(got, test.sign) {
			t.Errorf("%s: one(Money, %v) = %q, want %s and the sign %s", test.currency, test.amount, got, test.number, test.sign)
		}
	}
}

func TestANumberIsWrittenWithTheDigitsThatItNeeds(t *testing.T) {
	for _, test := range []struct {
		unit  quantity.Unit
		value float64
		want  string
	}{
		{quantity.Money, 442_000, "$442,000"},
		{quantity.Money, 1_234_567.89, "$1,234,567.89"},
		{quantity.Money, 999, "$999"},
		{quantity.Money, -1234.5, "-$1,234.50"},
		{quantity.MoneyPerYear, 2600, "$2,600"},
		{quantity.Money, 0, "$0"},

		{quantity.Share, .25, "25%"},
		{quantity.Share, .941176, "94.1%"}, // one decimal at most
		{quantity.Share, 1, "100%"},
		{quantity.Share, 12.5, "1,250%"},

		{quantity.People, 67, "67"},
		{quantity.People, 16.75, "16.75"},
		{quantity.Ratio, 6.210526, "6.21"}, // two decimals at most
		{quantity.Ratio, 2.5, "2.5"},
		{quantity.Count, 1_000_000, "1,000,000"},
		{quantity.Count, 1000.5, "1,000.5"},
		{quantity.Count, 999.5, "999.5"},
		{quantity.Score, -1234.5, "-1,234.5"},
		{quantity.Score, -123, "-123"},
		{quantity.Points, -.05, "-5 pp"},
	} {
		if got := one(t, "USD", test.unit, test.value); got != test.want {
			t.Errorf("one(%s, %v) = %q, want %q", test.unit, test.value, got, test.want)
		}
	}
}

func TestANumberThatIsNotZeroNeverReadsAsZero(t *testing.T) {
	for _, test := range []struct {
		unit  quantity.Unit
		value float64
		want  string
	}{
		{quantity.Share, .0001, "0.01%"},
		{quantity.Share, .000004, "0.0004%"},
		{quantity.Share, -.0001, "-0.01%"},
		{quantity.Ratio, .004, "0.004"},
		{quantity.People, .00025, "0.00025"},
		{quantity.Ratio, -.001, "-0.001"},
		{quantity.Ratio, 0, "0"},
		{quantity.Share, 0, "0%"},
	} {
		if got := one(t, "USD", test.unit, test.value); got != test.want {
			t.Errorf("one(%s, %v) = %q, want %q", test.unit, test.value, got, test.want)
		}
	}
}

func TestAShareIsWrittenInPercent(t *testing.T) {
	for _, test := range []struct {
		value  float64
		digits int
		want   string
	}{{.95, 1, "95.0%"}, {.9994, 1, "99.9%"}, {.99962, 2, "99.96%"}, {.999999, 4, "99.9999%"}, {1, 1, "100.0%"}, {1.0004, 2, "100.04%"}, {1.5, 1, "150.0%"}} {
		if got := number(cell.Number{Value: test.value, Unit: quantity.Share, Digits: test.digits}); got != test.want {
			t.Errorf("number(%v) = %s, want %s", test.value, got, test.want)
		}
	}
}

func TestARangeIsWrittenFromItsLowToItsHighEnd(t *testing.T) {
	for _, test := range []struct {
		currency string
		unit     quantity.Unit
		r        quantity.Range
		want     string
	}{
		{"USD", quantity.Count, quantity.Between(4, 6), "4–6"},
		{"USD", quantity.Share, quantity.Between(.2, .4), "20%–40%"},
		{"USD", quantity.Money, quantity.Range{Low: 2600, Likely: 3000, High: 3900}, "$2,600–$3,900"},
		{"USD", quantity.Money, quantity.Between(2.5, 5), "$2.50–$5.00"}, // cents at both ends or at none
		{"USD", quantity.Money, quantity.Between(2, 5.5), "$2.00–$5.50"},
		{"CNY", quantity.MoneyPerYear, quantity.Between(20, 40), "20–40 元"},
		{"USD", quantity.Money, quantity.Exactly(2600), "$2,600"},
	} {
		headline := answered(t, test.currency, results.Answer{Report: &calc.Report{Headline: "{test.figure}", Figures: []calc.Figure{{Metric: "test.figure", Unit: test.unit, Range: test.r}}}})
		got := headline
		if _, inBrackets, found := strings.Cut(strings.TrimSuffix(headline, ")"), " ("); found { // after the likely value
			got = inBrackets
		}
		if got != test.want {
			t.Errorf("%s: span(%s, %v) = %q, want %q", test.currency, test.unit, test.r, got, test.want)
		}
	}
}

// twoAmounts reports two amounts of money, one below the other.
func twoAmounts(first, second float64) calc.Calculator {
	return telling(func(tell *calc.Report) {
		tell.Answer("Two amounts")
		tell.Money("test.first", "First", first)
		tell.Money("test.second", "Second", second)
	})
}

func TestAColumnShowsCentsOnlyWhereAFigureInItHasSome(t *testing.T) {
	for _, test := range []struct {
		first, second         float64
		wantFirst, wantSecond string
	}{
		{26_000, 416_000, "$26,000", "$416,000"},
		{26_000, 416_000.5, "$26,000.00", "$416,000.50"},
		{.07, 416_000, "$0.07", "$416,000.00"},
		{26_000.004, 416_000, "$26,000", "$416,000"}, // rounded to whole cents before
	} {
		text := written(t, "markdown", compute(t, "mine", regular, twoAmounts(test.first, test.second)))
		first, second := cellAt(t, text, "First", "amount"), cellAt(t, text, "Second", "amount")
		if first != test.wantFirst || second != test.wantSecond {
			t.Errorf("%v above %v is written %s above %s, want %s above %s", test.first, test.second, first, second, test.wantFirst, test.wantSecond)
		}
	}
}

func TestAColumnHasTheMostDecimalsThatAFigureInItNeeds(t *testing.T) {
	text := written(t, "markdown", compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("Shares and counts")
		tell.Share("test.half", "Half", .5)
		tell.Share("test.eighth", "Eighth", .125)
		tell.Count("test.two", "Two", 2)
		tell.Count("test.third", "Third", 1./3)
	})))
	for row, want := range map[string]string{"Half": "50.0%", "Eighth": "12.5%", "Two": "2.00", "Third": "0.33"} {
		if got := cellAt(t, text, row, "amount"); got != want {
			t.Errorf("row %s reads %s, want %s, in\n%s", row, got, want, text)
		}
	}
}

func TestADifferenceIsWrittenWithItsDigits(t *testing.T) {
	for _, test := range []struct {
		unit   quantity.Unit
		value  float64
		digits int
		want   string
	}{
		{quantity.Money, 1234.5678, 0, "$1,235"},
		{quantity.Money, .90, 0, "$1"},
		{quantity.Money, .40, 2, "$0.40"},
		{quantity.Money, .004, 3, "$0.004"},
		{quantity.Points, .0012, 2, "0.12 pp"},
		{quantity.Points, .0000071, 4, "0.0007 pp"},
		{quantity.Ratio, 0, 3, "0.000"},
		{quantity.Ratio, .00002, 5, "0.00002"},
	} {
		if got := number(cell.Number{Value: test.value, Unit: test.unit, Currency: currencyOf(t, "USD"), Digits: test.digits}); got != test.want {
			t.Errorf("%v %s with %d digits is written %q, want %q", test.value, test.unit, test.digits, got, test.want)
		}
	}
}
