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

func panics(in, out *broken) error { panic("a planted fault") }

// A fault in a calculator is told in one line with status 2, also where many
// scenarios are computed side by side.
func TestAPanicInACalculatorIsOneLineAndStatusTwo(t *testing.T) {
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
		want := "churncost: error: a fault of the program itself, please report it: a planted fault\n"
		if status != 2 || stderr.String() != want || stdout.Len() > 0 {
			t.Errorf("churncost %s = status %d, standard error %q and %d bytes on standard output, want 2, %q and none",
				strings.Join(args, " "), status, stderr.String(), stdout.Len(), want)
		}
	}
}

// Help that cannot be written is an error, as all output is.
func TestHelpThatCannotBeWrittenIsStatusTwo(t *testing.T) {
	for _, args := range [][]string{{}, {"--help"}, {"loss", "--help"}, {"completion", "bash"}} {
		var stderr bytes.Buffer
		if status := run(catalog.All(), args, strings.NewReader(""), full{}, &stderr); status != 2 || !strings.Contains(stderr.String(), "could not be written") {
			t.Errorf("churncost %s to a full disk = status %d and %q, want 2 and the reason", strings.Join(args, " "), status, stderr.String())
		}
	}
}

// A full disk takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

var errFull = &calc.Problem{Message: "no space left"}
