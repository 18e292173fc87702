package cmd

import (
	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/internal/format"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/study"
)

// newSolve makes the command that finds the input value that reaches a target.
func newSolve(p *program) *cobra.Command {
	var r request
	var q study.SolveQuestion
	cmd := &cobra.Command{
		Use:   "solve [SCENARIO] --metric METRIC --target TARGET --by KEY",
		Short: "Find the input value that reaches a target",
		Long: `Find the values of one input at which a metric reaches a target, with all others at their
likely values. The range is searched in 1,024 equal steps: values that a step separates are
all found, to a millionth of a millionth of the range. A jump across the target is marked as
one. A metric that only touches its target between two steps is missed. --by A,B finds pairs
of values of two inputs.

The range is --between. By default it goes from the input's lower to its upper bound, or if
there is none, to ten times its present value.

Status 2: no value that was searched reaches the target.`,
		Example: `  churncost solve everything --metric winback.gain --target 0 --by winback.offer_cost
  churncost solve mine.yaml --metric loss.total --target 1200 --by customer.margin --between 30%..60%`,
		Args: atMostOneScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			q.Named = r.named(args)
			result, err := p.study(&r).Solve(q)
			if err == nil && !result.Solution.Solved() {
				result.Command = cmd.Name()
				return p.failWith(&r.out, result, unsolved(result))
			}
			return p.printResult(&r.out, result, err)
		},
	}
	r.flags(cmd)
	cmd.Flags().StringVar(&q.Metric, "metric", "", "the `METRIC` that is to reach the target")
	cmd.Flags().StringVar(&q.Target, "target", "", "the `TARGET`, in the metric's unit")
	cmd.Flags().StringSliceVar(&q.By, "by", nil, "the input `KEY` to change; two for a line of pairs")
	cmd.Flags().StringVar(&q.Between, "between", "", "the range `LOW..HIGH` to search, as the input is written; of the last of two keys")
	return cmd
}

// unsolved is the error about a target that no searched value reaches.
func unsolved(r *results.Result) error {
	return &calc.Problem{Message: format.Of(r).Headline(), Hint: "search elsewhere with --between LOW..HIGH, or choose another target"}
}
