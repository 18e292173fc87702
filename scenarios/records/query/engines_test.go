package query_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/churncost/churncost/scenarios/records"
	"github.com/churncost/churncost/scenarios/records/query"
)

// asked are the questions that every engine answers. The table of customers has segments;
// From and Dialect are the engine's.
func asked() []query.Options {
	all := []query.Options{
		{Query: records.LifeTable, Observed: "2026-01-01"},
		{Query: records.LifeTable, Observed: "2026-01-01", MinCell: 10},
		{Query: records.LifeTable, Observed: "2024-02-29", MinCell: 10, Segment: "segment"},
		{Query: records.LifeTable, Observed: "2026-03-31", MinCell: 7, Period: "quarter", Since: "2023-04-30", Segment: "segment"},
		{Query: records.LifeTable, Observed: "2025-12-31", Period: "quarter", Since: "2022-02-28"},
		{Query: records.LifeTable, Observed: "2026-01-01", MinCell: 10, Period: "year"},
		{Query: records.LifeTable, Observed: "2022-03-15", MinCell: 1000, Period: "year", Segment: "segment"},
		{Query: records.LifeTable, Observed: "2021-03-20", MinCell: 10},
		{Query: records.Tiers, Observed: "2026-01-01"},
		{Query: records.Tiers, Observed: "2024-02-29", MinCell: 10, Segment: "segment"},
		{Query: records.WinBack, Observed: "2026-01-01"},
		{Query: records.WinBack, Observed: "2025-12-31", MinCell: 10, Segment: "segment"},
		{Query: records.Revenue},
		{Query: records.Revenue, Period: "month"},
		{Query: records.Revenue, Period: "quarter"},
	}
	for i := range all {
		all[i].Currency = "USD"
	}
	return all
}

// scanned is the table that the scanner makes of the same customers.
func scanned(t *testing.T, stays []stay, o query.Options) [][]string {
	t.Helper()
	read, err := records.Read(strings.NewReader(table(stays, date(o.Observed), o.Segment != "")),
		records.Options{Name: "customers.csv", Observed: o.Observed, Since: o.Since, Period: o.Period, MinCell: o.MinCell, Currency: "USD"})
	if err != nil {
		t.Fatalf("the scanner reads the customers of %s: %v", o.Observed, err)
	}
	var rows [][]string
	for _, s := range read.Segments {
		add := func(numbers ...int64) {
			var row []string
			if o.Segment != "" {
				row = append(row, s.Name)
			}
			for _, n := range numbers {
				row = append(row, strconv.FormatInt(n, 10))
			}
			rows = append(rows, row)
		}
		switch o.Query {
		case records.LifeTable:
			for _, r := range s.LifeTable {
				add(int64(r.Tenure), r.AtRisk, r.Lost, r.SpendAtRisk, r.SpendLost, r.Active, r.SpendActive, r.LostLastYear, r.ActiveAYearAgo)
			}
		case records.Tiers:
			for _, r := range s.Tiers {
				add(int64(r.Bucket), r.Customers, r.Spend, r.Lost)
			}
		case records.WinBack:
			for _, r := range s.WinBack {
				add(r.MonthsGone, r.Returned, r.StillGone)
			}
		}
	}
	return rows
}

// wanted are the answers to all questions: of customers the scanner's, and of invoices those
// of a computation of its own.
func wanted(t *testing.T, stays []stay, invoices []invoice) [][][]string {
	t.Helper()
	months := map[string]int{"": 12, "month": 1, "quarter": 3}
	var all [][][]string
	for _, o := range asked() {
		if o.Query == records.Revenue {
			all = append(all, revenueByCustomer(invoices, months[o.Period]))
		} else {
			all = append(all, scanned(t, stays, o))
		}
	}
	return all
}

// An engine answers queries, each with its rows, the names of the columns first.
type engine struct {
	name, dialect       string
	customers, invoices string // what stands after --from
	run                 func(t *testing.T, queries []string) [][][]string
}

// errAbsent is what an engine that is not installed says.
var errAbsent = errors.New("is not installed")

// absent skips a test where something is not installed, unless CHURNCOST_ENGINES is
// required.
func absent(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CHURNCOST_ENGINES") == "required" {
		t.Fatalf("%s %v, and CHURNCOST_ENGINES is required", what, errAbsent)
	}
	t.Skipf("%s %v", what, errAbsent)
}

// command runs a program with an input, and returns what it prints.
func command(t *testing.T, input, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Stdin = strings.NewReader(input)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, complaints.String())
	}
	return out
}

// node runs queries on an engine that npm installs.
func node(engine, module string) func(*testing.T, []string) [][][]string {
	return func(t *testing.T, queries []string) [][][]string {
		t.Helper()
		type request struct {
			SQL string `json:"sql"`
		}
		var requests []request
		for _, sql := range queries {
			requests = append(requests, request{sql})
		}
		return answers(t, engine, module, requests)
	}
}

func answers(t *testing.T, engine, module string, requests any) [][][]string {
	t.Helper()
	if exec.Command("node", "--eval", "require('"+module+"')").Run() != nil {
		absent(t, module)
	}
	input, err := json.Marshal(requests)
	if err != nil {
		t.Fatal(err)
	}
	var answers []struct {
		Rows  [][]string `json:"rows"`
		Error string     `json:"error"`
	}
	if err := json.Unmarshal(command(t, string(input), "node", filepath.Join("testdata", "engine.cjs"), engine), &answers); err != nil {
		t.Fatalf("%s: %v", engine, err)
	}
	var all [][][]string
	for i, a := range answers {
		if a.Error != "" {
			t.Errorf("%s, question %d: %s", engine, i, a.Error)
		}
		all = append(all, a.Rows)
	}
	return all
}

// between separates the answers of engines that print all of them.
const between = "next-answer"

// printed takes the answers apart.
func printed(t *testing.T, out []byte) [][][]string {
	t.Helper()
	var all [][][]string
	for part := range strings.SplitSeq(strings.TrimSuffix(string(out), between+"\n"), between+"\n") {
		rows, err := csv.NewReader(strings.NewReader(part)).ReadAll()
		if err != nil {
			t.Fatalf("%v in\n%s", err, part)
		}
		all = append(all, rows)
	}
	return all
}

func sqlite(folder string) func(*testing.T, []string) [][][]string {
	return func(t *testing.T, queries []string) [][][]string {
		if _, err := exec.LookPath("sqlite3"); err != nil {
			absent(t, "sqlite3")
		}
		var script strings.Builder
		script.WriteString(".mode csv\n.import '" + filepath.Join(folder, "customers.csv") + "' customers\n.import '" + filepath.Join(folder, "invoices.csv") + "' invoices\n.headers on\n")
		for _, sql := range queries {
			script.WriteString(sql + ".print " + between + "\n")
		}
		return printed(t, command(t, script.String(), "sqlite3"))
	}
}

func postgres(customers, invoices string) func(*testing.T, []string) [][][]string {
	return func(t *testing.T, queries []string) [][][]string {
		if found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb"); found == nil {
			absent(t, "PostgreSQL")
		}
		var script strings.Builder
		script.WriteString("CREATE TABLE customers (customer text, joined date, \"left\" date, spend numeric(12,2), segment text);\n" +
			"COPY customers FROM STDIN WITH (FORMAT csv, HEADER);\n" + customers + "\\.\n" +
			"CREATE TABLE invoices (customer text, month date, amount double precision);\n" +
			"COPY invoices FROM STDIN WITH (FORMAT csv, HEADER);\n" + invoices + "\\.\n")
		for _, sql := range queries {
			script.WriteString(sql + "\\echo " + between + "\n")
		}
		server, err := os.ReadFile(filepath.Join("testdata", "postgres.sh"))
		if err != nil {
			t.Fatal(err)
		}
		return printed(t, command(t, script.String(), "bash", "-c", string(server)))
	}
}

// The queries, and not only their results, are what users run: each engine reads the same
// customers and must return the scanner's own table, to the last digit.
func TestEveryEngineReturnsTheTableThatTheScannerMakes(t *testing.T) {
	if testing.Short() {
		t.Skip("starts engines")
	}
	stays, bills := firm(3000), invoices(600)
	folder := t.TempDir()
	customers := table(stays, date("2100-01-01"), true)
	for name, text := range map[string]string{"customers.csv": customers, "invoices.csv": billed(bills)} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := func(function, name string) string { return function + "('" + filepath.Join(folder, name) + "')" }
	want := wanted(t, stays, bills)
	for _, e := range []engine{
		{"DuckDB", "ansi", file("read_csv", "customers.csv"), file("read_csv", "invoices.csv"), node("duckdb", "@duckdb/node-api")},
		{"ClickHouse", "ansi", file("file", "customers.csv"), file("file", "invoices.csv"), node("clickhouse", "chdb")},
		{"PostgreSQL", "ansi", "customers", "invoices", postgres(customers, billed(bills))},
		{"SQLite", "sqlite", "customers", "invoices", sqlite(folder)},
	} {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			var queries []string
			for _, o := range asked() {
				o.Dialect, o.From = e.dialect, e.customers
				if o.Query == records.Revenue {
					o.From = e.invoices
				}
				queries = append(queries, written(t, o))
			}
			got := e.run(t, queries)
			for i, o := range asked() {
				rows := got[i][min(1, len(got[i])):]
				if o.Segment != "" { // engines differ in the order of texts
					slices.SortStableFunc(rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
				}
				sameRows(t, string(o.Query)+" "+o.Observed+" by the "+o.Period, rows, want[i])
			}
		})
	}
}

func written(t *testing.T, o query.Options) string {
	t.Helper()
	text, err := query.Write(o)
	if err != nil {
		t.Fatalf("Write(%+v): %v", o, err)
	}
	return text
}

// The engines that cannot run here: a parser of each reads the queries.
func TestEveryDialectIsParsed(t *testing.T) {
	type request struct {
		SQL     string `json:"sql"`
		Dialect string `json:"dialect"`
	}
	var requests []request
	for parser, dialect := range map[string]string{"bigquery": "bigquery", "snowflake": "ansi", "spark": "bigquery", "databricks": "bigquery", "tsql": "tsql", "mysql": "mysql", "redshift": "ansi", "trino": "ansi"} {
		for _, o := range asked() {
			o.Dialect, o.From = dialect, "customers"
			requests = append(requests, request{written(t, o), parser})
		}
	}
	answers(t, "parse", "@polyglot-sql/sdk", requests)
}

// The scanner against the calendar: what the engines are compared with is right itself.
func TestTheScannerCountsAsTheCalendarDoes(t *testing.T) {
	stays := firm(400)
	months := map[string]int{"": 1, "month": 1, "quarter": 3, "year": 12}
	looked := 0
	for _, o := range asked() {
		if o.Query != records.LifeTable || o.Segment != "" {
			continue
		}
		looked++
		o.MinCell = 0
		since := date("0001-01-01")
		if o.Since != "" {
			since = date(o.Since)
		}
		sameRows(t, "life table of "+o.Observed+" by the "+o.Period, scanned(t, stays, o), unmerged(lifeByDays(stays, date(o.Observed), since, months[o.Period])))
	}
	if looked < 4 {
		t.Errorf("only %d tables were compared", looked)
	}
}
