package calc

import (
	"fmt"
	"strconv"
	"strings"
)

// A Numeral is one number as people write it.
type Numeral struct {
	Value  float64 // 0.03 for 3% and for 3pp
	Suffix string  // "%", "pp" or none
}

// A NumeralError says why a text is no number.
type NumeralError struct {
	Text string
	Why  NumeralFault
	Mend string // the same without its leading zeros, where these are the fault
}

func (e *NumeralError) Error() string { return fmt.Sprintf("%q %s", e.Text, e.Why) }

// NumeralFault is what is wrong with a number, as the end of a sentence.
type NumeralFault string

// The faults.
const (
	NotANumber  NumeralFault = "is not a number"
	LeadingZero NumeralFault = "begins with a zero"
	TooLarge    NumeralFault = "is too large"
)

// ParseNumeral reads a number in decimal digits, with an optional sign, point,
// exponent and underscores between digits, and an optional % or pp behind it.
// Whatever else is refused, with a *NumeralError: a leading zero, a comma, an
// infinity, hexadecimal digits.
func ParseNumeral(text string) (Numeral, error) {
	var n Numeral
	digits := strings.TrimSpace(text)
	for _, suffix := range [...]string{"%", "pp"} {
		if rest, found := strings.CutSuffix(digits, suffix); found {
			digits, n.Suffix = strings.TrimSpace(rest), suffix
			break
		}
	}
	if !isNumber(digits) {
		return n, &NumeralError{Text: text, Why: NotANumber}
	}
	plain := unsigned(digits)
	if len(plain) > 1 && plain[0] == '0' && plain[1] != '.' && plain[1] != 'e' && plain[1] != 'E' {
		short := strings.TrimLeft(plain, "0_")
		if short == "" || short[0] < '0' || short[0] > '9' {
			short = "0" + short
		}
		return n, &NumeralError{text, LeadingZero, strings.Replace(text, plain, short, 1)}
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(digits, "_", ""), 64)
	if err != nil { // what is a number can only be out of range
		return n, &NumeralError{Text: text, Why: TooLarge}
	}
	const hundred = 100
	if n.Suffix != "" {
		value /= hundred
	}
	n.Value = value + 0 // no minus zero
	return n, nil
}

// TwoReadings tells whether a number could be a thousand or a decimal: 1.200 is
// twelve hundred where a point groups digits, and one and a fifth where it begins
// the decimals. It gives both as nobody can misread them. Such a number has no
// exponent; before its point stand up to three digits, of which the first is no
// zero, and behind it exactly three.
func TwoReadings(text string) (thousand, decimal string, both bool) {
	const group = 3
	whole, fraction, found := strings.Cut(unsigned(text), ".")
	if !found || whole == "" || len(whole) > group || whole[0] == '0' || len(fraction) != group || strings.Trim(whole+fraction, "0123456789") != "" {
		return "", "", false
	}
	thousand, decimal = strings.Replace(text, ".", "_", 1), strings.TrimRight(text, "0")
	if decimal == text {
		decimal += "0" // four decimals group nothing
	}
	return thousand, strings.TrimSuffix(decimal, "."), true
}

// isNumber tells whether a text is digits, grouped by single underscores, with
// at most one sign, one point between digits, and one exponent.
func isNumber(text string) bool {
	mantissa, exponent, hasExponent := strings.Cut(strings.ToLower(unsigned(text)), "e")
	whole, fraction, hasFraction := strings.Cut(mantissa, ".")
	return areDigits(whole) && (!hasFraction || areDigits(fraction)) && (!hasExponent || areDigits(unsigned(exponent)))
}

// unsigned takes one sign off the front of a number.
func unsigned(text string) string {
	if text != "" && (text[0] == '+' || text[0] == '-') {
		return text[1:]
	}
	return text
}

func areDigits(text string) bool {
	before := byte('_')
	for i := range len(text) {
		c := text[i]
		if c == '_' && before == '_' || c != '_' && (c < '0' || c > '9') {
			return false
		}
		before = c
	}
	return before != '_'
}
