package scenarios

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
)

// open opens a valid argument.
func open(t *testing.T, argument, stdin string) *Scenario {
	t.Helper()
	s, err := Open(argument, strings.NewReader(stdin), NewVocabulary(catalog.All()))
	if err != nil {
		t.Fatalf("Open(%q) is refused:\n%s", argument, retell(err))
	}
	return s
}

// refuseToOpen opens an argument that cannot be opened.
func refuseToOpen(t *testing.T, argument string, stdin io.Reader, wantName, want string) {
	t.Helper()
	_, err := Open(argument, stdin, sampleVocabulary())
	if err == nil {
		t.Fatalf("Open(%q) is accepted, want %s", argument, want)
	}
	if got := retell(err); got != want {
		t.Errorf("Open(%q) finds\n%swant\n%s", argument, got, want)
	}
	problems, _ := err.(calc.Problems)
	for _, p := range problems {
		if p.Place.Document == nil || p.Place.Document.Name != wantName {
			t.Errorf("Open(%q) finds a problem of %+v, want one of %s", argument, p.Place.Document, wantName)
		}
	}
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAnArgumentNamesABuiltInScenarioAFileOrStandardInput(t *testing.T) {
	const text = "version: 1\nname: Mine\n"
	path := write(t, "mine.yaml", text)
	short := write(t, "mine.yml", text)
	bare := write(t, "half-lettuce", text)
	for _, c := range []struct {
		argument    string
		source      Source
		label, name string
	}{
		{"half-lettuce", BuiltIn, "half-lettuce", "Half a lettuce"},
		{path, File, "mine", "Mine"},
		{short, File, "mine", "Mine"},
		{bare, File, "half-lettuce", "Mine"},
		{"-", Stdin, "stdin", "Mine"},
	} {
		s := open(t, c.argument, text)
		if s.Source != c.source || s.Label != c.label || s.Name != c.name {
			t.Errorf("Open(%q) is %q from %s, called %q; want %q from %s, called %q", c.argument, s.Label, s.Source, s.Name, c.label, c.source, c.name)
		}
	}
}

func TestEveryBuiltInScenarioIsReadAndTheDefaultComesFirst(t *testing.T) {
	names := Names()
	if names[0] != Default {
		t.Errorf("Names() begins with %s, want %s", names[0], Default)
	}
	seen := map[string]bool{}
	for _, name := range names {
		if seen[name] {
			t.Errorf("Names() lists %s twice", name)
		}
		seen[name] = true
		if s := open(t, name, ""); s.Name == "" {
			t.Errorf("the built-in scenario %s does not say what it is called", name)
		}
	}
}

func TestAFileThatCannotBeReadIsReportedWithARemedy(t *testing.T) {
	t.Run("a folder", func(t *testing.T) {
		folder := t.TempDir()
		refuseToOpen(t, folder, nil, folder, "0:0 this is a directory = name a file in it\n")
	})
	t.Run("no such file", func(t *testing.T) {
		refuseToOpen(t, "mine.yaml", nil, "mine.yaml", "0:0 no such file or directory = churncost scenarios lists those built in\n")
	})
	t.Run("almost the name of a built-in scenario", func(t *testing.T) {
		refuseToOpen(t, "half-letuce", nil, "half-letuce", "0:0 no such file or directory = did you mean the built-in half-lettuce?\n")
	})
	t.Run("a built-in scenario with the ending of a file", func(t *testing.T) {
		refuseToOpen(t, "half-lettuce.yaml", nil, "half-lettuce.yaml", "0:0 no such file or directory = did you mean the built-in half-lettuce?\n")
	})
	t.Run("a path that steps out of the built-in scenarios", func(t *testing.T) {
		refuseToOpen(t, "../builtin/half-lettuce", nil, "../builtin/half-lettuce", "0:0 no such file or directory = churncost scenarios lists those built in\n")
	})
	t.Run("a file within a file", func(t *testing.T) {
		path := write(t, "mine.yaml", "version: 1\n") + "/more"
		refuseToOpen(t, path, nil, path, "0:0 not a directory\n")
	})
	t.Run("a file that one may not read", func(t *testing.T) {
		if os.Geteuid() == 0 {
			t.Skip("root may read every file")
		}
		path := write(t, "mine.yaml", "version: 1\n")
		if err := os.Chmod(path, 0); err != nil {
			t.Fatal(err)
		}
		refuseToOpen(t, path, nil, path, "0:0 permission denied\n")
	})
	t.Run("standard input that breaks off", func(t *testing.T) {
		refuseToOpen(t, "-", broken{}, "stdin", "0:0 the line is cut\n")
	})
	t.Run("standard input that is closed", func(t *testing.T) {
		file, err := os.Open(os.DevNull)
		if err != nil {
			t.Fatal(err)
		}
		file.Close()
		refuseToOpen(t, "-", file, "stdin", "0:0 file already closed\n")
	})
	t.Run("standard input without a byte", func(t *testing.T) {
		refuseToOpen(t, "-", strings.NewReader(""), "stdin", "0:0 the scenario is empty = churncost init prints one to start from\n")
	})
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("the line is cut") }

func TestAnArgumentWithoutANameIsRefused(t *testing.T) {
	_, err := Open("", nil, sampleVocabulary())
	if got, want := retell(err), "0:0 the scenario has no name: the argument is empty = name a file, or one of those that churncost scenarios lists\n"; got != want {
		t.Errorf("Open(\"\") finds\n%swant\n%s", got, want)
	}
}

func TestAScenarioMayHaveAMebibyteAndNoMore(t *testing.T) {
	const text = "version: 1\nname: Mine\n"
	full := text + strings.Repeat("#", MaxSize-len(text))
	if s := open(t, write(t, "full.yaml", full), ""); s.Name != "Mine" {
		t.Errorf("Open of a mebibyte is called %q, want Mine", s.Name)
	}
	path := write(t, "fuller.yaml", full+"#")
	refuseToOpen(t, path, nil, path, "0:0 too large for a scenario: more than 1 MiB\n")
	refuseToOpen(t, "-", strings.NewReader(full+"#"), "stdin", "0:0 too large for a scenario: more than 1 MiB\n")
}

// zeros is endless, and counts the bytes read.
type zeros struct{ read int }

func (z *zeros) Read(p []byte) (int, error) {
	z.read += len(p)
	return len(p), nil
}

func TestALargeFileIsRefusedWithoutReadingItAll(t *testing.T) {
	z := new(zeros)
	refuseToOpen(t, "-", z, "stdin", "0:0 too large for a scenario: more than 1 MiB\n")
	if z.read > MaxSize+1 {
		t.Errorf("Open of endless input reads %d bytes, want at most %d", z.read, MaxSize+1)
	}
	path := write(t, "large.yaml", "")
	if err := os.Truncate(path, 100<<20); err != nil {
		t.Fatal(err)
	}
	refuseToOpen(t, path, nil, path, "0:0 too large for a scenario: more than 1 MiB\n")
}

// A scenario that is opened in the memory of another has nothing of it.
func TestMemoryForgetsTheScenarioBefore(t *testing.T) {
	v := NewVocabulary(catalog.All())
	var memory Memory
	for _, name := range append(Names(), Names()...) {
		reused, err := memory.Open(name, nil, v)
		if err != nil {
			t.Fatalf("Open(%q) in a memory is refused:\n%s", name, retell(err))
		}
		fresh, err := Open(name, nil, v)
		if err != nil {
			t.Fatalf("Open(%q) is refused:\n%s", name, retell(err))
		}
		if !reflect.DeepEqual(reused, fresh) {
			t.Errorf("Open(%q) in a memory is %+v, want %+v", name, reused, fresh)
		}
	}
}
