// Package judging judges the gates of scenarios, and says what was not judged. It may
// know studies, which compute what gates are about, and what those know. It must not know
// the command line, or how a verdict is laid out or written.
package judging

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/study"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/files"
)

// A Question asks whether scenarios are valid and whether their gates hold.
type Question struct {
	Scenarios []string         // files, folders, patterns, built-in scenarios, or "-"
	Gates     []scenarios.Text // for all scenarios, in addition to their own
	Base      string           // a scenario, or a folder with scenarios under the same paths; may be ""
	Draws     study.Draws      // for gates on a chance
	Complete  bool             // whether what is not judged fails
}

// mostProblems is how many problems are told.
const mostProblems = 100

// A checker answers a Question.
type checker struct {
	*study.Study
	Question
	base  *baseline     // nil if none is given
	given []study.Gate  // the gates for all scenarios
	wrong calc.Problems // errors in these gates
}

// A checked is what is kept of one scenario. It is small, because there may be thousands.
type checked struct {
	subject  *results.Subject
	verdicts []results.Verdict
	unjudged []results.Unjudged
	problems calc.Problems
}

// Check validates scenarios and judges the gates of those that are valid. If something is
// wrong, the error says what, and the result has the verdicts on the other scenarios. The
// result is nil if nothing could be read at all.
func Check(s *study.Study, q Question) (*results.Result, error) {
	names, err := files.Expand(q.Scenarios)
	var problems calc.Problems
	if err != nil {
		problems = calc.ProblemsOf(err)
	}
	c := checker{Study: s, Question: q}
	if c.base, err = findBase(s, q.Base, names); err != nil {
		return nil, append(problems, calc.ProblemsOf(err)...)
	}
	c.given, c.wrong = s.Gates(q.Gates)
	all := make([]checked, len(names))
	s.ForEach(len(all), func(w *study.Worker, i int) { all[i] = c.one(w, names[i]) })

	verdicts := 0
	for i := range all {
		verdicts += len(all[i].verdicts)
		problems = append(problems, all[i].problems...)
	}
	result := &results.Result{Today: s.Today(), Complete: q.Complete, Subjects: make([]*results.Subject, 0, len(all)), Findings: results.Findings{Verdicts: make([]results.Verdict, 0, verdicts)}}
	for i := range all {
		if subject := all[i].subject; subject != nil {
			result.Notes = append(result.Notes, subject.Notes...)
			result.Subjects = append(result.Subjects, subject)
		}
		result.Verdicts = append(result.Verdicts, all[i].verdicts...)
		result.Unjudged = append(result.Unjudged, all[i].unjudged...)
		all[i] = checked{}
	}
	result.Unjudged = append(result.Unjudged, c.base.removed(q.Scenarios, names)...)
	results.LabelApart(result.Subjects)
	for i := range result.Verdicts {
		result.Verdicts[i].Scenario = result.Verdicts[i].Subject.Label
	}
	result.Status = status(result)
	return result, atMost(study.Distinct(problems))
}

// status is the verdict on all gates: a gate fails, all that were judged hold, or none was
// judged. If the result must be complete, what was not judged fails too.
func status(r *results.Result) gate.Status {
	all := gate.Nothing
	for i := range r.Verdicts {
		switch r.Verdicts[i].Status {
		case gate.Fail:
			return gate.Fail
		case gate.Pass:
			all = gate.Pass
		}
	}
	if all == gate.Pass && r.Complete && len(r.Unjudged) > 0 {
		return gate.Fail
	}
	return all
}

// atMost is the first problems as an error, and how many more there are.
func atMost(problems calc.Problems) error {
	if more := len(problems) - mostProblems; more > 0 {
		problems = append(problems[:mostProblems:mostProblems], &calc.Problem{Message: fmt.Sprintf("%d more problems are not told", more), Hint: "put these right first"})
	}
	return problems.OrNil()
}

// one checks one scenario: it computes every calculator that the scenario has inputs for,
// and judges the gates. A scenario with a problem has no subject.
func (c *checker) one(w *study.Worker, argument string) (out checked) {
	scenario, err := w.Open(argument)
	if err != nil {
		return checked{problems: calc.ProblemsOf(err)}
	}
	subject := results.SubjectOf(scenario)
	out.problems = w.Validate()
	gates, wrong := c.Study.Gates(scenario.Gates)
	gates, wrong = append(gates, c.given...), append(wrong, c.wrong...)
	if len(out.problems) == 0 {
		subject.Notes, out.problems = w.Grounds(gates)
	}
	if len(out.problems) > 0 {
		return checked{problems: study.Sorted(append(out.problems, wrong...))}
	}
	out.problems = wrong
	base, err := c.base.counterpart(w, argument)
	if err != nil {
		return checked{problems: calc.ProblemsOf(err)}
	}
	chances, err := w.Chances(gates, c.Draws)
	if err != nil {
		return checked{problems: calc.ProblemsOf(scenario.Locate(calc.ProblemsOf(err)))}
	}
	out.verdicts = make([]results.Verdict, 0, len(gates))
	for i := range gates {
		verdict, problem := c.judge(w, subject, scenario, base, &gates[i], chances[i])
		if problem != nil {
			problem.Place = gates[i].Place
			out.problems = append(out.problems, problem)
			continue
		}
		out.verdicts = append(out.verdicts, verdict)
	}
	if len(out.problems) > 0 {
		return checked{problems: out.problems}
	}
	for i := range subject.Notes {
		note := &subject.Notes[i]
		if note.Of = cmp.Or(note.At.File, subject.ID()); note.At.Line > 0 {
			note.Of += ":" + strconv.Itoa(note.At.Line)
		}
	}
	out.subject, out.unjudged = subject, c.unjudged(subject, scenario, out.verdicts, gates, base)
	return out
}

// judge judges one gate. Only a gate on a chance uses chance. A problem has no place yet.
func (c *checker) judge(w *study.Worker, subject *results.Subject, scenario *scenarios.Scenario, base *counterpart, g *study.Gate, chance whatif.Chance) (results.Verdict, *calc.Problem) {
	whose := "the scenario"
	if g.Place.Document != scenario.Document { // a gate for all scenarios: its place does not show which one
		whose = subject.ID()
	}
	verdict := func(v gate.Verdict) results.Verdict {
		return results.NewVerdict(&v, subject, g.Place, g.MetricUnit(), scenario.Currency)
	}
	value, problem := w.Judged(g, whose)
	if problem != nil {
		return results.Verdict{}, problem
	}
	fresh := gate.Verdict{Gate: g.Gate, Status: gate.New, Value: value}
	switch {
	case g.Chance != nil:
		v := verdict(g.Judge(quantity.Exactly(quantity.Share.Round(chance.Share, 0))))
		v.Probability = &results.Estimate{Value: v.Value, Error: results.Round6(chance.Error)}
		return v, nil
	case !g.Change:
		return verdict(g.Judge(value)), nil
	case c.base == nil:
		return results.Verdict{}, &calc.Problem{Message: fmt.Sprintf("%s.change has no baseline", g.Metric), Hint: "name one with --base"}
	case base.scenario == nil:
		fresh.Reason = base.reason
		return verdict(fresh), nil
	}
	baseline := "the baseline " + results.SubjectOf(base.scenario).ID()
	if g.MetricUnit().Kin() == quantity.Money && base.scenario.Currency != scenario.Currency {
		return results.Verdict{}, &calc.Problem{Message: fmt.Sprintf("%s is in %s and %s in %s", whose, scenario.Currency.Code(), baseline, base.scenario.Currency.Code()), Hint: "compare amounts of one currency"}
	}
	before, problem := w.Base.Judged(g, baseline)
	if problem != nil {
		fresh.Reason = problem.Message
		return verdict(fresh), nil
	}
	return verdict(g.JudgeChange(value, before)), nil
}
