package format

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"

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
				cells[i] = text(c)
			}
		}
		_ = w.Write(cells)
	}
	w.Flush()
}

// plain writes a number as programs read it, and NaN as nothing.
func plain(value float64) string {
	if math.IsNaN(value) {
		return ""
	}
	return strconv.FormatFloat(value, 'f', -1, 64)
}
