package records

// cellsOf merges the rows of a table, in order, so that each has at least so many cases. A
// cell ends with the row that lifts the running sum of the cases over a multiple of the
// least. Cells with fewer cases than that join the cell before them. add adds a row to the
// cell that ends before it. A least of 0 is 1: only rows without a case join another.
// Below 0 nothing is merged.
//
// The same rows come out when it is done again.
func cellsOf[R any](rows []R, least int, cases func(*R) int64, add func(cell, row *R)) (merged []R) {
	if least < 0 {
		return rows
	}
	m := int64(max(least, 1))
	var sum, inCell int64
	begun := 0 // the first row of the cell
	closeCell := func(end int) {
		cell := rows[begun]
		for i := begun + 1; i < end; i++ {
			add(&cell, &rows[i])
		}
		if inCell < m && len(merged) > 0 {
			add(&merged[len(merged)-1], &cell)
		} else {
			merged = append(merged, cell)
		}
		begun, inCell = end, 0
	}
	for i := range rows {
		before := sum
		sum += cases(&rows[i])
		inCell += sum - before
		if sum/m > before/m {
			closeCell(i + 1)
		}
	}
	if begun < len(rows) {
		closeCell(len(rows))
	}
	return merged
}

// tables are the tables of a segment.
func (c *counts) tables(least int) Segment {
	s := Segment{Name: c.name}
	var staying, spendStaying int64
	covered := 0 // the renewals up to it have a row
	longest := 0 // that anybody has come to
	for t, x := range c.tenures {
		if x.leaving > 0 {
			longest = t
		}
	}
	for t, x := range c.tenures {
		if x == (tenure{}) {
			continue
		}
		renewals := int64(t - covered)
		row := LifeRow{t, renewals*staying + x.entering, x.lost, renewals*spendStaying + x.spendEntering, x.spendLost, x.active, x.spendActive, x.lostLastYear, x.activeAYearAgo}
		staying += x.entering - x.leaving
		spendStaying += x.spendEntering - x.spendLeaving
		covered = t
		if t > longest && longest > 0 {
			s.LifeTable[len(s.LifeTable)-1].Add(&row)
		} else {
			s.LifeTable = append(s.LifeTable, row)
		}
	}
	for i, x := range c.buckets {
		if x.customers > 0 {
			s.Tiers = append(s.Tiers, TierRow{i - 1, x.customers, x.spend, x.lost})
		}
	}
	for i, x := range c.gone {
		if x != (gone{}) {
			s.WinBack = append(s.WinBack, WinBackRow{int64(i), x.returned, x.stillGone})
		}
	}
	s.Merge(least)
	return s
}

// Merge merges the rows of each table in which fewer are counted than the least, as
// Options.MinCell does: those lost, customers, and those who returned.
func (s *Segment) Merge(least int) {
	s.LifeTable = cellsOf(s.LifeTable, least, func(r *LifeRow) int64 { return r.Lost }, (*LifeRow).Add)
	s.Tiers = cellsOf(s.Tiers, least, func(r *TierRow) int64 { return r.Customers }, (*TierRow).Add)
	s.WinBack = cellsOf(s.WinBack, least, func(r *WinBackRow) int64 { return r.Returned }, (*WinBackRow).Add)
}
