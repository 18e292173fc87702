package format

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// The characters that GitHub reads as markup in a cell are in the GitHub Flavored
// Markdown Spec: the pipe in 4.10, backslash escapes in 2.4, HTML in 6.10.
func TestMarkdownEscapesTheTextsOfAScenario(t *testing.T) {
	d := compute(t, `a|b *c* <d> [e] _f_ \g`, regular, telling(func(tell *calc.Report) {
		tell.Answer("A figure")
		tell.Money("test.figure", "A | B <i> *C*", 1).From("x | y")
	}))
	text := written(t, "markdown", d)
	headline, _, _ := strings.Cut(text, "\n")
	const want = `**a\|b \*c\* &lt;d> \[e\] \_f\_ \\g: A figure**`
	if headline != want {
		t.Errorf("the headline reads %s, want %s", headline, want)
	}
	const row = `| A \| B &lt;i> \*C\* | $1 | x \| y |`
	if !strings.Contains(text, "\n"+row+"\n") {
		t.Errorf("no row reads %s in\n%s", row, text)
	}
}

func TestMarkdownIsABoldHeadlineAndATableWithNumbersAlignedRight(t *testing.T) {
	got := written(t, "markdown", compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("It costs {test.cost} over {customer.years}")
		tell.Money("test.cost", "Cost", 26_000).From("{customer.spend} × {customer.years}")
		tell.Share("test.share", "Share", .25)
		tell.Table("words", func(words *calc.Table) {
			words.Col("who", quantity.Word).Col("how many", quantity.People)
			words.Row(calc.Words("they"), calc.Number(2))
		})
	})))
	const want = `**mine: It costs $26,000 over 10 years**

| telling | amount | calculation |
| --- | ---: | --- |
| Cost | $26,000 | $50 × 52 × 10 |
| Share | 25% |  |
`
	if got != want {
		t.Errorf("markdown writes\n%s\nwant\n%s", got, want)
	}
}

func TestMarkdownHasNoFootnoteMarks(t *testing.T) {
	text := written(t, "markdown", compute(t, "mine", lettuce, calculator(t, "loss")))
	if at := strings.IndexAny(text, "⁰¹²³⁴⁵⁶⁷⁸⁹"); at >= 0 {
		t.Errorf("there is a mark before %q in\n%s", text[at:min(len(text), at+40)], text)
	}
}

// GitHub refuses a comment of more than 65,536 characters. A table of 2,000 rows of 60
// characters is longer: whole lines are cut off its end, and counted.
func TestMarkdownIsCutToTheLengthOfAComment(t *testing.T) {
	const rows = 2000
	text := written(t, "markdown", compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("Figures")
		for i := range rows {
			tell.Money("test.figure"+strconv.Itoa(i), strings.Repeat("x", 50), 1)
		}
	})))
	if len(text) >= 65_536 {
		t.Errorf("markdown has %d bytes, want less than 65,536", len(text))
	}
	kept := strings.Count(text, "\n| xxx")
	want := fmt.Sprintf("\n%d more lines are cut here, ", rows-kept)
	if !strings.Contains(text, " |\n"+want) || kept < 900 || !strings.HasSuffix(text, "have everything\n") {
		t.Errorf("%d rows are kept, and the end is %q, want %q", kept, text[len(text)-200:], want)
	}
}
