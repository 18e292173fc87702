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
type outputs struct {
	command string
	list    []output
}

// add registers --format, with the formats that the command has.
func (o *outputs) add(cmd *cobra.Command) {
	o.command = cmd.Name()
	cmd.PreRunE = o.spare
	cmd.Flags().VarP(o, "format", "f", strings.Join(render.FormatNames(o.command), ", ")+"; FORMAT=FILE writes a file; repeatable")
}

// spare refuses to write over a scenario that is read.
func (o *outputs) spare(cmd *cobra.Command, args []string) error {
	read := slices.Clone(args)
	if base := cmd.Flags().Lookup("base"); base != nil {
		read = append(read, base.Value.String())
	}
	for _, out := range o.list {
		target, err := os.Stat(out.file)
		if err != nil || !target.Mode().IsRegular() {
			continue
		}
		for _, name := range read {
			_, labelled, _ := strings.Cut(name, "=")
			for _, path := range [...]string{name, labelled} {
				if source, err := os.Stat(path); err == nil && os.SameFile(target, source) {
					return &calc.Problem{Message: fmt.Sprintf("--format %s=%s would write over a scenario that is read", out.format.Name, out.file), Hint: "name another file"}
				}
			}
		}
	}
	return nil
}

func (o *outputs) String() string { return render.FormatNames(o.command)[0] }

func (o *outputs) Type() string { return "format" }

func (o *outputs) Set(text string) error {
	name, file, found := strings.Cut(text, "=")
	format, known := render.Named(o.command, name)
	if !known {
		return fmt.Errorf("it can be %s", strings.Join(render.FormatNames(o.command), ", "))
	}
	if found && file == "" {
		return errors.New("the file has no name")
	}
	if i := slices.IndexFunc(o.list, func(other output) bool { return other.file == file }); i >= 0 {
		if o.list[i].format.Name == name {
			return nil // cobra reads the flags twice when a shell asks what may follow
		}
		return errors.New("two formats cannot go to the same place")
	}
	o.list = append(o.list, output{format, file})
	return nil
}

// chosen is what was asked for, or the default.
func (o *outputs) chosen() []output {
	if len(o.list) == 0 {
		return []output{{format: render.Formats()[0]}}
	}
	return o.list
}

// emit writes a document in every format asked for. Files come first, so that
// standard output holds nothing when one of them cannot be written.
func (p *program) emit(o []output, d *render.Document) error {
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
func (p *program) fail(o *outputs, command string, err error) error {
	return p.failWith(o, &render.Document{Command: command}, err)
}

// failWith is fail for a document that knows more than its command.
func (p *program) failWith(o *outputs, d *render.Document, err error) error {
	var machine []output
	for _, out := range o.list {
		if out.format.Errors {
			machine = append(machine, out)
		}
	}
	if len(machine) == 0 {
		return err
	}
	d.Errors = problemsOf(err)
	if failed := p.emit(machine, d); failed != nil {
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

// writeFile writes a file whole or not at all.
func writeFile(name string, data []byte) error {
	err := replaceFile(name, data)
	if err == nil {
		return nil
	}
	p := &calc.Problem{Place: calc.Place{Document: &calc.Document{Name: name}}, Message: "could not be written: " + pathless(err)}
	if errors.Is(err, fs.ErrNotExist) {
		p.Hint = "make the folder " + filepath.Dir(name) + " first"
	}
	return p
}

// replaceFile writes another file beside the one that is meant, and then puts it
// in that one's place. What is no regular file, such as /dev/stderr, is written
// to as it is; what may not be written is not replaced.
func replaceFile(name string, data []byte) error {
	if strings.HasPrefix(name, "/dev/") { // also where it leads to a file, as /dev/stdout may
		return writeBehind(name, data)
	}
	existing, err := os.OpenFile(name, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return putInPlace(name, data, nil)
	}
	if err != nil {
		return err
	}
	info, err := existing.Stat()
	if err == nil && !info.Mode().IsRegular() {
		_, err = quiet{existing}.Write(data)
		return errors.Join(err, existing.Close())
	}
	if err = errors.Join(err, existing.Close()); err != nil {
		return err
	}
	if name, err = filepath.EvalSymlinks(name); err != nil {
		return err
	}
	return putInPlace(name, data, info)
}

// writeBehind adds to what a stream has taken already.
func writeBehind(name string, data []byte) error {
	stream, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = quiet{stream}.Write(data)
	return errors.Join(err, stream.Close())
}

// putInPlace writes a file beside a name and then gives it that name. Where
// there was such a file, the new one may be read and written by whoever could
// read and write that.
func putInPlace(name string, data []byte, old fs.FileInfo) (err error) {
	temporary, err := createBeside(name)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(temporary.Name())
		}
	}()
	_, err = temporary.Write(data)
	if old != nil {
		err = errors.Join(err, temporary.Chmod(old.Mode().Perm()))
	}
	if err = errors.Join(err, temporary.Close()); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), name)
}

// createBeside makes a new file in the folder of another.
func createBeside(name string) (*os.File, error) {
	for try := 0; ; try++ {
		beside := filepath.Join(filepath.Dir(name), fmt.Sprintf(".%s.%d.%d", filepath.Base(name), os.Getpid(), try))
		f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}

// pathless is an error without the path, which the message begins with.
func pathless(err error) string {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathError.Err
	}
	if linkError, ok := errors.AsType[*os.LinkError](err); ok {
		err = linkError.Err
	}
	if errors.Is(err, syscall.ENOSPC) {
		return "no space left"
	}
	return err.Error()
}
