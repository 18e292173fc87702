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

// Same reports whether two inputs have the same value, wherever it comes from. The period
// of an amount or a list belongs to it: customers pay, or may leave, once in each. The
// other may be nil, for an input that is not given.
func (in *Input) Same(other *Input) bool {
	if in == nil || other == nil {
		return in == other
	}
	if in.Per.PerAnn != other.Per.PerAnn && (in.Unit == MoneyPerYear || in.List != nil) {
		return false
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
	outer := in[list]
	if !inList || outer == nil {
		return nil
	}
	i, err := strconv.Atoi(number)
	if err != nil || i < 1 || i > len(outer.List) {
		return nil
	}
	return outer.List[i-1].Cells[name]
}

// WithEvidence is the input, or a copy with a built-in figure as its evidence where it has
// the same value and no source of its own: a well-known number does not become a fact by
// being typed.
func (in *Input) WithEvidence(known []*Source) *Input {
	if in.Evidence != nil || in.Citation.Source != "" {
		return in
	}
	for _, source := range known {
		if source.Matches(in) {
			matched := *in
			matched.Evidence = source
			return &matched
		}
	}
	return in
}

// Inherit gives an element of a list the list's citation, unless it has one of its own, or
// a value that the list's citation is not about.
func (in *Input) Inherit(list *Input) {
	if in.Citation == (Citation{}) && in.Origin == list.Origin && list.Citation != (Citation{}) {
		in.Citation, in.Listed = list.Citation, list.Key
	}
}

// PlaceOf is where the input with a key is, if it is this one or an element of it; else
// nil.
func (in *Input) PlaceOf(key string) *Place {
	if key == in.Key {
		return &in.Place
	}
	if len(in.List) == 0 || !strings.HasPrefix(key, in.Key) {
		return nil
	}
	if i, err := strconv.Atoi(strings.TrimPrefix(key[len(in.Key):], ".")); err == nil && 0 < i && i <= len(in.List) {
		return &in.List[i-1].Place
	}
	return nil
}

// TextOf writes a list as its elements are written.
func TextOf(list []Input) string {
	texts := make([]string, len(list))
	for i := range list {
		texts[i] = list[i].Text
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

// Brief is the text of the input; of a list of many numbers how it begins, and how many
// there are.
func (in *Input) Brief() string {
	const few, first = 8, 3
	if len(in.List) <= few || in.List[0].Text == "" {
		return in.Text
	}
	var b strings.Builder
	for _, element := range in.List[:first] {
		b.WriteString(element.Text + ", ")
	}
	return "[" + b.String() + "… " + strconv.Itoa(len(in.List)) + " numbers]"
}

// A ByTenure is a yearly chance that changes with how long a customer has stayed
// already.
type ByTenure struct {
	Early  []float64 // in the first periods of tenure, one each
	Later  float64   // in all periods after
	Period float64   // how long each of the first periods is, in years
	Tail   Tail      // what takes the place of Later where the chance goes on changing; else nil

	Measured bool      // whether it comes from a life table
	Whole    []float64 // of a measured one: the chances of the first periods, each for the period itself
}

// A Tail is a chance to stay that goes on changing with tenure. Times are in periods of
// tenure, and may be fractions.
type Tail interface {
	// Conditional is the share of those there after from periods who are there after to.
	Conditional(from, to float64) float64
	// Sum is Σ Conditional(from, from+k·step) × ratio^k over k = 0, 1, 2, … without end.
	Sum(from, step, ratio float64) float64
}

// Constant reports whether the chance is the same at every tenure.
func (c *ByTenure) Constant() bool { return len(c.Early) == 0 && c.Tail == nil }

// A Column is a list of numbers that is one input.
type Column struct {
	Given []float64 // at the likely values
	Now   []float64 // as the input is moved or drawn
}

// Clear empties the column, and keeps its memory.
func (c *Column) Clear() { c.Given, c.Now = c.Given[:0], c.Now[:0] }

// Give fills the column.
func (c *Column) Give(list []Input) {
	c.Clear()
	for i := range list {
		c.Given = append(c.Given, list[i].Range.Likely)
	}
	c.Now = append(c.Now, c.Given...)
}

// Scale multiplies the numbers that were given.
func (c *Column) Scale(factor float64) {
	for i, given := range c.Given {
		c.Now[i] = factor * given
	}
}

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
