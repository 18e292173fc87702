package number

import (
	"slices"
	"strings"
	"testing"
)

func TestTheValuesOfADividedRangeAreWrittenLikeItsEnds(t *testing.T) {
	for _, c := range []struct {
		key, text string
		want      []string
	}{
		{"customer.years", "1..3/3", []string{"1", "2", "3"}},
		{"customer.years", " 3 .. 1 / 2 ", []string{"3", "1"}},
		{"customer.years", "6..18 months/3", []string{"6 months", "12 months", "18 months"}},
		{"customer.margin", "70%..90%/3", []string{"70%", "80%", "90%"}},
		{"customer.margin", "0.1..0.3/3", []string{"0.1", "0.2", "0.3"}}, // not 0.30000000000000004
		{"programme.churn_after", "-5pp..-2pp/2", []string{"-5pp", "-2pp"}},
		{"customer.spend", "10..20 per week/3", []string{"10 per week", "15 per week", "20 per week"}},
		{"acquisition.win_cost", "1..1.25/3", []string{"1", "1.1250", "1.25"}}, // 1.125 could be a thousand
		{"customer.years", "0..1/4", []string{"0", "0.333333", "0.666667", "1"}},
	} {
		got, err := Interpolate(field(t, c.key), c.text)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("Interpolate(%s, %q) = %q, %v; want %q", c.key, c.text, got, err, c.want)
		}
	}
	if all, err := Interpolate(field(t, "customer.years"), "1..1000/1000"); err != nil || len(all) != 1000 || all[999] != "1000" {
		t.Errorf("Interpolate to 1,000 points gives %d, %v", len(all), err)
	}
}

func TestATextThatIsNotARangeWithPointsIsRefused(t *testing.T) {
	const write = " = write LOW..HIGH/POINTS, such as 70%..90%/5, with 2 to 1000 points"
	for _, c := range []struct{ key, text, want string }{
		{"customer.years", "1..3", `"1..3" is not a range with a number of points` + write},
		{"customer.years", "1..3/1", `"1..3/1" is not a range with a number of points` + write},
		{"customer.years", "1..3/1001", `"1..3/1001" is not a range with a number of points` + write},
		{"customer.years", "1..2..3/3", `"1..2..3/3" is not a range with a number of points` + write},
		{"customer.years", "3/3", `"3/3" is not a range with a number of points` + write},
		{"customer.years", "a..3/3", `"a..3/3" is not a range with a number of points` + write},
		{"customer.years", "1..b/3", `"1..b/3" is not a range with a number of points` + write},
		{"customer.margin", "70..90%/5", `"70..90%/5" is not a range with a number of points` + write},
		{"acquisition.win_cost", "1.200..3/3", `"1.200" could be a thousand or a decimal = write 1_200, or 1.2`},
		{"acquisition.win_cost", "1..1.234/3", `"1.234" could be a thousand or a decimal = write 1_234, or 1.2340`},
		{"customer.years", "1.." + strings.Repeat("3", 100) + "/3", `"1..` + strings.Repeat("3", 57) + `…" is too long for a number = write a number`},
	} {
		got, err := Interpolate(field(t, c.key), c.text)
		if e, ok := err.(*Error); !ok || e.Message+" = "+e.Hint != c.want {
			t.Errorf("Interpolate(%s, %q) = %q, %v; want %s", c.key, c.text, got, err, c.want)
		}
	}
}
