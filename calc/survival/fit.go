package survival

import "math"

// Scratch is memory that is reused from one fit to the next.
type Scratch struct {
	all []row
}

// Choose is the tail that Auto stands for with a table. It is an error if the table is not a life table.
func (s *Scratch) Choose(t *Table) (Tail, error) {
	if err := t.Check(); err != nil {
		return "", err
	}
	s.load(t)
	tail, _ := choose(s.all[:observed(s.all)])
	return tail, nil
}

// Fit estimates the curve of a table with the given tail. Where the model cannot be fitted,
// a simpler one takes its place and the curve says why; an error is only for what is no
// life table. It takes no memory once the scratch and the curve have grown.
func (s *Scratch) Fit(t *Table, tail Tail, into *Curve) error {
	if err := t.Check(); err != nil {
		return err
	}
	s.load(t)
	seen := s.all[:observed(s.all)]
	if tail == Auto {
		tail, _ = choose(seen)
	}
	into.Hazards = kaplanMeier(seen, into.Hazards[:0])
	into.Beyond, into.Reason = fitTail(s.all, tail)
	return nil
}

// fitTail fits a tail to rows, or a simpler one with the reason.
func fitTail(rows []row, tail Tail) (Model, Reason) {
	if tail == None {
		return Model{Tail: None}, ""
	}
	constant, reason, degenerate := fitGeometric(rows)
	if degenerate || tail == Geometric {
		return constant, reason
	}
	if reason == "" {
		reason = noSBG(rows, constant.Alpha)
	}
	switch {
	case reason == TwoKinds:
		return Model{}, reason
	case reason == OneRow || tail == SBG && reason != "":
		return constant, reason
	case tail == SBG:
		return fitSBG(rows, constant)
	}
	return fitBdW(rows, constant, reason)
}

// fitGeometric gives constant churn. It is degenerate where every model is: where nobody
// was lost, or everybody was.
func fitGeometric(rows []row) (m Model, reason Reason, degenerate bool) {
	atRisk, lost := totals(rows)
	switch {
	case lost == 0:
		return Model{}, NobodyLost, true
	case lost == atRisk:
		return Model{Tail: Geometric, Alpha: 1}, EverybodyLost, true
	}
	return Model{Tail: Geometric, Alpha: lost / atRisk}, "", false
}

// noSBG says why the likelihood of sBG has no maximum, by the table alone. With everybody
// alike, α and β run to infinity: that is where the likelihood does not rise when customers
// begin to differ, Σ k × lost ≥ churn × Σ k × at risk over the renewals k.
func noSBG(rows []row, churn float64) Reason {
	if len(rows) == 1 {
		return OneRow
	}
	if _, later := totals(rows[1:]); later == 0 {
		return TwoKinds
	}
	leaving, expected := 0., 0.
	for i := range rows {
		r := &rows[i]
		middle := float64(r.first+r.last) / 2
		leaving += middle * r.lost
		expected += middle * r.atRisk * churn
	}
	if leaving < expected*(1-noise) {
		return ""
	}
	if reason := contracts(rows); reason != "" {
		return reason
	}
	return NotFalling
}

// fitSBG fits sBG from Alpha 1 and the Beta with which as many are lost at the first renewal
// as on the average.
func fitSBG(rows []row, constant Model) (Model, Reason) {
	at := vector{0, math.Log(1/constant.Alpha - 1)}
	if _, found := maximize(rows, SBG, &at, -1); !found {
		if rows[0].lost == rows[0].atRisk {
			return constant, FirstRenewal
		}
		return constant, NoMaximum
	}
	return Model{Tail: SBG, Alpha: math.Exp(at[0]), Beta: math.Exp(at[1])}, ""
}

// Where sBG has no fit, BdW starts from Weibull with Alpha + Beta of alike, and from a large
// shape.
const (
	alike = 30
	steep = 8
)

// steepStart is where some likelihoods have a second maximum: few are lost at the first
// renewal, h = Alpha ÷ (Alpha+Beta), many at the next, and later about Alpha × Shape ÷ t.
func steepStart(rows []row) vector {
	power, atRisk := 0., 0.
	for i := range rows[1:] {
		r := &rows[1+i]
		power += float64(r.first+r.last) / 2 * r.lost
		atRisk += r.atRisk
	}
	alpha := power / atRisk / steep
	first := math.Min(math.Max(rows[0].hazard(), noise), half)
	return vector{math.Log(alpha), math.Log(alpha * (1 - first) / first), math.Log(steep)}
}

// fitBdW fits BdW from the estimates of sBG, or where those do not exist, for the reason
// given, from those of Weibull. Of several maxima it takes the one that the search from
// there leads to; where losses jump up and down, it need not be the highest.
func fitBdW(rows []row, constant Model, noSBG Reason) (Model, Reason) {
	simpler, reason := constant, noSBG
	if noSBG == "" {
		simpler, reason = fitSBG(rows, constant)
	}
	if len(rows) == 2 {
		if reason == "" {
			reason = TwoRows
		}
		return simpler, reason
	}
	if simpler.Tail == SBG {
		at := vector{math.Log(simpler.Alpha), math.Log(simpler.Beta), 0}
		if m, found := climbBdW(rows, &at); found {
			return m, ""
		}
	}
	rate := vector{math.Log(-math.Log1p(-constant.Alpha)), 0}
	if _, found := maximize(rows, Weibull, &rate, -1); !found {
		if reason == "" {
			reason = NoMaximum
		}
		return simpler, reason
	}
	limit := Model{Tail: Weibull, Alpha: -math.Expm1(-math.Exp(rate[0])), Shape: math.Exp(rate[1])}
	starts := [...]vector{
		{math.Log(alike * limit.Alpha), math.Log(alike * (1 - limit.Alpha)), rate[1]},
		steepStart(rows),
	}
	for i := range starts {
		if i == 0 && differ(rows, &limit) <= 0 {
			continue
		}
		if m, found := climbBdW(rows, &starts[i]); found && logLikelihood(rows, &m) > logLikelihood(rows, &limit) {
			return m, ""
		}
	}
	return limit, AllAlike
}

// climbBdW fits BdW from a start.
func climbBdW(rows []row, at *vector) (Model, bool) {
	_, found := maximize(rows, BdW, at, -1)
	return Model{Tail: BdW, Alpha: math.Exp(at[0]), Beta: math.Exp(at[1]), Shape: math.Exp(at[2])}, found
}

// differ is how the likelihood of Weibull begins to rise when customers begin to differ:
// its derivative by their variance v, where S(t) = m^u + ½ u(u−1) m^(u−2) v, u = t^c. If
// it is not positive, customers who are all alike are the most likely.
func differ(rows []row, limit *Model) float64 {
	total, stayed := 0., 1-limit.Alpha
	for i := range rows {
		r := &rows[i]
		stay, change := 0., 0.
		for t := r.first; t <= r.last; t++ {
			before, after := math.Pow(float64(t-1), limit.Shape), math.Pow(float64(t), limit.Shape)
			ratio := math.Pow(stayed, after-before)
			stay += ratio
			change += ratio * (after*(after-1) - before*(before-1)) / 2
		}
		n := r.renewals()
		total += change * ((r.atRisk-r.lost)/stay - r.lost/(n-stay))
	}
	return total
}
