package evidence

import "github.com/churncost/churncost/calc"

var keeping = []*calc.Source{YearlyChurn, ReturnPer1, ProfitLift, ProgrammeProfit, ZeroDefections, SaveNotAverage}

const (
	zeroDefections  = "Zero Defections: Quality Comes to Services, Harvard Business Review 68(5)"
	reichheldSasser = "F. Reichheld and W. E. Sasser"
)

// YearlyChurn is what an ordinary firm is said to lose.
var YearlyChurn = &calc.Source{
	Key: "company.churn", Text: "10%..30%", Values: []calc.Range{percent(10, 30)}, Unit: calc.Share,
	Measures:   "share of its customers whom an ordinary firm loses in a year, mostly for bad service",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   bible,
	Grade: calc.GradeC, Caveat: "churn differs by trade many times over; measure your own",
}

// ReturnPer1 is what British Airways reckoned for itself.
var ReturnPer1 = &calc.Source{
	Key: "retention.return_per_1", Text: "2", Values: []calc.Range{calc.Exactly(2)}, Unit: calc.Ratio,
	Measures:   "money back for each 1 spent on keeping customers",
	Population: "British Airways",
	Author:     "British Airways, as quoted", Title: unknown,
	Met:   bible,
	Grade: calc.GradeC, Caveat: "a firm's own reckoning, never published in full",
}

// ProfitLift is the training text's profit from loyal customers.
var ProfitLift = &calc.Source{
	Key: "retention.value_lift", Text: "30%", Values: []calc.Range{percent(30, 30)}, Unit: calc.Share,
	Measures:   "more profit from 5 % more loyal customers",
	Population: "a car-service chain, for five points of retention: very likely the source",
	Author:     reichheldSasser, Title: zeroDefections, Year: 1990,
	Met:   complaintsText,
	Grade: calc.GradeB, Caveat: "five points, not five per cent; profit per customer, undiscounted, of one trade",
}

// ProgrammeProfit is what programmes are said to bring.
var ProgrammeProfit = &calc.Source{
	Key: "retention.programme_profit", Text: "25%..100%", Values: []calc.Range{percent(25, 100)}, Unit: calc.Share,
	Measures:   "rise in profit of firms with a working retention programme",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   bible,
	Grade: calc.GradeC, Caveat: "as quoted; the claim it seems to come from is another one: profit per customer for five points of retention, by industry, undiscounted (Reichheld & Sasser 1990)",
}

// ZeroDefections is the claim itself.
var ZeroDefections = &calc.Source{
	Key: "retention.zero_defections", Text: "25%..85%", Values: []calc.Range{percent(25, 85)}, Unit: calc.Share,
	Measures:   "rise in profit per customer for five points less defection: bank branch 85 %, insurance brokerage 50 %, car service 30 %",
	Population: "firms in nine service industries in the United States",
	Author:     reichheldSasser, Title: zeroDefections, Year: 1990,
	Met:   "the article",
	Grade: calc.GradeB, Caveat: "five points, by industry, undiscounted",
	Against: "customer value is less sensitive to retention when it is discounted (Gupta, Lehmann & Stuart, Journal of Marketing Research 2004)",
}

// SaveNotAverage is why the cost of one save is the figure to compare.
var SaveNotAverage = &calc.Source{
	Key: "retention.cost_per_saved", Text: "1", Values: []calc.Range{calc.Exactly(1)}, Unit: calc.Ratio,
	Measures:   "a ratio of average costs does not say where the next dollar should go; marginal costs do",
	Population: "a derivation, of no population",
	Author:     "P. Pfeifer", Title: "The optimal ratio of acquisition and retention costs, Journal of Targeting, Measurement and Analysis for Marketing 13(2)", Year: 2005,
	Met:   "the article",
	Grade: calc.GradeA, Caveat: "a statement about ratios and no figure; the 1 stands for marginal costs being equal at the optimum",
}
