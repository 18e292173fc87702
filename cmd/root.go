// Package cmd is the command line: one file for each command that is not a
// calculator, and one command for each calculator in the catalog.
package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/cmd/internal/fault"
	"github.com/churncost/churncost/cmd/internal/write"
	"github.com/churncost/churncost/scenarios"
)

// The exit statuses.
const (
	statusOK      = 0 // success
	statusFailed  = 1 // a gate failed; only check
	statusInvalid = 2 // no result: bad flag, bad scenario, output that could not be written

	statusInterrupted = 130 // by Ctrl-C
)

// A program holds what every command needs: the calculators, the keys they know, and the
// streams.
type program struct {
	calculators []calc.Calculator
	vocabulary  *scenarios.Vocabulary
	stdin       io.Reader
	stdout      io.Writer
	stderr      io.Writer
	colour      colour
}

// Main runs one command line and returns its exit status.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	write.IgnoreSIGPIPE()
	return run(catalog.All(), args, stdin, stdout, stderr)
}

func run(calculators []calc.Calculator, args []string, stdin io.Reader, stdout, stderr io.Writer) (status int) {
	defer func() {
		if r := recover(); r != nil {
			printFault(stderr, fault.From(r))
			status = statusInvalid
		}
	}()
	p := &program{calculators: calculators, vocabulary: scenarios.NewVocabulary(calculators), stdin: stdin, stdout: stdout, stderr: stderr}
	only := ""
	if len(args) > 0 {
		only = args[0]
	}
	root := newRoot(p, only)
	var help bytes.Buffer // help and completions go through print, like all output
	root.SetOut(&help)
	addCompletion(root)
	if isCompleting(args) {
		p.complete(root)
	}
	root.SetArgs(append([]string{}, args...)) // nil would mean the arguments of the process
	err := root.Execute()
	if err == nil && help.Len() > 0 {
		err = p.print(help.Bytes())
	}
	switch {
	case err == nil:
		return statusOK
	case errors.Is(err, failedError{}):
		return statusFailed
	}
	p.complain(err)
	if errors.Is(err, interruptedError{}) {
		return statusInterrupted
	}
	return statusInvalid
}

// printFault prints a panic, where it happened and where to report it.
func printFault(stderr io.Writer, f *fault.Fault) {
	fmt.Fprintf(stderr, "churncost: error: a bug in churncost: %v\n"+
		"      = please report it with the following lines at %s\n\n%s\n%s", f, newIssue, version(), f.Stack)
}

// newRoot makes the tree of commands. If only names a calculator, the tree has no other
// command: making the other twenty takes a tenth of a run.
func newRoot(p *program, only string) *cobra.Command {
	var showVersion bool
	root := &cobra.Command{
		Use:   "churncost",
		Short: "What does one lost customer cost?",
		Long: `What does one lost customer cost? churncost computes it from a scenario, a YAML
file of assumptions, and shows where each number came from.`,
		Example: `  churncost loss                          # the built-in example
  churncost scenarios half-lettuce > mine.yaml
  churncost loss mine.yaml                # your own numbers
  churncost loss --set customer.years=5   # one of them changed`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			if showVersion {
				return p.print([]byte(version()))
			}
			return cmd.Help()
		},
	}
	root.SetIn(p.stdin)
	root.SetErr(p.stderr)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return flagProblem(cmd, err) })
	root.Flags().BoolVar(&showVersion, "version", false, "print version, commit, date and Go version") // cobra's own would take -v
	root.PersistentFlags().Var(&p.colour, "color", "auto, always or never")
	root.AddGroup(&cobra.Group{ID: "calculators", Title: "Calculators:"})
	for _, c := range p.calculators {
		if c.Name == only {
			root.CompletionOptions.DisableDefaultCmd = true
			root.AddCommand(newCalculator(p, c))
			return root
		}
	}
	for _, c := range p.calculators {
		root.AddCommand(newCalculator(p, c))
	}
	root.AddCommand(newReport(p), newCompare(p), newCheck(p), newSimulate(p), newSensitivity(p), newSolve(p), newFit(p), newSQL(p), newInit(p), newScenarios(p), newSources(p), newSchema(p))
	root.SetHelpCommand(newHelp(root))
	return root
}

// unknownCommand is the error about an unknown command. It suggests the nearest one.
func unknownCommand(cmd *cobra.Command, name string) error {
	hint := cmd.CommandPath() + " --help lists the commands"
	if near := scenarios.Nearest(name, commandNames(cmd)); near != "" {
		hint = "did you mean " + near + "?"
	}
	return &calc.Problem{Message: fmt.Sprintf("unknown command %q", name), Hint: hint}
}

// colour is the value of --color.
type colour string

func (c *colour) String() string {
	if *c == "" {
		return "auto"
	}
	return string(*c)
}

func (c *colour) Type() string { return "when" }

func (c *colour) Set(text string) error {
	if !slices.Contains(colours(), text) {
		return errors.New("it can be auto, always or never")
	}
	*c = colour(text)
	return nil
}

func colours() []string { return []string{"auto", "always", "never"} }

// wanted reports whether output to a stream is coloured.
func (c *colour) wanted(stream io.Writer) bool {
	switch c.String() {
	case "always":
		return true
	case "never":
		return false
	}
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(stream)
}
