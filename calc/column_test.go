package calc_test

import (
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/quantity"
)

// A tabled toy has a table that counts as soon as anything of it is given, and excludes a
// rate. It prepares the sum of the table.
type tabled struct {
	Given  bool
	Every  float64
	Counts quantity.Column
	Rate   float64
	sum    float64
}

func (in *tabled) Ask(ask *calc.Form) {
	ask.Share(&in.Rate, "rate", "the rate", calc.Default(.5), calc.NotWith("table.every"))
	ask.Any(&in.Given, func(ask *calc.Form) {
		ask.Period(&in.Every, "table.every", "how often")
		ask.Column(&in.Counts, "table.counts", quantity.People, "how many", calc.Optional)
	})
	ask.Prepare(&in.Given, func() error {
		in.sum = 0
		for i, count := range in.Counts.Now {
			if count < 0 {
				return calc.Wrong("table.counts.2", "number %d is below zero", i+1)
			}
			in.sum += count
		}
		return nil
	})
}

func (in *tabled) Tell(tell *calc.Report) {
	tell.Count("toy.every", "", in.Every)
	tell.Share("toy.rate", "", in.Rate)
	if !in.Given {
		in.sum = 0 // what was prepared for an earlier binding
	}
	tell.People("toy.sum", "", in.sum)
}

// people is a list of numbers.
func people(of ...float64) *quantity.Input {
	in := new(quantity.Input)
	for _, x := range of {
		in.List = append(in.List, quantity.Input{Range: quantity.Exactly(x)})
	}
	return in
}

func TestAGroupOfAnyIsIncludedByWhateverIsGivenOfIt(t *testing.T) {
	month := &quantity.Input{Word: "month"}
	claim(t, calctest.Toy[tabled](), []given{
		{"nothing", quantity.Inputs{}, "NaN 0.5 0"},
		{"all of it", quantity.Inputs{"table.every": month, "table.counts": people(3, 4)}, "12 NaN 7"},
		{"nothing again", quantity.Inputs{}, "NaN 0.5 0"},
		{"what it requires", quantity.Inputs{"table.every": month}, "12 NaN 0"},
		{"what may be left out alone", quantity.Inputs{"table.counts": people(3)}, `table.every: missing key "table.every": table.counts needs it`},
		{"what it excludes", quantity.Inputs{"table.every": month, "rate": calctest.Exactly(.1)}, "rate: rate and table.every say the same thing twice"},
		{"what cannot be", quantity.Inputs{"table.every": month, "table.counts": people(3, -4)}, "table.counts.2: number 2 is below zero"},
	})
}

// All numbers of a column are one variable, and what they make together is made anew.
func TestAColumnMovesAsAWhole(t *testing.T) {
	m := calctest.Toy[tabled]()
	if err := m.Bind(calctest.Keyed(quantity.Inputs{"table.every": {Word: "year"}, "table.counts": people(3, 4)})); err != nil {
		t.Fatal(err)
	}
	variables := m.Variables()
	if len(variables) != 1 {
		t.Fatalf("there are %d variables, want one", len(variables))
	}
	for _, test := range []struct {
		what string
		do   func()
		want float64
	}{
		{"as given", m.Reset, 7},
		{"doubled", func() { variables[0].Set(2) }, 14},
		{"other numbers", func() { variables[0].SetAll([]float64{1, 2}) }, 3},
		{"as given again", m.Reset, 7},
	} {
		test.do()
		if err := m.Try(); err != nil || m.Tried(2) != test.want {
			t.Errorf("%s: the sum is %v (%v), want %v", test.what, m.Tried(2), err, test.want)
		}
	}
}
