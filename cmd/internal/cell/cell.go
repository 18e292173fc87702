// Package cell has the parts of documents: numbers, ranges, sentences with arguments,
// names, places. A cell has a type and is not yet text. The package decides how many
// digits a number is shown with. The formats decide how digits, signs and sentences are
// written. It knows units and currencies. It knows no input, no metric, no kind of result
// and no format.
package cell

import (
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios/currency"
)

// A Cell is one thing that is shown. Its type decides how a format writes it; nil
// is an empty cell.
type Cell interface{ cell() }

// Words are shown as they are: a name, a key, a text that a user wrote.
type Words string

// A Template is a sentence or a calculation. {1}, {2}, … in its text are its arguments.
type Template struct {
	Text      string
	Arguments []Cell
}

// A Number is one number, and how many digits after the point it is shown with. A share
// of 18 % is 0.18. NaN is an empty cell, +Inf a time without end.
type Number struct {
	Value    float64
	Unit     quantity.Unit
	Currency currency.Currency // of money
	Digits   int
	Plus     bool // whether it is shown with a plus sign
}

// Percent is the unit of a number that is already in percent, such as a change, or a part
// that may exceed the whole.
const Percent quantity.Unit = "percent"

// A Range goes from one number to another.
type Range struct {
	Low, High Number
	InWords   bool // "low to high", for a sentence
}

// An Estimate is a number and its standard error.
type Estimate struct{ Value, Error Number }

// A Place is a line of a file.
type Place struct {
	File string
	Line int
}

// A Class says how reliable an input is: a grade of evidence, or another class.
type Class quantity.Class

// A List is several cells in one.
type List struct {
	Items []Cell
	Join  Join
}

// Join is how a list is joined.
type Join int

// The ways to join a list.
const (
	And       Join = iota // a, b and c
	Both                  // a and b and c
	Commas                // a, b, c
	Sentences             // a; b; c
)

// A Marked is a cell with footnote numbers.
type Marked struct {
	Cell  Cell
	Notes []int
}

// A Bar is drawn in characters, in formats without charts: from Base to High, and from
// Base to Low in a lighter shade. All three are fractions of the Width.
type Bar struct {
	Base, Low, High float64
	Width           int  // characters
	Swing           bool // whether there is a Low
}

func (Words) cell()    {}
func (Template) cell() {}
func (Number) cell()   {}
func (Range) cell()    {}
func (Estimate) cell() {}
func (Place) cell()    {}
func (Class) cell()    {}
func (List) cell()     {}
func (Marked) cell()   {}
func (Bar) cell()      {}

// Say makes a sentence.
func Say(text string, arguments ...Cell) Template { return Template{text, arguments} }

// Fill turns a template with names in braces into one with numbered arguments. A divisor
// that is itself a product or a quotient is put in brackets.
func Fill(template string, argument func(name string) Cell) Template {
	var filled Template
	var text strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		text.WriteString(before)
		if !found {
			filled.Text = text.String()
			return filled
		}
		var name string
		name, template, _ = strings.Cut(rest, "}")
		filling := argument(name)
		if inner, is := filling.(Template); is && strings.HasSuffix(before, "÷ ") && strings.ContainsAny(inner.Text, "×÷") {
			filling = Say("({1})", inner)
		}
		filled.Arguments = append(filled.Arguments, filling)
		text.WriteString("{" + strconv.Itoa(len(filled.Arguments)) + "}")
	}
}

// Names makes a cell of each name.
func Names[S ~[]string](all S) []Cell {
	cells := make([]Cell, len(all))
	for i, name := range all {
		cells[i] = Words(name)
	}
	return cells
}

// Listed makes "a, b and c" of names.
func Listed(all []string) List { return List{Names(all), And} }

// Count makes a cell of a whole number.
func Count(n int) Number { return Number{Value: float64(n), Unit: quantity.Count} }

// Raw is a number with all its digits, for programs.
func Raw(value float64) Number { return Number{Value: value, Unit: quantity.Count} }
