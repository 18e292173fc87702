package document

import (
	"math"

	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/wording"
)

// mostVerdicts is how many gates a table shows. If there are more, those that hold are
// only in csv and json.
const mostVerdicts = 200

// check describes the verdicts of gates, what was not judged, and errors.
func check(d *Document, result *results.Result) {
	if result.Command != "check" {
		return
	}
	d.Comment = true
	d.Data = func() Data { return verdictData(result) }
	d.Headline = verdictsInOneSentence(result)
	d.headline(d.Headline)
	t := &Table{Title: cell.Say("check"), Columns: []Column{left(cell.Say("verdict")), left(cell.Say("scenario")), left(cell.Say("gate")), right(cell.Say("value")), right(cell.Say("over")), left(cell.Say("where"))}}
	leftOut := 0
	var notes []Note
	for i := range result.Verdicts {
		v := &result.Verdicts[i]
		if v.Reason != "" && v.Status == gate.Fail {
			notes = append(notes, Note{Text: cell.Say("{1}: {2}", cell.Words(v.Gate), cell.Say(v.Reason))})
		}
		if len(result.Verdicts) > mostVerdicts && (v.Status == gate.Pass || len(t.Rows) >= mostVerdicts) {
			leftOut++
			continue
		}
		t.add(cell.Say(marks[v.Status]), cell.Words(v.Subject.ID()), cell.Words(v.Gate), wording.Judged(v), wording.Over(v), wording.Where(v))
	}
	if len(t.Rows) > 0 {
		d.table(t)
	}
	not := &Table{Title: cell.Say("not judged"), Columns: []Column{left(cell.Say("not judged")), left(cell.Say("scenario")), left(cell.Say("gate")), left(cell.Say("why")), left(cell.Say("where"))}}
	for i := range result.Unjudged {
		u := &result.Unjudged[i]
		switch {
		case u.Kind == results.GateNew: // it is in the table above
			continue
		case len(not.Rows) >= mostVerdicts:
			leftOut++
			continue
		}
		not.add(cell.Say(wording.UnjudgedWords[u.Kind].One), cell.Words(u.Scenario), cell.Words(u.Gate), wording.Why(u), wording.Located(u.Location))
	}
	if len(not.Rows) > 0 {
		d.table(not)
	}
	wrong := &Table{Title: cell.Say("errors"), Columns: []Column{left(cell.Say("error")), left(cell.Say("remedy")), left(cell.Say("where"))}}
	for i := range result.Errors {
		p := &result.Errors[i]
		wrong.add(cell.Words(p.Message), cell.Words(p.Hint), wording.Located(p.Location))
	}
	if len(wrong.Rows) > 0 {
		d.table(wrong)
	}
	if leftOut > 0 {
		notes = append(notes, remarks(cell.Say("{1} more gates are left out here; --format csv lists them all", cell.Count(leftOut)))...)
	}
	d.notes(append(notes, d.Notes...))
}

// verdictsInOneSentence counts the gates that hold and fail, what was not judged, and the
// errors.
func verdictsInOneSentence(result *results.Result) cell.Cell {
	gates, failed, fresh := len(result.Verdicts), 0, 0
	for i := range result.Verdicts {
		switch result.Verdicts[i].Status {
		case gate.Fail:
			failed++
		case gate.New:
			fresh++
		}
	}
	var parts []cell.Cell
	say := func(text string, arguments ...cell.Cell) { parts = append(parts, cell.Say(text, arguments...)) }
	switch held := gates - fresh; {
	case len(result.Errors) > 0 && len(result.Subjects) == 0:
		say("nothing was judged")
	case gates == 0:
		say("no gates: the scenarios are valid, and nothing was judged")
	case failed > 0 && gates == 1:
		say("1 of 1 gate fails")
	case failed > 0:
		say("{1} of {2} gates fail", cell.Count(failed), cell.Count(gates))
	case held == 0:
		say("nothing was judged")
	case held == 1:
		say("the one gate holds")
	default:
		say("all {1} gates hold", cell.Count(held))
	}
	for _, kind := range results.UnjudgedKinds() {
		count := 0
		for i := range result.Unjudged {
			if result.Unjudged[i].Kind == kind {
				count++
			}
		}
		switch {
		case count == 0, kind == results.WithoutGates && gates == 0 && count == len(result.Subjects):
		case count == 1:
			say("1 " + wording.UnjudgedWords[kind].One)
		default:
			say("{1} "+wording.UnjudgedWords[kind].Many, cell.Count(count))
		}
	}
	if result.Complete && len(result.Unjudged) > 0 {
		say("what is not judged fails")
	}
	switch wrong := len(result.Errors); wrong {
	case 0:
	case 1:
		say("1 error")
	default:
		say("{1} errors", cell.Count(wrong))
	}
	return cell.List{Items: parts, Join: cell.Sentences}
}

// marks are the words for the statuses in a table.
var marks = map[gate.Status]string{gate.Pass: "pass", gate.Fail: "FAIL", gate.New: "new"}

// verdictData has a row for each gate, for each thing that was not judged, for each note
// and for each error.
func verdictData(result *results.Result) Data {
	data := Data{Columns: []string{"scenario", "gate", "status", "value", "limit", "over", "file", "line", "message"}}
	for i := range result.Verdicts {
		v := &result.Verdicts[i]
		data.add(cell.Words(v.Scenario), cell.Words(v.Gate), cell.Words(v.Status), cell.Raw(float64(v.Value)), cell.Raw(v.Limit), cell.Raw(v.Over.Rounded()), cell.Words(v.File), cell.Raw(float64(v.Line)), cell.Words(v.Reason))
	}
	say := func(scenario, about, kind string, at results.Location, message cell.Cell) {
		line := cell.Raw(float64(at.Line))
		if at.Line == 0 {
			line = cell.Raw(math.NaN())
		}
		data.add(cell.Words(scenario), cell.Words(about), cell.Words(kind), nil, nil, nil, cell.Words(at.File), line, message)
	}
	for i := range result.Unjudged {
		if u := &result.Unjudged[i]; u.Kind != results.GateNew { // it has a row among the gates
			say(u.Scenario, u.Gate, string(u.Kind), u.Location, wording.Why(u))
		}
	}
	for _, subject := range result.Subjects {
		for _, n := range subject.Notes {
			n.Of = ""
			say(subject.Label, n.Key, string(n.Kind), n.At, wording.Note(n))
		}
	}
	for i := range result.Errors {
		p := &result.Errors[i]
		say(p.File, "", "error", p.Location, wording.Complaint(p))
	}
	return data
}
