package query_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// A stay is one row of the firm's customers.
type stay struct {
	customer     int
	joined, left time.Time // left is zero for one who is still there
	cents        int64
	segment      string
}

// firm makes customers of four segments over five years: a third of them joined in the
// last days of a month, some left on the day they joined, some returned, one in forty pays
// nothing.
func firm(customers int) []stay {
	random := rand.New(rand.NewPCG(11, 0))
	begin, end := date("2021-03-01"), date("2026-04-01")
	days := int(end.Sub(begin).Hours() / 24)
	var all []stay
	for id := range customers {
		joined := begin.AddDate(0, 0, random.IntN(days))
		if random.IntN(3) == 0 {
			joined = joined.AddDate(0, 1, -joined.Day()-random.IntN(4)) // one of a month's last four
		}
		segment := []string{"home", "office", "it's \"special\", isn't it"}[random.IntN(3)]
		if id < 12 {
			segment = "few" // whose tenures have gaps
		}
		mean := []float64{60, 200, 900}[random.IntN(3)]
		for joined.Before(end) {
			s := stay{customer: id, joined: joined, segment: segment, cents: int64(1000 * (0.1 + 9*random.ExpFloat64()))}
			if random.IntN(40) == 0 {
				s.cents = 0
			}
			left := joined.AddDate(0, 0, int(mean*random.ExpFloat64()))
			if random.IntN(4) == 0 { // at a renewal's own day
				left = joined.AddDate(0, random.IntN(20), 0)
			}
			if left.Before(end) {
				s.left = left
			}
			all = append(all, s)
			if s.left.IsZero() || random.IntN(3) > 0 {
				break
			}
			joined = left.AddDate(0, 0, random.IntN(150))
		}
	}
	return all
}

func date(text string) time.Time {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return at
}

// table writes the customers who joined before a day as CSV. Segments are left out where
// they are not asked for.
func table(stays []stay, before time.Time, segments bool) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	row := func(fields ...string) {
		if !segments {
			fields = fields[:4]
		}
		w.Write(fields)
	}
	row("customer", "joined", "left", "spend", "segment")
	for _, s := range stays {
		left := ""
		if !s.left.IsZero() {
			left = s.left.Format(time.DateOnly)
		}
		if s.joined.Before(before) {
			row(fmt.Sprintf("c%d", s.customer), s.joined.Format(time.DateOnly), left, money(s.cents), s.segment)
		}
	}
	for _, bad := range badRows {
		if len(stays) > 1000*len(badRows) && date(bad[1]).Before(before) { // more would be refused
			row(bad...)
		}
	}
	w.Flush()
	return b.String()
}

// badRows have no customer, and no spend. Nobody counts them.
var badRows = [...][]string{{"", "2025-06-07", "", "12.50", "home"}, {"x1", "2025-06-08", "", "", "home"}}

func money(cents int64) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }

// An invoice is what a customer paid in a month, counted from January 2023.
type invoice struct {
	customer, month int
	cents           int64
}

// invoices makes two years and a half of monthly amounts that rise and fall, with customers
// who come, go and return, two invoices in some months, and a credit now and then.
func invoices(customers int) []invoice {
	random := rand.New(rand.NewPCG(12, 0))
	const months = 30
	var all []invoice
	for id := range customers {
		cents := int64(500 + random.IntN(20_000))
		for month := random.IntN(months); month < months; month++ {
			switch random.IntN(25) {
			case 0:
				month += 1 + random.IntN(6) // away for a while
			case 1, 2:
				cents = cents * 5 / 4
			case 3:
				cents = cents * 4 / 5
			case 4:
				all = append(all, invoice{id, month, 250}, invoice{id, month, -100})
			case 5:
				all = append(all, invoice{id, month, -cents}) // all of it back
			}
			if month < months {
				all = append(all, invoice{id, month, cents})
			}
			if random.IntN(20) == 0 {
				break
			}
		}
	}
	return all
}

// billed writes the invoices as CSV, each on some day of its month.
func billed(all []invoice) string {
	var b strings.Builder
	b.WriteString("customer,month,amount\n")
	for i, v := range all {
		amount := money(v.cents)
		if v.cents < 0 {
			amount = "-" + money(-v.cents)
		}
		fmt.Fprintf(&b, "c%d,%s,%s\n", v.customer, time.Date(2023, time.Month(1+v.month), 1+i%28, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), amount)
	}
	return b.String()
}

// sameRows requires two tables to hold the same rows in the same order.
func sameRows(t *testing.T, call string, got, want [][]string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		var g, w []string
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if strings.Join(g, "|") != strings.Join(w, "|") {
			t.Errorf("%s: row %d of %d is %q, want %q of %d", call, i, len(got), g, w, len(want))
			return
		}
	}
}
