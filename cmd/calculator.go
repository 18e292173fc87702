package cmd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/render"
	"github.com/churncost/churncost/scenarios"
)

// newCalculator makes the command of one calculator.
func newCalculator(p *program, c calc.Calculator) *cobra.Command {
	var r request
	cmd := &cobra.Command{
		Use:     c.Name + " [SCENARIO]",
		Short:   c.Question,
		GroupID: "calculators",
		Args:    atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			document, err := p.calculate(c, args, &r)
			if err != nil {
				return p.fail(&r.out, c.Name, err)
			}
			return p.emit(r.out.chosen(), document)
		},
	}
	r.flags(cmd)
	withReference(cmd, c)
	return cmd
}

// calculate computes one calculator over the scenario that is named, or over
// the founding one, or the one that feeds every calculator where the founding
// one does not do.
func (p *program) calculate(c calc.Calculator, args []string, r *request) (*render.Document, error) {
	name := scenarios.Default
	if len(args) > 0 {
		name = args[0]
	}
	s, err := p.open(name, r.set)
	asked := func() *calc.Model {
		m := c.Model()
		m.StandIn()
		return m
	}
	model := asked()
	if err == nil && len(args) == 0 && s.Bind(model) != nil {
		s, err = p.open(scenarios.Everything, r.set)
	}
	if err != nil {
		return nil, err
	}
	answer, err := r.answer(model, s)
	if err != nil {
		return nil, err
	}
	likely(asked, s, &answer, nil)
	section := render.Section{Scenario: s, Answers: []render.Answer{answer}}
	for _, note := range p.notes(s) {
		if concerns(model, note) {
			section.Notes = append(section.Notes, note)
		}
	}
	return &render.Document{Command: c.Name, Sections: []render.Section{section}}, nil
}

// concerns tells whether a calculator asks for an input that a note on the whole
// scenario is about, or names.
func concerns(model *calc.Model, note calc.Note) bool {
	return model.Asks(note.Key) || slices.ContainsFunc(strings.Fields(note.Text), func(word string) bool {
		return strings.Contains(word, ".") && model.Asks(strings.Trim(word, "(),:;."))
	})
}

// open reads a scenario and sets what --set says, gathering all that is wrong.
func (p *program) open(name string, set []string) (*scenarios.Scenario, error) {
	s, err := scenarios.Open(name, p.stdin, p.vocabulary)
	if err != nil {
		return nil, err
	}
	var problems calc.Problems
	for _, assignment := range set {
		if err := s.Set(assignment); err != nil {
			problems = append(problems, problemsOf(err)...)
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return s, nil
}

func atMostOne(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return &calc.Problem{Message: fmt.Sprintf("%s takes one scenario, and %d are given", cmd.Name(), len(args)), Hint: "leave the others out"}
	}
	return nil
}

// readOnce refuses standard input that is named twice: the second to read it would
// find nothing.
func readOnce(names ...string) error {
	times := 0
	for _, name := range names {
		if name == "-" || strings.HasSuffix(name, "=-") {
			times++
		}
	}
	if times > 1 {
		return &calc.Problem{Message: "standard input is named twice, and can be read once", Hint: "save it to a file and name that"}
	}
	return nil
}

// withReference makes --help list the calculator's keys and metrics. They are
// written when somebody asks, for they take longer than most runs.
func withReference(cmd *cobra.Command, c calc.Calculator) {
	help := cmd.HelpFunc()
	cmd.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		cmd.Long = c.Question + "\n\n" + reference(c)
		help(cmd, args)
	})
}

// reference lists what a calculator asks and tells.
func reference(c calc.Calculator) string {
	var b strings.Builder
	b.WriteString("Inputs, as keys of the scenario and of --set:\n")
	var rows [][2]string
	for _, f := range c.Fields() {
		rows = append(rows, [2]string{f.Key, f.Help + terms(&f)})
		for _, item := range f.Items {
			rows = append(rows, [2]string{"  " + item.Key, item.Help + terms(&item)})
		}
	}
	columns(&b, rows)
	b.WriteString("\nMetrics, as exported and judged:\n")
	rows = nil
	for _, f := range c.Metrics() {
		rows = append(rows, [2]string{f.Metric, f.Label + " [" + string(f.Unit) + "]"})
	}
	columns(&b, rows)
	return strings.TrimSuffix(b.String(), "\n")
}

func columns(b *strings.Builder, rows [][2]string) {
	widest := 0
	for _, row := range rows {
		widest = max(widest, len(row[0]))
	}
	for _, row := range rows {
		fmt.Fprintf(b, "  %-*s  %s\n", widest, row[0], row[1])
	}
}

// terms says in brackets what a field's unit is and what happens where it is
// not given.
func terms(f *calc.Field) string {
	if t := f.Terms(); t != "" {
		return " [" + t + "]"
	}
	return ""
}
