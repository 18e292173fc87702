package survival

import "math"

// The asymptotic series below are used from this argument on, where what they leave out
// is below 10⁻¹³; smaller arguments are raised to it by Γ(x+1) = xΓ(x).
const asymptotic = 8

// folded is the size at which a running product is turned into its logarithm.
const folded = 1e200

// The coefficients of the series of ln Γ, ψ and ψ′ in 1/x² (Abramowitz & Stegun 1964,
// 6.1.41, 6.3.18 and 6.4.12).
const (
	gamma1, gamma2, gamma3, gamma4, gamma5, gamma6 = 1. / 12, -1. / 360, 1. / 1260, -1. / 1680, 1. / 1188, -691. / 360360

	digamma1, digamma2, digamma3, digamma4, digamma5, digamma6 = -1. / 12, 1. / 120, -1. / 252, 1. / 240, -1. / 132, 691. / 32760

	trigamma1, trigamma2, trigamma3, trigamma4, trigamma5, trigamma6 = 1. / 6, -1. / 30, 1. / 42, -1. / 30, 5. / 66, -691. / 2730
)

// stirling is ln Γ(x) − (x−½) ln x + x − ½ ln 2π for a large x.
func stirling(x float64) float64 {
	z := 1 / (x * x)
	return (gamma1 + z*(gamma2+z*(gamma3+z*(gamma4+z*(gamma5+z*gamma6))))) / x
}

// logRising is ln Γ(x+a) − ln Γ(x), the logarithm of the rising factorial, for x > 0 and
// a ≥ 0. It keeps its digits where both terms are huge.
func logRising(x, a float64) float64 {
	sum, product := 0., 1.
	for ; x < asymptotic; x++ {
		product *= (x + a) / x
		if product > folded {
			sum, product = sum-math.Log(product), 1
		}
	}
	if product > 1 {
		sum -= math.Log(product)
	}
	return sum + (x-1./2)*math.Log1p(a/x) + a*(math.Log(x+a)-1) + stirling(x+a) - stirling(x)
}

// A ratio is ln Γ(y) − ln Γ(x) for y = x + a, with what the derivatives need of the
// digamma function ψ and the trigamma function ψ′. The differences are no subtractions of
// numbers that are nearly the same, so that they keep their digits where a is much smaller
// than x.
type ratio struct {
	log          float64
	psi, prime   float64 // ψ(y) − ψ(x), and ψ′(x) − ψ′(y)
	psiY, primeY float64
}

// gammas computes a ratio for x > 0 and a > 0.
func gammas(x, a float64) (r ratio) {
	y, product := x+a, 1.
	for ; x < asymptotic; x, y = x+1, y+1 {
		inverseX, inverseY := 1/x, 1/y
		between := a * inverseX * inverseY // 1/x − 1/y
		r.psi += between
		r.prime += between * (inverseX + inverseY)
		r.psiY -= inverseY
		r.primeY += inverseY * inverseY
		product *= y * inverseX
		if product > folded {
			r.log, product = r.log-math.Log(product), 1
		}
	}
	if product > 1 {
		r.log -= math.Log(product)
	}
	logY := math.Log(y)
	logRatio := math.Log1p(a / x)
	r.log += (x-1./2)*logRatio + a*(logY-1) + stirling(y) - stirling(x)
	inverseX, inverseY := 1/x, 1/y
	between := a * inverseX * inverseY
	psiX, primeX := polygamma(inverseX)
	psiY, primeY := polygamma(inverseY)
	r.psi += logRatio + between/2 + psiY - psiX
	r.prime += between + between*(inverseX+inverseY)/2 + primeX - primeY
	r.psiY += logY - inverseY/2 + psiY
	r.primeY += inverseY + inverseY*inverseY/2 + primeY
	return r
}

// polygamma gives what ψ has besides ln x − 1/2x, and ψ′ besides 1/x + 1/2x², of 1/x for a
// large x.
func polygamma(inverse float64) (psi, prime float64) {
	z := inverse * inverse
	psi = z * (digamma1 + z*(digamma2+z*(digamma3+z*(digamma4+z*(digamma5+z*digamma6)))))
	prime = z * inverse * (trigamma1 + z*(trigamma2+z*(trigamma3+z*(trigamma4+z*(trigamma5+z*trigamma6)))))
	return psi, prime
}
