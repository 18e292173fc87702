package survival

import (
	"math"
	"strings"
	"testing"
)

// Where no fit exists, what is true is said, and the model beyond the table is simpler.
func TestWhereNoFitExists(t *testing.T) {
	monthly := func(every int) *Table {
		left, survivors := 10000., []float64{10000}
		for month := 1; month <= 26; month++ {
			if month%every == 0 {
				left *= 0.6
			} else {
				left *= 0.999
			}
			survivors = append(survivors, left)
		}
		return cohort(survivors...)
	}
	for _, c := range []struct {
		name  string
		table *Table
		tail  Tail
		want  Tail
		why   Reason
	}{
		{"churn rises", cohort(1000, 900, 780, 640, 480), SBG, Geometric, NotFalling},
		{"churn rises", cohort(1000, 900, 780, 640, 480), BdW, Weibull, AllAlike},
		{"annual contracts by the month", monthly(12), SBG, Geometric, AnnualSpikes},
		{"annual contracts by the quarter", monthly(4), SBG, Geometric, YearlySpikes},
		{"nobody lost", cohort(1000, 1000, 1000), BdW, "", NobodyLost},
		{"nobody lost", cohort(1000, 1000, 1000), Geometric, "", NobodyLost},
		{"one period", cohort(1000, 800), SBG, Geometric, OneRow},
		{"two periods", cohort(1000, 800, 720), BdW, SBG, TwoRows},
		{"two periods of constant churn", cohort(1000, 800, 640), BdW, Geometric, NotFalling},
		{"all lost at once", cohort(1000, 0), SBG, Geometric, EverybodyLost},
		{"lost at the first renewal only", cohort(1000, 600, 600, 600), SBG, "", TwoKinds},
		{"lost at the first renewal only", cohort(1000, 600, 600, 600), BdW, "", TwoKinds},
		{"all lost at the first renewal, none later", &Table{[]int{1, 2, 3}, []float64{500, 400, 390}, []float64{500, 10, 1}}, SBG, Geometric, FirstRenewal},
		{"a fit", cohort(highEnd...), SBG, SBG, ""},
		{"a fit", cohort(highEnd...), BdW, BdW, ""},
		{"constant churn asked for", cohort(highEnd...), Geometric, Geometric, ""},
		{"none", cohort(highEnd...), None, None, ""},
	} {
		var s Scratch
		var curve Curve
		if err := s.Fit(c.table, c.tail, &curve); err != nil {
			t.Fatal(err)
		}
		if curve.Beyond.Tail != c.want || curve.Reason != c.why {
			t.Errorf("%s, %s: %+v because %q, want %q because %q", c.name, c.tail, curve.Beyond, curve.Reason, c.want, c.why)
		}
	}
}

// Where churn rises at first, sBG has no fit, and BdW gives back the parameters of the model
// whose expected survivors it is shown.
func TestBdWWhereSBGHasNoFit(t *testing.T) {
	truth := Model{Tail: BdW, Alpha: 1.5, Beta: 12, Shape: 1.8}
	var survivors []float64
	for k := range 9 {
		survivors = append(survivors, 1e5*truth.Survival(float64(k)))
	}
	var s Scratch
	var c Curve
	if err := s.Fit(cohort(survivors...), SBG, &c); err != nil || c.Reason != NotFalling {
		t.Fatalf("sbg: %v, %q", err, c.Reason)
	}
	if err := s.Fit(cohort(survivors...), BdW, &c); err != nil || c.Reason != "" {
		t.Fatalf("bdw: %v, %q", err, c.Reason)
	}
	near(t, "gamma", c.Beyond.Alpha, 1.5, 1e-5)
	near(t, "delta", c.Beyond.Beta, 12, 1e-4)
	near(t, "shape", c.Beyond.Shape, 1.8, 1e-6)
}

// Where few are lost at the first renewal and many at the next, the likelihood of BdW has a
// maximum far from Weibull; a search from thirty random places found it.
func TestTheSteepMaximumOfBdW(t *testing.T) {
	table := cohort(4139, 3748, 2368, 2074, 1380, 1357, 1152, 1086, 759, 758, 734, 608)
	d := described(t, table, BdW)
	near(t, "gamma", d.Beyond.Alpha, 0.1053, 5e-5)
	near(t, "delta", d.Beyond.Beta, 1.0057, 5e-5)
	near(t, "shape", d.Beyond.Shape, 6.8770, 5e-5)
	near(t, "log-likelihood", d.LogLikelihood, -8753.8479, 5e-5)
}

// Annual contracts by the month are remarked on also where the spikes shrink, so that sBG
// has a fit.
func TestShrinkingSpikesAreRemarkedOn(t *testing.T) {
	left, survivors := 10000., []float64{10000}
	for month := 1; month <= 36; month++ {
		stay := 0.999
		if month%12 == 0 {
			stay = []float64{0.4, 0.9, 0.97}[month/12-1]
		}
		left *= stay
		survivors = append(survivors, left)
	}
	d := described(t, cohort(survivors...), SBG)
	if d.Beyond.Tail != SBG || d.Remark != AnnualSpikes {
		t.Errorf("%v remarks %q, want sbg and %q", d.Beyond, d.Remark, AnnualSpikes)
	}
	if d := described(t, cohort(highEnd...), SBG); d.Remark != "" {
		t.Errorf("High End remarks %q", d.Remark)
	}
}

func TestWhatIsNoLifeTable(t *testing.T) {
	for _, c := range []struct {
		table Table
		want  string
	}{
		{Table{}, "no rows"},
		{Table{[]int{1, 2}, []float64{0, 0}, []float64{0, 0}}, "nobody at risk"},
		{Table{[]int{1}, []float64{1, 2}, []float64{1}}, "as many of each"},
		{Table{[]int{1, 1}, []float64{5, 5}, []float64{1, 1}}, "more than the 1 before it"},
		{Table{[]int{0}, []float64{5}, []float64{1}}, "more than the 0 before it"},
		{Table{[]int{20000}, []float64{5}, []float64{1}}, "at most 10000"},
		{Table{[]int{1}, []float64{math.NaN()}, []float64{1}}, "0 or more"},
		{Table{[]int{1}, []float64{-1}, []float64{1}}, "0 or more"},
		{Table{[]int{1}, []float64{5}, []float64{6}}, "0 to the 5 at risk"},
		{Table{[]int{1}, []float64{5}, []float64{math.NaN()}}, "0 to the 5 at risk"},
	} {
		var s Scratch
		var curve Curve
		if err := s.Fit(&c.table, SBG, &curve); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %q", c.table, err, c.want)
		}
	}
}

// The derivatives are those that differences of the likelihood show.
func TestDerivativesOfTheLikelihood(t *testing.T) {
	rows := loaded(&Table{[]int{1, 2, 5, 6}, []float64{100, 80, 200, 40}, []float64{20, 10, 15, 2}})
	const h = 1e-5
	for tail, at := range map[Tail]vector{SBG: {0.3, 1.2}, BdW: {-0.4, 0.9, 0.4}, Weibull: {-2, 0.3}} {
		point := likelihood(rows, tail, &at)
		for i := range parameters(tail) {
			up, down := at, at
			up[i] += h
			down[i] -= h
			above, below := likelihood(rows, tail, &up), likelihood(rows, tail, &down)
			near(t, string(tail)+" first", point.first[i], (above.value-below.value)/(2*h), 1e-5)
			for j := range i + 1 {
				near(t, string(tail)+" second", point.second[i][j], (above.first[j]-below.first[j])/(2*h), 1e-5)
			}
		}
	}
}

// The likelihood is the published one where a row covers one renewal, and by the mean of
// the hazards where it covers two. S(t) = B(α, β+t) ÷ B(α, β) with α 2, β 3 stays 3/5, 4/6
// and 5/7.
func TestLikelihoodByHand(t *testing.T) {
	m := Model{Tail: SBG, Alpha: 2, Beta: 3}
	at := vector{math.Log(2), math.Log(3)}
	single := &Table{[]int{1, 2}, []float64{100, 60}, []float64{40, 15}}
	want := 40*math.Log(2./5) + 60*math.Log(3./5) + 15*math.Log(2./6) + 45*math.Log(4./6)
	near(t, "one renewal a row", likelihood(loaded(single), SBG, &at).value, want, 1e-10)
	near(t, "the same", logLikelihood(loaded(single), &m), want, 1e-10)
	double := &Table{[]int{1, 3}, []float64{100, 120}, []float64{40, 15}}
	mean := (2./6 + 2./7) / 2
	want = 40*math.Log(2./5) + 60*math.Log(3./5) + 15*math.Log(mean) + 105*math.Log(1-mean)
	near(t, "two renewals in a row", likelihood(loaded(double), SBG, &at).value, want, 1e-10)
	near(t, "the same", logLikelihood(loaded(double), &m), want, 1e-10)
}

// A row over three renewals is fitted as one whose customers left at any of them: the
// expected losses of a model give back its parameters.
func TestRowsOfSeveralRenewalsGiveTheParametersBack(t *testing.T) {
	truth := Model{Tail: SBG, Alpha: 0.8, Beta: 4}
	table := &Table{}
	for _, span := range [][2]int{{1, 1}, {2, 2}, {3, 5}, {6, 9}, {10, 10}} {
		table.Tenure = append(table.Tenure, span[1])
		atRisk, lost := 0., 0.
		for k := span[0]; k <= span[1]; k++ {
			atRisk += 1000
			lost += 1000 * (1 - truth.Conditional(float64(k-1), float64(k)))
		}
		table.AtRisk, table.Lost = append(table.AtRisk, atRisk), append(table.Lost, lost)
	}
	var s Scratch
	var c Curve
	if err := s.Fit(table, SBG, &c); err != nil {
		t.Fatal(err)
	}
	near(t, "alpha", c.Beyond.Alpha, 0.8, 1e-7)
	near(t, "beta", c.Beyond.Beta, 4, 1e-6)
	if len(c.Hazards) != 10 || c.Hazards[2] != c.Hazards[4] {
		t.Errorf("hazards %v, want ten, with one over the renewals 3 to 5", c.Hazards)
	}
}

// Kaplan–Meier ends where fewer than 30 are at risk at a renewal; there the model goes on
// at its own tenure.
func TestKaplanMeierEndsWithFewerThanThirty(t *testing.T) {
	table := &Table{[]int{1, 2, 4, 6}, []float64{100, 80, 60, 50}, []float64{20, 8, 3, 2}}
	var s Scratch
	var c Curve
	if err := s.Fit(table, SBG, &c); err != nil {
		t.Fatal(err)
	}
	want := []float64{0.2, 0.1, 0.05, 0.05} // 50 ÷ 2 renewals is 25
	if len(c.Hazards) != len(want) {
		t.Fatalf("hazards %v, want %v", c.Hazards, want)
	}
	for i := range want {
		near(t, "hazard", c.Hazards[i], want[i], 1e-15)
	}
	near(t, "S(3)", c.Conditional(0, 3), 0.8*0.9*0.95, 1e-15)
	near(t, "half a renewal", c.Conditional(0.5, 1), math.Sqrt(0.8), 1e-15)
	near(t, "S(6)", c.Conditional(0, 6), 0.8*0.9*0.95*0.95*c.Beyond.Conditional(4, 6), 1e-15)
	near(t, "sum", c.Sum(3, 1, 0.9), 1+0.9*0.95*c.Beyond.Sum(4, 1, 0.9), 1e-12)
	table = &Table{[]int{1, 2, 3}, []float64{29, 100, 90}, []float64{3, 8, 4}}
	if err := s.Fit(table, SBG, &c); err != nil || len(c.Hazards) != 0 {
		t.Errorf("hazards %v, error %v, want none: the first renewal has too few", c.Hazards, err)
	}
}

// Errors by hand: √(0.1 × 0.9 ÷ 100), and Greenwood's 0.675 × √(10/(100·90) + 20/(80·60)).
func TestErrorsOfKaplanMeier(t *testing.T) {
	d := described(t, &Table{[]int{1, 2}, []float64{100, 80}, []float64{10, 20}}, Geometric)
	near(t, "error of the hazard", d.Renewals[0].HazardError, 0.03, 1e-15)
	near(t, "survival", d.Renewals[1].Survival, 0.675, 1e-15)
	near(t, "Greenwood", d.Renewals[1].SurvivalError, 0.675*math.Sqrt(10./9000+20./4800), 1e-15)
	// One hazard over two renewals: S = (1−h)², so its error is 2 (1−h) × that of h.
	d = described(t, &Table{[]int{2}, []float64{200}, []float64{20}}, Geometric)
	near(t, "over two renewals", d.Renewals[1].SurvivalError, 2*0.9*math.Sqrt(0.1*0.9/200), 1e-15)
}

// Three years: the first two give churn 200 ÷ 1,900, the third is predicted as 17/19 of
// 800 and was 700.
func TestBackTestByHand(t *testing.T) {
	d := described(t, cohort(1000, 900, 800, 700), Geometric)
	near(t, "error", d.BackTest, (17./19)/(700./800)-1, 1e-12)
	// Of four years three are fitted, as two thirds are rounded up: churn 300 ÷ 2,700.
	d = described(t, cohort(1000, 900, 800, 700, 600), Geometric)
	near(t, "error of four", d.BackTest, (8./9)/(600./700)-1, 1e-12)
	// Of six the last two are predicted together: churn 400 ÷ 3,400 of 600.
	d = described(t, cohort(1000, 900, 800, 700, 600, 500, 450), Geometric)
	near(t, "error of six", d.BackTest, 600*(30./34+30./34*30/34)/950-1, 1e-12)
	if d := described(t, cohort(1000, 900), Geometric); !math.IsNaN(d.BackTest) {
		t.Errorf("one period has a back-test of %v", d.BackTest)
	}
}

// A fit takes no memory after the first.
func TestFitTakesNoMemory(t *testing.T) {
	table := cohort(highEnd...)
	var s Scratch
	var c Curve
	for _, tail := range []Tail{Auto, SBG, BdW, Geometric} {
		if n := testing.AllocsPerRun(10, func() { _ = s.Fit(table, tail, &c) }); n != 0 {
			t.Errorf("%s allocates %v times", tail, n)
		}
	}
}
