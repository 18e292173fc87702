package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
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
	cmd.Flags().BoolVar(&r.strict, "strict", false, "refuse a result that is based on evidence of grade C or X, on a figure without a source, or on an expired input, unless the scenario acknowledges it")
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
func (r *request) answer(model *calc.Model, s *scenarios.Scenario) (render.Answer, error) {
	if err := s.Bind(model); err != nil {
		return render.Answer{}, err
	}
	report, err := s.Report(model)
	if err != nil {
		return render.Answer{}, err
	}
	a := render.Answer{Calculator: model.Calculator, Report: report, Inputs: model.Inputs()}
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
		if in.Citation.Expires == "" || listed[key] || in.Citation.Expires >= r.today.orNow() {
			continue
		}
		listed[key] = true
		text := fmt.Sprintf("%s expired on %s", key, in.Citation.Expires)
		a.Report.Notes = append(a.Report.Notes, calc.Note{Kind: calc.Expired, Key: key, Text: text})
		problems = append(problems, &calc.Problem{Place: in.Place, Key: key, Message: text, Hint: "update this figure"})
	}
	weak := map[string]bool{}
	for _, in := range a.Report.BasedOn() {
		class := in.Class()
		if !class.Weak() || s.Acknowledges(in.Key) || weak[cmp.Or(in.Listed, in.Whole())] {
			continue
		}
		weak[cmp.Or(in.Listed, in.Whole())] = true
		text, hint := in.Text, "write {value: "+in.Text+", source: \"…\"}"
		if in.Evidence != nil {
			text, hint = in.Evidence.Text, "give it a value with a source of your own"
		}
		problems = append(problems, &calc.Problem{Place: in.Place, Key: in.Key,
			Message: fmt.Sprintf("%s%s%s %s, %s", a.Calculator, isBasedOn, in.Key, text, basis(class)),
			Hint:    fmt.Sprintf("%s, or acknowledge: [%s]", hint, acknowledged(in.Key))})
	}
	return problems
}

// isBasedOn stands between a calculator and what is refused of it.
const isBasedOn = " is based on "

// refusedOnce tells once what is refused of several calculators alike.
func refusedOnce(problems calc.Problems) calc.Problems {
	type refusal struct {
		place calc.Place
		what  string
	}
	refused := map[refusal][]string{}
	told := func(p *calc.Problem) (r refusal, calculator string) {
		calculator, what, is := strings.Cut(p.Message, isBasedOn)
		if !is || strings.Contains(calculator, " ") {
			return r, ""
		}
		return refusal{p.Place, what}, calculator
	}
	for _, p := range problems {
		if r, calculator := told(p); calculator != "" {
			refused[r] = append(refused[r], calculator)
		}
	}
	var kept calc.Problems
	for _, p := range problems {
		r, calculator := told(p)
		all := refused[r]
		if calculator == "" || len(all) == 1 {
			kept = append(kept, p)
			continue
		}
		if calculator != all[0] {
			continue
		}
		others := all[1]
		if len(all) > 2 {
			others = fmt.Sprintf("%d others", len(all)-1)
		}
		once := *p
		once.Message = fmt.Sprintf("%s and %s are based on %s", all[0], others, r.what)
		kept = append(kept, &once)
	}
	return kept
}

// acknowledged is what a scenario can acknowledge of an input: its key, or that of
// the list that it stands in. Only the number of an element puts digits into a key.
func acknowledged(key string) string {
	if i := strings.IndexAny(key, "0123456789"); i > 0 {
		return key[:i-1]
	}
	return key
}

// basis says what an input of a class is.
func basis(class calc.Class) string {
	if class == calc.Unsourced {
		return class.Means()
	}
	return "a figure of " + class.Means()
}
