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
}

// NewVocabulary gathers the keys of the calculators. A key means the same to
// all of them, so the first to ask for it describes it.
func NewVocabulary(calculators []calc.Calculator) *Vocabulary {
	v := &Vocabulary{byKey: map[string]*calc.Field{}, groups: map[string][]string{}}
	for _, c := range calculators {
		for _, f := range c.Fields() {
			if v.byKey[f.Key] == nil {
				v.byKey[f.Key] = &f
				v.fields = append(v.fields, f)
				v.addGroups(f.Key)
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
	best, distance := "", 4
	for _, candidate := range words {
		limit := min(distance, max(1, len(word)/3)+1, len(candidate))
		if d := levenshtein.Distance(word, candidate, nil); d < limit {
			best, distance = candidate, d
		}
	}
	return best
}

// suggest says what a key that does not exist was meant to be.
func (v *Vocabulary) suggest(group, name string, also ...string) string {
	names := slices.Concat(v.groups[group], also)
	if near := Nearest(name, names); near != "" {
		return "did you mean " + near + "?"
	}
	// The name may stand at another level.
	for _, f := range v.fields {
		if f.Key[strings.LastIndexByte(f.Key, '.')+1:] == name || f.Key == name {
			return "did you mean " + f.Key + "? Each dot is one level of indentation"
		}
	}
	return "it can be " + strings.Join(names, ", ")
}
