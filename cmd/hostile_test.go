package cmd

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// hostile are names that mean something in one of the formats: a person to notify, an
// issue, a link, HTML, the end of a table cell, a formula, an annotation, and what ends a
// line or a string.
func hostile() []string {
	return []string{
		"@octocat #1 www.example.org.yaml",
		"a|b `c` <b>&lt; [d](e) ~~f~~.yaml",
		"=cmd|' C'!A0.yaml",
		"+1+cmd(A0).yaml",
		"100%\n::error::g,h=i.yaml",
		"::stop-commands::j.yaml",
		"k\"\\ ]]>&.yaml",
	}
}

// check prints the verdicts of a scenario in each hostile file. The scenario has a hostile
// name of its own.
func checkHostile(t *testing.T, format string) (names []string, out []byte) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, name := range hostile() {
		text := "version: 1\nname: \"</b>]]>|@octocat\"\ncustomer: {spend: 100 per year, years: 3}\ngates: [lifetime.loss <= 1]\n"
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Skipf("this file system takes no such name: %v", err)
		}
	}
	var stdout, stderr bytes.Buffer
	if status := Main(append([]string{"check", "--format", format}, hostile()...), strings.NewReader(""), &stdout, &stderr); status != statusFailed {
		t.Fatalf("check = status %d, want %d: %s", status, statusFailed, &stderr)
	}
	return hostile(), stdout.Bytes()
}

// What notifies, links and begins markup is in the GitHub Flavored Markdown Spec and in
// GitHub's "Basic writing and formatting syntax".
func TestHostileNamesAreTextInMarkdown(t *testing.T) {
	names, out := checkHostile(t, "markdown")
	if live := regexp.MustCompile("@[a-z]|#[0-9]|www\\.|<|&lt;;|(^|[^\\\\])[`~\\[]").FindAllString(strings.NewReplacer("&#8203;", "·", "<!-- churncost check -->", "").Replace(string(out)), -1); live != nil {
		t.Errorf("%q is markup in\n%s", live, out)
	}
	pipe := regexp.MustCompile(`(^|[^\\])(\\\\)*\|`)
	rows, cells := 0, 0
	for row := range strings.Lines(string(out)) {
		if !strings.HasPrefix(row, "|") {
			continue
		}
		rows++
		if n := len(pipe.FindAllString(row, -1)); cells == 0 {
			cells = n
		} else if n != cells {
			t.Errorf("a row has %d cells, and the heading %d: %s", n-1, cells-1, row)
		}
	}
	if want := len(names) + 2; rows != want {
		t.Errorf("the table has %d lines, want %d:\n%s", rows, want, out)
	}
}

// The characters that begin a formula are those of OWASP, "CSV Injection".
func TestHostileNamesAreNoFormulasInCSV(t *testing.T) {
	names, out := checkHostile(t, "csv")
	rows, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
	if err != nil || len(rows) != len(names)+1 {
		t.Fatalf("csv has %d rows and the error %v, want %d rows:\n%s", len(rows), err, len(names)+1, out)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=@\t\r") || regexp.MustCompile(`^[+-].*[(|!]`).MatchString(cell) {
				t.Errorf("a spreadsheet would run the cell %q", cell)
			}
		}
	}
}

func TestHostileNamesSurviveJSON(t *testing.T) {
	names, out := checkHostile(t, "json")
	var read struct {
		Scenarios []struct{ Path string }
		Gates     []struct{ File string }
	}
	if err := json.Unmarshal(out, &read); err != nil {
		t.Fatalf("%v:\n%s", err, out)
	}
	for i, name := range names {
		if read.Scenarios[i].Path != name || read.Gates[i].File != name {
			t.Errorf("json has the path %q and the file %q, want %q", read.Scenarios[i].Path, read.Gates[i].File, name)
		}
	}
}

func TestHostileNamesSurviveJUnit(t *testing.T) {
	names, out := checkHostile(t, "junit")
	var read struct {
		Suites []struct {
			Name  string `xml:"name,attr"`
			Cases []struct {
				Failure *struct{} `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal(out, &read); err != nil {
		t.Fatalf("%v:\n%s", err, out)
	}
	var suites []string
	for _, suite := range read.Suites {
		suites = append(suites, suite.Name)
		if len(suite.Cases) != 1 || suite.Cases[0].Failure == nil {
			t.Errorf("the suite %q has the cases %v, want one failure", suite.Name, suite.Cases)
		}
	}
	if !slices.Equal(suites, names) {
		t.Errorf("junit has the suites %q, want %q", suites, names)
	}
}

// A workflow command is a line that begins with two colons, in what a step prints on either
// stream. Each file has one annotation, and nothing else is a command.
func TestHostileNamesAreNoWorkflowCommands(t *testing.T) {
	names, out := checkHostile(t, "github")
	annotation := regexp.MustCompile(`^::error file=([^,:]*),line=4,col=\d+,title=churncost::`)
	undo := strings.NewReplacer("%25", "%", "%0A", "\n", "%0D", "\r", "%3A", ":", "%2C", ",")
	var files []string
	for line := range strings.Lines(string(out)) {
		if found := annotation.FindStringSubmatch(line); found != nil {
			files = append(files, undo.Replace(found[1]))
		} else if strings.HasPrefix(line, "::") {
			t.Errorf("%q is a workflow command", line)
		}
	}
	if !slices.Equal(files, names) {
		t.Errorf("the annotations are on %q, want %q", files, names)
	}
	for _, name := range append(names, "::error::missing.yaml") {
		for _, command := range []string{"loss", "simulate"} {
			var stdout, stderr bytes.Buffer
			Main([]string{command, name}, strings.NewReader(""), &stdout, &stderr)
			if printed := "\n" + stdout.String() + "\n" + stderr.String(); strings.Contains(printed, "\n::") {
				t.Errorf("churncost %s %q prints a workflow command:\n%s", command, name, printed)
			}
		}
	}
}
