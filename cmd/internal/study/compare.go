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
)

// A CompareQuestion asks how metrics differ between scenarios.
type CompareQuestion struct {
	Scenarios []Labelled // the first is the baseline; with Set or Vary it must be the only one
	Set       []string   // what every other column changes in the baseline
	Vary      []string   // KEY=V1,V2,… or KEY=LOW..HIGH/POINTS: a column for every combination
	Metrics   []string   // if empty, the headline metrics that all scenarios have
	Why       bool       // whether to attribute the changes to the inputs
}

// A Labelled is a scenario and its label; "" keeps the scenario's own.
type Labelled struct{ Label, Name string }

// mostWhy is the most scenarios that --why explains. Each takes thousands of
// computations.
const mostWhy = 20

// A comparer answers a CompareQuestion.
type comparer struct {
	*Study
	CompareQuestion
	calculators []int // that give the compared metrics
}

// Compare compares scenarios.
func (s *Study) Compare(q CompareQuestion) (*results.Result, error) {
	c := comparer{Study: s, CompareQuestion: q}
	columns, err := c.columns()
	if err != nil {
		return nil, err
	}
	if len(columns) < 2 {
		return nil, &calc.Problem{Message: "there is nothing to compare with", Hint: "name a second scenario, or change the first with --set or --vary"}
	}
	if c.Why && len(columns) > mostWhy {
		return nil, &calc.Problem{Message: fmt.Sprintf("--why explains at most %d scenarios, and %d are compared", mostWhy, len(columns)), Hint: "compare fewer"}
	}
	if err := sameLabels(columns); err != nil {
		return nil, err
	}
	metrics, err := s.named(q.Metrics)
	if err != nil {
		return nil, err
	}
	for i := range s.Calculators {
		if len(metrics) == 0 || slices.ContainsFunc(metrics, func(m metric) bool { return m.calculator == i }) {
			c.calculators = append(c.calculators, i)
		}
	}
	if err := c.compute(columns); err != nil {
		return nil, err
	}
	if len(metrics) == 0 {
		metrics = columns[0].headlines
	}
	if metrics, err = c.shared(columns, metrics); err != nil {
		return nil, err
	}
	return c.result(columns, metrics)
}

// A compared is one scenario of a comparison, and what was computed for it.
type compared struct {
	label     string
	varied    []string // assignments of --vary
	open      func() (*scenarios.Scenario, error)
	scenario  *scenarios.Scenario // kept for the baseline, and for explanations
	subject   *results.Subject
	figures   [][]quantity.Range // by calculator; nil if the scenario lacks inputs for it
	headlines []metric           // of the baseline
	problems  calc.Problems
}

// columns lists what is compared: the named scenarios, or one scenario and its changes.
func (c *comparer) columns() ([]compared, error) {
	if len(c.Scenarios) > 1 {
		columns := make([]compared, len(c.Scenarios))
		for i, s := range c.Scenarios {
			columns[i] = compared{label: s.Label, open: func() (*scenarios.Scenario, error) { return c.read(s.Name) }}
		}
		return columns, nil
	}
	base, err := c.read(c.Scenarios[0].Name)
	if err != nil {
		return nil, err
	}
	label := c.Scenarios[0].Label
	if label == "" {
		label = base.Label
	}
	grid, err := c.grid(base)
	if err != nil {
		return nil, err
	}
	columns := []compared{{label: label, open: func() (*scenarios.Scenario, error) { return base, nil }}}
	for _, varied := range grid {
		assignments := slices.Concat(c.Set, varied)
		columns = append(columns, compared{label: strings.Join(lasting(assignments), " "), varied: varied,
			open: func() (*scenarios.Scenario, error) { s := base.Clone(); return s, set(s, assignments) }})
	}
	return columns, nil
}

// compute computes every scenario.
func (c *comparer) compute(columns []compared) error {
	c.forEach(len(columns), func(w *worker, i int) { c.one(w, &columns[i], i == 0) })
	var problems calc.Problems
	for i := range columns {
		problems = append(problems, columns[i].problems...)
	}
	if len(problems) > 0 {
		return distinct(problems)
	}
	for i := range columns[1:] {
		if other := &columns[i+1]; other.subject.Currency != columns[0].subject.Currency {
			return &calc.Problem{Message: fmt.Sprintf("%s is in %s and %s in %s", columns[0].label, columns[0].subject.Currency, other.label, other.subject.Currency),
				Hint: "compare amounts of one currency"}
		}
	}
	return nil
}

// one opens and computes one scenario.
func (c *comparer) one(w *worker, column *compared, base bool) {
	defer column.blameVary()
	scenario, err := column.open()
	if err != nil {
		column.problems = calc.ProblemsOf(err)
		return
	}
	w.begin(scenario)
	column.subject = results.SubjectOf(scenario)
	if column.label == "" {
		column.label = scenario.Label
	}
	column.subject.Label = column.label
	column.figures = make([][]quantity.Range, len(c.Calculators))
	for _, i := range c.calculators {
		figures, err := w.figures(i)
		if err != nil {
			column.problems = append(column.problems, calc.ProblemsOf(err)...)
			continue
		}
		if figures == nil {
			continue
		}
		column.figures[i] = slices.Clone(figures)
		if base {
			headline, _ := w.headline(i) // the figures are computed, so this does not fail
			column.headlines = append(column.headlines, headline...)
		}
		column.subject.Notes = results.AddNew(column.subject.Notes, w.say(w.judge(i, func() []*quantity.Input { return w.weakInputs(i) }))...)
	}
	column.subject.Notes = results.AddNew(column.subject.Notes, w.notes()...)
	column.problems = sorted(append(column.problems, w.refusals()...))
	if base || c.Why {
		column.scenario = scenario
	}
}

// blameVary corrects the place of an error in a value of --vary. The values are set like
// those of --set, so the error names that flag.
func (column *compared) blameVary() {
	for _, problem := range column.problems {
		if doc := problem.Place.Document; doc != nil && slices.Contains(column.varied, doc.Text) {
			problem.Place.Document = &quantity.Document{Name: "--vary", Text: doc.Text}
		}
	}
}

// sameLabels refuses two columns with the same label. The scenarios' own labels are known
// only after they are opened.
func sameLabels(columns []compared) error {
	seen := map[string]bool{}
	for i := range columns {
		label := columns[i].label
		if label != "" && seen[label] {
			return &calc.Problem{Message: fmt.Sprintf("two scenarios are called %q", label), Hint: "name them apart with LABEL=FILE"}
		}
		seen[label] = true
	}
	return nil
}

// shared keeps the metrics that all scenarios have. A metric that was asked for by name
// must be one of them.
func (c *comparer) shared(columns []compared, metrics []metric) ([]metric, error) {
	if err := sameLabels(columns); err != nil {
		return nil, err
	}
	var kept []metric
	for _, m := range metrics {
		lacking := slices.IndexFunc(columns, func(column compared) bool { return math.IsNaN(column.value(m).Likely) })
		switch {
		case lacking < 0:
			kept = append(kept, m)
		case len(c.Metrics) > 0:
			return nil, &calc.Problem{Message: fmt.Sprintf("%s has no %s", columns[lacking].label, m.name), Hint: "give its inputs, or compare other metrics"}
		}
	}
	if len(kept) == 0 {
		return nil, &calc.Problem{Message: "the scenarios have no headline metric in common", Hint: "choose with --metric"}
	}
	return kept, nil
}

// value returns a figure of the scenario; NaN if it is not given.
func (column *compared) value(m metric) quantity.Range {
	if figures := column.figures[m.calculator]; figures != nil {
		return figures[m.index]
	}
	return quantity.Exactly(math.NaN())
}

// result collects what was computed.
func (c *comparer) result(columns []compared, metrics []metric) (*results.Result, error) {
	comparison := &results.Comparison{Currency: columns[0].scenario.Currency}
	result := &results.Result{Comparison: comparison}
	for _, m := range metrics {
		comparison.Metrics = append(comparison.Metrics, results.Compared{Metric: m.name, Unit: m.unit})
	}
	var mixed evaluation
	if c.Why {
		mixed = evaluation{study: c.Study}
		mixed.begin(columns[0].scenario)
	}
	for i := range columns {
		var values []quantity.Range
		var why [][]results.Why
		for _, m := range metrics {
			values = append(values, columns[i].value(m))
		}
		if c.Why && i > 0 {
			var err error
			if why, err = explain(&mixed, &columns[0], &columns[i], metrics); err != nil {
				return nil, err
			}
		}
		comparison.Add(columns[i].subject, values, why)
		for _, note := range columns[i].subject.Notes {
			if slices.ContainsFunc(columns, func(other compared) bool { return !slices.ContainsFunc(other.subject.Notes, note.Same) }) {
				note.Of = columns[i].label
			}
			result.Notes = results.AddNew(result.Notes, note)
		}
	}
	return result, nil
}

// explain attributes the changes of metrics to the inputs that differ.
func explain(mixed *evaluation, base, other *compared, metrics []metric) (all [][]results.Why, err error) {
	from, to := base.scenario, other.scenario
	for _, m := range metrics {
		model := mixed.model(m.calculator).Model
		parts, err := whatif.Why(model, m.index, from.Inputs, to.Inputs)
		if err != nil {
			return nil, &calc.Problem{Message: fmt.Sprintf("the change from %s to %s cannot be explained: %v", base.label, other.label, err),
				Hint: "change fewer at a time; they differ in " + strings.Join(whatif.Differing(model, from.Inputs, to.Inputs), ", ")}
		}
		whatif.RoundTo(parts, other.value(m).Likely-base.value(m).Likely, m.unit.Digits(from.Currency.Minor()))
		rows := make([]results.Why, 0, len(parts)) // asked for, even if there are none
		for _, part := range parts {
			row := results.Why{Key: strings.Join(part.Keys, " + "), Change: part.Change}
			for _, key := range part.Keys {
				row.From = append(row.From, from.Text(key))
				row.To = append(row.To, to.Text(key))
			}
			rows = append(rows, row)
		}
		all = append(all, rows)
	}
	return all, nil
}
