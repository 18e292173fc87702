package cmd

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/render"
	"github.com/churncost/churncost/scenarios"
)

// complain prints an error, or each of several.
func (p *program) complain(err error) {
	style := render.Style{Colour: p.colour.wanted(p.stderr)}
	for _, problem := range problemsOf(err) {
		io.WriteString(p.stderr, describe(problem, style))
	}
}

// problemsOf takes an error apart.
func problemsOf(err error) calc.Problems {
	if problems, ok := errors.AsType[calc.Problems](err); ok {
		return problems
	}
	if problem, ok := errors.AsType[*calc.Problem](err); ok {
		return calc.Problems{problem}
	}
	return calc.Problems{{Message: err.Error()}}
}

// describe writes a problem with its place, the line it stands in, a caret under
// it, and the remedy:
//
//	mine.yaml:4:3: error: unknown key "customer.spnd"
//	    4 |   spnd: 50 per week
//	      |   ^^^^
//	      = did you mean spend?
func describe(p *calc.Problem, style render.Style) string {
	var b strings.Builder
	b.WriteString(where(p.Place) + style.Red("error:") + " " + strings.Map(visible, p.Message) + "\n")
	if p.Place.Line > 0 && p.Place.Column > 0 {
		line := []rune(strings.Map(visible, p.Place.Document.Line(p.Place.Line)))
		column := min(p.Place.Column-1, len(line))
		begin, end := window(len(line), column)
		under := line[column:min(column+p.Place.Width, end)]
		fmt.Fprintf(&b, "%5d | %s\n", p.Place.Line, string(line[begin:end]))
		fmt.Fprintf(&b, "      | %s%s\n", strings.Repeat(" ", cells(line[begin:column])), strings.Repeat("^", max(1, cells(under))))
	}
	if p.Hint != "" {
		b.WriteString("      = " + strings.Map(visible, p.Hint) + "\n")
	}
	return b.String()
}

// where names the place.
func where(place calc.Place) string {
	if place.Document == nil {
		return "churncost: "
	}
	name := strings.Map(visible, place.Document.Name)
	switch {
	case place.Line == 0:
		return name + ": "
	case place.Column == 0:
		return fmt.Sprintf("%s:%d: ", name, place.Line)
	}
	return fmt.Sprintf("%s:%d:%d: ", name, place.Line, place.Column)
}

// window is the part of a very long line that is shown around the mistake.
func window(length, column int) (begin, end int) {
	const most = 120
	if length > most {
		begin = max(0, column-most/2)
	}
	return begin, min(length, begin+most)
}

// visible makes a character fit for a terminal.
func visible(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case scenarios.Unprintable(r):
		return '\uFFFD'
	}
	return r
}

// cells is how many columns a text takes on a terminal, Chinese characters two
// each, under every locale.
func cells(text []rune) int {
	c := runewidth.Condition{EastAsianWidth: false}
	return c.StringWidth(string(text))
}

func isTerminal(stream io.Writer) bool {
	f, ok := stream.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// flagProblem says what is wrong with a flag, and which one may have been meant.
func flagProblem(cmd *cobra.Command, err error) error {
	hint := fmt.Sprintf("%s --help lists the flags", cmd.CommandPath())
	if name, found := strings.CutPrefix(err.Error(), "unknown flag: --"); found {
		var names []string
		add := func(f *pflag.Flag) { names = append(names, f.Name) }
		cmd.Flags().VisitAll(add)
		cmd.InheritedFlags().VisitAll(add)
		if near := scenarios.Nearest(name, names); near != "" {
			hint = "did you mean --" + near + "?"
		}
	}
	return &calc.Problem{Message: err.Error(), Hint: hint}
}
