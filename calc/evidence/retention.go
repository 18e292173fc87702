package evidence

import "github.com/churncost/churncost/calc/quantity"

var keeping = []*quantity.Source{YearlyChurn, ReturnPer1, ProfitLift, ProgrammeProfit, ZeroDefections, ValueElasticity, SaveNotAverage}

const (
	zeroDefections  = "Zero Defections: Quality Comes to Services, Harvard Business Review 68(5)"
	reichheldSasser = "F. Reichheld and W. E. Sasser"
	thoughtOnly     = "the longer life follows from the lower rate by arithmetic; no firm was seen to earn it (B. Sharp, Loyalty Myths, Ehrenberg-Bass Institute)"
)

// YearlyChurn is what an ordinary firm is said to lose.
var YearlyChurn = &quantity.Source{
	Key: "company.churn", Text: "10%..30%", Values: []quantity.Range{percent(10, 30)}, Unit: quantity.Share,
	Measures:   "share of its customers whom an ordinary firm loses in a year, mostly for bad service",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   bible,
	Grade: quantity.GradeC, Caveat: "churn differs by trade many times over; measure your own",
	Against: "told as 20 to 40 % as well (barternews.com, lost customer recovery represents wise company investment)",
}

// ReturnPer1 is what British Airways computed for itself.
var ReturnPer1 = &quantity.Source{
	Key: "retention.return_per_1", Text: "2", Values: []quantity.Range{quantity.Exactly(2)}, Unit: quantity.Ratio,
	Measures:   "money back for each 1 spent on keeping customers",
	Population: "British Airways",
	Author:     "British Airways, as quoted", Title: unknown,
	Met:   bible,
	Grade: quantity.GradeC, Caveat: "a firm's own calculation; nobody could check it",
}

// ProfitLift is the training text's profit from loyal customers.
var ProfitLift = &quantity.Source{
	Key: "retention.value_lift", Text: "30%", Values: []quantity.Range{percent(30, 30)}, Unit: quantity.Share,
	Measures:   "more profit from 5 % more loyal customers",
	Population: "a car-service chain, for five points of retention: very likely the source",
	Author:     reichheldSasser, Title: zeroDefections, Year: 1990,
	Met:   complaintsText,
	Grade: quantity.GradeB, Caveat: "five points, not five per cent; profit per customer, undiscounted, of one trade",
	Against: thoughtOnly,
}

// ProgrammeProfit is what programmes are said to bring.
var ProgrammeProfit = &quantity.Source{
	Key: "retention.programme_profit", Text: "25%..100%", Values: []quantity.Range{percent(25, 100)}, Unit: quantity.Share,
	Measures:   "rise in profit of firms with a working retention programme",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   bible,
	Grade: quantity.GradeC, Caveat: "as quoted; the claim it seems to come from is another one: profit per customer for five points of retention, by industry, undiscounted (Reichheld & Sasser 1990)",
}

// ZeroDefections is the claim itself.
var ZeroDefections = &quantity.Source{
	Key: "retention.zero_defections", Text: "25%..85%", Values: []quantity.Range{percent(25, 85)}, Unit: quantity.Share,
	Measures:   "rise in profit per customer for five points less defection: bank branch 85 %, insurance brokerage 50 %, car service 30 %",
	Population: "firms in nine service industries in the United States",
	Author:     reichheldSasser, Title: zeroDefections, Year: 1990,
	Met:   "the article",
	Grade: quantity.GradeB, Caveat: "five points, by industry, undiscounted",
	Against: thoughtOnly,
}

// ValueElasticity is what retention does to the value of firms, discounted.
var ValueElasticity = &quantity.Source{
	Key: "retention.value_elasticity", Text: "5", Values: []quantity.Range{quantity.Exactly(5)}, Unit: quantity.Ratio,
	Measures:   "per cent more firm value for 1 % more retention, discounted; for 1 % more margin it is 1, for 1 % less cost of winning .1",
	Population: "five firms, from their published accounts",
	Author:     "S. Gupta, D. Lehmann and J. A. Stuart", Title: "Valuing Customers, Journal of Marketing Research 41(1)", Year: 2004,
	Met:   "the article",
	Grade: quantity.GradeA, Caveat: "1 % of the retention, not a point of it; about five times what 1 % of the discount rate does",
}

// SaveNotAverage is why the cost of one save is the figure to compare.
var SaveNotAverage = &quantity.Source{
	Key: "retention.cost_per_saved", Text: "1", Values: []quantity.Range{quantity.Exactly(1)}, Unit: quantity.Ratio,
	Measures:   "a ratio of average costs does not say where the next dollar should go; the cost of one more customer won and of one more kept do",
	Population: "a derivation, of no population",
	Author:     "P. E. Pfeifer", Title: "The optimal ratio of acquisition and retention costs, Journal of Targeting, Measurement and Analysis for Marketing 13(2)", Year: 2005,
	Met:   "the article",
	Grade: quantity.GradeA, Caveat: "a statement about ratios and no figure: at the optimum both cost the same, which is the 1",
}
