package evidence

import "github.com/churncost/churncost/calc"

// quotedRatios is what else is told for the ratio of winning to keeping.
const quotedRatios = "quoted ratios run from 3 to 20 (J. Sterne, in P. Pfeifer 2005)"

var winningAndKeeping = []*calc.Source{WinToKeep, WinToKeepCents, WinToKeepFive}

// WinToKeep is the famous ratio of winning to keeping.
var WinToKeep = &calc.Source{
	Key: "ratio.win_to_keep", Text: "5..6", Values: []calc.Range{calc.Between(5, 6)}, Unit: calc.Ratio,
	Measures:   "cost of winning a new customer against keeping one",
	Population: unknown,
	Author:     "TARP, as quoted since the late 1980s", Title: unknown,
	Met:   bible + "; T. Keiningham and others, Loyalty Myths (2005), who looked for its origin and found none",
	Grade: calc.GradeC, Caveat: "second-hand everywhere; a ratio of averages does not say where the next dollar should go (P. Pfeifer 2005)",
	Against: quotedRatios,
}

// WinToKeepCents is the ratio of 118 cents to 19.
var WinToKeepCents = &calc.Source{
	Key: "ratio.win_to_keep", Text: "6.210526", Values: []calc.Range{calc.Exactly(118. / 19)}, Unit: calc.Ratio,
	Measures:   "118 cents to win a buyer against 19 cents to keep one",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   bible + ", which calls it one report",
	Grade: calc.GradeC, Caveat: "the report is not named; the text rounds it to 6 times",
	Against: quotedRatios,
}

// WinToKeepFive is the ratio of the car service training.
var WinToKeepFive = &calc.Source{
	Key: "ratio.win_to_keep", Text: "5", Values: []calc.Range{calc.Exactly(5)}, Unit: calc.Ratio,
	Measures:   "cost of winning a new customer against keeping one",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   complaintsText + "; said by P. Timm in IndustryWeek, Customer Turnoffs",
	Grade: calc.GradeC, Caveat: "no primary source found, also where P. Timm says it",
	Against: quotedRatios,
}
