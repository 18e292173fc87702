package cmd

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/study"
	"github.com/churncost/churncost/scenarios/files"
	"github.com/churncost/churncost/scenarios/syntax"
)

// newCompare makes the command that compares scenarios.
func newCompare(p *program) *cobra.Command {
	var r request
	var q study.CompareQuestion
	cmd := &cobra.Command{
		Use:   "compare BASE [SCENARIO...]",
		Short: "Compare scenarios; the first is the baseline",
		Long: `Compare scenarios. The first is the baseline; LABEL=FILE names a column. With --base
FOLDER each is compared with the file of the same path in that folder, in one table,
largest change first.

A folder stands for the scenarios in it and below; ** in a pattern for any folders.`,
		Example: `  churncost compare base.yaml mine.yaml
  churncost compare --base base scenarios --format markdown=comment.md
  churncost compare mine.yaml --set customer.years=12 --why
  churncost compare mine.yaml --vary customer.retention=70%..90%/5 --metric loss.total`,
		Args: atLeastOne,
		RunE: func(_ *cobra.Command, args []string) error {
			q.Set = r.set
			if err := findColumns(&q, args); err != nil {
				return p.fail(&r.out, "compare", err)
			}
			result, err := p.study(&r).Compare(q)
			return p.printResult(&r.out, result, err)
		},
	}
	r.flags(cmd)
	cmd.Flags().StringVar(&q.Base, "base", "", "`FILE|FOLDER` to compare with; a folder is matched by path")
	cmd.Flags().StringArrayVar(&q.Vary, "vary", nil, "`KEY=V1,V2,...` or KEY=LOW..HIGH/POINTS: a column for each value; twice for a grid")
	cmd.Flags().StringSliceVar(&q.Metrics, "metric", nil, "which `METRICS` to compare; by default the headline metrics that all scenarios have")
	cmd.Flags().BoolVar(&q.Why, "why", false, "divide the change among the inputs that differ")
	return cmd
}

// findColumns finds the scenarios that arguments and --base name. A baseline that is a
// file is the first column.
func findColumns(q *study.CompareQuestion, args []string) error {
	folder := files.IsFile(q.Base) && files.IsFolder(q.Base)
	if q.Base != "" && !folder {
		args, q.Base = append([]string{q.Base}, args...), ""
	}
	var problems calc.Problems
	seen := map[study.Labelled]bool{}
	q.Scenarios = nil
	for _, argument := range args {
		found, err := labelled(argument)
		if err != nil {
			problems = append(problems, calc.ProblemsOf(err)...)
		}
		for _, one := range found {
			if !seen[one] {
				seen[one] = true
				q.Scenarios = append(q.Scenarios, one)
			}
		}
	}
	switch {
	case len(problems) > 0:
		return problems
	case len(q.Set)+len(q.Vary) > 0 && (len(q.Scenarios) > 1 || folder):
		return &calc.Problem{Message: "--set and --vary change one scenario, and several are named", Hint: "name one scenario"}
	case folder:
		return findBases(q, args)
	}
	return readOnce(args...)
}

// findBases lists the scenarios that are only in the folder of baselines. One that holds
// others, but none of these, is probably the wrong folder.
func findBases(q *study.CompareQuestion, args []string) error {
	if files.Same(q.Base, ".") {
		return &calc.Problem{Place: quantity.PlaceIn(q.Base), Message: "the baseline is what is compared: no change can show", Hint: "give --base a copy of what was before the change, such as one that git worktree add makes"}
	}
	named := map[string]bool{}
	matched := false
	for _, s := range q.Scenarios {
		named[s.Name] = true
		_, err := os.Stat(filepath.Join(q.Base, s.Name))
		matched = matched || err == nil
	}
	if some, err := files.In(q.Base, "."); err == nil && !matched {
		return &calc.Problem{Place: quantity.PlaceIn(q.Base), Message: "none of the scenarios is in this folder of baselines", Hint: "the paths below it must be those of the scenarios from here; it has " + some[0]}
	}
	q.Removed = nil
	for _, argument := range args {
		there, _ := files.In(q.Base, argument) // that nothing is there any more is no error
		for _, path := range there {
			if _, err := os.Stat(filepath.Join(q.Base, path)); err == nil && !named[path] {
				named[path] = true
				q.Removed = append(q.Removed, path)
			}
		}
	}
	return nil
}

// labelled lists the scenarios of an argument. LABEL=FILE is one. If the whole argument is
// the name of a file, it is not split.
func labelled(argument string) ([]study.Labelled, error) {
	if label, path, found := strings.Cut(argument, "="); found {
		if _, err := os.Stat(argument); err != nil {
			return []study.Labelled{{Label: syntax.Printable(label), Name: path}}, nil
		}
	}
	names, err := files.Expand([]string{argument})
	all := make([]study.Labelled, len(names))
	for i, name := range names {
		all[i].Name = name
	}
	return all, err
}
