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
}

// A Simulated is the distribution of one metric.
type Simulated struct {
	Metric string
	Unit   calc.Unit
	whatif.Distribution
}

// A Chance is how likely a condition is.
type Chance struct {
	Gate string
	whatif.Chance
}

// A Sensitivity is what sensitivity tells of one metric.
type Sensitivity struct {
	Scenario      *scenarios.Scenario
	Metric        string
	Unit          calc.Unit
	Base          float64
	Swing         float64 // of inputs without a range
	Ranges        int     // how many inputs are ranges
	Swings        []whatif.Swing
	Contributions []whatif.Contribution
	Samples       int
	Seed          uint64
	Correlated    bool
}

// A Solution is what solve tells.
type Solution struct {
	Scenario *scenarios.Scenario
	Metric   string
	Unit     calc.Unit
	Target   float64
	Keys     []Sought
	Points   []SolvedPoint // one, or one for each value of the first of two keys
}

// A Sought is an input that is sought.
type Sought struct {
	Key       string
	Write     func(value float64) string // as --set takes it
	Low, High float64
}

// place says where a root is.
func (k *Sought) place(root whatif.Root) string {
	switch {
	case root.Jump:
		return k.Write(root.Value) + " (a jump)"
	case root.Until > root.Value:
		return k.Write(root.Value) + " to " + k.Write(root.Until)
	}
	return k.Write(root.Value)
}

// set is a root as --set takes it: of a stretch, the middle.
func (k *Sought) set(root whatif.Root) string {
	return k.Key + "=" + k.Write(root.Value+(root.Until-root.Value)/2)
}

// A SolvedPoint is what was found for one value of the first key, where there
// are two.
type SolvedPoint struct {
	First float64
	whatif.Solution
}

// percentNames are the headings of the quantiles.
func percentNames() []string {
	names := make([]string, len(whatif.Percents))
	for i, p := range whatif.Percents {
		names[i] = fmt.Sprintf("P%g", p*100)
	}
	return names
}

// simulation lays a simulation out: a row for each metric, the chances, and a
// histogram of the first.
func simulation(d *Document) page {
	s := d.Simulation
	n := notation{s.Scenario.Currency}
	p := page{{headline: s.headline(n)}}
	g := &grid{title: "distributions", columns: []column{{"metric", false}, {"mean", true}, {"sd", true}}}
	for _, name := range percentNames() {
		g.columns = append(g.columns, column{name, true})
	}
	var lines []string
	for i := range s.Metrics {
		m := &s.Metrics[i]
		g.rows = append(g.rows, m.row(n))
		if m.Given < 1 {
			lines = append(lines, fmt.Sprintf("%s is given in %s of the trials; its figures are of those", m.Metric, n.drawn(calc.Share, m.Given)))
		}
	}
	p = append(p, block{grid: g})
	if len(s.Chances) > 0 {
		g := &grid{title: "chances", columns: []column{{"how likely is", false}, {"chance", true}, {"±", true}}}
		for _, c := range s.Chances {
			g.rows = append(g.rows, []string{c.Gate, n.drawn(calc.Share, c.Share), fixed(c.Error*100, 2) + " pp"})
		}
		p = append(p, block{grid: g})
	}
	for i := range s.Metrics {
		m := &s.Metrics[i]
		if m.Given == 0 {
			continue
		}
		p = append(p, block{picture: m.picture(n)})
		if i == 0 {
			p = append(p, block{grid: m.histogram(n)})
		}
	}
	lines = append(lines, fmt.Sprintf("%s trials, seed %d; ± is one standard error of the simulation; quantiles are exact for these trials", fixed(float64(s.Trials), 0), s.Seed))
	if s.Correlated {
		lines = append(lines, "correlated inputs are tied by a Gaussian copula of their ranks")
	}
	return append(p, block{lines: append(lines, noteLines(d.Notes)...)})
}

func noteLines(notes []calc.Note) []string {
	var lines []string
	for _, note := range notes {
		lines = append(lines, note.Kind+": "+note.Text)
	}
	return lines
}

func (s *Simulation) headline(n notation) string {
	m := &s.Metrics[0]
	if m.Given == 0 {
		return fmt.Sprintf("%s: no draw gives %s", s.Scenario.Label, m.Metric)
	}
	low, high := m.Quantiles[0], m.Quantiles[len(m.Quantiles)-1]
	return fmt.Sprintf("%s: %s lies between %s and %s in 90%% of the draws, %s in the middle", s.Scenario.Label, m.Metric,
		n.rounded(m.Unit, low), n.rounded(m.Unit, high), n.rounded(m.Unit, m.Quantiles[len(m.Quantiles)/2]))
}

// rounded writes a number that was drawn, at the digits of the border.
func (n notation) rounded(unit calc.Unit, value float64) string {
	return n.one(unit, unit.Round(value, n.currency.Minor()))
}

// drawn is rounded with two digits for a percentage, of which a simulation can
// be sure.
func (n notation) drawn(unit calc.Unit, value float64) string {
	if unit == calc.Share {
		return fixed(unit.Round(value, 0)*100, 2) + "%"
	}
	return n.rounded(unit, value)
}

func (m *Simulated) row(n notation) []string {
	cell := func(value, err float64) string {
		if m.Given == 0 {
			return ""
		}
		return n.drawn(m.Unit, value) + " ± " + n.scatter(m.Unit, err)
	}
	row := []string{m.Metric, cell(m.Mean, m.MeanError), cell(m.SD, m.SDError)}
	for i := range m.Quantiles {
		row = append(row, cell(m.Quantiles[i], m.Errors[i]))
	}
	return row
}

// scatter writes a standard error, with two digits that count.
func (n notation) scatter(unit calc.Unit, value float64) string {
	if unit.Kin() == calc.Money || value == 0 || math.IsNaN(value) {
		return n.rounded(unit, value)
	}
	if unit == calc.Share || unit == calc.Points {
		return fmt.Sprintf("%.2g pp", value*100)
	}
	return fmt.Sprintf("%.2g", value)
}

// barRoom is how many characters the longest bar has on a terminal.
const barRoom = 40

// drawnBar is a bar of a terminal.
func drawnBar(part float64) string {
	if math.IsNaN(part) {
		return ""
	}
	return strings.Repeat("█", int(math.Round(part*barRoom)))
}

func (m *Simulated) histogram(n notation) *grid {
	g := &grid{title: m.Metric, columns: []column{{m.Metric + " from", true}, {"to", true}, {"share", true}, {"", false}}}
	most := 0.0
	for _, bar := range m.Histogram {
		most = max(most, bar.Share)
	}
	for i, bar := range m.Histogram {
		low, high := n.drawn(m.Unit, bar.Low), n.drawn(m.Unit, bar.High)
		if i == 0 {
			low = "…"
		}
		if i == len(m.Histogram)-1 {
			high = "…"
		}
		g.rows = append(g.rows, []string{low, high, fixed(bar.Share*100, 1) + "%", drawnBar(bar.Share / most)})
	}
	return g
}

// picture draws the histogram for a page.
func (m *Simulated) picture(n notation) *picture {
	p := &picture{kind: columnsPicture, title: m.Metric + ", how the draws are distributed"}
	for _, b := range m.Histogram {
		p.bars = append(p.bars, bar{label: n.drawn(m.Unit, b.Low), text: fixed(b.Share*100, 1) + "%", to: b.Share})
	}
	return p
}

// sensitivity lays a tornado out, and the shares of variance.
func sensitivity(d *Document) page {
	s := d.Sensitivity
	n := notation{s.Scenario.Currency}
	p := page{{headline: s.headline(n)}, {picture: s.picture(n)}, {grid: s.tornado(n)}}
	var lines []string
	switch {
	case len(s.Contributions) > 0:
		p = append(p, block{grid: s.variance()})
		lines = append(lines, fmt.Sprintf("shares of variance from %s samples, seed %d; ± is one standard error; alone is Sobol's first-order index (Saltelli 2010), in all his total index (Jansen 1999)", fixed(float64(s.Samples), 0), s.Seed))
	case s.Ranges == 0:
		lines = append(lines, "no input is a range, so there is no variance to share out")
	default:
		lines = append(lines, "the ranges leave the metric as it is, or some draws do not give it, so there is no variance to share out")
	}
	for _, swing := range s.Swings {
		if swing.Assumed {
			lines = append(lines, fmt.Sprintf("* no range is given: swung by %s to either side", n.one(calc.Share, s.Swing)))
			break
		}
	}
	if s.Correlated {
		lines = append(lines, "the correlations of the scenario are left out: each input is swung and drawn by itself")
	}
	for _, a := range s.Scenario.Inputs {
		if a.Word == "book" {
			lines = append(lines, "under rule book the metric moves in steps of whole people: a small swing may do nothing, and elasticities mean little")
		}
	}
	return append(p, block{lines: append(lines, noteLines(d.Notes)...)})
}

func (s *Sensitivity) headline(n notation) string {
	if len(s.Swings) == 0 {
		return fmt.Sprintf("%s: nothing moves %s, which is %s", s.Scenario.Label, s.Metric, n.rounded(s.Unit, s.Base))
	}
	first := s.Swings[0]
	return fmt.Sprintf("%s: %s matters most: it moves %s from %s to %s, at %s otherwise", s.Scenario.Label, first.Input.Key, s.Metric,
		n.rounded(s.Unit, first.AtLow), n.rounded(s.Unit, first.AtHigh), n.rounded(s.Unit, s.Base))
}

// name is an input's key, marked where its swing is assumed.
func name(s *whatif.Swing) string {
	if s.Assumed {
		return s.Input.Key + " *"
	}
	return s.Input.Key
}

func (s *Sensitivity) tornado(n notation) *grid {
	g := &grid{title: "tornado", columns: []column{{"input", false}, {"low", true}, {"high", true}, {s.Metric + " at low", true}, {"at high", true}, {"swing", true}, {"elasticity", true}, {"", false}}}
	least, most := s.ends()
	for i := range s.Swings {
		w := &s.Swings[i]
		elasticity := ""
		if !math.IsNaN(w.Elasticity) {
			elasticity = fixed(w.Elasticity, 2)
		}
		g.rows = append(g.rows, []string{name(w), n.one(w.Input.Unit, w.Low), n.one(w.Input.Unit, w.High), n.rounded(s.Unit, w.AtLow), n.rounded(s.Unit, w.AtHigh),
			n.rounded(s.Unit, w.Width()), elasticity, between(w.AtLow, w.AtHigh, least, most)})
	}
	return g
}

// ends are the lowest and highest value of the metric in the tornado.
func (s *Sensitivity) ends() (least, most float64) {
	least, most = s.Base, s.Base
	for _, w := range s.Swings {
		for _, x := range [...]float64{w.AtLow, w.AtHigh} {
			if !math.IsNaN(x) {
				least, most = min(least, x), max(most, x)
			}
		}
	}
	return least, most
}

// between draws a bar from one value to another, on a line from least to most.
func between(from, to, least, most float64) string {
	if math.IsNaN(from+to) || most == least {
		return ""
	}
	at := func(x float64) int { return int(math.Round((x - least) / (most - least) * barRoom)) }
	low, high := at(min(from, to)), at(max(from, to))
	// The table trims blanks, so that a dot holds the place before the bar.
	return strings.Repeat("·", low) + strings.Repeat("█", max(1, high-low))
}

func (s *Sensitivity) picture(n notation) *picture {
	p := &picture{kind: spansPicture, title: s.Metric + ", input by input"}
	for i := range s.Swings {
		w := &s.Swings[i]
		if math.IsNaN(w.AtLow + w.AtHigh) {
			continue
		}
		p.bars = append(p.bars, bar{label: name(w), text: n.rounded(s.Unit, w.AtLow) + " to " + n.rounded(s.Unit, w.AtHigh), from: w.AtLow, to: w.AtHigh})
	}
	return p
}

func (s *Sensitivity) variance() *grid {
	g := &grid{title: "variance", columns: []column{{"explains of the variance", false}, {"alone", true}, {"±", true}, {"in all", true}, {"±", true}}}
	alone := 0.0
	for _, c := range s.Contributions {
		g.rows = append(g.rows, []string{c.Input.Key, fixed(c.First*100, 1) + "%", fixed(c.FirstError*100, 1) + " pp", fixed(c.Total*100, 1) + "%", fixed(c.TotalError*100, 1) + " pp"})
		alone += c.First
	}
	g.rows = append(g.rows, []string{"together", fixed(alone*100, 1) + "%", "", "", ""})
	return g
}

// solution lays out where the target is reached.
func solution(d *Document) page {
	s := d.Solution
	n := notation{s.Scenario.Currency}
	p := page{{headline: s.headline(n)}}
	var lines []string
	if len(s.Keys) == 1 {
		if g := s.roots(n); len(g.rows) > 0 {
			p = append(p, block{grid: g})
		}
		point := &s.Points[0]
		lines = append(lines, s.searched(n, point))
		for _, root := range point.Roots {
			switch {
			case root.Jump:
				lines = append(lines, fmt.Sprintf("at %s the metric jumps from %s to %s, across the target", s.Keys[0].Write(root.Value), n.rounded(s.Unit, root.Before), n.rounded(s.Unit, root.After)))
			case root.Until > root.Value:
				lines = append(lines, fmt.Sprintf("from %s to %s the metric stays at the target; the flag takes the middle", s.Keys[0].Write(root.Value), s.Keys[0].Write(root.Until)))
			}
		}
	} else {
		p = append(p, block{grid: s.line()})
		lines = append(lines, fmt.Sprintf("searched: %s from %s to %s, for each", s.Keys[1].Key, s.Keys[1].Write(s.Keys[1].Low), s.Keys[1].Write(s.Keys[1].High)))
	}
	lines = append(lines, fmt.Sprintf("each answer to %g of the searched range; 1,024 equal steps", whatif.Tolerance))
	return append(p, block{lines: append(lines, noteLines(d.Notes)...)})
}

func (s *Solution) headline(n notation) string {
	goal := fmt.Sprintf("%s: %s is %s", s.Scenario.Label, s.Metric, n.one(s.Unit, s.Target))
	if len(s.Keys) == 2 {
		return goal + " along a line of " + s.Keys[0].Key + " and " + s.Keys[1].Key
	}
	point := &s.Points[0]
	switch len(point.Roots) {
	case 0:
		if point.Always {
			return goal + " whatever " + s.Keys[0].Key + " is"
		}
		return fmt.Sprintf("%s for no %s from %s to %s", goal, s.Keys[0].Key, s.Keys[0].Write(point.Low), s.Keys[0].Write(point.High))
	case 1:
		if point.Roots[0].Jump {
			return fmt.Sprintf("%s: %s jumps across %s where %s is %s", s.Scenario.Label, s.Metric, n.one(s.Unit, s.Target), s.Keys[0].Key, s.Keys[0].Write(point.Roots[0].Value))
		}
		return fmt.Sprintf("%s when %s is %s", goal, s.Keys[0].Key, s.Keys[0].place(point.Roots[0]))
	}
	return fmt.Sprintf("%s for %d values of %s", goal, len(point.Roots), s.Keys[0].Key)
}

// searched says which range was searched, and what the metric does in it.
func (s *Solution) searched(n notation, point *SolvedPoint) string {
	text := fmt.Sprintf("searched: %s from %s to %s", s.Keys[0].Key, s.Keys[0].Write(point.Low), s.Keys[0].Write(point.High))
	if math.IsInf(point.Least, 0) {
		return text + ", where the metric is never given"
	}
	return text + fmt.Sprintf(", where the metric goes from %s to %s", n.rounded(s.Unit, point.Least), n.rounded(s.Unit, point.Most))
}

func (s *Solution) roots(n notation) *grid {
	g := &grid{title: "solutions", columns: []column{{s.Keys[0].Key, true}, {"as a flag", false}}}
	for _, root := range s.Points[0].Roots {
		g.rows = append(g.rows, []string{s.Keys[0].place(root), fmt.Sprintf("--set '%s'", s.Keys[0].set(root))})
	}
	return g
}

// line lays out the pairs of two inputs.
func (s *Solution) line() *grid {
	g := &grid{title: "solutions", columns: []column{{s.Keys[0].Key, true}, {s.Keys[1].Key, true}}}
	for i := range s.Points {
		point := &s.Points[i]
		var texts []string
		for _, root := range point.Roots {
			texts = append(texts, s.Keys[1].place(root))
		}
		text := strings.Join(texts, ", ")
		switch {
		case point.Always:
			text = "any"
		case len(texts) == 0:
			text = "none"
		}
		g.rows = append(g.rows, []string{s.Keys[0].Write(point.First), text})
	}
	return g
}

// The parts of the envelope that these commands fill.
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
	jsonSensitivity struct {
		Metric   string         `json:"metric"`
		Unit     calc.Unit      `json:"unit"`
		Value    float64        `json:"value"`
		Samples  int            `json:"samples"`
		Seed     uint64         `json:"seed"`
		Swings   []jsonSwing    `json:"swings"`
		Variance []jsonVariance `json:"variance,omitempty"`
	}
	jsonSwing struct {
		Key        string   `json:"key"`
		Low        float64  `json:"low"`
		High       float64  `json:"high"`
		AtLow      *float64 `json:"at_low,omitempty"`
		AtHigh     *float64 `json:"at_high,omitempty"`
		Assumed    bool     `json:"assumed"`
		Elasticity *float64 `json:"elasticity,omitempty"`
	}
	jsonVariance struct {
		Key   string       `json:"key"`
		First jsonEstimate `json:"first"`
		Total jsonEstimate `json:"total"`
	}
	jsonSolutions struct {
		Metric string      `json:"metric"`
		Unit   calc.Unit   `json:"unit"`
		Target float64     `json:"target"`
		By     []string    `json:"by"`
		Points []jsonPoint `json:"points"`
	}
	jsonPoint struct {
		First  *float64   `json:"first,omitempty"`
		Low    float64    `json:"low"`
		High   float64    `json:"high"`
		Least  *float64   `json:"least,omitempty"`
		Most   *float64   `json:"most,omitempty"`
		Always bool       `json:"always"`
		Roots  []jsonRoot `json:"roots"`
	}
	jsonRoot struct {
		Value  float64  `json:"value"`
		Until  *float64 `json:"until,omitempty"`
		Set    string   `json:"set"`
		Jump   bool     `json:"jump"`
		Before *float64 `json:"before,omitempty"`
		After  *float64 `json:"after,omitempty"`
	}
)

// six rounds a number that was drawn or sought to six decimals.
func six(value float64) float64 { return calc.Ratio.Round(value, 0) }

// sixOrNone is the same for a number that may not be given.
func sixOrNone(value float64) *float64 { return finite(six(value)) }

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

func (s *Sensitivity) toJSON() *jsonSensitivity {
	out := &jsonSensitivity{Metric: s.Metric, Unit: s.Unit, Value: six(s.Base), Samples: s.Samples, Seed: s.Seed, Swings: []jsonSwing{}}
	for _, w := range s.Swings {
		out.Swings = append(out.Swings, jsonSwing{w.Input.Key, six(w.Low), six(w.High), sixOrNone(w.AtLow), sixOrNone(w.AtHigh), w.Assumed, sixOrNone(w.Elasticity)})
	}
	for _, c := range s.Contributions {
		out.Variance = append(out.Variance, jsonVariance{c.Input.Key, jsonEstimate{six(c.First), six(c.FirstError)}, jsonEstimate{six(c.Total), six(c.TotalError)}})
	}
	return out
}

func (s *Solution) toJSON() *jsonSolutions {
	out := &jsonSolutions{Metric: s.Metric, Unit: s.Unit, Target: s.Target}
	for _, key := range s.Keys {
		out.By = append(out.By, key.Key)
	}
	last := s.Keys[len(s.Keys)-1]
	for i := range s.Points {
		p := &s.Points[i]
		point := jsonPoint{Low: p.Low, High: p.High, Least: finite(p.Least), Most: finite(p.Most), Always: p.Always, Roots: []jsonRoot{}}
		if len(s.Keys) == 2 {
			point.First = &p.First
		}
		for _, root := range p.Roots {
			r := jsonRoot{Value: root.Value, Set: last.set(root), Jump: root.Jump}
			if root.Until > root.Value {
				r.Until = &root.Until
			}
			if root.Jump {
				r.Before, r.After = sixOrNone(root.Before), sixOrNone(root.After)
			}
			point.Roots = append(point.Roots, r)
		}
		out.Points = append(out.Points, point)
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

// writeCSV writes a row for each input.
func (s *Sensitivity) writeCSV(w *csv.Writer) {
	_ = w.Write([]string{"scenario", "metric", "key", "low", "high", "at_low", "at_high", "assumed", "elasticity", "first", "first_error", "total", "total_error"})
	for _, swing := range s.Swings {
		row := []string{s.Scenario.Label, s.Metric, swing.Input.Key, plain(six(swing.Low)), plain(six(swing.High)), plain(six(swing.AtLow)), plain(six(swing.AtHigh)),
			fmt.Sprint(swing.Assumed), plain(six(swing.Elasticity)), "", "", "", ""}
		for _, c := range s.Contributions {
			if c.Input.Key == swing.Input.Key {
				copy(row[len(row)-4:], []string{plain(six(c.First)), plain(six(c.FirstError)), plain(six(c.Total)), plain(six(c.TotalError))})
			}
		}
		_ = w.Write(row)
	}
}

// writeCSV writes a row for each solution.
func (s *Solution) writeCSV(w *csv.Writer) {
	_ = w.Write([]string{"scenario", "metric", "target", "first", "value", "until", "set", "jump"})
	last := s.Keys[len(s.Keys)-1]
	for i := range s.Points {
		first := ""
		if len(s.Keys) == 2 {
			first = s.Keys[0].Key + "=" + s.Keys[0].Write(s.Points[i].First)
		}
		for _, root := range s.Points[i].Roots {
			_ = w.Write([]string{s.Scenario.Label, s.Metric, plain(s.Target), first, plain(root.Value), plain(root.Until), last.set(root), fmt.Sprint(root.Jump)})
		}
	}
}
