package format

import (
	"encoding/csv"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
)

func TestCSVHasOneRowForEachMetric(t *testing.T) {
	// 67 have heard and 17 leave, which costs 17 × $2,600 = $44,200 a year and $442,000
	// in ten years. These are the figures of the original story.
	got := written(t, "csv", compute(t, "mine", lettuce, calculator(t, "ripple")))
	const want = `scenario,metric,value,low,high,unit,currency,base,change,change_percent
mine,ripple.heard,67,67,67,people,,,,
mine,ripple.followers,16,16,16,people,,,,
mine,ripple.leave,17,17,17,people,,,,
mine,ripple.loss_per_year,44200,44200,44200,money/year,USD,,,
mine,ripple.loss,442000,442000,442000,money,USD,,,
`
	if got != want {
		t.Errorf("csv writes\n%s\nwant\n%s", got, want)
	}
}

func TestCSVQuotesWhatWouldBreakARow(t *testing.T) {
	const label = `Ann's, "best" case`
	text := written(t, "csv", compute(t, label, lettuce, calculator(t, "ripple")))
	if want := `"Ann's, ""best"" case",ripple.heard,67,`; !strings.Contains(text, "\n"+want) {
		t.Errorf("csv has no row that begins with %s:\n%s", want, text)
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("csv cannot be read back: %v\n%s", err, text)
	}
	for _, row := range rows[1:] {
		if row[0] != label {
			t.Errorf("csv read back names the scenario %q, want %q", row[0], label)
		}
	}
}

func TestCSVWritesNumbersForPrograms(t *testing.T) {
	text := written(t, "csv", compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("Figures")
		tell.Money("test.large", "Large", 1_234_567_890.5)
		tell.Share("test.small", "Small", .000002)
		tell.Count("test.absent", "Absent", math.NaN())
	})))
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("csv cannot be read back: %v\n%s", err, text)
	}
	want := [][]string{
		{"mine", "test.large", "1234567890.5", "1234567890.5", "1234567890.5", "money", "USD", "", "", ""},
		{"mine", "test.small", "0.000002", "0.000002", "0.000002", "share", "", "", "", ""},
	}
	if !slices.EqualFunc(rows[1:], want, slices.Equal) {
		t.Errorf("csv has the rows %q, want %q", rows[1:], want)
	}
}
