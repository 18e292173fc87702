package study

import (
	"context"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/attribution"
	"github.com/churncost/churncost/calc/extremes"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/scenarios"
)

// Calculate answers the question of one calculator. If no scenario is named, it takes the
// default one; if that lacks inputs for the calculator, the first built-in scenario that has
// them, beginning with the one that has most.
func (s *Study) Calculate(c calc.Calculator, named Named) (*results.Result, error) {
	calculator := slices.IndexFunc(s.Calculators, func(other calc.Calculator) bool { return other.Name == c.Name })
	evaluate := func(named Named) (*evaluation, error) {
		scenario, err := s.open(named)
		if err != nil {
			return nil, err
		}
		e := s.evaluate(scenario)
		e.benchmarks = true
		_, err = e.bind(calculator)
		return e, err
	}
	e, err := evaluate(named)
	if e != nil && err != nil && named.Default {
		for _, name := range append([]string{scenarios.Everything}, scenarios.Names()...) {
			if other, lacks := evaluate(Named{Name: name, Set: named.Set}); lacks == nil {
				e, err = other, nil
				break
			}
		}
	}
	if err != nil {
		return nil, err
	}
	answer, err := e.answer(calculator, nil)
	if err != nil {
		return nil, err
	}
	if refused := e.refusals(); len(refused) > 0 {
		return nil, refused
	}
	section := results.Section{Scenario: e.scenario, Answers: []results.Answer{*answer}}
	for _, note := range e.notes() {
		if concerns(e.models[calculator].Model, note.Note) {
			section.Notes = append(section.Notes, note)
		}
	}
	return &results.Result{Sections: []results.Section{section}}, nil
}

// concerns reports whether a calculator asks for an input that a note is about or names.
func concerns(m *calc.Model, note calc.Note) bool {
	return m.Asks(note.Key) || slices.ContainsFunc(strings.Fields(note.Text), func(word string) bool {
		return strings.Contains(word, ".") && m.Asks(strings.Trim(word, "(),:;."))
	})
}

// Report answers the questions of all calculators that a scenario has the inputs for.
func (s *Study) Report(named Named) (*results.Result, error) {
	scenario, err := s.open(named)
	if err != nil {
		return nil, err
	}
	section, err := s.section(scenario)
	if err != nil {
		return nil, err
	}
	if len(section.Answers) == 0 {
		return nil, noCalculator(scenario)
	}
	return &results.Result{Sections: []results.Section{*section}}, nil
}

// section answers the questions of all calculators that a scenario has the inputs for. It
// may be none.
func (s *Study) section(scenario *scenarios.Scenario) (*results.Section, error) {
	e := s.evaluate(scenario)
	section := &results.Section{Scenario: scenario}
	var problems calc.Problems
	functions := whatif.QuantileFunctions{}
	for i, c := range s.Calculators {
		if _, err := e.bind(i); err != nil {
			if missing := calc.MissingKeys(err); len(missing) > 0 {
				section.Unfed = append(section.Unfed, results.Unfed{Calculator: c.Name, Keys: missing})
			} else {
				problems = append(problems, calc.ProblemsOf(err)...)
			}
			continue
		}
		answer, err := e.answer(i, functions)
		if err != nil {
			problems = append(problems, calc.ProblemsOf(err)...)
			continue
		}
		section.Answers = append(section.Answers, *answer)
	}
	if problems = append(problems, e.refusals()...); len(problems) > 0 {
		return nil, Sorted(problems)
	}
	section.Notes = e.notes()
	return section, nil
}

// noCalculator is the error about a scenario without the inputs of any calculator.
func noCalculator(scenario *scenarios.Scenario) error {
	return scenario.Locate(calc.Problems{{Message: "the scenario has the inputs of no calculator", Hint: "churncost init prints one that does"}})
}

// answer returns the full report of a bound calculator. The functions are shared by the
// answers for one scenario; they may be nil.
func (e *evaluation) answer(calculator int, functions whatif.QuantileFunctions) (*results.Answer, error) {
	m := e.models[calculator].Model
	r, err := e.report(calculator)
	if err == nil {
		err = extremes.Add(m, r)
	}
	if err == nil {
		err = attribution.Add(m, r)
	}
	if err != nil {
		return nil, e.scenario.Locate(err)
	}
	r.Round(e.scenario.Currency.Minor())
	r.Notes = append(r.Notes, e.judge(calculator, func() []*quantity.Input { return attribution.Inputs(r) })...)
	a := &results.Answer{Calculator: m.Calculator, Report: r, Inputs: m.Inputs()}
	if len(e.refused) == 0 {
		e.draw(calculator, a, functions)
	}
	return a, nil
}

// headlineTrials is how often the ranges behind a headline are drawn. The error of P95 is
// then about 1%, so two of its digits are reliable.
const headlineTrials = 10_000

// DefaultSeed is the seed of draws if none is given.
const DefaultSeed = 1

// draw adds the distributions that simulate gives for the figures in the headline. It
// draws the ranges that they are based on, including those of benchmarks.
func (e *evaluation) draw(calculator int, a *results.Answer, functions whatif.QuantileFunctions) {
	s := selection{evaluation: e}
	metrics, _ := e.headline(calculator) // computed already
	for _, m := range metrics {
		if !a.Report.Figures[m.index].Range.Exact() {
			s.pick(m)
		}
	}
	if len(s.metrics) == 0 {
		return
	}
	result, err := whatif.Simulate(context.Background(), s.several(), whatif.Request{Metrics: s.asked, Trials: headlineTrials, Seed: DefaultSeed,
		Correlations: e.scenario.Correlations, Functions: functions})
	if err != nil {
		notDrawn(a, calc.ProblemsOf(err)[0])
		return
	}
	for i, m := range s.metrics {
		switch d := &result.Distributions[i]; {
		case !d.Finite():
			notDrawn(a, &calc.Problem{Message: "the result for " + m.name + " is too large"})
		case d.Given > 0:
			a.Likely = append(a.Likely, results.NewLikely(&a.Report.Figures[m.index], d, e.scenario.Currency.Minor()))
		}
	}
}

// notDrawn notes why the headline of an answer does not say where draws lie.
func notDrawn(a *results.Answer, why *calc.Problem) {
	a.Report.Notes = append(a.Report.Notes, calc.Note{Kind: calc.Warning, Key: why.Key,
		Text: "the headline of " + a.Calculator + " shows the lowest and the highest value, and not where 90% of draws lie: " + why.Message})
}
