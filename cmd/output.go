package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/render"
)

// An output is one format, and the file it goes to; "" is standard output.
type output struct {
	format render.Format
	file   string
}

// outputs is the value of --format, which may stand several times.
type outputs []output

// add registers --format.
func (o *outputs) add(cmd *cobra.Command) {
	cmd.Flags().VarP(o, "format", "f", "table, json, csv, markdown or html; FORMAT=FILE writes a file; repeatable")
}

func (o *outputs) String() string { return "table" }

func (o *outputs) Type() string { return "format" }

func (o *outputs) Set(text string) error {
	name, file, found := strings.Cut(text, "=")
	format, known := render.Named(name)
	if !known {
		var names []string
		for _, f := range render.Formats() {
			names = append(names, f.Name)
		}
		return fmt.Errorf("it can be %s", strings.Join(names, ", "))
	}
	if found && file == "" {
		return errors.New("the file has no name")
	}
	if slices.ContainsFunc(*o, func(other output) bool { return other.file == file }) {
		return errors.New("two formats cannot go to the same place")
	}
	*o = append(*o, output{format, file})
	return nil
}

// emit writes a document in every format asked for. Files come first, so that
// standard output holds nothing when one of them cannot be written.
func (p *program) emit(o outputs, d *render.Document) error {
	if len(o) == 0 {
		o = outputs{{format: render.Formats()[0]}}
	}
	for _, out := range o {
		if out.file == "" {
			continue
		}
		var b bytes.Buffer
		out.format.Write(&b, d, render.Style{})
		if err := writeFile(out.file, b.Bytes()); err != nil {
			return err
		}
	}
	for _, out := range o {
		if out.file != "" {
			continue
		}
		var b bytes.Buffer
		out.format.Write(&b, d, render.Style{Colour: p.colour.wanted(p.stdout)})
		if err := p.print(b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// fail writes what is wrong into the formats that hold errors too, and gives the
// error on.
func (p *program) fail(o outputs, command string, err error) error {
	var machine outputs
	for _, out := range o {
		if out.format.Errors {
			machine = append(machine, out)
		}
	}
	if len(machine) == 0 {
		return err
	}
	if failed := p.emit(machine, &render.Document{Command: command, Errors: problemsOf(err)}); failed != nil {
		return append(problemsOf(err), problemsOf(failed)...)
	}
	return err
}

// print writes to standard output. A closed pipe is no error.
func (p *program) print(data []byte) error {
	if _, err := (quiet{p.stdout}).Write(data); err != nil {
		return &calc.Problem{Message: "standard output could not be written: " + pathless(err)}
	}
	return nil
}

// writeFile writes a file whole or not at all: it writes another beside it and
// then puts that in its place. What is no regular file, such as /dev/stderr, is
// written to as it is.
func writeFile(name string, data []byte) (err error) {
	defer func() {
		if err != nil {
			err = &calc.Problem{Place: calc.Place{Document: &calc.Document{Name: name}}, Message: "could not be written: " + pathless(err)}
		}
	}()
	mode := fs.FileMode(0o666)
	if info, err := os.Stat(name); err == nil {
		if !info.Mode().IsRegular() {
			return writeThrough(name, data)
		}
		mode = info.Mode().Perm()
		if name, err = filepath.EvalSymlinks(name); err != nil {
			return err
		}
	}
	temporary, err := createBeside(name, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(temporary.Name())
		}
	}()
	_, err = temporary.Write(data)
	if err = errors.Join(err, temporary.Close()); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), name)
}

// createBeside makes a new file in the folder of another.
func createBeside(name string, mode fs.FileMode) (*os.File, error) {
	for try := 0; ; try++ {
		beside := filepath.Join(filepath.Dir(name), fmt.Sprintf(".%s.%d.%d", filepath.Base(name), os.Getpid(), try))
		f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}

func writeThrough(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = quiet{f}.Write(data)
	return errors.Join(err, f.Close())
}

// pathless is an error without the path, which the message begins with.
func pathless(err error) string {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathError.Err
	}
	if errors.Is(err, syscall.ENOSPC) {
		return "no space left"
	}
	return err.Error()
}
