package evidence

import "github.com/churncost/churncost/calc"

var winningBack = []*calc.Source{SaleToActive, SaleToLapsed, SaleToProspect, SaleToExisting, SaleToNew, ReturnsAnyway}

const (
	marketingMetrics = "Marketing Metrics, a research firm in Paramus, New Jersey"
	metOdds          = bible + "; barternews.com, lost customer recovery represents wise company investment; hs.paradoxmarketing.io"
)

// SaleToActive is the chance of a sale to an active customer.
var SaleToActive = &calc.Source{
	Key: "winback.active", Text: "60%..70%", Values: []calc.Range{percent(60, 70)}, Unit: calc.Share,
	Measures:   "share of its active customers to whom an average firm sells again",
	Population: unknown,
	Author:     marketingMetrics, Title: unknown,
	Met:   metOdds,
	Grade: calc.GradeC, Caveat: "second-hand everywhere; the study itself was never found",
}

// SaleToLapsed is the chance of a sale to a lost customer.
var SaleToLapsed = &calc.Source{
	Key: "winback.lapsed", Text: "20%..40%", Values: []calc.Range{percent(20, 40)}, Unit: calc.Share,
	Measures:   "share of its lost customers to whom an average firm sells again",
	Population: unknown,
	Author:     marketingMetrics, Title: unknown,
	Met:   metOdds,
	Grade: calc.GradeC, Caveat: "second-hand everywhere; the study itself was never found",
}

// SaleToProspect is the chance of a sale to a new prospect.
var SaleToProspect = &calc.Source{
	Key: "winback.prospect", Text: "5%..20%", Values: []calc.Range{percent(5, 20)}, Unit: calc.Share,
	Measures:   "share of new prospects to whom an average firm sells",
	Population: unknown,
	Author:     marketingMetrics, Title: unknown,
	Met:   metOdds,
	Grade: calc.GradeC, Caveat: "second-hand everywhere; the study itself was never found",
}

// SaleToExisting is the car service training's chance of a sale to an existing
// customer.
var SaleToExisting = &calc.Source{
	Key: "winback.active", Text: "50%", Values: []calc.Range{percent(50, 50)}, Unit: calc.Share,
	Measures:   "chance of a sale to an existing customer (老客户)",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   complaintsText,
	Grade: calc.GradeC, Caveat: "met once; existing customers are not lost ones, so it says nothing of winning back",
	Against: "the odds for active customers as commonly told: 60 to 70 %",
}

// SaleToNew is the car service training's chance of a sale to a new customer.
var SaleToNew = &calc.Source{
	Key: "winback.prospect", Text: "15%", Values: []calc.Range{percent(15, 15)}, Unit: calc.Share,
	Measures:   "chance of a sale to a new user",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   complaintsText,
	Grade: calc.GradeC, Caveat: "met once",
}

// ReturnsAnyway is the share of leavers who come back by themselves.
var ReturnsAnyway = &calc.Source{
	Key: "winback.returns_anyway", Text: "13%", Values: []calc.Range{percent(13, 13)}, Unit: calc.Share,
	Measures:   "share of leavers who return",
	Population: "hundred thousands of subscribers of one digital service, over more than seven years",
	Author:     "C. Schlereth", Title: "Zombies in digital freemium business models: do customers contribute to CLV after their death? Talk at the University of Cologne", Year: 2016,
	Met:   "the talk's abstract",
	Grade: calc.GradeC, Caveat: "preliminary, and only the abstract is known; leaving it out understates the value of those who left by 17 to 54 %, and those who return are worth less than first-time customers",
}
