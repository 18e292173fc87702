package cmd

import (
	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/scenarios"
)

// Tree returns the tree of commands, for the generator of the reference. It has no
// streams, so its commands cannot run.
func Tree() *cobra.Command {
	calculators := catalog.All()
	root := newRoot(&program{calculators: calculators, vocabulary: scenarios.NewVocabulary(calculators)}, "")
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	return root
}
