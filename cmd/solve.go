package cmd

import (
	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
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

  churncost solve everything --metric winback.gain --target 0 --by winback.offer_cost`,
		Args: atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			q.Named = r.named(args)
			if err := checkGoal(q); err != nil {
				return p.fail(&r.out, "solve", err)
			}
			result, err := p.study(&r).Solve(q)
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

// checkGoal refuses a goal of which something is missing, and a target that is no number.
func checkGoal(q study.SolveQuestion) error {
	if q.Metric == "" || q.Target == "" || len(q.By) == 0 || len(q.By) > 2 {
		return &calc.Problem{Message: "solve takes --metric, --target and --by", Hint: "such as --metric winback.gain --target 0 --by winback.offer_cost"}
	}
	if _, err := quantity.ParseNumeral(q.Target); err != nil {
		return &calc.Problem{Place: quantity.Place{Document: &quantity.Document{Name: "--target"}}, Message: err.Error(), Hint: "write a number in the metric's unit, such as 400000, or 5% of a share"}
	}
	return nil
}
