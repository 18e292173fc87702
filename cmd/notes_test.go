package cmd

import (
	"encoding/json"
	"slices"
	"testing"
)

// A noted is the part of a scenario's JSON that has its notes.
type noted struct {
	Label string `json:"label"`
	Notes []struct {
		Kind string `json:"kind"`
		Key  string `json:"key"`
		Text string `json:"text"`
	} `json:"notes"`
}

// notesOf returns the notes of each scenario in the JSON of a run, by label.
func notesOf(t *testing.T, args ...string) map[string][]string {
	t.Helper()
	var envelope struct {
		Scenarios []noted `json:"scenarios"`
	}
	if err := json.Unmarshal(printed(t, append(args, "--format", "json")...), &envelope); err != nil {
		t.Fatalf("churncost %q writes no JSON: %v", args, err)
	}
	all := map[string][]string{}
	for _, s := range envelope.Scenarios {
		all[s.Label] = []string{}
		for _, note := range s.Notes {
			all[s.Label] = append(all[s.Label], note.Kind+" "+note.Key+": "+note.Text)
		}
	}
	return all
}

// Each scenario has its own notes only. They do not begin with the scenario's name,
// because JSON shows which scenario they belong to.
func TestJSONHasTheNotesOfEachScenarioWithIt(t *testing.T) {
	torn := scenarioFileNamed(t, "torn.yaml", "version: 1\ncustomer: {spend: 50 per month, years: 8..10, retention: 80%}\ncompany: {customers: 10, churn: 10%}\ngates: [loss.total <= 1000000]\n")
	stale := scenarioFileNamed(t, "stale.yaml", "version: 1\ncustomer: {spend: 50 per month, years: {value: 10, source: till, expires: 2020-01-01}}\ngates: [loss.total <= 1000000]\n")
	sound := scenarioFileNamed(t, "sound.yaml", "version: 1\ncustomer: {spend: 50 per month, years: 10}\ngates: [loss.total <= 1000000]\n")
	apart := []string{"warning customer.retention: customer.retention is 80% a year and company.churn 10%: together they should make 100%"}
	expired := []string{"expired customer.years: customer.years expired on 2020-01-01"}
	none := []string{}
	for _, test := range []struct {
		args []string
		want map[string][]string
	}{
		{[]string{"check", torn}, map[string][]string{"torn": apart}},
		{[]string{"check", torn, stale, sound}, map[string][]string{"torn": apart, "stale": expired, "sound": none}},
		{[]string{"check", torn, torn}, map[string][]string{"torn": apart}},
		{[]string{"check", stale, "--today", "2019-12-31"}, map[string][]string{"stale": none}},
		{[]string{"compare", sound, torn, stale}, map[string][]string{"torn": apart, "stale": expired, "sound": none}},
		{[]string{"simulate", torn, "--trials", "100"}, map[string][]string{"torn": apart}},
		{[]string{"sensitivity", torn}, map[string][]string{"torn": apart}},
		{[]string{"solve", torn, "--metric", "loss.total", "--target", "2000", "--by", "customer.years"}, map[string][]string{"torn": apart}},
	} {
		got := notesOf(t, test.args...)
		if len(got) != len(test.want) {
			t.Errorf("churncost %q notes %q, want %q", test.args, got, test.want)
		}
		for label, want := range test.want {
			if !slices.Equal(got[label], want) {
				t.Errorf("churncost %q remarks on %s %q, want %q", test.args, label, got[label], want)
			}
		}
	}
}
