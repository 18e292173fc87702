package main

import (
	"fmt"
	"strings"
)

// markdown writes all pages as one, with a heading for each command.
func markdown(all []page) string {
	var b strings.Builder
	b.WriteString("# Commands\n\n<!-- go run ./cmd/internal/reference writes this page; change what the commands say. -->\n")
	for i := range all {
		p := &all[i]
		fmt.Fprintf(&b, "\n## %s\n\n```\n%s\n```\n", p.name, p.usage)
		for _, part := range p.text {
			if part.example {
				fmt.Fprintf(&b, "\n```\n%s\n```\n", part.text)
			} else {
				fmt.Fprintf(&b, "\n%s\n", strings.TrimLeft(part.text, "# "))
			}
		}
		for _, s := range p.sections {
			fmt.Fprintf(&b, "\n| %s | |\n|---|---|\n", strings.ToLower(s.title))
			for _, t := range s.terms {
				name := "`" + cell(t.name) + "`"
				if s.title == "Commands" {
					name = "[" + name + "](#" + strings.ReplaceAll(t.name, " ", "-") + ")"
				}
				fmt.Fprintf(&b, "| %s | %s |\n", name, cell(t.meaning))
			}
		}
	}
	return b.String()
}

// cell keeps a bar from ending a cell.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
