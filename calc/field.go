package calc

import (
	"fmt"
	"math"
	"strings"

	"github.com/churncost/churncost/calc/quantity"
)

// A Kind says what an input consists of.
type Kind int

// The kinds of input.
const (
	NumberInput Kind = iota // a number, or a range of them
	ChoiceInput             // one of a few words
	TextInput               // any words
	ChangeInput             // a change of a share: 15%, -5pp, -5%
	ListInput               // a list of numbers
	ItemsInput              // a list of things, each with its own fields
)

// Periodic says how a number that is written for another period than the year is
// converted to a year.
type Periodic int

// The ways in which a number depends on its period.
const (
	NoPeriod     Periodic = iota // the number has no period
	Yearly                       // a year's rate, which no other period can express
	Needed                       // so much per period, and the period must be written
	Possible                     // so much per period; a year where none is written
	Survival                     // a share that stays: per month, its 12th power is the year's
	Attrition                    // a share that leaves: one minus it compounds
	Accumulation                 // a rate that grows: one plus it compounds
)

// A Field is one input as a calculator asks for it. What binding looks at comes
// first, since check binds thousands of scenarios and would wait for memory.
type Field struct {
	Key       string
	Kind      Kind
	Benchmark bool               // the first of Evidence is the value where none is given and the user asks for the calculator by name
	NoDefault bool               // a choice without a default
	MinOpen   bool               // the lower bound itself is not allowed
	Inverted  bool               // the default is one minus that key's value
	Min, Max  float64            // bounds; infinite where there is none
	Fallback  float64            // the default; NaN where there is none
	Follows   string             // the key whose value is the default, where that is given
	NotWith   []string           // keys that say the same thing in another way
	Counted   string             // the key that counts the visits of a number "per visit"
	Evidence  []*quantity.Source // built-in figures of the input
	PeriodOf  []string           // of a choice of periods: the keys whose own period is the default, the first that is given
	Choices   []string           // of a choice; the first is the default, unless PeriodOf says which

	Unit     quantity.Unit
	Help     string
	Periodic Periodic
	Forever  bool    // a time that may be "forever"
	NoRange  bool    // the number must be exact
	OrList   bool    // a list of numbers is allowed too, one for each period of tenure
	Optional bool    // may be absent: the number is then NaN
	Whole    bool    // a list whose numbers are one input
	Trials   string  // of a list of counts: the key of the list that says out of how many each was counted
	Of       string  // the key whose share a change moves
	Items    []Field // of a list of items
	ChosenBy string  // the choice that says which of Evidence is the benchmark
}

// Required reports whether a calculator that asks for the field needs a value, unless
// a benchmark is its value.
func (f *Field) Required() bool {
	return !f.Optional && f.Follows == "" && math.IsNaN(f.Fallback) && (len(f.Choices) == 0 || f.NoDefault)
}

// Terms says what the field's unit is, and what happens where it is not given.
func (f *Field) Terms() string {
	var parts []string
	if f.Unit != quantity.Word {
		parts = append(parts, string(f.Unit))
	}
	if len(f.Choices) > 0 {
		parts = append(parts, strings.Join(f.Choices, ", "))
	}
	switch {
	case f.Benchmark:
		parts = append(parts, fmt.Sprintf("benchmark %s, grade %s", f.Evidence[0].Text, f.Evidence[0].Grade))
	case f.Optional:
		parts = append(parts, "optional")
	case !f.Required():
		parts = append(parts, "default "+f.defaultText())
	}
	return strings.Join(parts, "; ")
}

// Lists reports whether a list of numbers may be given.
func (f *Field) Lists() bool { return f.Kind == ListInput || f.OrList }

// defaultText says what the value is where none is given.
func (f *Field) defaultText() string {
	switch {
	case len(f.PeriodOf) > 0:
		return "that of " + f.PeriodOf[0]
	case len(f.Choices) > 0:
		return f.Choices[0]
	case f.Follows != "" && f.Inverted:
		return "1 − " + f.Follows + ", else " + f.Unit.Text(f.Fallback)
	case f.Follows != "":
		return f.Follows
	}
	return f.Unit.Text(f.Fallback)
}

// An Option sets something about a field.
type Option func(*Field)

// LongestRamp is the most years until full spend that may be given: they are added up
// payment by payment.
const LongestRamp = 100

// Positive requires a number above zero.
func Positive(f *Field) { f.Min, f.MinOpen = 0, true }

// Above sets a lower bound that is not itself allowed.
func Above(low float64) Option { return func(f *Field) { f.Min, f.MinOpen = low, true } }

// AtLeast sets the lower bound, which is itself allowed.
func AtLeast(low float64) Option { return func(f *Field) { f.Min = low } }

// AtMost sets the upper bound, which is itself allowed.
func AtMost(high float64) Option { return func(f *Field) { f.Max = high } }

// Optional lets the input be absent; its number is then NaN.
func Optional(f *Field) { f.Optional = true }

// Default is the value in base units where none is given.
func Default(value float64) Option { return func(f *Field) { f.Fallback = value } }

// Follow makes another key's value the default. That key must be asked for earlier.
func Follow(key string) Option { return func(f *Field) { f.Follows = key } }

// Complement makes one minus another key's value the default, where that key
// is given; else the field's Default is used.
func Complement(key string) Option {
	return func(f *Field) { f.Follows, f.Inverted = key, true }
}

// Per says how the number is converted from the period it is written for.
func Per(how Periodic) Option { return func(f *Field) { f.Periodic = how } }

// PerVisit allows "65 per visit"; another key counts the visits.
func PerVisit(key string) Option { return func(f *Field) { f.Counted = key } }

// OrForever allows a time without end.
func OrForever(f *Field) { f.Forever = true }

// Precise refuses a range.
func Precise(f *Field) { f.NoRange = true }

// NotWith refuses the input together with others that say the same thing. Where one of
// them is given, the input has no default.
func NotWith(keys ...string) Option { return func(f *Field) { f.NotWith = keys } }

// CountedOutOf says which list has out of how many each number was counted: they are drawn.
func CountedOutOf(key string) Option { return func(f *Field) { f.Trials = key } }

// Known registers built-in figures of the input. An input that equals one of them is
// based on it, and the first is the value of the word benchmark.
func Known(sources ...*quantity.Source) Option { return func(f *Field) { f.Evidence = sources } }

// Benchmark registers built-in figures as Known does, and makes the first the value
// where none is given and the user asks for the calculator by name.
func Benchmark(sources ...*quantity.Source) Option {
	return func(f *Field) { f.Evidence, f.Benchmark = sources, true }
}

// BenchmarkBy is a Benchmark that depends on a choice, which is asked for earlier: the
// figure that Applies to its word.
func BenchmarkBy(key string, sources ...*quantity.Source) Option {
	return func(f *Field) { f.Evidence, f.Benchmark, f.ChosenBy = sources, true, key }
}
