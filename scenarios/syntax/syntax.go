package syntax

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// syntaxProblem turns an error of the YAML library into a problem. It looks in the text
// for the usual mistakes. If it finds one, the problem has its column and a remedy;
// otherwise it has the line that the library names.
func syntaxProblem(doc *quantity.Document, err error) *calc.Problem {
	message, line := strings.TrimPrefix(err.Error(), "yaml: "), 1
	if rest, found := strings.CutPrefix(message, "line "); found {
		number, after, _ := strings.Cut(rest, ": ")
		line, _ = strconv.Atoi(number)
		message = after
	}
	s := search{lines: bare(doc.Text), message: message, compiled: map[string]*regexp.Regexp{}}
	if s.at(countedFrom0, message) >= 0 {
		line++
	}
	s.line = min(max(line, 1), len(s.lines)) // if something is missing at the end, the last line is reported
	for _, e := range explanations {
		if s.at(e.message, message) >= 0 && e.find(&s) {
			break
		}
	}
	return &calc.Problem{
		Place:   quantity.Place{Document: doc, Line: s.line, Column: s.column, Width: min(s.column, 1)},
		Message: "not valid YAML: " + message,
		Hint:    s.hint,
	}
}

// countedFrom0 matches the messages in which the library counts lines from 0.
const countedFrom0 = `expected (?:key|','|'-'|node content|<document start>)|undefined tag handle|duplicate %|incompatible YAML document`

// A search looks for the cause of a message of the library.
type search struct {
	lines    []string // bare
	message  string
	compiled map[string]*regexp.Regexp

	line   int // the one that the library names, until a better one is found
	column int // 0 if the character is not found
	hint   string
}

// Patterns of a bare line. The group is the place that is reported.
const (
	start       = `(?:^\s*|[:-]\s+|[,[{]\s*)` // a value or an item may begin behind it
	sign        = start + "([@`%*&!|>?])"
	openQuote   = start + `(["'])`
	afterward   = "\x00\\s*([^\\s,:\\]}\x00\\\\])" // text after quotes
	dashed      = `:\s+(-)(?:\s|$)`                // a list's dash after a key
	tight       = `^\s*(?:-\s+)*[^\s:]+(:)\S`      // the colon of a key without a space after it
	keyed       = `^[^[{]*(:)(?:\s|$)`             // the colon of a key
	again       = `^[^[{]*?:\s+[^[{]*?(:)(?:\s|$)` // a second colon
	againInside = `:\s+[^][{},]*?(:)(?:\s|$)`      // a second colon of an item in brackets
	word        = `^\s*(?:-\s+)*\S+()$`            // the end of a line of one word
	begin       = `^\s*(?:-\s+)*()\S`              // the first character after the dashes
	end         = `()$`                            // the end of a line
	dashes      = `^\s*()-\s`                      // the first dash
	indented    = `^\s*()\S`                       // the first character
	tabbed      = "^ *(\t)"                        // a tab in the indentation
)

// Remedies of more than one message.
const (
	addSpace   = "put a space after the colon"
	addColon   = "put a colon after the key"
	closeQuote = "close the quotes"
	otherQuote = "the quotes closed before this; put the other kind of quotes around the whole text"
	quoteSign  = "put quotes around a text that begins with %s"
	quoteColon = "put quotes around a text that holds a colon; a key begins a line of its own"
)

// explanations list, for the messages of the library, the mistakes to look for. The first
// one found is reported.
var explanations = [...]struct {
	message string // a pattern of the library's message
	find    func(*search) bool
}{
	{"tab character|cannot start any token", (*search).tab},
	{"cannot start any token|alphabetic or numeric|or line break|undefined tag handle|mapping keys are not", here(sign, quoteSign)},
	{"unknown anchor", (*search).anchor},
	{"block sequence entries are not allowed", here(dashed, "begin a list on the line below its key; put quotes around a text that begins with a dash")},
	{"escape|hexdecimal", here(`(\\)`, "put single quotes around a text that holds a backslash")},
	{"unexpected end of stream", here(openQuote, closeQuote)},
	{"expected ':'", here(tight, addSpace)},
	{"expected ':'", here(word, addColon)},
	{"expected ':'", here(begin, "write key: value, or indent what goes on from the line above")},
	{"mapping values are not", here(again, quoteColon)},
	{"mapping values are not", (*search).lineAbove},
	{"expected ','", here(afterward, otherQuote)},
	{"expected ','", here(againInside, "put quotes around a text that holds a colon, and commas between the items")},
	{"expected ','", (*search).openBracket},
	{"expected (?:key|'-'|<document start>)", (*search).anywhere},
	{"expected <document start>", advise("the scenario ended above, and a file holds one")},
	{"directive", advise("leave out the line that begins with %")},
	{"exceeded max depth", advise("nothing in a scenario nests so deep")},
}

// here looks for a pattern in the line that the library names.
func here(pattern, hint string) func(*search) bool {
	return func(s *search) bool { return s.look(s.line, pattern, hint) }
}

// advise gives a remedy without a place.
func advise(hint string) func(*search) bool {
	return func(s *search) bool {
		s.hint = hint
		return true
	}
}

// bare splits a text into lines, without comments. Quoted text is blanked except for
// backslashes. Each character becomes one byte, so that an index is a column.
func bare(text string) []string {
	quoted := regexp.MustCompile(start + `(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')`)
	comment, inside := regexp.MustCompile(`(^|\s)#.*`), regexp.MustCompile(`[^\\]`)
	ascii := strings.Map(func(r rune) rune { return min(r, unicode.MaxASCII) }, strings.TrimRight(text, "\n"))
	lines := strings.Split(ascii, "\n")
	for i, line := range lines {
		line = quoted.ReplaceAllStringFunc(line, func(match string) string {
			from := strings.IndexAny(match, `"'`)
			return match[:from] + inside.ReplaceAllString(match[from:], "\x00")
		})
		lines[i] = strings.TrimRight(comment.ReplaceAllString(line, "$1"), " ")
	}
	return lines
}

// at returns the index of a pattern's group in a text, or of the pattern if it has no
// group; -1 if it is not found.
func (s *search) at(pattern, text string) int {
	if s.compiled[pattern] == nil {
		s.compiled[pattern] = regexp.MustCompile(pattern)
	}
	match := s.compiled[pattern].FindStringSubmatchIndex(text)
	if match == nil {
		return -1
	}
	return match[len(match)-2]
}

// look looks for a pattern in a line, counted from 1. If it is found, it sets the remedy.
// %s in the remedy is replaced by the character.
func (s *search) look(line int, pattern, hint string) bool {
	index := s.at(pattern, s.lines[line-1])
	return index >= 0 && s.found(line, index, hint)
}

// found sets the place, an index in a line, and the remedy. A %s in it becomes the
// character at that place.
func (s *search) found(line, index int, hint string) bool {
	s.line, s.column, s.hint = line, index+1, hint
	if strings.Contains(hint, "%s") {
		s.hint = strings.Replace(hint, "%s", s.lines[line-1][index:index+1], 1)
	}
	return true
}

// from looks for a pattern in a line and the lines below.
func (s *search) from(line int, pattern, hint string) bool {
	for ; line <= len(s.lines); line++ {
		if s.look(line, pattern, hint) {
			return true
		}
	}
	return false
}

func (s *search) tab() bool {
	return s.from(s.line, tabbed, "YAML indents with spaces, never with tabs")
}

func (s *search) anchor() bool {
	_, name, _ := strings.Cut(s.message, "'")
	return s.from(1, `(\*)`+regexp.QuoteMeta(strings.TrimSuffix(name, "' referenced")), quoteSign)
}

// openBracket finds the first bracket that is not closed in its line.
func (s *search) openBracket() bool {
	var open []int
	for i, c := range s.lines[s.line-1] {
		if c == '[' || c == '{' {
			open = append(open, i)
		} else if (c == ']' || c == '}') && len(open) > 0 {
			open = open[:len(open)-1]
		}
	}
	if len(open) == 0 {
		s.hint = "put a comma between the items, and close every bracket"
		return true
	}
	return s.found(s.line, open[0], "close what this %s opens, and put a comma between its items")
}

// lineAbove explains a key that was read as part of the text above it.
func (s *search) lineAbove() bool {
	above := s.line - 1
	for above > 0 && strings.TrimSpace(s.lines[above-1]) == "" {
		above--
	}
	return above > 0 && (s.look(above, tight, addSpace) ||
		s.at(keyed, s.lines[above-1]) < 0 && s.look(above, end, addColon) ||
		s.look(s.line, begin, "line it up with the key above"))
}

// anywhere searches the whole text, because the library names the line where a group
// begins, and not the wrong line in it.
func (s *search) anywhere() bool {
	var levels []int // columns at which the open groups begin
	above := ""
	for number, bare := range s.lines {
		line := number + 1
		if strings.TrimSpace(bare) == "" {
			continue
		}
		indent, first := s.at(indented, bare), s.at(begin, bare)
		if first > indent && s.at(begin, above) == indent && s.at(keyed, above) >= 0 && above[len(above)-1] != ':' {
			return s.look(line, dashes, "a dash begins a list: write its key above it, such as gates:")
		}
		if s.look(line, openQuote, closeQuote) || s.look(line, afterward, otherQuote) || s.at(keyed, bare) < 0 && s.look(line, tight, addSpace) {
			return true
		}
		above = bare
		// A line with less indentation must line up with an open group.
		deeper := false
		for len(levels) > 0 && levels[len(levels)-1] > indent {
			levels, deeper = levels[:len(levels)-1], true
		}
		open := len(levels) > 0 && levels[len(levels)-1] == indent
		if deeper && !open {
			return s.look(line, indented, "line it up with a key above")
		}
		if !open {
			levels = append(levels, indent)
		}
		if first > indent {
			levels = append(levels, first)
		}
	}
	return false
}
