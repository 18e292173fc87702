package customer

import (
	"math"

	"github.com/churncost/churncost/calc/quantity"
)

// What losing a customer costs, before word of mouth and win-back:
//
//	u  = θ × V              the customer who is lost
//	u₀ = θ × V₀             a new customer, on the same terms
//	θ  = min(1, w ÷ V₀)     1 where nobody replaces the customer
//	w  = V₀(min(τ, T)) + (1 + d)^−τ × (V₀(T − τ) − V₀ᵣ(T − τ)) + W
//
// w is what losing a new customer costs where a newcomer replaces them after τ: the
// margin until then, what is missing while the newcomer's spend grows, and W, what
// winning the newcomer costs. The newcomer's whole life is not subtracted from V: a
// customer who had left on their own would have been replaced too. What was once paid
// to win the lost customer is a sunk cost and never added.

// A Worth is what a customer is worth, and what losing one costs.
type Worth struct {
	PerYear     float64 // m, money a year
	Weight      float64 // W(T) of the customer who is lost, in today's years
	Value       float64 // V, money
	NewValue    float64 // V₀, money
	Share       float64 // θ
	Loss        float64 // u, money
	NewLoss     float64 // u₀, money
	Replacement float64 // the part of u that is W, money; 0 where nobody replaces the customer
	Pointless   bool    // whether a replacement would cost more than it brings
}

// Worth values the customer.
func (in *Inputs) Worth() Worth { return in.WorthOf(in.PerYear(), &in.Retention) }

// WorthOf values a customer who brings m a year and stays with the given chances, and
// is otherwise like this one.
func (in *Inputs) WorthOf(m float64, stay *quantity.ByTenure) (w Worth) {
	in.appraise(&w, m, stay)
	return w
}

// Appraise is Worth that fills in a variable: a simulation calls it millions of times.
func (in *Inputs) Appraise(w *Worth) { in.appraise(w, in.PerYear(), &in.Retention) }

func (in *Inputs) appraise(w *Worth, m float64, stay *quantity.ByTenure) {
	w.PerYear, w.Weight, w.Share = m, in.weigh(stay, in.Tenure, in.Years), 1
	whole := w.Weight
	if in.Tenure != 0 && (!stay.Constant() || in.Renewals != in.Payments) {
		whole = in.weigh(stay, 0, in.Years)
	}
	w.Value, w.NewValue = m*w.Weight, m*whole
	if in.Replaced && m > 0 && in.ReplacedAfter < in.Years {
		lost := m*in.refilled(stay) + in.Win
		w.Pointless = lost >= w.NewValue
		w.Share = min(1, lost/w.NewValue)
	}
	w.Loss, w.NewLoss = w.Share*w.Value, w.Share*w.NewValue
	if w.Share < 1 {
		w.Replacement = min(in.Win, w.Loss)
	}
}

// refilled is how many years' margin are lost before the newcomer comes and while the
// newcomer's spend still grows.
func (in *Inputs) refilled(stay *quantity.ByTenure) float64 {
	after := in.ReplacedAfter
	return in.weigh(stay, 0, after) + math.Pow(1+in.Discount, -after)*in.missing(stay, in.Years-after, in.NewcomerRamp)
}

// NewcomerWeight is W(T) of a newcomer whose spend grows over the given ramp.
func (in *Inputs) NewcomerWeight(ramp float64) float64 {
	return in.weigh(&in.Retention, 0, in.Years) - in.missing(&in.Retention, in.Years, ramp)
}
