package document

import (
	"math"

	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/results"
)

// mostVerdicts is how many gates a table shows. If there are more, those that hold are
// only in csv and json.
const mostVerdicts = 200

// check describes the verdicts of gates.
func check(d *Document, result *results.Result) {
	if result.Status == "" {
		return
	}
	d.Data = func() Data { return verdictData(result.Verdicts) }
	d.Headline = verdictsInOneSentence(result.Verdicts)
	d.headline(d.Headline)
	t := &Table{Title: cell.Say("check"), Columns: []Column{left(cell.Say("verdict")), left(cell.Say("scenario")), left(cell.Say("gate")), right(cell.Say("value")), right(cell.Say("over")), left(cell.Say("where"))}}
	leftOut := 0
	var notes []Note
	for i := range result.Verdicts {
		v := &result.Verdicts[i]
		if v.Reason != "" {
			notes = append(notes, Note{Text: cell.Say("{1}: {2}", cell.Words(v.Gate), cell.Say(v.Reason))})
		}
		if len(result.Verdicts) > mostVerdicts && (v.Status == gate.Pass || len(t.Rows) >= mostVerdicts) {
			leftOut++
			continue
		}
		t.add(cell.Say(marks[v.Status]), cell.Words(v.Subject.ID()), cell.Words(v.Gate), judged(v), over(v), Where(v))
	}
	if len(t.Rows) > 0 {
		d.table(t)
	}
	if leftOut > 0 {
		notes = append(notes, remarks(cell.Say("{1} more gates are left out here; --format csv lists them all", cell.Count(leftOut)))...)
	}
	d.notes(append(notes, d.Notes...))
}

// verdictsInOneSentence counts the gates that hold and fail.
func verdictsInOneSentence(verdicts []results.Verdict) cell.Cell {
	gates, failed, fresh := len(verdicts), 0, 0
	for i := range verdicts {
		switch verdicts[i].Status {
		case gate.Fail:
			failed++
		case gate.New:
			fresh++
		}
	}
	var text cell.Cell
	switch held := gates - fresh; {
	case gates == 0:
		return cell.Say("no gates: the scenarios are valid, and nothing was judged")
	case failed > 0 && gates == 1:
		text = cell.Say("1 of 1 gate fails")
	case failed > 0:
		text = cell.Say("{1} of {2} gates fail", cell.Count(failed), cell.Count(gates))
	case held == 0:
		text = cell.Say("nothing was judged")
	case held == 1:
		text = cell.Say("the one gate holds")
	default:
		text = cell.Say("all {1} gates hold", cell.Count(held))
	}
	switch fresh {
	case 0:
		return text
	case 1:
		return cell.List{Items: []cell.Cell{text, cell.Say("1 is new, without a baseline")}, Join: cell.Sentences}
	}
	return cell.List{Items: []cell.Cell{text, cell.Say("{1} are new, without a baseline", cell.Count(fresh))}, Join: cell.Sentences}
}

// marks are the words for the statuses in a table.
var marks = map[gate.Status]string{gate.Pass: "pass", gate.Fail: "FAIL", gate.New: "new"}

// inTermsOfLimit shows a number in the unit of the gate's limit: a relative change as a
// percentage, a change of shares in points.
func inTermsOfLimit(v *results.Verdict, value float64) cell.Number {
	unit := v.Unit
	switch {
	case v.Status == gate.New: // the value is the metric itself, and no change
	case v.Change && v.By == gate.Relative:
		unit = quantity.Share
	case v.Change && unit == quantity.Share:
		unit = quantity.Points
	}
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

// judged shows the value that was judged.
func judged(v *results.Verdict) cell.Cell {
	switch low, high := float64(v.Low), float64(v.High); {
	case v.Value.IsZero():
		return nil
	case low == high:
		return inTermsOfLimit(v, low)
	default:
		return cell.Say("{1}–{2}", inTermsOfLimit(v, low), inTermsOfLimit(v, high))
	}
}

// over says by how much the limit is exceeded or missed, and what percentage of the limit
// that is.
func over(v *results.Verdict) cell.Cell {
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
	case v.Unit == quantity.Share && !v.Change:
		amount = n.One(quantity.Points, excess)
	case v.Unit.Kin() == quantity.Money && v.By != gate.Relative:
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
	return cell.Place{File: v.File, Line: v.Line}
}

// Verdict says in one line how a gate was judged.
func Verdict(v *results.Verdict) cell.Cell {
	whose, text := cell.Words(v.Subject.ID()), cell.Words(v.Gate)
	switch {
	case v.Status == gate.New:
		return cell.Say("{1}: {2}: new, without a baseline", whose, text)
	case v.Reason != "":
		return cell.Say("{1}: {2}: {3}", whose, text, cell.Say(v.Reason))
	case v.Status == gate.Pass:
		return cell.Say("{1}: {2}: {3}", whose, text, judged(v))
	}
	return cell.Say("{1}: {2}: {3} is {4}", whose, text, judged(v), over(v))
}

// verdictData has a row for each gate.
func verdictData(verdicts []results.Verdict) Data {
	data := Data{Columns: []string{"scenario", "gate", "status", "value", "limit", "over", "file", "line"}}
	for i := range verdicts {
		v := &verdicts[i]
		data.add(cell.Words(v.Scenario), cell.Words(v.Gate), cell.Words(v.Status), cell.Raw(float64(v.Value)), cell.Raw(v.Limit), cell.Raw(v.Over.Rounded()), cell.Words(v.File), cell.Raw(float64(v.Line)))
	}
	return data
}
