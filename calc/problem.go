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
	if problems, ok := errors.AsType[Problems](err); ok {
		return problems
	}
	if problem, ok := errors.AsType[*Problem](err); ok {
		return Problems{problem}
	}
	return Problems{{Message: err.Error()}}
}

// AtValues adds to an error of a model the values of the inputs at which it arose.
func AtValues(err error, inputs []*quantity.Input, values []float64) error {
	problems, ok := errors.AsType[Problems](err)
	if !ok {
		return err
	}
	point := make([]string, len(inputs))
	for i, in := range inputs {
		point[i] = in.Key + " = " + in.Unit.Text(values[i])
	}
	problems[0].Message += " (at " + strings.Join(point, ", ") + ")"
	return err
}

// Sort puts the problems in order of line and column.
func (p Problems) Sort() {
	slices.SortStableFunc(p, func(a, b *Problem) int {
		return cmp.Or(cmp.Compare(a.Place.Line, b.Place.Line), cmp.Compare(a.Place.Column, b.Place.Column))
	})
}

// Listed writes words as a list: A, B and C.
func Listed(words []string) string {
	last := len(words) - 1
	if last <= 0 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// MissingKeys lists the inputs that are missing, if nothing else is wrong.
func MissingKeys(err error) []string {
	if err == nil {
		return nil
	}
	var keys []string
	for _, problem := range ProblemsOf(err) {
		if !problem.Missing {
			return nil
		}
		keys = append(keys, problem.Key)
	}
	return keys
}
