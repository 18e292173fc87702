package cmd

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/cmd/internal/study"
	"github.com/churncost/churncost/scenarios"
)

// newSimulate makes the command that turns ranges into distributions.
func newSimulate(p *program) *cobra.Command {
	var r request
	var q study.SimulateQuestion
	var gates []string
	cmd := &cobra.Command{
		Use:   "simulate [SCENARIO]",
		Short: "Draw every range again and again: how sure is the answer?",
		Long: `Draw every ranged input again and again, and show how the metrics are distributed.

low..high is drawn evenly, low..likely..high from a PERT distribution. The long form
{low: 15%, likely: 25%, high: 35%, shape: triangular} chooses another:

  uniform, triangular, pert   low and high are bounds, likely is the peak
  normal, lognormal, beta     low and high are the ends of the central interval, of
                              90% unless interval: says otherwise; likely is the median

What falls outside an input's bounds is drawn again. The ± beside a number is one
standard error of the simulation itself.`,
		Example: `  churncost simulate everything --trials 1000 --metric loss.total
  churncost simulate mine.yaml --trials 1000 --gate 'retention.net >= 0'`,
		Args: atMostOneScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkTrials(q.Draws); err != nil {
				return p.fail(&r.out, "simulate", err)
			}
			stop, progress := p.watch(cmd.Context())
			defer stop()
			q.Named, q.Gates, q.Progress = r.named(args), scenarios.FlagTexts("--gate", gates), progress.report
			result, err := p.study(&r).Simulate(progress.ctx, q)
			progress.clear()
			if errors.Is(err, context.Canceled) {
				return interruptedError{}
			}
			return p.printResult(&r.out, result, err)
		},
	}
	r.flags(cmd)
	drawFlags(cmd, &q.Draws)
	cmd.Flags().StringSliceVar(&q.Metrics, "metric", nil, "which `METRICS` to show; the headline metrics by default")
	cmd.Flags().StringArrayVar(&gates, "gate", nil, "`'METRIC <= LIMIT'`: how likely is it? repeatable")
	return cmd
}
