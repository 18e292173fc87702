package catalog_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/quantity"
)

// everythingAsked are the fields of all calculators, each once.
func everythingAsked() []calc.Field {
	var fields []calc.Field
	known := map[string]bool{}
	for _, c := range catalog.All() {
		for _, f := range c.Fields() {
			if !known[f.Key] {
				known[f.Key] = true
				fields = append(fields, f)
			}
		}
	}
	return fields
}

// inputSets are inputs as scenarios give them: lists, items, sources of whole lists,
// well-known numbers that are typed, and the word benchmark.
func inputSets() []quantity.Inputs {
	d := &drawer{Rand: rand.New(rand.NewPCG(23, 24)), fields: everythingAsked()}
	var sets []quantity.Inputs
	for n := range 40 {
		d.ranges, d.all = n%4, n%2 == 0
		in := d.inputs()
		for i := range d.fields {
			f := &d.fields[i]
			given := in[f.Key]
			if given == nil || f.Kind == calc.ChoiceInput || f.Kind == calc.TextInput {
				continue
			}
			switch {
			case len(f.Evidence) > 0 && d.chance(30):
				in[f.Key] = &quantity.Input{Key: f.Key, Origin: quantity.FromScenario, Benchmark: true}
			case len(f.Evidence) > 0 && f.Kind == calc.NumberInput && d.chance(50):
				given.Range, given.List = f.Evidence[0].Values[0], nil
			case d.chance(50):
				given.Citation = quantity.Citation{Source: "our own count"}
			}
		}
		sets = append(sets, in)
	}
	return sets
}

// deepCopy copies inputs with their lists and the items in them.
func deepCopy(in quantity.Inputs) quantity.Inputs {
	copied := quantity.Inputs{}
	for key, input := range in {
		one := *input
		one.List = slices.Clone(input.List)
		for i := range one.List {
			if cells := one.List[i].Cells; cells != nil {
				one.List[i].Cells = deepCopy(cells)
			}
		}
		copied[key] = &one
	}
	return copied
}

func TestBindingWritesToNoInput(t *testing.T) {
	bound := 0
	for _, in := range inputSets() {
		before := deepCopy(in)
		for _, c := range append(catalog.All(), catalog.Consistency()) {
			for _, benchmarks := range []bool{false, true} {
				m := c.Model()
				if benchmarks {
					m.UseBenchmarks()
				}
				if m.Bind(in) == nil {
					bound++
				}
				for key := range before {
					if !reflect.DeepEqual(in[key], before[key]) {
						t.Fatalf("binding %s changes %s from %+v to %+v", c.Name, key, before[key], in[key])
					}
				}
				if len(in) != len(before) {
					t.Fatalf("binding %s leaves %d inputs of %d", c.Name, len(in), len(before))
				}
			}
		}
	}
	if bound < 100 {
		t.Errorf("only %d models took their inputs: too few to prove anything", bound)
	}
}

// The race detector finds what one of the two writes to the inputs.
func TestTwoModelsMayBeBoundToTheSameInputsAtTheSameTime(t *testing.T) {
	for _, in := range inputSets() {
		for _, c := range catalog.All() {
			var both sync.WaitGroup
			for range 2 {
				both.Go(func() {
					m := c.Model()
					m.UseBenchmarks()
					if m.Bind(in) == nil {
						_, _ = m.Report()
					}
				})
			}
			both.Wait()
		}
	}
}

// bindable are inputs with most of what scenarios give, and the calculators that
// take them.
func bindable(b *testing.B) (in quantity.Inputs, models []*calc.Model) {
	for _, set := range inputSets() {
		var takes []*calc.Model
		for _, c := range catalog.All() {
			if m := c.Model(); m.HasInputs(set) && m.Bind(set) == nil {
				takes = append(takes, m)
			}
		}
		if len(takes) > len(models) {
			in, models = set, takes
		}
	}
	b.Logf("%d inputs, %d calculators", len(in), len(models))
	return in, models
}

// BenchmarkBind is what binding one scenario to every calculator that takes it
// costs, which check does for each of its scenarios.
func BenchmarkBind(b *testing.B) {
	in, models := bindable(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, m := range models {
			if err := m.Bind(in); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkHasInputs is what it costs to look which calculators a scenario has the
// inputs of.
func BenchmarkHasInputs(b *testing.B) {
	in, models := bindable(b)
	for b.Loop() {
		for _, m := range models {
			if !m.HasInputs(in) {
				b.Fatal("inputs are missing")
			}
		}
	}
}
