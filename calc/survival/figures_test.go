package survival

import (
	"math"
	"testing"
)

// The customers of two segments who were left after each year, of 1,000: Fader & Hardie
// (2007), How to project customer retention, table 1.
var (
	highEnd = []float64{1000, 869, 743, 653, 593, 551, 517, 491}
	regular = []float64{1000, 631, 468, 382, 326, 289, 262, 241}
)

// cohort is the life table of survivors.
func cohort(survivors ...float64) *Table {
	t := &Table{}
	for i, left := range survivors[1:] {
		t.Tenure = append(t.Tenure, i+1)
		t.AtRisk = append(t.AtRisk, survivors[i])
		t.Lost = append(t.Lost, survivors[i]-left)
	}
	return t
}

// described must be described.
func described(t *testing.T, table *Table, tail Tail) *Description {
	t.Helper()
	d, err := Describe(table, tail)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// near fails where got is further from want than a bound.
func near(t *testing.T, what string, got, want, bound float64) {
	t.Helper()
	if !(math.Abs(got-want) <= bound) {
		t.Errorf("%s = %.12g, want %.12g ± %g", what, got, want, bound)
	}
}

// The two segments give the published parameters. The digits beyond those published are
// the root of the score equations, found in decimals of 40 digits.
func TestSBGOfThePaper(t *testing.T) {
	for _, c := range []struct {
		name              string
		survivors         []float64
		alpha, beta, like float64
	}{
		{"High End", highEnd, 0.668088351106, 3.806094964058, -1611.158147391},
		{"Regular", regular, 0.704077298474, 1.182043025209, -1680.265188463},
		{"High End, four renewals", highEnd[:5], 1.280976380367, 7.790384095264, -1225.134907042},
	} {
		d := described(t, cohort(c.survivors...), SBG)
		near(t, c.name+" alpha", d.Beyond.Alpha, c.alpha, 1e-8)
		near(t, c.name+" beta", d.Beyond.Beta, c.beta, 1e-7)
		near(t, c.name+" log-likelihood", d.LogLikelihood, c.like, 1e-8)
		if d.Reason != "" || d.Beyond.Tail != SBG {
			t.Errorf("%s became %v: %s", c.name, d.Beyond, d.Reason)
		}
	}
}

// Four renewals of High End give the published BdW (Fader, Hardie, Liu, Davin & Steenburgh
// 2018), whose authors stopped a little before the maximum, its likelihood ratio, and the
// survival of the next six years.
func TestBdWOfThePaper(t *testing.T) {
	published := Model{Tail: BdW, Alpha: 0.2593549, Beta: 1.7226948, Shape: 1.5842688}
	d := described(t, cohort(highEnd[:5]...), BdW)
	near(t, "gamma", d.Beyond.Alpha, 0.2593357, 1e-6)
	near(t, "delta", d.Beyond.Beta, 1.722551, 1e-5)
	near(t, "shape", d.Beyond.Shape, 1.584362, 1e-5)
	near(t, "likelihood ratio", d.BdWAgainstSBG.Ratio, 4.77, 0.005)
	near(t, "its chance", d.BdWAgainstSBG.P, 0.0289, 0.0001) // χ²(1) of 4.7712
	for i, percent := range []float64{54.66, 51.04, 48.11, 45.67, 43.60, 41.82} {
		near(t, "published survival", 100*published.Survival(float64(5+i)), percent, 0.0055)
		near(t, "fitted survival", 100*d.Beyond.Survival(float64(5+i)), percent, 0.0065)
	}
	if rows := loaded(cohort(highEnd[:5]...)); logLikelihood(rows, &published) > d.LogLikelihood {
		t.Error("the published parameters are more likely than the maximum")
	}
}

// What a customer is worth who pays 1 a year, in advance and for ever, at 10 %: from the
// parameters and, for High End, from the table; Regular is the DEL of Fader & Hardie.
func TestValueOfThePaper(t *testing.T) {
	var s Scratch
	var c Curve
	if err := s.Fit(cohort(highEnd...), SBG, &c); err != nil {
		t.Fatal(err)
	}
	near(t, "High End by parameters", c.Beyond.Sum(0, 1, 1/1.1), 5.922253, 5e-7)
	near(t, "High End by the table", c.Sum(0, 1, 1/1.1), 5.910306, 5e-7)
	if err := s.Fit(cohort(regular...), SBG, &c); err != nil {
		t.Fatal(err)
	}
	near(t, "Regular by parameters", c.Beyond.Sum(0, 1, 1/1.1), 3.694908, 5e-7)
}

// A constant hazard of 20 % has no sBG, and every tail says so or agrees.
func TestConstantHazard(t *testing.T) {
	table := cohort(10000, 8000, 6400, 5120, 4096)
	for _, tail := range []Tail{Auto, SBG, Geometric} {
		d := described(t, table, tail)
		if d.Beyond.Tail != Geometric || (d.Reason == NotFalling) != (tail != Geometric) {
			t.Errorf("%s gives %+v: %q", tail, d.Beyond, d.Reason)
		}
		near(t, "churn", d.Beyond.Alpha, 0.2, 1e-12)
		near(t, "expected periods", d.Expected, 5, 1e-9)
		near(t, "median", d.Median, 4, 0)
	}
	if d := described(t, table, BdW); d.Beyond.Tail != Weibull || d.Reason != AllAlike {
		t.Errorf("bdw gives %+v: %q", d.Beyond, d.Reason)
	} else {
		near(t, "shape", d.Beyond.Shape, 1, 1e-9)
	}
}

// loaded are the rows of a table.
func loaded(t *Table) []row {
	var s Scratch
	s.load(t)
	return s.all
}
