package records

import (
	"fmt"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
)

// told reads a file, and tells its problems or else its source and warnings.
func told(data string, o Options) string {
	o.Name = "c.csv"
	return toldIn(data, o, size{block: 50, readers: 2})
}

func toldIn(data string, o Options, s size) string {
	r, err := o.read(strings.NewReader(data), s)
	var b strings.Builder
	if err == nil {
		b.WriteString(r.Source + "\n")
		for _, warning := range r.Warnings {
			b.WriteString("warning: " + warning + "\n")
		}
		return b.String()
	}
	for _, p := range calc.ProblemsOf(err) {
		if p.Place.Document != nil {
			fmt.Fprintf(&b, "%s:%d:%d ", p.Place.Document.Name, p.Place.Line, p.Place.Column)
			if p.Place.Column > 0 {
				line := []rune(p.Place.Document.Line(p.Place.Line))
				fmt.Fprintf(&b, "[%s] ", string(line[p.Place.Column-1:min(len(line), p.Place.Column-1+p.Place.Width)]))
			}
		}
		b.WriteString(p.Message + "\n")
		if p.Hint == "" {
			b.WriteString("no hint\n")
		}
	}
	return b.String()
}

const named = "customer,joined,left,spend\n"

func TestBadRowsAreToldWithTheirLinesCountsAndRemedies(t *testing.T) {
	on := Options{Observed: "2026-01-01"}
	for _, c := range []struct {
		name, data string
		o          Options
		want       string
	}{
		{"left before joined", named + "a,2024-05-01,2024-04-30,1\n", on, `c.csv:2:14 [2024-04-30] left on "2024-04-30", before joining` + "\n"},
		{"left on the day of joining", named + "a,2024-05-01,2024-05-01,1\n", on, "c.csv, 1 customer, sha256"},
		{"joined on the day observed", named + "a,2024-05-01,,1\nb,2026-01-01,,1\n", on, `c.csv:3:3 [2026-01-01] joined on "2026-01-01", not before the day observed` + "\n"},
		{"overlapping spells", named + "a,2024-05-01,2024-08-01,1\na,2024-07-31,,1\n", on, "c.csv:3:0 joined on 2024-07-31, within an earlier spell of the same customer\n"},
		{"spells that touch", named + "a,2024-05-01,2024-08-01,1\na,2024-08-01,,1\n", on, "c.csv, 1 customer, sha256"},
		{"a second spell while the first goes on", named + "a,2024-05-01,,1\na,2024-08-01,,1\n", on, "c.csv:3:0 joined on 2024-08-01, within an earlier spell of the same customer\n"},
		{"American dates", named + "a,03/04/2024,,1\nb,2024-01-01,,1\nc,13/04/2024,,1\nd,2/4/24,,1\ne,14/04/2024,,1\n", on,
			`c.csv:2:3 [03/04/2024] joined is "03/04/2024", not a date such as 2026-01-31; 4 of 5 rows, the next in line 4 ("13/04/2024") and 5 ("2/4/24")` + "\n"},
		{"a date that is none", named + "a,2023-02-29,,1\nb,2024-02-30,,1\n", on, `c.csv:2:3 [2023-02-29] joined is "2023-02-29", not a date such as 2026-01-31; 2 of 2 rows, the next in line 3 ("2024-02-30")` + "\n"},
		{"a leap day", named + "a,2024-02-29,,1\n", on, "c.csv, 1 customer, sha256"},
		{"a time without an offset", named + "a,2024-02-29 12:00:00,,1\n", on, `c.csv:2:3 [2024-02-29 12:00:00] joined is "2024-02-29 12:00:00", not a date such as 2026-01-31` + "\n"},
		{"a time with an offset", named + "a,2025-12-31T23:30:00-05:00,,1\n", on, `c.csv:2:3 [2025-12-31T23:30:00-05:00] joined on "2025-12-31T23:30:00-05:00", not before the day observed` + "\n"},
		{"a time in UTC", named + "a,2025-12-31 23:30:00+00,,1\n", on, "c.csv, 1 customer, sha256"},
		{"left is no date", named + "a,2024-02-29,soon,1\n", on, `c.csv:2:14 [soon] left is "soon", not a date such as 2026-01-31` + "\n"},
		{"left is NULL", named + "a,2024-02-29,NULL,1\nb,2024-02-29,\\N,1\nc,2024-02-29, ,1\n", on, "c.csv, 3 customers, sha256"},
		{"a refund, and money with a sign", named + "a,2024-05-01,,-5\nb,2024-05-01,,$5\nc,2024-05-01,,\n", on,
			`c.csv:3:15 [$5] spend is "$5", not a plain number such as 1234.50; 2 of 3 rows, the next in line 4 ("")` + "\n" + `c.csv:2:15 [-5] spend is "-5", a refund` + "\n"},
		{"no customer", named + ",2024-05-01,,5\n", on, "c.csv:2:1 [] customer is \"\", and every row needs one\n"},
		{"too many values", named + "a,2024-05-01,,1,234\n", on, "c.csv:2:1 [a,2024-05-01,,1,234] 5 values, where the header names 4\n"},
		{"a cut last line", named + "a,2024-05-01,,1\nb,2024-0", on, "c.csv:3:1 [b,2024-0] the last line is cut: \"b,2024-0\"\n"},
		{"a last line without a line end", named + "a,2024-05-01,,1", on, "c.csv, 1 customer, sha256"},
		{"two currencies", "customer,joined,left,spend,currency\na,2024-05-01,,1,USD\nb,2024-05-01,,1,EUR\nc,2024-05-01,,1,EUR\n", on,
			"c.csv:0:0 spend is in several currencies: 2 rows in EUR, 1 row in USD\n"},
		{"one of two currencies", "customer,joined,left,spend,currency\na,2024-05-01,,1,USD\nb,2024-05-01,,1,EUR\nc,2024-05-01,,1,EUR\n", Options{Observed: "2026-01-01", Currency: "EUR"},
			"c.csv, 2 customers, 1 row in other currencies left out, sha256"},
		{"a currency that no row has", "customer,joined,left,spend,currency\na,2024-05-01,,1,USD\n", Options{Observed: "2026-01-01", Currency: "EUR"}, "c.csv:0:0 no row is in EUR\n"},
		{"a currency that is none", "customer,joined,left,spend,currency\na,2024-05-01,,1,dollars\n", on, `c.csv:2:17 [dollars] currency is "dollars", not an ISO 4217 code such as EUR` + "\n"},
		{"a segment that is not UTF-8", "customer,joined,left,segment\na,2024-05-01,,Z\xfcrich\n", on, "c.csv:2:15 [Z\ufffdrich] the segment \"Z\\xfcrich\" is not text in UTF-8\n"},
		{"quotes that do not close", named + "a,2024-05-01,,1\n\"b,2024-05-01,,1\nc,2024-05-01,,1\n", on, "c.csv:3:0 quotes that begin here do not close, or text follows them\n"},
		{"a quote within a value", named + "a,2024-05-01,,1\n5\" pipe,2024-05-01,,1\nc,2024-05-01,,1\n", on, "c.csv:3:0 a quote stands within a value that is not quoted\n"},
		{"only a header", named, on, "c.csv:0:0 there is a header but no rows\n"},
		{"nothing", "", on, "c.csv:0:0 the file is empty\n"},
		{"blank lines", "\n\r\n", on, "c.csv:0:0 the file is empty\n"},
		{"no day observed", named + "a,2024-05-01,,1\n", Options{}, "the day observed is missing: it tells who is still there\n"},
		{"options that are wrong", named, Options{Observed: "1/1/26", Period: "week", Currency: "euro"},
			"--observed:0:0 \"1/1/26\" is not a date\n--period:0:0 \"week\" is not a period\n--currency:0:0 \"euro\" is not an ISO 4217 code\n"},
		{"since after the day observed", named, Options{Observed: "2026-01-01", Since: "2026-01-01"}, "--since:0:0 2026-01-01 is not before --observed 2026-01-01\n"},
		{"spend that is too large", named + strings.Repeat("a,2024-05-01,,9000000000000\n", 1) + strings.Repeat("b,1901-05-01,,9000000000000\n", 1) + strings.Repeat("c,1901-05-01,,9000000000000\n", 1) +
			"d,1901-05-01,,9000000000000\ne,1901-05-01,,9000000000000\nf,1901-05-01,,9000000000000\ng,1901-05-01,,9000000000000\n", on, "c.csv:0:0 the spend is too large to add up\n"},
	} {
		if got := told(c.data, c.o); got != c.want && !(strings.HasSuffix(c.want, "sha256") && strings.HasPrefix(got, c.want)) {
			t.Errorf("%s:\n%swant\n%s", c.name, got, c.want)
		}
	}
}

// One bad row in a thousand is left out, and told; two are too many.
func TestFewBadRowsAreLeftOutAndManyAreRefused(t *testing.T) {
	good := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "c%d,2024-05-01,,1\n", i)
		}
		return b.String()
	}
	o := Options{Observed: "2026-01-01"}
	got := told(named+good(500)+"x,soon,,1\n"+good(499), o)
	for _, want := range []string{"c.csv, 999 customers, 1 bad row left out, sha256", `warning: left out: line 502: joined is "soon", not a date such as 2026-01-31`} {
		if !strings.Contains(got, want) {
			t.Errorf("one bad row of 1,000: %swant %s", got, want)
		}
	}
	got = told(named+good(500)+"x,soon,,1\n"+good(499)+"x,2024-05-01,,-1\n", o)
	want := "c.csv:502:3 [soon] joined is \"soon\", not a date such as 2026-01-31\nc.csv:1002:15 [-1] spend is \"-1\", a refund\n"
	if got != want {
		t.Errorf("two bad rows of 1,001: %swant %s", got, want)
	}
}

func TestWarningsSayWhatMakesTheTableLessCertain(t *testing.T) {
	rows := func(n int, row string) string { return strings.Repeat(row+"\n", n) }
	each := func(data string) string { // every row another customer
		var b strings.Builder
		for i, row := range strings.Split(strings.TrimSuffix(data, "\n"), "\n") {
			fmt.Fprintf(&b, "c%d,%s\n", i, row)
		}
		return named + b.String()
	}
	for _, c := range []struct{ name, data, want string }{
		{"left later", each(rows(9, "2025-05-01,2025-12-06,1") + "2025-05-01,2026-01-01,1\n"), "left is not before the day observed in 1 row: still active then"},
		{"1970", each(rows(9, "2024-05-01,,1") + "1970-01-01,,1\n"), "joined is 1970-01-01 in 1 row, which often stands for an unknown date"},
		{"9999", each(rows(9, "2024-05-01,,1") + rows(2, "2024-05-01,9999-12-31,1")), "left is 9999-12-31 in 2 rows: still active then"},
		{"one percent of 1970", each(rows(99, "2024-05-01,,1") + "1970-01-01,,1\n"), ""},
		{"a line without an end", strings.TrimSuffix(each(rows(9, "2024-05-01,,1")), "\n"), "the last line has no line end: check that the file is complete"},
		{"stale rows", each(rows(9, "2024-02-01,2024-11-15,1") + rows(9, "2024-02-01,2025-10-15,1")), "nobody left in the last 2 months before 2026-01-01, and others did in the same months a year earlier: the records may be older than the day observed"},
		{"a quiet end of every year", each(rows(9, "2024-02-01,2024-10-15,1") + rows(9, "2024-02-01,2025-10-15,1")), ""},
		{"left truncation", each(rows(90, "2018-05-01,,1") + rows(40, "2018-05-01,2024-02-15,1") + rows(40, "2018-05-01,2025-12-15,1")),
			"nobody left before 2024-02-01, although many customers had been there for years: where the records hold only those who were still there then, give --since 2024-02-01"},
		{"customers of a year", each(rows(90, "2023-02-01,,1") + rows(40, "2023-02-01,2024-02-15,1") + rows(40, "2024-05-01,2025-12-15,1")), ""},
	} {
		got := told(c.data, Options{Observed: "2026-01-01"})
		_, warnings, _ := strings.Cut(got, "\n")
		want := c.want
		if want != "" {
			want = "warning: " + want + "\n"
		}
		if warnings != want {
			t.Errorf("%s: %s\nwant %s", c.name, got, want)
		}
	}
}

func TestWhatIsNoCSVIsToldByItsFirstBytesWithWhatToDo(t *testing.T) {
	for _, c := range []struct{ data, message, hint string }{
		{"PAR1\x15", "Parquet", `churncost sql life-table --from "read_parquet('c.csv')" --observed 2026-01-01 | duckdb -csv | churncost fit -`},
		{"\x1f\x8b\x08", "gzip", "gunzip -c c.csv | churncost fit -"},
		{"PK\x03\x04xl", "a workbook or a zip archive", "save the sheet as CSV"},
		{"{\"customer\": 1}", "JSON", "read_json('c.csv')"},
		{"[{\"customer\": 1}]", "JSON", "read_json('c.csv')"},
		{"SQLite format 3\x00", "an SQLite database", "sqlite3 -csv -header c.csv"},
		{"\xd0\xcf\x11\xe0", "an old Excel workbook", "as CSV"},
		{"a,b\x00", "not text", "UTF-8"},
	} {
		_, err := Read(strings.NewReader(c.data), Options{Name: "c.csv"})
		p := calc.ProblemsOf(err)
		if len(p) != 1 || !strings.Contains(p[0].Message, c.message) || !strings.Contains(p[0].Hint, c.hint) {
			t.Errorf("Read(%q) = %v, want %q with the hint %q", c.data, err, c.message, c.hint)
		}
	}
}

func TestAHeaderIsToldByItsNames(t *testing.T) {
	on := Options{Observed: "2026-01-01"}
	mapped := func(pairs ...string) Options {
		o := Options{Observed: "2026-01-01", Columns: map[string]string{}}
		for i := 0; i < len(pairs); i += 2 {
			o.Columns[pairs[i]] = pairs[i+1]
		}
		return o
	}
	for _, c := range []struct {
		name, data string
		o          Options
		want       string
	}{
		{"capitals and spaces", "Spend, LEFT,Joined,CUSTOMER\n1,,2024-05-01,a\n", on, "c.csv, 1 customer, sha256"},
		{"Excel's first line", "sep=;\r\ncustomer;joined;left;spend\r\na;2024-05-01;;1\r\n", on, "c.csv, 1 customer, sha256"},
		{"only Excel's first line", "sep=;", on, "c.csv:0:0 the file is empty\n"},
		{"tabs", "customer\tjoined\tleft\tspend\na\t2024-05-01\t\t1\n", on, "c.csv, 1 customer, sha256"},
		{"no spend", "customer,joined,left\na,2024-05-01,\n", on, "c.csv, 1 customer, sha256"},
		{"other names", "id,start,end\na,2024-05-01,\n", mapped("customer", "ID", "joined", "start", "left", "end"), "c.csv, 1 customer, sha256"},
		{"a column is missing", "customer,start_date,left,spend\n", on, "c.csv:1:0 columns of customers are missing: joined; the file has customer, start_date, left, spend\n"},
		{"columns of nothing", "\n\na,b,c\n", on, "c.csv:3:0 records have none of the columns a, b, c\n"},
		{"a name that is not there", named, mapped("joined", "start"), "c.csv:1:0 --column joined=start: the file has no column start\n"},
		{"a column of ours that is none", named, mapped("jioned", "joined"), "c.csv:0:0 --column jioned=joined: no column is called jioned\n"},
		{"a name that is there twice", "customer,joined,left,spend,Spend\na,2024-05-01,,1,2\n", on, "c.csv:1:0 columns 4 and 5 are both called \"Spend\"\n"},
		{"an endless line", "customer" + strings.Repeat("x", 10000), on, "c.csv:1:0 the first line is longer than 8192 bytes, so it is not a header\n"},
	} {
		if got := told(c.data, c.o); got != c.want && !(strings.HasSuffix(c.want, "sha256") && strings.HasPrefix(got, c.want)) {
			t.Errorf("%s:\n%swant\n%s", c.name, got, c.want)
		}
	}
}

// Cores count for themselves; the first three rows of the file are shown all the same.
func TestTheFirstThreeRowsAreShownWhicheverCoreReadThem(t *testing.T) {
	var b badness
	b.add(2, example{line: 5}, example{line: 9})
	b.add(2, example{line: 3}, example{line: 7})
	if got := fmt.Sprint(b.count, len(b.first), b.first[0].line, b.first[1].line, b.first[2].line); got != "4 3 3 5 7" {
		t.Errorf("of lines 5, 9, 3 and 7: %s, want 4 rows and the lines 3, 5 and 7", got)
	}
	if b.wants(8) || !b.wants(6) {
		t.Error("line 8 is not among the first three, and line 6 is")
	}
}
