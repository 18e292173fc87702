package cmd

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/scenarios"
)

// outputSchema compiles what churncost schema output prints.
func outputSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if status := Main([]string{"schema", "output"}, strings.NewReader(""), &stdout, &stderr); status != statusOK {
		t.Fatalf("churncost schema output = status %d: %s", status, &stderr)
	}
	document, err := jsonschema.UnmarshalJSON(&stdout)
	if err != nil {
		t.Fatalf("the schema is not JSON: %v", err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("output.json", document); err != nil {
		t.Fatal(err)
	}
	s, err := compiler.Compile("output.json")
	if err != nil {
		t.Fatalf("the schema is not valid under draft 2020-12: %v", err)
	}
	return s
}

// A session is a command line, its exit status and words that its JSON must contain.
type session struct {
	args   []string
	status int
	words  []string
}

// sessions returns runs of every command that prints figures, on every built-in scenario.
// It first writes the files that they name.
func sessions(t *testing.T) (all []session) {
	t.Helper()
	folder := t.TempDir()
	t.Chdir(folder) // a folder of baselines is matched by the path from here
	file := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	add := func(status int, words string, args ...string) {
		all = append(all, session{args, status, strings.Fields(words)})
	}
	const loss = "version: 1\ncustomer: {spend: 50 per week, years: %s}\ngates: [loss.total.change <= %s]\n"
	low := file("low.yaml", fmt.Sprintf(loss, "8..10", "5%"))
	high := file("high.yaml", fmt.Sprintf(loss, "10..12", "5%"))
	others := filepath.Dir(file("others/low.yaml", fmt.Sprintf(loss, "8..10", "1%")))
	dated := file("dated.yaml", "version: 1\ncustomer: {spend: 50 per week, years: {value: forever, source: till, owner: Ann, date: 2020-01-01, expires: 2020-02-01}, discount: 10%}\n")
	wrong := file("wrong.yaml", "version: 2\ncustomer: {spnd: 3}\n")

	for _, name := range scenarios.Names() {
		add(statusOK, "scenarios", "report", name)
		add(statusOK, "status scenarios", "check", name)
		for _, c := range catalog.All() {
			if runStatus([]string{c.Name, name}) == statusOK {
				add(statusOK, "scenarios", c.Name, name)
			} else {
				add(statusInvalid, "errors", c.Name, name)
			}
		}
	}
	for _, c := range catalog.All() {
		add(statusOK, "scenarios", c.Name) // on a built-in scenario that has its inputs
	}
	add(statusOK, "scenarios", "lifetime", dated)
	add(statusOK, "scenarios", "loss", "--set", "customer.years=5..10")
	add(statusInvalid, "errors", "loss", wrong)
	add(statusInvalid, "errors", "loss", "nowhere.yaml")
	add(statusInvalid, "errors", "loss", "--set", "customer.yaers=3")
	add(statusOK, "scenarios changes", "compare", low, high, "--why")
	add(statusOK, "scenarios changes", "compare", "half-lettuce", "--set", "word_of_mouth.leave=30%", "--set", "customer.years=5", "--why")
	add(statusOK, "scenarios changes vary changed_not_shown", "compare", "cafe", "--vary", "customer.years=2..8/4")
	add(statusOK, "scenarios changes base_low", "compare", "low.yaml", "--base", others)
	add(statusInvalid, "errors", "compare", "half-lettuce")
	add(statusOK, "status scenarios gates", "check", "half-lettuce", "cafe", "--gate", "loss.total <= 1000000")
	add(statusFailed, "status scenarios gates", "check", "everything", "--gate", "loss.total <= 1", "--gate", "loss.ripple_share < 0.01")
	add(statusInvalid, "status errors", "check", "half-lettuce", wrong)
	add(statusInvalid, "status errors", "check", "half-lettuce", "--gate", "loss.totla <= 3")
	add(statusFailed, "status scenarios gates", "check", high, "--base", low)
	add(statusOK, "status scenarios gates base", "check", low, "--base", filepath.Join(others, "low.yaml"))
	add(statusOK, "status scenarios gates new unjudged scenario_added gate_loosened", "check", "low.yaml", "high.yaml", "--base", others)
	add(statusOK, "status scenarios gates", "check", "cafe", "--gate", "chance(loss.total <= 4000) >= 90%")
	add(statusOK, "scenarios simulation", "simulate", "cafe", "--trials", "500", "--gate", "loss.total <= 1500")
	add(statusOK, "scenarios simulation", "simulate", "everything", "--trials", "200", "--seed", "18446744073709551615", "--metric", "ratio.cac_payback_months,loss.total")
	add(statusInvalid, "errors", "simulate", "cafe", "--trials", "0")
	add(statusOK, "scenarios sensitivity", "sensitivity", "cafe")
	add(statusOK, "scenarios sensitivity", "sensitivity", "half-lettuce", "--metric", "ripple.loss")
	add(statusOK, "scenarios solutions", "solve", "car-service", "--metric", "winback.gain", "--target", "0", "--by", "winback.offer_cost")
	add(statusOK, "scenarios solutions", "solve", "car-service", "--metric", "winback.gain", "--target", "0", "--by", "winback.lapsed,winback.offer_cost")
	add(statusInvalid, "scenarios errors solutions", "solve", "half-lettuce", "--metric", "loss.total", "--target", "1", "--by", "word_of_mouth.leave")
	add(statusInvalid, "errors", "solve", "half-lettuce", "--metric", "loss.totla", "--target", "1", "--by", "customer.years")
	add(statusOK, "sources", "sources")
	add(statusOK, "sources", "sources", "word_of_mouth.tells")
	add(statusInvalid, "errors", "sources", "lettuces")
	return all
}

// runStatus runs a command line and returns its status.
func runStatus(args []string) int {
	var stdout, stderr bytes.Buffer
	return Main(args, strings.NewReader(""), &stdout, &stderr)
}

func TestTheJSONOfEveryCommandFitsTheSchemaOfTheOutput(t *testing.T) {
	s := outputSchema(t)
	for _, one := range sessions(t) {
		line := append(one.args[:len(one.args):len(one.args)], "--format", "json")
		var stdout, stderr bytes.Buffer
		if status := Main(line, strings.NewReader(""), &stdout, &stderr); status != one.status {
			t.Errorf("churncost %q = status %d, want %d: %s", line, status, one.status, &stderr)
		}
		for _, word := range one.words {
			if !bytes.Contains(stdout.Bytes(), []byte(`"`+word+`"`)) {
				t.Errorf("churncost %q says nothing of %s:\n%s", line, word, &stdout)
			}
		}
		document, err := jsonschema.UnmarshalJSON(&stdout)
		if err != nil {
			t.Errorf("churncost %q writes no JSON: %v", line, err)
			continue
		}
		if err := s.Validate(document); err != nil {
			t.Errorf("churncost %q does not fit the schema: %v", line, err)
		}
	}
}

func TestTheSchemaOfTheOutputIsOpenToAdditionsAndToNothingElse(t *testing.T) {
	s := outputSchema(t)
	const whole = `{"schema_version": 1, "command": "check", "status": "fail",
		"scenarios": [{"label": "mine", "source": "file", "path": "mine.yaml", "currency": "USD",
			"inputs": {"customer.years": {"value": 10, "unit": "years", "origin": "scenario", "class": "unsourced", "line": 4}},
			"metrics": {"loss.total": {"value": 442000, "unit": "money"}},
			"tables": [{"name": "ripple", "columns": [{"name": "round"}], "rows": [["first", 1, null]]}],
			"notes": [{"kind": "warning", "text": "care"}]}],
		"gates": [{"gate": "loss.total <= 1", "scenario": "mine", "metric": "loss.total", "op": "<=", "limit": 1, "unit": "money", "status": "fail", "over": 441999}]}`
	fits := func(old, changed string) bool {
		t.Helper()
		if !strings.Contains(whole, old) {
			t.Fatalf("there is no %s to change", old)
		}
		document, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.Replace(whole, old, changed, 1)))
		if err != nil {
			t.Fatal(err)
		}
		return s.Validate(document) == nil
	}
	for _, c := range []struct {
		old, changed string
		want         bool
	}{
		{"", "", true},
		{`"schema_version": 1`, `"schema_version": 1, "later": {}`, true},
		{`"label": "mine"`, `"label": "mine", "later": true`, true},
		{`"limit": 1`, `"limit": 1, "later": null`, true},
		{`{"name": "round"}`, `{"name": "round", "later": 0}`, true},
		{`"value": 442000`, `"value": null`, true},
		{`"schema_version": 1`, `"schema_version": 2`, false},
		{`"command": "check", `, ``, false},
		{`"status": "fail",`, `"status": "new",`, false},
		{`"status": "fail", "over"`, `"status": "error", "over"`, false},
		{`"source": "file"`, `"source": "web"`, false},
		{`"currency": "USD"`, `"currency": "dollars"`, false},
		{`"unit": "years"`, `"unit": "decades"`, false},
		{`"origin": "scenario"`, `"origin": "guess"`, false},
		{`"class": "unsourced"`, `"class": "sourced"`, true},
		{`"class": "unsourced"`, `"class": "default"`, true},
		{`"class": "unsourced"`, `"class": "X"`, true},
		{`"class": "unsourced"`, `"class": "grade X"`, false},
		{`"class": "unsourced", `, ``, false},
		{`"line": 4`, `"line": 0`, false},
		{`"line": 4`, `"line": "4"`, false},
		{`"value": 442000, `, ``, false},
		{`"value": 442000`, `"value": "442000"`, false},
		{`"value": 10`, `"value": null`, false},
		{`"first"`, `["first"]`, false},
		{`"kind": "warning"`, `"kind": "note"`, true},
		{`"kind": "warning"`, `"kind": "not used"`, true},
		{`"kind": "warning"`, `"kind": "expired"`, true},
		{`"kind": "warning"`, `"kind": "grade"`, true},
		{`"kind": "warning"`, `"kind": "praise"`, false},
		{`"op": "<="`, `"op": "=="`, false},
		{`"notes": [`, `"notes": [[], `, false},
	} {
		if got := fits(c.old, c.changed); got != c.want {
			t.Errorf("the schema accepts %s instead of %s: %v, want %v", c.changed, c.old, got, c.want)
		}
	}
}
