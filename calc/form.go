package calc

import (
	"math"
	"slices"
	"strconv"

	"github.com/churncost/churncost/calc/quantity"
)

// A Form is what a calculator writes its inputs on: one line for each, with where
// the value goes, its key, and what it means. A calculator's Ask has no conditions,
// so that the keys are the same for every scenario.
type Form struct {
	entries  []entry
	slots    []slot // room for the first one of each entry
	groups   []group
	group    int            // the group being asked for, counted from 1; 0 for none
	required [][]int        // by group, and first for no group: the entries that it requires
	at       map[string]int // the entries by key
	prepare  []preparation
	due      []func() error // of them, in this binding
}

// An entry is a field and the places that its value goes to.
type entry struct {
	slots    []slot
	targets  targets         // the slots that take a number
	followed bool            // whether another entry follows this one
	fallback *quantity.Input // the default, made when it is first needed
	Field
	path     string   // the key; of a column, that of one item in the list: tiers.1.spend
	elements []string // of a list: the keys of its elements
}

// A slot is one place that a value goes to.
type slot struct {
	group    int
	required bool // whether a calculator needs a value here
	number   *float64
	word     *string
	by       *quantity.ChangeBy
	list     *[]float64
	tenure   *quantity.ByTenure
	column   *quantity.Column
	items    func(count int) []*Form

	memory []float64 // for the numbers of a list, kept from one binding to the next
}

// A group of fields is included as a whole or not at all.
type group struct {
	included *bool
	keys     []string // of a When: the keys that bring it in
	any      bool     // whether each of its keys brings it in, also an optional one
	members  []int    // its entries
	other    int      // of an Either: the group that is its alternative, counted from 1
}

// Money asks for an amount that is paid once, not below zero unless said.
func (f *Form) Money(to *float64, key, help string, options ...Option) {
	f.number(to, Field{Key: key, Unit: quantity.Money, Help: help, Max: math.Inf(1)}, options)
}

// MoneyPerYear asks for an amount per period, kept as an amount a year.
func (f *Form) MoneyPerYear(to *float64, key, help string, options ...Option) {
	f.number(to, Field{Key: key, Unit: quantity.MoneyPerYear, Help: help, Max: math.Inf(1), Periodic: Needed}, options)
}

// Share asks for a part of a whole, from 0 to 100 % unless said.
func (f *Form) Share(to *float64, key, help string, options ...Option) {
	f.number(to, Field{Key: key, Unit: quantity.Share, Help: help, Max: 1}, options)
}

// Time asks for a stretch of time, kept in years.
func (f *Form) Time(to *float64, key, help string, options ...Option) {
	f.number(to, Field{Key: key, Unit: quantity.Years, Help: help, Max: math.Inf(1)}, options)
}

// People asks for a number of people.
func (f *Form) People(to *float64, key, help string, options ...Option) {
	f.number(to, Field{Key: key, Unit: quantity.People, Help: help, Max: math.Inf(1)}, options)
}

// Count asks for how many, or with Per how many a year.
func (f *Form) Count(to *float64, key, help string, options ...Option) {
	f.number(to, Field{Key: key, Unit: quantity.Count, Help: help, Max: math.Inf(1)}, options)
}

// Score asks for a mark on a scale of the user's own.
func (f *Form) Score(to *float64, key, help string, options ...Option) {
	f.number(to, Field{Key: key, Unit: quantity.Score, Help: help, Max: math.Inf(1)}, options)
}

func (f *Form) number(to *float64, field Field, options []Option) {
	*to = math.NaN()
	f.add(field, slot{number: to}, options)
}

// Choice asks for one of a few words, the first being the default.
func (f *Form) Choice(to *string, key, help string, choices ...string) {
	*to = choices[0]
	f.add(Field{Key: key, Kind: ChoiceInput, Help: help, Choices: choices}, slot{word: to}, nil)
}

// Chance asks for a yearly chance: one for all time, or a list of them by period
// of tenure.
func (f *Form) Chance(to *quantity.ByTenure, key, help string, options ...Option) {
	to.Later = math.NaN()
	f.add(Field{Key: key, Unit: quantity.Share, Help: help, Max: 1, OrList: true, Periodic: Survival}, slot{number: &to.Later, tenure: to}, options)
}

// Period asks for a period by its name, kept as how many of them a year has. The
// default is the period of the first of the other keys that is given: the one that
// an amount was written for, and a month for an amount per visit; else a year. Without
// other keys there is no default.
func (f *Form) Period(to *float64, key, help string, of ...string) {
	var names []string
	for _, p := range slices.Backward(quantity.Periods()) {
		names = append(names, p.Name)
	}
	f.add(Field{Key: key, Kind: ChoiceInput, Help: help, Choices: names, PeriodOf: of, NoDefault: len(of) == 0}, slot{number: to}, nil)
}

// Text asks for words.
func (f *Form) Text(to *string, key, help string, options ...Option) {
	f.add(Field{Key: key, Kind: TextInput, Help: help}, slot{word: to}, options)
}

// Change asks how a share that another key gives will move: to a new share, by
// points, or by a percentage of itself.
func (f *Form) Change(by *quantity.ChangeBy, to *float64, key, of, help string, options ...Option) {
	*to = math.NaN()
	f.add(Field{Key: key, Kind: ChangeInput, Unit: quantity.Share, Help: help, Of: of, Min: -1, Max: 1}, slot{number: to, by: by}, options)
}

// PeopleList asks for a list of numbers of people.
func (f *Form) PeopleList(to *[]float64, key, help string, options ...Option) {
	f.add(Field{Key: key, Kind: ListInput, Unit: quantity.People, Help: help, Max: math.Inf(1)}, slot{list: to}, options)
}

// Column asks for a list of exact numbers that is one input and moves as a whole.
func (f *Form) Column(to *quantity.Column, key string, unit quantity.Unit, help string, options ...Option) {
	f.add(Field{Key: key, Kind: ListInput, Unit: unit, Help: help, Max: math.Inf(1), NoRange: true, Whole: true}, slot{column: to}, options)
}

// A preparation is done before every computation where a group is included.
type preparation struct {
	included *bool
	do       func() error
}

// Prepare has something done before every computation where a group is included: what
// several inputs make together.
func (f *Form) Prepare(included *bool, do func() error) {
	f.prepare = append(f.prepare, preparation{included, do})
}

func (f *Form) prepared() error {
	for _, do := range f.due {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// Rows asks for a list of items, each of which asks for its own fields.
func Rows[T any, P interface {
	*T
	Ask(*Form)
}](f *Form, to *[]T, key, help string, options ...Option) {
	columns := Form{entries: make([]entry, 0, usualColumns), slots: make([]slot, 0, usualColumns)}
	P(new(T)).Ask(&columns)
	fields := make([]Field, len(columns.entries))
	for i := range columns.entries {
		fields[i] = columns.entries[i].Field
	}
	var rows []T // kept from one binding to the next, with the forms that fill them
	var forms []*Form
	fill := func(count int) []*Form {
		if count > len(rows) {
			rows, forms = make([]T, count), make([]*Form, count)
			for i := range rows {
				forms[i] = &Form{entries: make([]entry, 0, usualColumns), slots: make([]slot, 0, usualColumns)}
				P(&rows[i]).Ask(forms[i])
				forms[i].nameColumns(key, i)
			}
		}
		*to = rows[:count]
		return forms[:count]
	}
	f.add(Field{Key: key, Kind: ItemsInput, Help: help, Items: fields}, slot{items: fill}, options)
}

// nameColumns gives the entries of one item's form their paths in the list.
func (f *Form) nameColumns(list string, item int) {
	for i := range f.entries {
		f.entries[i].path = list + "." + strconv.Itoa(item+1) + "." + f.entries[i].Key
	}
}

// Part asks for a group of inputs that is included where every required one of
// them is given, and left out where none is. Some but not all is an error that
// names those that are missing.
func (f *Form) Part(included *bool, ask func(*Form)) {
	f.enclose(group{included: included}, ask)
}

// When asks for a group of inputs that counts only where the scenario itself,
// or --set, gives all the named keys.
func (f *Form) When(included *bool, ask func(*Form), keys ...string) {
	f.enclose(group{included: included, keys: keys}, ask)
}

// Any asks for a group of inputs that is included as soon as one of them is given. Those
// that it requires are then missing where they are not given.
func (f *Form) Any(included *bool, ask func(*Form)) {
	f.enclose(group{included: included, any: true}, ask)
}

// Either asks for one thing in two ways. Each is a Part, and exactly one of them
// must be included.
func (f *Form) Either(first *bool, askFirst func(*Form), second *bool, askSecond func(*Form)) {
	f.enclose(group{included: first}, askFirst)
	f.enclose(group{included: second, other: len(f.groups)}, askSecond)
}

func (f *Form) enclose(g group, ask func(*Form)) {
	outer := f.group
	f.groups = append(f.groups, g)
	f.group = len(f.groups)
	ask(f)
	f.group = outer
}

// usualEntries and usualColumns are how many fields there is room for on a form and on
// that of an item in a list, so that writing one does not move the others.
const (
	usualEntries = 52
	usualColumns = 6
)

// add writes a field down. A key that was asked for before gets one more place
// for its value to go to; it is required if any of the places requires it.
func (f *Form) add(field Field, s slot, options []Option) {
	if cap(f.entries) == 0 {
		f.entries, f.slots = make([]entry, 0, usualEntries), make([]slot, 0, usualEntries)
	}
	n := len(f.entries)
	f.entries = append(f.entries, entry{Field: field, path: field.Key})
	added := &f.entries[n]
	added.Fallback = math.NaN()
	for _, option := range options {
		option(&added.Field)
	}
	s.group, s.required = f.group, added.Required()
	for i := range f.entries[:n] {
		if e := &f.entries[i]; e.Key == field.Key {
			e.Optional = e.Optional && (!s.required || s.group != 0)
			e.take(s)
			f.entries = f.entries[:n]
			return
		}
	}
	if at := len(f.slots); at < cap(f.slots) {
		f.slots = f.slots[:at+1]
		added.slots = f.slots[at : at : at+1]
	}
	added.take(s)
}

// take adds a place that the entry's value goes to.
func (e *entry) take(s slot) {
	e.slots = append(e.slots, s)
	if s.number != nil {
		e.targets = append(e.targets, target{number: s.number})
	}
}

// finish looks up, once all is asked for, what is the same in every binding: which
// entries each group requires, and which are followed by others.
func (f *Form) finish() {
	f.required, f.at = make([][]int, len(f.groups)+1), make(map[string]int, len(f.entries))
	for i := range f.entries {
		e := &f.entries[i]
		f.at[e.Key] = i
		for _, s := range e.slots {
			if s.group > 0 {
				f.groups[s.group-1].members = append(f.groups[s.group-1].members, i)
			}
		}
		for group := range f.required {
			if e.requiredIn(group) {
				f.required[group] = append(f.required[group], i)
			}
		}
		e.followed = slices.ContainsFunc(f.entries, func(other entry) bool { return other.Follows == e.Key })
	}
}

// requiredIn reports whether a group, counted from 1 or 0 for none, requires the
// entry, unless a benchmark is its value.
func (e *entry) requiredIn(group int) bool {
	return slices.ContainsFunc(e.slots, func(s slot) bool { return s.required && s.group == group })
}

// elementKey is the key of one element of a list, which is counted from 0.
func (e *entry) elementKey(index int) string {
	for i := len(e.elements); i <= index; i++ {
		e.elements = append(e.elements, e.Key+"."+strconv.Itoa(i+1))
	}
	return e.elements[index]
}

// clear empties the slot of what an earlier binding left there.
func (s *slot) clear(f *Field) {
	if s.tenure != nil {
		*s.tenure = quantity.ByTenure{}
	}
	switch {
	case s.column != nil:
		s.column.Clear()
	case s.number != nil:
		*s.number = math.NaN()
	case s.word != nil && len(f.Choices) > 0:
		*s.word = f.Choices[0]
	case s.word != nil:
		*s.word = ""
	case s.list != nil:
		*s.list = nil
	case s.items != nil:
		s.items(0)
	}
}

// room makes room for the numbers of a list: of one by tenure, for all but the
// last, which applies to all later periods and goes elsewhere. The period is how
// long each of the others is, in years.
func (s *slot) room(count int, period float64) []float64 {
	if s.tenure != nil {
		count--
	}
	if cap(s.memory) < count {
		s.memory = paddedNumbers(count)
	}
	switch {
	case s.list != nil:
		*s.list = s.memory[:count]
		return *s.list
	case s.tenure != nil:
		s.tenure.Early, s.tenure.Period = s.memory[:count], period
		return s.tenure.Early
	}
	return nil
}
