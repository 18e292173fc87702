package cmd

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/churncost/churncost/scenarios"
)

// The report and simulate must draw alike. simulate rounds amounts to six decimals, not
// to cents.
func TestAReportHasTheSameQuantilesAsSimulate(t *testing.T) {
	drawn := 0
	for _, name := range scenarios.Names() {
		var report struct {
			Scenarios []struct {
				Metrics map[string]struct {
					Mean, P5, P50, P95 *float64
					Unit               string
				}
			}
		}
		if err := json.Unmarshal(printed(t, "report", name, "--format", "json"), &report); err != nil {
			t.Fatal(err)
		}
		metrics := map[string][]string{} // by calculator: those of one are drawn together
		for metric, told := range report.Scenarios[0].Metrics {
			if told.P5 != nil {
				calculator, _, _ := strings.Cut(metric, ".")
				metrics[calculator] = append(metrics[calculator], metric)
				drawn++
			}
		}
		for _, drawn := range metrics {
			var simulated struct {
				Simulation struct {
					Metrics []struct {
						Metric    string
						Mean      struct{ Value float64 }
						Quantiles []struct{ P, Value float64 }
					}
				}
			}
			if err := json.Unmarshal(printed(t, "simulate", name, "--metric", strings.Join(drawn, ","), "--trials", "10000", "--format", "json"), &simulated); err != nil {
				t.Fatal(err)
			}
			if len(simulated.Simulation.Metrics) != len(drawn) {
				t.Fatalf("simulate %s tells %d of the metrics %q", name, len(simulated.Simulation.Metrics), drawn)
			}
			for _, m := range simulated.Simulation.Metrics {
				metric, told := m.Metric, report.Scenarios[0].Metrics[m.Metric]
				room := 1e-6
				if strings.HasPrefix(told.Unit, "money") {
					room += 1. / 200
				}
				same := func(what string, got, want float64) {
					if !(math.Abs(got-want) <= room) {
						t.Errorf("%s: the report gives %v for %s of %s, and simulate %v", name, got, what, metric, want)
					}
				}
				same("the mean", *told.Mean, m.Mean.Value)
				for _, q := range m.Quantiles {
					switch q.P {
					case .05:
						same("P5", *told.P5, q.Value)
					case .5:
						same("P50", *told.P50, q.Value)
					case .95:
						same("P95", *told.P95, q.Value)
					}
				}
			}
		}
	}
	if drawn < len(scenarios.Names()) {
		t.Errorf("%d metrics of the built-in scenarios are drawn, want one of each at least", drawn)
	}
}
