package scenarios

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc"
)

// Set gives one input another value, written KEY=VALUE, the value as it would
// stand in YAML. An element of a list is KEY.1, a field of an item KEY.1.NAME.
func (s *Scenario) Set(assignment string) error {
	doc := &calc.Document{Name: "--set", Text: assignment}
	if problems := unreadable(doc); len(problems) > 0 {
		return problems
	}
	key, value, found := strings.Cut(assignment, "=")
	key = strings.TrimSpace(key)
	at := calc.Place{Document: doc, Line: 1, Column: 1, Width: len([]rune(key))}
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
	// The value is parsed where it stands, so that places are those of the text.
	blank := strings.Repeat(" ", len([]rune(assignment))-len([]rune(value)))
	root, problem := parse(&calc.Document{Name: doc.Name, Text: blank + value})
	if problem != nil {
		problem.Place.Document = doc
		return calc.Problems{problem}
	}
	if root == nil {
		return calc.Problems{{Place: at, Message: key + " has no value", Hint: "write " + key + "= and the value"}}
	}
	r := reader{doc: doc, vocabulary: s.vocabulary, inputs: calc.Inputs{}, origin: calc.FromSet}
	in := r.input(f, root)
	if len(r.problems) > 0 {
		return r.problems
	}
	if list == "" {
		s.Inputs[key] = in
		return nil
	}
	return s.setElement(at, list, rest, in)
}

// find looks a key up, also that of an element of a list: its field, the list's
// key and what follows it.
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
			element := elementOf(outer)
			return &element, list, rest
		}
		for j := range outer.Items {
			if len(rest) == 2 && outer.Items[j].Key == rest[1] {
				return &outer.Items[j], list, rest
			}
		}
	}
	return nil, "", nil
}

// elementNumber is the number of an element of a list, counted from 1, or 0 for
// what is none.
func elementNumber(text string) int {
	number, err := strconv.Atoi(text)
	if err != nil || number < 1 || strconv.Itoa(number) != text {
		return 0
	}
	return number
}

// setElement puts one element into a copy of its list.
func (s *Scenario) setElement(at calc.Place, key string, rest []string, in *calc.Input) error {
	outer, number := s.Inputs[key], elementNumber(rest[0])
	switch {
	case outer == nil || len(outer.List) == 0:
		return calc.Problems{{Place: at, Message: "the scenario gives no list " + key, Hint: "set the whole list"}}
	case number > len(outer.List):
		return calc.Problems{{Place: at, Message: key + " has no element " + rest[0], Hint: "its last is " + key + "." + strconv.Itoa(len(outer.List))}}
	case len(rest) == 1 && in.Per.PerAnn != outer.Per.PerAnn:
		return calc.Problems{{Place: at, Message: "the elements of " + key + " are all for one period", Hint: "write it as " + outer.List[number-1].Text + " is written"}}
	}
	changed := *outer
	changed.Evidence = nil
	changed.List = slices.Clone(outer.List)
	if len(rest) == 1 {
		changed.List[number-1] = *in
	} else {
		item := &changed.List[number-1]
		item.Cells = maps.Clone(item.Cells)
		item.Cells[rest[1]] = in
	}
	s.Inputs[key] = &changed
	return nil
}

// nearestKey says which key was most likely meant.
func (v *Vocabulary) nearestKey(key string) string {
	if slices.Contains(topKeys[:], key) {
		return "it is no input: write it in the scenario itself"
	}
	if names := v.groups[key]; key != "" && names != nil {
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
		if names := v.groups[group]; group != "" && names != nil {
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

// FlagTexts are the values of a flag, each with a place that shows it.
func FlagTexts(flag string, values []string) []Text {
	texts := make([]Text, len(values))
	for i, text := range values {
		doc := &calc.Document{Name: flag, Text: text}
		texts[i] = Text{text, calc.Place{Document: doc, Line: 1, Column: 1, Width: len([]rune(text))}}
	}
	return texts
}
