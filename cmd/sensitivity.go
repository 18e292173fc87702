package cmd

import (
	"fmt"
	"math"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/render"
)

// sobolSamples is how many samples the shares of variance are reckoned from.
const sobolSamples = 1 << 14

// newSensitivity makes the command that tells what matters most.
func newSensitivity(p *program) *cobra.Command {
	var r request
	var metric string
	swing := share{value: 10. / 100}
	cmd := &cobra.Command{
		Use:   "sensitivity [SCENARIO]",
		Short: "Swing every input: which matters most?",
		Long: `Swing every ranged input from its low to its high while the others stay at their likely
values, and every other number by --swing to either side (marked so): widest first. Then
share the variance of the metric out among the ranges.`,
		Args: atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			document, err := p.sensitivity(args, &r, metric, swing.value)
			if err != nil {
				return p.fail(&r.out, "sensitivity", err)
			}
			return p.emit(r.out.chosen(), document)
		},
	}
	r.flags(cmd)
	cmd.Flags().StringVar(&metric, "metric", "loss.total", "which `METRIC` to look at")
	cmd.Flags().Var(&swing, "swing", "by what `SHARE` an input without a range is swung")
	return cmd
}

// A share is the value of a flag such as --swing: 10%.
type share struct{ value float64 }

func (s *share) String() string { return fmt.Sprintf("%g%%", s.value*100) }

func (s *share) Type() string { return "share" }

func (s *share) Set(text string) error {
	n, err := calc.ParseNumeral(text)
	if err != nil || n.Suffix != "%" || n.Value <= 0 || n.Value >= 1 {
		return fmt.Errorf("write a share between 0%% and 100%%, such as 10%%")
	}
	s.value = n.Value
	return nil
}

func (p *program) sensitivity(args []string, r *request, metric string, swing float64) (*render.Document, error) {
	s, err := p.openNamed(args, r.set)
	if err != nil {
		return nil, err
	}
	selected := &selection{program: p, scenario: s}
	if err := selected.pickNamed([]string{metric}); err != nil {
		return nil, err
	}
	notes, err := r.judgeAll(selected)
	if err != nil {
		return nil, err
	}
	w, err := selected.world()
	if err != nil {
		return nil, err
	}
	base, swings, err := whatif.Tornado(w, selected.metrics[0], swing)
	if err != nil {
		return nil, s.Locate(asProblems(err))
	}
	if base != base {
		return nil, s.Locate(calc.Problems{{Message: "the scenario gives no " + metric, Hint: "the calculator's table says why"}})
	}
	for _, swing := range swings {
		if math.IsInf(swing.AtHigh-swing.AtLow, 0) {
			return nil, selected.tooLarge(metric)
		}
	}
	contributions, err := whatif.Sobol(w, selected.metrics[0], sobolSamples, defaultSeed)
	if err != nil {
		return nil, s.Locate(asProblems(err))
	}
	return &render.Document{Command: "sensitivity", Notes: notes, Sensitivity: &render.Sensitivity{Scenario: s, Metric: metric, Unit: selected.units[0],
		Base: base, Swing: swing, Ranges: w.Ranges(), Swings: swings, Contributions: contributions, Samples: sobolSamples, Seed: defaultSeed, Correlated: len(s.Correlations) > 0}}, nil
}
