package study

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// ignoreMissing drops an error that only reports missing inputs.
func ignoreMissing(err error) error {
	if len(calc.MissingKeys(err)) > 0 {
		return nil
	}
	return err
}

// Sorted sorts problems and drops those that several calculators found.
func Sorted(problems calc.Problems) calc.Problems {
	problems = Distinct(problems)
	problems.Sort()
	return problems
}

// Distinct drops problems that several scenarios share, such as a wrong value of --set,
// which is read for each of them.
func Distinct(problems calc.Problems) calc.Problems {
	type content struct {
		problem  calc.Problem
		document quantity.Document
	}
	seen := map[content]bool{}
	var kept calc.Problems
	for _, problem := range problems {
		c := content{problem: *problem}
		if problem.Place.Document != nil {
			c.problem.Place.Document, c.document = nil, *problem.Place.Document
		}
		if !seen[c] {
			seen[c] = true
			kept = append(kept, problem)
		}
	}
	return kept
}

// A refusal is one reason why a strict study refuses a result.
type refusal struct {
	calc.Problem
	calculators []string // that are based on the weak input; none if it is expired
}

// refuse adds a reason. If the reason exists already, it adds the calculator to it.
func (e *evaluation) refuse(problem calc.Problem, calculators ...string) {
	for _, known := range e.refused {
		if known.Place == problem.Place && known.Message == problem.Message {
			known.calculators = append(known.calculators, calculators...)
			return
		}
	}
	e.refused = append(e.refused, &refusal{problem, calculators})
}

// refusals returns the reasons why the result is refused, each once for all calculators.
func (e *evaluation) refusals() (all calc.Problems) {
	for _, r := range e.refused {
		problem := r.Problem
		switch who := r.calculators; len(who) {
		case 0:
		case 1:
			problem.Message = who[0] + " is based on " + problem.Message
		case 2:
			problem.Message = who[0] + " and " + who[1] + " are based on " + problem.Message
		default:
			problem.Message = fmt.Sprintf("%s and %d others are based on %s", who[0], len(who)-1, problem.Message)
		}
		all = append(all, &problem)
	}
	e.scenario.Locate(all)
	return all
}

// judge notes the expired inputs of a bound calculator. A strict study refuses them, and
// weak inputs that its figures are based on.
func (e *evaluation) judge(calculator int, based func() []*quantity.Input) (notes []calc.Note) {
	notes = e.expired(calculator, e.study.Strict)
	if e.study.Strict {
		e.refuseWeak(e.study.Calculators[calculator].Name, based())
	}
	return notes
}

// expired notes the expired inputs of a bound calculator, and may refuse them.
func (e *evaluation) expired(calculator int, refuse bool) (notes []calc.Note) {
	var listed []string
	for _, in := range e.models[calculator].Inputs() {
		key := cmp.Or(in.Listed, in.Key)
		if in.Citation.Expires == "" || slices.Contains(listed, key) || in.Citation.Expires >= e.study.Today() {
			continue
		}
		listed = append(listed, key)
		text := fmt.Sprintf("%s expired on %s", key, in.Citation.Expires)
		notes = append(notes, calc.Note{Kind: calc.Expired, Key: key, Text: text})
		if refuse {
			e.refuse(calc.Problem{Place: in.Place, Key: key, Message: text, Hint: "update this figure"})
		}
	}
	return notes
}

// refuseWeak refuses the weak inputs that a calculator is based on, unless the scenario
// acknowledges them. A list is refused once.
func (e *evaluation) refuseWeak(calculator string, based []*quantity.Input) {
	var weak []string
	for _, in := range based {
		class, whole := in.Class(), cmp.Or(in.Listed, in.Whole())
		if !class.Weak() || e.scenario.Acknowledges(in.Key) || slices.Contains(weak, whole) {
			continue
		}
		weak = append(weak, whole)
		text, hint := in.Brief(), "write {value: "+in.Brief()+", source: \"…\"}"
		if in.Evidence != nil {
			text, hint = in.Evidence.Text, "give it a value with a source of your own"
		}
		basis := "a figure of " + class.Means()
		if class == quantity.Unsourced {
			basis = class.Means()
		}
		e.refuse(calc.Problem{Place: in.Place, Key: in.Key, Message: fmt.Sprintf("%s %s, %s", in.Key, text, basis),
			Hint: fmt.Sprintf("%s, or acknowledge: [%s]", hint, acknowledged(in.Key))}, calculator)
	}
}

// acknowledged returns the key that a scenario can acknowledge for an input: its own, or
// that of the list that it is in. Only the number of an element puts digits into a key.
func acknowledged(key string) string {
	if i := strings.IndexAny(key, "0123456789"); i > 0 {
		return key[:i-1]
	}
	return key
}
