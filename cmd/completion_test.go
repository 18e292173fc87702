package cmd

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"gopkg.in/yaml.v3"

	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios"
)

// press presses the tab key after a line. The last word of the line may be empty. It
// returns the offered words and the number of the directive.
func press(t *testing.T, line ...string) (words []string, directive string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if status := Main(append([]string{cobra.ShellCompNoDescRequestCmd}, line...), strings.NewReader(""), &stdout, &stderr); status != statusOK {
		t.Fatalf("the tab key behind %q: status %d, want 0\n%s", line, status, &stderr)
	}
	words = strings.Split(strings.TrimSuffix(stdout.String(), "\n"), "\n")
	last := len(words) - 1
	return words[:last], words[last]
}

// By default the shell offers files. For a flag such as --today or a command such as init
// that is wrong, and easy to overlook.
func TestNoArgumentOrFlagIsLeftToTheShellsFileNames(t *testing.T) {
	t.Chdir(t.TempDir())
	const files = ":0" // cobra's default
	looked := 0
	for _, c := range Tree().Commands() {
		if words, directive := press(t, c.Name(), ""); directive == files {
			t.Errorf("churncost %s <tab> offers %q and any file", c.Name(), words)
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if f.NoOptDefVal != "" {
				return // a switch, which has no value
			}
			looked++
			if words, directive := press(t, c.Name(), "--"+f.Name, ""); directive == files {
				t.Errorf("churncost %s --%s <tab> offers %q and any file", c.Name(), f.Name, words)
			}
		})
	}
	if looked < 20 {
		t.Errorf("only %d flags with values were found in the tree", looked)
	}
}

// The scenario everything is meant to give every key. The test reads its keys without the
// program's reader.
func TestEveryKeyThatAScenarioGivesIsOfferedToSetAndToVary(t *testing.T) {
	text, _ := scenarios.BuiltInText(scenarios.Everything)
	var content map[string]any
	if err := yaml.Unmarshal(text, &content); err != nil {
		t.Fatal(err)
	}
	var given []string
	flatten(content, "", &given)
	if len(given) < 30 {
		t.Fatalf("only %d keys are read from the scenario %s: %q", len(given), scenarios.Everything, given)
	}
	for _, flag := range []string{"--set", "--vary"} {
		offered, _ := press(t, "compare", flag, "")
		for _, key := range given {
			if !slices.Contains(offered, key+"=") {
				t.Errorf("churncost compare %s <tab> does not offer %s=", flag, key)
			}
		}
	}
}

// flatten lists the inputs that a scenario gives, by their dotted keys.
func flatten(content map[string]any, group string, keys *[]string) {
	for name, value := range content {
		switch name {
		case "version", "name", "currency", "gates", "acknowledge":
			continue
		}
		inner, isGroup := value.(map[string]any)
		_, isLong := inner["value"]
		if isGroup && (!isLong || group == "") { // word_of_mouth has a key that is called value
			flatten(inner, group+name+".", keys)
			continue
		}
		*keys = append(*keys, group+name)
	}
}

// An offered word that is refused is worse than none.
func TestEveryKeyAndEveryWordOfferedCanBeSet(t *testing.T) {
	words := 0
	keys, _ := press(t, "compare", "--set", "")
	for _, key := range keys {
		// A known key without a value has an error of its own, unlike an unknown key.
		if stderr := complaints(t, "lifetime", scenarios.Everything, "--set", key); !strings.Contains(stderr, strings.TrimSuffix(key, "=")+" has no value") {
			t.Errorf("churncost lifetime --set %s says %q, want that it has no value", key, stderr)
		}
		offered, _ := press(t, "compare", "--set", key)
		for _, assignment := range offered {
			words++
			// A customer cannot leave more often than the customer pays.
			if stderr := complaints(t, "lifetime", scenarios.Everything, "--set", "customer.period=day", "--set", assignment); strings.Contains(stderr, "--set:1:") {
				t.Errorf("churncost lifetime --set %s is offered, and refused:\n%s", assignment, stderr)
			}
		}
	}
	if words < 20 {
		t.Errorf("only %d words are offered behind all keys", words)
	}
}

func TestThePeriodsAndTheElementsOfAListByTenureAreOffered(t *testing.T) {
	var periods []string
	for _, p := range slices.Backward(quantity.Periods()) {
		periods = append(periods, "customer.period="+p.Name)
	}
	for _, test := range []struct {
		line []string
		want []string
	}{
		{[]string{"compare", "--set", "customer.period="}, periods},
		{[]string{"compare", "--vary", "customer.renews=year,mo"}, []string{"customer.renews=year,month"}},
		{[]string{"compare", "--set", "customer.retention"}, []string{"customer.retention="}},
		{[]string{"compare", "--set", "customer.retention."}, []string{"customer.retention.1="}},
		{[]string{"compare", "--set", "customer.retention.3"}, []string{"customer.retention.3="}},
		{[]string{"winback", "--set", "winback.second_life.retention."}, []string{"winback.second_life.retention.1="}},
		{[]string{"compare", "--set", "customer.tenure."}, nil}, // it is one number
	} {
		if words, _ := press(t, test.line...); !slices.Equal(words, test.want) {
			t.Errorf("churncost %s <tab> offers %q, want %q", strings.Join(test.line, " "), words, test.want)
		}
	}
	for _, line := range [][]string{
		{"lifetime", "annual-contracts", "--set", "customer.retention.1=80%"},
		{"compare", "annual-contracts", "--vary", "customer.retention.3=80%,90%"},
	} {
		if stderr := complaints(t, line...); stderr != "" {
			t.Errorf("churncost %s has an element that is offered, and says\n%s", strings.Join(line, " "), stderr)
		}
	}
}

func TestEveryMetricOfferedIsKnownToGatesAndToCompare(t *testing.T) {
	gates, _ := press(t, "check", "--gate", "")
	metrics, _ := press(t, "compare", "--metric", "")
	if len(gates) < 50 || !slices.Equal(gates, metrics) {
		t.Fatalf("check --gate <tab> offers %d metrics and compare --metric <tab> %d, want the same, and more than 50", len(gates), len(metrics))
	}
	line := []string{"check", scenarios.Everything}
	for _, metric := range metrics {
		line = append(line, "--gate", metric+" >= 0")
	}
	if stderr := complaints(t, line...); strings.Contains(stderr, "unknown metric") {
		t.Errorf("churncost check --gate with each metric that is offered says\n%s", stderr)
	}
}

func TestEveryFormatOfferedIsUnderstood(t *testing.T) {
	for _, command := range []string{"loss", "report", "compare", "check", "sources"} {
		offered, _ := press(t, command, "--format", "")
		if len(offered) < 5 {
			t.Errorf("churncost %s --format <tab> offers %q, want five formats at least", command, offered)
		}
		for _, format := range offered {
			if stderr := complaints(t, command, "--format", format, "--help"); stderr != "" {
				t.Errorf("churncost %s --format %s is offered, and refused:\n%s", command, format, stderr)
			}
		}
	}
}

// complaints runs a command line and returns its standard error.
func complaints(t *testing.T, line ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	Main(line, strings.NewReader(""), &stdout, &stderr)
	return stderr.String()
}
