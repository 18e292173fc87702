// Package churncost_test tests the pages at the top of the repository: the sessions,
// files, functions and links in them.
package churncost_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/churncost/churncost/cmd"
	"github.com/churncost/churncost/scenarios"
)

var update = flag.Bool("update", false, "write the current output of the sessions into the pages")

func TestTheSessionsOfTheReadmePrintWhatItShows(t *testing.T) {
	tryPage(t, "README.md", "")
}

// CONTRIBUTING.md adds a calculator, in Go and in one line of the catalog. The test uses
// an overlay, so that the checkout does not change.
func TestAddingACalculatorTakesOnePackageAndOneLineAsShown(t *testing.T) {
	page := read(t, "CONTRIBUTING.md")
	const catalog, figures = "calc/catalog/catalog.go", "calc/evidence/evidence.go"
	files := map[string]string{catalog: read(t, catalog), figures: read(t, figures)}
	packages, lines := 0, 0
	for _, source := range fences(page, "go") {
		name := regexp.MustCompile(`(?m)^package (\w+)$`).FindStringSubmatch(source)
		switch {
		case name == nil:
			lines++
			files[catalog] = replaceOnce(t, files[catalog], "return []calc.Calculator{\n", "return []calc.Calculator{\n"+source)
		case name[1] == "evidence":
			files["calc/evidence/contacts.go"] = source
			files[figures] = replaceOnce(t, files[figures], "slices.Concat(", "slices.Concat(contacts, ")
		default:
			packages++
			files["calc/"+name[1]+"/"+name[1]+".go"] = source
			files[catalog] = replaceOnce(t, files[catalog], "import (\n", "import (\n\t\"github.com/churncost/churncost/calc/"+name[1]+"\"\n")
		}
	}
	if packages != 2 || lines != 2 {
		t.Fatalf("CONTRIBUTING.md adds %d packages and %d lines of the catalog, want 2 of each", packages, lines)
	}
	program := filepath.Join(t.TempDir(), "churncost")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-overlay", overlay(t, files), "-o", program, "./cmd/churncost").CombinedOutput(); err != nil {
		t.Fatalf("go build with the calculators that CONTRIBUTING.md adds: %v\n%s", err, out)
	}
	tryPage(t, "CONTRIBUTING.md", program)
}

// CONTRIBUTING.md refers to the code as `Name` in `some/file.go`.
func TestFunctionsAreWhereTheContributingPageSaysTheyAre(t *testing.T) {
	page := strings.Join(strings.Fields(read(t, "CONTRIBUTING.md")), " ")
	found := regexp.MustCompile("`(\\w+)` in `([\\w/.-]+\\.go)`").FindAllStringSubmatch(page, -1)
	if len(found) < 10 {
		t.Fatalf("CONTRIBUTING.md names %d functions in files, want one at least for each of its ten steps", len(found))
	}
	for _, match := range found {
		name, file := match[1], match[2]
		source, err := os.ReadFile(file)
		if err != nil {
			t.Errorf("`%s` in `%s`: %v", name, file, err)
			continue
		}
		if !regexp.MustCompile(`(?m)^func (\([^)]*\) )?` + name + `[\[(]`).Match(source) {
			t.Errorf("`%s` in `%s`: the file has no such function", name, file)
		}
	}
}

func TestTheLinksOfThePagesWork(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:\s]+)(#[^)\s]*)?\)`)
	for _, page := range []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md"} {
		for _, match := range link.FindAllStringSubmatch(read(t, page), -1) {
			if _, err := os.Stat(match[1]); err != nil {
				t.Errorf("%s links to %s: %v", page, match[1], err)
			}
		}
	}
}

func TestThePagesMentionOnlyExistingCommands(t *testing.T) {
	var help bytes.Buffer
	if status := cmd.Main([]string{"--help"}, strings.NewReader(""), &help, &help); status != 0 {
		t.Fatalf("churncost --help: status %d, want 0\n%s", status, &help)
	}
	named := regexp.MustCompile("`churncost ([a-z]+)")
	for _, page := range []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md"} {
		for _, match := range named.FindAllStringSubmatch(read(t, page), -1) {
			if !regexp.MustCompile(`(?m)^  ` + match[1] + ` +\S`).Match(help.Bytes()) {
				t.Errorf("%s speaks of churncost %s, which help does not list:\n%s", page, match[1], &help)
			}
		}
	}
}

func TestBuiltInScenariosArePrintedByteForByte(t *testing.T) {
	files, err := filepath.Glob("scenarios/builtin/*.yaml")
	if err != nil || len(files) != len(scenarios.Names()) {
		t.Fatalf("%d files in scenarios/builtin and %d built-in scenarios (%v), want as many", len(files), len(scenarios.Names()), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		var stdout, stderr bytes.Buffer
		status := cmd.Main([]string{"scenarios", name}, strings.NewReader(""), &stdout, &stderr)
		if want := read(t, file); stdout.String() != want || status != 0 {
			t.Errorf("churncost scenarios %s: status %d, %d bytes, want status 0 and the %d bytes of %s\n%s", name, status, stdout.Len(), len(want), file, &stderr)
		}
	}
}

// tryPage runs the sessions of a page in a new folder, with the given program or, without
// one, in this process.
func tryPage(t *testing.T, name, program string) {
	t.Helper()
	page := read(t, name)
	place, err := filepath.Abs(name)
	if err != nil {
		t.Fatal(err)
	}
	shell := &shell{t: t, folder: t.TempDir(), program: program}
	t.Chdir(shell.folder)
	now := shell.page(name, page)
	if shell.commands == 0 {
		t.Errorf("%s has no console session: nothing was tried", name)
	}
	if *update && now != page {
		if err := os.WriteFile(place, []byte(now), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// A shell runs the sessions of a page, one after the other, in one folder. It knows the
// commands that the pages need and refuses all others:
//
//	churncost ARGUMENTS [> FILE]
//	go run ./cmd/churncost ARGUMENTS [> FILE]
//	cat FILE
//	echo $?
type shell struct {
	t        *testing.T
	folder   string
	program  string // a file to run; empty for this process
	status   int    // of the last command
	commands int
}

// page runs the console sessions of a page. It first writes each block with the name of a
// file into that file: a YAML block has it in a comment, any other behind its language. It
// returns the page with the current output of the commands.
func (s *shell) page(name, text string) string {
	var now strings.Builder
	lines := strings.SplitAfter(text, "\n")
	for i := 0; i < len(lines); i++ {
		now.WriteString(lines[i])
		opening, opens := strings.CutPrefix(strings.TrimSpace(lines[i]), "```")
		if !opens {
			continue
		}
		begin := i + 1
		for i++; i < len(lines) && strings.TrimSpace(lines[i]) != "```"; i++ {
		}
		if i == len(lines) {
			s.t.Fatalf("%s:%d: this block has no end", name, begin)
		}
		block := lines[begin:i]
		language, file, _ := strings.Cut(opening, " ")
		switch file = cmp.Or(file, fileName(block)); {
		case language == "console":
			s.session(&now, name, begin, block)
			now.WriteString(lines[i])
			continue
		case file != "":
			if err := os.WriteFile(filepath.Join(s.folder, file), []byte(strings.Join(block, "")), 0o666); err != nil {
				s.t.Fatal(err)
			}
		}
		now.WriteString(strings.Join(block, "") + lines[i])
	}
	return now.String()
}

// fileName returns the name in a block's first line, such as "# mine.yaml".
func fileName(block []string) string {
	if len(block) > 0 {
		if match := regexp.MustCompile(`^# ([\w-]+\.yaml)\n$`).FindStringSubmatch(block[0]); match != nil {
			return match[1]
		}
	}
	return ""
}

// session runs the commands of one block and compares what each prints.
func (s *shell) session(now *strings.Builder, page string, begin int, block []string) {
	for i := 0; i < len(block); {
		command, is := strings.CutPrefix(block[i], "$ ")
		if !is {
			s.t.Fatalf("%s:%d: a session begins with \"$ \", and this line does not: %s", page, begin+i+1, block[i])
		}
		at := begin + i + 1
		var printed strings.Builder
		for i++; i < len(block) && !strings.HasPrefix(block[i], "$ "); i++ {
			printed.WriteString(block[i])
		}
		command = strings.TrimSuffix(command, "\n")
		got, want := s.run(page, at, command), printed.String()
		now.WriteString("$ " + command + "\n" + got)
		if got != want && !*update {
			s.t.Errorf("%s:%d: $ %s\ngot:\n%s\nwant:\n%s", page, at, command, got, want)
		}
	}
}

// run runs one command and returns what a terminal would show.
func (s *shell) run(page string, line int, command string) string {
	s.commands++
	refuse := func(why string) { s.t.Fatalf("%s:%d: $ %s: %s", page, line, command, why) }
	if command == "echo $?" {
		return fmt.Sprintln(s.status)
	}
	words, err := split(command)
	if err != nil {
		refuse(err.Error())
	}
	var screen bytes.Buffer
	stdout := io.Writer(&screen)
	if n := len(words); n > 2 && words[n-2] == ">" {
		file, err := os.Create(filepath.Join(s.folder, words[n-1]))
		if err != nil {
			refuse(err.Error())
		}
		defer file.Close()
		stdout, words = file, words[:n-2]
	}
	switch joined := strings.Join(words, " "); {
	case words[0] == "cat" && len(words) == 2:
		data, err := os.ReadFile(filepath.Join(s.folder, words[1]))
		if err != nil {
			refuse(err.Error())
		}
		s.status = 0
		return string(data)
	case words[0] == "churncost":
		words = words[1:]
	case strings.HasPrefix(joined, "go run ./cmd/churncost"):
		words = words[3:]
	default:
		refuse("only churncost, go run ./cmd/churncost, cat and echo $? can be tried here")
	}
	if s.program == "" {
		s.status = cmd.Main(words, strings.NewReader(""), stdout, &screen)
		return screen.String()
	}
	program := exec.Command(s.program, words...)
	program.Stdout, program.Stderr = stdout, &screen
	if err := program.Run(); program.ProcessState == nil {
		refuse(err.Error())
	}
	s.status = program.ProcessState.ExitCode()
	return screen.String()
}

// split splits a command at its spaces. Quotes keep words together. It refuses syntax
// that only a real shell understands.
func split(command string) (words []string, err error) {
	var word strings.Builder
	quote, open := rune(0), false
	for _, r := range command + " " {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, open = r, true
		case strings.ContainsRune("|&;<$*?`\\(){}[]", r):
			return nil, fmt.Errorf("%q outside quotes is not understood here", r)
		case r != ' ':
			word.WriteRune(r)
			open = true
		case open:
			words = append(words, word.String())
			word.Reset()
			open = false
		}
	}
	if quote != 0 || len(words) == 0 {
		return nil, fmt.Errorf("no command, or a quote that does not end")
	}
	return words, nil
}

// fences returns the blocks of a page in one language.
func fences(page, language string) []string {
	var blocks []string
	for _, match := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(page, -1) {
		blocks = append(blocks, match[1])
	}
	return blocks
}

// overlay writes files that replace those of the checkout for the go command, and the
// list of them.
func overlay(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	replace := map[string]string{}
	for name, text := range files {
		path, err := filepath.Abs(name)
		if err != nil {
			t.Fatal(err)
		}
		replace[path] = filepath.Join(folder, fmt.Sprintf("%d.go", len(replace)))
		if err := os.WriteFile(replace[path], []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(folder, "overlay.json")
	if err := os.WriteFile(name, list, 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

func replaceOnce(t *testing.T, text, old, to string) string {
	t.Helper()
	if n := strings.Count(text, old); n != 1 {
		t.Fatalf("%q is there %d times, want once", old, n)
	}
	return strings.Replace(text, old, to, 1)
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
