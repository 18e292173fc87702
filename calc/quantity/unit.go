// Package quantity defines the numbers that calculators take and give: their units,
// ranges and periods, how they are written, and where each came from. It knows the
// standard library alone, and no calculator.
package quantity

import (
	"fmt"
	"math"
)

// A Unit says what a number counts. Inside the program every number is a
// float64 in its unit's base form: a share of 18 % is 0.18, money is in whole
// units of the scenario's currency, a time is in years.
type Unit string

// The units of inputs and metrics, spelled as JSON and CSV spell them.
const (
	Money        Unit = "money"      // an amount, paid once
	MoneyPerYear Unit = "money/year" // an amount each year
	Share        Unit = "share"      // a part of a whole, 0 to 1 unless said otherwise
	Points       Unit = "points"     // a difference of two shares
	People       Unit = "people"
	Years        Unit = "years"
	Months       Unit = "months"
	Ratio        Unit = "ratio"
	Count        Unit = "count"
	Score        Unit = "score"
	Parameter    Unit = "parameter" // of a model, without a unit of its own
	Word         Unit = ""          // a choice or a text: no number at all
)

// Units lists the units of numbers.
func Units() []Unit {
	return []Unit{Money, MoneyPerYear, Share, Points, People, Years, Months, Ratio, Count, Score, Parameter}
}

// Kin is the unit that decides how numbers are written: an amount a year is written
// like an amount.
func (u Unit) Kin() Unit {
	if u == MoneyPerYear {
		return Money
	}
	return u
}

// decimals is how many decimals are exported of everything that is not money.
const decimals = 6

// Digits is how many decimals of a number are exported.
func (u Unit) Digits(minor int) int {
	if u.Kin() == Money {
		return minor
	}
	return decimals
}

// Round gives the number as it is judged, printed and exported: money to the
// currency's minor unit (minor digits after the point), everything else to six
// decimals. Halves are rounded away from zero, and minus zero becomes zero. What is
// not finite stays as it is.
func (u Unit) Round(value float64, minor int) float64 {
	scale := math.Pow10(u.Digits(minor))
	scaled := value * scale
	if math.IsInf(scaled, 0) || math.Abs(scaled) >= 1<<53 {
		return value // no digit after the point is left to round
	}
	return math.Round(scaled)/scale + 0
}

// Text writes a number for an error message: six digits, a share in percent.
func (u Unit) Text(value float64) string {
	switch u {
	case Share:
		return fmt.Sprintf("%.6g%%", value*100)
	case Points:
		return fmt.Sprintf("%.6g pp", value*100)
	}
	return fmt.Sprintf("%.6g", value)
}
