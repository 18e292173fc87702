package cmd

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// manyScenarios writes scenarios of customers who spend 1, 2, 3 … a year for ten years,
// and returns their paths. Each has a gate that holds for the first half of them. They
// are in folders of a hundred, like branches of a firm.
func manyScenarios(t *testing.T, count int) []string {
	t.Helper()
	t.Chdir(t.TempDir())
	var paths []string
	for i := 1; i <= count; i++ {
		path := filepath.Join(fmt.Sprint("branch", i/100), fmt.Sprintf("customer%d.yaml", i))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprintf("version: 1\ncustomer: {spend: %d per year, years: 10}\ngates:\n  - lifetime.loss <= %d\n", i, 10*count/2)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// rows runs a command whose output is CSV, and returns its rows without the heading.
func rows(t *testing.T, status int, args ...string) [][]string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if got := Main(args, strings.NewReader(""), &stdout, &stderr); got != status {
		t.Fatalf("churncost %s … of %d arguments = status %d, want %d: %s", args[0], len(args), got, status, &stderr)
	}
	all, err := csv.NewReader(&stdout).ReadAll()
	if err != nil || len(all) == 0 {
		t.Fatalf("churncost %s … prints no CSV: %v", args[0], err)
	}
	return all[1:]
}

const scenariosOfACompany = 700

// Scenarios are computed in parallel and reported in the order in which they are named.
// The i-th loses 10·i, the first 10.
func TestCompareTakesHundredsOfFilesInOneCall(t *testing.T) {
	paths := manyScenarios(t, scenariosOfACompany)
	got := rows(t, statusOK, append([]string{"compare", "--metric", "lifetime.loss", "--format", "csv"}, paths...)...)
	if len(got) != scenariosOfACompany {
		t.Fatalf("compare of %d scenarios has %d rows", scenariosOfACompany, len(got))
	}
	for i, row := range got {
		loss := strconv.Itoa(10 * (i + 1))
		want := []string{fmt.Sprintf("customer%d", i+1), "lifetime.loss", loss, loss, loss, "money", "USD", "10", strconv.Itoa(10 * i), strconv.Itoa(100 * i)}
		if i == 0 {
			want = append(want[:7], "", "", "")
		}
		if strings.Join(row, ",") != strings.Join(want, ",") {
			t.Errorf("row %d is %q, want %q", i+1, row, want)
		}
	}
}

// A table shows the first 200 scenarios and says how many it leaves out.
func TestAPageOfHundredsOfScenariosSaysWhatItLeavesOut(t *testing.T) {
	paths := manyScenarios(t, scenariosOfACompany)
	for _, c := range []struct {
		command string
		status  int
		want    string
		first   string
	}{
		{"compare", statusOK, "\n500 more scenarios are left out here; --format csv lists them all\n", "│ customer200 "},
		// 350 gates hold and 350 fail: 200 that fail are shown.
		{"check", statusFailed, "\n500 more gates are left out here; --format csv lists them all\n", "│ FAIL    │ branch3/customer351.yaml "},
	} {
		var stdout, stderr bytes.Buffer
		status := Main(append([]string{c.command}, paths...), strings.NewReader(""), &stdout, &stderr)
		if status != c.status || !strings.Contains(stdout.String(), c.want) || !strings.Contains(stdout.String(), filepath.FromSlash(c.first)) {
			t.Errorf("churncost %s of %d scenarios = status %d, want %d, %q and %q in\n%.2000s\n%s", c.command, len(paths), status, c.status, c.want, c.first, &stdout, &stderr)
		}
	}
}

// The gates hold up to the 350th scenario, which loses exactly the allowed 3,500.
func TestCheckTakesHundredsOfFilesInOneCall(t *testing.T) {
	paths := manyScenarios(t, scenariosOfACompany)
	got := rows(t, statusFailed, append([]string{"check", "--format", "csv"}, paths...)...)
	if len(got) != scenariosOfACompany {
		t.Fatalf("check of %d scenarios of one gate each has %d rows", scenariosOfACompany, len(got))
	}
	for i, row := range got {
		verdict := "pass"
		if i >= scenariosOfACompany/2 {
			verdict = "fail"
		}
		if want := strconv.Itoa(10 * (i + 1)); row[2] != verdict || row[3] != want || row[6] != paths[i] || row[7] != "4" {
			t.Errorf("row %d is %q, want %s of %s at %s, line 4", i+1, row, verdict, want, paths[i])
		}
	}
}

// One bad scenario among hundreds is reported. check judges the others; compare needs all.
// It is one of the 350 that would fail.
func TestOneBadScenarioAmongHundreds(t *testing.T) {
	paths := manyScenarios(t, scenariosOfACompany)
	if err := os.WriteFile(paths[555], []byte("version: 1\ncustomer: {spnd: 1 per year}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for command, says := range map[string]string{"check": "349 of 699 gates fail; 1 error\n", "compare": ""} {
		var stdout, stderr bytes.Buffer
		status := Main(append([]string{command}, paths...), strings.NewReader(""), &stdout, &stderr)
		want := paths[555] + ":2:12: error: unknown key \"customer.spnd\"\n"
		if status != statusInvalid || !strings.HasPrefix(stdout.String(), says) || says == "" && stdout.Len() > 0 || !strings.HasPrefix(stderr.String(), want) || strings.Count(stderr.String(), "error:") != 1 {
			t.Errorf("churncost %s with one bad scenario = status %d, %.200s\n%s\nwant 2, %q and %s", command, status, &stdout, &stderr, says, want)
		}
	}
}
