// Package text reads files of any size: it tells what they are, decodes and hashes them, and
// cuts them into blocks between two rows.
package text

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// A Text is a file as UTF-8 without its byte order mark. It counts and hashes the bytes as
// they were read.
type Text struct {
	from  io.Reader
	hash  hash.Hash
	bytes int64
	tell  func(bytes int64)
	order binary.ByteOrder // of UTF-16; nil for UTF-8

	raw   []byte // read, and not passed on yet
	spare []byte // of a character of UTF-16 that was cut
	ended error
}

// Begin is how much is read to tell what a file is.
const Begin = 8 << 10

// rawSize is how much UTF-16 is read at a time.
const rawSize = 64 << 10

// Open reads the first bytes, and refuses what is not text with columns. tell is told now and
// then how much was read; it may be nil. Problems are of the file called name.
func Open(r io.Reader, name string, tell func(bytes int64)) (*Text, error) {
	t := &Text{from: r, hash: sha256.New(), tell: tell}
	t.raw = make([]byte, Begin)
	n := 0
	for n < Begin && t.ended == nil {
		var more int
		more, t.ended = t.read(t.raw[n:])
		n += more
	}
	if t.ended != nil && !errors.Is(t.ended, io.EOF) {
		return nil, t.ended
	}
	t.raw = t.raw[:n]
	for _, f := range foreign {
		if bytes.HasPrefix(t.raw, []byte(f.first)) {
			path := name
			if path == "-" {
				path = "FILE"
			}
			return nil, problem(name, "the file is "+f.what+", and not CSV", fmt.Sprintf(f.remedy, path))
		}
	}
	switch {
	case bytes.HasPrefix(t.raw, []byte("\xef\xbb\xbf")):
		t.raw = t.raw[3:]
	case bytes.HasPrefix(t.raw, []byte("\xff\xfe")):
		t.order = binary.LittleEndian
	case bytes.HasPrefix(t.raw, []byte("\xfe\xff")):
		t.order = binary.BigEndian
	case bytes.IndexByte(t.raw, 0) >= 0:
		return nil, problem(name, "the file is not text: it contains NUL bytes", "save it as CSV in UTF-8")
	}
	if t.order != nil {
		t.spare, t.raw = append(make([]byte, 0, rawSize), t.raw[2:]...), nil
		t.decode()
	}
	return t, nil
}

// foreign lists files that are often taken for CSV, by their first bytes.
var foreign = [...]struct{ first, what, remedy string }{
	{"PAR1", "Parquet", "let DuckDB read it: churncost sql life-table --from \"read_parquet('%s')\" --observed 2026-01-01 | duckdb -csv | churncost fit -"},
	{"\x1f\x8b", "compressed by gzip", "type: gunzip -c %s | churncost fit -"},
	{"\x28\xb5\x2f\xfd", "compressed by zstd", "type: zstd -dc %s | churncost fit -"},
	{"PK\x03\x04", "a workbook or a zip archive", "save the sheet as CSV, or unpack the archive: %s"},
	{"\xd0\xcf\x11\xe0", "an old Excel workbook", "save the sheet of %s as CSV in UTF-8"},
	{"SQLite format 3\x00", "an SQLite database", "type: churncost sql life-table --from customers --observed 2026-01-01 --dialect sqlite | sqlite3 -csv -header %s | churncost fit -"},
	{"{", "JSON", "let DuckDB read it: churncost sql life-table --from \"read_json('%s')\" --observed 2026-01-01 | duckdb -csv | churncost fit -"},
	{"[", "JSON", "let DuckDB read it: churncost sql life-table --from \"read_json('%s')\" --observed 2026-01-01 | duckdb -csv | churncost fit -"},
}

// problem is one of a whole file.
func problem(name, message, hint string) error {
	return &calc.Problem{Place: quantity.PlaceIn(name), Message: message, Hint: hint}
}

// Sum is the SHA-256 of the bytes read so far.
func (t *Text) Sum() []byte { return t.hash.Sum(nil) }

// read reads bytes as they are.
func (t *Text) read(into []byte) (int, error) {
	n, err := t.from.Read(into)
	t.hash.Write(into[:n])
	t.bytes += int64(n)
	if t.tell != nil && n > 0 {
		t.tell(t.bytes)
	}
	return n, err
}

// Read gives text in UTF-8.
func (t *Text) Read(into []byte) (int, error) {
	for len(t.raw) == 0 {
		if t.ended != nil {
			return 0, t.ended
		}
		if t.order == nil {
			return t.read(into)
		}
		var n int
		n, t.ended = t.read(t.spare[len(t.spare):cap(t.spare)])
		t.spare = t.spare[:len(t.spare)+n]
		t.decode()
	}
	n := copy(into, t.raw)
	t.raw = t.raw[n:]
	return n, nil
}

// decode turns the bytes of UTF-16 into UTF-8. What may be half a character waits for more;
// at the end, and where it is no character, it becomes U+FFFD.
func (t *Text) decode() {
	t.raw = t.raw[:0:0]
	rest := t.spare
	for len(rest) > 1 {
		r, size := rune(t.order.Uint16(rest)), 2
		if utf16.IsSurrogate(r) {
			if len(rest) < 4 && t.ended == nil {
				break
			}
			second := rune(0)
			if len(rest) >= 4 {
				second = rune(t.order.Uint16(rest[2:]))
			}
			if r = utf16.DecodeRune(r, second); r != utf8.RuneError {
				size = 4
			}
		}
		t.raw, rest = utf8.AppendRune(t.raw, r), rest[size:]
	}
	t.spare = t.spare[:copy(t.spare, rest)]
}
