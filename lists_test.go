package churncost_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/scenarios"
)

// Lists that repeat what the calculators say are compared with them, so that a new
// calculator is not forgotten.

func TestTheReadmeListsTheCalculatorsOfTheCatalog(t *testing.T) {
	var want bytes.Buffer
	for _, c := range catalog.All() {
		want.WriteString("| `churncost " + c.Name + "` | " + c.Question + " |\n")
	}
	if readme := read(t, "README.md"); !strings.Contains(readme, "|---|---|\n"+want.String()+"\n") {
		t.Errorf("the table of commands in README.md is not that of the catalog:\n%s", &want)
	}
}

func TestTheScenarioEverythingHasEveryKeyThatCanStandBesideTheOthers(t *testing.T) {
	vocabulary := scenarios.NewVocabulary(catalog.All())
	s, err := scenarios.Open(scenarios.Everything, strings.NewReader(""), vocabulary)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range vocabulary.Fields() {
		if s.Inputs[f.Key] == nil && !isAlternative(t, s, f.Key) {
			t.Errorf("%s is not in scenarios/builtin/everything.yaml", f.Key)
		}
	}
}

// isAlternative reports whether a key says in another way what the scenario says: a
// calculator refuses it for that, once it has the keys that the key needs.
func isAlternative(t *testing.T, s *scenarios.Scenario, key string) bool {
	t.Helper()
	with := s.Clone()
	set := func(key string) {
		for _, value := range []string{"10%", "10", "10 per year", "[10]", "year", "auto"} { // one of which the key takes
			_ = with.Set(key + "=" + value)
		}
	}
	set(key)
	for _, c := range catalog.All() {
		problems, _ := errors.AsType[calc.Problems](with.Bind(c.Model()))
		for _, problem := range problems {
			if strings.Contains(problem.Message, key+" needs it") {
				set(problem.Key)
			}
		}
		if err := with.Bind(c.Model()); err != nil && strings.Contains(err.Error(), "say the same thing") {
			return true
		}
	}
	return false
}
