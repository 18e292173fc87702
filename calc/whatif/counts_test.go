package whatif_test

import (
	"context"
	"math"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
)

// A sampled is a list of counts, reported as they are, and their sum.
type sampled struct{ AtRisk, Lost quantity.Column }

func (in *sampled) Ask(ask *calc.Form) {
	ask.Column(&in.AtRisk, "at_risk", quantity.People, "how many there were")
	ask.Column(&in.Lost, "lost", quantity.People, "how many of them left", calc.CountedOutOf("at_risk"))
}

func (in *sampled) Tell(tell *calc.Report) {
	tell.People("first", "", in.Lost.Now[0])
	tell.People("second", "", in.Lost.Now[1])
	tell.People("sum", "", in.Lost.Now[0]+in.Lost.Now[1])
}

func bindCounts() (*whatif.Bindings, error) {
	m := calc.New("sampled", "", func(in, out *sampled) error {
		if len(in.Lost.Now) == 0 { // metrics are listed without inputs
			in = &sampled{Lost: quantity.Column{Now: make([]float64, 2)}}
		}
		*out = *in
		return nil
	}).Model()
	list := func(key string, of ...float64) *quantity.Input {
		in := &quantity.Input{Key: key}
		for _, x := range of {
			in.List = append(in.List, quantity.Input{Range: quantity.Exactly(x)})
		}
		return in
	}
	err := m.Bind(quantity.Inputs{"at_risk": list("at_risk", 1000, 50_000), "lost": list("lost", 131, 20_000)})
	return whatif.NewBindings([]*calc.Model{m}), err
}

// 131 of 1000 are drawn with a variance of 1000 × .131 × .869 = 113.8, and 20,000 of
// 50,000 with 50,000 × .4 × .6 = 12,000; each by itself, so that the variances add up.
func TestCountsAreDrawnFromBinomialsOfTheirOwn(t *testing.T) {
	const trials = 40_000
	s, err := whatif.Simulate(context.Background(), bindCounts, whatif.Request{Metrics: []whatif.Metric{{}, {Index: 1}, {Index: 2}}, Trials: trials, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [...]struct{ mean, variance float64 }{{131, 113.839}, {20_000, 12_000}, {20_131, 12_113.839}} {
		d := s.Distributions[i]
		if off := math.Abs(d.Mean - want.mean); off > 4*math.Sqrt(want.variance/trials) {
			t.Errorf("figure %d has the mean %v, want %v", i, d.Mean, want.mean)
		}
		if off := math.Abs(d.SD*d.SD/want.variance - 1); off > 4*math.Sqrt(2./trials) {
			t.Errorf("figure %d has the variance %v, want %v", i, d.SD*d.SD, want.variance)
		}
	}
}

// The list is one factor: all of the variance is its own.
func TestAListOfCountsIsOneFactorOfTheVariance(t *testing.T) {
	b, err := bindCounts()
	if err != nil {
		t.Fatal(err)
	}
	if b.Drawn() != 1 || len(b.Counts()) != 1 || b.Counts()[0] != "lost" {
		t.Errorf("%d numbers are drawn and %v counted, want the list of lost alone", b.Drawn(), b.Counts())
	}
	shares, err := whatif.Sobol(b, whatif.Metric{Index: 2}, 4096, 1)
	if err != nil || len(shares) != 1 {
		t.Fatalf("Sobol gives %v, %v, want one share", shares, err)
	}
	if s := shares[0]; s.Input.Key != "lost" || math.Abs(s.First-1) > 4*s.FirstError || math.Abs(s.Total-1) > 4*s.TotalError {
		t.Errorf("the share of the variance is %+v, want all of it", s)
	}
}

// A tenth less or more of every number.
func TestAListIsScaledAsAWhole(t *testing.T) {
	b, err := bindCounts()
	if err != nil {
		t.Fatal(err)
	}
	_, swings, err := whatif.Tornado(b, whatif.Metric{Index: 2}, .1)
	if err != nil || len(swings) != 1 {
		t.Fatalf("Tornado gives %v, %v, want one swing", swings, err)
	}
	if s := swings[0]; math.Abs(s.AtLow-.9*20_131) > 1e-9 || math.Abs(s.AtHigh-1.1*20_131) > 1e-9 {
		t.Errorf("the swing goes from %v to %v, want a tenth of 20,131 to either side", s.AtLow, s.AtHigh)
	}
}
