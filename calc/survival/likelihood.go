package survival

import "math"

// most is how many parameters a model can have.
const most = 3

// A vector holds the logarithms of a model's parameters, or derivatives by them: of Alpha
// and Beta for sBG; of Alpha, Beta and Shape for BdW; of −ln(1 − Alpha) and Shape for
// Weibull.
type vector [most]float64

// A matrix holds second derivatives; only the lower triangle is kept.
type matrix [most]vector

// A slope is a value with its first and second derivatives.
type slope struct {
	value  float64
	first  vector
	second matrix
}

// parameters says how many parameters a tail has.
func parameters(tail Tail) int {
	switch tail {
	case BdW:
		return most
	case SBG, Weibull:
		return 2
	}
	return 1
}

// likelihood is the log-likelihood of rows for a model with logarithmic parameters:
//
//	Σ lost × ln h + (at risk − lost) × ln (1 − h)
//
// h is the mean of the model's hazards over the renewals of the row.
func likelihood(rows []row, tail Tail, at *vector) (sum slope) {
	var p point
	p.begin(tail, at)
	for i := range rows {
		r := &rows[i]
		var h slope
		stay := 0.
		for t := r.first; t <= r.last; t++ {
			stay += p.hazard(t, &h)
		}
		sum.add(r, &h, stay, p.count)
	}
	return sum
}

// add adds the term of a row. h is the sum of the hazards of its renewals, and stay that
// of the chances to stay.
func (sum *slope) add(r *row, h *slope, stay float64, count int) {
	scale := 1 / r.renewals()
	leave, kept := h.value*scale, r.atRisk-r.lost
	stay *= scale
	var first, second float64
	if r.lost > 0 {
		sum.value += r.lost * math.Log(leave)
		first += r.lost / leave
		second -= r.lost / (leave * leave)
	}
	if kept > 0 {
		sum.value += kept * math.Log(stay)
		first -= kept / stay
		second -= kept / (stay * stay)
	}
	first, second = first*scale, second*scale*scale
	for i := range count {
		sum.first[i] += first * h.first[i]
		for j := range i + 1 {
			sum.second[i][j] += first*h.second[i][j] + second*h.first[i]*h.first[j]
		}
	}
}

// A point is a model whose hazards are asked for one renewal after the other.
type point struct {
	tail    Tail
	count   int // parameters
	a, b, c float64
	start   ratio    // of b and b+a
	states  [2]slope // ln S at the last two renewals
	latest  int      // which of them is the later one
	renewal int      // of that
}

// begin starts at tenure 0.
func (p *point) begin(tail Tail, at *vector) {
	p.tail, p.count = tail, parameters(tail)
	p.a, p.b, p.c = math.Exp(at[0]), math.Exp(at[1]), math.Exp(at[2])
	switch tail {
	case Weibull:
		p.c = p.b
	case BdW:
		p.start = gammas(p.b, p.a)
	}
}

// hazard adds the hazard of a renewal with its derivatives to h, and returns the chance to
// stay at it.
func (p *point) hazard(t int, h *slope) (stay float64) {
	if p.tail == SBG {
		return p.betaGeometric(t, h)
	}
	if p.renewal != t-1 {
		p.logSurvival(t-1, &p.states[p.latest])
	}
	before := &p.states[p.latest]
	p.latest, p.renewal = 1-p.latest, t
	after := &p.states[p.latest]
	p.logSurvival(t, after)
	ratio := after.value - before.value
	leave := -math.Expm1(ratio)
	stay = 1 - leave
	if leave > half {
		stay = math.Exp(ratio)
	}
	h.value += leave
	var first vector
	for i := range p.count {
		first[i] = after.first[i] - before.first[i]
		h.first[i] -= stay * first[i]
		for j := range i + 1 {
			h.second[i][j] -= stay * (first[i]*first[j] + after.second[i][j] - before.second[i][j])
		}
	}
	return stay
}

// betaGeometric is hazard for sBG, h = α ÷ (α+β+t−1), which needs no gamma function.
func (p *point) betaGeometric(t int, h *slope) (stay float64) {
	total := p.a + p.b + float64(t-1)
	leave, share := p.a/total, p.b/total
	stay = (p.b + float64(t-1)) / total
	h.value += leave
	h.first[0] += leave * stay
	h.first[1] -= leave * share
	h.second[0][0] += leave * stay * (stay - leave)
	h.second[1][0] -= leave * share * (stay - leave)
	h.second[1][1] += leave * share * (2*share - 1)
	return stay
}

// logSurvival writes ln S(t) and its derivatives. With u = t^c, BdW has
// ln S = ln Γ(b+u) − ln Γ(b+u+a) − ln Γ(b) + ln Γ(b+a), and Weibull −a × u.
func (p *point) logSurvival(t int, out *slope) {
	if t == 0 {
		*out = slope{}
		return
	}
	power := p.c * math.Log(float64(t))
	u := math.Exp(power)
	u1, u2 := u*power, u*power*(power+1) // derivatives by ln c
	if p.tail == Weibull {
		out.value = -p.a * u
		out.first = vector{-p.a * u, -p.a * u1}
		out.second = matrix{{-p.a * u}, {-p.a * u1, -p.a * u2}}
		return
	}
	now := gammas(p.b+u, p.a)
	byA, byU := p.start.psiY-now.psiY, -now.psi
	byB := byU + p.start.psi
	byAA, byUU := p.start.primeY-now.primeY, now.prime
	byBB := byUU - p.start.prime
	out.value = p.start.log - now.log
	out.first = vector{p.a * byA, p.b * byB, byU * u1}
	out.second = matrix{
		{p.a*p.a*byAA + p.a*byA},
		{p.a * p.b * byAA, p.b*p.b*byBB + p.b*byB},
		{-p.a * now.primeY * u1, p.b * byUU * u1, byUU*u1*u1 + byU*u2},
	}
}
