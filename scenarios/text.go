package scenarios

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/churncost/churncost/calc"
)

// read turns the bytes of a file into a document: UTF-8, with or without a byte
// order mark, or UTF-16 with one.
func read(name string, data []byte) (*calc.Document, *calc.Problem) {
	doc := &calc.Document{Name: name}
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		doc.Text = string(data[3:])
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		doc.Text = utf16Text(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		doc.Text = utf16Text(data[2:], binary.BigEndian)
	default:
		doc.Text = string(data)
	}
	line, column := 1, 0
	for offset, r := range doc.Text {
		column++
		at := calc.Place{Document: doc, Line: line, Column: column, Width: 1}
		switch {
		case r == '\n':
			line, column = line+1, 0
		case r == utf8.RuneError && isBroken(doc.Text[offset:]):
			return doc, &calc.Problem{Place: at, Message: "not text in UTF-8", Hint: "save the file as UTF-8"}
		case r != '\t' && r != '\r' && Unprintable(r):
			return doc, &calc.Problem{Place: at, Message: fmt.Sprintf("the control character U+%04X", r), Hint: "take it out"}
		}
	}
	return doc, nil
}

// isBroken tells a byte that is not UTF-8 from the replacement character itself.
func isBroken(text string) bool {
	_, size := utf8.DecodeRuneInString(text)
	return size <= 1
}

func utf16Text(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}

// Unprintable tells whether a character has no business in a text that will be
// printed: a control character, or one that turns the direction of what follows
// and so hides what is written.
func Unprintable(r rune) bool {
	return unicode.IsControl(r) || 0x202A <= r && r <= 0x202E || 0x2066 <= r && r <= 0x2069 || r == 0x2028 || r == 0x2029 || r == 0x200E || r == 0x200F || r == 0x061C
}
