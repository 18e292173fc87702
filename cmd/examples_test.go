package cmd

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/scenarios"
)

// Every command has examples in its help, and each runs as it is written there, by a
// shell, in a folder with the files that it names, as far as a pipe into another program.
func TestTheExamplesOfEveryCommandRun(t *testing.T) {
	t.Parallel()
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip(err)
	}
	var each func(c *cobra.Command)
	each = func(c *cobra.Command) {
		if strings.TrimSpace(c.Example) == "" {
			t.Errorf("%s has no examples", c.CommandPath())
		}
		folder := exampleFiles(t, c.Example)
		for line := range strings.Lines(c.Example) {
			line = strings.TrimSpace(line)
			if !strings.HasPrefix(line, "churncost ") {
				t.Errorf("%s has the example %q, want a command line", c.CommandPath(), line)
				continue
			}
			line, _, _ = strings.Cut(line, " | ") // what follows is an engine's own
			run := exec.Command(shell, "-c", line)
			run.Dir = folder
			if out, err := run.CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", line, err, out)
			}
		}
		for _, below := range c.Commands() {
			if below.IsAvailableCommand() {
				each(below)
			}
		}
	}
	each(Tree())
}

// exampleFiles makes a folder with the files of the examples: mine.yaml is the built-in
// scenario that they name, or the one that has everything, with a gate on most of it.
func exampleFiles(t *testing.T, examples string) string {
	t.Helper()
	name := "everything"
	for word := range strings.FieldsSeq(examples) {
		if _, known := scenarios.BuiltInText(word); known {
			name = word
			break
		}
	}
	text, _ := scenarios.BuiltInText(name)
	base := strings.Replace(string(text), "customer:\n", "customer:\n  # before\n", 1)
	folder := t.TempDir()
	for file, text := range map[string]string{
		"customers.csv":  "customer,joined,left,spend\na,2024-01-31,2025-02-28,9.90\nb,2024-02-29,,5\n",
		"life-table.csv": "tenure,at_risk,lost,spend_at_risk,spend_lost\n1,1000,200,100000,15000\n2,800,100,85000,8000\n",
		"win-back.csv":   "months_gone,returned,still_gone\n0,10,50\n1,20,80\n",
		"revenue.csv":    "month,starting,churned,contracted,expanded,new\n2025-12,110000,10000,2000,3000,20000\n",
		"mine.yaml":      string(text),
		"base.yaml":      base, "scenarios/mine.yaml": string(text), "base/scenarios/mine.yaml": base,
	} {
		path := filepath.Join(folder, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}
