package cmd

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/scenarios"
)

// A metricName finds a figure: which calculator tells it, as an index into the
// catalog, and where in its order.
type metricName struct {
	calculator, index int
	unit              calc.Unit
}

// metrics maps every metric to who tells it.
func (p *program) metrics() map[string]metricName {
	names := map[string]metricName{}
	for i, c := range p.calculators {
		for j, f := range c.Metrics() {
			names[f.Metric] = metricName{i, j, f.Unit}
		}
	}
	return names
}

// metricNames lists the metrics, in the order in which they are told.
func (p *program) metricNames() []string {
	var names []string
	for _, c := range p.calculators {
		for _, f := range c.Metrics() {
			names = append(names, f.Metric)
		}
	}
	return names
}

// A desk is where one worker computes: a model of each calculator, bound to one
// scenario after another.
type desk struct {
	program     *program
	models      []*calc.Model
	consistency *calc.Model
}

func (p *program) desk() *desk {
	return &desk{p, make([]*calc.Model, len(p.calculators)), catalog.Consistency().Model()}
}

func (d *desk) model(calculator int) *calc.Model {
	if d.models[calculator] == nil {
		d.models[calculator] = d.program.calculators[calculator].Model()
	}
	return d.models[calculator]
}

// figures computes one calculator over a scenario; fed is false where the
// scenario lacks inputs for it, which is no error.
func (d *desk) figures(calculator int, s *scenarios.Scenario) (figures []calc.Range, fed bool, err error) {
	m := d.model(calculator)
	if !m.Fed(s.Inputs) {
		return nil, false, nil
	}
	if err := s.Bind(m); err != nil {
		return nil, false, ignoreMissing(err)
	}
	figures, err = m.Ends(nil, s.Currency.Minor())
	return figures, err == nil, s.Locate(err)
}

// ignoreMissing drops an error that says only that inputs are missing.
func ignoreMissing(err error) error {
	if len(missingKeys(err)) > 0 {
		return nil
	}
	return err
}

// many is from how many scenarios on they are worth more memory.
const many = 100

// spread does the work for 0 … n−1 on all cores, each worker at a desk of its
// own.
func (p *program) spread(n int, work func(d *desk, i int)) {
	if n >= many {
		// Each scenario leaves a tree of small things behind; collecting them an
		// eighth as often takes a tenth less time, and some tens of megabytes.
		defer debug.SetGCPercent(debug.SetGCPercent(800))
	}
	var next atomic.Int64
	var workers sync.WaitGroup
	var fault atomic.Value
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			// A fault of the program is told where all are told.
			defer func() {
				if r := recover(); r != nil {
					fault.CompareAndSwap(nil, fmt.Sprint(r))
				}
			}()
			d := p.desk()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				work(d, i)
			}
		})
	}
	workers.Wait()
	if r := fault.Load(); r != nil {
		panic(r)
	}
}
