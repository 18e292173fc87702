package render

import (
	"strconv"

	"github.com/churncost/churncost/calc"
)

// sources lays out the built-in figures: a row for each, or all that is known of
// each.
func sources(d *Document) page {
	if d.InFull {
		var p page
		for _, s := range d.Sources {
			p = append(p, block{headline: s.Key + " " + s.Text + ": grade " + string(s.Grade) + ", " + s.Grade.Means()}, block{grid: inFull(s)})
		}
		return p
	}
	if len(d.Sources) == 0 {
		return nil
	}
	g := &grid{title: "sources", columns: []column{{"key", false}, {"value", true}, {"grade", false}, {"who", false}, {"when", true}, {"what", false}}}
	for _, s := range d.Sources {
		g.rows = append(g.rows, []string{s.Key, s.Text, string(s.Grade), s.Author, year(s), s.Measures})
	}
	return page{{grid: g}, {lines: []string{
		"A " + calc.GradeA.Means() + "; B " + calc.GradeB.Means() + "; C " + calc.GradeC.Means() + "; X " + calc.GradeX.Means(),
		"churncost sources KEY explains one in full",
	}}}
}

// inFull lays out all that is known of a figure.
func inFull(s *calc.Source) *grid {
	g := &grid{title: s.Key, list: true, columns: []column{{"", false}, {"", false}}}
	for _, row := range [...][2]string{
		{"measures", s.Measures}, {"population", s.Population}, {"author", s.Author}, {"title", s.Title}, {"year", year(s)},
		{"met in", s.Met}, {"caveat", s.Caveat}, {"contradicted by", s.Against},
	} {
		if row[1] != "" {
			g.rows = append(g.rows, []string{row[0], row[1]})
		}
	}
	return g
}

// year is the year of a figure, or unknown.
func year(s *calc.Source) string {
	if s.Year == 0 {
		return "unknown"
	}
	return strconv.Itoa(s.Year)
}
