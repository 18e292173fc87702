package scenarios

import (
	"errors"
	"fmt"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios/number"
)

// Vary splits KEY=V1,V2,… or KEY=LOW..HIGH/POINTS into an assignment for each value. A
// comma inside brackets does not separate values.
func (s *Scenario) Vary(text string) ([]string, error) {
	key, values, found := strings.Cut(text, "=")
	doc := &quantity.Document{Name: "--vary", Text: text}
	fail := func(message, hint string) ([]string, error) {
		return nil, calc.Problems{{Place: quantity.Place{Document: doc, Line: 1, Column: 1, Width: len([]rune(text))}, Message: message, Hint: hint}}
	}
	f, _, _ := s.vocabulary.find(strings.TrimSpace(key))
	if f == nil {
		return fail(fmt.Sprintf("unknown key %q", clean(key)), s.vocabulary.nearestKey(key))
	}
	if !found || strings.TrimSpace(values) == "" {
		return fail("no values are given", "write KEY=V1,V2,V3 or KEY=LOW..HIGH/POINTS")
	}
	texts := splitValues(values)
	if len(texts) == 1 && strings.Contains(values, "/") {
		steps, err := number.Interpolate(f, values)
		if wrong, is := errors.AsType[*number.Error](err); is {
			return fail(wrong.Message, wrong.Hint)
		}
		texts = steps
	}
	assignments := make([]string, len(texts))
	for i, value := range texts {
		assignments[i] = strings.TrimSpace(key) + "=" + strings.TrimSpace(value)
	}
	return assignments, nil
}

// splitValues splits values at the commas outside brackets.
func splitValues(text string) []string {
	var values []string
	depth, begin := 0, 0
	for i, c := range text {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		case ',':
			if depth == 0 {
				values = append(values, text[begin:i])
				begin = i + 1
			}
		}
	}
	return append(values, text[begin:])
}
