package cmd

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/churncost/churncost/scenarios"
)

// A whole run, from the arguments to the last byte: the scenario is read, bound, computed
// and written. Half-lettuce has only exact numbers. The scenario everything has ranges,
// which need a search for low and high ends.
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

// BenchmarkCheck checks a thousand files in one call: a scenario without ranges,
// with two gates.
func BenchmarkCheck(b *testing.B) {
	const files = 1000
	text, _ := scenarios.BuiltInText("subscription")
	text = []byte(strings.NewReplacer("-3pp..-1pp", "-2pp", "3..5", "4").Replace(string(text)))
	line := []string{"check"}
	folder := b.TempDir()
	for i := range files {
		name := filepath.Join(folder, fmt.Sprintf("%d.yaml", i))
		if err := os.WriteFile(name, text, 0o666); err != nil {
			b.Fatal(err)
		}
		line = append(line, name)
	}
	b.ReportAllocs()
	for b.Loop() {
		var stdout, stderr bytes.Buffer
		if status := Main(line, strings.NewReader(""), &stdout, &stderr); status != statusOK {
			b.Fatalf("churncost check of %d files = status %d, want %d: %s", files, status, statusOK, &stderr)
		}
	}
}
