package results

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/calc/whatif/histogram"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/currency"
)

func asJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestANumberHasSixDecimalsOrIsMissing(t *testing.T) {
	for value, want := range map[float64]string{
		0: `{"A":0,"B":0}`, 1.0000004: `{"A":1,"B":1}`, 1.0000006: `{"A":1.000001,"B":1.000001}`, -2.0000006: `{"A":-2.000001,"B":-2.000001}`, 1e21: `{"A":1e+21,"B":1e+21}`,
		math.Inf(1): `{"A":null}`, math.Inf(-1): `{"A":null}`, float64(Missing()): `{"A":null}`,
	} {
		got := asJSON(t, struct {
			A Round6
			B Round6 `json:",omitzero"`
		}{Round6(value), Round6(value)})
		if got != want {
			t.Errorf("the JSON of %v is %s, want %s", value, got, want)
		}
	}
}

func dollars(t *testing.T) *scenarios.Scenario {
	t.Helper()
	c, known := currency.Named("USD")
	if !known {
		t.Fatal("no dollars")
	}
	return &scenarios.Scenario{Label: "mine", Currency: c}
}

func TestTheJSONOfAVerdict(t *testing.T) {
	s := dollars(t)
	subject := &Subject{Label: "mine"}
	limit := gate.Gate{Text: "m <= 1", Metric: "m", Op: gate.AtMost, Limit: 1}
	change := gate.Gate{Text: "m.change < 5%", Metric: "m", Change: true, Op: gate.Below, Limit: .05, By: gate.Relative}
	for _, test := range []struct {
		verdict gate.Verdict
		want    string
	}{
		{limit.Judge(quantity.Range{Low: 1, Likely: 2, High: 3.5}), `"gate":"m \u003c= 1","scenario":"mine","metric":"m","op":"\u003c=","limit":1,"value":2,"low":1,"high":3.5,"unit":"money","currency":"USD","status":"fail","over":2.5`},
		{limit.Judge(quantity.Exactly(1)), `"gate":"m \u003c= 1","scenario":"mine","metric":"m","op":"\u003c=","limit":1,"value":1,"low":1,"high":1,"unit":"money","currency":"USD","status":"pass"`},
		{change.JudgeChange(quantity.Exactly(11), quantity.Exactly(10)), `"gate":"m.change \u003c 5%","scenario":"mine","metric":"m","change":true,"op":"\u003c","limit":0.05,"value":0.1,"low":0.1,"high":0.1,"unit":"share","base":10,"status":"fail","over":0.05`},
		{change.JudgeChange(quantity.Exactly(11), quantity.Exactly(0)), `"gate":"m.change \u003c 5%","scenario":"mine","metric":"m","change":true,"op":"\u003c","limit":0.05,"unit":"share","base":0,"status":"fail","reason":"the baseline is 0, and no percentage leads away from it"`},
		{gate.Verdict{Gate: change, Status: gate.New, Value: quantity.Exactly(3), Base: 7}, `"gate":"m.change \u003c 5%","scenario":"mine","metric":"m","change":true,"op":"\u003c","limit":0.05,"value":3,"low":3,"high":3,"unit":"money","currency":"USD","status":"new"`},
		{gate.Verdict{Gate: limit, Status: gate.Pass, Value: quantity.Exactly(1), Base: 7, Over: 1}, `"gate":"m \u003c= 1","scenario":"mine","metric":"m","op":"\u003c=","limit":1,"value":1,"low":1,"high":1,"unit":"money","currency":"USD","status":"pass"`},
	} {
		place := quantity.Place{Document: &quantity.Document{Name: "mine.yaml"}, Line: 3, Column: 4}
		got := asJSON(t, NewVerdict(&test.verdict, subject, place, quantity.Money, s.Currency))
		if want := "{" + test.want + `,"file":"mine.yaml","line":3,"column":4}`; got != want {
			t.Errorf("the JSON of a verdict is\n%s, want\n%s", got, want)
		}
	}
}

func TestTheJSONOfAComparison(t *testing.T) {
	c := &Comparison{Metrics: []Compared{{"m", quantity.Money}, {"n", quantity.Share}}}
	base := []quantity.Range{quantity.Exactly(10.1), quantity.Exactly(0)}
	add := func(label string, base, values []quantity.Range, why [][]Why) {
		c.Add(Column{Subject: &Subject{Label: label}, Currency: dollars(t).Currency, Base: base, Values: values}, why)
	}
	add("base", nil, base, nil)
	add("other", base, []quantity.Range{quantity.Exactly(10.4), quantity.Exactly(.5)}, [][]Why{{{"a + b", Texts{"1", "2"}, Texts{"3", "4"}, .3}}, nil})
	add("third", base, base, nil)
	add("wider", []quantity.Range{{Low: 9, Likely: 10.1, High: 11}, quantity.Exactly(math.NaN())}, base, nil)
	if len(c.Columns[0].Changes) != 0 {
		t.Errorf("the baseline has the changes %v", c.Columns[0].Changes)
	}
	// 10.4 − 10.1 is 0.3000…07 in binary fractions.
	want := `[{"scenario":"other","metric":"m","base":10.1,"value":10.4,"change":0.3,"change_percent":2.970297,"why":[{"key":"a + b","from":"1 and 2","to":"3 and 4","change":0.3}]},` +
		`{"scenario":"other","metric":"n","base":0,"value":0.5,"change":0.5}]`
	if got := asJSON(t, c.Columns[1].Changes); got != want {
		t.Errorf("the JSON of changes is\n%s, want\n%s", got, want)
	}
	want = `[{"scenario":"third","metric":"m","base":10.1,"value":10.1,"change":0,"change_percent":0},{"scenario":"third","metric":"n","base":0,"value":0,"change":0,"change_percent":0}]`
	if got := asJSON(t, c.Columns[2].Changes); got != want {
		t.Errorf("the JSON of no change is\n%s, want\n%s", got, want)
	}
	want = `[{"scenario":"wider","metric":"m","base":10.1,"base_low":9,"base_high":11,"value":10.1,"change":0,"change_percent":0}]`
	if got := asJSON(t, c.Columns[3].Changes); got != want {
		t.Errorf("the JSON of a range that is no longer one is\n%s, want\n%s", got, want)
	}
	if !c.Columns[3].Changed(0) || c.Columns[2].Changed(0) {
		t.Errorf("a narrower range is a change: %v, and the same number: %v", c.Columns[3].Changed(0), c.Columns[2].Changed(0))
	}
}

func TestTheJSONOfADistribution(t *testing.T) {
	if got, want := asJSON(t, NewSimulated("m", quantity.Money, &whatif.Distribution{})), `{"metric":"m","unit":"money","given":0}`; got != want {
		t.Errorf("the JSON of what no trial gives is\n%s, want\n%s", got, want)
	}
	d := &whatif.Distribution{Given: .5, Mean: 1.0000004, MeanError: .1, SD: 0, SDError: 0, Histogram: []histogram.Bar{{Low: 1, High: 2, Share: 1. / 3}}}
	for i := range d.Quantiles {
		d.Quantiles[i], d.Errors[i] = float64(i), 1
	}
	got := NewSimulated("m", quantity.Money, d)
	if want := `{"value":1,"error":0.1}{"value":0,"error":0}[{"low":1,"high":2,"share":0.333333}]`; asJSON(t, got.Mean)+asJSON(t, got.SD)+asJSON(t, got.Histogram) != want {
		t.Errorf("mean, sd and histogram are %s%s%s, want %s", asJSON(t, got.Mean), asJSON(t, got.SD), asJSON(t, got.Histogram), want)
	}
	if got, want := asJSON(t, got.Quantiles[P95]), `{"p":0.95,"value":`+asJSON(t, P95)+`,"error":1}`; got != want {
		t.Errorf("the last quantile is %s, want %s", got, want)
	}
}

func TestTheJSONOfASwing(t *testing.T) {
	in := &quantity.Input{Key: "a"}
	s := NewSensitivity(dollars(t), "m", quantity.Money, 1.234, []whatif.Swing{{Input: in, Low: 1.0000004, High: 2, AtLow: 1.006, AtHigh: math.NaN(), Elasticity: math.NaN()}},
		[]whatif.Contribution{{Input: in, First: .1, FirstError: .2, Total: .3, TotalError: .4}})
	const want = `{"metric":"m","unit":"money","value":1.23,"samples":0,"seed":0,"swings":[{"key":"a","low":1,"high":2,"at_low":1.01,"assumed":false}],` +
		`"variance":[{"key":"a","first":{"value":0.1,"error":0.2},"total":{"value":0.3,"error":0.4}}]}`
	if got := asJSON(t, s); got != want {
		t.Errorf("the JSON of a sensitivity is\n%s, want\n%s", got, want)
	}
	if got, want := asJSON(t, NewSensitivity(dollars(t), "m", quantity.Money, 1, nil, nil)), `{"metric":"m","unit":"money","value":1,"samples":0,"seed":0,"swings":[]}`; got != want {
		t.Errorf("the JSON of one that nothing moves is\n%s, want\n%s", got, want)
	}
}

func TestTheJSONOfASolution(t *testing.T) {
	s := &Solution{Metric: "m", Unit: quantity.Money, Target: 5, Scenario: dollars(t),
		Keys: []Sought{{Key: "a"}, {Key: "b", Write: func(value float64) string { return asJSON(t, value) }}}}
	s.Add(nil, &whatif.Solution{Low: 0, High: 1, Least: math.Inf(1), Most: math.Inf(-1)})
	first := 1. / 3
	s.Add(&first, &whatif.Solution{Low: 0, High: 4, Least: 1.006, Most: 9, Always: true, Roots: []whatif.Root{
		{Value: .123456789, Until: .123456789, Before: 3, After: 4}, {Value: 1, Until: 3}, {Value: 2, Until: 2, Jump: true, Before: 4.004, After: 6.006, Taken: 6.006}}})
	const want = `{"metric":"m","unit":"money","target":5,"by":["a","b"],"points":[{"low":0,"high":1,"always":false,"roots":[]},` +
		`{"first":0.3333333333333333,"low":0,"high":4,"least":1.01,"most":9,"always":true,"roots":[` +
		`{"value":0.123456789,"set":"b=0.123456789","jump":false},{"value":1,"until":3,"set":"b=2","jump":false},{"value":2,"set":"b=2","jump":true,"before":4,"after":6.01}]}]}`
	if got := asJSON(t, s); got != want {
		t.Errorf("the JSON of a solution is\n%s, want\n%s", got, want)
	}
	if got := s.Points[1].Roots[2].Taken; got != 6.01 {
		t.Errorf("the jump takes %v, want 6.01", got)
	}
}

// A figure with several numbers has only its text.
func TestTheJSONOfASource(t *testing.T) {
	one := quantity.Source{Key: "a", Text: "18%", Values: []quantity.Range{quantity.Between(.1, .3)}, Unit: quantity.Share, Grade: quantity.GradeA, Year: 2005}
	several := quantity.Source{Key: "b", Text: "[1, 2]", Values: []quantity.Range{quantity.Exactly(1), quantity.Exactly(2)}, Unit: quantity.People, Grade: quantity.GradeC, Against: "all"}
	const empty = `"measures":"","population":"","author":"","title":"",`
	const want = `[{"key":"a","text":"18%","value":0.2,"low":0.1,"high":0.3,"unit":"share","grade":"A",` + empty + `"year":2005,"met":"","caveat":""},` +
		`{"key":"b","text":"[1, 2]","unit":"people","grade":"C",` + empty + `"met":"","caveat":"","against":"all"}]`
	if got := asJSON(t, Sources([]*quantity.Source{&one, &several})); got != want {
		t.Errorf("the JSON of sources is\n%s, want\n%s", got, want)
	}
}

func TestTheJSONOfAnInput(t *testing.T) {
	for _, test := range []struct {
		in   quantity.Input
		want string
	}{
		{quantity.Input{Key: "a", Word: "book", Text: "book", Unit: quantity.Count, Origin: quantity.FromSet}, `{"text":"book","origin":"set","class":"unsourced"}`},
		{quantity.Input{Key: "a", List: []quantity.Input{{}}, Unit: quantity.People, Origin: quantity.FromDefault}, `{"unit":"people","origin":"default","class":"default"}`},
		{quantity.Input{Key: "a", Range: quantity.Exactly(math.Inf(1)), Text: "forever", Unit: quantity.Years, Origin: quantity.FromScenario, Citation: quantity.Citation{Source: "till", Owner: "me", Date: "2026-01-01", Expires: "2027-01-01"}},
			`{"unit":"years","text":"forever","origin":"scenario","class":"sourced","source":"till","owner":"me","date":"2026-01-01","expires":"2027-01-01"}`},
		{quantity.Input{Key: "a", Range: quantity.Between(1, 3), Unit: quantity.Money, Origin: quantity.FromScenario, Evidence: &quantity.Source{Key: "b", Grade: quantity.GradeX}, Place: quantity.Place{Document: &quantity.Document{Name: "mine.yaml"}, Line: 2, Column: 3}},
			`{"value":2,"low":1,"high":3,"unit":"money","origin":"scenario","class":"X","file":"mine.yaml","line":2,"column":3,"evidence":"b","grade":"X"}`},
	} {
		if got := asJSON(t, newInput(&test.in)); got != test.want {
			t.Errorf("the JSON of an input is\n%s, want\n%s", got, test.want)
		}
	}
}
