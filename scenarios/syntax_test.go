package scenarios

import (
	"strings"
	"testing"
)

func TestTheUsualYAMLMistakesAreExplained(t *testing.T) {
	refuse(t, []badText{
		{"no space after the colon, with more keys below", `
version: 1
customer:
  spend:50 per week

  years: 10
`, `
3:8 not valid YAML: mapping values are not allowed in this context = put a space after the colon
`},
		{"no space after the colon, with a comment behind", `
version: 1
customer:
  spend:50 per week   # in sales
  years: 10
`, `
3:8 not valid YAML: did not find expected key = put a space after the colon
`},
		{"no space after the colon of the last key", `
version: 1
customer:
  spend: 50 per week
  years:10
`, `
4:8 not valid YAML: could not find expected ':' = put a space after the colon
`},
		{"no space after the only colon of a group", `
version: 1
customer:
  spend:50 per week
`, `
3:3 customer holds keys, such as spend, each on a line of its own = put a space after the colon: spend: 50 per week
`},
		{"no space after the first colon of the file", `
version:1
customer:
  spend: 50 per week
`, `
1:8 not valid YAML: mapping values are not allowed in this context = put a space after the colon
`},
		{"no colon after a key with keys below", `
version: 1
customer
  spend: 50 per week
`, `
2:9 not valid YAML: could not find expected ':' = put a colon after the key
`},
		{"no colon after a key with a comment behind", `
version: 1
customer  # Mrs Williams
  spend: 50 per week
`, `
2:9 not valid YAML: could not find expected ':' = put a colon after the key
`},
		{"no colon in the first line", `
version 1
name: Mine
`, `
1:10 not valid YAML: mapping values are not allowed in this context = put a colon after the key
`},
		{"no colon after gates", `
version: 1
gates
  - ripple.loss <= 3
`, `
2:6 not valid YAML: could not find expected ':' = put a colon after the key
`},
		{"the first gate on the line of its key", `
version: 1
gates: - ripple.loss <= 3
`, `
2:8 not valid YAML: block sequence entries are not allowed in this context = begin a list on the line below its key; put quotes around a text that begins with a dash
`},
		{"a gate below a key that has no list", `
version: 1
name: Mine
- ripple.loss <= 3
`, `
3:1 not valid YAML: did not find expected key = a dash begins a list: write its key above it, such as gates:
`},
		{"a gate that begins with its sign", `
version: 1
gates:
  - >= 3
`, `
3:5 not valid YAML: did not find expected comment or line break = put quotes around a text that begins with >
`},
		{"a sentence in the middle", `
version: 1
this is half a lettuce
name: Mine
`, `
2:1 not valid YAML: could not find expected ':' = write key: value, or indent what goes on from the line above
`},
		{"a tab in the indentation", "version: 1\ncustomer:\n\tspend: 50 per week\n", `
3:1 not valid YAML: found character that cannot start any token = YAML indents with spaces, never with tabs
`},
		{"a tab after spaces, some lines below", "version: 1\ncustomer:\n  spend: 50 per week\n\n  \tyears: 10\n", `
5:3 not valid YAML: found a tab character that violates indentation = YAML indents with spaces, never with tabs
`},
		{"a tab before a comment", "version: 1\ncustomer:\n\t# the usual\n  spend: 50 per week\n", `
3:1 not valid YAML: found character that cannot start any token = YAML indents with spaces, never with tabs
`},
		{"a tab within a value", "version: 1\ncustomer:\n  spend: 50\tper week\n", `
3:10 customer.spend holds a tab = write spaces
`},
		{"a key too far to the right", `
version: 1
customer:
  spend: 50 per week
   years: 10
`, `
4:4 not valid YAML: mapping values are not allowed in this context = line it up with the key above
`},
		{"a key too far to the left", `
version: 1
customer:
    spend: 50 per week
  years: 10
`, `
4:3 not valid YAML: did not find expected key = line it up with a key above
`},
		{"a key of a nested group too far to the left", `
version: 1
winback:
  second_life:
      spend: 50%
    years: 10
  lapsed: 20%
`, `
5:5 not valid YAML: did not find expected key = line it up with a key above
`},
		{"everything indented but the second key", `
  version: 1
name: Mine
`, `
2:1 not valid YAML: did not find expected <document start> = line it up with a key above
`},
		{"a dash too far to the left", `
version: 1
gates:
   - ripple.loss <= 3
 - ripple.leave <= 4
`, `
4:2 not valid YAML: did not find expected key = line it up with a key above
`},
		{"a colon in a name", `
version: 1
name: Mine: the shop
`, `
2:11 not valid YAML: mapping values are not allowed in this context = put quotes around a text that holds a colon; a key begins a line of its own
`},
		{"a colon in a source", `
version: 1
word_of_mouth:
  leave: {value: 25%, source: survey: May}
`, `
3:37 not valid YAML: did not find expected ',' or '}' = put quotes around a text that holds a colon, and commas between the items
`},
		{"an apostrophe within apostrophes", `
version: 1
name: 'Joe's shop'
`, `
2:12 not valid YAML: did not find expected key = the quotes closed before this; put the other kind of quotes around the whole text
`},
		{"text after the quotes in braces", `
version: 1
word_of_mouth:
  leave: {value: 25%, source: "survey" of May}
`, `
3:40 not valid YAML: did not find expected ',' or '}' = the quotes closed before this; put the other kind of quotes around the whole text
`},
		{"quotes that are never closed", `
version: 1
name: "Mine
currency: USD
`, `
2:7 not valid YAML: found unexpected end of stream = close the quotes
`},
		{"quotes that other quotes seem to close", `
version: 1
name: 'Mine
currency: 'USD'
`, `
2:7 not valid YAML: did not find expected key = close the quotes
`},
		{"a bracket that is never closed", `
version: 1
word_of_mouth:
  tells: [11, 5
  leave: 25%
`, `
3:10 not valid YAML: did not find expected ',' or ']' = close what this [ opens, and put a comma between its items
`},
		{"a bracket far to the right", "version: 1\nname: [a,\n  '" + strings.Repeat("x", 2000) + "', [1\n", `
3:2007 not valid YAML: did not find expected ',' or ']' = close what this [ opens, and put a comma between its items
`},
		{"a brace that is never closed, in the first line", `
{version: 1
`, `
1:1 not valid YAML: did not find expected ',' or '}' = close what this { opens, and put a comma between its items
`},
		{"a backslash in double quotes", `
version: 1
name: "C:\shop"
`, `
2:10 not valid YAML: found unknown escape character = put single quotes around a text that holds a backslash
`},
		{"a name that begins with @", `
version: 1
name: @home
`, `
2:7 not valid YAML: found character that cannot start any token = put quotes around a text that begins with @
`},
		{"a name that begins with a percent sign", `
version: 1
name: %off
`, `
2:7 not valid YAML: found character that cannot start any token = put quotes around a text that begins with %
`},
		{"a name that begins with a star and a word", `
version: 1
name: *home
`, `
2:7 not valid YAML: unknown anchor 'home' referenced = put quotes around a text that begins with *
`},
		{"a name that begins with a star and a space", `
version: 1
name: * home
`, `
2:7 not valid YAML: did not find expected alphabetic or numeric character = put quotes around a text that begins with *
`},
		{"a name that begins with an exclamation mark", `
version: 1
name: !a!b home
`, `
2:7 not valid YAML: found undefined tag handle = put quotes around a text that begins with !
`},
		{"a name that begins with a question mark", `
version: 1
name: ? home
`, `
2:7 not valid YAML: mapping keys are not allowed in this context = put quotes around a text that begins with ?
`},
		{"a name that begins with a #", `
version: 1
name: #1 shop
`, `
2:6 name has no value = a # begins a comment: put quotes around a text that begins with one
`},
		{"a name that is nothing but an anchor", `
version: 1
name: &home
`, `
2:7 name has no value = write a text, or leave it out
`},
		{"a directive", `
%TAGS
version: 1
`, `
1:0 not valid YAML: found unknown directive name = leave out the line that begins with %
`},
		{"a second document", `
version: 1
---
version: 1
`, `
2:1 a second document begins here = a file holds one scenario; put the other into a file of its own
`},
		{"a second document that is no YAML", `
version: 1
---
name: "Mine
`, `
3:7 not valid YAML: found unexpected end of stream = close the quotes
`},
		{"more after the end", `
version: 1
...
name: Mine
`, `
3:0 not valid YAML: did not find expected <document start> = the scenario ended above, and a file holds one
`},
		{"a bracket that closes another than it should", `
version: 1
word_of_mouth:
  leave: {value: 25%] [source: survey
`, `
3:23 not valid YAML: did not find expected ',' or '}' = close what this [ opens, and put a comma between its items
`},
		{"a bracket that closes nothing in its line", `
{
  "version": 1
  ]
}
`, `
3:0 not valid YAML: did not find expected ',' or '}' = put a comma between the items, and close every bracket
`},
		{"a scenario in JSON that lacks a comma", `
{
  "version": 1
  "name": "Mine"
}
`, `
3:0 not valid YAML: did not find expected ',' or '}' = put a comma between the items, and close every bracket
`},
	})
}

// Each of these has one mistake, in the last indented line. Everything above it is
// unusual but right.
func TestUnusualButRightLinesAreNotReported(t *testing.T) {
	refuse(t, []badText{
		{"quotes within quotes, and in comments", `
version: 1          # it's ours, 'tis
name: 'It''s "ours" # really'
currency: "USD"     # "plain
customer:
    spend: {value: 50 per week, source: "say \"no\", 2026"}
  years: 10
`, `
6:3 not valid YAML: did not find expected key = line it up with a key above
`},
		{"a quote that is escaped at the end of a text", `
version: 1
name: 'ours'''
customer:
    spend: 50 per week
  years: 10
`, `
5:3 not valid YAML: did not find expected key = line it up with a key above
`},
		{"a # within a word", `
version: 1
name: C#: sharp
`, `
2:9 not valid YAML: mapping values are not allowed in this context = put quotes around a text that holds a colon; a key begins a line of its own
`},
		{"a colon within a key", `
version: 1
a:b: 3
customer:
    spend: 50 per week
  years: 10
`, `
5:3 not valid YAML: did not find expected key = line it up with a key above
`},
		{"a colon within an address", `
version: 1
see http://example.org
name: Mine
`, `
2:1 not valid YAML: could not find expected ':' = write key: value, or indent what goes on from the line above
`},
		{"a list as far to the left as its key", `
version: 1
gates:
- ripple.loss <= 3
customer:
    spend: 50 per week
  years: 10
`, `
6:3 not valid YAML: did not find expected key = line it up with a key above
`},
		{"a key on the line of its dash", `
version: 1
tiers:
  - name: gold
   customers: 3
`, `
4:4 not valid YAML: did not find expected '-' indicator = line it up with a key above
`},
		{"brackets that are closed", `
version: 1
word_of_mouth:
  tells: [[11] [5]]
`, `
3:0 not valid YAML: did not find expected ',' or ']' = put a comma between the items, and close every bracket
`},
	})
}

func TestAnEmptyScenarioIsRefused(t *testing.T) {
	const want = "0:0 the scenario is empty = churncost init prints one to start from\n"
	refuse(t, []badText{
		{"no bytes", "", want},
		{"white space", " \n\n", want},
		{"comments", "# What does one lost customer cost?\n\n# Nothing.\n", want},
		{"the beginning of a document", "---\n", want},
		{"null", "null\n", want},
		{"a byte order mark", "\xEF\xBB\xBF", want},
	})
}

func TestTheEndOfADocumentMayBeMarked(t *testing.T) {
	accept(t, []byte("---\nversion: 1\nname: Mine\n...\n"))
}
