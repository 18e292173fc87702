package scenarios

import (
	"math"
	"testing"

	"github.com/churncost/churncost/calc/quantity"
)

func TestARangeWrittenLongEqualsTheRangeWrittenShort(t *testing.T) {
	for _, c := range []struct {
		key, group, long string
		want             quantity.Range
		shape            quantity.Shape
	}{
		{"word_of_mouth.leave", "word_of_mouth", "leave: {low: 15%, high: 35%}",
			quantity.Range{Low: 0.15, Likely: 0.25, High: 0.35}, quantity.Shape{Kind: quantity.Uniform}},
		{"word_of_mouth.leave", "word_of_mouth", "leave: {low: 15%, likely: 20%, high: 35%}",
			quantity.Range{Low: 0.15, Likely: 0.2, High: 0.35}, quantity.Shape{Kind: quantity.PERT}},
		{"word_of_mouth.leave", "word_of_mouth", "leave: {low: 15%, likely: 20%, high: 35%, shape: triangular}",
			quantity.Range{Low: 0.15, Likely: 0.2, High: 0.35}, quantity.Shape{Kind: quantity.Triangular}},
		{"customer.spend", "customer", "spend: {low: 40 per week, high: 60 per week, shape: normal, interval: 95%}",
			quantity.Range{Low: 2080, Likely: 2600, High: 3120}, quantity.Shape{Kind: quantity.Normal, Interval: 0.95}},
		{"customer.spend", "customer", "spend: {low: 40, high: 60 per week, shape: lognormal}",
			quantity.Range{Low: 2080, Likely: 520 * math.Sqrt(24), High: 3120}, quantity.Shape{Kind: quantity.Lognormal, Interval: 0.9}},
		{"customer.years", "customer", "years: {low: 6 months, high: 12 months}",
			quantity.Range{Low: 0.5, Likely: 0.75, High: 1}, quantity.Shape{Kind: quantity.Uniform}},
		{"word_of_mouth.leave", "word_of_mouth", "leave: {low: 0.25, high: 0.75, shape: beta, interval: 0.5}",
			quantity.Range{Low: 0.25, Likely: 0.5, High: 0.75}, quantity.Shape{Kind: quantity.Beta, Interval: 0.5}},
	} {
		got := accept(t, []byte("version: 1\n"+c.group+":\n  "+c.long+"\n")).Inputs[c.key]
		if r := got.Range; !near(r.Low, c.want.Low) || !near(r.Likely, c.want.Likely) || !near(r.High, c.want.High) || got.Shape != c.shape {
			t.Errorf("%s reads as %v, %+v; want %v, %+v", c.long, got.Range, got.Shape, c.want, c.shape)
		}
	}
}

// If no likely point is given, the value is the median. The median of a lognormal is a
// geometric mean. The beta with 5 % below 1 − ∛.95 and 5 % above 1 − ∛.05 is Beta(1, 3):
// 1 − (1 − x)³ is one half at 1 − ∛.5. Monthly ends are compounded before drawing: .5¹²
// and 1.
func TestTheValueOfARangeWithoutBoundsIsItsMedian(t *testing.T) {
	for _, c := range []struct {
		key, text string
		want      float64
	}{
		{"acquisition.win_cost", "acquisition: {win_cost: {low: 100, high: 900, shape: lognormal}}", 300},
		{"acquisition.win_cost", "acquisition: {win_cost: {low: 100, high: 900, shape: lognormal, interval: 50%}}", 300},
		{"acquisition.win_cost", "acquisition: {win_cost: {low: 100, high: 900, shape: normal}}", 500},
		{"acquisition.win_cost", "acquisition: {win_cost: {low: 100, high: 900, shape: normal, interval: 0.0000000000000001}}", 500},
		{"acquisition.win_cost", "acquisition: {win_cost: {low: 100, high: 900, shape: uniform}}", 500},
		{"acquisition.win_cost", "acquisition: {win_cost: {low: 100, likely: 200, high: 900, shape: pert}}", 200},
		{"acquisition.win_cost", "acquisition: {win_cost: {low: 100, likely: 200, high: 900, shape: triangular}}", 200},
		{"acquisition.win_cost", "acquisition: {win_cost: {low: 700, high: 700, shape: lognormal}}", 700},
		{"acquisition.win_cost", "acquisition: {win_cost: 100..200..900}", 200},
		{"acquisition.win_cost", "acquisition: {win_cost: 100..900}", 500},
		{"word_of_mouth.leave", "word_of_mouth: {leave: {low: 0.016952427508441, high: 0.631596850110836, shape: beta}}", 1 - math.Cbrt(.5)},
		{"customer.retention", "customer: {retention: {low: 50% per month, high: 100% per month, shape: normal}}", (math.Pow(.5, 12) + 1) / 2},
	} {
		r := accept(t, []byte("version: 1\n"+c.text+"\n")).Inputs[c.key].Range
		if !(math.Abs(r.Likely-c.want) <= 1e-9*c.want) || !(r.Low <= r.Likely && r.Likely <= r.High) {
			t.Errorf("the value of %s is %v of %v, want %v", c.text, r.Likely, r, c.want)
		}
	}
}

func TestAWrongRangeWrittenLongIsRefused(t *testing.T) {
	refuse(t, []badText{
		{"one end is missing", `
version: 1
word_of_mouth:
  leave: {low: 15%, likely: 25%}
`, `
3:10 word_of_mouth.leave needs both ends of its range = write low: and high:
`},
		{"both ends are missing", `
version: 1
word_of_mouth:
  leave: {shape: normal}
`, `
3:10 word_of_mouth.leave needs both ends of its range = write low: and high:
`},
		{"an end that is a range itself", `
version: 1
word_of_mouth:
  leave: {low: 15%..20%, high: 35%}
`, `
3:16 low is one number, not a range = write low: and high:, and likely: where there is one
`},
		{"an end out of bounds", `
version: 1
word_of_mouth:
  leave: {low: 35%, high: 115%}
`, `
3:10 word_of_mouth.leave is 35%..115%, and must be at most 100%
`},
		{"a value and a range", `
version: 1
word_of_mouth:
  leave: {value: 25%, low: 15%, high: 35%}
`, `
3:10 word_of_mouth.leave is given in two ways = write either value:, or low: and high:
`},
		{"a choice that is a range", `
version: 1
word_of_mouth:
  rule: {low: book, high: expected}
`, `
3:9 word_of_mouth.rule cannot be a range = write value:
`},
		{"an unknown shape", `
version: 1
word_of_mouth:
  leave: {low: 15%, high: 35%, shape: gaussian}
`, `
3:39 "gaussian" is not a shape = it can be uniform, triangular, pert, normal, lognormal, beta
`},
		{"an interval for bounds", `
version: 1
word_of_mouth:
  leave: {low: 15%, high: 35%, interval: 90%}
`, `
3:42 low and high are the bounds of a uniform = remove it, or choose normal, lognormal or beta
`},
		{"an interval that is not a share, or is in points", `
version: 1
word_of_mouth:
  leave: {low: 15%, high: 35%, shape: normal, interval: 90}
  value: {low: 15%, high: 35%, shape: normal, interval: 90pp}
`, `
3:57 "90" is not an interval = write a share, such as 90%
4:57 "90pp" is not an interval = write a share, such as 90%
`},
		{"a likely point for a shape without one, and none for a shape that has one", `
version: 1
word_of_mouth:
  leave: {low: 15%, likely: 20%, high: 35%, shape: uniform}
  value: {low: 15%, high: 35%, shape: triangular}
customer:
  margin: {low: 15%, likely: 20%, high: 35%, shape: normal}
`, `
3:29 a uniform has no likely point = remove it, or choose pert or triangular
4:10 a triangular has a likely point = write likely:
6:30 a normal is given by its interval alone = remove it, or choose pert or triangular
`},
		{"a lognormal that reaches zero, a beta that reaches an end, and a beta of years", `
version: 1
word_of_mouth:
  leave: {low: 0%, high: 35%, shape: lognormal}
  value: {low: 0%, high: 35%, shape: beta}
customer:
  years: {low: 0.2, high: 0.5, shape: beta}
`, `
3:10 a lognormal must be above zero = choose another shape, such as pert
4:10 a beta is for a share between 0% and 100% = choose another shape, such as pert
6:10 a beta is for a share between 0% and 100% = choose another shape, such as pert
`},
	})
}

// The ends differ only in their last digits. A schema cannot check this.
func TestABetaThatCannotBeFittedIsRefusedWhereItIsRead(t *testing.T) {
	const text = "version: 1\nword_of_mouth:\n  leave: {low: 50%, high: 50.0000000000001%, shape: beta}\n"
	const want = "3:10 no beta distribution has that interval = choose another shape, such as pert\n"
	_, err := Read("mine.yaml", []byte(text), sampleVocabulary())
	if got := retell(err); got != want {
		t.Errorf("Read(%q) finds\n%swant\n%s", text, got, want)
	}
}

func TestTheEndsOfARangeMustFitEachOther(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"version: 1\nword_of_mouth:\n  leave: {low: 35%, high: 15%}\n",
			"3:10 the bounds of \"35%..15%\" are the wrong way round = write the low end first, then the likely point, then the high end\n"},
		{"version: 1\ncustomer:\n  spend: {low: 40 per week, high: 60 per month}\n",
			"3:10 \"40 per week..60 per month\" has its period in the middle = write it once, at the end, as in 4..6 per year\n"},
	} {
		_, err := Read("mine.yaml", []byte(c.text), sampleVocabulary())
		if got := retell(err); got != c.want {
			t.Errorf("Read(%q) finds\n%swant\n%s", c.text, got, c.want)
		}
	}
}
