package format

import (
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/currency"
)

// judgedForCI is a result of check: two scenarios, of which the first has a gate that
// fails, one that holds and one that is new.
func judgedForCI(t *testing.T) *results.Result {
	t.Helper()
	dollars, known := currency.Named("USD")
	if !known {
		t.Fatal("no dollars")
	}
	first := &results.Subject{Label: "mine", Name: "Mine", Source: scenarios.File, Path: "a/mine.yaml", Currency: "USD",
		Notes: []results.Note{{Note: calc.Note{Kind: calc.Warning, Text: "care"}}, {Note: calc.Note{Kind: calc.Remark, Text: "{1 money} and {2}", Terms: []float64{1200, 3}}, Currency: dollars}}}
	second := &results.Subject{Label: "half-lettuce", Source: scenarios.BuiltIn, Currency: "USD"}
	r := &results.Result{Command: "check", Status: gate.Fail, Today: "2026-05-01", Subjects: []*results.Subject{first, second},
		Notes: []results.Note{{Note: calc.Note{Kind: calc.Warning, Text: "care: 50%"}, Of: "mine"}, {Note: calc.Note{Kind: calc.Remark, Text: "look"}}}}
	mine := &quantity.Document{Name: "a//mine.yaml"}
	for i, g := range []struct {
		gate  gate.Gate
		judge func(gate.Gate) gate.Verdict
		place quantity.Place
	}{
		{gate.Gate{Text: "loss.total <= 100", Metric: "loss.total", Op: gate.AtMost, Limit: 100},
			func(g gate.Gate) gate.Verdict { return g.Judge(quantity.Exactly(150)) }, quantity.Place{Document: mine, Line: 7, Column: 5}},
		{gate.Gate{Text: "loss.total >= 1", Metric: "loss.total", Op: gate.AtLeast, Limit: 1},
			func(g gate.Gate) gate.Verdict { return g.Judge(quantity.Exactly(150)) }, quantity.Place{Document: mine, Line: 8, Column: 5}},
		{gate.Gate{Text: "loss.total.change <= 5", Metric: "loss.total", Op: gate.AtMost, Limit: 5, Change: true},
			func(g gate.Gate) gate.Verdict {
				return gate.Verdict{Gate: g, Status: gate.New, Value: quantity.Exactly(150), Reason: "without a baseline"}
			}, quantity.Place{Document: &quantity.Document{Name: "--gate"}, Line: 1, Column: 1}},
	} {
		v := g.judge(g.gate)
		r.Verdicts = append(r.Verdicts, results.NewVerdict(&v, first, g.place, quantity.Money, dollars))
		if i == 2 && r.Verdicts[i].Status != gate.New {
			t.Fatal("the third gate is to be new")
		}
	}
	r.Unjudged = []results.Unjudged{{Kind: results.GateNew, Scenario: "a/mine.yaml", Gate: "loss.total.change <= 5", Reason: "without a baseline", Location: r.Verdicts[2].Location},
		{Kind: results.WithoutGates, Scenario: "half-lettuce"}}
	return r
}

func TestGitHubHasAnnotationsForFailedAndNewGatesAndForNotes(t *testing.T) {
	const want = `::error file=a/mine.yaml,line=7,col=5,title=churncost::a/mine.yaml: loss.total <= 100: $150 is over by $50.00, 50%25
::notice title=churncost::a/mine.yaml: gate is new: loss.total.change <= 5: without a baseline
::notice title=churncost::half-lettuce: scenario has no gates
::warning title=churncost::mine: care: 50%25
::notice title=churncost::look
1 of 3 gates fail; 1 scenario has no gates; 1 gate is new
`
	if got := written(t, "github", judgedForCI(t)); got != want {
		t.Errorf("github writes\n%s, want\n%s", got, want)
	}
}

// Problems outside the repository's files have no place, and errors have no headline
// below them.
func TestGitHubNamesPlacesInFilesOnly(t *testing.T) {
	problem := func(name string, line, column int, hint string) *calc.Problem {
		p := &calc.Problem{Message: "wrong", Hint: hint}
		if name != "" {
			p.Place = quantity.Place{Document: &quantity.Document{Name: name}, Line: line, Column: column}
		}
		return p
	}
	r := &results.Result{Command: "check"}
	r.Errors = results.Problems(calc.Problems{
		problem("./b,:c.yaml", 3, 0, ""), problem("b.yaml", 0, 0, "mend it"), problem("half-lettuce", 3, 4, ""), problem("stdin", 3, 4, ""),
		problem("--set", 1, 2, ""), problem("", 0, 0, ""),
	})
	const want = `::error file=b%2C%3Ac.yaml,line=3,title=churncost::wrong
::error file=b.yaml,title=churncost::wrong (mend it)
::error title=churncost::wrong
::error title=churncost::wrong
::error title=churncost::wrong
::error title=churncost::wrong
`
	if got := written(t, "github", r); got != want {
		t.Errorf("github writes\n%s, want\n%s", got, want)
	}
}

func TestJUnitHasASuiteForEachScenarioAndACaseForEachGate(t *testing.T) {
	const want = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="a/mine.yaml" package="churncost" id="0" timestamp="2026-05-01T00:00:00" hostname="localhost" tests="3" failures="1" errors="0" skipped="1" time="0">
    <properties>
      <property name="command" value="churncost check"></property>
      <property name="name" value="Mine"></property>
      <property name="currency" value="USD"></property>
    </properties>
    <testcase name="loss.total &lt;= 100" classname="a/mine.yaml" time="0">
      <failure message="a/mine.yaml: loss.total &lt;= 100: $150 is over by $50.00, 50%" type="gate">a//mine.yaml:7</failure>
    </testcase>
    <testcase name="loss.total &gt;= 1" classname="a/mine.yaml" time="0"></testcase>
    <testcase name="loss.total.change &lt;= 5" classname="a/mine.yaml" time="0">
      <skipped>a/mine.yaml: loss.total.change &lt;= 5: new, without a baseline</skipped>
    </testcase>
    <system-out>warning: care&#xA;note: $1,200 and 3</system-out>
    <system-err></system-err>
  </testsuite>
  <testsuite name="half-lettuce" package="churncost" id="1" timestamp="2026-05-01T00:00:00" hostname="localhost" tests="1" failures="0" errors="0" skipped="1" time="0">
    <properties>
      <property name="command" value="churncost check"></property>
      <property name="currency" value="USD"></property>
    </properties>
    <testcase name="without gates" classname="half-lettuce" time="0">
      <skipped>half-lettuce: scenario has no gates</skipped>
    </testcase>
    <system-out></system-out>
    <system-err></system-err>
  </testsuite>
</testsuites>
`
	if got := written(t, "junit", judgedForCI(t)); got != want {
		t.Errorf("junit writes\n%s, want\n%s", got, want)
	}
}

// Errors of one file are in one suite. An error without a place is in the program's
// suite.
func TestJUnitHasACaseForEachError(t *testing.T) {
	r := &results.Result{Command: "check", Today: "2026-05-01"}
	mine := &quantity.Document{Name: "mine.yaml"}
	r.Errors = results.Problems(calc.Problems{
		{Message: "lost"},
		{Place: quantity.Place{Document: mine, Line: 1, Column: 5}, Message: "wrong", Hint: "mend it"},
		{Place: quantity.Place{Document: mine}, Message: "worse"},
	})
	got := written(t, "junit", r)
	for _, want := range []string{
		`<testsuite name="churncost" package="churncost" id="0" timestamp="2026-05-01T00:00:00" hostname="localhost" tests="1" failures="0" errors="1" time="0">`,
		`<error message="lost" type="error"></error>`,
		`<testsuite name="mine.yaml" package="churncost" id="1" timestamp="2026-05-01T00:00:00" hostname="localhost" tests="2" failures="0" errors="2" time="0">`,
		`<error message="wrong (mend it)" type="error">mine.yaml:1:5</error>`,
		`<error message="worse" type="error">mine.yaml</error>`,
	} {
		if strings.Count(got, want) != 1 {
			t.Errorf("junit lacks %s in\n%s", want, got)
		}
	}
}

// The status error is check's: no other command gives a verdict.
func TestJSONHasTheStatusErrorOfCheckOnly(t *testing.T) {
	for command, want := range map[string]bool{"check": true, "loss": false} {
		r := &results.Result{Command: command}
		r.Errors = results.Problems(calc.Problems{{Message: "lost"}})
		if got := strings.Contains(written(t, "json", r), `"status": "error"`); got != want {
			t.Errorf("json of an error of %s has the status error: %v, want %v", command, got, want)
		}
	}
}

// A note of several calculators appears once. Notes on the scenario as a whole are
// included.
func TestJSONHasEachNoteOnce(t *testing.T) {
	for _, name := range []string{"loss", "simulate"} {
		note := results.Note{Note: calc.Note{Kind: calc.Warning, Key: "a", Text: "care"}}
		r := compute(t, "mine", regular, telling(func(tell *calc.Report) { tell.Answer("Figures") }))
		r.Notes = []results.Note{note, {Note: calc.Note{Kind: calc.Remark, Text: "look"}}, note}
		if name == "simulate" {
			r.Simulation = &results.Simulation{Scenario: r.Sections[0].Scenario, Metrics: []results.Simulated{{Metric: "m"}}}
			r.Sections = nil
		}
		_, _, s := parsed(t, r)
		var notes []jsonNote
		s.read(t, "notes", &notes)
		if want := []jsonNote{{Kind: calc.Warning, Key: "a", Text: "care"}, {Kind: calc.Remark, Text: "look"}}; !slices.Equal(notes, want) {
			t.Errorf("%s has the notes %v, want %v", name, notes, want)
		}
	}
}
