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
)

// MaxSize is how large a scenario may be, in bytes.
const MaxSize = 1 << 20

// Source says where a scenario came from.
type Source string

// The places that scenarios come from.
const (
	BuiltIn Source = "built-in"
	File    Source = "file"
	Stdin   Source = "stdin"
)

//go:embed builtin/*.yaml
var builtin embed.FS

// Names lists the built-in scenarios, in the order of the alphabet but for the
// founding one, which comes first.
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

// The built-in scenarios that the program itself names.
const (
	Default    = "half-lettuce" // which the founding texts tell
	Everything = "everything"   // which feeds every calculator
)

// BuiltInText gives a built-in scenario byte for byte.
func BuiltInText(name string) ([]byte, bool) {
	data, err := builtin.ReadFile("builtin/" + name + ".yaml")
	return data, err == nil
}

// Open reads the scenario that an argument names: a built-in's name, a file, or
// "-" for standard input.
func Open(argument string, stdin io.Reader, vocabulary *Vocabulary) (*Scenario, error) {
	data, source, err := load(argument, stdin)
	if err != nil {
		return nil, err
	}
	name := argument
	if source == Stdin {
		name = string(Stdin)
	}
	s, err := Read(name, data, vocabulary)
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
	s.Label = Printable(s.Label)
	return s, nil
}

func load(argument string, stdin io.Reader) ([]byte, Source, error) {
	doc := &calc.Document{Name: argument}
	fail := func(message, hint string) ([]byte, Source, error) {
		return nil, "", calc.Problems{{Place: calc.Place{Document: doc}, Message: message, Hint: hint}}
	}
	if argument == "-" {
		doc.Name = string(Stdin)
		if f, ok := stdin.(*os.File); ok && isatty.IsTerminal(f.Fd()) {
			return fail("standard input is a terminal", "pipe a scenario in: churncost loss - < mine.yaml")
		}
		data, err := readAll(stdin, 0)
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
	data, err := readAll(file, min(size, MaxSize))
	if err != nil {
		return fail(reason(err), "")
	}
	return data, File, nil
}

var errTooLarge = errors.New("larger than 1 MiB, as no scenario is")

// readAll reads no more than a scenario may have.
func readAll(from io.Reader, expected int64) ([]byte, error) {
	var data bytes.Buffer
	data.Grow(int(expected) + bytes.MinRead)
	_, err := data.ReadFrom(io.LimitReader(from, MaxSize+1))
	if err == nil && data.Len() > MaxSize {
		err = errTooLarge
	}
	return data.Bytes(), err
}

// reason is what went wrong with a file, without the path that the message
// begins with anyway.
func reason(err error) string {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathError.Err
	}
	return err.Error()
}
