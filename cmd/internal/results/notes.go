package results

import (
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/scenarios/currency"
)

// A Note is a remark on a scenario as a whole. Its text is a template.
type Note struct {
	calc.Note
	Of       string            // the name of the scenario, or its file and line; empty if the note is about all
	At       Location          // of the input that it is about
	Currency currency.Currency // of the amounts in it
}

// Same reports whether two notes say the same of the same scenario.
func (n *Note) Same(other Note) bool { return n.Of == other.Of && n.Note.Same(other.Note) }

// AddNew adds the notes that are not there already.
func AddNew(notes []Note, more ...Note) []Note {
	for _, note := range more {
		if !slices.ContainsFunc(notes, note.Same) {
			notes = append(notes, note)
		}
	}
	return notes
}
