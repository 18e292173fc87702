package measured

import (
	"math"

	"github.com/churncost/churncost/scenarios/records"
)

// A life is the life table of all customers, and its sums.
type life struct {
	rows     []records.LifeRow // each with somebody at risk
	period   string
	spanning bool // whether a row covers several renewals
	paid     bool // whether there is money

	active, lostLastYear, aYearAgo int64
	tenure                         float64 // mean of those who left last year, in periods
	spend                          int64   // mean of those at risk at that tenure, minor units a period
}

// lifeTable is the life table of all segments; nil if there is none. Every row it
// keeps has somebody at risk and, where there is money, somebody who pays: other rows are
// added to the one before.
func (w *writer) lifeTable() *life {
	file, held := w.held[records.LifeTable]
	if !held {
		return nil
	}
	l := &life{period: file.Period}
	all := w.total.LifeTable
	for i := range all {
		l.paid = l.paid || all[i].SpendAtRisk > 0
	}
	empty := func(r *records.LifeRow) bool { return r.AtRisk == 0 || l.paid && r.SpendAtRisk == 0 }
	for i := range all {
		r, last := &all[i], len(l.rows)-1
		if last >= 0 && (empty(r) || empty(&l.rows[last])) {
			l.rows[last].Add(r)
		} else {
			l.rows = append(l.rows, *r)
		}
	}
	l.tenure = meanTenure(all)
	l.sum()
	return l
}

// meanTenure is the mean tenure of those who left in the last year, in periods to one
// decimal; NaN where nobody did. Those of a row that covers several renewals are taken to
// have left in its middle. That is a table's answer: records one by one, whose rows are
// merged too, give the same as the table that an engine makes of them.
func meanTenure(rows []records.LifeRow) float64 {
	before, lost, sum := 0, int64(0), 0.0
	for i := range rows {
		r := &rows[i]
		lost += r.LostLastYear
		sum += float64(r.LostLastYear) * float64(before+1+r.Tenure) / 2
		before = r.Tenure
	}
	const tenth = 10
	return math.Round(tenth*sum/float64(lost)) / tenth
}

// sum adds up the rows.
func (l *life) sum() {
	before := 0
	for i := range l.rows {
		r := &l.rows[i]
		l.spanning = l.spanning || r.Tenure != before+1
		l.active += r.Active
		l.lostLastYear += r.LostLastYear
		l.aYearAgo += r.ActiveAYearAgo
		before = r.Tenure
	}
	at := 1.0 // a new customer, where nobody left
	if l.lostLastYear > 0 {
		at = math.Round(l.tenure)
	}
	for i := range l.rows {
		l.spend = mean(l.rows[i].SpendAtRisk, l.rows[i].AtRisk)
		if float64(l.rows[i].Tenure) >= at {
			break
		}
	}
}

// mean is the mean of an amount that some have together, in minor units.
func mean(amount, people int64) int64 {
	return int64(math.Round(float64(amount) / float64(people)))
}

// column writes a number of each row.
func (l *life) column(of func(*records.LifeRow) string) []string {
	values := make([]string, len(l.rows))
	for i := range l.rows {
		values[i] = of(&l.rows[i])
	}
	return values
}
