package churncost_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The tests run the steps of the other workflows and of the action, with programs in place
// of gh, curl and go that record what they are asked for.

// workflowFiles are the files that GitHub executes, here and with those who copied them.
func workflowFiles(t *testing.T) []string {
	t.Helper()
	files := []string{"action.yml"}
	for _, pattern := range []string{".github/workflows/*.yml", "docs/workflows/github-*.yml"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s has no files (%v)", pattern, err)
		}
		files = append(files, names...)
	}
	return files
}

func TestEveryActionIsPinnedByTheHashOfOneVersion(t *testing.T) {
	uses := regexp.MustCompile(`(?m)^\s*(?:- )?uses:(.*)$`)
	pinned := regexp.MustCompile(`^ ([\w.-]+/[\w./-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)$`)
	versions := map[string]string{}
	for _, file := range workflowFiles(t) {
		for _, use := range uses.FindAllStringSubmatch(read(t, file), -1) {
			pin := pinned.FindStringSubmatch(use[1])
			if pin == nil {
				t.Errorf("%s uses%s, want OWNER/NAME@HASH # vN.N.N", file, use[1])
				continue
			}
			if was := versions[pin[1]]; was != "" && was != pin[2] {
				t.Errorf("%s uses %s at %s, and another file at %s", file, pin[1], pin[2], was)
			}
			versions[pin[1]] = pin[2]
		}
	}
	if len(versions) < 4 {
		t.Errorf("only %d actions are found: %v", len(versions), versions)
	}
}

// A job without permissions would get those that the repository gives to all.
func TestEveryJobHasTheLeastRights(t *testing.T) {
	for file, want := range map[string]map[string]string{
		"docs/workflows/github-actions.yml": {"": "contents:read"},
		"docs/workflows/github-comment.yml": {"": "", "comment": "actions:read pull-requests:write"},
		".github/workflows/ci.yml":          {"": "contents:read"},
		".github/workflows/release.yml":     {"": "", "build": "contents:read", "publish": "actions:read attestations:write contents:write id-token:write"},
	} {
		var workflow githubWorkflow
		decodeStrictly(t, file, &workflow)
		if workflow.Permissions == nil {
			t.Errorf("%s does not limit the rights of its jobs", file)
		}
		got := map[string]string{"": rights(workflow.Permissions)}
		for name, job := range workflow.Jobs {
			if job.Permissions != nil {
				got[name] = rights(job.Permissions)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("the rights in %s are %v, want %v", file, got, want)
		}
	}
}

func rights(permissions map[string]string) string {
	return strings.TrimSuffix(strings.TrimPrefix(fmt.Sprint(permissions), "map["), "]") // in the order of the names
}

// gitHub is a gh that knows one run with its files, the pull requests of a branch and the
// comments on them. It records what it is asked for, and the comments written.
const gitHub = `#!/bin/bash
set -euo pipefail
printf '%s\n' "$*" >> "$TMPDIR/requests"
while [[ $# -gt 0 ]]; do
  case $1 in
  download) [[ -d $ARTIFACT ]] && cp -r "$ARTIFACT" churncost && exit ;;
  repos/*/pulls) answer=$PULLS ;;
  repos/*/comments) answer=$COMMENTS ;;
  --jq) expression=$2 ;;
  body=@*) cp "${1#body=@}" "$TMPDIR/written"; exit ;;
  esac
  shift
done
jq -r "$expression" <<<"$answer"
`

func TestTheCommentOnAPullRequestIsWrittenOnceAndThenUpdated(t *testing.T) {
	var workflow githubWorkflow
	decodeStrictly(t, "docs/workflows/github-comment.yml", &workflow)
	steps := workflow.steps(t)
	if job := workflow.Jobs["comment"]; len(steps) != 1 || !strings.Contains(job.If, "'pull_request'") {
		t.Fatalf("this test expects another workflow: %+v", workflow)
	}
	const (
		newest = `[{"number": 3, "head": {"sha": "abc"}}, {"number": 4, "head": {"sha": "older"}}]`
		ours   = `{"id": 8, "user": {"login": "github-actions[bot]"}, "body": "<!-- churncost -->\nold"}`
		other  = `{"id": 6, "user": {"login": "github-actions[bot]"}, "body": "Nice"}`
		theirs = `{"id": 7, "user": {"login": "mallory"}, "body": "<!-- churncost -->"}`
	)
	for _, c := range []struct {
		claim, pulls, comments string
		artifact               bool
		want                   string // the last request
		writes                 bool
	}{
		{"the first run writes a comment", newest, "[" + other + "]", true, `^api --silent repos/o/r/issues/3/comments -F `, true},
		{"the next one updates it", newest, "[" + theirs + "," + other + "," + ours + "]", true, `^api --silent --method PATCH repos/o/r/issues/comments/8 -F `, true},
		{"a comment of another user is left alone", newest, "[" + theirs + "]", true, `^api --silent repos/o/r/issues/3/comments -F `, true},
		{"an older commit gets no comment", `[{"number": 3, "head": {"sha": "newer"}}]`, "[]", true, `^api --method GET repos/o/r/pulls .*-f head=mallory:a branch`, false},
		{"a check that wrote nothing gets none", newest, "[]", false, `^run download 12 `, false},
	} {
		t.Run(c.claim, func(t *testing.T) {
			t.Parallel()
			co := newStubs(t, "jq")
			co.program("gh", gitHub)
			artifact := filepath.Join(co.folder, "artifact")
			if c.artifact {
				co.write(artifact, "changes.md", strings.Repeat("changed ", 10_000)+"\n\n")
				co.write(artifact, "gates.md", "gates\n")
			}
			_, stderr, status := co.bash(steps[0].Run, append(steps[0].environment(t, map[string]string{
				"GH_TOKEN": "secret", "GH_REPO": "o/r", "RUN": "12", "COMMIT": "abc", "BRANCH": "mallory:a branch"}),
				"RUNNER_TEMP="+co.folder, "ARTIFACT="+artifact, "PULLS="+c.pulls, "COMMENTS="+c.comments)...)
			if status != 0 {
				t.Errorf("status %d\n%s", status, stderr)
			}
			requests := strings.Split(strings.TrimSpace(read(t, filepath.Join(co.folder, "requests"))), "\n")
			if last := requests[len(requests)-1]; !regexp.MustCompile(c.want).MatchString(last) {
				t.Errorf("the last request is %q, want %s", last, c.want)
			}
			written, err := os.ReadFile(filepath.Join(co.folder, "written"))
			if c.writes != (err == nil) || c.writes && !strings.HasPrefix(string(written), "<!-- churncost -->\nchanged") || len(written) >= 65_536 {
				t.Errorf("the comment is %.40q of %d bytes (%v)", written, len(written), err)
			}
		})
	}
}

// newStubs makes a folder to run a step in. It skips the test if the programs are missing.
func newStubs(t *testing.T, programs ...string) *checkout {
	t.Helper()
	need(t, append(programs, "bash")...)
	co := &checkout{t: t, folder: t.TempDir(), bin: t.TempDir()}
	co.env = []string{"TMPDIR=" + co.folder, "HOME=" + co.folder, "PATH=" + co.bin + string(os.PathListSeparator) + os.Getenv("PATH")}
	return co
}

// A releases is a curl that fetches from one release, whatever its version.
const releases = `#!/bin/bash
url=${*: -1}
printf '%s\n' "$url" >> "$TMPDIR/requests"
while [[ $1 != --output ]]; do shift; done
cp "$TMPDIR/release/${url##*/}" "$2"
`

func TestTheActionInstallsAReleaseWhoseChecksumIsRightAndNoOther(t *testing.T) {
	var action struct {
		Name, Description string
		Branding          map[string]string
		Inputs            map[string]struct{ Description, Default string }
		Runs              struct {
			Using string
			Steps []githubStep
		}
	}
	decodeStrictly(t, "action.yml", &action)
	if len(action.Runs.Steps) != 1 || action.Runs.Using != "composite" || action.Runs.Steps[0].Shell != "bash" {
		t.Fatalf("this test expects another action: %+v", action)
	}
	step := action.Runs.Steps[0]
	const program = "#!/bin/sh\necho churncost v1.2.3\n"
	for _, c := range []struct {
		claim, version, sha256, tamper string
		status                         int
		want                           string // stdout
		requests                       int
	}{
		{"the checksum of the release", "v1.2.3", "", "", 0, `^churncost v1\.2\.3\n$`, 2},
		{"a version without its v", "1.2.3", "", "", 0, `^churncost v1\.2\.3\n$`, 2},
		{"a checksum that was given", "v1.2.3", "right", "", 0, `^churncost v1\.2\.3\n$`, 1},
		{"a checksum that is not the archive's", "v1.2.3", strings.Repeat("0", 64), "", 1, `^::error .* has the checksum [0-9a-f]{64} and not 0{64}\n$`, 1},
		{"an archive that was changed", "v1.2.3", "", "echo more >> release/*.tar.gz", 1, `^::error .* has the checksum`, 2},
		{"an archive that is not listed", "v1.2.3", "", "echo > release/checksums.txt", 1, `and not one in checksums\.txt\n$`, 2},
		{"without a version the action's commit is built", "", "", "", 0, `^built in source: build -trimpath -ldflags -s -w -o \S+/churncost-programs/ \./cmd/churncost\nchurncost v1\.2\.3\n$`, 0},
	} {
		t.Run(c.claim, func(t *testing.T) {
			t.Parallel()
			co := newStubs(t, "tar", "sha256sum")
			co.program("curl", releases)
			co.program("go", "#!/bin/bash\necho \"built in ${PWD##*/}: $*\"\ncp \"$TMPDIR/release/churncost_1.2.3_linux_arm64/churncost\" \"${@: -2:1}\"\n")
			co.write(co.folder, "source/action.yml", "")
			release := filepath.Join(co.folder, "release")
			co.write(release, "churncost_1.2.3_linux_arm64/churncost", program)
			co.in(release, "chmod", "+x", "churncost_1.2.3_linux_arm64/churncost")
			co.in(release, "tar", "-czf", "churncost_1.2.3_linux_arm64.tar.gz", "churncost_1.2.3_linux_arm64")
			sum := fmt.Sprintf("%x", sha256.Sum256([]byte(read(t, filepath.Join(release, "churncost_1.2.3_linux_arm64.tar.gz")))))
			co.write(release, "checksums.txt", strings.Repeat("1", 64)+"  churncost_1.2.3_linux_amd64.tar.gz\n"+sum+"  churncost_1.2.3_linux_arm64.tar.gz\n")
			if c.tamper != "" {
				co.in(co.folder, "bash", "-c", c.tamper)
			}
			given := strings.Replace(c.sha256, "right", sum, 1)
			path := filepath.Join(co.folder, "path")
			stdout, stderr, status := co.bash(step.Run, append(step.environment(t, map[string]string{"VERSION": c.version, "SHA256": given, "SOURCE": filepath.Join(co.folder, "source")}),
				"RUNNER_TEMP="+co.folder, "RUNNER_OS=Linux", "RUNNER_ARCH=ARM64", "GITHUB_PATH="+path)...)
			if status != c.status || !regexp.MustCompile(c.want).MatchString(stdout) {
				t.Errorf("status %d, want %d, and stdout %s\n%s%s", status, c.status, c.want, stdout, stderr)
			}
			added, err := os.ReadFile(path)
			if (err == nil) != (c.status == 0) || err == nil && string(added) != co.folder+"/churncost-programs\n" {
				t.Errorf("GITHUB_PATH holds %q (%v)", added, err)
			}
			requests, _ := os.ReadFile(filepath.Join(co.folder, "requests"))
			if n := strings.Count(string(requests), "https://github.com/churncost/churncost/releases/download/v1.2.3/"); n != c.requests {
				t.Errorf("%d files of the release are fetched, want %d:\n%s", n, c.requests, requests)
			}
		})
	}
}

// What is published is named in the step, so that a file that another step leaves in dist
// is not.
func TestTheReleasePublishesTheFilesWithChecksumsAndTheChangesOfTheVersion(t *testing.T) {
	var workflow githubWorkflow
	decodeStrictly(t, ".github/workflows/release.yml", &workflow)
	var choose githubStep
	for _, step := range workflow.Jobs["build"].Steps {
		if step.Name == "Choose what is published" {
			choose = step
		}
	}
	const changes = "# Changes\n\n## Unreleased\n\n## 1.2.3, 2026-05-01\n\n- It is new.\n\n## 1.2.30\n\n- not this\n\n## 1.2\n\n- nor this\n"
	for _, c := range []struct {
		claim, tag, changes string
		status              int
	}{
		{"a version with its changes", "v1.2.3", changes, 0},
		{"a version that CHANGELOG.md does not have", "v1.2.4", changes, 1},
	} {
		co := newStubs(t, "sha256sum", "awk")
		co.write(co.folder, "CHANGELOG.md", c.changes)
		var sums strings.Builder
		for _, name := range []string{"churncost_1.2.3_linux_amd64.tar.gz", "churncost_1.2.3_windows_amd64.zip", "churncost_1.2.3_linux_amd64.deb", "churncost_1.2.3_linux_amd64.rpm"} {
			co.write(co.folder, "dist/"+name, name)
			fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256([]byte(name)), name)
		}
		co.write(co.folder, "dist/checksums.txt", sums.String())
		co.write(co.folder, "dist/artifacts.json", "{}")
		stdout, stderr, status := co.bash(choose.Run, "GITHUB_REF_NAME="+c.tag)
		if status != c.status {
			t.Errorf("%s: status %d, want %d\n%s%s", c.claim, status, c.status, stdout, stderr)
		}
		if c.status != 0 {
			continue
		}
		if notes := read(t, filepath.Join(co.folder, "release/notes.md")); strings.TrimSpace(notes) != "- It is new." {
			t.Errorf("%s: the notes are %q", c.claim, notes)
		}
		files, err := filepath.Glob(filepath.Join(co.folder, "release/*"))
		if err != nil || len(files) != 6 {
			t.Errorf("%s: published are %q", c.claim, files)
		}
	}
}

// The release that .ci/run tries is made by the program that makes the real one.
func TestOneVersionOfGoReleaserIsNamed(t *testing.T) {
	name := regexp.MustCompile(`github\.com/goreleaser/goreleaser/v2@\S*\d`)
	var all []string
	for _, file := range []string{".ci/release", ".github/workflows/release.yml", ".goreleaser.yaml", "SECURITY.md"} {
		found := name.FindString(read(t, file))
		if found == "" {
			t.Errorf("%s does not name GoReleaser and its version", file)
		}
		all = append(all, found)
	}
	for _, found := range all {
		if found != all[0] {
			t.Errorf("several versions of GoReleaser are named: %q", all)
		}
	}
}
