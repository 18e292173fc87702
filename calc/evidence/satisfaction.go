package evidence

import "github.com/churncost/churncost/calc"

var contentment = []*calc.Source{RepurchaseBoth, RepurchaseService, RepurchaseProduct, RepurchaseNeither, ServiceToProduct, ProductPart, Goals}

// repurchase is one of the four shares of the satisfaction text.
func repurchase(cell, text string, share float64, with string) *calc.Source {
	return &calc.Source{
		Key: "satisfaction.repurchase." + cell, Text: text, Values: []calc.Range{percent(share, share)}, Unit: calc.Share,
		Measures: "share who buy again (repurchase, of the 3R) of those content with " + with, Population: unknown, Author: unknown, Title: unknown,
		Met: satisfactionText, Grade: calc.GradeC, Caveat: "met in this one text, which prints its headings in row order and then the four figures",
	}
}

// Who buys again, by what they are content with.
var (
	RepurchaseBoth    = repurchase("both", "95%", 95, "product and service")
	RepurchaseService = repurchase("service", "67%", 67, "the service only")
	RepurchaseProduct = repurchase("product", "33%", 33, "the product only")
	RepurchaseNeither = repurchase("neither", "20%", 20, "neither")
)

// ServiceToProduct is what the same text says of service against product.
var ServiceToProduct = &calc.Source{
	Key: "satisfaction.service_to_product", Text: "3", Values: []calc.Range{calc.Exactly(3)}, Unit: calc.Ratio,
	Measures:   "service is worth three times the product",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   satisfactionText,
	Grade: calc.GradeC, Caveat: "in its own four figures it is (67 − 20) ÷ (33 − 20), 3.6 times for those content with neither, and (95 − 33) ÷ (95 − 67), 2.2 times, for those content with one",
}

// ProductPart is what the same text leaves to the product.
var ProductPart = &calc.Source{
	Key: "satisfaction.product_part", Text: "25%", Values: []calc.Range{percent(25, 25)}, Unit: calc.Share,
	Measures:   "the product's part of the value that a customer gets: a quarter, the service being worth three times as much",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   satisfactionText,
	Grade: calc.GradeC, Caveat: "the three to one said the other way, 1 ÷ (1 + 3), and no second finding; nobody says how value was measured",
}

// Goals are the 3R, of which two calculators compute one each.
var Goals = &calc.Source{
	Key: "satisfaction.goals", Text: "3", Values: []calc.Range{calc.Exactly(3)}, Unit: calc.Count,
	Measures:   "the goals of satisfying, the 3R: recommend (推荐), revisit (再访), repurchase (再购); the calculator satisfaction computes the repurchase, referrals the recommending, and none the revisit",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   satisfactionText,
	Grade: calc.GradeC, Caveat: "names and no measurement; a visit brings money only through a purchase",
}
