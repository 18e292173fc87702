package cmd

import (
	"github.com/spf13/cobra"

	"github.com/churncost/churncost/cmd/internal/options"
	"github.com/churncost/churncost/cmd/internal/study"
)

// newSensitivity makes the command that shows what matters most.
func newSensitivity(p *program) *cobra.Command {
	var r request
	var metric string
	swing := options.Share{Value: 10. / 100}
	cmd := &cobra.Command{
		Use:   "sensitivity [SCENARIO]",
		Short: "Swing every input: which matters most?",
		Long: `Swing every ranged input from its low to its high while the others stay at their likely
values, and every other number by --swing to either side (marked *): widest first. Then
divide the variance of the metric among the ranges.`,
		Example: `  churncost sensitivity everything
  churncost sensitivity mine.yaml --metric retention.net --swing 20%`,
		Args: atMostOneScenario,
		RunE: func(_ *cobra.Command, args []string) error {
			result, err := p.study(&r).Sensitivity(study.SensitivityQuestion{Named: r.named(args), Metric: metric, Swing: swing.Value})
			return p.printResult(&r.out, result, err)
		},
	}
	r.flags(cmd)
	cmd.Flags().StringVar(&metric, "metric", "loss.total", "which `METRIC` to look at")
	cmd.Flags().Var(&swing, "swing", "by what `SHARE` an input without a range is swung")
	return cmd
}
