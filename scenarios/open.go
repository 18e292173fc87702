package scenarios

import (
	"bytes"
	"embed"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/mattn/go-isatty"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios/syntax"
)

// MaxSize is how large a scenario may be, in bytes.
const MaxSize = 1 << 20

// A Source is where a scenario comes from.
type Source string

// The sources of scenarios.
const (
	BuiltIn Source = "built-in"
	File    Source = "file"
	Stdin   Source = "stdin"
	Records Source = "records" // written by fit
)

//go:embed builtin/*.yaml
var builtin embed.FS

// Names lists the built-in scenarios: the default one first, the others in alphabetical
// order.
func Names() []string {
	names := []string{Default}
	entries, _ := builtin.ReadDir("builtin")
	for _, entry := range entries {
		if name := strings.TrimSuffix(entry.Name(), ".yaml"); name != Default {
			names = append(names, name)
		}
	}
	return names
}

// The built-in scenarios that the program refers to.
const (
	Default    = "half-lettuce" // the example of the founding texts
	Everything = "everything"   // has the inputs of every calculator
)

// BuiltInText returns the text of a built-in scenario.
func BuiltInText(name string) ([]byte, bool) {
	data, err := builtin.ReadFile("builtin/" + name + ".yaml")
	return data, err == nil
}

// Open reads the scenario that an argument names: a built-in's name, a file, or
// "-" for standard input.
func Open(argument string, stdin io.Reader, vocabulary *Vocabulary) (*Scenario, error) {
	return new(Memory).Open(argument, stdin, vocabulary)
}

// Open reads a scenario as the function does.
func (m *Memory) Open(argument string, stdin io.Reader, vocabulary *Vocabulary) (*Scenario, error) {
	data, source, err := m.load(argument, stdin)
	if err != nil {
		return nil, err
	}
	name := argument
	if source == Stdin {
		name = string(Stdin)
	}
	s, err := m.read(name, data, vocabulary)
	if err != nil {
		return nil, err
	}
	s.Source, s.Label = source, argument
	if source == File {
		s.Label = strings.TrimSuffix(strings.TrimSuffix(filepath.Base(argument), ".yaml"), ".yml")
	}
	if source == Stdin {
		s.Label = name
	}
	s.Label = syntax.Printable(s.Label)
	return s, nil
}

func (m *Memory) load(argument string, stdin io.Reader) ([]byte, Source, error) {
	doc := &quantity.Document{Name: argument}
	fail := func(message, hint string) ([]byte, Source, error) {
		return nil, "", calc.Problems{{Place: quantity.Place{Document: doc}, Message: message, Hint: hint}}
	}
	if argument == "-" {
		doc.Name = string(Stdin)
		if f, ok := stdin.(*os.File); ok && isatty.IsTerminal(f.Fd()) {
			return fail("standard input is a terminal", "pipe a scenario in: churncost loss - < mine.yaml")
		}
		data, err := m.readAll(stdin, 0)
		if err != nil {
			return fail(reason(err), "")
		}
		return data, Stdin, nil
	}
	if data, known := BuiltInText(argument); known {
		return data, BuiltIn, nil
	}
	if argument == "" {
		return nil, "", calc.Problems{{Message: "the scenario has no name: the argument is empty", Hint: "name a file, or one of those that churncost scenarios lists"}}
	}
	file, err := os.Open(argument)
	if errors.Is(err, fs.ErrNotExist) {
		hint := "churncost scenarios lists those built in"
		if near := Nearest(strings.TrimSuffix(argument, ".yaml"), Names()); near != "" {
			hint = "did you mean the built-in " + near + "?"
		}
		return fail(reason(err), hint)
	}
	if err != nil {
		return fail(reason(err), "")
	}
	defer file.Close()
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		return fail("this is a directory", "name a file in it")
	}
	size := int64(0)
	if err == nil {
		size = info.Size()
	}
	data, err := m.readAll(file, min(size, MaxSize))
	if err != nil {
		return fail(reason(err), "")
	}
	return data, File, nil
}

var errTooLarge = errors.New("too large for a scenario: more than 1 MiB")

// readAll reads no more than a scenario may have.
func (m *Memory) readAll(from io.Reader, expected int64) ([]byte, error) {
	m.file.Reset()
	m.file.Grow(int(expected) + bytes.MinRead)
	_, err := m.file.ReadFrom(io.LimitReader(from, MaxSize+1))
	if err == nil && m.file.Len() > MaxSize {
		err = errTooLarge
	}
	return m.file.Bytes(), err
}

// reason returns why a file could not be read, without the path. The message begins with
// the path already.
func reason(err error) string {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathError.Err
	}
	return err.Error()
}
