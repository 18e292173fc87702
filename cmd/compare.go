package cmd

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/render"
	"github.com/churncost/churncost/scenarios"
)

// newCompare makes the command that sets scenarios side by side.
func newCompare(p *program) *cobra.Command {
	c := comparer{program: p}
	cmd := &cobra.Command{
		Use:   "compare BASE [SCENARIO...]",
		Short: "Compare scenarios; the first is the baseline",
		Long: `Compare scenarios. The first is the baseline; LABEL=FILE names a column.

  churncost compare base.yaml mine.yaml
  churncost compare mine.yaml --set customer.years=12 --why
  churncost compare mine.yaml --vary customer.retention=70%..90%/5 --metric loss.total`,
		Args: atLeastOne,
		RunE: func(_ *cobra.Command, args []string) error {
			document, err := c.compare(args)
			if err != nil {
				return p.fail(&c.request.out, "compare", err)
			}
			return p.emit(c.request.out.chosen(), document)
		},
	}
	c.request.flags(cmd)
	cmd.Flags().StringArrayVar(&c.vary, "vary", nil, "`KEY=V1,V2,...` or KEY=LOW..HIGH/POINTS: a column for each value; twice for a grid")
	cmd.Flags().StringSliceVar(&c.metrics, "metric", nil, "which `METRICS` to compare; the headline metrics that all of them have, if left out")
	cmd.Flags().BoolVar(&c.why, "why", false, "share the change out among the inputs that differ")
	return cmd
}

// A comparer compares scenarios.
type comparer struct {
	program *program
	request request
	vary    []string
	metrics []string
	why     bool
}

// mostWhy is how many scenarios --why explains: each takes thousands of
// computations.
const mostWhy = 20

func (c *comparer) compare(args []string) (*render.Document, error) {
	columns, err := c.columns(args)
	if err != nil {
		return nil, err
	}
	if len(columns) < 2 {
		return nil, &calc.Problem{Message: "there is nothing to compare with", Hint: "name a second scenario, or change the first with --set or --vary"}
	}
	if c.why && len(columns) > mostWhy {
		return nil, &calc.Problem{Message: fmt.Sprintf("--why explains at most %d scenarios, and %d are compared", mostWhy, len(columns)), Hint: "compare fewer"}
	}
	if err := sameLabels(columns); err != nil {
		return nil, err
	}
	calculators, err := c.wanted()
	if err != nil {
		return nil, err
	}
	if err := c.figures(columns, calculators); err != nil {
		return nil, err
	}
	metrics := c.metrics
	if len(metrics) == 0 {
		metrics = columns[0].headlines
	}
	if metrics, err = c.shared(columns, metrics); err != nil {
		return nil, err
	}
	return c.document(columns, metrics)
}

// A compared is one scenario of a comparison, and what was computed for it.
type compared struct {
	label    string
	varied   []string // by --vary
	open     func() (*scenarios.Scenario, error)
	scenario *scenarios.Scenario // kept for the base, and where --why asks for it
	subject  *render.Subject
	figures  map[int][]calc.Range // by calculator; absent where it is not fed
	// headlines are the metrics that the base's headlines tell.
	headlines []string
	notes     []calc.Note
	problems  calc.Problems
}

// columns lists what is compared: the scenarios named, or one and its changes.
func (c *comparer) columns(args []string) ([]compared, error) {
	if len(args) > 1 {
		if len(c.request.set) > 0 || len(c.vary) > 0 {
			return nil, &calc.Problem{Message: "--set and --vary change one scenario, and several are named", Hint: "name one scenario"}
		}
		if err := readOnce(args...); err != nil {
			return nil, err
		}
		columns := make([]compared, len(args))
		for i, argument := range args {
			label, path := cutLabel(argument)
			columns[i] = compared{label: label, open: func() (*scenarios.Scenario, error) { return c.program.open(path, nil) }}
		}
		return columns, nil
	}
	label, path := cutLabel(args[0])
	base, err := c.program.open(path, nil)
	if err != nil {
		return nil, err
	}
	if label == "" {
		label = base.Label
	}
	columns := []compared{{label: label, open: func() (*scenarios.Scenario, error) { return base, nil }}}
	grid, err := c.grid(base)
	if err != nil {
		return nil, err
	}
	pristine := base.Clone() // which no worker binds while another copies it
	for _, varied := range grid {
		assignments := slices.Concat(c.request.set, varied)
		columns = append(columns, compared{label: strings.Join(lasting(assignments), " "), varied: varied,
			open: func() (*scenarios.Scenario, error) { return changed(pristine, assignments) }})
	}
	return columns, nil
}

// lasting leaves out the assignments that a later one of the same key undoes.
func lasting(assignments []string) []string {
	var kept []string
	for i, assignment := range assignments {
		key := keyOf(assignment)
		if !slices.ContainsFunc(assignments[i+1:], func(later string) bool { return keyOf(later) == key }) {
			kept = append(kept, assignment)
		}
	}
	return kept
}

// keyOf is the key of KEY=VALUE.
func keyOf(assignment string) string {
	key, _, _ := strings.Cut(assignment, "=")
	return strings.TrimSpace(key)
}

// mostVaried is how many scenarios --vary makes: all of them are kept until the
// last is computed.
const mostVaried = 100_000

// grid lists what --vary changes in each column: every combination of its
// values. Without it there is one column, of what --set changes.
func (c *comparer) grid(base *scenarios.Scenario) ([][]string, error) {
	if len(c.vary) == 0 && len(c.request.set) == 0 {
		return nil, nil
	}
	grid := [][]string{nil}
	seen := map[string]bool{}
	var problems calc.Problems
	for _, text := range c.vary {
		values, err := base.Vary(text)
		if err != nil {
			problems = append(problems, problemsOf(err)...)
			continue
		}
		if problem := repeated(text, values, seen); problem != nil {
			problems = append(problems, problem)
		}
		if len(problems) > 0 {
			continue
		}
		if made := len(grid) * len(values); made > mostVaried {
			return nil, &calc.Problem{Message: fmt.Sprintf("--vary makes %d scenarios or more, and %d can be compared", made, mostVaried), Hint: "vary fewer values"}
		}
		var wider [][]string
		for _, row := range grid {
			for _, value := range values {
				wider = append(wider, append(row[:len(row):len(row)], value))
			}
		}
		grid = wider
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return grid, nil
}

// repeated refuses a --vary whose key another one has, or that names a value
// twice: two columns would be the same.
func repeated(text string, values []string, seen map[string]bool) *calc.Problem {
	key := keyOf(text)
	at := calc.Place{Document: &calc.Document{Name: "--vary", Text: text}, Line: 1, Column: 1, Width: len([]rune(key))}
	if seen[key] {
		return &calc.Problem{Place: at, Message: key + " is varied twice", Hint: "write all its values in one --vary"}
	}
	seen[key] = true
	for i, value := range values {
		if slices.Contains(values[:i], value) {
			return &calc.Problem{Place: at, Message: value + " stands there twice", Hint: "write each value once"}
		}
	}
	return nil
}

// changed is a copy of the scenario with some inputs set.
func changed(base *scenarios.Scenario, assignments []string) (*scenarios.Scenario, error) {
	s := base.Clone()
	var problems calc.Problems
	for _, assignment := range assignments {
		if err := s.Set(assignment); err != nil {
			problems = append(problems, problemsOf(err)...)
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return s, nil
}

// cutLabel takes LABEL=FILE apart. A file whose own name has an equals sign is
// not taken apart.
func cutLabel(argument string) (label, path string) {
	label, path, found := strings.Cut(argument, "=")
	if !found {
		return "", argument
	}
	if _, err := os.Stat(argument); err == nil {
		return "", argument
	}
	return scenarios.Printable(label), path
}

// wanted lists the calculators that tell what is to be compared: all of them where no
// metric is named.
func (c *comparer) wanted() (calculators []int, err error) {
	known := c.program.metrics()
	var problems calc.Problems
	for _, name := range c.metrics {
		if _, found := known[name]; !found {
			problems = append(problems, problemsOf(c.program.unknownMetric(name))...)
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	for _, name := range c.metrics {
		if i := known[name].calculator; !slices.Contains(calculators, i) {
			calculators = append(calculators, i)
		}
	}
	if len(c.metrics) == 0 {
		for i := range c.program.calculators {
			calculators = append(calculators, i)
		}
	}
	return calculators, nil
}

// figures computes every scenario.
func (c *comparer) figures(columns []compared, calculators []int) error {
	c.program.spread(len(columns), func(d *desk, i int) { c.one(d, &columns[i], calculators, i == 0) })
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
func (c *comparer) one(d *desk, column *compared, calculators []int, base bool) {
	defer column.blameVary()
	s, err := column.open()
	if err != nil {
		column.problems = problemsOf(err)
		return
	}
	column.subject = render.SubjectOf(s)
	if column.label == "" {
		column.label = s.Label
	}
	column.subject.Label = column.label
	column.figures = map[int][]calc.Range{}
	for _, i := range calculators {
		figures, fed, err := d.figures(i, s)
		if err != nil {
			column.problems = append(column.problems, problemsOf(err)...)
			continue
		}
		if !fed {
			continue
		}
		column.figures[i] = figures
		if base {
			column.headlines = append(column.headlines, d.model(i).HeadlineMetrics()...)
		}
		if c.request.strict || s.Dated() {
			answer, err := c.request.answer(c.program.calculators[i].Model(), s)
			if err != nil {
				column.problems = append(column.problems, problemsOf(err)...)
				continue
			}
			for _, note := range answer.Report.Notes {
				if note.Kind == calc.Expired {
					column.notes = addNote(column.notes, note)
				}
			}
		}
	}
	for _, note := range wholeNotes(d.consistency, s) {
		column.notes = addNote(column.notes, note)
	}
	column.subject.Notes = column.notes
	column.problems = unique(column.problems)
	if base || c.why {
		column.scenario = s
	}
}

// blameVary names --vary as the place of what is wrong with a value of it, for
// the values are set as those of --set are.
func (column *compared) blameVary() {
	for _, problem := range column.problems {
		if doc := problem.Place.Document; doc != nil && slices.Contains(column.varied, doc.Text) {
			problem.Place.Document = &calc.Document{Name: "--vary", Text: doc.Text}
		}
	}
}

// sameLabels refuses two columns that are called alike. Labels that the
// scenarios themselves give are known only once they are open.
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

// shared keeps the metrics that all scenarios have. One that was asked for by
// name must be among them.
func (c *comparer) shared(columns []compared, metrics []string) ([]string, error) {
	if err := sameLabels(columns); err != nil {
		return nil, err
	}
	known := c.program.metrics()
	var kept []string
	for _, name := range metrics {
		lacking := slices.IndexFunc(columns, func(column compared) bool { return math.IsNaN(column.value(known[name]).Likely) })
		switch {
		case lacking < 0:
			kept = append(kept, name)
		case len(c.metrics) > 0:
			return nil, &calc.Problem{Message: fmt.Sprintf("%s has no %s", columns[lacking].label, name), Hint: "give its inputs, or compare other metrics"}
		}
	}
	if len(kept) == 0 {
		return nil, &calc.Problem{Message: "the scenarios have no headline metric in common", Hint: "choose with --metric"}
	}
	return kept, nil
}

// value is a figure of the scenario; NaN where it is not given.
func (column *compared) value(name metricName) calc.Range {
	if figures := column.figures[name.calculator]; figures != nil {
		return figures[name.index]
	}
	return calc.Exactly(math.NaN())
}

// document gathers what there is to tell.
func (c *comparer) document(columns []compared, metrics []string) (*render.Document, error) {
	known := c.program.metrics()
	document := &render.Document{Command: "compare", Comparison: &render.Comparison{Currency: columns[0].scenario.Currency}}
	comparison := document.Comparison
	for _, name := range metrics {
		comparison.Metrics = append(comparison.Metrics, render.Compared{Metric: name, Unit: known[name].unit})
	}
	for i := range columns {
		column := render.Column{Subject: columns[i].subject}
		for _, name := range metrics {
			column.Values = append(column.Values, columns[i].value(known[name]))
		}
		if c.why && i > 0 {
			why, err := c.explain(&columns[0], &columns[i], metrics)
			if err != nil {
				return nil, err
			}
			column.Why = why
		}
		comparison.Columns = append(comparison.Columns, column)
		for _, note := range columns[i].notes {
			everywhere := !slices.ContainsFunc(columns, func(other compared) bool { return !slices.ContainsFunc(other.notes, note.Same) })
			if !everywhere {
				note.Text = columns[i].label + ": " + note.Text
			}
			document.Notes = addNote(document.Notes, note)
		}
	}
	return document, nil
}

// explain shares the changes of the metrics out among the inputs that differ.
func (c *comparer) explain(base, other *compared, metrics []string) ([][]render.Why, error) {
	known := c.program.metrics()
	d := c.program.desk()
	var all [][]render.Why
	for _, name := range metrics {
		m := known[name]
		parts, err := whatif.Why(d.model(m.calculator), m.index, base.scenario.Inputs, other.scenario.Inputs)
		if err != nil {
			return nil, &calc.Problem{Message: fmt.Sprintf("the change from %s to %s cannot be explained: %v", base.label, other.label, err),
				Hint: "change fewer at a time; they differ in " + strings.Join(whatif.Differing(d.model(m.calculator), base.scenario.Inputs, other.scenario.Inputs), ", ")}
		}
		whatif.RoundTo(parts, other.value(m).Likely-base.value(m).Likely, m.unit.Digits(base.scenario.Currency.Minor()))
		var rows []render.Why
		for _, part := range parts {
			row := render.Why{Key: strings.Join(part.Keys, " + "), Change: part.Change}
			for _, key := range part.Keys {
				row.From = append(row.From, base.scenario.Text(key))
				row.To = append(row.To, other.scenario.Text(key))
			}
			rows = append(rows, row)
		}
		all = append(all, rows)
	}
	return all, nil
}
