package document

import (
	"fmt"
	"math"
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/results"
)

// A swinger describes a sensitivity. It shows values of the metric with enough digits to
// show a hundredth of the widest swing.
type swinger struct {
	cell.NumberFormat
	*results.Sensitivity
	least, most float64 // the lowest and highest value of the metric
	digits      int
}

func newSwinger(s *results.Sensitivity) *swinger {
	out := &swinger{NumberFormat: cell.NumberFormat{Currency: s.Scenario.Currency}, Sensitivity: s, least: s.Base, most: s.Base}
	for _, w := range s.Swings {
		for _, x := range [...]float64{w.From, w.To} {
			if !math.IsNaN(x) {
				out.least, out.most = min(out.least, x), max(out.most, x)
			}
		}
	}
	out.digits = out.Resolve(s.Unit, 100, out.least, out.most, s.Base)
	return out
}

// value shows a value of the metric.
func (s *swinger) value(x float64) cell.Number { return s.Number(s.Unit, x, s.digits) }

// sensitivity describes a tornado, and how much of the variance each input explains.
func sensitivity(d *Document, result *results.Result) {
	if result.Sensitivity == nil {
		return
	}
	s := newSwinger(result.Sensitivity)
	d.of(s.Scenario)
	d.Data = s.data
	d.headline(s.headline())
	if len(s.Swings) > 0 {
		d.chart(s.chart())
		d.table(s.tornado())
		d.table(s.shares())
	}
	d.notes(append(s.remarks(), d.Notes...))
}

func (s *swinger) headline() cell.Cell {
	label, metric := cell.Words(s.Scenario.Label), cell.Words(s.Metric)
	if len(s.Swings) == 0 {
		return cell.Say("{1}: nothing moves {2}, which is {3}", label, metric, s.One(s.Unit, s.Value))
	}
	first := &s.Swings[0]
	arguments := []cell.Cell{label, cell.Words(first.Key), metric, s.value(first.From), s.value(first.To), s.value(s.Base)}
	if len(s.Contributions) > 0 && s.Contributions[0].Key != first.Key {
		// The input with the widest swing need not explain the most variance.
		return cell.Say("{1}: {2} has the widest swing: it moves {3} from {4} to {5} (likely {6}); {7} explains the most variance", append(arguments, cell.Words(s.Contributions[0].Key))...)
	}
	return cell.Say("{1}: {2} matters most: it moves {3} from {4} to {5} (likely {6})", arguments...)
}

// swung shows an input's key, with a mark if its swing is assumed.
func swung(s *results.Swing) cell.Cell {
	if s.Assumed {
		return cell.Say("{1} *", cell.Words(s.Key))
	}
	return cell.Words(s.Key)
}

func (s *swinger) chart() *Chart {
	c := &Chart{Kind: calc.Spans, Base: s.Base,
		Title: cell.Say("{1} at the low end of each input (light) and at the high end (dark); the line is {2}, with all inputs at their likely values", cell.Words(s.Metric), s.value(s.Base))}
	for i := range s.Swings {
		w := &s.Swings[i]
		if low, high := w.From, w.To; !math.IsNaN(low + high) {
			c.Parts = append(c.Parts, Part{Label: swung(w), Text: cell.Say("{1} to {2}", s.value(low), s.value(high)), From: low, To: high})
		}
	}
	return c
}

func (s *swinger) tornado() *Table {
	t := &Table{Title: cell.Words(s.Metric), Columns: []Column{left(cell.Say("input")), right(cell.Say("low")), right(cell.Say("high")), right(cell.Say("at low")), right(cell.Say("at high")), {Name: cell.Say("▒ low, █ high"), Bars: true}}}
	for i := range s.Swings {
		w := &s.Swings[i]
		unit := w.Input.Unit
		switch {
		case len(w.Input.List) > 0: // a list is swung by a share of all its numbers
			unit = quantity.Share
		case w.Input.By == quantity.ByPoints: // a swing of it is in points, and not a percentage of itself
			unit = quantity.Points
		}
		t.add(swung(w), s.Given(unit, quantity.Exactly(float64(w.Low))), s.Given(unit, quantity.Exactly(float64(w.High))), s.value(w.From), s.value(w.To), s.bar(w))
	}
	return t
}

// bar draws a swing in characters; nil if there is none.
func (s *swinger) bar(w *results.Swing) cell.Cell {
	const width = 20
	if math.IsNaN(w.From+w.To) || s.least == s.most {
		return nil
	}
	part := func(x float64) float64 { return (x - s.least) / (s.most - s.least) }
	return cell.Bar{Base: part(s.Base), Low: part(w.From), High: part(w.To), Width: width, Swing: true}
}

// shares shows the width of each swing, the elasticities and, for ranges, the shares of
// variance.
func (s *swinger) shares() *Table {
	t := &Table{Title: cell.Say("shares"), Columns: []Column{left(cell.Say("input")), right(cell.Say("swing")), right(cell.Say("elasticity"))}}
	explained := len(s.Contributions) > 0
	if explained {
		t.Columns = append(t.Columns, right(cell.Say("variance, first-order")), right(cell.Say("total-order")))
	}
	for i := range s.Swings {
		w := &s.Swings[i]
		row := []cell.Cell{swung(w), s.Difference(s.Unit, w.Width, s.digits), cell.Number{Value: float64(w.Elasticity), Unit: quantity.Ratio, Digits: 2}}
		if explained {
			row = append(row, nil, nil)
		}
		if c := s.contribution(w); c != nil {
			row[3], row[4] = explanation(c.First), explanation(c.Total)
		}
		t.add(row...)
	}
	if explained {
		sum := 0.0
		for _, c := range s.Contributions {
			sum += float64(c.First.Value)
		}
		t.add(cell.Say("sum"), nil, nil, percent(sum), nil)
	}
	return t
}

// contribution finds an input's share of the variance; nil if the input is not a range.
func (s *swinger) contribution(w *results.Swing) *results.Contribution {
	i := slices.IndexFunc(s.Contributions, func(c results.Contribution) bool { return c.Key == w.Key })
	if i < 0 {
		return nil
	}
	return &s.Contributions[i]
}

func explanation(e results.Estimate) cell.Estimate {
	return cell.Estimate{Value: percent(float64(e.Value)), Error: percent(float64(e.Error))}
}

// percent shows a share of variance, with one digit after the point. It is an estimate,
// and may be below 0% or above 100%.
func percent(share float64) cell.Number {
	const tenths = 1000
	return cell.Number{Value: math.Round(share*tenths)/10 + 0, Unit: cell.Percent, Digits: 1} // + 0 removes the sign of -0
}

// remarks explain the numbers, and what is assumed.
func (s *swinger) remarks() []Note {
	var lines []cell.Cell
	switch {
	case len(s.Contributions) > 0:
		lines = append(lines, cell.Say("shares of variance from {1} samples, seed {2}; ± is one standard error", cell.Count(s.Samples), cell.Words(fmt.Sprint(s.Seed))),
			cell.Say("first-order: by itself, Sobol's index (Saltelli 2010)"),
			cell.Say("total-order: with what it does through others (Jansen 1999)"))
	case s.Ranges == 0:
		lines = append(lines, cell.Say("no input is a range, so there is no variance to share out"))
	default:
		lines = append(lines, cell.Say("the ranges leave the metric as it is, or some draws do not give it, so there is no variance to share out"))
	}
	if slices.ContainsFunc(s.Swings, func(w results.Swing) bool { return w.Assumed }) {
		lines = append(lines, cell.Say("* no range is given: swung by {1} to either side", s.One(quantity.Share, s.Swing)))
	}
	if s.Correlated {
		lines = append(lines, cell.Say("the correlations of the scenario are left out: each input is swung and drawn by itself"))
	}
	lines = append(lines, counted(s.Counts)...)
	for _, remark := range s.Remarks {
		lines = append(lines, cell.Say(remark))
	}
	return remarks(lines...)
}

// counted says how lists of counts are drawn.
func counted(keys []string) (lines []cell.Cell) {
	for _, key := range keys {
		lines = append(lines, cell.Say("{1}, sampling of the counts: each number is drawn from the binomial distribution with the chance that was counted", cell.Words(key)))
	}
	return lines
}

// data has a row for each input.
func (s *swinger) data() Data {
	data := Data{Columns: []string{"scenario", "metric", "key", "low", "high", "at_low", "at_high", "assumed", "elasticity", "first", "first_error", "total", "total_error"}}
	for i := range s.Swings {
		w := &s.Swings[i]
		row := []cell.Cell{cell.Words(s.Scenario.Label), cell.Words(s.Metric), cell.Words(w.Key), cell.Raw(w.Low.Rounded()), cell.Raw(w.High.Rounded()), cell.Raw(float64(w.AtLow)), cell.Raw(float64(w.AtHigh)),
			cell.Words(fmt.Sprint(w.Assumed)), cell.Raw(w.Elasticity.Rounded()), nil, nil, nil, nil}
		if c := s.contribution(w); c != nil {
			copy(row[len(row)-4:], []cell.Cell{cell.Raw(c.First.Value.Rounded()), cell.Raw(c.First.Error.Rounded()), cell.Raw(c.Total.Value.Rounded()), cell.Raw(c.Total.Error.Rounded())})
		}
		data.add(row...)
	}
	return data
}
