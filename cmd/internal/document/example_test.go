package document_test

import (
	"fmt"

	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/document"
	"github.com/churncost/churncost/cmd/internal/results"
)

// A document holds templates and their arguments, not finished text. In another language
// {1} and {2} may be in another order.
func Example() {
	result := &results.Result{Command: "sources", InFull: true}
	result.Sources = results.Sources([]*quantity.Source{{Key: "word_of_mouth.leave", Text: "25%", Grade: quantity.GradeC}})
	headline := document.Of(result).Blocks[0].Headline.(cell.Template)
	fmt.Println(headline.Text)
	for _, argument := range headline.Arguments {
		fmt.Printf("%T\n", argument)
	}
	// Output:
	// {1} {2}: grade {3}, {4}
	// cell.Words
	// cell.Words
	// cell.Words
	// cell.Template
}
