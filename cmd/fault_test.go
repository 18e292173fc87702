package cmd

import (
	"bytes"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
)

// A broken calculator panics when it computes.
type broken struct{ Spend float64 }

func (b *broken) Ask(ask *calc.Form) {
	ask.MoneyPerYear(&b.Spend, "customer.spend", "what the customer spends, such as 50 per week or, with customer.visits, 65 per visit")
}

func (b *broken) Tell(tell *calc.Report) {
	tell.Answer("{broken.spend}")
	tell.MoneyPerYear("broken.spend", "What is spent", b.Spend)
}

func panics(in, out *broken) error {
	if in.Spend > 0 {
		panic("a planted fault")
	}
	return nil
}

// The stack is that of the panic, even if it happens in a worker.
func TestAPanicInACalculatorIsAFaultWithVersionAndStackAndStatusTwo(t *testing.T) {
	calculators := append(catalog.All(), calc.New("broken", "What breaks?", panics))
	for _, args := range [][]string{
		{"broken", "half-lettuce"},
		{"report", "half-lettuce"},
		{"check", "half-lettuce", "cafe"},
		{"compare", "half-lettuce", "cafe", "--metric", "broken.spend"},
		{"simulate", "cafe", "--metric", "broken.spend"},
		{"sensitivity", "cafe", "--metric", "broken.spend"},
		{"solve", "cafe", "--metric", "broken.spend", "--target", "1", "--by", "customer.years"},
	} {
		var stdout, stderr bytes.Buffer
		status := run(calculators, args, strings.NewReader(""), &stdout, &stderr)
		want := "churncost: error: a bug in churncost: a planted fault\n" +
			"      = please report it with the following lines at https://github.com/churncost/churncost/issues/new\n\n" + version() + "\n"
		stack, begins := strings.CutPrefix(stderr.String(), want)
		if status != 2 || !begins || !strings.Contains(stack, "cmd.panics(") || strings.Count(stack, "[running]") != 1 || stdout.Len() > 0 {
			t.Errorf("churncost %s = status %d and %d bytes on standard output, want 2 and none; standard error is\n%s\nwant the stack of panics behind\n%s",
				strings.Join(args, " "), status, stdout.Len(), &stderr, want)
		}
	}
}

// Help that cannot be written is an error, like any other output.
func TestHelpThatCannotBeWrittenIsStatusTwo(t *testing.T) {
	for _, args := range [][]string{{}, {"--help"}, {"loss", "--help"}, {"completion", "bash"}} {
		var stderr bytes.Buffer
		if status := run(catalog.All(), args, strings.NewReader(""), full{}, &stderr); status != 2 || !strings.Contains(stderr.String(), "could not be written") {
			t.Errorf("churncost %s to a full disk = status %d and %q, want 2 and the reason", strings.Join(args, " "), status, stderr.String())
		}
	}
}

// A full is a writer that always fails, like a full disk.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

var errFull = &calc.Problem{Message: "no space left"}
