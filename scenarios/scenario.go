// Package scenarios reads scenarios, which users write in YAML, into inputs for the
// calculators. Every value keeps its file, line and column. The package also holds the
// built-in scenarios.
package scenarios

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/attribution"
	"github.com/churncost/churncost/calc/extremes"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios/currency"
	"github.com/churncost/churncost/scenarios/number"
	"github.com/churncost/churncost/scenarios/syntax"
)

// Version is the version of the scenario language that is read.
const Version = "1"

// A Scenario is one set of assumptions about a firm and its customers. After reading,
// only Set changes it. Set replaces inputs and never modifies one.
type Scenario struct {
	Label    string // its name in tables: that of the built-in or file, or LABEL of LABEL=FILE
	Name     string // its own name
	Source   Source
	Document *quantity.Document
	Currency currency.Currency
	Inputs   quantity.Inputs
	Gates    []Text

	Correlations []quantity.Correlation
	Acknowledged []string // keys, or what they begin with, whose weak evidence is accepted

	groups     []groupPlace
	vocabulary *Vocabulary
}

// A groupPlace is the place where a group of keys begins.
type groupPlace struct {
	path  string
	place quantity.Place
}

// A Text is a text and its place.
type Text struct {
	Text  string
	Place quantity.Place
}

// usualInputs and usualGroups are how many inputs and groups are allocated before a
// scenario is read.
const (
	usualInputs = 48
	usualGroups = 12
)

// Read reads a scenario from the bytes of a file. It reports every problem that
// can be found in one run, as calc.Problems.
func Read(name string, data []byte, vocabulary *Vocabulary) (*Scenario, error) {
	return new(Memory).read(name, data, vocabulary)
}

// A Memory is where scenarios are opened one after another, which takes less time than
// to make room for each. A scenario is valid until the next one is opened.
type Memory struct {
	file     bytes.Buffer
	scenario Scenario
	inputs   []quantity.Input
}

func (m *Memory) read(name string, data []byte, vocabulary *Vocabulary) (*Scenario, error) {
	doc, problems := syntax.Decode(name, data)
	if len(problems) > 0 {
		return nil, problems
	}
	root, problem := syntax.Parse(doc)
	if problem == nil && (root == nil || syntax.IsNull(root)) {
		problem = &calc.Problem{Place: quantity.Place{Document: doc}, Message: "the scenario is empty", Hint: "churncost init prints one to start from"}
	}
	if problem != nil {
		return nil, calc.Problems{problem}
	}
	s := &m.scenario
	inputs, groups := s.Inputs, s.groups
	if inputs == nil {
		inputs, groups = make(quantity.Inputs, usualInputs), make([]groupPlace, 0, usualGroups)
		m.inputs = make([]quantity.Input, usualInputs)
	}
	clear(inputs)
	clear(m.inputs)
	*s = Scenario{Name: syntax.Printable(name), Document: doc, Inputs: inputs, groups: groups[:0], vocabulary: vocabulary}
	s.Currency, _ = currency.Named("USD")
	r := reader{doc: doc, vocabulary: vocabulary, scenario: s, inputs: inputs, origin: quantity.FromScenario, spare: m.inputs}
	r.root(root)
	if len(r.problems) > 0 {
		r.problems.Sort()
		return nil, r.problems
	}
	return s, nil
}

// Bind gives a model the scenario's inputs. Problems have places.
func (s *Scenario) Bind(m *calc.Model) error { return s.Locate(m.Bind(s.Inputs)) }

// Report returns the report of a model that is bound to the scenario, rounded. Its
// numbers have low and high ends, and what they are based on.
func (s *Scenario) Report(m *calc.Model) (*calc.Report, error) {
	r, err := m.Report()
	if err != nil {
		return nil, s.Locate(err)
	}
	if err := extremes.Add(m, r); err != nil {
		return nil, s.Locate(err)
	}
	if err := attribution.Add(m, r); err != nil {
		return nil, s.Locate(err)
	}
	r.Round(s.Currency.Minor())
	return r, nil
}

// Acknowledges reports whether the scenario accepts the weak evidence of an input.
func (s *Scenario) Acknowledges(key string) bool {
	return slices.ContainsFunc(s.Acknowledged, func(known string) bool {
		return key == known || strings.HasPrefix(key, known+".")
	})
}

// Locate gives problems without a place the nearest one: the group that the key belongs
// to, or the scenario as a whole. It sorts them. It returns any other error unchanged.
func (s *Scenario) Locate(err error) error {
	problems, ok := err.(calc.Problems)
	if !ok {
		return err
	}
	for _, p := range problems {
		if p.Place.Document == nil {
			p.Place = s.nearest(p.Key)
		}
	}
	problems.Sort()
	return problems
}

// nearest returns the place of the innermost group in the scenario that a key belongs to,
// or of the scenario as a whole.
func (s *Scenario) nearest(key string) quantity.Place {
	for key != "" {
		key = key[:max(0, strings.LastIndexByte(key, '.'))]
		for i := range s.groups {
			if s.groups[i].path == key {
				return s.groups[i].place
			}
		}
	}
	return quantity.Place{Document: s.Document}
}

// Clone copies the scenario, so that Set can change the copy alone. The inputs are
// shared: they are never modified after reading.
func (s *Scenario) Clone() *Scenario {
	c := *s
	c.Inputs = maps.Clone(s.Inputs)
	return &c
}

// Text is how an input is written; "not given" where it is not.
func (s *Scenario) Text(key string) string {
	in := s.Inputs[key]
	switch {
	case in == nil:
		return "not given"
	case in.Text == "":
		return fmt.Sprintf("%d items", len(in.List))
	}
	return in.Brief()
}

// Field finds the field of a key. The key may be an element of a list.
func (s *Scenario) Field(key string) (*calc.Field, error) {
	f, list, _ := s.vocabulary.find(key)
	switch {
	case f == nil:
		return nil, calc.Problems{{Message: fmt.Sprintf("unknown key %q", clean(key)), Hint: s.vocabulary.nearestKey(key)}}
	case list != "":
		return nil, calc.Problems{{Message: fmt.Sprintf("%s is an element of a list, which cannot be solved for", key), Hint: "try values with compare --vary " + key + "=LOW..HIGH/POINTS"}}
	case f.Kind != calc.NumberInput && f.Kind != calc.ChangeInput:
		return nil, calc.Problems{{Message: fmt.Sprintf("%s is not a single number", key), Hint: "choose an input that is one"}}
	case s.Inputs[key] != nil && s.Inputs[key].List != nil:
		return nil, calc.Problems{{Message: key + " is a list, which cannot be solved for", Hint: "try values with compare --vary " + key + ".1=LOW..HIGH/POINTS"}}
	}
	return f, nil
}

// Parse reads a value of a field from a flag.
func (s *Scenario) Parse(f *calc.Field, flag, text string) (*quantity.Input, error) {
	in := &quantity.Input{Key: f.Key, Unit: f.Unit}
	err := number.Parse(f, text, in)
	if wrong, is := errors.AsType[*number.Error](err); is {
		return nil, calc.Problems{{Place: FlagTexts(flag, []string{text})[0].Place, Message: wrong.Message, Hint: wrong.Hint}}
	}
	return in, nil
}
