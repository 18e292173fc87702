package wording

import (
	"slices"

	"github.com/churncost/churncost/calc/attribution"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/cell"
)

// Headline is the answer in one sentence. It says how much is based on built-in figures,
// and on figures without a source.
func (a *Answer) Headline() cell.Cell {
	text := a.withoutClasses()
	if classes := a.classes(); len(classes) > 0 {
		return cell.Say("{1} ({2})", text, cell.List{Items: classes, Join: cell.Sentences})
	}
	return text
}

// classes says what the answer is based on: the grades of evidence, and figures without a
// source.
func (a *Answer) classes() []cell.Cell {
	var grades []string
	unsourced := false
	for _, in := range attribution.Inputs(a.Report) {
		unsourced = unsourced || in.Class() == quantity.Unsourced
		if in.Evidence != nil && !slices.Contains(grades, string(in.Evidence.Grade)) {
			grades = append(grades, string(in.Evidence.Grade))
		}
	}
	var parts []cell.Cell
	slices.Sort(grades)
	switch len(grades) {
	case 0:
	case 1:
		parts = append(parts, cell.Say("based on evidence of grade {1}", cell.Listed(grades)))
	default:
		parts = append(parts, cell.Say("based on evidence of grades {1}", cell.Listed(grades)))
	}
	share := attribution.ShareOf(a.Report, quantity.Unsourced)
	isPart := 0 <= share && share <= 1 // with rows below zero it may not be a part of the whole
	switch {
	case !unsourced || share == 0:
	case !isPart && len(parts) > 0:
		parts[0] = cell.Say("{1}, and on figures without a source", parts[0])
	case !isPart, share == 1 && len(parts) == 0:
		parts = append(parts, cell.Say("based on figures without a source"))
	case share == 1:
		parts = append(parts, cell.Say("all of it is based on figures without a source"))
	default:
		parts = append(parts, cell.Say("{1} is based on figures without a source", a.One(quantity.Share, share)))
	}
	return parts
}
