package evidence

import "github.com/churncost/churncost/calc/quantity"

var complaining = []*quantity.Source{
	SpeakUp, SpeakUpGoodman, SpeakUpBusiness,
	ReturnSilent, ReturnUnresolved, ReturnResolved, ReturnQuick,
	ReturnSilentSmall, ReturnUnresolvedSmall, ReturnResolvedSmall, ReturnQuickSmall,
	SilentMoreLoyal, StopOrBuyLess, Impressions, RecoveryParadox,
}

const (
	goodman        = "J. Goodman, TARP"
	goodmanLetter  = "Misquoted Data Cause Questions, Confusion, letter in ASQ Quality Progress, November"
	goodmanSays    = "its own author called it very wrong: about 50 % complain, 75 % between businesses; the 4 % was of small-ticket goods, and of complaints that reach headquarters (J. Goodman, ASQ Quality Progress, Nov 2005)"
	tarpTitle      = "Consumer Complaint Handling in America, for the White House Office of Consumer Affairs"
	tarpPeople     = "households in the United States with a complaint"
	tarpLarge      = "losses over $100 of 1979; one intention to buy again, and no lifetime"
	tarpSmall      = "losses under $5 of 1979; one intention to buy again, and no lifetime"
	metSmall       = "J. Huba in What Makes Us Loyal II, Fast Company 663494, 2003"
	metReturns     = complaintsText + "; by size of loss " + metSmall
	orderContested = "one loyalty survey finds unhappy complainers 22 points less loyal than the silent (CCMC and Arizona State University, National Customer Rage Study 2020, 1,026 households)"
	tarpYear       = 1979
)

// SpeakUp is the famous share of the unhappy who complain.
var SpeakUp = &quantity.Source{
	Key: "complaints.speak_up", Text: "4%", Values: []quantity.Range{percent(4, 4)}, Unit: quantity.Share,
	Measures:   "share of the unhappy who complain; the other 96 % just leave",
	Population: "buyers of small-ticket packaged goods, complaining to headquarters",
	Author:     goodman, Title: "1970s studies of complaint behaviour, as quoted", Year: tarpYear,
	Met:   complaintsText,
	Grade: quantity.GradeX, Caveat: "true of one narrow case, quoted for all: a book dropped two words, small-ticket and headquarters",
	Against: goodmanSays,
}

// SpeakUpGoodman is what the author of the 4 % says instead.
var SpeakUpGoodman = &quantity.Source{
	Key: "complaints.speak_up", Text: "50%", Values: []quantity.Range{percent(50, 50)}, Unit: quantity.Share,
	Measures:   "share of consumers with a problem who complain to somebody, the front line included",
	Population: "consumers in the United States, over TARP's surveys",
	Author:     goodman, Title: goodmanLetter, Year: 2005,
	Met:   "the letter",
	Grade: quantity.GradeB, Caveat: "about; it varies with what is at stake and how easy complaining is",
}

// SpeakUpBusiness is the same between businesses.
var SpeakUpBusiness = &quantity.Source{
	Key: "complaints.speak_up", Text: "75%", Values: []quantity.Range{percent(75, 75)}, Unit: quantity.Share,
	Measures:   "share of business customers with a problem who complain",
	Population: "business customers in the United States, over TARP's surveys",
	Author:     goodman, Title: goodmanLetter, Year: 2005,
	Met:   "the letter",
	Grade: quantity.GradeB, Caveat: "about; of 600 users of business software 63 % did (J. Goodman and S. Newman, Understand Customer Behavior and Complaints)",
}

// returned is one of TARP's figures on who buys again.
func returned(channel, applies, text string, share float64, who, met, caveat string) *quantity.Source {
	return &quantity.Source{
		Key: "complaints.return." + channel, Applies: applies, Text: text, Values: []quantity.Range{percent(share, share)}, Unit: quantity.Share,
		Measures: "share who would buy again of the unhappy who " + who + ", after a " + applies + " loss", Population: tarpPeople,
		Author: goodman, Title: tarpTitle, Year: tarpYear, Met: met, Grade: quantity.GradeB, Caveat: caveat,
	}
}

// TARP's shares of the unhappy who would buy again, by what became of them: for
// losses over $100, and for losses under $5.
var (
	ReturnSilent     = contested(returned("silent", "large", "9%", 9, "never complained", metReturns, tarpLarge))
	ReturnUnresolved = contested(returned("unresolved", "large", "19%", 19, "complained in vain", metReturns, tarpLarge))
	ReturnResolved   = returned("resolved", "large", "54%", 54, "were helped", metReturns, tarpLarge)
	ReturnQuick      = returned("quick", "large", "82%", 82, "were helped quickly", metReturns, tarpLarge)

	ReturnSilentSmall     = contested(returned("silent", "small", "37%", 37, "never complained", metSmall, tarpSmall))
	ReturnUnresolvedSmall = contested(returned("unresolved", "small", "46%", 46, "complained in vain", metSmall, tarpSmall))
	ReturnResolvedSmall   = returned("resolved", "small", "70%", 70, "were helped", metSmall, tarpSmall)
	ReturnQuickSmall      = returned("quick", "small", "95%", 95, "were helped quickly", metSmall, tarpSmall)
)

// contested adds what contradicts the order of the silent and the unresolved.
func contested(s *quantity.Source) *quantity.Source {
	s.Against = orderContested
	return s
}

// SilentMoreLoyal is the claim that even an unresolved complaint helps.
var SilentMoreLoyal = &quantity.Source{
	Key: "complaints.worth.speaking_up", Text: "10pp", Values: []quantity.Range{percent(10, 10)}, Unit: quantity.Points,
	Measures:   "by how many points those who complained in vain buy again more than the silent: 19 against 9 %",
	Population: tarpPeople,
	Author:     goodman, Title: tarpTitle, Year: tarpYear,
	Met:   complaintsText,
	Grade: quantity.GradeX, Caveat: "an order of two intentions",
	Against: orderContested,
}

// StopOrBuyLess is the same training text's own figure for those lost.
var StopOrBuyLess = &quantity.Source{
	Key: "complaints.lost_share", Text: "75.3%", Values: []quantity.Range{percent(753./10, 753./10)}, Unit: quantity.Share,
	Measures:   "share of the dissatisfied who stop buying or buy less",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   complaintsText,
	Grade: quantity.GradeC, Caveat: "met once, without a source; stopping and buying less are not told apart",
}

// Impressions is how many good impressions make up for a bad one.
var Impressions = &quantity.Source{
	Key: "complaints.impressions", Text: "12", Values: []quantity.Range{quantity.Exactly(12)}, Unit: quantity.Count,
	Measures:   "good impressions that it takes to mend one unresolved bad one",
	Population: unknown,
	Author:     "R. Newell-Legner and A. Waller, as quoted", Title: unknown,
	Met:   complaintsText,
	Grade: quantity.GradeC, Caveat: "said of a negative experience that was never resolved; nobody says how it was counted",
}

// RecoveryParadox is what studies found about the belief that a resolved complaint makes
// a better customer than no complaint.
var RecoveryParadox = &quantity.Source{
	Key: "complaints.full_recovery", Text: "100%", Values: []quantity.Range{quantity.Exactly(1)}, Unit: quantity.Share,
	Measures:   "the most that resolving brings a customer back to, of one who had nothing to complain of: it counters a complaint, and hardly ever offsets it entirely",
	Population: "20,000 new customers of an internet and catalogue retailer, by their purchases over 2.5 years",
	Author:     "G. Knox and R. van Oest", Title: "Customer Complaints and Recovery Effectiveness: A Customer Base Approach, Journal of Marketing 78(5)", Year: 2014,
	Met:   "the article",
	Grade: quantity.GradeA, Caveat: "one firm, by purchases and not by what people say they will do",
	Against: "in TARP's surveys satisfied complainers are up to 8 % more loyal than those without a problem (J. Goodman, Basic Facts on Customer Complaint Behavior, 1999)",
}
