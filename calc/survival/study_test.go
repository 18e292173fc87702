package survival

import (
	"math"
	"math/rand/v2"
	"testing"
)

// records draws the life table of a cohort whose customers leave as a model says.
func records(random *rand.Rand, m *Model, customers, periods int) *Table {
	survivors := []float64{float64(customers)}
	for t := range periods {
		stay := m.Conditional(float64(t), float64(t+1))
		still := 0
		for range customers {
			if random.Float64() < stay {
				still++
			}
		}
		customers = still
		survivors = append(survivors, float64(still))
	}
	return cohort(survivors...)
}

// The 95 % intervals hold the truth 95 times in a hundred: of 800 tables in 742 to 778,
// which is within three standard errors. Intervals of 90 % would hold it in about 720.
func TestIntervalsHoldTheTruth(t *testing.T) {
	const tables, least, most = 800, 742, 778
	random := rand.New(rand.NewPCG(11, 1))
	var s Scratch
	var c Curve
	for _, truth := range []Model{
		{Tail: SBG, Alpha: 0.8, Beta: 4},
		{Tail: Geometric, Alpha: 0.15},
	} {
		held := map[string]int{}
		for range tables {
			if err := s.Fit(records(random, &truth, 600, 8), truth.Tail, &c); err != nil || c.Reason != "" {
				t.Fatal(err, c.Reason)
			}
			for _, p := range estimates(s.all, &c.Beyond) {
				value := map[string]float64{"alpha": truth.Alpha, "beta": truth.Beta, "churn": truth.Alpha}[p.Name]
				if p.Low <= value && value <= p.High {
					held[p.Name]++
				}
			}
		}
		for name, n := range held {
			if n < least || n > most {
				t.Errorf("%s of %s lies in %d of %d intervals, want %d to %d", name, truth.Tail, n, tables, least, most)
			}
		}
	}
}

// The same for the three parameters of BdW, of fewer and larger tables.
func TestIntervalsOfBdWHoldTheTruth(t *testing.T) {
	const tables, least, most = 200, 181, 198
	random := rand.New(rand.NewPCG(5, 7))
	truth := Model{Tail: BdW, Alpha: 0.6, Beta: 2.5, Shape: 1.4}
	held := map[string]int{}
	var s Scratch
	var c Curve
	for range tables {
		if err := s.Fit(records(random, &truth, 4000, 8), BdW, &c); err != nil || c.Reason != "" {
			t.Fatal(err, c.Reason)
		}
		for _, p := range estimates(s.all, &c.Beyond) {
			value := map[string]float64{"gamma": truth.Alpha, "delta": truth.Beta, "shape": truth.Shape}[p.Name]
			if p.Low <= value && value <= p.High {
				held[p.Name]++
			}
		}
	}
	for _, name := range []string{"gamma", "delta", "shape"} {
		if n := held[name]; n < least || n > most {
			t.Errorf("%s lies in %d of %d intervals, want %d to %d", name, n, tables, least, most)
		}
	}
}

// A wrong tail is named by the back-test: where customers leave as BdW with the shape 1.6
// says, sBG predicts worse, and auto takes BdW.
func TestBackTestNamesTheWrongTail(t *testing.T) {
	const tables = 30
	random := rand.New(rand.NewPCG(3, 4))
	truth := Model{Tail: BdW, Alpha: 0.26, Beta: 1.72, Shape: 1.6}
	worse, taken := 0, 0
	for range tables {
		rows := loaded(records(random, &truth, 5000, 12))
		best, errors := choose(rows)
		if math.Abs(errors[0]) > math.Abs(errors[2]) {
			worse++
		}
		if best == BdW {
			taken++
		}
	}
	if worse < tables-2 || taken < tables-2 {
		t.Errorf("of %d tables sbg predicts worse in %d and auto takes bdw in %d, want nearly all", tables, worse, taken)
	}
}

// What the table says before anything is iterated is what a search finds: of random tables,
// those without a fit have no maximum above constant churn from any start, and the others
// have one, where the gradient vanishes.
func TestNoFitIsDecidedAsASearchWould(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 9))
	without, with := 0, 0
	for range 600 {
		survivors := []float64{50 + 2000*random.Float64()}
		for i := range 2 + random.IntN(6) {
			survivors = append(survivors, survivors[i]*(0.5+0.5*math.Sqrt(random.Float64())))
		}
		rows := loaded(cohort(survivors...))
		constant, _, _ := fitGeometric(rows)
		reason := noSBG(rows, constant.Alpha)
		highest := logLikelihood(rows, &constant)
		for _, start := range []vector{{0, math.Log(1/constant.Alpha - 1)}, {-2, -2}, {-4, 1}, {2, 0}} {
			at := start
			best, found := maximize(rows, SBG, &at, -1)
			switch {
			case reason != "" && found && best.value > highest+1e-6:
				t.Errorf("%v: %q, but %v is a maximum", survivors, reason, at)
			case reason == "" && start[0] == 0 && !found:
				t.Errorf("%v has no maximum, and no reason is given", survivors)
			case reason == "" && found && math.Sqrt(steepness(&best)) > 1e-6*survivors[0]:
				t.Errorf("%v: at %v the gradient is %v", survivors, at, best.first)
			}
		}
		if reason == "" {
			with++
		} else {
			without++
		}
	}
	if with < 100 || without < 100 {
		t.Errorf("%d tables have a fit and %d have none, want many of both", with, without)
	}
}

// An end of an interval is where the likelihood has fallen by 1.92: for constant churn by
// the binomial likelihood itself, 20 lost of 100 at risk.
func TestIntervalOfChurnByTheBinomial(t *testing.T) {
	like := func(p float64) float64 { return 20*math.Log(p) + 80*math.Log(1-p) }
	p := described(t, &Table{[]int{1, 2}, []float64{60, 40}, []float64{12, 8}}, Geometric).Parameters[0]
	near(t, "low", like(p.Low), like(0.2)-3.8414588/2, 1e-6)
	near(t, "high", like(p.High), like(0.2)-3.8414588/2, 1e-6)
	if !(p.Low < 0.2 && 0.2 < p.High) {
		t.Errorf("interval %v to %v", p.Low, p.High)
	}
}

// Ten customers cannot tell how alike they are: the intervals of sBG are open above.
func TestTenCustomersHaveAnOpenInterval(t *testing.T) {
	d := described(t, cohort(10, 8, 7, 6, 6, 5), SBG)
	if len(d.Parameters) != 2 || !math.IsInf(d.Parameters[0].High, 1) || !math.IsInf(d.Parameters[1].High, 1) {
		t.Errorf("parameters %+v, want alpha and beta without an upper end", d.Parameters)
	}
}

// Nobody lost of 1,000 and 1,000: churn lies below 1 − 0.05^(1/2000), 0.1497 %.
func TestNobodyLostBoundsChurn(t *testing.T) {
	d := described(t, cohort(1000, 1000, 1000), SBG)
	if len(d.Parameters) != 1 {
		t.Fatalf("parameters %+v", d.Parameters)
	}
	near(t, "bound", d.Parameters[0].High, 0.0014967, 1e-7)
	if !math.IsInf(d.Median, 1) || !math.IsInf(d.Expected, 1) {
		t.Errorf("median %v, expected %v, want neither to end", d.Median, d.Expected)
	}
}

// The test of sBG against constant churn halves the chance of χ²(1); 2.7055 is its 90 %
// quantile, so that 5 % remain.
func TestChancesOfLikelihoodRatios(t *testing.T) {
	near(t, "χ²(1)", chiSquare(2.705543454/2, 0).P, 0.1, 1e-9)
	near(t, "half and half", halfAndHalf(2.705543454/2, 0).P, 0.05, 1e-9)
	near(t, "no difference", halfAndHalf(0, 0).P, 1, 0)
}

// What a description holds besides: half of Regular have left after the second year, and
// of constant churn 1 ÷ churn periods are paid.
func TestMedianAndExpectedPeriods(t *testing.T) {
	d := described(t, cohort(regular...), SBG)
	near(t, "median", d.Median, 2, 0)
	if !math.IsInf(d.Expected, 1) {
		t.Errorf("with alpha %v the expected periods are %v, want no bound", d.Beyond.Alpha, d.Expected)
	}
	d = described(t, cohort(1000, 900, 810), Geometric)
	near(t, "median of churn 10 %", d.Median, 7, 0) // 0.9⁷ = 0.478
	near(t, "expected", d.Expected, 10, 1e-9)
	if d := described(t, cohort(1000, 900, 810), None); !math.IsNaN(d.Median) || d.Expected != 1+0.9+0.81 {
		t.Errorf("without a tail: median %v, expected %v", d.Median, d.Expected)
	}
}
