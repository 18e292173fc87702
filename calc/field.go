package calc

import (
	"fmt"
	"math"
	"strings"
)

// A Kind says what shape an input has.
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

// Periodic says how a number is carried over when it is written for another
// period than the year.
type Periodic int

// The ways in which a number depends on its period.
const (
	NoPeriod     Periodic = iota // the number has no period
	Needed                       // so much per period, and the period must be written
	Possible                     // so much per period; a year where none is written
	Survival                     // a share that stays: per month, its 12th power is the year's
	Attrition                    // a share that leaves: what stays compounds
	Accumulation                 // a rate that grows: one plus it compounds
)

// A Field is one input as a calculator asks for it.
type Field struct {
	Key      string
	Kind     Kind
	Unit     Unit
	Help     string
	Min, Max float64 // bounds; infinite where there is none
	MinOpen  bool    // the lower bound itself is not allowed
	Periodic Periodic
	Forever  bool     // a time that may be "forever"
	NoRange  bool     // the number must be exact
	Counted  string   // the key that counts the visits of a number "per visit"
	OrList   bool     // a list of numbers is taken as well, one for each period of tenure
	Choices  []string // of a choice; the first is the default, unless PeriodOf says which
	PeriodOf []string // of a choice of periods: the keys whose own period is the default, the first that is given
	Of       string   // the key whose share a change moves
	NotWith  string   // a key that says the same thing another way
	Items    []Field  // of a list of items

	Optional  bool    // may be absent: the number is then NaN
	Fallback  float64 // the default; NaN where there is none
	Follows   string  // the key whose value is the default, where that is given
	Inverted  bool    // the default is one minus that key's value
	Evidence  []*Source
	Benchmark bool   // the first of Evidence fills a silence where the calculator is asked for by name
	ChosenBy  string // the choice that says which of Evidence is the benchmark
}

// Required tells whether a calculator that asks for the field cannot do without,
// unless a benchmark stands in.
func (f *Field) Required() bool {
	return !f.Optional && f.Follows == "" && math.IsNaN(f.Fallback) && len(f.Choices) == 0
}

// Terms says what the field's unit is, and what happens where it is not given.
func (f *Field) Terms() string {
	var parts []string
	if f.Unit != Word {
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
		parts = append(parts, "default "+f.silence())
	}
	return strings.Join(parts, "; ")
}

// Lists tells whether a list of numbers may be given.
func (f *Field) Lists() bool { return f.Kind == ListInput || f.OrList }

// silence says what stands in where the field is not given.
func (f *Field) silence() string {
	switch {
	case len(f.PeriodOf) > 0:
		return "that of " + f.PeriodOf[0]
	case len(f.Choices) > 0:
		return f.Choices[0]
	case f.Follows != "" && f.Inverted:
		return "1 − " + f.Follows + ", else " + f.Unit.plain(f.Fallback)
	case f.Follows != "":
		return f.Follows
	}
	return f.Unit.plain(f.Fallback)
}

// An Option says something more about a field.
type Option func(*Field)

// LongestRamp bounds the years until full spend, the one number of years that is
// reckoned year by year.
const LongestRamp = 100

// Positive demands a number above zero.
func Positive(f *Field) { f.Min, f.MinOpen = 0, true }

// Signed allows numbers below zero.
func Signed(f *Field) { f.Min = math.Inf(-1) }

// Above sets a lower bound that is not itself allowed.
func Above(low float64) Option { return func(f *Field) { f.Min, f.MinOpen = low, true } }

// AtLeast sets the lower bound, which is itself allowed.
func AtLeast(low float64) Option { return func(f *Field) { f.Min = low } }

// AtMost sets the upper bound, which is itself allowed.
func AtMost(high float64) Option { return func(f *Field) { f.Max = high } }

// Optional lets the input be absent; its number is then NaN.
func Optional(f *Field) { f.Optional = true }

// Default is the value in base units where the scenario is silent.
func Default(value float64) Option { return func(f *Field) { f.Fallback = value } }

// Follow makes another key's value the default. That key is asked for earlier.
func Follow(key string) Option { return func(f *Field) { f.Follows = key } }

// Complement makes one minus another key's value the default, where that key
// is given; else the field's Default stands.
func Complement(key string) Option {
	return func(f *Field) { f.Follows, f.Inverted = key, true }
}

// Per says how the number is carried over from the period it is written for.
func Per(how Periodic) Option { return func(f *Field) { f.Periodic = how } }

// PerVisit allows "65 per visit", the visits being counted by another key.
func PerVisit(key string) Option { return func(f *Field) { f.Counted = key } }

// OrForever allows a time without end.
func OrForever(f *Field) { f.Forever = true }

// Precise refuses a range.
func Precise(f *Field) { f.NoRange = true }

// NotWith refuses the input beside another that says the same thing.
func NotWith(key string) Option { return func(f *Field) { f.NotWith = key } }

// Known registers built-in figures of the input. An input that equals one of
// them rests on it, and the first is what the word benchmark stands for.
func Known(sources ...*Source) Option { return func(f *Field) { f.Evidence = sources } }

// StandIn registers built-in figures as Known does, and lets the first fill a
// silence where somebody asks for the calculator by name: nobody is told what
// they did not ask.
func StandIn(sources ...*Source) Option {
	return func(f *Field) { f.Evidence, f.Benchmark = sources, true }
}

// StandInBy is a StandIn that depends on a choice, asked for earlier: the
// figure that Applies to its word.
func StandInBy(key string, sources ...*Source) Option {
	return func(f *Field) { f.Evidence, f.Benchmark, f.ChosenBy = sources, true, key }
}
