package scenarios

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios/syntax"
)

// Set gives one input of the scenario another value, written KEY=VALUE, with the value as
// in YAML. An element of a list is KEY.1, a field of an item KEY.1.NAME. It replaces the
// input and does not modify it, because a Clone may share it.
func (s *Scenario) Set(assignment string) error {
	doc := &quantity.Document{Name: "--set", Text: assignment}
	if problems := syntax.Unreadable(doc); len(problems) > 0 {
		return problems
	}
	key, value, found := strings.Cut(assignment, "=")
	key = strings.TrimSpace(key)
	at := quantity.Place{Document: doc, Line: 1, Column: 1, Width: len([]rune(key))}
	switch {
	case !found:
		return calc.Problems{{Place: at, Message: "no value is given", Hint: "write KEY=VALUE, such as customer.years=12"}}
	case key == "":
		return calc.Problems{{Place: at, Message: "no key is given", Hint: "write KEY=VALUE, such as customer.years=12"}}
	}
	f, list, rest := s.vocabulary.find(key)
	if f == nil {
		return calc.Problems{{Place: at, Message: "unknown key \"" + clean(key) + "\"", Hint: s.vocabulary.nearestKey(key)}}
	}
	// The value is parsed at its position in the text, so that places are right.
	blank := strings.Repeat(" ", len([]rune(assignment))-len([]rune(value)))
	root, problem := syntax.Parse(&quantity.Document{Name: doc.Name, Text: blank + value})
	if problem != nil {
		problem.Place.Document = doc
		return calc.Problems{problem}
	}
	if root == nil {
		return calc.Problems{{Place: at, Message: key + " has no value", Hint: "write " + key + "= and the value"}}
	}
	r := reader{doc: doc, vocabulary: s.vocabulary, origin: quantity.FromSet}
	in := new(quantity.Input)
	if !r.input(f, root, in) {
		return r.problems
	}
	if list == "" {
		s.Inputs[key] = in
		return nil
	}
	return s.setElement(at, list, rest, in)
}

// find looks up a key. For an element of a list it returns the element's field, the
// list's key and what follows it.
func (v *Vocabulary) find(key string) (f *calc.Field, list string, rest []string) {
	if f = v.Field(key); f != nil {
		return f, "", nil
	}
	parts := strings.Split(key, ".")
	for i := 1; i < len(parts); i++ {
		list = strings.Join(parts[:i], ".")
		outer := v.Field(list)
		if outer == nil || elementNumber(parts[i]) == 0 {
			continue
		}
		rest = parts[i:]
		if outer.Lists() && len(rest) == 1 {
			return elementOf(outer), list, rest
		}
		for j := range outer.Items {
			if len(rest) == 2 && outer.Items[j].Key == rest[1] {
				return &outer.Items[j], list, rest
			}
		}
	}
	return nil, "", nil
}

// elementNumber returns the number of an element of a list, counted from 1, or 0 if the
// text is not one.
func elementNumber(text string) int {
	number, err := strconv.Atoi(text)
	if err != nil || number < 1 || strconv.Itoa(number) != text {
		return 0
	}
	return number
}

// setElement puts one element into a copy of its list.
func (s *Scenario) setElement(at quantity.Place, key string, rest []string, in *quantity.Input) error {
	outer, number := s.Inputs[key], elementNumber(rest[0])
	switch {
	case outer == nil || len(outer.List) == 0:
		return calc.Problems{{Place: at, Message: "the scenario has no list " + key, Hint: "set the whole list"}}
	case number > len(outer.List):
		return calc.Problems{{Place: at, Message: key + " has no element " + rest[0], Hint: "its last is " + key + "." + strconv.Itoa(len(outer.List))}}
	case len(rest) == 1 && in.Per.PerAnn != outer.Per.PerAnn:
		return calc.Problems{{Place: at, Message: "the elements of " + key + " are all for one period", Hint: "write it as " + outer.List[number-1].Text + " is written"}}
	}
	changed := *outer
	changed.List = slices.Clone(outer.List)
	if len(rest) == 1 {
		changed.List[number-1] = *in
		changed.Text = quantity.TextOf(changed.List)
	} else {
		item := &changed.List[number-1]
		item.Cells = maps.Clone(item.Cells)
		item.Cells[rest[1]] = in
	}
	s.Inputs[key] = &changed
	return nil
}

// nearestKey suggests the key that was probably meant.
func (v *Vocabulary) nearestKey(key string) string {
	if slices.Contains(topKeys[:], key) {
		return "it is not an input: write it in the scenario itself"
	}
	if names := v.Names(key); key != "" && names != nil {
		return "it holds " + key + "." + strings.Join(names, ", "+key+".")
	}
	keys := make([]string, len(v.fields))
	for i, f := range v.fields {
		keys[i] = f.Key
		rest, inside := strings.CutPrefix(key, f.Key+".")
		number, name, _ := strings.Cut(rest, ".")
		switch {
		case inside && elementNumber(number) == 0 && (f.Lists() || f.Kind == calc.ItemsInput):
			return "elements count from 1: " + f.Key + ".1"
		case inside && f.Kind == calc.ItemsInput:
			return oneOf(f.Key+"."+number+"."+name, itemKeys(&f, number))
		case f.Key[strings.LastIndexByte(f.Key, '.')+1:] == key:
			return "did you mean " + f.Key + "?"
		}
	}
	if near := Nearest(key, keys); near != "" {
		return "did you mean " + near + "?"
	}
	for group := key; group != ""; {
		group = group[:max(0, strings.LastIndexByte(group, '.'))]
		if names := v.Names(group); group != "" && names != nil {
			return "it can be " + group + "." + strings.Join(names, ", "+group+".")
		}
	}
	return "--help of a calculator lists its keys"
}

// itemKeys lists the keys of one item of a list.
func itemKeys(f *calc.Field, number string) []string {
	keys := make([]string, len(f.Items))
	for i := range f.Items {
		keys[i] = f.Key + "." + number + "." + f.Items[i].Key
	}
	return keys
}

// FlagTexts are the values of a flag, each with its place.
func FlagTexts(flag string, values []string) []Text {
	texts := make([]Text, len(values))
	for i, text := range values {
		doc := &quantity.Document{Name: flag, Text: text}
		texts[i] = Text{text, quantity.Place{Document: doc, Line: 1, Column: 1, Width: len([]rune(text))}}
	}
	return texts
}
