package whatif

import (
	"math"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif/draw"
)

// variable is an input with bounds.
func variable(kind quantity.ShapeKind, r quantity.Range, interval, least, most float64) calc.Variable {
	return calc.Variable{Input: &quantity.Input{Key: "key", Range: r, Shape: quantity.Shape{Kind: kind, Interval: interval}}, Min: least, Max: most}
}

// unbounded is an input without bounds.
func unbounded(kind quantity.ShapeKind, low, likely, high, interval float64) calc.Variable {
	return variable(kind, quantity.Range{Low: low, Likely: likely, High: high}, interval, math.Inf(-1), math.Inf(1))
}

// share is an input between 0 and 1.
func share(kind quantity.ShapeKind, low, likely, high, interval float64) calc.Variable {
	return variable(kind, quantity.Range{Low: low, Likely: likely, High: high}, interval, 0, 1)
}

func functionOf(t testing.TB, v calc.Variable) *quantileFunction {
	t.Helper()
	q, err := newQuantileFunction(v)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// phi is the standard normal distribution function, and bell its density.
func phi(x float64) float64  { return math.Erfc(-x/math.Sqrt2) / 2 }
func bell(x float64) float64 { return math.Exp(-x*x/2) / math.Sqrt(2*math.Pi) }

// z95 is the 95 % point of the standard normal distribution (Abramowitz & Stegun,
// table 26.5).
const z95 = 1.6448536269514722

// A claim is a distribution function in closed form, with its density, mean and
// variance, and the input that should be drawn from it.
type claim struct {
	what           string
	v              calc.Variable
	cdf, density   func(x float64) float64
	mean, variance float64
}

// claims are one or more for every shape. The beta distributions among them are
// those whose distribution functions are polynomials or powers (Johnson, Kotz &
// Balakrishnan, Continuous Univariate Distributions, volume 2, chapter 25); the
// mean of Beta(a, b) is a ÷ (a + b), its variance ab ÷ (a + b)² (a + b + 1).
func claims() []claim {
	pert := func(low, likely, high float64) (mean, variance float64) {
		mean = (low + 4*likely + high) / 6
		return mean, (mean - low) * (high - mean) / 7
	}
	at0, var0 := pert(2, 2, 4)
	at1, var1 := pert(2, 4, 4)
	middle, varMiddle := pert(2, 3, 4)
	quarter, varQuarter := pert(0, 1, 4)
	// Φ⁻¹(¾) = .674 (Abramowitz & Stegun, table 26.5): half of a normal lies within it.
	const z75 = .6744897501960817
	cut := bell(z75) / phi(z75) // of a standard normal cut off above at z75
	logSD := 1 / z95
	return []claim{
		{"uniform", unbounded(quantity.Uniform, 3, 4, 5, 0),
			func(x float64) float64 { return (x - 3) / 2 }, func(float64) float64 { return 1. / 2 }, 4, 4. / 12},
		// A rise over 1 up to a fifth, and a fall over 4.
		{"triangular", unbounded(quantity.Triangular, 0, 1, 5, 0),
			func(x float64) float64 {
				if x < 1 {
					return x * x / 5
				}
				return 1 - (5-x)*(5-x)/20
			},
			func(x float64) float64 { return min(x*2/5, (5-x)/10) }, 2, (1 + 25 - 5) / 18.},
		{"triangular, likely at the low end", unbounded(quantity.Triangular, 0, 0, 2, 0),
			func(x float64) float64 { return 1 - (2-x)*(2-x)/4 }, func(x float64) float64 { return (2 - x) / 2 }, 2. / 3, 4. / 18},
		{"PERT, likely at the low end: Beta(1, 5)", unbounded(quantity.PERT, 2, 2, 4, 0),
			func(x float64) float64 { return 1 - math.Pow((4-x)/2, 5) }, func(x float64) float64 { return 5 * math.Pow((4-x)/2, 4) / 2 }, at0, var0},
		{"PERT, likely at the high end: Beta(5, 1)", unbounded(quantity.PERT, 2, 4, 4, 0),
			func(x float64) float64 { return math.Pow((x-2)/2, 5) }, func(x float64) float64 { return 5 * math.Pow((x-2)/2, 4) / 2 }, at1, var1},
		{"PERT, likely in the middle: Beta(3, 3)", unbounded(quantity.PERT, 2, 3, 4, 0),
			func(x float64) float64 { s := (x - 2) / 2; return s * s * s * (10 - 15*s + 6*s*s) },
			func(x float64) float64 { s := (x - 2) / 2; return 30 * s * s * (1 - s) * (1 - s) / 2 }, middle, varMiddle},
		{"PERT, likely at a quarter: Beta(2, 4)", unbounded(quantity.PERT, 0, 1, 4, 0),
			func(x float64) float64 { s := x / 4; return 1 - math.Pow(1-s, 5) - 5*s*math.Pow(1-s, 4) },
			func(x float64) float64 { s := x / 4; return 20 * s * math.Pow(1-s, 3) / 4 }, quarter, varQuarter},
		{"normal, 90 % of it from −1 to 1", unbounded(quantity.Normal, -1, 0, 1, .9),
			func(x float64) float64 { return phi(x * z95) }, func(x float64) float64 { return bell(x*z95) * z95 }, 0, 1 / z95 / z95},
		{"normal, 50 % of it", unbounded(quantity.Normal, 10, 12, 14, .5),
			func(x float64) float64 { return phi((x - 12) / 2 * z75) }, func(x float64) float64 { return bell((x-12)/2*z75) / 2 * z75 }, 12, 4 / z75 / z75},
		// 2 (Φ − ½) from 0: the mean of |z| is √(2 ÷ π), its square's 1.
		{"normal, cut off in its middle", variable(quantity.Normal, quantity.Between(-1, 1), .9, 0, math.Inf(1)),
			func(x float64) float64 { return 2*phi(x*z95) - 1 }, func(x float64) float64 { return 2 * bell(x*z95) * z95 },
			math.Sqrt(2/math.Pi) / z95, (1 - 2/math.Pi) / z95 / z95},
		// Cut off above at its 75 % point, a standard normal has the mean −φ ÷ Φ = −m
		// and the variance 1 − z m − m² (Johnson, Kotz & Balakrishnan, volume 1,
		// chapter 13). The interval's ends are Φ⁻¹(¼) and Φ⁻¹(¾), at .6 and 1: the
		// standard deviation is .2 ÷ z.
		{"normal share, cut off at 100 %", variable(quantity.Normal, quantity.Between(.6, 1), .5, math.Inf(-1), 1),
			func(x float64) float64 { return phi((x-.8)/.2*z75) / .75 }, func(x float64) float64 { return bell((x-.8)/.2*z75) / .2 * z75 / .75 },
			.8 - cut*.2/z75, (1 - z75*cut - cut*cut) * .2 * .2 / z75 / z75},
		// The logarithm's 90 % lie from 0 to 2.
		{"lognormal", variable(quantity.Lognormal, quantity.Between(1, math.E*math.E), .9, 0, math.Inf(1)),
			func(x float64) float64 { return phi((math.Log(x) - 1) * z95) }, func(x float64) float64 { return bell((math.Log(x)-1)*z95) * z95 / x },
			math.Exp(1 + logSD*logSD/2), math.Exp(2+logSD*logSD) * math.Expm1(logSD*logSD)},
		// Each by the ends of its central 90 %, from which its parameters must be found.
		{"beta: Beta(1, 3)", share(quantity.Beta, 1-math.Cbrt(.95), 0, 1-math.Cbrt(.05), .9),
			func(x float64) float64 { return 1 - math.Pow(1-x, 3) }, func(x float64) float64 { return 3 * (1 - x) * (1 - x) }, 1. / 4, 3. / 80},
		{"beta: Beta(½, ½), the arcsine distribution", share(quantity.Beta, square(math.Sin(.025*math.Pi)), 0, square(math.Sin(.475*math.Pi)), .9),
			func(x float64) float64 { return 2 / math.Pi * math.Asin(math.Sqrt(x)) }, func(x float64) float64 { return 1 / math.Pi / math.Sqrt(x*(1-x)) }, 1. / 2, 1. / 8},
		// By the ends of its central 50 %: 3x² − 2x³ = ½ − sin(3θ) ÷ 2 at x = ½ − sin θ.
		{"beta: Beta(2, 2)", share(quantity.Beta, 1./2-math.Sin(math.Asin(.5)/3), 0, 1./2+math.Sin(math.Asin(.5)/3), .5),
			func(x float64) float64 { return x * x * (3 - 2*x) }, func(x float64) float64 { return 6 * x * (1 - x) }, 1. / 2, 1. / 20},
	}
}

func square(x float64) float64 { return x * x }

// fine is a grid that is even in the middle and finer and finer towards both ends.
func fine(yield func(u float64) bool) {
	const even, halvings, perHalving = 5000, 40, 8
	for i := 1; i < even; i++ {
		if !yield(float64(i) / even) {
			return
		}
	}
	for i := perHalving; i < halvings*perHalving; i++ {
		end := math.Exp2(-float64(i) / perHalving)
		if !yield(end) || !yield(1-end) {
			return
		}
	}
}

// What is measured is |F(Q(u)) − u| ÷ F′(Q(u)): by how much the value drawn for u
// misses the true quantile, whose distribution function F is known in closed form.
// It is held against the width of the middle 90 %, or against the value itself
// where a tail leads far beyond that.
func TestWhatIsDrawnIsTheQuantileOfTheShapeToAMillionthOfItsWidth(t *testing.T) {
	for _, claim := range claims() {
		q := functionOf(t, claim.v)
		width := q.at(.95) - q.at(.05)
		worst, where := 0.0, 0.0
		for u := range fine {
			drawn := []float64{u}
			q.apply(drawn)
			miss := math.Abs(claim.cdf(drawn[0])-u) / claim.density(drawn[0]) / max(width, math.Abs(drawn[0]))
			// Where u itself is known to 16 digits only, no more can be asked for.
			miss -= 1e-15 * min(u, 1) / claim.density(drawn[0]) / max(width, math.Abs(drawn[0]))
			if !(miss <= worst) {
				worst, where = miss, u
			}
		}
		if !(worst < 1e-6) {
			t.Errorf("%s: the %v-quantile misses by %.2g of the width, want less than 1e-6", claim.what, where, worst)
		}
	}
}

// The mean is the integral of the quantile function from 0 to 1, the variance
// that of its squared distance from the mean: by the middles of 100,000 equal
// parts, which leave out less than a thousandth of the longest tail here.
func TestEachShapeHasItsMeanAndVariance(t *testing.T) {
	const parts = 100_000
	for _, claim := range claims() {
		q := functionOf(t, claim.v)
		drawn := make([]float64, parts)
		for i := range drawn {
			drawn[i] = (float64(i) + 1./2) / parts
		}
		q.apply(drawn)
		mean, variance := 0.0, 0.0
		for _, x := range drawn {
			mean += x / parts
		}
		for _, x := range drawn {
			variance += (x - mean) * (x - mean) / parts
		}
		if !(math.Abs(mean-claim.mean) < 1e-4*math.Sqrt(claim.variance)) || !(math.Abs(variance/claim.variance-1) < 2e-3) {
			t.Errorf("%s: mean %v and variance %v, want %v and %v", claim.what, mean, variance, claim.mean, claim.variance)
		}
	}
}

// Whether low and high are bounds, or the ends of the central interval.
func TestLowAndHighAreWhatTheShapeSays(t *testing.T) {
	for _, test := range []struct {
		what       string
		v          calc.Variable
		tail       float64
		least, end float64 // nothing is drawn below and above
	}{
		{"uniform", share(quantity.Uniform, .2, .3, .4, 0), 0, .2, .4},
		{"triangular", share(quantity.Triangular, .2, .3, .4, 0), 0, .2, .4},
		{"pert", share(quantity.PERT, .2, .3, .4, 0), 0, .2, .4},
		{"normal", unbounded(quantity.Normal, .2, .3, .4, .9), .05, -1, 1},
		{"normal, 98 %", unbounded(quantity.Normal, .2, .3, .4, .98), .01, -1, 1},
		{"lognormal, 80 %", variable(quantity.Lognormal, quantity.Between(.2, .4), .8, 0, math.Inf(1)), .1, 0, 10},
		{"beta", share(quantity.Beta, .2, .3, .4, .9), .05, 0, 1},
		{"beta, near the end", share(quantity.Beta, .0001, .005, .01, .9), .05, 0, 1},
		{"beta, 50 %", share(quantity.Beta, .2, .5, .9, .5), .25, 0, 1},
	} {
		q, r := functionOf(t, test.v), test.v.Input.Range
		if test.tail > 0 {
			drawn := []float64{test.tail, 1 - test.tail}
			q.apply(drawn)
			if !(math.Abs(drawn[0]-r.Low) < 1e-6*r.Low && math.Abs(drawn[1]-r.High) < 1e-6*r.High) {
				t.Errorf("%s: the ends of the interval are drawn as %v, want %v and %v", test.what, drawn, r.Low, r.High)
			}
		}
		for _, u := range [...]float64{draw.Uniform(0), 1e-9, draw.Uniform(math.MaxUint64)} {
			drawn := []float64{u}
			q.apply(drawn)
			if !(drawn[0] >= test.least && drawn[0] <= test.end) {
				t.Errorf("%s: for %v is drawn %v, want it from %v to %v", test.what, u, drawn[0], test.least, test.end)
			}
		}
	}
}

// A normal with its middle at 0 is drawn above 0 only, and at 0 never where that is
// not allowed itself.
func TestNothingIsDrawnAtOrBeyondAnOpenBound(t *testing.T) {
	v := variable(quantity.Normal, quantity.Between(-1, 1), .9, 0, .5)
	v.MinOpen = true
	q := functionOf(t, v)
	for u := range fine {
		drawn := []float64{u}
		q.apply(drawn)
		if !(drawn[0] > 0 && drawn[0] <= .5) {
			t.Fatalf("for %v is drawn %v, want it above 0 and at most .5", u, drawn[0])
		}
	}
	drawn := []float64{draw.Uniform(0)}
	if q.apply(drawn); !(drawn[0] > 0) {
		t.Errorf("the least draw gives %v, want it above 0", drawn[0])
	}
}

// An even number stays the one it is, cell for cell: at the middle, at the powers of
// one half, and where the table ends.
func TestATableIsWholeAtTheSeamsOfItsCells(t *testing.T) {
	q := functionOf(t, unbounded(quantity.Normal, -1, 0, 1, .9))
	for _, seam := range [...]float64{1. / 2, 1. / 4, 1. / 8, 3. / 16, math.Exp2(-15), math.Exp2(-16), math.Exp2(-17)} {
		for _, u := range [...]float64{seam, 1 - seam} {
			drawn := []float64{math.Nextafter(u, 0), u, math.Nextafter(u, 1)}
			q.apply(drawn)
			for _, x := range drawn {
				if !(math.Abs(phi(x*z95)-u) < 1e-9*min(u, 1-u)+1e-15) {
					t.Errorf("around %v is drawn %v, and the probability below that is %v", u, x, phi(x*z95))
				}
			}
		}
	}
}

func TestADistributionThatLiesBeyondTheBoundsIsRefused(t *testing.T) {
	for _, test := range []struct {
		what string
		v    calc.Variable
		want string
	}{
		{"a normal around 8 for a share", share(quantity.Normal, 7, 8, 9, .9), "hardly any"},
		{"a beta whose ends are the same number but for the last digits", share(quantity.Beta, .5, .5, .5+1e-15, .9), "no beta distribution"},
	} {
		q, err := newQuantileFunction(test.v)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("newQuantileFunction of %s = %v, %v; want a problem with %q", test.what, q, err, test.want)
		}
	}
}

// Of the standard normal with 90 % between −z and z, .0005 lie below −3.2905 and .002
// below −2.8782 (Abramowitz & Stegun, table 26.5). A thousandth must lie within.
func TestAThousandthOfADistributionMustLieWithinTheBounds(t *testing.T) {
	r := quantity.Between(-z95, z95)
	if q, err := newQuantileFunction(variable(quantity.Normal, r, .9, math.Inf(-1), -3.2905)); err == nil {
		t.Errorf("of a normal with .0005 within its bounds comes %v, want a problem", q)
	}
	q, err := newQuantileFunction(variable(quantity.Normal, r, .9, math.Inf(-1), -2.8782))
	if err != nil || math.Abs(q.inside-.002) > 1e-6 {
		t.Errorf("of a normal with .002 within its bounds comes %v, error %v; want .002 inside", q, err)
	}
}

// A share has other bounds than a number: what is cut off at 1 is not what is not.
func TestAQuantileFunctionIsPreparedOnceForEachInputAndItsBounds(t *testing.T) {
	one, other := share(quantity.Normal, .6, .8, 1, .9), share(quantity.PERT, .2, .3, .4, 0)
	wider := one
	wider.Max = 2
	known := QuantileFunctions{}
	first, err := known.of([]calc.Variable{one})
	if err != nil {
		t.Fatal(err)
	}
	next, err := known.of([]calc.Variable{other, one, wider})
	if err != nil {
		t.Fatal(err)
	}
	if next[1] != first[0] || next[2] == first[0] || len(known) != 3 {
		t.Errorf("of %p come %p, %p and %p, and %d are kept; want the first again in the middle, and 3 kept", first[0], next[0], next[1], next[2], len(known))
	}
	if middle := next[0].at(1. / 2); !(math.Abs(middle-.3) < 1e-9) || next[1].most != 1 || next[2].most != 2 {
		t.Errorf("the middle of the first is %v, and the others end at %v and %v; want .3, 1 and 2", middle, next[1].most, next[2].most)
	}
	// Another input with the same range shares it; another interval does not.
	twin, narrower := *one.Input, *one.Input
	twin.Key, narrower.Shape.Interval = "twin", .8
	one.Input = &twin
	same, err := known.of([]calc.Variable{one})
	if err != nil || same[0] != first[0] {
		t.Errorf("the same range in another input has %p, error %v; want %p", same[0], err, first[0])
	}
	one.Input = &narrower
	if differs, err := known.of([]calc.Variable{one}); err != nil || differs[0] == first[0] || len(known) != 4 {
		t.Errorf("another interval has %p, error %v, and %d are kept; want another one than %p, and 4", differs[0], err, len(known), first[0])
	}
	// Of several that cannot be, the error is that of the first, on any number of cores.
	bad, worse := share(quantity.Normal, 7, 8, 9, .9), share(quantity.Normal, 70, 80, 90, .9)
	bad.Input.Key, worse.Input.Key = "bad", "worse"
	for range 100 {
		if _, err := known.of([]calc.Variable{one, bad, worse}); err == nil || !strings.Contains(err.Error(), "bad") {
			t.Fatalf("the quantile functions of two that lie beyond their bounds are %v, want the problem of the first", err)
		}
	}
}
