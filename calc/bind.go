package calc

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// A binder binds one model once.
type binder struct {
	model    *Model
	in       Inputs
	standing []bool // of the groups, counted from 1
	links    []link
	unused   string // the key that counts visits, where the spend is not per visit
	problems Problems
}

// A link says which variable an input is: its own, or the one it follows.
type link struct {
	key      string
	variable int
	inverted bool
}

// group decides whether a group of inputs stands.
func (b *binder) group(index int) {
	g := &b.model.form.groups[index]
	stands := b.in.stands(g.keys)
	if g.keys == nil {
		var given, missing []*entry
		for i := range b.model.form.entries {
			e := &b.model.form.entries[i]
			if !e.requiredIn(index + 1) {
				continue
			}
			if b.in[e.Key] != nil {
				given = append(given, e)
			} else {
				missing = append(missing, e)
			}
		}
		stands = len(missing) == 0
		if len(given) > 0 {
			for _, e := range missing {
				b.missing(&e.Field, fmt.Sprintf("%s needs it", given[0].Key))
			}
		}
	}
	*g.given = stands
	b.standing[index+1] = stands
}

// either holds the two groups of an Either against each other.
func (b *binder) either(index int) {
	other := b.model.form.groups[index].other
	if other == 0 || b.standing[index+1] != b.standing[other] {
		return
	}
	first, second := b.firstOf(other), b.firstOf(index+1)
	switch {
	case b.standing[other]:
		b.problems = append(b.problems, &Problem{Place: b.in[second.Key].Place, Key: second.Key,
			Message: fmt.Sprintf("%s and %s say the same thing in two ways", first.Key, second.Key), Hint: "leave one of the groups out"})
	case len(b.problems) == 0: // else one of the two was begun, and what it lacks is told
		b.missing(&first.Field, "")
		b.problems[len(b.problems)-1].Hint += "; " + second.Key + " and its kin would do in its place"
	}
}

// firstOf is the first required entry of a group, counted from 1.
func (b *binder) firstOf(group int) *entry {
	for i := range b.model.form.entries {
		e := &b.model.form.entries[i]
		if e.requiredIn(group) {
			return e
		}
	}
	return nil
}

func (b *binder) missing(f *Field, why string) {
	message := fmt.Sprintf("missing key %q", f.Key)
	if why != "" {
		message += ": " + why
	}
	b.problems = append(b.problems, &Problem{Key: f.Key, Message: message, Hint: "it says " + f.Help, Missing: why == ""})
}

// entry gives one field its value, or leaves it empty.
func (b *binder) entry(e *entry) {
	live, required := false, false
	for _, s := range e.slots {
		s.clear(&e.Field)
		if b.standing[s.group] {
			live, required = true, required || s.required
		}
	}
	if !live {
		return
	}
	in := b.in[e.Key]
	if in != nil && e.NotWith != "" && b.in[e.NotWith] != nil {
		b.problems = append(b.problems, &Problem{Place: in.Place, Key: e.Key,
			Message: fmt.Sprintf("%s and %s say the same thing twice", e.Key, e.NotWith), Hint: "leave one of them out"})
		return
	}
	if e.Key == b.unused {
		if in != nil {
			b.model.notes = append(b.model.notes, Note{Kind: "warning", Key: e.Key, Text: e.Key + " is not used: the spend is not per visit"})
		}
		for _, s := range e.slots {
			*s.number = e.Fallback
		}
		return
	}
	if in == nil && e.Follows != "" {
		if b.follow(e) {
			return
		}
	}
	if in != nil && in.Benchmark {
		known := e.benchmark(b.in)
		known.Place, known.Ledger = in.Place, in.Ledger
		in = known
	}
	if in == nil {
		in = e.defaulted(b.in)
	}
	if in == nil {
		if required {
			b.missing(&e.Field, "")
		}
		return
	}
	in.rest(&e.Field)
	switch e.Kind {
	case Number, Changes:
		b.number(e, in)
	case List:
		b.list(e, in)
	case Items:
		b.items(e, in)
	default:
		for _, s := range e.slots {
			*s.word = in.Word
		}
		b.model.inputs = append(b.model.inputs, in)
	}
}

// clear empties the slot of what an earlier binding left there.
func (s slot) clear(f *Field) {
	switch {
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

// defaulted is the input where nobody gives one. One that is the same for every
// scenario is made once.
func (e *entry) defaulted(given Inputs) *Input {
	if e.ChosenBy != "" {
		return e.silent(given)
	}
	if e.standing == nil {
		e.standing = e.silent(given)
	}
	return e.standing
}

// silent is the input where nobody gives one: the benchmark, the default, or
// nil.
func (f *Field) silent(given Inputs) *Input {
	switch {
	case f.Benchmark:
		return f.benchmark(given)
	case len(f.Choices) > 0:
		return &Input{Key: f.Key, Text: f.Choices[0], Word: f.Choices[0], Origin: FromDefault}
	case !math.IsNaN(f.Fallback):
		return &Input{Key: f.Key, Range: Exactly(f.Fallback), Unit: f.Unit, Origin: FromDefault}
	}
	return nil
}

// benchmark is the input that the word benchmark stands for.
func (f *Field) benchmark(given Inputs) *Input {
	source := f.Evidence[0]
	if choice := given[f.ChosenBy]; choice != nil {
		for _, s := range f.Evidence {
			if s.Applies == choice.Word {
				source = s
			}
		}
	}
	in := &Input{Key: f.Key, Text: source.Text, Unit: f.Unit, Origin: FromBenchmark, Evidence: source}
	if f.Kind != List {
		in.Range = source.Values[0]
		return in
	}
	in.List = make([]Input, len(source.Values))
	for i, value := range source.Values {
		in.List[i] = Input{Range: value}
	}
	return in
}

// rest notes that the input rests on a built-in figure when it says the same
// and names no source of its own: famous numbers do not become facts by being
// typed.
func (in *Input) rest(f *Field) {
	if in.Evidence != nil || in.Ledger.Source != "" || (f.Kind != Number && f.Kind != List) {
		return
	}
	for _, source := range f.Evidence {
		if source.matches(in) {
			in.Evidence = source
			return
		}
	}
}

// follow makes the entry follow another key, if that is bound.
func (b *binder) follow(e *entry) bool {
	for _, l := range b.links {
		if l.key != e.Follows {
			continue
		}
		inverted := l.inverted != e.Inverted
		v := &b.model.variables[l.variable]
		for _, s := range e.slots {
			v.targets = append(v.targets, target{s.number, inverted})
		}
		b.links = append(b.links, link{e.Key, l.variable, inverted})
		value, text := v.input.Range, e.Follows
		if inverted {
			value = value.complement()
		}
		if e.Inverted {
			text = "1 − " + e.Follows
		}
		b.model.inputs = append(b.model.inputs, &Input{Key: e.Key, Text: text, Range: value, Unit: e.Unit,
			Origin: FromDefault, Derived: e.Follows, Evidence: v.input.Evidence})
		return true
	}
	return false
}

func (b *binder) number(e *entry, in *Input) {
	for _, s := range e.slots {
		if s.by != nil {
			*s.by = in.By
		}
	}
	b.links = append(b.links, link{key: e.Key, variable: len(b.model.variables)})
	b.variable(in, &e.Field, slices.Clip(e.targets))
	if e.Counted == "" {
		return
	}
	if in.Per.Name != "visit" {
		b.unused = e.Counted
	} else if b.in[e.Counted] == nil {
		b.problems = append(b.problems, &Problem{Place: in.Place, Key: e.Counted,
			Message: fmt.Sprintf("missing key %q: %s is per visit", e.Counted, e.Key), Hint: "write how often the customer comes, such as 4..6 per year"})
	}
}

func (b *binder) variable(in *Input, f *Field, targets targets) {
	b.model.variables = append(b.model.variables, variable{in, f, targets})
	b.model.inputs = append(b.model.inputs, in)
}

func (b *binder) list(e *entry, in *Input) {
	for _, s := range e.slots {
		*s.list = apart(len(in.List))
	}
	for i := range in.List {
		element := &in.List[i]
		element.Key = e.Key + "." + strconv.Itoa(i+1)
		element.Unit = e.Unit
		// An element rests on what the whole list does, unless it has a source of
		// its own.
		element.Evidence = nil
		if element.Ledger.Source == "" {
			element.Evidence = in.Evidence
		}
		if element.Origin == "" {
			element.Origin = in.Origin
		}
		element.inherit(in)
		var targets targets
		for _, s := range e.slots {
			targets = append(targets, target{number: &(*s.list)[i]})
		}
		b.variable(element, &e.Field, targets)
	}
}

// items binds each item of a list as a small form of its own.
func (b *binder) items(e *entry, in *Input) {
	for _, s := range e.slots {
		for i, form := range s.items(len(in.List)) {
			for j := range form.entries {
				column := &form.entries[j]
				cell := in.List[i].Cells[column.Key]
				if cell == nil {
					if cell = column.silent(b.in); cell == nil {
						continue
					}
				}
				cell.Key = e.Key + "." + strconv.Itoa(i+1) + "." + column.Key
				cell.inherit(in)
				cell.rest(&column.Field)
				slot := column.slots[0]
				if column.Kind == Number {
					b.variable(cell, &column.Field, []target{{number: slot.number}})
					continue
				}
				*slot.word = cell.Word
				b.model.inputs = append(b.model.inputs, cell)
			}
		}
	}
}
