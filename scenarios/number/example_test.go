package number_test

import (
	"errors"
	"fmt"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios/number"
)

// spend is an amount that needs a period.
var spend = calc.Field{Key: "customer.spend", Unit: quantity.MoneyPerYear, Max: 1e6, Periodic: calc.Needed}

// Inside the program, money is per year.
func ExampleParse() {
	var in quantity.Input
	if err := number.Parse(&spend, "40..60.50 per week", &in); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(in.Range.Low, in.Range.High, in.Per.Name, in.Digits)
	// Output: 2080 3146 week 2
}

func ExampleError() {
	err := number.Parse(&spend, "1.200 per week", new(quantity.Input))
	if wrong, is := errors.AsType[*number.Error](err); is {
		fmt.Println(wrong.Message)
		fmt.Println(wrong.Hint)
	}
	// Output:
	// "1.200" could be a thousand or a decimal
	// write 1_200 per week, or 1.2 per week
}

func ExampleWrite() {
	week, _ := quantity.PeriodNamed("week")
	fmt.Println(number.Write(&spend, week, 2600))
	// Output: 50 per week
}

func ExampleInterpolate() {
	values, _ := number.Interpolate(&spend, "40..60 per week/3")
	fmt.Println(values)
	// Output: [40 per week 50 per week 60 per week]
}
