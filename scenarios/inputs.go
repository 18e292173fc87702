package scenarios

import (
	"errors"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios/number"
	"github.com/churncost/churncost/scenarios/syntax"
)

// fresh is an input to fill in.
func (r *reader) fresh() *quantity.Input {
	if len(r.spare) == 0 {
		r.spare = make([]quantity.Input, usualInputs)
	}
	in := &r.spare[0]
	r.spare = r.spare[1:]
	return in
}

// input reads the value of a field into an empty input. It reports whether the value is
// valid.
func (r *reader) input(f *calc.Field, n *syntax.Node, in *quantity.Input) bool {
	if n = r.resolve(n); n == nil {
		return false
	}
	in.Key, in.Unit, in.Origin, in.Place = f.Key, f.Unit, r.origin, syntax.PlaceOf(r.doc, n)
	if n.Kind == syntax.MappingNode {
		if f.Kind == calc.ItemsInput && !syntax.HasKey(n, "value") {
			r.problem(n, "begin each item with a dash", "%s is a list", f.Key)
			return false
		}
		return r.long(f, n, in)
	}
	return r.value(f, n, in)
}

// takes reports whether a field accepts a value that a hint would suggest.
func (r *reader) takes(f *calc.Field, text string) bool {
	doc := &quantity.Document{Text: text}
	root, problem := syntax.Parse(doc)
	if problem != nil || root == nil {
		return false
	}
	trial := reader{doc: doc, vocabulary: r.vocabulary}
	return trial.input(f, root, new(quantity.Input))
}

// value reads a value written without a source: one value or a list.
func (r *reader) value(f *calc.Field, n *syntax.Node, in *quantity.Input) bool {
	switch {
	case syntax.IsNull(n):
		r.problem(n, "write a value, or remove the key", "%s has no value", f.Key)
	case n.Kind == syntax.SequenceNode && f.Lists():
		return r.numbers(f, n, in)
	case n.Kind == syntax.SequenceNode && f.Kind == calc.ItemsInput:
		return r.items(f, n, in)
	case n.Kind != syntax.ScalarNode:
		r.problem(n, "write one value; a range is written low..high", "%s is one value, not a list", f.Key)
	case n.Value == "benchmark" && (f.Kind == calc.NumberInput || f.Kind == calc.ListInput):
		if len(f.Evidence) == 0 {
			r.problem(n, "write a value", "no benchmark is known for %s", f.Key)
			return false
		}
		in.Text, in.Benchmark = n.Value, true
		return true
	case f.Kind == calc.ListInput || f.Kind == calc.ItemsInput:
		r.problem(n, r.listHint(f, n.Value), "%s is a list", f.Key)
	default:
		return r.scalar(f, n, in)
	}
	return false
}

// scalar reads a number, a choice or a text.
func (r *reader) scalar(f *calc.Field, n *syntax.Node, in *quantity.Input) bool {
	text, ok := r.words(n, f.Key)
	if !ok {
		return false
	}
	text = strings.TrimSpace(text)
	in.Text = text
	switch f.Kind {
	case calc.TextInput:
		in.Word = text
		return true
	case calc.ChoiceInput:
		in.Word = text
		if !slices.Contains(f.Choices, text) {
			r.problem(n, oneOf(text, f.Choices), "%s cannot be %q", f.Key, clean(text))
			return false
		}
		return true
	}
	err := number.Parse(f, text, in)
	if wrong, is := errors.AsType[*number.Error](err); is {
		hint := wrong.Hint
		if syntax.IsFolded(r.doc, n) {
			hint = "the line below is read as part of it: line it up with the keys"
		}
		r.problem(n, hint, "%s", wrong.Message)
	}
	return err == nil
}

// numbers reads a list of numbers.
func (r *reader) numbers(f *calc.Field, n *syntax.Node, in *quantity.Input) bool {
	if len(n.Content) == 0 {
		r.problem(n, "write at least one number"+r.listSuchAs(f), "%s is empty", f.Key)
		return false
	}
	element := elementOf(f)
	right := true
	list := make([]quantity.Input, len(n.Content))
	for i, child := range n.Content {
		right = r.input(element, child, &list[i]) && right
	}
	if !right {
		return false
	}
	for i := range list {
		if list[i].Per.PerAnn != list[0].Per.PerAnn {
			r.problem(n.Content[i], "write every element for the same period", "%q is for a different period than the first, %q", list[i].Text, list[0].Text)
			return false
		}
	}
	in.List, in.Per = list, list[0].Per
	in.Text = quantity.TextOf(list)
	return true
}

// elementOf returns the field of one element of a list. It has no benchmark: those are
// for the whole list.
func elementOf(f *calc.Field) *calc.Field {
	element := *f
	element.Kind, element.OrList, element.Evidence = calc.NumberInput, false, nil
	return &element
}

// listHint guesses how to write a value as a list.
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

// items reads a list of things, each a mapping of its own fields.
func (r *reader) items(f *calc.Field, n *syntax.Node, in *quantity.Input) bool {
	if len(n.Content) == 0 {
		r.problem(n, "write at least one item, or remove the key", "%s is empty", f.Key)
		return false
	}
	before := len(r.problems)
	for _, child := range n.Content {
		if child = r.resolve(child); child == nil {
			continue
		}
		if child.Kind != syntax.MappingNode {
			r.problem(child, "write name: and its other keys", "an item of %s holds keys", f.Key)
			continue
		}
		in.List = append(in.List, quantity.Input{Cells: r.cells(f, child)})
	}
	return len(r.problems) == before
}

// cells reads one item of a list.
func (r *reader) cells(f *calc.Field, item *syntax.Node) quantity.Inputs {
	cells := quantity.Inputs{}
	names := make([]string, len(f.Items))
	for i := range f.Items {
		names[i] = f.Items[i].Key
	}
	r.pairs(item, func(key, value *syntax.Node) {
		i := slices.Index(names, key.Value)
		if i < 0 {
			r.problem(key, oneOf(key.Value, names), "unknown key %q in %s", clean(key.Value), f.Key)
			return
		}
		in := r.fresh()
		r.input(&f.Items[i], value, in)
		cells[key.Value] = in // even if it is invalid: it is not missing
	})
	for i := range f.Items {
		if f.Items[i].Required() && cells[names[i]] == nil && !r.stopped {
			r.problem(item, "it says "+f.Items[i].Help, "missing key %q in %s", names[i], f.Key)
		}
	}
	return cells
}
