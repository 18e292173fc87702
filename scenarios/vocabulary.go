package scenarios

import (
	"slices"
	"strings"

	"github.com/agext/levenshtein"

	"github.com/churncost/churncost/calc"
)

// A Vocabulary holds all the keys that a scenario may give, and what each means.
type Vocabulary struct {
	fields []calc.Field
	tree   *branch
}

// A branch is a key or a group of keys, as in YAML.
type branch struct {
	path  string
	field *calc.Field        // nil for a group
	names map[string]*branch // nil for a key
	order []string           // of the names
}

// grow adds a key to the tree.
func (b *branch) grow(f *calc.Field) {
	for rest, more := f.Key, true; more; {
		var name string
		name, rest, more = strings.Cut(rest, ".")
		child := b.names[name]
		if child == nil {
			child = &branch{path: f.Key}
			if more {
				child.path = f.Key[:len(f.Key)-len(rest)-1]
			}
			if b.names == nil {
				b.names = map[string]*branch{}
			}
			b.names[name] = child
			b.order = append(b.order, name)
		}
		b = child
	}
	b.field = f
}

// at finds a key or a group of keys. What is not there is an empty branch.
func (b *branch) at(path string) *branch {
	for rest, more := path, path != ""; more && b != nil; {
		var name string
		name, rest, more = strings.Cut(rest, ".")
		b = b.names[name]
	}
	if b == nil {
		return &branch{}
	}
	return b
}

// usualKeys is how many keys there is room for before they are gathered.
const usualKeys = 96

// NewVocabulary collects the keys of the calculators. A key means the same to all of
// them, so the first calculator that asks for it describes it.
func NewVocabulary(calculators []calc.Calculator) *Vocabulary {
	v := &Vocabulary{fields: make([]calc.Field, 0, usualKeys), tree: &branch{}}
	for f := range calc.FieldsOf(calculators...) {
		if v.Field(f.Key) == nil {
			v.fields = append(v.fields, *f)
			v.tree.grow(&v.fields[len(v.fields)-1])
		}
	}
	return v
}

// Fields lists the keys in the order in which the calculators ask for them.
func (v *Vocabulary) Fields() []calc.Field { return v.fields }

// Names lists the names below a group of keys; below "" those at the top.
func (v *Vocabulary) Names(group string) []string { return v.tree.at(group).order }

// Field finds a key, or nil.
func (v *Vocabulary) Field(key string) *calc.Field { return v.tree.at(key).field }

// Nearest finds the word that a misspelt one was probably meant to be; "" if none is
// near.
func Nearest(word string, words []string) string {
	const longest = 100 // no word is so long, and comparing would take long
	if len(word) > longest {
		return ""
	}
	best, distance := "", 4
	for _, candidate := range words {
		limit := min(distance, max(1, (len(word)+1)/3)+1, len(candidate))
		d := levenshtein.Distance(word, candidate, nil)
		if areSwapped(word, candidate) {
			d = 1
		}
		if d < limit {
			best, distance = candidate, d
		}
	}
	return best
}

// areSwapped reports whether two words differ by two swapped neighbours, the most common
// typing mistake.
func areSwapped(a, b string) bool {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return len(a) == len(b) && i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// oneOf suggests the word that was probably meant, or lists all words.
func oneOf(word string, words []string) string {
	if near := Nearest(word, words); near != "" {
		return "did you mean " + near + "?"
	}
	return "it can be " + strings.Join(words, ", ")
}

// suggest says what an unknown key was probably meant to be.
func (v *Vocabulary) suggest(group, name string, also ...string) string {
	names := slices.Concat(v.Names(group), also)
	if near := Nearest(name, names); near != "" {
		return "did you mean " + near + "?"
	}
	if v.Names(name) != nil {
		return "each dot is one level of indentation"
	}
	// The name may be at another level.
	for _, f := range v.fields {
		if f.Key[strings.LastIndexByte(f.Key, '.')+1:] == name || f.Key == name {
			return "did you mean " + f.Key + "? Each dot is one level of indentation"
		}
	}
	return "it can be " + strings.Join(names, ", ")
}
