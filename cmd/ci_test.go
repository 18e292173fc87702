package cmd

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// awkwardNames are names of files with a special meaning in a workflow command, in XML,
// or in both.
var awkwardNames = []string{
	"plain.yaml",
	"50% off.yaml",
	"%25 and %0A.yaml",
	"a:b, c=d.yaml",
	"::error::boo.yaml",
	"two\nlines\r.yaml",
	`"quoted" 'twice'.yaml`,
	"<b>&amp;]]>.yaml",
	"半棵生菜, 50%.yaml",
	"tab\there.yaml",
}

// dear is a scenario whose first gate fails and whose second holds.
const dear = "version: 1\nname: \"50%: <b> & \\\"so, 半\\\"\"\ncustomer: {spend: 50 per week, years: 10}\ngates:\n  - lifetime.loss <= 20000\n  - lifetime.per_year <= 2600\n"

// checkAwkward checks a scenario in a file of each awkwardNames name, in one format.
func checkAwkward(t *testing.T, scenario, format string, want int) []byte {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, name := range awkwardNames {
		if err := os.WriteFile(name, []byte(scenario), 0o666); err != nil {
			t.Skipf("this machine has no file names such as %q: %v", name, err)
		}
	}
	line := append([]string{"check", "--format", format}, awkwardNames...)
	var stdout, stderr bytes.Buffer
	if status := Main(line, strings.NewReader(""), &stdout, &stderr); status != want {
		t.Fatalf("churncost %q: status %d, want %d\n%s", line, status, want, &stderr)
	}
	return stdout.Bytes()
}

// An annotation is a workflow command as GitHub's runner understands it.
type annotation struct {
	kind       string
	properties map[string]string
	message    string
}

// annotations reads workflow commands as the runner does. Between the first two pairs of
// colons is the command and, after a space, its properties, separated by commas. A
// percent sign is decoded last.
func annotations(t *testing.T, output []byte) []annotation {
	t.Helper()
	var all []annotation
	for line := range strings.SplitSeq(string(output), "\n") {
		rest, is := strings.CutPrefix(strings.TrimLeft(line, " \t"), "::")
		if !is {
			continue
		}
		command, message, found := strings.Cut(rest, "::")
		if !found {
			t.Fatalf("%q is no workflow command: it has no second pair of colons", line)
		}
		a := annotation{properties: map[string]string{}, message: decode(message, "%0D", "\r", "%0A", "\n")}
		kind, properties, _ := strings.Cut(command, " ")
		a.kind = kind
		for property := range strings.SplitSeq(properties, ",") {
			name, value, _ := strings.Cut(property, "=")
			a.properties[name] = decode(value, "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",")
		}
		all = append(all, a)
	}
	return all
}

func decode(text string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, pairs[i], pairs[i+1])
	}
	return strings.ReplaceAll(text, "%25", "%")
}

func TestNamesSurviveGitHubAnnotations(t *testing.T) {
	output := checkAwkward(t, dear, "github", statusFailed)
	got := annotations(t, output)
	if len(got) != len(awkwardNames) {
		t.Fatalf("%d gates fail and %d annotations are read from\n%s", len(awkwardNames), len(got), output)
	}
	for i, name := range awkwardNames {
		want := annotation{"error", map[string]string{"file": name, "line": "5", "col": "5", "title": "churncost"},
			name + ": lifetime.loss <= 20000: $26,000 is over by $6,000.00, 30%"}
		if !reflect.DeepEqual(got[i], want) {
			t.Errorf("the annotation for %q is read as\n%+v, want\n%+v", name, got[i], want)
		}
	}
}

// The error quotes the text, here a gate on an unknown metric.
func TestErrorsSurviveGitHubAnnotations(t *testing.T) {
	scenario := `version: 1
customer: {spend: 50 per week, years: 10}
gates:
  - "50%0A,a::b\"x\"&半 <= 1"
`
	got := annotations(t, checkAwkward(t, scenario, "github", statusInvalid))
	if len(got) != len(awkwardNames) {
		t.Fatalf("each of %d scenarios is wrong, and %d annotations are read", len(awkwardNames), len(got))
	}
	for i, name := range awkwardNames {
		want := annotation{"error", map[string]string{"file": name, "line": "4", "col": "5", "title": "churncost"},
			`unknown metric "50%0A,a::b\"x\"&半" (--help of a calculator lists its metrics)`}
		if !reflect.DeepEqual(got[i], want) {
			t.Errorf("the annotation for %q is read as\n%+v, want\n%+v", name, got[i], want)
		}
	}
}

// A file of any name can be in a pull request. Neither format is only read by programs.
func TestNamesDoNotControlATerminal(t *testing.T) {
	t.Chdir(t.TempDir())
	const name = "\x1b]0;boo\a\u202e.yaml"
	if err := os.WriteFile(name, []byte(dear), 0o666); err != nil {
		t.Skipf("this machine has no file names such as %q: %v", name, err)
	}
	for _, format := range []string{"table", "markdown", "html", "csv", "github"} {
		var stdout, stderr bytes.Buffer
		status := Main([]string{"check", name, "--format", format}, strings.NewReader(""), &stdout, &stderr)
		if said := stdout.String() + stderr.String(); status != statusFailed || strings.ContainsAny(said, "\x1b\a\u202e") || !strings.Contains(said, "0;boo") {
			t.Errorf("check --format %s: status %d\n%q", format, status, said)
		}
	}
}

// A report is a JUnit report as others read it.
type report struct {
	Suites []struct {
		Name       string `xml:"name,attr"`
		Tests      int    `xml:"tests,attr"`
		Failures   int    `xml:"failures,attr"`
		Errors     int    `xml:"errors,attr"`
		Skipped    int    `xml:"skipped,attr"`
		Properties []struct {
			Name  string `xml:"name,attr"`
			Value string `xml:"value,attr"`
		} `xml:"properties>property"`
		Cases []reportCase `xml:"testcase"`
	} `xml:"testsuite"`
}

type reportCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	Failure *reportDetail `xml:"failure"`
	Error   *reportDetail `xml:"error"`
	Skipped *string       `xml:"skipped"`
}

type reportDetail struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

func readReport(t *testing.T, output []byte) report {
	t.Helper()
	var r report
	if err := xml.Unmarshal(output, &r); err != nil {
		t.Fatalf("the report is no XML: %v\n%s", err, output)
	}
	return r
}

func TestNamesSurviveAJUnitReport(t *testing.T) {
	r := readReport(t, checkAwkward(t, dear, "junit", statusFailed))
	if len(r.Suites) != len(awkwardNames) {
		t.Fatalf("%d scenarios have %d suites", len(awkwardNames), len(r.Suites))
	}
	for i, name := range awkwardNames {
		suite := r.Suites[i]
		want := []reportCase{
			{"lifetime.loss <= 20000", name, &reportDetail{name + ": lifetime.loss <= 20000: $26,000 is over by $6,000.00, 30%", name + ":5"}, nil, nil},
			{"lifetime.per_year <= 2600", name, nil, nil, nil},
		}
		if suite.Name != name || !reflect.DeepEqual(suite.Cases, want) {
			t.Errorf("the suite of %q is called %q and has the cases\n%s, want\n%s", name, suite.Name, asJSON(suite.Cases), asJSON(want))
		}
		if suite.Tests != 2 || suite.Failures != 1 || suite.Errors != 0 || suite.Skipped != 0 {
			t.Errorf("the suite of %q counts %d tests, %d failures, %d errors, %d skipped, want 2, 1, 0, 0", name, suite.Tests, suite.Failures, suite.Errors, suite.Skipped)
		}
		title := slices.IndexFunc(suite.Properties, func(p struct {
			Name  string `xml:"name,attr"`
			Value string `xml:"value,attr"`
		}) bool {
			return p.Name == "name"
		})
		if title < 0 || suite.Properties[title].Value != `50%: <b> & "so, 半"` {
			t.Errorf("the suite of %q has the properties %q, want the scenario's name among them", name, suite.Properties)
		}
	}
}

func asJSON(value any) string {
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// A name must be on one line, also when the line feed is written as an escape.
func TestANameOfSeveralLinesIsRefusedInAnErrorOfOneLine(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("mine.yaml", []byte("version: 1\nname: \"a\\n::error::b\"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	status := Main([]string{"check", "mine.yaml", "--format", "github"}, strings.NewReader(""), &stdout, &stderr)
	const want = "::error file=mine.yaml,line=2,col=7,title=churncost::name has several lines (write it in one line)\n"
	if status != statusInvalid || stdout.String() != want {
		t.Errorf("churncost check --format github of a name with a line feed: status %d\n%s, want status 2\n%s", status, &stdout, want)
	}
}

// A gate in the scenario and one on the command line differ only in their place.
func TestAGateMeansTheSameInTheScenarioAndOnTheCommandLine(t *testing.T) {
	const body = "version: 1\ncustomer: {spend: 50 per week, years: 10}\n"
	for _, gate := range []string{"lifetime.loss <= 20000", "lifetime.loss <= 26000", "lifetime.loss.change < 5%", "lifetime.years_expected.change > -1"} {
		t.Run(gate, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := os.Mkdir("base", 0o777); err != nil {
				t.Fatal(err)
			}
			for name, text := range map[string]string{"bare.yaml": body, "gated.yaml": body + "gates:\n  - " + gate + "\n",
				"base/bare.yaml": strings.Replace(body, "10", "9", 1), "base/gated.yaml": strings.Replace(body, "10", "9", 1)} {
				if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			for _, format := range []string{"table", "json", "csv", "junit", "github"} {
				inside, first := judged(t, format, "check", "gated.yaml", "--base", "base")
				outside, second := judged(t, format, "check", "bare.yaml", "--base", "base", "--gate", gate)
				outside = strings.ReplaceAll(outside, "bare", "gated")
				if first != second || inside != outside {
					t.Errorf("%s in the scenario: status %d\n%s\nand as --gate: status %d\n%s", gate, first, inside, second, outside)
				}
			}
		})
	}
}

// judged runs check and removes the place of the gate from the output.
func judged(t *testing.T, format string, line ...string) (output string, status int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = Main(append(line, "--format", format, "--today", "2026-05-01"), strings.NewReader(""), &stdout, &stderr)
	if status == statusInvalid {
		t.Fatalf("churncost %q: status 2\n%s", line, &stderr)
	}
	switch format {
	case "junit":
		r := readReport(t, stdout.Bytes())
		for i := range r.Suites {
			for j := range r.Suites[i].Cases {
				if failure := r.Suites[i].Cases[j].Failure; failure != nil {
					failure.Text = ""
				}
			}
		}
		return asJSON(r), status
	case "json":
		var document map[string]any
		if err := json.Unmarshal(stdout.Bytes(), &document); err != nil {
			t.Fatal(err)
		}
		for _, gate := range document["gates"].([]any) {
			for _, place := range []string{"file", "line", "column"} {
				delete(gate.(map[string]any), place)
			}
		}
		return asJSON(document), status
	case "github":
		all := annotations(t, stdout.Bytes())
		for i := range all {
			all[i].properties = nil // the file, line and column of the gate
		}
		return fmt.Sprint(all), status
	case "csv":
		var rows []string
		for row := range strings.Lines(stdout.String()) {
			fields := strings.Split(row, ",")
			rows = append(rows, strings.Join(fields[:len(fields)-3], ",")) // file, line and message are the last
		}
		return strings.Join(rows, "\n"), status
	}
	var rows []string
	for row := range strings.Lines(stdout.String()) {
		if cells := strings.Split(row, "│"); len(cells) > 2 {
			var trimmed []string
			for _, cell := range cells[:len(cells)-2] { // where is the last column
				trimmed = append(trimmed, strings.TrimSpace(cell))
			}
			rows = append(rows, strings.Join(trimmed, "│"))
		}
	}
	return strings.Join(rows, "\n"), status
}

// The schemas belong to others, so .ci/run downloads them. The test needs xmllint too.
func TestAJUnitReportIsValidUnderItsSchemas(t *testing.T) {
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not on this machine: apt-get install libxml2-utils")
	}
	schemas, _ := filepath.Glob(filepath.Join(os.Getenv("JUNIT_SCHEMAS"), "*.xsd"))
	if os.Getenv("JUNIT_SCHEMAS") == "" || len(schemas) == 0 {
		t.Skip("JUNIT_SCHEMAS names no folder with *.xsd: .ci/run says where they come from")
	}
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"dear.yaml":       dear,
		"plain.yaml":      "version: 1\ncustomer: {spend: 50 per week, years: 10}\n",
		"wrong.yaml":      "version: 1\ncustomer:\n  spnd: 1\n",
		"fresh.yaml":      "version: 1\ncustomer: {spend: 50 per week, years: 10}\ngates: [lifetime.loss.change <= 0]\n",
		"base/plain.yaml": "version: 1\ncustomer: {spend: 40 per week, years: 10}\n",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		claim  string
		line   []string
		status int
	}{
		{"gates that hold", []string{"half-lettuce", "plain.yaml"}, statusOK},
		{"a gate that fails", []string{"dear.yaml", "plain.yaml"}, statusFailed},
		{"a gate whose scenario is new", []string{"plain.yaml", "fresh.yaml", "--base", "base"}, statusOK},
		{"a scenario with an error and one that is missing", []string{"wrong.yaml", "nowhere.yaml"}, statusInvalid},
		{"an error without a place", []string{"dear.yaml", "plain.yaml", "--base", "base/plain.yaml"}, statusInvalid},
	} {
		line := append([]string{"check", "--format", "junit=report.xml"}, c.line...)
		var stdout, stderr bytes.Buffer
		if status := Main(line, strings.NewReader(""), &stdout, &stderr); status != c.status {
			t.Fatalf("churncost %q: status %d, want %d\n%s", line, status, c.status, &stderr)
		}
		for _, schema := range schemas {
			demands, err := os.ReadFile(schema)
			if err != nil {
				t.Fatal(err)
			}
			written, err := os.ReadFile("report.xml")
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(written, []byte("<skipped>")) && !bytes.Contains(demands, []byte("skipped")) {
				continue // the schema of 2011 has no skipped cases; later ones have
			}
			if out, err := exec.Command(xmllint, "--noout", "--schema", schema, "report.xml").CombinedOutput(); err != nil {
				t.Errorf("%s: %s refuses\n%s\n%s", c.claim, filepath.Base(schema), written, out)
			}
		}
	}
	// Check that the validator refuses something.
	if err := os.WriteFile("wrong.xml", []byte("<testsuites><testsuite/></testsuites>\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, schema := range schemas {
		if out, err := exec.Command(xmllint, "--noout", "--schema", schema, "wrong.xml").CombinedOutput(); err == nil {
			t.Errorf("%s accepts a suite without a name\n%s", filepath.Base(schema), out)
		}
	}
}
