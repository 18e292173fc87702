package render

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"math"
	"path/filepath"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/scenarios"
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
// where it stands, for each error, and for each remark and warning on a scenario.
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
		kind := "warning"
		if n.Kind == calc.Remark {
			kind = "notice"
		}
		annotate(to, kind, calc.Place{}, n.Text)
	}
	if d.Status != "" {
		to.WriteString(lay(d)[0].headline + "\n")
	}
}

// annotate writes one annotation, at its place where that is in a file.
func annotate(to *bytes.Buffer, kind string, place calc.Place, message string) {
	properties := "title=churncost"
	if name := documentName(place); isFile(name) {
		// GitHub looks for the path as it is from the top of the repository.
		properties = "file=" + githubProperty.Replace(filepath.ToSlash(filepath.Clean(name)))
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

// isFile tells whether a document is a file, and no flag, no pipe and nothing
// built in, none of which has a line in a repository.
func isFile(name string) bool {
	_, builtIn := scenarios.BuiltInText(name)
	return name != "" && name != string(scenarios.Stdin) && !builtIn && !strings.HasPrefix(name, "--")
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

// The parts of a JUnit report. Nobody owns the format, and its schemas differ:
// what stands here, in this order, is what Ant's and Jenkins' both take. A skipped
// case alone is unknown to Ant's of 2011, which later ones amend.
type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name       string          `xml:"name,attr"`
		Package    string          `xml:"package,attr"`
		ID         int             `xml:"id,attr"`
		Timestamp  string          `xml:"timestamp,attr"`
		Hostname   string          `xml:"hostname,attr"`
		Tests      int             `xml:"tests,attr"`
		Failures   int             `xml:"failures,attr"`
		Errors     int             `xml:"errors,attr"`
		Skipped    int             `xml:"skipped,attr,omitempty"`
		Time       string          `xml:"time,attr"`
		Properties []junitProperty `xml:"properties>property"`
		Cases      []junitCase     `xml:"testcase"`
		Out        string          `xml:"system-out"`
		Err        string          `xml:"system-err"`
	}
	junitProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	junitCase struct {
		Name    string       `xml:"name,attr"`
		Class   string       `xml:"classname,attr"`
		Time    string       `xml:"time,attr"`
		Skipped *string      `xml:"skipped"`
		Error   *junitDetail `xml:"error"`
		Failure *junitDetail `xml:"failure"`
	}
	junitDetail struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

// A junitReport is a report in the making: the suites, and where each stands.
type junitReport struct {
	junitSuites
	day   string
	index map[string]int
}

// suite gives the suite of a name, and begins it where there is none.
func (r *junitReport) suite(name string) *junitSuite {
	i, found := r.index[name]
	if !found {
		i = len(r.Suites)
		r.index[name] = i
		r.Suites = append(r.Suites, junitSuite{Name: name, Package: "churncost", ID: i,
			Timestamp: r.day + "T00:00:00", Hostname: "localhost", Time: "0", Properties: []junitProperty{{"command", "churncost check"}}})
	}
	return &r.Suites[i]
}

// add adds a case, and counts it.
func (s *junitSuite) add(c junitCase) {
	c.Class, c.Time = s.Name, "0"
	s.Cases = append(s.Cases, c)
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
}

// junit writes a suite for each scenario and a case for each gate; a scenario
// without gates has one case, that it is valid.
func junit(to *bytes.Buffer, d *Document, _ Style) {
	r := junitReport{day: d.Today, index: map[string]int{}}
	for _, subject := range d.Subjects {
		s := r.suite(subject.ID())
		if subject.Name != "" {
			s.Properties = append(s.Properties, junitProperty{"name", subject.Name})
		}
		s.Properties = append(s.Properties, junitProperty{"currency", subject.Currency})
		s.Out = strings.Join(noteLines(subject.Notes), "\n")
	}
	for i := range d.Verdicts {
		v := &d.Verdicts[i]
		c := junitCase{Name: v.Gate.Text}
		switch v.Status {
		case gate.Fail:
			c.Failure = &junitDetail{v.sentence(), "gate", v.where()}
		case gate.New:
			reason := v.sentence()
			c.Skipped = &reason
		}
		r.suite(v.Subject.ID()).add(c)
	}
	for _, p := range d.Errors {
		r.suite(cmp.Or(documentName(p.Place), "churncost")).add(junitCase{Name: p.Message, Error: &junitDetail{complaint(p), "error", at(p.Place)}})
	}
	for i := range r.Suites {
		if s := &r.Suites[i]; s.Tests == 0 {
			s.add(junitCase{Name: "the scenario is valid"})
		}
	}
	to.WriteString(xml.Header)
	encoder := xml.NewEncoder(to)
	encoder.Indent("", "  ")
	_ = encoder.Encode(r.junitSuites) // texts and numbers always encode
	to.WriteByte('\n')
}

// at names a place, as far as it is known.
func at(p calc.Place) string {
	if p.Line == 0 {
		return documentName(p)
	}
	return fmt.Sprintf("%s:%d:%d", documentName(p), p.Line, p.Column)
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
