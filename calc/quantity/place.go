package quantity

import "strings"

// A Document is a text that inputs were read from.
type Document struct {
	Name  string // the file's path as the user gave it, a built-in's name, or "-"
	Text  string
	First int // the line that the text begins with, where it is a part of the file; 0 for all of it
}

// Line gives one line of the text, counted from 1, without its line end.
func (d *Document) Line(number int) string {
	rest := d.Text
	for number -= max(d.First-1, 0); number > 1; number-- {
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

// PlaceIn is all of the document with a name: a file, a flag or standard input.
func PlaceIn(document string) Place { return Place{Document: &Document{Name: document}} }
