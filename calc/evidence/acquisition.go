package evidence

import "github.com/churncost/churncost/calc/quantity"

// quotedRatios are the other ratios of winning to keeping that are quoted.
const quotedRatios = "quoted ratios run from 3 to 20 (J. Sterne, in P. Pfeifer 2005)"

var winningAndKeeping = []*quantity.Source{WinToKeep, WinToKeepCents, WinToKeepFive}

// WinToKeep is the famous ratio of winning to keeping.
var WinToKeep = &quantity.Source{
	Key: "ratio.win_to_keep", Text: "5..6", Values: []quantity.Range{quantity.Between(5, 6)}, Unit: quantity.Ratio,
	Measures:   "cost of winning a new customer against keeping one",
	Population: unknown,
	Author:     "TARP, as quoted since the late 1980s", Title: unknown,
	Met:   bible + "; T. Keiningham and others, Loyalty Myths (2005), who looked for its origin and found none",
	Grade: quantity.GradeC, Caveat: "second-hand everywhere; a ratio of averages does not say where the next dollar should go (P. Pfeifer 2005)",
	Against: quotedRatios,
}

// WinToKeepCents is the ratio of 118 cents to 19.
var WinToKeepCents = &quantity.Source{
	Key: "ratio.win_to_keep", Text: "6.210526", Values: []quantity.Range{quantity.Exactly(118. / 19)}, Unit: quantity.Ratio,
	Measures:   "118 cents to win a buyer against 19 cents to keep one",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   bible + ", which calls it one report",
	Grade: quantity.GradeC, Caveat: "the report is not named; the text rounds it to 6 times",
	Against: quotedRatios,
}

// WinToKeepFive is the ratio of the car service training.
var WinToKeepFive = &quantity.Source{
	Key: "ratio.win_to_keep", Text: "5", Values: []quantity.Range{quantity.Exactly(5)}, Unit: quantity.Ratio,
	Measures:   "cost of winning a new customer against keeping one",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   complaintsText + "; said by P. Timm in IndustryWeek, Customer Turnoffs",
	Grade: quantity.GradeC, Caveat: "no primary source found, also where P. Timm says it",
	Against: quotedRatios,
}
