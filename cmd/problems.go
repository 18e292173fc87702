package cmd

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/internal/format"
	"github.com/churncost/churncost/scenarios"
)

// complain prints each problem in an error.
func (p *program) complain(err error) {
	style := format.Style{Colour: p.colour.wanted(p.stderr)}
	for _, problem := range calc.ProblemsOf(err) {
		io.WriteString(p.stderr, format.Problem(problem, style))
	}
}

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// flagProblem adds a hint to an error about a flag: the nearest name, or --help.
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
