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

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/format"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/write"
	"github.com/churncost/churncost/scenarios/files"
)

// An output is a format and the file to write it to; "" is standard output.
type output struct {
	format format.Format
	file   string
}

// outputs is the value of --format. The flag can be repeated.
type outputs struct {
	command string
	list    []output
}

// add registers --format with the formats of a command.
func (o *outputs) add(cmd *cobra.Command) {
	o.command = cmd.Name()
	cmd.PreRunE = o.spare
	cmd.Flags().VarP(o, "format", "f", strings.Join(format.Names(o.command), ", ")+"; FORMAT=FILE writes a file; repeatable")
}

// spare refuses to overwrite a file that is read.
func (o *outputs) spare(cmd *cobra.Command, args []string) error {
	if len(o.list) == 0 {
		return nil
	}
	read := filesRead(cmd, args)
	for _, out := range o.list {
		target, err := os.Stat(out.file)
		if err != nil || !target.Mode().IsRegular() {
			continue
		}
		if slices.ContainsFunc(read, func(source fs.FileInfo) bool { return os.SameFile(target, source) }) {
			return &calc.Problem{Message: fmt.Sprintf("--format %s=%s would write over a file that is read", out.format.Name, out.file), Hint: "name another file"}
		}
	}
	return nil
}

// filesRead lists the files that a command reads: its arguments with and without a
// label, what folders and patterns stand for, their baselines and standard input.
func filesRead(cmd *cobra.Command, args []string) []fs.FileInfo {
	args, _ = files.Expand(args) // what cannot be found is not read
	names := slices.Clone(args)
	for _, name := range args {
		if _, path, labelled := strings.Cut(name, "="); labelled {
			names = append(names, path)
		}
	}
	if base := cmd.Flags().Lookup("base"); base != nil {
		names = append(names, base.Value.String())
		for _, name := range args {
			names = append(names, filepath.Join(base.Value.String(), name))
		}
	}
	var read []fs.FileInfo
	for _, name := range names {
		stat := func() (fs.FileInfo, error) { return os.Stat(name) }
		if stdin, ok := cmd.InOrStdin().(*os.File); ok && name == "-" {
			stat = stdin.Stat
		}
		if info, err := stat(); err == nil {
			read = append(read, info)
		}
	}
	return read
}

func (o *outputs) String() string { return format.Names(o.command)[0] }

func (o *outputs) Type() string { return "format" }

func (o *outputs) Set(text string) error {
	name, file, found := strings.Cut(text, "=")
	chosen, known := format.Named(o.command, name)
	if !known {
		return fmt.Errorf("it can be %s", strings.Join(format.Names(o.command), ", "))
	}
	if found && file == "" {
		return errors.New("the file has no name")
	}
	if file == "-" { // as elsewhere; a file of that name is ./-
		file = ""
	}
	if i := slices.IndexFunc(o.list, func(other output) bool { return filepath.Clean(other.file) == filepath.Clean(file) }); i >= 0 {
		if o.list[i].format.Name == name {
			return nil // for completion, cobra reads the flags twice
		}
		return errors.New("two formats cannot go to the same place")
	}
	o.list = append(o.list, output{chosen, file})
	return nil
}

// GetSlice lists the values given so far. Cobra completes a flag again after its
// first use if it has this method.
func (o *outputs) GetSlice() []string {
	var values []string
	for _, out := range o.list {
		values = append(values, out.format.Name+"="+out.file)
	}
	return values
}

// chosen returns the outputs that --format names, or the default.
func (o *outputs) chosen() []output {
	if len(o.list) == 0 {
		return []output{{format: format.Formats()[0]}}
	}
	return o.list
}

// emit writes a result in every format that --format names. Files come first: if one
// cannot be written, nothing goes to standard output.
func (p *program) emit(o []output, r *results.Result) error {
	from := format.Of(r)
	for _, out := range o {
		if out.file == "" {
			continue
		}
		var b bytes.Buffer
		out.format.Write(&b, from, format.Style{})
		if err := writeFile(out.file, b.Bytes()); err != nil {
			return err
		}
	}
	for _, out := range o {
		if out.file != "" {
			continue
		}
		var b bytes.Buffer
		out.format.Write(&b, from, format.Style{Colour: p.colour.wanted(p.stdout)})
		if err := p.print(b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// fail writes an error in the formats that include errors, and returns it.
func (p *program) fail(o *outputs, command string, err error) error {
	return p.failWith(o, &results.Result{Command: command}, err)
}

// failWith does the same for a result that holds more than the command's name. Every file
// of check gets the errors, so that no old verdict stays. Its other formats print them if
// there are verdicts too.
func (p *program) failWith(o *outputs, d *results.Result, err error) error {
	machine := slices.DeleteFunc(slices.Clone(o.chosen()), func(out output) bool {
		return !out.format.Errors && (d.Command != "check" || out.file == "" && len(d.Subjects) == 0)
	})
	if len(machine) == 0 {
		return err
	}
	d.Errors = results.Problems(calc.ProblemsOf(err))
	if failed := p.emit(machine, d); failed != nil {
		return append(calc.ProblemsOf(err), calc.ProblemsOf(failed)...)
	}
	return err
}

// sayFailed says on standard error that gates fail, where standard output is silent.
func (p *program) sayFailed(o *outputs, r *results.Result) {
	if !slices.ContainsFunc(o.chosen(), func(out output) bool { return out.file == "" }) {
		fmt.Fprintln(p.stderr, "churncost: "+format.Of(r).Headline())
	}
}

// print writes to standard output.
func (p *program) print(data []byte) error {
	if err := write.Stream(p.stdout, data); err != nil {
		return &calc.Problem{Message: "standard output could not be written: " + write.Reason(err)}
	}
	return nil
}

func writeFile(name string, data []byte) error {
	err := write.File(name, data)
	if err == nil {
		return nil
	}
	p := &calc.Problem{Place: quantity.PlaceIn(name), Message: "could not be written: " + write.Reason(err)}
	if at, missing := errors.AsType[*fs.PathError](err); missing && errors.Is(err, fs.ErrNotExist) { // also behind a link
		p.Hint = "make the folder " + filepath.Dir(at.Path) + " first"
	}
	return p
}
