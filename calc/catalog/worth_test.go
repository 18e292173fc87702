package catalog_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/quantity"
)

// A told is the figures of one scenario by metric; NaN where it is not given.
type told map[string]float64

func (f told) of(metric string) float64 {
	if value, given := f[metric]; given {
		return value
	}
	return math.NaN()
}

// tell binds every calculator that the inputs feed, and gives their figures by
// metric, not rounded.
func tell(t *testing.T, in quantity.Inputs) told {
	t.Helper()
	figures := told{}
	for _, c := range catalog.All() {
		m := c.Model()
		if err := m.Bind(in); err != nil {
			continue
		}
		values, err := m.Figures(nil)
		if err != nil {
			continue
		}
		for i, f := range c.Metrics() {
			figures[f.Metric] = values[i]
		}
	}
	return figures
}

// orNothing is a figure, or nothing where it is not given.
func orNothing(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return x
}

// One report holds one value of a customer who is lost, saved or returns. Each
// calculator that names one tells it in its own way: times so many customers, as a
// part, or with a sign. What is left when that is taken off must be the same number.
func TestEveryCalculatorValuesTheSameCustomerAlike(t *testing.T) {
	var fields []calc.Field
	for _, c := range catalog.All() {
		fields = append(fields, c.Fields()...)
	}
	d := &drawer{Rand: rand.New(rand.NewPCG(31, 32)), fields: fields, all: true}
	compared := map[string]int{}
	for range 400 {
		in := d.inputs()
		for _, key := range []string{"programme.saved_retention", "programme.churn_after", "complaints.unhappy", "word_of_mouth.overlap", "customer.renews",
			"satisfaction.cells.both", "satisfaction.cells.service", "satisfaction.cells.product"} {
			delete(in, key) // the first asks for the value of another customer, the others for something that is given already
		}
		in["tiers"] = &quantity.Input{Key: "tiers", Origin: quantity.FromScenario, List: []quantity.Input{{Cells: quantity.Inputs{
			"name": {Word: "all"}, "customers": {Range: quantity.Exactly(100)}, "churn": nil}}}}
		delete(in["tiers"].List[0].Cells, "churn")
		one := *in["customer.spend"]
		one.Per, one.Counted = quantity.Period{}, ""
		in["customer.spend"] = &one
		in["tiers"].List[0].Cells["spend"] = &quantity.Input{Range: one.Range}
		f := tell(t, in)
		u := f.of("loss.own") + orNothing(f.of("loss.replacement"))
		same := func(name string, got float64) {
			t.Helper()
			if math.IsNaN(got) || math.IsInf(got, 0) {
				return
			}
			compared[name]++
			if math.Abs(got-u) > 1e-6*math.Max(1, math.Abs(u)) {
				t.Errorf("%s values a lost customer at %.9g, and loss at %.9g", name, got, u)
			}
		}
		if math.IsNaN(u) {
			continue
		}
		same("retention.yearly_bill", f.of("retention.yearly_bill")/f.of("retention.lost_per_year"))
		same("retention.saved_value", f.of("retention.saved_value")/f.of("retention.saved"))
		same("tiers.highest_loss", f.of("tiers.highest_loss"))
		back := func(key string) float64 { return in["complaints.return."+key].Range.Likely }
		if gap := back("resolved") - back("unresolved"); math.Abs(gap) > .01 {
			same("complaints.worth.resolving", f.of("complaints.worth.resolving")/gap)
		}
		if in["complaints.token"] != nil && in["complaints.token"].Range.Likely > 0 {
			same("complaints.token_break_even", in["complaints.token"].Range.Likely/f.of("complaints.token_break_even"))
		}
		largest := 0.0
		for _, reason := range in["reasons"].List {
			largest = max(largest, reason.Cells["share"].Range.Likely)
		}
		same("reasons.top_cost", f.of("reasons.top_cost")/largest/f.of("retention.lost_per_year"))
		if product, service := in["satisfaction.product"], in["satisfaction.service"]; product != nil && service != nil {
			again := func(cell string) float64 { return in["satisfaction.repurchase."+cell].Range.Likely }
			liked := product.Range.Likely
			if gain := liked*(again("both")-again("product")) + (1-liked)*(again("service")-again("neither")); math.Abs(gain) > .01 {
				same("satisfaction.worth.service_point", 100*f.of("satisfaction.worth.service_point")/gain)
			}
		}
		value := in["word_of_mouth.value"].Range.Likely
		same("ripple.loss", f.of("ripple.loss")-orNothing(f.of("loss.ripple")))
		if offer, gain := f.of("loss.offer"), f.of("winback.lapsed.value"); !math.IsNaN(offer) && !math.IsNaN(gain) {
			compared["winback.lapsed.value"]++
			if math.Abs(offer+gain) > 1e-6*math.Max(1, math.Abs(gain)) {
				t.Errorf("the offer's row of loss is %.9g, and winback.lapsed.value %.9g: one is the other with another sign", offer, gain)
			}
		}
		if followers := value * f.of("ripple.followers"); followers > 1e-3 && f.of("referrals.value_per_customer") != 0 {
			newLoss := f.of("loss.ripple") / followers
			net := (f.of("referrals.value_per_customer") - f.of("referrals.net")) / (in["company.churn"].Range.Likely * followers)
			if !math.IsNaN(net) && in["company.churn"].Range.Likely > .001 {
				compared["referrals.net"]++
				if math.Abs(net-newLoss) > 1e-5*math.Max(1, math.Abs(newLoss)) {
					t.Errorf("referrals values a follower at %.9g, and loss at %.9g", net, newLoss)
				}
			}
		}
	}
	for _, name := range []string{"retention.yearly_bill", "retention.saved_value", "tiers.highest_loss", "complaints.worth.resolving", "complaints.token_break_even", "ripple.loss", "winback.lapsed.value", "referrals.net",
		"reasons.top_cost", "satisfaction.worth.service_point"} {
		if compared[name] < 30 {
			t.Errorf("%s was compared %d times: too few to prove anything", name, compared[name])
		}
	}
}
