package survival

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mathext"
)

// The gamma functions agree with those of Go and of gonum.
func TestGammas(t *testing.T) {
	logGamma := func(x float64) float64 { y, _ := math.Lgamma(x); return y }
	for _, x := range []float64{1e-3, 0.2, 1, 2.5, 9.99, 10, 37, 1234.5} {
		for _, a := range []float64{1e-3, 0.7, 3, 50, 1e4} {
			r, want := gammas(x, a), logGamma(x+a)-logGamma(x)
			near(t, "ln Γ", r.log, want, 1e-13*(1+logGamma(x+a)))
			near(t, "logRising", logRising(x, a), want, 1e-13*(1+logGamma(x+a)))
			near(t, "ψ(y)", r.psiY, mathext.Digamma(x+a), 2e-10) // gonum keeps ten digits
			near(t, "ψ(y) − ψ(x)", r.psi, mathext.Digamma(x+a)-mathext.Digamma(x), 2e-10)
			near(t, "ψ′(y)", r.primeY, mathext.Zeta(2, x+a), 1e-12*mathext.Zeta(2, x+a))
			near(t, "ψ′(x) − ψ′(y)", r.prime, mathext.Zeta(2, x)-mathext.Zeta(2, x+a), 1e-12*mathext.Zeta(2, x))
		}
	}
}

// Euler's constant γ: ψ(1) = −γ and ψ(½) = −γ − 2 ln 2; ψ(x+1) = ψ(x) + 1/x and
// ψ′(x+1) = ψ′(x) − 1/x².
func TestDigammaAtKnownPlaces(t *testing.T) {
	const euler = 0.57721566490153286
	near(t, "ψ(3)", gammas(1, 2).psiY, 1.5-euler, 3e-14)
	near(t, "ψ(3) − ψ(1)", gammas(1, 2).psi, 1.5, 3e-14)
	near(t, "ψ(3/2)", gammas(0.5, 1).psiY, 2-euler-2*math.Ln2, 3e-14)
	near(t, "ψ′(½) − ψ′(3/2)", gammas(0.5, 1).prime, 4, 3e-14)
}

// The difference of ψ keeps its digits where it is tiny: ψ(x+1) − ψ(x) = 1/x.
func TestDifferencesOfDigammaKeepTheirDigits(t *testing.T) {
	for _, x := range []float64{1e3, 1e8, 1e14} {
		near(t, "x × (ψ(x+1) − ψ(x))", x*gammas(x, 1).psi, 1, 1e-14)
		near(t, "x² × (ψ′(x) − ψ′(x+1))", x*x*gammas(x, 1).prime, 1, 1e-14)
	}
}

// Sums that a program in decimals or with math.fsum added term by term, or that have a
// closed form, to twelve digits.
func TestSumIsThatOfItsTerms(t *testing.T) {
	highEnd := Model{Tail: SBG, Alpha: 0.66808836, Beta: 3.80609496}
	fitted := Model{Tail: SBG, Alpha: 0.668, Beta: 3.806}
	paper := Model{Tail: BdW, Alpha: 0.2593549, Beta: 1.7226948, Shape: 1.5842688}
	for _, c := range []struct {
		name              string
		m                 Model
		from, step, ratio float64
		want              float64
	}{
		{"sBG, decimals, 1,500 terms", highEnd, 0, 1, 1 / 1.1, 5.92225345448514255},
		{"sBG, decimals, Regular", Model{Tail: SBG, Alpha: 0.70407732, Beta: 1.18204307}, 0, 1, 1 / 1.1, 3.69490840298043880},
		{"sBG of five years, 8,000 terms", fitted, 5, 1, 1 / 1.02, 20.4498925619701569},
		{"sBG, 80,000 terms", fitted, 0, 1, 0.999, 52.9815944692453264},
		{"BdW, 900 terms", paper, 0, 1, 0.95, 8.847105794534093},
		{"BdW of three years by quarters, 2,500 terms", paper, 3, 0.25, 0.98, 31.287006363574804},
		{"BdW, 400,000 terms and the rest of a power", Model{Tail: BdW, Alpha: 2, Beta: 4, Shape: 1.5}, 0, 1, 1, 2.697014228297622},
		{"Weibull, S = exp(−t^1.7/10⁴)", Model{Tail: Weibull, Alpha: -math.Expm1(-1e-4), Shape: 1.7}, 0, 1, 1, 201.60601480019278},
		{"Weibull, S = 0.8^√t", Model{Tail: Weibull, Alpha: 0.2, Shape: 0.5}, 0, 1, 1, 40.71061345988687},
		{"geometric 1 ÷ (1 − 0.8/1.12)", Model{Tail: Geometric, Alpha: 0.2}, 3, 1, 1 / 1.12, 3.5},
		{"geometric, half years", Model{Tail: Geometric, Alpha: 0.36}, 0, 0.5, 1, 5},
		{"nobody leaves", Model{}, 7, 1, 0.9, 10},
		{"none", Model{Tail: None}, 7, 1, 0.9, 1},
		{"nothing counts but today", highEnd, 7, 1, 0, 1},
		{"all gone", Model{Tail: Geometric, Alpha: 1}, 0, 1, 1, 1},
	} {
		near(t, c.name, c.m.Sum(c.from, c.step, c.ratio), c.want, 3e-12*c.want)
	}
}

// Undiscounted, Σ S(k) of sBG is (α+β−1) ÷ (α−1), and from n on with β+n for β.
func TestUndiscountedSumOfSBG(t *testing.T) {
	for _, alpha := range []float64{1.01, 1.5, 2, 10, 300} {
		for _, beta := range []float64{0.01, 1, 7, 1e4} {
			for _, from := range []float64{0, 1, 25} {
				m := Model{Tail: SBG, Alpha: alpha, Beta: beta}
				want := (alpha + beta + from - 1) / (alpha - 1)
				near(t, "Σ S", m.Sum(from, 1, 1), want, 2e-12*want*math.Max(1, 1/(alpha-1)))
			}
		}
	}
}

func TestSumWithoutBound(t *testing.T) {
	for _, c := range []struct {
		m     Model
		ratio float64
		want  bool
	}{
		{Model{Tail: SBG, Alpha: 1, Beta: 3}, 1, true},
		{Model{Tail: SBG, Alpha: 1.0001, Beta: 3}, 1, false},
		{Model{Tail: SBG, Alpha: 9, Beta: 3}, 1.001, true},
		{Model{Tail: BdW, Alpha: 0.5, Beta: 3, Shape: 2}, 1, true},
		{Model{Tail: BdW, Alpha: 0.5, Beta: 3, Shape: 2.001}, 1, false},
		{Model{Tail: BdW, Alpha: 40, Beta: 3, Shape: 0.03}, 1, false},
		{Model{Tail: BdW, Alpha: 0.5, Beta: 3, Shape: 3}, 1.001, true},
		{Model{Tail: Geometric, Alpha: 0.1}, 1.2, true},
		{Model{Tail: Geometric, Alpha: 0.1}, 1.1, false},
		{Model{Tail: Weibull, Alpha: 0.1, Shape: 0.5}, 1.001, true},
		{Model{Tail: Weibull, Alpha: 0.1, Shape: 0.5}, 1, false},
		{Model{Tail: Weibull, Alpha: 0.1, Shape: 2}, 1.1, false},
		{Model{}, 1, true},
		{Model{Tail: None}, 2, false},
	} {
		sum := c.m.Sum(0, 1, c.ratio)
		if math.IsInf(sum, 1) != c.want || math.IsNaN(sum) {
			t.Errorf("Σ of %+v at %v = %v, want infinite: %v", c.m, c.ratio, sum, c.want)
		}
	}
}

// A step at a time and all at once are the same, and shares never rise.
func TestConditionalIsAProduct(t *testing.T) {
	for _, m := range []Model{
		{Tail: SBG, Alpha: 0.7, Beta: 3.8}, {Tail: SBG, Alpha: 1e6, Beta: 1e7}, {Tail: BdW, Alpha: 0.26, Beta: 1.7, Shape: 1.6},
		{Tail: Weibull, Alpha: 0.1, Shape: 1.4}, {Tail: Geometric, Alpha: 0.1}, {},
	} {
		product := 1.
		for k := range 20 {
			product *= m.Conditional(2.5+float64(k), 3.5+float64(k))
		}
		near(t, string(m.Tail), m.Conditional(2.5, 22.5), product, 1e-10*product)
	}
	sbg := Model{Tail: SBG, Alpha: 2, Beta: 3}
	near(t, "S(1) = β ÷ (α+β)", sbg.Survival(1), 0.6, 1e-15)
	near(t, "S(2)", sbg.Survival(2), 0.6*4/6, 1e-15)
}
