package scenarios

import (
	"errors"
	"io"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/churncost/churncost/calc"
)

// This file alone knows the YAML library; syntax.go knows what it says.

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

// isFlow tells whether a list or mapping stands in brackets.
func isFlow(n *node) bool { return n.Style&yaml.FlowStyle != 0 }

// isFolded tells whether a text without quotes goes over several lines.
func isFolded(doc *calc.Document, n *node) bool {
	return n.Kind == scalarNode && n.Style == 0 && !isAlias(n) && !strings.Contains(doc.Line(n.Line), n.Value)
}

// hasComment tells whether a comment stands where a node has no value.
func hasComment(doc *calc.Document, n *node) bool {
	line := []rune(doc.Line(n.Line))
	return strings.Contains(string(line[min(n.Column-1, len(line)):]), "#")
}

// hasKey tells whether a mapping has a key.
func hasKey(n *node, key string) bool {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return true
		}
	}
	return false
}

// isQuoted tells whether a scalar stands in quotes.
func isQuoted(n *node) bool { return n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 }

// parse reads the one document of a text. The node is nil where the text holds
// nothing but comments.
func parse(doc *calc.Document) (root *node, problem *calc.Problem) {
	defer func() {
		// Should the library panic on some text, its reader still gets an error that
		// names the file.
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
	switch {
	case n.Kind != scalarNode || strings.ContainsRune(n.Value, '\n'):
		width = 1
	case isAlias(n):
		width = len(n.Anchor)
	case n.Anchor != "":
		width += len("& ") + len(n.Anchor)
	case isQuoted(n):
		width += len(`""`)
	}
	return calc.Place{Document: doc, Line: n.Line, Column: n.Column, Width: width}
}

// follow gives what an alias stands for. A value is told to stand where the
// alias does; what is in a list or mapping stands where it was written.
func follow(n *node) *node {
	if n.Kind != aliasNode {
		return n
	}
	meant := *n.Alias
	meant.Line, meant.Column, meant.Anchor = n.Line, n.Column, "*"+n.Value
	return &meant
}

// isAlias tells whether a node was followed from an alias. No anchor begins with
// the star of an alias.
func isAlias(n *node) bool { return strings.HasPrefix(n.Anchor, "*") }
