package render

import (
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/scenarios/currency"
)

// notationOf is how numbers are written in a currency.
func notationOf(t *testing.T, code string) notation {
	t.Helper()
	c, known := currency.Named(code)
	if !known {
		t.Fatalf("currency.Named(%q) knows no such currency", code)
	}
	return notation{c}
}

// How many digits a currency has after the point is column "minor unit" of list
// one of ISO 4217: 2 for USD, EUR and CNY, 0 for JPY, 3 for KWD.
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
		got := notationOf(t, test.currency).one(calc.Money, test.amount)
		number := strings.TrimSpace(strings.Trim(strings.Replace(got, test.sign, "", 1), ". "))
		if number != test.number || !strings.Contains(got, test.sign) {
			t.Errorf("%s: one(Money, %v) = %q, want %s and the sign %s", test.currency, test.amount, got, test.number, test.sign)
		}
	}
}

func TestANumberIsWrittenWithTheDigitsThatItNeeds(t *testing.T) {
	for _, test := range []struct {
		unit  calc.Unit
		value float64
		want  string
	}{
		{calc.Money, 442_000, "$442,000"},
		{calc.Money, 1_234_567.89, "$1,234,567.89"},
		{calc.Money, 999, "$999"},
		{calc.Money, -1234.5, "-$1,234.50"},
		{calc.MoneyPerYear, 2600, "$2,600"},
		{calc.Money, 0, "$0"},

		{calc.Share, .25, "25%"},
		{calc.Share, .941176, "94.1%"}, // one decimal at most
		{calc.Share, 1, "100%"},
		{calc.Share, 12.5, "1,250%"},

		{calc.People, 67, "67"},
		{calc.People, 16.75, "16.75"},
		{calc.Ratio, 6.210526, "6.21"}, // two decimals at most
		{calc.Ratio, 2.5, "2.5"},
		{calc.Count, 1_000_000, "1,000,000"},
		{calc.Count, 1000.5, "1,000.5"},
		{calc.Count, 999.5, "999.5"},
		{calc.Score, -1234.5, "-1,234.5"},
		{calc.Score, -123, "-123"},
		{calc.Points, -.05, "-5 pp"},
	} {
		if got := notationOf(t, "USD").one(test.unit, test.value); got != test.want {
			t.Errorf("one(%s, %v) = %q, want %q", test.unit, test.value, got, test.want)
		}
	}
}

func TestANumberThatIsNotZeroNeverReadsAsZero(t *testing.T) {
	for _, test := range []struct {
		unit  calc.Unit
		value float64
		want  string
	}{
		{calc.Share, .0001, "0.01%"},
		{calc.Share, .000004, "0.0004%"},
		{calc.Share, -.0001, "-0.01%"},
		{calc.Ratio, .004, "0.004"},
		{calc.People, .00025, "0.00025"},
		{calc.Ratio, -.001, "-0.001"},
		{calc.Ratio, 0, "0"},
		{calc.Share, 0, "0%"},
	} {
		if got := notationOf(t, "USD").one(test.unit, test.value); got != test.want {
			t.Errorf("one(%s, %v) = %q, want %q", test.unit, test.value, got, test.want)
		}
	}
}

// A chance of 99.96 % is none of 100 %. What six decimals hold no more reads as all.
func TestAShareThatIsNotAllNeverReadsAsAll(t *testing.T) {
	for _, test := range []struct {
		value float64
		want  string
	}{{.95, "95.0%"}, {.999, "99.9%"}, {.9994, "99.9%"}, {.99962, "99.96%"}, {.999999, "99.9999%"}, {1, "100.0%"}, {1.0004, "100.04%"}, {1.5, "150.0%"}, {1 - 1e-9, "100.0000%"}} {
		if got := (notation{}).number(calc.Share, test.value, 1); got != test.want {
			t.Errorf("number(%v) = %s, want %s", test.value, got, test.want)
		}
	}
}

func TestARangeIsWrittenFromItsLowToItsHighEnd(t *testing.T) {
	for _, test := range []struct {
		currency string
		unit     calc.Unit
		r        calc.Range
		want     string
	}{
		{"USD", calc.Count, calc.Between(4, 6), "4–6"},
		{"USD", calc.Share, calc.Between(.2, .4), "20%–40%"},
		{"USD", calc.Money, calc.Range{Low: 2600, Likely: 3000, High: 3900}, "$2,600–$3,900"},
		{"USD", calc.Money, calc.Between(2.5, 5), "$2.50–$5.00"}, // cents at both ends or at none
		{"USD", calc.Money, calc.Between(2, 5.5), "$2.00–$5.50"},
		{"CNY", calc.MoneyPerYear, calc.Between(20, 40), "20–40 元"},
		{"USD", calc.Money, calc.Exactly(2600), "$2,600"},
	} {
		if got := notationOf(t, test.currency).span(test.unit, test.r); got != test.want {
			t.Errorf("%s: span(%s, %v) = %q, want %q", test.currency, test.unit, test.r, got, test.want)
		}
	}
}

// twoAmounts tells two amounts of money, which stand under each other.
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
		first, second := cell(t, text, "First", "amount"), cell(t, text, "Second", "amount")
		if first != test.wantFirst || second != test.wantSecond {
			t.Errorf("%v above %v is written %s above %s, want %s above %s", test.first, test.second, first, second, test.wantFirst, test.wantSecond)
		}
	}
}

func TestAColumnHasAsManyDecimalsAsItsNeediestFigure(t *testing.T) {
	text := written(t, "markdown", compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("Shares and counts")
		tell.Share("test.half", "Half", .5)
		tell.Share("test.eighth", "Eighth", .125)
		tell.Count("test.two", "Two", 2)
		tell.Count("test.third", "Third", 1./3)
	})))
	for row, want := range map[string]string{"Half": "50.0%", "Eighth": "12.5%", "Two": "2.00", "Third": "0.33"} {
		if got := cell(t, text, row, "amount"); got != want {
			t.Errorf("row %s reads %s, want %s, in\n%s", row, got, want, text)
		}
	}
}
