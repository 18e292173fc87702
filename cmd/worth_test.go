package cmd

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"
)

// The bill shows what losing one customer costs: the sales until a new customer takes the
// place, and the cost of winning that customer. The results of all other calculators must
// follow from it, by their own formulas.
func TestAReportValuesACustomerOnce(t *testing.T) {
	asked := map[string]int{}
	for _, args := range [][]string{
		{"everything"},
		{"everything", "--set", "winback.campaign_cost=0", "--set", "programme.saved_retention=78%"},
		{"everything", "--set", "winback.campaign_cost=0", "--set", "winback.paid_to=won"},
		{"everything", "--set", "customer.retention=[70%, 80%, 84%]"},
		{"everything", "--set", "customer.retention=[70%, 80%, 84%]", "--set", "customer.tenure=0", "--set", "customer.replaced_after=1 month"},
		{"everything", "--set", "customer.replaced_after=10"}, // never: the value is that of the whole life
		{"subscription"}, {"annual-contracts"}, {"car-service"}, {"cafe"}, {"guangzhou-noodles"}, {"half-lettuce"},
	} {
		var report struct {
			Scenarios []struct {
				Inputs map[string]struct {
					Value  float64
					Origin string
				}
				Metrics map[string]struct{ Value float64 }
			}
		}
		if err := json.Unmarshal(printed(t, append([]string{"report", "--format", "json"}, args...)...), &report); err != nil {
			t.Fatal(err)
		}
		metrics, inputs := report.Scenarios[0].Metrics, report.Scenarios[0].Inputs
		in := func(key string) float64 { return inputs[key].Value }
		tells := func(name string) float64 { return metrics[name].Value }
		worth := tells("loss.own") + tells("loss.replacement")
		new := worth * tells("lifetime.new_customer") / tells("lifetime.ltv")
		same := func(metric string, want float64) {
			got, told := metrics[metric]
			if !told {
				return
			}
			asked[metric]++
			// Amounts are rounded to cents, people and shares to six decimals.
			if room := 1. / 100 * max(1, in("winback.lost")); !(math.Abs(got.Value-want) <= room+2e-5*math.Abs(want)) {
				t.Errorf("report %q gives %v for %s, want %v from %v that losing one customer costs", args, got.Value, metric, want, worth)
			}
		}
		same("ripple.loss", worth+tells("loss.ripple"))
		same("loss.ripple", in("word_of_mouth.value")*tells("ripple.followers")*new)
		same("retention.yearly_bill", tells("retention.lost_per_year")*worth)
		if stay := in("programme.saved_retention"); stay > 0 && stay == in("customer.retention") {
			same("retention.saved_value", tells("retention.saved")*worth)
		}
		same("complaints.worth.speaking_up", (in("complaints.return.unresolved")-in("complaints.return.silent"))*worth)
		same("complaints.worth.resolving", (in("complaints.return.resolved")-in("complaints.return.unresolved"))*worth)
		same("complaints.worth.hurrying", (in("complaints.return.quick")-in("complaints.return.resolved"))*worth)
		same("complaints.at_risk", (tells("complaints.lost")-in("complaints.unhappy")*(1-in("complaints.return.content")))*worth)
		product, service := in("satisfaction.product"), in("satisfaction.service")
		again := func(cell string) float64 { return in("satisfaction.repurchase." + cell) }
		same("satisfaction.worth.service_point", worth/100*(product*(again("both")-again("product"))+(1-product)*(again("service")-again("neither"))))
		same("satisfaction.worth.product_point", worth/100*(service*(again("both")-again("service"))+(1-service)*(again("product")-again("neither"))))
		most := 0.0
		for i := 1; inputs[fmt.Sprintf("reasons.%d.share", i)].Origin != ""; i++ {
			most = max(most, in(fmt.Sprintf("reasons.%d.share", i)))
		}
		same("reasons.top_cost", most*tells("retention.lost_per_year")*worth)
		same("referrals.per_promoter", in("referrals.words")*in("referrals.convert")*((1-in("referrals.anyway"))*new+in("referrals.anyway")*in("acquisition.win_cost")))
		same("referrals.net", tells("referrals.value_per_customer")-in("company.churn")*tells("loss.ripple"))
		same("loss.referrals", in("referrals.promoters")*tells("referrals.per_promoter")*tells("loss.own")/(in("customer.margin")*tells("lifetime.per_year")))
		if in("winback.campaign_cost") == 0 && inputs["winback.offer_cost"].Origin == "scenario" {
			same("winback.gain", -tells("loss.offer")*in("winback.lost"))
		}
	}
	for _, metric := range []string{"ripple.loss", "loss.ripple", "retention.yearly_bill", "retention.saved_value", "complaints.at_risk", "complaints.worth.hurrying", "satisfaction.worth.service_point",
		"reasons.top_cost", "referrals.per_promoter", "referrals.net", "loss.referrals", "winback.gain"} {
		if asked[metric] == 0 {
			t.Errorf("no scenario here reports %s, which this test needs", metric)
		}
	}
}
