package number

import (
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

func exactly(value float64) quantity.Range { return quantity.Exactly(value) }

// near reports whether two numbers are equal except for the last digits of a float64.
func near(got, want float64) bool {
	return got == want || math.Abs(got-want) <= 1e-14*math.Abs(want)
}

func TestNumbersAreReadIntoBaseUnits(t *testing.T) {
	for _, c := range []struct {
		key, text string
		want      quantity.Range
	}{
		// Money: the written amount.
		{"acquisition.win_cost", "250", exactly(250)},
		{"acquisition.win_cost", "+250", exactly(250)},
		{"acquisition.win_cost", "1_200_000", exactly(1_200_000)},
		{"acquisition.win_cost", "0.19", exactly(0.19)},
		{"acquisition.win_cost", "2.50", exactly(2.5)},
		{"acquisition.win_cost", "2.5e3", exactly(2500)},
		{"acquisition.win_cost", "2E+2", exactly(200)},
		{"acquisition.win_cost", "250e-2", exactly(2.5)},
		{"acquisition.win_cost", "200..300", quantity.Range{Low: 200, Likely: 250, High: 300}},
		{"acquisition.win_cost", "200 .. 300", quantity.Range{Low: 200, Likely: 250, High: 300}},
		{"acquisition.win_cost", "10..11..20", quantity.Range{Low: 10, Likely: 11, High: 20}},
		{"acquisition.win_cost", "10..10..20", quantity.Range{Low: 10, Likely: 10, High: 20}},
		{"acquisition.win_cost", "10..10", exactly(10)},
		{"acquisition.win_cost", "1.5..2.5", quantity.Range{Low: 1.5, Likely: 2, High: 2.5}},

		// Money a year: 365 days, 52 weeks, 12 months, 4 quarters.
		{"customer.spend", "50 per week", exactly(2600)},
		{"customer.spend", "79 per month", exactly(948)},
		{"customer.spend", "2 per day", exactly(730)},
		{"customer.spend", "30 per quarter", exactly(120)},
		{"customer.spend", "5000 per year", exactly(5000)},
		{"customer.spend", "1_000  per   week", exactly(52_000)},
		{"customer.spend", "50\u00a0per\u00a0week", exactly(2600)},
		{"customer.spend", "40..50..80 per week", quantity.Range{Low: 2080, Likely: 2600, High: 4160}},
		{"customer.spend", "0 per week", exactly(0)},

		// Money per visit is multiplied by the visits later.
		{"customer.spend", "65 per visit", exactly(65)},
		{"customer.visits", "4..6 per year", quantity.Range{Low: 4, Likely: 5, High: 6}},
		{"customer.visits", "2 per week", exactly(104)},

		// Shares: percent or a part of one.
		{"word_of_mouth.leave", "25%", exactly(0.25)},
		{"word_of_mouth.leave", "25 %", exactly(0.25)},
		{"word_of_mouth.leave", "0.25", exactly(0.25)},
		{"word_of_mouth.leave", "0", exactly(0)},
		{"word_of_mouth.leave", "0%", exactly(0)},
		{"word_of_mouth.leave", "-0", exactly(0)},
		{"word_of_mouth.leave", "100%", exactly(1)},
		{"word_of_mouth.leave", "0.03", exactly(0.03)},
		{"word_of_mouth.leave", "3%", exactly(0.03)},
		{"word_of_mouth.leave", "60%..70%", quantity.Range{Low: 0.6, Likely: 0.65, High: 0.7}},
		{"word_of_mouth.leave", "20%..25%..40%", quantity.Range{Low: 0.2, Likely: 0.25, High: 0.4}},
		{"word_of_mouth.leave", "0.2..0.4", quantity.Range{Low: 0.2, Likely: 0.3, High: 0.4}},
		{"word_of_mouth.value", "250%", exactly(2.5)},

		// The chance to stay a year is the 12th power of that for a month.
		{"customer.retention", "98% per month", exactly(0.98 * 0.98 * 0.98 * 0.98 * 0.98 * 0.98 * 0.98 * 0.98 * 0.98 * 0.98 * 0.98 * 0.98)},
		{"customer.retention", "80%", exactly(0.8)},
		{"customer.retention", "80% per year", exactly(0.8)},
		{"customer.retention", "50%..100% per quarter", quantity.Range{Low: 1. / 16, Likely: 81. / 256, High: 1}},
		{"customer.retention", "0% per month", exactly(0)},

		// Churn per month: the part that stays compounds.
		{"company.churn", "2% per month", exactly(1 - 0.98*0.98*0.98*0.98*0.98*0.98*0.98*0.98*0.98*0.98*0.98*0.98)},
		{"company.churn", "50% per quarter", exactly(15. / 16)},
		{"company.churn", "20%", exactly(0.2)},

		// A rate that grows: one plus it compounds.
		{"customer.discount", "1% per month", exactly(1.01*1.01*1.01*1.01*1.01*1.01*1.01*1.01*1.01*1.01*1.01*1.01 - 1)},
		{"customer.discount", "100% per quarter", exactly(15)},
		{"customer.discount", "10%", exactly(0.1)},

		// Times are in years.
		{"customer.years", "10", exactly(10)},
		{"customer.years", "2.5", exactly(2.5)},
		{"customer.years", "10 years", exactly(10)},
		{"customer.years", "1 year", exactly(1)},
		{"customer.years", "18 months", exactly(1.5)},
		{"customer.years", "6..12 months", quantity.Range{Low: 0.5, Likely: 0.75, High: 1}},
		{"customer.years", "6 .. 12 months", quantity.Range{Low: 0.5, Likely: 0.75, High: 1}},
		{"customer.years", "26 weeks", exactly(0.5)},
		{"customer.years", "73 days", exactly(0.2)},
		{"customer.years", "3 quarters", exactly(0.75)},
		{"customer.years", "forever", exactly(math.Inf(1))},
		{"winback.second_life.ramp_years", "1200 months", exactly(100)},

		// Changes: a new share, points, or percent of what it is today.
		{"programme.churn_after", "15%", exactly(0.15)},
		{"programme.churn_after", "0.15", exactly(0.15)},
		{"programme.churn_after", "-5pp", exactly(-0.05)},
		{"programme.churn_after", "5pp", exactly(0.05)},
		{"programme.churn_after", "-5%", exactly(-0.05)},
		{"programme.churn_after", "-5pp..-2pp", quantity.Range{Low: -0.05, Likely: -0.035, High: -0.02}},
		{"programme.churn_after", "-10%..0%", quantity.Range{Low: -0.1, Likely: -0.05, High: 0}},
	} {
		var got quantity.Input
		if err := Parse(field(t, c.key), c.text, &got); err != nil {
			t.Errorf("Parse(%s, %q) is refused: %v, want %v", c.key, c.text, err, c.want)
			continue
		}
		if r := got.Range; !near(r.Low, c.want.Low) || !near(r.Likely, c.want.Likely) || !near(r.High, c.want.High) || math.Signbit(r.Low) != math.Signbit(c.want.Low) {
			t.Errorf("Parse(%s, %q) = %v, want %v", c.key, c.text, r, c.want)
		}
	}
}

// If a figure were converted by a power and back, it would no longer equal the built-in
// figure that it is based on.
func TestASharePerYearIsKeptDigitForDigit(t *testing.T) {
	for _, key := range []string{"customer.retention", "company.churn", "customer.discount"} {
		for _, text := range []string{"5%", "5% per year", "0.05"} {
			var got quantity.Input
			if err := Parse(field(t, key), text, &got); err != nil || got.Range != exactly(0.05) {
				t.Errorf("Parse(%s, %q) = %v (%v), want exactly 0.05", key, text, got.Range, err)
			}
		}
	}
}

func TestTheThreeWaysToWriteAChangeAreDistinguished(t *testing.T) {
	for text, want := range map[string]quantity.ChangeBy{
		"15%": quantity.ToValue, "0.15": quantity.ToValue, "0%": quantity.ToValue, "10%..20%": quantity.ToValue,
		"-5pp": quantity.ByPoints, "+5pp": quantity.ByPoints, "5pp": quantity.ByPoints, "-5pp..0pp": quantity.ByPoints,
		"-5%": quantity.ByPercent, "+5%": quantity.ByPercent, "-10%..-5%": quantity.ByPercent, "-10%..0%": quantity.ByPercent, "0%..+5%": quantity.ByPercent,
	} {
		var got quantity.Input
		if err := Parse(field(t, "programme.churn_after"), text, &got); err != nil || got.By != want {
			t.Errorf("Parse(programme.churn_after, %q) is a change of kind %d (%v), want %d", text, got.By, err, want)
		}
	}
}

func TestThePeriodOfANumberIsKept(t *testing.T) {
	for _, c := range []struct {
		key, text string
		want      quantity.Period
		counted   string
	}{
		{"customer.spend", "50 per week", quantity.Period{Name: "week", PerAnn: 52}, ""},
		{"customer.spend", "65 per visit", quantity.Period{Name: "visit", PerAnn: 1}, "customer.visits"},
		{"customer.years", "18 months", quantity.Period{Name: "month", PerAnn: 12}, ""},
		{"customer.years", "10", quantity.Period{PerAnn: 1}, ""},
		{"word_of_mouth.leave", "25%", quantity.Period{PerAnn: 1}, ""},
	} {
		var got quantity.Input
		if err := Parse(field(t, c.key), c.text, &got); err != nil || got.Per != c.want || got.Counted != c.counted {
			t.Errorf("Parse(%s, %q) is per %v counted by %q (%v), want %v by %q", c.key, c.text, got.Per, got.Counted, err, c.want, c.counted)
		}
	}
}

// Digits of the text, not of the number converted to a year or from a percentage.
func TestTheDigitsAfterThePointAreKept(t *testing.T) {
	for _, c := range []struct {
		key, text string
		want      int
	}{
		{"acquisition.win_cost", "250", 0},
		{"acquisition.win_cost", "2.50", 2},
		{"acquisition.win_cost", "1_200.5", 1},
		{"acquisition.win_cost", "1.25_00", 4},
		{"acquisition.win_cost", "1.5..2.25..10", 2},
		{"customer.years", "1..2.125", 3},
		{"acquisition.win_cost", "2.5e3", 0},
		{"acquisition.win_cost", "2.5E+0_1", 0},
		{"acquisition.win_cost", "250e-2", 2},
		{"acquisition.win_cost", "2.5e-1", 2},
		{"word_of_mouth.leave", "12.50%", 2},
		{"word_of_mouth.leave", "0.125", 3},
		{"word_of_mouth.leave", "1e-999999%", 100},
		{"programme.churn_after", "-2.5pp", 1},
		{"customer.spend", "50.5 per week", 1},
		{"customer.years", "1.5..18 months", 1},
		{"customer.years", "forever", 0},
	} {
		var got quantity.Input
		if err := Parse(field(t, c.key), c.text, &got); err != nil || got.Digits != c.want {
			t.Errorf("Parse(%s, %q) keeps %d digits (%v), want %d", c.key, c.text, got.Digits, err, c.want)
		}
	}
}

// Monthly growth cannot be converted to a year: growth compares the same customers over
// twelve months.
func TestAYearsRateHasNoOtherPeriod(t *testing.T) {
	f := field(t, "customer.growth")
	for _, text := range []string{"4%", "4% per year", "0.04"} {
		var got quantity.Input
		if err := Parse(f, text, &got); err != nil || got.Range != exactly(.04) {
			t.Errorf("Parse(customer.growth, %q) = %v (%v), want exactly 0.04", text, got.Range, err)
		}
	}
	for _, p := range quantity.Periods() {
		err := Parse(f, "4% per "+p.Name, new(quantity.Input))
		if (err == nil) != (p.PerAnn == 1) {
			t.Errorf("Parse(customer.growth, 4%% per %s) says %v", p.Name, err)
		}
	}
}

// The message and hint of each error. Places are tested in package scenarios.
func TestWrongNumbersAreRefusedWithARemedy(t *testing.T) {
	for _, c := range []struct{ key, text, want string }{
		// A share is 3% or 0.03.
		{"word_of_mouth.leave", "3", `"3" is not a share = did you mean 3%?`},
		{"word_of_mouth.leave", "1", `"1" is not a share = did you mean 1%? All of it is 100%`},
		{"test.to_half", "1", `"1" is not a share = did you mean 1%?`}, // 100% is too much
		{"word_of_mouth.leave", "20..40", `"20..40" is not a share = did you mean 20%..40%?`},
		{"word_of_mouth.leave", "0.5..1", `"0.5..1" is not a share = write % at every bound, as in 20%..40%`},
		{"word_of_mouth.value", "2", `"2" is not a share = did you mean 2% or 200%?`},
		{"word_of_mouth.value", "1.5..2", `"1.5..2" is not a share = did you mean 1.5%..2% or 150%..200%?`},
		{"word_of_mouth.leave", "5pp", `"5pp" is a change in points, and word_of_mouth.leave is a share = write 5%`},
		{"acquisition.win_cost", "5%", `"5%" is a share, and acquisition.win_cost is not = write the number without %`},
		{"acquisition.win_cost", "5pp", `"5pp" is a share, and acquisition.win_cost is not = write the number without pp`},
		{"word_of_mouth.leave", "25 percent", `"25 percent" is not a number = write a share such as 25%`},

		// Out of bounds.
		{"word_of_mouth.leave", "120%", `word_of_mouth.leave is 120%, and must be at most 100%`},
		{"word_of_mouth.leave", "-3%", `word_of_mouth.leave is -3%, and must be at least 0%`},
		{"word_of_mouth.leave", "-3", `word_of_mouth.leave is -3, and must be at least 0%`},
		{"word_of_mouth.leave", "90%..110%", `word_of_mouth.leave is 90%..110%, and must be at most 100%`},
		{"acquisition.win_cost", "0", `acquisition.win_cost is 0, and must be above 0`},
		{"acquisition.win_cost", "-5", `acquisition.win_cost is -5, and must be above 0`},
		{"acquisition.win_cost", "0..5", `acquisition.win_cost is 0..5, and must be above 0`},
		{"customer.spend", "-5 per week", `customer.spend is -5 per week, and must be at least 0`},
		{"customer.retention", "101% per month", `customer.retention is 101% per month, and must be at most 100%`},
		{"customer.retention", "-50% per month", `customer.retention is -50% per month, and must be at least 0%`},
		{"company.churn", "150% per month", `company.churn is 150% per month, and must be at most 100%`},
		{"winback.second_life.ramp_years", "1201 months", `winback.second_life.ramp_years is 1201 months, and must be at most 100 years`},
		{"programme.churn_after", "-120%", `programme.churn_after is -120%, and must be at least -100%`},

		// Ranges.
		{"acquisition.win_cost", "30..20", `the bounds of "30..20" are the wrong way round = write the low end first, then the likely point, then the high end`},
		{"acquisition.win_cost", "10..5..20", `the bounds of "10..5..20" are the wrong way round = write the low end first, then the likely point, then the high end`},
		{"acquisition.win_cost", "10..25..20", `the bounds of "10..25..20" are the wrong way round = write the low end first, then the likely point, then the high end`},
		{"acquisition.win_cost", "1..2..3..4", `"1..2..3..4" is not a range = a range is low..high or low..likely..high`},
		{"acquisition.win_cost", "10...20", `"10...20" is not a range = a range is low..high or low..likely..high`},
		{"acquisition.win_cost", "..20", `a bound is missing = a range is low..high or low..likely..high`},
		{"acquisition.win_cost", "10..", `a bound is missing = a range is low..high or low..likely..high`},
		{"word_of_mouth.leave", "20..40%", `the bounds of "20..40%" are written in different ways = write % at every bound, as in 20%..40%`},
		{"word_of_mouth.leave", "20%..40", `the bounds of "20%..40" are written in different ways = write % at every bound, as in 20%..40%`},
		{"programme.churn_after", "-5pp..-2%", `the bounds of "-5pp..-2%" are written in different ways = write pp at every bound, as in -5pp..-2pp`},
		{"programme.churn_after", "-5%..-2", `the bounds of "-5%..-2" are written in different ways = write % at every bound, as in 20%..40%`},
		{"acquisition.win_cost", "10-20", `"10-20" is not a number = a range is written 10..20`},
		{"acquisition.win_cost", "10–20", `"10–20" is not a number = a range is written 10..20`},
		{"acquisition.win_cost", "10…20", `"10…20" is not a number = a range is written 10..20`},
		{"acquisition.win_cost", "10 to 20", `"10 to 20" is not a number = a range is written 10..20`},
		{"acquisition.win_cost", "10 20", `"10 20" is not a number = put a comma between the numbers of a list, two dots between those of a range`},

		// Digits.
		{"acquisition.win_cost", "1,200", `"1,200" has a comma = group digits with underscores: 1_200`},
		{"acquisition.win_cost", "1,200,000.50", `"1,200,000.50" has a comma = group digits with underscores: 1_200_000.50`},
		{"customer.spend", "1,200", `"1,200" has a comma = group digits with underscores: 1_200 per week`},
		{"customer.spend", "40,50..60 per week", `"40,50..60 per week" has a comma = write the decimals after a point: 40.50..60 per week`},
		{"acquisition.win_cost", "1.234,56", `"1.234,56" has a comma = group digits with underscores, and write the decimals after a point: 1_234.56`},
		{"acquisition.win_cost", "12,34", `"12,34" has a comma = write the decimals after a point: 12.34`},
		{"acquisition.win_cost", "1,200.5", `"1,200.5" has a comma = group digits with underscores: 1_200.5`},
		{"acquisition.win_cost", "1.200,5", `"1.200,5" has a comma = group digits with underscores, and write the decimals after a point: 1_200.5`},
		{"acquisition.win_cost", "1,5,7", `"1,5,7" has a comma = write one number, or a range such as 200..300`},
		{"acquisition.win_cost", "0,500", `"0,500" has a comma = write the decimals after a point: 0.500`},
		{"word_of_mouth.leave", "12,345%", `"12,345%" has a comma = write the decimals after a point: 12.345%`},
		{"word_of_mouth.leave", "1,2,3", `"1,2,3" has a comma = write one number, or a range such as 20%..40%`},
		{"customer.spend", "1,2,3", `"1,2,3" has a comma = write one number, or a range such as 40..60 per week`},
		{"word_of_mouth.leave", "25,5%", `"25,5%" has a comma = write the decimals after a point: 25.5%`},
		{"customer.retention", "78%, 88%", `"78%, 88%" has a comma = write one number, or a list in brackets such as [80%, 90%]`},
		{"customer.retention", "78,5%", `"78,5%" has a comma = write the decimals after a point: 78.5%`},
		{"acquisition.win_cost", "11, 5", `"11, 5" has a comma = write one number, or a range such as 200..300`},
		{"acquisition.win_cost", "1,2,3", `"1,2,3" has a comma = write one number, or a range such as 200..300`},
		{"acquisition.win_cost", ".nan", `".nan" is not a number = write the number, or leave the key out`},
		{"acquisition.win_cost", "NaN", `"NaN" is not a number = write the number, or leave the key out`},
		{"acquisition.win_cost", ".inf", `".inf" is not a number = write the number, or leave the key out`},
		{"acquisition.win_cost", "-.Inf", `"-.Inf" is not a number = write the number, or leave the key out`},
		{"acquisition.win_cost", "Infinity", `"Infinity" is not a number = write the number, or leave the key out`},
		{"acquisition.win_cost", "1e999", `"1e999" is too large = write a smaller number`},
		{"acquisition.win_cost", "1e999..2e999", `"1e999" is too large = write a smaller number`},
		{"customer.spend", "1e308 per week", `"1e308 per week" is too large = write a smaller number`},
		{"customer.discount", "1e300% per month", `"1e300% per month" is too large = write a smaller number`},
		{"acquisition.win_cost", "010", `"010" begins with a zero = did you mean 10?`},
		{"customer.discount", "00", `"00" begins with a zero = did you mean 0?`},
		{"acquisition.win_cost", "00.5", `"00.5" begins with a zero = did you mean 0.5?`},
		{"word_of_mouth.leave", "010%", `"010%" begins with a zero = did you mean 10%?`},
		{"word_of_mouth.leave", "5%..010%", `"010%" begins with a zero = did you mean 5%..10%?`},
		{"programme.churn_after", "-05pp", `"-05pp" begins with a zero = did you mean -5pp?`},
		{"acquisition.win_cost", "0x10", `"0x10" is not a number = write it in decimal digits`},
		{"acquisition.win_cost", "0o10", `"0o10" is not a number = write a number such as 250 or a range such as 200..300`},
		{"acquisition.win_cost", "0b11", `"0b11" is not a number = write a number such as 250 or a range such as 200..300`},
		{"acquisition.win_cost", "1__0", `"1__0" is not a number = write a number such as 250 or a range such as 200..300`},
		{"acquisition.win_cost", "_10", `"_10" is not a number = write a number such as 250 or a range such as 200..300`},
		{"acquisition.win_cost", "10_", `"10_" is not a number = write a number such as 250 or a range such as 200..300`},
		{"acquisition.win_cost", ".5", `".5" is not a number = write 0.5`},
		{"word_of_mouth.leave", ".5%", `".5%" is not a number = write 0.5%`},
		{"acquisition.win_cost", "5.", `"5." is not a number = write a number such as 250 or a range such as 200..300`},
		{"acquisition.win_cost", "1.2.3", `"1.2.3" is not a number = write a number such as 250 or a range such as 200..300`},
		{"acquisition.win_cost", "--5", `"--5" is not a number = write a number such as 250 or a range such as 200..300`},
		{"acquisition.win_cost", "+-5", `"+-5" is not a number = write a number such as 250 or a range such as 200..300`},
		{"acquisition.win_cost", "5e", `"5e" is not a number = write a number such as 250 or a range such as 200..300`},
		{"acquisition.win_cost", "e5", `"e5" is not a number = write a number such as 250 or a range such as 200..300`},
		{"acquisition.win_cost", "$50", `"$50" is not a number = leave the currency sign out; currency: says which it is`},
		{"acquisition.win_cost", "50 €", `"50 €" is not a number = leave the currency sign out; currency: says which it is`},
		{"acquisition.win_cost", "50k", `"50k" is not a number = write the zeros out, as in 50_000`},
		{"acquisition.win_cost", "1.2 M", `"1.2 M" is not a number = write the zeros out, as in 50_000`},
		{"programme.churn_after", "−5pp", `"−5pp" is not a number = begin it with a plain minus sign, -`},
		{"acquisition.win_cost", "true", `"true" is not a number = write a number such as 250 or a range such as 200..300`},
		{"acquisition.win_cost", "１０", `"１０" is not a number = write a number such as 250 or a range such as 200..300`},
		{"acquisition.win_cost", strings.Repeat("1", 101), `"` + strings.Repeat("1", 60) + `…" is too long for a number = write a number`},

		// Values that would be refused are not suggested.
		{"acquisition.win_cost", "1.234..2." + strings.Repeat("0", 91), `"1.234" could be a thousand or a decimal = write a number such as 250 or a range such as 200..300`}, // with one more zero it would be too long
		{"acquisition.win_cost", "-1.200", `acquisition.win_cost is -1.200, and must be above 0`},
		{"acquisition.win_cost", "1.200%", `"1.200%" is a share, and acquisition.win_cost is not = write the number without %`},
		{"acquisition.win_cost", "3.400..1.200", `the bounds of "3.400..1.200" are the wrong way round = write the low end first, then the likely point, then the high end`},
		{"word_of_mouth.leave", "120", `"120" is not a share = write a share such as 25%`},
		{"word_of_mouth.leave", "0120%", `"0120%" begins with a zero = write a share such as 25%`},
		{"word_of_mouth.leave", "10-20", `"10-20" is not a number = a range is written 10%..20%`},
		{"word_of_mouth.leave", "50k", `"50k" is not a number = write the zeros out`},
		{"word_of_mouth.leave", "few per week", `"few per week" has a period, and word_of_mouth.leave takes none = write a share such as 25%`},
		{"word_of_mouth.leave", "120pp", `"120pp" is a change in points, and word_of_mouth.leave is a share = write a share such as 25%`},
		{"acquisition.win_cost", "20%..40", `the bounds of "20%..40" are written in different ways = write it without % and pp`},
		{"acquisition.win_cost", "50/week", `"50/week" is not a number = write a number such as 250 or a range such as 200..300`},
		{"customer.retention", "98%/month", `"98%/month" is not a number = a period is written 5% per month`},
		{"customer.retention", "3 per month", `"3" is not a share = did you mean 3% per month?`},
		{"customer.spend", "010", `"010" begins with a zero = did you mean 10 per week?`},
		{"customer.spend", "-50", `"-50" needs a period = write an amount such as 50 per week`},
		{"customer.spend", "50k", `"50k" is not a number = write the zeros out, as in 50_000 per week`},
		{"customer.spend", "$.5 per week", `"$.5" is not a number = leave the currency sign out; currency: says which it is`},
		{"customer.spend", ".5...7", `".5...7" is not a range = a range is low..high or low..likely..high`},
		{"customer.spend", ".5.. .7 per week", `".5" is not a number = write 0.5..0.7 per week`},
		{"customer.visits", "often", `"often" is not a number = write how often, such as 4..6 per year`},
		{"customers", "many", `"many" is not a number = write one number such as 250`},

		// Periods.
		{"customer.spend", "50", `"50" needs a period = write 50 per week, per month or per year`},
		{"customer.spend", "40..50", `"40..50" needs a period = write 40..50 per week, per month or per year`},
		{"customer.spend", "$50", `"$50" is not a number = leave the currency sign out; currency: says which it is`},
		{"customer.spend", "50 a week", `"50 a week" is not a number = write an amount such as 50 per week`},
		{"customer.spend", "50/week", `"50/week" is not a number = a period is written 50 per week`},
		{"customer.spend", "50 per", `"50 per" is not a number = write an amount such as 50 per week`},
		{"customer.spend", "per week", `"per week" is not a number = write an amount such as 50 per week`},
		{"customer.spend", "50 per decade", `"decade" is not a period = it can be per ` + choices("")},
		{"customer.spend", "50 per week per year", `"week per year" is not a period = it can be per ` + choices("")},
		{"customer.spend", "40 per week..50 per week", `"40 per week..50 per week" has its period in the middle = write it once, at the end, as in 4..6 per year`},
		{"customer.visits", "4 per visit", `"visit" is not a period = it can be per ` + choices("")},
		{"word_of_mouth.leave", "25% per week", `"25% per week" has a period, and word_of_mouth.leave takes none = write 25%`},

		{"customer.growth", "5% per month", `"5% per month" is per month, and customer.growth is per year = write what it comes to in a year: 79.59%`},         // 1.05¹² = 1.795856…
		{"customer.growth", "-1% per quarter", `"-1% per quarter" is per quarter, and customer.growth is per year = write what it comes to in a year: -3.94%`}, // .99⁴ = 0.96059601
		{"customer.growth", "1%..2% per month", `"1%..2% per month" is per month, and customer.growth is per year = write what it comes to in a year`},
		{"customer.growth", "5% per decade", `"decade" is not a period = it can be per ` + choices("")},

		// Times.
		{"customer.years", "ten", `"ten" is not a number = write a time such as 10, 6..12 months or forever`},
		{"customer.years", "3 decades", `"decades" is not a unit of time = it can be ` + choices("s")},
		{"customer.years", "18months", `"18months" is not a number = write a time such as 10, 6..12 months or forever`},
		{"customer.years", "6 months..12 months", `"6 months" is not a number = write a time such as 10, 6..12 months or forever`},
		{"customer.years", "10..forever", `"forever" is not a number = write a time such as 10, 6..12 months or forever`},
		{"customer.years", "-1", `customer.years is -1, and must be at least 0`},
		{"winback.second_life.ramp_years", "forever", `"forever" is not a time that winback.second_life.ramp_years can have = give a number of years or months`},
		{"winback.second_life.ramp_years", "soon", `"soon" is not a number = write a time such as 10 or 6..12 months`},

		// Changes.
		{"programme.churn_after", "-5", `"-5" could be points or percent = write -5pp for five points less, or -5% for 5% less than it is today`},
		{"programme.churn_after", "-0.05", `"-0.05" could be points or percent = write -5pp for five points less, or -5% for 5% less than it is today`},
		{"programme.churn_after", "15", `"15" is not a share = did you mean 15%?`},
		{"programme.churn_after", "-5%..5%", `"-5%..5%" mixes changes with new shares = write +5% for 5% more than it is today, and 5% for a new share of 5%`},
		{"programme.churn_after", "less", `"less" is not a number = write a new share such as 15%, or a change such as -5pp or -5%`},
	} {
		var in quantity.Input
		got := "accepted"
		if err := Parse(field(t, c.key), c.text, &in); err != nil {
			s := err.(*Error)
			got = s.Message
			if s.Hint != "" {
				got += " = " + s.Hint
			}
		}
		if got != c.want {
			t.Errorf("Parse(%s, %q) says\n\t%s\nwant\n\t%s", c.key, c.text, got, c.want)
		}
	}
}

// choices lists the periods, shortest first, each with an ending.
func choices(ending string) (list string) {
	periods := quantity.Periods()
	for i, p := range periods {
		list += p.Name + ending + []string{", ", " or ", ""}[max(0, i-len(periods)+3)]
	}
	return list
}

func TestThePeriodsAreListedAsChoices(t *testing.T) {
	for _, want := range []string{"day", "week", "month", "quarter or year"} {
		if got := periodList(""); !strings.Contains(got, want) || !strings.HasPrefix(got, "day, ") {
			t.Errorf("the periods are %q, want %s among them, the shortest first", got, want)
		}
	}
}

// A point separates thousands in one country and decimals in another. For money and
// people both are likely, so the remedy offers both.
func TestMoneyAndPeopleThatCouldBeAThousandOrADecimalAreRefused(t *testing.T) {
	for _, c := range []struct {
		key, text, first string
		remedies         []string
	}{
		{"acquisition.win_cost", "1.200", "1.200", []string{"1_200", "1.2"}},
		{"acquisition.win_cost", "12.500", "12.500", []string{"12_500", "12.5"}},
		{"acquisition.win_cost", "100.000", "100.000", []string{"100_000", "100"}},
		{"acquisition.win_cost", "1.230", "1.230", []string{"1_230", "1.23"}},
		{"acquisition.win_cost", "1.234", "1.234", []string{"1_234", "1.2340"}}, // 1.234 itself would be refused again
		{"acquisition.win_cost", "999.999", "999.999", []string{"999_999", "999.9990"}},
		{"acquisition.win_cost", "+1.200", "+1.200", []string{"+1_200", "+1.2"}},
		{"acquisition.win_cost", " 1.200 ", "1.200", []string{"1_200", "1.2"}},
		{"test.signed", "-1.200", "-1.200", []string{"-1_200", "-1.2"}},
		{"test.signed", "-3.400..-1.200", "-3.400", []string{"-3_400..-1_200", "-3.4..-1.2"}},
		{"acquisition.win_cost", "1.200..3.400", "1.200", []string{"1_200..3_400", "1.2..3.4"}},
		{"acquisition.win_cost", "0.5 .. 1.200 .. 3_400", "1.200", []string{"0.5..1_200..3_400", "0.5..1.2..3_400"}},
		{"acquisition.win_cost", "800..1.200", "1.200", []string{"800..1_200"}}, // 800..1.2 would be the wrong way round
		{"acquisition.win_cost", "1.200..800", "1.200", []string{"1.2..800"}},
		{"customer.spend", "1.200 per month", "1.200", []string{"1_200 per month", "1.2 per month"}},
		{"customer.spend", "65.000 per visit", "65.000", []string{"65_000 per visit", "65 per visit"}},
		{"customer.spend", "1.200", "1.200", []string{"1_200 per week", "1.2 per week"}},
		{"customers", "1.200", "1.200", []string{"1_200", "1.2"}},
		{"test.from_1_to_46_000", "45.500", "45.500", []string{"45_500", "45.5"}},
		{"test.from_1_to_46_000", "46.500", "46.500", []string{"46.5"}}, // 46_500 is too many
	} {
		f := field(t, c.key)
		var in quantity.Input
		err := Parse(f, c.text, &in)
		want := fmt.Sprintf("%q could be a thousand or a decimal = write %s", c.first, strings.Join(c.remedies, ", or "))
		if s, ok := err.(*Error); !ok || s.Message+" = "+s.Hint != want {
			t.Errorf("Parse(%s, %q) says %+v, want %s", c.key, c.text, err, want)
		}
		for _, remedy := range c.remedies {
			if err := Parse(f, remedy, &in); err != nil {
				t.Errorf("Parse(%s, %q), the remedy for %q, is refused: %v", c.key, remedy, c.text, err)
			}
		}
	}
}

// 1.20 has two decimals, like cents. 1.2000 and 1234.567 have no group of thousands, and
// 0.200 is not a thousand. 1_200.500 already groups with underscores. Shares, times and
// counts of visits are hardly ever in the thousands.
func TestAnUnambiguousNumberIsAccepted(t *testing.T) {
	for _, c := range []struct {
		key, text string
		want      float64
	}{
		{"acquisition.win_cost", "1.20", 1.2},
		{"acquisition.win_cost", "1.2000", 1.2},
		{"acquisition.win_cost", "1.2340", 1.234},
		{"acquisition.win_cost", "0.200", 0.2},
		{"acquisition.win_cost", "1_200", 1200},
		{"acquisition.win_cost", "1_200.500", 1200.5},
		{"acquisition.win_cost", "1.2_00", 1.2},
		{"acquisition.win_cost", "1_2.000", 12},
		{"acquisition.win_cost", "1234.567", 1234.567},
		{"acquisition.win_cost", "1.200e3", 1200},
		{"acquisition.win_cost", "1.2e3", 1200},
		{"word_of_mouth.leave", "1.234%", 0.01234},
		{"word_of_mouth.value", "100.000%", 1},
		{"customer.years", "1.500", 1.5},
		{"customer.visits", "52.000 per year", 52},
		{"test.to_60", "1.200", 1.2},
	} {
		var in quantity.Input
		if err := Parse(field(t, c.key), c.text, &in); err != nil || !near(in.Range.Likely, c.want) {
			t.Errorf("Parse(%s, %q) = %v (%v), want %v", c.key, c.text, in.Range, err, c.want)
		}
	}
}

// offered finds the numbers and ranges that a hint suggests, with their periods.
func offered(hint string) []string { return offeredValue.FindAllString(hint, -1) }

var offeredValue = func() *regexp.Regexp {
	const one = `[-+]?[0-9][0-9_]*(?:\.[0-9_]+)?(?:[eE][-+]?[0-9_]+)?(?: ?(?:%|pp))?`
	return regexp.MustCompile(one + `(?: ?\.\. ?` + one + `){0,2}(?: per [a-z]+| (?:day|week|month|quarter|year)s?)?`)
}()

func TestTheNumbersThatAHintOffersAreFound(t *testing.T) {
	for hint, want := range map[string][]string{
		"write 1_200 per week, or 1.2 per week":                                {"1_200 per week", "1.2 per week"},
		"did you mean 2% or 200%?":                                             {"2%", "200%"},
		"write a time such as 10, 6..12 months or forever":                     {"10", "6..12 months"},
		"write -5pp for five points less, or -5% for 5% less than it is today": {"-5pp", "-5%", "5%"},
		"leave the currency sign out; currency: says which it is":              nil,
	} {
		if got := offered(hint); !slices.Equal(got, want) {
			t.Errorf("in %q are offered %q, want %q", hint, got, want)
		}
	}
}

// acceptsWhatIsOffered checks that the values in a hint are accepted.
func acceptsWhatIsOffered(t *testing.T, f *calc.Field, text, hint string) {
	t.Helper()
	for _, value := range offered(hint) {
		if err := Parse(f, value, new(quantity.Input)); err != nil {
			t.Errorf("Parse(%s, %q) hints %q, and %s is refused itself: %v", f.Key, text, hint, value, err)
		}
	}
}

func TestNoHintSuggestsAValueThatIsRefused(t *testing.T) {
	parts := [...]string{"1.200", "46.500", "010", ".5", "120", "1,200", "1,5", "3", "5", ",", "..", "..", "%", "pp", " per week", " per month", " months",
		"-", "+", "k", " to ", " ", "$", "/", "0x", "nan", "e3"}
	random := rand.New(rand.NewPCG(1, 1))
	hints := 0
	for _, f := range allFields() {
		for range 1000 {
			var text strings.Builder
			for range 1 + random.IntN(8) {
				text.WriteString(parts[random.IntN(len(parts))])
			}
			if s, ok := Parse(&f, text.String(), new(quantity.Input)).(*Error); ok {
				acceptsWhatIsOffered(t, &f, text.String(), s.Hint)
				hints += len(offered(s.Hint))
			}
		}
	}
	if least := 5000; hints < least {
		t.Errorf("the hints offer %d numbers, want %d at least", hints, least)
	}
}

func FuzzNumber(f *testing.F) {
	fields := allFields()
	for _, text := range []string{
		"50 per week", "65 per visit", "4..6 per year", "98% per month", "18 months", "6 .. 12 months", "forever",
		"10..11..20", "60%..70%", "1_200_000", "-5pp", "+5%", "0.25", "1e308", "1e-400", "010", "20..40%", "1,200", "−5",
		"1.200", "800..1.200 per month", "1.234,56", "1,2,3", "1,200.5", "1.200,5", "12,34", "120", "0120%", "50k", "5/week", "10-20", ".5..010", "120pp", "3 per week",
	} {
		for i := range fields {
			f.Add(uint8(i), text)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, text string) {
		field := &fields[int(which)%len(fields)]
		var in quantity.Input
		if err := Parse(field, text, &in); err != nil {
			s, ok := err.(*Error)
			if !ok || s.Message == "" {
				t.Fatalf("Parse(%s, %q) fails with %#v, want an *Error with a message", field.Key, text, err)
			}
			acceptsWhatIsOffered(t, field, text, s.Hint)
			return
		}
		r := in.Range
		if field.Forever && r == quantity.Exactly(math.Inf(1)) {
			return
		}
		if !(r.Low <= r.Likely && r.Likely <= r.High) {
			t.Errorf("Parse(%s, %q) = %v, want it ascending", field.Key, text, r)
		}
		if math.IsInf(r.Low, 0) || math.IsInf(r.High, 0) {
			t.Errorf("Parse(%s, %q) = %v, want it finite", field.Key, text, r)
		}
		if r.Low < field.Min || r.High > field.Max || field.MinOpen && r.Low == field.Min {
			t.Errorf("Parse(%s, %q) = %v, want it within %g and %g", field.Key, text, r, field.Min, field.Max)
		}
	})
}
