package number

import (
	"math"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/quantity"
)

// A sample asks for numbers of every unit and with every bound, so that these tests do
// not depend on the catalog.
type sample struct {
	numbers [25]float64
	stay    quantity.ByTenure
	by      quantity.ChangeBy
}

func (in *sample) Ask(ask *calc.Form) {
	n := in.numbers[:]
	next := func() *float64 {
		to := &n[0]
		n = n[1:]
		return to
	}
	ask.MoneyPerYear(next(), "customer.spend", "", calc.PerVisit("customer.visits"))
	ask.Count(next(), "customer.visits", "", calc.Per(calc.Needed))
	ask.Time(next(), "customer.years", "", calc.OrForever)
	ask.Share(next(), "customer.margin", "")
	ask.Chance(&in.stay, "customer.retention", "", calc.Default(1))
	ask.Share(next(), "customer.discount", "", calc.Per(calc.Accumulation), calc.AtMost(math.Inf(1)))
	ask.Share(next(), "customer.growth", "", calc.Per(calc.Yearly), calc.Above(-1), calc.AtMost(math.Inf(1)))
	ask.Share(next(), "company.churn", "", calc.Per(calc.Attrition))
	ask.Share(next(), "word_of_mouth.leave", "")
	ask.Share(next(), "word_of_mouth.value", "", calc.AtMost(math.Inf(1)))
	ask.Money(next(), "acquisition.win_cost", "", calc.Positive)
	ask.Money(next(), "acquisition.keep_cost", "", calc.Per(calc.Possible))
	ask.Change(&in.by, next(), "programme.churn_after", "company.churn", "")
	ask.Time(next(), "winback.second_life.ramp_years", "", calc.AtMost(100))
	ask.People(next(), "customers", "", calc.Precise)
	ask.MoneyPerYear(next(), "spend", "")
	ask.Share(next(), "churn", "", calc.Per(calc.Attrition))

	ask.Money(next(), "test.signed", "", calc.AtLeast(math.Inf(-1)))
	ask.Share(next(), "test.signed_share", "", calc.AtLeast(math.Inf(-1)), calc.AtMost(2))
	ask.Share(next(), "test.to_half", "", calc.AtMost(.5))
	ask.Count(next(), "test.to_60", "", calc.AtMost(60))
	ask.Count(next(), "test.to_130", "", calc.AtMost(130), calc.Positive)
	ask.Time(next(), "test.to_5_years", "", calc.AtMost(5), calc.OrForever)
	ask.People(next(), "test.from_1_to_46_000", "", calc.AtLeast(1), calc.AtMost(46_000), calc.Precise)
}

func (in *sample) Tell(tell *calc.Report) { tell.Money("test.money", "Money", in.numbers[0]) }

// allFields lists the fields of the sample.
func allFields() []calc.Field {
	return calc.New("test", "What is given?", func(in, out *sample) error { *out = *in; return nil }).Fields()
}

// field finds a field of the sample.
func field(t testing.TB, key string) *calc.Field { return named(t, allFields(), key) }

func named(t testing.TB, fields []calc.Field, key string) *calc.Field {
	t.Helper()
	for i := range fields {
		if fields[i].Key == key {
			return &fields[i]
		}
	}
	t.Fatalf("no calculator asks for %s", key)
	return nil
}

// catalogFields lists the fields of all calculators.
func catalogFields() (all []calc.Field) {
	for _, c := range catalog.All() {
		all = append(all, c.Fields()...)
	}
	return all
}

func catalogField(t testing.TB, key string) *calc.Field { return named(t, catalogFields(), key) }
