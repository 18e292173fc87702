package scenarios

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc"
)

// mostPoints is how many values one --vary may ask for.
const mostPoints = 1000

// Clone copies the scenario with its inputs: what is set in the copy, or bound to
// a model, leaves the original as it is.
func (s *Scenario) Clone() *Scenario {
	c := *s
	c.Inputs = s.Inputs.Clone()
	return &c
}

// Dated tells whether any input has a day on which it expires.
func (s *Scenario) Dated() bool {
	for _, in := range s.Inputs {
		if in.Citation.Expires != "" {
			return true
		}
		for i := range in.List {
			if in.List[i].Citation.Expires != "" {
				return true
			}
		}
	}
	return false
}

// Text is how an input is written; "not given" where it is not.
func (s *Scenario) Text(key string) string {
	in := s.Inputs[key]
	switch {
	case in == nil:
		return "not given"
	case in.Text == "":
		return fmt.Sprintf("%d items", len(in.List))
	}
	return in.Text
}

// Vary takes KEY=V1,V2,… or KEY=LOW..HIGH/POINTS apart into an assignment for
// each value. A comma inside brackets parts nothing.
func (s *Scenario) Vary(text string) ([]string, error) {
	key, values, found := strings.Cut(text, "=")
	doc := &calc.Document{Name: "--vary", Text: text}
	fail := func(message, hint string) ([]string, error) {
		return nil, calc.Problems{{Place: calc.Place{Document: doc, Line: 1, Column: 1, Width: len([]rune(text))}, Message: message, Hint: hint}}
	}
	f, _, _ := s.vocabulary.find(strings.TrimSpace(key))
	if f == nil {
		return fail(fmt.Sprintf("unknown key %q", clean(key)), s.vocabulary.nearestKey(key))
	}
	if !found || strings.TrimSpace(values) == "" {
		return fail("no values are given", "write KEY=V1,V2,V3 or KEY=LOW..HIGH/POINTS")
	}
	texts := splitValues(values)
	if span, points, cut := strings.Cut(values, "/"); cut && len(texts) == 1 {
		for bound := range strings.SplitSeq(span, "..") {
			bound, _, _ = strings.Cut(strings.TrimSpace(bound), " ")
			if thousand, decimal, both := twoReadings(f, bound); both {
				return fail(fmt.Sprintf("%q could be a thousand or a decimal", bound), "write "+thousand+", or "+decimal)
			}
		}
		steps, ok := interpolate(f, span, points)
		if !ok {
			return fail(fmt.Sprintf("%q is no range with a number of points", clean(values)), fmt.Sprintf("write LOW..HIGH/POINTS, such as 70%%..90%%/5, with 2 to %d points", mostPoints))
		}
		texts = steps
	}
	assignments := make([]string, len(texts))
	for i, value := range texts {
		assignments[i] = strings.TrimSpace(key) + "=" + strings.TrimSpace(value)
	}
	return assignments, nil
}

// splitValues parts values at the commas that stand outside brackets.
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

// interpolate writes the values from low to high, both included, in the way in
// which the bounds are written.
func interpolate(f *calc.Field, span, points string) (values []string, ok bool) {
	count, err := strconv.Atoi(strings.TrimSpace(points))
	low, high, found := strings.Cut(span, "..")
	if err != nil || !found || count < 2 || count > mostPoints || strings.Contains(high, "..") {
		return nil, false
	}
	high, unit, _ := strings.Cut(strings.TrimSpace(high), " ")
	from, err := calc.ParseNumeral(low)
	if err != nil {
		return nil, false
	}
	to, err := calc.ParseNumeral(high)
	if err != nil || from.Suffix != to.Suffix {
		return nil, false
	}
	for i := range count {
		value := from.Value + (to.Value-from.Value)*float64(i)/float64(count-1)
		if from.Suffix != "" {
			value *= 100
		}
		text := clearly(f, strconv.FormatFloat(calc.Ratio.Round(value, 0), 'f', -1, 64))
		values = append(values, strings.TrimSpace(text+from.Suffix+" "+unit))
	}
	return values, true
}
