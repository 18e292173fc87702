package format

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// balances reports a table of the balance at the end of each quarter, with a curve.
func balances(values ...float64) calc.Calculator {
	return telling(func(tell *calc.Report) {
		tell.Answer("A programme")
		tell.Table("programme", func(table *calc.Table) {
			table.Col("quarter", quantity.Word).Col("balance", quantity.Money).Draw(calc.Drawing{Kind: calc.Curve, Value: "balance"})
			for i, value := range values {
				table.Row(calc.Words(strconv.Itoa(i+1)), calc.Number(value))
			}
		})
	})
}

// curve returns the picture in a page of HTML, and the page.
func curve(t *testing.T, values ...float64) (figure, page string) {
	t.Helper()
	page = written(t, "html", compute(t, "mine", regular, balances(values...)))
	_, rest, found := strings.Cut(page, `<figure class="curve">`)
	figure, _, closed := strings.Cut(rest, "</figure>")
	if !found || !closed {
		t.Fatalf("html has no curve:\n%s", page)
	}
	return figure, page
}

// all returns the numbers that a pattern matches.
func all(t *testing.T, pattern, text string) (numbers []float64) {
	t.Helper()
	for _, match := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		number, err := strconv.ParseFloat(match[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, number)
	}
	return numbers
}

func TestACurveHasADotForEachRowAsHighAsItsNumber(t *testing.T) {
	figure, page := curve(t, -46_000, -11_500, 23_000, 46_000)
	if wrong := imbalance(page); wrong != "" {
		t.Errorf("html of a curve: %s", wrong)
	}
	// The curve goes from 46,000 at height 10 to -46,000 at 190, so 23,000 is 45 high.
	if got, want := all(t, `<circle [^>]*cy="([0-9.]+)"`, figure), []float64{190, 122.5, 55, 10}; !slices.Equal(got, want) {
		t.Errorf("the dots lie at %v, want %v", got, want)
	}
	across := all(t, `<circle cx="([0-9.]+)"`, figure)
	if len(across) != 4 || math.Abs(across[3]-across[2]-(across[1]-across[0])) > .011 || across[1] <= across[0] || across[3] > pictureWidth {
		t.Errorf("the dots lie at %v from the left, want them evenly spread", across)
	}
	points := regexp.MustCompile(`<polyline points="([^"]*)"`).FindStringSubmatch(figure)
	if points == nil || len(strings.Fields(points[1])) != 4 || !strings.HasPrefix(points[1], fmt.Sprintf("%.2f,190.00 ", across[0])) {
		t.Errorf("the line goes through %q, want through the four dots", points)
	}
	for quarter, amount := range []string{"-$46,000", "-$11,500", "$23,000", "$46,000"} {
		if want := fmt.Sprintf("<title>quarter %d: %s</title>", quarter+1, amount); !strings.Contains(figure, want) {
			t.Errorf("no dot has the title %s in\n%s", want, figure)
		}
	}
	if want := `role="img"`; !strings.Contains(figure, want) || !strings.Contains(figure, `aria-label="The balance by quarter: quarter 1 -$46,000; quarter 2 -$11,500; quarter 3 $23,000; quarter 4 $46,000"`) {
		t.Errorf("the picture does not say in words what it shows:\n%s", figure)
	}
	if want := "<figcaption>The balance by quarter</figcaption>"; !strings.Contains(figure, want) {
		t.Errorf("the picture lacks %s", want)
	}
	for _, tick := range []string{"1", "2", "3", "4"} {
		if want := `class="middle" >` + tick + "</text>"; !strings.Contains(figure, want) {
			t.Errorf("nothing under the curve reads %s in\n%s", tick, figure)
		}
	}
}

func TestACurveHasALineAtZero(t *testing.T) {
	for _, test := range []struct {
		values []float64
		zero   float64 // its height, from 10 at the top to 190 at the bottom
		texts  []string
	}{
		{[]float64{-100, 300}, 145, []string{"$0", "$300", "-$100"}},
		{[]float64{200, 300}, 190, []string{"$0", "$300"}}, // it is the bottom if all values are above zero
		{[]float64{-200, -300}, 10, []string{"$0", "-$300"}},
		{[]float64{-1, 300}, 189.4, []string{"$0", "$300"}}, // there is no room for -$1
		{[]float64{0, 0}, 190, []string{"$0"}},
		{[]float64{50}, 190, []string{"$0", "$50"}},
	} {
		figure, _ := curve(t, test.values...)
		lines := regexp.MustCompile(`<line x1="([0-9.]+)" y1="([0-9.]+)" x2="360.00" y2="([0-9.]+)"`).FindAllStringSubmatch(figure, -1)
		if len(lines) != 1 || lines[0][2] != lines[0][3] || math.Abs(all(t, `x2="360.00" y2="([0-9.]+)"`, figure)[0]-test.zero) > .011 {
			t.Errorf("%v: the line at zero is %q, want it at %v", test.values, lines, test.zero)
		}
		var texts []string
		for _, match := range regexp.MustCompile(`class="amount" >([^<]*)</text>`).FindAllStringSubmatch(figure, -1) {
			texts = append(texts, match[1])
		}
		if !slices.Equal(texts, test.texts) {
			t.Errorf("%v: on the left are %q, want %q", test.values, texts, test.texts)
		}
		if strings.Contains(figure, "NaN") || strings.Contains(figure, "Inf") {
			t.Errorf("%v: the picture has coordinates that are not numbers:\n%s", test.values, figure)
		}
	}
}

func TestACurveLeavesOutRowsWithoutANumberAndNamesThatDoNotFit(t *testing.T) {
	values := make([]float64, 40)
	for i := range values {
		values[i] = float64(1000 * i)
	}
	values[7] = math.NaN()
	figure, _ := curve(t, values...)
	if got := len(all(t, `<circle cx="([0-9.]+)"`, figure)); got != 39 {
		t.Errorf("of 40 rows, one without a number, %d have dots", got)
	}
	if strings.Contains(figure, "quarter 8:") {
		t.Errorf("a row without a number has a dot in\n%s", figure)
	}
	ticks := all(t, `<text x="([0-9.]+)" y="[0-9.]+" *class="middle"`, strings.ReplaceAll(figure, "\n", " "))
	for i := 1; i < len(ticks); i++ {
		if ticks[i]-ticks[i-1] < 3*letterWidth { // two letters and a gap
			t.Errorf("names under the curve lie at %v, too near each other", ticks)
			break
		}
	}
	if len(ticks) < 8 {
		t.Errorf("%d names lie under the curve, want as many as there is room for", len(ticks))
	}
}

func TestATerminalShowsTheTableOfACurve(t *testing.T) {
	text := written(t, "table", compute(t, "mine", regular, balances(-100, 300)))
	for _, want := range [][]string{{"quarter", "balance"}, {"1", "-$100"}, {"2", "$300"}} {
		if !slices.ContainsFunc(boxes(text), func(row []string) bool { return slices.Equal(row, want) }) {
			t.Errorf("no row is %q in\n%s", want, text)
		}
	}
}

// rings returns the picture of people in rings around the customer.
func rings(t *testing.T, people ...float64) string {
	t.Helper()
	page := written(t, "html", compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("A ripple")
		tell.Table("generations", func(table *calc.Table) {
			table.Col("generation", quantity.Word).Col("hear it", quantity.People).Draw(calc.Drawing{Kind: calc.Rings, Value: "hear it"})
			for i, count := range people {
				table.Row(calc.Words(strconv.Itoa(i)), calc.Number(count))
			}
			table.Row(calc.Words("sum"), calc.Number(1))
		})
	})))
	_, rest, _ := strings.Cut(page, `<figure class="rings">`)
	figure, _, closed := strings.Cut(rest, "</figure>")
	if !closed {
		t.Fatalf("html has no rings:\n%s", page)
	}
	return figure
}

func TestUpTo130PeopleOfARingAreDots(t *testing.T) {
	for _, test := range []struct {
		people     float64
		dots, full int
	}{
		{1, 2, 0}, {130, 131, 0}, {130.4, 131, 0}, {131, 1, 1}, {130.5, 1, 1},
	} {
		figure := rings(t, 1, test.people) // the customer is a dot too
		if dots, full := strings.Count(figure, `class="dot"`), strings.Count(figure, `class="full"`); dots != test.dots || full != test.full {
			t.Errorf("%v people are drawn as %d dots and %d full rings, want %d and %d", test.people, dots, full, test.dots, test.full)
		}
		if orbits := strings.Count(figure, `class="orbit"`); orbits != 1 {
			t.Errorf("%v people have %d orbits, want 1", test.people, orbits)
		}
	}
}
