package format

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"
	"strings"

	"github.com/churncost/churncost/cmd/internal/cell"
)

// csvTable writes the data of a document, with numbers as programs read them.
func csvTable(to *bytes.Buffer, from *Source, _ Style) {
	w := csv.NewWriter(to) // writing to a buffer cannot fail
	data := from.Document.Data()
	_ = w.Write(data.Columns)
	for _, row := range data.Rows {
		cells := make([]string, len(row))
		for i, c := range row {
			if n, is := c.(cell.Number); is {
				cells[i] = plain(n.Value)
			} else {
				cells[i] = inert(uncontrolled(text(c)))
			}
		}
		_ = w.Write(cells)
	}
	w.Flush()
}

// inert puts an apostrophe before a text that a spreadsheet would run as a formula. One can
// call programs and send data away. After a sign it takes a call to do that: "-5pp" and
// "--gate" stay as they are.
func inert(text string) string {
	if text == "" || strings.IndexByte("=@\t\r", text[0]) < 0 && !(strings.IndexByte("+-", text[0]) >= 0 && strings.ContainsAny(text, "(|!")) {
		return text
	}
	return "'" + text
}

// plain writes a number as programs read it, and NaN as nothing.
func plain(value float64) string {
	if math.IsNaN(value) {
		return ""
	}
	return strconv.FormatFloat(value, 'f', -1, 64)
}
