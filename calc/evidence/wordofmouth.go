package evidence

import "github.com/churncost/churncost/calc/quantity"

var wordOfMouth = []*quantity.Source{Tells, TellsWidely, TellsInService, Leave, FollowerValue}

// supposed compares what was measured about talk with what is commonly supposed.
const supposed = "the dissatisfied do tell more people than the content, but common suppositions of how many more are exaggerated (E. W. Anderson, Customer Satisfaction and Word of Mouth, Journal of Service Research 1(1), 1998)"

// Tells is how far the story of a lost customer goes: 1, 11, 55.
var Tells = &quantity.Source{
	Key: "word_of_mouth.tells", Text: "[11, 5]", Values: []quantity.Range{quantity.Exactly(11), quantity.Exactly(5)}, Unit: quantity.People,
	Measures:   "how many people one upset customer tells, and how many each of those tells",
	Population: "customers of shops and services in the United States; the size of the sample is not given",
	Author:     timm, Title: "50 Powerful Ideas You Can Use to Keep Your Customers", Year: 1995,
	Met:   bible + "; told of P. Timm by barternews.com, why each complaint can impact 67 potential customers; scoremoresales.com 2005, citing Douglas Publications; " + complaintsText,
	Grade: quantity.GradeB, Caveat: "a teaching story: 11 is a cautious reading of 10 to 20, and the second step is told of especially bad experiences",
	Against: supposed,
}

// TellsWidely is the range from which the founding text took its careful 11.
var TellsWidely = &quantity.Source{
	Key: "word_of_mouth.tells", Text: "[10..20]", Values: []quantity.Range{quantity.Between(10, 20)}, Unit: quantity.People,
	Measures:   "how many people one upset customer tells",
	Population: "customers of firms in the United States; the size of the sample is not given",
	Author:     "Ron Zemke", Title: "cited by intotheminds.com as Zemke 1999; the same figures stand in P. Timm's book", Year: 1999,
	Met:   bible + "; T. Peters, Thriving on Chaos (1987), gives TARP's: nine or ten on average, and 13 % tell more than twenty; R. Kizer and G. Bender reckon for retailers with 10, all of whom stay away",
	Grade: quantity.GradeB, Caveat: "told before the web; reach online differs in both directions",
	Against: supposed,
}

// TellsInService is the figure of the car service training.
var TellsInService = &quantity.Source{
	Key: "word_of_mouth.tells", Text: "[8..11]", Values: []quantity.Range{quantity.Between(8, 11)}, Unit: quantity.People,
	Measures:   "how many people every unhappy customer tells",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   complaintsText + "; as eight to ten, of A. Waller, Utah State University",
	Grade: quantity.GradeC, Caveat: "no primary source found",
	Against: supposed,
}

// Leave is the share of the hearers who stay away.
var Leave = &quantity.Source{
	Key: "word_of_mouth.leave", Text: "25%", Values: []quantity.Range{percent(25, 25)}, Unit: quantity.Share,
	Measures:   "share of those who heard the story that stays away",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   bible + "; scoremoresales.com 2005, citing Douglas Publications",
	Grade: quantity.GradeC, Caveat: "the source calls it an assumption",
}

// FollowerValue is what a follower is worth against the customer.
var FollowerValue = &quantity.Source{
	Key: "word_of_mouth.value", Text: "100%", Values: []quantity.Range{quantity.Exactly(1)}, Unit: quantity.Share,
	Measures:   "what each of the followers spends, against the customer who was lost",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   bible,
	Grade: quantity.GradeC, Caveat: "the source calls it an assumption: each spends the same",
}
