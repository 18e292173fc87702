package render

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
)

// Annotations of GitHub Actions are lines of the form
//
//	::error file=mine.yaml,line=12,col=5,title=churncost::message
//
// in which the message and the properties escape different characters.
var (
	githubMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// github writes an annotation for each gate that does not hold, at the line
// where it stands, and for each error.
func github(to *bytes.Buffer, d *Document, _ Style) {
	for _, p := range d.Errors {
		annotate(to, "error", p.Place, complaint(p))
	}
	for i := range d.Verdicts {
		v := &d.Verdicts[i]
		switch v.Status {
		case gate.Fail:
			annotate(to, "error", v.Place, v.sentence())
		case gate.New:
			annotate(to, "notice", v.Place, v.sentence())
		}
	}
	for _, n := range d.Notes {
		annotate(to, "warning", calc.Place{}, n.Text)
	}
	if d.Status != "" {
		to.WriteString(lay(d)[0].headline + "\n")
	}
}

func annotate(to *bytes.Buffer, kind string, place calc.Place, message string) {
	properties := "title=churncost"
	if place.Document != nil && !strings.HasPrefix(place.Document.Name, "--") {
		properties = "file=" + githubProperty.Replace(place.Document.Name)
		if place.Line > 0 {
			properties += fmt.Sprintf(",line=%d", place.Line)
		}
		if place.Column > 0 {
			properties += fmt.Sprintf(",col=%d", place.Column)
		}
		properties += ",title=churncost"
	}
	fmt.Fprintf(to, "::%s %s::%s\n", kind, properties, githubMessage.Replace(message))
}

// complaint is a problem in one line.
func complaint(p *calc.Problem) string {
	if p.Hint == "" {
		return p.Message
	}
	return p.Message + " (" + p.Hint + ")"
}

// sentence says in one line how a gate was judged.
func (v *Verdict) sentence() string {
	text := v.Subject.ID() + ": " + v.Gate.Text + ": "
	switch {
	case v.Status == gate.New:
		return text + "new, without a baseline"
	case v.Reason != "":
		return text + v.Reason
	case v.Status == gate.Pass:
		return text + v.value()
	}
	return text + v.value() + " is " + v.over()
}

// The parts of a JUnit report, with all that its strictest schema demands.
type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name       string      `xml:"name,attr"`
		Package    string      `xml:"package,attr"`
		ID         int         `xml:"id,attr"`
		Timestamp  string      `xml:"timestamp,attr"`
		Hostname   string      `xml:"hostname,attr"`
		Tests      int         `xml:"tests,attr"`
		Failures   int         `xml:"failures,attr"`
		Errors     int         `xml:"errors,attr"`
		Time       string      `xml:"time,attr"`
		Properties struct{}    `xml:"properties"`
		Cases      []junitCase `xml:"testcase"`
		Out        string      `xml:"system-out"`
		Err        string      `xml:"system-err"`
	}
	junitCase struct {
		Name    string       `xml:"name,attr"`
		Class   string       `xml:"classname,attr"`
		Time    string       `xml:"time,attr"`
		Failure *junitDetail `xml:"failure"`
		Error   *junitDetail `xml:"error"`
	}
	junitDetail struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

// junit writes a suite for each scenario and a case for each gate; a scenario
// without gates has one case, that it is valid.
func junit(to *bytes.Buffer, d *Document, _ Style) {
	var suites junitSuites
	suite := func(name string) *junitSuite {
		for i := range suites.Suites {
			if suites.Suites[i].Name == name {
				return &suites.Suites[i]
			}
		}
		suites.Suites = append(suites.Suites, junitSuite{Name: name, Package: "churncost", ID: len(suites.Suites),
			Timestamp: d.Today + "T00:00:00", Hostname: "localhost", Time: "0"})
		return &suites.Suites[len(suites.Suites)-1]
	}
	for i := range d.Subjects {
		suite(d.Subjects[i].ID())
	}
	for i := range d.Verdicts {
		v := &d.Verdicts[i]
		s := suite(v.Subject.ID())
		c := junitCase{Name: v.Gate.Text, Class: v.Subject.ID(), Time: "0"}
		if v.Status == gate.Fail {
			s.Failures++
			c.Failure = &junitDetail{v.sentence(), "gate", v.where()}
		}
		s.Cases = append(s.Cases, c)
	}
	for _, p := range d.Errors {
		name := documentName(p.Place)
		if name == "" {
			name = "churncost"
		}
		s := suite(name)
		s.Errors++
		s.Cases = append(s.Cases, junitCase{Name: p.Message, Class: name, Time: "0",
			Error: &junitDetail{complaint(p), "error", fmt.Sprintf("line %d, column %d", p.Place.Line, p.Place.Column)}})
	}
	for i := range suites.Suites {
		s := &suites.Suites[i]
		if len(s.Cases) == 0 {
			s.Cases = []junitCase{{Name: "the scenario is valid", Class: s.Name, Time: "0"}}
		}
		s.Tests = len(s.Cases)
	}
	to.WriteString(xml.Header)
	encoder := xml.NewEncoder(to)
	encoder.Indent("", "  ")
	_ = encoder.Encode(suites) // texts and numbers always encode
	to.WriteByte('\n')
}

// jsonVerdict gives a verdict for the envelope.
func jsonVerdict(v *Verdict) jsonGate {
	out := jsonGate{Gate: v.Gate.Text, Scenario: v.Subject.Label, Metric: v.Gate.Metric, Op: string(v.Gate.Op), Limit: v.Gate.Limit,
		Value: finite(v.Value.Likely), Low: finite(v.Value.Low), High: finite(v.Value.High), Status: v.Status,
		File: documentName(v.Place), Line: v.Place.Line, Column: v.Place.Column}
	if v.Gate.Change && v.Status != gate.New {
		out.Base = finite(v.Base)
	}
	if v.Status == gate.Fail && !math.IsNaN(v.Over) {
		out.Over = finite(calc.Ratio.Round(v.Over, 0))
	}
	return out
}
