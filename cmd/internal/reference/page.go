package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/cmd"
)

// A page is what there is to say of one command.
type page struct {
	name     string // churncost loss
	short    string
	usage    string
	text     []paragraph
	sections []section
	related  []string // the names of the commands above and below it
}

// A paragraph is running text, or an example whose lines stay as they are.
type paragraph struct {
	text    string
	example bool
}

// A section is a list of terms, and what each means.
type section struct {
	title string
	terms []term
}

type term struct{ name, meaning string }

// pages tells of every command, each before those below it, and the calculators
// before the rest.
func pages() []page {
	root := cmd.Tree()
	calculators := map[string]calc.Calculator{}
	for _, c := range catalog.All() {
		calculators[root.Name()+" "+c.Name] = c
	}
	return visit(root, calculators)
}

func visit(c *cobra.Command, calculators map[string]calc.Calculator) []page {
	c.InitDefaultHelpFlag()
	p := page{name: c.CommandPath(), short: c.Short, usage: c.UseLine(), text: paragraphs(c.Long)}
	if len(p.text) == 0 {
		p.text = paragraphs(c.Short)
	}
	if c.HasParent() {
		p.related = append(p.related, c.Parent().CommandPath())
	}
	if calculator, found := calculators[p.name]; found {
		p.add("Inputs", inputs(calculator))
		p.add("Metrics", metrics(calculator))
	}
	below := commands(c)
	var list []term
	for _, sub := range below {
		list = append(list, term{sub.CommandPath(), sub.Short})
		p.related = append(p.related, sub.CommandPath())
	}
	p.add("Commands", list)
	p.add("Flags", flags(c))
	if !c.HasParent() {
		p.add("Exit status", statuses())
	}
	all := []page{p}
	for _, sub := range below {
		all = append(all, visit(sub, calculators)...)
	}
	return all
}

// add adds a section, unless it is empty.
func (p *page) add(title string, terms []term) {
	if len(terms) > 0 {
		p.sections = append(p.sections, section{title, terms})
	}
}

// statuses are the exit statuses, which no command says of itself.
func statuses() []term {
	return []term{
		{"0", "it worked and, in check, every gate holds"},
		{"1", "a gate fails; only check"},
		{"2", "no verdict: a wrong flag, a scenario that cannot be read, an output that cannot be written"},
		{"130", "interrupted"},
	}
}

// commands lists what stands below a command, but for help itself.
func commands(c *cobra.Command) []*cobra.Command {
	var calculators, others []*cobra.Command
	for _, sub := range c.Commands() {
		switch {
		case !sub.IsAvailableCommand() || sub.Name() == "help":
		case sub.GroupID != "":
			calculators = append(calculators, sub)
		default:
			others = append(others, sub)
		}
	}
	return slices.Concat(calculators, others)
}

// paragraphs takes a help text apart. Indented lines are examples.
func paragraphs(text string) []paragraph {
	var all []paragraph
	for block := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		var p paragraph
		for line := range strings.SplitSeq(strings.Trim(block, "\n"), "\n") {
			bare := strings.TrimPrefix(strings.TrimPrefix(line, "  "), "\t")
			if example := bare != line; p.text == "" {
				p = paragraph{bare, example}
			} else if example == p.example {
				p.text += "\n" + bare
			} else {
				all = append(all, p)
				p = paragraph{bare, example}
			}
		}
		if p.text != "" {
			all = append(all, p)
		}
	}
	return all
}

// inputs tells what a calculator asks, the fields of an item below its list.
func inputs(c calc.Calculator) []term {
	var all []term
	for _, f := range c.Fields() {
		all = append(all, input(f.Key, &f))
		for _, item := range f.Items {
			all = append(all, input(f.Key+".1."+item.Key, &item))
		}
	}
	return all
}

func input(key string, f *calc.Field) term {
	if terms := f.Terms(); terms != "" {
		return term{key, fmt.Sprintf("%s [%s]", f.Help, terms)}
	}
	return term{key, f.Help}
}

// metrics tells what a calculator tells.
func metrics(c calc.Calculator) []term {
	var all []term
	for _, f := range c.Metrics() {
		all = append(all, term{f.Metric, fmt.Sprintf("%s [%s]", f.Label, f.Unit)})
	}
	return all
}

// flags tells the flags of a command, then those that it shares with all.
func flags(c *cobra.Command) []term {
	var all []term
	add := func(f *pflag.Flag) {
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" {
			usage += fmt.Sprintf(" (default %s)", f.DefValue)
		}
		all = append(all, term{strings.TrimSpace(name + " " + value), usage})
	}
	c.NonInheritedFlags().VisitAll(add)
	c.InheritedFlags().VisitAll(add)
	return all
}
