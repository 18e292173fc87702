package cmd

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A repository is a git repository with a branch main, and with the worktree of a pull
// request's base beside it.
type repository struct {
	t            *testing.T
	folder, base string
}

const (
	cheap  = "version: 1\ncustomer: {spend: 50 per week, years: 10}\ngates:\n  - loss.total <= 26000\n  - loss.total.change <= 5%\n"
	costly = "version: 1\ncustomer: {spend: 500 per week, years: 10}\ngates:\n  - loss.total <= 26000\n  - loss.total.change <= 5%\n"
)

// newRepository commits three scenarios to main, and checks it out as the base.
func newRepository(t *testing.T) *repository {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not on this machine")
	}
	top := t.TempDir()
	r := &repository{t, filepath.Join(top, "work"), filepath.Join(top, "base")}
	r.write("scenarios/shop.yaml", cheap)
	r.write("scenarios/other.yaml", strings.ReplaceAll(cheap, "50 per", "40 per"))
	r.write("scenarios/north/far.yaml", cheap)
	t.Chdir(r.folder)
	r.git("init", "--quiet", "--initial-branch=main")
	r.commit("the base")
	r.git("worktree", "add", "--quiet", "--detach", r.base, "main")
	r.git("checkout", "--quiet", "-b", "change")
	return r
}

func (r *repository) write(name, text string) {
	r.t.Helper()
	path := filepath.Join(r.folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		r.t.Fatal(err)
	}
}

// git runs git without the settings of the machine.
func (r *repository) git(args ...string) {
	r.t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false"}, args...)...)
	cmd.Dir = r.folder
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull)
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Fatalf("git %q: %v\n%s", args, err, out)
	}
}

func (r *repository) commit(message string) {
	r.t.Helper()
	r.git("add", "--all")
	r.git("commit", "--quiet", "--message", message)
}

// run runs churncost in the repository and logs what it says.
func (r *repository) run(args ...string) (status int, said string) {
	r.t.Helper()
	var stdout, stderr bytes.Buffer
	status = Main(args, strings.NewReader(""), &stdout, &stderr)
	said = stdout.String() + stderr.String()
	r.t.Logf("$ churncost %s\n%sstatus %d", strings.ReplaceAll(strings.Join(args, " "), filepath.Dir(r.base), ".."), said, status)
	return status, said
}

// Six ways to spend ten times as much in a pull request. Each fails, is refused, or is said
// and fails with --fail-on-unjudged. The log shows the check before and after the change. Of
// a list of files that the shell makes, check cannot know what is missing in it.
func TestNothingSlipsThroughAPullRequest(t *testing.T) {
	for _, way := range []struct {
		name   string
		change func(*repository)
		base   string // below the base; "" is its top
		status int    // of check scenarios --base, without --fail-on-unjudged
		says   string
	}{
		{"a subfolder", func(r *repository) {
			r.write("scenarios/north/my shop.yaml", costly)
		}, "", statusFailed, "│ scenarios/north/my shop.yaml │ loss.total <= 26000"},
		{"a renamed file", func(r *repository) {
			r.git("mv", "scenarios/shop.yaml", "scenarios/store.yaml")
			r.write("scenarios/store.yaml", strings.Replace(costly, "  - loss.total <= 26000\n", "", 1))
		}, "", statusOK, "1 scenario is new; 1 scenario was removed; 1 gate is new"},
		{"a loosened gate", func(r *repository) {
			r.write("scenarios/shop.yaml", strings.NewReplacer("26000", "260000", "5%", "900%").Replace(costly))
		}, "", statusOK, "2 gates were loosened"},
		{"a deleted gate", func(r *repository) {
			r.write("scenarios/shop.yaml", strings.Split(costly, "gates:")[0])
		}, "", statusOK, "1 scenario has no gates; 2 gates were removed"},
		{"a deleted scenario", func(r *repository) {
			r.git("rm", "--quiet", "scenarios/shop.yaml")
		}, "", statusOK, "1 scenario was removed"},
		{"the wrong base", func(r *repository) {
			r.write("scenarios/shop.yaml", strings.Replace(costly, "  - loss.total <= 26000\n", "", 1))
		}, "scenarios", statusInvalid, "the baseline holds scenarios, but none of these"},
	} {
		t.Run(way.name, func(t *testing.T) {
			r := newRepository(t)
			t.Log("before:")
			if status, said := r.run("check", "scenarios", "--base", r.base, "--fail-on-unjudged"); status != statusOK {
				t.Fatalf("the base itself ends with status %d\n%s", status, said)
			}
			way.change(r)
			r.commit("the change")
			t.Log("after:")
			base := filepath.Join(r.base, way.base)
			flagged := max(way.status, statusFailed)
			for _, one := range []struct {
				args []string
				want int
			}{
				{[]string{"check", "scenarios", "--base", base}, way.status},
				{[]string{"check", "scenarios", "--base", base, "--fail-on-unjudged"}, flagged},
				{[]string{"check", "scenarios/**/*.yaml", "--base", base, "--fail-on-unjudged"}, flagged},
			} {
				if status, said := r.run(one.args...); status != one.want || !strings.Contains(said, way.says) {
					t.Errorf("churncost %q = status %d, want %d, and that it says %q:\n%s", one.args, status, one.want, way.says, said)
				}
			}
			// The list of files that the shell makes is told of everything but the subfolder.
			listed, err := filepath.Glob("scenarios/*.yaml")
			if err != nil {
				t.Fatal(err)
			}
			status, _ := r.run(append([]string{"check", "--base", base, "--fail-on-unjudged"}, listed...)...)
			if passes := status == statusOK; passes != (way.name == "a subfolder") {
				t.Errorf("with the shell's list, %s ends with status %d", way.name, status)
			}
		})
	}
}

// More ways, each said and failing with --fail-on-unjudged, or refused.
func TestLessCommonWaysDoNotSlipThroughEither(t *testing.T) {
	for _, way := range []struct {
		name   string
		change func(*repository)
		flags  []string
		status int
		says   string
	}{
		{"a folder behind a link", func(r *repository) {
			r.git("mv", "scenarios/north", "elsewhere")
			r.write("elsewhere/far.yaml", costly)
			if err := os.Symlink("../elsewhere", "scenarios/north"); err != nil {
				r.t.Skip("this machine has no links")
			}
		}, nil, statusFailed, "and links to folders are not followed"},
		{"an extension in capitals", func(r *repository) {
			r.write("scenarios/new.YAML", costly)
		}, nil, statusFailed, "FAIL    │ scenarios/new.YAML"},
		{"another currency", func(r *repository) {
			r.write("scenarios/shop.yaml", strings.Replace(cheap, "version: 1", "version: 1\ncurrency: KWD", 1))
		}, nil, statusInvalid, "is in KWD"},
		{"another currency and no gate on a change", func(r *repository) {
			r.write("scenarios/shop.yaml", strings.NewReplacer("version: 1", "version: 1\ncurrency: KWD", "  - loss.total.change <= 5%\n", "").Replace(cheap))
		}, nil, statusFailed, "it was in USD, and the scenario is in KWD"},
		{"more is acknowledged", func(r *repository) {
			for _, name := range []string{"shop", "other", "north/far"} {
				r.write("scenarios/"+name+".yaml", strings.Replace(cheap, "version: 1", "version: 1\nacknowledge: [customer.spend, customer.years]", 1))
			}
		}, []string{"--strict"}, statusFailed, "6 weak figures are newly acknowledged"},
		{"the base is the change itself", func(r *repository) {
			r.write("scenarios/shop.yaml", costly)
		}, []string{"--base", "."}, statusInvalid, "the baseline is what is checked"},
	} {
		t.Run(way.name, func(t *testing.T) {
			r := newRepository(t)
			way.change(r)
			r.commit("the change")
			status, said := r.run(append([]string{"check", "scenarios", "--base", r.base, "--fail-on-unjudged"}, way.flags...)...)
			if status != way.status || !strings.Contains(said, way.says) {
				t.Errorf("status %d, want %d, and that it says %q:\n%s", status, way.status, way.says, said)
			}
		})
	}
}

// A change that spends no more passes with the flag.
func TestAnHonestPullRequestPasses(t *testing.T) {
	r := newRepository(t)
	r.write("scenarios/shop.yaml", strings.Replace(cheap, "50 per", "49 per", 1))
	r.commit("the change")
	if status, said := r.run("check", "scenarios", "--base", r.base, "--fail-on-unjudged"); status != statusOK {
		t.Errorf("status %d\n%s", status, said)
	}
}

// At most one hundred problems are told, gates included.
func TestAtMostOneHundredProblemsAreTold(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("mine.yaml", []byte("version: 1\ncustomer: {spend: 1 per year}\ngates:\n"+strings.Repeat("  - nonsense\n", 150)), 0o666); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	status := Main([]string{"check", "mine.yaml", "--format", "github"}, strings.NewReader(""), &stdout, &stderr)
	if told := strings.Count(stdout.String(), "::error"); status != statusInvalid || told != 101 || !strings.Contains(stderr.String(), fmt.Sprint(50, " more problems are not told")) {
		t.Errorf("of 150 problems %d are told, want 100 and one about 50 more; status %d\n%.300s", told, status, &stderr)
	}
}
