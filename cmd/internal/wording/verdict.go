package wording

import (
	"math"

	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/results"
)

// UnjudgedWords are the words for what was not judged.
var UnjudgedWords = map[results.UnjudgedKind]struct{ One, Many string }{
	results.ScenarioAdded:   {"scenario is new", "scenarios are new"},
	results.ScenarioRemoved: {"scenario was removed", "scenarios were removed"},
	results.WithoutGates:    {"scenario has no gates", "scenarios have no gates"},
	results.GateRemoved:     {"gate was removed", "gates were removed"},
	results.GateLoosened:    {"gate was loosened", "gates were loosened"},
	results.GateNew:         {"gate is new", "gates are new"},
	results.BaseUnread:      {"baseline cannot be read", "baselines cannot be read"},
	results.Acknowledged:    {"weak figure is newly acknowledged", "weak figures are newly acknowledged"},
}

// Why says what is known about something that was not judged.
func Why(u *results.Unjudged) cell.Cell {
	if u.Was != "" {
		return cell.Say("it was {1}", cell.Words(u.Was))
	}
	return cell.Words(u.Reason)
}

// Unjudged says in one line what was not judged.
func Unjudged(u *results.Unjudged) cell.Cell {
	text := cell.Say("{1}: "+UnjudgedWords[u.Kind].One, cell.Words(u.Scenario))
	if u.Gate != "" {
		text = cell.Say("{1}: {2}", text, cell.Words(u.Gate))
	}
	if u.Was != "" || u.Reason != "" {
		text = cell.Say("{1}: {2}", text, Why(u))
	}
	return text
}

// inTermsOfLimit shows a number in the unit of the gate's limit: a relative change as a
// percentage, a change of shares in points.
func inTermsOfLimit(v *results.Verdict, value float64) cell.Number {
	unit := v.Unit
	n := cell.NumberFormat{Currency: v.Currency}
	const most = 6 // digits that are judged
	digits := n.Digits(unit, value)
	for digits < most && hides(v, unit, value, digits) {
		digits++
	}
	return n.Number(unit, value, digits)
}

// hides reports whether a number with so few digits would read as the opposite verdict.
func hides(v *results.Verdict, unit quantity.Unit, value float64, digits int) bool {
	scale := math.Pow10(digits)
	if unit == quantity.Share || unit == quantity.Points {
		scale *= 100
	}
	return v.Op.Holds(math.Round(value*scale)/scale, v.Limit) != v.Op.Holds(value, v.Limit)
}

// Judged shows the value that was judged.
func Judged(v *results.Verdict) cell.Cell {
	switch low, high := float64(v.Low), float64(v.High); {
	case v.Value.IsZero():
		return nil
	case v.Probability != nil:
		n := cell.NumberFormat{Currency: v.Currency}
		return cell.Estimate{Value: inTermsOfLimit(v, low), Error: n.Difference(quantity.Share, float64(v.Probability.Error), 1)}
	case low == high:
		return inTermsOfLimit(v, low)
	default:
		return cell.Say("{1}–{2}", inTermsOfLimit(v, low), inTermsOfLimit(v, high))
	}
}

// Over says by how much the limit is exceeded or missed, and what percentage of the limit
// that is. Of a gate on a chance it says whether the limit is within the error.
func Over(v *results.Verdict) cell.Cell {
	if v.Status == gate.New {
		return cell.Words(v.Reason)
	}
	by := beyond(v)
	if v.Probability == nil || math.Abs(float64(v.Value)-v.Limit) > float64(v.Probability.Error) || v.Probability.Error == 0 {
		return by
	}
	within := cell.Say("the limit is within the error: draw more with --trials")
	if by == nil {
		return within
	}
	return cell.List{Items: []cell.Cell{by, within}, Join: cell.Sentences}
}

// beyond says by how much the limit is exceeded or missed; nil if it is not.
func beyond(v *results.Verdict) cell.Cell {
	if v.Over.IsZero() {
		return nil
	}
	excess := float64(v.Over)
	if excess == 0 { // < and > exclude the limit
		return cell.Say("the limit itself")
	}
	n := cell.NumberFormat{Currency: v.Currency}
	amount := inTermsOfLimit(v, excess)
	switch {
	case v.Unit == quantity.Share && v.Change:
		amount = n.Number(quantity.Points, excess, n.Digits(quantity.Share, excess))
	case v.Unit == quantity.Share:
		amount = n.One(quantity.Points, excess)
	case v.Unit.Kin() == quantity.Money:
		amount = n.Number(quantity.Money, excess, v.Currency.Minor())
	}
	short := v.Op == gate.AtLeast || v.Op == gate.Above
	part := n.One(quantity.Share, math.Abs(excess/v.Limit))
	switch {
	case v.Limit == 0 && short:
		return cell.Say("short by {1}", amount)
	case v.Limit == 0:
		return cell.Say("over by {1}", amount)
	case short:
		return cell.Say("short by {1}, {2}", amount, part)
	}
	return cell.Say("over by {1}, {2}", amount, part)
}

// Where returns the place of a gate.
func Where(v *results.Verdict) cell.Cell {
	if v.File == "--gate" {
		return cell.Words(v.File)
	}
	return Located(v.Location)
}

// Located shows as much of a location as is known.
func Located(l results.Location) cell.Cell {
	if l.Line == 0 {
		return cell.Words(l.File)
	}
	return cell.Place{File: l.File, Line: l.Line}
}

// Verdict says in one line how a gate was judged.
func Verdict(v *results.Verdict) cell.Cell {
	whose, text := cell.Words(v.Subject.ID()), cell.Words(v.Gate)
	switch {
	case v.Status == gate.New:
		return cell.Say("{1}: {2}: new, {3}", whose, text, cell.Say(v.Reason))
	case v.Reason != "":
		return cell.Say("{1}: {2}: {3}", whose, text, cell.Say(v.Reason))
	case v.Status == gate.Pass:
		return cell.Say("{1}: {2}: {3}", whose, text, Judged(v))
	}
	return cell.Say("{1}: {2}: {3} is {4}", whose, text, Judged(v), Over(v))
}

// Complaint says an error in one line.
func Complaint(p *results.Problem) cell.Cell {
	if p.Hint == "" {
		return cell.Words(p.Message)
	}
	return cell.Say("{1} ({2})", cell.Words(p.Message), cell.Words(p.Hint))
}
