package calc

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc/quantity"
)

// A Problem is something that a user can fix: where, what, and how.
type Problem struct {
	Place   quantity.Place
	Key     string // the input it is about, where it is about one
	Message string // lower case, no full stop
	Hint    string // the remedy, where the message is not one already
	Missing bool   // a calculator lacks the key; the scenario itself may be correct
}

func (p *Problem) Error() string { return p.Message }

// Wrong is the problem that a calculator has with the value of an input.
func Wrong(key, format string, args ...any) error {
	return &Problem{Key: key, Message: fmt.Sprintf(format, args...)}
}

// Lacking is the problem of a calculator without an input that it needs. The scenario
// itself may be correct.
func Lacking(key, hint string) error {
	return &Problem{Key: key, Message: fmt.Sprintf("missing key %q", key), Hint: hint, Missing: true}
}

// Problems are everything that one run found wrong.
type Problems []*Problem

func (p Problems) Error() string {
	messages := make([]string, len(p))
	for i, problem := range p {
		messages[i] = problem.Message
	}
	return strings.Join(messages, "; ")
}

// OrNil is the problems as an error; nil where there are none.
func (p Problems) OrNil() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// ProblemsOf takes an error apart. One that is neither a Problem nor Problems makes a
// problem without a place.
func ProblemsOf(err error) Problems {
	if err == nil {
		return nil
	}
	if problems, ok := errors.AsType[Problems](err); ok {
		return problems
	}
	if problem, ok := errors.AsType[*Problem](err); ok {
		return Problems{problem}
	}
	return Problems{{Message: err.Error()}}
}

// Sort puts the problems in order of line and column.
func (p Problems) Sort() {
	slices.SortStableFunc(p, func(a, b *Problem) int {
		return cmp.Or(cmp.Compare(a.Place.Line, b.Place.Line), cmp.Compare(a.Place.Column, b.Place.Column))
	})
}

// Listed writes words as a list: A, B and C.
func Listed(words []string) string { return joined(words, " and ") }

// Choice writes words as a choice: A, B or C.
func Choice(words []string) string { return joined(words, " or ") }

func joined(words []string, last string) string {
	two := max(len(words)-2, 0)
	return strings.Join(append(slices.Clone(words[:two]), strings.Join(words[two:], last)), ", ")
}

// MissingKeys lists the inputs that are missing, if nothing else is wrong.
func MissingKeys(err error) []string {
	var keys []string
	for _, problem := range ProblemsOf(err) {
		if !problem.Missing {
			return nil
		}
		keys = append(keys, problem.Key)
	}
	return keys
}
