// Package cmd is the command line: one file for each command that is not a
// calculator, and one command for each calculator in the catalog.
package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/scenarios"
)

// The exit statuses.
const (
	statusOK      = 0 // it worked
	statusFailed  = 1 // a gate failed; only check
	statusInvalid = 2 // no verdict: bad flag, bad scenario, output that could not be written

	statusInterrupted = 130 // by Ctrl-C
)

// A program is what every command is given: the calculators, the keys they
// know, and the streams.
type program struct {
	calculators []calc.Calculator
	vocabulary  *scenarios.Vocabulary
	stdin       io.Reader
	stdout      io.Writer
	stderr      io.Writer
	colour      colour
}

// Main runs one command line and gives its exit status.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return run(catalog.All(), args, stdin, stdout, stderr)
}

func run(calculators []calc.Calculator, args []string, stdin io.Reader, stdout, stderr io.Writer) (status int) {
	// A reader that has seen enough is no error: without this, the signal would
	// end the program with a status of its own.
	signal.Ignore(syscall.SIGPIPE)
	p := &program{calculators: calculators, vocabulary: scenarios.NewVocabulary(calculators), stdin: stdin, stdout: stdout, stderr: stderr}
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(stderr, "churncost: error: a fault of the program itself, please report it: %v\n", r)
			status = statusInvalid
		}
	}()
	only := ""
	if len(args) > 0 {
		only = args[0]
	}
	root := newRoot(p, only)
	var said bytes.Buffer // help and completion, printed as everything else is
	root.SetOut(&said)
	if isCompleting(args) {
		p.complete(root)
	}
	root.SetArgs(append([]string{}, args...)) // nil would mean the process's own
	err := root.Execute()
	if err == nil && said.Len() > 0 {
		err = p.print(said.Bytes())
	}
	if err == nil {
		return statusOK
	}
	if errors.Is(err, failedError{}) {
		return statusFailed
	}
	p.complain(err)
	if errors.Is(err, interruptedError{}) {
		return statusInterrupted
	}
	return statusInvalid
}

// newRoot makes the tree of commands. Where only names a calculator, the tree has
// no other command: a run makes what it runs, for twenty more take a tenth of its
// time.
func newRoot(p *program, only string) *cobra.Command {
	root := &cobra.Command{
		Use:   "churncost",
		Short: "What does one lost customer cost?",
		Long: `What does one lost customer cost? churncost computes it from a scenario, a YAML
file of assumptions, and shows where each number came from.

  churncost loss                          the built-in example
  churncost loss mine.yaml                your own numbers
  churncost loss --set customer.years=5   one of them changed
  churncost scenarios half-lettuce > mine.yaml`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			return cmd.Help()
		},
	}
	root.SetIn(p.stdin)
	root.SetErr(p.stderr)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return flagProblem(cmd, err) })
	root.PersistentFlags().Var(&p.colour, "color", "auto, always or never")
	root.AddGroup(&cobra.Group{ID: "calculators", Title: "Calculators:"})
	for _, c := range p.calculators {
		if c.Name == only {
			root.AddCommand(newCalculator(p, c))
			return root
		}
	}
	for _, c := range p.calculators {
		root.AddCommand(newCalculator(p, c))
	}
	root.AddCommand(newReport(p), newCompare(p), newCheck(p), newSimulate(p), newSensitivity(p), newSolve(p), newInit(p), newScenarios(p), newSources(p), newSchema(p))
	return root
}

// unknownCommand names the commands that may have been meant.
func unknownCommand(cmd *cobra.Command, name string) error {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	hint := "churncost --help lists the commands"
	if near := scenarios.Nearest(name, names); near != "" {
		hint = "did you mean " + near + "?"
	}
	return &calc.Problem{Message: fmt.Sprintf("unknown command %q", name), Hint: hint}
}

// quiet passes what is written on, and takes a closed pipe for success.
type quiet struct{ io.Writer }

func (q quiet) Write(data []byte) (int, error) {
	n, err := q.Writer.Write(data)
	if errors.Is(err, syscall.EPIPE) {
		return len(data), nil
	}
	return n, err
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
	switch text {
	case "auto", "always", "never":
		*c = colour(text)
		return nil
	}
	return errors.New("it can be auto, always or never")
}

// wanted tells whether what goes to a stream is to be coloured.
func (c *colour) wanted(stream io.Writer) bool {
	switch c.String() {
	case "always":
		return true
	case "never":
		return false
	}
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(stream)
}
