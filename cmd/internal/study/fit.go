package study

import (
	"cmp"
	"maps"
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/measured"
)

// Fit answers what a scenario that was written from records has the inputs for. It lists
// all that was measured, also what no calculator needs, and warns of what is wrong with
// the records. The name is what the scenario is called, and not opened.
func (s *Study) Fit(named Named, text []byte, warnings []string) (*results.Result, error) {
	scenario, err := scenarios.Read(named.Name, text, s.Vocabulary)
	if err != nil {
		return nil, err
	}
	scenario.Source, scenario.Label = scenarios.Records, named.Name
	if err := set(scenario, named.Set); err != nil {
		return nil, err
	}
	section, err := s.section(scenario)
	if err != nil {
		return nil, err
	}
	for _, in := range slices.SortedFunc(maps.Values(scenario.Inputs), func(a, b *quantity.Input) int { return cmp.Compare(a.Place.Line, b.Place.Line) }) {
		if source := in.Citation.Source; source != "" && source != measured.Chosen {
			section.Measured = append(section.Measured, in)
		}
	}
	if len(section.Answers)+len(section.Measured) == 0 {
		return nil, &calc.Problem{Place: quantity.PlaceIn(named.Name), Message: "these records count too few to measure anything", Hint: "fit a life table with them, or records of more customers"}
	}
	for _, text := range warnings {
		section.Notes = append(section.Notes, results.Note{Note: calc.Note{Kind: calc.Warning, Text: text}, Currency: scenario.Currency})
	}
	return &results.Result{Sections: []results.Section{*section}}, nil
}
