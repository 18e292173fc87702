package scenarios

import (
	"slices"
	"strings"

	"github.com/agext/levenshtein"

	"github.com/churncost/churncost/calc"
)

// A Vocabulary is all the keys that a scenario may give, with what each means.
type Vocabulary struct {
	fields []calc.Field
	byKey  map[string]*calc.Field
	groups map[string][]string // the names below a group, such as customer
	tree   *branch
}

// A branch is a key or a group of keys, as they stand in YAML.
type branch struct {
	path  string
	field *calc.Field        // nil for a group
	names map[string]*branch // nil for a key
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
		}
		b = child
	}
	b.field = f
}

// usualKeys is how many keys there is room for before they are gathered.
const usualKeys = 96

// NewVocabulary gathers the keys of the calculators. A key means the same to
// all of them, so the first to ask for it describes it.
func NewVocabulary(calculators []calc.Calculator) *Vocabulary {
	v := &Vocabulary{fields: make([]calc.Field, 0, usualKeys), byKey: make(map[string]*calc.Field, usualKeys), groups: map[string][]string{}, tree: &branch{}}
	for _, c := range calculators {
		fields := c.Fields()
		for i := range fields {
			f := &fields[i]
			if v.byKey[f.Key] == nil {
				v.byKey[f.Key] = f
				v.fields = append(v.fields, *f)
				v.addGroups(f.Key)
				v.tree.grow(f)
			}
		}
	}
	return v
}

func (v *Vocabulary) addGroups(key string) {
	for {
		cut := strings.LastIndexByte(key, '.')
		group, name := "", key
		if cut >= 0 {
			group, name = key[:cut], key[cut+1:]
		}
		if !slices.Contains(v.groups[group], name) {
			v.groups[group] = append(v.groups[group], name)
		}
		if cut < 0 {
			return
		}
		key = group
	}
}

// Fields lists the keys in the order in which the calculators ask for them.
func (v *Vocabulary) Fields() []calc.Field { return v.fields }

// Field finds a key, or nil.
func (v *Vocabulary) Field(key string) *calc.Field { return v.byKey[key] }

// Nearest finds the word that is most likely meant by one that is misspelt, or
// nothing where none is near.
func Nearest(word string, words []string) string {
	const longest = 100 // no word is so long, and finding out takes as long as it is
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

// areSwapped tells whether two words differ by two neighbours that changed
// places, which fingers do more often than anything else.
func areSwapped(a, b string) bool {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return len(a) == len(b) && i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// oneOf says which of a few words was meant, or what they are.
func oneOf(word string, words []string) string {
	if near := Nearest(word, words); near != "" {
		return "did you mean " + near + "?"
	}
	return "it can be " + strings.Join(words, ", ")
}

// suggest says what a key that does not exist was meant to be.
func (v *Vocabulary) suggest(group, name string, also ...string) string {
	names := slices.Concat(v.groups[group], also)
	if near := Nearest(name, names); near != "" {
		return "did you mean " + near + "?"
	}
	if v.groups[name] != nil {
		return "each dot is one level of indentation"
	}
	// The name may stand at another level.
	for _, f := range v.fields {
		if f.Key[strings.LastIndexByte(f.Key, '.')+1:] == name || f.Key == name {
			return "did you mean " + f.Key + "? Each dot is one level of indentation"
		}
	}
	return "it can be " + strings.Join(names, ", ")
}
