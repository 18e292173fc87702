// Package variation lists what --vary and --set change in the columns of a comparison.
package variation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios"
)

// mostVaried is the most scenarios that --vary makes. All are kept until the end.
const mostVaried = 100_000

// Grid lists what --vary changes in each column: every combination of its values. Each
// text is KEY=V1,V2,… or KEY=LOW..HIGH/POINTS. Without any there is one column.
func Grid(base *scenarios.Scenario, texts []string) ([][]string, error) {
	grid := [][]string{nil}
	seen := map[string]bool{}
	var problems calc.Problems
	for _, text := range texts {
		values, err := base.Vary(text)
		if err != nil {
			problems = append(problems, calc.ProblemsOf(err)...)
			continue
		}
		if problem := repeated(text, values, seen); problem != nil {
			problems = append(problems, problem)
		}
		if len(problems) > 0 {
			continue
		}
		if made := len(grid) * len(values); made > mostVaried {
			return nil, &calc.Problem{Message: fmt.Sprintf("--vary makes %d scenarios or more, and %d can be compared", made, mostVaried), Hint: "vary fewer values"}
		}
		var wider [][]string
		for _, row := range grid {
			for _, value := range values {
				wider = append(wider, append(row[:len(row):len(row)], value))
			}
		}
		grid = wider
	}
	return grid, problems.OrNil()
}

// repeated refuses two --vary with the same key, and one that names a value twice: two
// columns would be the same.
func repeated(text string, values []string, seen map[string]bool) *calc.Problem {
	key := Key(text)
	at := quantity.Place{Document: &quantity.Document{Name: "--vary", Text: text}, Line: 1, Column: 1, Width: len([]rune(key))}
	if seen[key] {
		return &calc.Problem{Place: at, Message: key + " is varied twice", Hint: "write all its values in one --vary"}
	}
	seen[key] = true
	for i, value := range values {
		if slices.Contains(values[:i], value) {
			return &calc.Problem{Place: at, Message: value + " is given twice", Hint: "write each value once"}
		}
	}
	return nil
}

// Lasting leaves out assignments that a later one to the same key overrides.
func Lasting(assignments []string) []string {
	var kept []string
	for i, assignment := range assignments {
		key := Key(assignment)
		if !slices.ContainsFunc(assignments[i+1:], func(later string) bool { return Key(later) == key }) {
			kept = append(kept, assignment)
		}
	}
	return kept
}

// Key returns the key of KEY=VALUE.
func Key(assignment string) string {
	key, _, _ := strings.Cut(assignment, "=")
	return strings.TrimSpace(key)
}
