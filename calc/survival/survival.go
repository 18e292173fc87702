// Package survival estimates from a life table how long customers stay.
//
// Inside the table the hazard of a renewal is lost ÷ at risk (Kaplan & Meier 1958); beyond
// it a model continues, fitted by maximum likelihood: shifted beta-geometric (sBG: Fader &
// Hardie 2007, How to project customer retention), beta discrete Weibull (BdW: Fader,
// Hardie, Liu, Davin & Steenburgh 2018, How to project customer retention revisited) or
// geometric.
//
// A row of a table can cover several renewals. In the likelihood its chance of loss is the
// mean of the model's hazards over them. So the losses expected of the row are those of
// the model whichever of its renewals they fell on, and where a row covers one renewal
// this is the likelihood of the two papers.
package survival

import "math"

// A Tail names the model that continues a life table where it ends.
type Tail string

// The tails. Weibull is only what BdW becomes where customers are all alike; it is not to
// be asked for.
const (
	Auto      Tail = "auto" // the one with the smallest back-test error
	SBG       Tail = "sbg"
	BdW       Tail = "bdw"
	Geometric Tail = "geometric"
	Weibull   Tail = "weibull"
	None      Tail = "none" // nothing is counted beyond the table
)

// A Model gives the chance to stay at every tenure. The zero value is of nobody who leaves.
//
//	geometric  S(t) = (1 − Alpha)^t
//	Weibull    S(t) = (1 − Alpha)^(t^Shape)                      discrete Weibull
//	sBG        S(t) = B(Alpha, Beta+t) ÷ B(Alpha, Beta)
//	BdW        S(t) = B(Alpha, Beta+t^Shape) ÷ B(Alpha, Beta)    published as γ, δ and c
//	none       S(t) = 0 for t > 0
type Model struct {
	Tail               Tail
	Alpha, Beta, Shape float64
}

// Survival is the share of new customers still there after t periods, which may be a fraction.
func (m *Model) Survival(t float64) float64 { return math.Exp(m.logSurvival(t)) }

// Conditional is the share of those there after from periods who are there after to.
func (m *Model) Conditional(from, to float64) float64 {
	if to <= from {
		return 1
	}
	if m.Tail == SBG {
		if to-from == 1 {
			return (m.Beta + from) / (m.Alpha + m.Beta + from)
		}
		// ln Γ is taken over the shorter of the two distances, which keeps the digits.
		return math.Exp(m.logBeta(m.Beta+from, to-from))
	}
	if before := m.logSurvival(from); !math.IsInf(before, -1) {
		return math.Exp(m.logSurvival(to) - before)
	}
	return 0
}

// logSurvival is ln S(t).
func (m *Model) logSurvival(t float64) float64 {
	switch c := m.shape(); {
	case t <= 0:
		return 0
	case c != 1:
		return m.atPower(math.Pow(t, c))
	}
	return m.atPower(t)
}

// atPower is ln S(t) for u = t^Shape > 0.
func (m *Model) atPower(u float64) float64 {
	switch m.Tail {
	case Geometric, Weibull:
		return u * math.Log1p(-m.Alpha)
	case SBG, BdW:
		return m.logBeta(m.Beta, u)
	case None:
		return math.Inf(-1)
	}
	return 0
}

// logBeta is ln B(Alpha, beta+u) − ln B(Alpha, beta).
func (m *Model) logBeta(beta, u float64) float64 {
	if u < m.Alpha {
		return logRising(beta, u) - logRising(beta+m.Alpha, u)
	}
	return logRising(beta, m.Alpha) - logRising(beta+u, m.Alpha)
}

// shape is the power of the tenure in S: 1 where the model has none.
func (m *Model) shape() float64 {
	if m.Tail == BdW || m.Tail == Weibull {
		return m.Shape
	}
	return 1
}
