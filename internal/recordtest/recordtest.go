// Package recordtest writes records of customers whose truth is known, for tests and
// benchmarks. The same seed gives the same bytes.
package recordtest

import (
	"bufio"
	"io"
	"math"
	"math/rand/v2"
	"strconv"
	"time"
)

// A Group is a kind of customer, written as a segment. Each of its customers has a chance
// of leaving at every renewal, drawn once from a beta distribution with Alpha and Beta: the
// shifted-beta-geometric model of Fader & Hardie (2007).
type Group struct {
	Name        string
	Share       float64 // of the customers; the shares add up to 1
	Alpha, Beta float64
	Spend       float64 // median spend a period, money
}

// A Firm has customers who join on every day of its Years with equal chance.
type Firm struct {
	Seed      uint64
	Customers int
	Observed  time.Time // the day after the last that is known
	Years     int
	Months    int     // of a period: 1, 3 or 12
	Returns   float64 // share of those who leave that come back later
	Currency  string  // of a column of that name; "" for none
	Groups    []Group
}

// Sample is a firm of two kinds of customers, with some who return.
func Sample(customers int) *Firm {
	return &Firm{
		Seed: 1, Customers: customers, Observed: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Years: 6, Months: 1, Returns: .1,
		Groups: []Group{{"home", .7, .8, 12, 25}, {"office", .3, .6, 30, 140}},
	}
}

// A Truth is what was written: at renewal t, AtRisk[t-1] customers of a group came to it
// in their first spell, and Lost[t-1] of them left.
type Truth struct {
	Rows         int // spells
	AtRisk, Lost []int64
}

// Write writes the customers as CSV, and tells the truth about each group.
func (f *Firm) Write(to io.Writer) (map[string]*Truth, error) {
	w := &writer{firm: f, random: rand.New(rand.NewPCG(f.Seed, 0)), out: bufio.NewWriterSize(to, 1<<16)}
	w.out.WriteString("customer,joined,left,spend")
	if f.Currency != "" {
		w.out.WriteString(",currency")
	}
	w.out.WriteString(",segment\n")
	truths := map[string]*Truth{}
	for _, group := range f.Groups {
		truths[group.Name] = &Truth{}
	}
	for id := range f.Customers {
		group := w.group()
		truth := truths[group.Name]
		f.each(w.random, group, func(spell int, joined time.Time, renewals int, left time.Time) {
			truth.Rows++
			w.row(id+1, joined, left, group)
			if spell == 0 {
				f.tell(truth, joined, renewals)
			}
		})
	}
	return truths, w.out.Flush()
}

// each draws the spells of one customer. The last one may go on: left is then the zero time.
func (f *Firm) each(random *rand.Rand, group *Group, spell func(number int, joined time.Time, renewals int, left time.Time)) {
	days := int(f.Observed.Sub(f.Observed.AddDate(-f.Years, 0, 0)).Hours() / 24)
	joined := f.Observed.AddDate(0, 0, -1-random.IntN(days))
	if joined.Day() > 28 { // every month has its renewal
		joined = joined.AddDate(0, 0, 28-joined.Day())
	}
	leaves := beta(random, group.Alpha, group.Beta)
	for number := 0; ; number++ {
		renewals := 1 + int(math.Min(math.Log(1-random.Float64())/math.Log1p(-leaves), 1e4))
		before, last := joined.AddDate(0, f.Months*(renewals-1), 0), joined.AddDate(0, f.Months*renewals, 0)
		left := before.AddDate(0, 0, 1+random.IntN(int(last.Sub(before).Hours()/24)))
		if !left.Before(f.Observed) {
			left = time.Time{}
		}
		spell(number, joined, renewals, left)
		back := left.AddDate(0, 0, 20+random.IntN(300))
		if left.IsZero() || random.Float64() >= f.Returns || !back.Before(f.Observed) {
			return
		}
		if joined = back; joined.Day() > 28 {
			joined = joined.AddDate(0, 0, 28-joined.Day())
		}
	}
}

// tell counts a first spell of so many renewals.
func (f *Firm) tell(truth *Truth, joined time.Time, renewals int) {
	for t := 1; t <= renewals && joined.AddDate(0, f.Months*t, 0).Before(f.Observed); t++ {
		if t > len(truth.AtRisk) {
			truth.AtRisk, truth.Lost = append(truth.AtRisk, 0), append(truth.Lost, 0)
		}
		truth.AtRisk[t-1]++
		if t == renewals {
			truth.Lost[t-1]++
		}
	}
}

// Invoices writes rows customer, month, amount: every customer pays once in each month of
// a spell, and the amount rises or falls now and then.
func (f *Firm) Invoices(to io.Writer) error {
	w := &writer{firm: f, random: rand.New(rand.NewPCG(f.Seed, 0)), out: bufio.NewWriterSize(to, 1<<16)}
	w.out.WriteString("customer,month,amount\n")
	for id := range f.Customers {
		group := w.group()
		cents := w.spend(group)
		f.each(w.random, group, func(_ int, joined time.Time, _ int, left time.Time) {
			if left.IsZero() {
				left = f.Observed
			}
			for month := joined.AddDate(0, 0, 1-joined.Day()); month.Before(left); month = month.AddDate(0, 1, 0) {
				if change := w.random.IntN(40); change < 3 { // down once, up twice in forty months
					cents = max(1, cents*int64(80+25*change)/100)
				}
				w.line = strconv.AppendInt(append(w.line[:0], 'c'), int64(id+1), 10)
				w.line = append(w.day(month), ',')
				w.out.Write(append(w.money(cents), '\n'))
			}
		})
	}
	return w.out.Flush()
}

// A writer writes rows.
type writer struct {
	firm   *Firm
	random *rand.Rand
	out    *bufio.Writer
	line   []byte
}

func (w *writer) group() *Group {
	u := w.random.Float64()
	for i := range w.firm.Groups {
		if u -= w.firm.Groups[i].Share; u < 0 {
			return &w.firm.Groups[i]
		}
	}
	return &w.firm.Groups[0]
}

// spend draws cents: log-normal, with a third of the customers within 35% of the median.
func (w *writer) spend(group *Group) int64 {
	return int64(math.Round(100 * group.Spend * math.Exp(.8*w.random.NormFloat64())))
}

func (w *writer) row(id int, joined, left time.Time, group *Group) {
	w.line = strconv.AppendInt(append(w.line[:0], 'c'), int64(id), 10)
	w.line = w.day(joined)
	if left.IsZero() {
		w.line = append(w.line, ',')
	} else {
		w.line = w.day(left)
	}
	w.line = append(w.line, ',')
	w.line = w.money(w.spend(group))
	if w.firm.Currency != "" {
		w.line = append(append(w.line, ','), w.firm.Currency...)
	}
	w.line = append(append(append(w.line, ','), group.Name...), '\n')
	w.out.Write(w.line)
}

func (w *writer) day(day time.Time) []byte {
	return day.AppendFormat(append(w.line, ','), time.DateOnly)
}

func (w *writer) money(cents int64) []byte {
	return append(strconv.AppendInt(w.line, cents/100, 10), '.', byte('0'+cents/10%10), byte('0'+cents%10))
}

// beta draws from a beta distribution.
func beta(random *rand.Rand, alpha, beta float64) float64 {
	x, y := gamma(random, alpha), gamma(random, beta)
	return math.Min(x/(x+y), 1-1e-12)
}

// gamma draws from a gamma distribution (Marsaglia & Tsang 2000).
func gamma(random *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gamma(random, shape+1) * math.Pow(1-random.Float64(), 1/shape)
	}
	d := shape - 1./3
	c := 1 / math.Sqrt(9*d)
	for {
		x := random.NormFloat64()
		v := 1 + c*x
		v *= v * v
		if v > 0 && math.Log(1-random.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}
