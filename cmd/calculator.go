package cmd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/scenarios"
)

// newCalculator makes the command of one calculator.
func newCalculator(p *program, c calc.Calculator) *cobra.Command {
	var r request
	cmd := &cobra.Command{
		Use:     c.Name + " [SCENARIO]",
		Short:   c.Question,
		GroupID: "calculators",
		Args:    atMostOneScenario,
		RunE: func(_ *cobra.Command, args []string) error {
			result, err := p.study(&r).Calculate(c, r.named(args))
			return p.printResult(&r.out, result, err)
		},
	}
	r.flags(cmd)
	p.withReference(cmd, c)
	return cmd
}

// withReference makes --help list the calculator's keys, metrics and examples. They are
// written only when --help is used, because that takes longer than most runs.
func (p *program) withReference(cmd *cobra.Command, c calc.Calculator) {
	help := cmd.HelpFunc()
	cmd.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		cmd.Long = c.Question + "\n\n" + reference(c)
		cmd.Example = p.examples(c)
		help(cmd, args)
	})
}

// examples are command lines with the calculator. The first is with a built-in scenario
// that has the inputs.
func (p *program) examples(c calc.Calculator) string {
	model, names := c.Model(), scenarios.Names()
	fed := slices.IndexFunc(names, func(name string) bool {
		s, err := scenarios.Open(name, p.stdin, p.vocabulary)
		return err == nil && s.Bind(model) == nil
	})
	if fed < 0 {
		return ""
	}
	return fmt.Sprintf(`  churncost %[1]s %[2]s
  churncost %[1]s mine.yaml --format html=%[1]s.html`, c.Name, names[fed])
}

// reference lists a calculator's inputs and metrics.
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

// terms gives in brackets a field's unit, and what happens if it is not given.
func terms(f *calc.Field) string {
	if t := f.Terms(); t != "" {
		return " [" + t + "]"
	}
	return ""
}
