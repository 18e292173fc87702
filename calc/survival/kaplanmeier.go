package survival

import "math"

// fewest is how many must be at risk at a renewal for its hazard to be taken from the
// table; with fewer, Kaplan–Meier ends and the model goes on.
const fewest = 30

// A Curve is what a life table says: its hazards as far as enough customers are at risk,
// and the model from there on.
type Curve struct {
	Hazards []float64 // at renewal 1, 2, …, up to the last one with 30 or more at risk
	Beyond  Model     // applies from renewal len(Hazards)+1 on, at its own tenure
	Reason  Reason    // why a simpler model than the one asked for continues the table; "" where it is that one
}

// observed counts the rows that Kaplan–Meier uses: those before the first renewal with
// fewer than 30 at risk, or without a row.
func observed(rows []row) int {
	next := 1
	for i := range rows {
		r := &rows[i]
		if r.first != next || r.atRisk < fewest*r.renewals() {
			return i
		}
		next = r.last + 1
	}
	return len(rows)
}

// kaplanMeier appends the hazard of every renewal of the rows.
func kaplanMeier(rows []row, hazards []float64) []float64 {
	for i := range rows {
		for range rows[i].last - rows[i].first + 1 {
			hazards = append(hazards, rows[i].hazard())
		}
	}
	return hazards
}

// Conditional is the share of those there after from periods who are there after to.
// Within a renewal of the table the chance to stay is spread evenly (geometrically).
func (c *Curve) Conditional(from, to float64) float64 {
	end := float64(len(c.Hazards))
	share := 1.
	for ; from < to && from < end; from = math.Floor(from) + 1 {
		until := math.Min(math.Floor(from)+1, to)
		stay := 1 - c.Hazards[int(from)]
		if until-from < 1 {
			stay = math.Pow(stay, until-from)
		}
		share *= stay
	}
	if to > end {
		share *= c.Beyond.Conditional(math.Max(from, end), to)
	}
	return share
}

// Sum is Σ Conditional(from, from+k·step) × ratio^k over k = 0, 1, 2, … without end:
// with the growth and discount of a period as ratio, what is still to come of a customer
// of tenure from who pays 1 each step. Infinite where it has no bound.
func (c *Curve) Sum(from, step, ratio float64) float64 {
	end := float64(len(c.Hazards))
	sum, weight, share, at := 0., 1., 1., from
	for k := 1.; at < end; k++ {
		sum += weight * share
		next := from + k*step
		share *= c.Conditional(at, next)
		weight, at = weight*ratio, next
	}
	if share == 0 || weight == 0 {
		return sum
	}
	return sum + weight*share*c.Beyond.Sum(at, step, ratio)
}
