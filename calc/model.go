package calc

import (
	"fmt"
	"math"
	"slices"

	"github.com/churncost/churncost/calc/quantity"
)

// A Model is a calculator with its inputs bound. Binding parses and looks up
// everything once, so that a model can be computed millions of times after. One
// goroutine may use it at a time; several models may be bound to the same inputs.
type Model struct {
	Calculator string

	form        Form
	compute     func(*Report) error
	computeZero func(*Report) // with inputs that are all zero
	settle      func() error

	useBenchmarks  bool // whether benchmarks are the values of inputs that are not given
	skipIncomplete bool // whether a group that lacks something is left out silently

	binder     binder
	inputs     []*quantity.Input
	variables  []Variable
	metrics    []Figure    // without values; nil until they are needed
	tableSizes []tableSize // when computed first after binding

	_     padding
	tried Report
	_     padding
}

// padding keeps what one goroutine writes in every trial away from what others
// read. Memory moves between processors in lines of 64 bytes, some in pairs; two
// models that share a line slow each other down by half.
type padding [128]byte

// paddedNumbers makes room for numbers that shares no line with anything else.
func paddedNumbers(length int) []float64 {
	const line = 64 / 8
	return make([]float64, length, (length+line-1)/line*line)
}

// A Variable is an input that is a number: its value and bounds, and the places
// that the number goes to.
type Variable struct {
	Input    *quantity.Input
	Min, Max float64
	MinOpen  bool             // the lower bound itself is not allowed
	Trials   []quantity.Input // of a list of counts: out of how many each was counted
	targets  targets
	columns  []*quantity.Column // of a list that is one input
}

// Set gives the variable a value; of a list that is one input, what multiplies all of it.
func (v *Variable) Set(value float64) {
	v.targets.set(value)
	for _, c := range v.columns {
		c.Scale(value)
	}
}

// SetAll gives the numbers of a list that is one input other values.
func (v *Variable) SetAll(values []float64) {
	for _, c := range v.columns {
		copy(c.Now, values)
	}
}

// A target is a place that takes a number, or one minus it.
type target struct {
	number   *float64
	inverted bool
}

// targets are all the places that one number goes to.
type targets []target

func (t targets) set(value float64) {
	for i := range t {
		if t[i].inverted {
			*t[i].number = 1 - value
		} else {
			*t[i].number = value
		}
	}
}

// UseBenchmarks makes benchmarks the values of inputs that are not given, from the
// next binding on. It is for a calculator that the user asks for by name.
func (m *Model) UseBenchmarks() { m.useBenchmarks = true }

// HasInputs reports whether the inputs hold everything that the calculator
// requires. It is a quick look before binding; what is given may still be wrong.
func (m *Model) HasInputs(in quantity.Inputs) bool {
	for _, i := range m.form.required[0] {
		if e := &m.form.entries[i]; in[e.Key] == nil && !(e.Benchmark && m.useBenchmarks) {
			return false
		}
	}
	return true
}

// Asks reports whether the calculator looks at a key: whether another value of it
// could make another figure.
func (m *Model) Asks(key string) bool {
	return slices.ContainsFunc(m.form.entries, func(e entry) bool { return e.Key == key }) ||
		slices.ContainsFunc(m.form.groups, func(g group) bool { return slices.Contains(g.keys, key) })
}

// Inputs lists the inputs that are bound, with defaults and benchmarks, in the
// order in which they are asked for; each element of a list by itself. The next
// binding writes over the slice, but not over the inputs.
func (m *Model) Inputs() []*quantity.Input { return m.inputs }

// Variables lists the inputs that are numbers, in the order in which they are
// asked for. The next binding writes over the slice.
func (m *Model) Variables() []Variable { return m.variables }

// Metrics lists the figures, without values, in the order of a report.
func (m *Model) Metrics() []Figure {
	if m.metrics == nil {
		var r Report
		m.computeZero(&r)
		for i := range r.Figures {
			r.Figures[i].Range = quantity.Exactly(math.NaN())
		}
		m.metrics = r.Figures
	}
	return m.metrics
}

// Reset sets every variable to its likely value.
func (m *Model) Reset() {
	for i := range m.variables {
		m.variables[i].Set(m.variables[i].Input.Range.Likely)
	}
}

// Try computes the figures with the values that are Set.
func (m *Model) Try() error { return m.try(figuresOnly) }

// TryCells computes the figures and the numbers in the cells of tables.
func (m *Model) TryCells() error {
	if err := m.try(figuresAndCells); err != nil {
		return err
	}
	m.checkTables(&m.tried)
	return nil
}

func (m *Model) try(detail detail) error {
	m.tried.detail, m.tried.numbers, m.tried.cells, m.tried.tableSizes = detail, m.tried.numbers[:0], m.tried.cells[:0], m.tried.tableSizes[:0]
	if err := m.compute(&m.tried); err != nil {
		return m.locate(err)
	}
	return nil
}

// Tried is a figure as last tried, not rounded, by its index among Metrics; NaN
// where it is absent.
func (m *Model) Tried(index int) float64 { return m.tried.numbers[index] }

// TriedCells are the numbers in the cells of tables as last tried with TryCells, in
// the order of Report.Cells. The next try writes over the slice.
func (m *Model) TriedCells() []float64 { return m.tried.cells }

// Finite is an error where a number that was last tried is beyond what a float64
// holds.
func (m *Model) Finite() error { return m.finite(&m.tried) }

func (m *Model) finite(r *Report) error {
	infinite := func(x float64) bool { return math.IsInf(x, 0) }
	name := "a number in the tables of " + m.Calculator
	if i := slices.IndexFunc(r.numbers, infinite); i >= 0 {
		name = m.Metrics()[i].Metric
	} else if !slices.ContainsFunc(r.cells, infinite) {
		return nil
	}
	return Problems{{Message: name + " is too large", Hint: "look for an input that is far too large"}}
}

// checkTables panics where a table has more or fewer numbers than when the model was
// first computed after binding.
func (m *Model) checkTables(r *Report) {
	if len(m.tableSizes) == 0 {
		m.tableSizes = append(m.tableSizes, r.tableSizes...)
	}
	for i, first := range m.tableSizes {
		if now := r.tableSizes[i]; now != first {
			panic(fmt.Sprintf("%s: the table %q has %d numbers in its rows at one point and %d at another: the rows of a table must not depend on a number",
				m.Calculator, first.name, first.cells, now.cells))
		}
	}
}

// Figures computes with every number at its likely value and appends the figures
// to the slice, in the order of Metrics. Nothing is rounded.
func (m *Model) Figures(to []float64) ([]float64, error) {
	m.Reset()
	if err := m.Try(); err != nil {
		return to, err
	}
	return append(to, m.tried.numbers...), nil
}

// Report computes and describes everything with every number at its likely value.
// Nothing is rounded, nothing has a low and a high, and no figure says what it is
// based on.
func (m *Model) Report() (*Report, error) {
	m.Reset()
	r := new(Report)
	if err := m.compute(r); err != nil {
		return nil, m.locate(err)
	}
	if err := m.finite(r); err != nil {
		return nil, err
	}
	m.checkTables(r)
	r.Notes = append(r.Notes, m.binder.notes()...)
	return r, nil
}

// Notes binds the model, silently without the groups that lack something, and gives
// the remarks and warnings at the likely values; none where it does not compute.
func (m *Model) Notes(in quantity.Inputs) []Note {
	m.skipIncomplete = true
	if m.Bind(in) != nil {
		return nil
	}
	var r Report
	if m.compute(&r) != nil {
		return nil
	}
	return r.Notes
}

// locate finds the place of the input in which a calculator found something wrong.
func (m *Model) locate(err error) error {
	problems := ProblemsOf(err)
	for _, problem := range problems {
		for _, in := range m.inputs {
			if place := in.PlaceOf(problem.Key); place != nil {
				problem.Place = *place
			}
		}
	}
	return problems
}
