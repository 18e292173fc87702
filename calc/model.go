package calc

import (
	"errors"
	"math"
	"slices"
	"strings"
)

// A Model is a calculator with its inputs bound. Binding parses and looks up
// everything once, so that a model can be computed millions of times after.
type Model struct {
	Calculator string

	form   Form
	run    func(*Report) error
	blank  func(*Report)
	settle func() error

	standIns bool // whether benchmarks fill silences
	lenient  bool // whether a group that lacks something is left out without a word

	inputs    []*Input
	variables []variable
	notes     []Note
	links     []link
	metrics   []Figure // without values; nil until somebody asks

	_       gap
	scratch Report // what was last tried
	_       gap
}

// A gap keeps what one goroutine writes in every trial away from what others read.
// Memory moves between processors in lines of 64 bytes, some in pairs; two models
// that share a line slow each other down by half.
type gap [128]byte

// apart makes room for numbers that shares no line with anything else.
func apart(length int) []float64 {
	const line = 64 / 8
	return make([]float64, length, (length+line-1)/line*line)
}

// A variable is an input that is a number, and the places the number goes to.
type variable struct {
	input *Input
	field *Field
	targets
}

// A target is a place that takes a number, or one minus it.
type target struct {
	number   *float64
	inverted bool
}

func (t *target) set(value float64) {
	if t.inverted {
		value = 1 - value
	}
	*t.number = value
}

// targets are all the places that one number goes to.
type targets []target

func (t targets) set(value float64) {
	for i := range t {
		t[i].set(value)
	}
}

// Inputs lists the inputs that are bound, with defaults and benchmarks, in the
// order in which they were asked for; each element of a list by itself.
func (m *Model) Inputs() []*Input { return m.inputs }

// Asks tells whether the calculator looks at a key: whether another value of it
// could make another figure.
func (m *Model) Asks(key string) bool {
	return slices.ContainsFunc(m.form.entries, func(e entry) bool { return e.Key == key }) ||
		slices.ContainsFunc(m.form.groups, func(g group) bool { return slices.Contains(g.keys, key) })
}

// A Variable is an input that is a number, as those see it who change it: what
// was given, and the bounds it must keep.
type Variable struct {
	Input    *Input
	Min, Max float64
	MinOpen  bool // the lower bound itself is not allowed
	targets  targets
}

// Set gives the variable a value, for the Tries to come.
func (v *Variable) Set(value float64) { v.targets.set(value) }

// Variables lists the inputs that are numbers, in the order in which they were
// asked for.
func (m *Model) Variables() []Variable {
	all := make([]Variable, len(m.variables))
	for i := range m.variables {
		v := &m.variables[i]
		all[i] = Variable{v.input, v.field.Min, v.field.Max, v.field.MinOpen, v.targets}
	}
	return all
}

// Try computes with the values that were Set.
func (m *Model) Try() error {
	m.scratch.depth, m.scratch.numbers = onlyFigures, m.scratch.numbers[:0]
	if err := m.run(&m.scratch); err != nil {
		return m.locate(err)
	}
	return nil
}

// Tried is a figure as last tried, not rounded, by its index among Metrics; NaN
// where it is absent.
func (m *Model) Tried(index int) float64 { return m.scratch.numbers[index] }

// Bind gives the model its inputs. It reports all that is missing or does not
// go together.
func (m *Model) Bind(in Inputs) error {
	m.inputs, m.variables, m.notes = m.inputs[:0], m.variables[:0], m.notes[:0]
	b := binder{model: m, in: in, standing: make([]bool, len(m.form.groups)+1), links: m.links[:0]}
	b.standing[0] = true
	for i := range m.form.groups {
		b.group(i)
	}
	for i := range m.form.groups {
		b.either(i)
	}
	for i := range m.form.entries {
		b.entry(&m.form.entries[i])
	}
	m.links = b.links
	if len(b.problems) > 0 {
		return b.problems
	}
	m.reset()
	if m.settle != nil {
		if err := m.settle(); err != nil {
			return m.locate(err)
		}
	}
	return nil
}

// StandIn lets benchmarks fill silences from the next binding on, for somebody who
// asks for the calculator by name.
func (m *Model) StandIn() { m.standIns = true }

// Notes binds the model, without what a group lacks of it, and gives the remarks and
// warnings at the likely values; none where it does not compute.
func (m *Model) Notes(in Inputs) []Note {
	m.lenient = true
	if m.Bind(in) != nil {
		return nil
	}
	var r Report
	if m.run(&r) != nil {
		return nil
	}
	return r.Notes
}

// Fed tells whether the inputs hold all that the calculator cannot do without.
// It is a quick look before binding; what is given may still be wrong.
func (m *Model) Fed(in Inputs) bool {
	for i := range m.form.entries {
		e := &m.form.entries[i]
		if in[e.Key] == nil && e.requiredIn(0) && !(e.Benchmark && m.standIns) {
			return false
		}
	}
	return true
}

// reset puts every number at its likely value.
func (m *Model) reset() {
	for i := range m.variables {
		m.variables[i].set(m.variables[i].input.Range.Likely)
	}
}

// Figures computes with every number at its likely value and appends the
// figures to the slice, in the order of Metrics. Nothing is rounded.
func (m *Model) Figures(to []float64) ([]float64, error) {
	m.reset()
	if err := m.Try(); err != nil {
		return to, err
	}
	return append(to, m.scratch.numbers...), nil
}

// Report computes and tells everything: the figures at the likely values, their
// low and high ends over all ranges, and what they are based on. Numbers are
// rounded as they are exported, money to minor digits.
func (m *Model) Report(minor int) (*Report, error) {
	r, err := m.told()
	if err != nil {
		return nil, err
	}
	m.attribute(r)
	r.tellClasses()
	r.round(minor)
	return r, nil
}

// told is the report with its low and high ends, not rounded yet.
func (m *Model) told() (*Report, error) {
	m.reset()
	r := new(Report)
	if err := m.run(r); err != nil {
		return nil, m.locate(err)
	}
	for _, f := range r.Figures {
		if math.IsInf(f.Range.Likely, 0) {
			return nil, m.tooLarge(f.Metric)
		}
	}
	if slices.ContainsFunc(r.cells, func(x float64) bool { return math.IsInf(x, 0) }) {
		return nil, m.tooLarge("a number in the tables of " + m.Calculator)
	}
	r.Notes = append(r.Notes, m.notes...)
	if err := m.search(r); err != nil {
		return nil, err
	}
	return r, nil
}

// Metrics lists the figures, without values, in the order in which they are
// told.
func (m *Model) Metrics() []Figure {
	if m.metrics == nil {
		var r Report
		m.blank(&r)
		for i := range r.Figures {
			r.Figures[i].Range = Exactly(math.NaN())
		}
		m.metrics = r.Figures
	}
	return m.metrics
}

// HeadlineMetrics lists the metrics that the headline tells of the inputs that are
// bound; none where they do not compute.
func (m *Model) HeadlineMetrics() (names []string) {
	m.reset()
	var r Report
	if m.run(&r) != nil {
		return nil
	}
	for _, f := range r.Figures {
		if strings.Contains(r.Headline, "{"+f.Metric+"}") {
			names = append(names, f.Metric)
		}
	}
	return names
}

// Ends computes the figures with their low and high ends, rounded as at the
// border, and appends them to the slice, in the order of Metrics. It is Report
// without the words, for judging many scenarios.
func (m *Model) Ends(to []Range, minor int) ([]Range, error) {
	for i := range m.variables {
		if m.variables[i].input.Range.Exact() {
			continue
		}
		r, err := m.told()
		if err != nil {
			return to, err
		}
		r.round(minor)
		for i := range r.Figures {
			to = append(to, r.Figures[i].Range)
		}
		return to, nil
	}
	m.reset()
	if err := m.Try(); err != nil {
		return to, err
	}
	metrics := m.Metrics()
	to = slices.Grow(to, len(metrics))
	for i, value := range m.scratch.numbers {
		if math.IsInf(value, 0) {
			return to, m.tooLarge(metrics[i].Metric)
		}
		to = append(to, Exactly(metrics[i].Unit.Round(value, minor)))
	}
	return to, nil
}

// tooLarge says that a figure is beyond what a float64 holds.
func (m *Model) tooLarge(metric string) error {
	return Problems{{Message: metric + " is too large", Hint: "look for an input that is far too large"}}
}

// locate finds the place of what a calculator found wrong.
func (m *Model) locate(err error) error {
	problem, ok := errors.AsType[*Problem](err)
	if !ok {
		return err
	}
	for _, in := range m.inputs {
		if in.Key == problem.Key {
			problem.Place = in.Place
		}
	}
	return Problems{problem}
}
