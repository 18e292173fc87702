package render

import (
	"encoding/csv"
	"fmt"
	"math"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/scenarios"
)

// A Simulation is what simulate tells.
type Simulation struct {
	Scenario   *scenarios.Scenario
	Trials     int
	Seed       uint64
	Correlated bool
	Metrics    []Simulated
	Chances    []Chance
	Tornado    *Sensitivity // of the first metric to its ranges, drawn on a page with pictures; may be nil
}

// A Simulated is the distribution of one metric.
type Simulated struct {
	Metric string
	Unit   calc.Unit
	whatif.Distribution
}

// constant tells whether every draw that gives the metric gives the same.
func (m *Simulated) constant() bool { return m.Given > 0 && m.SD == 0 }

// varies tells whether there is a distribution to show.
func (m *Simulated) varies() bool { return m.Given > 0 && m.SD != 0 }

// A Chance is how likely a condition is.
type Chance struct {
	Gate string
	whatif.Chance
}

// The quantiles that a headline names, by their places among whatif.Percents: 90%
// of the draws lie between the first and the last.
const (
	p5  = 0
	p50 = len(whatif.Percents) / 2
	p95 = len(whatif.Percents) - 1
)

// simulation lays a simulation out: pictures of the first metric, the chances, the
// distributions, and the histograms.
func simulation(d *Document) page {
	s := d.Simulation
	n := notation{s.Scenario.Currency}
	first := &s.Metrics[0]
	p := page{{headline: s.headline(n)}}
	if first.varies() {
		p = append(p, block{picture: first.picture(n)})
	}
	if s.Tornado != nil && len(s.Tornado.Swings) > 0 {
		p = append(p, block{picture: s.Tornado.picture(n)})
	}
	if len(s.Chances) > 0 {
		p = append(p, block{grid: s.chances(n)})
	}
	for _, g := range s.distributions(n) {
		p = append(p, block{grid: g})
	}
	if g := s.constants(n); len(g.rows) > 0 {
		p = append(p, block{grid: g})
	}
	if first.varies() {
		p = append(p, block{grid: first.histogram(n)})
	}
	for i := range s.Metrics[1:] {
		if m := &s.Metrics[1+i]; m.varies() {
			p = append(p, block{picture: m.picture(n)})
		}
	}
	return append(p, block{lines: append(s.remarks(n), noteLines(d.Notes)...)})
}

func (s *Simulation) headline(n notation) string {
	m := &s.Metrics[0]
	switch {
	case m.Given == 0:
		return fmt.Sprintf("%s: no draw gives %s", s.Scenario.Label, m.Metric)
	case m.constant():
		return fmt.Sprintf("%s: %s is %s in every draw", s.Scenario.Label, m.Metric, n.one(m.Unit, m.Mean))
	}
	// Two digits of how far the ends lie apart are what one says aloud.
	low, middle, high := m.Quantiles[p5], m.Quantiles[p50], m.Quantiles[p95]
	digits := n.resolve(m.Unit, 10, low, high)
	return fmt.Sprintf("%s: %s lies between %s and %s in 90%% of the draws, with a median of %s", s.Scenario.Label, m.Metric,
		n.number(m.Unit, low, digits), n.number(m.Unit, high, digits), n.number(m.Unit, middle, digits))
}

func (s *Simulation) chances(n notation) *grid {
	g := &grid{title: "chances", columns: []column{{"how likely is", false}, {"chance", true}, {"±", true}}}
	for _, c := range s.Chances {
		const digits = 2
		g.rows = append(g.rows, []string{c.Gate, n.number(calc.Share, c.Share, digits), n.difference(calc.Share, c.Error, digits)})
	}
	return g
}

// pageLetters is how many letters stand beside each other on a terminal that nobody
// has widened. Where a grid of as many metrics as one likes would be wider, the next
// begins.
const pageLetters = 80

// distributions lays the metrics out that vary: a column for each, so that its
// quantiles stand under each other, and as many beside each other as there is room.
func (s *Simulation) distributions(n notation) (grids []*grid) {
	const heading = "draws"
	names := append([]string{"mean", "sd"}, percentNames()...)
	width := 0
	for i := range s.Metrics {
		m := &s.Metrics[i]
		if !m.varies() {
			continue
		}
		cells, widest := m.cells(n), letters(m.Metric)
		for _, cell := range cells {
			widest = max(widest, letters(cell))
		}
		const frame = 3 // a line and two blanks
		if width += widest + frame; grids == nil || width > pageLetters {
			g := &grid{title: heading, columns: []column{{heading, false}}}
			for _, name := range names {
				g.rows = append(g.rows, []string{name})
			}
			grids, width = append(grids, g), letters(heading)+frame+widest+frame+1
		}
		g := grids[len(grids)-1]
		g.columns = append(g.columns, column{m.Metric, true})
		for j, cell := range cells {
			g.rows[j] = append(g.rows[j], cell)
		}
	}
	return grids
}

// percentNames are the headings of the quantiles.
func percentNames() []string {
	names := make([]string, len(whatif.Percents))
	for i, p := range whatif.Percents {
		names[i] = fmt.Sprintf("P%g", p*100)
	}
	return names
}

// cells writes the mean, the standard deviation and the quantiles, each with its
// error, and all to the digit that the smallest of these errors lets stand.
func (m *Simulated) cells(n notation) []string {
	least := math.Inf(1)
	for _, err := range append([]float64{m.MeanError, m.SDError}, m.Errors[:]...) {
		if err > 0 {
			least = min(least, err)
		}
	}
	const half = 1. / 2 // from which on it is rounded to one
	digits := n.resolve(m.Unit, half, 0, least)
	cell := func(value, err float64) string {
		return n.number(m.Unit, value, digits) + " ± " + n.difference(m.Unit, err, digits)
	}
	sd := n.difference(m.Unit, m.SD, digits) + " ± " + n.difference(m.Unit, m.SDError, digits)
	cells := []string{cell(m.Mean, m.MeanError), sd}
	for i := range m.Quantiles {
		cells = append(cells, cell(m.Quantiles[i], m.Errors[i]))
	}
	return cells
}

// constants lists the metrics that no draw changes.
func (s *Simulation) constants(n notation) *grid {
	g := &grid{title: "constants", columns: []column{{"in every draw", false}, {"value", true}}}
	for i := range s.Metrics {
		if m := &s.Metrics[i]; m.constant() {
			g.rows = append(g.rows, []string{m.Metric, n.one(m.Unit, m.Mean)})
		}
	}
	return g
}

// barRoom is how many characters the longest bar has on a terminal.
const barRoom = 28

func (m *Simulated) histogram(n notation) *grid {
	g := &grid{title: "histogram", bars: true, columns: []column{{m.Metric, true}, {"share", true}, {"", false}}}
	most := 0.0
	for _, bar := range m.Histogram {
		most = max(most, bar.Share)
	}
	edge := m.edges(n)
	for i, bar := range m.Histogram {
		low, high := edge(bar.Low), edge(bar.High)
		text := low + " to " + high
		switch { // what lies beyond is counted in the outermost
		case len(m.Histogram) == 1:
			text = low
		case i == 0:
			text = "below " + high
		case i == len(m.Histogram)-1:
			text = "from " + low
		}
		g.rows = append(g.rows, []string{text, n.number(calc.Share, bar.Share, 1), strings.Repeat("█", int(math.Round(bar.Share/most*barRoom)))})
	}
	return g
}

// edges writes the edges of the bars, with two digits of how wide a bar is.
func (m *Simulated) edges(n notation) func(value float64) string {
	digits := n.resolve(m.Unit, 10, m.Histogram[0].Low, m.Histogram[0].High)
	return func(value float64) string { return n.number(m.Unit, value, digits) }
}

// picture draws the histogram for a page.
func (m *Simulated) picture(n notation) *picture {
	p := &picture{kind: columnsPicture, title: m.Metric + ", how the draws are distributed; the thick line is where 90% of them lie, the dot the middle"}
	edge, last := m.edges(n), len(m.Histogram)-1
	for _, b := range m.Histogram {
		p.bars = append(p.bars, bar{label: edge(b.Low), text: fixed(b.Share*100, 1) + "%", from: b.Low, to: b.Share})
	}
	p.end, p.endLabel = m.Histogram[last].High, edge(m.Histogram[last].High)
	p.marks = []float64{m.Quantiles[p5], m.Quantiles[p50], m.Quantiles[p95]}
	return p
}

// remarks say what the numbers are, and which are not there.
func (s *Simulation) remarks(n notation) []string {
	lines := []string{fmt.Sprintf("%s trials, seed %d; quantiles of these are exact, ± is one standard error", fixed(float64(s.Trials), 0), s.Seed),
		"sd is the standard deviation; 5% of the draws lie below P5, and 5% above P95"}
	for i := range s.Metrics {
		switch m := &s.Metrics[i]; {
		case m.Given == 0 && i > 0:
			lines = append(lines, "no draw gives "+m.Metric)
		case m.Given > 0 && m.Given < 1:
			lines = append(lines, fmt.Sprintf("%s is given in %s of the trials; its figures are of those", m.Metric, n.number(calc.Share, m.Given, 2)))
		}
	}
	if s.Correlated {
		lines = append(lines, "correlated inputs are tied by a Gaussian copula of their ranks")
	}
	return lines
}

// The part of the envelope that simulate fills.
type (
	jsonSimulation struct {
		Trials  int             `json:"trials"`
		Seed    uint64          `json:"seed"`
		Metrics []jsonSimulated `json:"metrics"`
		Chances []jsonChance    `json:"chances,omitempty"`
	}
	jsonSimulated struct {
		Metric    string         `json:"metric"`
		Unit      calc.Unit      `json:"unit"`
		Given     float64        `json:"given"`
		Mean      *jsonEstimate  `json:"mean,omitempty"`
		SD        *jsonEstimate  `json:"sd,omitempty"`
		Quantiles []jsonQuantile `json:"quantiles,omitempty"`
		Histogram []jsonBar      `json:"histogram,omitempty"`
	}
	jsonEstimate struct {
		Value float64 `json:"value"`
		Error float64 `json:"error"`
	}
	jsonQuantile struct {
		P     float64 `json:"p"`
		Value float64 `json:"value"`
		Error float64 `json:"error"`
	}
	jsonBar struct {
		Low   float64 `json:"low"`
		High  float64 `json:"high"`
		Share float64 `json:"share"`
	}
	jsonChance struct {
		Gate   string  `json:"gate"`
		Chance float64 `json:"chance"`
		Error  float64 `json:"error"`
	}
)

// six rounds to six decimals what was drawn, or searched, also money: an estimate is
// no amount that anybody pays.
func six(value float64) float64 { return calc.Ratio.Round(value, 0) }

func (s *Simulation) toJSON() *jsonSimulation {
	out := &jsonSimulation{Trials: s.Trials, Seed: s.Seed}
	for i := range s.Metrics {
		m := &s.Metrics[i]
		row := jsonSimulated{Metric: m.Metric, Unit: m.Unit, Given: six(m.Given)}
		if m.Given > 0 {
			row.Mean, row.SD = &jsonEstimate{six(m.Mean), six(m.MeanError)}, &jsonEstimate{six(m.SD), six(m.SDError)}
			for j, p := range whatif.Percents {
				row.Quantiles = append(row.Quantiles, jsonQuantile{p, six(m.Quantiles[j]), six(m.Errors[j])})
			}
			for _, b := range m.Histogram {
				row.Histogram = append(row.Histogram, jsonBar{six(b.Low), six(b.High), six(b.Share)})
			}
		}
		out.Metrics = append(out.Metrics, row)
	}
	for _, c := range s.Chances {
		out.Chances = append(out.Chances, jsonChance{c.Gate, six(c.Share), six(c.Error)})
	}
	return out
}

// writeCSV writes a row for each number of a distribution.
func (s *Simulation) writeCSV(w *csv.Writer) {
	_ = w.Write([]string{"scenario", "metric", "statistic", "value", "error", "unit"})
	names := percentNames()
	for i := range s.Metrics {
		m := &s.Metrics[i]
		if m.Given == 0 {
			continue
		}
		row := func(statistic string, value, err float64) {
			_ = w.Write([]string{s.Scenario.Label, m.Metric, statistic, plain(six(value)), plain(six(err)), string(m.Unit)})
		}
		row("mean", m.Mean, m.MeanError)
		row("sd", m.SD, m.SDError)
		for j := range m.Quantiles {
			row(names[j], m.Quantiles[j], m.Errors[j])
		}
	}
	for _, c := range s.Chances {
		_ = w.Write([]string{s.Scenario.Label, c.Gate, "chance", plain(six(c.Share)), plain(six(c.Error)), string(calc.Share)})
	}
}
