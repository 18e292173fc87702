package cmd

import "github.com/spf13/cobra"

// newReport makes the command that reports every calculator, in the order of the catalog,
// as one document.
func newReport(p *program) *cobra.Command {
	var r request
	cmd := &cobra.Command{
		Use:   "report [SCENARIO]",
		Short: "Report every calculator the scenario has inputs for",
		Example: `  churncost report everything
  churncost report mine.yaml --format html=report.html`,
		Args: atMostOneScenario,
		RunE: func(_ *cobra.Command, args []string) error {
			result, err := p.study(&r).Report(r.named(args))
			return p.printResult(&r.out, result, err)
		},
	}
	r.flags(cmd)
	return cmd
}
