package scenarios

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
)

func TestTheStarterIsAScenarioThatTheFirstCalculatorTakes(t *testing.T) {
	v := NewVocabulary(catalog.All())
	s, err := Read("starter.yaml", []byte(Starter(v)), v)
	if err != nil {
		t.Fatalf("the starter is refused:\n%s", retell(err))
	}
	if err := s.Bind(catalog.All()[0].Model()); err != nil {
		t.Errorf("Bind of the starter finds\n%s", retell(err))
	}
}

func TestTheStarterWithEveryCommentedKeyTakenInIsAScenarioToo(t *testing.T) {
	calculators := catalog.All()
	v := NewVocabulary(calculators)
	names := map[string]bool{"gates": true}
	for _, f := range v.Fields() {
		for part := range strings.SplitSeq(f.Key, ".") {
			names[part] = true
		}
		for _, item := range f.Items {
			names[item.Key] = true
		}
	}
	// A commented key has a # and a space before it, in a list more spaces and a
	// dash, and a colon behind it; so has the gate. What it means stands above it
	// and ends in its unit.
	commented := regexp.MustCompile(`^( *)# ((?:  )*(?:- )?([a-z_0-9.]+)(?::| <=).*)$`)
	head, body, _ := strings.Cut(Starter(v), "version: 1\n")
	means := regexp.MustCompile(`\[[^]]*[a-z][^]]*\]$`)
	lines := strings.Split(body, "\n")
	for i, line := range lines {
		if m := commented.FindStringSubmatch(line); m != nil && !means.MatchString(line) && (names[m[3]] || m[3] == "loss.total") {
			lines[i] = m[1] + m[2]
		}
	}
	live := head + "version: 1\n" + strings.Join(lines, "\n")
	s, err := Read("starter.yaml", []byte(live), v)
	if err != nil {
		t.Fatalf("the starter with all its keys is refused:\n%s\n%s", retell(err), live)
	}
	var missing []string
	for _, f := range v.Fields() {
		if s.Inputs[f.Key] == nil {
			missing = append(missing, f.Key)
		}
	}
	if len(missing) > 0 {
		t.Errorf("the starter does not show %s", strings.Join(missing, ", "))
	}
	for key := range s.Inputs {
		if !slices.ContainsFunc(v.Fields(), func(f calc.Field) bool { return f.Key == key }) {
			t.Errorf("the starter shows %s, which no calculator asks for", key)
		}
	}
	if len(s.Gates) != 1 {
		t.Errorf("the starter shows %d gates, want 1", len(s.Gates))
	}
}
