package main

import (
	"fmt"
	"strings"
)

// file is the name of the command's page in the manual.
func (p *page) file() string { return dashed(p.name) + ".1" }

func dashed(name string) string { return strings.ReplaceAll(name, " ", "-") }

// manual writes a page as man reads it. It has no date: the same commands give
// the same page on every day.
func manual(p *page) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH %s 1 \"\" churncost \"User Commands\"\n", roff(strings.ToUpper(dashed(p.name))))
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", roff(dashed(p.name)), roff(p.short))
	arguments := strings.TrimPrefix(p.usage, p.name)
	fmt.Fprintf(&b, ".SH SYNOPSIS\n\\fB%s\\fR%s\n.SH DESCRIPTION\n", roff(p.name), roff(arguments))
	for i, part := range p.text {
		switch {
		case part.example:
			fmt.Fprintf(&b, ".PP\n.RS 4\n.nf\n%s\n.fi\n.RE\n", roff(part.text))
		case i > 0:
			fmt.Fprintf(&b, ".PP\n%s\n", roff(strings.TrimLeft(part.text, "# ")))
		default:
			fmt.Fprintf(&b, "%s\n", roff(part.text))
		}
	}
	for _, s := range p.sections {
		fmt.Fprintf(&b, ".SH %s\n", strings.ToUpper(s.title))
		for _, t := range s.terms {
			fmt.Fprintf(&b, ".TP\n\\fB%s\\fR\n%s\n", roff(t.name), roff(t.meaning))
		}
	}
	b.WriteString(".SH SEE ALSO\n")
	for i, name := range p.related {
		comma := ","
		if i == len(p.related)-1 {
			comma = ""
		}
		fmt.Fprintf(&b, ".BR %s (1)%s\n", roff(dashed(name)), comma)
	}
	return b.String()
}

// roff keeps text from being read as instructions: a backslash anywhere, a dot
// or a quote at the beginning of a line. A hyphen stays one that can be typed.
func roff(text string) string {
	lines := strings.Split(strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
