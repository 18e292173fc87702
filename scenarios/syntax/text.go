package syntax

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// Decode turns the bytes of a file into a document: UTF-8, with or without a byte
// order mark, or UTF-16 with one; lines that end as on Unix, Windows or an old
// Macintosh. The document's own lines end in a line feed.
func Decode(name string, data []byte) (*quantity.Document, calc.Problems) {
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
	doc := &quantity.Document{Name: name, Text: text}
	if IsPrintableASCII(text, "\n\t") {
		return doc, nil
	}
	return doc, Unreadable(doc)
}

// IsPrintableASCII reports whether a text has only printable ASCII, as most have, and
// some other allowed characters.
func IsPrintableASCII(text, beside string) bool {
	for i := range len(text) {
		if c := text[i]; (c < ' ' || c > '~') && strings.IndexByte(beside, c) < 0 {
			return false
		}
	}
	return true
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// MostProblems is the number of problems after which reading stops.
const MostProblems = 100

// Unreadable finds characters that a scenario may not contain, and the first byte that is
// not UTF-8.
func Unreadable(doc *quantity.Document) (problems calc.Problems) {
	line, column := 1, 0
	for offset, r := range doc.Text {
		column++
		at := quantity.Place{Document: doc, Line: line, Column: column, Width: 1}
		switch {
		case r == '\n':
			line, column = line+1, 0
		case r == utf8.RuneError && isBroken(doc.Text[offset:]):
			return append(problems, &calc.Problem{Place: at, Message: "not text in UTF-8 from here on", Hint: "save the file as plain text in UTF-8"})
		case r != '\t' && Unprintable(r):
			problems = append(problems, &calc.Problem{Place: at, Message: fmt.Sprintf("an invisible character, U+%04X", r), Hint: "remove it, and save the file as plain text in UTF-8"})
			if len(problems) == MostProblems {
				return problems
			}
		}
	}
	return problems
}

// isBroken distinguishes a byte that is not UTF-8 from a real replacement character.
func isBroken(text string) bool {
	_, size := utf8.DecodeRuneInString(text)
	return size <= 1
}

// utf16Text decodes UTF-16. Invalid parts become a byte that is not UTF-8.
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

// Printable replaces characters that should not be printed. Names of files may contain
// anything. A line that begins with two colons is a command to GitHub Actions; ./ before
// them means the same file.
func Printable(text string) string {
	if strings.HasPrefix(text, "::") {
		text = "./" + text
	}
	if IsPrintableASCII(text, "") {
		return text
	}
	return strings.Map(func(r rune) rune {
		if Unprintable(r) {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(text, string(utf8.RuneError)))
}

// Unprintable reports whether a character should not be printed: a control character, a
// line separator, a byte order mark that is not at the beginning, or a character that
// reverses the direction of writing and can hide text.
func Unprintable(r rune) bool {
	switch {
	case unicode.IsControl(r), r == 0x061C, r == 0x200E, r == 0x200F, 0x2028 <= r && r <= 0x202E, 0x2066 <= r && r <= 0x2069:
		return true
	}
	return r == 0xFEFF || r == 0xFFFE || r == 0xFFFF
}
