package calc

import (
	"math"
	"slices"
)

// A Form is what a calculator writes its inputs on: one line for each, saying
// where the value goes, its key, and what it means. A calculator's Ask fills it
// in straight lines, so that the keys are the same for every scenario.
type Form struct {
	entries []entry
	groups  []group
	group   int // the group being asked for, counted from 1; 0 for none
}

// An entry is a field and the places that its value goes to.
type entry struct {
	Field
	slots    []slot
	targets  targets // the slots that take a number
	standing *Input  // the default, made when it is first needed
}

// A slot is one place that a value goes to.
type slot struct {
	group    int
	required bool // whether who asks cannot do without
	number   *float64
	word     *string
	by       *ChangeBy
	list     *[]float64
	tenure   *ByTenure
	items    func(count int) []*Form
}

// A group of fields stands or falls together.
type group struct {
	given *bool
	keys  []string // of a When: the keys that bring it in
	other int      // of an Either: the group that stands where this one does not, counted from 1
}

// Money asks for an amount that is paid once, not below zero unless said.
func (f *Form) Money(to *float64, key, help string, options ...Option) {
	f.number(to, Field{Key: key, Unit: Money, Help: help, Max: math.Inf(1)}, options)
}

// MoneyPerYear asks for an amount per period, kept as an amount a year.
func (f *Form) MoneyPerYear(to *float64, key, help string, options ...Option) {
	f.number(to, Field{Key: key, Unit: MoneyPerYear, Help: help, Max: math.Inf(1), Periodic: Needed}, options)
}

// Share asks for a part of a whole, from 0 to 100 % unless said.
func (f *Form) Share(to *float64, key, help string, options ...Option) {
	f.number(to, Field{Key: key, Unit: Share, Help: help, Max: 1}, options)
}

// Time asks for a stretch of time, kept in years.
func (f *Form) Time(to *float64, key, help string, options ...Option) {
	f.number(to, Field{Key: key, Unit: Years, Help: help, Max: math.Inf(1)}, options)
}

// People asks for a number of people.
func (f *Form) People(to *float64, key, help string, options ...Option) {
	f.number(to, Field{Key: key, Unit: People, Help: help, Max: math.Inf(1)}, options)
}

// Count asks for how many, or with Per how many a year.
func (f *Form) Count(to *float64, key, help string, options ...Option) {
	f.number(to, Field{Key: key, Unit: Count, Help: help, Max: math.Inf(1)}, options)
}

// Score asks for a mark on a scale of the user's own.
func (f *Form) Score(to *float64, key, help string, options ...Option) {
	f.number(to, Field{Key: key, Unit: Score, Help: help, Max: math.Inf(1)}, options)
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
func (f *Form) Chance(to *ByTenure, key, help string, options ...Option) {
	to.Later = math.NaN()
	f.add(Field{Key: key, Unit: Share, Help: help, Max: 1, OrList: true, Periodic: Survival}, slot{number: &to.Later, tenure: to}, options)
}

// Period asks for a period by its name, kept as how many of them a year has. Where
// it is not given, the period of the first of the other keys that is stands in: the
// one that an amount was written for, and a month for an amount per visit.
func (f *Form) Period(to *float64, key, help string, of ...string) {
	f.add(Field{Key: key, Kind: ChoiceInput, Help: help, Choices: periodNames(), PeriodOf: of}, slot{number: to}, nil)
}

// Text asks for words.
func (f *Form) Text(to *string, key, help string, options ...Option) {
	f.add(Field{Key: key, Kind: TextInput, Help: help}, slot{word: to}, options)
}

// Change asks how a share that another key gives will move: to a new share, by
// points, or by a percentage of itself.
func (f *Form) Change(by *ChangeBy, to *float64, key, of, help string, options ...Option) {
	*to = math.NaN()
	f.add(Field{Key: key, Kind: ChangeInput, Unit: Share, Help: help, Of: of, Min: -1, Max: 1}, slot{number: to, by: by}, options)
}

// PeopleList asks for a list of numbers of people.
func (f *Form) PeopleList(to *[]float64, key, help string, options ...Option) {
	f.add(Field{Key: key, Kind: ListInput, Unit: People, Help: help, Max: math.Inf(1)}, slot{list: to}, options)
}

// Rows asks for a list of items, each of which asks for its own fields.
func Rows[T any, P interface {
	*T
	Ask(*Form)
}](f *Form, to *[]T, key, help string, options ...Option) {
	var columns Form
	P(new(T)).Ask(&columns)
	fields := make([]Field, len(columns.entries))
	for i := range columns.entries {
		fields[i] = columns.entries[i].Field
	}
	fill := func(count int) []*Form {
		*to = make([]T, count)
		forms := make([]*Form, count)
		for i := range *to {
			forms[i] = new(Form)
			P(&(*to)[i]).Ask(forms[i])
		}
		return forms
	}
	f.add(Field{Key: key, Kind: ItemsInput, Help: help, Items: fields}, slot{items: fill}, options)
}

// Part asks for a group of inputs that stands when every required one of them
// is given, and is left out when none is. Some but not all is an error that
// names the rest.
func (f *Form) Part(given *bool, ask func(*Form)) {
	f.enclose(group{given: given}, ask)
}

// When asks for a group of inputs that counts only where the scenario itself,
// or --set, gives all the named keys.
func (f *Form) When(given *bool, ask func(*Form), keys ...string) {
	f.enclose(group{given: given, keys: keys}, ask)
}

// Either asks for one thing in two ways. Each is a Part, and exactly one of them
// must stand.
func (f *Form) Either(first *bool, askFirst func(*Form), second *bool, askSecond func(*Form)) {
	f.enclose(group{given: first}, askFirst)
	f.enclose(group{given: second, other: len(f.groups)}, askSecond)
}

func (f *Form) enclose(g group, ask func(*Form)) {
	outer := f.group
	f.groups = append(f.groups, g)
	f.group = len(f.groups)
	ask(f)
	f.group = outer
}

// requiredIn tells whether somebody in the group, counted from 1 or 0 for none,
// cannot do without the entry, unless a benchmark stands in.
func (e *entry) requiredIn(group int) bool {
	return slices.ContainsFunc(e.slots, func(s slot) bool { return s.required && s.group == group })
}

// usualEntries is how many fields there is room for on a form, so that writing
// one does not move the others.
const usualEntries = 24

// add writes a field down. A key that was asked for before gets one more place
// for its value to go to; it is required if any who ask require it.
func (f *Form) add(field Field, s slot, options []Option) {
	s.group = f.group
	field.Fallback = math.NaN()
	for _, option := range options {
		option(&field)
	}
	s.required = field.Required()
	for i := range f.entries {
		if e := &f.entries[i]; e.Key == field.Key {
			e.Optional = e.Optional && (!s.required || s.group != 0)
			e.take(s)
			return
		}
	}
	if f.entries == nil {
		f.entries = make([]entry, 0, usualEntries)
	}
	f.entries = append(f.entries, entry{Field: field})
	f.entries[len(f.entries)-1].take(s)
}

// take adds a place that the entry's value goes to.
func (e *entry) take(s slot) {
	e.slots = append(e.slots, s)
	if s.number != nil {
		e.targets = append(e.targets, target{number: s.number})
	}
}
