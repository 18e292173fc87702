package cmd

import (
	"context"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/render"
	"github.com/churncost/churncost/scenarios"
)

// headlineTrials is how often the ranges behind a headline are drawn: the error of
// P95 is then about one in a hundred, so that two digits of it stand.
const headlineTrials = 10_000

// likely draws the ranges that an answer is based on, a benchmark that fills a silence
// among them, and tells what is likely of the figures in its headline. It is what
// simulate tells of as many trials. Curves are those of the same scenario's other
// answers, or nil.
func likely(model func() *calc.Model, s *scenarios.Scenario, a *render.Answer, curves whatif.QuantileFunctions) {
	request := whatif.Request{Trials: headlineTrials, Seed: defaultSeed, Correlations: s.Correlations, Curves: curves}
	var figures []*calc.Figure
	for i := range a.Report.Figures {
		f := &a.Report.Figures[i]
		if strings.Contains(a.Report.Headline, "{"+f.Metric+"}") && !f.Absent() && !f.Range.Exact() {
			figures = append(figures, f)
			request.Metrics = append(request.Metrics, whatif.Metric{Index: i})
		}
	}
	if len(figures) == 0 {
		return
	}
	result, err := whatif.Simulate(context.Background(), func() (*whatif.Bindings, error) {
		m := model()
		if err := s.Bind(m); err != nil {
			return nil, err
		}
		return whatif.NewBindings([]*calc.Model{m}), nil
	}, request)
	if err != nil {
		a.Report.Notes = append(a.Report.Notes, undrawn(a.Calculator, problemsOf(err)[0]))
		return
	}
	for i, f := range figures {
		switch d := &result.Distributions[i]; {
		case !d.Finite():
			a.Report.Notes = append(a.Report.Notes, undrawn(a.Calculator, &calc.Problem{Message: "what is to be told of " + f.Metric + " is too large"}))
		case d.Given > 0:
			a.Likely = append(a.Likely, render.NewLikely(f, d, s.Currency.Minor()))
		}
	}
}

// undrawn notes why a headline does not say what is likely.
func undrawn(calculator string, why *calc.Problem) calc.Note {
	return calc.Note{Kind: calc.Warning, Key: why.Key, Text: "the headline of " + calculator + " tells the ends of the ranges, and not what is likely: " + why.Message}
}
