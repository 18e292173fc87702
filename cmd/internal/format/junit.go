package format

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/wording"
)

// The parts of a JUnit report. The format has no official schema. These parts, in this
// order, are valid under the schemas of Ant and Jenkins, except that Ant's schema of 2011
// has no skipped cases.
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

// A junitReport collects suites, and indexes them by name.
type junitReport struct {
	junitSuites
	day   string
	index map[string]int
}

// suite returns the suite with a name, and adds it if there is none.
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

// add adds a case and counts it.
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

// notJudged makes a case skipped or, if the result must be complete, failed.
func (c *junitCase) notJudged(reason string, complete bool) {
	if complete {
		c.Failure = &junitDetail{reason, "unjudged", ""}
		return
	}
	c.Skipped = &reason
}

// junit writes a suite for each scenario and a case for each gate, and for what
// was not judged.
func junit(to *bytes.Buffer, from *Source, _ Style) {
	r := junitReport{day: from.Today, index: map[string]int{}}
	for _, subject := range from.Subjects {
		s := r.suite(subject.ID())
		if subject.Name != "" {
			s.Properties = append(s.Properties, junitProperty{"name", subject.Name})
		}
		s.Properties = append(s.Properties, junitProperty{"currency", subject.Currency})
		var notes []string
		for _, n := range subject.Notes {
			notes = append(notes, string(n.Kind)+": "+text(wording.Note(n)))
		}
		s.Out = strings.Join(notes, "\n")
	}
	for i := range from.Verdicts {
		v := &from.Verdicts[i]
		c := junitCase{Name: v.Gate}
		switch v.Status {
		case gate.Fail:
			c.Failure = &junitDetail{text(wording.Verdict(v)), "gate", text(wording.Where(v))}
		case gate.New:
			c.notJudged(text(wording.Verdict(v)), from.Complete)
		}
		r.suite(v.Subject.ID()).add(c)
	}
	for i := range from.Unjudged {
		u := &from.Unjudged[i]
		if u.Kind == results.GateNew {
			continue // it has a case among the gates
		}
		c := junitCase{Name: strings.TrimSpace(strings.ReplaceAll(string(u.Kind), "_", " ") + " " + u.Gate)}
		c.notJudged(text(wording.Unjudged(u)), from.Complete)
		r.suite(u.Scenario).add(c)
	}
	for i := range from.Errors {
		p := &from.Errors[i]
		where := p.File
		if p.Line > 0 {
			where = fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
		}
		r.suite(cmp.Or(p.File, "churncost")).add(junitCase{Name: p.Message, Error: &junitDetail{text(wording.Complaint(p)), "error", where}})
	}
	to.WriteString(xml.Header)
	encoder := xml.NewEncoder(to)
	encoder.Indent("", "  ")
	if err := encoder.Encode(r.junitSuites); err != nil { // strings and numbers can always be encoded
		panic(err)
	}
	to.WriteByte('\n')
}
