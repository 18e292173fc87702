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
	"github.com/churncost/churncost/cmd/internal/format"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/currency"
	"github.com/churncost/churncost/scenarios/records/query"
)

// isCompleting reports whether a shell asks for completions, through the script
// that churncost completion prints.
func isCompleting(args []string) bool {
	return len(args) > 0 && (args[0] == cobra.ShellCompRequestCmd || args[0] == cobra.ShellCompNoDescRequestCmd)
}

// complete registers the completions of arguments and flags. It is called only when a
// shell asks for completions.
func (p *program) complete(root *cobra.Command) {
	_ = root.RegisterFlagCompletionFunc("color", p.completeFlag("color"))
	for _, cmd := range append(root.Commands(), root) {
		cmd.ValidArgsFunction = p.completeArgument
		cmd.Flags().VisitAll(func(f *pflag.Flag) { _ = cmd.RegisterFlagCompletionFunc(f.Name, p.completeFlag(f.Name)) })
	}
}

func (p *program) completeArgument(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	label, path, labelled := strings.Cut(typed, "=")
	switch name := cmd.Name(); {
	case name == "init" || name == "completion" || !cmd.HasParent(), len(args) > 0 && !slices.Contains([]string{"check", "compare", "fit"}, name):
		return nil, cobra.ShellCompDirectiveNoFileComp
	case name == "scenarios":
		return offer(p.builtIns(), typed)
	case name == "fit" && strings.ContainsRune(typed, '/'): // the shell expands ~
		return recordFiles(), cobra.ShellCompDirectiveFilterFileExt
	case name == "fit":
		return offer(fileNames(typed, isRecords), typed)
	case name == "sources":
		return offer(sourceKeys(), typed)
	case name == "sql":
		return offer(query.Names(), typed)
	case name == "compare" && labelled:
		return offer(behind(label+"=", "", append(p.builtIns(), fileNames(path, isScenario)...)), typed)
	case strings.ContainsRune(typed, '/'): // the shell expands ~
		return extensions(), cobra.ShellCompDirectiveFilterFileExt
	}
	return offer(append(p.builtIns(), fileNames(typed, isScenario)...), typed)
}

// completeFlag completes the value of a flag. A flag means the same on every command.
func (p *program) completeFlag(flag string) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		begin, rest, assigned := strings.Cut(typed, "=")
		switch {
		case flag == "base":
			return extensions(), cobra.ShellCompDirectiveFilterFileExt
		case flag == "period":
			return offer(query.Periods(), typed)
		case flag == "dialect":
			return offer(query.Dialects(), typed)
		case flag == "currency":
			return offer(currency.Codes(), typed)
		case flag == "column" && !assigned:
			return offer(ended(query.Columns(), "="), typed)
		case flag == "color":
			return offer(colours(), typed)
		case flag == "tail":
			return offer(p.vocabulary.Field("customer.survival.tail").Choices, typed)
		case flag == "format" && assigned:
			return offer(behind(begin+"=", "", fileNames(rest, func(string) bool { return true })), typed)
		case flag == "format":
			return offer(format.Names(cmd.Name()), typed)
		case flag == "metric":
			return offer(behind("", typedList(typed), p.metricChoices()), typed)
		case flag == "gate":
			choices := p.metricChoices()
			for _, choice := range choices {
				if metric := undescribed(choice); strings.HasPrefix(typed, metric) && cmd.Flag("base") != nil {
					choices = append(choices, cobra.CompletionWithDesc(metric+".change", "against the baseline"))
				}
			}
			choices, directive := offer(choices, typed)
			return choices, directive | cobra.ShellCompDirectiveNoSpace // the limit follows
		case flag == "by":
			numbers := slices.DeleteFunc(p.fields(cmd, ""), func(f calc.Field) bool { return f.Kind != calc.NumberInput && f.Kind != calc.ChangeInput })
			return offer(behind("", typedList(typed), keys(numbers, "")), typed)
		case (flag == "set" || flag == "vary") && !assigned:
			return offer(keys(p.fields(cmd, typed), "="), typed)
		case flag == "set":
			return offer(behind(begin+"=", "", words(p.fields(cmd, begin), begin)), typed)
		case flag == "vary":
			return offer(behind(begin+"=", typedList(rest), words(p.fields(cmd, begin), begin)), typed)
		}
		return nil, cobra.ShellCompDirectiveNoFileComp // a value that cannot be guessed, such as a date
	}
}

// offer keeps the choices that begin with what is typed. No space is added after a folder
// or a key, because more follows.
func offer(choices []string, typed string) ([]string, cobra.ShellCompDirective) {
	directive := cobra.ShellCompDirectiveNoFileComp
	var kept []string
	for _, choice := range choices {
		if word := undescribed(choice); strings.HasPrefix(word, typed) {
			kept = append(kept, choice)
			if strings.HasSuffix(word, "/") || strings.HasSuffix(word, "=") {
				directive |= cobra.ShellCompDirectiveNoSpace
			}
		}
	}
	return kept, directive
}

// undescribed returns a choice without its description.
func undescribed(choice string) string {
	word, _, _ := strings.Cut(choice, "\t")
	return word
}

// typedList returns the part of a comma-separated list up to its last comma.
func typedList(text string) string { return text[:strings.LastIndexByte(text, ',')+1] }

// behind puts what is already typed in front of each choice: a prefix such as KEY=, and a
// list up to its last comma. Words already in the list are not offered again. In a list
// the choices have no description, because cobra's script for bash would not complete
// them.
func behind(beginning, list string, choices []string) []string {
	var all []string
	for _, choice := range choices {
		if list != "" {
			choice = undescribed(choice)
		}
		if !strings.Contains(","+list, ","+choice+",") {
			all = append(all, beginning+list+choice)
		}
	}
	return all
}

// extensions are the extensions of scenario files.
func extensions() []string { return []string{"yaml", "yml"} }

func isScenario(name string) bool {
	return slices.Contains(extensions(), strings.TrimPrefix(filepath.Ext(name), "."))
}

// recordFiles are the extensions of files of records.
func recordFiles() []string { return []string{"csv", "tsv"} }

func isRecords(name string) bool {
	return slices.Contains(recordFiles(), strings.TrimPrefix(filepath.Ext(name), "."))
}

func (p *program) builtIns() []string {
	var choices []string
	for _, name := range scenarios.Names() {
		title := ""
		if s, err := scenarios.Open(name, p.stdin, p.vocabulary); err == nil {
			title = s.Name
		}
		choices = append(choices, cobra.CompletionWithDesc(name, title))
	}
	return choices
}

// fileNames lists the folders and the wanted files in the folder of a path. Hidden ones are
// listed once the dot is typed.
func fileNames(path string, wanted func(name string) bool) []string {
	folder, begin := filepath.Split(path)
	entries, _ := os.ReadDir(cmp.Or(folder, ".")) // an unreadable folder has no choices
	var choices []string
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasPrefix(name, ".") && begin == "" || strings.ContainsFunc(name, unicode.IsControl) {
			continue
		}
		if info, err := os.Stat(folder + name); err == nil && info.IsDir() { // also through a link
			choices = append(choices, folder+name+"/")
		} else if wanted(name) {
			choices = append(choices, folder+name)
		}
	}
	return choices
}

// fields lists the inputs of a calculator; for any other command, those of all
// calculators. Once a list and a dot are typed, the list's elements are offered instead,
// with the number typed or 1.
func (p *program) fields(cmd *cobra.Command, typed string) []calc.Field {
	asked := p.vocabulary.Fields()
	if i := slices.IndexFunc(p.calculators, func(c calc.Calculator) bool { return c.Name == cmd.Name() }); i >= 0 {
		asked = p.calculators[i].Fields()
	}
	var all []calc.Field
	for _, f := range asked {
		rest, inside := strings.CutPrefix(typed, f.Key+".")
		number, _, _ := strings.Cut(rest, ".")
		element := f.Key + "." + cmp.Or(number, "1")
		if inside && f.Lists() {
			f.Key, f.Kind, f.Evidence = element, calc.NumberInput, nil // a benchmark is for the whole list
		} else if inside && f.Kind == calc.ItemsInput {
			for _, item := range f.Items {
				item.Key = element + "." + item.Key
				all = append(all, item)
			}
			continue
		}
		all = append(all, f)
	}
	return all
}

func keys(fields []calc.Field, end string) []string {
	var choices []string
	for _, f := range fields {
		choices = append(choices, cobra.CompletionWithDesc(f.Key+end, f.Help+terms(&f)))
	}
	return choices
}

// words lists the words that a key accepts instead of a number.
func words(fields []calc.Field, key string) []string {
	i := slices.IndexFunc(fields, func(f calc.Field) bool { return f.Key == key })
	if i < 0 {
		return nil
	}
	choices := slices.Clone(fields[i].Choices)
	if fields[i].Forever {
		choices = append(choices, cobra.CompletionWithDesc("forever", "without end"))
	}
	if known := fields[i].Evidence; len(known) > 0 {
		choices = append(choices, cobra.CompletionWithDesc("benchmark", known[0].Text+", grade "+string(known[0].Grade)))
	}
	return choices
}

// ended puts an end to each word.
func ended(words []string, end string) []string {
	var all []string
	for _, word := range words {
		all = append(all, word+end)
	}
	return all
}

func (p *program) metricChoices() []string {
	var choices []string
	for _, c := range p.calculators {
		for _, f := range c.Metrics() {
			choices = append(choices, cobra.CompletionWithDesc(f.Metric, f.Label+" ["+string(f.Unit)+"]"))
		}
	}
	return choices
}

// sourceKeys lists the keys that have built-in figures.
func sourceKeys() []string {
	var keys, choices []string
	for _, s := range evidence.All() {
		if !slices.Contains(keys, s.Key) {
			keys = append(keys, s.Key)
			choices = append(choices, cobra.CompletionWithDesc(s.Key, s.Measures))
		}
	}
	return choices
}
