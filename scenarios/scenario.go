// Package scenarios reads what users write: YAML in which every value knows its
// file, line and column, into inputs that the calculators take. It holds the
// built-in scenarios too.
package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/scenarios/currency"
)

// Version is the version of the scenario language that is read.
const Version = "1"

// A Scenario is one set of assumptions about a firm and its customers.
type Scenario struct {
	Label    string // names it in tables: the built-in's or file's name, or LABEL=FILE's
	Name     string // what it calls itself
	Source   Source
	Document *calc.Document
	Currency currency.Currency
	Inputs   calc.Inputs
	Gates    []Text

	Correlations []calc.Correlation

	acknowledged []string
	groups       map[string]calc.Place
	vocabulary   *Vocabulary
}

// A Text is words and where they stand.
type Text struct {
	Text  string
	Place calc.Place
}

// usualInputs is how many inputs there is room for before a scenario is read.
const usualInputs = 48

// Read reads a scenario from the bytes of a file. It reports every problem that
// can be found in one run, as calc.Problems.
func Read(name string, data []byte, vocabulary *Vocabulary) (*Scenario, error) {
	doc, problems := read(name, data)
	if len(problems) > 0 {
		return nil, problems
	}
	root, problem := parse(doc)
	if problem == nil && (root == nil || isNull(root)) {
		problem = &calc.Problem{Place: calc.Place{Document: doc}, Message: "the scenario is empty", Hint: "churncost init prints one to start from"}
	}
	if problem != nil {
		return nil, calc.Problems{problem}
	}
	s := &Scenario{Name: Printable(name), Document: doc, Inputs: make(calc.Inputs, usualInputs), groups: map[string]calc.Place{}, vocabulary: vocabulary}
	s.Currency, _ = currency.Named("USD")
	r := reader{doc: doc, vocabulary: vocabulary, scenario: s, inputs: s.Inputs, origin: calc.FromScenario}
	r.root(root)
	if len(r.problems) > 0 {
		r.problems.Sort()
		return nil, r.problems
	}
	return s, nil
}

// Bind gives a model the scenario's inputs. Problems have their places.
func (s *Scenario) Bind(m *calc.Model) error { return s.Locate(m.Bind(s.Inputs)) }

// Report tells what a model that was bound to the scenario computes.
func (s *Scenario) Report(m *calc.Model) (*calc.Report, error) {
	r, err := m.Report(s.Currency.Minor())
	return r, s.Locate(err)
}

// Acknowledges tells whether the scenario says that it knows how little an
// input's evidence is worth.
func (s *Scenario) Acknowledges(key string) bool {
	return slices.ContainsFunc(s.acknowledged, func(known string) bool {
		return key == known || strings.HasPrefix(key, known+".")
	})
}

// Locate gives problems that have no place the nearest one: that of the group
// which the key belongs to, or the scenario as a whole. It sorts them. Another
// error it leaves as it is.
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

// nearest is the place of the innermost group that a key belongs to and the
// scenario has, or the scenario as a whole.
func (s *Scenario) nearest(key string) calc.Place {
	for key != "" {
		key = key[:max(0, strings.LastIndexByte(key, '.'))]
		if place, known := s.groups[key]; known {
			return place
		}
	}
	return calc.Place{Document: s.Document}
}

// maxNodes bounds what aliases may unfold to, and maxProblems how much is found
// wrong before reading stops.
const (
	maxNodes    = 100_000
	maxProblems = 100
)

// A reader turns YAML nodes into inputs and gathers what is wrong with them.
type reader struct {
	doc        *calc.Document
	vocabulary *Vocabulary
	scenario   *Scenario // nil where only inputs are read
	inputs     calc.Inputs
	origin     calc.Origin
	problems   calc.Problems
	nodes      int
	stopped    bool
	spare      []calc.Input // made, and not yet used
}

func (r *reader) problem(n *node, hint, format string, args ...any) {
	r.problems = append(r.problems, &calc.Problem{Place: place(r.doc, n), Message: fmt.Sprintf(format, args...), Hint: hint})
}

// plain follows an alias and refuses what a scenario has no use for. It is nil
// for a node that was refused.
func (r *reader) plain(n *node) *node {
	switch r.nodes++; {
	case r.stopped:
		return nil
	case r.nodes > maxNodes:
		r.stopped = true
		r.problem(n, "leave out what no calculator needs", "more than %d values, those of aliases counted each time", maxNodes)
		return nil
	case len(r.problems) >= maxProblems:
		r.stopped = true
		r.problem(n, "mend what stands above first", "too much is wrong to read on")
		return nil
	}
	if n = follow(n); isTagged(n) {
		r.problem(n, "take the tag out", "a scenario has no tags such as %s", clean(n.Tag))
		return nil
	}
	return n
}

// pairs calls f for each key and value of a mapping, in order, having refused
// keys that stand twice, merges and keys that are no plain words.
func (r *reader) pairs(mapping *node, f func(key, value *node)) {
	first := firstLines(mapping)
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := r.plain(mapping.Content[i]), mapping.Content[i+1]
		switch {
		case key == nil:
		case key.Kind != scalarNode:
			r.problem(key, "write it without brackets, such as customer:", "a key is one word")
		case key.Value == "<<":
			r.problem(key, "write the keys out", "a scenario has no merge keys")
		case key.Value == "":
			r.problem(key, "write a key before the colon", "a key is missing")
		case first(i, key) > 0:
			r.problem(key, "leave one of them out", "key %q stands twice, first in line %d", clean(key.Value), first(i, key))
		default:
			f(key, value)
		}
	}
}

// fewPairs is how many pairs a mapping may have for a look at all that came
// before to be quicker than a map of them.
const fewPairs = 32

// firstLines tells of each key of a mapping, by its place in the content, in
// which earlier line it stood already; 0 if in none.
func firstLines(mapping *node) func(i int, key *node) int {
	content := mapping.Content
	if len(content) <= 2*fewPairs {
		return func(i int, key *node) int {
			for j := 0; j < i; j += 2 {
				if content[j].Value == key.Value && content[j].Kind == scalarNode {
					return content[j].Line
				}
			}
			return 0
		}
	}
	seen := make(map[string]int, len(content)/2)
	for j := 0; j < len(content); j += 2 {
		if _, known := seen[content[j].Value]; !known && content[j].Kind == scalarNode {
			seen[content[j].Value] = j
		}
	}
	return func(i int, key *node) int {
		if j, known := seen[key.Value]; known && j < i {
			return content[j].Line
		}
		return 0
	}
}

// root reads the whole scenario.
func (r *reader) root(root *node) {
	root = r.plain(root)
	if root == nil {
		return
	}
	if root.Kind != mappingNode {
		r.problem(root, r.mappingHint(r.vocabulary.tree, root), "a scenario is keys and their values, beginning with version: %s", Version)
		return
	}
	versioned := false
	r.pairs(root, func(key, value *node) {
		switch key.Value {
		case "version":
			versioned = true
			if value = r.plain(value); value != nil && value.Value != Version {
				r.problem(value, "write version: "+Version, "only version %s of the scenario language is known", Version)
			}
		case "name":
			if name, ok := r.words(value, "name"); ok {
				r.scenario.Name = name
			}
		case "currency":
			r.currency(value)
		case "gates":
			r.gates(value)
		case "acknowledge":
			r.acknowledge(value)
		case "correlations":
			r.correlations(value)
		default:
			r.key(r.vocabulary.tree, key, value)
		}
	})
	if !versioned && !r.stopped {
		r.problems = append(r.problems, &calc.Problem{Place: calc.Place{Document: r.doc, Line: 1, Column: 1}, Message: "missing key \"version\"", Hint: "begin with version: " + Version})
	}
}

// topKeys are the keys at the top that are no inputs.
var topKeys = [...]string{"version", "name", "currency", "gates", "acknowledge", "correlations"}

// key reads what stands under one key of a group: an input, or a group again.
func (r *reader) key(group *branch, key, value *node) {
	known := group.names[key.Value]
	if known == nil {
		r.unknown(group, key)
		return
	}
	if known.field != nil {
		if in := r.input(known.field, value); in != nil {
			r.inputs[known.path] = in
		}
		return
	}
	path := known.path
	if value = r.plain(value); value == nil {
		return
	}
	if r.scenario != nil {
		r.scenario.groups[path] = place(r.doc, key)
	}
	switch {
	case isNull(value):
		return // a group whose keys are all commented out
	case value.Kind != mappingNode:
		r.problem(value, r.mappingHint(known, value), "%s holds keys, such as %s, each on a line of its own", path, r.vocabulary.groups[path][0])
		return
	}
	r.pairs(value, func(key, value *node) { r.key(known, key, value) })
}

// unknown tells of a key that no input has.
func (r *reader) unknown(group *branch, key *node) {
	path, also := key.Value, topKeys[:]
	if group.path != "" {
		path, also = group.path+"."+key.Value, nil
	}
	r.problem(key, r.vocabulary.suggest(group.path, key.Value, also...), "unknown key %q", clean(path))
}

// takes tells whether a field takes a value that a hint would have one write.
func (r *reader) takes(f *calc.Field, text string) bool {
	doc := &calc.Document{Text: text}
	root, problem := parse(doc)
	if problem != nil || root == nil {
		return false
	}
	trial := reader{doc: doc, vocabulary: r.vocabulary, inputs: calc.Inputs{}}
	return trial.input(f, root) != nil && len(trial.problems) == 0
}

// mappingHint guesses why there is a text where the keys of a group should be.
func (r *reader) mappingHint(group *branch, n *node) string {
	key, value, found := strings.Cut(n.Value, ":")
	switch {
	case n.Kind == sequenceNode && isFlow(n):
		return "leave the brackets out: they make a list"
	case n.Kind == sequenceNode:
		return "leave the dashes out: they make a list"
	case found && !strings.ContainsAny(key, " \t") && value != "" && value[0] != ' ':
		if known := group.names[key]; known != nil && known.field != nil && r.takes(known.field, value) {
			return fmt.Sprintf("put a space after the colon: %s: %s", clean(key), clean(value))
		}
		return "put a space after the colon"
	case strings.Contains(n.Value, " - "):
		return "put a colon after the key, and begin each line of the list with a dash"
	}
	return "write key: value"
}

// words reads a text that will be printed.
func (r *reader) words(n *node, what string) (string, bool) {
	if n = r.plain(n); n == nil {
		return "", false
	}
	odd := strings.IndexFunc(n.Value, Unprintable)
	switch {
	case isNull(n) && hasComment(r.doc, n):
		r.problem(n, "a # begins a comment: put quotes around a text that begins with one", "%s has no value", what)
	case isNull(n):
		r.problem(n, "write a text, or leave it out", "%s has no value", what)
	case n.Kind != scalarNode:
		r.problem(n, "put quotes around a text that holds a colon, a comma or a bracket", "%s is a text", what)
	case odd >= 0:
		r.odd(n, what, []rune(n.Value[odd:])[0])
	case strings.TrimSpace(n.Value) == "":
		r.problem(n, "write a text, or leave it out", "%s is empty", what)
	default:
		return n.Value, true
	}
	return "", false
}

// odd refuses a character that a text may not hold.
func (r *reader) odd(n *node, what string, c rune) {
	switch c {
	case '\n':
		r.problem(n, "write it in one line", "%s goes over several lines", what)
	case '\t':
		r.problem(n, "write spaces", "%s holds a tab", what)
	default:
		r.problem(n, "take it out", "%s holds an invisible character, U+%04X", what, c)
	}
}

// clean makes a text fit to be quoted in a message: what cannot be printed is
// replaced, what is very long is cut.
func clean(text string) string {
	const longest = 60
	text = strings.Map(func(c rune) rune {
		if Unprintable(c) {
			return utf8.RuneError
		}
		return c
	}, text)
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return text
}

func (r *reader) currency(n *node) {
	code, ok := r.words(n, "currency")
	if !ok {
		return
	}
	known, ok := currency.Named(code)
	if !ok {
		hint := "write its ISO 4217 code, such as USD, EUR or CNY"
		if _, ok := currency.Named(strings.ToUpper(code)); ok {
			hint = "did you mean " + strings.ToUpper(code) + "?"
		}
		r.problem(n, hint, "%q is no currency that is known", clean(code))
		return
	}
	r.scenario.Currency = known
}

// gates reads what must hold.
func (r *reader) gates(list *node) {
	if list = r.plain(list); list == nil || isNull(list) {
		return
	}
	if list.Kind != sequenceNode {
		hint := "write each gate on a line of its own that begins with a dash"
		if strings.HasPrefix(list.Value, "-") {
			hint = "put a space after the dash"
		}
		r.problem(list, hint, "gates is a list")
		return
	}
	for _, n := range list.Content {
		text, ok := "", false
		switch {
		case n.Kind == mappingNode || n.Kind == sequenceNode:
			r.problem(n, "write it as ripple.loss <= 450000", "a gate is a metric, a sign and a limit")
		case strings.Contains(n.Value, " -") && isFolded(r.doc, n):
			r.problem(n, "line the dashes up, and put a space after each", "a gate goes on in the next line")
		default:
			text, ok = r.words(n, "a gate")
		}
		if ok {
			r.scenario.Gates = append(r.scenario.Gates, Text{text, place(r.doc, n)})
		}
	}
}

// acknowledge reads the keys whose weak evidence is known to be weak.
func (r *reader) acknowledge(list *node) {
	if list = r.plain(list); list == nil || isNull(list) {
		return
	}
	if list.Kind != sequenceNode {
		r.problem(list, "write [complaints.speak_up]", "acknowledge is a list of keys")
		return
	}
	for _, n := range list.Content {
		key, ok := r.words(n, "a key")
		if !ok {
			continue
		}
		if r.vocabulary.Field(key) == nil {
			hint := r.vocabulary.nearestKey(key)
			if _, list, _ := r.vocabulary.find(key); list != "" {
				hint = "did you mean " + list + "?" // a list is acknowledged as a whole
			}
			r.problem(n, hint, "unknown key %q", clean(key))
			continue
		}
		r.scenario.acknowledged = append(r.scenario.acknowledged, key)
	}
}

// input reads the value of an input; nil where something is wrong with it.
func (r *reader) input(f *calc.Field, n *node) *calc.Input {
	if n = r.plain(n); n == nil {
		return nil
	}
	in := r.fresh()
	*in = calc.Input{Key: f.Key, Unit: f.Unit, Origin: r.origin, Place: place(r.doc, n)}
	if n.Kind == mappingNode {
		if f.Kind == calc.ItemsInput && !hasKey(n, "value") {
			r.problem(n, "begin each item with a dash", "%s is a list", f.Key)
			return nil
		}
		return r.long(f, n, in)
	}
	return r.value(f, n, in)
}

// fresh is an input to fill, one of many that are made together.
func (r *reader) fresh() *calc.Input {
	const together = 16
	if len(r.spare) == 0 {
		r.spare = make([]calc.Input, together)
	}
	in := &r.spare[0]
	r.spare = r.spare[1:]
	return in
}

// ledgerKeys are what a long input says beside its value.
var ledgerKeys = [...]string{"value", "source", "owner", "date", "expires"}

// long reads an input written long: {value: 25%, source: …}.
func (r *reader) long(f *calc.Field, n *node, in *calc.Input) *calc.Input {
	var value *node
	ends := spread{}
	before := len(r.problems)
	r.pairs(n, func(key, content *node) {
		var to *string
		switch key.Value {
		case "low", "likely", "high", "shape", "interval":
			ends[key.Value] = content
			return
		case "value":
			value = content
			return
		case "source":
			to = &in.Citation.Source
		case "owner":
			to = &in.Citation.Owner
		case "date":
			to = &in.Citation.Date
		case "expires":
			to = &in.Citation.Expires
		default:
			r.problem(key, r.ledgerHint(f, key, content, key == n.Content[0]), "unknown key %q", clean(f.Key+"."+key.Value))
			return
		}
		text, ok := r.words(content, key.Value)
		if ok && (to == &in.Citation.Date || to == &in.Citation.Expires) && !IsDate(text) {
			r.problem(content, "write it as 2026-05-01", "%q is no date", clean(text))
		}
		*to = text
	})
	if len(ends) > 0 && value == nil && len(r.problems) == before {
		return r.spread(f, n, ends, in)
	}
	if len(ends) > 0 && value != nil {
		r.problem(n, "leave value: out, or low: and its kin", "%s is given in two ways", f.Key)
		return nil
	}
	if value == nil {
		if len(r.problems) == before {
			r.problem(n, "write value: and the number", "%s has no value", f.Key)
		}
		return nil
	}
	if value = r.plain(value); value == nil {
		return nil
	}
	in.Place = place(r.doc, value)
	if value.Kind == mappingNode {
		r.problem(value, "write the number", "a value within a value")
		return nil
	}
	return r.value(f, value, in)
}

// ledgerHint guesses what a key is that a long input does not have.
func (r *reader) ledgerHint(f *calc.Field, key, content *node, first bool) string {
	switch {
	case isNull(content) && strings.Contains(key.Value, ":"):
		return "put a space after the colon"
	case isNull(content) && first:
		for _, value := range [...]string{key.Value, "[" + key.Value + "]"} {
			if r.takes(f, value) {
				return "write value: " + clean(value)
			}
		}
		return "write value: before it"
	case isNull(content):
		return "put quotes around a text that holds a comma"
	}
	return oneOf(key.Value, slices.Concat(ledgerKeys[:], spreadKeys[:]))
}

// value reads a value written short.
func (r *reader) value(f *calc.Field, n *node, in *calc.Input) *calc.Input {
	switch {
	case isNull(n):
		r.problem(n, "write a value, or take the key out", "%s has no value", f.Key)
		return nil
	case n.Kind == sequenceNode && f.Lists():
		return r.list(f, n, in)
	case n.Kind == sequenceNode && f.Kind == calc.ItemsInput:
		return r.items(f, n, in)
	case n.Kind != scalarNode:
		r.problem(n, "write one value; a range is written low..high", "%s is one value, not a list", f.Key)
		return nil
	case n.Value == "benchmark" && (f.Kind == calc.NumberInput || f.Kind == calc.ListInput):
		if len(f.Evidence) == 0 {
			r.problem(n, "write a value", "no benchmark is known for %s", f.Key)
			return nil
		}
		in.Text, in.Benchmark = n.Value, true
		return in
	case f.Kind == calc.ListInput || f.Kind == calc.ItemsInput:
		r.problem(n, r.listHint(f, n.Value), "%s is a list", f.Key)
		return nil
	}
	return r.scalar(f, n, in)
}

// listHint guesses how a list would be written that is none.
func (r *reader) listHint(f *calc.Field, text string) string {
	if f.Kind == calc.ItemsInput {
		return "write its items below it, each beginning with a dash"
	}
	if list := "[" + strings.Trim(clean(text), "[]() ") + "]"; r.takes(f, list) {
		return "write " + list
	}
	return "write it in brackets, with commas" + r.listSuchAs(f)
}

// listSuchAs gives an example of a list of numbers.
func (r *reader) listSuchAs(f *calc.Field) string {
	for _, list := range [...]string{"[11, 5]", "[80%, 90%]", "[50 per week, 60 per week]"} {
		if r.takes(f, list) {
			return ", such as " + list
		}
	}
	return ""
}

// scalar reads a number, a choice or a text.
func (r *reader) scalar(f *calc.Field, n *node, in *calc.Input) *calc.Input {
	text, ok := r.words(n, f.Key)
	if !ok {
		return nil
	}
	text = strings.TrimSpace(text)
	in.Text, in.Word = text, text
	switch f.Kind {
	case calc.TextInput:
		return in
	case calc.ChoiceInput:
		if !slices.Contains(f.Choices, text) {
			r.problem(n, oneOf(text, f.Choices), "%q is no %s", clean(text), f.Key)
			return nil
		}
		return in
	}
	in.Word = ""
	if err := number(f, text, in); err != nil {
		s := err.(*slip)
		if isFolded(r.doc, n) {
			s.hint = "the line below is taken for more of it: line that up with the keys"
		}
		r.problem(n, s.hint, "%s", s.message)
		return nil
	}
	return in
}

// list reads a list of numbers.
func (r *reader) list(f *calc.Field, n *node, in *calc.Input) *calc.Input {
	if len(n.Content) == 0 {
		r.problem(n, "write at least one number"+r.listSuchAs(f), "%s is empty", f.Key)
		return nil
	}
	element := elementOf(f)
	before := len(r.problems)
	texts := make([]string, 0, len(n.Content))
	for _, child := range n.Content {
		if read := r.input(&element, child); read != nil {
			in.List = append(in.List, *read)
			texts = append(texts, read.Text)
		}
	}
	if len(r.problems) > before {
		return nil
	}
	in.Per = in.List[0].Per
	for i := range in.List {
		if in.List[i].Per.PerAnn != in.Per.PerAnn {
			r.problem(n.Content[i], "write every element for the same period", "%q is for another period than the first, %q", in.List[i].Text, in.List[0].Text)
			return nil
		}
	}
	in.Text = "[" + strings.Join(texts, ", ") + "]"
	return in
}

// elementOf is what one element of a list is. Benchmarks are of the whole list.
func elementOf(f *calc.Field) calc.Field {
	element := *f
	element.Kind, element.OrList, element.Evidence = calc.NumberInput, false, nil
	return element
}

// items reads a list of things, each a mapping of its own fields.
func (r *reader) items(f *calc.Field, n *node, in *calc.Input) *calc.Input {
	if len(n.Content) == 0 {
		r.problem(n, "write at least one item, or take the key out", "%s is empty", f.Key)
		return nil
	}
	before := len(r.problems)
	for _, child := range n.Content {
		if child = r.plain(child); child == nil {
			continue
		}
		if child.Kind != mappingNode {
			r.problem(child, "write name: and its other keys", "an item of %s holds keys", f.Key)
			continue
		}
		in.List = append(in.List, calc.Input{Cells: r.cells(f, child)})
	}
	if len(r.problems) > before {
		return nil
	}
	return in
}

// cells reads one item of a list.
func (r *reader) cells(f *calc.Field, item *node) calc.Inputs {
	cells := calc.Inputs{}
	names := make([]string, len(f.Items))
	for i := range f.Items {
		names[i] = f.Items[i].Key
	}
	r.pairs(item, func(key, value *node) {
		i := slices.Index(names, key.Value)
		if i < 0 {
			r.problem(key, oneOf(key.Value, names), "unknown key %q in %s", clean(key.Value), f.Key)
			return
		}
		if in := r.input(&f.Items[i], value); in != nil {
			cells[key.Value] = in
		} else {
			cells[key.Value] = &calc.Input{} // there, though wrong: not missing
		}
	})
	for i := range f.Items {
		if f.Items[i].Required() && cells[names[i]] == nil && !r.stopped {
			r.problem(item, "it says "+f.Items[i].Help, "missing key %q in %s", names[i], f.Key)
		}
	}
	return cells
}

// IsDate tells whether a text is a day of the calendar, written 2026-05-01.
func IsDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}
