package scenarios

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/churncost/churncost/calc"
)

// read turns the bytes of a file into a document: UTF-8, with or without a byte
// order mark, or UTF-16 with one; lines that end as on Unix, Windows or an old
// Macintosh. The document's own lines end in a line feed.
func read(name string, data []byte) (*calc.Document, calc.Problems) {
	var text string
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		text = string(data[3:])
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		text = utf16Text(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		text = utf16Text(data[2:], binary.BigEndian)
	default:
		text = string(data)
	}
	if strings.Contains(text, "\r") {
		text = lineEnds.Replace(text)
	}
	doc := &calc.Document{Name: name, Text: text}
	if isPlain(text) {
		return doc, nil
	}
	return doc, unreadable(doc)
}

// isPlain tells whether a text is all lines of printable ASCII, as most are.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; (c < ' ' || c > '~') && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// unreadable finds the characters that no scenario may hold, and the first byte
// that is no text at all.
func unreadable(doc *calc.Document) (problems calc.Problems) {
	line, column := 1, 0
	for offset, r := range doc.Text {
		column++
		at := calc.Place{Document: doc, Line: line, Column: column, Width: 1}
		switch {
		case r == '\n':
			line, column = line+1, 0
		case r == utf8.RuneError && isBroken(doc.Text[offset:]):
			return append(problems, &calc.Problem{Place: at, Message: "not text in UTF-8 from here on", Hint: "save the file as plain text in UTF-8"})
		case r != '\t' && Unprintable(r):
			problems = append(problems, &calc.Problem{Place: at, Message: fmt.Sprintf("an invisible character, U+%04X", r), Hint: "take it out, and save the file as plain text in UTF-8"})
			if len(problems) == maxProblems {
				return problems
			}
		}
	}
	return problems
}

// isBroken tells a byte that is not UTF-8 from the replacement character itself.
func isBroken(text string) bool {
	_, size := utf8.DecodeRuneInString(text)
	return size <= 1
}

// utf16Text decodes UTF-16. What is none of it becomes a byte that is not UTF-8.
func utf16Text(data []byte, order binary.ByteOrder) string {
	var text []byte
	for len(data) > 1 {
		r := rune(order.Uint16(data))
		data = data[2:]
		if utf16.IsSurrogate(r) && len(data) > 1 {
			if r = utf16.DecodeRune(r, rune(order.Uint16(data))); r != utf8.RuneError {
				data = data[2:]
			} else {
				r = -1
			}
		}
		if utf8.ValidRune(r) {
			text = utf8.AppendRune(text, r)
		} else {
			text = append(text, 0xFF)
		}
	}
	if len(data) > 0 {
		text = append(text, 0xFF)
	}
	return string(text)
}

// Printable replaces what has no business in a text that will be printed: names of
// files may hold anything.
func Printable(text string) string {
	if isPlain(text) && !strings.ContainsAny(text, "\n\t") {
		return text
	}
	return strings.Map(func(r rune) rune {
		if Unprintable(r) {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(text, string(utf8.RuneError)))
}

// Unprintable tells whether a character has no business in a text that will be
// printed: a control character, one that turns the direction of what follows
// and so hides what is written, a line separator, or a byte order mark that is
// not at the beginning.
func Unprintable(r rune) bool {
	switch {
	case unicode.IsControl(r), r == 0x061C, r == 0x200E, r == 0x200F, 0x2028 <= r && r <= 0x202E, 0x2066 <= r && r <= 0x2069:
		return true
	}
	return r == 0xFEFF || r == 0xFFFE || r == 0xFFFF
}
