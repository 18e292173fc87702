package cmd

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// Names of files and labels may contain anything. They must not control a terminal, break
// a line or reverse the direction of writing.
func TestNamesOfFilesAndLabelsArePrintedHarmlessly(t *testing.T) {
	folder := t.TempDir()
	const name = "e\x1b[31m\n\u202e\xff.yaml"
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, []byte("version: 1\ncustomer: {spend: 100 per year, years: 3}\ngates: [loss.total <= 1]\n"), 0o666); err != nil {
		t.Skipf("this file system takes no such name: %v", err)
	}
	plain := filepath.Join(folder, "plain.yaml")
	if err := os.WriteFile(plain, []byte("version: 1\ncustomer: {spend: 100 per year, years: 4}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"table", "csv", "markdown", "html"} {
		for _, args := range [][]string{
			{"loss", path}, {"check", path}, {"compare", path, plain}, {"compare", "a\x1b[31m\u202e=" + path, "b\n\xff=" + plain}, {"simulate", path, "--set", "customer.years=2..4"},
		} {
			args = append(args, "--format", format)
			var stdout, stderr bytes.Buffer
			Main(args, strings.NewReader(""), &stdout, &stderr)
			got := stdout.String()
			if format == "csv" && args[0] == "check" {
				continue // programs get the file's name unchanged
			}
			if got == "" || strings.ContainsAny(got, "\x1b\u202e") || !utf8.ValidString(got) || strings.Contains(got, "e�[31m\n") {
				t.Errorf("churncost %q prints %q and %q; want it without control characters", args, got, &stderr)
			}
		}
	}
}
