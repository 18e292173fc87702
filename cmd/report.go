package cmd

import (
	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/render"
	"github.com/churncost/churncost/scenarios"
)

// newReport makes the command that tells all that a scenario feeds, in the
// order of the story, as one document.
func newReport(p *program) *cobra.Command {
	var r request
	cmd := &cobra.Command{
		Use:   "report [SCENARIO]",
		Short: "Report every calculator the scenario has inputs for",
		Args:  atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			document, err := p.report(args, &r)
			if err != nil {
				return p.fail(&r.out, "report", err)
			}
			return p.emit(r.out.chosen(), document)
		},
	}
	r.flags(cmd)
	return cmd
}

func (p *program) report(args []string, r *request) (*render.Document, error) {
	name := scenarios.Default
	if len(args) > 0 {
		name = args[0]
	}
	s, err := p.open(name, r.set)
	if err != nil {
		return nil, err
	}
	section := render.Section{Scenario: s, Notes: p.notes(s)}
	var problems calc.Problems
	curves := whatif.QuantileFunctions{}
	for _, c := range p.calculators {
		answer, err := r.answer(c.Model(), s)
		if missing := missingKeys(err); len(missing) > 0 {
			section.Unfed = append(section.Unfed, render.Unfed{Calculator: c.Name, Keys: missing})
			continue
		}
		if err != nil {
			problems = append(problems, problemsOf(err)...)
			continue
		}
		likely(c.Model, s, &answer, curves)
		section.Answers = append(section.Answers, answer)
	}
	if len(problems) > 0 {
		return nil, unique(problems)
	}
	if len(section.Answers) == 0 {
		return nil, s.Locate(calc.Problems{{Message: "the scenario has the inputs of no calculator", Hint: "churncost init prints one that does"}})
	}
	return &render.Document{Command: "report", Sections: []render.Section{section}}, nil
}

// missingKeys lists the keys that a calculator lacks, if that is all that is
// wrong.
func missingKeys(err error) []string {
	if err == nil {
		return nil
	}
	var keys []string
	for _, problem := range problemsOf(err) {
		if !problem.Missing {
			return nil
		}
		keys = append(keys, problem.Key)
	}
	return keys
}

// unique leaves out what several calculators found wrong alike, and sorts.
func unique(problems calc.Problems) calc.Problems {
	problems = refusedOnce(distinct(problems))
	problems.Sort()
	return problems
}
