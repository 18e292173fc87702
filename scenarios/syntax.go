package scenarios

import (
	"slices"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc"
)

// syntaxProblem retells what the YAML library found wrong. The line is the one
// that it names; what people usually did is looked for in the text itself, and
// where that is found, the place and the remedy are told.
func syntaxProblem(doc *calc.Document, err error) *calc.Problem {
	message, line := strings.TrimPrefix(err.Error(), "yaml: "), 1
	if rest, found := strings.CutPrefix(message, "line "); found {
		number, after, _ := strings.Cut(rest, ": ")
		line, _ = strconv.Atoi(number)
		message = after
		// The library counts the lines of some messages from 0.
		if slices.ContainsFunc(countedFrom0[:], func(part string) bool { return strings.Contains(message, part) }) {
			line++
		}
	}
	// What is missing at the end is told in the last line.
	lines := strings.Split(strings.TrimRight(doc.Text, "\n"), "\n")
	s := search{lines: lines, line: min(line, len(lines)), message: message}
	for _, e := range explanations {
		if strings.Contains(message, e.message) && e.find(&s) {
			break
		}
	}
	return &calc.Problem{
		Place:   calc.Place{Document: doc, Line: s.line, Column: s.column, Width: min(s.column, 1)},
		Message: "not valid YAML: " + message,
		Hint:    s.hint,
	}
}

// countedFrom0 are the messages whose lines count from 0.
var countedFrom0 = [...]string{
	"did not find expected key", "did not find expected ','", "did not find expected '-'",
	"did not find expected node content", "did not find expected <document start>",
	"found undefined tag handle", "found duplicate %", "found incompatible YAML document",
}

// A search looks for what is behind a message of the library.
type search struct {
	lines   []string
	message string

	line   int // the one that the library names, until a better one is found
	column int // 0 until the character is found
	hint   string
}

// found tells the place, the column as an index, and the remedy.
func (s *search) found(line, index int, hint string) bool {
	s.line, s.column, s.hint = line, index+1, hint
	return true
}

// explanations say, for what the library may find wrong, how to find what was
// done. The first that finds it is told.
var explanations = [...]struct {
	message string // part of what the library says
	find    func(*search) bool
}{
	{"tab character", (*search).tab},
	{"cannot start any token", (*search).tab},
	{"cannot start any token", (*search).sign},
	{"did not find expected alphabetic or numeric character", (*search).sign},
	{"did not find expected comment or line break", (*search).sign},
	{"did not find expected whitespace", (*search).sign},
	{"did not find expected tag URI", (*search).sign},
	{"did not find expected '!'", (*search).sign},
	{"found undefined tag handle", (*search).sign},
	{"mapping keys are not allowed", (*search).sign},
	{"unknown anchor", (*search).anchor},
	{"block sequence entries are not allowed", (*search).dash},
	{"escape", (*search).backslash},
	{"hexdecimal", (*search).backslash},
	{"found unexpected end of stream", (*search).openQuote},
	{"could not find expected ':'", (*search).noColon},
	{"mapping values are not allowed", (*search).secondColon},
	{"mapping values are not allowed", (*search).lineBefore},
	{"did not find expected ','", (*search).quoteInText},
	{"did not find expected ','", (*search).secondColon},
	{"did not find expected ','", (*search).openBracket},
	{"did not find expected key", (*search).anywhere},
	{"did not find expected '-'", (*search).anywhere},
	{"did not find expected <document start>", (*search).anywhere},
	{"did not find expected <document start>", (*search).ended},
	{"directive", (*search).directive},
	{"exceeded max depth", (*search).depth},
}

// at studies a line, counted from 1.
func (s *search) at(line int) traits {
	if line < 1 || line > len(s.lines) {
		return study("")
	}
	return study(s.lines[line-1])
}

func (s *search) tab() bool {
	for line := s.line; line <= len(s.lines); line++ {
		if t := s.at(line); t.tab >= 0 {
			return s.found(line, t.tab, "YAML indents with spaces, never with tabs")
		}
	}
	return false
}

func (s *search) sign() bool {
	t := s.at(s.line)
	return t.sign >= 0 && s.found(s.line, t.sign, "put quotes around a text that begins with "+string(t.runes[t.sign]))
}

func (s *search) anchor() bool {
	_, name, _ := strings.Cut(s.message, "'")
	name = "*" + strings.TrimSuffix(name, "' referenced")
	for i, line := range s.lines {
		if before, _, found := strings.Cut(line, name); found {
			return s.found(i+1, len([]rune(before)), "put quotes around a text that begins with *")
		}
	}
	return false
}

func (s *search) dash() bool {
	t := s.at(s.line)
	return t.dash >= 0 && s.found(s.line, t.dash, "begin a list on the line below its key; put quotes around a text that begins with a dash")
}

func (s *search) backslash() bool {
	t := s.at(s.line)
	i := slices.Index(t.runes, '\\')
	return i >= 0 && s.found(s.line, i, "put single quotes around a text that holds a backslash")
}

func (s *search) openQuote() bool {
	t := s.at(s.line)
	return t.open >= 0 && s.found(s.line, t.open, "close the quotes")
}

func (s *search) quoteInText() bool {
	t := s.at(s.line)
	return t.after >= 0 && s.found(s.line, t.after, "the quotes closed before this; put the other kind of quotes around the whole text")
}

func (s *search) openBracket() bool {
	if t := s.at(s.line); t.bracket >= 0 {
		return s.found(s.line, t.bracket, "close what this "+string(t.runes[t.bracket])+" opens, and put a comma between its items")
	}
	s.hint = "put a comma between the items, and close every bracket"
	return true
}

func (s *search) ended() bool {
	s.hint = "the scenario ended above, and a file holds one"
	return true
}

func (s *search) directive() bool {
	s.hint = "leave out the line that begins with %"
	return true
}

func (s *search) depth() bool {
	s.hint = "nothing in a scenario nests so deep"
	return true
}

// noColon explains a line that should begin with a key.
func (s *search) noColon() bool {
	t := s.at(s.line)
	switch {
	case t.tight >= 0:
		return s.found(s.line, t.tight, "put a space after the colon")
	case t.end > 0 && !slices.Contains(t.runes[t.begin:t.end], ' '):
		return s.found(s.line, t.end, "put a colon after the key")
	case t.end > 0:
		return s.found(s.line, t.begin, "write key: value, or indent what goes on from the line above")
	}
	return false
}

// secondColon explains a colon in a text without quotes.
func (s *search) secondColon() bool {
	t := s.at(s.line)
	hint := "put quotes around a text that holds a colon; a key begins a line of its own"
	if strings.Contains(s.message, "','") {
		hint = "put quotes around a text that holds a colon, and commas between the items"
	}
	return t.again >= 0 && s.found(s.line, t.again, hint)
}

// lineBefore explains a key that was taken for more of the text above it.
func (s *search) lineBefore() bool {
	before := s.line - 1
	for before > 0 && s.at(before).end == 0 {
		before--
	}
	above, here := s.at(before), s.at(s.line)
	switch {
	case above.end == 0:
		return false
	case above.tight >= 0:
		return s.found(before, above.tight, "put a space after the colon")
	case !above.keyed:
		return s.found(before, above.end, "put a colon after the key")
	}
	return s.found(s.line, here.begin, "line it up with the key above")
}

// anywhere looks through the whole text, for the library names the line where a
// group begins, and not the one in it that is wrong.
func (s *search) anywhere() bool {
	var levels []int // where the groups begin that are open
	var above traits
	for number := range s.lines {
		line := number + 1
		t := s.at(line)
		if t.end == 0 {
			continue
		}
		switch {
		case t.begin > t.indent && above.begin == t.indent && above.valued():
			return s.found(line, t.indent, "a dash begins a list: write its key above it, such as gates:")
		case t.open >= 0:
			return s.found(line, t.open, "close the quotes")
		case t.after >= 0:
			return s.found(line, t.after, "the quotes closed before this; put the other kind of quotes around the whole text")
		case t.tight >= 0 && !t.keyed:
			return s.found(line, t.tight, "put a space after the colon")
		}
		above = t
		// A line that steps back must step back to where a group began.
		deeper := false
		for len(levels) > 0 && levels[len(levels)-1] > t.indent {
			levels, deeper = levels[:len(levels)-1], true
		}
		open := len(levels) > 0 && levels[len(levels)-1] == t.indent
		if deeper && !open {
			return s.found(line, t.indent, "line it up with a key above")
		}
		if !open {
			levels = append(levels, t.indent)
		}
		if t.begin > t.indent {
			levels = append(levels, t.begin)
		}
	}
	return false
}

// traits are what a look at one line finds: indexes of characters, -1 for none.
// Quotes and comments are heeded; what stands in lines before is not.
type traits struct {
	runes   []rune
	tab     int  // in the indentation
	indent  int  // the first character, a list's dash or another
	begin   int  // the first character after the dashes
	end     int  // after the last one that is no space or comment; 0 for an empty line
	keyed   bool // whether a key begins the line: a colon and a space, or the colon ends it
	tight   int  // the first colon, where no space follows it
	again   int  // a second colon in one item
	dash    int  // a list's dash after a key
	open    int  // a quote that is never closed
	after   int  // text after a closing quote
	bracket int  // a bracket that is never closed
	sign    int  // a sign that cannot begin a text
}

// study looks at one line.
func study(line string) traits {
	r := []rune(strings.TrimRight(line, " \t\r"))
	t := traits{runes: r, tab: -1, tight: -1, again: -1, dash: -1, open: -1, after: -1, bracket: -1, sign: -1}
	i := 0
	for ; i < len(r) && (r[i] == ' ' || r[i] == '\t'); i++ {
		if r[i] == '\t' && t.tab < 0 {
			t.tab = i
		}
	}
	t.indent, t.begin = i, i
	var brackets []int
	fresh, colons := true, 0 // whether an item or value may begin here; colons in this item
	ends := func(i int) bool { return i >= len(r) || r[i] == ' ' || r[i] == '\t' }
	for ; i < len(r); i++ {
		c := r[i]
		switch {
		case c == ' ' || c == '\t':
			continue
		case c == '#' && (i == 0 || ends(i-1)):
			return t.close(brackets)
		case fresh && (c == '"' || c == '\''):
			closing := closingQuote(r, i)
			if closing < 0 {
				t.open, t.end = i, len(r)
				return t.close(brackets)
			}
			i, fresh = closing, false
			next := i + 1
			for next < len(r) && ends(next) {
				next++
			}
			if next < len(r) && !strings.ContainsRune(",:]}#", r[next]) && t.after < 0 {
				t.after = next
			}
		case fresh && c == '-' && ends(i+1):
			if colons > 0 && t.dash < 0 {
				t.dash = i
			} else if colons == 0 && len(brackets) == 0 {
				t.begin = i + 1
				for t.begin < len(r) && ends(t.begin) {
					t.begin++
				}
			}
		case fresh && (c == '{' || c == '['):
			brackets, colons = append(brackets, i), 0
		case len(brackets) > 0 && (c == '}' || c == ']'):
			brackets, fresh = brackets[:len(brackets)-1], false
		case len(brackets) > 0 && c == ',':
			fresh, colons = true, 0
		case c == ':' && ends(i+1):
			if colons > 0 && t.again < 0 {
				t.again = i
			}
			t.keyed = t.keyed || len(brackets) == 0
			fresh, colons = true, colons+1
		case c == ':' && t.tight < 0 && !fresh && !slices.Contains(r[t.begin:i], ' '):
			t.tight = i
		case fresh && strings.ContainsRune("@`%*&!|>?", c):
			if t.sign < 0 {
				t.sign = i
			}
			fresh = false
		default:
			fresh = false
		}
		t.end = i + 1
	}
	return t.close(brackets)
}

// valued tells whether the line is a key with its value.
func (t traits) valued() bool { return t.keyed && t.runes[t.end-1] != ':' }

// close notes the first of the brackets that were not closed.
func (t traits) close(brackets []int) traits {
	if len(brackets) > 0 {
		t.bracket = brackets[0]
	}
	return t
}

// closingQuote finds the quote that closes the one at an index, or -1.
func closingQuote(r []rune, opening int) int {
	for i := opening + 1; i < len(r); i++ {
		switch {
		case r[i] == '\\' && r[opening] == '"':
			i++
		case r[i] == r[opening] && r[i] == '\'' && i+1 < len(r) && r[i+1] == '\'':
			i++
		case r[i] == r[opening]:
			return i
		}
	}
	return -1
}
