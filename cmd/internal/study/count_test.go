package study_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/attribution"
	"github.com/churncost/churncost/calc/extremes"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/internal/judging"
	"github.com/churncost/churncost/cmd/internal/study"
	"github.com/churncost/churncost/scenarios"
)

// A chain has a length: the sum of its links, times a base.
type chain struct {
	Links []float64
	Base  float64
}

// counts are how often a chain was computed and bound. A computation without links does
// not count: it only lists the metrics.
type counts struct{ computed, bound atomic.Int64 }

func (c *chain) Ask(ask *calc.Form) {
	ask.PeopleList(&c.Links, "chain.links", "how long each link is")
	ask.People(&c.Base, "chain.base", "what each is multiplied by")
}

func (c *chain) Settle() error {
	counted.bound.Add(1)
	return nil
}

func (c *chain) Tell(tell *calc.Report) {
	sum := 0.0
	for _, link := range c.Links {
		sum += link
	}
	tell.Answer("It is {chain.length} long")
	tell.People("chain.length", "Length", sum*c.Base)
	tell.People("chain.twice", "Twice the length", 2*sum*c.Base)
}

// counted holds the counts of the current test. These tests do not run in parallel.
var counted = new(counts)

func computeChain(in, out *chain) error {
	*out = *in
	if len(in.Links) > 0 {
		counted.computed.Add(1)
	}
	return nil
}

func toy() calc.Calculator { return calc.New("chain", "How long is it?", computeChain) }

// newStudy is a study of chains.
func newStudy() *study.Study {
	calculators := []calc.Calculator{toy()}
	return &study.Study{Calculators: calculators, Vocabulary: scenarios.NewVocabulary(calculators), Today: func() string { return "2026-05-01" }}
}

// write writes a scenario of 16 links, and returns its path.
func write(t *testing.T, link, base string) string {
	t.Helper()
	links := strings.TrimSuffix(strings.Repeat(link+", ", 16), ", ")
	path := filepath.Join(t.TempDir(), "chain.yaml")
	text := fmt.Sprintf("version: 1\nchain:\n  links: [%s]\n  base: %s\ngates: [chain.length <= 1000, chain.twice <= 1000, chance(chain.length <= 100) >= 1%%]\nacknowledge: [chain.links, chain.base]\n", links, base)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// count returns how often a function computes and binds.
func count(t *testing.T, f func() error) (computed, bound int64) {
	t.Helper()
	counted.computed.Store(0)
	counted.bound.Store(0)
	if err := f(); err != nil {
		t.Fatal(err)
	}
	return counted.computed.Load(), counted.bound.Load()
}

// model returns a chain's model, bound to the scenario of a file.
func model(t *testing.T, path string) *calc.Model {
	t.Helper()
	s := newStudy()
	scenario, err := scenarios.Open(path, nil, s.Vocabulary)
	if err != nil {
		t.Fatal(err)
	}
	m := toy().Model()
	if err := scenario.Bind(m); err != nil {
		t.Fatal(err)
	}
	return m
}

const exact, ranged, dated = "2", "1..3", "{value: 3, expires: 2026-01-01}"

// One hundred draws, and the tornado: two swings for each of 16 ranges, and the likely
// values. Evidence is attributed only if the study is strict. Then each of 17 inputs is
// moved once, and the likely values are computed again.
func TestSimulateComputesItsDrawsAndTheTornadoAndNoCorners(t *testing.T) {
	path := write(t, ranged, "3")
	q := study.SimulateQuestion{Named: study.Named{Name: path}, Metrics: []string{"chain.length"}, Draws: study.Draws{Trials: 100, Seed: 1}}
	computed, bound := count(t, func() error {
		_, err := newStudy().Simulate(context.Background(), q)
		return err
	})
	if want := int64(100 + 1 + 2*16); computed != want || bound != 1 {
		t.Errorf("Simulate computes %d times and binds %d times, want %d and 1", computed, bound, want)
	}
	strict := newStudy()
	strict.Strict = true
	computed, _ = count(t, func() error {
		_, err := strict.Simulate(context.Background(), q)
		return err
	})
	if want := int64(100 + 1 + 2*16 + 1 + 17); computed != want {
		t.Errorf("a strict Simulate computes %d times, want %d", computed, want)
	}
	q.Metrics = nil
	computed, bound = count(t, func() error {
		_, err := newStudy().Simulate(context.Background(), q)
		return err
	})
	if want := int64(100 + 1 + 2*16 + 1); computed != want || bound != 1 {
		t.Errorf("Simulate of the headline computes %d times and binds %d times, want %d, one of them for the headline, and 1", computed, bound, want)
	}
}

// 1,025 points, at most 100 bisections of the step with the root, and the last checks.
func TestSolveComputesOnlyItsSearch(t *testing.T) {
	path := write(t, ranged, "3")
	computed, bound := count(t, func() error {
		_, err := newStudy().Solve(study.SolveQuestion{Named: study.Named{Name: path}, Metric: "chain.length", Target: "71", By: []string{"chain.base"}})
		return err
	})
	if computed < 1025 || computed >= 1500 || bound != 2 {
		t.Errorf("Solve computes %d times and binds %d times, want 1,025 to 1,499, and 2: unchanged, and for the search", computed, bound)
	}
}

// A check computes the figures with their low and high ends once, and draws for the gate
// on a chance. An expiry date and more gates do not change that.
func TestCheckSearchesOnceWhateverItJudges(t *testing.T) {
	for _, link := range []string{exact, ranged} {
		m := model(t, write(t, link, "3"))
		searched, _ := count(t, func() error {
			_, err := extremes.Figures(m, nil, 2)
			return err
		})
		for _, base := range []string{"3", dated} {
			path := write(t, link, base)
			computed, bound := count(t, func() error {
				_, err := judging.Check(newStudy(), judging.Question{Scenarios: []string{path}, Draws: study.Draws{Trials: 100, Seed: 1}})
				return err
			})
			if want := searched + 100; computed != want || bound != 1 {
				t.Errorf("Check of links %s with the base %s computes %d times and binds %d times, want %d and 1", link, base, computed, bound, want)
			}
		}
	}
}

// A report computes the likely values once, searches once, attributes once, and draws for
// the headline.
func TestReportSearchesAndAttributesOnce(t *testing.T) {
	path := write(t, ranged, "3")
	m := model(t, path)
	once, _ := count(t, func() error {
		r, err := m.Report()
		if err == nil {
			err = extremes.Add(m, r)
		}
		if err == nil {
			err = attribution.Add(m, r)
		}
		if err != nil {
			return err
		}
		_, err = whatif.Simulate(context.Background(), func() (*whatif.Bindings, error) {
			return whatif.NewBindings([]*calc.Model{model(t, path)}), nil
		}, whatif.Request{Metrics: []whatif.Metric{{}}, Trials: 10_000, Seed: 1})
		return err
	})
	computed, _ := count(t, func() error {
		_, err := newStudy().Report(study.Named{Name: path})
		return err
	})
	if computed != once {
		t.Errorf("Report computes %d times, want %d", computed, once)
	}
}

// A comparison searches each scenario once, and computes the first once more for its
// headline.
func TestCompareSearchesEachScenarioOnce(t *testing.T) {
	path, other := write(t, ranged, "3"), write(t, ranged, dated)
	m := model(t, path)
	searched, _ := count(t, func() error {
		_, err := extremes.Figures(m, nil, 2)
		return err
	})
	computed, bound := count(t, func() error {
		_, err := newStudy().Compare(study.CompareQuestion{Scenarios: []study.Labelled{{Name: path}, {Label: "other", Name: other}}})
		return err
	})
	if want := 2*searched + 1; computed != want || bound != 2 {
		t.Errorf("Compare computes %d times and binds %d times, want %d and 2", computed, bound, want)
	}
}

// An input expires wherever it is written: by itself, as an element of a list, or with its
// list. It is noted once.
func TestCheckNotesWhatHasExpired(t *testing.T) {
	for _, test := range []struct{ link, base, want string }{
		{exact, exact, ""},
		{exact, "{value: 3, date: 2026-01-01, source: us}", ""},
		{exact, dated, "chain.base expired on 2026-01-01"},
		{"{value: 11, source: us, expires: 2026-01-01}", exact, "chain.links.1 expired on 2026-01-01"},
	} {
		result, err := judging.Check(newStudy(), judging.Question{Scenarios: []string{write(t, test.link, test.base)}, Draws: study.Draws{Trials: 100}})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(result.Notes) > 0 {
			got = result.Notes[0].Text
		}
		if got != test.want {
			t.Errorf("Check of links %s with the base %s notes %q, want %q", test.link, test.base, got, test.want)
		}
	}
}
