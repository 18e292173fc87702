package gate_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
)

// parse reads a gate that must be one.
func parse(t *testing.T, text string) gate.Gate {
	t.Helper()
	g, err := gate.Parse(text)
	if err != nil {
		t.Fatalf("Parse(%q) fails with %v", text, err)
	}
	return g
}

// fit reads a gate and fits it to the unit of its metric.
func fit(t *testing.T, text string, unit quantity.Unit) gate.Gate {
	t.Helper()
	g, err := parse(t, text).Fit(unit)
	if err != nil {
		t.Fatalf("Fit(%q, %s) fails with %v", text, unit, err)
	}
	return g
}

func TestAGateIsAMetricASignAndALimit(t *testing.T) {
	for _, test := range []struct {
		text string
		want gate.Gate // without the texts
	}{
		{"loss.total <= 400000", gate.Gate{Metric: "loss.total", Op: gate.AtMost, Limit: 400_000}},
		{"loss.total<400_000", gate.Gate{Metric: "loss.total", Op: gate.Below, Limit: 400_000}},
		{"\tratio.win_to_keep  >=  5.5 ", gate.Gate{Metric: "ratio.win_to_keep", Op: gate.AtLeast, Limit: 5.5}},
		{"winback.gain > -1e3", gate.Gate{Metric: "winback.gain", Op: gate.Above, Limit: -1000}},
		{"loss.ripple_share <= 90%", gate.Gate{Metric: "loss.ripple_share", Op: gate.AtMost, Limit: .9, By: gate.Relative}},
		{"loss.ripple_share <= 0.9", gate.Gate{Metric: "loss.ripple_share", Op: gate.AtMost, Limit: .9}},
		{"loss.total.change <= 5%", gate.Gate{Metric: "loss.total", Change: true, Op: gate.AtMost, Limit: .05, By: gate.Relative}},
		{"loss.total.change <= 5", gate.Gate{Metric: "loss.total", Change: true, Op: gate.AtMost, Limit: 5}},
		{"satisfaction.repurchase.change >= -2pp", gate.Gate{Metric: "satisfaction.repurchase", Change: true, Op: gate.AtLeast, Limit: -.02, By: gate.InPoints}},
		{"chance(loss.total <= 400000) >= 90%", gate.Gate{Metric: "loss.total", Op: gate.AtLeast, Limit: .9, Chance: &gate.Condition{Op: gate.AtMost, Limit: 400_000}}},
		{" chance( winback.gain>0 )>0.5", gate.Gate{Metric: "winback.gain", Op: gate.Above, Limit: .5, Chance: &gate.Condition{Op: gate.Above, Limit: 0}}},
		{"chance(loss.ripple_share < 90%) <= 100%", gate.Gate{Metric: "loss.ripple_share", Op: gate.AtMost, Limit: 1, By: gate.Relative, Chance: &gate.Condition{Op: gate.Below, Limit: .9}}},
	} {
		got := parse(t, test.text)
		if got.Text != strings.TrimSpace(test.text) {
			t.Errorf("Parse(%q) keeps the text %q", test.text, got.Text)
		}
		condition, wanted := got.Chance, test.want.Chance
		if (condition == nil) != (wanted == nil) || condition != nil && *condition != *wanted {
			t.Errorf("Parse(%q) has the condition %+v, want %+v", test.text, condition, wanted)
		}
		if !strings.Contains(test.text, got.LimitText) || got.LimitText == "" {
			t.Errorf("Parse(%q) keeps the limit %q", test.text, got.LimitText)
		}
		got.Text, got.LimitText, got.Chance, test.want.Chance = "", "", nil, nil
		if got != test.want {
			t.Errorf("Parse(%q) = %+v, want %+v", test.text, got, test.want)
		}
	}
}

func TestWhatIsNoGateIsRefusedWithTheRemedy(t *testing.T) {
	for text, want := range map[string]string{
		"":                                        "is no gate",
		"loss.total":                              "is no gate",
		"loss.total 400000":                       "is no gate",
		"loss.total = 400000":                     "is no gate",
		"loss.total == 400000":                    "is no gate",
		"loss.total != 400000":                    "is no gate",
		"loss.total => 400000":                    "is no gate",
		"<= 400000":                               "does not begin with a metric",
		".change <= 5%":                           "does not begin with a metric",
		"loss total <= 400000":                    "does not begin with a metric",
		"chance(loss.total <= 400000":             "is no gate",
		"loss.total <=":                           "is not a number",
		"loss.total <= much":                      "is not a number",
		"loss.total <= 400,000":                   "is not a number",
		"loss.total <= 3..4":                      "is not a number",
		"loss.total <= 0400":                      "begins with a zero",
		"400000 <= loss.total":                    "is not a number",
		"1 <= loss.total <= 2":                    "is not a number",
		"loss.total <= <= 2":                      "is not a number",
		"loss.total <= NaN":                       "is not a number",
		"chance(loss.total <= 4)":                 "is no gate",
		"chance(loss.total) >= 90%":               "is no gate",
		"chance(loss.total <= 4 >= 9":             "is not a number", // no bracket closes, so it is no chance
		"chance() >= 90%":                         "is no gate",
		"chance(loss.total <= 4) 90%":             "is no gate",
		"chance(loss.total <= 4) >= 90":           "is no chance",
		"chance(loss.total <= 4) >= 1":            "is no chance",
		"chance(loss.total <= 4) >= 101%":         "is no chance",
		"chance(loss.total <= 4) >= -1%":          "is no chance",
		"chance(loss.total <= 4) >= 5pp":          "is no chance",
		"chance(loss.total <= 4) >=":              "is no chance",
		"chance(loss.total <= 4) and more >= 90%": "is no gate",
		"chance(loss.total.change <= 4) >= 90%":   "nothing that one draw can meet",
	} {
		g, err := gate.Parse(text)
		problem, ok := errors.AsType[*calc.Problem](err)
		if !ok || !strings.Contains(problem.Message, want) || problem.Hint == "" {
			t.Errorf("Parse(%q) = %+v, %v; want a problem that says %q, and a remedy", text, g, err, want)
		}
	}
}

// A percentage of a share is a share; of anything else it is none, unless the
// change is limited.
func TestALimitFitsItsMetric(t *testing.T) {
	for _, test := range []struct {
		text  string
		unit  quantity.Unit
		by    gate.By
		limit float64
	}{
		{"m <= 5", quantity.Money, gate.InUnit, 5},
		{"m <= 90%", quantity.Share, gate.InUnit, .9},
		{"m <= 0.9", quantity.Share, gate.InUnit, .9},
		{"m <= 2.5%", quantity.Points, gate.InUnit, .025},
		{"m <= 2.5pp", quantity.Points, gate.InUnit, .025},
		{"m.change <= 5%", quantity.Money, gate.Relative, .05},
		{"m.change <= 5%", quantity.Share, gate.Relative, .05},
		{"m.change <= 5", quantity.Ratio, gate.InUnit, 5},
		{"m.change <= 2pp", quantity.Share, gate.InPoints, .02},
		{"m.change <= 0.5", quantity.Share, gate.InUnit, .5},
		{"chance(m <= 5) >= 90%", quantity.Money, gate.InUnit, .9},
		{"chance(m <= 50%) >= 90%", quantity.Share, gate.InUnit, .9},
		// What has one reading only.
		{"m <= 1_200", quantity.Money, gate.InUnit, 1200},
		{"m <= 1.2", quantity.Money, gate.InUnit, 1.2},
		{"m <= 1.200", quantity.Years, gate.InUnit, 1.2},
		{"m <= 1.200%", quantity.Share, gate.InUnit, .012},
		{"m.change <= 1.200%", quantity.Money, gate.Relative, .012},
		{"chance(m <= 5) >= 1.200%", quantity.Money, gate.InUnit, .012},
	} {
		if g := fit(t, test.text, test.unit); g.By != test.by || g.Limit != test.limit {
			t.Errorf("Fit(%q, %s) limits by %v at %v, want %v at %v", test.text, test.unit, g.By, g.Limit, test.by, test.limit)
		}
	}
	for _, test := range []struct {
		text string
		unit quantity.Unit
		want string
	}{
		{"m <= 90%", quantity.Money, "no share"},
		{"m <= 2pp", quantity.Money, "no share"},
		{"m <= 90", quantity.Share, "did you mean 90%?"},
		{"m <= 1", quantity.Share, "did you mean 1%?"},
		{"m >= -3", quantity.Share, "did you mean -3%?"},
		{"m <= 95pp", quantity.Share, "did you mean 95%?"},
		{"chance(m <= 95pp) >= 90%", quantity.Share, "did you mean 95%?"},
		{"m.change <= 1", quantity.Share, "did you mean 1pp?"},
		{"m.change <= 2", quantity.Share, "did you mean 2pp?"},
		{"m.change >= -3", quantity.Points, "did you mean -3pp?"},
		{"m.change <= 2pp", quantity.Money, "points limit the change of a share"},
		{"m.change <= 2pp", quantity.Years, "points limit the change of a share"},
		{"chance(m <= 50) >= 90%", quantity.Share, "did you mean 50%?"},
		{"chance(m <= 50%) >= 90%", quantity.Money, "no share"},
		{"m <= 1.200", quantity.Money, `"1.200" could be a thousand or a decimal write 1_200, or 1.2`},
		{"m >= -12.345", quantity.MoneyPerYear, `"-12.345" could be a thousand or a decimal write -12_345, or -12.3450`},
		{"m < 1.200", quantity.People, "could be a thousand"},
		{"m.change <= 1.200", quantity.Money, "could be a thousand"},
		{"chance(m <= 1.200) >= 90%", quantity.Money, `"1.200" could be a thousand or a decimal write 1_200, or 1.2`},
	} {
		g, err := parse(t, test.text).Fit(test.unit)
		problem, ok := errors.AsType[*calc.Problem](err)
		if !ok || !strings.Contains(problem.Message+" "+problem.Hint, test.want) {
			t.Errorf("Fit(%q, %s) = %+v, %v; want a problem with %q", test.text, test.unit, g, err, test.want)
		}
	}
}

func TestEachSignHoldsOrBreaksAtTheLimitItself(t *testing.T) {
	for _, test := range []struct {
		op                  gate.Op
		below, equal, above bool
	}{
		{gate.AtMost, true, true, false},
		{gate.Below, true, false, false},
		{gate.AtLeast, false, true, true},
		{gate.Above, false, false, true},
	} {
		for value, want := range map[float64]bool{4: test.below, 5: test.equal, 6: test.above, math.NaN(): false} {
			if got := test.op.Holds(value, 5); got != want {
				t.Errorf("%v %s 5 = %v, want %v", value, test.op, got, want)
			}
		}
	}
}

// judged is what is looked at of a verdict.
type judged struct {
	status gate.Status
	over   float64
}

func TestARangePassesOnlyIfAllOfItDoes(t *testing.T) {
	between := quantity.Range{Low: 10, Likely: 12, High: 20}
	for _, test := range []struct {
		text  string
		value quantity.Range
		want  judged
	}{
		{"m <= 12", quantity.Exactly(12), judged{gate.Pass, 0}},
		{"m < 12", quantity.Exactly(12), judged{gate.Fail, 0}},
		{"m <= 12", quantity.Exactly(12.01), judged{gate.Fail, .01}},
		{"m >= 12", quantity.Exactly(11), judged{gate.Fail, 1}},
		{"m > -5", quantity.Exactly(-7), judged{gate.Fail, 2}},
		{"m <= 20", between, judged{gate.Pass, 0}},
		{"m < 20", between, judged{gate.Fail, 0}},
		{"m <= 15", between, judged{gate.Fail, 5}}, // by its high end
		{"m <= 9", between, judged{gate.Fail, 11}}, // by the one that is farthest over
		{"m >= 10", between, judged{gate.Pass, 0}},
		{"m >= 15", between, judged{gate.Fail, 5}}, // by its low end
		{"m > 10", between, judged{gate.Fail, 0}},
	} {
		v := fit(t, test.text, quantity.Money).Judge(test.value)
		if got := (judged{v.Status, v.Over}); v.Status != test.want.status || !(math.Abs(got.over-test.want.over) < 1e-9) || v.Value != test.value || !math.IsNaN(v.Base) {
			t.Errorf("%q of %v: %+v over a base of %v, want %+v and no base", test.text, test.value, got, v.Base, test.want)
		}
	}
}

// The chance is judged, and not the metric: 95 % passes whatever the limit inside.
func TestAChanceGateJudgesTheChance(t *testing.T) {
	for text, want := range map[string]gate.Status{
		"chance(m <= 400000) >= 90%": gate.Pass,
		"chance(m <= 400000) >= 95%": gate.Pass,
		"chance(m <= 400000) > 95%":  gate.Fail,
		"chance(m > 400000) <= 5%":   gate.Fail,
	} {
		if v := fit(t, text, quantity.Money).Judge(quantity.Exactly(.95)); v.Status != want {
			t.Errorf("%q at 95%%: %s, want %s", text, v.Status, want)
		}
	}
}

func TestAChangeIsJudgedInTheTermsOfItsLimit(t *testing.T) {
	exactly := quantity.Exactly
	for _, test := range []struct {
		text        string
		unit        quantity.Unit
		base, value quantity.Range
		change      quantity.Range
		want        judged
	}{
		{"m.change <= 50", quantity.Money, exactly(200), exactly(250), exactly(50), judged{gate.Pass, 0}},
		{"m.change <= 49.99", quantity.Money, exactly(200), exactly(250), exactly(50), judged{gate.Fail, .01}},
		{"m.change <= 25%", quantity.Money, exactly(200), exactly(250), exactly(.25), judged{gate.Pass, 0}},
		{"m.change < 25%", quantity.Money, exactly(200), exactly(250), exactly(.25), judged{gate.Fail, 0}},
		{"m.change <= 20%", quantity.Money, exactly(200), exactly(250), exactly(.25), judged{gate.Fail, .05}},
		{"m.change >= -5%", quantity.Money, exactly(200), exactly(180), exactly(-.1), judged{gate.Fail, .05}},
		// Over the size of the base: from −200 up to −150 is a rise of a quarter.
		{"m.change <= 20%", quantity.Money, exactly(-200), exactly(-150), exactly(.25), judged{gate.Fail, .05}},
		{"m.change >= 20%", quantity.Money, exactly(-200), exactly(-150), exactly(.25), judged{gate.Pass, 0}},
		// 20 % to 23 % is 3 points, and 15 %.
		{"m.change <= 3pp", quantity.Share, exactly(.2), exactly(.23), exactly(.03), judged{gate.Pass, 0}},
		{"m.change <= 2pp", quantity.Share, exactly(.2), exactly(.23), exactly(.03), judged{gate.Fail, .01}},
		{"m.change <= 15%", quantity.Share, exactly(.2), exactly(.23), exactly(.15), judged{gate.Pass, 0}},
		{"m.change <= 14%", quantity.Share, exactly(.2), exactly(.23), exactly(.15), judged{gate.Fail, .01}},
		// .3 − .1 is .19999999999999998 in binary, and 20 points all the same.
		{"m.change >= 20pp", quantity.Share, exactly(.1), exactly(.3), exactly(.2), judged{gate.Pass, 0}},
		{"m.change >= 200%", quantity.Share, exactly(.1), exactly(.3), exactly(2), judged{gate.Pass, 0}},
		// End by end: 10 to 11, 12 to 12, 20 to 26. The least change is the low end.
		{"m.change <= 30%", quantity.Money, quantity.Range{Low: 10, Likely: 12, High: 20}, quantity.Range{Low: 11, Likely: 12, High: 26}, quantity.Range{Low: 0, Likely: 0, High: .3}, judged{gate.Pass, 0}},
		{"m.change <= 29%", quantity.Money, quantity.Range{Low: 10, Likely: 12, High: 20}, quantity.Range{Low: 11, Likely: 12, High: 26}, quantity.Range{Low: 0, Likely: 0, High: .3}, judged{gate.Fail, .01}},
		{"m.change <= 5", quantity.Money, quantity.Range{Low: 10, Likely: 12, High: 20}, quantity.Range{Low: 11, Likely: 12, High: 26}, quantity.Range{Low: 0, Likely: 0, High: 6}, judged{gate.Fail, 1}},
		// The low end rises by half, the high end falls by half.
		{"m.change <= 50%", quantity.Money, quantity.Range{Low: 10, Likely: 15, High: 20}, quantity.Range{Low: 15, Likely: 15, High: 10}, quantity.Range{Low: -.5, Likely: 0, High: .5}, judged{gate.Pass, 0}},
		// Nothing has changed, also from nothing.
		{"m.change <= 0%", quantity.Money, exactly(0), exactly(0), exactly(0), judged{gate.Pass, 0}},
		{"m.change >= 0", quantity.Money, exactly(7), exactly(7), exactly(0), judged{gate.Pass, 0}},
		{"m.change < 0%", quantity.Money, exactly(0), exactly(0), exactly(0), judged{gate.Fail, 0}},
		// From nothing to something is a difference, and no percentage.
		{"m.change <= 5", quantity.Money, exactly(0), exactly(3), exactly(3), judged{gate.Pass, 0}},
	} {
		v := fit(t, test.text, test.unit).JudgeChange(test.value, test.base)
		if v.Status != test.want.status || !(math.Abs(v.Over-test.want.over) < 1e-9) || v.Value != test.change || v.Base != test.base.Likely || v.Reason != "" {
			t.Errorf("%q from %v to %v: %s, over by %v, of %v from %v (%s); want %s, %v, %v from %v",
				test.text, test.base, test.value, v.Status, v.Over, v.Value, v.Base, v.Reason, test.want.status, test.want.over, test.change, test.base.Likely)
		}
	}
}

// Whatever the sign, no percentage leads away from nothing.
func TestAPercentageFromNothingFailsAndSaysWhy(t *testing.T) {
	for _, op := range [...]string{"<=", "<", ">=", ">"} {
		text := "m.change " + op + " 1000%"
		for _, pair := range [...][2]quantity.Range{
			{quantity.Exactly(0), quantity.Exactly(3)},
			{quantity.Exactly(0), quantity.Exactly(-3)},
			{{Low: 0, Likely: 1, High: 2}, {Low: 1, Likely: 1, High: 2}}, // one end is enough
		} {
			v := fit(t, text, quantity.Money).JudgeChange(pair[1], pair[0])
			if v.Status != gate.Fail || !math.IsNaN(v.Over) || !strings.Contains(v.Reason, "baseline is 0") {
				t.Errorf("%q from %v to %v: %s, over by %v (%s); want a failure that says why", text, pair[0], pair[1], v.Status, v.Over, v.Reason)
			}
		}
	}
}

// Against "m <= 100" and the like, worked by hand: what lets a value pass that the other
// did not is looser.
func TestAGateIsKeptLoosenedOrGone(t *testing.T) {
	for _, test := range []struct {
		base, now string
		want      gate.Relation
	}{
		{"m <= 100", "m <= 100", gate.Kept},
		{"m <= 100", "m<=100.0", gate.Kept},
		{"m <= 100", "m <= 99", gate.Kept},
		{"m <= 100", "m < 100", gate.Kept},
		{"m < 100", "m <= 100", gate.Looser},
		{"m <= 100", "m <= 1000", gate.Looser},
		{"m >= 100", "m >= 101", gate.Kept},
		{"m >= 100", "m >= 10", gate.Looser},
		{"m > 100", "m >= 100", gate.Looser},
		{"m <= 100", "m >= 100", gate.Other},
		{"m <= 100", "n <= 100", gate.Other},
		{"m <= 100", "m.change <= 100", gate.Other},
		{"m.change <= 5%", "m.change <= 5", gate.Other},
		{"m.change <= 5%", "m.change <= 50%", gate.Looser},
		{"m <= 100", "chance(m <= 100) >= 90%", gate.Other},
		{"chance(m <= 100) >= 90%", "chance(m <= 100) >= 80%", gate.Looser},
		{"chance(m <= 100) >= 90%", "chance(m <= 200) >= 90%", gate.Looser},
		{"chance(m <= 100) >= 90%", "chance(m <= 200) >= 95%", gate.Looser},
		{"chance(m <= 100) >= 90%", "chance(m <= 90) >= 95%", gate.Kept},
		// It must be rare that m is above 100: to ask it of 200 is easier, of 90 harder.
		{"chance(m > 100) <= 10%", "chance(m > 200) <= 10%", gate.Looser},
		{"chance(m > 100) <= 10%", "chance(m > 90) <= 10%", gate.Kept},
		{"chance(m > 100) <= 10%", "chance(m >= 100) <= 10%", gate.Kept},
		{"chance(m > 100) <= 10%", "chance(m < 100) <= 10%", gate.Other},
	} {
		if got := fit(t, test.now, quantity.Money).To(fit(t, test.base, quantity.Money)); got != test.want {
			t.Errorf("from %q to %q: %v, want %v", test.base, test.now, got, test.want)
		}
	}
}
