package study

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/internal/results"
)

// sobolSamples is the number of samples for the shares of variance.
const sobolSamples = 1 << 14

// A SensitivityQuestion asks which input matters most to a metric.
type SensitivityQuestion struct {
	Named
	Metric string
	Swing  float64 // the share by which an input without a range is swung
}

// Sensitivity swings every input of a scenario, and divides the variance of the metric
// among the ranges.
func (s *Study) Sensitivity(q SensitivityQuestion) (*results.Result, error) {
	selected, err := s.choose(q.Named, []string{q.Metric})
	if err != nil {
		return nil, err
	}
	notes, err := selected.judgeAll()
	if err != nil {
		return nil, err
	}
	w, err := selected.bindings()
	if err != nil {
		return nil, err
	}
	scenario, m := selected.scenario, selected.metrics[0]
	base, swings, err := whatif.Tornado(w, selected.asked[0], q.Swing)
	if err != nil {
		return nil, scenario.Locate(calc.ProblemsOf(err))
	}
	if base != base {
		return nil, scenario.Locate(calc.Problems{{Message: "the scenario gives no " + m.name, Hint: "the calculator's table says why"}})
	}
	if math.IsInf(base, 0) {
		return nil, selected.tooLarge(m)
	}
	for _, swing := range swings {
		if math.IsInf(swing.AtHigh-swing.AtLow, 0) {
			return nil, selected.tooLarge(m)
		}
	}
	whatif.Elasticities(w, selected.asked[0], base, swings)
	contributions, err := whatif.Sobol(w, selected.asked[0], sobolSamples, DefaultSeed)
	if err != nil {
		return nil, scenario.Locate(calc.ProblemsOf(err))
	}
	out := results.NewSensitivity(scenario, m.name, m.unit, base, swings, contributions)
	out.Swing, out.Ranges, out.Samples, out.Seed, out.Counts = q.Swing, w.Drawn(), sobolSamples, DefaultSeed, w.Counts()
	return &results.Result{Notes: notes, Findings: results.Findings{Sensitivity: out}}, nil
}
