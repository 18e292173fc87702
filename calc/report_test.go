package calc_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/quantity"
)

// A shop reports figures of every kind.
type shop struct{ Price, Count float64 }

func (in *shop) Ask(ask *calc.Form) {
	ask.Money(&in.Price, "shop.price", "the price", calc.AtLeast(math.Inf(-1)))
	ask.Count(&in.Count, "shop.count", "how many")
}

func (in *shop) Tell(tell *calc.Report) {
	tell.Answer("It comes to ", "{shop.sum}")
	tell.Money("shop.sum", "All", in.Price*in.Count).From("{shop.price} × {1}", in.Count).Caveat("roughly")
	tell.Share("shop.part", "One of them", 1/in.Count).Needs("shop.count").AbsentBecause("there is none").Display(map[bool]string{true: "all of it"}[in.Count == 1])
	tell.Table("each", func(t *calc.Table) {
		t.Col("which", quantity.Word).Col("price", quantity.Money).Col("share", quantity.Share)
		t.Row(calc.Words("one"), calc.Number(in.Price), calc.Number(1/in.Count))
		t.Row(calc.Words("all"), calc.Metric("shop.sum"), calc.Given("shop.count"))
	})
	tell.Warn(in.Price < 0, "shop.price", "it is below zero")
	tell.Warn(in.Count > 1e6, "", "that is very many")
}

func TestAReportHasEverythingThatTheCalculatorSays(t *testing.T) {
	report := calctest.Reported(t, calctest.Toy[shop](), quantity.Inputs{"shop.price": calctest.Exactly(-2), "shop.count": calctest.Exactly(1)}, 2)
	sum, part := report.Figure("shop.sum"), report.Figure("shop.part")
	got := fmt.Sprintf("%s|%s %s %v %s %v %s|%s %v %s %v %s|%v", report.Headline, sum.Label, sum.Unit, sum.Range.Likely, sum.Working, sum.Terms, sum.Limitation,
		part.Unit, part.Range.Likely, part.Shown, part.Keys, part.AbsenceReason, report.Notes)
	want := "It comes to {shop.sum}|All money -2 {shop.price} × {1} [1] roughly|share 1 all of it [shop.count] there is none|[{warning shop.price it is below zero []}]"
	if got != want {
		t.Errorf("the report tells\n%s\nwant\n%s", got, want)
	}
	if f := report.Figure("shop.some"); f != nil {
		t.Errorf("Figure(shop.some) = %v, want nil: no such metric is told", f)
	}
}

// A noting toy has something to say of every kind.
type noting struct{ Price float64 }

func (in *noting) Ask(ask *calc.Form) { ask.Money(&in.Price, "noting.price", "the price") }

func (in *noting) Tell(tell *calc.Report) {
	tell.Answer("Of {1} it is {2}")
	tell.AnswerTerms(in.Price, 7)
	tell.Money("noting.told", "", in.Price)
	tell.Warn(in.Price > 5, "noting.price", "{1 money} is more than {2}", in.Price, 5)
	tell.Remark(in.Price > 5, "", "look at {1}", in.Price)
}

func TestHeadlinesAndNotesHaveTermsAndRemarksAreNoWarnings(t *testing.T) {
	for price, want := range map[float64]string{
		5: "Of {1} it is {2} [5 7] []",
		6: "Of {1} it is {2} [6 7] [{warning noting.price {1 money} is more than {2} [6 5]} {note  look at {1} [6]}]",
	} {
		report := calctest.Reported(t, calctest.Toy[noting](), quantity.Inputs{"noting.price": calctest.Exactly(price)}, 2)
		if got := fmt.Sprint(report.Headline, " ", report.Terms, " ", report.Notes); got != want {
			t.Errorf("at a price of %v the report says\n%s\nwant\n%s", price, got, want)
		}
	}
}

func TestTwoNotesAreTheSameIfTheySayTheSameOfTheSameNumbers(t *testing.T) {
	note := calc.Note{Kind: calc.Warning, Key: "a.key", Text: "{1} is too much", Terms: []float64{6}}
	for _, test := range []struct {
		other calc.Note
		want  bool
	}{
		{calc.Note{Kind: calc.Warning, Key: "a.key", Text: "{1} is too much", Terms: []float64{6}}, true},
		{calc.Note{Kind: calc.Remark, Key: "a.key", Text: "{1} is too much", Terms: []float64{6}}, false},
		{calc.Note{Kind: calc.Warning, Key: "a.lock", Text: "{1} is too much", Terms: []float64{6}}, false},
		{calc.Note{Kind: calc.Warning, Key: "a.key", Text: "{1} is too little", Terms: []float64{6}}, false},
		{calc.Note{Kind: calc.Warning, Key: "a.key", Text: "{1} is too much", Terms: []float64{7}}, false},
	} {
		if got := note.Same(test.other); got != test.want {
			t.Errorf("%v.Same(%v) = %v, want %v", note, test.other, got, test.want)
		}
	}
}

func TestATableHoldsNumbersWordsMetricsAndInputs(t *testing.T) {
	table := calctest.Reported(t, calctest.Toy[shop](), quantity.Inputs{"shop.price": calctest.Exactly(2), "shop.count": calctest.Exactly(4)}, 2).Tables[0]
	var got strings.Builder
	got.WriteString(fmt.Sprint(table.Name, table.Columns))
	for _, row := range table.Rows {
		for _, cell := range row {
			got.WriteString(fmt.Sprintf(" [%d %v %s%s%s]", cell.Kind, cell.Range.Likely, cell.Words, cell.Metric, cell.Key))
		}
	}
	want := fmt.Sprintf("each[{which } {price money} {share share}] [%d 0 one] [%d 2 ] [%d 0.25 ] [%d 0 all] [%d 0 shop.sum] [%d 0 shop.count]",
		calc.WordCell, calc.NumberCell, calc.NumberCell, calc.WordCell, calc.MetricCell, calc.KeyCell)
	if got.String() != want {
		t.Errorf("the table is\n%s\nwant\n%s", got.String(), want)
	}
}

// 2.341 × 3 = 7.023, in yen, in cents, and in a currency of three digits.
func TestRoundRoundsMoneyToMinorDigitsAndEverythingElseToSix(t *testing.T) {
	for minor, want := range map[int]string{0: "7 0.333333 2", 2: "7.02 0.333333 2.34", 3: "7.023 0.333333 2.341"} {
		report := calctest.Reported(t, calctest.Toy[shop](), quantity.Inputs{"shop.price": calctest.Exactly(2.341), "shop.count": calctest.Exactly(3)}, minor)
		got := fmt.Sprint(report.Figures[0].Range.Likely, report.Figures[1].Range.Likely, report.Tables[0].Rows[0][1].Range.Likely)
		if got != want {
			t.Errorf("with %d minor digits, sum, share and the table's price are %s, want %s", minor, got, want)
		}
	}
}

// 2..4 × 3 = 6..12, and one of 3 is what it is.
func TestRangesReachFiguresAndCells(t *testing.T) {
	report := calctest.Reported(t, calctest.Toy[shop](), quantity.Inputs{"shop.price": calctest.Between(2, 4), "shop.count": calctest.Exactly(3)}, 2)
	if got, want := report.Figures[0].Range, (quantity.Range{Low: 6, Likely: 9, High: 12}); got != want {
		t.Errorf("shop.sum = %v, want %v", got, want)
	}
	if got := report.Figures[1].Range; !got.Exact() {
		t.Errorf("shop.part = %v, want one number: no range is in it", got)
	}
	if got, want := report.Tables[0].Rows[0][1].Range, (quantity.Range{Low: 2, Likely: 3, High: 4}); got != want {
		t.Errorf("the table's price = %v, want %v", got, want)
	}
}

func TestAFigureThatPassesAllNumbersIsAnErrorWithARemedy(t *testing.T) {
	m := calctest.Toy[shop]()
	if err := m.Bind(quantity.Inputs{"shop.price": calctest.Exactly(1e300), "shop.count": calctest.Exactly(1e300)}); err != nil {
		t.Fatal(err)
	}
	_, err := calctest.Report(m, 2)
	problems, _ := errors.AsType[calc.Problems](err)
	if len(problems) != 1 || !strings.HasPrefix(problems[0].Message, "shop.sum is too large") || problems[0].Hint == "" {
		t.Errorf("Report of 1e300 × 1e300 fails with %v, want that shop.sum is too large, and a remedy", err)
	}
}

func TestFiguresAreAppendedInTheOrderOfMetrics(t *testing.T) {
	m := calctest.Toy[shop]()
	if err := m.Bind(quantity.Inputs{"shop.price": calctest.Exactly(2.341), "shop.count": calctest.Exactly(4)}); err != nil {
		t.Fatal(err)
	}
	got, err := m.Figures([]float64{-1})
	if want := []float64{-1, 9.364, .25}; err != nil || len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("Figures(-1) = %v (%v), want %v, not rounded", got, err, want)
	}
}

func TestFiguresAreThoseOfTheLikelyValuesAlsoAfterAReportHasSearchedTheRanges(t *testing.T) {
	m := calctest.Toy[shop]()
	calctest.Reported(t, m, quantity.Inputs{"shop.price": {Range: quantity.Range{Low: 1, Likely: 2, High: 9}}, "shop.count": calctest.Between(1, 3)}, 2)
	got, err := m.Figures(nil)
	if err != nil || got[0] != 4 || got[1] != .5 {
		t.Errorf("Figures after Report = %v (%v), want 2 × 2 = 4 and ½", got, err)
	}
}

// A picky toy refuses what it is given, at the price.
type picky struct{ Price float64 }

func (in *picky) Ask(ask *calc.Form) { ask.Money(&in.Price, "picky.price", "the price") }

func (in *picky) Tell(tell *calc.Report) { tell.Money("picky.price_told", "", in.Price) }

func TestWhatACalculatorFindsWrongHasThePlaceOfTheInput(t *testing.T) {
	m := calc.New("picky", "", func(in, out *picky) error {
		if in.Price > 5 {
			return calc.Wrong("picky.price", "%v is too dear", in.Price)
		}
		*out = *in
		return nil
	}).Model()
	document := &quantity.Document{Name: "mine.yaml", Text: "picky:\n  price: 7\n"}
	place := quantity.Place{Document: document, Line: 2, Column: 10, Width: 1}
	if err := m.Bind(quantity.Inputs{"picky.price": {Key: "picky.price", Range: quantity.Exactly(7), Place: place}}); err != nil {
		t.Fatal(err)
	}
	_, byFigures := m.Figures(nil)
	_, byReport := calctest.Report(m, 2)
	for call, err := range map[string]error{"Figures": byFigures, "Report": byReport} {
		problems, _ := errors.AsType[calc.Problems](err)
		if len(problems) != 1 || problems[0].Message != "7 is too dear" || problems[0].Place != place {
			t.Errorf("%s fails with %v, want that 7 is too dear, at line 2 and column 10 of mine.yaml", call, err)
		}
	}
}

// A settled toy looks at what it was given once, when it is bound.
type settled struct{ Price float64 }

func (in *settled) Ask(ask *calc.Form) {
	ask.Money(&in.Price, "settled.price", "the price", calc.Optional)
}

func (in *settled) Settle() error {
	switch {
	case math.IsNaN(in.Price):
		return calc.Lacking("settled.price", "it says the price")
	case in.Price > 5:
		return calc.Wrong("settled.price", "%v is too dear", in.Price)
	}
	return nil
}

func (in *settled) Tell(tell *calc.Report) { tell.Money("settled.told", "", in.Price) }

// 3..9 is 6 at its middle.
func TestWhatIsRefusedAtTheLikelyValuesHasThePlaceOfTheInput(t *testing.T) {
	place := quantity.Place{Document: &quantity.Document{Name: "mine.yaml"}, Line: 2, Column: 10, Width: 4}
	for _, test := range []struct {
		price quantity.Range
		want  string
	}{
		{quantity.Exactly(7), "7 is too dear"},
		{quantity.Between(3, 9), "6 is too dear"},
		{quantity.Range{Low: 3, Likely: 5, High: 9}, ""},
	} {
		err := calctest.Toy[settled]().Bind(quantity.Inputs{"settled.price": {Key: "settled.price", Range: test.price, Place: place}})
		problems, _ := errors.AsType[calc.Problems](err)
		if test.want == "" {
			if err != nil {
				t.Errorf("binding a price of %v fails with %v, want it accepted: only the likely value counts", test.price, err)
			}
			continue
		}
		if len(problems) != 1 || problems[0].Message != test.want || problems[0].Place != place || problems[0].Missing {
			t.Errorf("binding a price of %v fails with %v, want %q at line 2 and column 10 of mine.yaml", test.price, err, test.want)
		}
	}
	err := calctest.Toy[settled]().Bind(quantity.Inputs{})
	problems, _ := errors.AsType[calc.Problems](err)
	if len(problems) != 1 || problems[0].Message != `missing key "settled.price"` || problems[0].Hint != "it says the price" || !problems[0].Missing || problems[0].Place != (quantity.Place{}) {
		t.Errorf("binding no price fails with %v, want that settled.price is missing, with its hint and no place", err)
	}
}

func TestProblemsAreInOrderOfLineAndColumn(t *testing.T) {
	at := func(line, column int, message string) *calc.Problem {
		return &calc.Problem{Place: quantity.Place{Line: line, Column: column}, Message: message}
	}
	problems := calc.Problems{at(2, 1, "third"), at(1, 9, "second"), at(1, 3, "first"), at(2, 1, "fourth")}
	problems.Sort()
	if got, want := problems.Error(), "first; second; third; fourth"; got != want {
		t.Errorf("sorted, the problems are %q, want %q", got, want)
	}
}

func TestADocumentGivesItsLinesWithoutTheirEnds(t *testing.T) {
	d := &quantity.Document{Text: "one\r\ntwo\n\nfour"}
	for number, want := range map[int]string{1: "one", 2: "two", 3: "", 4: "four", 5: "", 99: ""} {
		if got := d.Line(number); got != want {
			t.Errorf("Line(%d) = %q, want %q", number, got, want)
		}
	}
}

func TestAnAbsentFigureIsOneThatIsNoNumber(t *testing.T) {
	for value, want := range map[float64]bool{0: false, -1: false, math.Inf(1): false} {
		f := calc.Figure{Range: quantity.Exactly(value)}
		if got := f.Absent(); got != want {
			t.Errorf("a figure of %v: Absent() = %v, want %v", value, got, want)
		}
	}
	if f := (calc.Figure{Range: quantity.Exactly(math.NaN())}); !f.Absent() {
		t.Errorf("a figure of NaN is not absent")
	}
}
