package calc

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Document is a text that inputs were read from.
type Document struct {
	Name string // the file's path as the user gave it, a built-in's name, or "-"
	Text string
}

// Line gives one line of the text, counted from 1, without its line end.
func (d *Document) Line(number int) string {
	rest := d.Text
	for ; number > 1; number-- {
		_, after, found := strings.Cut(rest, "\n")
		if !found {
			return ""
		}
		rest = after
	}
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSuffix(line, "\r")
}

// A Place is where something was written. Lines and columns count from 1,
// columns in characters; Line 0 means the document as a whole.
type Place struct {
	Document     *Document
	Line, Column int
	Width        int // characters that the thing is wide, 0 where that is not known
}

// A Problem is something that a user can mend: where, what, and how.
type Problem struct {
	Place   Place
	Key     string // the input it is about, where it is about one
	Message string // lower case, no full stop
	Hint    string // the remedy, where the message is not one already
	Missing bool   // a calculator lacks the key, and the scenario may be right all the same
}

func (p *Problem) Error() string { return p.Message }

// Wrong is the problem that a calculator has with the value of an input.
func Wrong(key, format string, args ...any) error {
	return &Problem{Key: key, Message: fmt.Sprintf(format, args...)}
}

// Lacking is the problem that a calculator has without an input that the scenario
// may well do without.
func Lacking(key, hint string) error {
	return &Problem{Key: key, Message: fmt.Sprintf("missing key %q", key), Hint: hint, Missing: true}
}

// Problems are all that was found in one run.
type Problems []*Problem

func (p Problems) Error() string {
	messages := make([]string, len(p))
	for i, problem := range p {
		messages[i] = problem.Message
	}
	return strings.Join(messages, "; ")
}

// Sort puts the problems in order of line and column.
func (p Problems) Sort() {
	slices.SortStableFunc(p, func(a, b *Problem) int {
		return cmp.Or(cmp.Compare(a.Place.Line, b.Place.Line), cmp.Compare(a.Place.Column, b.Place.Column))
	})
}

// Listed writes words as a list: A, B and C.
func Listed(words []string) string {
	last := len(words) - 1
	if last <= 0 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
