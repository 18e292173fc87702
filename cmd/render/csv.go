package render

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"

	"github.com/churncost/churncost/calc"
)

// csvColumns are those of every command that prints figures; base, change and
// change_percent are filled by comparisons alone.
var csvColumns = []string{"scenario", "metric", "value", "low", "high", "unit", "currency", "base", "change", "change_percent"}

// writeCSV writes one row for each scenario and metric.
func writeCSV(to *bytes.Buffer, d *Document, _ Style) {
	w := csv.NewWriter(to) // to a buffer it cannot fail to write
	if len(d.Sources) > 0 {
		writeSources(w, d.Sources)
		return
	}
	_ = w.Write(csvColumns)
	for _, s := range d.Sections {
		for _, a := range s.Answers {
			for _, f := range a.Report.Figures {
				if f.Absent() {
					continue
				}
				currency := ""
				if f.Unit.Kin() == calc.Money {
					currency = s.Scenario.Currency.Code()
				}
				_ = w.Write([]string{s.Scenario.Label, f.Metric, plain(f.Range.Likely), plain(f.Range.Low), plain(f.Range.High), string(f.Unit), currency, "", "", ""})
			}
		}
	}
	w.Flush()
}

// writeSources writes one row for each built-in figure.
func writeSources(w *csv.Writer, sources []*calc.Source) {
	_ = w.Write([]string{"key", "value", "unit", "grade", "measures", "population", "author", "title", "year", "met", "caveat", "against"})
	for _, s := range sources {
		_ = w.Write([]string{s.Key, s.Text, string(s.Unit), string(s.Grade), s.Measures, s.Population, s.Author, s.Title, year(s), s.Met, s.Caveat, s.Against})
	}
	w.Flush()
}

// plain writes a number as programs read it; nothing for NaN.
func plain(value float64) string {
	if math.IsNaN(value) {
		return ""
	}
	return strconv.FormatFloat(value, 'f', -1, 64)
}
