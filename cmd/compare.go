package cmd

import (
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/internal/study"
	"github.com/churncost/churncost/scenarios/syntax"
)

// newCompare makes the command that compares scenarios.
func newCompare(p *program) *cobra.Command {
	var r request
	var q study.CompareQuestion
	cmd := &cobra.Command{
		Use:   "compare BASE [SCENARIO...]",
		Short: "Compare scenarios; the first is the baseline",
		Long: `Compare scenarios. The first is the baseline; LABEL=FILE names a column.

  churncost compare base.yaml mine.yaml
  churncost compare mine.yaml --set customer.years=12 --why
  churncost compare mine.yaml --vary customer.retention=70%..90%/5 --metric loss.total`,
		Args: atLeastOne,
		RunE: func(_ *cobra.Command, args []string) error {
			q.Set, q.Scenarios = r.set, nil
			for _, argument := range args {
				q.Scenarios = append(q.Scenarios, cutLabel(argument))
			}
			if err := checkColumns(q, args); err != nil {
				return p.fail(&r.out, "compare", err)
			}
			result, err := p.study(&r).Compare(q)
			return p.printResult(&r.out, result, err)
		},
	}
	r.flags(cmd)
	cmd.Flags().StringArrayVar(&q.Vary, "vary", nil, "`KEY=V1,V2,...` or KEY=LOW..HIGH/POINTS: a column for each value; twice for a grid")
	cmd.Flags().StringSliceVar(&q.Metrics, "metric", nil, "which `METRICS` to compare; by default the headline metrics that all scenarios have")
	cmd.Flags().BoolVar(&q.Why, "why", false, "divide the change among the inputs that differ")
	return cmd
}

// checkColumns refuses arguments and flags that do not go together.
func checkColumns(q study.CompareQuestion, args []string) error {
	if len(args) > 1 && len(q.Set)+len(q.Vary) > 0 {
		return &calc.Problem{Message: "--set and --vary change one scenario, and several are named", Hint: "name one scenario"}
	}
	return readOnce(args...)
}

// cutLabel splits LABEL=FILE. If the whole argument is the name of a file, it is not
// split.
func cutLabel(argument string) study.Labelled {
	label, path, found := strings.Cut(argument, "=")
	if !found {
		return study.Labelled{Name: argument}
	}
	if _, err := os.Stat(argument); err == nil {
		return study.Labelled{Name: argument}
	}
	return study.Labelled{Label: syntax.Printable(label), Name: path}
}
