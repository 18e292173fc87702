package calc

import (
	"slices"
	"strconv"
	"strings"
)

// An Origin says who gave an input its value.
type Origin string

// The origins, each giving way to the next: a default, a benchmark, the
// scenario, --set.
const (
	FromDefault   Origin = "default"
	FromBenchmark Origin = "benchmark"
	FromScenario  Origin = "scenario"
	FromSet       Origin = "set"
)

// An Input is a value with all that is known of where it came from. Numbers are
// in base units.
type Input struct {
	Key     string
	Text    string   // as written
	Range   Range    // of a number; infinite for a time without end
	Shape   Shape    // of a range
	Word    string   // of a choice or a text
	By      ChangeBy // of a change
	List    []Input
	Cells   Inputs // of one item in a list of items, by the column's name
	Per     Period // the period the number was written with
	Counted string // the key that counts the visits of a number per visit
	Unit    Unit

	Origin    Origin
	Place     Place
	Citation  Citation
	Benchmark bool    // the word benchmark: the value is the registered figure's
	Evidence  *Source // the built-in figure it rests on
	Derived   string  // for a default: the key it follows
	Listed    string  // the key of the list whose ledger it bears, where that has one
}

// Whole is the key of the list that the input is an element of, or its own.
func (in *Input) Whole() string {
	i := strings.LastIndexByte(in.Key, '.') + 1
	if i > 0 && '0' <= in.Key[i] && in.Key[i] <= '9' {
		return in.Key[:i-1]
	}
	return in.Key
}

// inherit gives what stands in a list the list's ledger, unless it has one of its
// own, or a value that the list's does not speak of.
func (in *Input) inherit(list *Input) {
	if in.Citation == (Citation{}) && in.Origin == list.Origin && list.Citation != (Citation{}) {
		in.Citation, in.Listed = list.Citation, list.Key
	}
}

// A Class says how far the value of an input can be relied on: the grade of the
// built-in figure it is, or whether the scenario says where it comes from.
type Class string

// The classes beside the grades.
const (
	Sourced   Class = "sourced"   // given, with a source
	Unsourced Class = "unsourced" // given, and nobody says where from
	Assumed   Class = "default"   // not given
)

// Classes lists the classes, the most reliable first. Whoever gives a number
// without saying where from may have counted it, so it stands before one that is
// known to have been passed on without a source.
func Classes() []Class {
	return []Class{Assumed, Sourced, Class(GradeA), Class(GradeB), Unsourced, Class(GradeC), Class(GradeX)}
}

// Class is how far the input can be relied on.
func (in *Input) Class() Class {
	switch {
	case in.Evidence != nil:
		return Class(in.Evidence.Grade)
	case in.Origin == FromDefault:
		return Assumed
	case in.Citation.Source != "":
		return Sourced
	}
	return Unsourced
}

// Means spells the class out.
func (c Class) Means() string {
	switch c {
	case Sourced:
		return "given with a source"
	case Unsourced:
		return "given without a source"
	case Assumed:
		return "default"
	}
	return "grade " + string(c) + ": " + Grade(c).Means()
}

// Weak tells whether a result that is based on this class is one that --strict
// refuses.
func (c Class) Weak() bool { return c == Unsourced || Grade(c).Weak() }

// A Citation is what the scenario itself says of where a value comes from.
type Citation struct{ Source, Owner, Date, Expires string }

// Inputs are values by dotted key. A list stands under its own key.
type Inputs map[string]*Input

// Clone copies the inputs, lists and items included.
func (in Inputs) Clone() Inputs {
	c := make(Inputs, len(in))
	for key, input := range in {
		copied := *input
		copied.List = slices.Clone(input.List)
		for i := range copied.List {
			if cells := copied.List[i].Cells; cells != nil {
				copied.List[i].Cells = cells.Clone()
			}
		}
		c[key] = &copied
	}
	return c
}

// stands tells whether the scenario or --set gives every one of the keys.
func (in Inputs) stands(keys []string) bool {
	for _, key := range keys {
		if in[key] == nil {
			return false
		}
	}
	return true
}

// find finds an input by its key, also one inside a list: tiers.1.spend. It is nil
// where there is none.
func (in Inputs) find(key string) *Input {
	if found := in[key]; found != nil {
		return found
	}
	list, rest, _ := strings.Cut(key, ".")
	number, name, _ := strings.Cut(rest, ".")
	outer := in[list]
	i, err := strconv.Atoi(number)
	if outer == nil || err != nil || i < 1 || i > len(outer.List) {
		return nil
	}
	return outer.List[i-1].Cells[name]
}

// A ByTenure is a yearly chance that changes with how long a customer has stayed
// already.
type ByTenure struct {
	Early  []float64 // in the first periods of tenure, one each
	Later  float64   // in all periods after
	Period float64   // how long each of the first periods is, in years
}

// Constant tells whether the chance is the same at every tenure.
func (c *ByTenure) Constant() bool { return len(c.Early) == 0 }

// A Period is a stretch of time that a number was written for, such as the week
// in "50 per week".
type Period struct {
	Name   string  // "week"; empty where none was written
	PerAnn float64 // how many there are in a year; 1 for "visit", which visits count
}

// The periods, and how many of each a year has: the founding texts reckon with
// 52 weeks.
var periods = [...]Period{{"day", 365}, {"week", 52}, {"month", 12}, {"quarter", 4}, {"year", 1}}

// periodNames lists the periods, the longest first: a year is what stands in where
// nothing says more.
func periodNames() []string {
	names := make([]string, len(periods))
	for i, p := range periods {
		names[len(names)-1-i] = p.Name
	}
	return names
}

// PeriodNamed finds a period by its name in the singular.
func PeriodNamed(name string) (Period, bool) {
	for _, p := range periods {
		if p.Name == name {
			return p, true
		}
	}
	return Period{}, false
}

// ChangeBy is the way in which a change of a share was written: to a new value,
// by points, or by a percentage of itself.
type ChangeBy int

// The ways to write a change: 15%, -5pp, -5%.
const (
	ToValue ChangeBy = iota
	ByPoints
	ByPercent
)

// Apply gives the share after the change: the new value, today's plus the
// points, or today's times one plus the percentage.
func (by ChangeBy) Apply(today, amount float64) float64 {
	switch by {
	case ByPoints:
		return today + amount
	case ByPercent:
		return today * (1 + amount)
	}
	return amount
}

// Same tells whether two inputs say the same, whoever says it. The other may be
// nil, for an input that is not given.
func (in *Input) Same(other *Input) bool {
	if in == nil || other == nil {
		return in == other
	}
	if in.Range != other.Range || in.Word != other.Word || in.By != other.By || in.Benchmark != other.Benchmark ||
		in.Counted != other.Counted || len(in.List) != len(other.List) || len(in.Cells) != len(other.Cells) {
		return false
	}
	for i := range in.List {
		if !in.List[i].Same(&other.List[i]) {
			return false
		}
	}
	for key, cell := range in.Cells {
		if !cell.Same(other.Cells[key]) {
			return false
		}
	}
	return true
}
