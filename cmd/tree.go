package cmd

import (
	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/scenarios"
)

// Tree returns the tree of commands, for the generator of the reference. It has no
// streams, so its commands cannot run.
func Tree() *cobra.Command {
	p := &program{calculators: catalog.All()}
	p.vocabulary = scenarios.NewVocabulary(p.calculators)
	root := newRoot(p, "")
	root.InitDefaultHelpCmd()
	addCompletion(root)
	for _, c := range p.calculators {
		if cmd, _, err := root.Find([]string{c.Name}); err == nil {
			cmd.Example = p.examples(c)
		}
	}
	return root
}
