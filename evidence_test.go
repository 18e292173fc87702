package churncost_test

import (
	"fmt"
	"go/ast"
	"go/types"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/evidence"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios"
)

// The built-in figures: each is complete, listed once, and its text is its value.

// unknown is what a figure of grade C or X may give as its author, title or population.
const unknown = "unknown"

func TestEveryBuiltInFigureIsComplete(t *testing.T) {
	for _, s := range evidence.All() {
		name := fmt.Sprintf("%s %q", s.Key, s.Text)
		for what, text := range map[string]string{"key": s.Key, "text": s.Text, "unit": string(s.Unit), "what it measures": s.Measures, "population": s.Population,
			"author": s.Author, "title": s.Title, "where it was met": s.Met, "caveat": s.Caveat} {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s leaves empty: %s", name, what)
			}
		}
		if !slices.Contains([]quantity.Grade{quantity.GradeA, quantity.GradeB, quantity.GradeC, quantity.GradeX}, s.Grade) {
			t.Errorf("%s has the grade %q", name, s.Grade)
		}
		if !s.Grade.Weak() && (s.Population == unknown || s.Author == unknown || s.Title == unknown || s.Year == 0) {
			t.Errorf("%s has grade %s, and population %q, author %q, title %q, year %d; unknown is for C and X", name, s.Grade, s.Population, s.Author, s.Title, s.Year)
		}
		if s.Year != 0 && (s.Year < 1900 || s.Year > 2100) {
			t.Errorf("%s is of the year %d", name, s.Year)
		}
		if s.Grade == quantity.GradeX && s.Against == "" {
			t.Errorf("%s is contradicted, and does not say by what", name)
		}
		if len(s.Values) == 0 {
			t.Errorf("%s has no value", name)
		}
		for _, r := range s.Values {
			if !(r.Low <= r.Likely && r.Likely <= r.High) || math.IsInf(r.Low, 0) || math.IsInf(r.High, 0) {
				t.Errorf("%s has the value %v", name, r)
			}
		}
	}
}

func TestEveryBuiltInFigureThatIsDeclaredIsListedOnce(t *testing.T) {
	tree := parseModule(t)
	all := evidence.All()
	for i, s := range all {
		if slices.Contains(all[:i], s) {
			t.Errorf("%s %q is listed twice", s.Key, s.Text)
		}
	}
	declared := 0
	listed := map[string]bool{}
	tree.within(func(r *pkg, n ast.Node) {
		if list, ok := n.(*ast.CompositeLit); ok {
			if _, ok := list.Type.(*ast.ArrayType); ok {
				for _, element := range list.Elts {
					if name, ok := element.(*ast.Ident); ok {
						listed[name.Name] = true
					}
				}
			}
		}
	}, "calc/evidence")
	for _, r := range tree.packages {
		if r.folder != "calc/evidence" {
			continue
		}
		for _, name := range r.types.Scope().Names() {
			variable, ok := r.types.Scope().Lookup(name).(*types.Var)
			if !ok || variable.Type().String() != "*"+module+"/calc/quantity.Source" {
				continue
			}
			declared++
			if !listed[name] {
				t.Errorf("evidence.%s is declared and is in no list", name)
			}
		}
	}
	if declared != len(all) || declared == 0 {
		t.Errorf("evidence declares %d figures and lists %d", declared, len(all))
	}
}

// A sample asks for a number of each unit.
type sample struct {
	money, yearly, share, points, people, years, score float64
	by                                                 quantity.ChangeBy
	list                                               []float64
}

// Ask asks for them all, without bounds.
func (in *sample) Ask(ask *calc.Form) {
	whatever := func(f *calc.Field) { f.Min, f.Max = math.Inf(-1), math.Inf(1) }
	ask.Money(&in.money, "sample.money", "", calc.Optional, whatever)
	ask.MoneyPerYear(&in.yearly, "sample.yearly", "", calc.Optional, whatever)
	ask.Share(&in.share, "sample.share", "", calc.Optional, whatever)
	ask.Change(&in.by, &in.points, "sample.points", "sample.share", "", calc.Optional, whatever)
	ask.People(&in.people, "sample.people", "", calc.Optional, whatever)
	ask.Time(&in.years, "sample.years", "", calc.Optional, whatever)
	ask.Score(&in.score, "sample.score", "", calc.Optional, whatever)
	ask.PeopleList(&in.list, "sample.list", "", calc.Optional, whatever)
}

// Tell reports nothing.
func (in sample) Tell(*calc.Report) {}

// sampleKey returns the key of a sample that accepts a figure.
func sampleKey(s *quantity.Source) string {
	if strings.HasPrefix(s.Text, "[") {
		return "sample.list"
	}
	switch s.Unit {
	case quantity.Money:
		return "sample.money"
	case quantity.MoneyPerYear:
		return "sample.yearly"
	case quantity.Share:
		return "sample.share"
	case quantity.Points:
		return "sample.points"
	case quantity.People:
		return "sample.people"
	case quantity.Years:
		return "sample.years"
	}
	return "sample.score"
}

// scenario writes one input as a scenario would.
func scenario(key, text string) []byte {
	var b strings.Builder
	b.WriteString("version: 1\n")
	parts := strings.Split(key, ".")
	for depth, part := range parts {
		fmt.Fprintf(&b, "\n%s%s:", strings.Repeat("  ", depth), part)
	}
	b.WriteString(" " + text + "\n")
	return []byte(b.String())
}

// People see and type the text of a figure. Its values are used in computations.
func TestTheTextOfEveryBuiltInFigureGivesItsValues(t *testing.T) {
	samples := scenarios.NewVocabulary([]calc.Calculator{calc.New("sample", "", func(in, out *sample) error { *out = *in; return nil })})
	inputs := scenarios.NewVocabulary(catalog.All())
	for _, source := range evidence.All() {
		readsAs(t, samples, sampleKey(source), source)
		if f := inputs.Field(source.Key); f != nil {
			readsAs(t, inputs, source.Key, source)
		}
	}
}

func readsAs(t *testing.T, vocabulary *scenarios.Vocabulary, key string, source *quantity.Source) {
	t.Helper()
	s, err := scenarios.Read("a figure", scenario(key, source.Text), vocabulary)
	if err != nil {
		t.Errorf("%s: %s is not read: %v", key, source.Text, err)
		return
	}
	in := s.Inputs[key]
	got := []quantity.Range{in.Range}
	if in.List != nil {
		got = nil
		for _, element := range in.List {
			got = append(got, element.Range)
		}
	}
	same := func(a, b quantity.Range) bool {
		return a.Low == b.Low && a.High == b.High && a.Likely == b.Likely
	}
	if source.Unit == quantity.Ratio { // the text is 118 ÷ 19 to six decimals
		same = func(a, b quantity.Range) bool {
			return math.Abs(a.Low-b.Low) <= 1e-6/2 && math.Abs(a.High-b.High) <= 1e-6/2 && math.Abs(a.Likely-b.Likely) <= 1e-6/2
		}
	}
	if !slices.EqualFunc(got, source.Values, same) {
		t.Errorf("%s: %s reads as %v, and the figure is %v", key, source.Text, got, source.Values)
	}
}
