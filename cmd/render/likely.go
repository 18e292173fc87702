package render

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/whatif"
)

// A Likely is what draws say of a figure in a headline, rounded as the figure is.
type Likely struct {
	Metric             string
	Given              float64 // the share of the draws that give it; all that follows is of those
	P5, P50, P95, Mean float64
}

// NewLikely is what the distribution of a figure says, with money rounded to minor
// digits.
func NewLikely(f *calc.Figure, d *whatif.Distribution, minor int) Likely {
	round := func(value float64) float64 { return f.Unit.Round(value, minor) }
	return Likely{f.Metric, d.Given, round(d.Quantiles[p5]), round(d.Quantiles[p50]), round(d.Quantiles[p95]), round(d.Mean)}
}

// likely finds what draws say of a metric, or nil.
func (a *Answer) likely(metric string) *Likely {
	for i := range a.Likely {
		if a.Likely[i].Metric == metric {
			return &a.Likely[i]
		}
	}
	return nil
}

// told expands the headline. A figure that was drawn is about what it is, and
// what is likely of it stands in the place of its ends.
func (w words) told() string {
	template := w.answer.Report.Headline
	for _, l := range w.answer.Likely {
		name := "{" + l.Metric + "}"
		template = strings.NewReplacer("bout "+name, "bout "+name, name, "about "+name).Replace(template) // once is enough
	}
	if after, first := strings.CutPrefix(template, "about "); first {
		template = "About " + after
	}
	return w.said(template, w.answer.Report.Terms, func(f *calc.Figure) string {
		if l := w.answer.likely(f.Metric); l != nil {
			return w.one(f.Unit, f.Range.Likely) + " (" + w.likely(f, l) + ")"
		}
		return w.ranged(f)
	})
}

// likely says where nine in ten draws of a figure lie; and their middle, where the
// figure is not among them or more than a tenth from it.
func (w words) likely(f *calc.Figure, l *Likely) string {
	draws := "draws"
	if l.Given < 1 {
		draws = "the draws that give one"
	}
	total := f.Range.Likely
	if l.P5 == l.P95 {
		return "at least 90% of " + draws + ": " + w.one(f.Unit, l.P5)
	}
	text := "90% of " + draws + ": "
	outside := total < l.P5 || l.P95 < total
	low, middle, high := w.rough(f.Unit, total, l)
	if outside || math.Abs(total-l.P50) > math.Abs(l.P50)/10 {
		text = "the median is " + middle + "; " + text
	}
	return text + ends(f.Unit, low, " to ", high)
}

// rough writes the quantiles with two significant digits, or as many as it takes to
// tell the ends apart and to leave each on its side of the total.
func (n notation) rough(unit calc.Unit, total float64, l *Likely) (low, middle, high string) {
	const most = 17 // which tell any two numbers apart, however large
	for figures := 2; ; figures++ {
		from, low := n.significant(unit, l.P5, figures)
		_, middle := n.significant(unit, l.P50, figures)
		to, high := n.significant(unit, l.P95, figures)
		if figures == most || from < to && keepsSide(from, l.P5, total) && keepsSide(to, l.P95, total) {
			return low, middle, high
		}
	}
}

// keepsSide tells whether a value, as it is shown, lies on that side of the total where
// it does lie, or on the total.
func keepsSide(shown, value, total float64) bool {
	return shown == total || cmp.Compare(shown, total) == cmp.Compare(value, total)
}

// significant rounds a number to so many significant digits and writes it. A whole
// number of fewer digits has none after the point, and none has more than are exported.
func (n notation) significant(unit calc.Unit, value float64, figures int) (rounded float64, text string) {
	scale, most := 1.0, unit.Digits(n.currency.Minor())
	if unit == calc.Share || unit == calc.Points {
		scale, most = 100, most-2 // as it is written
	}
	shown := calc.Ratio.Round(value*scale, 0)
	text = strconv.FormatFloat(shown, 'e', figures-1, 64)
	rounded, _ = strconv.ParseFloat(text, 64)
	exponent, _ := strconv.Atoi(text[strings.IndexByte(text, 'e')+1:])
	digits := min(max(0, figures-1-exponent), most)
	switch {
	case rounded == shown && rounded == math.Trunc(rounded):
		digits = 0
	case digits > 0 && unit.Kin() == calc.Money:
		digits = most
	}
	if rounded = unit.Round(rounded/scale, n.currency.Minor()); unit == calc.Share && rounded == 1 {
		rounded = value // what is nearly all is not written as all
	}
	return rounded, n.number(unit, rounded, digits)
}
