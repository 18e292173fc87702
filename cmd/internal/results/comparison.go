package results

import (
	"fmt"
	"math"

	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/scenarios/currency"
)

// A Comparison compares scenarios: each with the first or, where Base is a folder, with
// its counterpart there.
type Comparison struct {
	Metrics []Compared
	Columns []Column
	Base    string   // a folder, or ""
	Removed []string // paths that are only in Base
	Varied  []string // the keys of --vary
	Hidden  []string // metrics that change in some scenario, and are not among Metrics
}

// A Compared is a metric that is compared.
type Compared struct {
	Metric string
	Unit   quantity.Unit
}

// A Column is one scenario: its values by metric, and how each differs from the
// baseline's. A value that a scenario does not give is NaN.
type Column struct {
	Subject  *Subject
	Currency currency.Currency
	Varied   []string         // the values of --vary, as written, by key
	Values   []quantity.Range // by metric
	Base     []quantity.Range // of the baseline, by metric; nil for a baseline, and for a scenario without one
	Changes  []Change         // of the metrics that both have
}

// A Change is how a metric of a scenario differs from the baseline's.
type Change struct {
	Scenario      string  `json:"scenario" doc:"label of the scenario, which is compared with the first or, with --base, with its own baseline"`
	Metric        string  `json:"metric"`
	Base          float64 `json:"base"`
	BaseLow       Round6  `json:"base_low,omitzero" doc:"lowest value of a baseline that is a range"`
	BaseHigh      Round6  `json:"base_high,omitzero" doc:"highest value of a baseline that is a range"`
	Value         float64 `json:"value"`
	Change        float64 `json:"change"`
	ChangePercent Round6  `json:"change_percent,omitzero" doc:"the change as a percentage of the size of the baseline; left out for a change from zero"`
	Why           []Why   `json:"why,omitempty" doc:"what each input that differs adds to the change; the parts add up to it"`
}

// A Why is what one input, or several that cannot be separated, adds to a change.
type Why struct {
	Key    string  `json:"key"`
	From   Texts   `json:"from"`
	To     Texts   `json:"to"`
	Change float64 `json:"change"`
}

// Add adds a scenario. why has a list for each metric, or is nil.
func (c *Comparison) Add(column Column, why [][]Why) {
	for i, before := range column.Base {
		m, after := c.Metrics[i], column.Values[i]
		if math.IsNaN(before.Likely) || math.IsNaN(after.Likely) {
			continue
		}
		change := Change{Scenario: column.Subject.Label, Metric: m.Metric, Base: before.Likely, BaseLow: Missing(), BaseHigh: Missing(), Value: after.Likely,
			Change: m.Unit.Round(after.Likely-before.Likely, column.Currency.Minor()), ChangePercent: Round6(whatif.Percent(before.Likely, after.Likely))}
		if !before.Exact() {
			change.BaseLow, change.BaseHigh = Round6(before.Low), Round6(before.High)
		}
		if why != nil {
			change.Why = why[i]
		}
		column.Changes = append(column.Changes, change)
	}
	c.Columns = append(c.Columns, column)
}

// Change finds the change of a metric, or nil.
func (c *Column) Change(metric string) *Change {
	for i := range c.Changes {
		if c.Changes[i].Metric == metric {
			return &c.Changes[i]
		}
	}
	return nil
}

// Changed reports whether a metric differs from the baseline's, also in its range alone.
func (c *Column) Changed(metric int) bool {
	return c.Base != nil && Differ(c.Base[metric], c.Values[metric])
}

// An Outcome says what became of the scenarios since their baselines.
type Outcome struct {
	Judged, Changed int      // scenarios with a baseline, and those of them that change
	New, Same       []string // labels of those without a baseline, and of those that do not change
	Gone, Given     []Gain
}

// A Gain is the metrics that a scenario gives and its baseline does not, or the other way
// round.
type Gain struct {
	Scenario string
	Metrics  []string
}

// Outcome compares every scenario with its baseline.
func (c *Comparison) Outcome() (out Outcome) {
	for i := range c.Columns {
		column := &c.Columns[i]
		label := column.Subject.Label
		if column.Base == nil {
			out.New = append(out.New, label)
			continue
		}
		gone, given, changed := Gain{Scenario: label}, Gain{Scenario: label}, false
		for j, m := range c.Metrics {
			switch was, is := !math.IsNaN(column.Base[j].Likely), !math.IsNaN(column.Values[j].Likely); {
			case was && !is:
				gone.Metrics = append(gone.Metrics, m.Metric)
			case is && !was:
				given.Metrics = append(given.Metrics, m.Metric)
			}
			changed = changed || column.Changed(j)
		}
		if gone.Metrics != nil {
			out.Gone = append(out.Gone, gone)
		}
		if given.Metrics != nil {
			out.Given = append(out.Given, given)
		}
		if out.Judged++; changed {
			out.Changed++
		} else {
			out.Same = append(out.Same, label)
		}
	}
	return out
}

// MetricsOf are the values of a column, by metric.
func (c *Comparison) MetricsOf(column *Column) map[string]Metric {
	metrics := map[string]Metric{}
	for i, m := range c.Metrics {
		if !math.IsNaN(column.Values[i].Likely) {
			metrics[m.Metric] = newMetric(m.Unit, column.Values[i], nil)
		}
	}
	return metrics
}

// VariedBy are the values of --vary of a column, by key.
func (c *Comparison) VariedBy(column *Column) map[string]string {
	values := map[string]string{}
	for i, value := range column.Varied {
		values[c.Varied[i]] = value
	}
	return values
}

// Notes are the notes on all scenarios, each once. What is not said of all of them has
// the name of its scenario.
func (c *Comparison) Notes() (all []Note) {
	count := map[string]int{}
	identity := func(n *Note) string { return fmt.Sprintf("%q %q %q %v", n.Kind, n.Key, n.Text, n.Terms) }
	for i := range c.Columns {
		for _, note := range c.Columns[i].Subject.Notes { // each is there once
			count[identity(&note)]++
		}
	}
	said := map[string]bool{}
	for i := range c.Columns {
		for _, note := range c.Columns[i].Subject.Notes {
			key := identity(&note)
			if count[key] < len(c.Columns) {
				note.Of = c.Columns[i].Subject.Label
			} else if said[key] {
				continue
			}
			said[key] = true
			all = append(all, note)
		}
	}
	return all
}

// Differ reports whether two figures differ, in their likely value or in their range. An
// end that is not finite is NaN, and the same as another such end.
func Differ(a, b quantity.Range) bool {
	apart := func(x, y float64) bool { return x != y && !(math.IsNaN(x) && math.IsNaN(y)) }
	return apart(a.Likely, b.Likely) || apart(a.Low, b.Low) || apart(a.High, b.High)
}
