package cell_test

import (
	"fmt"

	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/cell"
)

// The number of digits after the point depends on all numbers in the column.
func ExampleNumberFormat_Digits() {
	var n cell.NumberFormat
	fmt.Println(n.Digits(quantity.Share, .5), n.Digits(quantity.Share, .5, .125), n.Digits(quantity.Ratio, 1./3))
	// Output: 0 1 2
}

// Names in a calculator's template become numbered arguments.
func ExampleFill() {
	t := cell.Fill("{customer.spend} × {customer.years}", func(name string) cell.Cell { return cell.Words(name) })
	fmt.Println(t.Text, t.Arguments)
	// Output: {1} × {2} [customer.spend customer.years]
}
