package cmd

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
)

// newHelp makes the command that prints the help of another. Cobra's own prints the
// general help, with status 0, for a command that does not exist.
func newHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Print the help of a command",
		Example: "  churncost help loss",
		ValidArgsFunction: func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
			return offer(commandNames(root), typed)
		},
		RunE: func(_ *cobra.Command, args []string) error {
			found, rest, err := root.Find(args)
			if err != nil {
				return err
			}
			switch {
			case len(rest) == 0:
			case found.HasSubCommands():
				return unknownCommand(found, rest[0])
			default:
				return &calc.Problem{Message: fmt.Sprintf("%s has no command %q", found.CommandPath(), rest[0]), Hint: "leave it out: churncost help " + found.Name()}
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
	}
}

// addCompletion adds cobra's completion, which writes to the output that root has now. It
// refuses a shell that there is no script for.
func addCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.Args, cmd.Example = cobra.ArbitraryArgs, "  churncost completion bash > churncost.bash"
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			return cmd.Help()
		}
		for _, shell := range cmd.Commands() {
			shell.Example = "  churncost completion " + shell.Name()
		}
	}
}

// commandNames lists the commands below one.
func commandNames(cmd *cobra.Command) []string {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() || c.Name() == "help" {
			names = append(names, c.Name())
		}
	}
	return names
}
