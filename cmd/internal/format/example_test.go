package format_test

import (
	"bytes"
	"fmt"

	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/format"
	"github.com/churncost/churncost/cmd/internal/results"
)

// A built-in figure, as a table for programs.
func Example() {
	result := &results.Result{Command: "sources"}
	result.Sources = results.Sources([]*quantity.Source{{Key: "word_of_mouth.leave", Text: "25%", Unit: quantity.Share, Values: []quantity.Range{quantity.Exactly(.25)},
		Grade: quantity.GradeC, Measures: "of the hearers", Population: "unknown", Author: "unknown", Title: "unknown", Met: "a seminar", Caveat: "never traced"}})
	csv, _ := format.Named("sources", "csv")
	var b bytes.Buffer
	csv.Write(&b, format.Of(result), format.Style{})
	fmt.Print(b.String())
	// Output:
	// key,value,unit,grade,measures,population,author,title,year,met,caveat,against
	// word_of_mouth.leave,25%,share,C,of the hearers,unknown,unknown,unknown,unknown,a seminar,never traced,
}
