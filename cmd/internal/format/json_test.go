package format

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/internal/results"
)

// The fields of the envelope, in order. Users rely on the order: a field may be added,
// but none moved.
var (
	envelopeFields = []string{"schema_version", "command", "status", "scenarios", "changes", "gates", "errors", "simulation", "sensitivity", "solutions", "sources"}
	scenarioFields = []string{"label", "name", "source", "path", "currency", "headline", "inputs", "metrics", "tables", "notes"}
	inputFields    = []string{"value", "low", "high", "unit", "text", "origin", "class", "file", "line", "column", "evidence", "grade", "source", "owner", "date", "expires"}
	metricFields   = []string{"value", "low", "high", "p5", "p50", "p95", "mean", "unit"}
	tableFields    = []string{"name", "columns", "rows"}
	noteFields     = []string{"kind", "key", "text"}
	errorFields    = []string{"file", "line", "column", "message", "hint"}
)

// An object is a JSON object that keeps the order of its fields.
type object struct {
	names  []string
	values map[string]json.RawMessage
}

func (o *object) UnmarshalJSON(data []byte) error {
	if err := json.Unmarshal(data, &o.values); err != nil {
		return err
	}
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	if _, err := decoder.Token(); err != nil { // the brace
		return err
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return err
		}
		o.names = append(o.names, name.(string))
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return err
		}
	}
	return nil
}

// read reads a field of the object.
func (o *object) read(t *testing.T, name string, to any) {
	t.Helper()
	value, found := o.values[name]
	if !found {
		t.Fatalf("no field is called %q among %q", name, o.names)
	}
	if err := json.Unmarshal(value, to); err != nil {
		t.Fatalf("%s cannot be read: %v\n%s", name, err, value)
	}
}

// ordered reports fields that are not in the order of the list. Fields that are not in
// the list may be anywhere.
func ordered(t *testing.T, what string, o object, list []string) {
	t.Helper()
	var known []string
	for _, name := range o.names {
		if slices.Contains(list, name) {
			known = append(known, name)
		}
	}
	var want []string
	for _, name := range list {
		if slices.Contains(known, name) {
			want = append(want, name)
		}
	}
	if !slices.Equal(known, want) {
		t.Errorf("the fields of %s are in the order %q, want %q", what, known, want)
	}
}

// parsed returns a document as JSON, its envelope and its one scenario.
func parsed(t *testing.T, d *results.Result) (text string, envelope, scenario object) {
	t.Helper()
	text = written(t, "json", d)
	if err := json.Unmarshal([]byte(text), &envelope); err != nil {
		t.Fatalf("json cannot be read back: %v\n%s", err, text)
	}
	var list []object
	envelope.read(t, "scenarios", &list)
	if len(list) != 1 {
		t.Fatalf("json holds %d scenarios, want 1:\n%s", len(list), text)
	}
	return text, envelope, list[0]
}

func TestJSONSaysThatHalfALettuceCosts442000(t *testing.T) {
	text := written(t, "json", compute(t, "half-lettuce", lettuce, calculator(t, "ripple")))
	var envelope struct {
		SchemaVersion int    `json:"schema_version"`
		Command       string `json:"command"`
		Scenarios     []struct {
			Label, Name, Source, Path, Currency string
			Metrics                             map[string]struct {
				Value, Low, High float64
				Unit             string
			}
		}
	}
	if err := json.Unmarshal([]byte(text), &envelope); err != nil {
		t.Fatalf("json cannot be read back: %v\n%s", err, text)
	}
	if envelope.SchemaVersion != 1 || envelope.Command != "ripple" {
		t.Errorf("json has schema_version %d and command %q, want 1 and ripple", envelope.SchemaVersion, envelope.Command)
	}
	s := envelope.Scenarios[0]
	if s.Label != "half-lettuce" || s.Name != "Half a lettuce" || s.Source != "file" || s.Path != "half-lettuce.yaml" || s.Currency != "USD" {
		t.Errorf("json describes the scenario as label %q, name %q, source %q, path %q, currency %q", s.Label, s.Name, s.Source, s.Path, s.Currency)
	}
	// 17 people × $50 × 52 weeks × 10 years, as in the original story.
	if loss := s.Metrics["ripple.loss"]; loss.Value != 442_000 || loss.Low != 442_000 || loss.High != 442_000 || loss.Unit != "money" {
		t.Errorf(`.scenarios[0].metrics["ripple.loss"] is %+v, want 442000 money throughout`, loss)
	}
}

func TestTheFieldsOfTheJSONAreInAFixedOrder(t *testing.T) {
	const scenario = `version: 1
name: Half a lettuce
customer: {spend: 50 per week, years: {value: 10, source: till, expires: 2030-01-01}}
word_of_mouth: {tells: [11, 5], leave: 25%, rule: book}
`
	_, envelope, s := parsed(t, compute(t, "mine", scenario, calculator(t, "ripple")))
	ordered(t, "the envelope", envelope, envelopeFields)
	ordered(t, "a scenario", s, scenarioFields)
	if want := scenarioFields; !slices.Equal(s.names, want) {
		t.Errorf("a scenario that has everything has the fields %q, want %q", s.names, want)
	}
	var inputs, metrics object
	s.read(t, "inputs", &inputs)
	s.read(t, "metrics", &metrics)
	for _, o := range []object{inputs, metrics} {
		if !slices.IsSorted(o.names) {
			t.Errorf("the keys %q are not sorted", o.names)
		}
	}
	for _, name := range inputs.names {
		var one object
		inputs.read(t, name, &one)
		ordered(t, "input "+name, one, inputFields)
	}
	for _, name := range metrics.names {
		var one object
		metrics.read(t, name, &one)
		ordered(t, "metric "+name, one, metricFields)
	}
	for list, fields := range map[string][]string{"tables": tableFields, "notes": noteFields} {
		var all []object
		s.read(t, list, &all)
		for _, one := range all {
			ordered(t, "one of "+list, one, fields)
		}
	}
}

func TestJSONLeavesOutEmptyFields(t *testing.T) {
	_, envelope, s := parsed(t, compute(t, "mine", "version: 1\ncustomer: {spend: 50 per week, years: forever, discount: 10%}\n", telling(func(tell *calc.Report) {
		tell.Answer("Figures")
		tell.Count("test.absent", "Absent", math.NaN())
		tell.Count("test.present", "Present", 2)
	})))
	if want := []string{"schema_version", "command", "scenarios"}; !slices.Equal(envelope.names, want) {
		t.Errorf("the envelope has the fields %q, want %q", envelope.names, want)
	}
	for _, name := range []string{"tables", "notes"} {
		if slices.Contains(s.names, name) {
			t.Errorf("the scenario has %s, though there are none", name)
		}
	}
	var metrics, inputs, years object
	s.read(t, "metrics", &metrics)
	if want := []string{"test.present"}; !slices.Equal(metrics.names, want) {
		t.Errorf("the metrics are %q, want %q", metrics.names, want)
	}
	// JSON has no infinity, so a time without end has a text and no value.
	s.read(t, "inputs", &inputs)
	inputs.read(t, "customer.years", &years)
	if want := []string{"unit", "text", "origin", "class", "file", "line", "column"}; !slices.Equal(years.names, want) {
		t.Errorf("the input forever has the fields %q, want %q", years.names, want)
	}
}

// Money is rounded to cents, like the figure. A figure that was not drawn has no such
// fields.
func TestJSONHasTheQuantilesOfDrawnFigures(t *testing.T) {
	d := compute(t, "mine", "version: 1\ncustomer: {spend: 100 per year, years: 8..12}\n", calculator(t, "lifetime"))
	answer := &d.Sections[0].Answers[0]
	answer.Likely = []results.Likely{results.NewLikely(answer.Report.Figure("lifetime.loss"), &whatif.Distribution{Given: 1, Quantiles: [...]float64{820.004, 840, 999.996, 1160, 1180.005}, Mean: 1000.125}, 2)}
	_, _, s := parsed(t, d)
	var metrics, drawn, other object
	s.read(t, "metrics", &metrics)
	metrics.read(t, "lifetime.loss", &drawn)
	metrics.read(t, "lifetime.per_year", &other)
	if !slices.Equal(drawn.names, metricFields) {
		t.Errorf("what was drawn has the fields %q, want %q", drawn.names, metricFields)
	}
	for name, want := range map[string]float64{"value": 1000, "low": 800, "high": 1200, "p5": 820, "p50": 1000, "p95": 1180.01, "mean": 1000.13} {
		var got float64
		if drawn.read(t, name, &got); got != want {
			t.Errorf("%s of what was drawn is %v, want %v", name, got, want)
		}
	}
	if want := []string{"value", "low", "high", "unit"}; !slices.Equal(other.names, want) {
		t.Errorf("what was not drawn has the fields %q, want %q", other.names, want)
	}
}

func TestJSONSaysWhereEachInputIsSet(t *testing.T) {
	d := compute(t, "mine", lettuce, calculator(t, "ripple"))
	_, _, s := parsed(t, d)
	var inputs map[string]struct {
		Value, Low, High                *float64
		Unit, Text, Origin, File, Grade string
		Line, Column                    int
	}
	s.read(t, "inputs", &inputs)
	// lettuce has the spend in line 4, column 10, and 25% in line 8.
	if in := inputs["customer.spend"]; *in.Value != 2600 || in.Unit != "money/year" || in.Text != "50 per week" || in.Origin != "scenario" || in.File != "mine.yaml" || in.Line != 4 || in.Column != 10 {
		t.Errorf("customer.spend is %+v, value %v", in, *in.Value)
	}
	if in := inputs["word_of_mouth.leave"]; *in.Value != .25 || in.Unit != "share" || in.Grade != "C" || in.Line != 8 {
		t.Errorf("word_of_mouth.leave is %+v, value %v", in, *in.Value)
	}
	if in := inputs["customer.margin"]; *in.Value != 1 || in.Origin != "default" || in.File != "" {
		t.Errorf("customer.margin is %+v, value %v", in, *in.Value)
	}
	if in := inputs["word_of_mouth.rule"]; in.Value != nil || in.Unit != "" || in.Text != "book" {
		t.Errorf("word_of_mouth.rule is %+v, value %v", in, in.Value)
	}
}

func TestJSONEscapesNoAngleBracket(t *testing.T) {
	text := written(t, "json", compute(t, "mine", "version: 1\nname: a <b> & c\ncustomer: {spend: 50 per week, years: 10}\n", calculator(t, "lifetime")))
	if want := `"name": "a <b> & c"`; !strings.Contains(text, want) {
		t.Errorf("json lacks %s:\n%s", want, text)
	}
}

func TestJSONHoldsErrorsInsteadOfScenarios(t *testing.T) {
	mine := &quantity.Document{Name: "mine.yaml"}
	text := written(t, "json", &results.Result{Command: "loss", Findings: results.Findings{Errors: results.Problems(calc.Problems{
		{Place: quantity.Place{Document: mine, Line: 4, Column: 3}, Message: `unknown key "customer.spnd"`, Hint: "did you mean spend?"},
		{Message: "standard output could not be written"},
	})}})
	var envelope object
	if err := json.Unmarshal([]byte(text), &envelope); err != nil {
		t.Fatalf("json cannot be read back: %v\n%s", err, text)
	}
	if slices.Contains(envelope.names, "scenarios") {
		t.Errorf("json has scenarios, though none could be read:\n%s", text)
	}
	var all []object
	envelope.read(t, "errors", &all)
	if len(all) != 2 {
		t.Fatalf("json has %d errors, want 2:\n%s", len(all), text)
	}
	if !slices.Equal(all[0].names, errorFields) {
		t.Errorf("an error with a place has the fields %q, want %q", all[0].names, errorFields)
	}
	if want := []string{"message"}; !slices.Equal(all[1].names, want) {
		t.Errorf("an error without a place or remedy has the fields %q, want %q", all[1].names, want)
	}
}
