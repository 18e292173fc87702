package evidence

import "github.com/churncost/churncost/calc/quantity"

var winningBack = []*quantity.Source{SaleToActive, SaleToLapsed, SaleToProspect, SaleToExisting, SaleToNew, ReturnsAnyway, SecondLifeSpend, SecondLifeStages, SecondLifeReturn}

const (
	marketingMetrics = "Marketing Metrics, a research firm in Paramus, New Jersey"
	metOdds          = bible + "; barternews.com, lost customer recovery represents wise company investment; hs.paradoxmarketing.io"
)

// SaleToActive is the chance of a sale to an active customer.
var SaleToActive = &quantity.Source{
	Key: "winback.active", Text: "60%..70%", Values: []quantity.Range{percent(60, 70)}, Unit: quantity.Share,
	Measures:   "share of its active customers to whom an average firm sells again",
	Population: unknown,
	Author:     marketingMetrics, Title: unknown,
	Met:   metOdds,
	Grade: quantity.GradeC, Caveat: "second-hand everywhere; the study itself was never found",
}

// SaleToLapsed is the chance of a sale to a lost customer.
var SaleToLapsed = &quantity.Source{
	Key: "winback.lapsed", Text: "20%..40%", Values: []quantity.Range{percent(20, 40)}, Unit: quantity.Share,
	Measures:   "share of its lost customers to whom an average firm sells again",
	Population: unknown,
	Author:     marketingMetrics, Title: unknown,
	Met:   metOdds,
	Grade: quantity.GradeC, Caveat: "second-hand everywhere; the study itself was never found",
}

// SaleToProspect is the chance of a sale to a new prospect.
var SaleToProspect = &quantity.Source{
	Key: "winback.prospect", Text: "5%..20%", Values: []quantity.Range{percent(5, 20)}, Unit: quantity.Share,
	Measures:   "share of new prospects to whom an average firm sells",
	Population: unknown,
	Author:     marketingMetrics, Title: unknown,
	Met:   metOdds,
	Grade: quantity.GradeC, Caveat: "second-hand everywhere; the study itself was never found",
}

// SaleToExisting is the car service training's chance of a sale to an existing
// customer.
var SaleToExisting = &quantity.Source{
	Key: "winback.active", Text: "50%", Values: []quantity.Range{percent(50, 50)}, Unit: quantity.Share,
	Measures:   "chance of a sale to an existing customer (老客户)",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   complaintsText,
	Grade: quantity.GradeC, Caveat: "met once; existing customers are not lost ones, so it says nothing of winning back",
	Against: "the odds for active customers as commonly told: 60 to 70 %",
}

// SaleToNew is the car service training's chance of a sale to a new customer.
var SaleToNew = &quantity.Source{
	Key: "winback.prospect", Text: "15%", Values: []quantity.Range{percent(15, 15)}, Unit: quantity.Share,
	Measures:   "chance of a sale to a new user",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   complaintsText,
	Grade: quantity.GradeC, Caveat: "met once",
}

// ReturnsAnyway is the share of lost customers who come back on their own.
var ReturnsAnyway = &quantity.Source{
	Key: "winback.returns_anyway", Text: "13%", Values: []quantity.Range{percent(13, 13)}, Unit: quantity.Share,
	Measures:   "share of leavers who return",
	Population: "hundred thousands of subscribers of one digital service, over more than seven years",
	Author:     "C. Schlereth", Title: "Zombies in digital freemium business models: do customers contribute to CLV after their death? Talk at the University of Cologne", Year: 2016,
	Met:   "the talk's abstract",
	Grade: quantity.GradeC, Caveat: "preliminary, and only the abstract is known; leaving it out understates the value of those who left by 17 to 54 %, and those who return are worth less than first-time customers",
}

// secondLifeUntraced is what is known about the claims on the second life, and
// secondLifeVaries why they do not apply to everybody.
const (
	secondLifeUntraced = "no number is told with it, and no source; the term second lifetime value is of B. Stauss and C. Friege (Regaining Service Customers, Journal of Service Research 1(4), 1999), whose article was not read for this"
	secondLifeVaries   = "of 53,000 who left a telephone company in the United States, how long those won back stayed and what they brought a month hung on why they had left and on the offer (V. Kumar, Y. Bhagwat and X. Zhang, Regaining Lost Customers, Journal of Marketing 79(4), 2015)"
)

// SecondLifeSpend is the claim that those won back spend more than newcomers.
var SecondLifeSpend = &quantity.Source{
	Key: "winback.second_life.spend_against_new", Text: "100%", Values: []quantity.Range{quantity.Exactly(1)}, Unit: quantity.Share,
	Measures:   "the least that those won back often spend, against first-time customers: more than they do, and nobody says by how much",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   bible,
	Grade: quantity.GradeC, Caveat: secondLifeUntraced + "; against newcomers, and not against the first life, of which winback.second_life.spend is",
	Against: "subscribers who return are worth less than first-time customers (C. Schlereth 2016, the abstract of a talk); " + secondLifeVaries,
}

// SecondLifeStages is the claim that both sides know each other sooner.
var SecondLifeStages = &quantity.Source{
	Key: "winback.second_life.ramp_against_new", Text: "100%", Values: []quantity.Range{quantity.Exactly(1)}, Unit: quantity.Share,
	Measures:   "the most that the getting-to-know-you stages of the second life last, against a newcomer's: they are shorter, and nobody says by how much",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   bible + ", for those won back know the product and you know them",
	Grade: quantity.GradeC, Caveat: secondLifeUntraced + "; in a scenario, winback.second_life.ramp_years below acquisition.ramp_years",
}

// SecondLifeReturn is what money spent on lost customers is said to bring, compared with
// money spent on new ones.
var SecondLifeReturn = &quantity.Source{
	Key: "winback.second_life.return", Text: "214%", Values: []quantity.Range{percent(214, 214)}, Unit: quantity.Share,
	Measures:   "net return on what is spent on bringing back a customer who had left; on a new one from an external list it is 23 %",
	Population: unknown,
	Author:     "B. Stauss and C. Friege, as quoted", Title: "Regaining Service Customers: Costs and Benefits of Regain Management, Journal of Service Research 1(4)", Year: 1999,
	Met:   "J. Thomas, R. Blattberg and E. Fox, Recapturing Lost Customers, Journal of Marketing Research 41(1), 2004; L. Lopes, Lost and win-back customers, a conference paper",
	Grade: quantity.GradeC, Caveat: "read only where it is quoted, which does not say of whom; an average, and not what the next offer brings",
	Against: secondLifeVaries,
}
