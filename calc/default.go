package calc

import (
	"math"

	"github.com/churncost/churncost/calc/quantity"
)

// What an input is where it is not given, or where it is a built-in figure.

// defaulted is the input where it is not given, or nil. A default is made once and
// kept for as long as it stays the same.
func (e *entry) defaulted(given quantity.Inputs) *quantity.Input {
	switch {
	case e.NoDefault:
	case e.PeriodOf != nil:
		if period := e.periodOf(given); e.fallback == nil || e.fallback.Word != period {
			e.fallback = &quantity.Input{Key: e.path, Text: period, Word: period, Origin: quantity.FromDefault}
		}
	case e.fallback != nil:
	case len(e.Choices) > 0:
		e.fallback = &quantity.Input{Key: e.path, Text: e.Choices[0], Word: e.Choices[0], Origin: quantity.FromDefault}
	case !math.IsNaN(e.Fallback):
		e.fallback = withEvidence(&quantity.Input{Key: e.path, Range: quantity.Exactly(e.Fallback), Unit: e.Unit, Origin: quantity.FromDefault}, &e.Field)
	}
	return e.fallback
}

// periodOf is the period where none is given.
func (f *Field) periodOf(given quantity.Inputs) string {
	for _, key := range f.PeriodOf {
		switch in := given.Find(key); {
		case in == nil:
		case in.Word != "":
			return in.Word
		case in.Counted != "":
			return perVisit
		case in.Per.Name != "":
			return in.Per.Name
		}
	}
	return f.Choices[0]
}

// perVisit is how often money comes from a customer who pays by the visit.
const perVisit = "month"

// benchmark is the input that the word benchmark means.
func (f *Field) benchmark(given quantity.Inputs) *quantity.Input {
	source := f.Evidence[0]
	if choice := given[f.ChosenBy]; choice != nil {
		for _, s := range f.Evidence {
			if s.Applies == choice.Word {
				source = s
			}
		}
	}
	in := &quantity.Input{Key: f.Key, Text: source.Text, Unit: f.Unit, Origin: quantity.FromBenchmark, Evidence: source}
	if f.Kind != ListInput {
		in.Range = source.Values[0]
		return in
	}
	in.List = make([]quantity.Input, len(source.Values))
	for i, value := range source.Values {
		in.List[i] = quantity.Input{Range: value}
	}
	return in
}

// withEvidence is the input with the built-in figure of the same value as its evidence.
func withEvidence(in *quantity.Input, f *Field) *quantity.Input {
	if f.Kind != NumberInput && f.Kind != ListInput {
		return in
	}
	return in.WithEvidence(f.Evidence)
}
