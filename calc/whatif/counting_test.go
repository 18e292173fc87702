package whatif_test

import (
	"fmt"
	"math"
	"sync/atomic"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/loss"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
)

// many is how many ranges a crowd has: far more corners than anybody can compute.
const many = 20

// A crowd is many numbers between 0 and 1. Its figure is their sum.
type crowd struct{ Numbers [many]float64 }

func (in *crowd) Ask(ask *calc.Form) {
	for i := range in.Numbers {
		ask.Score(&in.Numbers[i], fmt.Sprintf("n.%c", 'a'+i), "a number")
	}
}

func (in *crowd) Tell(tell *calc.Report) {
	sum := 0.0
	for _, number := range in.Numbers {
		sum += number
	}
	tell.Score("sum", "", sum)
}

// countedCrowd binds crowds, and counts how often they are computed.
func countedCrowd() (bind func() (*whatif.Bindings, error), computed *atomic.Int64) {
	computed = new(atomic.Int64)
	c := calc.New("crowd", "", func(in, out *crowd) error {
		computed.Add(1)
		*out = *in
		return nil
	})
	inputs := quantity.Inputs{}
	for i := range many {
		key := fmt.Sprintf("n.%c", 'a'+i)
		inputs[key] = input(key, quantity.Between(0, 1), quantity.Uniform)
	}
	return func() (*whatif.Bindings, error) {
		m := c.Model()
		err := m.Bind(inputs)
		return whatif.NewBindings([]*calc.Model{m}), err
	}, computed
}

// counted demands how often something was computed since it was last asked.
func counted(t *testing.T, what string, computed *atomic.Int64, least, most int64) {
	t.Helper()
	if got := computed.Swap(0); got < least || got > most {
		t.Errorf("%s computes %d times, want from %d to %d", what, got, least, most)
	}
}

// The sum of 20 uniform numbers has the mean 10 and the variance 20/12. Each explains
// a twentieth of it. No question computes every corner, of which there are 2²⁰.
func TestTwentyRangesAreNoProblem(t *testing.T) {
	bind, computed := countedCrowd()
	b, err := bind()
	if err != nil {
		t.Fatal(err)
	}
	counted(t, "NewBindings", computed, 0, 0)

	const trials = 5000
	d, _ := simulate(t, bind, trials, 1)
	counted(t, "Simulate of 5,000 trials", computed, trials, trials)
	near(t, "the mean", d.Mean, 10, 4*math.Sqrt(20./12/trials))
	near(t, "the standard deviation", d.SD, math.Sqrt(20./12), 4*math.Sqrt(20./12/2/trials))

	base, swings, err := whatif.Tornado(b, f, .1)
	if err != nil || len(swings) != many || base != 10 {
		t.Fatalf("Tornado = %v and %d swings, error %v; want 10 and %d", base, len(swings), err, many)
	}
	counted(t, "Tornado", computed, 1+2*many, 1+2*many)
	whatif.Elasticities(b, f, base, swings)
	counted(t, "Elasticities", computed, many, 10*many)
	for _, s := range swings { // ½ of 10
		near(t, "the elasticity of "+s.Input.Key, s.Elasticity, 1./20, 1e-9)
	}

	const samples = 1 << 10
	contributions, err := whatif.Sobol(b, f, samples, 1)
	if err != nil || len(contributions) != many {
		t.Fatalf("Sobol = %d contributions, error %v; want %d", len(contributions), err, many)
	}
	counted(t, "Sobol", computed, 1+samples*(many+2), 1+samples*(many+2))
	for _, c := range contributions {
		near(t, "the total-order index of "+c.Input.Key, c.Total, 1./20, 5*c.TotalError)
	}

	// All others at ½ add up to 9.5.
	s, err := whatif.Solve(b, whatif.Goal{Metric: f, Target: 9.75, Key: "n.c", High: 1.5, Today: 10, Written: hundredths})
	if err != nil {
		t.Fatal(err)
	}
	roots(t, "a sum of 20", s, .25)
	counted(t, "Solve", computed, 1025, 1100)
}

// What is no range is computed twice if it is swung, and not at all if its share is 0.
func TestATornadoComputesTheBaseOnceAndEachInputTwice(t *testing.T) {
	var computed atomic.Int64
	b, err := toy(t, func(x, y, z float64) (float64, float64) {
		computed.Add(1)
		return x + y, 0
	}, x(quantity.Range{Low: 1, Likely: 2, High: 3}, quantity.PERT), y(quantity.Exactly(5), ""), z(quantity.Exactly(7), ""))()
	if err != nil {
		t.Fatal(err)
	}
	for share, want := range map[float64]int64{.1: 1 + 2*3, 0: 1 + 2*1} {
		if _, _, err := whatif.Tornado(b, f, share); err != nil {
			t.Fatal(err)
		}
		counted(t, fmt.Sprintf("Tornado with a share of %v", share), &computed, want, want)
	}
}

// Of several models, only the one that has the metric is computed.
func TestQuestionsAboutOneMetricComputeOnlyItsModel(t *testing.T) {
	var computed [2]atomic.Int64
	var models []*calc.Model
	for i := range computed {
		m := calc.New("toy", "", func(in *space, out *figures) error {
			computed[i].Add(1)
			*out = figures{in.X, 0}
			return nil
		}).Model()
		if err := m.Bind(quantity.Inputs{"x": x(quantity.Between(0, 1), quantity.Uniform)}); err != nil {
			t.Fatal(err)
		}
		models = append(models, m)
	}
	b := whatif.NewBindings(models)
	for i := range computed {
		metric := whatif.Metric{Model: i}
		base, swings, err := whatif.Tornado(b, metric, .1)
		if err != nil {
			t.Fatal(err)
		}
		whatif.Elasticities(b, metric, base, swings)
		if _, err := whatif.Sobol(b, metric, 64, 1); err != nil {
			t.Fatal(err)
		}
		s, err := whatif.Solve(b, whatif.Goal{Metric: metric, Target: .25, Key: "x", High: 1})
		if err != nil {
			t.Fatal(err)
		}
		roots(t, "x = ¼", s, .25)
		if got := b.Likely(metric); got != .5 || base != .5 {
			t.Errorf("model %d gives %v and %v, want ½", i, got, base)
		}
		if own, other := computed[i].Swap(0), computed[1-i].Swap(0); own == 0 || other != 0 {
			t.Errorf("the model of the metric is computed %d times and the other %d times, want the first only", own, other)
		}
	}
}

// countedCafe is the café, and counts how often it is computed.
func countedCafe(t *testing.T) (*whatif.Bindings, whatif.Metric, *atomic.Int64) {
	t.Helper()
	computed := new(atomic.Int64)
	bind, total := cafeOf(t, calc.New("loss", "", func(in *loss.Inputs, out *loss.Result) error {
		computed.Add(1)
		return loss.Compute(in, out)
	}))
	b, err := bind()
	if err != nil {
		t.Fatal(err)
	}
	computed.Store(0)
	return b, total, computed
}

// 1,025 steps, and less than 75 computations to close in on a root and to settle it.
// The promise is fewer than 1,500.
func TestSolveComputesLittleMoreThanItsSteps(t *testing.T) {
	b, total, computed := countedCafe(t)
	for _, key := range [...]string{"customer.spend", "customer.visits", "customer.years", "customer.margin", "word_of_mouth.leave"} {
		low, high := 0., 1.
		if key != "customer.margin" && key != "word_of_mouth.leave" {
			high = 100
		}
		today := b.Likely(total)
		computed.Store(0)
		s, err := whatif.Solve(b, whatif.Goal{Metric: total, Target: today * .9, Key: key, Low: low, High: high, Today: today, Written: hundredths})
		if err != nil || len(s.Roots) != 1 {
			t.Errorf("Solve by %s = %+v, error %v; want one root", key, s, err)
		}
		counted(t, "Solve by "+key, computed, 1025, 1100)
	}
	// Jumps and stretches take a little more.
	for what, f := range map[string]func(x float64) float64{
		"a jump":                        math.Floor,
		"a stretch":                     func(x float64) float64 { return math.Floor(x + .5) },
		"a stretch within a step":       func(x float64) float64 { return math.Floor((x - math.E) / 1e-4) },
		"a jump across what is absent":  func(x float64) float64 { return math.Copysign(math.Sqrt(math.Abs(x-math.E)-1e-4), x-math.E) },
		"a root at 0, between its ends": func(x float64) float64 { return x * x * x },
	} {
		var computed atomic.Int64
		target, low := map[string]float64{"a jump": 2.5, "a stretch": 3}[what], 0.
		if what == "a root at 0, between its ends" {
			low = -9.99
		}
		s := settle(t, func(x float64) float64 {
			computed.Add(1)
			return f(x)
		}, target, low, 10, 1, hundredths)
		if len(s.Roots) != 1 {
			t.Errorf("%s: %+v, want one root", what, s)
		}
		counted(t, "Solve across "+what, &computed, 1025, 1275)
	}
}

// A smooth figure takes ten computations or so for each elasticity.
func TestElasticitiesComputeLittleWhereAFigureIsSmooth(t *testing.T) {
	b, total, computed := countedCafe(t)
	base, swings, err := whatif.Tornado(b, total, 0)
	if err != nil {
		t.Fatal(err)
	}
	counted(t, "Tornado", computed, 1+2*5, 1+2*5) // five ranges
	whatif.Elasticities(b, total, base, swings)
	counted(t, "Elasticities", computed, int64(len(swings)), 12*int64(len(swings)))
}

// At a bound the base is one end of each slope, and is not computed again: each step
// takes one computation instead of two.
func TestElasticitiesUseTheBase(t *testing.T) {
	var computed atomic.Int64
	m := calc.New("toy", "", func(in *sided, out *figures) error {
		computed.Add(1)
		*out = figures{f: math.Exp(in.Kept)}
		return nil
	}).Model()
	if err := m.Bind(quantity.Inputs{"kept": {Key: "kept", Range: quantity.Exactly(1)}}); err != nil {
		t.Fatal(err)
	}
	b := whatif.NewBindings([]*calc.Model{m})
	base, swings, err := whatif.Tornado(b, f, .1)
	if err != nil || len(swings) != 1 {
		t.Fatalf("Tornado = %+v, error %v; want the swing of kept", swings, err)
	}
	computed.Store(0)
	whatif.Elasticities(b, f, base, swings)
	counted(t, "Elasticities at a bound", &computed, 1, 10)
	near(t, "the elasticity of e^r at 1", swings[0].Elasticity, 1, 5e-7)
}
