package quantity

import (
	"strconv"
	"strings"
)

// An Origin says where the value of an input comes from.
type Origin string

// The origins, in rising order of precedence.
const (
	FromDefault   Origin = "default"
	FromBenchmark Origin = "benchmark"
	FromScenario  Origin = "scenario"
	FromSet       Origin = "set"
)

// An Input is a value with all that is known about where it comes from. Numbers
// are in base units. Binding never writes to the inputs it is given.
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
	Digits  int    // digits after the point as written, the most of its bounds; in the written unit, so of 12.50% two
	Counted string // the key that counts the visits of a number per visit
	Unit    Unit

	Origin    Origin
	Place     Place
	Citation  Citation
	Benchmark bool    // the word benchmark: the value is the built-in figure's
	Evidence  *Source // the built-in figure that the value is
	Derived   string  // for a default: the key it follows
	Listed    string  // the key of the list whose citation it has, where the list has one
}

// Whole is the key of the list that the input is an element of, or its own.
func (in *Input) Whole() string {
	i := strings.LastIndexByte(in.Key, '.') + 1
	if i > 0 && '0' <= in.Key[i] && in.Key[i] <= '9' {
		return in.Key[:i-1]
	}
	return in.Key
}

// Same reports whether two inputs have the same value, wherever it comes from. The
// other may be nil, for an input that is not given.
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

// Inputs are values by dotted key. A list has one key as a whole.
type Inputs map[string]*Input

// haveAll reports whether every one of the keys is given.
func (in Inputs) HaveAll(keys []string) bool {
	for _, key := range keys {
		if in[key] == nil {
			return false
		}
	}
	return true
}

// find finds an input by its key, also one inside a list, such as tiers.1.spend.
// It is nil where there is none.
func (in Inputs) Find(key string) *Input {
	if found := in[key]; found != nil {
		return found
	}
	list, rest, _ := strings.Cut(key, ".")
	number, name, inList := strings.Cut(rest, ".")
	if !inList {
		return nil
	}
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

// Constant reports whether the chance is the same at every tenure.
func (c *ByTenure) Constant() bool { return len(c.Early) == 0 }

// ChangeBy is the way in which a change of a share is written: to a new value, by
// points, or by a percentage of itself.
type ChangeBy int

// The ways to write a change: 15%, -5pp, -5%.
const (
	ToValue ChangeBy = iota
	ByPoints
	ByPercent
)

// Apply gives the share after the change: the new value, today's plus the points,
// or today's times one plus the percentage.
func (by ChangeBy) Apply(today, amount float64) float64 {
	switch by {
	case ByPoints:
		return today + amount
	case ByPercent:
		return today * (1 + amount)
	}
	return amount
}
