package value

import "testing"

func TestAmountsAreMinorUnitsExactly(t *testing.T) {
	for _, c := range []struct {
		text  string
		minor int
		comma bool
		want  int64
		ok    bool
	}{
		{"12.34", 2, false, 1234, true}, {"0.1", 2, false, 10, true}, {"5", 2, false, 500, true}, {".5", 2, false, 50, true}, {"5.", 2, false, 500, true},
		{"1.005", 2, false, 101, true}, {"1.00499", 2, false, 100, true}, {"-1.005", 2, false, -101, true}, {"41.3300", 2, false, 4133, true},
		{"1234", 0, false, 1234, true}, {"1234.5", 0, false, 1235, true}, {"1.2345", 3, false, 1235, true},
		{"4503599627370.49", 2, false, 450359962737049, true}, {"9999999999999.99", 2, false, 999999999999999, true},
		{"12,5", 2, true, 1250, true}, {"12,5", 2, false, 0, false}, {"1,234", 2, true, 0, false}, {"1.234,50", 2, true, 0, false},
		{"", 2, false, 0, false}, {".", 2, false, 0, false}, {"-", 2, false, 0, false}, {"1e3", 2, false, 0, false}, {"NaN", 2, false, 0, false}, {"$5", 2, false, 0, false}, {"5 ", 2, false, 0, false},
		{"100000000000000000000000", 2, false, 0, false}, {"10000000000001", 2, false, 0, false},
		{"1000000000000000", 4, false, 0, false}, {"100000000000", 4, false, 1e15, true}, {"100000000000.0001", 4, false, 0, false}, {"-1000000000000000", 4, false, 0, false},
	} {
		if got, ok := ParseAmount([]byte(c.text), c.minor, c.comma); got != c.want && c.ok || ok != c.ok {
			t.Errorf("parseAmount(%q, %d, %t) = %d, %t, want %d, %t", c.text, c.minor, c.comma, got, ok, c.want, c.ok)
		}
	}
}

func TestDatesAreRealOnesInISO(t *testing.T) {
	for text, want := range map[string]string{
		"2024-02-29": "2024-02-29", "2000-02-29": "2000-02-29", "9999-12-31": "9999-12-31", "1900-01-01": "1900-01-01",
		"1900-02-29": "", "2023-02-29": "", "2024-04-31": "", "2024-13-01": "", "2024-00-10": "", "2024-01-00": "", "1899-12-31": "", "0001-01-01": "",
		"2024-1-01": "", "20240101": "", "01/02/2024": "", "2024/01/02": "", "2024-01-0x": "", "": "",
		// The day in UTC, and none without an offset.
		"2025-12-31T23:30:00-05:00": "2026-01-01", "2026-01-01T00:30:00+08:00": "2025-12-31", "2025-12-31T23:30:00Z": "2025-12-31",
		"2025-12-31 23:30:00.125+00": "2025-12-31", "2025-12-31 23:30:00 UTC": "2025-12-31", "2025-12-31 23:30:00 CET": "", "2025-12-31 23:30:00": "",
	} {
		got := ""
		if d, ok := ParseDay([]byte(text)); ok {
			got = d.String()
		}
		if got != want {
			t.Errorf("ParseDay(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestRenewalsAreCountedByTheCalendar(t *testing.T) {
	for _, c := range []struct {
		from, to                         string
		months, quarters, years, elapsed int
	}{
		{"2025-10-01", "2026-01-01", 2, 0, 0, 3}, // the third renewal is not before the day
		{"2025-10-01", "2026-01-02", 3, 1, 0, 3},
		{"2024-02-29", "2025-02-28", 11, 3, 0, 11}, // a renewal on the 29th, which February lacks
		{"2024-02-29", "2025-03-01", 12, 4, 1, 12},
		{"2025-01-31", "2025-02-28", 0, 0, 0, 0},
		{"2025-01-31", "2025-01-31", -1, -1, -1, 0},
	} {
		from, _ := ParseDay([]byte(c.from))
		to, _ := ParseDay([]byte(c.to))
		if m, q, y, e := Passed(from, to, 1), Passed(from, to, 3), Passed(from, to, 12), Elapsed(from, to); m != c.months || q != c.quarters || y != c.years || e != c.elapsed {
			t.Errorf("from %s to %s: %d, %d, %d and %d elapsed, want %d, %d, %d and %d", c.from, c.to, m, q, y, e, c.months, c.quarters, c.years, c.elapsed)
		}
	}
}

func TestAYearBeforeTheLastOfFebruaryIsTheLastOfFebruary(t *testing.T) {
	for text, want := range map[string]string{"2024-02-29": "2023-02-28", "2025-02-28": "2024-02-28", "2026-01-01": "2025-01-01", "2024-03-29": "2023-03-29"} {
		d, _ := ParseDay([]byte(text))
		if got := d.YearBefore().String(); got != want {
			t.Errorf("a year before %s is %s, want %s", text, got, want)
		}
	}
}
