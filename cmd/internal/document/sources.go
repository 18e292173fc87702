package document

import (
	"strconv"

	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/results"
)

// sources describes the built-in figures: a row for each, or everything known about each.
func sources(d *Document, result *results.Result) {
	if len(result.Sources) == 0 {
		return
	}
	d.Data = func() Data { return sourceData(result.Sources) }
	if result.InFull {
		for i := range result.Sources {
			s := &result.Sources[i]
			d.headline(cell.Say("{1} {2}: grade {3}, {4}", cell.Words(s.Key), cell.Words(s.Text), cell.Words(s.Grade), cell.Say(s.Grade.Means())))
			d.table(inFull(s))
		}
		return
	}
	t := &Table{Title: cell.Say("sources"), Columns: []Column{left(cell.Say("key")), right(cell.Say("value")), left(cell.Say("grade")), left(cell.Say("who")), right(cell.Say("when")), left(cell.Say("what"))}}
	for _, s := range result.Sources {
		t.add(cell.Words(s.Key), cell.Words(s.Text), cell.Words(s.Grade), cell.Words(s.Author), cell.Say(year(s.Year)), cell.Say(s.Measures))
	}
	d.table(t)
	d.notes(remarks(cell.Say("A {1}; B {2}; C {3}; X {4}", cell.Say(quantity.GradeA.Means()), cell.Say(quantity.GradeB.Means()), cell.Say(quantity.GradeC.Means()), cell.Say(quantity.GradeX.Means())),
		cell.Say("churncost sources KEY explains one in full")))
}

// inFull lists everything known about a figure.
func inFull(s *results.Source) *Table {
	t := &Table{Title: cell.Words(s.Key), List: true, Columns: []Column{left(nil), left(nil)}}
	for _, row := range [...][2]string{
		{"measures", s.Measures}, {"population", s.Population}, {"author", s.Author}, {"title", s.Title}, {"year", year(s.Year)},
		{"met in", s.Met}, {"caveat", s.Caveat}, {"contradicted by", s.Against},
	} {
		if row[1] != "" {
			t.add(cell.Say(row[0]), cell.Say(row[1]))
		}
	}
	return t
}

// year returns the year of a figure, or unknown.
func year(y int) string {
	if y == 0 {
		return "unknown"
	}
	return strconv.Itoa(y)
}

// sourceData has a row for each built-in figure.
func sourceData(all []results.Source) Data {
	data := Data{Columns: []string{"key", "value", "unit", "grade", "measures", "population", "author", "title", "year", "met", "caveat", "against"}}
	for _, s := range all {
		data.add(cell.Words(s.Key), cell.Words(s.Text), cell.Words(s.Unit), cell.Words(s.Grade), cell.Words(s.Measures), cell.Words(s.Population), cell.Words(s.Author), cell.Words(s.Title), cell.Say(year(s.Year)), cell.Words(s.Met), cell.Words(s.Caveat), cell.Words(s.Against))
	}
	return data
}
