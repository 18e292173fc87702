// Package calctest is what the tests of calculators share: toy calculators, inputs
// written in a line, and a report with everything that can be added to one. It is
// for tests alone.
package calctest

import (
	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/attribution"
	"github.com/churncost/churncost/calc/extremes"
	"github.com/churncost/churncost/calc/quantity"
)

// Toy makes a model of a calculator whose result is its inputs.
func Toy[I any, P interface {
	*I
	Ask(*calc.Form)
	Tell(*calc.Report)
}]() *calc.Model {
	return calc.New[I, I, P, P]("toy", "", func(in, out *I) error { *out = *in; return nil }).Model()
}

// Exactly is an input that is one number.
func Exactly(x float64) *quantity.Input { return &quantity.Input{Range: quantity.Exactly(x)} }

// Between is an input that is a range.
func Between(low, high float64) *quantity.Input {
	return &quantity.Input{Range: quantity.Between(low, high)}
}

// Keyed writes into each input the key that it has in the scenario, as reading a
// scenario does.
func Keyed(in quantity.Inputs) quantity.Inputs {
	for key, value := range in {
		value.Key = key
	}
	return in
}

// Report is the report of a bound model with extremes and attribution, rounded with
// minor digits for money.
func Report(m *calc.Model, minor int) (*calc.Report, error) {
	r, err := m.Report()
	if err != nil {
		return nil, err
	}
	if err := extremes.Add(m, r); err != nil {
		return nil, err
	}
	if err := attribution.Add(m, r); err != nil {
		return nil, err
	}
	r.Round(minor)
	return r, nil
}

// Reported is the report of inputs that must bind and compute.
func Reported(t interface {
	Helper()
	Fatal(args ...any)
}, m *calc.Model, in quantity.Inputs, minor int) *calc.Report {
	t.Helper()
	if err := m.Bind(Keyed(in)); err != nil {
		t.Fatal(err)
	}
	r, err := Report(m, minor)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
