package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/scenarios"
)

// fewestCalculations is the least number of calculations of the built-in scenarios that
// must be plain arithmetic. If new wording makes the count fall, check that this is
// necessary.
const fewestCalculations = 214

// units are words after a number, or at the end, that do not change its value.
var units = []string{
	"a year", "years", "months", "people", "customers", "complaints", "hearers", "lost", "perceived", "expected", "to break even",
	"years after churn", "years after growth", "years after discount",
	"years after churn and growth", "years after churn and discount", "years after growth and discount", "years after churn, growth and discount",
}

func TestEveryCalculationGivesItsAmount(t *testing.T) {
	count := 0
	for _, name := range scenarios.Names() {
		count += reckonAll(t, name)
	}
	if count < fewestCalculations {
		t.Errorf("%d calculations are plain arithmetic, want at least %d", count, fewestCalculations)
	}
}

// Some calculators compute in several ways. The built-in scenarios show only one.
func TestCalculationsOfTheOtherWaysToComputeGiveTheirAmounts(t *testing.T) {
	for _, test := range []struct {
		scenario string
		set      []string
		fewest   int
	}{
		{scenarios.Everything, []string{"customer.margin=100%"}, 52},
		{scenarios.Everything, []string{"customer.retention=100%", "customer.discount=0%", "customer.growth=0%"}, 52},
		{scenarios.Everything, []string{"customer.retention=100%", "customer.discount=0%"}, 52},
		{scenarios.Everything, []string{"customer.retention=100%", "customer.growth=0%"}, 52},
		{scenarios.Everything, []string{"customer.discount=0%", "customer.growth=0%"}, 52},
		{scenarios.Everything, []string{"customer.discount=0%"}, 52},
		{scenarios.Everything, []string{"customer.retention=100%"}, 52},
		{scenarios.Everything, []string{"customer.growth=0%"}, 52},
		{scenarios.Everything, []string{"customer.spend=7.77 per week", "customer.years=19 months", "customer.paid=start"}, 52},
		{scenarios.Everything, []string{"company.churn=2.65% per month", "customer.retention=97.35% per month"}, 52},
		{scenarios.Everything, []string{"customer.retention=[70%, 80%, 84%]", "customer.tenure=18 months"}, 52},
		{scenarios.Everything, []string{"customer.period=year", "customer.renews=year", "customer.paid=stayed"}, 52},
		{scenarios.Everything, []string{"customer.replaced_after=20"}, 52},                                   // beyond the customer's years
		{scenarios.Everything, []string{"customer.replaced_after=1 month", "acquisition.win_cost=2000"}, 52}, // more than a new customer brings in
		{scenarios.Everything, []string{"word_of_mouth.rule=book", "word_of_mouth.leave=25%"}, 52},
		{scenarios.Everything, []string{"winback.paid_to=won", "winback.lapsed=17.77%"}, 52},
		{scenarios.Everything, []string{"winback.campaign_cost=0", "acquisition.keep_cost=1.37 per month"}, 52},
		{scenarios.Everything, []string{"programme.churn_after=17.3%", "programme.cost=3_333 per month"}, 52},
		{scenarios.Everything, []string{"programme.churn_after=-7%"}, 52},
		{"annual-contracts", []string{"programme.saves=7", "customer.tenure=0"}, 25},
		{"subscription", []string{"winback.paid_to=asked", "winback.campaign_cost=777"}, 32},
		{"car-service", []string{"customer.discount=3.3%", "customer.growth=-2.7%"}, 38},
	} {
		args := []string{test.scenario}
		for _, assignment := range test.set {
			args = append(args, "--set", assignment)
		}
		if count := reckonAll(t, args...); count < test.fewest {
			t.Errorf("%q: %d calculations are plain arithmetic, want at least %d", args, count, test.fewest)
		}
	}
}

// Awkward numbers: no minor unit, shares of a month, times in months, many digits, few
// people.
func TestEveryCalculationWithAwkwardNumbersGivesItsAmount(t *testing.T) {
	const text = `version: 1
currency: JPY
company: {customers: 1234, churn: 2.65% per month}
customer: {spend: 50.5..77.87 per week, years: 7..19 months, margin: 12.125%, discount: 3.333%, growth: -1.77%}
word_of_mouth: {tells: [0.37], leave: 1.77%, rule: expected}
acquisition: {win_cost: 41.3250, keep_cost: 7.0707}
winback: {lapsed: 17.77%, prospect: 0.777%, offer_cost: 3.3333, lost: 33, campaign_cost: 1.7777}
programme: {cost: 777.77, churn_after: -0.777pp}
referrals: {promoters: 33.3%, words: 1.7, convert: 0.77%, anyway: 12.5%}
`
	const fewest = 38
	if count := reckonAll(t, scenarioFile(t, text)); count < fewest {
		t.Errorf("%d calculations are plain arithmetic, want at least %d", count, fewest)
	}
}

// reckonAll evaluates every calculation that is printed for a scenario, by all
// calculators that it has inputs for, and returns their number.
func reckonAll(t *testing.T, args ...string) (count int) {
	t.Helper()
	for _, c := range catalog.All() {
		var stdout, stderr bytes.Buffer
		if Main(append([]string{c.Name, "--format", "markdown"}, args...), strings.NewReader(""), &stdout, &stderr) != statusOK {
			continue // it lacks inputs
		}
		for line := range strings.Lines(stdout.String()) {
			row := strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "| "), " |\n"), " | ")
			if len(row) < 3 {
				continue
			}
			amount, calculation := row[1], row[len(row)-1]
			name := c.Name + " " + strings.Join(args, " ") + ": " + row[0]
			want, err := reckon(amount)
			if err != nil {
				continue // words, and the heading
			}
			got, err := reckon(calculation)
			switch {
			case errors.Is(err, errWords):
				t.Logf("%s: %q is not plain arithmetic", name, calculation)
				continue
			case err != nil:
				t.Errorf("%s: %q cannot be evaluated: %v", name, calculation, err)
			case !alike(got, want, amount):
				t.Errorf("%s: %s comes to %.6g, and %s is printed", name, calculation, got, amount)
			}
			count++
		}
	}
	return count
}

// alike reports whether a result agrees with the printed amount, to four significant
// digits or to half a unit of the last printed digit. The printed terms are rounded too,
// to five significant digits. Points are rounded twice, to a millionth of a share and
// then to the printed digits: 0.4744575 becomes 0.4745 and then 0.475 pp.
func alike(got, want float64, printed string) bool {
	const significant, rounding, exported = 4, 1. / 40_000, 1. / 1_000_000
	_, fraction, _ := strings.Cut(printed, ".")
	half := math.Pow10(-len(fraction)+len(strings.TrimLeft(fraction, "0123456789"))) / 2
	if strings.HasSuffix(printed, "%") || strings.HasSuffix(printed, "pp") {
		half /= 100
	}
	if strings.HasSuffix(printed, "pp") {
		half += exported / 2
	}
	if want != 0 {
		half = max(half, math.Pow10(int(math.Floor(math.Log10(math.Abs(want))))-significant+1)/2)
	}
	return math.Abs(got-want) <= half+rounding*math.Abs(want)
}

// errWords is the error about words other than units.
var errWords = errors.New("it has words in it")

// A reckoner evaluates a printed calculation:
//
//	sum     = product {("+" | "−") product}
//	product = factor {("×" | "÷" | "of") factor}
//	factor  = ("-" | "−") factor | "(" sum ")" [unit] | number [unit]
//	number  = 1,234.50, with a currency before or behind it, or with % or pp
type reckoner struct{ tokens []string }

var tokenPattern = regexp.MustCompile(`[+−×÷()-]|[$€£¥]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?: 元| pp|%)?|[\pL,][^\d+−×÷()$€£¥]*|\S`)

// reckon returns the result of a calculation, or errWords.
func reckon(calculation string) (float64, error) {
	var r reckoner
	for _, token := range tokenPattern.FindAllString(calculation, -1) {
		token = strings.TrimSpace(token)
		if slices.Contains(units, token) && len(r.tokens) > 0 {
			continue
		}
		if strings.ContainsFunc(token[:1], func(c rune) bool { return c == ',' || 'A' <= c && c <= 'z' }) && token != "of" {
			return 0, errWords
		}
		r.tokens = append(r.tokens, token)
	}
	if len(r.tokens) == 0 || r.tokens[0] == "of" {
		return 0, errWords
	}
	value, err := r.sum()
	if err == nil && len(r.tokens) > 0 {
		err = fmt.Errorf("%q is too much", r.tokens)
	}
	return value, err
}

// next takes the next token, if it is one of those wanted.
func (r *reckoner) next(wanted ...string) string {
	if len(r.tokens) == 0 || !slices.Contains(wanted, r.tokens[0]) {
		return ""
	}
	token := r.tokens[0]
	r.tokens = r.tokens[1:]
	return token
}

func (r *reckoner) sum() (float64, error) {
	value, err := r.product()
	for err == nil {
		var other float64
		switch r.next("+", "−") {
		case "+":
			other, err = r.product()
			value += other
		case "−":
			other, err = r.product()
			value -= other
		default:
			return value, nil
		}
	}
	return 0, err
}

func (r *reckoner) product() (float64, error) {
	value, err := r.factor()
	for err == nil {
		var other float64
		switch r.next("×", "÷", "of") {
		case "×", "of":
			other, err = r.factor()
			value *= other
		case "÷":
			other, err = r.factor()
			value /= other
		default:
			return value, nil
		}
	}
	return 0, err
}

func (r *reckoner) factor() (float64, error) {
	switch r.next("-", "−", "(") {
	case "-", "−":
		value, err := r.factor()
		return -value, err
	case "(":
		value, err := r.sum()
		if err == nil && r.next(")") == "" {
			err = errors.New("a parenthesis is not closed")
		}
		return value, err
	}
	if len(r.tokens) == 0 {
		return 0, errors.New("it ends too soon")
	}
	token := r.tokens[0]
	r.tokens = r.tokens[1:]
	digits := strings.TrimSpace(strings.Trim(strings.ReplaceAll(token, ",", ""), "$€£¥元%p"))
	value, err := strconv.ParseFloat(digits, 64)
	if strings.HasSuffix(token, "%") || strings.HasSuffix(token, "pp") {
		value /= 100
	}
	return value, err
}

func TestReckonEvaluatesAPrintedCalculation(t *testing.T) {
	for _, test := range []struct {
		calculation string
		want        float64
	}{
		{"$50 × 52 × 10", 26_000},
		{"$1,234.50", 1234.5},
		{"1,234.50 元 × 2", 2469},
		{"-$30.92", -30.92},
		{"$600 ÷ ($10 × 12)", 5},
		{"$600 ÷ $10 × 12", 720},
		{"12 − 4 − 3 + 1", 6},
		{"2 + 3 × 4", 14},
		{"4,000 × 2 pp", 80},
		{"(1 + 80% × .5)", 0}, // a number does not begin with its point
		{"(1 + 80% × 0.5) × $442.80", 619.92},
		{"100% × 16 people × $26,000", 416_000},
		{"$1,450 × 12 × 74% × 6.08 years after churn, growth and discount", 78_286.08},
		{"$9 × 52 × 2 years after growth", 936},
		{"$1,000 a year × 5.01 years after churn and discount", 5010},
		{"−20% × $5", -1},
		{"25% of 68 + 1", 18},
	} {
		got, err := reckon(test.calculation)
		if test.want == 0 {
			if err == nil || errors.Is(err, errWords) {
				t.Errorf("reckon(%q) = %v, %v, want an error", test.calculation, got, err)
			}
		} else if err != nil || math.Abs(got-test.want) > 1e-9 {
			t.Errorf("reckon(%q) = %v, %v, want %v", test.calculation, got, err, test.want)
		}
	}
	for _, words := range []string{"the rows above, added up", "V(84% + 5 points) ÷ V − 1", "25% of 67 who heard, in whole people", "its share × 880 lost × $5", "amount", "given", "", "of $5 a year", "$5 × 2 years after tax"} {
		if got, err := reckon(words); !errors.Is(err, errWords) {
			t.Errorf("reckon(%q) = %v, %v, want that it has words in it", words, got, err)
		}
	}
	for _, test := range []struct {
		got  float64
		want string
		same bool
	}{
		{1234.6, "1,235", true}, {1233.9, "1,235", false}, {12_344.9, "12,340", true}, {12_346, "12,340", false},
		{.0764, "7.6%", true}, {.0766, "7.6%", false}, {.00855, "0.856 pp", false}, {.0085602, "0.856 pp", true}, {.00474457, "0.475 pp", true}, {.0047443, "0.475 pp", false}, {0, "$0", true}, {.6, "$0", false},
	} {
		if want, err := reckon(test.want); err != nil || alike(test.got, want, test.want) != test.same {
			t.Errorf("alike(%v, %s) is not %v, %v", test.got, test.want, test.same, err)
		}
	}
}
