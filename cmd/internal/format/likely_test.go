package format

import (
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/results"
)

// Two significant digits, and more only where two would be wrong.
func TestAHeadlineGivesTheRangeOf90PercentOfTheDraws(t *testing.T) {
	const dollars, yuan = "USD", "CNY"
	for _, test := range []struct {
		claim        string
		currency     string
		unit         quantity.Unit
		total        float64
		given        float64
		p5, p50, p95 float64
		want         string
	}{
		{"money", dollars, quantity.Money, 1770, 1, 312.4, 1700, 8149.99, "90% of draws: $310 to $8,100"},
		{"money a year, with the currency after it", yuan, quantity.MoneyPerYear, 1770, 1, 312.4, 1700, 8149.99, "90% of draws: 310 to 8,100 元"},
		{"small money keeps its cents", dollars, quantity.Money, 2, 1, 1.234, 2, 9.96, "90% of draws: $1.20 to $10"},
		{"money below zero", dollars, quantity.Money, 2, 1, -1234, 2, 129, "90% of draws: -$1,200 to $130"},
		{"from nothing", dollars, quantity.Money, 2, 1, 0, 2, 129, "90% of draws: $0 to $130"},
		{"a share", dollars, quantity.Share, .5, 1, .0712, .5, .8888, "90% of draws: 7.1% to 89%"},
		{"a share that is the total to all its digits", dollars, quantity.Share, .123456, 1, .123456, .123456, .2, "90% of draws: 12.3456% to 20%"},
		{"nearly all", dollars, quantity.Share, .99, 1, .9, .99, .9996, "90% of draws: 90% to 99.96%"},
		{"all", dollars, quantity.Share, .99, 1, .9, .99, 1, "90% of draws: 90% to 100%"},
		{"points", dollars, quantity.Points, .02, 1, .0123, .02, .0299, "90% of draws: 1.2 pp to 3.0 pp"},
		{"a ratio below one in a thousand", dollars, quantity.Ratio, .0002, 1, .000123, .0002, .000346, "90% of draws: 0.00012 to 0.00035"},
		{"a ratio of few millionths", dollars, quantity.Ratio, .000005, 1, .000002, .000005, .000009, "90% of draws: 0.000002 to 0.000009"},
		{"whole people are whole", dollars, quantity.People, 5, 1, 3, 5, 17, "90% of draws: 3 to 17"},
		{"and others are not", dollars, quantity.People, 5, 1, 2.99, 5, 17.2, "90% of draws: 3.0 to 17"},

		{"ends that are the same in two digits", dollars, quantity.Count, 1.19, 1, 1.161, 1.19, 1.222, "90% of draws: 1.16 to 1.22"},
		{"ends that two digits would make the total", dollars, quantity.Count, 2, 1, 1.996, 2, 2.004, "90% of draws: 1.996 to 2.004"},
		{"a low end that two digits would raise above the total", dollars, quantity.Money, 296, 1, 295.1, 296, 400, "90% of draws: $295 to $400"},
		{"a high end that two digits would bring below the total", dollars, quantity.Money, 303, 1, 200, 303, 304, "90% of draws: $200 to $304"},
		{"a low end that is the total", dollars, quantity.Money, 26_123, 1, 26_123, 26_123, 40_000, "90% of draws: $26,123 to $40,000"},
		{"a low end that is almost the total", dollars, quantity.Money, 26_000, 1, 25_999.99, 26_000, 40_000, "90% of draws: $26,000 to $40,000"},

		{"a total a tenth above the middle", dollars, quantity.Money, 110, 1, 50, 100, 200, "90% of draws: $50 to $200"},
		{"a total more than a tenth above the middle", dollars, quantity.Money, 110.01, 1, 50, 100, 200, "the median is $100; 90% of draws: $50 to $200"},
		{"a total more than a tenth below the middle", dollars, quantity.Money, 89.99, 1, 50, 100, 200, "the median is $100; 90% of draws: $50 to $200"},
		{"a middle below zero", dollars, quantity.Money, -109, 1, -200, -100, -50, "90% of draws: -$200 to -$50"},
		{"a middle of zero", dollars, quantity.Money, 1, 1, -50, 0, 50, "the median is $0; 90% of draws: -$50 to $50"},
		{"a total below nearly all draws", dollars, quantity.Money, 26_000, 1, 29_667, 70_350, 181_129, "the median is $70,000; 90% of draws: $30,000 to $180,000"},
		{"a total above nearly all draws, and near them", dollars, quantity.Money, 105, 1, 88, 96, 104, "the median is $96; 90% of draws: $88 to $100"},

		{"one point", dollars, quantity.Money, 442_000, 1, 442_000, 442_000, 442_000, "at least 90% of draws: $442,000"},
		{"another point", dollars, quantity.Money, 1234.5, 1, 442_000, 442_000, 442_000, "at least 90% of draws: $442,000"},
		{"a figure that only some draws give", dollars, quantity.Money, 2, .96, 1, 2, 3, "90% of the draws that give one: $1 to $3"},
	} {
		headline := answered(t, test.currency, results.Answer{
			Report: &calc.Report{Headline: "{test.figure}", Figures: []calc.Figure{{Metric: "test.figure", Unit: test.unit, Range: quantity.Exactly(test.total)}}},
			Likely: []results.Likely{{Metric: "test.figure", Given: test.given, P5: test.p5, P50: test.p50, P95: test.p95}},
		})
		_, got, _ := strings.Cut(strings.TrimSuffix(headline, ")"), " (")
		if got != test.want {
			t.Errorf("%s: %v of draws from %v over %v to %v is written %q, want %q", test.claim, test.total, test.p5, test.p50, test.p95, got, test.want)
		}
	}
}

func TestADrawnFigureIsShownWithAbout(t *testing.T) {
	for _, test := range []struct{ headline, want string }{
		{"They are {test.people}, which costs {test.money}", "They are about 3 (90% of draws: 2 to 4), which costs $100 ($80–$120)"},
		{"{test.people} of them leave", "About 3 (90% of draws: 2 to 4) of them leave"},
		{"{test.people} of {test.people} leave", "About 3 (90% of draws: 2 to 4) of about 3 (90% of draws: 2 to 4) leave"},
		{"They are about {test.people}", "They are about 3 (90% of draws: 2 to 4)"},
		{"About {test.people} leave", "About 3 (90% of draws: 2 to 4) leave"},
	} {
		report := &calc.Report{Headline: test.headline, Figures: []calc.Figure{
			{Metric: "test.people", Unit: quantity.People, Range: quantity.Range{Low: 1, Likely: 3, High: 5}},
			{Metric: "test.money", Unit: quantity.Money, Range: quantity.Range{Low: 80, Likely: 100, High: 120}},
		}}
		answer := results.Answer{Report: report, Likely: []results.Likely{{Metric: "test.people", Given: 1, P5: 2, P50: 3, P95: 4, Mean: 3}}}
		if got := answered(t, "USD", answer); got != test.want {
			t.Errorf("%q is written %q, want %q", test.headline, got, test.want)
		}
	}
}
