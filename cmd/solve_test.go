package cmd

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
)

// A solved is the part of solve's JSON that the tests put back into a scenario. Numbers
// keep their text.
type solved struct {
	Solutions struct {
		Points []struct {
			First json.Number `json:"first"`
			Roots []struct {
				Value json.Number `json:"value"`
				Until json.Number `json:"until"`
				Set   string      `json:"set"`
				Jump  bool        `json:"jump"`
			} `json:"roots"`
		} `json:"points"`
	} `json:"solutions"`
}

// metric returns a metric of a scenario with some inputs set.
func metric(t *testing.T, scenario, name string, set ...string) float64 {
	t.Helper()
	calculator, _, _ := strings.Cut(name, ".")
	args := []string{calculator, scenario, "--format", "csv"}
	for _, assignment := range set {
		args = append(args, "--set", assignment)
	}
	rows, err := csv.NewReader(strings.NewReader(string(printed(t, args...)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if row[1] == name {
			value, err := strconv.ParseFloat(row[2], 64)
			if err != nil {
				t.Fatal(err)
			}
			return value
		}
	}
	t.Fatalf("%s of %s with %q is not given", name, scenario, set)
	return 0
}

// Rounding to whole people makes a figure jump. In both directions from today, the flag
// and the number in base units must give a value on the far side of the target.
func TestTheAnswerOfSolveAtAJumpReachesTheTarget(t *testing.T) {
	jumps := 0
	for _, c := range []struct {
		scenario, metric, key string
		set                   []string
		first, last, step     float64 // of the targets
	}{
		// 17 of 67 are lost today at 26,000 each; 1 to 67 can be.
		{"half-lettuce", "ripple.loss", "word_of_mouth.leave", nil, 39_000, 1_729_000, 26_000},
		{"half-lettuce", "loss.total", "word_of_mouth.leave", nil, 39_000, 1_729_000, 130_000},
		{"half-lettuce", "ripple.leave", "word_of_mouth.buyers", nil, 1.5, 16.5, 1},
		{"half-lettuce", "ripple.leave", "word_of_mouth.talkers", nil, 1.5, 16.5, 1},
		{"half-lettuce", "ripple.leave", "word_of_mouth.overlap", nil, 1.5, 16.5, 3},
		{"half-lettuce", "ripple.leave", "word_of_mouth.circle", []string{"word_of_mouth.circle=60"}, 2.5, 14.5, 1},
		// Of 28 the jumps are at halves of a 28th; of 100 at halves of a percent, which
		// are written to the last digit.
		{"half-lettuce", "ripple.leave", "word_of_mouth.leave", []string{"word_of_mouth.tells=[27]"}, 1.5, 27.5, 1},
		{"half-lettuce", "ripple.leave", "word_of_mouth.leave", []string{"word_of_mouth.tells=[99]"}, 1.5, 99.5, 7},
	} {
		today := metric(t, c.scenario, c.metric, c.set...)
		for target := c.first; target <= c.last; target += c.step {
			args := []string{"solve", c.scenario, "--metric", c.metric, "--target", strconv.FormatFloat(target, 'f', -1, 64), "--by", c.key, "--format", "json"}
			for _, assignment := range c.set {
				args = append(args, "--set", assignment)
			}
			var found solved
			if err := json.Unmarshal(printed(t, args...), &found); err != nil {
				t.Fatal(err)
			}
			for _, root := range found.Solutions.Points[0].Roots {
				if !root.Jump {
					t.Errorf("churncost %q finds %+v, want a jump", args, root)
				}
				jumps++
				for _, assignment := range []string{root.Set, c.key + "=" + root.Value.String()} {
					got := metric(t, c.scenario, c.metric, append(c.set[:len(c.set):len(c.set)], assignment)...)
					if today < target && got < target || today > target && got > target {
						t.Errorf("%s of %s is %v today and %v with --set %s, want it to reach %v", c.metric, c.scenario, today, got, assignment, target)
					}
				}
			}
		}
	}
	if least := 150; jumps < least {
		t.Errorf("%d jumps are found, want %d at least", jumps, least)
	}
}

// From 16.5 to 17.5 of 67 gives 17 people, at both ends as written.
func TestTheAnswerOfSolveOnAStretchIsInTheStretch(t *testing.T) {
	for target := 2.; target < 67; target++ {
		var found solved
		if err := json.Unmarshal(printed(t, "solve", "half-lettuce", "--metric", "ripple.leave", "--target", strconv.FormatFloat(target, 'f', -1, 64),
			"--by", "word_of_mouth.leave", "--format", "json"), &found); err != nil {
			t.Fatal(err)
		}
		for _, root := range found.Solutions.Points[0].Roots {
			for _, assignment := range []string{root.Set, "word_of_mouth.leave=" + root.Value.String(), "word_of_mouth.leave=" + root.Until.String()} {
				if got := metric(t, "half-lettuce", "ripple.leave", assignment); got != target {
					t.Errorf("ripple.leave with --set %s is %v, want %v", assignment, got, target)
				}
			}
		}
	}
}

// In a pair, the second value is computed for the first as it is written.
func TestAPairOfSolveReachesTheTarget(t *testing.T) {
	const target = 20.5
	var found solved
	if err := json.Unmarshal(printed(t, "solve", "half-lettuce", "--metric", "ripple.leave", "--target", "20.5", "--by", "word_of_mouth.talkers,word_of_mouth.leave",
		"--format", "json"), &found); err != nil {
		t.Fatal(err)
	}
	pairs := 0
	for _, point := range found.Solutions.Points {
		for _, root := range point.Roots {
			first, _ := point.First.Float64()
			got := metric(t, "half-lettuce", "ripple.leave", "word_of_mouth.talkers="+strconv.FormatFloat(first*100, 'f', -1, 64)+"%", root.Set)
			if pairs++; got < target {
				t.Errorf("ripple.leave with talkers of %v and --set %s is %v, want at least %v", first, root.Set, got, target)
			}
		}
	}
	if least := 10; pairs < least {
		t.Errorf("%d pairs are found, want %d at least", pairs, least)
	}
	// A twentieth of 612.3456789 − 1 has eleven digits, and its multiples have more.
	found = solved{}
	if err := json.Unmarshal(printed(t, "solve", "half-lettuce", "--metric", "ripple.leave", "--target", "10.5", "--by", "word_of_mouth.circle,word_of_mouth.leave",
		"--set", "word_of_mouth.circle=61.23456789", "--format", "json"), &found); err != nil {
		t.Fatal(err)
	}
	for _, point := range found.Solutions.Points {
		if digits := strings.ReplaceAll(point.First.String(), ".", ""); len(digits) > 10 {
			t.Errorf("the second input is searched at %s of the first, want ten digits, as written", point.First)
		}
	}
}

// 20 % of those asked would return unasked, so a lower chance is refused. A customer is
// worth 1,000. An offer breaks even at the value of the others who return: (p − 20 %) ×
// 1,000.
func TestALineLeavesOutValuesThatTheScenarioRefuses(t *testing.T) {
	scenario := scenarioFile(t, "version: 1\ncustomer: {spend: 1000 per year, years: 1}\nwinback: {lapsed: 30%, offer_cost: 1, lost: 10, returns_anyway: 20%}\n")
	var out solved
	if err := json.Unmarshal(printed(t, "solve", scenario, "--metric", "winback.gain", "--target", "0", "--by", "winback.lapsed,winback.offer_cost", "--between", "0..1000", "--format", "json"), &out); err != nil {
		t.Fatal(err)
	}
	const points = 21
	found := 0
	for _, point := range out.Solutions.Points {
		chance, err := point.First.Float64()
		if err != nil {
			t.Fatal(err)
		}
		if chance < .2 {
			if len(point.Roots) > 0 {
				t.Errorf("at a chance of %v, which is refused, the offer is %v", chance, point.Roots)
			}
			continue
		}
		if len(point.Roots) != 1 {
			t.Errorf("at a chance of %v there are %d offers, want one", chance, len(point.Roots))
			continue
		}
		found++
		if offer, err := point.Roots[0].Value.Float64(); err != nil || math.Abs(offer-(chance-.2)*1000) > 1e-3 {
			t.Errorf("at a chance of %v the offer is %v, %v, want %v", chance, offer, err, (chance-.2)*1000)
		}
	}
	if len(out.Solutions.Points) != points || found != 17 {
		t.Errorf("there are %d points with %d offers, want %d with 17, from 20 to 100%%", len(out.Solutions.Points), found, points)
	}
}
