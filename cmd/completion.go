package cmd

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/evidence"
	"github.com/churncost/churncost/cmd/render"
	"github.com/churncost/churncost/scenarios"
)

// A completer says what may stand where somebody presses the tab key. An offer
// may bear a description, after a tab; the directive tells the shell what else it
// may offer, and whether the word goes on.
type completer = cobra.CompletionFunc

// isCompleting tells whether it is a shell that asks, by the script which
// churncost completion prints.
func isCompleting(args []string) bool {
	return len(args) > 0 && (args[0] == cobra.ShellCompRequestCmd || args[0] == cobra.ShellCompNoDescRequestCmd)
}

// complete makes a command and those below it complete their arguments and the
// values of their flags. A run that completes nothing does not call it.
func (p *program) complete(cmd *cobra.Command) {
	cmd.ValidArgsFunction = p.arguments(cmd)
	values := func(f *pflag.Flag) {
		_ = cmd.RegisterFlagCompletionFunc(f.Name, p.values(f.Name)) // fails only for a flag that is not there
	}
	cmd.Flags().VisitAll(values)
	cmd.PersistentFlags().VisitAll(values)
	for _, sub := range cmd.Commands() {
		p.complete(sub)
	}
}

// arguments completes what the usage line asks for. A placeholder means the same
// in every one of them.
func (p *program) arguments(cmd *cobra.Command) completer {
	_, asked, _ := strings.Cut(cmd.Use, " ")
	asked, _, _ = strings.Cut(asked, " --") // flags that the command cannot do without
	switch asked {
	case "[SCENARIO]":
		return once(p.completeScenario)
	case "SCENARIO...":
		return p.completeScenario
	case "BASE [SCENARIO...]":
		return p.completeColumn
	case "[NAME]":
		return once(p.completeName)
	case "[WORD|KEY]":
		return once(completeSource)
	}
	return cobra.NoFileCompletions
}

// values completes the values of a flag, which means the same on every command.
// One that is not here takes what only the user knows, such as a date.
func (p *program) values(flag string) completer {
	switch flag {
	case "set":
		return p.completeSet
	case "vary":
		return p.completeVary
	case "by":
		return p.completeBy
	case "metric":
		return p.completeMetrics
	case "gate":
		return p.completeGate
	case "base":
		return completeBase
	case "format":
		return completeFormat
	case "color":
		return completeColour
	}
	return cobra.NoFileCompletions
}

// once completes the first argument, and none after it.
func once(complete completer) completer {
	return func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return complete(cmd, args, typed)
	}
}

// offer keeps the offers that go on as was typed. The shell is to offer nothing
// else, and to leave the word open where one of them ends in what is to be
// followed.
func offer(offers []string, typed string) ([]string, cobra.ShellCompDirective) {
	directive := cobra.ShellCompDirectiveNoFileComp
	var kept []string
	for _, text := range offers {
		word, _, _ := strings.Cut(text, "\t")
		if !strings.HasPrefix(word, typed) {
			continue
		}
		kept = append(kept, text)
		if strings.HasSuffix(word, "/") || strings.HasSuffix(word, "=") {
			directive |= cobra.ShellCompDirectiveNoSpace
		}
	}
	return kept, directive
}

// extensions are those of the files that hold scenarios.
func extensions() []string { return []string{"yaml", "yml"} }

func isScenario(name string) bool {
	return slices.Contains(extensions(), strings.TrimPrefix(filepath.Ext(name), "."))
}

// completeScenario offers the built-in scenarios and the files that are here. A
// word with a slash is left to the shell, which knows what ~ stands for.
func (p *program) completeScenario(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	if strings.ContainsRune(typed, '/') {
		return extensions(), cobra.ShellCompDirectiveFilterFileExt
	}
	return offer(append(p.names(""), files("", typed, isScenario)...), typed)
}

// completeColumn does as completeScenario, also behind LABEL=.
func (p *program) completeColumn(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	label, path, labelled := strings.Cut(typed, "=")
	if !labelled {
		return p.completeScenario(cmd, args, typed)
	}
	return offer(append(p.names(label+"="), files(label+"=", path, isScenario)...), typed)
}

// completeName offers the built-in scenarios alone.
func (p *program) completeName(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	return offer(p.names(""), typed)
}

// names lists the built-in scenarios, each behind what stands before it.
func (p *program) names(before string) []string {
	var offers []string
	for _, name := range scenarios.Names() {
		title := ""
		if s, err := scenarios.Open(name, p.stdin, p.vocabulary); err == nil {
			title = s.Name
		}
		offers = append(offers, cobra.CompletionWithDesc(before+name, title))
	}
	return offers
}

// files lists the files of the folder that a path leads to, as far as they are
// wanted, and the folders in it, each behind what stands before it. What is
// hidden is listed for those who typed the dot.
func files(before, path string, wanted func(name string) bool) []string {
	folder, begin := filepath.Split(path)
	entries, _ := os.ReadDir(cmp.Or(folder, ".")) // what cannot be read offers nothing
	var offers []string
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasPrefix(name, ".") && begin == "" || strings.ContainsFunc(name, unicode.IsControl) {
			continue
		}
		if info, err := os.Stat(folder + name); err == nil && info.IsDir() { // the entry itself may be a link
			offers = append(offers, before+folder+name+"/")
		} else if wanted(name) {
			offers = append(offers, before+folder+name)
		}
	}
	return offers
}

// completeBase offers files that may hold a scenario, and folders.
func completeBase(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return extensions(), cobra.ShellCompDirectiveFilterFileExt
}

// completeFormat offers the formats of the command, and files behind FORMAT=.
func completeFormat(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	format, path, found := strings.Cut(typed, "=")
	if !found {
		return offer(render.FormatNames(cmd.Name()), typed)
	}
	return offer(files(format+"=", path, func(string) bool { return true }), typed)
}

// completeColour offers what --color takes.
func completeColour(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	return offer([]string{"auto", "always", "never"}, typed)
}

// completeSet offers KEY=, and behind it the words that the key may have.
func (p *program) completeSet(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	key, _, found := strings.Cut(typed, "=")
	if !found {
		return offer(p.keys(cmd, typed), typed)
	}
	return offer(p.words(cmd, key, ""), typed)
}

// completeVary does as completeSet, for each value of the list behind KEY=.
func (p *program) completeVary(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	key, values, found := strings.Cut(typed, "=")
	if !found {
		return offer(p.keys(cmd, typed), typed)
	}
	return offer(p.words(cmd, key, whole(values)), typed)
}

// whole is the part of a list that is typed already, up to its last comma.
func whole(list string) string { return list[:strings.LastIndexByte(list, ',')+1] }

// listed offers a word behind such a part of a list, unless it stands there.
// Behind a comma it has no description: for bash, cobra's script finds a described
// word only if it has nothing that bash would escape.
func listed(before, list, word, description string) []string {
	switch {
	case list == "":
		return []string{cobra.CompletionWithDesc(before+word, description)}
	case strings.Contains(","+list, ","+word+","):
		return nil
	}
	return []string{before + list + word}
}

// keys lists the keys that the command asks for.
func (p *program) keys(cmd *cobra.Command, typed string) []string {
	var offers []string
	for _, f := range p.fields(cmd, typed) {
		offers = append(offers, cobra.CompletionWithDesc(f.Key+"=", f.Help+terms(&f)))
	}
	return offers
}

// completeBy offers the keys of numbers, also behind the commas of a list.
func (p *program) completeBy(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	list := whole(typed)
	var offers []string
	for _, f := range p.fields(cmd, strings.TrimPrefix(typed, list)) {
		if f.Kind == calc.NumberInput {
			offers = append(offers, listed("", list, f.Key, f.Help+terms(&f))...)
		}
	}
	return offer(offers, typed)
}

// fields lists the inputs that a calculator asks for, or those that any does
// where the command is none of them. The elements of a list stand in its place
// once its key and a dot are typed; the first is named where no number is.
func (p *program) fields(cmd *cobra.Command, typed string) []calc.Field {
	asked := p.vocabulary.Fields()
	for _, c := range p.calculators {
		if c.Name == cmd.Name() {
			asked = c.Fields()
		}
	}
	var all []calc.Field
	for _, f := range asked {
		rest, inside := strings.CutPrefix(typed, f.Key+".")
		number, _, _ := strings.Cut(rest, ".")
		element := f.Key + "." + cmp.Or(number, "1")
		switch {
		case inside && f.Lists():
			f.Key, f.Kind, f.Evidence = element, calc.NumberInput, nil // a built-in figure is one of the whole list
			all = append(all, f)
		case inside && f.Kind == calc.ItemsInput:
			for _, item := range f.Items {
				item.Key = element + "." + item.Key
				all = append(all, item)
			}
		default:
			all = append(all, f)
		}
	}
	return all
}

// words lists the words that a key may have in the place of a number, each
// behind the key and the part of a list that is typed already.
func (p *program) words(cmd *cobra.Command, key, list string) []string {
	var offers []string
	add := func(word, description string) {
		offers = append(offers, listed(key+"=", list, word, description)...)
	}
	for _, f := range p.fields(cmd, key) {
		if f.Key != key {
			continue
		}
		for _, choice := range f.Choices {
			add(choice, "")
		}
		if f.Forever {
			add("forever", "without end")
		}
		if len(f.Evidence) > 0 {
			add("benchmark", f.Evidence[0].Text+", grade "+string(f.Evidence[0].Grade))
		}
	}
	return offers
}

// completeMetrics offers metrics, also behind the commas of a list.
func (p *program) completeMetrics(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	list := whole(typed)
	var offers []string
	for _, f := range p.figures() {
		offers = append(offers, listed("", list, f.Metric, labelled(&f))...)
	}
	return offer(offers, typed)
}

// completeGate offers the metric that a gate begins with and, where there can be
// a baseline, its change once the metric itself is there. The limit is to follow,
// so the word stays open.
func (p *program) completeGate(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	based := cmd.Flags().Lookup("base") != nil
	var offers []string
	for _, f := range p.figures() {
		offers = append(offers, cobra.CompletionWithDesc(f.Metric, labelled(&f)))
		if based && strings.HasPrefix(typed, f.Metric) {
			offers = append(offers, cobra.CompletionWithDesc(f.Metric+".change", "against the baseline"))
		}
	}
	offers, directive := offer(offers, typed)
	return offers, directive | cobra.ShellCompDirectiveNoSpace
}

// figures lists what the calculators tell, without values.
func (p *program) figures() []calc.Figure {
	var all []calc.Figure
	for _, c := range p.calculators {
		all = append(all, c.Metrics()...)
	}
	return all
}

// labelled says what a figure is, and in which unit.
func labelled(f *calc.Figure) string { return f.Label + " [" + string(f.Unit) + "]" }

// completeSource offers the keys that have built-in figures.
func completeSource(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	var keys, offers []string
	for _, s := range evidence.All() {
		if !slices.Contains(keys, s.Key) {
			keys = append(keys, s.Key)
			offers = append(offers, cobra.CompletionWithDesc(s.Key, s.Measures))
		}
	}
	return offer(offers, typed)
}

// GetSlice lists the values given so far. Cobra offers a flag again after its
// first use if it has this method.
func (o *outputs) GetSlice() []string {
	var values []string
	for _, out := range o.list {
		values = append(values, out.format.Name+"="+out.file)
	}
	return values
}
