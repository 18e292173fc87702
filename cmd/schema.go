package cmd

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/render"
	"github.com/churncost/churncost/scenarios"
)

// newSchema makes the command that prints a JSON Schema.
func newSchema(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "schema [scenario|output]",
		Short: "Print the JSON Schema of a scenario, or of the JSON output",
		Long: `Print a JSON Schema, draft 2020-12: of a scenario, or of what --format json writes.

  churncost schema > churncost.schema.json   for editors: churncost init names that file
  churncost schema output                    for programs that read the results

The schema of a scenario refuses what is not in the language. That of the output
allows fields that it does not know, for fields are only ever added.`,
		ValidArgs: schemaNames(),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return &calc.Problem{Message: fmt.Sprintf("schema prints one schema, and %d are named", len(args)), Hint: "print one after the other"}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := p.schema(append(args, schemaNames()...)[0])
			if err != nil {
				return err
			}
			return p.print(text)
		},
	}
}

// schemaNames lists what there is a schema of; the first is the default.
func schemaNames() []string { return []string{"scenario", "output"} }

func (p *program) schema(name string) ([]byte, error) {
	switch name {
	case "scenario":
		return scenarios.Schema(p.vocabulary), nil
	case "output":
		return render.Schema(), nil
	}
	hint := "it can be " + strings.Join(schemaNames(), " or ")
	if near := scenarios.Nearest(name, schemaNames()); near != "" {
		hint = "did you mean " + near + "?"
	}
	return nil, &calc.Problem{Message: fmt.Sprintf("there is no schema of %q", name), Hint: hint}
}
