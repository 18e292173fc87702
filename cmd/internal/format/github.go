package format

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/wording"
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

// github writes an annotation for each error, for each gate that fails, for what was not
// judged, and for each remark and warning on a scenario. The headline follows.
func github(to *bytes.Buffer, from *Source, _ Style) {
	for i := range from.Errors {
		p := &from.Errors[i]
		annotate(to, "error", p.Location, text(wording.Complaint(p)))
	}
	for i := range from.Verdicts {
		if v := &from.Verdicts[i]; v.Status == gate.Fail {
			annotate(to, "error", v.Location, text(wording.Verdict(v)))
		}
	}
	kind := "notice"
	if from.Complete {
		kind = "error"
	}
	for i := range from.Unjudged {
		u := &from.Unjudged[i]
		annotate(to, kind, u.Location, text(wording.Unjudged(u)))
	}
	for _, n := range from.Notes {
		kind := "notice"
		if n.Kind == calc.Warning || n.Kind == calc.Expired {
			kind = "warning"
		}
		annotate(to, kind, n.At, text(wording.Note(n)))
	}
	if len(from.Subjects) > 0 {
		to.WriteString(line(from.Document.Headline) + "\n")
	}
}

// annotate writes one annotation, with its place if that is in a file.
func annotate(to *bytes.Buffer, kind string, at results.Location, message string) {
	properties := ""
	if isFile(at.File) {
		// GitHub reads the path as relative to the top of the repository.
		properties = "file=" + githubProperty.Replace(uncontrolled(filepath.ToSlash(filepath.Clean(at.File)))) + ","
		if at.Line > 0 {
			properties += fmt.Sprintf("line=%d,", at.Line)
		}
		if at.Column > 0 {
			properties += fmt.Sprintf("col=%d,", at.Column)
		}
	}
	fmt.Fprintf(to, "::%s %stitle=churncost::%s\n", kind, properties, githubMessage.Replace(uncontrolled(message)))
}

// isFile reports whether a document is a file. A flag, standard input and a built-in
// scenario have no line in a repository.
func isFile(name string) bool {
	_, builtIn := scenarios.BuiltInText(name)
	return name != "" && name != string(scenarios.Stdin) && !builtIn && !strings.HasPrefix(name, "--")
}
