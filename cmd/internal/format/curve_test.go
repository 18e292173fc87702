package format

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// forecast reports a curve with a band, a second line and three zones. The last two rows
// were not measured.
func forecast() calc.Calculator {
	return telling(func(tell *calc.Report) {
		tell.Answer("A forecast")
		tell.Share("forecast.half", "Half", .5)
		tell.Table("forecast", func(table *calc.Table) {
			table.Col("renewal", quantity.Word).Col("there", quantity.Share).Col("low", quantity.Share).Col("high", quantity.Share).Col("model", quantity.Share).Col("part", quantity.Word).
				Draw(calc.Drawing{Kind: calc.Curve, Value: "there", Line: "model", Low: "low", High: "high", Zone: "part", Title: "Down to {forecast.half}"})
			none := math.NaN()
			for _, row := range []struct {
				name                   string
				there, low, high, line float64
				part                   string
			}{
				{"0", 1, 1, 1, none, "seen"}, {"1", .8, .7, .9, .75, "seen"}, {"2", .6, .45, .75, .65, "held out"},
				{"3", .5, none, none, .55, "ahead"}, {"4", .4, none, none, .5, "ahead"},
			} {
				table.Row(calc.Words(row.name), calc.Number(row.there), calc.Number(row.low), calc.Number(row.high), calc.Number(row.line), calc.Words(row.part))
			}
		})
	})
}

// lineOf is the points of the line of a class, the heights of which lie between 29, with a
// line of words above, and 209.
func lineOf(t *testing.T, figure, class string) (x, y []float64) {
	t.Helper()
	match := regexp.MustCompile(`<polyline points="([^"]*)" class="` + class + `"`).FindStringSubmatch(figure)
	if match == nil {
		t.Fatalf("no line of class %q in\n%s", class, figure)
	}
	return all(t, `(?:^| )([0-9.]+),`, match[1]), all(t, `,([0-9.]+)`, match[1])
}

func near(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(a, b float64) bool { return math.Abs(a-b) < .02 })
}

// A hundred percent is 180 high: .8 lies 36 below the top.
func TestACurveDrawsItsBandItsSecondLineAndItsZones(t *testing.T) {
	page := written(t, "html", compute(t, "mine", regular, forecast()))
	_, rest, _ := strings.Cut(page, `<figure class="curve">`)
	figure, _, found := strings.Cut(rest, "</figure>")
	if wrong := imbalance(page); !found || wrong != "" || strings.Contains(figure, "NaN") {
		t.Fatalf("html of a curve: %s\n%s", wrong, figure)
	}
	for _, line := range []struct {
		class string
		want  []float64
	}{
		{"line", []float64{29, 65, 101}},
		{"line ahead", []float64{101, 119, 137}},
		{"second", []float64{74, 92, 110, 119}},
		{"band", []float64{29, 47, 74, 128, 83, 29}}, // along the high end, and back along the low
	} {
		if _, got := lineOf(t, figure, line.class); !near(got, line.want) {
			t.Errorf("the heights of the %s are %v, want %v", line.class, got, line.want)
		}
	}
	measured, _ := lineOf(t, figure, "line")
	ahead, _ := lineOf(t, figure, "line ahead")
	second, _ := lineOf(t, figure, "second")
	if ahead[0] != measured[2] || !near(second, append(measured[1:], ahead[1:]...)) {
		t.Errorf("the lines lie at %v, %v and %v from the left, want one after the other", measured, ahead, second)
	}
	// A zone ends half way between its last row and the first of the next.
	edges := all(t, `<line x1="([0-9.]+)" y1="29.00" x2="[0-9.]+" y2="209.00" class="edge"`, figure)
	if want := []float64{(measured[1] + measured[2]) / 2, (ahead[0] + ahead[1]) / 2}; !near(edges, want) {
		t.Errorf("zones end at %v, want %v", edges, want)
	}
	for zone, between := range map[string][2]float64{"seen": {0, edges[0]}, "held out": {edges[0], edges[1]}, "ahead": {edges[1], pictureWidth}} {
		if at := all(t, `<text x="([0-9.]+)" y="24.00" class="middle" >`+zone+`</text>`, figure); len(at) != 1 || at[0] < between[0] || at[0] > between[1] {
			t.Errorf("%s is written at %v, want it between %v", zone, at, between)
		}
	}
	if full, hollow := strings.Count(figure, `class="dot" `), strings.Count(figure, `class="dot ahead"`); full != 3+1 || hollow != 2 { // one in the legend
		t.Errorf("%d dots are full and %d are hollow, want 4 and 2", full, hollow)
	}
	for _, name := range []string{`class="middle" >renewal<`, `class="label" >there<`, `class="label" >model<`, `class="label" >low to high<`, "<figcaption>Down to 50%</figcaption>", "<title>renewal 1: 80%, low 70%, high 90%, model 75%</title>"} {
		if !strings.Contains(figure, name) {
			t.Errorf("the picture lacks %s:\n%s", name, figure)
		}
	}
	words := `aria-label="Down to 50%: renewal 0 100%, low 100%, high 100%, seen; renewal 1 80%, low 70%, high 90%, model 75%, seen; renewal 2 60%, low 45%, high 75%, model 65%, held out; renewal 3 50%, model 55%, ahead; renewal 4 40%, model 50%, ahead"`
	if !strings.Contains(figure, words) {
		t.Errorf("the picture in words is not %s:\n%s", words, figure)
	}
}

// A twelfth of the hundred percent is one character: .8 is 9.6 of them.
func TestATerminalDrawsACurveWithABandInBars(t *testing.T) {
	text := written(t, "table", compute(t, "mine", regular, forecast()))
	for _, want := range [][]string{{"0", "100%", "100%", "100%", "", "seen", "████████████"}, {"1", "80%", "70%", "90%", "75%", "seen", "██████████"}, {"4", "40%", "", "", "50%", "ahead", "▒▒▒▒▒"}} {
		if !slices.ContainsFunc(boxes(text), func(row []string) bool { return slices.Equal(row, want) }) {
			t.Errorf("no row is %q in\n%s", want, text)
		}
	}
	if page := written(t, "html", compute(t, "mine", regular, forecast())); strings.Contains(page, "▒") || strings.Contains(page, "█") {
		t.Errorf("html has bars in characters beside its picture:\n%s", page)
	}
}
