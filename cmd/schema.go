package cmd

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/internal/format"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/schema"
)

// newSchema makes the command that prints a JSON Schema.
func newSchema(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "schema [scenario|output]",
		Short: "Print the JSON Schema of a scenario, or of the JSON output",
		Long: `Print a JSON Schema, draft 2020-12: of a scenario, or of what --format json writes.

With the schema of a scenario an editor completes keys and marks mistakes in them;
churncost check judges the values. The schema of the output allows fields
that it does not know, for fields are only ever added.`,
		Example: `  churncost schema > churncost.schema.json   # for editors: churncost init names that file
  churncost schema output                    # for programs that read the results`,
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

// schemaNames lists the schemas. The first is the default.
func schemaNames() []string { return []string{"scenario", "output"} }

func (p *program) schema(name string) ([]byte, error) {
	switch name {
	case "scenario":
		return schema.Of(p.calculators), nil
	case "output":
		return format.Schema(), nil
	}
	hint := "it can be " + calc.Choice(schemaNames())
	if near := scenarios.Nearest(name, schemaNames()); near != "" {
		hint = "did you mean " + near + "?"
	}
	return nil, &calc.Problem{Message: fmt.Sprintf("there is no schema of %q", name), Hint: hint}
}
