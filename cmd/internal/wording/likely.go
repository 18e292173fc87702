package wording

import (
	"math"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/results"
)

// withoutClasses is the headline as the calculator gives it. A drawn figure is shown with
// "about", and with its likely range instead of its low and high end.
func (a *Answer) withoutClasses() cell.Template {
	template := a.Report.Headline
	for _, l := range a.Likely {
		name := "{" + l.Metric + "}"
		template = strings.NewReplacer("bout "+name, "bout "+name, name, "about "+name).Replace(template) // not "about about"
	}
	if after, first := strings.CutPrefix(template, "about "); first {
		template = "About " + after
	}
	return a.said(template, a.Report.Terms, func(f *calc.Figure) cell.Cell {
		if l := a.LikelyOf(f.Metric); l != nil {
			return cell.Say("{1} ({2})", a.One(f.Unit, f.Range.Likely), a.likely(f, l))
		}
		return a.ranged(f)
	})
}

// likely gives the range of 90% of a figure's draws. It gives their median too if the
// figure is outside that range or differs from the median by more than a tenth.
func (a *Answer) likely(f *calc.Figure, l *results.Likely) cell.Cell {
	draws := cell.Say("draws")
	if l.Given < 1 {
		draws = cell.Say("the draws that give one")
	}
	total := f.Range.Likely
	if l.P5 == l.P95 {
		return cell.Say("at least 90% of {1}: {2}", draws, a.One(f.Unit, l.P5))
	}
	low, median, high := a.Rough(f.Unit, total, l.P5, l.P50, l.P95)
	ends := cell.Range{Low: low, High: high, InWords: true}
	outside := total < l.P5 || l.P95 < total
	if outside || math.Abs(total-l.P50) > math.Abs(l.P50)/10 {
		return cell.Say("the median is {1}; 90% of {2}: {3}", median, draws, ends)
	}
	return cell.Say("90% of {1}: {2}", draws, ends)
}
