package cmd

import (
	"github.com/spf13/cobra"

	"github.com/churncost/churncost/scenarios"
)

// newInit makes the command that prints a scenario to start from.
func newInit(p *program) *cobra.Command {
	return &cobra.Command{
		Use:     "init",
		Short:   "Print a commented scenario to start from",
		Example: "  churncost init > mine.yaml",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			return p.print([]byte(scenarios.Starter(p.vocabulary)))
		},
	}
}
