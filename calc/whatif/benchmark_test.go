package whatif_test

import (
	"slices"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/loss"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
)

// cafe binds the loss calculator to the café of bench/trials/cafe-model.yaml, whose
// five ranges are drawn from PERT distributions, and finds loss.total.
func cafe(t testing.TB) (func() (*whatif.Bindings, error), whatif.Metric) {
	t.Helper()
	return cafeOf(t, calc.New("loss", "", loss.Compute))
}

// cafeOf does so with a calculator that is like it.
func cafeOf(t testing.TB, c calc.Calculator) (func() (*whatif.Bindings, error), whatif.Metric) {
	t.Helper()
	inputs := quantity.Inputs{}
	add := func(key string, low, likely, high float64, unit quantity.Unit, per quantity.Period) *quantity.Input {
		in := &quantity.Input{Key: key, Range: quantity.Range{Low: low, Likely: likely, High: high}, Unit: unit, Per: per,
			Shape: quantity.Shape{Kind: quantity.PERT, Interval: quantity.DefaultInterval}}
		inputs[key] = in
		return in
	}
	add("customer.spend", 7, 9, 12, quantity.Money, quantity.Period{Name: "visit", PerAnn: 1}).Counted = "customer.visits"
	add("customer.visits", 48, 60, 72, quantity.Count, quantity.Period{Name: "month", PerAnn: 12})
	add("customer.years", 2, 4, 6, quantity.Years, quantity.Period{})
	add("customer.margin", .62, .66, .7, quantity.Share, quantity.Period{})
	add("word_of_mouth.leave", .05, .08, .15, quantity.Share, quantity.Period{})
	inputs["word_of_mouth.tells"] = &quantity.Input{Key: "word_of_mouth.tells", List: []quantity.Input{{Key: "word_of_mouth.tells.1", Range: quantity.Exactly(5), Unit: quantity.Count}}}
	total := slices.IndexFunc(c.Metrics(), func(f calc.Figure) bool { return f.Metric == "loss.total" })
	return func() (*whatif.Bindings, error) {
		m := c.Model()
		err := m.Bind(inputs)
		return whatif.NewBindings([]*calc.Model{m}), err
	}, whatif.Metric{Index: total}
}

// cafeBindings binds it once.
func cafeBindings(t testing.TB) (*whatif.Bindings, whatif.Metric) {
	t.Helper()
	bind, total := cafe(t)
	b, err := bind()
	if err != nil {
		t.Fatal(err)
	}
	return b, total
}

// BenchmarkSimulate is what one trial costs, apart from preparing the distributions.
func BenchmarkSimulate(b *testing.B) {
	bind, total := cafe(b)
	request := whatif.Request{Metrics: []whatif.Metric{total}, Seed: 1, Functions: whatif.QuantileFunctions{}}
	run := func(trials int) {
		request.Trials = trials
		if _, err := whatif.Simulate(b.Context(), bind, request); err != nil {
			b.Fatal(err)
		}
	}
	run(1)
	b.ReportAllocs()
	b.ResetTimer()
	run(b.N)
}

func BenchmarkTornado(b *testing.B) {
	w, total := cafeBindings(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := whatif.Tornado(w, total, .1); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSobol(b *testing.B) {
	w, total := cafeBindings(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := whatif.Sobol(w, total, 1024, 1); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSolve(b *testing.B) {
	w, total := cafeBindings(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := whatif.Solve(w, whatif.Goal{Metric: total, Target: 10_000, Key: "customer.years", High: 10}); err != nil {
			b.Fatal(err)
		}
	}
}
