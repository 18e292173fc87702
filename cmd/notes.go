package cmd

import (
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/cmd/render"
	"github.com/churncost/churncost/scenarios"
)

// wholeNotes are the remarks and warnings on a scenario as a whole, from a model of
// the catalog's consistency: whether it agrees with itself, and whether its numbers
// are probably meant as they are written.
func wholeNotes(consistency *calc.Model, s *scenarios.Scenario) []calc.Note {
	notes := append(s.Notes(), consistency.Notes(s.Inputs)...)
	for i := range notes {
		notes[i] = render.Sentence(s, notes[i])
	}
	return notes
}

// notes are the remarks and warnings on one scenario as a whole.
func (p *program) notes(s *scenarios.Scenario) []calc.Note {
	return wholeNotes(catalog.Consistency().Model(), s)
}

// addNote adds a note that is not there already.
func addNote(notes []calc.Note, note calc.Note) []calc.Note {
	if slices.ContainsFunc(notes, note.Same) {
		return notes
	}
	return append(notes, note)
}
