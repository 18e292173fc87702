package study

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/scenarios"
)

// A Gate is a gate for a known metric, and where it is written.
type Gate struct {
	gate.Gate
	Place  quantity.Place
	metric metric
}

// MetricUnit is the unit of the metric, also where its chance is judged.
func (g *Gate) MetricUnit() quantity.Unit { return g.metric.unit }

// Gates reads gates, and keeps where they are written.
func (s *Study) Gates(texts []scenarios.Text) (gates []Gate, problems calc.Problems) {
	for _, text := range texts {
		g, m, err := s.gate(text.Text)
		if err != nil {
			for _, problem := range calc.ProblemsOf(err) {
				problem.Place = text.Place
				problems = append(problems, problem)
			}
			continue
		}
		gates = append(gates, Gate{g, text.Place, m})
	}
	return gates, problems
}

// Chances draws the scenario for the gates that ask how likely something is. It returns a
// chance for every gate, an empty one for the others.
func (e *evaluation) Chances(gates []Gate, draws Draws) ([]whatif.Chance, error) {
	chances := make([]whatif.Chance, len(gates))
	s := selection{evaluation: e}
	request := whatif.Request{Trials: draws.Trials, Seed: draws.Seed, Correlations: e.scenario.Correlations}
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
		return chances, ignoreMissing(err) // Judged reports missing inputs
	}
	drawn := result.Chances
	for i := range gates {
		if gates[i].Chance != nil {
			chances[i], drawn = drawn[0], drawn[1:]
		}
	}
	return chances, nil
}

// Judged returns the figure that a gate is about. A figure that is missing, or not finite
// throughout, cannot be judged.
func (e *evaluation) Judged(g *Gate, whose string) (r quantity.Range, problem *calc.Problem) {
	figures, err := e.figures(g.metric.calculator)
	if err != nil || figures == nil {
		_, err := e.bind(g.metric.calculator)
		return r, &calc.Problem{Message: fmt.Sprintf("%s has no inputs for %s", whose, g.Metric), Hint: e.remedy(&g.metric, calc.MissingKeys(err))}
	}
	r = figures[g.metric.index]
	switch {
	case r.Likely != r.Likely:
		return r, &calc.Problem{Message: fmt.Sprintf("%s gives no %s", whose, g.Metric), Hint: e.remedy(&g.metric, nil)}
	case r.Low != r.Low && g.Chance == nil:
		return r, &calc.Problem{Message: fmt.Sprintf("%s is not finite throughout the ranges of %s", g.Metric, whose), Hint: "narrow the ranges"}
	}
	return r, nil
}

// remedy says what would give a metric: the missing inputs and those that the figure needs,
// or the reason why it is absent.
func (e *evaluation) remedy(m *metric, missing []string) string {
	f := e.study.Calculators[m.calculator].Metrics()[m.index] // its reason is not this scenario's
	f.AbsenceReason = ""
	if r, err := e.report(m.calculator); len(missing) == 0 && err == nil {
		f = r.Figures[m.index]
	}
	for _, key := range f.Keys {
		if e.scenario.Inputs.Find(key) == nil && !slices.Contains(missing, key) {
			missing = append(missing, key)
		}
	}
	benchmark := func(key string) bool {
		f := e.study.Vocabulary.Field(key)
		return f != nil && f.Benchmark
	}
	switch {
	case slices.ContainsFunc(missing, benchmark):
		return "give " + calc.Listed(missing) + " (the word benchmark stands for the built-in figure), or take the gate out"
	case len(missing) > 0:
		return "give " + calc.Listed(missing) + ", or take the gate out"
	case f.AbsenceReason != "" && !strings.Contains(f.AbsenceReason, "{"):
		return f.AbsenceReason
	}
	return "churncost " + e.study.Calculators[m.calculator].Name + " says why"
}

// Open reads a scenario and begins its evaluation. The scenario is valid until the next
// one is opened.
func (e *evaluation) Open(argument string) (*scenarios.Scenario, error) {
	scenario, err := e.memory.Open(argument, e.study.Stdin, e.study.Vocabulary)
	if err != nil {
		return nil, err
	}
	e.begin(scenario)
	return scenario, nil
}

// Validate computes every calculator that the scenario has inputs for, and returns what is
// wrong.
func (e *evaluation) Validate() (problems calc.Problems) {
	for i := range e.study.Calculators {
		if _, err := e.figures(i); err != nil {
			problems = append(problems, calc.ProblemsOf(err)...)
		}
	}
	return problems
}

// Grounds judges what the metrics of gates are based on or, without gates, everything that
// was computed. It returns the remarks and warnings on the scenario, its expired inputs and
// the weak figures behind the gates, and what a strict study refuses.
func (e *evaluation) Grounds(gates []Gate) (notes []results.Note, refused calc.Problems) {
	for i := range e.study.Calculators {
		if figures, err := e.figures(i); err != nil || figures == nil {
			continue
		}
		var metrics []int
		for _, g := range gates {
			if g.metric.calculator == i {
				metrics = append(metrics, g.metric.index)
			}
		}
		var found []calc.Note
		switch {
		case len(gates) == 0:
			found = e.judge(i, func() []*quantity.Input { return e.weakInputs(i) })
		case len(metrics) == 0:
			found = e.expired(i, false)
		default:
			weak := func(in *quantity.Input) bool { return in.Class().Weak() }
			found = append(e.graded(i, metrics), e.judge(i, func() []*quantity.Input { return inputs(e.models[i].Model, metrics, weak) })...)
		}
		notes = results.AddNew(notes, e.say(found)...)
	}
	return results.AddNew(notes, e.notes()...), e.refusals()
}
