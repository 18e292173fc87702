// Package files finds the scenarios that arguments name: files, folders and patterns. The
// same arguments give the same list on every system.
package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios"
)

// Expand lists the scenarios that arguments name, in the order of the arguments. Paths
// have slashes on every system.
//
//   - A folder stands for every .yaml and .yml file in it and in the folders below it.
//   - A pattern stands for the .yaml and .yml files that it matches: * and ? match within
//     a name, [a-z] one character, and ** any number of folders.
//   - Any other argument stands for itself: a file, a built-in scenario, or "-".
//
// What a folder or a pattern stands for is sorted. It leaves out names that begin with a
// dot, and does not follow links to folders. A file that is named twice is listed once.
// The error has a calc.Problem for each folder and pattern without any file.
func Expand(arguments []string) ([]string, error) {
	var all []string
	var problems calc.Problems
	seen := make(map[string]bool, len(arguments))
	here, _ := os.Getwd() // without it, one file under two paths is listed twice
	for _, argument := range arguments {
		found, err := In("", argument)
		if err != nil {
			problems = append(problems, calc.ProblemsOf(err)...)
		}
		for _, name := range found {
			if key := identity(here, name); !seen[key] {
				seen[key] = true
				all = append(all, name)
			}
		}
	}
	return all, problems.OrNil()
}

// identity is the same for two paths to a file that differ only in how they are written.
func identity(here, name string) string {
	if IsFile(name) && !filepath.IsAbs(name) {
		return filepath.Join(here, name)
	}
	return filepath.Clean(name)
}

// IsFile reports whether an argument can be the path of a file: whether it is no built-in
// scenario and not standard input.
func IsFile(argument string) bool {
	if strings.Contains(argument, ".") {
		return true // no built-in has a dot in its name
	}
	_, builtIn := scenarios.BuiltInText(argument)
	return argument != "" && argument != "-" && !builtIn
}

// In lists the scenarios that an argument stands for in a folder, by their paths from
// there; "" is the current folder. The error is a *calc.Problem.
func In(folder, argument string) ([]string, error) {
	if !IsFile(argument) {
		return []string{argument}, nil
	}
	slashed := filepath.ToSlash(argument)
	info, err := os.Stat(filepath.Join(folder, argument))
	switch {
	case err == nil && info.IsDir():
		return walk(folder, argument, path.Clean(slashed), []string{"**"})
	case err == nil || !strings.ContainsAny(slashed, "*?["):
		return []string{slashed}, nil
	}
	parts := strings.Split(path.Clean(slashed), "/")
	for _, part := range parts {
		if _, err := path.Match(part, ""); err != nil {
			return nil, problem(argument, fmt.Sprintf("%q is no pattern", argument), "close the bracket [ or name a file")
		}
	}
	fixed := slices.IndexFunc(parts, func(part string) bool { return strings.ContainsAny(part, "*?[") })
	below := strings.Join(parts[:fixed], "/")
	if strings.HasPrefix(slashed, "/") {
		below = "/" + below
	}
	return walk(folder, argument, path.Clean(below), parts[fixed:])
}

func problem(argument, message, hint string) error {
	return &calc.Problem{Place: quantity.PlaceIn(argument), Message: message, Hint: hint}
}

// walk lists the scenarios below a place in a folder whose remaining path matches a
// pattern, sorted. That there are none is an error, as is a folder that cannot be read.
func walk(folder, argument, below string, pattern []string) (found []string, err error) {
	root := filepath.Join(folder, filepath.FromSlash(below))
	err = filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if entry == nil {
			return nil // there is no such place, so there are no scenarios
		}
		hidden := strings.HasPrefix(entry.Name(), ".") && name != root
		extension := strings.ToLower(path.Ext(entry.Name()))
		switch {
		case hidden && entry.IsDir():
			return filepath.SkipDir
		case err != nil:
			return problem(filepath.ToSlash(name), "the folder could not be read", "")
		case hidden || extension != ".yaml" && extension != ".yml" || IsFolder(name):
			return nil
		}
		rest, err := filepath.Rel(root, name)
		if rest = filepath.ToSlash(rest); matches(pattern, strings.Split(rest, "/")) {
			found = append(found, path.Join(below, rest))
		}
		return err
	})
	if err == nil && len(found) == 0 {
		err = problem(argument, "no scenario is there: no file that ends in .yaml or .yml", "name a folder that holds some, or a pattern in quotes, such as 'scenarios/**/*.yaml'")
	}
	slices.Sort(found)
	return found, err
}

// Same reports whether two paths lead to one file or folder.
func Same(one, another string) bool {
	first, err := os.Stat(one)
	second, otherErr := os.Stat(another)
	return errors.Join(err, otherErr) == nil && os.SameFile(first, second)
}

// Outside is the problem of a scenario that a folder of baselines cannot have under the same
// path; nil where it can.
func Outside(name string) error {
	if filepath.IsLocal(name) {
		return nil
	}
	return problem(name, "a folder of baselines is matched by path, and this one is outside the current folder", "name the scenario by its path from here")
}

// IsFolder reports whether a path leads to a folder, also by a link.
func IsFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// matches reports whether the names of a path match the parts of a pattern. A final **
// matches files too.
func matches(pattern, names []string) bool {
	switch {
	case len(pattern) == 0:
		return len(names) == 0
	case pattern[0] == "**":
		for skipped := range names {
			if matches(pattern[1:], names[skipped:]) {
				return true
			}
		}
		return len(pattern) == 1
	case len(names) == 0:
		return false
	}
	same, _ := path.Match(pattern[0], names[0]) // the pattern was checked
	return same && matches(pattern[1:], names[1:])
}
