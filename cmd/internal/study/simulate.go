package study

import (
	"context"
	"fmt"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/scenarios"
)

// A SimulateQuestion asks how metrics are distributed over the ranges of a scenario.
type SimulateQuestion struct {
	Named
	Metrics  []string         // if empty, the headline metrics
	Gates    []scenarios.Text // to find their chances
	Draws    Draws
	Progress func(done, of int) // called now and then, by any goroutine; may be nil
}

// Simulate draws the ranges of a scenario. If ctx is cancelled, it returns its error.
func (s *Study) Simulate(ctx context.Context, q SimulateQuestion) (*results.Result, error) {
	selected, err := s.choose(q.Named, q.Metrics)
	if err != nil {
		return nil, err
	}
	scenario, shown := selected.scenario, selected.metrics
	gates, conditions, err := selected.conditions(q.Gates)
	if err != nil {
		return nil, err
	}
	notes, err := selected.judgeAll()
	if err != nil {
		return nil, err
	}
	own, err := selected.bindings()
	if err != nil {
		return nil, err
	}
	if own.Drawn() == 0 {
		return nil, scenario.Locate(calc.Problems{{Message: "no input is a range: there is nothing to draw", Hint: "write one as low..high or low..likely..high, also with --set"}})
	}
	result, err := whatif.Simulate(ctx, selected.several(), whatif.Request{Metrics: selected.asked[:len(shown)], Conditions: conditions, Trials: q.Draws.Trials, Seed: q.Draws.Seed,
		Correlations: scenario.Correlations, Progress: q.Progress})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, scenario.Locate(calc.ProblemsOf(err))
	}
	out := &results.Simulation{Scenario: scenario, Trials: q.Draws.Trials, Seed: q.Draws.Seed, Correlated: len(scenario.Correlations) > 0, Counts: own.Counts()}
	for i, m := range shown {
		if !result.Distributions[i].Finite() {
			return nil, selected.tooLarge(m)
		}
		out.Metrics = append(out.Metrics, results.NewSimulated(m.name, m.unit, &result.Distributions[i]))
	}
	for i, g := range gates {
		out.Chances = append(out.Chances, results.Chance{Gate: g.Text, Share: results.Round6(result.Chances[i].Share), Error: results.Round6(result.Chances[i].Error)})
	}
	base, swings, err := whatif.Tornado(own, selected.asked[0], 0)
	if err != nil {
		return nil, scenario.Locate(calc.ProblemsOf(err))
	}
	if base == base { // not NaN: the first metric is given at the likely values
		out.Tornado = results.NewSensitivity(scenario, shown[0].name, shown[0].unit, base, swings, nil)
	}
	return &results.Result{Findings: results.Findings{Simulation: out}, Notes: results.AddNew(notes, selected.say(idle(scenario.Correlations, own))...)}, nil
}

// conditions reads the gates whose chance is wanted.
func (s *selection) conditions(texts []scenarios.Text) (gates []gate.Gate, conditions []whatif.Condition, err error) {
	placed, problems := s.study.Gates(texts)
	for _, g := range placed {
		if g.Change || g.Chance != nil {
			problems = append(problems, &calc.Problem{Place: g.Place, Message: fmt.Sprintf("%q is not a condition on a single draw", g.Text), Hint: "write METRIC <= LIMIT"})
			continue
		}
		gates = append(gates, g.Gate)
		conditions = append(conditions, s.condition(g.Gate, g.metric))
	}
	return gates, conditions, problems.OrNil()
}

// idle warns about correlations that do nothing because an input does not vary.
func idle(correlations []quantity.Correlation, w *whatif.Bindings) (notes []calc.Note) {
	for _, c := range correlations {
		for _, key := range c.Keys {
			if w.Fixed(key) {
				notes = append(notes, calc.Note{Kind: calc.Warning, Key: key, Text: fmt.Sprintf("the correlation between %s and %s does nothing: %s is not a range", c.Keys[0], c.Keys[1], key)})
				break
			}
		}
	}
	return notes
}

// Draws is how often ranges are drawn, and with which seed.
type Draws struct {
	Trials int
	Seed   uint64
}
