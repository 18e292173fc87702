package render

import (
	"fmt"
	"math"
	"strconv"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/currency"
)

// A Subject names a scenario, without what it holds.
type Subject struct {
	Label, Name string
	Source      scenarios.Source
	Path        string
	Currency    string
	Notes       []calc.Note // on the scenario as a whole
}

// SubjectOf names a scenario.
func SubjectOf(s *scenarios.Scenario) *Subject {
	subject := &Subject{Label: s.Label, Name: s.Name, Source: s.Source, Currency: s.Currency.Code()}
	if s.Source == scenarios.File {
		subject.Path = s.Document.Name
	}
	return subject
}

// ID is what tells the scenario from others: its path, or its label where it has
// none.
func (s *Subject) ID() string {
	if s.Path != "" {
		return s.Path
	}
	return s.Label
}

// A Verdict is a gate judged for one scenario.
type Verdict struct {
	gate.Verdict
	Subject  *Subject
	Place    calc.Place
	Unit     calc.Unit
	Currency currency.Currency
}

// mostVerdicts is how many gates a page shows; of more, those that hold are left
// to csv and json.
const mostVerdicts = 200

// check lays the verdicts out.
func check(d *Document) page {
	failed, fresh := 0, 0
	for i := range d.Verdicts {
		switch d.Verdicts[i].Status {
		case gate.Fail:
			failed++
		case gate.New:
			fresh++
		}
	}
	p := page{{headline: verdict(len(d.Verdicts), failed, fresh)}}
	g := &grid{title: "check", columns: []column{{"verdict", false}, {"scenario", false}, {"gate", false}, {"value", true}, {"over", true}, {"where", false}}}
	left := 0
	for i := range d.Verdicts {
		v := &d.Verdicts[i]
		if len(d.Verdicts) > mostVerdicts && (v.Status == gate.Pass || len(g.rows) >= mostVerdicts) {
			left++
			continue
		}
		g.rows = append(g.rows, []string{mark(v.Status), v.Subject.ID(), v.Gate.Text, v.value(), v.over(), v.where()})
	}
	if len(g.rows) > 0 {
		p = append(p, block{grid: g})
	}
	var lines []string
	for i := range d.Verdicts {
		if v := &d.Verdicts[i]; v.Reason != "" {
			lines = append(lines, v.Gate.Text+": "+v.Reason)
		}
	}
	if left > 0 {
		lines = append(lines, fmt.Sprintf("%d more gates are left out here; --format csv lists them all", left))
	}
	lines = append(lines, noteLines(d.Notes)...)
	if len(lines) > 0 {
		p = append(p, block{lines: lines})
	}
	return p
}

// verdict says in one sentence how it went.
func verdict(gates, failed, fresh int) string {
	text := ""
	switch {
	case gates == 0:
		return "no gates: the scenarios are valid, and nothing was judged"
	case failed > 0:
		text = fmt.Sprintf("%d of %s", failed, count(gates, "gate fails", "gates fail"))
	case fresh == gates:
		text = "nothing was judged"
	default:
		text = fmt.Sprintf("all %s hold", count(gates-fresh, "gate", "gates"))
		if gates-fresh == 1 {
			text = "the one gate holds"
		}
	}
	if fresh > 0 {
		text += fmt.Sprintf("; %s new, without a baseline", count(fresh, "is", "are"))
	}
	return text
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// mark is how a status stands in a table.
func mark(s gate.Status) string {
	switch s {
	case gate.Fail:
		return "FAIL"
	case gate.New:
		return "new"
	}
	return "pass"
}

// terms writes a number in the terms of the gate's limit: a relative change as a
// percentage, a change of shares in points.
func (v *Verdict) terms(value float64) string {
	unit := v.Unit
	switch {
	case v.Status == gate.New: // the metric itself stands there, and no change
	case v.Gate.Change && v.Gate.By == gate.Relative:
		unit = calc.Share
	case v.Gate.Change && unit == calc.Share:
		unit = calc.Points
	}
	n := notation{v.Currency}
	digits := n.digits(unit, value)
	for digits < mostDigits && v.hides(unit, value, digits) {
		digits++
	}
	return n.number(unit, value, digits)
}

// mostDigits is how many digits were judged.
const mostDigits = 6

// hides tells whether a number that is written with so few digits would read as
// if the verdict were the other one.
func (v *Verdict) hides(unit calc.Unit, value float64, digits int) bool {
	scale := math.Pow10(digits)
	if unit == calc.Share || unit == calc.Points {
		scale *= 100
	}
	return v.Gate.Op.Holds(math.Round(value*scale)/scale, v.Gate.Limit) != v.Gate.Op.Holds(value, v.Gate.Limit)
}

// value is what was judged.
func (v *Verdict) value() string {
	switch r := v.Value; {
	case math.IsNaN(r.Likely):
		return ""
	case r.Exact():
		return v.terms(r.Likely)
	default:
		return v.terms(r.Low) + "–" + v.terms(r.High)
	}
}

// over says by how much the limit is broken, and what percentage of it that is.
func (v *Verdict) over() string {
	if v.Status != gate.Fail || math.IsNaN(v.Over) {
		return ""
	}
	word := "over by "
	if v.Gate.Op == gate.AtLeast || v.Gate.Op == gate.Above {
		word = "short by "
	}
	if v.Over == 0 { // which < and > do not let pass
		return "the limit itself"
	}
	n := notation{v.Currency}
	text := word + v.terms(v.Over)
	if v.Unit == calc.Share && !v.Gate.Change {
		text = word + n.one(calc.Points, v.Over)
	}
	if v.Unit.Kin() == calc.Money && v.Gate.By != gate.Relative {
		text = word + v.Currency.Format(v.Over, v.Currency.Minor())
	}
	if v.Gate.Limit != 0 {
		text += ", " + n.one(calc.Share, math.Abs(v.Over/v.Gate.Limit))
	}
	return text
}

// where names the place of the gate.
func (v *Verdict) where() string {
	if v.Place.Document.Name == "--gate" {
		return "--gate"
	}
	return fmt.Sprintf("%s:%d", v.Place.Document.Name, v.Place.Line)
}
