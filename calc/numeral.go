package calc

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A Numeral is one number as people write it.
type Numeral struct {
	Value  float64 // 0.03 for 3% and for 3pp
	Suffix string  // "%", "pp" or none
}

// ParseNumeral reads a number in decimal digits, with an optional sign, point,
// exponent and underscores between digits, and an optional % or pp behind it.
// Whatever else is refused: a leading zero, a comma, an infinity, hexadecimal
// digits. The error says what is wrong, beginning with the text in quotes.
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
		return n, fmt.Errorf("%q is not a number", text)
	}
	plain := strings.TrimLeft(digits, "+-")
	if len(plain) > 1 && plain[0] == '0' && plain[1] != '.' && plain[1] != 'e' && plain[1] != 'E' {
		return n, fmt.Errorf("%q begins with a zero", text)
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(digits, "_", ""), 64)
	if errors.Is(err, strconv.ErrRange) {
		return n, fmt.Errorf("%q is too large for a number", text)
	}
	if err != nil {
		return n, fmt.Errorf("%q is not a number", text)
	}
	const hundred = 100
	if n.Value = value; n.Suffix != "" {
		n.Value = value / hundred
	}
	return n, nil
}

// isNumber tells whether a text is digits, grouped by single underscores, with
// at most one sign, one point between digits, and one exponent.
func isNumber(text string) bool {
	text = cutSign(text)
	mantissa, exponent, hasExponent := strings.Cut(strings.ToLower(text), "e")
	whole, fraction, hasFraction := strings.Cut(mantissa, ".")
	return areDigits(whole) && (!hasFraction || areDigits(fraction)) && (!hasExponent || areDigits(cutSign(exponent)))
}

func cutSign(text string) string {
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
