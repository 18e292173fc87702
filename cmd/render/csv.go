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

// writeCSV writes one row for each scenario and metric, each gate, or each
// built-in figure.
func writeCSV(to *bytes.Buffer, d *Document, _ Style) {
	w := csv.NewWriter(to) // to a buffer it cannot fail to write
	switch {
	case len(d.Sources) > 0:
		writeSources(w, d.Sources)
	case d.Simulation != nil:
		d.Simulation.writeCSV(w)
	case d.Sensitivity != nil:
		d.Sensitivity.writeCSV(w)
	case d.Solution != nil:
		d.Solution.writeCSV(w)
	case d.Status != "":
		writeVerdicts(w, d.Verdicts)
	default:
		_ = w.Write(csvColumns)
		for i := range d.Sections {
			writeFigures(w, &d.Sections[i])
		}
		if d.Comparison != nil {
			d.Comparison.writeCSV(w)
		}
	}
	w.Flush()
}

func writeFigures(w *csv.Writer, s *Section) {
	for _, a := range s.Answers {
		for _, f := range a.Report.Figures {
			if !f.Absent() {
				_ = w.Write(append(csvFigure(s.Scenario.Label, f.Metric, f.Unit, f.Range, s.Scenario.Currency.Code()), "", "", ""))
			}
		}
	}
}

// csvFigure is the part of a row that says what a figure is.
func csvFigure(label, metric string, unit calc.Unit, r calc.Range, currency string) []string {
	if unit.Kin() != calc.Money {
		currency = ""
	}
	return []string{label, metric, plain(r.Likely), plain(r.Low), plain(r.High), string(unit), currency}
}

// writeVerdicts writes one row for each gate.
func writeVerdicts(w *csv.Writer, verdicts []Verdict) {
	_ = w.Write([]string{"scenario", "gate", "status", "value", "limit", "over", "file", "line"})
	for i := range verdicts {
		v := jsonVerdict(&verdicts[i])
		_ = w.Write([]string{v.Scenario, v.Gate, string(v.Status), optional(v.Value), plain(v.Limit), optional(v.Over), v.File, strconv.Itoa(v.Line)})
	}
}

// optional writes a number that may be absent.
func optional(value *float64) string {
	if value == nil {
		return ""
	}
	return plain(*value)
}

// writeSources writes one row for each built-in figure.
func writeSources(w *csv.Writer, sources []*calc.Source) {
	_ = w.Write([]string{"key", "value", "unit", "grade", "measures", "population", "author", "title", "year", "met", "caveat", "against"})
	for _, s := range sources {
		_ = w.Write([]string{s.Key, s.Text, string(s.Unit), string(s.Grade), s.Measures, s.Population, s.Author, s.Title, year(s), s.Met, s.Caveat, s.Against})
	}
}

// plain writes a number as programs read it; nothing for NaN.
func plain(value float64) string {
	if math.IsNaN(value) {
		return ""
	}
	return strconv.FormatFloat(value, 'f', -1, 64)
}
