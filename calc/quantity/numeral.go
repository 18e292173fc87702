package quantity

import (
	"fmt"
	"strconv"
	"strings"
)

// A Numeral is one number as people write it.
type Numeral struct {
	Value  float64 // 0.03 for 3% and for 3pp
	Suffix string  // "%", "pp" or none
	Digits int     // after the point as written, once an exponent is written out: two in 12.50%, none in 2.5e3
}

// A NumeralError says why a text is not a number.
type NumeralError struct {
	Text string
	Why  NumeralFault
	Mend string // the text without its leading zeros, where these are the fault
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
// exponent and underscores between digits, and an optional % or pp after it.
// Everything else is a *NumeralError, such as a leading zero, a comma, an infinity or
// hexadecimal digits.
func ParseNumeral(text string) (Numeral, error) {
	var n Numeral
	digits := strings.TrimSpace(text)
	for _, suffix := range [...]string{"%", "pp"} {
		if rest, found := strings.CutSuffix(digits, suffix); found {
			digits, n.Suffix = strings.TrimSpace(rest), suffix
			break
		}
	}
	var number bool
	if n.Digits, number = scan(digits); !number {
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
	if strings.IndexByte(digits, '_') >= 0 {
		digits = strings.ReplaceAll(digits, "_", "")
	}
	value, err := strconv.ParseFloat(digits, 64)
	if err != nil { // a number can only be out of range
		return n, &NumeralError{Text: text, Why: TooLarge}
	}
	const hundred = 100
	if n.Suffix != "" {
		value /= hundred
	}
	n.Value = value + 0 // no minus zero
	return n, nil
}

// TwoReadings reports whether a number in this unit could be a thousand or a decimal:
// 1.200 is twelve hundred where a point groups digits, and one and a fifth where it
// begins the decimals. It gives both in a form that has one meaning only. Such a
// number has no exponent, up to three digits before its point, the first of them no
// zero, and exactly three after it. Only money and people are often in the
// thousands; other units have one reading.
func (u Unit) TwoReadings(text string) (thousand, decimal string, both bool) {
	const group = 3
	if u != Money && u != MoneyPerYear && u != People {
		return "", "", false
	}
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

// scan reports whether a text is digits, grouped by single underscores, with at most one
// sign, one point between digits, and one exponent; and how many digits it has after the
// point once the exponent is written out.
func scan(text string) (decimals int, number bool) {
	rest, whole := cutDigits(unsigned(text))
	number = whole > 0
	if strings.HasPrefix(rest, ".") {
		rest, decimals = cutDigits(rest[1:])
		number = number && decimals > 0
	}
	if rest != "" && (rest[0] == 'e' || rest[0] == 'E') {
		power := unsigned(rest[1:])
		negative := strings.HasPrefix(rest[1:], "-")
		var length int
		rest, length = cutDigits(power)
		number = number && length > 0
		exponent, _ := strconv.Atoi(strings.ReplaceAll(power, "_", "")) // the largest there is, where it is larger
		if negative {
			exponent = -exponent
		}
		const most = 100 // no more are written
		decimals = min(max(decimals-exponent, 0), most)
	}
	return decimals, number && rest == ""
}

// unsigned takes one sign off the front of a number.
func unsigned(text string) string {
	if text != "" && (text[0] == '+' || text[0] == '-') {
		return text[1:]
	}
	return text
}

// cutDigits takes the digits off the front of a text, with the single underscores
// between them, and counts them.
func cutDigits(text string) (rest string, digits int) {
	i := 0
	for i < len(text) && ('0' <= text[i] && text[i] <= '9' || text[i] == '_' && i > 0 && text[i-1] != '_') {
		if text[i] != '_' {
			digits++
		}
		i++
	}
	if i > 0 && text[i-1] == '_' {
		i--
	}
	return text[i:], digits
}
