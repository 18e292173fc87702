package calc

import (
	"slices"
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
	Ledger    Ledger
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
	if in.Ledger == (Ledger{}) && in.Origin == list.Origin && list.Ledger != (Ledger{}) {
		in.Ledger, in.Listed = list.Ledger, list.Key
	}
}

// A Ledger is what the scenario itself says of where a value comes from.
type Ledger struct{ Source, Owner, Date, Expires string }

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

// A Period is a stretch of time that a number was written for, such as the week
// in "50 per week".
type Period struct {
	Name   string  // "week"; empty where none was written
	PerAnn float64 // how many there are in a year; 1 for "visit", which visits count
}

// The periods, and how many of each a year has: the founding texts reckon with
// 52 weeks.
var periods = [...]Period{{"day", 365}, {"week", 52}, {"month", 12}, {"quarter", 4}, {"year", 1}}

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
