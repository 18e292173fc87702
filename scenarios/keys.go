package scenarios

import (
	"fmt"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios/syntax"
)

// topKeys are the keys at the top that are not inputs.
var topKeys = [...]string{"version", "name", "currency", "gates", "acknowledge", "correlations"}

// root reads the whole scenario.
func (r *reader) root(root *syntax.Node) {
	if root = r.resolve(root); root == nil {
		return
	}
	if root.Kind != syntax.MappingNode {
		r.problem(root, r.mappingHint(r.vocabulary.tree, root), "a scenario is keys and their values, beginning with version: %s", Version)
		return
	}
	versioned := false
	r.pairs(root, func(key, value *syntax.Node) {
		switch key.Value {
		case "version":
			versioned = true
			if value = r.resolve(value); value != nil && value.Value != Version {
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
		r.problems = append(r.problems, &calc.Problem{Place: quantity.Place{Document: r.doc, Line: 1, Column: 1}, Message: "missing key \"version\"", Hint: "begin with version: " + Version})
	}
}

// key reads the value of one key of a group: an input or another group.
func (r *reader) key(group *branch, key, value *syntax.Node) {
	known := group.names[key.Value]
	if known == nil {
		r.unknown(group, key)
		return
	}
	if known.field != nil {
		if in := r.fresh(); r.input(known.field, value, in) {
			r.inputs[known.path] = in
		}
		return
	}
	if value = r.resolve(value); value == nil {
		return
	}
	if r.scenario != nil {
		r.scenario.groups = append(r.scenario.groups, groupPlace{known.path, syntax.PlaceOf(r.doc, key)})
	}
	switch {
	case syntax.IsNull(value):
		return // a group with all its keys commented out
	case value.Kind != syntax.MappingNode:
		r.problem(value, r.mappingHint(known, value), "%s holds keys, such as %s, each on a line of its own", known.path, known.order[0])
		return
	}
	r.pairs(value, func(key, value *syntax.Node) { r.key(known, key, value) })
}

// unknown reports an unknown key.
func (r *reader) unknown(group *branch, key *syntax.Node) {
	path, also := key.Value, topKeys[:]
	if group.path != "" {
		path, also = group.path+"."+key.Value, nil
	}
	r.problem(key, r.vocabulary.suggest(group.path, key.Value, also...), "unknown key %q", clean(path))
}

// mappingHint guesses why there is a text instead of the keys of a group.
func (r *reader) mappingHint(group *branch, n *syntax.Node) string {
	key, value, found := strings.Cut(n.Value, ":")
	switch {
	case n.Kind == syntax.SequenceNode && syntax.IsFlow(n):
		return "leave the brackets out: they make a list"
	case n.Kind == syntax.SequenceNode:
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
