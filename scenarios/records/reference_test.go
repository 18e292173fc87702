package records

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The reference below reads the same records by the definitions, one customer and one
// renewal after the other, with the standard library's dates and numbers.

type stay struct {
	joined, left time.Time // left is zero for one who is still there
	cents        int64
	segment      string
}

// when is a date as months and a day, to compare with a renewal on a day that its month may
// not have.
type when struct{ month, day int }

func at0(t time.Time) when { return when{t.Year()*12 + int(t.Month()), t.Day()} }

func (w when) renewal(n, period int) when { return when{w.month + n*period, w.day} }

func (w when) before(other when) bool {
	return cmp.Or(cmp.Compare(w.month, other.month), cmp.Compare(w.day, other.day)) < 0
}

func reference(t *testing.T, data string, separator rune, o Options) []Segment {
	t.Helper()
	r := csv.NewReader(strings.NewReader(data))
	r.Comma = separator
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	date := func(text string) time.Time {
		day, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return day
	}
	observed := date(o.Observed)
	var customers [][]stay
	last := ""
	for _, row := range rows[1:] {
		amount, err := strconv.ParseFloat(row[3], 64)
		if err != nil {
			t.Fatal(err)
		}
		s := stay{joined: date(row[1]), cents: int64(math.Round(amount * 100)), segment: row[4]}
		if row[2] != "" && date(row[2]).Before(observed) {
			s.left = date(row[2])
		}
		if len(customers) == 0 || row[0] != last {
			customers = append(customers, nil)
		}
		last = row[0]
		customers[len(customers)-1] = append(customers[len(customers)-1], s)
	}
	period := map[string]int{"month": 1, "quarter": 3, "year": 12}[o.Period]
	aYearAgo := time.Date(observed.Year()-1, observed.Month(), observed.Day(), 0, 0, 0, 0, time.UTC)
	if aYearAgo.Month() != observed.Month() {
		aYearAgo = aYearAgo.AddDate(0, 0, -1)
	}
	life, tiers, back := map[string]map[int]*LifeRow{}, map[string]map[int]*TierRow{}, map[string]map[int64]*WinBackRow{}
	for _, spells := range customers {
		slices.SortFunc(spells, func(a, b stay) int {
			end := func(s stay) time.Time {
				if s.left.IsZero() {
					return observed
				}
				return s.left
			}
			return cmp.Or(a.joined.Compare(b.joined), end(a).Compare(end(b)))
		})
		s := spells[0]
		if life[s.segment] == nil {
			life[s.segment], tiers[s.segment], back[s.segment] = map[int]*LifeRow{}, map[int]*TierRow{}, map[int64]*WinBackRow{}
		}
		row := func(tenure int) *LifeRow {
			if life[s.segment][tenure] == nil {
				life[s.segment][tenure] = &LifeRow{Tenure: tenure}
			}
			return life[s.segment][tenure]
		}
		// next is the first renewal on or after a day.
		next := func(day time.Time) int {
			n := 1
			for at0(s.joined).renewal(n, period).before(at0(day)) {
				n++
			}
			return n
		}
		for n := 1; at0(s.joined).renewal(n, period).before(at0(observed)); n++ {
			if o.Since != "" && at0(s.joined).renewal(n, period).before(at0(date(o.Since))) {
				continue
			}
			if !s.left.IsZero() && n > next(s.left) {
				break
			}
			row(n).AtRisk++
			row(n).SpendAtRisk += s.cents
			if !s.left.IsZero() && n == next(s.left) {
				row(n).Lost++
				row(n).SpendLost += s.cents
			}
		}
		if s.left.IsZero() {
			row(next(observed)).Active++
			row(next(observed)).SpendActive += s.cents
		}
		if s.joined.Before(aYearAgo) && (s.left.IsZero() || !s.left.Before(aYearAgo)) {
			row(next(aYearAgo)).ActiveAYearAgo++
			bucket := -1
			for s.cents > 0 && math.Exp2(float64(bucket+1)/16) <= float64(s.cents) {
				bucket++
			}
			tier := tiers[s.segment][bucket]
			if tier == nil {
				tier = &TierRow{Bucket: bucket}
				tiers[s.segment][bucket] = tier
			}
			tier.Customers++
			tier.Spend += s.cents
			if !s.left.IsZero() {
				row(next(s.left)).LostLastYear++
				tier.Lost++
			}
		}
		if !s.left.IsZero() {
			until, returned := observed, int64(0)
			if len(spells) > 1 {
				until, returned = spells[1].joined, 1
			}
			months := int64(0)
			for !at0(until).before(at0(s.left).renewal(int(months)+1, 1)) {
				months++
			}
			if back[s.segment][months] == nil {
				back[s.segment][months] = &WinBackRow{MonthsGone: months}
			}
			back[s.segment][months].Returned += returned
			back[s.segment][months].StillGone += 1 - returned
		}
	}
	var segments []Segment
	for _, name := range slices.Sorted(maps.Keys(life)) {
		s := Segment{Name: name}
		longest := 0
		for tenure, row := range life[name] {
			if row.AtRisk > 0 {
				longest = max(longest, tenure)
			}
		}
		for _, tenure := range slices.Sorted(maps.Keys(life[name])) {
			row := *life[name][tenure]
			if tenure > longest && longest > 0 { // only carries who is active
				to := &s.LifeTable[len(s.LifeTable)-1]
				to.Active, to.SpendActive = to.Active+row.Active, to.SpendActive+row.SpendActive
				to.LostLastYear, to.ActiveAYearAgo = to.LostLastYear+row.LostLastYear, to.ActiveAYearAgo+row.ActiveAYearAgo
				continue
			}
			s.LifeTable = append(s.LifeTable, row)
		}
		for _, bucket := range slices.Sorted(maps.Keys(tiers[name])) {
			s.Tiers = append(s.Tiers, *tiers[name][bucket])
		}
		for _, months := range slices.Sorted(maps.Keys(back[name])) {
			s.WinBack = append(s.WinBack, *back[name][months])
		}
		s.LifeTable = referenceCells(s.LifeTable, "Lost", "Tenure", o.MinCell)
		s.Tiers = referenceCells(s.Tiers, "Customers", "Bucket", o.MinCell)
		s.WinBack = referenceCells(s.WinBack, "Returned", "MonthsGone", o.MinCell)
		segments = append(segments, s)
	}
	return segments
}

// referenceCells numbers the rows by how many multiples of the least the sum before each has
// passed, adds up the rows of each number, and then gives small cells to the one before.
func referenceCells[R any](rows []R, counted, key string, least int) (cells []R) {
	field := func(r *R, name string) reflect.Value { return reflect.ValueOf(r).Elem().FieldByName(name) }
	join := func(to, from *R) {
		for i := range reflect.TypeFor[R]().NumField() {
			v := reflect.ValueOf(to).Elem().Field(i)
			if more := reflect.ValueOf(from).Elem().Field(i).Int(); reflect.TypeFor[R]().Field(i).Name == key {
				v.SetInt(max(v.Int(), more))
			} else {
				v.SetInt(v.Int() + more)
			}
		}
	}
	sum, number := int64(0), int64(-1)
	var large []R
	for _, row := range rows {
		if len(cells) > 0 && sum/int64(least) == number {
			join(&cells[len(cells)-1], &row)
		} else {
			cells = append(cells, row)
		}
		number = sum / int64(least)
		sum += field(&row, counted).Int()
	}
	for _, cell := range cells {
		if len(large) > 0 && field(&cell, counted).Int() < int64(least) {
			join(&large[len(large)-1], &cell)
		} else {
			large = append(large, cell)
		}
	}
	return large
}

// written writes random customers as a file: with quotes here and there, line ends of either
// kind, several spells, and odd dates.
func written(random *rand.Rand, separator byte, observed time.Time) string {
	var b strings.Builder
	sep := string(separator)
	ends := []string{"\n", "\r\n"}[random.IntN(2)]
	quotes := random.IntN(3) // of 2: none, few, many
	put := func(text string) string {
		if strings.ContainsAny(text, "\"\n"+sep) || quotes > 0 && random.IntN(20) < quotes*quotes*4 {
			return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
		}
		return text
	}
	b.WriteString(strings.Join([]string{"Customer", "joined", "LEFT", "spend", "segment"}, sep) + ends)
	names := []string{"home", "", "a " + sep + " b", "say \"hi\"", "two\nlines"}[:1+random.IntN(5)]
	if quotes == 0 {
		names = names[:min(len(names), 2)]
	}
	for id := range 1 + random.IntN(60) {
		joined := observed.AddDate(0, 0, -1-random.IntN(1500))
		segment := names[random.IntN(len(names))]
		var rows []string
		for spell := 0; joined.Before(observed) && spell < 3; spell++ {
			left := joined.AddDate(0, 0, random.IntN(500))
			leaving := left.Format(time.DateOnly)
			if random.IntN(3) == 0 {
				leaving, left = "", observed
			}
			amount := fmt.Sprintf("%d.%02d", random.IntN(300), random.IntN(100))
			if random.IntN(10) == 0 {
				amount = fmt.Sprint(random.IntN(3))
			}
			row := []string{put(fmt.Sprint("c", id)), put(joined.Format(time.DateOnly)), put(leaving), put(amount), put(segment)}
			rows = append(rows, strings.Join(row, sep)+ends)
			joined = left.AddDate(0, 0, random.IntN(100))
		}
		random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		b.WriteString(strings.Join(rows, ""))
		if random.IntN(30) == 0 {
			b.WriteString(ends)
		}
	}
	return b.String()
}

func TestTheScannerFindsWhatASlowReaderFindsWhateverTheBlocksAndCores(t *testing.T) {
	files := 500
	if testing.Short() {
		files = 200
	}
	for seed := range uint64(files) {
		random := rand.New(rand.NewPCG(seed, 1))
		observed := time.Date(2024+random.IntN(2), time.Month(1+random.IntN(12)), 1+random.IntN(31), 0, 0, 0, 0, time.UTC)
		separator := separators[random.IntN(len(separators))]
		data := written(random, separator, observed)
		o := Options{Name: "c.csv", Observed: observed.Format(time.DateOnly), Period: Periods[random.IntN(3)].Name, MinCell: 1 + random.IntN(6)}
		if random.IntN(3) == 0 {
			o.Since = observed.AddDate(0, 0, -1-random.IntN(900)).Format(time.DateOnly)
		}
		want := reference(t, data, rune(separator), o)
		var first *Records
		for range 3 {
			s := size{block: 1 + random.IntN(200), readers: 1 + random.IntN(3)}
			got, err := o.read(strings.NewReader(data), s)
			if err != nil {
				t.Fatalf("seed %d: read(%+v) = %v\n%s", seed, s, err, data)
			}
			if !reflect.DeepEqual(plainSegments(got.Segments), plainSegments(want)) {
				t.Fatalf("seed %d: read(%+v, %+v) =\n%+v\nwant\n%+v\n%s", seed, o, s, got.Segments, want, data)
			}
			if first == nil {
				first = got
			}
			if !reflect.DeepEqual(first, got) {
				t.Fatalf("seed %d: read(%+v) =\n%+v\nand before\n%+v", seed, s, got, first)
			}
		}
	}
}

// plainSegments makes tables without rows alike.
func plainSegments(segments []Segment) string { return fmt.Sprintf("%+v", segments) }

func TestTheOrderOfTheCustomersChangesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 1))
	observed := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	data := strings.ReplaceAll(written(random, ',', observed), "\r\n", "\n")
	for strings.Contains(data, `"`) || len(data) < 1000 {
		data = strings.ReplaceAll(written(random, ',', observed), "\r\n", "\n")
	}
	header, rows, _ := strings.Cut(data, "\n")
	groups := map[string]string{}
	for row := range strings.Lines(rows) {
		id, _, _ := strings.Cut(row, ",")
		groups[id] += row
	}
	o := Options{Observed: "2026-01-01", MinCell: 5}
	want, err := Read(strings.NewReader(data), o)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		ids := slices.Sorted(maps.Keys(groups))
		random.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
		var b strings.Builder
		for _, id := range ids {
			b.WriteString(groups[id])
		}
		got, err := o.read(strings.NewReader(header+"\n"+b.String()), size{block: 64, readers: 2})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got.Segments, want.Segments) {
			t.Fatalf("in another order\n%+v\nwant\n%+v", got.Segments, want.Segments)
		}
	}
}

// A reader that gives what it has in pieces of a few bytes.
type dribble struct {
	from   io.Reader
	random *rand.Rand
}

func (d dribble) Read(p []byte) (int, error) {
	return d.from.Read(p[:min(len(p), 1+d.random.IntN(7))])
}

func TestTheSameTextInUTF16IsReadTheSameHoweverItArrives(t *testing.T) {
	const text = "customer;joined;left;spend;segment\r\nc1;2024-01-05;;12,50;Zürich 🥬\r\nc2;2024-02-01;2024-05-01;7;home\r\n"
	o := Options{Name: "c.csv", Observed: "2026-01-01", MinCell: 10}
	want, err := Read(strings.NewReader(text), o)
	if err != nil {
		t.Fatal(err)
	}
	if got := want.Segments[0]; got.Name != "Zürich 🥬" || got.LifeTable[0].SpendAtRisk != 23*1250 {
		t.Errorf("Read(%q) = %+v, want Zürich 🥬 with 23 × 12.50", text, got)
	}
	for _, encoded := range []string{"\xef\xbb\xbf" + text, string(utf16Bytes(text, false)), string(utf16Bytes(text, true))} {
		got, err := Read(dribble{strings.NewReader(encoded), rand.New(rand.NewPCG(1, 1))}, o)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got.Segments, want.Segments) {
			t.Errorf("Read(%q) = %+v, want %+v", encoded, got.Segments, want.Segments)
		}
	}
}

func utf16Bytes(text string, big bool) []byte {
	var b bytes.Buffer
	put := func(unit uint16) {
		if big {
			b.Write([]byte{byte(unit >> 8), byte(unit)})
		} else {
			b.Write([]byte{byte(unit), byte(unit >> 8)})
		}
	}
	put(0xfeff)
	for _, r := range text {
		if r > 0xffff {
			put(uint16(0xd800 + (r-0x10000)>>10))
			put(uint16(0xdc00 + (r-0x10000)&0x3ff))
		} else {
			put(uint16(r))
		}
	}
	return b.Bytes()
}
