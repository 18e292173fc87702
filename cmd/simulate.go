package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/render"
	"github.com/churncost/churncost/scenarios"
)

// newSimulate makes the command that turns ranges into distributions.
func newSimulate(p *program) *cobra.Command {
	s := simulator{program: p}
	cmd := &cobra.Command{
		Use:   "simulate [SCENARIO]",
		Short: "Draw every range again and again: how sure is the answer?",
		Long: `Draw every ranged input again and again, and tell how the metrics are distributed.

low..high is drawn evenly, low..likely..high from a PERT distribution; the long form
{low: 15%, likely: 25%, high: 35%, shape: triangular} chooses another:

  uniform, triangular, pert   low and high are bounds, likely is the peak
  normal, lognormal, beta     low and high are the ends of the central interval, of
                              90% unless interval: says otherwise; likely is the median

What falls outside an input's bounds is drawn again. The ± beside a number is one
standard error of the simulation itself.`,
		Args: atMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			document, err := s.simulate(cmd.Context(), args)
			if errors.Is(err, interruptedError{}) {
				return err
			}
			if err != nil {
				return p.fail(&s.request.out, "simulate", err)
			}
			return p.emit(s.request.out.chosen(), document)
		},
	}
	s.request.flags(cmd)
	s.draw.flags(cmd)
	cmd.Flags().StringSliceVar(&s.metrics, "metric", nil, "which `METRICS` to tell; the headline metrics if left out")
	cmd.Flags().StringArrayVar(&s.gates, "gate", nil, "`'METRIC <= LIMIT'`: how likely is it? repeatable")
	return cmd
}

// A simulator runs one simulation.
type simulator struct {
	program *program
	request request
	draw    draw
	metrics []string
	gates   []string
}

func (s *simulator) simulate(ctx context.Context, args []string) (*render.Document, error) {
	if err := s.draw.check(); err != nil {
		return nil, err
	}
	sc, err := s.program.openNamed(args, s.request.set)
	if err != nil {
		return nil, err
	}
	selected := &selection{program: s.program, scenario: sc}
	if err := selected.pickNamed(s.metrics); err != nil {
		return nil, err
	}
	shown := len(selected.names)
	gates, conditions, err := s.conditions(selected)
	if err != nil {
		return nil, err
	}
	notes, err := s.request.judgeAll(selected)
	if err != nil {
		return nil, err
	}
	w, err := selected.world()
	if err != nil {
		return nil, err
	}
	if err := hasRanges(sc, w); err != nil {
		return nil, err
	}
	stop, progress := s.program.watch(ctx)
	defer stop()
	result, err := whatif.Simulate(progress.ctx, selected.world, whatif.Request{Metrics: selected.metrics[:shown], Conditions: conditions,
		Trials: s.draw.trials, Seed: s.draw.seed, Correlations: sc.Correlations, Progress: progress.report})
	progress.clear()
	if errors.Is(err, context.Canceled) {
		return nil, interruptedError{}
	}
	if err != nil {
		return nil, sc.Locate(asProblems(err))
	}
	notes = append(notes, idle(sc.Correlations, w)...)
	out := &render.Simulation{Scenario: sc, Trials: s.draw.trials, Seed: s.draw.seed, Correlated: len(sc.Correlations) > 0}
	for i := range shown {
		if !result.Distributions[i].Finite() {
			return nil, selected.tooLarge(selected.names[i])
		}
		out.Metrics = append(out.Metrics, render.Simulated{Metric: selected.names[i], Unit: selected.units[i], Distribution: result.Distributions[i]})
	}
	for i, g := range gates {
		out.Chances = append(out.Chances, render.Chance{Gate: g.Text, Chance: result.Chances[i]})
	}
	if out.Tornado, err = selected.tornado(w); err != nil {
		return nil, err
	}
	return &render.Document{Command: "simulate", Simulation: out, Notes: notes}, nil
}

// tornado tells what each range does to the first metric, which is what one asks
// next: a page shows it under the distribution.
func (s *selection) tornado(w *whatif.Bindings) (*render.Sensitivity, error) {
	const nothing = 0 // what is no range was not drawn, and stays as it is
	base, swings, err := whatif.Tornado(w, s.metrics[0], nothing)
	if err != nil {
		return nil, s.scenario.Locate(asProblems(err))
	}
	if base != base {
		return nil, nil
	}
	return &render.Sensitivity{Scenario: s.scenario, Metric: s.names[0], Unit: s.units[0], Base: base, Swings: swings}, nil
}

// conditions reads the gates whose chance is asked for.
func (s *simulator) conditions(selected *selection) (gates []gate.Gate, conditions []whatif.Condition, err error) {
	known := s.program.metrics()
	var problems calc.Problems
	for _, text := range scenarios.FlagTexts("--gate", s.gates) {
		g, metric, err := s.program.gate(text.Text, known)
		if err == nil && (g.Change || g.Chance != nil) {
			err = &calc.Problem{Message: fmt.Sprintf("%q is no condition that one draw can meet", g.Text), Hint: "write METRIC <= LIMIT"}
		}
		if err != nil {
			for _, problem := range problemsOf(err) {
				problem.Place = text.Place
				problems = append(problems, problem)
			}
			continue
		}
		at := selected.pick(g.Metric, metric)
		gates = append(gates, g)
		minor := selected.scenario.Currency.Minor()
		conditions = append(conditions, whatif.Condition{Metric: selected.metrics[at],
			Holds: func(x float64) bool { return g.Op.Holds(metric.unit.Round(x, minor), g.Limit) }})
	}
	if len(problems) > 0 {
		return nil, nil, problems
	}
	return gates, conditions, nil
}

// idle warns of correlations that do nothing, for an input does not vary.
func idle(correlations []calc.Correlation, w *whatif.Bindings) (notes []calc.Note) {
	for _, c := range correlations {
		for _, key := range c.Keys {
			if w.Fixed(key) {
				notes = append(notes, calc.Note{Kind: calc.Warning, Key: key, Text: fmt.Sprintf("the correlation between %s and %s does nothing: %s is no range", c.Keys[0], c.Keys[1], key)})
				break
			}
		}
	}
	return notes
}

// judgeAll judges what the selected metrics rest on, as every command that
// computes does: it notes weak evidence and expired inputs.
func (r *request) judgeAll(selected *selection) (notes []calc.Note, err error) {
	var problems calc.Problems
	add := func(note calc.Note) { notes = addNote(notes, note) }
	for _, c := range selected.calculators {
		answer, err := r.answer(selected.program.calculators[c].Model(), selected.scenario)
		if err != nil {
			problems = append(problems, problemsOf(err)...)
			continue
		}
		for _, name := range selected.names {
			f := answer.Report.Figure(name)
			if f == nil {
				continue // another calculator tells it
			}
			for _, in := range f.Evidence() {
				if grade := in.Evidence.Grade; grade.Weak() {
					add(calc.Note{Kind: calc.Graded, Key: in.Key, Text: fmt.Sprintf("%s %s is a figure of grade %s: %s", in.Key, in.Evidence.Text, grade, grade.Means())})
				}
			}
		}
		for _, note := range answer.Report.Notes {
			if note.Kind == calc.Expired {
				add(note)
			}
		}
	}
	if len(problems) > 0 {
		return nil, unique(problems)
	}
	for _, note := range selected.program.notes(selected.scenario) {
		add(note)
	}
	return notes, nil
}

// asProblems gives an error's problems, for placing them.
func asProblems(err error) error { return problemsOf(err) }

// An interruptedError says that somebody pressed Ctrl-C.
type interruptedError struct{}

func (interruptedError) Error() string {
	return "interrupted: what was drawn so far is no answer, and is not shown"
}

// A progress shows on a terminal how far a long run is, once it takes longer
// than a second.
type progress struct {
	ctx   context.Context
	bar   func(text string) // nil where nobody looks
	begin time.Time
	lock  sync.Mutex
	shown string
}

// watch lets Ctrl-C end the run, and shows its progress if standard error is a
// terminal.
func (p *program) watch(ctx context.Context) (stop func(), shown *progress) {
	ctx, stop = signal.NotifyContext(ctx, os.Interrupt)
	shown = &progress{ctx: ctx, begin: time.Now()}
	if isTerminal(p.stderr) {
		shown.bar = func(text string) { fmt.Fprint(p.stderr, text) }
	}
	return stop, shown
}

// report is told how much is done.
func (p *progress) report(done, of int) {
	if p.bar == nil {
		return
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	if time.Since(p.begin) < time.Second {
		return
	}
	const width = 40
	filled := done * width / of
	text := fmt.Sprintf("\r[%s%s] %d%%", strings.Repeat("#", filled), strings.Repeat(".", width-filled), done*100/of)
	if text != p.shown {
		p.bar(text)
		p.shown = text
	}
}

// clear takes the bar away.
func (p *progress) clear() {
	if p.shown != "" {
		p.bar("\r" + strings.Repeat(" ", len(p.shown)) + "\r")
	}
}
