package cmd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/evidence"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/scenarios"
)

// newSources makes the command that shows the built-in figures.
func newSources(p *program) *cobra.Command {
	var out outputs
	cmd := &cobra.Command{
		Use:   "sources [WORD|KEY]",
		Short: "Show every built-in figure: value, grade, who, when, caveat",
		Example: `  churncost sources
  churncost sources word_of_mouth.leave
  churncost sources reichheld`,
		Args: atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			found, whole, err := findSources(args)
			if err != nil {
				return p.fail(&out, "sources", err)
			}
			return p.emit(out.chosen(), &results.Result{Command: "sources", InFull: whole, Findings: results.Findings{Sources: results.Sources(found)}})
		},
	}
	out.add(cmd)
	return cmd
}

// findSources finds the figures of a key, which are then explained in full, or the
// figures that contain a word.
func findSources(args []string) (found []*quantity.Source, inFull bool, err error) {
	all := evidence.All()
	if len(args) == 0 {
		return all, false, nil
	}
	for _, s := range all {
		if s.Key == args[0] {
			found = append(found, s)
		}
	}
	if len(found) > 0 {
		return found, true, nil
	}
	word := strings.ToLower(args[0])
	var keys []string
	for _, s := range all {
		if slices.ContainsFunc(sourceTexts(s), func(text string) bool { return strings.Contains(strings.ToLower(text), word) }) {
			found = append(found, s)
		}
		keys = append(keys, s.Key)
	}
	if len(found) == 0 {
		hint := "churncost sources lists them all"
		if near := scenarios.Nearest(args[0], keys); near != "" {
			hint = "did you mean " + near + "?"
		}
		return nil, false, &calc.Problem{Message: fmt.Sprintf("no built-in figure mentions %q", args[0]), Hint: hint}
	}
	return found, false, nil
}

// sourceTexts returns the texts of a source to search for a word.
func sourceTexts(s *quantity.Source) []string {
	return []string{s.Key, s.Text, s.Measures, s.Population, s.Author, s.Title, s.Met, s.Caveat, s.Against, "grade " + string(s.Grade)}
}
