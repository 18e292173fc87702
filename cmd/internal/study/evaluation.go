package study

import (
	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/extremes"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/scenarios"
)

// An evaluation is one scenario and the models of the calculators, each bound to it at
// most once. The models are reused for the next scenario.
type evaluation struct {
	study       *Study
	scenario    *scenarios.Scenario
	benchmarks  bool // whether they replace inputs that are not given
	models      []model
	consistency *calc.Model
	refused     []*refusal
	memory      scenarios.Memory // of the scenarios that check opens
}

// A model is a calculator's model in an evaluation.
type model struct {
	*calc.Model
	bound      bool
	bindErr    error
	report     *calc.Report // at the likely values; nil until needed
	computed   bool         // whether figures is filled in
	figures    []quantity.Range
	figuresErr error
}

// evaluate begins the evaluation of one scenario.
func (s *Study) evaluate(scenario *scenarios.Scenario) *evaluation {
	e := &evaluation{study: s}
	e.begin(scenario)
	return e
}

// begin turns to another scenario.
func (e *evaluation) begin(scenario *scenarios.Scenario) {
	e.scenario, e.refused = scenario, nil
	if e.models == nil {
		e.models = make([]model, len(e.study.Calculators))
	}
	for i := range e.models {
		m := &e.models[i]
		*m = model{Model: m.Model, figures: m.figures[:0]}
	}
}

// model returns the model of a calculator. It may not be bound yet.
func (e *evaluation) model(calculator int) *model {
	m := &e.models[calculator]
	if m.Model == nil {
		m.Model = e.study.Calculators[calculator].Model()
		if e.benchmarks {
			m.UseBenchmarks()
		}
	}
	return m
}

// bind returns the model of a calculator, bound to the scenario.
func (e *evaluation) bind(calculator int) (*calc.Model, error) {
	m := e.model(calculator)
	if !m.bound {
		m.bound, m.bindErr = true, e.scenario.Bind(m.Model)
	}
	return m.Model, m.bindErr
}

// hasInputs reports whether the scenario has the inputs of a calculator. That some are
// missing is not an error.
func (e *evaluation) hasInputs(calculator int) (bool, error) {
	if !e.model(calculator).HasInputs(e.scenario.Inputs) {
		return false, nil
	}
	_, err := e.bind(calculator)
	return err == nil, ignoreMissing(err)
}

// figures returns the figures of a calculator with their low and high ends, rounded, in
// the order of its metrics; nil if the scenario lacks inputs for it. They are valid until
// the evaluation moves on to another scenario.
func (e *evaluation) figures(calculator int) ([]quantity.Range, error) {
	if given, err := e.hasInputs(calculator); !given {
		return nil, err
	}
	m := &e.models[calculator]
	if !m.computed {
		m.computed = true
		m.figures, m.figuresErr = extremes.Figures(m.Model, m.figures, e.scenario.Currency.Minor())
		m.figuresErr = e.scenario.Locate(m.figuresErr)
	}
	return m.figures, m.figuresErr
}

// report returns the report of a bound calculator at the likely values, not rounded.
func (e *evaluation) report(calculator int) (*calc.Report, error) {
	m := &e.models[calculator]
	if m.report == nil {
		var err error
		if m.report, err = m.Report(); err != nil {
			return nil, e.scenario.Locate(err)
		}
	}
	return m.report, nil
}

// headline lists the metrics in the headline of a bound calculator for which there are
// figures.
func (e *evaluation) headline(calculator int) (metrics []metric, err error) {
	r, err := e.report(calculator)
	if err != nil {
		return nil, err
	}
	for _, i := range r.HeadlineMetrics() {
		if f := &r.Figures[i]; !f.Absent() {
			metrics = append(metrics, metric{f.Metric, calculator, i, f.Unit})
		}
	}
	return metrics, nil
}

// notes returns the remarks and warnings on the scenario as a whole: inputs that
// contradict each other, and numbers that probably mean something else than they say.
func (e *evaluation) notes() []results.Note {
	if e.consistency == nil {
		e.consistency = catalog.Consistency().Model()
	}
	return e.say(append(e.scenario.Notes(), e.consistency.Notes(e.scenario.Inputs)...))
}

// say turns notes of calculators into notes on the scenario, with the place of the input
// that each is about.
func (e *evaluation) say(notes []calc.Note) []results.Note {
	var all []results.Note
	for _, note := range notes {
		n := results.Note{Note: note, Currency: e.scenario.Currency}
		if in := e.scenario.Inputs[note.Key]; in != nil {
			n.At = results.LocationOf(in.Place)
		}
		all = append(all, n)
	}
	return all
}
