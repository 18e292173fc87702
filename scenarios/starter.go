package scenarios

import (
	"fmt"
	"math"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios/number"
)

// Starter writes a scenario to start from: every key with what it means. Optional keys
// are commented out.
func Starter(v *Vocabulary) string {
	var b strings.Builder
	b.WriteString(`# yaml-language-server: $schema=churncost.schema.json
# An editor that knows this line completes and checks the keys, once that file is here:
# churncost schema > churncost.schema.json
#
# What does one lost customer cost? Put your own numbers in, and run
#
#   churncost loss mine.yaml
#
# A line that begins with # is a comment: take the # away to give that number.
# A number may be a range, 4..6 or 4..5..6 with the likely point in the middle.
# A number can say where it comes from:
#   leave: {value: 25%, source: "exit survey, 2026", owner: Ann, date: 2026-05-01, expires: 2027-05-01}
version: 1
name: My firm
currency: USD             # ISO 4217

`)
	written := map[string]bool{}
	for _, f := range v.fields {
		group := ""
		if i := strings.IndexByte(f.Key, '.'); i >= 0 {
			group = f.Key[:i]
		}
		if written[f.Key] {
			continue
		}
		// Keys of one group are together, whichever calculators ask for them.
		if group == "" {
			written[f.Key] = true
			starterField(&b, &f, f.Key, 0)
			b.WriteByte('\n')
			continue
		}
		v.starterGroup(&b, group, 0, written)
		b.WriteByte('\n')
	}
	b.WriteString(`# What must hold; churncost check judges it.
# gates:
#   - loss.total <= 400000
`)
	return b.String()
}

func (v *Vocabulary) starterGroup(b *strings.Builder, group string, depth int, written map[string]bool) {
	indent := strings.Repeat("  ", depth)
	fmt.Fprintf(b, "%s%s:\n", indent, group[strings.LastIndexByte(group, '.')+1:])
	for _, name := range v.Names(group) {
		key := group + "." + name
		if f := v.Field(key); f != nil {
			written[key] = true
			starterField(b, f, name, depth+1)
		} else {
			v.starterGroup(b, key, depth+1, written)
		}
	}
}

// starterField writes one key. All keys are commented out, except the two that every
// calculator needs.
func starterField(b *strings.Builder, f *calc.Field, name string, depth int) {
	indent := strings.Repeat("  ", depth)
	mark := "# "
	if f.Key == "customer.spend" || f.Key == "customer.years" {
		mark = ""
	}
	fmt.Fprintf(b, "%s# %s", indent, f.Help)
	if terms := f.Terms(); terms != "" {
		fmt.Fprintf(b, " [%s]", terms)
	}
	b.WriteByte('\n')
	if f.Kind != calc.ItemsInput {
		fmt.Fprintf(b, "%s%s%s: %s\n", indent, mark, name, example(f))
		return
	}
	fmt.Fprintf(b, "%s%s%s:\n", indent, mark, name)
	for i := range f.Items {
		dash := "  "
		if i == 0 {
			dash = "- "
		}
		item := &f.Items[i]
		fmt.Fprintf(b, "%s%s  %s%s: %s    # %s\n", indent, mark, dash, item.Key, example(item), item.Help)
	}
	if f.Key == "reasons" {
		for _, list := range readyReasons() {
			list.write(b, indent)
		}
	}
}

// example returns a value that the field accepts.
func example(f *calc.Field) string {
	switch {
	case len(f.Evidence) > 0:
		return f.Evidence[0].Text
	case len(f.Choices) > 0:
		return f.Choices[0]
	case f.Whole: // a column fits the others of its table
		_, list, _ := strings.Cut(f.Help, "such as ")
		return list
	case f.Kind == calc.TextInput:
		return "a name"
	case f.Kind == calc.ChangeInput:
		return "-5pp"
	case !math.IsNaN(f.Fallback) && f.Counted == "" && f.Periodic != calc.Needed:
		return number.Limit(f, f.Fallback)
	}
	switch f.Unit {
	case quantity.MoneyPerYear:
		return "50 per week"
	case quantity.Share:
		if f.Periodic == calc.Survival {
			return "80%"
		}
		return "25%"
	case quantity.Years:
		if !f.Forever {
			return "3 months"
		}
		return "10"
	case quantity.People:
		return "1000"
	case quantity.Count:
		if f.Periodic == calc.Needed {
			return "4..6 per year"
		}
		return "10"
	}
	return "100"
}
