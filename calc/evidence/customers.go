package evidence

import "github.com/churncost/churncost/calc/quantity"

var customers = []*quantity.Source{EightyTwenty, Pyramid, Indifference, Sins, Turnoffs, ComplaintCauses, PromoterWords, PromoterConvert, PromoterWorth}

// EightyTwenty is the famous share of the top fifth.
var EightyTwenty = &quantity.Source{
	Key: "tiers.top20_share", Text: "80%", Values: []quantity.Range{percent(80, 80)}, Unit: quantity.Share,
	Measures:   "share of sales, or of profit, that the top 20 % of the customers bring",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   systemText,
	Grade: quantity.GradeC, Caveat: "a rule of thumb; measure it",
	Against: "of a brand's sales the top 20 % bring more nearly 60 % (B. Sharp and J. Romaniuk, There is a Pareto Law, but not as you know it, 2007), of a firm's profits 150 to 300 % (T. Keiningham and others, Loyalty Myths, 2005)",
}

// Pyramid is the source of platinum, gold, iron and lead.
var Pyramid = &quantity.Source{
	Key: "tiers.pyramid", Text: "4", Values: []quantity.Range{quantity.Exactly(4)}, Unit: quantity.Count,
	Measures:   "tiers of customers by profitability: platinum, gold, iron, lead",
	Population: "cases of service firms in the United States",
	Author:     "V. Zeithaml, R. Rust and K. Lemon", Title: "The Customer Pyramid: Creating and Serving Profitable Customers, California Management Review 43(4)", Year: 2001,
	Met:   systemText,
	Grade: quantity.GradeB, Caveat: "a way to look, not a measurement",
}

// Indifference is the famous reason for leaving.
var Indifference = &quantity.Source{
	Key: "reasons.indifference", Text: "68%", Values: []quantity.Range{percent(68, 68)}, Unit: quantity.Share,
	Measures:   "share of lost customers who left because somebody was indifferent to them; usually as 1 % die, 3 move, 5 friends, 9 competition, 14 product, 68 indifference",
	Population: unknown,
	Author:     "D. Kennedy, as quoted", Title: unknown,
	Met:   carnegieText,
	Grade: quantity.GradeC, Caveat: "claimed for rival authors: M. LeBoeuf, the U.S. Small Business Administration and Chamber of Commerce, the Chartered Institute of Marketing, a W. J. Powell Co., and a Rockefeller study that nobody can show",
}

const (
	timm       = "Paul R. Timm"
	timmPeople = "consumers and business customers in the United States, asked for twelve years what turns them off; how many is not given"
	timmSurvey = "IndustryWeek, Customer Turnoffs, on his Seven Power Strategies for Building Customer Loyalty (2001)"
)

// Sins are the ten deadly sins of the founding text, by the book that has the same
// ten in the same three classes.
var Sins = &quantity.Source{
	Key: "reasons.sins", Text: "10", Values: []quantity.Range{quantity.Exactly(10)}, Unit: quantity.Count,
	Measures:   "sins against customers (十宗罪): three of value, four of system, three of staff",
	Population: timmPeople,
	Author:     timm, Title: "Customer Service, 5th edition, chapter 6, Recognize and Deal with Customer Turnoffs", Year: 2011,
	Met:   bible + "; the slides to the book's chapter; " + timmSurvey,
	Grade: quantity.GradeB, Caveat: "a list, without shares; that the text's ten are the book's is concluded from three, four and three in the same classes, and from other stories of his in the text",
}

// Turnoffs is how much of what people complain of the three classes cover.
var Turnoffs = &quantity.Source{
	Key: "reasons.turnoffs", Text: "97%", Values: []quantity.Range{percent(97, 97)}, Unit: quantity.Share,
	Measures:   "share of the answers to: what turns you off as a customer? that fall into value, system and staff",
	Population: timmPeople,
	Author:     timm, Title: "Seven Power Strategies for Building Customer Loyalty", Year: 2001,
	Met:   "thecustomerinstitute.blogspot.com, Customer Turnoffs, 2007; " + timmSurvey + ", without the figure",
	Grade: quantity.GradeB, Caveat: "of what annoys, and not of what those who left had left for; classes so wide leave little out",
}

// ComplaintCauses are the causes of complaints in the car service training.
var ComplaintCauses = &quantity.Source{
	Key: "reasons.complaint_causes", Text: "15", Values: []quantity.Range{quantity.Exactly(15)}, Unit: quantity.Count,
	Measures:   "causes of complaints in four classes: the service, the product, the customer, the outside; the last two cannot be fixed",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   complaintsText,
	Grade: quantity.GradeC, Caveat: "a list without shares, met once; causes of complaints, and not of leaving",
}

const (
	bainDell   = "The Ultimate Question"
	reichheld  = "F. Reichheld, Bain & Company"
	dellPeople = "Dell's consumer business in 2004, by an e-mail survey of its customers"
	metDell    = "theultimatequestion.com, Bain's Dell case"
	dellCaveat = "one firm in one year"
)

// PromoterWords is how much Dell's promoters talked.
var PromoterWords = &quantity.Source{
	Key: "referrals.words", Text: "8", Values: []quantity.Range{quantity.Exactly(8)}, Unit: quantity.Count,
	Measures:   "good words that a promoter spreads a year (to recommend, of the 3R)",
	Population: dellPeople,
	Author:     reichheld, Title: bainDell, Year: 2006,
	Met: metDell, Grade: quantity.GradeB, Caveat: dellCaveat,
}

// PromoterConvert is how many of the words brought a customer.
var PromoterConvert = &quantity.Source{
	Key: "referrals.convert", Text: "2.5%", Values: []quantity.Range{percent(25./10, 25./10)}, Unit: quantity.Share,
	Measures:   "customers won for each good word: 1 million who named a friend's word, ÷ 40 million such words",
	Population: dellPeople,
	Author:     reichheld, Title: bainDell, Year: 2006,
	Met: metDell, Grade: quantity.GradeB, Caveat: dellCaveat + "; everybody who named a friend's word is taken to have come for it alone",
}

// PromoterWorth is what all this brought Dell.
var PromoterWorth = &quantity.Source{
	Key: "referrals.per_promoter", Text: "42 per year", Values: []quantity.Range{quantity.Exactly(42)}, Unit: quantity.MoneyPerYear,
	Measures:   "US dollars a year that a promoter's words bring: 8 words × 2.5 % × $210, what securities analysts held a customer to be worth",
	Population: dellPeople,
	Author:     reichheld, Title: bainDell, Year: 2006,
	Met: metDell, Grade: quantity.GradeB, Caveat: dellCaveat + ", in dollars",
}
