package scenarios

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/churncost/churncost/calc"
)

// This file alone knows the YAML library.

type node = yaml.Node

const (
	scalarNode   = yaml.ScalarNode
	mappingNode  = yaml.MappingNode
	sequenceNode = yaml.SequenceNode
	aliasNode    = yaml.AliasNode
)

// isNull tells whether a node says nothing: no value, or the word null.
func isNull(n *node) bool { return n.Kind == scalarNode && n.ShortTag() == "!!null" }

// isTagged tells whether a node bears a tag of its own, such as !!str.
func isTagged(n *node) bool { return n.Style&yaml.TaggedStyle != 0 }

// isQuoted tells whether a scalar stands in quotes.
func isQuoted(n *node) bool { return n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 }

// parse reads the one document of a text. The node is nil where the text holds
// nothing but comments.
func parse(doc *calc.Document) (root *node, problem *calc.Problem) {
	defer func() {
		// The library panics on some malformed texts; a user gets an error.
		if r := recover(); r != nil {
			root, problem = nil, &calc.Problem{Place: calc.Place{Document: doc}, Message: "not readable as YAML"}
		}
	}()
	decoder := yaml.NewDecoder(strings.NewReader(doc.Text))
	var first, second node
	switch err := decoder.Decode(&first); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, syntaxProblem(doc, err)
	}
	if err := decoder.Decode(&second); err == nil {
		return nil, &calc.Problem{Place: place(doc, &second), Message: "a second document begins here", Hint: "a file holds one scenario; put the other into a file of its own"}
	} else if !errors.Is(err, io.EOF) {
		return nil, syntaxProblem(doc, err)
	}
	if len(first.Content) == 0 {
		return nil, nil
	}
	return first.Content[0], nil
}

// place is where a node stands.
func place(doc *calc.Document, n *node) calc.Place {
	width := len([]rune(n.Value))
	if isQuoted(n) {
		width += 2
	}
	if n.Kind != scalarNode || strings.ContainsRune(n.Value, '\n') {
		width = 1
	}
	return calc.Place{Document: doc, Line: n.Line, Column: n.Column, Width: width}
}

// syntaxProblem retells what the library found wrong. The line is the one that
// it names; a column is given where a look at that line finds the character.
func syntaxProblem(doc *calc.Document, err error) *calc.Problem {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 0
	if rest, found := strings.CutPrefix(message, "line "); found {
		number, after, _ := strings.Cut(rest, ": ")
		line, _ = strconv.Atoi(number)
		message = after
	}
	p := &calc.Problem{Place: calc.Place{Document: doc, Line: line}, Message: "not valid YAML: " + message}
	// The library counts some lines from the one after a mistake.
	for _, number := range [...]int{line, line - 1, line + 1} {
		if number >= 1 && explain(p, number, doc.Line(number)) {
			break
		}
	}
	if p.Hint == "" && strings.Contains(message, "mapping values are not allowed") {
		p.Hint = "put quotes around a text that holds a colon, and check that keys are indented alike"
	}
	return p
}

// keyLetters are those that keys are made of.
const keyLetters = "abcdefghijklmnopqrstuvwxyz_0123456789."

// explain looks in one line for the slips that people make, and points at them.
func explain(p *calc.Problem, number int, line string) bool {
	column := 0
	words := strings.TrimLeft(line, " \t")
	indent := line[:len(line)-len(words)]
	key := strings.TrimPrefix(words, "- ")
	key = key[:len(key)-len(strings.TrimLeft(key, keyLetters))]
	after := strings.TrimPrefix(words, "- ")[len(key):]
	switch {
	case strings.Contains(indent, "\t"):
		column, p.Hint = strings.IndexByte(indent, '\t'), "YAML indents with spaces, never with tabs"
	case key != "" && len(after) > 1 && after[0] == ':' && after[1] != ' ':
		column, p.Hint = strings.IndexByte(line, ':'), "put a space after the colon"
	case key != "" && strings.TrimSpace(after) == "":
		column, p.Hint = len(strings.TrimRight(line, " ")), "put a colon after the key"
	default:
		return false
	}
	p.Place.Line, p.Place.Column, p.Place.Width = number, len([]rune(line[:column]))+1, 1
	return true
}
