package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/cmd"
)

// docs is where the pages lie, seen from here.
const docs = "../../../docs"

const remedy = "go run ./cmd/internal/reference writes it anew"

func TestThePagesInDocsSayWhatTheCommandsSayNow(t *testing.T) {
	for name, want := range files() {
		got, err := os.ReadFile(filepath.Join(docs, name))
		if err != nil {
			t.Errorf("%v; %s", err, remedy)
			continue
		}
		if line, was, is := difference(string(got), want); line > 0 {
			t.Errorf("docs/%s:%d: the page says\n%s\nand the commands say\n%s\n%s", name, line, was, is, remedy)
		}
	}
}

// difference finds the first line in which two texts differ.
func difference(got, want string) (line int, was, is string) {
	if got == want {
		return 0, "", ""
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for line < len(g) && line < len(w) && g[line] == w[line] {
		line++
	}
	return line + 1, strings.Join(g[line:min(line+1, len(g))], ""), strings.Join(w[line:min(line+1, len(w))], "")
}

func TestThereIsNoPageOfACommandThatIsNoMore(t *testing.T) {
	pages, err := filepath.Glob(docs + "/man/*")
	if err != nil || len(pages) == 0 {
		t.Fatalf("docs/man has %d pages (%v)", len(pages), err)
	}
	now := files()
	for _, page := range pages {
		if name := "man/" + filepath.Base(page); now[name] == "" {
			t.Errorf("docs/%s tells of no command; remove it", name)
		}
	}
}

// What --help prints comes from the program itself, by another way.
func TestWhatHelpListsStandsOnThePageOfTheCommand(t *testing.T) {
	named := regexp.MustCompile(`(?m)^ +(?:-\w, )?(--[a-z-]+)|^  ([a-z][a-z_]*(?:\.\w+)+)  |^  ([a-z]+) +\S`)
	looked := 0
	for _, line := range [][]string{{}, {"loss"}, {"tiers"}, {"compare"}, {"check"}, {"sources"}, {"completion"}, {"completion", "bash"}} {
		var help bytes.Buffer
		if status := cmd.Main(append(slices.Clone(line), "--help"), strings.NewReader(""), &help, &help); status != 0 {
			t.Fatalf("churncost %q --help: status %d\n%s", line, status, &help)
		}
		name := strings.Join(append([]string{"churncost"}, line...), " ")
		page := files()["man/"+dashed(name)+".1"]
		_, section, found := strings.Cut(files()["reference.md"], "\n## "+name+"\n")
		if !found {
			t.Fatalf("docs/reference.md has no heading %s", name)
		}
		section, _, _ = strings.Cut(section, "\n## ")
		for _, match := range named.FindAllStringSubmatch(help.String(), -1) {
			word := match[1] + match[2] + match[3]
			if word == "help" || word == "churncost" {
				continue // the command help, and examples
			}
			looked++
			if !strings.Contains(section, word) {
				t.Errorf("%s --help lists %s, which its section of docs/reference.md lacks", name, word)
			}
			if typed := strings.ReplaceAll(word, "-", `\-`); !strings.Contains(page, typed) {
				t.Errorf("%s --help lists %s, which its page of the manual lacks", name, word)
			}
		}
	}
	if looked < 80 {
		t.Errorf("only %d words of help were looked for", looked)
	}
}

func TestAManualPageHasNoDate(t *testing.T) {
	for name, text := range files() {
		if head, _, _ := strings.Cut(text, "\n"); strings.HasSuffix(name, ".1") && !strings.Contains(head, ` 1 "" churncost `) {
			t.Errorf("docs/%s begins with %q, want section 1 and no date", name, head)
		}
	}
}

func TestManReadsThePagesWithoutAWarning(t *testing.T) {
	groff, err := exec.LookPath("groff")
	if err != nil {
		t.Skip("groff, which man calls, is not on this machine")
	}
	for name, text := range files() {
		if !strings.HasSuffix(name, ".1") {
			continue
		}
		groff := exec.Command(groff, "-man", "-Kutf8", "-Tutf8", "-ww", "-z")
		groff.Stdin = strings.NewReader(text)
		if out, err := groff.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%q < docs/%s: %v\n%s", groff.Args, name, err, out)
		}
	}
}

func TestTextIsNeverReadAsAnInstruction(t *testing.T) {
	for text, want := range map[string]string{
		"one\n.SH two":   "one\n" + `\&.SH two`,
		"'quoted'":       `\&'quoted'`,
		`C:\n`:           `C:\en`,
		"--set -5pp":     `\-\-set \-5pp`,
		"a dot. and so":  "a dot. and so",
		"[11, 5] 半棵生菜 −": "[11, 5] 半棵生菜 −",
	} {
		if got := roff(text); got != want {
			t.Errorf("roff(%q) = %q, want %q", text, got, want)
		}
	}
	if got, want := cell("FILE|FOLDER"), `FILE\|FOLDER`; got != want {
		t.Errorf("cell(FILE|FOLDER) = %q, want %q", got, want)
	}
}

func TestIndentedLinesOfAHelpTextAreExamples(t *testing.T) {
	text := "One.\nMore.\n\n  churncost a\n    deeper\n\nTwo:\n\tchurncost b\nThree.\n"
	want := []paragraph{{"One.\nMore.", false}, {"churncost a\n  deeper", true}, {"Two:", false}, {"churncost b", true}, {"Three.", false}}
	if got := paragraphs(text); !slices.Equal(got, want) {
		t.Errorf("paragraphs(%q) = %+v, want %+v", text, got, want)
	}
}
