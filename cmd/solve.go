package cmd

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/render"
	"github.com/churncost/churncost/scenarios"
)

// newSolve makes the command that seeks a goal.
func newSolve(p *program) *cobra.Command {
	s := solver{program: p}
	cmd := &cobra.Command{
		Use:   "solve [SCENARIO] --metric METRIC --target TARGET --by KEY",
		Short: "Find the input value that reaches a target",
		Long: `Find the values of one input at which a metric reaches a target, all others at their
likely values. All of them are told that 1,024 equal steps of the searched range separate;
each to a millionth of a millionth of that range. A jump across the target is told as one;
a metric that only touches its target between two steps is not seen to do so. With --by A,B
the pairs of two inputs.

What is searched: --between; else from the input's lower to its upper bound; where it has
none, to ten times its present value.

  churncost solve everything --metric winback.gain --target 0 --by winback.offer_cost`,
		Args: atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			document, err := s.solve(args)
			if err != nil {
				return p.fail(&s.request.out, "solve", err)
			}
			return p.emit(s.request.out.chosen(), document)
		},
	}
	s.request.flags(cmd)
	cmd.Flags().StringVar(&s.metric, "metric", "", "the `METRIC` that is to reach the target")
	cmd.Flags().StringVar(&s.target, "target", "", "the `TARGET`, in the metric's unit")
	cmd.Flags().StringSliceVar(&s.by, "by", nil, "the input `KEY` to change; two for a line of pairs")
	cmd.Flags().StringVar(&s.between, "between", "", "the range `LOW..HIGH` to search, as the input is written; of the last of two keys")
	return cmd
}

// A solver seeks one goal.
type solver struct {
	program                 *program
	request                 request
	metric, target, between string
	by                      []string
}

// linePoints is how many pairs are drawn.
const linePoints = 21

func (v *solver) solve(args []string) (*render.Document, error) {
	s, err := v.program.openNamed(args, v.request.set)
	if err != nil {
		return nil, err
	}
	m, target, err := v.goal()
	if err != nil {
		return nil, err
	}
	selected := &selection{program: v.program, scenario: s}
	selected.pick(v.metric, m)
	today := selected.today()
	var unknowns []unknown
	for i, key := range v.by {
		if i > 0 && strings.TrimSpace(key) == unknowns[0].key {
			return nil, &calc.Problem{Message: fmt.Sprintf("--by names %s twice", unknowns[0].key), Hint: "name two inputs, or one"}
		}
		between := ""
		if i == len(v.by)-1 {
			between = v.between
		}
		u, err := newUnknown(s, key, between)
		if err != nil {
			return nil, err
		}
		unknowns = append(unknowns, u)
		s.Inputs[u.key] = u.placeholder(s)
	}
	notes, err := v.request.judgeAll(selected)
	if err != nil {
		return nil, err
	}
	notes = slices.DeleteFunc(notes, func(note calc.Note) bool { // what is sought rests on nothing
		return slices.ContainsFunc(unknowns, func(u unknown) bool { return u.key == note.Key })
	})
	w, err := selected.world()
	if err != nil {
		return nil, err
	}
	out := &render.Solution{Scenario: s, Metric: v.metric, Unit: m.unit, Target: target}
	for _, u := range unknowns {
		out.Keys = append(out.Keys, render.Sought{Key: u.key, Write: u.write, Low: u.low, High: u.high})
	}
	search := func(w *whatif.Bindings, u unknown) (*whatif.Solution, error) {
		found, err := whatif.Solve(w, selected.metrics[0], target, u.key, u.low, u.high)
		if err != nil {
			return nil, s.Locate(asProblems(err))
		}
		found.Settle(w, selected.metrics[0], target, u.key, today, func(value float64, up bool) float64 {
			return u.read(s, scenarios.WriteBeside(u.field, u.period, value, up))
		})
		return found, nil
	}
	if len(unknowns) == 1 {
		found, err := search(w, unknowns[0])
		if err != nil {
			return nil, err
		}
		out.Points = []render.SolvedPoint{{Solution: *found}}
		return &render.Document{Command: "solve", Solution: out, Notes: notes}, nil
	}
	first, second := unknowns[0], unknowns[1]
	for i := range linePoints {
		x := first.low + (first.high-first.low)*float64(i)/(linePoints-1)
		// The second is sought for the first as it is written.
		if written := first.read(s, first.write(x)); !math.IsNaN(written) {
			x = written
		}
		s.Inputs[first.key] = first.at(s, x)
		point := render.SolvedPoint{First: x, Solution: whatif.Solution{Low: second.low, High: second.high, Least: math.Inf(1), Most: math.Inf(-1)}}
		if w, err := selected.world(); err == nil { // else the scenario does not allow the first, and there is no second
			found, err := search(w, second)
			if err != nil {
				return nil, err
			}
			point.Solution = *found
		}
		out.Points = append(out.Points, point)
	}
	return &render.Document{Command: "solve", Solution: out, Notes: notes}, nil
}

// today is the selected metric in the scenario as it is; NaN where that does not
// give it.
func (s *selection) today() float64 {
	w, err := s.world()
	if err != nil {
		return math.NaN()
	}
	return w.Likely(s.metrics[0])
}

// goal reads which metric is to reach what.
func (v *solver) goal() (m metricName, target float64, err error) {
	if v.metric == "" || v.target == "" || len(v.by) == 0 || len(v.by) > 2 {
		return m, 0, &calc.Problem{Message: "solve takes --metric, --target and --by", Hint: "such as --metric winback.gain --target 0 --by winback.offer_cost"}
	}
	if _, err := calc.ParseNumeral(v.target); err != nil {
		return m, 0, &calc.Problem{Place: calc.Place{Document: &calc.Document{Name: "--target"}}, Message: err.Error(), Hint: "write a number in the metric's unit, such as 400000, or 5% of a share"}
	}
	g, m, err := v.program.gate(v.metric+" <= "+v.target, v.program.metrics())
	if err == nil && (g.Change || g.Chance != nil) {
		err = &calc.Problem{Message: fmt.Sprintf("%q is no metric", v.metric), Hint: "--help of a calculator lists its metrics"}
	}
	return m, g.Limit, err
}

// An unknown is an input that is sought: where, and how its values are written.
type unknown struct {
	key       string
	field     *calc.Field
	low, high float64 // searched, in base units
	period    calc.Period
}

// reach is how many times its present value an input without an upper bound is
// searched to, and roomy how far where there is none. Brink is how near to a lower
// bound that is not allowed itself the search begins, as a share of the range.
const (
	farthest = 1e300 // beyond it products are no numbers

	reach = 10
	roomy = 1000
	brink = 1. / 1_000_000
)

// newUnknown decides which range is searched: the one that is given; the input's
// bounds, if it has both; or from its lower bound to ten times its present value.
func newUnknown(s *scenarios.Scenario, key, between string) (unknown, error) {
	key = strings.TrimSpace(key)
	f, err := s.Field(key)
	if err != nil {
		return unknown{}, err
	}
	u := unknown{key: key, field: f, low: f.Min, high: f.Max, period: calc.Period{PerAnn: 1}}
	now := s.Inputs[key]
	if now != nil {
		u.period = now.Per
	}
	if between != "" {
		in, err := s.Parse(f, "--between", between)
		if err != nil {
			return unknown{}, err
		}
		u.low, u.high, u.period = in.Range.Low, in.Range.High, in.Per
		switch {
		case u.low == u.high:
			return unknown{}, &calc.Problem{Message: "--between has one value", Hint: "write LOW..HIGH"}
		case in.By != calc.ToValue:
			return unknown{}, &calc.Problem{Message: "--between is of changes, and the answer is a new share", Hint: "write shares without a sign, such as 10%..20%"}
		}
		return u, nil
	}
	if f.Kind == calc.ChangeInput {
		u.low = 0 // a new share, whatever it is today
	}
	if math.IsInf(u.low, 0) {
		u.low = 0
	}
	if math.IsInf(u.high, 0) || f.Unit == calc.Share && u.high > 1 {
		u.high = u.low + roomy
		if now != nil && now.Range.High > 0 && !math.IsInf(now.Range.High, 0) {
			u.high = reach * now.Range.High
		}
		if f.Unit == calc.Share {
			u.high = min(u.high, reach)
		}
	}
	u.high = min(u.high, farthest)
	if f.MinOpen {
		u.low += (u.high - u.low) * brink
	}
	return u, nil
}

// placeholder is the input that stands while the value is sought: the present
// one as one number, or the middle of what is searched.
func (u *unknown) placeholder(s *scenarios.Scenario) *calc.Input {
	if now := s.Inputs[u.key]; now != nil && now.By == calc.ToValue && !now.Benchmark {
		in := *now
		in.Range = calc.Exactly(now.Range.Likely)
		return &in
	}
	return u.at(s, u.low+(u.high-u.low)/2)
}

// at is the input with a value.
func (u *unknown) at(s *scenarios.Scenario, value float64) *calc.Input {
	in := &calc.Input{Key: u.key, Range: calc.Exactly(value), Unit: u.field.Unit, Origin: calc.FromSet, Per: u.period, Text: u.write(value)}
	if now := s.Inputs[u.key]; now != nil {
		in.Place, in.Counted = now.Place, now.Counted
	}
	return in
}

// read reads a value that was written; NaN where --set would not take it.
func (u *unknown) read(s *scenarios.Scenario, text string) float64 {
	in, err := s.Parse(u.field, "--set", text)
	if err != nil {
		return math.NaN()
	}
	return in.Range.Likely
}

// write writes a value as --set takes it, in the period it was written with.
func (u *unknown) write(value float64) string {
	return scenarios.Write(u.field, u.period, value)
}
