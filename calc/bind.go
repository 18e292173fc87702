package calc

import (
	"fmt"
	"slices"

	"github.com/churncost/churncost/calc/quantity"
)

// A binder gives a model's form its values. The model keeps it, so that binding
// again reuses its memory.
type binder struct {
	model    *Model
	in       quantity.Inputs
	given    []*quantity.Input // by entry; nil where it is not given
	included []bool            // by group, counted from 1; 0 is what belongs to no group
	links    []link
	targets  targets // memory for those of list elements
	notUsed  []notUsed
	visits   string // the key that counts visits, where the spend is not per visit
	problems Problems
}

// A link says which variables an input is: its own, or those it follows. A list by
// period of tenure has one for each period.
type link struct {
	key         string
	from, until int     // among the variables of the model
	period      float64 // of a list: years of each period of tenure
	inverted    bool
}

// notUsed is an input that is given and does nothing.
type notUsed struct {
	entry    *entry
	perVisit bool // it counts visits, and the spend is not per visit
}

// Bind gives the model its inputs, to which it never writes. It reports everything
// that is missing or contradicts something else.
func (m *Model) Bind(in quantity.Inputs) error {
	m.inputs, m.variables, m.tableSizes = m.inputs[:0], m.variables[:0], m.tableSizes[:0]
	b := &m.binder
	b.reset(in)
	for i := range m.form.groups {
		b.group(i + 1)
	}
	for i := range m.form.groups {
		b.alternatives(i + 1)
	}
	for i := range m.form.entries {
		b.entry(&m.form.entries[i], b.given[i])
	}
	if len(b.problems) > 0 {
		return b.problems
	}
	m.Reset()
	m.form.due = m.form.due[:0]
	for _, p := range m.form.prepare {
		if *p.included {
			m.form.due = append(m.form.due, p.do)
		}
	}
	if err := m.form.prepared(); err != nil {
		return m.locate(err)
	}
	if m.settle != nil {
		if err := m.settle(); err != nil {
			return m.locate(err)
		}
	}
	return nil
}

// reset forgets the inputs that were bound before.
func (b *binder) reset(in quantity.Inputs) {
	b.in, b.links, b.notUsed, b.visits, b.problems = in, b.links[:0], b.notUsed[:0], "", nil
	b.included, b.targets = append(b.included[:0], true), b.targets[:0]
	b.given = append(b.given[:0], make([]*quantity.Input, len(b.model.form.entries))...)
	for key, given := range in { // far fewer than the form has entries
		if i, asked := b.model.form.at[key]; asked {
			b.given[i] = given
		}
	}
}

// group decides whether a group of inputs, counted from 1, is included.
func (b *binder) group(number int) {
	g := &b.model.form.groups[number-1]
	include := b.in.HaveAll(g.keys)
	if g.keys == nil || b.model.skipIncomplete {
		var given, missing *entry // the first of each
		if g.any {
			if i := slices.IndexFunc(g.members, func(i int) bool { return b.given[i] != nil }); i >= 0 {
				given = &b.model.form.entries[g.members[i]]
			}
			include = given != nil
		}
		for _, i := range b.model.form.required[number] {
			e := &b.model.form.entries[i]
			switch {
			case b.usesBenchmark(e):
			case b.given[i] != nil && given == nil:
				given = e
			case b.given[i] == nil && missing == nil:
				missing = e
			}
		}
		include = include && missing == nil
		if given != nil && missing != nil && !b.model.skipIncomplete {
			b.incomplete(number, given)
		}
	}
	*g.included = include
	b.included = append(b.included, include)
}

// incomplete reports what a group lacks of which one input is given.
func (b *binder) incomplete(group int, given *entry) {
	for _, i := range b.model.form.required[group] {
		if e := &b.model.form.entries[i]; b.given[i] == nil && !b.usesBenchmark(e) {
			b.missing(&e.Field, fmt.Sprintf("%s needs it", given.Key))
		}
	}
}

// usesBenchmark reports whether a benchmark is the value where the input is not
// given.
func (b *binder) usesBenchmark(e *entry) bool { return e.Benchmark && b.model.useBenchmarks }

// alternatives refuses both groups of an Either, or neither. It looks at them when it
// is called with the number of the second.
func (b *binder) alternatives(number int) {
	other := b.model.form.groups[number-1].other
	if other == 0 || b.included[number] != b.included[other] {
		return
	}
	first, second := b.firstOf(other), b.firstOf(number)
	switch {
	case b.included[other]:
		b.problems = append(b.problems, &Problem{Place: b.in[second.Key].Place, Key: second.Key,
			Message: fmt.Sprintf("%s and %s say the same thing in two ways", first.Key, second.Key), Hint: "leave one of the groups out"})
	case b.model.skipIncomplete: // then neither is missing
	case len(b.problems) == 0: // else one of the two is incomplete, and what it lacks is reported already
		b.missing(&first.Field, "")
		var keys []string
		for _, i := range b.model.form.required[number] {
			keys = append(keys, b.model.form.entries[i].Key)
		}
		b.problems[len(b.problems)-1].Hint += "; or give " + Listed(keys) + " instead"
	}
}

// firstOf is the first required entry of a group.
func (b *binder) firstOf(group int) *entry {
	return &b.model.form.entries[b.model.form.required[group][0]]
}

func (b *binder) missing(f *Field, why string) {
	message := fmt.Sprintf("missing key %q", f.Key)
	if why != "" {
		message += ": " + why
	}
	b.problems = append(b.problems, &Problem{Key: f.Key, Message: message, Hint: "it says " + f.Help, Missing: why == ""})
}

// entry gives one field its value, or leaves it empty.
func (b *binder) entry(e *entry, in *quantity.Input) {
	included, required := false, false
	for i := range e.slots {
		s := &e.slots[i]
		s.clear(&e.Field)
		if b.included[s.group] {
			included, required = true, required || s.required
		}
	}
	switch {
	case !included:
		if in != nil {
			b.notUsed = append(b.notUsed, notUsed{entry: e})
		}
		return
	case e.NotWith != nil && b.excluded(e) != "":
		if in != nil {
			b.problems = append(b.problems, &Problem{Place: in.Place, Key: e.Key,
				Message: fmt.Sprintf("%s and %s say the same thing twice", e.Key, b.excluded(e)), Hint: "leave one of them out"})
		}
		return
	case e.Key == b.visits:
		if in != nil {
			b.notUsed = append(b.notUsed, notUsed{entry: e, perVisit: true})
		}
		e.targets.set(e.Fallback)
		return
	case in == nil && e.Follows != "" && b.follow(e):
		return
	case in == nil && b.usesBenchmark(e):
		in = e.benchmark(b.in)
	case in == nil:
		in = e.defaulted(b.in)
	case in.Benchmark:
		known := e.benchmark(b.in)
		known.Place, known.Citation = in.Place, in.Citation
		in = known
	default:
		in = withEvidence(in, &e.Field)
	}
	if in == nil {
		if required {
			b.missing(&e.Field, "")
		}
		return
	}
	b.value(e, in)
}

// excluded is the key that an entry excludes and that is given, or "".
func (b *binder) excluded(e *entry) string {
	for _, key := range e.NotWith {
		if b.in[key] != nil {
			return key
		}
	}
	return ""
}

// value gives an entry the value of an input.
func (b *binder) value(e *entry, in *quantity.Input) {
	switch e.Kind {
	case NumberInput, ChangeInput:
		b.number(e, in)
	case ListInput:
		b.list(e, in)
	case ItemsInput:
		b.items(e, in)
	case ChoiceInput, TextInput:
		for i := range e.slots {
			if s := &e.slots[i]; s.number != nil {
				period, _ := quantity.PeriodNamed(in.Word)
				*s.number = period.PerAnn
			} else {
				*s.word = in.Word
			}
		}
		b.model.inputs = append(b.model.inputs, in)
	}
}

func (b *binder) number(e *entry, in *quantity.Input) {
	if in.List != nil {
		b.list(e, in)
		return
	}
	for i := range e.slots {
		if by := e.slots[i].by; by != nil {
			*by = in.By
		}
	}
	if e.followed {
		b.links = append(b.links, link{key: e.Key, from: len(b.model.variables), until: len(b.model.variables) + 1})
	}
	b.variable(in, &e.Field, slices.Clip(e.targets))
	if e.Counted == "" {
		return
	}
	if in.Per.Name != "visit" {
		b.visits = e.Counted
	} else if b.in[e.Counted] == nil {
		b.problems = append(b.problems, &Problem{Place: in.Place, Key: e.Counted,
			Message: fmt.Sprintf("missing key %q: %s is per visit", e.Counted, e.Key), Hint: "write how often the customer comes, such as 4..6 per year"})
	}
}

func (b *binder) variable(in *quantity.Input, f *Field, to targets) {
	b.model.variables = append(b.model.variables, Variable{Input: in, Min: f.Min, Max: f.Max, MinOpen: f.MinOpen, targets: to})
	b.model.inputs = append(b.model.inputs, in)
}

// follow makes the entry follow another key, if that is bound.
func (b *binder) follow(e *entry) bool {
	for _, l := range b.links {
		if l.key != e.Follows {
			continue
		}
		l.key, l.inverted = e.Key, l.inverted != e.Inverted
		b.links = append(b.links, l)
		b.target(e, l.from, l.until, l.period, l.inverted)
		b.model.inputs = append(b.model.inputs, e.following(b.model.variables[l.from:l.until], l.inverted))
		return true
	}
	return false
}

// following is the input of an entry that follows others.
func (e *entry) following(followed []Variable, inverted bool) *quantity.Input {
	first := followed[0].Input
	in := &quantity.Input{Key: e.Key, Text: e.Follows, Range: first.Range, Unit: e.Unit, Origin: quantity.FromDefault, Derived: e.Follows, Evidence: first.Evidence}
	if inverted {
		in.Range = in.Range.Complement()
	}
	if e.Inverted {
		in.Text = "1 − " + e.Follows
	}
	if len(followed) > 1 {
		for i := range followed {
			in.List = append(in.List, *followed[i].Input)
		}
	}
	return in
}

// notes are remarks on the inputs that are given and do nothing.
func (b *binder) notes() []Note {
	var notes []Note
	for _, n := range b.notUsed {
		needs := "a spend per visit"
		if !n.perVisit {
			needs = Listed(b.lacking(n.entry.slots[0].group))
		}
		notes = append(notes, Note{Kind: NotUsed, Key: n.entry.Key, Text: n.entry.Key + " needs " + needs})
	}
	return notes
}

// lacking lists the keys that a group would need to be included.
func (b *binder) lacking(group int) (keys []string) {
	for _, key := range b.model.form.groups[group-1].keys {
		if b.in[key] == nil {
			keys = append(keys, key)
		}
	}
	for _, i := range b.model.form.required[group] {
		if key := b.model.form.entries[i].Key; b.given[i] == nil && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}
