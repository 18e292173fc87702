package catalog_test

import (
	"math/rand/v2"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/internal/calctest"
)

// everythingGiven binds a model to all that it takes, so many of it ranges.
func everythingGiven(t testing.TB, c calc.Calculator, ranges int) *calc.Model {
	t.Helper()
	d := &drawer{Rand: rand.New(rand.NewPCG(15, 16)), fields: c.Fields(), all: true}
	m := c.Model()
	if in, _ := d.bound(m, ranges); in == nil {
		t.Fatalf("no scenario could be drawn that %s computes", c.Name)
	}
	return m
}

// A simulation draws millions of times: inputs are bound once, the slice is used
// again, and what Tell says beside the numbers must cost nothing.
func TestADrawOfASimulationTakesNoMemory(t *testing.T) {
	for _, c := range catalog.All() {
		m := everythingGiven(t, c, 0)
		var figures []float64
		if got := testing.AllocsPerRun(100, func() { figures, _ = m.Figures(figures[:0]) }); got != 0 {
			t.Errorf("Figures of %s takes memory %v times a run, want never", c.Name, got)
		}
	}
}

// BenchmarkFigures is what one draw of a simulation costs.
func BenchmarkFigures(b *testing.B) {
	for _, c := range catalog.All() {
		b.Run(c.Name, func(b *testing.B) {
			m := everythingGiven(b, c, 0)
			var figures []float64
			b.ReportAllocs()
			for b.Loop() {
				var err error
				if figures, err = m.Figures(figures[:0]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkReport is what a report of eight ranges costs, which have to be
// searched.
func BenchmarkReport(b *testing.B) {
	for _, c := range catalog.All() {
		b.Run(c.Name, func(b *testing.B) {
			m := everythingGiven(b, c, 8)
			for b.Loop() {
				if _, err := calctest.Report(m, 2); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
