package survival

import "math"

const (
	// direct is how many terms are added one by one before an integral takes over.
	direct = 32
	// negligible is the share of a sum that is left out.
	negligible = 1e-17
	// settled is t^Shape from which on S is the power of t that it tends to.
	settled = 1e17
	// steepest is how far a term may fall within a panel, e^−20: with more, a formula of
	// order 16 would not keep twelve digits.
	steepest = 2e-9
	// mostPanels is never reached by parameters that a table gives.
	mostPanels = 100_000
)

// The Euler–Maclaurin formula from the middle between two terms, in central differences of
// order 1, 3, 5 and 7: Σ f(k) = ∫ f + order1 × δf + order3 × δ³f + …. central is the same
// by the distance of the two terms subtracted: 1, 3, 5 and 7.
const (
	order1, order3, order5, order7 = 1. / 24, -17. / 5760, 367. / 967680, -27859. / 464486400

	central1 = order1 - 3*order3 + 10*order5 - 35*order7
	central3 = order3 - 5*order5 + 21*order7
	central5 = order5 - 7*order7
	central7 = order7
)

// gauss are the nodes and weights of the Gauss–Legendre formula of order 16.
var gauss = [...][2]float64{
	{0.98940093499164993260, 0.027152459411754094852},
	{0.94457502307323257608, 0.062253523938647892863},
	{0.86563120238783174388, 0.095158511682492784810},
	{0.75540440835500303390, 0.12462897125553387205},
	{0.61787624440264374845, 0.14959598881657673208},
	{0.45801677765722738634, 0.16915651939500253819},
	{0.28160355077925891323, 0.18260341504492358887},
	{0.09501250983763744018, 0.18945061045506849629},
}

// Sum is Σ Conditional(from, from+k·step) × ratio^k over k = 0, 1, 2, … without end, to
// about twelve digits; infinite where it has no bound. step is positive and ratio not
// negative.
func (m *Model) Sum(from, step, ratio float64) float64 {
	switch m.Tail {
	case None:
		return 1
	case Geometric, "":
		q := math.Exp(m.logSurvival(step)) * ratio
		if q < 1 {
			return 1 / (1 - q)
		}
		return math.Inf(1)
	}
	s := series{m: m, from: from, step: step, logRatio: math.Log(ratio), before: m.logSurvival(from)}
	switch {
	case ratio == 0 || math.IsInf(s.before, -1):
		return 1
	case s.endless():
		return math.Inf(1)
	}
	return s.sum()
}

// A series is an endless sum.
type series struct {
	m                    *Model
	from, step, logRatio float64
	before               float64 // ln S(from)
}

// endless reports whether the sum has no bound. S falls as the power t^(−Alpha·Shape) for
// sBG and BdW, and as exp(−t^Shape) for Weibull.
func (s *series) endless() bool {
	if s.m.Tail == Weibull {
		return s.m.Alpha == 0 && s.logRatio >= 0 || s.logRatio > 0 && (s.m.Shape < 1 || s.m.Shape == 1 && s.logRatio+s.step*math.Log1p(-s.m.Alpha) >= 0)
	}
	return s.logRatio > 0 || s.logRatio == 0 && s.m.Alpha*s.m.shape() <= 1
}

// term is the term k.
func (s *series) term(k float64) float64 {
	return s.m.Conditional(s.from, s.from+k*s.step) * math.Exp(k*s.logRatio)
}

func (s *series) sum() float64 {
	sum := 0.
	for k := range direct {
		sum += s.term(float64(k))
	}
	for i, weight := range [...]float64{central1, central3, central5, central7} {
		sum += weight * (s.term(float64(direct+i)) - s.term(float64(direct-1-i)))
	}
	return sum + s.integral(direct-1./2, sum)
}

// integral is ∫ term from k to infinity, over panels in v = ln t that at most double t and
// t^Shape; sum is what it is added to.
func (s *series) integral(k, sum float64) float64 {
	c := s.m.shape()
	v, widest := math.Log(s.from+k*s.step), math.Ln2/math.Max(1, c)
	first, total := s.at(v), 0.
	for range mostPanels {
		width := widest
		last := s.at(v + width)
		for last < first*steepest {
			width /= 2
			last = s.at(v + width)
		}
		part := s.panel(v, v+width)
		total += part
		if part <= negligible*(sum+total) {
			break
		}
		v, first = v+width, last
		if s.logRatio == 0 && s.m.Tail != Weibull && c*v > math.Log(settled) {
			// From here on the panels are a geometric series.
			ratio := math.Exp(-width * (s.m.Alpha*c - 1))
			return total + part*ratio/(1-ratio)
		}
	}
	return total
}

// panel is the integral between two logarithms of the tenure by the Gauss–Legendre formula.
func (s *series) panel(from, to float64) float64 {
	middle, half := (from+to)/2, (to-from)/2
	sum := 0.
	for i := range gauss {
		x := half * gauss[i][0]
		sum += gauss[i][1] * (s.at(middle-x) + s.at(middle+x))
	}
	return sum * half
}

// at is the term at the tenure t = exp(v), times dk/dv = t ÷ step. t itself may overflow
// where nothing is discounted and the shape is small.
func (s *series) at(v float64) float64 {
	log := v + s.m.atPower(math.Exp(v*s.m.shape())) - s.before
	if s.logRatio != 0 {
		log += (math.Exp(v) - s.from) / s.step * s.logRatio
	}
	return math.Exp(log) / s.step
}
