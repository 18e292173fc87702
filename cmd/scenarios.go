package cmd

import (
	"bytes"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/scenarios"
)

// newScenarios makes the command that lists the built-in scenarios or prints one.
func newScenarios(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "scenarios [NAME]",
		Short: "List the built-in scenarios, or print one",
		Example: `  churncost scenarios
  churncost scenarios cafe > mine.yaml`,
		Args: atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return p.listScenarios()
			}
			text, known := scenarios.BuiltInText(args[0])
			if !known {
				hint := "churncost scenarios lists them"
				if near := scenarios.Nearest(args[0], scenarios.Names()); near != "" {
					hint = "did you mean " + near + "?"
				}
				return &calc.Problem{Message: fmt.Sprintf("no built-in scenario is called %q", args[0]), Hint: hint}
			}
			return p.print(text)
		},
	}
}

func (p *program) listScenarios() error {
	var b bytes.Buffer
	for _, name := range scenarios.Names() {
		s, err := scenarios.Open(name, p.stdin, p.vocabulary)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%-20s %s  %s\n", name, s.Currency.Code(), s.Name)
	}
	return p.print(b.Bytes())
}
