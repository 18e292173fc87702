package judging

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
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/cmd/internal/study"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/files"
)

// A baseline is what scenarios are compared with: one scenario, or a folder that holds
// them under the same paths.
type baseline struct {
	study  *study.Study
	path   string
	folder bool
}

// findBase finds the baseline; nil if none is given. A missing one is an error even if no
// gate needs it, so that a misspelt path is found. So is a folder with scenarios, but none
// of these: it is the wrong folder.
func findBase(s *study.Study, name string, names []string) (*baseline, error) {
	if name == "" {
		return nil, nil
	}
	b := &baseline{study: s, path: name}
	if _, err := os.Stat(name); files.IsFile(name) && errors.Is(err, fs.ErrNotExist) {
		return nil, b.problem("there is no such baseline", "give --base a scenario, or a folder that holds them under the same paths")
	}
	b.folder = files.IsFile(name) && files.IsFolder(name)
	itself := "."
	if !b.folder && len(names) == 1 {
		itself = names[0]
	}
	if files.Same(name, itself) {
		return nil, b.problem("the baseline is what is checked: no change can show", "give --base a copy of what was before the change, such as one that git worktree add makes")
	}
	if !b.folder && len(names) > 1 {
		return nil, &calc.Problem{Message: fmt.Sprintf("one baseline cannot serve %d scenarios", len(names)), Hint: "give --base a folder that holds them under the same paths"}
	}
	if !b.folder {
		return b, nil
	}
	named := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return !files.IsFile(n) })
	for _, n := range named {
		if err := files.Outside(n); err != nil {
			return nil, err
		}
	}
	if len(named) == 0 || slices.ContainsFunc(named, b.has) {
		return b, nil
	}
	return b, b.wrongFolder(named)
}

func (b *baseline) problem(message, hint string) error {
	return &calc.Problem{Place: quantity.PlaceIn(b.path), Message: message, Hint: hint}
}

// has reports whether the folder has a scenario under a path.
func (b *baseline) has(name string) bool {
	_, err := os.Stat(filepath.Join(b.path, name))
	return err == nil
}

// wrongFolder is the error about a folder that holds scenarios, but none of those that are
// checked; nil if it holds none at all.
func (b *baseline) wrongFolder(names []string) error {
	above := filepath.Dir(filepath.Clean(b.path))
	if !files.Same(above, ".") && slices.ContainsFunc(names, (&baseline{path: above}).has) && len(b.below(".")) > 0 {
		return b.problem("the baseline holds scenarios, but none of these", "did you mean "+filepath.ToSlash(above)+"? Paths in it are the same as here")
	}
	some := false
	for _, found := range b.below(".") {
		for _, name := range names {
			if folder, is := strings.CutSuffix(found, "/"+path.Clean(name)); is {
				return b.problem("the baseline holds scenarios, but none of these", "did you mean "+path.Join(filepath.ToSlash(b.path), folder)+"? Paths in it are the same as here")
			}
		}
		some = some || b.reads(found)
	}
	if !some {
		return nil
	}
	return b.problem("the baseline holds scenarios, but none of these", "give --base a folder that holds them under the same paths")
}

// below lists the files below a place in the folder that may be scenarios.
func (b *baseline) below(place string) []string {
	found, _ := files.In(b.path, place) // an error means that there are none
	return slices.DeleteFunc(found, func(name string) bool { return !b.has(name) })
}

// reads reports whether a file in the folder is a scenario without errors.
func (b *baseline) reads(name string) bool {
	_, err := scenarios.Open(path.Join(b.path, name), b.study.Stdin, b.study.Vocabulary)
	return err == nil
}

// A counterpart is the baseline of one scenario.
type counterpart struct {
	scenario *scenarios.Scenario // nil if there is none
	reason   string              // why there is none
	added    bool                // whether the baseline has no such file
	gates    []study.Gate        // those of the baseline that can be read
}

// counterpart opens the baseline of one scenario; nil if no baseline is given.
func (b *baseline) counterpart(w *study.Worker, argument string) (*counterpart, error) {
	if b == nil {
		return nil, nil
	}
	name := b.path
	if b.folder {
		name = path.Join(filepath.ToSlash(b.path), argument)
		if !files.IsFile(argument) || !b.has(argument) {
			return &counterpart{added: files.IsFile(argument), reason: "without a baseline"}, nil
		}
	}
	scenario, err := w.Base.Open(name)
	if err != nil && !b.folder {
		return nil, err // the user named it
	}
	if err != nil {
		first := calc.ProblemsOf(err)[0]
		return &counterpart{reason: fmt.Sprintf("the baseline %s cannot be read: %s", name, first.Message)}, nil
	}
	gates, _ := b.study.Gates(scenario.Gates) // one that cannot be read was never judged
	return &counterpart{scenario: scenario, gates: gates}, nil
}

// unjudged says what was not judged of one scenario, and how its gates differ from those
// of the baseline. Of a strict study it also says what the scenario acknowledges since.
func (c *checker) unjudged(subject *results.Subject, scenario *scenarios.Scenario, verdicts []results.Verdict, gates []study.Gate, base *counterpart) (all []results.Unjudged) {
	add := func(u results.Unjudged) {
		u.Scenario = subject.ID()
		if u.File == "" {
			u.File = subject.Path
		}
		all = append(all, u)
	}
	switch {
	case base == nil:
	case base.added:
		add(results.Unjudged{Kind: results.ScenarioAdded})
	case base.scenario == nil && base.reason != "" && subject.Path != "":
		add(results.Unjudged{Kind: results.BaseUnread, Reason: base.reason})
	}
	if len(gates) == 0 {
		add(results.Unjudged{Kind: results.WithoutGates})
	}
	for i := range verdicts {
		if v := &verdicts[i]; v.Status == gate.New {
			add(results.Unjudged{Kind: results.GateNew, Gate: v.Gate, Reason: v.Reason, Location: v.Location})
		}
	}
	if base == nil || base.scenario == nil {
		return all
	}
	then, today := base.scenario.Currency, scenario.Currency
	for i := range base.gates {
		was := &base.gates[i]
		if then != today && was.MetricUnit().Kin() == quantity.Money && was.By == gate.InUnit {
			add(results.Unjudged{Kind: results.GateRemoved, Gate: was.Text, Reason: "it was in " + then.Code() + ", and the scenario is in " + today.Code()})
			continue
		}
		best, now := gate.Other, (*study.Gate)(nil)
		for j := range gates {
			if r := gates[j].To(was.Gate); r > best {
				best, now = r, &gates[j]
			}
		}
		switch best {
		case gate.Other:
			add(results.Unjudged{Kind: results.GateRemoved, Gate: was.Text})
		case gate.Looser:
			add(results.Unjudged{Kind: results.GateLoosened, Gate: now.Text, Was: was.Text, Location: results.LocationOf(now.Place)})
		}
	}
	if c.Strict {
		for _, key := range scenario.Acknowledged {
			if !base.scenario.Acknowledges(key) {
				add(results.Unjudged{Kind: results.Acknowledged, Reason: key})
			}
		}
	}
	return all
}

// removed lists the scenarios of the baseline that are gone: those that a folder or a
// pattern would have named, and scenarios below the folders of the files that are named.
func (b *baseline) removed(arguments, names []string) (all []results.Unjudged) {
	if b == nil || !b.folder {
		return nil
	}
	seen := map[string]bool{}
	for _, name := range names {
		seen[path.Clean(name)] = true
	}
	gone := func(found []string, sure bool) {
		for _, name := range found {
			_, err := os.Stat(name)
			u := results.Unjudged{Kind: results.ScenarioRemoved, Scenario: name, Location: results.Location{File: name}}
			if err == nil {
				u.Reason = "a link or a folder took its place, and links to folders are not followed"
			}
			if !seen[name] && (sure || errors.Is(err, fs.ErrNotExist) && b.reads(name)) {
				all = append(all, u)
			}
			seen[name] = true
		}
	}
	for _, argument := range arguments {
		if files.IsFile(argument) && filepath.IsLocal(argument) && !slices.Contains(names, filepath.ToSlash(argument)) {
			gone(b.below(argument), true)
		}
	}
	var looked []string
	for _, name := range names {
		place, _, deep := strings.Cut(path.Clean(name), "/")
		if !deep {
			place = "*" // the top of a repository holds much else
		}
		if files.IsFile(name) && !slices.Contains(looked, place) {
			looked = append(looked, place)
			gone(b.below(place), false)
		}
	}
	slices.SortFunc(all, func(x, y results.Unjudged) int { return strings.Compare(x.Scenario, y.Scenario) })
	return all
}
