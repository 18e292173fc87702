package scenarios

import (
	"math"
	"testing"

	"github.com/churncost/churncost/calc"
)

func TestARangeWrittenLongIsTheRangeWrittenShort(t *testing.T) {
	for _, c := range []struct {
		key, group, long string
		want             calc.Range
		shape            calc.Shape
	}{
		{"word_of_mouth.leave", "word_of_mouth", "leave: {low: 15%, high: 35%}",
			calc.Range{Low: 0.15, Likely: 0.25, High: 0.35}, calc.Shape{Kind: calc.Uniform}},
		{"word_of_mouth.leave", "word_of_mouth", "leave: {low: 15%, likely: 20%, high: 35%}",
			calc.Range{Low: 0.15, Likely: 0.2, High: 0.35}, calc.Shape{Kind: calc.PERT}},
		{"word_of_mouth.leave", "word_of_mouth", "leave: {low: 15%, likely: 20%, high: 35%, shape: triangular}",
			calc.Range{Low: 0.15, Likely: 0.2, High: 0.35}, calc.Shape{Kind: calc.Triangular}},
		{"customer.spend", "customer", "spend: {low: 40 per week, high: 60 per week, shape: normal, interval: 95%}",
			calc.Range{Low: 2080, Likely: 2600, High: 3120}, calc.Shape{Kind: calc.Normal, Interval: 0.95}},
		{"customer.spend", "customer", "spend: {low: 40, high: 60 per week, shape: lognormal}",
			calc.Range{Low: 2080, Likely: 520 * math.Sqrt(24), High: 3120}, calc.Shape{Kind: calc.Lognormal, Interval: 0.9}},
		{"customer.years", "customer", "years: {low: 6 months, high: 12 months}",
			calc.Range{Low: 0.5, Likely: 0.75, High: 1}, calc.Shape{Kind: calc.Uniform}},
		{"word_of_mouth.leave", "word_of_mouth", "leave: {low: 0.25, high: 0.75, shape: beta, interval: 0.5}",
			calc.Range{Low: 0.25, Likely: 0.5, High: 0.75}, calc.Shape{Kind: calc.Beta, Interval: 0.5}},
	} {
		got := accept(t, []byte("version: 1\n"+c.group+":\n  "+c.long+"\n")).Inputs[c.key]
		if r := got.Range; !near(r.Low, c.want.Low) || !near(r.Likely, c.want.Likely) || !near(r.High, c.want.High) || got.Shape != c.shape {
			t.Errorf("%s reads as %v, %+v; want %v, %+v", c.long, got.Range, got.Shape, c.want, c.shape)
		}
	}
}

// Half of what is drawn lies below the value, where nobody says what is likely. A
// geometric mean is the median of a lognormal. The beta of which 5 % lie below
// 1 − ∛.95 and 5 % above 1 − ∛.05 is Beta(1, 3): 1 − (1 − x)³ is one half at
// 1 − ∛.5. The months' ends compound before they are drawn from: .5¹² and 1.
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

func TestARangeWrittenLongIsHeldAgainstItsKeys(t *testing.T) {
	refuse(t, []badText{
		{"one end is missing", `
version: 1
word_of_mouth:
  leave: {low: 15%, likely: 25%}
`, `
3:10 word_of_mouth.leave lacks an end of its range = write low: and high:
`},
		{"both ends are missing", `
version: 1
word_of_mouth:
  leave: {shape: normal}
`, `
3:10 word_of_mouth.leave lacks an end of its range = write low: and high:
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
3:10 word_of_mouth.leave is given in two ways = leave value: out, or low: and its kin
`},
		{"a choice that is a range", `
version: 1
word_of_mouth:
  rule: {low: book, high: expected}
`, `
3:9 word_of_mouth.rule cannot be a range = write value:
`},
		{"a shape that is none", `
version: 1
word_of_mouth:
  leave: {low: 15%, high: 35%, shape: gaussian}
`, `
3:39 "gaussian" is no shape = it can be uniform, triangular, pert, normal, lognormal, beta
`},
		{"an interval for bounds", `
version: 1
word_of_mouth:
  leave: {low: 15%, high: 35%, interval: 90%}
`, `
3:42 low and high are the bounds of a uniform = take it out, or choose normal, lognormal or beta
`},
		{"an interval that is no share, or one of points", `
version: 1
word_of_mouth:
  leave: {low: 15%, high: 35%, shape: normal, interval: 90}
  value: {low: 15%, high: 35%, shape: normal, interval: 90pp}
`, `
3:57 "90" is no interval = write a share, such as 90%
4:57 "90pp" is no interval = write a share, such as 90%
`},
		{"a likely point where there is none, and none where there is one", `
version: 1
word_of_mouth:
  leave: {low: 15%, likely: 20%, high: 35%, shape: uniform}
  value: {low: 15%, high: 35%, shape: triangular}
customer:
  margin: {low: 15%, likely: 20%, high: 35%, shape: normal}
`, `
3:29 a uniform has no likely point = take it out, or choose pert or triangular
4:10 a triangular has a likely point = write likely:
6:30 a normal is given by its interval alone = take it out, or choose pert or triangular
`},
		{"a lognormal that reaches zero, a beta that reaches an end, and a beta of years", `
version: 1
word_of_mouth:
  leave: {low: 0%, high: 35%, shape: lognormal}
  value: {low: 0%, high: 35%, shape: beta}
customer:
  years: {low: 0.2, high: 0.5, shape: beta}
`, `
3:10 a lognormal lies above zero = choose another shape, such as pert
4:10 a beta is for a share between 0% and 100% = choose another shape, such as pert
6:10 a beta is for a share between 0% and 100% = choose another shape, such as pert
`},
	})
}

// Ends that differ in their last digits only; no schema computes what lies between.
func TestABetaThatCannotBeFittedIsRefusedWhereItIsRead(t *testing.T) {
	const text = "version: 1\nword_of_mouth:\n  leave: {low: 50%, high: 50.0000000000001%, shape: beta}\n"
	const want = "3:10 no beta distribution has that interval = choose another shape, such as pert\n"
	_, err := Read("mine.yaml", []byte(text), sampleVocabulary())
	if got := retell(err); got != want {
		t.Errorf("Read(%q) finds\n%swant\n%s", text, got, want)
	}
}

func TestTheEndsOfARangeAreHeldAgainstEachOther(t *testing.T) {
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

func TestCorrelationsAreHeldAgainstTheirKeys(t *testing.T) {
	const remedy = " = write {between: [customer.spend, customer.years], rank: 0.4}\n"
	refuse(t, []badText{
		{"no list", "version: 1\ncorrelations: {rank: 0.4}\n",
			"2:15 correlations is a list = begin each correlation with a dash\n"},
		{"no keys", "version: 1\ncorrelations:\n  - 0.4\n",
			"3:5 a correlation holds between: and rank:" + remedy},
		{"what is missing is told whatever else is wrong", "version: 1\nnome: Mine\ncorrelations:\n  - {between: [customer.spend, customer.years]}\n  - {rank: 0.4}\n",
			"2:1 unknown key \"nome\" = did you mean name?\n4:5 a correlation holds between: and rank:" + remedy + "5:5 a correlation holds between: and rank:" + remedy},
		{"a misspelt key", "version: 1\ncorrelations:\n  - {between: [customer.spend, customer.years], rnak: 0.4}\n",
			"3:49 unknown key \"rnak\" = did you mean rank?\n"},
		{"more than one, in points, and no number", `
version: 1
correlations:
  - {between: [customer.spend, customer.years], rank: 1.1}
  - {between: [customer.spend, customer.years], rank: 40pp}
  - {between: [customer.spend, customer.years], rank: strong}
`, `
3:55 "1.1" is no correlation = write a number from -1 to 1
4:55 "40pp" is no correlation = write a number from -1 to 1
5:55 "strong" is no correlation = write a number from -1 to 1
`},
		{"one input, three inputs, and the same input twice", `
version: 1
correlations:
  - {between: customer.spend, rank: 0.4}
  - {between: [customer.spend, customer.years, customer.margin], rank: 0.4}
  - {between: [customer.spend, customer.spend], rank: 0.4}
`, `
3:15 a correlation is between two inputs = write [customer.spend, customer.years]
4:15 a correlation is between two inputs = write [customer.spend, customer.years]
5:15 an input has no correlation with itself = name two inputs
`},
		{"an input that does not exist", "version: 1\ncorrelations:\n  - {between: [customer.spnd, customer.years], rank: 0.4}\n",
			"3:16 unknown key \"customer.spnd\" = did you mean customer.spend?\n"},
	})
}

// What one key says of another, or of what it means, no schema can tell.
func TestACorrelationIsBetweenTwoNumbersOnce(t *testing.T) {
	for _, c := range []struct{ items, want string }{
		{"{between: [customer.spend, customer.years], rank: 0.4}\n  - {between: [customer.years, customer.spend], rank: 0.5}",
			"4:5 the correlation between customer.years and customer.spend stands twice = leave one of them out\n"},
		{"{between: [word_of_mouth.tells, customer.years], rank: 0.4}",
			"3:16 word_of_mouth.tells is a list = name an element of it, such as word_of_mouth.tells.1\n"},
		{"{between: [customer.years, word_of_mouth.rule], rank: 0.4}",
			"3:32 word_of_mouth.rule cannot be a range = name an input that can be one\n"},
		{"{between: [customer.spnd, word_of_mouth.rule], rank: 0.4}",
			"3:16 unknown key \"customer.spnd\" = did you mean customer.spend?\n3:31 word_of_mouth.rule cannot be a range = name an input that can be one\n"},
	} {
		text := "version: 1\ncorrelations:\n  - " + c.items + "\n"
		_, err := Read("mine.yaml", []byte(text), sampleVocabulary())
		if got := retell(err); got != c.want {
			t.Errorf("Read(%q) finds\n%swant\n%s", text, got, c.want)
		}
	}
}

func TestACorrelationNamesInputsAlsoInLists(t *testing.T) {
	s := accept(t, []byte("version: 1\ncorrelations:\n  - {between: [word_of_mouth.tells.1, customer.years], rank: -1}\n"))
	want := [2]string{"word_of_mouth.tells.1", "customer.years"}
	if len(s.Correlations) != 1 || s.Correlations[0].Keys != want || s.Correlations[0].Rank != -1 {
		t.Errorf("the correlations are %+v, want one of %v with rank -1", s.Correlations, want)
	}
}

func TestAcknowledgedKeysAreHeldAgainstTheInputs(t *testing.T) {
	refuse(t, []badText{
		{"no list", "version: 1\nacknowledge: customer.spend\n",
			"2:14 acknowledge is a list of keys = write [complaints.speak_up]\n"},
		{"an input that does not exist", "version: 1\nacknowledge: [customer.spnd, customer.years, 3]\n",
			"2:15 unknown key \"customer.spnd\" = did you mean customer.spend?\n2:46 unknown key \"3\" = --help of a calculator lists its keys\n"},
	})
	s := accept(t, []byte("version: 1\nacknowledge: [word_of_mouth.tells]\n"))
	for key, want := range map[string]bool{"word_of_mouth.tells": true, "word_of_mouth.tells.2": true, "word_of_mouth.tellsome": false, "customer.spend": false} {
		if got := s.Acknowledges(key); got != want {
			t.Errorf("Acknowledges(%s) = %t, want %t", key, got, want)
		}
	}
}
