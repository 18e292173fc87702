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

// docs is the folder of the pages.
const docs = "../../../docs"

const remedy = "go run ./cmd/internal/reference writes it again"

// written returns the pages that the generator writes now.
func written(t *testing.T) map[string]string {
	t.Helper()
	pages, err := files()
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

func TestThePagesInDocsSayWhatTheCommandsSayNow(t *testing.T) {
	for name, want := range written(t) {
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

func TestThereIsNoPageOfARemovedCommand(t *testing.T) {
	pages, err := filepath.Glob(docs + "/man/*")
	if err != nil || len(pages) == 0 {
		t.Fatalf("docs/man has %d pages (%v)", len(pages), err)
	}
	now := written(t)
	for _, page := range pages {
		if name := "man/" + filepath.Base(page); now[name] == "" {
			t.Errorf("docs/%s belongs to no command; remove it", name)
		}
	}
}

// --help comes from the program, not from the generator.
func TestEverythingInHelpIsOnThePageOfTheCommand(t *testing.T) {
	named := regexp.MustCompile(`(?m)^ +(?:-\w, )?(--[a-z-]+)|^  ([a-z][a-z_]*(?:\.\w+)+)  |^  ([a-z]+) +\S`)
	pages := written(t)
	looked := 0
	for _, line := range [][]string{{}, {"loss"}, {"tiers"}, {"compare"}, {"check"}, {"sources"}, {"completion"}, {"completion", "bash"}} {
		var help bytes.Buffer
		if status := cmd.Main(append(slices.Clone(line), "--help"), strings.NewReader(""), &help, &help); status != 0 {
			t.Fatalf("churncost %q --help: status %d\n%s", line, status, &help)
		}
		name := strings.Join(append([]string{"churncost"}, line...), " ")
		page := pages["man/"+strings.ReplaceAll(name, " ", "-")+".1"]
		_, section, found := strings.Cut(pages["reference.md"], "\n## "+name+"\n")
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
	for name, text := range written(t) {
		if head, _, _ := strings.Cut(strings.TrimPrefix(text, ".nh\n"), "\n"); strings.HasSuffix(name, ".1") && !strings.Contains(head, ` "1" "" "churncost" `) {
			t.Errorf("docs/%s begins with %q, want section 1 and no date", name, head)
		}
	}
}

func TestManReadsThePagesWithoutAWarning(t *testing.T) {
	groff, err := exec.LookPath("groff")
	if err != nil {
		t.Skip("groff, which man needs, is not installed")
	}
	for name, text := range written(t) {
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

// cobra/doc alone would show the default as the value, and break lines with a tab.
func TestAManualPageShowsTheValueOfAFlagAndItsDefault(t *testing.T) {
	page := written(t)["man/churncost-check.1"]
	for _, want := range []string{
		".TP\n" + `\fB\-\-base\fP=FILE|FOLDER` + "\n\\&FILE|FOLDER that ",
		".TP\n" + `\fB\-f\fP, \fB\-\-format\fP=format` + "\n\\&table, json, ",
		".TP\n" + `\fB\-h\fP, \fB\-\-help\fP` + "\n\\&help for check\n",
		".TP\n" + `\fB\-\-strict\fP` + "\n\\&refuse ",
		".TP\n" + `\fB\-\-trials\fP=TRIALS` + "\n\\&how many TRIALS to draw (default 100000)\n",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("docs/man/churncost-check.1 has no\n%s\n%s", want, page)
		}
	}
}

func TestIndentedLinesOfAHelpTextAreCodeBlocks(t *testing.T) {
	help := "One.\nMore.\n\n  churncost a\n    deeper\n\nTwo:\n\n\tchurncost b\n"
	want := "One.\nMore.\n\n    churncost a\n      deeper\n\nTwo:\n\n\tchurncost b\n"
	if got := markdown(help); got != want {
		t.Errorf("markdown(%q) = %q, want %q", help, got, want)
	}
}
