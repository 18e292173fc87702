package text

import (
	"bytes"
	"errors"
	"io"
)

// A Block is a part of a file. It begins and ends between two rows.
type Block struct {
	Number  int
	Line    int64 // of the first row, from 1
	Data    []byte
	Torn    bool // the last row of the file is in it, without a line end
	Endless bool // it is the beginning of a row that is too long
	Broken  bool // its quotes are wrong: what comes after it means nothing
}

// LongestRow bounds a row, in bytes, and so the memory that one takes whose quotes do not close.
const LongestRow = 1 << 20

// A Cutter cuts a text into blocks. It reuses their memory.
type Cutter struct {
	From   io.Reader
	Size   int   // bytes that are read at a time; no result depends on it
	Line   int64 // of what comes next, from 1
	number int
	rest   []byte // of a row that was cut
	ended  bool
}

// Next fills a block; false at the end.
func (c *Cutter) Next(b *Block) (bool, error) {
	data := append(b.Data[:0], c.rest...)
	c.rest = c.rest[:0]
	endless := false
	for !c.ended {
		begin := len(data)
		if cap(data) < begin+c.Size {
			data = append(make([]byte, 0, begin+c.Size), data...)
		}
		n, err := io.ReadFull(c.From, data[begin:begin+c.Size])
		data = data[:begin+n]
		if c.ended = err != nil; c.ended && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return false, err
		}
		if c.ended {
			break
		}
		if end := lastRow(data); end > 0 {
			c.rest = append(c.rest, data[end:]...)
			data = data[:end]
			break
		}
		if len(data) > LongestRow {
			endless = true
			break
		}
	}
	if len(data) == 0 {
		return false, nil
	}
	*b = Block{Number: c.number, Line: c.Line, Data: data, Torn: c.ended && data[len(data)-1] != '\n', Endless: endless}
	c.number++
	c.Line += int64(bytes.Count(data, []byte{'\n'}))
	return true, nil
}

// lastRow is where the last row of a text ends that is whole: behind the last line end that
// no quotes enclose; 0 where there is none.
func lastRow(data []byte) int {
	quote := bytes.IndexByte(data, '"')
	if quote < 0 {
		return bytes.LastIndexByte(data, '\n') + 1
	}
	end, from, inside := 0, 0, false
	for quote >= 0 {
		if !inside {
			if at := bytes.LastIndexByte(data[from:from+quote], '\n'); at >= 0 {
				end = from + at + 1
			}
		}
		inside, from = !inside, from+quote+1
		quote = bytes.IndexByte(data[from:], '"')
	}
	if !inside {
		if at := bytes.LastIndexByte(data[from:], '\n'); at >= 0 {
			end = from + at + 1
		}
	}
	return end
}
