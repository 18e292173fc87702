package results

import (
	"math"
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/calc/wordofmouth"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/currency"
)

// Findings are the parts of a result that are written to JSON unchanged, in this order. A
// new kind of result is a struct with tags and a line here.
type Findings struct {
	Verdicts    []Verdict    `json:"gates,omitempty"`
	Unjudged    []Unjudged   `json:"unjudged,omitempty" doc:"what was not judged, or is judged less strictly than in the baseline"`
	Errors      []Problem    `json:"errors,omitempty"`
	Simulation  *Simulation  `json:"simulation,omitempty"`
	Sensitivity *Sensitivity `json:"sensitivity,omitempty"`
	Solution    *Solution    `json:"solutions,omitempty"`
	Sources     []Source     `json:"sources,omitempty"`
}

// A Verdict is a gate judged for one scenario.
type Verdict struct {
	Gate        string        `json:"gate" doc:"as written"`
	Scenario    string        `json:"scenario" doc:"label of the scenario"`
	Metric      string        `json:"metric"`
	Change      bool          `json:"change,omitempty" doc:"whether the change from the baseline is judged"`
	Op          gate.Op       `json:"op" doc:"how the value must compare with the limit"`
	Limit       float64       `json:"limit" doc:"in base units; of a relative change, a share"`
	Value       Round6        `json:"value,omitzero" doc:"the value judged, in the terms of the limit"`
	Low         Round6        `json:"low,omitzero"`
	High        Round6        `json:"high,omitzero"`
	Unit        quantity.Unit `json:"unit" doc:"of the value: a relative change is a share, a change of a share is in points, and a probability is a share"`
	Code        string        `json:"currency,omitempty" doc:"ISO 4217 code of an amount"`
	Base        Round6        `json:"base,omitzero" doc:"the metric of the baseline, where a change is judged"`
	Probability *Estimate     `json:"probability,omitempty" doc:"of a gate on a chance: the share of the draws that meet the condition, and its standard error"`
	Status      gate.Status   `json:"status" doc:"new: a change without a baseline"`
	Over        Round6        `json:"over,omitzero" doc:"by how much the limit is broken"`
	Reason      string        `json:"reason,omitempty" doc:"why, where the numbers do not show it"`
	Location

	Subject  *Subject          `json:"-"`
	By       gate.By           `json:"-"`
	Currency currency.Currency `json:"-"`
}

// NewVerdict describes how a gate was judged for a scenario. The unit is that of the
// metric.
func NewVerdict(v *gate.Verdict, s *Subject, place quantity.Place, unit quantity.Unit, c currency.Currency) Verdict {
	g := &v.Gate
	out := Verdict{Gate: g.Text, Scenario: s.Label, Metric: g.Metric, Change: g.Change, Op: g.Op, Limit: g.Limit,
		Value: Round6(v.Value.Likely), Low: Round6(v.Value.Low), High: Round6(v.Value.High), Unit: unit, Base: Missing(), Status: v.Status, Over: Missing(), Reason: v.Reason,
		Location: LocationOf(place), Subject: s, By: g.By, Currency: c}
	switch {
	case g.Chance != nil, g.Change && g.By == gate.Relative && v.Status != gate.New:
		out.Unit = quantity.Share
	case g.Change && unit == quantity.Share && v.Status != gate.New: // a new gate shows the metric itself
		out.Unit = quantity.Points
	}
	if out.Unit.Kin() == quantity.Money {
		out.Code = c.Code()
	}
	if g.Change && v.Status != gate.New {
		out.Base = Round6(v.Base)
	}
	if v.Status == gate.Fail {
		out.Over = Round6(v.Over)
	}
	return out
}

// An Unjudged is something that was not judged, or is judged less strictly than in the
// baseline.
type Unjudged struct {
	Kind     UnjudgedKind `json:"kind" doc:"what happened"`
	Scenario string       `json:"scenario" doc:"path of the scenario, or its label where it has none"`
	Gate     string       `json:"gate,omitempty" doc:"the gate that it is about, as it stands or, if it was removed, as it stood"`
	Was      string       `json:"was,omitempty" doc:"the gate of the baseline that was loosened"`
	Reason   string       `json:"reason,omitempty" doc:"why, where the kind does not say it; what is acknowledged"`
	Location
}

// UnjudgedKind says why something was not judged.
type UnjudgedKind string

// The kinds of what was not judged.
const (
	ScenarioAdded   UnjudgedKind = "scenario_added"   // the baseline has no such scenario
	ScenarioRemoved UnjudgedKind = "scenario_removed" // only the baseline has it
	WithoutGates    UnjudgedKind = "without_gates"    // the scenario has no gates, and none are given
	GateRemoved     UnjudgedKind = "gate_removed"     // only the baseline has it
	GateLoosened    UnjudgedKind = "gate_loosened"    // it lets more pass than the baseline's
	GateNew         UnjudgedKind = "gate_new"         // a gate on a change without a baseline
	BaseUnread      UnjudgedKind = "base_unread"      // the scenario's baseline is wrong, so its gates are not known
	Acknowledged    UnjudgedKind = "acknowledged"     // a strict check accepts evidence that it refused in the baseline
)

// UnjudgedKinds lists the kinds, in the order in which they are told.
func UnjudgedKinds() []UnjudgedKind {
	return []UnjudgedKind{ScenarioAdded, ScenarioRemoved, WithoutGates, GateRemoved, GateLoosened, GateNew, BaseUnread, Acknowledged}
}

// A Problem is an error of a scenario, a gate or the command line.
type Problem struct {
	Location
	Message string `json:"message" doc:"what is wrong"`
	Hint    string `json:"hint,omitempty" doc:"how to put it right"`
}

// Problems describes errors.
func Problems(all calc.Problems) []Problem {
	problems := make([]Problem, len(all))
	for i, p := range all {
		problems[i] = Problem{LocationOf(p.Place), p.Message, p.Hint}
	}
	return problems
}

// A Simulation is the result of simulate.
type Simulation struct {
	Trials  int         `json:"trials"`
	Seed    uint64      `json:"seed"`
	Metrics []Simulated `json:"metrics" doc:"distribution of each metric"`
	Chances []Chance    `json:"chances,omitempty" doc:"how likely each condition is"`
	Counts  []string    `json:"counts,omitempty" doc:"lists of counts that are drawn as ranges are: the chance in sampling them"`

	Scenario   *scenarios.Scenario `json:"-"`
	Correlated bool                `json:"-"`
	Tornado    *Sensitivity        `json:"-"` // of the first metric to the ranges; may be nil
}

// A Simulated is the distribution of one metric.
type Simulated struct {
	Metric    string        `json:"metric"`
	Unit      quantity.Unit `json:"unit"`
	Given     Round6        `json:"given" doc:"share of the trials that give the metric"`
	Mean      *Estimate     `json:"mean,omitempty"` // nil if no trial gives the metric, like the next three
	SD        *Estimate     `json:"sd,omitempty" doc:"standard deviation"`
	Quantiles []Quantile    `json:"quantiles,omitempty"`
	Histogram []Bar         `json:"histogram,omitempty" doc:"share of the trials from low up to high"`
}

// NewSimulated describes a distribution.
func NewSimulated(metric string, unit quantity.Unit, d *whatif.Distribution) Simulated {
	out := Simulated{Metric: metric, Unit: unit, Given: Round6(d.Given)}
	if d.Given == 0 {
		return out
	}
	out.Mean, out.SD = &Estimate{Round6(d.Mean), Round6(d.MeanError)}, &Estimate{Round6(d.SD), Round6(d.SDError)}
	for i, p := range whatif.Percents {
		out.Quantiles = append(out.Quantiles, Quantile{p, Estimate{Round6(d.Quantiles[i]), Round6(d.Errors[i])}})
	}
	for _, bar := range d.Histogram {
		out.Histogram = append(out.Histogram, Bar{Round6(bar.Low), Round6(bar.High), Round6(bar.Share)})
	}
	return out
}

// A Quantile is the value below which a share p of the trials lie.
type Quantile struct {
	P float64 `json:"p"`
	Estimate
}

// A Bar of a histogram.
type Bar struct {
	Low   Round6 `json:"low"`
	High  Round6 `json:"high"`
	Share Round6 `json:"share"`
}

// A Chance is how likely a condition is.
type Chance struct {
	Gate  string `json:"gate"`
	Share Round6 `json:"chance"`
	Error Round6 `json:"error"`
}

// A Sensitivity is the result of sensitivity for one metric.
type Sensitivity struct {
	Metric        string         `json:"metric"`
	Unit          quantity.Unit  `json:"unit"`
	Value         float64        `json:"value" doc:"the metric at the likely values of all inputs"`
	Samples       int            `json:"samples" doc:"number of computations for the shares of variance"`
	Seed          uint64         `json:"seed"`
	Swings        []Swing        `json:"swings" doc:"the metric at the two ends of one input, with the others at their likely values"`
	Contributions []Contribution `json:"variance,omitempty" doc:"share of the variance that a range explains: first by itself, total with its effect through others"`
	Counts        []string       `json:"counts,omitempty" doc:"lists of counts that are drawn as ranges are: the chance in sampling them"`

	Scenario   *scenarios.Scenario `json:"-"`
	Base       float64             `json:"-"` // the value, not rounded
	Swing      float64             `json:"-"` // of inputs without a range
	Ranges     int                 `json:"-"` // how many inputs are ranges
	Remarks    []string            `json:"-"` // from the calculators, on how to read the swings
	Correlated bool                `json:"-"`
}

// A Swing is what one input does to the metric.
type Swing struct {
	Key        string          `json:"key"`
	Low        Round6          `json:"low"`
	High       Round6          `json:"high"`
	AtLow      Round6          `json:"at_low,omitzero"`
	AtHigh     Round6          `json:"at_high,omitzero"`
	Assumed    bool            `json:"assumed" doc:"whether the ends are those of --swing, because the input is not a range"`
	Elasticity Round6          `json:"elasticity,omitzero"`
	Input      *quantity.Input `json:"-"`
	From, To   float64         `json:"-"` // the metric at low and at high, not rounded
	Width      float64         `json:"-"` // distance between the two, not rounded; 0 if one is missing
}

// A Contribution is the share of the variance that one input explains.
type Contribution struct {
	Key   string   `json:"key"`
	First Estimate `json:"first"`
	Total Estimate `json:"total"`
}

// NewSensitivity describes the tornado of a metric, and the shares of its variance.
func NewSensitivity(s *scenarios.Scenario, metric string, unit quantity.Unit, value float64, swings []whatif.Swing, shares []whatif.Contribution) *Sensitivity {
	round := func(value float64) float64 { return unit.Round(value, s.Currency.Minor()) }
	out := &Sensitivity{Metric: metric, Unit: unit, Value: round(value), Base: value, Swings: make([]Swing, len(swings)), Scenario: s, Correlated: len(s.Correlations) > 0,
		Remarks: wordofmouth.Steps(s.Inputs)}
	for i, w := range swings {
		out.Swings[i] = Swing{w.Input.Key, Round6(w.Low), Round6(w.High), Round6(round(w.AtLow)), Round6(round(w.AtHigh)), w.Assumed, Round6(w.Elasticity), w.Input, w.AtLow, w.AtHigh, w.Width()}
	}
	for _, c := range shares {
		out.Contributions = append(out.Contributions, Contribution{c.Input.Key, Estimate{Round6(c.First), Round6(c.FirstError)}, Estimate{Round6(c.Total), Round6(c.TotalError)}})
	}
	return out
}

// A Solution is the result of solve.
type Solution struct {
	Metric string        `json:"metric"`
	Unit   quantity.Unit `json:"unit"`
	Target float64       `json:"target"`
	Keys   []Sought      `json:"by" doc:"keys of the inputs that are changed"`
	Points []SolvedPoint `json:"points" doc:"one solution or, where two inputs are changed, one for each value of the first"`

	Scenario *scenarios.Scenario `json:"-"`
}

// A Sought is an unknown input. In JSON it is its key.
type Sought struct {
	Key       string
	Write     func(value float64) string // as --set takes it
	Low, High float64
}

// MarshalText gives the key.
func (k Sought) MarshalText() ([]byte, error) { return []byte(k.Key), nil }

// A SolvedPoint is the solution. If there are two keys, it is the solution for one value
// of the first.
type SolvedPoint struct {
	First  *float64 `json:"first,omitempty"`
	Low    Round6   `json:"low"` // of the range searched
	High   Round6   `json:"high"`
	Least  Round6   `json:"least,omitzero" doc:"lowest value of the metric in the range searched"`
	Most   Round6   `json:"most,omitzero" doc:"highest value of the metric in the range searched"`
	Always bool     `json:"always" doc:"whether the target is reached throughout the range"`
	Roots  []Root   `json:"roots"`

	Lowest, Highest float64 `json:"-"` // Least and Most, not rounded
}

// A Root is a value at which the target is reached. It is not rounded: the search ended
// at a number that can be written, and beyond a jump every digit counts.
type Root struct {
	Value  float64  `json:"value" doc:"in base units; it gives the target or, at a jump across it, the value beyond the jump as seen from today"`
	Until  *float64 `json:"until,omitempty"` // if the metric stays at the target, where that ends
	Set    string   `json:"set" doc:"as --set takes it, with all digits"`
	Jump   bool     `json:"jump" doc:"whether the metric jumps across the target there"`
	Before Round6   `json:"before,omitzero"` // the jump
	After  Round6   `json:"after,omitzero"`
	Taken  float64  `json:"-"` // Before or After: the metric at Value
}

// Add adds the solution; if there are two keys, for one value of the first.
func (s *Solution) Add(first *float64, found *whatif.Solution) {
	round := func(value float64) Round6 { return Round6(s.Unit.Round(value, s.Scenario.Currency.Minor())) }
	point := SolvedPoint{First: first, Low: Round6(found.Low), High: Round6(found.High), Least: round(found.Least), Most: round(found.Most),
		Lowest: found.Least, Highest: found.Most, Always: found.Always, Roots: make([]Root, len(found.Roots))}
	last := &s.Keys[len(s.Keys)-1]
	for i, r := range found.Roots {
		root := Root{Value: r.Value, Set: last.Key + "=" + last.Write(r.Value+(r.Until-r.Value)/2), Jump: r.Jump, Before: Missing(), After: Missing()}
		if r.Until > r.Value {
			root.Until = &r.Until
		}
		if r.Jump {
			root.Before, root.After, root.Taken = round(r.Before), round(r.After), float64(round(r.Taken))
		}
		point.Roots[i] = root
	}
	s.Points = append(s.Points, point)
}

// Solved reports whether the target is reached anywhere.
func (s *Solution) Solved() bool {
	return slices.ContainsFunc(s.Points, func(p SolvedPoint) bool { return p.Always || len(p.Roots) > 0 })
}

// A Source is a built-in figure.
type Source struct {
	Key        string         `json:"key" doc:"the input or metric that the built-in figure is for"`
	Text       string         `json:"text" doc:"as a scenario would write it"`
	Value      Round6         `json:"value,omitzero" doc:"likely value; left out for a list"`
	Low        Round6         `json:"low,omitzero"`
	High       Round6         `json:"high,omitzero"`
	Unit       quantity.Unit  `json:"unit"`
	Grade      quantity.Grade `json:"grade"`
	Measures   string         `json:"measures"`
	Population string         `json:"population"`
	Author     string         `json:"author"`
	Title      string         `json:"title"`
	Year       int            `json:"year,omitempty" doc:"left out where it is not known"`
	Met        string         `json:"met" doc:"where it was found"`
	Caveat     string         `json:"caveat"`
	Against    string         `json:"against,omitempty" doc:"what contradicts it"`
}

// Sources describes built-in figures.
func Sources(all []*quantity.Source) []Source {
	sources := make([]Source, len(all))
	for i, s := range all {
		r := quantity.Exactly(math.NaN())
		if len(s.Values) == 1 {
			r = s.Values[0]
		}
		value, low, high := Round6(r.Likely), Round6(r.Low), Round6(r.High)
		sources[i] = Source{s.Key, s.Text, value, low, high, s.Unit, s.Grade, s.Measures, s.Population, s.Author, s.Title, s.Year, s.Met, s.Caveat, s.Against}
	}
	return sources
}
