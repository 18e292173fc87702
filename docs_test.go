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

// build builds churncost from this checkout. It skips the test if a program that the
// workflows need is missing.
func build(t *testing.T) string {
	t.Helper()
	for _, program := range []string{"git", "bash"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not on this machine", program)
		}
	}
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
	script := fmt.Sprintf(`#!/bin/sh
[ "$*" = "%s" ] || { echo "go $* is not expected here" >&2; exit 3; }
cp '%s' '%s/churncost'
`, install, program, co.bin)
	if err := os.WriteFile(filepath.Join(co.bin, "go"), []byte(script), 0o777); err != nil {
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

// githubWorkflow has the keys of a workflow that the test understands. Other keys are an
// error, so that no step is silently left out.
type githubWorkflow struct {
	Name        string
	On          string
	Permissions map[string]string
	Defaults    struct{ Run struct{ Shell string } }
	Jobs        map[string]struct {
		RunsOn string `yaml:"runs-on"`
		Steps  []struct {
			Name string
			Uses string
			With map[string]string
			Run  string
		}
	}
}

// github runs the workflow as GitHub does: on a merge of the change into the base, with a
// shell and a summary for each step.
func github(t *testing.T, program string, c change) ran {
	t.Helper()
	var workflow githubWorkflow
	decodeStrictly(t, "docs/workflows/github-actions.yml", &workflow)
	if len(workflow.Jobs) != 1 || workflow.On != "pull_request" || workflow.Defaults.Run.Shell != "bash" {
		t.Fatalf("this test expects another workflow: %+v", workflow)
	}
	co := newCheckout(t, program, c)
	co.in(co.folder, "git", "checkout", "--quiet", "--detach")
	co.in(co.folder, "git", "merge", "--quiet", "--no-edit", "origin/main")
	runner := filepath.Join(filepath.Dir(co.folder), "runner")
	var all ran
	var actions []string
	for _, job := range workflow.Jobs {
		for i, step := range job.Steps {
			switch {
			case step.Uses != "" && step.Run == "":
				actions = append(actions, step.Uses)
				continue
			case step.Run == "" || strings.Contains(step.Run, "${{"):
				t.Fatalf("step %d, %q, cannot be run here: it has no command, or an expression that only GitHub knows", i+1, step.Name)
			case all.status != 0:
				continue // as GitHub does after a step that failed
			}
			summary := filepath.Join(runner, fmt.Sprintf("summary-%d", i))
			if err := os.WriteFile(summary, nil, 0o666); err != nil {
				t.Fatal(err)
			}
			stdout, stderr, status := co.bash(step.Run, "RUNNER_TEMP="+runner, "GITHUB_BASE_REF=main", "GITHUB_STEP_SUMMARY="+summary)
			written, err := os.ReadFile(summary)
			if err != nil {
				t.Fatal(err)
			}
			all = ran{all.stdout + stdout, all.stderr + stderr, all.report + string(written), status}
		}
	}
	// The results of the actions are there already: the checkout with its base branch,
	// and go.
	if want := []string{"actions/checkout@v4", "actions/setup-go@v5"}; !slices.Equal(actions, want) {
		t.Errorf("the workflow uses the actions %q, want %q", actions, want)
	}
	return all
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
			When    string
			Reports map[string]string
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
func shellScript(t *testing.T, program string, c change) ran {
	t.Helper()
	co := newCheckout(t, program, c)
	co.in(co.folder, append([]string{filepath.Join(co.bin, "go")}, strings.Fields(install)...)...)
	script, err := filepath.Abs("docs/workflows/check.sh")
	if err != nil {
		t.Fatal(err)
	}
	stdout, stderr, status := co.run(nil, script)
	if trees := co.in(co.folder, "git", "worktree", "list"); strings.Count(trees, "\n") != 1 {
		t.Errorf("check.sh leaves a work tree behind:\n%s", trees)
	}
	if second, _, again := co.run(nil, script, "origin/main"); second != stdout || again != status {
		t.Errorf("check.sh origin/main: status %d\n%s\nwant as without an argument, status %d\n%s", again, second, status, stdout)
	}
	return ran{stdout, stderr, "", status}
}

func TestTheGitHubWorkflowShowsAndJudgesAChange(t *testing.T) {
	program := build(t)
	for _, c := range []struct {
		change
		where map[string][]string
	}{
		{within, map[string][]string{
			"stdout": {`^all 4 gates hold$`, `!^::`},
			"report": {`^### scenarios/café corner\.yaml$`, `^\*\*loss\.total goes from \$26,000 \(before\) to \$26,520 \(after\): \+\$520, \+2\.0%\*\*$`, `customer\.spend \| 50 per week \| 51 per week \| \+\$520`, `^\*\*all 4 gates hold\*\*$`, `!lettuce\.yaml$`},
		}},
		{beyond, map[string][]string{
			"stdout": {`^::error file=scenarios/café corner\.yaml,line=8,col=5,title=churncost::scenarios/café corner\.yaml: lifetime\.loss\.change <= 5%25: 20%25 is over by 15%25`, `^1 of 4 gates fail$`},
			"report": {`^\*\*loss\.total goes from \$26,000 \(before\) to \$31,200 \(after\): \+\$5,200, \+20\.0%\*\*$`, `^\*\*1 of 4 gates fail\*\*$`, `^\| FAIL \| scenarios/café corner\.yaml \|`},
		}},
		{fresh, map[string][]string{
			"stdout": {`^::notice file=scenarios/new one\.yaml,line=8,col=5,.*: new, without a baseline$`, `!^::error`},
			"report": {`!^###`, `\| new \| scenarios/new one\.yaml \|`},
		}},
		{broken, map[string][]string{
			"stdout": {`^::error file=scenarios/café corner\.yaml,line=4,col=3,title=churncost::unknown key "customer\.spnd" \(did you mean spend\?\)$`},
			"stderr": {`^scenarios/café corner\.yaml:4:3: error: unknown key "customer\.spnd"$`},
			"report": {`^### scenarios/café corner\.yaml$`, `^It cannot be compared; the log of this step says why\.$`, `!gates`},
		}},
	} {
		t.Run(c.claim, func(t *testing.T) { github(t, program, c.change).expect(t, c.status, c.where) })
	}
}

func TestTheGitLabJobShowsAndJudgesAChange(t *testing.T) {
	program := build(t)
	for _, c := range []struct {
		change
		where map[string][]string
	}{
		{within, map[string][]string{
			"stdout": {`^== scenarios/café corner\.yaml$`, `^loss\.total goes from \$26,000 \(before\) to \$26,520 \(after\): \+\$520, \+2\.0%$`, `^all 4 gates hold$`, `!^== .*lettuce`},
			"report": {`<testsuite name="scenarios/café corner\.yaml" .* tests="2" failures="0" errors="0" time="0">`},
		}},
		{beyond, map[string][]string{
			"stdout": {`^loss\.total goes from \$26,000 \(before\) to \$31,200 \(after\): \+\$5,200, \+20\.0%$`, `^1 of 4 gates fail$`},
			"report": {`<testsuite name="scenarios/café corner\.yaml" .* tests="2" failures="1" errors="0" time="0">`, `type="gate">scenarios/café corner\.yaml:8</failure>`},
		}},
		{fresh, map[string][]string{
			"stdout": {`!^==`, `1 is new, without a baseline`},
			"report": {`<testsuite name="scenarios/new one\.yaml" .* tests="2" failures="0" errors="0" skipped="1" time="0">`},
		}},
		{broken, map[string][]string{
			"stdout": {`^== scenarios/café corner\.yaml$`, `^It cannot be compared\.$`, `!gates`},
			"stderr": {`^scenarios/café corner\.yaml:4:3: error: unknown key "customer\.spnd"$`},
			"report": {`<error message="unknown key &#34;customer\.spnd&#34; \(did you mean spend\?\)" type="error">scenarios/café corner\.yaml:4:3</error>`},
		}},
	} {
		t.Run(c.claim, func(t *testing.T) {
			co := newCheckout(t, program, c.change)
			gitlab(t, co, "CI_MERGE_REQUEST_DIFF_BASE_SHA="+co.began).expect(t, c.status, c.where)
		})
	}
}

// Like GitHub, GitLab may also run on a merge of the change into its target.
func TestTheGitLabJobComparesAMergedResultWithItsTarget(t *testing.T) {
	co := newCheckout(t, build(t), within)
	co.in(co.folder, "git", "merge", "--quiet", "--no-edit", "origin/main")
	target := strings.TrimSpace(co.in(co.folder, "git", "rev-parse", "origin/main"))
	gitlab(t, co, "CI_MERGE_REQUEST_DIFF_BASE_SHA="+co.began, "CI_MERGE_REQUEST_TARGET_BRANCH_SHA="+target).
		expect(t, 0, map[string][]string{"stdout": {`^== scenarios/café corner\.yaml$`, `!^== .*lettuce`, `^all 4 gates hold$`}})
}

func TestTheShellScriptShowsAndJudgesAChange(t *testing.T) {
	program := build(t)
	for _, c := range []struct {
		change
		where map[string][]string
	}{
		{within, map[string][]string{"stdout": {`^== scenarios/café corner\.yaml$`, `^loss\.total goes from \$26,000 \(before\) to \$26,520 \(after\): \+\$520, \+2\.0%$`, `^all 4 gates hold$`, `!^== .*lettuce`}, "stderr": {`!.`}}},
		{beyond, map[string][]string{"stdout": {`^loss\.total goes from \$26,000 \(before\) to \$31,200 \(after\): \+\$5,200, \+20\.0%$`, `^1 of 4 gates fail$`, `FAIL .*café corner\.yaml .*20% .*over by 15%`}}},
		{fresh, map[string][]string{"stdout": {`!^==`, `1 is new, without a baseline`}}},
		{broken, map[string][]string{"stdout": {`^It cannot be compared\.$`, `!gates`}, "stderr": {`^scenarios/café corner\.yaml:4:3: error: unknown key "customer\.spnd"$`}}},
	} {
		t.Run(c.claim, func(t *testing.T) { shellScript(t, program, c.change).expect(t, c.status, c.where) })
	}
}
