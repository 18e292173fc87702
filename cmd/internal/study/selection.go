package study

import (
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/internal/results"
)

// A selection is the metrics that a question is about, and their calculators. The models
// of these are computed together.
type selection struct {
	*evaluation
	metrics     []metric
	asked       []whatif.Metric // the same, as whatif knows them
	calculators []int
}

// choose opens a scenario and selects metrics by name, or else the headline metrics.
func (s *Study) choose(named Named, names []string) (*selection, error) {
	scenario, err := s.open(named)
	if err != nil {
		return nil, err
	}
	metrics, err := s.named(names)
	if err != nil {
		return nil, err
	}
	selected := &selection{evaluation: s.evaluate(scenario)}
	for _, m := range metrics {
		selected.pick(m)
	}
	if len(names) == 0 {
		return selected, selected.pickHeadlines()
	}
	return selected, nil
}

// pick adds a metric, once, and returns its index.
func (s *selection) pick(m metric) int {
	if i := slices.Index(s.metrics, m); i >= 0 {
		return i
	}
	model := slices.Index(s.calculators, m.calculator)
	if model < 0 {
		model = len(s.calculators)
		s.calculators = append(s.calculators, m.calculator)
	}
	s.metrics, s.asked = append(s.metrics, m), append(s.asked, whatif.Metric{Model: model, Index: m.index})
	return len(s.metrics) - 1
}

// bindings returns the selected calculators' models, bound to the scenario.
func (s *selection) bindings() (*whatif.Bindings, error) {
	models := make([]*calc.Model, len(s.calculators))
	for i, calculator := range s.calculators {
		var err error
		if models[i], err = s.bind(calculator); err != nil {
			return nil, err
		}
	}
	return whatif.NewBindings(models), nil
}

// several makes bindings for several goroutines: the first of the evaluation's own models,
// the others of new ones.
func (s *selection) several() func() (*whatif.Bindings, error) {
	next := *s
	return func() (*whatif.Bindings, error) {
		b, err := next.bindings()
		next.evaluation = s.study.evaluate(s.scenario)
		next.benchmarks = s.benchmarks
		return b, err
	}
}

// condition turns a gate into a condition on its metric, for draws.
func (s *selection) condition(g gate.Gate, m metric) whatif.Condition {
	minor := s.scenario.Currency.Minor()
	op, limit := g.Op, g.Limit
	if g.Chance != nil {
		op, limit = g.Chance.Op, g.Chance.Limit
	}
	return whatif.Condition{Metric: s.asked[s.pick(m)], Holds: func(x float64) bool { return op.Holds(m.unit.Round(x, minor), limit) }}
}

// pickHeadlines selects the headline metrics of all calculators that have a range or a
// list of counts among their given inputs.
func (s *selection) pickHeadlines() error {
	some := false
	for i := range s.study.Calculators {
		given, err := s.hasInputs(i)
		if err != nil {
			return err
		}
		if !given {
			continue
		}
		some = true
		metrics, err := s.headline(i)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(s.models[i].Variables(), isGivenDraw) {
			continue
		}
		for _, m := range metrics {
			s.pick(m)
		}
	}
	if !some {
		return noCalculator(s.scenario)
	}
	return nil
}

// isGivenDraw reports whether a number is a range that somebody wrote, or a list of
// counts. A benchmark that replaces a missing input does not count: nobody asked for its
// distribution.
func isGivenDraw(v calc.Variable) bool {
	in := v.Input
	return v.Trials != nil || !in.Range.Exact() && (in.Origin != quantity.FromBenchmark || in.Place.Document != nil)
}

// judgeAll judges what the selected metrics are based on. It returns notes on weak
// evidence, on expired inputs and on the scenario as a whole.
func (s *selection) judgeAll() (notes []results.Note, err error) {
	var problems calc.Problems
	for _, calculator := range s.calculators {
		if _, err := s.bind(calculator); err != nil {
			problems = append(problems, calc.ProblemsOf(err)...)
			continue
		}
		var metrics []int
		for _, m := range s.metrics {
			if m.calculator == calculator {
				metrics = append(metrics, m.index)
			}
		}
		found := append(s.graded(calculator, metrics), s.judge(calculator, func() []*quantity.Input { return s.weakInputs(calculator) })...)
		notes = results.AddNew(notes, s.say(found)...)
	}
	if problems = append(problems, s.refusals()...); len(problems) > 0 {
		return nil, Sorted(problems)
	}
	return results.AddNew(notes, s.evaluation.notes()...), nil
}

// tooLarge is the error about a result for a metric that overflows.
func (s *selection) tooLarge(m metric) error {
	return s.scenario.Locate(calc.Problems{{Message: "the result for " + m.name + " is too large", Hint: "look for an input that is far too large"}})
}
