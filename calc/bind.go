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

// A link says which variables an input is: its own, or those it follows. A list by
// period of tenure has one for each period.
type link struct {
	key         string
	from, until int     // among the variables of the model
	period      float64 // of a list: years of each period of tenure
	inverted    bool
}

// group decides whether a group of inputs stands.
func (b *binder) group(index int) {
	g := &b.model.form.groups[index]
	stands := b.in.stands(g.keys)
	if g.keys == nil || b.model.lenient {
		var given, missing []*entry
		for i := range b.model.form.entries {
			e := &b.model.form.entries[i]
			switch {
			case !e.requiredIn(index+1) || b.standsIn(e):
			case b.in[e.Key] != nil:
				given = append(given, e)
			default:
				missing = append(missing, e)
			}
		}
		stands = stands && len(missing) == 0
		if len(given) > 0 && !b.model.lenient {
			for _, e := range missing {
				b.missing(&e.Field, fmt.Sprintf("%s needs it", given[0].Key))
			}
		}
	}
	*g.given = stands
	b.standing[index+1] = stands
}

// standsIn tells whether a benchmark fills the silence where the input is not given.
func (b *binder) standsIn(e *entry) bool { return e.Benchmark && b.model.standIns }

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
	case b.model.lenient: // then neither is missed
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
	in := b.in[e.Key]
	if !live {
		if in != nil {
			b.model.notes = append(b.model.notes, Note{Kind: NotUsed, Key: e.Key, Text: e.Key + " needs " + Listed(b.lacking(e.slots[0].group))})
		}
		return
	}
	if in != nil && e.NotWith != "" && b.in[e.NotWith] != nil {
		b.problems = append(b.problems, &Problem{Place: in.Place, Key: e.Key,
			Message: fmt.Sprintf("%s and %s say the same thing twice", e.Key, e.NotWith), Hint: "leave one of them out"})
		return
	}
	if e.Key == b.unused {
		if in != nil {
			b.model.notes = append(b.model.notes, Note{Kind: NotUsed, Key: e.Key, Text: e.Key + " needs a spend per visit"})
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
		known.Place, known.Citation = in.Place, in.Citation
		in = known
	}
	if in == nil {
		in = b.defaulted(e)
	}
	if in == nil {
		if required {
			b.missing(&e.Field, "")
		}
		return
	}
	in.rest(&e.Field)
	switch e.Kind {
	case NumberInput, ChangeInput:
		b.number(e, in)
	case ListInput:
		b.list(e, in)
	case ItemsInput:
		b.items(e, in)
	default:
		for _, s := range e.slots {
			if s.number != nil {
				period, _ := PeriodNamed(in.Word)
				*s.number = period.PerAnn
				continue
			}
			*s.word = in.Word
		}
		b.model.inputs = append(b.model.inputs, in)
	}
}

// lacking lists the keys that a group, counted from 1, would need to stand.
func (b *binder) lacking(group int) (keys []string) {
	for _, key := range b.model.form.groups[group-1].keys {
		if b.in[key] == nil {
			keys = append(keys, key)
		}
	}
	for i := range b.model.form.entries {
		if e := &b.model.form.entries[i]; b.in[e.Key] == nil && e.requiredIn(group) && !slices.Contains(keys, e.Key) {
			keys = append(keys, e.Key)
		}
	}
	return keys
}

// clear empties the slot of what an earlier binding left there.
func (s slot) clear(f *Field) {
	if s.tenure != nil {
		s.tenure.Early = nil
	}
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

// defaulted is the input where nobody gives one. It is made once for as long as it
// stays the same.
func (b *binder) defaulted(e *entry) *Input {
	switch {
	case b.standsIn(e):
		return e.benchmark(b.in)
	case e.standing == nil, e.PeriodOf != nil && e.standing.Word != e.periodOf(b.in):
		e.standing = e.silent(b.in)
	}
	return e.standing
}

// silent is the input where nobody gives one: the default, or nil.
func (f *Field) silent(given Inputs) *Input {
	switch {
	case f.PeriodOf != nil:
		word := f.periodOf(given)
		return &Input{Key: f.Key, Text: word, Word: word, Origin: FromDefault}
	case len(f.Choices) > 0:
		return &Input{Key: f.Key, Text: f.Choices[0], Word: f.Choices[0], Origin: FromDefault}
	case !math.IsNaN(f.Fallback):
		return &Input{Key: f.Key, Range: Exactly(f.Fallback), Unit: f.Unit, Origin: FromDefault}
	}
	return nil
}

// periodOf is the period that stands in for one that is not given.
func (f *Field) periodOf(given Inputs) string {
	for _, key := range f.PeriodOf {
		switch in := given.find(key); {
		case in == nil:
		case in.Word != "":
			return in.Word
		case in.Counted != "":
			return perVisit
		case in.Per.Name != "":
			return in.Per.Name
		}
	}
	return f.Choices[0]
}

// perVisit is how often money comes from somebody who pays by the visit.
const perVisit = "month"

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
	if f.Kind != ListInput {
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
	if in.Evidence != nil || in.Citation.Source != "" || (f.Kind != NumberInput && f.Kind != ListInput) {
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
		followed := b.model.variables[l.from:l.until]
		for _, s := range e.slots {
			for i, place := range s.places(len(followed), l.period) {
				followed[i].targets = append(followed[i].targets, target{place, inverted})
			}
		}
		b.links = append(b.links, link{e.Key, l.from, l.until, l.period, inverted})
		first := followed[0].input
		in := &Input{Key: e.Key, Text: e.Follows, Range: first.Range, Unit: e.Unit, Origin: FromDefault, Derived: e.Follows, Evidence: first.Evidence}
		if inverted {
			in.Range = in.Range.complement()
		}
		if e.Inverted {
			in.Text = "1 − " + e.Follows
		}
		if len(followed) > 1 {
			for i := range followed {
				in.List = append(in.List, *followed[i].input)
			}
		}
		b.model.inputs = append(b.model.inputs, in)
		return true
	}
	return false
}

// places are where the numbers of a list go, the last being where a single number
// goes. The period is how long each is of a list by tenure, in years.
func (s slot) places(count int, period float64) []*float64 {
	places := make([]*float64, 0, count)
	var list []float64
	switch {
	case s.list != nil:
		*s.list = apart(count)
		list = *s.list
	case s.tenure != nil:
		s.tenure.Early, s.tenure.Period = apart(count - 1)[:count-1], period
		list = s.tenure.Early
	}
	for i := range list {
		places = append(places, &list[i])
	}
	if s.number != nil {
		places = append(places, s.number)
	}
	return places
}

func (b *binder) number(e *entry, in *Input) {
	if in.List != nil {
		b.list(e, in)
		return
	}
	for _, s := range e.slots {
		if s.by != nil {
			*s.by = in.By
		}
	}
	b.links = append(b.links, link{key: e.Key, from: len(b.model.variables), until: len(b.model.variables) + 1})
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
	period := 1.0
	if in.Per.PerAnn != 0 {
		period = 1 / in.Per.PerAnn
	}
	goals := make([]targets, len(in.List))
	for _, s := range e.slots {
		for i, place := range s.places(len(in.List), period) {
			goals[i] = append(goals[i], target{number: place})
		}
	}
	from := len(b.model.variables)
	b.links = append(b.links, link{e.Key, from, from + len(in.List), period, false})
	for i := range in.List {
		element := &in.List[i]
		element.Key = e.Key + "." + strconv.Itoa(i+1)
		element.Unit = e.Unit
		// An element rests on what the whole list does, unless it has a source of
		// its own.
		element.Evidence = nil
		if element.Citation.Source == "" {
			element.Evidence = in.Evidence
		}
		if element.Origin == "" {
			element.Origin = in.Origin
		}
		element.inherit(in)
		b.variable(element, &e.Field, goals[i])
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
				if column.Kind == NumberInput {
					b.variable(cell, &column.Field, []target{{number: slot.number}})
					continue
				}
				*slot.word = cell.Word
				b.model.inputs = append(b.model.inputs, cell)
			}
		}
	}
}
