// Package fitting reads files of records and makes a scenario of them. It may know
// scenarios and the packages below. It must not know the command line, how a result is
// written, or a terminal.
package fitting

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/write"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/measured"
	"github.com/churncost/churncost/scenarios/records"
	"github.com/churncost/churncost/scenarios/syntax"
)

// A Question names files of records, and says how they are read and what they lack.
type Question struct {
	Files    []string // "-" is standard input
	Stdin    io.Reader
	Records  records.Options // for each file; without a name and MinCell
	Scenario measured.Options
	Progress func(done, of int) // told how many bytes are read; may be nil
}

// A Scenario is what the records come to.
type Scenario struct {
	Label    string // of the first file
	Text     []byte
	Warnings []string // about the records
}

// Fit reads the files, one after the other, and writes the scenario. If the context
// ends, so does it, with its error.
func Fit(ctx context.Context, q Question) (*Scenario, error) {
	in := input{ctx: ctx, question: &q}
	if err := in.open(); err != nil {
		return nil, err
	}
	defer in.close()
	made := &Scenario{Label: in.label()}
	var files []measured.File
	var problems calc.Problems
	for i, source := range in.sources {
		options := q.Records
		options.Name = source.name
		options.MinCell = -1 // rows are merged once the segments are added up
		options.Progress = in.progress(i)
		read, err := records.Read(source, options)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			problems = append(problems, calc.ProblemsOf(err)...)
			continue
		}
		if read.Kind == records.Revenue && (q.Records.Period == "" || len(in.sources) > 1) {
			read.Period = revenuePeriod
		}
		files = append(files, measured.File{Name: source.name, Records: read})
		made.Warnings = append(made.Warnings, read.Warnings...)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	q.Scenario.Name = made.Label
	text, err := measured.Write(files, q.Scenario)
	if err == nil && len(text) > scenarios.MaxSize {
		err = &calc.Problem{Place: quantity.PlaceIn(files[0].Name), Message: "these records make a scenario of more than 1 MiB", Hint: "use a longer --period, a higher --min-cell, or fewer segments"}
	}
	made.Text = []byte(text)
	return made, err
}

// revenuePeriod is how far back a table of revenue compares, unless it is fitted alone with
// another period: that of the tenures beside it says nothing about it.
const revenuePeriod = "year"

// An input holds the open files.
type input struct {
	ctx      context.Context
	question *Question
	sources  []source
	size     int64 // of all; 0 if it is not known
}

// A source is one open file. Reading from it ends with the context, even while nothing
// comes.
type source struct {
	ctx  context.Context
	name string
	file io.Reader
	size int64
}

// open opens all files, so that a missing one is said before any is read.
func (in *input) open() error {
	var problems calc.Problems
	known := true
	for _, name := range in.question.Files {
		s := source{ctx: in.ctx, name: name, file: in.question.Stdin}
		if name == "-" {
			s.name = string(scenarios.Stdin)
		} else {
			file, err := os.Open(name)
			if err != nil {
				problems = append(problems, &calc.Problem{Place: quantity.PlaceIn(name), Message: write.Reason(err)})
				continue
			}
			s.file = file
		}
		if file, is := s.file.(fs.File); is {
			info, err := file.Stat()
			switch {
			case err != nil:
			case info.IsDir():
				problems = append(problems, &calc.Problem{Place: quantity.PlaceIn(name), Message: "this is a directory", Hint: "name a file in it"})
			case info.Mode().IsRegular():
				s.size = info.Size()
			}
		}
		known = known && s.size > 0
		in.size += s.size
		in.sources = append(in.sources, s)
	}
	if !known {
		in.size = 0
	}
	if len(problems) > 0 {
		in.close()
	}
	return problems.OrNil()
}

// close closes the files, but not standard input.
func (in *input) close() {
	for _, s := range in.sources {
		if file, is := s.file.(io.Closer); is && s.file != in.question.Stdin {
			file.Close()
		}
	}
}

// label is what the scenario is called: the first file's name without its ending.
func (in *input) label() string {
	base := filepath.Base(in.sources[0].name)
	return syntax.Printable(strings.TrimSuffix(base, filepath.Ext(base)))
}

// progress tells how much of all files is read, while one of them is.
func (in *input) progress(file int) func(int64) {
	if in.question.Progress == nil || in.size == 0 {
		return nil
	}
	before := int64(0)
	for _, s := range in.sources[:file] {
		before += s.size
	}
	return func(done int64) { in.question.Progress(int(min(before+done, in.size)), int(in.size)) }
}

// Read reads on. What a read that was given up brings later is not used.
func (s source) Read(to []byte) (int, error) {
	type got struct {
		n   int
		err error
	}
	done := make(chan got, 1)
	go func() {
		n, err := s.file.Read(to)
		done <- got{n, err}
	}()
	select {
	case <-s.ctx.Done():
		return 0, s.ctx.Err()
	case g := <-done:
		return g.n, g.err
	}
}
