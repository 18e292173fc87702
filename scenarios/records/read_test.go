package records

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/internal/recordtest"
)

// Worked by hand for the day 2026-01-01 and months. The renewals before it:
//
//	Ann  joined 2025-10-01: November 1, December 1 (January 1 is not before the day). There: due at 3.
//	Ben  joined 2025-09-30, left 2025-11-30: on the day of renewal 2, so lost at 2.
//	Cem  joined 2025-09-30, left 2025-12-01: after renewal 2, lost at 3, which is December 30.
//	Dee  joined 2025-12-15, left 2025-12-20: her renewal 1 is in January. Neither lost yet nor active.
//	Eve  joined 2024-11-20, left 2025-01-01: active a year ago (due at 2), lost in the year at 2.
//	     She returned on 2025-03-31, after two whole months and 30 days.
func TestTheDefinitionsWorkedByHand(t *testing.T) {
	const data = `customer,joined,left,spend
Ann,2025-10-01,,10
Ben,2025-09-30,2025-11-30,20.5
Cem,2025-09-30,2025-12-01,0.015
Dee,2025-12-15,2025-12-20,7
Eve,2024-11-20,2025-01-01,8
Eve,2025-03-31,,9
`
	r, err := Read(strings.NewReader(data), Options{Name: "c.csv", Observed: "2026-01-01"})
	if err != nil {
		t.Fatal(err)
	}
	s := r.Segments[0]
	if want := []LifeRow{
		// Renewals 1 and 2: four come to each, Ann, Ben, Cem and Eve. Ben and Eve leave at 2.
		{Tenure: 2, AtRisk: 8, Lost: 2, SpendAtRisk: 2 * (1000 + 2050 + 2 + 800), SpendLost: 2050 + 800, LostLastYear: 1, ActiveAYearAgo: 1},
		// Ann's next renewal is 3, which nobody but Cem has come to.
		{Tenure: 3, AtRisk: 1, Lost: 1, SpendAtRisk: 2, SpendLost: 2, Active: 1, SpendActive: 1000},
	}; !reflect.DeepEqual(s.LifeTable, want) {
		t.Errorf("the life table is\n%+v, want\n%+v", s.LifeTable, want)
	}
	if want := []TierRow{{Bucket: 154, Customers: 1, Spend: 800, Lost: 1}}; !reflect.DeepEqual(s.Tiers, want) { // 2^(154÷16) = 789.6, 2^(155÷16) = 824.6
		t.Errorf("the tiers are %+v, want %+v", s.Tiers, want)
	}
	// Dee is gone for no whole month, Ben and Cem for one: they join Eve.
	if want := []WinBackRow{{2, 1, 3}}; !reflect.DeepEqual(s.WinBack, want) {
		t.Errorf("win-back is %+v, want %+v", s.WinBack, want)
	}
	if !strings.HasPrefix(r.Source, "c.csv, 5 customers, sha256 ") {
		t.Errorf("the source is %s", r.Source)
	}
}

func TestMoneyIsInTheUnitsOfItsCurrency(t *testing.T) {
	for currency, want := range map[string]int64{"USD": 1250, "JPY": 13, "KWD": 12500} {
		r, err := Read(strings.NewReader("customer,joined,left,spend,currency\na,2025-11-01,,12.5,"+currency+"\n"), Options{Observed: "2026-01-01"})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Segments[0].LifeTable[0].SpendAtRisk; r.Currency != currency || got != want {
			t.Errorf("12.5 %s is %d %s, want %d", currency, got, r.Currency, want)
		}
	}
}

func TestTheGeneratorsTruthIsRead(t *testing.T) {
	firm := recordtest.Sample(3000)
	firm.Months, firm.Currency = 3, "EUR"
	var file bytes.Buffer
	truths, err := firm.Write(&file)
	if err != nil {
		t.Fatal(err)
	}
	var told int64
	length := int64(file.Len())
	r, err := Read(&file, Options{Observed: firm.Observed.Format("2006-01-02"), Period: "quarter", Progress: func(bytes int64) { told = bytes }})
	if err != nil {
		t.Fatal(err)
	}
	if told != length {
		t.Errorf("progress was told of %d bytes at last, want %d", told, length)
	}
	for _, s := range r.Segments {
		truth := truths[s.Name]
		covered := 0
		for _, row := range s.LifeTable {
			var atRisk, lost int64
			for ; covered < row.Tenure; covered++ {
				atRisk, lost = atRisk+truth.AtRisk[covered], lost+truth.Lost[covered]
			}
			if row.AtRisk != atRisk || row.Lost != lost {
				t.Errorf("%s: up to renewal %d: at risk %d and lost %d, want %d and %d", s.Name, row.Tenure, row.AtRisk, row.Lost, atRisk, lost)
			}
		}
		if covered != len(truth.AtRisk) || covered < 20 {
			t.Errorf("%s: %d renewals are covered, want %d", s.Name, covered, len(truth.AtRisk))
		}
	}
}

func TestReadingDoesNotAllocateForARow(t *testing.T) {
	var file bytes.Buffer
	if _, err := recordtest.Sample(20_000).Write(&file); err != nil {
		t.Fatal(err)
	}
	o := Options{Observed: "2026-01-01"}
	allocations := testing.AllocsPerRun(3, func() {
		if _, err := Read(bytes.NewReader(file.Bytes()), o); err != nil {
			t.Fatal(err)
		}
	})
	if allocations > 1000 {
		t.Errorf("20,000 rows took %.0f allocations, want some hundreds at most", allocations)
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		named + "a,2024-05-01,,1\na,2024-05-01,2024-08-01,1.5\n\"b\",2024-05-01,2024-04-01,\n",
		"customer;joined;left;spend;currency;segment\r\na;2024-05-01;;1,5;EUR;x\r\n", "\xff\xfec\x00u\x00", "\xef\xbb\xbf" + named,
		"tenure,at_risk,lost\n1,5,1\n2,4,1\n", "bucket,customers,spend,lost\n1,5,6,2\n", "months_gone,returned,still_gone\n1,2,3\n",
		"month,starting,churned,contracted,expanded,new\n2025-01,5,1,1,1,1\n", "cohort,period,survivors\na,0,5\na,1,4\n", "PAR1", "{",
	} {
		f.Add([]byte(seed), uint8(7), uint8(10))
	}
	f.Fuzz(func(t *testing.T, data []byte, block, least uint8) {
		o := Options{Name: "c.csv", Observed: "2026-01-01", MinCell: int(least)}
		first, problem := o.read(bytes.NewReader(data), size{block: 1 + int(block), readers: 2})
		second, again := Read(bytes.NewReader(data), o)
		if fmt.Sprint(problem) != fmt.Sprint(again) || !reflect.DeepEqual(first, second) {
			t.Fatalf("in blocks of %d: %+v, %v; else %+v, %v", 1+int(block), first, problem, second, again)
		}
		if problem != nil {
			for _, p := range calc.ProblemsOf(problem) {
				if p.Message == "" || p.Hint == "" {
					t.Fatalf("a problem without message or remedy: %+v", p)
				}
			}
			return
		}
		for _, s := range first.Segments {
			tenure := 0
			for _, row := range s.LifeTable {
				if row.Tenure <= tenure || row.Lost < 0 || row.Lost > row.AtRisk || row.SpendLost > row.SpendAtRisk || row.Active < 0 || row.LostLastYear < 0 {
					t.Fatalf("a row that cannot be: %+v", s.LifeTable)
				}
				tenure = row.Tenure
			}
		}
	})
}
