package records

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
)

// The headers and NULLs below are those that the engines write.
func TestTablesAreReadAsTheEnginesWriteThem(t *testing.T) {
	life := []LifeRow{{1, 100, 20, 5000, 900, 3, 150, 0, 0}, {2, 77, 11, 3900, 500, 66, 3300, 9, 40}}
	for engine, data := range map[string]string{
		"duckdb -csv":   "tenure,at_risk,lost,spend_at_risk,spend_lost,active,spend_active,lost_last_year,active_a_year_ago\r\n1,100,20,5000,900,3,150,0,0\r\n2,77,11,3900,500,66,3300,9,40\r\n",
		"clickhouse":    "\"tenure\",\"at_risk\",\"lost\",\"spend_at_risk\",\"spend_lost\",\"active\",\"spend_active\",\"lost_last_year\",\"active_a_year_ago\"\n1,100,20,5000,900,3,150,\\N,\\N\n2,\"77\",11,3900,500,66,3300,9,40\n",
		"psql --csv":    "tenure,at_risk,lost,spend_at_risk,spend_lost,active,spend_active,lost_last_year,active_a_year_ago\n1,100,20,5000,900,3,150,,\n2,77,11,3900,500,66,3300,9,40\n",
		"sqlite3 -tabs": "tenure\tat_risk\tlost\tspend_at_risk\tspend_lost\tactive\tspend_active\tlost_last_year\tactive_a_year_ago\n1\t100\t20\t5000\t900\t3\t150\t0\t0\n2\t77\t11\t3900\t500\t66\t3300\t9\t40\n",
		"snowflake":     "TENURE,AT_RISK,LOST,SPEND_AT_RISK,SPEND_LOST,ACTIVE,SPEND_ACTIVE,LOST_LAST_YEAR,ACTIVE_A_YEAR_AGO\n2,77,11,3900.00,500,66,3300,9,40\n1,100,20,5000.000,900,3,150,0,0\n",
	} {
		r, err := Read(strings.NewReader(data), Options{Name: "t.csv", MinCell: 10})
		if err != nil {
			t.Errorf("%s: %v", engine, err)
			continue
		}
		if r.Kind != LifeTable || len(r.Segments) != 1 || !reflect.DeepEqual(r.Segments[0].LifeTable, life) {
			t.Errorf("%s: Read = %s %+v, want %+v", engine, r.Kind, r.Segments, life)
		}
		if !strings.HasPrefix(r.Source, "t.csv, 2 rows, sha256 ") {
			t.Errorf("%s: source %s", engine, r.Source)
		}
	}
}

func TestEveryTableIsToldByItsHeaderAndHasSegments(t *testing.T) {
	for _, c := range []struct {
		data string
		kind Kind
		want []Segment
	}{
		{"segment,tenure,at_risk,lost\nb,1,9,3\na,1,8,2\n", LifeTable, []Segment{{Name: "a", LifeTable: []LifeRow{{Tenure: 1, AtRisk: 8, Lost: 2}}}, {Name: "b", LifeTable: []LifeRow{{Tenure: 1, AtRisk: 9, Lost: 3}}}}},
		{"bucket,customers,spend,lost\n-1,5,0,1\n12,5,70,0\n", Tiers, []Segment{{Tiers: []TierRow{{-1, 5, 0, 1}, {12, 5, 70, 0}}}}},
		{"months_gone,returned,still_gone,extra\n3,2,4,x\n0,1,9,y\n", WinBack, []Segment{{WinBack: []WinBackRow{{0, 1, 9}, {3, 2, 4}}}}},
		{"month,starting,churned,contracted,expanded,new,starting_customers\n2025-02,100,5,1,2,30,7\n2025-01-01,90,4,1,2,30,6\n", Revenue, []Segment{{Revenue: []RevenueRow{
			{Month: "2025-01", Starting: 90, Churned: 4, Contracted: 1, Expanded: 2, New: 30, StartingCustomers: 6}, {Month: "2025-02", Starting: 100, Churned: 5, Contracted: 1, Expanded: 2, New: 30, StartingCustomers: 7}}}}},
		// Two cohorts, one of which was seen for a period less.
		{"cohort,period,survivors\nMay,0,100\nMay,1,70\nMay,2,63\nJune,0,50\nJune,1,40\n", Survivors, []Segment{{LifeTable: []LifeRow{{Tenure: 1, AtRisk: 150, Lost: 40}, {Tenure: 2, AtRisk: 70, Lost: 7}}}}},
	} {
		r, err := Read(strings.NewReader(c.data), Options{Name: "t.csv"})
		if err != nil {
			t.Errorf("Read(%q): %v", c.data, err)
			continue
		}
		if r.Kind != c.kind || !reflect.DeepEqual(r.Segments, c.want) {
			t.Errorf("Read(%q) = %s %+v, want %s %+v", c.data, r.Kind, r.Segments, c.kind, c.want)
		}
	}
}

func TestTablesThatContradictThemselvesAreRefused(t *testing.T) {
	for _, c := range []struct{ data, want string }{
		{"tenure,at_risk,lost\n1,5,6\n", "c.csv:2:0 lost is 6, more than at_risk 5\n"},
		{"tenure,at_risk,lost\n0,5,1\n1,,1\n1,4,-1\n", "c.csv:2:0 tenure is 0, below 1\nc.csv:3:0 at_risk is empty\nc.csv:3:0 tenure 1 stands in line 2 too\nc.csv:4:0 lost is -1, below 0\nc.csv:4:0 tenure 1 stands in line 3 too\n"},
		{"tenure,at_risk,lost,spend_at_risk,spend_lost\n1,5,1,2250287.86999999,5\n", "c.csv:2:0 spend_at_risk is \"2250287.86999999\", not a whole number\n"},
		{"tenure,at_risk,lost\n1,900000000000000000,5\n2,900000000000000000,5\n3,900000000000000000,5\n4,900000000000000000,5\n5,900000000000000000,5\n6,900000000000000000,5\n", "c.csv:0:0 the numbers are too large to add up\n"},
		{"tenure,at_risk,lost\n1,5\n", "c.csv:2:0 2 values, where the header names 3\n"},
		{"tenure,at_risk,lost\n", "c.csv:0:0 there is a header but no rows\n"},
		{"tenure,at_risk,lost\n1,5,1\n2,\"4,1\n", "c.csv:3:0 the quotes of this row are wrong\n"},
		{"bucket,customers,spend,lost\n1,5,6,7\n", "c.csv:2:0 lost is 7, more than customers 5\n"},
		{"month,starting,churned,contracted,expanded,new\nMay,5,6,0,0,0\n", "c.csv:2:0 month is \"May\", not a month such as 2026-01\nc.csv:2:0 churned is 6, more than starting 5\n"},
		{"period,survivors\n0,10\n1,11\n", "c.csv:3:0 11 survivors after 10: they cannot rise\n"},
		{"period,survivors\n0,10\n2,9\n", "c.csv:3:0 period 1 is missing before period 2\n"},
		{"period,survivors\n1,9\n", "c.csv:2:0 period 0 is missing before period 1\n"},
		{"period,survivors\n0,9\n0,9\n1,8\n", "c.csv:3:0 period 0 of cohort \"\" stands in line 2 too\n"},
	} {
		if got := told(c.data, Options{}); got != c.want {
			t.Errorf("Read(%q):\n%swant\n%s", c.data, got, c.want)
		}
	}
}

// High End of Fader & Hardie (2007), table 1: of 1,000 customers, so many after each year.
func TestSurvivorsBecomeALifeTable(t *testing.T) {
	var b strings.Builder
	b.WriteString("period,survivors\n")
	for i, n := range []int{1000, 869, 743, 653, 593, 551, 517, 491} {
		fmt.Fprintf(&b, "%d,%d\n", i, n)
	}
	r, err := Read(strings.NewReader(b.String()), Options{MinCell: 10, Period: "year"})
	if err != nil {
		t.Fatal(err)
	}
	want := "[{1 1000 131 0 0 0 0 0 0} {2 869 126 0 0 0 0 0 0} {3 743 90 0 0 0 0 0 0} {4 653 60 0 0 0 0 0 0} {5 593 42 0 0 0 0 0 0} {6 551 34 0 0 0 0 0 0} {7 517 26 0 0 0 0 0 0}]"
	if got := fmt.Sprint(r.Segments[0].LifeTable); got != want {
		t.Errorf("the life table is %s, want %s", got, want)
	}
}

// Worked by hand: the running sums of the lost are 19, 20, 20, 24 and 31, so that cells end
// behind the first, the second and the last row. The second cell has 1 < 10 lost and joins
// the first; the last has 11. The row of tenure 6 carries nothing but who is active.
func TestSmallCellsJoinTheirNeighbour(t *testing.T) {
	const data = "tenure,at_risk,lost,active\n1,100,19,0\n2,80,1,0\n3,79,0,0\n4,79,4,1\n5,75,7,2\n6,0,0,66\n"
	r, err := Read(strings.NewReader(data), Options{MinCell: 10})
	if err != nil {
		t.Fatal(err)
	}
	want := []LifeRow{{Tenure: 2, AtRisk: 180, Lost: 20}, {Tenure: 5, AtRisk: 233, Lost: 11, Active: 69}}
	if got := r.Segments[0].LifeTable; !reflect.DeepEqual(got, want) {
		t.Errorf("the cells are %+v, want %+v", got, want)
	}
	again := Segment{LifeTable: want, WinBack: []WinBackRow{{0, 3, 4}, {5, 2, 1}}}
	again.Merge(10)
	if !reflect.DeepEqual(again.LifeTable, want) {
		t.Errorf("merged once more they are %+v, want %+v", again.LifeTable, want)
	}
	// Fewer than ten in all are one cell.
	if !reflect.DeepEqual(again.WinBack, []WinBackRow{{5, 5, 5}}) {
		t.Errorf("one small cell is %+v", again.WinBack)
	}
}

func TestAFileThatCannotBeReadSaysSo(t *testing.T) {
	_, err := Read(failing{}, Options{Name: "c.csv"})
	if err == nil || !strings.Contains(err.Error(), "c.csv: file already closed") {
		t.Errorf("Read = %v", err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, os.ErrClosed }
