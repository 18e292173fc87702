package study

import (
	"cmp"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/variation"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/currency"
	"github.com/churncost/churncost/scenarios/files"
)

// A CompareQuestion asks how metrics differ between scenarios.
type CompareQuestion struct {
	Scenarios []Labelled // without Base the first is the baseline; with Set or Vary it must be the only one
	Base      string     // a folder: each scenario is compared with the one under the same path in it; may be ""
	Removed   []string   // paths of scenarios that are only in Base
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
	if len(columns) < 2 && c.Base == "" {
		return nil, &calc.Problem{Message: "there is nothing to compare with", Hint: "name a second scenario, or change the first with --set or --vary"}
	}
	if c.Why && len(columns) > mostWhy {
		return nil, &calc.Problem{Message: fmt.Sprintf("--why explains at most %d scenarios, and %d are compared", mostWhy, len(columns)), Hint: "compare fewer"}
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
	if c.Base != "" {
		return c.result(columns, c.either(columns, metrics))
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
	label     string   // "" leaves the scenario its own
	name      string   // as it was given
	varied    []string // assignments of --vary
	open      func() (*scenarios.Scenario, error)
	scenario  *scenarios.Scenario // kept for the baseline, and for explanations
	subject   *results.Subject
	currency  currency.Currency
	figures   [][]quantity.Range // by calculator; nil if the scenario lacks inputs for it
	headlines []metric           // of the baseline or, with a folder of them, of every scenario
	problems  calc.Problems
	base      *compared // what it is compared with; nil for a baseline, and for a scenario that has none
}

// columns lists what is compared: the named scenarios, or one scenario and its changes.
func (c *comparer) columns() ([]compared, error) {
	if len(c.Scenarios) > 1 || c.Base != "" {
		columns := make([]compared, len(c.Scenarios))
		for i, s := range c.Scenarios {
			columns[i] = compared{label: s.Label, name: s.Name, open: func() (*scenarios.Scenario, error) { return c.read(s.Name) }}
		}
		return columns, sameLabels(columns)
	}
	base, err := c.read(c.Scenarios[0].Name)
	if err != nil {
		return nil, err
	}
	label := c.Scenarios[0].Label
	if label == "" {
		label = base.Label
	}
	var grid [][]string
	if len(c.Vary)+len(c.Set) > 0 {
		if grid, err = variation.Grid(base, c.Vary); err != nil {
			return nil, err
		}
	}
	columns := []compared{{label: label, open: func() (*scenarios.Scenario, error) { return base, nil }}}
	for _, varied := range grid {
		assignments := slices.Concat(c.Set, varied)
		columns = append(columns, compared{label: strings.Join(variation.Lasting(assignments), " "), varied: varied,
			open: func() (*scenarios.Scenario, error) { s := base.Clone(); return s, set(s, assignments) }})
	}
	return columns, nil
}

// compute computes every scenario, and what each is compared with.
func (c *comparer) compute(columns []compared) error {
	c.ForEach(len(columns), func(w *Worker, i int) {
		column := &columns[i]
		c.one(&w.evaluation, column, i == 0 || c.Base != "")
		if c.Base != "" && len(column.problems) == 0 {
			c.openBase(&w.Base, column)
		}
	})
	var problems calc.Problems
	for i := range columns {
		problems = append(problems, columns[i].problems...)
	}
	if len(problems) > 0 {
		return Distinct(problems)
	}
	subjects := make([]*results.Subject, len(columns))
	for i := range columns {
		column := &columns[i]
		subjects[i] = column.subject
		if c.Base == "" && i > 0 {
			column.base = &columns[0]
		}
		if column.base != nil && column.base.subject.Currency != column.subject.Currency {
			return &calc.Problem{Message: fmt.Sprintf("%s is in %s and %s in %s", column.base.subject.Label, column.base.subject.Currency, column.subject.Label, column.subject.Currency),
				Hint: "compare amounts of one currency"}
		}
	}
	results.LabelApart(subjects)
	return nil
}

// openBase reads and computes what the folder of baselines has under the path of a
// scenario. One that cannot be read is no error: the change may be what mends it.
func (c *comparer) openBase(e *evaluation, column *compared) {
	if err := files.Outside(column.name); err != nil {
		column.problems = calc.ProblemsOf(err)
		return
	}
	path := filepath.Join(c.Base, column.name)
	base := &compared{label: path, open: func() (*scenarios.Scenario, error) { return c.read(path) }}
	if _, err := os.Stat(path); err != nil {
		return
	}
	c.one(e, base, true)
	if len(base.problems) > 0 {
		column.subject.Notes = append(column.subject.Notes, results.Note{Note: calc.Note{Kind: calc.Warning, Text: "its baseline cannot be computed: " + strings.NewReplacer("{", "(", "}", ")").Replace(base.problems[0].Message)}})
		return
	}
	column.base = base
}

// one opens and computes one scenario.
func (c *comparer) one(e *evaluation, column *compared, headlines bool) {
	defer column.blameVary()
	scenario, err := column.open()
	if err != nil {
		column.problems = calc.ProblemsOf(err)
		return
	}
	e.begin(scenario)
	column.subject, column.currency = results.SubjectOf(scenario), scenario.Currency
	if column.label != "" {
		column.subject.Label = column.label
	}
	column.figures = make([][]quantity.Range, len(c.Calculators))
	for _, i := range c.calculators {
		figures, err := e.figures(i)
		if err != nil {
			column.problems = append(column.problems, calc.ProblemsOf(err)...)
			continue
		}
		if figures == nil {
			continue
		}
		column.figures[i] = slices.Clone(figures)
		if headlines {
			headline, _ := e.headline(i) // the figures are computed, so this does not fail
			column.headlines = append(column.headlines, headline...)
		}
		column.subject.Notes = results.AddNew(column.subject.Notes, e.say(e.judge(i, func() []*quantity.Input { return e.weakInputs(i) }))...)
	}
	column.subject.Notes = results.AddNew(column.subject.Notes, e.notes()...)
	column.problems = Sorted(append(column.problems, e.refusals()...))
	if headlines || c.Why {
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

// sameLabels refuses two columns with the same label. Scenarios' own labels are told apart
// by their paths.
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
	var kept []metric
	for _, m := range metrics {
		lacking := slices.IndexFunc(columns, func(column compared) bool { return math.IsNaN(column.value(m).Likely) })
		switch {
		case lacking < 0:
			kept = append(kept, m)
		case len(c.Metrics) > 0:
			return nil, &calc.Problem{Message: fmt.Sprintf("%s has no %s", columns[lacking].subject.Label, m.name), Hint: "give its inputs, or compare other metrics"}
		}
	}
	if len(kept) == 0 {
		return nil, &calc.Problem{Message: "the scenarios have no headline metric in common", Hint: "choose with --metric"}
	}
	return kept, nil
}

// either lists the metrics in the headline of any scenario or its baseline, in the order of
// the calculators, unless metrics are named.
func (c *comparer) either(columns []compared, named []metric) []metric {
	if len(named) > 0 {
		return named
	}
	var all []metric
	for i := range columns {
		all = append(all, columns[i].headlines...)
		if base := columns[i].base; base != nil {
			all = append(all, base.headlines...)
		}
	}
	slices.SortFunc(all, func(a, b metric) int {
		return cmp.Or(cmp.Compare(a.calculator, b.calculator), cmp.Compare(a.index, b.index))
	})
	return slices.Compact(all)
}

// hidden lists the metrics that are not compared and change in some scenario.
func (c *comparer) hidden(columns []compared, shown []metric) (names []string) {
	if len(c.Metrics) > 0 {
		return nil
	}
	changed := map[metric]bool{}
	for i := range columns {
		column := &columns[i]
		for _, calculator := range c.calculators {
			if column.base == nil || column.figures[calculator] == nil || column.base.figures[calculator] == nil {
				continue
			}
			for index, r := range column.figures[calculator] {
				if results.Differ(column.base.figures[calculator][index], r) {
					changed[metric{calculator: calculator, index: index}] = true
				}
			}
		}
	}
	for i, calculator := range c.Calculators {
		for j, f := range calculator.Metrics() {
			if changed[metric{calculator: i, index: j}] && !slices.ContainsFunc(shown, func(m metric) bool { return m.name == f.Metric }) {
				names = append(names, f.Metric)
			}
		}
	}
	return names
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
	comparison := &results.Comparison{Base: c.Base, Removed: c.Removed, Hidden: c.hidden(columns, metrics)}
	result := &results.Result{Comparison: comparison}
	for _, m := range metrics {
		comparison.Metrics = append(comparison.Metrics, results.Compared{Metric: m.name, Unit: m.unit})
	}
	for _, text := range c.Vary {
		comparison.Varied = append(comparison.Varied, variation.Key(text))
	}
	var mixed evaluation
	if c.Why {
		mixed = evaluation{study: c.Study}
	}
	for i := range columns {
		column := &columns[i]
		out := results.Column{Subject: column.subject, Currency: column.currency}
		for _, varied := range column.varied {
			_, value, _ := strings.Cut(varied, "=")
			out.Varied = append(out.Varied, strings.TrimSpace(value))
		}
		for _, m := range metrics {
			out.Values = append(out.Values, column.value(m))
			if column.base != nil {
				out.Base = append(out.Base, column.base.value(m))
			}
		}
		var why [][]results.Why
		if c.Why && column.base != nil {
			var err error
			if why, err = explain(&mixed, column.base, column, metrics); err != nil {
				return nil, err
			}
		}
		comparison.Add(out, why)
	}
	result.Notes = comparison.Notes()
	return result, nil
}

// explain attributes the changes of metrics to the inputs that differ.
func explain(mixed *evaluation, base, other *compared, metrics []metric) (all [][]results.Why, err error) {
	from, to := base.scenario, other.scenario
	mixed.begin(from)
	for _, m := range metrics {
		if from, to := base.value(m).Likely, other.value(m).Likely; from == to || math.IsNaN(from) || math.IsNaN(to) {
			all = append(all, []results.Why{})
			continue
		}
		model := mixed.model(m.calculator).Model
		parts, err := whatif.Why(model, m.index, from.Inputs, to.Inputs)
		if err != nil {
			return nil, &calc.Problem{Message: fmt.Sprintf("the change from %s to %s cannot be explained: %v", base.subject.Label, other.subject.Label, err),
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
