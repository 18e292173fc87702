package measured

import (
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/records"
)

// bakery are the records of a small firm, in cents a month.
func bakery() File {
	return File{"bakery.csv", &records.Records{
		Kind: records.Customers, Period: "month", Currency: "EUR", Observed: "2026-01-01", Source: `bakery "north".csv, 100 customers`,
		Segments: []records.Segment{{
			LifeTable: []records.LifeRow{
				{Tenure: 1, AtRisk: 100, Lost: 20, SpendAtRisk: 500_00, SpendLost: 80_05, Active: 0, LostLastYear: 20, ActiveAYearAgo: 60},
				{Tenure: 2, AtRisk: 80, Lost: 10, SpendAtRisk: 420_00, SpendLost: 30_00, Active: 15, LostLastYear: 10, ActiveAYearAgo: 40},
				{Tenure: 5, AtRisk: 90, Lost: 9, SpendAtRisk: 600_00, SpendLost: 0, Active: 46, LostLastYear: 0, ActiveAYearAgo: 0},
			},
			Tiers:   []records.TierRow{{Bucket: 120, Customers: 60, Spend: 120_00, Lost: 6}, {Bucket: 160, Customers: 40, Spend: 300_00, Lost: 8}},
			WinBack: []records.WinBackRow{{MonthsGone: 1, Returned: 5, StillGone: 15}, {MonthsGone: 2, Returned: 8, StillGone: 12}, {MonthsGone: 3, Returned: 10, StillGone: 10}},
		}},
	}}
}

// open writes the scenario of some files and reads it back.
func open(t *testing.T, o Options, files ...File) (*scenarios.Scenario, string) {
	t.Helper()
	text, err := Write(files, o)
	if err != nil {
		t.Fatalf("Write: %v", err)
	}
	s, err := scenarios.Read("made", []byte(text), scenarios.NewVocabulary(catalog.All()))
	if err != nil {
		for _, p := range calc.ProblemsOf(err) {
			t.Errorf("line %d: %s (%s)", p.Place.Line, p.Message, p.Hint)
		}
		t.Fatalf("what is written cannot be read:\n%s", text)
	}
	return s, text
}

func TestTheScenarioSaysWhatTheRecordsSay(t *testing.T) {
	s, text := open(t, Options{Name: `a "b" \c: #d`, Years: "10", Discount: "8%", Growth: "-2%", Tail: "sbg"}, bakery())
	if s.Name != `a "b" \c: #d` || s.Currency.Code() != "EUR" {
		t.Errorf("name %q and currency %s", s.Name, s.Currency.Code())
	}
	for key, want := range map[string]string{
		"customer.survival.period":        "month",
		"customer.survival.tenure":        "[1, 2, 5]", // the last row covers three renewals
		"customer.survival.at_risk":       "[100, 80, 90]",
		"customer.survival.lost":          "[20, 10, 9]",
		"customer.survival.spend_at_risk": "[500.00, 420.00, 600.00]",
		"customer.survival.spend_lost":    "[80.05, 30.00, 0.00]",
		"customer.survival.active":        "[0, 15, 46]",
		"customer.survival.tail":          "sbg",
		"customer.tenure":                 "1.3 months",     // (20 × 1 + 10 × 2) ÷ 30
		"customer.spend":                  "5.00 per month", // of those who came to renewal 1
		"customer.years":                  "10",
		"customer.discount":               "8%",
		"customer.growth":                 "-2%",
		"company.customers":               "61",
		"company.churn":                   "30%",    // 30 ÷ 100
		"winback.returns_anyway":          "26.67%", // 1 − (1 − 5/60) × (1 − 8/40); then only 20 could still return
	} {
		if got := s.Text(key); got != want {
			t.Errorf("%s is %s, want %s\n%s", key, got, want, text)
		}
	}
	spend := s.Inputs["customer.spend"].Citation
	if spend.Source != `bakery "north".csv, 100 customers` || spend.Date != "2026-01-01" || spend.Expires != "2027-01-01" {
		t.Errorf("the spend cites %+v", spend)
	}
	for _, key := range []string{"customer.tenure", "customer.survival.at_risk", "customer.survival.spend_lost", "company.customers", "company.churn", "winback.returns_anyway"} {
		if c := s.Inputs[key].Citation; c.Source != spend.Source || c.Date != spend.Date {
			t.Errorf("%s cites %+v", key, c)
		}
	}
}

func TestTiersEndAtWholeBucketsAndAreNamedByTheirShare(t *testing.T) {
	f := bakery()
	f.Segments[0].Tiers = []records.TierRow{
		{Bucket: 1, Customers: 300, Spend: 3_000_00, Lost: 60}, {Bucket: 2, Customers: 500, Spend: 10_000_00, Lost: 50}, {Bucket: 3, Customers: 180, Spend: 9_000_00, Lost: 9},
		{Bucket: 4, Customers: 15, Spend: 1_500_00}, {Bucket: 5, Customers: 5, Spend: 1_000_00, Lost: 1},
	}
	f.Segments[0].LifeTable[2].Active += 1_939 // 2,000 in all
	s, _ := open(t, Options{Name: "x", Years: "10"}, f)
	// From above: 5 are not yet 1% of 1,000, 20 are; 200 pass 10%; 700 pass 50%; 300 are left.
	// Today there are twice as many.
	want := []struct{ name, customers, spend, churn string }{
		{"top 2%", "40", "125.00 per month", "5%"}, {"next 18%", "360", "50.00 per month", "5%"},
		{"next 50%", "1000", "20.00 per month", "10%"}, {"the other 30%", "600", "10.00 per month", "20%"},
	}
	list := s.Inputs["tiers"].List
	if len(list) != len(want) {
		t.Fatalf("%d tiers, want %d", len(list), len(want))
	}
	for i, w := range want {
		c := list[i].Cells
		if got := [...]string{c["name"].Text, c["customers"].Text, c["spend"].Text, c["churn"].Text}; got != [...]string{w.name, w.customers, w.spend, w.churn} {
			t.Errorf("tier %d is %q, want %q", i, got, w)
		}
	}
}

// Rows of two segments can only be added up where both have a row that ends.
func TestSegmentsAreAddedUpWhereTheirRowsEndTogetherAndBecomeTiers(t *testing.T) {
	f := bakery()
	f.Kind = records.LifeTable
	f.Segments = []records.Segment{
		{Name: "small", LifeTable: []records.LifeRow{
			{Tenure: 1, AtRisk: 10, Lost: 4, SpendAtRisk: 10_00, Active: 2, SpendActive: 2_00, LostLastYear: 1, ActiveAYearAgo: 4},
			{Tenure: 2, AtRisk: 6, Lost: 1, SpendAtRisk: 6_00, Active: 1, SpendActive: 1_00, LostLastYear: 0, ActiveAYearAgo: 0},
			{Tenure: 3, AtRisk: 5, Lost: 1, SpendAtRisk: 5_00, Active: 3, SpendActive: 3_00},
		}},
		{Name: " ", LifeTable: []records.LifeRow{{Tenure: 2, AtRisk: 30, Lost: 3, SpendAtRisk: 300_00, Active: 5, SpendActive: 50_00, LostLastYear: 1, ActiveAYearAgo: 10}}},
	}
	s, _ := open(t, Options{Name: "x", Years: "10"}, f)
	for key, want := range map[string]string{
		"customer.survival.tenure": "[2, 3]", "customer.survival.at_risk": "[46, 5]", "customer.survival.lost": "[8, 1]", "customer.survival.active": "[8, 3]",
		"tiers.1.name": "no segment", "tiers.1.customers": "5", "tiers.1.spend": "10.00 per month", "tiers.1.churn": "10%",
		"tiers.2.name": "small", "tiers.2.customers": "6", "tiers.2.spend": "1.00 per month", "tiers.2.churn": "25%",
	} {
		if in := s.Inputs.Find(key); in == nil || in.Text != want {
			t.Errorf("%s is %+v, want %s", key, in, want)
		}
	}
}

// Of customers one by one a row is one renewal, and one that is not there is nobody.
func TestSegmentsOfCustomersAreAddedUpRenewalByRenewal(t *testing.T) {
	f := bakery()
	f.Segments = []records.Segment{
		{LifeTable: []records.LifeRow{{Tenure: 1, AtRisk: 10, Lost: 4}, {Tenure: 2, AtRisk: 6, Lost: 1}}, WinBack: []records.WinBackRow{{MonthsGone: 1, Returned: 10, StillGone: 10}}},
		{LifeTable: []records.LifeRow{{Tenure: 2, AtRisk: 5, Lost: 1}, {Tenure: 4, AtRisk: 3, Lost: 1}}, WinBack: []records.WinBackRow{{MonthsGone: 2, Returned: 8, StillGone: 32}}},
	}
	s, _ := open(t, Options{Name: "x", Years: "10", MinCell: 2}, f)
	for key, want := range map[string]string{
		"customer.survival.tenure": "[1, 4]", "customer.survival.at_risk": "[10, 14]", "customer.survival.lost": "[4, 3]", // 1 of 3 joins 2 of 11
		"winback.returns_anyway": "33.33%", // 1 − (1 − 10/60) × (1 − 8/40)
	} {
		if got := s.Text(key); got != want {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
}

// Records one by one give the scenario of the table that an engine makes of them, whose
// rows are merged before it leaves the engine.
func TestMergedRowsGiveTheSameScenarioAsTheRecords(t *testing.T) {
	o := Options{Name: "x", Years: "10", MinCell: 12}
	const renewals = 6
	firm := func() File {
		f := bakery()
		for tenure := 6; tenure < 6+renewals; tenure++ {
			f.Segments[0].LifeTable = append(f.Segments[0].LifeTable, records.LifeRow{Tenure: tenure, AtRisk: 40, Lost: 3, SpendAtRisk: 200_00, LostLastYear: int64(tenure % 4)})
		}
		return f
	}
	_, fromRecords := open(t, o, firm())
	merged := firm()
	merged.Segments[0].Merge(o.MinCell)
	if rows := len(merged.Segments[0].LifeTable); rows >= 3+renewals {
		t.Fatalf("no rows of %d are merged", rows)
	}
	if _, fromTable := open(t, o, merged); fromTable != fromRecords {
		t.Errorf("the records give\n%s\nand their table\n%s", fromRecords, fromTable)
	}
}

func TestRowsWithoutAnybodyAtRiskJoinTheirNeighbours(t *testing.T) {
	f := bakery()
	f.Segments[0].LifeTable = []records.LifeRow{{Tenure: 1, Active: 3}, {Tenure: 2, AtRisk: 10, Lost: 1, SpendAtRisk: 10_00, Active: 4}, {Tenure: 3, AtRisk: 5, Active: 1}, {Tenure: 7, Active: 2}}
	s, _ := open(t, Options{Name: "x", Years: "10"}, f)
	// Nobody came to renewal 1 or 7, and those who came to renewal 3 pay nothing.
	for key, want := range map[string]string{"customer.survival.tenure": "[3]", "customer.survival.at_risk": "[15]", "customer.survival.lost": "[1]", "customer.survival.active": "[10]"} {
		if got := s.Text(key); got != want {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
}

// Rates of single months do not multiply to those of a year, so only a comparison with a
// year before gives the growth.
func TestGrowthIsWhatThoseWhoStayedSpendMoreThanAYearBefore(t *testing.T) {
	revenue := File{"revenue.csv", &records.Records{Kind: records.Revenue, Period: "month", Source: "revenue.csv, 12 months", Segments: make([]records.Segment, 1)}}
	for _, month := range []string{"2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06", "2025-07", "2025-08", "2025-09", "2025-10", "2025-11", "2025-12"} {
		revenue.Segments[0].Revenue = append(revenue.Segments[0].Revenue, records.RevenueRow{Month: month, Starting: 110_00, Churned: 10_00, Expanded: 3_00, Contracted: 2_00, New: 5_00, StartingCustomers: 11, ChurnedCustomers: 1, NewCustomers: 1})
	}
	s, _ := open(t, Options{Name: "x", Years: "10"}, revenue)
	for key, want := range map[string]string{"revenue.12.month": "2025-12", "revenue.12.starting": "110.00", "revenue.12.churned": "10.00", "revenue.12.contracted": "2.00", "revenue.12.expanded": "3.00", "revenue.12.new": "5.00", "revenue.12.starting_customers": "11", "revenue.12.churned_customers": "1", "revenue.12.expanded_customers": "0", "revenue.12.new_customers": "1", "revenue_period": "month"} {
		if in := s.Inputs.Find(key); in == nil || in.Text != want {
			t.Errorf("%s is %+v, want %s", key, in, want)
		}
	}
	if source := s.Inputs["revenue"].Citation.Source; source != "revenue.csv, 12 months" {
		t.Errorf("the revenue cites %q", source)
	}
	for period, want := range map[string]string{"month": "", "quarter": "", "year": "1%"} { // 3 − 2 of the 100 that stayed
		revenue.Period = period
		s, _ := open(t, Options{Name: "x", Years: "10"}, revenue)
		if got := s.Inputs["customer.growth"]; got == nil && want != "" || got != nil && got.Text != want {
			t.Errorf("by the %s the growth is %s, want %q", period, s.Text("customer.growth"), want)
		}
	}
}

// A year has four digits, so what was observed in the last one never expires.
func TestTheLastDayThatCanBeWrittenHasNoDayAYearAfter(t *testing.T) {
	for day, want := range map[string]string{"9998-12-31": "9999-12-31", "9999-12-31": "", "2024-02-29": "2025-03-01", "": ""} {
		if got := aYearAfter(day); got != want {
			t.Errorf("a year after %q is %q, want %q", day, got, want)
		}
	}
}

func TestFilesThatDoNotFitTogetherAreRefused(t *testing.T) {
	tiers := func(period, currency string) File {
		return File{"tiers.csv", &records.Records{Kind: records.Tiers, Period: period, Currency: currency, Source: "tiers.csv", Segments: []records.Segment{{Tiers: bakery().Segments[0].Tiers}}}}
	}
	life := bakery()
	life.Kind, life.Name = records.LifeTable, "life.csv"
	empty := bakery()
	empty.Segments[0].LifeTable = []records.LifeRow{{Tenure: 1, Active: 100}}
	strange := bakery()
	strange.Currency = "XYZ"
	for want, files := range map[string][]File{
		"a second table of spend: there is one in bakery.csv":        {bakery(), tiers("month", "EUR")},
		"a second life table: there is one in bakery.csv":            {bakery(), life},
		"the periods are quarters, and those of life.csv are months": {life, tiers("quarter", "")},
		"the amounts are in USD, and those of life.csv in EUR":       {life, tiers("month", "USD")},
		"nobody in these records has come to a renewal":              {empty},
		`"XYZ" is not a currency`:                                    {strange},
	} {
		if _, err := Write(files, Options{Name: "x", Years: "10"}); err == nil || err.Error() != want {
			t.Errorf("%d files give %v, want %s", len(files), err, want)
		}
	}
}
