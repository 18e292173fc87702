package scenarios

import (
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/churncost/churncost/calc"
)

// Set gives one input another value, written KEY=VALUE, the value as it would
// stand in YAML. An element of a list is KEY.1, a field of an item KEY.1.NAME.
func (s *Scenario) Set(assignment string) error {
	doc := &calc.Document{Name: "--set", Text: assignment}
	key, value, found := strings.Cut(assignment, "=")
	key = strings.TrimSpace(key)
	at := calc.Place{Document: doc, Line: 1, Column: 1, Width: len([]rune(key))}
	if !found {
		return calc.Problems{{Place: at, Message: "no value is given", Hint: "write KEY=VALUE, such as customer.years=12"}}
	}
	f, list, rest := s.find(key)
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
func (s *Scenario) find(key string) (f *calc.Field, list string, rest []string) {
	if f = s.vocabulary.Field(key); f != nil {
		return f, "", nil
	}
	parts := strings.Split(key, ".")
	for i := 1; i < len(parts); i++ {
		list = strings.Join(parts[:i], ".")
		outer := s.vocabulary.Field(list)
		if _, err := strconv.Atoi(parts[i]); outer == nil || err != nil {
			continue
		}
		rest = parts[i:]
		if outer.Kind == calc.List && len(rest) == 1 {
			element := *outer
			element.Kind = calc.Number
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

// setElement puts one element into a copy of its list.
func (s *Scenario) setElement(at calc.Place, key string, rest []string, in *calc.Input) error {
	number, _ := strconv.Atoi(rest[0])
	outer := s.Inputs[key]
	if outer == nil || number < 1 || number > len(outer.List) {
		count := 0
		if outer != nil {
			count = len(outer.List)
		}
		return calc.Problems{{Place: at, Message: key + " has no element " + rest[0], Hint: "it has " + strconv.Itoa(count) + ", counted from 1"}}
	}
	changed := *outer
	changed.Evidence = nil
	changed.List = append([]calc.Input(nil), outer.List...)
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
	keys := make([]string, len(v.fields))
	for i := range v.fields {
		keys[i] = v.fields[i].Key
	}
	if near := Nearest(key, keys); near != "" {
		return "did you mean " + near + "?"
	}
	group, name := "", key
	if cut := strings.LastIndexByte(key, '.'); cut >= 0 {
		group, name = key[:cut], key[cut+1:]
	}
	if v.groups[group] != nil {
		return v.suggest(group, name)
	}
	return "--help of a calculator lists its keys"
}

func parseDate(text string) (time.Time, error) { return time.Parse(time.DateOnly, text) }
