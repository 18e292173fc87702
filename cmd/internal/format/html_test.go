package format

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// unclosed lists the HTML elements without an end tag that the page uses (HTML Living
// Standard, 13.1.2, void elements).
var unclosed = []string{"meta", "br", "hr", "img", "link"}

// tagPattern matches a tag: the slash of an end tag, the name, the attributes, and the
// slash of an empty element, as in SVG.
var tagPattern = regexp.MustCompile(`<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z:-][a-zA-Z0-9:-]*="[^"<>]*")*)\s*(/?)>`)

// imbalance says what is wrong with the tags of a page; "" if each is closed in order and
// no angle bracket is outside a tag.
func imbalance(page string) string {
	page, found := strings.CutPrefix(page, "<!DOCTYPE html>\n")
	if !found {
		return "it does not begin with <!DOCTYPE html>"
	}
	var open []string
	for _, tag := range tagPattern.FindAllStringSubmatch(page, -1) {
		name := tag[2]
		switch {
		case slices.Contains(unclosed, name), tag[4] != "":
		case tag[1] == "":
			open = append(open, name)
		case len(open) == 0 || open[len(open)-1] != name:
			return "</" + name + "> closes nothing; open are " + strings.Join(open, " ")
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		return "never closed: " + strings.Join(open, " ")
	}
	if rest := tagPattern.ReplaceAllString(page, ""); strings.ContainsAny(rest, "<>") {
		at := strings.IndexAny(rest, "<>")
		return "an angle bracket is in the text: " + rest[max(0, at-40):min(len(rest), at+40)]
	}
	return ""
}

func TestAPageOfHTMLClosesEveryTagThatItOpens(t *testing.T) {
	for _, test := range []struct{ calculator, scenario string }{
		{"loss", lettuce},
		{"ripple", lettuce},
		{"lifetime", "version: 1\ncustomer: {spend: 50..60 per week, years: {value: 10, source: 'R&D <2026>', owner: \"O'Neill\"}}\n"},
	} {
		page := written(t, "html", compute(t, `<label> & "more"`, test.scenario, calculator(t, test.calculator)))
		if wrong := imbalance(page); wrong != "" {
			t.Errorf("html of %s: %s, in\n%s", test.calculator, wrong, page)
		}
	}
}

func TestHTMLEscapesTheTextsOfAScenario(t *testing.T) {
	const scenario = `version: 1
name: <script>alert("name")</script>
customer: {spend: 50 per week, years: {value: 10, source: "<img src=x onerror=alert(1)>"}}
`
	page := written(t, "html", compute(t, `<script>alert('label')</script>`, scenario, calculator(t, "lifetime")))
	for _, markup := range []string{"<script", "<img"} {
		if strings.Contains(page, markup) {
			t.Errorf("html has %s in\n%s", markup, page)
		}
	}
	for _, text := range []string{
		"<title>&lt;script&gt;alert(&#39;label&#39;)&lt;/script&gt;",
		"<p class=\"name\">&lt;script&gt;alert(&#34;name&#34;)&lt;/script&gt;</p>",
		"<h1>&lt;script&gt;alert(&#39;label&#39;)&lt;/script&gt;: ",
		"&lt;img src=x onerror=alert(1)&gt;",
	} {
		if !strings.Contains(page, text) {
			t.Errorf("html lacks %s in\n%s", text, page)
		}
	}
}

func TestAPageOfHTMLNeedsNothingElse(t *testing.T) {
	page := written(t, "html", compute(t, "mine", lettuce, calculator(t, "loss")))
	// Names of XML languages are addresses, but are not loaded.
	page = regexp.MustCompile(`xmlns(:xlink)?="[^"]*"`).ReplaceAllString(page, "")
	for _, reference := range []string{"src=", "href=", "url(", "@import", "http:", "https:", "<script", "<link"} {
		if strings.Contains(page, reference) {
			t.Errorf("html refers to something else by %q in\n%s", reference, page)
		}
	}
	if !strings.Contains(page, `<meta charset="utf-8">`) {
		t.Errorf("html does not say that it is in UTF-8:\n%s", page)
	}
}

func TestHTMLAlignsNumbersAndNothingElse(t *testing.T) {
	page := written(t, "html", compute(t, "mine", regular, calculator(t, "lifetime")))
	for _, want := range []string{
		`<th scope="col" class="number">amount</th><th scope="col">calculation</th>`,
		`<td class="number">$26,000</td><td>$50 × 52 × 10</td>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("html lacks %s in\n%s", want, page)
		}
	}
}

// A phone of 360 pixels has room for three short numbers in a line. It shows two if there
// are four, or if one is longer than twelve letters.
func TestHTMLMarksWideTables(t *testing.T) {
	for _, test := range []struct {
		claim  string
		values []float64
		class  string
	}{
		{"one short number beside a name", []float64{1}, ` class="pair"`},
		{"three short numbers", []float64{1, 2, 3}, ""},
		{"four short numbers", []float64{1, 2, 3, 4}, ` class="wide"`},
		{"five short numbers", []float64{1, 2, 3, 4, 5}, ""},
		{"a number of twelve letters", []float64{1, 23_456_789.5}, ""}, // 23,456,789.5
		{"a number of thirteen letters", []float64{1, 234_567_890.5}, ` class="wide"`},
	} {
		page := written(t, "html", compute(t, "mine", regular, telling(func(tell *calc.Report) {
			tell.Answer("Numbers")
			tell.Table("numbers", func(table *calc.Table) {
				table.Col("name", quantity.Word)
				row := []calc.Cell{calc.Words("row")}
				for i, value := range test.values {
					table.Col(strconv.Itoa(i), quantity.Count)
					row = append(row, calc.Number(value))
				}
				table.Row(row...)
			})
		})))
		if want := "<table" + test.class + ">\n<caption>numbers</caption>"; !strings.Contains(page, want) {
			t.Errorf("%s: html lacks %q in\n%s", test.claim, want, page)
		}
	}
}
