package evidence

import "github.com/churncost/churncost/calc/quantity"

var contentment = []*quantity.Source{RepurchaseBoth, RepurchaseService, RepurchaseProduct, RepurchaseNeither, ServiceToProduct, ProductPart, Goals}

// repurchase is one of the four shares of the satisfaction text.
func repurchase(cell, text string, share float64, with string) *quantity.Source {
	return &quantity.Source{
		Key: "satisfaction.repurchase." + cell, Text: text, Values: []quantity.Range{percent(share, share)}, Unit: quantity.Share,
		Measures: "share who buy again (repurchase, of the 3R) of those satisfied with " + with, Population: unknown, Author: unknown, Title: unknown,
		Met: satisfactionText, Grade: quantity.GradeC, Caveat: "met in this one text, which prints its headings in row order and then the four figures",
	}
}

// Who buys again, by what they are satisfied with.
var (
	RepurchaseBoth    = repurchase("both", "95%", 95, "product and service")
	RepurchaseService = repurchase("service", "67%", 67, "the service only")
	RepurchaseProduct = repurchase("product", "33%", 33, "the product only")
	RepurchaseNeither = repurchase("neither", "20%", 20, "neither")
)

// ServiceToProduct is what the same text says of service against product.
var ServiceToProduct = &quantity.Source{
	Key: "satisfaction.service_to_product", Text: "3", Values: []quantity.Range{quantity.Exactly(3)}, Unit: quantity.Ratio,
	Measures:   "service is worth three times the product",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   satisfactionText,
	Grade: quantity.GradeC, Caveat: "in its own four figures it is (67 − 20) ÷ (33 − 20), 3.6 times for those satisfied with neither, and (95 − 33) ÷ (95 − 67), 2.2 times, for those satisfied with one",
}

// ProductPart is what the same text leaves to the product.
var ProductPart = &quantity.Source{
	Key: "satisfaction.product_part", Text: "25%", Values: []quantity.Range{percent(25, 25)}, Unit: quantity.Share,
	Measures:   "the product's part of the value that a customer gets: a quarter, the service being worth three times as much",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   satisfactionText,
	Grade: quantity.GradeC, Caveat: "the three to one said the other way, 1 ÷ (1 + 3), and no second finding; nobody says how value was measured",
}

// Goals are the 3R, of which two calculators compute one each.
var Goals = &quantity.Source{
	Key: "satisfaction.goals", Text: "3", Values: []quantity.Range{quantity.Exactly(3)}, Unit: quantity.Count,
	Measures:   "the goals of satisfying, the 3R: recommend (推荐), revisit (再访), repurchase (再购); the calculator satisfaction computes the repurchase, referrals the recommending, and none the revisit",
	Population: unknown,
	Author:     unknown, Title: unknown,
	Met:   satisfactionText,
	Grade: quantity.GradeC, Caveat: "names and no measurement; a visit brings money only through a purchase",
}
