// Package study answers questions about scenarios and returns the answers as plain
// structs. A question is a method of Study. It reads its scenarios, binds the models of
// each once, computes once what it needs, and attributes evidence only if the question
// asks for it.
//
// It may know scenarios, calc and the packages below calc. It must not know the
// command line, how a result is laid out or written, or a terminal. Its hints do name
// flags, because those are what a user changes.
package study

import (
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios"
)

// A Study is what every question needs to know.
type Study struct {
	Calculators []calc.Calculator
	Vocabulary  *scenarios.Vocabulary
	Stdin       io.Reader     // read if a scenario is named "-"
	Strict      bool          // refuse figures that are based on weak evidence or on expired inputs
	Today       func() string // the day by which expiry dates are judged, as 2026-05-01

	once    sync.Once
	metrics map[string]metric
	names   []string // of the metrics, in the order of the calculators
}

// A metric locates a figure: the index of its calculator, and its own index among the
// calculator's metrics.
type metric struct {
	name              string
	calculator, index int
	unit              quantity.Unit
}

// metric finds a metric by its name.
func (s *Study) metric(name string) (metric, error) {
	s.once.Do(func() {
		s.metrics = map[string]metric{}
		for i, c := range s.Calculators {
			for j, f := range c.Metrics() {
				s.metrics[f.Metric] = metric{f.Metric, i, j, f.Unit}
				s.names = append(s.names, f.Metric)
			}
		}
	})
	m, known := s.metrics[name]
	if known {
		return m, nil
	}
	return m, &calc.Problem{Message: fmt.Sprintf("unknown metric %q", name), Hint: s.metricHint(name)}
}

// metricHint suggests metrics for an unknown name: those of the calculator that it names, the
// nearest one, or those that begin like it.
func (s *Study) metricHint(name string) string {
	beginning := func(prefix string) (found []string) {
		for _, metric := range s.names {
			if prefix != "" && strings.HasPrefix(metric, prefix) {
				found = append(found, metric)
			}
		}
		return found
	}
	if own := beginning(strings.TrimSuffix(name, ".") + "."); len(own) > 0 {
		return "its metrics are " + strings.Join(own, ", ")
	}
	if near := scenarios.Nearest(name, s.names); near != "" {
		return "did you mean " + near + "?"
	}
	if like := beginning(name); len(like) > 0 {
		return "it may be one of " + strings.Join(like, ", ")
	}
	return "--help of a calculator lists its metrics"
}

// named finds metrics by their names, and collects the errors.
func (s *Study) named(names []string) ([]metric, error) {
	var metrics []metric
	var problems calc.Problems
	for _, name := range names {
		m, err := s.metric(name)
		if err != nil {
			problems = append(problems, calc.ProblemsOf(err)...)
			continue
		}
		metrics = append(metrics, m)
	}
	return metrics, problems.OrNil()
}

// gate reads a gate and finds its metric.
func (s *Study) gate(text string) (gate.Gate, metric, error) {
	g, err := gate.Parse(text)
	if err != nil {
		return g, metric{}, err
	}
	m, err := s.metric(g.Metric)
	if err != nil {
		return g, m, err
	}
	g, err = g.Fit(m.unit)
	return g, m, err
}

// A Named is a scenario that a question names, and the changes to it.
type Named struct {
	Default bool     // none is named: it is the default scenario
	Name    string   // else a file, a built-in scenario, or "-"
	Set     []string // KEY=VALUE
}

// open reads a scenario and changes it.
func (s *Study) open(named Named) (*scenarios.Scenario, error) {
	name := named.Name
	if named.Default {
		name = scenarios.Default
	}
	scenario, err := s.read(name)
	if err != nil {
		return nil, err
	}
	return scenario, set(scenario, named.Set)
}

func (s *Study) read(name string) (*scenarios.Scenario, error) {
	return scenarios.Open(name, s.Stdin, s.Vocabulary)
}

// set changes inputs of a scenario, and collects the errors.
func set(scenario *scenarios.Scenario, assignments []string) error {
	var problems calc.Problems
	for _, assignment := range assignments {
		if err := scenario.Set(assignment); err != nil {
			problems = append(problems, calc.ProblemsOf(err)...)
		}
	}
	return problems.OrNil()
}
