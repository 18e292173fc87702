package cmd

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/render"
	"github.com/churncost/churncost/scenarios"
)

// newCheck makes the command that validates scenarios and judges their gates:
// the only one that exits 1.
func newCheck(p *program) *cobra.Command {
	c := checker{program: p}
	cmd := &cobra.Command{
		Use:   "check SCENARIO...",
		Short: "Validate scenarios and judge their gates; exits 1 when one fails",
		Long: `Validate scenarios and judge their gates, those of the scenario and those of --gate.

Status 0: every gate holds. 1: a gate fails. 2: no verdict, for something is wrong
with a scenario, a gate or the baseline; all of it is told, and nothing is judged.`,
		Args: atLeastOne,
		RunE: func(_ *cobra.Command, args []string) error { return c.run(args) },
	}
	cmd.Flags().StringVar(&c.base, "base", "", "`FILE|FOLDER` that .change gates compare with; a folder is matched by path")
	cmd.Flags().StringArrayVar(&c.gates, "gate", nil, "`'METRIC <= LIMIT'` must hold too; repeatable")
	c.draw.flags(cmd)
	c.request.judging(cmd)
	c.request.out.add(cmd)
	return cmd
}

func atLeastOne(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return &calc.Problem{Message: cmd.Name() + " takes at least one scenario", Hint: "name a file, or a built-in such as half-lettuce"}
	}
	return nil
}

// A checker checks scenarios.
type checker struct {
	program *program
	request request
	draw    draw
	base    string
	gates   []string
	metrics map[string]metricName
	folder  bool // whether the baseline is a folder
}

// A failedError says that a gate failed; all there is to say has been printed.
type failedError struct{}

func (failedError) Error() string { return "a gate failed" }

func (c *checker) run(args []string) error {
	c.metrics = c.program.metrics()
	document, err := c.check(args)
	if err != nil {
		return c.program.failWith(&c.request.out, &render.Document{Command: "check", Today: c.request.today.orNow()}, err)
	}
	if err := c.program.emit(c.request.out.chosen(), document); err != nil {
		return err
	}
	if document.Status == gate.Fail {
		return failedError{}
	}
	return nil
}

// A checked is what is kept of one scenario: little, for there may be thousands.
type checked struct {
	subject  *render.Subject
	verdicts []render.Verdict
	notes    []calc.Note
	problems calc.Problems
}

func (c *checker) check(args []string) (*render.Document, error) {
	if err := errors.Join(c.draw.check(), c.findBase(args), readOnce(append([]string{c.base}, args...)...)); err != nil {
		return nil, err
	}
	given := scenarios.FlagTexts("--gate", c.gates)
	all := make([]checked, len(args))
	c.program.spread(len(args), func(d *desk, i int) { all[i] = c.one(d, args[i], given) })

	verdicts := 0
	for i := range all {
		verdicts += len(all[i].verdicts)
	}
	document := &render.Document{Command: "check", Status: gate.Pass, Today: c.request.today.orNow(),
		Subjects: make([]*render.Subject, 0, len(all)), Verdicts: make([]render.Verdict, 0, verdicts)}
	var problems calc.Problems
	for i := range all {
		problems = append(problems, all[i].problems...)
		document.Subjects = append(document.Subjects, all[i].subject)
		document.Verdicts = append(document.Verdicts, all[i].verdicts...)
		document.Notes = append(document.Notes, all[i].said(len(all) > 1)...)
		all[i] = checked{}
	}
	if len(problems) > 0 {
		return nil, distinct(problems)
	}
	labelApart(document.Subjects)
	for i := range document.Verdicts {
		if document.Verdicts[i].Status == gate.Fail {
			document.Status = gate.Fail
		}
	}
	return document, nil
}

// said are the notes as they stand beside those of other scenarios: with the name of
// the scenario in front, where there are several.
func (c *checked) said(several bool) []calc.Note {
	if !several {
		return c.notes
	}
	notes := slices.Clone(c.notes)
	for i := range notes {
		notes[i].Text = c.subject.ID() + ": " + notes[i].Text
	}
	return notes
}

// labelApart labels scenarios by their paths where their labels are the same, as
// those of files of one name in several folders are.
func labelApart(subjects []*render.Subject) {
	count := make(map[string]int, len(subjects))
	for _, s := range subjects {
		count[s.Label]++
	}
	for _, s := range subjects {
		if count[s.Label] > 1 {
			s.Label = scenarios.Printable(s.ID())
		}
	}
}

// findBase looks what the baseline is. A file serves one scenario only. One that is
// not there is told of whether a gate wants it or not: a slip in a pipeline would
// else wait for the first gate that does.
func (c *checker) findBase(args []string) error {
	if c.base == "" {
		return nil
	}
	info, err := os.Stat(c.base)
	_, builtIn := scenarios.BuiltInText(c.base)
	if errors.Is(err, fs.ErrNotExist) && !builtIn && c.base != "-" {
		return &calc.Problem{Place: calc.Place{Document: &calc.Document{Name: c.base}},
			Message: "there is no such baseline", Hint: "give --base a scenario, or a folder that holds them under the same paths"}
	}
	c.folder = err == nil && info.IsDir() && !builtIn
	if !c.folder && len(args) > 1 {
		return &calc.Problem{Message: fmt.Sprintf("one baseline cannot serve %d scenarios", len(args)), Hint: "give --base a folder that holds them under the same paths"}
	}
	return nil
}

// A placed is a gate, fitted to its metric, and where it stands.
type placed struct {
	gate.Gate
	metric metricName
	place  calc.Place
}

// one checks one scenario: it reads it, reads its gates, computes all that it
// feeds, and judges.
func (c *checker) one(d *desk, argument string, given []scenarios.Text) (out checked) {
	s, err := scenarios.Open(argument, c.program.stdin, c.program.vocabulary)
	if err != nil {
		return checked{problems: problemsOf(err)}
	}
	out.subject = render.SubjectOf(s)
	gates, problems := c.read(append(s.Gates[:len(s.Gates):len(s.Gates)], given...))
	figures, judged := make([][]calc.Range, len(c.program.calculators)), c.request.strict || s.Dated()
	for i := range c.program.calculators {
		figures[i], err = c.compute(d, i, s, judged, &out)
		if err != nil {
			out.problems = append(out.problems, problemsOf(err)...)
		}
	}
	if len(out.problems) > 0 {
		out.problems = unique(append(out.problems, problems...))
		return out
	}
	out.problems = problems
	for _, note := range wholeNotes(d.consistency, s) {
		out.notes = addNote(out.notes, note)
	}
	out.subject.Notes = out.notes
	base, err := c.baseline(d, argument, gates)
	if err != nil {
		out.problems = append(out.problems, problemsOf(err)...)
		return out
	}
	chances, err := c.chances(s, gates)
	if err != nil {
		out.problems = append(out.problems, problemsOf(s.Locate(err))...)
		return out
	}
	source := &calc.Document{Name: s.Document.Name} // without the text, which need not be kept
	out.verdicts = make([]render.Verdict, 0, len(gates))
	for i, g := range gates {
		v, problem := c.judge(d, &g, s, figures, base)
		if problem == nil && g.Chance != nil {
			v = g.Judge(calc.Exactly(calc.Share.Round(chances[i], 0)))
			g.metric.unit = calc.Share
		}
		if problem != nil {
			problem.Place = g.place
			out.problems = append(out.problems, problem)
			continue
		}
		if g.place.Document == s.Document {
			g.place.Document = source
		}
		out.verdicts = append(out.verdicts, render.Verdict{Verdict: v, Subject: out.subject, Place: g.place, Unit: g.metric.unit, Currency: s.Currency})
	}
	return out
}

// compute computes one calculator, and has its evidence judged where --strict
// asks for it or an input has a date.
func (c *checker) compute(d *desk, calculator int, s *scenarios.Scenario, judged bool, out *checked) ([]calc.Range, error) {
	figures, fed, err := d.figures(calculator, s)
	if err != nil || !fed {
		return nil, err
	}
	if judged {
		answer, err := c.request.answer(c.program.calculators[calculator].Model(), s)
		if err != nil {
			return nil, err
		}
		for _, note := range answer.Report.Notes {
			if note.Kind == calc.Expired {
				out.notes = addNote(out.notes, note)
			}
		}
	}
	return figures, nil
}

// read parses gates and fits them to their metrics.
func (c *checker) read(texts []scenarios.Text) (gates []placed, problems calc.Problems) {
	for _, text := range texts {
		g, metric, err := c.program.gate(text.Text, c.metrics)
		if err != nil {
			for _, problem := range problemsOf(err) {
				problem.Place = text.Place
				problems = append(problems, problem)
			}
			continue
		}
		gates = append(gates, placed{g, metric, text.Place})
	}
	return gates, problems
}

// gate reads one gate and fits it to its metric.
func (p *program) gate(text string, metrics map[string]metricName) (gate.Gate, metricName, error) {
	g, err := gate.Parse(text)
	if err != nil {
		return g, metricName{}, err
	}
	metric, known := metrics[g.Metric]
	if !known {
		return g, metric, p.unknownMetric(g.Metric)
	}
	g, err = g.Fit(metric.unit)
	return g, metric, err
}

func (p *program) unknownMetric(name string) error {
	hint := "--help of a calculator lists its metrics"
	if near := scenarios.Nearest(name, p.metricNames()); near != "" {
		hint = "did you mean " + near + "?"
	}
	return &calc.Problem{Message: fmt.Sprintf("unknown metric %q", name), Hint: hint}
}

// A baseline is what .change gates compare with.
type baseline struct {
	scenario *scenarios.Scenario // nil where the scenario is new
	figures  map[int][]calc.Range
}

// baseline reads and computes the baseline of one scenario, as far as its gates
// want it. It is nil where none is given or wanted.
func (c *checker) baseline(d *desk, argument string, gates []placed) (*baseline, error) {
	path := c.base
	if c.folder {
		path = filepath.Join(c.base, argument)
		if !filepath.IsLocal(argument) {
			return nil, &calc.Problem{Place: calc.Place{Document: &calc.Document{Name: argument}},
				Message: "a folder of baselines is matched by path, and this one leads out of the folder you are in", Hint: "name the scenario by its path from here"}
		}
	}
	b := &baseline{figures: map[int][]calc.Range{}}
	for i := range gates {
		g := &gates[i]
		if !g.Change || path == "" {
			continue
		}
		if b.scenario == nil {
			if _, err := os.Stat(path); c.folder && os.IsNotExist(err) {
				return b, nil
			}
			s, err := scenarios.Open(path, c.program.stdin, c.program.vocabulary)
			if err != nil {
				return nil, err
			}
			b.scenario = s
		}
		if b.figures[g.metric.calculator] != nil {
			continue
		}
		figures, fed, err := d.figures(g.metric.calculator, b.scenario)
		if err != nil {
			return nil, err
		}
		if fed {
			b.figures[g.metric.calculator] = figures
		}
	}
	return b, nil
}

// chances draws the scenario for those gates that ask how likely something is;
// the answer has a place for every gate.
func (c *checker) chances(s *scenarios.Scenario, gates []placed) ([]float64, error) {
	selected := &selection{program: c.program, scenario: s}
	var conditions []whatif.Condition
	chances := make([]float64, len(gates))
	for i := range gates {
		g := &gates[i]
		if g.Chance == nil {
			continue
		}
		at := selected.pick(g.Metric, g.metric)
		minor, unit, condition := s.Currency.Minor(), g.metric.unit, *g.Chance
		conditions = append(conditions, whatif.Condition{Metric: selected.metrics[at],
			Holds: func(x float64) bool { return condition.Op.Holds(unit.Round(x, minor), condition.Limit) }})
	}
	if len(conditions) == 0 {
		return chances, nil
	}
	result, err := whatif.Simulate(context.Background(), selected.world, whatif.Request{Conditions: conditions,
		Trials: c.draw.trials, Seed: c.draw.seed, Correlations: s.Correlations})
	if ignoreMissing(err) != nil {
		return nil, asProblems(err)
	}
	if err != nil {
		return chances, nil // judge says that the inputs are missing
	}
	next := 0
	for i := range gates {
		if gates[i].Chance != nil {
			chances[i] = result.Chances[next].Share
			next++
		}
	}
	return chances, nil
}

// judge judges one gate. The problem has no place yet.
func (c *checker) judge(d *desk, g *placed, s *scenarios.Scenario, figures [][]calc.Range, base *baseline) (gate.Verdict, *calc.Problem) {
	whose := "the scenario"
	if g.place.Document != s.Document { // a gate of --gate, which does not say which scenario
		whose = render.SubjectOf(s).ID()
	}
	value, problem := figure(d, g, figures[g.metric.calculator], s, whose)
	if problem != nil {
		return gate.Verdict{}, problem
	}
	switch {
	case !g.Change:
		return g.Judge(value), nil
	case c.base == "":
		return gate.Verdict{}, &calc.Problem{Message: fmt.Sprintf("%s.change has no baseline", g.Metric), Hint: "name one with --base"}
	case base.scenario == nil:
		return gate.Verdict{Gate: g.Gate, Status: gate.New, Value: value}, nil
	}
	baseline := "the baseline " + render.SubjectOf(base.scenario).ID()
	if g.metric.unit.Kin() == calc.Money && base.scenario.Currency != s.Currency {
		return gate.Verdict{}, &calc.Problem{Message: fmt.Sprintf("%s is in %s and %s in %s", whose, s.Currency.Code(), baseline, base.scenario.Currency.Code()), Hint: "compare amounts of one currency"}
	}
	before, problem := figure(d, g, base.figures[g.metric.calculator], base.scenario, baseline)
	if problem != nil {
		return gate.Verdict{}, problem
	}
	return g.JudgeChange(value, before), nil
}

// figure picks the gate's metric out of a calculator's figures for a scenario. One
// that is not there, or not finite throughout, cannot be judged.
func figure(d *desk, g *placed, figures []calc.Range, s *scenarios.Scenario, whose string) (calc.Range, *calc.Problem) {
	if figures == nil {
		inputs := "its inputs"
		if missing := missingKeys(s.Bind(d.model(g.metric.calculator))); len(missing) > 0 {
			inputs = strings.Join(missing, " and ")
		}
		return calc.Range{}, &calc.Problem{Message: fmt.Sprintf("%s has no inputs for %s", whose, g.Metric), Hint: "give " + inputs + ", or take the gate out"}
	}
	r := figures[g.metric.index]
	switch {
	case r.Likely != r.Likely:
		return r, &calc.Problem{Message: fmt.Sprintf("%s gives no %s", whose, g.Metric), Hint: "the calculator's table says why"}
	case r.Low != r.Low && g.Chance == nil:
		return r, &calc.Problem{Message: fmt.Sprintf("%s is not finite throughout the ranges of %s", g.Metric, whose), Hint: "narrow the ranges"}
	}
	return r, nil
}

// distinct leaves out what is wrong with several scenarios alike, such as a gate
// of --gate or a value of --set, which each of them reads anew.
func distinct(problems calc.Problems) calc.Problems {
	type said struct {
		problem  calc.Problem
		document calc.Document
	}
	seen := map[said]bool{}
	var kept calc.Problems
	for _, problem := range problems {
		s := said{problem: *problem}
		if problem.Place.Document != nil {
			s.problem.Place.Document, s.document = nil, *problem.Place.Document
		}
		if !seen[s] {
			seen[s] = true
			kept = append(kept, problem)
		}
	}
	return kept
}
