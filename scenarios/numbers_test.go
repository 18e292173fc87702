package scenarios

import (
	"math"
	"testing"

	"github.com/churncost/churncost/calc/quantity"
)

func exactly(value float64) quantity.Range { return quantity.Exactly(value) }

// near reports whether two numbers are equal except for the last digits of a float64.
func near(got, want float64) bool {
	return got == want || math.Abs(got-want) <= 1e-14*math.Abs(want)
}

func TestAnAmbiguousNumberIsRefusedEverywhere(t *testing.T) {
	refuse(t, []badText{
		{"in a list, in an item, and long", `
version: 1
customer:
  spend: {value: 1.200 per month, source: till}
word_of_mouth:
  tells: [1.200, 5]
acquisition:
  win_cost: 1.200
tiers:
  - {name: gold, customers: 1.500, spend: 1.000..2.000 per year}
`, `
3:18 "1.200" could be a thousand or a decimal = write 1_200 per month, or 1.2 per month
5:11 "1.200" could be a thousand or a decimal = write 1_200, or 1.2
7:13 "1.200" could be a thousand or a decimal = write 1_200, or 1.2
9:29 "1.500" could be a thousand or a decimal = write 1_500, or 1.5
9:43 "1.000" could be a thousand or a decimal = write 1_000..2_000 per year, or 1..2 per year
`},
		{"at the ends of a range written long", `
version: 1
customer:
  spend: {low: 1.200, likely: 2_000, high: 3.400 per month, shape: triangular}
acquisition:
  win_cost: {low: 800, high: 1.200}
`, `
3:10 "1.200" could be a thousand or a decimal = write low: 1_200, likely: 2_000, high: 3_400 per month
5:13 "1.200" could be a thousand or a decimal = write low: 800, high: 1_200
`},
	})
	for assignment, want := range map[string]string{
		"acquisition.win_cost=1.200":  "1:22 \"1.200\" could be a thousand or a decimal = write 1_200, or 1.2\n",
		"word_of_mouth.tells.2=1.000": "1:23 \"1.000\" could be a thousand or a decimal = write 1_000, or 1\n",
		"tiers.1.customers='1.200'":   "1:19 \"1.200\" could be a thousand or a decimal = write 1_200, or 1.2\n",
	} {
		if got := retell(accept(t, []byte(small)).Set(assignment)); got != want {
			t.Errorf("Set(%s) says %q, want %q", assignment, got, want)
		}
	}
}

func TestOnlyASingleNumberCanBeSolvedFor(t *testing.T) {
	s := accept(t, []byte("version: 1\ncustomer: {retention: [84%, 91%]}\n"))
	for key, want := range map[string]string{
		"customer.spnd":       "0:0 unknown key \"customer.spnd\" = did you mean customer.spend?\n",
		"word_of_mouth.tells": "0:0 word_of_mouth.tells is not a single number = choose an input that is one\n",
		"customer.retention":  "0:0 customer.retention is a list, which cannot be solved for = try values with compare --vary customer.retention.1=LOW..HIGH/POINTS\n",
		"word_of_mouth.rule":  "0:0 word_of_mouth.rule is not a single number = choose an input that is one\n",
	} {
		f, err := s.Field(key)
		if got := retell(err); got != want {
			t.Errorf("Field(%s) = %+v, %q; want %q", key, f, got, want)
		}
	}
	if f, err := s.Field("customer.spend"); err != nil || f.Key != "customer.spend" {
		t.Errorf("Field(customer.spend) = %+v, %v; want the field", f, err)
	}
	if f, err := accept(t, []byte("version: 1\ncustomer: {retention: 84%}\n")).Field("customer.retention"); err != nil || f.Key != "customer.retention" {
		t.Errorf("Field(customer.retention) of one number = %+v, %v; want the field", f, err)
	}
}
