package cmd

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/cmd/internal/judging"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/study"
	"github.com/churncost/churncost/scenarios"
)

// newCheck makes the command that validates scenarios and judges their gates: the only
// one that exits 1.
func newCheck(p *program) *cobra.Command {
	var r request
	var q judging.Question
	var gates []string
	cmd := &cobra.Command{
		Use:   "check SCENARIO...",
		Short: "Validate scenarios and judge their gates; exits 1 when one fails",
		Long: `Validate scenarios and judge their gates, those of the scenario and those of --gate.

A scenario is a file, a built-in, a folder (every .yaml and .yml file below it) or a
pattern in quotes, such as 'scenarios/**/*.yaml'. With --base FOLDER, the scenario under
the same path is its baseline, and what was added, removed or loosened since is listed.

Status 0: every gate holds. 1: a gate fails, or with --fail-on-unjudged something was not
judged. 2: something is wrong with a scenario, a gate or the baseline; every error is
reported, and the other scenarios are judged.`,
		Example: `  churncost check mine.yaml
  churncost check mine.yaml --gate 'loss.total <= 400000' --format junit=gates.xml
  churncost check scenarios --base base --fail-on-unjudged`,
		RunE: func(cmd *cobra.Command, args []string) error {
			q.Scenarios, q.Gates = args, scenarios.FlagTexts("--gate", gates)
			s := p.study(&r)
			result, err := check(cmd, s, q)
			if result == nil {
				result = &results.Result{Today: s.Today()}
			}
			result.Command = "check"
			if err != nil {
				return p.failWith(&r.out, result, err)
			}
			if err := p.emit(r.out.chosen(), result); err != nil {
				return err
			}
			if result.Status == gate.Fail || q.Complete && len(result.Unjudged) > 0 {
				p.sayFailed(&r.out, result)
				return failedError{}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&q.Base, "base", "", "`FILE|FOLDER` that .change gates compare with; a folder is matched by path")
	cmd.Flags().BoolVar(&q.Complete, "fail-on-unjudged", false, "exit 1 if something was not judged: a scenario or a .change gate without a baseline, a scenario without gates or removed, a gate removed or loosened")
	cmd.Flags().StringArrayVar(&gates, "gate", nil, "`'METRIC <= LIMIT'` must hold too; repeatable")
	drawFlags(cmd, &q.Draws)
	r.judging(cmd)
	r.out.add(cmd)
	return cmd
}

// check refuses wrong arguments and flags as errors of the result, so that no report of an
// earlier run stays.
func check(cmd *cobra.Command, s *study.Study, q judging.Question) (*results.Result, error) {
	if err := atLeastOne(cmd, q.Scenarios); err != nil {
		return nil, err
	}
	if err := errors.Join(checkTrials(q.Draws), readOnce(append([]string{q.Base}, q.Scenarios...)...)); err != nil {
		return nil, err
	}
	return judging.Check(s, q)
}

// A failedError means that a gate failed. The verdicts are printed already.
type failedError struct{}

func (failedError) Error() string { return "a gate failed" }
