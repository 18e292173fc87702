package document

import (
	"fmt"
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/results"
)

// A simulator describes a simulation.
type simulator struct {
	cell.NumberFormat
	*results.Simulation
}

// simulation adds charts of the first metric, the chances, the distributions, and the
// histograms.
func simulation(d *Document, result *results.Result) {
	if result.Simulation == nil {
		return
	}
	s := simulator{cell.NumberFormat{Currency: result.Simulation.Scenario.Currency}, result.Simulation}
	d.of(s.Scenario)
	d.Data = s.data
	first := &s.Metrics[0]
	d.headline(s.headline())
	if varies(first) {
		d.chart(s.chart(first))
	}
	if s.Tornado != nil && len(s.Tornado.Swings) > 0 {
		d.chart(newSwinger(s.Tornado).chart())
	}
	if len(s.Chances) > 0 {
		d.table(s.chances())
	}
	for _, t := range [...]*Table{s.distributions(), s.constants()} {
		if len(t.Rows) > 0 {
			d.table(t)
		}
	}
	if varies(first) {
		d.table(s.histogram(first))
	}
	for i := range s.Metrics[1:] {
		if m := &s.Metrics[1+i]; varies(m) {
			d.chart(s.chart(m))
		}
	}
	d.notes(append(s.remarks(), d.Notes...))
}

// constant reports whether every draw that gives the metric gives the same value.
func constant(m *results.Simulated) bool { return m.Given > 0 && m.SD.Value == 0 }

// varies reports whether there is a distribution to show.
func varies(m *results.Simulated) bool { return m.Given > 0 && m.SD.Value != 0 }

func quantile(m *results.Simulated, i int) float64 { return float64(m.Quantiles[i].Value) }

func (s *simulator) headline() cell.Cell {
	m := &s.Metrics[0]
	label, metric := cell.Words(s.Scenario.Label), cell.Words(m.Metric)
	switch {
	case m.Given == 0:
		return cell.Say("{1}: no draw gives {2}", label, metric)
	case constant(m):
		return cell.Say("{1}: {2} is {3} in every draw", label, metric, s.One(m.Unit, float64(m.Mean.Value)))
	}
	// Rounded to two digits of the distance between the ends, as people would say it.
	low, median, high := quantile(m, results.P5), quantile(m, results.P50), quantile(m, results.P95)
	digits := s.Resolve(m.Unit, 10, low, high)
	return cell.Say("{1}: {2} lies between {3} and {4} in 90% of the draws, with a median of {5}", label, metric,
		s.Number(m.Unit, low, digits), s.Number(m.Unit, high, digits), s.Number(m.Unit, median, digits))
}

func (s *simulator) chances() *Table {
	t := &Table{Title: cell.Say("chances"), Columns: []Column{left(cell.Say("how likely is")), right(cell.Say("chance")), right(cell.Say("±"))}}
	for _, c := range s.Chances {
		const digits = 2
		t.add(cell.Words(c.Gate), s.Number(quantity.Share, float64(c.Share), digits), s.Difference(quantity.Share, float64(c.Error), digits))
	}
	return t
}

// distributions shows the metrics that vary, one in each column, so that its quantiles
// are one below the other. It has no rows if none varies.
func (s *simulator) distributions() *Table {
	t := &Table{Columns: []Column{left(cell.Say("draws"))}, Breaks: true}
	for i := range s.Metrics {
		m := &s.Metrics[i]
		if !varies(m) {
			continue
		}
		if len(t.Rows) == 0 {
			for _, name := range append([]string{"mean", "sd"}, percentNames()...) {
				t.add(cell.Say(name))
			}
		}
		t.Columns = append(t.Columns, right(cell.Words(m.Metric)))
		for j, estimate := range s.estimates(m) {
			t.Rows[j] = append(t.Rows[j], estimate)
		}
	}
	return t
}

// percentNames are the headings of the quantiles.
func percentNames() []string {
	names := make([]string, len(whatif.Percents))
	for i, p := range whatif.Percents {
		names[i] = fmt.Sprintf("P%g", p*100)
	}
	return names
}

// estimates shows the mean, the standard deviation and the quantiles, each with its
// error, and all with the digits that the smallest of these errors allows.
func (s *simulator) estimates(m *results.Simulated) []cell.Cell {
	least := math.Inf(1)
	all := []results.Estimate{*m.Mean, *m.SD}
	for _, q := range m.Quantiles {
		all = append(all, q.Estimate)
	}
	for _, e := range all {
		if e.Error > 0 {
			least = min(least, float64(e.Error))
		}
	}
	const half = 1. / 2 // from here on it is rounded up to one
	digits := s.Resolve(m.Unit, half, 0, least)
	cells := make([]cell.Cell, len(all))
	for i, e := range all {
		cells[i] = cell.Estimate{Value: s.Number(m.Unit, float64(e.Value), digits), Error: s.Difference(m.Unit, float64(e.Error), digits)}
	}
	cells[1] = cell.Estimate{Value: s.Difference(m.Unit, float64(m.SD.Value), digits), Error: s.Difference(m.Unit, float64(m.SD.Error), digits)}
	return cells
}

// constants lists the metrics that are the same in every draw.
func (s *simulator) constants() *Table {
	t := &Table{Title: cell.Say("constants"), Columns: []Column{left(cell.Say("in every draw")), right(cell.Say("value"))}}
	for i := range s.Metrics {
		if m := &s.Metrics[i]; constant(m) {
			t.add(cell.Words(m.Metric), s.One(m.Unit, float64(m.Mean.Value)))
		}
	}
	return t
}

func (s *simulator) histogram(m *results.Simulated) *Table {
	const width = 28 // characters of the longest bar
	t := &Table{Title: cell.Say("histogram"), Columns: []Column{right(cell.Words(m.Metric)), right(cell.Say("share")), {Name: cell.Say(""), Bars: true}}}
	most := 0.0
	for _, bar := range m.Histogram {
		most = max(most, float64(bar.Share))
	}
	edge := s.edges(m)
	for i, bar := range m.Histogram {
		low, high := edge(bar.Low), edge(bar.High)
		text := cell.Say("{1} to {2}", low, high)
		switch { // values beyond the edges count in the first and last bar
		case len(m.Histogram) == 1:
			text = cell.Say("{1}", low)
		case i == 0:
			text = cell.Say("below {1}", high)
		case i == len(m.Histogram)-1:
			text = cell.Say("from {1}", low)
		}
		t.add(text, s.Number(quantity.Share, float64(bar.Share), 1), cell.Bar{High: float64(bar.Share) / most, Width: width})
	}
	return t
}

// edges shows the edges of the bars, to two significant digits of a bar's width.
func (s *simulator) edges(m *results.Simulated) func(value results.Round6) cell.Cell {
	digits := s.Resolve(m.Unit, 10, float64(m.Histogram[0].Low), float64(m.Histogram[0].High))
	return func(value results.Round6) cell.Cell { return s.Number(m.Unit, float64(value), digits) }
}

// chart draws the histogram of a metric.
func (s *simulator) chart(m *results.Simulated) *Chart {
	edge, last := s.edges(m), len(m.Histogram)-1
	c := &Chart{Kind: calc.Histogram, Title: cell.Say("{1}, distribution of the draws; the thick line covers 90% of them, the dot is the median", cell.Words(m.Metric)),
		End: float64(m.Histogram[last].High), EndLabel: edge(m.Histogram[last].High), Marks: []float64{quantile(m, results.P5), quantile(m, results.P50), quantile(m, results.P95)}}
	for _, b := range m.Histogram {
		c.Parts = append(c.Parts, Part{Label: edge(b.Low), Text: cell.Number{Value: float64(b.Share) * 100, Unit: cell.Percent, Digits: 1}, From: float64(b.Low), To: float64(b.Share)})
	}
	return c
}

// remarks explain the numbers, and say which are missing.
func (s *simulator) remarks() []Note {
	lines := []cell.Cell{cell.Say("{1} trials, seed {2}; quantiles of these are exact, ± is one standard error", cell.Count(s.Trials), cell.Words(fmt.Sprint(s.Seed))),
		cell.Say("sd is the standard deviation; 5% of the draws lie below P5, and 5% above P95")}
	for i := range s.Metrics {
		switch m := &s.Metrics[i]; {
		case m.Given == 0 && i > 0:
			lines = append(lines, cell.Say("no draw gives {1}", cell.Words(m.Metric)))
		case m.Given > 0 && m.Given < 1:
			lines = append(lines, cell.Say("{1} is given in {2} of the trials; its figures are for those", cell.Words(m.Metric), s.Number(quantity.Share, float64(m.Given), 2)))
		}
	}
	if s.Correlated {
		lines = append(lines, cell.Say("correlated inputs are drawn with a Gaussian copula of their rank correlations"))
	}
	return remarks(append(lines, counted(s.Counts)...)...)
}

// data has a row for each number of a distribution.
func (s *simulator) data() Data {
	data := Data{Columns: []string{"scenario", "metric", "statistic", "value", "error", "unit"}}
	names := percentNames()
	row := func(metric, statistic string, e results.Estimate, unit quantity.Unit) {
		data.add(cell.Words(s.Scenario.Label), cell.Words(metric), cell.Words(statistic), cell.Raw(e.Value.Rounded()), cell.Raw(e.Error.Rounded()), cell.Words(unit))
	}
	for i := range s.Metrics {
		m := &s.Metrics[i]
		if m.Given == 0 {
			continue
		}
		row(m.Metric, "mean", *m.Mean, m.Unit)
		row(m.Metric, "sd", *m.SD, m.Unit)
		for j := range m.Quantiles {
			row(m.Metric, names[j], m.Quantiles[j].Estimate, m.Unit)
		}
	}
	for _, c := range s.Chances {
		row(c.Gate, "chance", results.Estimate{Value: c.Share, Error: c.Error}, quantity.Share)
	}
	return data
}
