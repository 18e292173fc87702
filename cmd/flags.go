package cmd

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/study"
	"github.com/churncost/churncost/scenarios"
)

// A request holds the flags that most commands have.
type request struct {
	set    []string
	out    outputs
	strict bool
	today  day
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
	return &study.Study{Calculators: p.calculators, Vocabulary: p.vocabulary, Stdin: p.stdin, Strict: r.strict, Today: sync.OnceValue(r.today.orNow)}
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

// day is the value of --today, in the form that scenarios use, so that dates compare as
// strings.
type day string

func (d *day) String() string { return string(*d) }

func (d *day) Type() string { return "date" }

func (d *day) Set(text string) error {
	if !scenarios.IsDate(text) {
		return errors.New("write it as 2026-05-01")
	}
	*d = day(text)
	return nil
}

// orNow returns the day that is given, or the current day. Only this reads the clock.
func (d day) orNow() string {
	if d == "" {
		return time.Now().Format(time.DateOnly)
	}
	return string(d)
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
	cmd.Flags().Var(wholeNumber[int]{&d.Trials}, "trials", "how many `TRIALS` to draw")
	cmd.Flags().Var(wholeNumber[uint64]{&d.Seed}, "seed", "`SEED` of the random numbers: the same seed gives the same bytes")
}

// checkTrials refuses too few trials, and too many.
func checkTrials(d study.Draws) error {
	if d.Trials < leastTrials || d.Trials > mostTrials {
		return &calc.Problem{Message: fmt.Sprintf("--trials is %d", d.Trials), Hint: fmt.Sprintf("write a number from %d to %d", leastTrials, mostTrials)}
	}
	return nil
}

// wholeNumber is the value of a flag that takes a whole number, zero or more.
type wholeNumber[T int | uint64] struct{ to *T }

func (w wholeNumber[T]) String() string { return fmt.Sprint(*w.to) }

func (w wholeNumber[T]) Type() string { return "number" }

func (w wholeNumber[T]) Set(text string) error {
	n, err := strconv.ParseUint(strings.ReplaceAll(text, "_", ""), 10, 64)
	if *w.to = T(n); err != nil || *w.to < 0 || uint64(*w.to) != n {
		return errors.New("write a whole number, such as 100_000")
	}
	return nil
}

// A share is the value of a flag such as --swing: 10%.
type share struct{ value float64 }

func (s *share) String() string { return fmt.Sprintf("%g%%", s.value*100) }

func (s *share) Type() string { return "share" }

func (s *share) Set(text string) error {
	n, err := quantity.ParseNumeral(text)
	if err != nil || n.Suffix != "%" || n.Value <= 0 || n.Value >= 1 {
		return errors.New("write a share between 0% and 100%, such as 10%")
	}
	s.value = n.Value
	return nil
}

func atMostOne(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return &calc.Problem{Message: fmt.Sprintf("%s takes one scenario, and %d are given", cmd.Name(), len(args)), Hint: "leave the others out"}
	}
	return nil
}

func atLeastOne(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return &calc.Problem{Message: cmd.Name() + " takes at least one scenario", Hint: "name a file, or a built-in such as half-lettuce"}
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
