package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/render"
	"github.com/churncost/churncost/scenarios"
)

// A request is what the flags of a command that computes ask for.
type request struct {
	set    []string
	out    outputs
	strict bool
	today  day
}

// flags registers the flags that every command has which reads one scenario and
// computes.
func (r *request) flags(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&r.set, "set", nil, "`KEY=VALUE` changes one input; repeatable, the last wins")
	r.judging(cmd)
	r.out.add(cmd)
}

// judging registers the flags by which evidence and dates are judged.
func (r *request) judging(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&r.strict, "strict", false, "refuse a result that rests on evidence of grade C or X, or on an expired input, unless the scenario acknowledges it")
	cmd.Flags().Var(&r.today, "today", "`DATE` by which expiry dates are judged, such as 2026-05-01; the day it runs if left out")
}

// day is the value of --today: a date, written as scenarios write it so that
// dates compare as texts.
type day string

func (d *day) String() string { return string(*d) }

func (d *day) Type() string { return "date" }

func (d *day) Set(text string) error {
	if !scenarios.IsDate(text) {
		return errors.New("write it as 2026-05-01")
	}
	*d = day(text)
	return nil
}

// orNow is the day given, or the day it is: the only clock of the program.
func (d day) orNow() string {
	if d == "" {
		return time.Now().Format(time.DateOnly)
	}
	return string(d)
}

// answer is the path of every number: bind the calculator's inputs, compute,
// judge what the result rests on, and hand on what there is to tell.
func (r *request) answer(c calc.Calculator, s *scenarios.Scenario) (render.Answer, error) {
	model := c.Model()
	if err := s.Bind(model); err != nil {
		return render.Answer{}, err
	}
	report, err := s.Report(model)
	if err != nil {
		return render.Answer{}, err
	}
	a := render.Answer{Calculator: c.Name, Report: report, Inputs: model.Inputs()}
	if problems := r.judge(&a, s); r.strict && len(problems) > 0 {
		return a, s.Locate(problems)
	}
	return a, nil
}

// judge notes expired inputs in the report, and says what --strict would refuse.
func (r *request) judge(a *render.Answer, s *scenarios.Scenario) calc.Problems {
	var problems calc.Problems
	listed := map[string]bool{}
	for _, in := range a.Inputs {
		key := cmp.Or(in.Listed, in.Key)
		// The clock is read only where a day is judged: it costs a look at a file.
		if in.Ledger.Expires == "" || listed[key] || in.Ledger.Expires >= r.today.orNow() {
			continue
		}
		listed[key] = true
		text := fmt.Sprintf("%s expired on %s", key, in.Ledger.Expires)
		a.Report.Notes = append(a.Report.Notes, calc.Note{Kind: "expired", Key: key, Text: text})
		problems = append(problems, &calc.Problem{Place: in.Place, Key: key, Message: text, Hint: "look the number up anew"})
	}
	for _, in := range a.Report.Rests() {
		if grade := in.Evidence.Grade; grade.Weak() && !s.Acknowledges(in.Key) {
			problems = append(problems, &calc.Problem{Place: in.Place, Key: in.Key,
				Message: fmt.Sprintf("%s rests on %s %s, a figure of grade %s: %s", a.Calculator, in.Key, in.Evidence.Text, grade, grade.Means()),
				Hint:    fmt.Sprintf("give %s a value with a source of your own, or write acknowledge: [%s]", in.Key, in.Whole())})
		}
	}
	return problems
}
