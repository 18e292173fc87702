package render

import (
	"testing"

	"github.com/churncost/churncost/calc"
)

// Two significant digits, and more only where two would be wrong.
func TestAHeadlineSaysWhereNineInTenDrawsLie(t *testing.T) {
	dollars, yuan := notationOf(t, "USD"), notationOf(t, "CNY")
	for _, test := range []struct {
		claim        string
		notation     notation
		unit         calc.Unit
		total        float64
		given        float64
		p5, p50, p95 float64
		want         string
	}{
		{"money", dollars, calc.Money, 1770, 1, 312.4, 1700, 8149.99, "90% of draws: $310 to $8,100"},
		{"money a year, behind which the currency stands", yuan, calc.MoneyPerYear, 1770, 1, 312.4, 1700, 8149.99, "90% of draws: 310 to 8,100 元"},
		{"small money keeps its cents", dollars, calc.Money, 2, 1, 1.234, 2, 9.96, "90% of draws: $1.20 to $10"},
		{"money below zero", dollars, calc.Money, 2, 1, -1234, 2, 129, "90% of draws: -$1,200 to $130"},
		{"from nothing", dollars, calc.Money, 2, 1, 0, 2, 129, "90% of draws: $0 to $130"},
		{"a share", dollars, calc.Share, .5, 1, .0712, .5, .8888, "90% of draws: 7.1% to 89%"},
		{"a share that is the total to all its digits", dollars, calc.Share, .123456, 1, .123456, .123456, .2, "90% of draws: 12.3456% to 20%"},
		{"nearly all", dollars, calc.Share, .99, 1, .9, .99, .9996, "90% of draws: 90% to 99.96%"},
		{"all", dollars, calc.Share, .99, 1, .9, .99, 1, "90% of draws: 90% to 100%"},
		{"points", dollars, calc.Points, .02, 1, .0123, .02, .0299, "90% of draws: 1.2 pp to 3.0 pp"},
		{"a ratio below one in a thousand", dollars, calc.Ratio, .0002, 1, .000123, .0002, .000346, "90% of draws: 0.00012 to 0.00035"},
		{"a ratio of few millionths", dollars, calc.Ratio, .000005, 1, .000002, .000005, .000009, "90% of draws: 0.000002 to 0.000009"},
		{"whole people are whole", dollars, calc.People, 5, 1, 3, 5, 17, "90% of draws: 3 to 17"},
		{"and others are not", dollars, calc.People, 5, 1, 2.99, 5, 17.2, "90% of draws: 3.0 to 17"},

		{"ends that two digits do not tell apart", dollars, calc.Count, 1.19, 1, 1.161, 1.19, 1.222, "90% of draws: 1.16 to 1.22"},
		{"ends that two digits would make the total", dollars, calc.Count, 2, 1, 1.996, 2, 2.004, "90% of draws: 1.996 to 2.004"},
		{"a low end that two digits would raise above the total", dollars, calc.Money, 296, 1, 295.1, 296, 400, "90% of draws: $295 to $400"},
		{"a high end that two digits would bring below the total", dollars, calc.Money, 303, 1, 200, 303, 304, "90% of draws: $200 to $304"},
		{"a low end that is the total", dollars, calc.Money, 26_123, 1, 26_123, 26_123, 40_000, "90% of draws: $26,123 to $40,000"},
		{"a low end that is as good as the total", dollars, calc.Money, 26_000, 1, 25_999.99, 26_000, 40_000, "90% of draws: $26,000 to $40,000"},

		{"a total a tenth above the middle", dollars, calc.Money, 110, 1, 50, 100, 200, "90% of draws: $50 to $200"},
		{"a total more than a tenth above the middle", dollars, calc.Money, 110.01, 1, 50, 100, 200, "the median is $100; 90% of draws: $50 to $200"},
		{"a total more than a tenth below the middle", dollars, calc.Money, 89.99, 1, 50, 100, 200, "the median is $100; 90% of draws: $50 to $200"},
		{"a middle below zero", dollars, calc.Money, -109, 1, -200, -100, -50, "90% of draws: -$200 to -$50"},
		{"a middle of zero", dollars, calc.Money, 1, 1, -50, 0, 50, "the median is $0; 90% of draws: -$50 to $50"},
		{"a total below nearly all draws", dollars, calc.Money, 26_000, 1, 29_667, 70_350, 181_129, "the median is $70,000; 90% of draws: $30,000 to $180,000"},
		{"a total above nearly all draws, and near them", dollars, calc.Money, 105, 1, 88, 96, 104, "the median is $96; 90% of draws: $88 to $100"},

		{"one point", dollars, calc.Money, 442_000, 1, 442_000, 442_000, 442_000, "at least 90% of draws: $442,000"},
		{"another point", dollars, calc.Money, 1234.5, 1, 442_000, 442_000, 442_000, "at least 90% of draws: $442,000"},
		{"what only some draws give", dollars, calc.Money, 2, .96, 1, 2, 3, "90% of the draws that give one: $1 to $3"},
	} {
		figure := &calc.Figure{Metric: "test.figure", Unit: test.unit, Range: calc.Exactly(test.total)}
		got := words{notation: test.notation}.likely(figure, &Likely{Metric: "test.figure", Given: test.given, P5: test.p5, P50: test.p50, P95: test.p95})
		if got != test.want {
			t.Errorf("%s: %v of draws from %v over %v to %v is told as %q, want %q", test.claim, test.total, test.p5, test.p50, test.p95, got, test.want)
		}
	}
}

func TestAFigureThatWasDrawnIsAboutWhatItIs(t *testing.T) {
	for _, test := range []struct{ headline, want string }{
		{"They are {test.people}, which costs {test.money}", "They are about 3 (90% of draws: 2 to 4), which costs $100 ($80–$120)"},
		{"{test.people} of them leave", "About 3 (90% of draws: 2 to 4) of them leave"},
		{"{test.people} of {test.people} leave", "About 3 (90% of draws: 2 to 4) of about 3 (90% of draws: 2 to 4) leave"},
		{"They are about {test.people}", "They are about 3 (90% of draws: 2 to 4)"},
		{"About {test.people} leave", "About 3 (90% of draws: 2 to 4) leave"},
	} {
		report := &calc.Report{Headline: test.headline, Figures: []calc.Figure{
			{Metric: "test.people", Unit: calc.People, Range: calc.Range{Low: 1, Likely: 3, High: 5}},
			{Metric: "test.money", Unit: calc.Money, Range: calc.Range{Low: 80, Likely: 100, High: 120}},
		}}
		answer := &Answer{Report: report, Likely: []Likely{{Metric: "test.people", Given: 1, P5: 2, P50: 3, P95: 4, Mean: 3}}}
		if got := (words{notationOf(t, "USD"), answer}).told(); got != test.want {
			t.Errorf("%q is told as %q, want %q", test.headline, got, test.want)
		}
	}
}
