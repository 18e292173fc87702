package format

import (
	"bytes"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
	"github.com/olekukonko/tablewriter/pkg/twwidth"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/results"
)

func TestATableAlignsNumbersRightAndWordsLeft(t *testing.T) {
	text := written(t, "table", compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("Two amounts")
		tell.Money("test.first", "First", 999).From("{customer.spend} × {customer.years}")
		tell.Money("test.second", "The second", 416_000)
	})))
	got := strings.Split(text, "\n\n")[1] // below the headline
	const want = `┌────────────┬──────────┬───────────────┐
│ telling    │   amount │ calculation   │
├────────────┼──────────┼───────────────┤
│ First      │     $999 │ $50 × 52 × 10 │
│ The second │ $416,000 │               │
└────────────┴──────────┴───────────────┘`
	if got != want {
		t.Errorf("the table is\n%s\nwant\n%s", got, want)
	}
}

func TestATableCutsAndFoldsNothing(t *testing.T) {
	label, words := strings.Repeat("very long ", 20)+"label", strings.Repeat("many words ", 30)+"and an end"
	text := written(t, "table", compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("A figure")
		tell.Money("test.figure", label, 416_000).From(words)
	})))
	if want := "│ " + label + " │ $416,000 │ " + words + " │\n"; !strings.Contains(text, want) {
		t.Errorf("no line reads %s in\n%s", want, text)
	}
}

func TestATableWritesNamesAsTheyAre(t *testing.T) {
	text := written(t, "table", compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("A figure")
		tell.Money("test.figure", "Figure", 1)
		tell.Table("own", func(own *calc.Table) {
			own.Col("ripple.loss by reason_code", quantity.Word)
			own.Row(calc.Words("a"))
		})
	})))
	if want := "│ ripple.loss by reason_code │"; !strings.Contains(text, want) {
		t.Errorf("no heading reads %q in\n%s", want, text)
	}
}

// chinese is a document with Chinese in all places for words: labels, rows, the file's
// name, the source of an input.
func chinese(t *testing.T) *results.Result {
	const scenario = `version: 1
name: 半棵生菜
currency: CNY
customer:
  spend: {value: 50..60 per week, source: "收银记录，二〇二六年"}
  years: 10
`
	return compute(t, "生菜", scenario, telling(func(tell *calc.Report) {
		tell.Answer("一个流失的顾客值 {test.loss}")
		tell.Money("test.loss", "流失的顾客 (the customer)", 26_000.5).From("{customer.spend} × {customer.years} ÷ 1 − 0").Caveat("当初赢得她的费用不再计入")
		tell.Share("test.share", "跟随者", .941)
		tell.Table("原因", func(reasons *calc.Table) {
			reasons.Col("原因", quantity.Word).Col("占比", quantity.Share)
			reasons.Row(calc.Words("服务态度冷淡，没有人过问"), calc.Number(.68))
			reasons.Row(calc.Words("price"), calc.Number(.09))
		})
	}))
}

// locales are environments under which some terminals draw borders, dashes and
// the sign × two columns wide.
var locales = []string{"LANG=C", "LANG=en_US.UTF-8", "LANG=zh_CN.UTF-8", "LC_ALL=zh_CN.UTF-8", "LANG=ja_JP.UTF-8", "RUNEWIDTH_EASTASIAN=1"}

func TestTheRightEdgeOfATableIsStraightUnderEveryLocale(t *testing.T) {
	const asked = "RENDER_TEST_DRAW"
	if os.Getenv(asked) != "" {
		const ambiguous = "│" // of one column or two, as the setting of the table library says
		before := twwidth.WidthNoCache(ambiguous)
		os.Stdout.WriteString(written(t, "table", chinese(t)))
		if twwidth.WidthNoCache(ambiguous) != before {
			os.Stdout.WriteString("the setting of the table library is not put back\n")
			os.Exit(1)
		}
		os.Exit(0)
	}
	first := ""
	for _, locale := range locales {
		// A program reads its locale at the start, so each locale needs a process.
		cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		cmd.Env = []string{locale, asked + "=1"}
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("under %s: %v\n%s", locale, err, out)
		}
		text := string(out)
		if crooked := crookedLine(text); crooked != "" {
			t.Errorf("under %s this line is not as wide as the one before it:\n%s\nin\n%s", locale, crooked, text)
		}
		if first == "" {
			first = text
		}
		if text != first {
			t.Errorf("under %s the table is\n%s\nand under %s it is\n%s", locale, text, locales[0], first)
		}
	}
}

// crookedLine finds a line of a table that is not as wide as the line above it, on a
// terminal where Chinese characters take two columns and all others one.
func crookedLine(text string) string {
	narrow := runewidth.Condition{EastAsianWidth: false}
	above := 0
	for line := range strings.SplitSeq(text, "\n") {
		if !strings.ContainsAny(line, "┌│├└") {
			above = 0
			continue
		}
		width := narrow.StringWidth(line)
		if above != 0 && width != above {
			return line
		}
		above = width
	}
	return ""
}

var escapes = regexp.MustCompile("\x1b\\[[0-9;]*m")

func TestColourAddsNothingButColour(t *testing.T) {
	d := compute(t, "mine", lettuce, calculator(t, "loss"))
	format := formatNamed(t, "table")
	var plain, coloured bytes.Buffer
	format.Write(&plain, Of(d), Style{})
	format.Write(&coloured, Of(d), Style{Colour: true})
	if strings.Contains(plain.String(), "\x1b") {
		t.Errorf("without colour there are escape sequences in\n%q", plain.String())
	}
	if !escapes.MatchString(coloured.String()) {
		t.Errorf("with colour there is no escape sequence in\n%q", coloured.String())
	}
	if got := escapes.ReplaceAllString(coloured.String(), ""); got != plain.String() {
		t.Errorf("with colour taken out the table is\n%s\nwant\n%s", got, plain.String())
	}
}
