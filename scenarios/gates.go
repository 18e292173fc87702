package scenarios

import (
	"strings"

	"github.com/churncost/churncost/scenarios/currency"
	"github.com/churncost/churncost/scenarios/syntax"
)

// currency reads the code of the currency.
func (r *reader) currency(n *syntax.Node) {
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
		r.problem(n, hint, "%q is not a known currency", clean(code))
		return
	}
	r.scenario.Currency = known
}

// gates reads the gates. They stay text here, because the metrics are not known yet.
func (r *reader) gates(list *syntax.Node) {
	r.list(list, "gates is a list", "write each gate on a line of its own that begins with a dash", func(n *syntax.Node) {
		switch {
		case n.Kind == syntax.MappingNode || n.Kind == syntax.SequenceNode:
			r.problem(n, "write it as ripple.loss <= 450000", "a gate is a metric, a sign and a limit")
		case strings.Contains(n.Value, " -") && syntax.IsFolded(r.doc, n):
			r.problem(n, "line the dashes up, and put a space after each", "a gate continues on the next line")
		default:
			if text, ok := r.words(n, "a gate"); ok {
				r.scenario.Gates = append(r.scenario.Gates, Text{text, syntax.PlaceOf(r.doc, n)})
			}
		}
	})
}

// acknowledge reads the keys whose weak evidence the scenario accepts.
func (r *reader) acknowledge(list *syntax.Node) {
	r.list(list, "acknowledge is a list of keys", "write [complaints.speak_up]", func(n *syntax.Node) {
		key, ok := r.words(n, "a key")
		switch {
		case !ok:
		case r.vocabulary.Field(key) != nil:
			r.scenario.Acknowledged = append(r.scenario.Acknowledged, key)
		default:
			hint := r.vocabulary.nearestKey(key)
			if _, list, _ := r.vocabulary.find(key); list != "" {
				hint = "did you mean " + list + "?" // a list can only be acknowledged as a whole
			}
			r.problem(n, hint, "unknown key %q", clean(key))
		}
	})
}
