// Package currency writes amounts of money with the sign, digits and grouping of their
// currency. Only this package knows the library behind it.
package currency

import (
	"math"
	"strconv"

	"github.com/Rhymond/go-money"
)

// A Currency is one of ISO 4217.
type Currency struct{ known *money.Currency }

// Named finds a currency by its ISO 4217 code, in capitals.
func Named(code string) (Currency, bool) {
	known := money.GetCurrency(code)
	if known == nil || known.Code != code {
		return Currency{}, false
	}
	return Currency{known}, true
}

// Codes lists the codes of all currencies.
func Codes() (codes []string) {
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			for c := 'A'; c <= 'Z'; c++ {
				if _, known := Named(string([]rune{a, b, c})); known {
					codes = append(codes, string([]rune{a, b, c}))
				}
			}
		}
	}
	return codes
}

// Code is the ISO 4217 code.
func (c Currency) Code() string { return c.known.Code }

// Minor is how many digits after the point the currency's smallest unit needs.
func (c Currency) Minor() int { return c.known.Fraction }

// Format writes an amount with the given number of digits after the point.
// Amounts beyond a billion billions are written with an exponent.
func (c Currency) Format(amount float64, digits int) string {
	scaled := math.Round(amount * math.Pow10(digits))
	if math.Abs(scaled) >= 1e18 {
		return c.known.Code + " " + strconv.FormatFloat(amount, 'g', 6, 64)
	}
	f := money.NewFormatter(digits, c.known.Decimal, c.known.Thousand, c.known.Grapheme, c.known.Template)
	return f.Format(int64(scaled))
}
