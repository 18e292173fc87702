package cmd

import (
	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/scenarios"
)

// Tree is the tree of commands, for whoever describes them. It has no streams,
// and is not to be run.
func Tree() *cobra.Command {
	calculators := catalog.All()
	root := newRoot(&program{calculators: calculators, vocabulary: scenarios.NewVocabulary(calculators)}, "")
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	return root
}
