package cmd

import (
	"bytes"
	"strings"
	"testing"
)

// A whole run, from the arguments to the last byte: the scenario is read, bound,
// computed and written. Half-lettuce has exact numbers only; everything has
// ranges, whose ends are searched for.
func BenchmarkLossOfHalfLettuce(b *testing.B) { benchmarkRun(b, "loss", "half-lettuce") }

func BenchmarkLossOfEverything(b *testing.B) { benchmarkRun(b, "loss", "everything") }

// benchmarkRun runs one command line in every format that all commands have.
func benchmarkRun(b *testing.B, args ...string) {
	for _, format := range []string{"table", "json", "csv", "markdown", "html"} {
		b.Run(format, func(b *testing.B) {
			line := append(args[:len(args):len(args)], "--format", format)
			b.ReportAllocs()
			for b.Loop() {
				var stdout, stderr bytes.Buffer
				if status := Main(line, strings.NewReader(""), &stdout, &stderr); status != statusOK {
					b.Fatalf("churncost %s = status %d, want %d: %s", strings.Join(line, " "), status, statusOK, &stderr)
				}
			}
		})
	}
}
