package cmd

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/churncost/churncost/internal/recordtest"
	"github.com/churncost/churncost/scenarios"
)

// boxes is the firm that the scenario box-scheme is measured from.
func boxes() *recordtest.Firm {
	return &recordtest.Firm{
		Seed: 7, Customers: 9_000, Observed: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), Years: 5, Months: 1, Returns: .15, Currency: "GBP",
		Groups: []recordtest.Group{{Name: "small box", Share: .55, Alpha: .7, Beta: 7, Spend: 42}, {Name: "family box", Share: .35, Alpha: .7, Beta: 14, Spend: 78}, {Name: "office", Share: .1, Alpha: .5, Beta: 20, Spend: 210}},
	}
}

// The built-in scenario box-scheme is what fit prints for generated records: every line of
// it, apart from the name and the day on which the records expire, with some lines added by
// hand.
func TestTheScenarioBoxSchemeIsMadeByFit(t *testing.T) {
	var records bytes.Buffer
	firm := boxes()
	if _, err := firm.Write(&records); err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("box-scheme.csv", records.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	made := string(printed(t, "fit", "box-scheme.csv", "--observed", firm.Observed.Format(time.DateOnly), "--discount", "6%", "--format", "scenario"))
	made = strings.ReplaceAll(made, ", expires: 2027-07-01", "")
	text, _ := scenarios.BuiltInText("box-scheme")
	lines := strings.Split(string(text), "\n")
	for line := range strings.SplitSeq(made, "\n") {
		if strings.HasPrefix(line, "name: ") {
			continue
		}
		at := slices.Index(lines, line)
		if at < 0 {
			t.Fatalf("scenarios/builtin/box-scheme.yaml lacks, below the lines found before, the line\n%s\nof what fit prints:\n%s", line, made)
		}
		lines = lines[at+1:]
	}
}
