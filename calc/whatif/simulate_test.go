package whatif_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
)

// simulate draws f, and wants no error.
func simulate(t testing.TB, bind func() (*whatif.Bindings, error), trials int, seed uint64, conditions ...whatif.Condition) (whatif.Distribution, []whatif.Chance) {
	t.Helper()
	s, err := whatif.Simulate(t.Context(), bind, whatif.Request{Metrics: []whatif.Metric{f}, Trials: trials, Seed: seed, Conditions: conditions})
	if err != nil {
		t.Fatal(err)
	}
	return s.Distributions[0], s.Chances
}

// A law is what is known of a distribution in closed form. Density is that at
// the five quantiles; fourth is the central fourth moment.
type law struct {
	mean, variance, fourth float64
	quantiles, density     [len(whatif.Percents)]float64
}

// hold demands that a simulation of so many trials agrees with the law: each
// number within 4 of the standard errors that theory gives it, and each stated
// standard error within a quarter of that. √(p (1 − p) ÷ n) ÷ density is that of
// a quantile, √((μ₄ − σ⁴) ÷ n) ÷ 2σ that of the standard deviation (Kendall &
// Stuart, The Advanced Theory of Statistics, volume 1, chapter 10).
func (l *law) hold(t *testing.T, d whatif.Distribution, trials int) {
	t.Helper()
	n := float64(trials)
	check := func(what string, got, gotError, want, wantError float64) {
		t.Helper()
		near(t, what, got, want, 4*wantError)
		near(t, "the error of "+what, gotError, wantError, wantError/4)
	}
	sd := math.Sqrt(l.variance)
	check("the mean", d.Mean, d.MeanError, l.mean, sd/math.Sqrt(n))
	check("the standard deviation", d.SD, d.SDError, sd, math.Sqrt((l.fourth-l.variance*l.variance)/n)/(2*sd))
	for i, p := range whatif.Percents {
		check("a quantile", d.Quantiles[i], d.Errors[i], l.quantiles[i], math.Sqrt(p*(1-p)/n)/l.density[i])
	}
}

// The sum of two numbers uniform between 0 and 1 has the density s up to 1 and 2 − s
// from there (Irwin 1927, Hall 1927), so that its quantiles are √(2p) and
// 2 − √(2 (1 − p)); mean 1, variance 1/6, fourth central moment 1/15.
func uniformSum() law {
	l := law{mean: 1, variance: 1. / 6, fourth: 1. / 15}
	for i, p := range whatif.Percents {
		root := math.Sqrt(2 * min(p, 1-p))
		l.density[i] = root
		if l.quantiles[i] = root; p > 1./2 {
			l.quantiles[i] = 2 - root
		}
	}
	return l
}

func uniformSumWorlds(t testing.TB) func() (*whatif.Bindings, error) {
	return toy(t, func(x, y, _ float64) (float64, float64) { return x + y, math.NaN() }, x(quantity.Between(0, 1), quantity.Uniform), y(quantity.Between(0, 1), quantity.Uniform))
}

func TestTheSumOfTwoUniformNumbersIsATriangle(t *testing.T) {
	const trials = 200_000
	d, _ := simulate(t, uniformSumWorlds(t), trials, 1)
	l := uniformSum()
	l.hold(t, d, trials)
	if d.Given != 1 {
		t.Errorf("the sum is given in %v of the trials, want all", d.Given)
	}
}

// normals are the quantiles of the standard normal distribution at Percents, and
// its density there (Abramowitz & Stegun, tables 26.1 and 26.5).
var (
	normals = [...]float64{-1.6448536269514722, -1.2815515655446004, 0, 1.2815515655446004, 1.6448536269514722}
	bells   = [...]float64{.10313564037537139, .17549833193248682, .3989422804014327, .17549833193248682, .10313564037537139}
)

// Logarithms of lognormals add up. The first has the 90 % interval 1 to e², so
// that its logarithm has mean 1 and standard deviation 1 ÷ 1.645; the second e⁻¹
// to e, mean 0 and the same. Their product's logarithm has mean 1 and √2 ÷ 1.645.
// With w = e^(σ²), a lognormal has mean e^(μ + σ²/2), variance mean² (w − 1) and
// kurtosis w⁴ + 2w³ + 3w² − 3 (Johnson, Kotz & Balakrishnan, Continuous
// Univariate Distributions, volume 1, chapter 14).
func TestTheProductOfLognormalsIsALognormal(t *testing.T) {
	const trials = 200_000
	sigma := math.Sqrt2 / normals[4]
	w := math.Exp(sigma * sigma)
	l := law{mean: math.Exp(1 + sigma*sigma/2)}
	l.variance = l.mean * l.mean * (w - 1)
	l.fourth = l.variance * l.variance * (w*w*w*w + 2*w*w*w + 3*w*w - 3)
	for i, z := range normals {
		l.quantiles[i] = math.Exp(1 + sigma*z)
		l.density[i] = bells[i] / (sigma * l.quantiles[i])
	}
	d, _ := simulate(t, toy(t, func(x, y, _ float64) (float64, float64) { return x * y, math.NaN() },
		x(quantity.Between(1, math.E*math.E), quantity.Lognormal), y(quantity.Between(1/math.E, math.E), quantity.Lognormal)), trials, 1)
	// The fourth moment of so long a tail is known to no quarter after so few
	// draws, so the error of the standard deviation is given more tolerance.
	d.SDError = math.Sqrt((l.fourth-l.variance*l.variance)/trials) / (2 * math.Sqrt(l.variance))
	l.hold(t, d, trials)
}

// The standard errors claim that the long-run value lies within one of them in
// 68.27 % of all simulations. Over 400 seeds that is 273, give or take 4 times
// √(400 × .6827 × .3173) = 9.3.
func TestTheStatedErrorsCoverTheLongRunValueAsOftenAsTheyClaim(t *testing.T) {
	const seeds, trials, within = 400, 2000, .6827
	l, bind := uniformSum(), uniformSumWorlds(t)
	// The sum is at most ½ in ½ × ½ × ½ of the draws.
	half := whatif.Condition{Metric: f, Holds: func(sum float64) bool { return sum <= 1./2 }}
	covered := map[string]int{}
	count := func(what string, got, err, want float64) {
		if math.Abs(got-want) <= err {
			covered[what]++
		}
	}
	for seed := range uint64(seeds) {
		d, chances := simulate(t, bind, trials, seed, half)
		count("mean", d.Mean, d.MeanError, l.mean)
		count("standard deviation", d.SD, d.SDError, math.Sqrt(l.variance))
		for i, name := range [...]string{"P5", "P10", "P50", "P90", "P95"} {
			count(name, d.Quantiles[i], d.Errors[i], l.quantiles[i])
		}
		count("chance", chances[0].Share, chances[0].Error, 1./8)
	}
	for _, what := range [...]string{"mean", "standard deviation", "P5", "P10", "P50", "P90", "P95", "chance"} {
		near(t, "how often one error covers the "+what, float64(covered[what]), seeds*within, 4*math.Sqrt(seeds*within*(1-within)))
	}
}

// gathered is every figure that a simulation draws, in order: a condition is asked
// about each.
func gathered() (whatif.Condition, func() []float64) {
	var lock sync.Mutex
	var all []float64
	return whatif.Condition{Metric: f, Holds: func(x float64) bool {
			lock.Lock()
			defer lock.Unlock()
			all = append(all, x)
			return true
		}}, func() []float64 {
			slices.Sort(all)
			return all
		}
}

// Of n figures in order, the p-quantile is the one at place p × n, rounded up.
func TestQuantilesAreThoseOfAllFiguresSorted(t *testing.T) {
	for _, test := range []struct {
		what    string
		compute func(x, y, z float64) (float64, float64)
	}{
		{"a sum", func(x, y, _ float64) (float64, float64) { return x + y, 0 }},
		{"a long tail", func(x, _, _ float64) (float64, float64) { return 1 / x, 0 }},
		{"whole numbers", func(x, y, _ float64) (float64, float64) { return math.Floor(10 * x * y), 0 }},
		{"a lump in the middle", func(x, _, _ float64) (float64, float64) { return max(.3, min(x, .7)), 0 }},
		{"two lumps far apart", func(x, _, _ float64) (float64, float64) { return 1e9 * math.Round(x), 0 }},
		{"one number", func(_, _, _ float64) (float64, float64) { return 7, 0 }},
	} {
		bind := toy(t, test.compute, x(quantity.Between(0, 1), quantity.Uniform), y(quantity.Between(0, 1), quantity.Uniform))
		for trials, places := range map[int][len(whatif.Percents)]int{
			100:     {5, 10, 50, 90, 95},
			4096:    {205, 410, 2048, 3687, 3892}, // 204.8, 409.6, 2048, 3686.4, 3891.2
			4097:    {205, 410, 2049, 3688, 3893}, // 204.85, 409.7, 2048.5, 3687.3, 3892.15
			300_000: {15_000, 30_000, 150_000, 270_000, 285_000},
		} {
			each, sorted := gathered()
			d, _ := simulate(t, bind, trials, 1, each)
			all := sorted()
			if len(all) != trials {
				t.Fatalf("%s: %d figures were drawn, want %d", test.what, len(all), trials)
			}
			for i, place := range places {
				if got, want := d.Quantiles[i], all[place-1]; got != want {
					t.Errorf("%s, %d trials: the %v-quantile is %v, want %v, the figure at place %d", test.what, trials, whatif.Percents[i], got, want, place)
				}
			}
		}
	}
}

// What is drawn depends on the seed and on nothing else.
func TestTheSameSeedGivesTheSameAnswerOnAnyNumberOfCores(t *testing.T) {
	bind := toy(t, func(x, y, z float64) (float64, float64) { return x * y / z, x - y },
		x(quantity.Range{Low: 7, Likely: 9, High: 12}, quantity.PERT), y(quantity.Between(1, 3), quantity.Normal), z(quantity.Between(2, 5), quantity.Uniform))
	run := func(cores int, seed uint64) *whatif.Simulation {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		s, err := whatif.Simulate(t.Context(), bind, whatif.Request{Metrics: []whatif.Metric{f, g}, Trials: 100_001, Seed: seed,
			Correlations: []quantity.Correlation{{Keys: [2]string{"x", "z"}, Rank: -.4}}, Conditions: []whatif.Condition{{Metric: g, Holds: func(x float64) bool { return x > 7 }}}})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := run(1, 1)
	for _, cores := range [...]int{1, 2, 7} {
		if again := run(cores, 1); !reflect.DeepEqual(again, first) {
			t.Errorf("on %d cores seed 1 gives %+v, on one %+v", cores, again, first)
		}
	}
	if other := run(1, 2); other.Distributions[0].Mean == first.Distributions[0].Mean {
		t.Errorf("seeds 1 and 2 both give the mean %v", first.Distributions[0].Mean)
	}
}

// 1 ÷ x has no value where x is 0, and what has none meets no condition.
func TestATrialWithoutAFigureCountsForNothingElse(t *testing.T) {
	const trials = 100_000
	reciprocal := func(x, _, _ float64) (float64, float64) {
		switch {
		case x < .3:
			return math.NaN(), 0
		case x < .4:
			return math.Inf(1), 0
		}
		return x, 0
	}
	all := whatif.Condition{Metric: f, Holds: func(float64) bool { return true }}
	d, chances := simulate(t, toy(t, reciprocal, x(quantity.Between(0, 1), quantity.Uniform)), trials, 1, all)
	slack := 4 * math.Sqrt(.6*.4/trials)
	near(t, "the share in which there is a figure", d.Given, .6, slack)
	near(t, "how often the condition that always holds did", chances[0].Share, .6, slack)
	near(t, "the mean of what is uniform from .4 to 1", d.Mean, .7, 4*.6/math.Sqrt(12*.6*trials))
	if d.Quantiles[0] < .4 || d.Quantiles[4] > 1 {
		t.Errorf("the quantiles are %v, want them from .4 to 1", d.Quantiles)
	}
	nothing, chances := simulate(t, toy(t, one(func(float64) float64 { return math.NaN() }), x(quantity.Between(0, 1), quantity.Uniform)), 1000, 1, all)
	if nothing.Given != 0 || nothing.Histogram != nil || chances[0].Share != 0 {
		t.Errorf("of what is never given, Simulate says %+v and the chance %v, want nothing", nothing, chances[0])
	}
}

// Neither a chance of 0 nor one of 1 is certain: after n trials without a failure
// about 1 ÷ 2n is still likely.
func TestAChanceThatNeverFailedIsNotCertain(t *testing.T) {
	_, chances := simulate(t, uniformSumWorlds(t), 1000, 1, whatif.Condition{Metric: f, Holds: func(sum float64) bool { return sum < 2 }},
		whatif.Condition{Metric: f, Holds: func(sum float64) bool { return sum > 2 }})
	for i, want := range [...]float64{1, 0} {
		if c := chances[i]; c.Share != want || !(c.Error > .0005 && c.Error < .001) {
			t.Errorf("the chance is %v ± %v, want %v ± √(½ ÷ 1000 ÷ 1000) = .0007", c.Share, c.Error, want)
		}
	}
}

func TestAFigureThatDoesNotVaryHasNoSpreadAndNoError(t *testing.T) {
	d, _ := simulate(t, toy(t, one(func(float64) float64 { return .1 }), x(quantity.Between(0, 1), quantity.Uniform)), 50_000, 1)
	want := whatif.Distribution{Given: 1, Mean: .1, Quantiles: [...]float64{.1, .1, .1, .1, .1}, Histogram: d.Histogram}
	if !reflect.DeepEqual(d, want) {
		t.Errorf("Simulate of .1 = %+v, want %+v", d, want)
	}
	if len(d.Histogram) != 1 || d.Histogram[0].Share != 1 {
		t.Errorf("the histogram of .1 is %v, want one bar with all of it", d.Histogram)
	}
}

// A uniform number between 0 and 10 puts the same share into each bar of its
// histogram, the outermost of which hold what is beyond them.
func TestAHistogramIsEqualBarsSideBySideThatHoldEverything(t *testing.T) {
	const trials = 200_000
	d, _ := simulate(t, toy(t, one(func(x float64) float64 { return x }), x(quantity.Between(0, 10), quantity.Uniform)), trials, 1)
	if bars := len(d.Histogram); bars < 20 || bars > 30 {
		t.Fatalf("the histogram has %d bars, want about two dozen", bars)
	}
	sum, width := 0.0, d.Histogram[0].High-d.Histogram[0].Low
	for i, b := range d.Histogram {
		sum += b.Share
		near(t, "the width of a bar", b.High-b.Low, width, 1e-9)
		if i > 0 {
			near(t, "where a bar begins", b.Low, d.Histogram[i-1].High, 1e-9)
		}
		if i > 0 && i < len(d.Histogram)-1 {
			near(t, "the share of a bar", b.Share, width/10, 4*math.Sqrt(width/10/trials))
		}
	}
	near(t, "the shares together", sum, 1, 1e-9)
	near(t, "where the first bar begins", d.Histogram[0].Low, 0, .05)
}

// 1 ÷ x of a uniform x between 0 and 1 is above 1,000 in a thousandth of all draws, and
// has no highest value. The bars end where a thousandth of the first 4,096 draws lies
// beyond, which is at about a thousand, and the last bar holds all that.
func TestTheBarsOfAHistogramDoNotFollowALongTail(t *testing.T) {
	d, _ := simulate(t, toy(t, one(func(x float64) float64 { return 1 / x }), x(quantity.Between(0, 1), quantity.Uniform)), 200_000, 1)
	last := d.Histogram[len(d.Histogram)-1]
	if !(last.High > 500 && last.High < 2000) || last.Share < .0005 {
		t.Errorf("the last bar of 1 ÷ x is %+v, want it to end at about a thousand and to hold a thousandth or more", last)
	}
}

// Whole numbers, evenly from 17 to 30 or from 0 to 99, leave no bar between them
// empty: the 14 have a bar each, the 100 stand five by five.
func TestABarOfAHistogramHoldsWholeSteps(t *testing.T) {
	const trials = 100_000
	for _, test := range []struct {
		values, first, step float64
		bars                int
	}{{14, 17, 1, 14}, {100, 0, 1, 20}, {14, -.7, .1, 14}, {2, 442_000, 26_000, 2}, {24, 1e6, 1. / 3, 24}, {25, 0, 1, 13}, {14, 0, 49, 14}} {
		whole := one(func(x float64) float64 { return test.first + test.step*math.Floor(x) })
		d, _ := simulate(t, toy(t, whole, x(quantity.Between(0, test.values-1e-9), quantity.Uniform)), trials, 1)
		if len(d.Histogram) != test.bars {
			t.Errorf("%v values have %d bars, want %d", test.values, len(d.Histogram), test.bars)
			continue
		}
		perBar := math.Ceil(test.values / float64(test.bars))
		for i, b := range d.Histogram {
			share := min(perBar, test.values-perBar*float64(i)) / test.values
			near(t, fmt.Sprintf("bar %d of %v values", i, test.values), b.Share, share, 4*math.Sqrt(share/trials))
			near(t, "where it begins", b.Low, test.first+perBar*test.step*float64(i), test.step/1e5)
		}
	}
}

func TestASimulationThatIsInterruptedHasNoAnswer(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s, err := whatif.Simulate(ctx, uniformSumWorlds(t), whatif.Request{Metrics: []whatif.Metric{f}, Trials: 1 << 40, Progress: func(done, of int) {
		if done > 50_000 {
			cancel()
		}
	}})
	if s != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("Simulate, interrupted = %v, %v; want nothing and %v", s, err, context.Canceled)
	}
}

// Whichever goroutine is the last, progress ends with all trials.
func TestProgressEndsWithEverything(t *testing.T) {
	const trials = 100_000
	var lock sync.Mutex
	most := 0
	_, err := whatif.Simulate(t.Context(), uniformSumWorlds(t), whatif.Request{Metrics: []whatif.Metric{f}, Trials: trials, Progress: func(done, of int) {
		lock.Lock()
		defer lock.Unlock()
		if most = max(most, done); of != trials || done > of {
			t.Errorf("Progress(%d, %d), want parts of %d", done, of, trials)
		}
	}})
	if err != nil || most != trials {
		t.Errorf("the last report is of %d trials (error %v), want %d", most, err, trials)
	}
}

// A panic in any goroutine reaches the caller with the stack of that goroutine, and
// does not end the program.
func TestAPanicInADrawReachesTheCaller(t *testing.T) {
	var computed atomic.Int64
	bind := toy(t, func(x, _, _ float64) (float64, float64) {
		if computed.Add(1) > 10_000 { // beyond the first block, which the caller itself draws
			panic("a planted fault")
		}
		return x, 0
	}, x(quantity.Between(0, 1), quantity.Uniform))
	defer func() {
		if fault := fmt.Sprint(recover()); !strings.HasPrefix(fault, "a planted fault\n\ngoroutine ") || !strings.Contains(fault, "TestAPanicInADrawReachesTheCaller.func1") {
			t.Errorf("Simulate panics with %v, want the planted fault and where it arose", fault)
		}
	}()
	answer, err := whatif.Simulate(t.Context(), bind, whatif.Request{Metrics: []whatif.Metric{f}, Trials: 200_000, Seed: 1})
	t.Errorf("Simulate = %v, %v; want the planted fault", answer, err)
}

// The model refuses one draw in five thousand or so, each with a message of its
// own. The error is that of the first block in which it does, on any number of cores,
// and names the values of all ranges.
func TestADrawThatCannotBeComputedEndsTheSimulationAlike(t *testing.T) {
	c := calc.New("toy", "", func(in *space, out *figures) error {
		if in.X > .9998 {
			return calc.Wrong("x", "x = %.6g and y = %.6g are too much", in.X, in.Y)
		}
		*out = figures{in.X, 0}
		return nil
	})
	share := y(quantity.Between(0, 1), quantity.Uniform)
	share.Unit = quantity.Share
	bind := func() (*whatif.Bindings, error) {
		m := c.Model()
		err := m.Bind(quantity.Inputs{"x": x(quantity.Between(0, 1), quantity.Uniform), "y": share, "z": z(quantity.Exactly(3), "")})
		return whatif.NewBindings([]*calc.Model{m}), err
	}
	message := ""
	for _, cores := range [...]int{1, 2, 5, 5, 5} {
		old := runtime.GOMAXPROCS(cores)
		_, err := whatif.Simulate(t.Context(), bind, whatif.Request{Metrics: []whatif.Metric{f}, Trials: 1_000_000, Seed: 3})
		runtime.GOMAXPROCS(old)
		problems, ok := errors.AsType[calc.Problems](err)
		if !ok {
			t.Fatalf("on %d cores Simulate fails with %v, want a problem", cores, err)
		}
		if message == "" {
			message = problems[0].Message
		}
		if problems[0].Message != message {
			t.Errorf("on %d cores Simulate fails with %q, on one with %q", cores, problems[0].Message, message)
		}
	}
	var x, y, atX, atY float64
	if n, err := fmt.Sscanf(message, "x = %g and y = %g are too much (at x = %g, y = %g%%)", &x, &y, &atX, &atY); n != 4 {
		t.Fatalf("Simulate fails with %q (read %d numbers, %v), want the model's own message and the values of x and y", message, n, err)
	}
	if x <= .9998 || atX != x || math.Abs(atY/100-y) > 1e-6*y {
		t.Errorf("Simulate fails with %q, where the values differ", message)
	}
	// Sobol's draws end the same way.
	b, err := bind()
	if err != nil {
		t.Fatal(err)
	}
	if all, err := whatif.Sobol(b, f, 1<<14, 1); err == nil || !strings.Contains(err.Error(), "too much (at x = 0.999") {
		t.Errorf("Sobol = %v, %v; want the model's message and where it was", all, err)
	}
}

// Spearman's rank correlation of the draws is the one that was asked for, and
// each input keeps its own distribution.
func TestCorrelatedInputsHaveTheRankCorrelationAskedFor(t *testing.T) {
	const trials = 40_000
	for _, rank := range [...]float64{-1, -.7, 0, .3, .95, 1} {
		var lock sync.Mutex
		var xs, ys []float64
		bind := toy(t, func(x, y, _ float64) (float64, float64) {
			lock.Lock()
			defer lock.Unlock()
			xs, ys = append(xs, x), append(ys, y)
			return x, y
		}, x(quantity.Range{Low: 0, Likely: 1, High: 10}, quantity.PERT), y(quantity.Between(-3, 5), quantity.Uniform))
		s, err := whatif.Simulate(t.Context(), bind, whatif.Request{Metrics: []whatif.Metric{f, g}, Trials: trials, Seed: 1,
			Correlations: []quantity.Correlation{{Keys: [2]string{"y", "x"}, Rank: rank}}})
		if err != nil {
			t.Fatal(err)
		}
		// The standard error of Spearman's correlation is at most 1 ÷ √n.
		near(t, "the rank correlation of the draws", spearman(xs, ys), rank, max(4*(1-rank*rank)/math.Sqrt(trials), 1e-6))
		// PERT has the mean (0 + 4 × 1 + 10) ÷ 6 and the variance (7/3 − 0)(10 − 7/3) ÷ 7.
		near(t, "the mean of x", s.Distributions[0].Mean, 7./3, 4*math.Sqrt(7./3*23./3/7/trials))
		near(t, "the mean of y", s.Distributions[1].Mean, 1, 4*8/math.Sqrt(12*trials))
	}
}

// spearman is the correlation of the ranks of numbers that all differ.
func spearman(xs, ys []float64) float64 {
	ranks := func(numbers []float64) []float64 {
		order := make([]int, len(numbers))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(a, b int) int {
			if numbers[a] < numbers[b] {
				return -1
			}
			return 1
		})
		ranks := make([]float64, len(numbers))
		for rank, i := range order {
			ranks[i] = float64(rank)
		}
		return ranks
	}
	a, b, n := ranks(xs), ranks(ys), float64(len(xs))
	squares := 0.0
	for i := range a {
		squares += (a[i] - b[i]) * (a[i] - b[i])
	}
	return 1 - 6*squares/(n*(n*n-1))
}

// Of normals with the rank correlation ρ the correlation is 2 sin(π ρ ÷ 6) (Pearson
// 1907). Where that is ½, two standard normals add up to the variance 2 + 2 × ½ = 3.
func TestCorrelatedNormalsAddUpAsNormalsDo(t *testing.T) {
	const trials = 100_000
	interval := quantity.Between(normals[0], normals[4]) // 90 % of a standard normal
	bind := toy(t, func(x, y, z float64) (float64, float64) { return x + y, z }, x(interval, quantity.Normal), y(interval, quantity.Normal), z(interval, quantity.Normal))
	s, err := whatif.Simulate(t.Context(), bind, whatif.Request{Metrics: []whatif.Metric{f}, Trials: trials, Seed: 1,
		Correlations: []quantity.Correlation{{Keys: [2]string{"x", "y"}, Rank: 6 / math.Pi * math.Asin(1./4)}, {Keys: [2]string{"y", "z"}, Rank: .2}}})
	if err != nil {
		t.Fatal(err)
	}
	d := s.Distributions[0]
	near(t, "the variance of x + y", d.SD*d.SD, 3, 4*3*math.Sqrt(2./trials))
	near(t, "P95 of x + y", d.Quantiles[4], math.Sqrt(3)*normals[4], 4*math.Sqrt(3)*math.Sqrt(.05*.95/trials)/bells[4])
}

// Three inputs that rise and fall together have the same rank in every draw.
func TestInputsMayAllRiseAndFallTogether(t *testing.T) {
	r := quantity.Between(0, 1)
	bind := toy(t, func(x, y, z float64) (float64, float64) { return max(x, y, z) - min(x, y, z), 0 }, x(r, quantity.Uniform), y(r, quantity.Uniform), z(r, quantity.Uniform))
	s, err := whatif.Simulate(t.Context(), bind, whatif.Request{Metrics: []whatif.Metric{f}, Trials: 1000, Seed: 1,
		Correlations: []quantity.Correlation{{Keys: [2]string{"x", "y"}, Rank: 1}, {Keys: [2]string{"y", "z"}, Rank: 1}, {Keys: [2]string{"x", "z"}, Rank: 1}}})
	if err != nil || s.Distributions[0].Quantiles[4] > 1e-3 {
		t.Errorf("three inputs with rank correlations of 1 differ by %+v, error %v; want hardly", s, err)
	}
}

func TestCorrelationsThatNoNumbersHaveTogetherAreRefused(t *testing.T) {
	place := quantity.Place{Document: &quantity.Document{Name: "mine.yaml"}, Line: 7, Column: 3}
	both := []quantity.Correlation{{Keys: [2]string{"x", "y"}, Rank: .9}, {Keys: [2]string{"y", "z"}, Rank: .9}, {Keys: [2]string{"x", "z"}, Rank: -.9, Place: place}}
	r := quantity.Between(0, 1)
	_, err := whatif.Simulate(t.Context(), toy(t, one(func(x float64) float64 { return x }), x(r, quantity.Uniform), y(r, quantity.Uniform), z(r, quantity.Uniform)),
		whatif.Request{Metrics: []whatif.Metric{f}, Trials: 100, Correlations: both})
	problem, ok := errors.AsType[*calc.Problem](err)
	if !ok || problem.Place != place || !strings.Contains(problem.Message, "correlations") {
		t.Errorf("Simulate with three correlations of .9, .9 and −.9 fails with %v, want a problem at %v", err, place)
	}
}

// A correlation with an input that is no range, or that the model does not have,
// does nothing.
func TestACorrelationWithWhatDoesNotVaryChangesNothing(t *testing.T) {
	bind := toy(t, func(x, y, _ float64) (float64, float64) { return x + y, 0 }, x(quantity.Between(0, 1), quantity.Uniform), y(quantity.Exactly(2), quantity.Uniform))
	run := func(correlations ...quantity.Correlation) *whatif.Simulation {
		s, err := whatif.Simulate(t.Context(), bind, whatif.Request{Metrics: []whatif.Metric{f}, Trials: 1000, Seed: 1, Correlations: correlations})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	plain := run()
	if correlated := run(quantity.Correlation{Keys: [2]string{"x", "y"}, Rank: .5}, quantity.Correlation{Keys: [2]string{"x", "elsewhere"}, Rank: .5}); !reflect.DeepEqual(correlated, plain) {
		t.Errorf("with correlations to what does not vary Simulate gives %+v, without %+v", correlated, plain)
	}
}
