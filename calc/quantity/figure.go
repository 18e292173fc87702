package quantity

import (
	"math"
	"slices"
)

// A Figure is one metric: a named number that gates, exports and tables share.
//
// Where only numbers are wanted there is no figure, and the methods that a Tell
// calls on a nil *Figure do nothing. A trial of a simulation then takes no memory:
// a figure to throw away would have to keep the terms it is given.
type Figure struct {
	Metric string
	Label  string
	Unit   Unit
	Range  Range // low and high are NaN where the figure is not finite throughout
	// BasedOn lists the inputs, numbers all, without which the figure would be
	// another.
	BasedOn []*Input
	// Computed is the likely value before it was rounded, for calculations that go on
	// from it.
	Computed float64

	Working       string    // how it is calculated, as a template
	Terms         []float64 // what {1}, {2}, … mean in the working
	Shown         string    // words to show instead of the number
	AbsenceReason string    // why it is absent, where it is
	Keys          []string  // the inputs that would give it
	Beside        []*Source // evidence shown for comparison
	Limitation    string
}

// Absent reports whether the figure could not be computed.
func (f *Figure) Absent() bool { return math.IsNaN(f.Range.Likely) }

// From says how the figure is calculated.
func (f *Figure) From(working string, terms ...float64) *Figure {
	if f != nil {
		f.Working, f.Terms = working, slices.Clone(terms)
	}
	return f
}

// FromWords is From for a working that has to be put together, which takes memory
// and is done only where it will be read.
func (f *Figure) FromWords(working func() string, terms ...float64) *Figure {
	if f == nil {
		return nil
	}
	return f.From(working(), terms...)
}

// Display shows words instead of the number, unless they are empty.
func (f *Figure) Display(words string) *Figure {
	if f != nil {
		f.Shown = words
	}
	return f
}

// AbsentBecause says why the figure is absent, for when it is.
func (f *Figure) AbsentBecause(reason string) *Figure {
	if f != nil {
		f.AbsenceReason = reason
	}
	return f
}

// Needs names the inputs that would give the figure, for when it is absent.
func (f *Figure) Needs(keys ...string) *Figure {
	if f != nil {
		f.Keys = slices.Clone(keys)
	}
	return f
}

// Compare shows built-in figures for comparison; the result is not based on them.
func (f *Figure) Compare(sources ...*Source) *Figure {
	if f != nil {
		f.Beside = slices.Clone(sources)
	}
	return f
}

// Caveat says in what respect the figure must be read with care.
func (f *Figure) Caveat(caveat string) *Figure {
	if f != nil {
		f.Limitation = caveat
	}
	return f
}
