package churncost_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// The tests run the workflows under docs on a real repository, with the steps of the
// files themselves: a base branch, and a change to one of its scenarios.

// A change is what a branch does to one scenario.
type change struct {
	claim  string
	file   string
	text   string
	status int
}

// The customer of the bakery spends 50 × 52 × 10 = 26,000, and that may grow by 5 %.
const bakery = `version: 1
name: Corner bakery
customer:
  spend: 50 per week
  years: 10
gates:
  - lifetime.loss <= 40000
  - lifetime.loss.change <= 5%
`

var (
	// 51 × 52 × 10 = 26,520, 2 % more.
	within = change{"a change within the gates", "scenarios/café corner.yaml", strings.Replace(bakery, "50 per", "51 per", 1), 0}
	// 50 × 52 × 12 = 31,200, 20 % more.
	beyond = change{"a change that a gate does not allow", "scenarios/café corner.yaml", strings.Replace(bakery, "years: 10", "years: 12", 1), 1}
	fresh  = change{"a new scenario", "scenarios/new one.yaml", bakery, 0}
	// The gates of a folder in the folder count too.
	deep   = change{"a scenario in a deeper folder that breaks a gate", "scenarios/more of them/deep.yaml", strings.Replace(bakery, "years: 10", "years: 100", 1), 1}
	broken = change{"a scenario that is broken", "scenarios/café corner.yaml", strings.Replace(bakery, "spend", "spnd", 1), 2}
)

// A checkout is a clone with the change checked out, as in a pipeline.
type checkout struct {
	t      *testing.T
	folder string
	bin    string // the installed programs
	began  string // the commit from which the change was made
	env    []string
}

// newCheckout makes a repository with a base branch, main, which gets another commit
// after the change was made. That commit must not count against the change.
func newCheckout(t *testing.T, program string, c change) *checkout {
	t.Helper()
	top := t.TempDir()
	co := &checkout{t: t, folder: filepath.Join(top, "clone"), bin: filepath.Join(top, "bin")}
	origin := filepath.Join(top, "origin")
	for _, folder := range []string{origin, co.bin, filepath.Join(top, "runner")} {
		if err := os.Mkdir(folder, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	co.env = []string{"HOME=" + top, "TMPDIR=" + top, "PATH=" + co.bin + string(os.PathListSeparator) + os.Getenv("PATH"),
		"GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=Ann", "GIT_AUTHOR_EMAIL=ann@example.com", "GIT_COMMITTER_NAME=Ann", "GIT_COMMITTER_EMAIL=ann@example.com"}
	co.goInstalls(program)

	const other = "scenarios/lettuce.yaml" // not part of the change
	co.in(origin, "git", "init", "--quiet", "--initial-branch=main")
	co.write(origin, "scenarios/café corner.yaml", bakery)
	co.write(origin, other, bakery)
	co.write(origin, ".gitattributes", "scenarios export-ignore\n") // an archive for others has none
	co.commit(origin, "Two scenarios")
	co.in(top, "git", "clone", "--quiet", origin, co.folder)
	co.began = strings.TrimSpace(co.in(co.folder, "git", "rev-parse", "HEAD"))
	co.write(origin, other, strings.Replace(bakery, "years: 10", "years: 11", 1))
	co.commit(origin, "Eleven years")
	co.in(co.folder, "git", "checkout", "--quiet", "-b", "change")
	co.write(co.folder, c.file, c.text)
	co.commit(co.folder, c.claim)
	co.in(co.folder, "git", "fetch", "--quiet")
	return co
}

// need skips the test if a program is missing.
func need(t *testing.T, programs ...string) {
	t.Helper()
	for _, program := range programs {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not on this machine", program)
		}
	}
}

// build builds churncost from this checkout.
func build(t *testing.T) string {
	t.Helper()
	need(t, "git", "bash", "tar")
	program := filepath.Join(t.TempDir(), "churncost")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", program, "./cmd/churncost").CombinedOutput(); err != nil {
		t.Fatalf("go build ./cmd/churncost: %v\n%s", err, out)
	}
	return program
}

const install = "install github.com/churncost/churncost/cmd/churncost@latest"

// goInstalls puts a go command first in the checkout's PATH. It installs the program and
// does nothing else.
func (co *checkout) goInstalls(program string) {
	co.t.Helper()
	co.program("go", fmt.Sprintf(`#!/bin/sh
[ "$*" = "%s" ] || { echo "go $* is not expected here" >&2; exit 3; }
cp '%s' '%s/churncost'
`, install, program, co.bin))
}

// program puts a script first in the checkout's PATH.
func (co *checkout) program(name, script string) {
	co.t.Helper()
	if err := os.WriteFile(filepath.Join(co.bin, name), []byte(script), 0o777); err != nil {
		co.t.Fatal(err)
	}
}

func (co *checkout) write(folder, name, text string) {
	co.t.Helper()
	path := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		co.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		co.t.Fatal(err)
	}
}

func (co *checkout) commit(folder, message string) {
	co.t.Helper()
	co.in(folder, "git", "add", "--all")
	co.in(folder, "git", "commit", "--quiet", "-m", message)
}

// in runs a program that must succeed, and returns its output.
func (co *checkout) in(folder string, line ...string) string {
	co.t.Helper()
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Dir, cmd.Env = folder, co.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		co.t.Fatalf("%q in %s: %v\n%s", line, folder, err, out)
	}
	return string(out)
}

// bash runs a script in the checkout, like a pipeline: the first command that fails ends
// it.
func (co *checkout) bash(script string, env ...string) (stdout, stderr string, status int) {
	co.t.Helper()
	file := filepath.Join(co.t.TempDir(), "step.sh")
	if err := os.WriteFile(file, []byte(script), 0o666); err != nil {
		co.t.Fatal(err)
	}
	return co.run(env, "bash", "--noprofile", "--norc", "-eo", "pipefail", file)
}

func (co *checkout) run(env []string, line ...string) (stdout, stderr string, status int) {
	co.t.Helper()
	cmd := exec.Command(line[0], line[1:]...)
	var out, complaints bytes.Buffer
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = co.folder, slices.Concat(co.env, env), &out, &complaints
	err := cmd.Run()
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		status = failed.ExitCode()
	} else if err != nil {
		co.t.Fatalf("%q: %v", line, err)
	}
	return out.String(), complaints.String(), status
}

// A ran is the result of a workflow.
type ran struct {
	stdout, stderr, report string // the report is a file: the summary of GitHub, the JUnit of GitLab
	status                 int
}

// expect compares a result with a status and with expressions. An expression that begins
// with ! must not be found, all others must.
func (r ran) expect(t *testing.T, status int, where map[string][]string) {
	t.Helper()
	texts := map[string]string{"stdout": r.stdout, "stderr": r.stderr, "report": r.report}
	if r.status != status {
		t.Errorf("status %d, want %d", r.status, status)
	}
	for name, expressions := range where {
		for _, expression := range expressions {
			wanted, not := strings.CutPrefix(expression, "!")
			if regexp.MustCompile("(?m)"+wanted).MatchString(texts[name]) == not {
				t.Errorf("%s: want %q", name, expression)
			}
		}
	}
	if t.Failed() {
		t.Logf("stdout:\n%s\nstderr:\n%s\nreport:\n%s", r.stdout, r.stderr, r.report)
	}
}

// githubWorkflow has the keys of a workflow that the tests understand. Other keys are an
// error, so that no step is silently left out.
type githubWorkflow struct {
	Name        string
	On          map[string]any
	Permissions map[string]string
	Concurrency string
	Defaults    struct{ Run struct{ Shell string } }
	Jobs        map[string]struct {
		If          string
		Needs       string
		RunsOn      string `yaml:"runs-on"`
		Strategy    any
		Permissions map[string]string
		Steps       []githubStep
	}
}

// A githubStep is a step of a workflow or of an action.
type githubStep struct {
	Name  string
	If    string
	Uses  string
	With  map[string]string
	Env   map[string]string
	Shell string
	Run   string
}

// steps returns the steps of the only job of a workflow.
func (w githubWorkflow) steps(t *testing.T) []githubStep {
	t.Helper()
	for _, job := range w.Jobs {
		if len(w.Jobs) == 1 && w.Defaults.Run.Shell == "bash" {
			return job.Steps
		}
	}
	t.Fatalf("this test expects another workflow: %+v", w)
	return nil
}

// environment returns the environment of a step. What GitHub would put in place of each
// expression is given.
func (step githubStep) environment(t *testing.T, expressions map[string]string) (env []string) {
	t.Helper()
	if strings.Contains(step.Run, "${{") {
		t.Fatalf("the command of the step %q contains an expression: the text of a stranger would be executed", step.Name)
	}
	for name, text := range step.Env {
		if expression, is := strings.CutPrefix(text, "${{"); is {
			value, known := expressions[name]
			if !known {
				t.Fatalf("the step %q has an expression that this test does not know: %s: %s", step.Name, name, expression)
			}
			text = value
		}
		env = append(env, name+"="+text)
	}
	return env
}

// github runs the workflow as GitHub does: on a merge of the change into the base, with a
// shell and a summary for each step. It returns the files of the artifact too.
func github(t *testing.T, program string, c change, expressions map[string]string) (all ran, artifact map[string]string) {
	t.Helper()
	var workflow githubWorkflow
	decodeStrictly(t, "docs/workflows/github-actions.yml", &workflow)
	co := newCheckout(t, program, c)
	co.in(co.folder, "git", "checkout", "--quiet", "--detach")
	co.in(co.folder, "git", "merge", "--quiet", "--no-edit", "origin/main")
	runner := filepath.Join(filepath.Dir(co.folder), "runner")
	for i, step := range workflow.steps(t) {
		if step.Uses != "" || all.status != 0 { // GitHub stops after a step that failed
			continue
		}
		summary := filepath.Join(runner, fmt.Sprintf("summary-%d", i))
		if err := os.WriteFile(summary, []byte("before\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		stdout, stderr, status := co.bash(step.Run, append(step.environment(t, expressions), "RUNNER_TEMP="+runner, "GITHUB_STEP_SUMMARY="+summary)...)
		written, err := os.ReadFile(summary)
		if err != nil {
			t.Fatal(err)
		}
		added, appended := strings.CutPrefix(string(written), "before\n")
		if !appended {
			t.Errorf("the step %q replaces the summary of the job", step.Name)
		}
		all = ran{all.stdout + stdout, all.stderr + stderr, all.report + added, status}
	}
	artifact = map[string]string{}
	for _, name := range []string{"changes.md", "gates.md"} {
		text, err := os.ReadFile(filepath.Join(runner, "churncost", name))
		if err != nil {
			t.Error(err)
		}
		artifact[name] = string(text)
	}
	return all, artifact
}

func decodeStrictly(t *testing.T, name string, to any) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(to); err != nil {
		t.Fatalf("%s is not understood: %v", name, err)
	}
}

// gitlab runs the job as GitLab does: on the branch of the change, with all lines in one
// shell.
func gitlab(t *testing.T, co *checkout, env ...string) ran {
	t.Helper()
	var pipeline map[string]struct {
		Image     string
		Rules     []map[string]string
		Variables map[string]string
		Script    []string
		Artifacts struct {
			When     string
			ExposeAs string `yaml:"expose_as"`
			Paths    []string
			Reports  map[string]string
		}
	}
	decodeStrictly(t, "docs/workflows/gitlab-ci.yml", &pipeline)
	job, found := pipeline["churncost"]
	if !found || len(pipeline) != 1 || job.Artifacts.When != "always" || job.Variables["GIT_DEPTH"] != "0" {
		t.Fatalf("this test expects another pipeline: %+v", pipeline)
	}
	stdout, stderr, status := co.bash(strings.Join(job.Script, "\n"), env...)
	report, err := os.ReadFile(filepath.Join(co.folder, job.Artifacts.Reports["junit"]))
	if err != nil {
		t.Errorf("the job leaves no report: %v\n%s", err, stderr)
	}
	return ran{stdout, stderr, string(report), status}
}

// shellScript runs check.sh as a user would.
func shellScript(t *testing.T, co *checkout, args ...string) ran {
	t.Helper()
	co.in(co.folder, append([]string{filepath.Join(co.bin, "go")}, strings.Fields(install)...)...)
	script, err := filepath.Abs("docs/workflows/check.sh")
	if err != nil {
		t.Fatal(err)
	}
	stdout, stderr, status := co.run([]string{"TMPDIR=" + t.TempDir()}, append([]string{"bash", script}, args...)...)
	return ran{stdout, stderr, "", status}
}

// onPullRequest is what the expressions of the workflow are on a pull request.
func onPullRequest() map[string]string {
	return map[string]string{"BASE": "origin/main", "STRICT": "yes"}
}

func TestTheGitHubWorkflowShowsAndJudgesAChange(t *testing.T) {
	program := build(t)
	for _, c := range []struct {
		change
		where map[string][]string
	}{
		{within, map[string][]string{
			"stdout": {`!^::error`},
			"report": {`café corner\.yaml`, `\$26,520`, `^\*\*all 4 gates hold\*\*`},
		}},
		{beyond, map[string][]string{
			"stdout": {`^::error file=scenarios/café corner\.yaml,line=8,col=5,title=churncost::scenarios/café corner\.yaml: lifetime\.loss\.change <= 5%25: 20%25 is over by 15`},
			"report": {`\$31,200`, `^\*\*1 of 4 gates fails?\b`, `^\| FAIL \| scenarios/café corner\.yaml \|`},
		}},
		{deep, map[string][]string{
			"stdout": {`^::error file=scenarios/more of them/deep\.yaml,line=7,`},
			"report": {`^\| FAIL \| scenarios/more of them/deep\.yaml \|`},
		}},
		{broken, map[string][]string{
			"stdout": {`^::error file=scenarios/café corner\.yaml,line=4,col=3,title=churncost::unknown key "customer\.spnd" \(did you mean spend\?\)$`},
			"stderr": {`^scenarios/café corner\.yaml:4:3: error: unknown key "customer\.spnd"$`},
			"report": {`customer\.spnd`},
		}},
	} {
		t.Run(c.claim, func(t *testing.T) {
			t.Parallel()
			all, artifact := github(t, program, c.change, onPullRequest())
			all.expect(t, c.status, c.where)
			if all.report != artifact["changes.md"]+artifact["gates.md"] {
				t.Errorf("the files for the comment are %q, and the summary is %q", artifact, all.report)
			}
		})
	}
}

// A label lets it pass, and a merge queue has no labels: it is given the commit it builds on.
func TestTheGitHubWorkflowFailsWhatWasNotJudgedUnlessALabelLetsItPass(t *testing.T) {
	program := build(t)
	for _, c := range []struct {
		claim       string
		expressions map[string]string
		status      int
	}{
		{"a pull request", onPullRequest(), 1},
		{"a pull request with the label", map[string]string{"BASE": "origin/main", "STRICT": ""}, 0},
		{"a merge queue", map[string]string{"BASE": "HEAD^2", "STRICT": ""}, 0},
	} {
		t.Run(c.claim, func(t *testing.T) {
			t.Parallel()
			all, _ := github(t, program, fresh, c.expressions)
			all.expect(t, c.status, map[string][]string{"report": {`new one\.yaml`}})
		})
	}
}

func TestTheGitLabJobShowsAndJudgesAChange(t *testing.T) {
	program := build(t)
	for _, c := range []struct {
		change
		where map[string][]string
	}{
		{within, map[string][]string{
			"stdout": {`café corner\.yaml`, `\$26,520`, `^all 4 gates hold`},
			"report": {`<testsuite name="scenarios/café corner\.yaml" .* tests="2" failures="0" errors="0" time="0">`},
		}},
		{beyond, map[string][]string{
			"stdout": {`\$31,200`, `^1 of 4 gates fails?\b`},
			"report": {`<testsuite name="scenarios/café corner\.yaml" .* tests="2" failures="1" errors="0" time="0">`, `type="gate">scenarios/café corner\.yaml:8</failure>`},
		}},
		{broken, map[string][]string{
			"stderr": {`^scenarios/café corner\.yaml:4:3: error: unknown key "customer\.spnd"$`},
			"report": {`<error message="unknown key &#34;customer\.spnd&#34; \(did you mean spend\?\)" type="error">scenarios/café corner\.yaml:4:3</error>`},
		}},
	} {
		t.Run(c.claim, func(t *testing.T) {
			t.Parallel()
			co := newCheckout(t, program, c.change)
			gitlab(t, co, "CI_MERGE_REQUEST_DIFF_BASE_SHA="+co.began).expect(t, c.status, c.where)
			if page, err := os.ReadFile(filepath.Join(co.folder, "churncost.md")); err != nil || !strings.Contains(string(page), "café corner") {
				t.Errorf("the linked page is %q (%v)", page, err)
			}
		})
	}
	t.Run("a label", func(t *testing.T) {
		for labels, status := range map[string]int{"": 1, "bug,gates may change too": 1, "bug,gates may change": 0} {
			co := newCheckout(t, program, fresh)
			gitlab(t, co, "CI_MERGE_REQUEST_DIFF_BASE_SHA="+co.began, "CI_MERGE_REQUEST_LABELS="+labels).expect(t, status, nil)
		}
	})
}

// Like GitHub, GitLab may also run on a merge of the change into its target.
func TestTheGitLabJobComparesAMergedResultWithItsTarget(t *testing.T) {
	co := newCheckout(t, build(t), within)
	co.in(co.folder, "git", "merge", "--quiet", "--no-edit", "origin/main")
	target := strings.TrimSpace(co.in(co.folder, "git", "rev-parse", "origin/main"))
	gitlab(t, co, "CI_MERGE_REQUEST_DIFF_BASE_SHA="+co.began, "CI_MERGE_REQUEST_TARGET_BRANCH_SHA="+target).
		expect(t, 0, map[string][]string{"stdout": {`^1 of 2 scenarios change`, `^all 4 gates hold`}}) // lettuce.yaml changes in the target
}

// gitLabServer is a curl that knows the notes of one merge request.
const gitLabServer = `#!/bin/bash
printf '%s\n' "$*" >> "$TMPDIR/requests"
[[ $* == *' POST '* || $* == *' PUT '* ]] || echo "$NOTES"
`

func TestTheGitLabJobWritesOneCommentAndUpdatesItIfItHasAToken(t *testing.T) {
	need(t, "jq")
	program := build(t)
	const notes = "https://gitlab.example/api/v4/projects/7/merge_requests/3/notes"
	for _, c := range []struct{ claim, token, notes, want string }{
		{"without a token nothing is asked", "", `[]`, `^$`},
		{"the first run writes a comment", "secret", `[{"id": 5, "body": "Nice <!-- churncost -->"}]`, `--request POST .* ` + notes + `\n$`},
		{"the next one updates it", "secret", `[{"id": 5, "body": "Nice"}, {"id": 6, "body": "<!-- churncost -->\nold"}]`, `--request PUT .* ` + notes + `/6\n$`},
	} {
		t.Run(c.claim, func(t *testing.T) {
			t.Parallel()
			co := newCheckout(t, program, beyond)
			co.program("curl", gitLabServer)
			co.program("apt-get", "#!/bin/sh\n")
			gitlab(t, co, "CI_MERGE_REQUEST_DIFF_BASE_SHA="+co.began, "CHURNCOST_TOKEN="+c.token, "NOTES="+c.notes,
				"CI_API_V4_URL=https://gitlab.example/api/v4", "CI_PROJECT_ID=7", "CI_MERGE_REQUEST_IID=3").expect(t, 1, nil)
			requests, _ := os.ReadFile(filepath.Join(filepath.Dir(co.folder), "requests"))
			if !regexp.MustCompile(c.want).Match(requests) {
				t.Errorf("the job asks\n%s\nwant %s", requests, c.want)
			}
			if note, err := os.ReadFile(filepath.Join(co.folder, "note.md")); c.token != "" && (err != nil || !strings.HasPrefix(string(note), "<!-- churncost -->\n")) {
				t.Errorf("the comment is %q (%v)", note, err)
			}
		})
	}
}

func TestTheShellScriptShowsAndJudgesAChange(t *testing.T) {
	program := build(t)
	for _, c := range []struct {
		change
		where map[string][]string
	}{
		{within, map[string][]string{"stdout": {`\$26,520`, `^all 4 gates hold`}, "stderr": {`!.`}}},
		{beyond, map[string][]string{"stdout": {`\$31,200`, `^1 of 4 gates fails?\b`, `FAIL .*café corner\.yaml .*20% .*over by 15`}}},
		{deep, map[string][]string{"stdout": {`FAIL .*deep\.yaml`}}},
		{broken, map[string][]string{"stdout": {`^They cannot be compared\.$`}, "stderr": {`^scenarios/café corner\.yaml:4:3: error: unknown key "customer\.spnd"$`}}},
	} {
		t.Run(c.claim, func(t *testing.T) {
			t.Parallel()
			co := newCheckout(t, program, c.change)
			first := shellScript(t, co)
			first.expect(t, c.status, c.where)
			if again := shellScript(t, co, "origin/main"); again != first {
				t.Errorf("check.sh origin/main: %+v, want as without an argument, %+v", again, first)
			}
			if trees := co.in(co.folder, "git", "worktree", "list"); strings.Count(trees, "\n") != 1 {
				t.Errorf("check.sh leaves a work tree behind:\n%s", trees)
			}
		})
	}
	t.Run("flags for check", func(t *testing.T) {
		co := newCheckout(t, program, fresh)
		shellScript(t, co, "origin/main").expect(t, 0, nil)
		shellScript(t, co, "origin/main", "--fail-on-unjudged").expect(t, 1, nil)
	})
}

func TestTheShellScriptSaysWhatToDoWithAShallowClone(t *testing.T) {
	co := newCheckout(t, build(t), within)
	shallow := filepath.Join(filepath.Dir(co.folder), "shallow")
	co.in(co.folder, "git", "clone", "--quiet", "--depth", "1", "--no-single-branch", "file://"+co.folder, shallow)
	co.in(shallow, "git", "checkout", "--quiet", "-b", "main", "origin/main")
	co.in(shallow, "git", "checkout", "--quiet", "change")
	co.folder = shallow
	shellScript(t, co, "main").expect(t, 2, map[string][]string{"stdout": {`!.`}, "stderr": {`= the clone is shallow: git fetch --unshallow$`}})
	co.in(shallow, "git", "fetch", "--quiet", "--unshallow")
	shellScript(t, co, "main").expect(t, 0, nil)
	shellScript(t, co, "nowhere").expect(t, 2, map[string][]string{"stderr": {`= git fetch gets the branch$`}})
}

// engineStub stands in for every engine of docs/records.md: it reads a query and prints the
// table that the query's first line names.
const engineStub = `#!/bin/sh
for argument; do file=$argument; done
case $(basename "$0") in
spark-sql) query=$(cat "$file") ;;
sqlcmd) query=$(cat life-table.sql) ;;
*) query=$(cat) ;;
esac
case $query in
*'churncost sql life-table:'*) echo tenure,at_risk,lost; echo 1,1000,131; echo 2,869,126; echo 3,743,90 ;;
*'churncost sql tiers:'*) echo bucket,customers,spend,lost; echo 212,1000,7900000,131 ;;
*'churncost sql win-back:'*) echo months_gone,returned,still_gone; echo 1,12,30; echo 4,15,60 ;;
*) echo "no query of churncost: $query" >&2; exit 3 ;;
esac
`

// The commands of docs/records.md are run as they stand there, with engines that only look at
// the query. The queries themselves run on real engines in package query.
func TestTheCommandsOfTheRecordsPageWork(t *testing.T) {
	program := build(t)
	folder := t.TempDir()
	bin := filepath.Join(folder, "bin")
	if err := os.Mkdir(bin, 0o777); err != nil {
		t.Fatal(err)
	}
	stubs := []string{"duckdb", "clickhouse-client", "psql", "sqlite3", "bq", "snow", "spark-sql", "sqlcmd", "mysql"}
	for _, name := range stubs {
		if err := os.WriteFile(filepath.Join(bin, name), []byte(engineStub), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	ran := 0
	for _, commands := range fences(read(t, "docs/records.md"), "sh") {
		cmd := exec.Command("bash", "-euo", "pipefail", "-c", commands)
		cmd.Dir, cmd.Env = folder, append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+filepath.Dir(program)+string(os.PathListSeparator)+os.Getenv("PATH"))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s\nends with %v and prints\n%s", commands, err, out)
		}
		ran += strings.Count(commands, "churncost ")
	}
	if ran < len(stubs) {
		t.Errorf("%d commands were run, want one for each of %d engines", ran, len(stubs))
	}
	scenario, err := os.ReadFile(filepath.Join(folder, "mine.yaml"))
	if err != nil || !bytes.Contains(scenario, []byte("at_risk:")) {
		t.Errorf("the commands leave the scenario %q (%v), want one with the counts of the life table", scenario, err)
	}
}
