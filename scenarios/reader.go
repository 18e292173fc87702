package scenarios

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios/syntax"
)

// maxNodes limits the values of a scenario, with those of aliases counted each time.
// maxProblems is how many problems are reported before reading stops.
const (
	maxNodes = 100_000
)

// A reader turns YAML nodes into inputs and collects the problems.
type reader struct {
	doc        *quantity.Document
	vocabulary *Vocabulary
	scenario   *Scenario // nil if only inputs are read
	inputs     quantity.Inputs
	origin     quantity.Origin
	problems   calc.Problems
	nodes      int
	stopped    bool
	spare      []quantity.Input // allocated and not yet used
}

func (r *reader) problem(n *syntax.Node, hint, format string, args ...any) {
	r.problems = append(r.problems, &calc.Problem{Place: syntax.PlaceOf(r.doc, n), Message: fmt.Sprintf(format, args...), Hint: hint})
}

// resolve follows an alias and refuses tags. It returns nil for a refused node.
func (r *reader) resolve(n *syntax.Node) *syntax.Node {
	switch r.nodes++; {
	case r.stopped:
		return nil
	case r.nodes > maxNodes:
		r.stopped = true
		r.problem(n, "leave out what no calculator needs", "more than %d values, those of aliases counted each time", maxNodes)
		return nil
	case len(r.problems) >= syntax.MostProblems:
		r.stopped = true
		r.problem(n, "fix the problems above first", "too many problems to read on")
		return nil
	}
	if n = syntax.Follow(n); syntax.IsTagged(n) {
		r.problem(n, "remove the tag", "tags such as %s are not allowed", clean(n.Tag))
		return nil
	}
	return n
}

// pairs calls f for each key and value of a mapping, in order. It refuses duplicate
// keys, merge keys, and keys that are not plain words.
func (r *reader) pairs(mapping *syntax.Node, f func(key, value *syntax.Node)) {
	var lines map[string]int
	if len(mapping.Content) > 2*fewPairs {
		lines = make(map[string]int, len(mapping.Content)/2)
	}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := r.resolve(mapping.Content[i]), mapping.Content[i+1]
		switch {
		case key == nil:
		case key.Kind != syntax.ScalarNode:
			r.problem(key, "write it without brackets, such as customer:", "a key is one word")
		case key.Value == "<<":
			r.problem(key, "write the keys out", "merge keys are not allowed")
		case key.Value == "":
			r.problem(key, "write a key before the colon", "a key is missing")
		default:
			if line := firstLine(mapping.Content[:i], key, lines); line > 0 {
				r.problem(key, "remove one of them", "duplicate key %q, first in line %d", clean(key.Value), line)
			} else {
				f(key, value)
			}
		}
	}
}

// fewPairs is a number of pairs. In a mapping that has no more, comparing each key with
// all before it is faster than a map.
const fewPairs = 32

// firstLine returns the line of an earlier key of the same name. For a new key it returns
// 0, and adds the key to the map if there is one.
func firstLine(before []*syntax.Node, key *syntax.Node, lines map[string]int) int {
	if lines != nil {
		line := lines[key.Value]
		if line == 0 {
			lines[key.Value] = key.Line
		}
		return line
	}
	for i := 0; i < len(before); i += 2 {
		if before[i].Value == key.Value && before[i].Kind == syntax.ScalarNode {
			return before[i].Line
		}
	}
	return 0
}

// list calls f for each element of a list, which may be missing or null. The remedy is
// the hint for a value that is not a list.
func (r *reader) list(n *syntax.Node, what, remedy string, f func(element *syntax.Node)) {
	if n = r.resolve(n); n == nil || syntax.IsNull(n) {
		return
	}
	if n.Kind != syntax.SequenceNode {
		if strings.HasPrefix(n.Value, "-") {
			remedy = "put a space after the dash"
		}
		r.problem(n, remedy, "%s", what)
		return
	}
	for _, element := range n.Content {
		f(element)
	}
}

// words reads a text that is printed later.
func (r *reader) words(n *syntax.Node, what string) (string, bool) {
	if n = r.resolve(n); n == nil {
		return "", false
	}
	odd := -1
	if !syntax.IsPrintableASCII(n.Value, "") {
		odd = strings.IndexFunc(n.Value, syntax.Unprintable)
	}
	switch {
	case syntax.IsNull(n) && syntax.HasComment(r.doc, n):
		r.problem(n, "a # begins a comment: put quotes around a text that begins with one", "%s has no value", what)
	case syntax.IsNull(n):
		r.problem(n, "write a text, or leave it out", "%s has no value", what)
	case n.Kind != syntax.ScalarNode:
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
func (r *reader) odd(n *syntax.Node, what string, c rune) {
	switch c {
	case '\n':
		r.problem(n, "write it in one line", "%s has several lines", what)
	case '\t':
		r.problem(n, "write spaces", "%s holds a tab", what)
	default:
		r.problem(n, "remove it", "%s holds an invisible character, U+%04X", what, c)
	}
}

// clean prepares a text to be quoted in a message: it replaces unprintable characters and
// shortens a very long text.
func clean(text string) string {
	const longest = 60
	text = strings.Map(func(c rune) rune {
		if syntax.Unprintable(c) {
			return utf8.RuneError
		}
		return c
	}, text)
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return text
}
