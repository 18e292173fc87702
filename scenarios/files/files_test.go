package files_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/scenarios/files"
)

// plant makes a folder with some files and makes it the current one.
func plant(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	t.Chdir(folder)
	for _, name := range []string{"s/b.yaml", "s/a.yml", "s/a-b.yaml", "s/a/z.yaml", "s/a/deep er/y.YAML", "s/notes.txt", "s/.hidden.yaml", "s/.git/x.yaml", "top.yaml", "s/[odd].yaml", "empty/readme.md"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestWhatArgumentsStandFor(t *testing.T) {
	folder := plant(t)
	for arguments, want := range map[string]string{
		"top.yaml":                  "top.yaml",
		"nowhere.yaml":              "nowhere.yaml", // reading it says that it is not there
		"- half-lettuce":            "- half-lettuce",
		"top.yaml s/b.yaml":         "top.yaml s/b.yaml", // in the order of the arguments
		"s":                         "s/[odd].yaml s/a-b.yaml s/a.yml s/a/deep_er/y.YAML s/a/z.yaml s/b.yaml",
		"s/":                        "s/[odd].yaml s/a-b.yaml s/a.yml s/a/deep_er/y.YAML s/a/z.yaml s/b.yaml",
		"s/*.yaml":                  "s/[odd].yaml s/a-b.yaml s/b.yaml",
		"s/?.y*ml":                  "s/a.yml s/b.yaml",
		"s/[ab].yaml":               "s/b.yaml",
		"s/[odd].yaml":              "s/[odd].yaml", // a file of that name is no pattern
		"**/*.yaml":                 "s/[odd].yaml s/a-b.yaml s/a/z.yaml s/b.yaml top.yaml",
		"s/**/z.yaml":               "s/a/z.yaml",
		"s/**/a/*.yaml":             "s/a/z.yaml",
		"s/a/**":                    "s/a/deep_er/y.YAML s/a/z.yaml",
		"*/*/*.yaml":                "s/a/z.yaml",
		"top.yaml ./top.yaml *":     "top.yaml", // named three times
		folder + "/*.yaml":          folder + "/top.yaml",
		"top.yaml " + folder:        "top.yaml " + folder + "/s/[odd].yaml " + folder + "/s/a-b.yaml " + folder + "/s/a.yml " + folder + "/s/a/deep_er/y.YAML " + folder + "/s/a/z.yaml " + folder + "/s/b.yaml",
		"half-lettuce half-lettuce": "half-lettuce",
	} {
		got, err := files.Expand(strings.Fields(arguments))
		for i := range got {
			got[i] = strings.ReplaceAll(got[i], " ", "_")
		}
		if err != nil || !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s stands for %q, %v, want %q", arguments, got, err, want)
		}
	}
}

func TestNothingFoundIsAnErrorWithARemedy(t *testing.T) {
	plant(t)
	got, err := files.Expand([]string{"top.yaml", "empty", "nowhere/**/*.yaml", "s/[ab"})
	problems := calc.ProblemsOf(err)
	if len(problems) != 3 || !slices.Equal(got, []string{"top.yaml"}) {
		t.Fatalf("three arguments stand for nothing: %q, %v", got, err)
	}
	for i, want := range []string{"empty", "nowhere/**/*.yaml", "s/[ab"} {
		if p := problems[i]; p.Place.Document.Name != want || p.Hint == "" {
			t.Errorf("the error about %s is %+v", want, p)
		}
	}
}
