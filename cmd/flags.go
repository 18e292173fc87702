package cmd

import (
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/internal/options"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/study"
)

// A request holds the flags that most commands have.
type request struct {
	set    []string
	out    outputs
	strict bool
	today  options.Day
}

// flags registers the flags of a command that reads one scenario and computes.
func (r *request) flags(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&r.set, "set", nil, "`KEY=VALUE` changes one input; repeatable, the last wins")
	r.judging(cmd)
	r.out.add(cmd)
}

// judging registers --strict and --today.
func (r *request) judging(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&r.strict, "strict", false, "refuse a result that is based on evidence of grade C or X, on a figure without a source, or on an expired input, unless the scenario acknowledges it")
	cmd.Flags().Var(&r.today, "today", "`DATE` by which expiry dates are judged, such as 2026-05-01; today by default")
}

// study returns the Study that answers a command's question.
func (p *program) study(r *request) *study.Study {
	return &study.Study{Calculators: p.calculators, Vocabulary: p.vocabulary, Stdin: p.stdin, Strict: r.strict, Today: sync.OnceValue(r.today.OrNow)}
}

// named returns the scenario of a command that takes at most one.
func (r *request) named(args []string) study.Named {
	if len(args) == 0 {
		return study.Named{Default: true, Set: r.set}
	}
	return study.Named{Name: args[0], Set: r.set}
}

// printResult prints a result. If there is an error, it writes it to the formats that
// include errors.
func (p *program) printResult(o *outputs, result *results.Result, err error) error {
	if err != nil {
		return p.fail(o, o.command, err)
	}
	result.Command = o.command
	return p.emit(o.chosen(), result)
}

// The number of trials of a simulation. With fewer than leastTrials, the 5% and 95%
// quantiles mean nothing.
const (
	defaultTrials = 100_000
	leastTrials   = 100
	mostTrials    = 2_000_000_000
)

// drawFlags registers --trials and --seed.
func drawFlags(cmd *cobra.Command, d *study.Draws) {
	d.Trials, d.Seed = defaultTrials, study.DefaultSeed
	cmd.Flags().Var(options.WholeNumber[int]{To: &d.Trials}, "trials", "how many `TRIALS` to draw")
	cmd.Flags().Var(options.WholeNumber[uint64]{To: &d.Seed}, "seed", "`SEED` of the random numbers: the same seed gives the same bytes")
}

// checkTrials refuses too few trials, and too many.
func checkTrials(d study.Draws) error {
	if d.Trials < leastTrials || d.Trials > mostTrials {
		return &calc.Problem{Message: fmt.Sprintf("--trials is %d", d.Trials), Hint: fmt.Sprintf("write a number from %d to %d", leastTrials, mostTrials)}
	}
	return nil
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &calc.Problem{Message: fmt.Sprintf("%s takes no arguments, and %d are given", cmd.Name(), len(args)), Hint: "leave them out; the scenario is printed, and > FILE keeps it"}
	}
	return nil
}

func atMostOne(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return &calc.Problem{Message: fmt.Sprintf("%s takes one scenario, and %d are given", cmd.Name(), len(args)), Hint: "leave the others out"}
	}
	return nil
}

// atMostOneScenario also refuses a file on standard input that nothing reads: without a
// name the built-in scenario is computed, and a user who typed < FILE would take its
// result for their own. A pipe or /dev/null may be there without anybody's doing.
func atMostOneScenario(cmd *cobra.Command, args []string) error {
	stdin, isFile := cmd.InOrStdin().(*os.File)
	if len(args) > 0 || !isFile {
		return atMostOne(cmd, args)
	}
	if info, err := stdin.Stat(); err == nil && info.Mode().IsRegular() {
		return &calc.Problem{Message: "a file is on standard input, and no scenario is named", Hint: "name it, or - to read standard input: " + cmd.CommandPath() + " - < FILE"}
	}
	return nil
}

func atLeastOne(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return &calc.Problem{Message: cmd.Name() + " takes at least one scenario", Hint: "name a file, a built-in such as half-lettuce, or - for standard input"}
	}
	return nil
}

// readOnce refuses to read standard input twice. The second time it would be empty.
func readOnce(names ...string) error {
	times := 0
	for _, name := range names {
		if name == "-" || strings.HasSuffix(name, "=-") {
			times++
		}
	}
	if times > 1 {
		return &calc.Problem{Message: "standard input is named twice, and can be read once", Hint: "save it to a file and name that"}
	}
	return nil
}
