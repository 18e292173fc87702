// Package syntax reads the text of a scenario into YAML nodes that know their place,
// and explains what is not valid YAML. It knows no key and no calculator.
package syntax

import (
	"errors"
	"io"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// Only this file knows the YAML library; syntax.go knows its messages.

type Node = yaml.Node

const (
	ScalarNode   = yaml.ScalarNode
	MappingNode  = yaml.MappingNode
	SequenceNode = yaml.SequenceNode
	AliasNode    = yaml.AliasNode
)

// IsNull reports whether a node has no value, or the word null.
func IsNull(n *Node) bool { return n.Kind == ScalarNode && n.ShortTag() == "!!null" }

// IsTagged reports whether a node has an explicit tag, such as !!str.
func IsTagged(n *Node) bool { return n.Style&yaml.TaggedStyle != 0 }

// IsFlow reports whether a list or mapping is in brackets.
func IsFlow(n *Node) bool { return n.Style&yaml.FlowStyle != 0 }

// IsFolded reports whether a text without quotes spans several lines.
func IsFolded(doc *quantity.Document, n *Node) bool {
	return n.Kind == ScalarNode && n.Style == 0 && !IsAlias(n) && !strings.Contains(doc.Line(n.Line), n.Value)
}

// HasComment reports whether a node without a value is followed by a comment.
func HasComment(doc *quantity.Document, n *Node) bool {
	line := []rune(doc.Line(n.Line))
	return strings.Contains(string(line[min(n.Column-1, len(line)):]), "#")
}

// HasKey reports whether a mapping has a key.
func HasKey(n *Node, key string) bool {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return true
		}
	}
	return false
}

// IsQuoted reports whether a scalar is in quotes.
func IsQuoted(n *Node) bool { return n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 }

// Parse reads a text that holds one document. The node is nil if the text has nothing but
// comments.
func Parse(doc *quantity.Document) (root *Node, problem *calc.Problem) {
	defer func() {
		// If the library panics, the user still gets an error that names the file.
		if r := recover(); r != nil {
			root, problem = nil, &calc.Problem{Place: quantity.Place{Document: doc}, Message: "not readable as YAML"}
		}
	}()
	decoder := yaml.NewDecoder(strings.NewReader(doc.Text))
	var first, second Node
	switch err := decoder.Decode(&first); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, syntaxProblem(doc, err)
	}
	if err := decoder.Decode(&second); err == nil {
		return nil, &calc.Problem{Place: PlaceOf(doc, &second), Message: "a second document begins here", Hint: "a file holds one scenario; put the other into a file of its own"}
	} else if !errors.Is(err, io.EOF) {
		return nil, syntaxProblem(doc, err)
	}
	if len(first.Content) == 0 {
		return nil, nil
	}
	return first.Content[0], nil
}

// PlaceOf returns the place of a node.
func PlaceOf(doc *quantity.Document, n *Node) quantity.Place {
	width := len([]rune(n.Value))
	switch {
	case n.Kind != ScalarNode || strings.ContainsRune(n.Value, '\n'):
		width = 1
	case IsAlias(n):
		width = len(n.Anchor)
	case n.Anchor != "":
		width += len("& ") + len(n.Anchor)
	case IsQuoted(n):
		width += len(`""`)
	}
	return quantity.Place{Document: doc, Line: n.Line, Column: n.Column, Width: width}
}

// Follow returns the node that an alias refers to. A value gets the place of the alias.
// The contents of a list or mapping keep their own places.
func Follow(n *Node) *Node {
	if n.Kind != AliasNode {
		return n
	}
	meant := *n.Alias
	meant.Line, meant.Column, meant.Anchor = n.Line, n.Column, "*"+n.Value
	return &meant
}

// IsAlias reports whether Follow made the node from an alias. It has the star of the
// alias as its anchor; no real anchor begins with a star.
func IsAlias(n *Node) bool { return strings.HasPrefix(n.Anchor, "*") }
