package cmd

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/study"
	"github.com/churncost/churncost/scenarios"
)

// newCheck makes the command that validates scenarios and judges their gates: the only
// one that exits 1.
func newCheck(p *program) *cobra.Command {
	var r request
	var q study.CheckQuestion
	var gates []string
	cmd := &cobra.Command{
		Use:   "check SCENARIO...",
		Short: "Validate scenarios and judge their gates; exits 1 when one fails",
		Long: `Validate scenarios and judge their gates, those of the scenario and those of --gate.

Status 0: every gate holds. 1: a gate fails. 2: no verdict, because something is wrong
with a scenario, a gate or the baseline; every error is reported, and nothing is judged.`,
		Args: atLeastOne,
		RunE: func(_ *cobra.Command, args []string) error {
			q.Scenarios, q.Gates = args, scenarios.FlagTexts("--gate", gates)
			s := p.study(&r)
			result, err := check(s, q)
			if err != nil {
				return p.failWith(&r.out, &results.Result{Command: "check", Today: s.Today()}, err)
			}
			if err := p.printResult(&r.out, result, nil); err != nil {
				return err
			}
			if result.Status == gate.Fail {
				return failedError{}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&q.Base, "base", "", "`FILE|FOLDER` that .change gates compare with; a folder is matched by path")
	cmd.Flags().StringArrayVar(&gates, "gate", nil, "`'METRIC <= LIMIT'` must hold too; repeatable")
	drawFlags(cmd, &q.Draws)
	r.judging(cmd)
	r.out.add(cmd)
	return cmd
}

func check(s *study.Study, q study.CheckQuestion) (*results.Result, error) {
	if err := errors.Join(checkTrials(q.Draws), readOnce(append([]string{q.Base}, q.Scenarios...)...)); err != nil {
		return nil, err
	}
	return s.Check(q)
}

// A failedError means that a gate failed. The verdicts are printed already.
type failedError struct{}

func (failedError) Error() string { return "a gate failed" }
