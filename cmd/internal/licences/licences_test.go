package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const root = "../../.."

// heading matches the name and version of a module above its licence.
var heading = regexp.MustCompile(`(?m)^={80}\n(\S+) (v\S+): \S+\n={80}\n\n.`)

func TestTheFileHasTheLicencesOfExactlyTheModulesThatAreLinked(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	var got []module
	for _, m := range heading.FindAllStringSubmatch(string(text), -1) {
		if m := (module{m[1], m[2]}); !slices.Contains(got, m) {
			got = append(got, m)
		}
	}
	want, err := linked(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(want) < 5 || !slices.ContainsFunc(want, func(m module) bool { return m.path == "github.com/inconshreveable/mousetrap" }) { // cobra's, on Windows only
		t.Errorf("linked lists %v, want more, and what Windows needs", want)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s names\n%v\nand linked are\n%v\ngo run ./cmd/internal/licences writes it again", file, got, want)
	}
	for _, m := range want {
		if strings.Contains(m.path, "md2man") || strings.Contains(m.path, "rogpeppe") {
			t.Errorf("%v is for the generator or tests, and must not be linked", m)
		}
	}
}

func TestAModuleWithoutALicenceIsAnError(t *testing.T) {
	var b strings.Builder
	if err := add(&b, "x v1", t.TempDir()); err == nil {
		t.Errorf("a folder without a licence gives %q and no error", b.String())
	}
}
