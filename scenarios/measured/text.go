package measured

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/churncost/churncost/scenarios/syntax"
)

// A page is the YAML of a scenario while it is written.
type page struct {
	strings.Builder
}

// widest is how many characters a line of a list has at most.
const widest = 100

// line writes a line, indented by so many levels.
func (p *page) line(depth int, text string, args ...any) {
	p.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(p, text, args...)
	p.WriteByte('\n')
}

// list writes the value of a key as a list in brackets, over as many lines as it takes.
func (p *page) list(depth int, key string, values []string) {
	indent := strings.Repeat("  ", depth)
	line := indent + key + ": ["
	for i, value := range values {
		if i > 0 {
			line += ","
		}
		if i > 0 && len(line)+len(" ")+len(value) >= widest {
			p.WriteString(line + "\n")
			line = indent + "  " + value
			continue
		}
		if i > 0 {
			line += " "
		}
		line += value
	}
	p.WriteString(line + "]\n")
}

// quoted writes any text so that YAML reads it back. Characters that a scenario may not
// contain are replaced.
func quoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(syntax.Printable(text)) + `"`
}

// plain writes a number or a word without quotes where YAML does not need them.
func plain(text string) string {
	if regexp.MustCompile(`^-?[0-9A-Za-z][0-9A-Za-z_.% ]*$`).MatchString(text) {
		return text
	}
	return quoted(text)
}

// money writes an amount of minor units with the digits of its currency.
func money(amount int64, minor int) string {
	sign, digits := "", strconv.FormatInt(amount, 10)
	if amount < 0 {
		sign, digits = "-", digits[1:]
	}
	if minor == 0 {
		return sign + digits
	}
	digits = strings.Repeat("0", max(0, minor+1-len(digits))) + digits
	point := len(digits) - minor
	return sign + digits[:point] + "." + digits[point:]
}

// shareDigits are the significant digits of a measured share.
const shareDigits = 4

// share writes a share as a percentage.
func share(x float64) string { return significant(100*x) + "%" }

// significant writes a number with at most four significant digits and no exponent.
func significant(x float64) string {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', shareDigits, 64), 64)
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// aYearAfter is the day a year after another; "" where there is none that has four digits.
func aYearAfter(day string) string {
	const lastYear = 9999
	date, err := time.Parse(time.DateOnly, day)
	if err != nil || date.Year() == lastYear {
		return ""
	}
	return date.AddDate(1, 0, 0).Format(time.DateOnly)
}
