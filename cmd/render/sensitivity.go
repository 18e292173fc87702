package render

import (
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/scenarios"
)

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

// sensitivity lays a tornado out, and what each input has to say in the metric.
func sensitivity(d *Document) page {
	s := d.Sensitivity
	n := notation{s.Scenario.Currency}
	p := page{{headline: s.headline(n)}}
	if len(s.Swings) > 0 {
		p = append(p, block{picture: s.picture(n)}, block{grid: s.tornado(n)}, block{grid: s.shares(n)})
	}
	return append(p, block{lines: append(s.remarks(n), noteLines(d.Notes)...)})
}

func (s *Sensitivity) headline(n notation) string {
	if len(s.Swings) == 0 {
		return fmt.Sprintf("%s: nothing moves %s, which is %s", s.Scenario.Label, s.Metric, n.one(s.Unit, s.border(s.Base)))
	}
	first, digits := s.Swings[0], s.digits(n)
	moves := fmt.Sprintf("moves %s from %s to %s (likely %s)", s.Metric,
		n.number(s.Unit, first.AtLow, digits), n.number(s.Unit, first.AtHigh, digits), n.number(s.Unit, s.Base, digits))
	if len(s.Contributions) > 0 && s.Contributions[0].Input.Key != first.Input.Key {
		// The widest reach and the greatest share of the variance are two answers.
		return fmt.Sprintf("%s: %s reaches furthest: it %s; %s explains the most variance", s.Scenario.Label, first.Input.Key, moves, s.Contributions[0].Input.Key)
	}
	return fmt.Sprintf("%s: %s matters most: it %s", s.Scenario.Label, first.Input.Key, moves)
}

// digits is how many digits after the point show a hundredth of the widest swing.
func (s *Sensitivity) digits(n notation) int {
	least, most := s.ends()
	return n.resolve(s.Unit, 100, least, most, s.Base)
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

// name is an input's key, marked where its swing is assumed.
func name(s *whatif.Swing) string {
	if s.Assumed {
		return s.Input.Key + " *"
	}
	return s.Input.Key
}

// picture draws the tornado for a page.
func (s *Sensitivity) picture(n notation) *picture {
	digits := s.digits(n)
	p := &picture{kind: spansPicture, base: s.Base, title: fmt.Sprintf("%s, input by input: what becomes of it towards the low end of each (light) and the high end (dark); the line is %s, with all at their likely values",
		s.Metric, n.number(s.Unit, s.Base, digits))}
	for i := range s.Swings {
		w := &s.Swings[i]
		if math.IsNaN(w.AtLow + w.AtHigh) {
			continue
		}
		p.bars = append(p.bars, bar{label: name(w), text: n.number(s.Unit, w.AtLow, digits) + " to " + n.number(s.Unit, w.AtHigh, digits), from: w.AtLow, to: w.AtHigh})
	}
	return p
}

func (s *Sensitivity) tornado(n notation) *grid {
	g := &grid{title: s.Metric, bars: true, columns: []column{{"input", false}, {"low", true}, {"high", true}, {"at low", true}, {"at high", true}, {"▒ low, █ high", false}}}
	digits := s.digits(n)
	for i := range s.Swings {
		w := &s.Swings[i]
		unit := w.Input.Unit
		if w.Input.By == calc.ByPoints { // which is not so many percent of itself
			unit = calc.Points
		}
		g.rows = append(g.rows, []string{name(w), n.given(unit, calc.Exactly(w.Low)), n.given(unit, calc.Exactly(w.High)),
			n.number(s.Unit, w.AtLow, digits), n.number(s.Unit, w.AtHigh, digits), s.bar(w)})
	}
	return g
}

// bar draws a bar for a terminal, light from the middle of the tornado to what the
// low end does, and dark to what the high end does.
func (s *Sensitivity) bar(w *whatif.Swing) string {
	const room = 20
	least, most := s.ends()
	if math.IsNaN(w.AtLow+w.AtHigh) || least == most {
		return ""
	}
	at := func(x float64) int { return int(math.Round((x - least) / (most - least) * room)) }
	// The table trims blanks, so that dots hold the place before a bar.
	cells := []rune(strings.Repeat("·", room))
	paint := func(to float64, with rune) {
		for i := min(at(s.Base), at(to)); i < max(at(s.Base), at(to)); i++ {
			cells[i] = with
		}
	}
	const light, dark, thin = '▒', '█', "▏"
	if math.Abs(w.AtLow-s.Base) > math.Abs(w.AtHigh-s.Base) { // where both lie on one side the shorter is seen
		paint(w.AtLow, light)
		paint(w.AtHigh, dark)
	} else {
		paint(w.AtHigh, dark)
		paint(w.AtLow, light)
	}
	if !slices.Contains(cells, light) && !slices.Contains(cells, dark) {
		return string(cells[:at(s.Base)]) + thin
	}
	return strings.TrimRight(string(cells), "·")
}

// shares lays out how wide each swing is, the elasticities and, of ranges, the
// shares of variance.
func (s *Sensitivity) shares(n notation) *grid {
	g := &grid{title: "shares", columns: []column{{"input", false}, {"swing", true}, {"elasticity", true}}}
	if len(s.Contributions) > 0 {
		g.columns = append(g.columns, column{"variance, first-order", true}, column{"total-order", true})
	}
	digits, alone := s.digits(n), 0.0
	for i := range s.Swings {
		w := &s.Swings[i]
		elasticity := ""
		if !math.IsNaN(w.Elasticity) {
			elasticity = fixed(w.Elasticity, 2)
		}
		row := []string{name(w), n.difference(s.Unit, w.Width(), digits), elasticity}
		if len(s.Contributions) > 0 {
			row = append(row, "", "")
			if c := s.contribution(w); c != nil {
				copy(row[3:], []string{explained(c.First, c.FirstError), explained(c.Total, c.TotalError)})
			}
		}
		g.rows = append(g.rows, row)
	}
	if len(s.Contributions) > 0 {
		for _, c := range s.Contributions {
			alone += c.First
		}
		g.rows = append(g.rows, []string{"sum", "", "", fixed(alone*100, 1) + "%", ""})
	}
	return g
}

// contribution finds what an input explains of the variance; nil where it is no
// range.
func (s *Sensitivity) contribution(w *whatif.Swing) *whatif.Contribution {
	for i := range s.Contributions {
		if s.Contributions[i].Input == w.Input {
			return &s.Contributions[i]
		}
	}
	return nil
}

// explained writes a share of variance with its error, both in per cent.
func explained(share, err float64) string {
	percent := func(share float64) string { return fixed(math.Round(share*1000)/10+0, 1) } // without a minus before zero
	return percent(share) + " ± " + percent(err) + "%"
}

// remarks say what the numbers are, and what is assumed.
func (s *Sensitivity) remarks(n notation) (lines []string) {
	switch {
	case len(s.Contributions) > 0:
		lines = append(lines, fmt.Sprintf("shares of variance from %s samples, seed %d; ± is one standard error", fixed(float64(s.Samples), 0), s.Seed),
			"first-order: by itself, Sobol's index (Saltelli 2010)",
			"total-order: with what it does through others (Jansen 1999)")
	case s.Ranges == 0:
		lines = append(lines, "no input is a range, so there is no variance to share out")
	default:
		lines = append(lines, "the ranges leave the metric as it is, or some draws do not give it, so there is no variance to share out")
	}
	if slices.ContainsFunc(s.Swings, func(w whatif.Swing) bool { return w.Assumed }) {
		lines = append(lines, fmt.Sprintf("* no range is given: swung by %s to either side", n.one(calc.Share, s.Swing)))
	}
	if s.Correlated {
		lines = append(lines, "the correlations of the scenario are left out: each input is swung and drawn by itself")
	}
	for _, in := range s.Scenario.Inputs {
		if in.Word == "book" {
			lines = append(lines, "under rule book the metric moves in steps of whole people: a small swing may do nothing, and an elasticity is the slope between two steps")
		}
	}
	return lines
}

// border rounds the metric as every command does.
func (s *Sensitivity) border(value float64) float64 {
	return s.Unit.Round(value, s.Scenario.Currency.Minor())
}

// The part of the envelope that sensitivity fills.
type (
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
)

func (s *Sensitivity) toJSON() *jsonSensitivity {
	out := &jsonSensitivity{Metric: s.Metric, Unit: s.Unit, Value: s.border(s.Base), Samples: s.Samples, Seed: s.Seed, Swings: []jsonSwing{}}
	for _, w := range s.Swings {
		out.Swings = append(out.Swings, jsonSwing{w.Input.Key, six(w.Low), six(w.High), finite(s.border(w.AtLow)), finite(s.border(w.AtHigh)), w.Assumed, finite(six(w.Elasticity))})
	}
	for _, c := range s.Contributions {
		out.Variance = append(out.Variance, jsonVariance{c.Input.Key, jsonEstimate{six(c.First), six(c.FirstError)}, jsonEstimate{six(c.Total), six(c.TotalError)}})
	}
	return out
}

// writeCSV writes a row for each input.
func (s *Sensitivity) writeCSV(w *csv.Writer) {
	_ = w.Write([]string{"scenario", "metric", "key", "low", "high", "at_low", "at_high", "assumed", "elasticity", "first", "first_error", "total", "total_error"})
	for _, swing := range s.Swings {
		row := []string{s.Scenario.Label, s.Metric, swing.Input.Key, plain(six(swing.Low)), plain(six(swing.High)), plain(s.border(swing.AtLow)), plain(s.border(swing.AtHigh)),
			fmt.Sprint(swing.Assumed), plain(six(swing.Elasticity)), "", "", "", ""}
		if c := s.contribution(&swing); c != nil {
			copy(row[len(row)-4:], []string{plain(six(c.First)), plain(six(c.FirstError)), plain(six(c.Total)), plain(six(c.TotalError))})
		}
		_ = w.Write(row)
	}
}
