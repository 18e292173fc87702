package cmd

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/scenarios"
)

// What simulate, sensitivity, solve and chance gates have in common.

// A draw says how often and from which seed ranges are drawn.
type draw struct {
	trials int
	seed   uint64
}

// The defaults, printed with every result.
const (
	defaultTrials = 100_000
	defaultSeed   = 1
	leastTrials   = 100 // fewer tell nothing of one in twenty
	mostTrials    = 2_000_000_000
)

// flags registers --trials and --seed.
func (d *draw) flags(cmd *cobra.Command) {
	d.trials, d.seed = defaultTrials, defaultSeed
	cmd.Flags().Var(wholeNumber[int]{&d.trials}, "trials", "how many `TRIALS` to draw")
	cmd.Flags().Var(wholeNumber[uint64]{&d.seed}, "seed", "where the random numbers begin: the same `SEED` gives the same bytes")
}

// wholeNumber is the value of a flag that is a whole number, not below zero.
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

func (d *draw) check() error {
	if d.trials < leastTrials || d.trials > mostTrials {
		return &calc.Problem{Message: fmt.Sprintf("--trials is %d", d.trials), Hint: fmt.Sprintf("write a number from %d to %d", leastTrials, mostTrials)}
	}
	return nil
}

// A selection is the metrics that a question is about, and the calculators that
// tell them, as the models of a world.
type selection struct {
	program     *program
	scenario    *scenarios.Scenario
	names       []string
	metrics     []whatif.Metric
	units       []calc.Unit
	calculators []int
}

// pick adds a metric, once, and gives its place.
func (s *selection) pick(name string, m metricName) int {
	for i, known := range s.names {
		if known == name {
			return i
		}
	}
	model := -1
	for i, c := range s.calculators {
		if c == m.calculator {
			model = i
		}
	}
	if model < 0 {
		model = len(s.calculators)
		s.calculators = append(s.calculators, m.calculator)
	}
	s.names = append(s.names, name)
	s.metrics = append(s.metrics, whatif.Metric{Model: model, Index: m.index})
	s.units = append(s.units, m.unit)
	return len(s.names) - 1
}

// world makes a world of the selected calculators, bound to the scenario.
func (s *selection) world() (*whatif.Bindings, error) {
	models := make([]*calc.Model, len(s.calculators))
	for i, c := range s.calculators {
		models[i] = s.program.calculators[c].Model()
		if err := s.scenario.Bind(models[i]); err != nil {
			return nil, err
		}
	}
	return whatif.NewBindings(models), nil
}

// tooLarge says that what is told of a metric is beyond what a number holds.
func (s *selection) tooLarge(metric string) error {
	return s.scenario.Locate(calc.Problems{{Message: "what is to be told of " + metric + " is too large", Hint: "look for an input that is far too large"}})
}

// isGivenRange tells whether an input is a range that somebody wrote, and not a
// benchmark that filled a silence: nobody asked how that is distributed.
func isGivenRange(in *calc.Input) bool {
	return !in.Range.Exact() && (in.Origin != calc.FromBenchmark || in.Place.Document != nil)
}

// pickNamed selects the metrics of --metric, or the headline metrics of every
// calculator that the scenario feeds with a range.
func (s *selection) pickNamed(names []string) error {
	known := s.program.metrics()
	var problems calc.Problems
	for _, name := range names {
		m, found := known[name]
		if !found {
			problems = append(problems, problemsOf(s.program.unknownMetric(name))...)
			continue
		}
		s.pick(name, m)
	}
	if len(problems) > 0 {
		return problems
	}
	if len(names) > 0 {
		return nil
	}
	fed := false
	for i, c := range s.program.calculators {
		m := c.Model()
		if !m.Fed(s.scenario.Inputs) {
			continue
		}
		if err := s.scenario.Bind(m); err != nil {
			if ignoreMissing(err) == nil {
				continue
			}
			return err
		}
		fed = true
		values, err := m.Figures(nil)
		if err != nil {
			return s.scenario.Locate(err)
		}
		if !slices.ContainsFunc(m.Inputs(), isGivenRange) {
			continue
		}
		for _, name := range m.HeadlineMetrics() {
			if metric := known[name]; metric.calculator == i && values[metric.index] == values[metric.index] {
				s.pick(name, metric)
			}
		}
	}
	if !fed {
		return s.scenario.Locate(calc.Problems{{Message: "the scenario has the inputs of no calculator", Hint: "churncost init prints one that does"}})
	}
	return nil
}

// hasRanges refuses a scenario in which nothing is uncertain.
func hasRanges(s *scenarios.Scenario, w *whatif.Bindings) error {
	if w.Ranges() > 0 {
		return nil
	}
	return s.Locate(calc.Problems{{Message: "no input is a range: there is nothing to draw", Hint: "write one as low..high or low..likely..high, also with --set"}})
}

// openNamed opens the scenario that is named, or the founding one.
func (p *program) openNamed(args, set []string) (*scenarios.Scenario, error) {
	name := scenarios.Default
	if len(args) > 0 {
		name = args[0]
	}
	return p.open(name, set)
}
