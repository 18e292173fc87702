package format

import (
	"testing"

	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/cell"
)

func TestACellIsWrittenAsItsTypeSays(t *testing.T) {
	dollars := func(value float64) cell.Number {
		return cell.Number{Value: value, Unit: quantity.Money, Currency: currencyOf(t, "USD")}
	}
	percent := func(value float64) cell.Number {
		return cell.Number{Value: value, Unit: cell.Percent, Digits: 1}
	}
	abc := []cell.Cell{cell.Words("a"), cell.Words("b"), cell.Words("c")}
	for _, test := range []struct {
		c    cell.Cell
		want string
	}{
		{nil, ""},
		{cell.Words("a {1}"), "a {1}"},
		{cell.Say("a {1}"), "a {1}"}, // there is no argument
		{cell.Say("{2} before {1}, and {2}", abc...), "b before a, and b"},
		{cell.Say("{1} of {2}", cell.Say("half {1}", abc[0]), nil), "half a of "},
		{cell.List{Items: abc}, "a, b and c"},
		{cell.List{Items: abc, Join: cell.Both}, "a and b and c"},
		{cell.List{Items: abc, Join: cell.Commas}, "a, b, c"},
		{cell.List{Items: abc, Join: cell.Sentences}, "a; b; c"},
		{cell.Place{File: "mine.yaml", Line: 3}, "mine.yaml:3"},
		{cell.Class("C"), "grade C"},
		{cell.Class("sourced"), "sourced"},
		{cell.Marked{Cell: abc[0], Notes: []int{1, 12}}, "a ¹ ¹²"},
		{cell.Range{Low: dollars(1), High: dollars(2)}, "$1–$2"},
		{cell.Range{Low: dollars(1), High: dollars(2), InWords: true}, "$1 to $2"},
		{cell.Estimate{Value: percent(12.3), Error: percent(.4)}, "12.3 ± 0.4%"},
		{cell.Estimate{Value: dollars(12), Error: dollars(3)}, "$12 ± $3"},
		{cell.Number{Value: 1.5, Unit: quantity.Ratio, Digits: 1, Plus: true}, "+1.5"},
		{cell.Bar{High: .5, Width: 8}, "████"},
		{cell.Bar{High: .01, Width: 8}, ""},
		{cell.Bar{Base: .5, Low: .25, High: .75, Width: 8, Swing: true}, "··▒▒██"},
		{cell.Bar{Base: .5, Low: .75, High: 1, Width: 8, Swing: true}, "····▒▒██"}, // both on one side: the shorter stays visible
		{cell.Bar{Base: .5, Low: 1, High: .75, Width: 8, Swing: true}, "····██▒▒"},
		{cell.Bar{Base: .5, Low: .5, High: .5, Width: 8, Swing: true}, "····▏"},
	} {
		if got := text(test.c); got != test.want {
			t.Errorf("%#v is written %q, want %q", test.c, got, test.want)
		}
	}
}
