package study

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/scenarios"
)

// A CheckQuestion asks whether scenarios are valid and whether their gates hold.
type CheckQuestion struct {
	Scenarios []string
	Gates     []scenarios.Text // for all scenarios, in addition to their own
	Base      string           // a scenario or a folder of scenarios, for gates on a change; may be ""
	Draws     Draws            // for gates on a chance
}

// Draws is how often ranges are drawn, and with which seed.
type Draws struct {
	Trials int
	Seed   uint64
}

// A checker answers a CheckQuestion.
type checker struct {
	*Study
	CheckQuestion
	folder bool          // whether the baseline is a folder
	given  []placedGate  // the gates for all scenarios
	wrong  calc.Problems // errors in these gates
}

// A checked is what is kept of one scenario. It is small, because there may be thousands.
type checked struct {
	subject  *results.Subject
	verdicts []results.Verdict
	problems calc.Problems
}

// Check validates scenarios and judges their gates, if all are valid.
func (s *Study) Check(q CheckQuestion) (*results.Result, error) {
	c := checker{Study: s, CheckQuestion: q}
	if err := c.findBase(); err != nil {
		return nil, err
	}
	c.given, c.wrong = s.place(q.Gates)
	all := make([]checked, len(q.Scenarios))
	s.forEach(len(all), func(w *worker, i int) { all[i] = c.one(w, q.Scenarios[i]) })

	verdicts := 0
	var problems calc.Problems
	for i := range all {
		verdicts += len(all[i].verdicts)
		problems = append(problems, all[i].problems...)
	}
	if len(problems) > 0 {
		return nil, distinct(problems)
	}
	result := &results.Result{Status: gate.Pass, Today: s.Today(), Subjects: make([]*results.Subject, 0, len(all)), Findings: results.Findings{Verdicts: make([]results.Verdict, 0, verdicts)}}
	for i := range all {
		subject := all[i].subject
		for _, note := range subject.Notes {
			if len(all) > 1 {
				note.Of = subject.ID()
			}
			result.Notes = append(result.Notes, note)
		}
		result.Subjects = append(result.Subjects, subject)
		result.Verdicts = append(result.Verdicts, all[i].verdicts...)
		all[i] = checked{}
	}
	results.LabelApart(result.Subjects)
	for i := range result.Verdicts {
		v := &result.Verdicts[i]
		v.Scenario = v.Subject.Label
		if v.Status == gate.Fail {
			result.Status = gate.Fail
		}
	}
	return result, nil
}

// findBase finds out whether the baseline is a folder. A file serves one scenario only. A
// missing baseline is an error even if no gate needs it, so that a misspelt path is
// found.
func (c *checker) findBase() error {
	if c.Base == "" {
		return nil
	}
	info, err := os.Stat(c.Base)
	_, builtIn := scenarios.BuiltInText(c.Base)
	if errors.Is(err, fs.ErrNotExist) && !builtIn && c.Base != "-" {
		return &calc.Problem{Place: quantity.Place{Document: &quantity.Document{Name: c.Base}},
			Message: "there is no such baseline", Hint: "give --base a scenario, or a folder that holds them under the same paths"}
	}
	c.folder = err == nil && info.IsDir() && !builtIn
	if !c.folder && len(c.Scenarios) > 1 {
		return &calc.Problem{Message: fmt.Sprintf("one baseline cannot serve %d scenarios", len(c.Scenarios)), Hint: "give --base a folder that holds them under the same paths"}
	}
	return nil
}

// A placedGate is a gate for a known metric, and where it is written.
type placedGate struct {
	gate.Gate
	metric metric
	place  quantity.Place
}

// place reads gates and keeps where they are written.
func (s *Study) place(texts []scenarios.Text) (gates []placedGate, problems calc.Problems) {
	for _, text := range texts {
		g, m, err := s.gate(text.Text)
		if err != nil {
			for _, problem := range calc.ProblemsOf(err) {
				problem.Place = text.Place
				problems = append(problems, problem)
			}
			continue
		}
		gates = append(gates, placedGate{g, m, text.Place})
	}
	return gates, problems
}

// one checks one scenario: it computes every calculator that the scenario has inputs for,
// and judges the gates.
func (c *checker) one(w *worker, argument string) (out checked) {
	scenario, err := w.memory.Open(argument, c.Stdin, c.Vocabulary)
	if err != nil {
		return checked{problems: calc.ProblemsOf(err)}
	}
	w.begin(scenario)
	out.subject = results.SubjectOf(scenario)
	for i := range c.Calculators {
		figures, err := w.figures(i)
		if err != nil {
			out.problems = append(out.problems, calc.ProblemsOf(err)...)
		} else if figures != nil {
			out.subject.Notes = results.AddNew(out.subject.Notes, w.say(w.judge(i, func() []*quantity.Input { return w.weakInputs(i) }))...)
		}
	}
	gates, wrong := c.place(scenario.Gates)
	gates, wrong = append(gates, c.given...), append(wrong, c.wrong...)
	if out.problems = append(out.problems, w.refusals()...); len(out.problems) > 0 {
		out.problems = sorted(append(out.problems, wrong...))
		return out
	}
	out.problems = wrong
	out.subject.Notes = results.AddNew(out.subject.Notes, w.notes()...)
	if err := c.openBase(w, argument, gates); err != nil {
		out.problems = append(out.problems, calc.ProblemsOf(err)...)
		return out
	}
	chances, err := c.chances(w, gates)
	if err != nil {
		out.problems = append(out.problems, calc.ProblemsOf(scenario.Locate(calc.ProblemsOf(err)))...)
		return out
	}
	out.verdicts = make([]results.Verdict, 0, len(gates))
	for i := range gates {
		g := &gates[i]
		v, problem := c.judge(w, g, chances[i])
		if problem != nil {
			problem.Place = g.place
			out.problems = append(out.problems, problem)
			continue
		}
		unit := g.metric.unit
		if g.Chance != nil {
			unit = quantity.Share
		}
		out.verdicts = append(out.verdicts, results.NewVerdict(&v, out.subject, g.place, unit, scenario.Currency))
	}
	return out
}

// openBase reads the baseline of one scenario, and computes what the gates need. The
// result has no scenario if no baseline is given or needed, or if the scenario is new.
func (c *checker) openBase(w *worker, argument string, gates []placedGate) error {
	path := c.Base
	if c.folder {
		path = filepath.Join(c.Base, argument)
		if !filepath.IsLocal(argument) {
			return &calc.Problem{Place: quantity.Place{Document: &quantity.Document{Name: argument}},
				Message: "a folder of baselines is matched by path, and this one is outside the current folder", Hint: "name the scenario by its path from here"}
		}
	}
	w.base.scenario = nil
	for i := range gates {
		g := &gates[i]
		if !g.Change || path == "" {
			continue
		}
		if w.base.scenario == nil {
			if _, err := os.Stat(path); c.folder && os.IsNotExist(err) {
				return nil
			}
			scenario, err := w.base.memory.Open(path, c.Stdin, c.Vocabulary)
			if err != nil {
				return err
			}
			w.base.begin(scenario)
		}
		if _, err := w.base.figures(g.metric.calculator); err != nil {
			return err
		}
	}
	return nil
}

// chances draws the scenario for the gates that ask how likely something is. It returns
// a share of the draws for every gate, 0 for the others.
func (c *checker) chances(w *worker, gates []placedGate) ([]float64, error) {
	chances := make([]float64, len(gates))
	s := selection{evaluation: &w.evaluation}
	request := whatif.Request{Trials: c.Draws.Trials, Seed: c.Draws.Seed, Correlations: w.scenario.Correlations}
	for i := range gates {
		if g := &gates[i]; g.Chance != nil {
			request.Conditions = append(request.Conditions, s.condition(g.Gate, g.metric))
		}
	}
	if len(request.Conditions) == 0 {
		return chances, nil
	}
	result, err := whatif.Simulate(context.Background(), s.several(), request)
	if err != nil {
		return chances, ignoreMissing(err) // judge reports missing inputs
	}
	drawn := result.Chances
	for i := range gates {
		if gates[i].Chance != nil {
			chances[i], drawn = quantity.Share.Round(drawn[0].Share, 0), drawn[1:]
		}
	}
	return chances, nil
}

// judge judges one gate. Only a gate on a chance uses chance. A problem has no place yet.
func (c *checker) judge(w *worker, g *placedGate, chance float64) (gate.Verdict, *calc.Problem) {
	whose := "the scenario"
	if g.place.Document != w.scenario.Document { // a gate for all scenarios: its place does not show which one
		whose = results.SubjectOf(w.scenario).ID()
	}
	value, problem := w.judged(g, whose)
	if problem != nil {
		return gate.Verdict{}, problem
	}
	switch {
	case g.Chance != nil:
		return g.Judge(quantity.Exactly(chance)), nil
	case !g.Change:
		return g.Judge(value), nil
	case c.Base == "":
		return gate.Verdict{}, &calc.Problem{Message: fmt.Sprintf("%s.change has no baseline", g.Metric), Hint: "name one with --base"}
	case w.base.scenario == nil:
		return gate.Verdict{Gate: g.Gate, Status: gate.New, Value: value}, nil
	}
	base := w.base.scenario
	baseline := "the baseline " + results.SubjectOf(base).ID()
	if g.metric.unit.Kin() == quantity.Money && base.Currency != w.scenario.Currency {
		return gate.Verdict{}, &calc.Problem{Message: fmt.Sprintf("%s is in %s and %s in %s", whose, w.scenario.Currency.Code(), baseline, base.Currency.Code()), Hint: "compare amounts of one currency"}
	}
	before, problem := w.base.judged(g, baseline)
	if problem != nil {
		return gate.Verdict{}, problem
	}
	return g.JudgeChange(value, before), nil
}

// judged returns the figure that a gate is about. A figure that is missing, or not finite
// throughout, cannot be judged.
func (e *evaluation) judged(g *placedGate, whose string) (r quantity.Range, problem *calc.Problem) {
	figures, err := e.figures(g.metric.calculator)
	if err != nil || figures == nil {
		inputs := "its inputs"
		_, err := e.bind(g.metric.calculator)
		if missing := calc.MissingKeys(err); len(missing) > 0 {
			inputs = strings.Join(missing, " and ")
		}
		return r, &calc.Problem{Message: fmt.Sprintf("%s has no inputs for %s", whose, g.Metric), Hint: "give " + inputs + ", or take the gate out"}
	}
	r = figures[g.metric.index]
	switch {
	case r.Likely != r.Likely:
		return r, &calc.Problem{Message: fmt.Sprintf("%s gives no %s", whose, g.Metric), Hint: "the calculator's table says why"}
	case r.Low != r.Low && g.Chance == nil:
		return r, &calc.Problem{Message: fmt.Sprintf("%s is not finite throughout the ranges of %s", g.Metric, whose), Hint: "narrow the ranges"}
	}
	return r, nil
}
