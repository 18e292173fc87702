package survival

import (
	"errors"
	"fmt"
	"math"
)

// A Table is a life table of customers by tenure, counted in renewals: Tenure[i] is the
// last renewal that row i covers, beginning after Tenure[i-1] (0 for the first row), with
// one hazard throughout. AtRisk sums, over the renewals of the row, the customers who came
// to it; Lost are those of them who left. Counts need not be whole, and money may stand in
// place of customers.
type Table struct {
	Tenure []int
	AtRisk []float64
	Lost   []float64
}

// LongestTenure bounds the renewals of a table: 800 years of months.
const LongestTenure = 10_000

// mostAtRisk bounds the sum of those at risk, so that no sum of counts overflows.
const mostAtRisk = 1e100

// Check reports what makes a table none: lists of different lengths, tenures that do not
// rise or lie beyond LongestTenure, counts that are negative or no numbers, more lost
// than at risk, and nobody at risk at all.
func (t *Table) Check() error {
	if len(t.AtRisk) != len(t.Tenure) || len(t.Lost) != len(t.Tenure) {
		return fmt.Errorf("the life table has %d tenures, %d at risk and %d lost, and needs as many of each", len(t.Tenure), len(t.AtRisk), len(t.Lost))
	}
	if len(t.Tenure) == 0 {
		return errors.New("the life table has no rows")
	}
	before, atRisk := 0, 0.
	for i, tenure := range t.Tenure {
		atRisk += t.AtRisk[i]
		switch {
		case tenure <= before:
			return fmt.Errorf("row %d of the life table has the tenure %d, and must have more than the %d before it", i+1, tenure, before)
		case tenure > LongestTenure:
			return fmt.Errorf("row %d of the life table has the tenure %d, and must have at most %d", i+1, tenure, LongestTenure)
		case !(t.AtRisk[i] >= 0 && t.AtRisk[i] <= mostAtRisk):
			return fmt.Errorf("row %d of the life table has %v at risk, and must have 0 or more", i+1, t.AtRisk[i])
		case !(t.Lost[i] >= 0 && t.Lost[i] <= t.AtRisk[i]):
			return fmt.Errorf("row %d of the life table has %v lost, and must have 0 to the %v at risk", i+1, t.Lost[i], t.AtRisk[i])
		}
		before = tenure
	}
	if atRisk == 0 {
		return errors.New("the life table has nobody at risk")
	}
	return nil
}

// A row is a row of a table with somebody at risk.
type row struct {
	first, last  int // renewals
	atRisk, lost float64
}

// renewals is how many the row covers.
func (r *row) renewals() float64 { return float64(r.last - r.first + 1) }

// hazard is the chance to leave at each renewal of the row.
func (r *row) hazard() float64 { return r.lost / r.atRisk }

// load takes the rows of a table with somebody at risk.
func (s *Scratch) load(t *Table) {
	s.all = s.all[:0]
	first := 1
	for i, last := range t.Tenure {
		if t.AtRisk[i] > 0 {
			s.all = append(s.all, row{first, last, t.AtRisk[i], t.Lost[i]})
		}
		first = last + 1
	}
}

// totals sums those at risk and those lost.
func totals(rows []row) (atRisk, lost float64) {
	for i := range rows {
		atRisk += rows[i].atRisk
		lost += rows[i].lost
	}
	return atRisk, lost
}

// A year has 12 months and 4 quarters.
const (
	monthsAYear   = 12
	quartersAYear = 4
)

// contracts says where losses fall as those of annual contracts do.
func contracts(rows []row) Reason {
	switch {
	case spikes(rows, monthsAYear):
		return AnnualSpikes
	case spikes(rows, quartersAYear):
		return YearlySpikes
	}
	return ""
}

// spikes reports whether most losses fall on the multiples of a number of renewals, far
// more than would if each renewal were like any other.
func spikes(rows []row, every int) bool {
	var atRisk, lost, allAtRisk, allLost float64
	seen := 0
	for i := range rows {
		r := &rows[i]
		allAtRisk, allLost = allAtRisk+r.atRisk, allLost+r.lost
		if r.first == r.last && r.last%every == 0 {
			seen++
			atRisk, lost = atRisk+r.atRisk, lost+r.lost
		}
	}
	expected := allLost * atRisk / allAtRisk
	return seen >= 2 && lost > allLost/2 && lost > 2*expected+2*math.Sqrt(expected)
}
