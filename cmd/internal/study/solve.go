package study

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/number"
)

// A SolveQuestion asks where a metric reaches a target, for one input or two.
type SolveQuestion struct {
	Named
	Metric  string
	Target  string   // in the metric's unit
	By      []string // the keys of the inputs, one or two
	Between string   // LOW..HIGH, the range in which the last key is searched; "" leaves it to newUnknown
}

// linePoints is how many pairs of values are searched.
const linePoints = 21

// Solve finds the values. The unknown inputs need not be given.
func (s *Study) Solve(q SolveQuestion) (*results.Result, error) {
	scenario, err := s.open(q.Named)
	problems := calc.ProblemsOf(err)
	m, target, err := s.goal(q)
	problems = append(problems, calc.ProblemsOf(err)...)
	var unknowns []unknown
	for i := 0; i < len(q.By) && scenario != nil; i++ {
		between := ""
		if i == len(q.By)-1 {
			between = q.Between
		}
		u, err := newUnknown(scenario, q.By[i], between)
		if i > 0 && err == nil && u.key == unknowns[0].key {
			err = &calc.Problem{Message: fmt.Sprintf("--by names %s twice", u.key), Hint: "name two inputs, or one"}
		}
		problems = append(problems, calc.ProblemsOf(err)...)
		unknowns = append(unknowns, u)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	tried := scenario.Clone()
	for i := range unknowns {
		tried.Inputs[unknowns[i].key] = unknowns[i].placeholder()
	}
	v := solver{selection: selection{evaluation: s.evaluate(tried)}, target: target, today: s.evaluate(scenario).likely(m)}
	v.pick(m)
	notes, err := v.judgeAll()
	if err != nil {
		return nil, err
	}
	notes = slices.DeleteFunc(notes, func(note results.Note) bool { // an input in question has no evidence
		return slices.ContainsFunc(unknowns, func(u unknown) bool { return u.key == note.Key })
	})
	out := &results.Solution{Scenario: scenario, Metric: m.name, Unit: m.unit, Target: target}
	for i := range unknowns {
		u := &unknowns[i]
		out.Keys = append(out.Keys, results.Sought{Key: u.key, Write: u.write, Low: u.low, High: u.high})
	}
	if len(unknowns) == 2 {
		return &results.Result{Findings: results.Findings{Solution: out}, Notes: notes}, v.line(out, &unknowns[0], &unknowns[1])
	}
	b, err := v.bindings()
	if err != nil {
		return nil, err
	}
	found, err := v.search(b, &unknowns[0])
	if err != nil {
		return nil, err
	}
	out.Add(nil, found)
	return &results.Result{Findings: results.Findings{Solution: out}, Notes: notes}, nil
}

// goal reads the metric and its target.
func (s *Study) goal(q SolveQuestion) (m metric, target float64, err error) {
	if q.Metric == "" || q.Target == "" || len(q.By) == 0 || len(q.By) > 2 {
		return m, 0, &calc.Problem{Message: "solve takes --metric, --target and --by", Hint: "such as --metric winback.gain --target 0 --by winback.offer_cost"}
	}
	if _, err := quantity.ParseNumeral(q.Target); err != nil {
		problems := calc.Problems{{Place: quantity.PlaceIn("--target"), Message: err.Error(), Hint: "write a number in the metric's unit, such as 400000, or 5% of a share"}}
		_, err := s.metric(q.Metric)
		return m, 0, append(problems, calc.ProblemsOf(err)...)
	}
	g, m, err := s.gate(q.Metric + " <= " + q.Target)
	if err == nil && (g.Change || g.Chance != nil) {
		err = &calc.Problem{Message: fmt.Sprintf("%q is not a metric", q.Metric), Hint: "--help of a calculator lists its metrics"}
	}
	return m, g.Limit, err
}

// likely returns a metric at the likely values; NaN if the scenario does not give it.
func (e *evaluation) likely(m metric) float64 {
	s := selection{evaluation: e}
	s.pick(m)
	b, err := s.bindings()
	if err != nil {
		return math.NaN()
	}
	return b.Likely(s.asked[0])
}

// A solver looks for the values of inputs at which one metric reaches a target.
type solver struct {
	selection
	target float64
	today  float64 // the metric in the unchanged scenario; NaN if it is not given
}

// search looks for the values of one input.
func (v *solver) search(b *whatif.Bindings, u *unknown) (*whatif.Solution, error) {
	found, err := whatif.Solve(b, whatif.Goal{Metric: v.asked[0], Target: v.target, Key: u.key, Low: u.low, High: u.high, Today: v.today,
		Written: func(value float64, up bool) float64 {
			return u.read(number.WriteBeside(u.field, u.period, value, up))
		}})
	if err != nil {
		return nil, v.scenario.Locate(calc.ProblemsOf(err))
	}
	return found, nil
}

// line adds the values of a second input at even steps of a first.
func (v *solver) line(out *results.Solution, first, second *unknown) error {
	for i := range linePoints {
		x := first.low + (first.high-first.low)*float64(i)/(linePoints-1)
		// The second is searched with the first as it will be written.
		if written := first.read(first.write(x)); !math.IsNaN(written) {
			x = written
		}
		v.scenario.Inputs[first.key] = first.at(x)
		v.begin(v.scenario)
		found := &whatif.Solution{Low: second.low, High: second.high, Least: math.Inf(1), Most: math.Inf(-1)}
		if b, err := v.bindings(); err == nil { // else the scenario does not allow this value of the first
			if found, err = v.search(b, second); err != nil {
				return err
			}
		}
		out.Add(&x, found)
	}
	return nil
}

// An unknown is an input to solve for: the range to search, and how to write its values.
type unknown struct {
	key       string
	scenario  *scenarios.Scenario
	field     *calc.Field
	now       *quantity.Input // nil if it is not given
	low, high float64         // searched, in base units
	period    quantity.Period
}

const (
	farthest = 1e300          // beyond it products overflow
	reach    = 10             // an input without an upper bound is searched up to this many times its present value
	roomy    = 1000           // how far it is searched without a present value
	brink    = 1. / 1_000_000 // distance from an excluded bound at which the search begins, as a part of the range
)

// newUnknown chooses the range to search: the given one; the input's bounds, if it has
// both; or from its lower bound to ten times its present value.
func newUnknown(s *scenarios.Scenario, key, between string) (unknown, error) {
	key = strings.TrimSpace(key)
	f, err := s.Field(key)
	if err != nil {
		return unknown{}, err
	}
	u := unknown{key: key, scenario: s, field: f, now: s.Inputs[key], low: f.Min, high: f.Max, period: quantity.Period{PerAnn: 1}}
	if u.now != nil {
		u.period = u.now.Per
	}
	if between != "" {
		return u, u.searchBetween(between)
	}
	if f.Kind == calc.ChangeInput {
		u.low = 0 // a new share, whatever it is today
	}
	if math.IsInf(u.low, 0) {
		u.low = 0
	}
	if math.IsInf(u.high, 0) || f.Unit == quantity.Share && u.high > 1 {
		u.high = u.low + roomy
		if u.now != nil && u.now.Range.High > 0 && !math.IsInf(u.now.Range.High, 0) {
			u.high = reach * u.now.Range.High
		}
		if f.Unit == quantity.Share {
			u.high = min(u.high, reach)
		}
	}
	u.high = min(u.high, farthest)
	if f.MinOpen {
		u.low += (u.high - u.low) * brink
	}
	return u, nil
}

// searchBetween sets the range to the given one.
func (u *unknown) searchBetween(text string) error {
	in, err := u.scenario.Parse(u.field, "--between", text)
	if err != nil {
		return err
	}
	u.low, u.high, u.period = in.Range.Low, in.Range.High, in.Per
	switch {
	case u.low == u.high:
		return &calc.Problem{Message: "--between has one value", Hint: "write LOW..HIGH"}
	case in.By != quantity.ToValue:
		return &calc.Problem{Message: "--between is of changes, and the answer is a new share", Hint: "write shares without a sign, such as 10%..20%"}
	}
	return nil
}

// placeholder returns the input's present value, or else the middle of the range to
// search.
func (u *unknown) placeholder() *quantity.Input {
	if u.now != nil && u.now.By == quantity.ToValue && !u.now.Benchmark {
		in := *u.now
		in.Range = quantity.Exactly(u.now.Range.Likely)
		return &in
	}
	return u.at(u.low + (u.high-u.low)/2)
}

// at returns the input with a value.
func (u *unknown) at(value float64) *quantity.Input {
	in := &quantity.Input{Key: u.key, Range: quantity.Exactly(value), Unit: u.field.Unit, Origin: quantity.FromSet, Per: u.period, Text: u.write(value)}
	if u.now != nil {
		in.Place, in.Counted = u.now.Place, u.now.Counted
	}
	return in
}

// read reads a written value; NaN if --set would not take it.
func (u *unknown) read(text string) float64 {
	in, err := u.scenario.Parse(u.field, "--set", text)
	if err != nil {
		return math.NaN()
	}
	return in.Range.Likely
}

// write writes a value as --set takes it, in the period it was written with.
func (u *unknown) write(value float64) string {
	return number.Write(u.field, u.period, value)
}
