package scenarios

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/quantity"
)

// A sample asks for one input of every kind, so that tests of the loader do not depend on
// the catalog.
type sample struct {
	numbers [12]float64
	stay    quantity.ByTenure
	words   [2]string
	tells   []float64
	by      quantity.ChangeBy
	tiers   []tier
}

type tier struct {
	name    string
	numbers [3]float64
}

func (in *sample) Ask(ask *calc.Form) {
	n := &in.numbers
	ask.MoneyPerYear(&n[0], "customer.spend", "what the customer spends", calc.PerVisit("customer.visits"))
	ask.Count(&n[1], "customer.visits", "how often the customer comes", calc.Per(calc.Needed), calc.Default(1))
	ask.Time(&n[2], "customer.years", "how long the customer stays", calc.OrForever)
	ask.Share(&n[3], "customer.margin", "what is left of sales", calc.Default(1))
	ask.Chance(&in.stay, "customer.retention", "chance to stay a year", calc.Default(1))
	ask.Share(&n[4], "customer.discount", "discount rate", calc.Per(calc.Accumulation), calc.AtMost(math.Inf(1)), calc.Default(0))
	ask.Choice(&in.words[0], "customer.paid", "when the money comes", "start", "end", "stayed")
	ask.Share(&n[5], "customer.growth", "yearly change of the spend", calc.Per(calc.Yearly), calc.Above(-1), calc.AtMost(math.Inf(1)), calc.Default(0))
	ask.Share(&n[6], "company.churn", "share who leave in a year", calc.Per(calc.Attrition), calc.Optional)
	ask.PeopleList(&in.tells, "word_of_mouth.tells", "people told", calc.Optional, calc.Known(&quantity.Source{Key: "word_of_mouth.tells", Values: []quantity.Range{quantity.Exactly(11), quantity.Exactly(5)}}))
	ask.Share(&n[7], "word_of_mouth.leave", "share who stay away", calc.Optional)
	ask.Share(&n[8], "word_of_mouth.value", "what a follower is worth", calc.AtMost(math.Inf(1)), calc.Default(1))
	ask.Choice(&in.words[1], "word_of_mouth.rule", "how followers are counted", "expected", "book")
	ask.Money(&n[9], "acquisition.win_cost", "what winning costs", calc.Positive, calc.Optional)
	ask.Change(&in.by, &n[10], "programme.churn_after", "company.churn", "churn after the programme", calc.Optional)
	ask.Time(&n[11], "winback.second_life.ramp_years", "years until full spend", calc.AtMost(100), calc.Default(0))
	calc.Rows(ask, &in.tiers, "tiers", "groups of customers", calc.Optional)
}

func (in *tier) Ask(ask *calc.Form) {
	ask.Text(&in.name, "name", "what it is called")
	ask.People(&in.numbers[0], "customers", "how many there are", calc.Precise)
	ask.MoneyPerYear(&in.numbers[1], "spend", "what one spends")
	ask.Share(&in.numbers[2], "churn", "share who leave", calc.Per(calc.Attrition), calc.Optional)
}

func (in *sample) Tell(tell *calc.Report) { tell.Money("sample.spend", "Spend", in.numbers[0]) }

func sampleCalculator() calc.Calculator {
	return calc.New("sample", "What is given?", func(in, out *sample) error { *out = *in; return nil })
}

func sampleVocabulary() *Vocabulary { return NewVocabulary([]calc.Calculator{sampleCalculator()}) }

func catalogVocabulary() *Vocabulary { return NewVocabulary(catalog.All()) }

// retell writes problems, one on each line: place, message, and the hint after an equals
// sign. A problem of the whole text has the place 0:0.
func retell(err error) string {
	problems, ok := err.(calc.Problems)
	if !ok {
		return fmt.Sprintf("not calc.Problems, but %T: %v", err, err)
	}
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "%d:%d %s", p.Place.Line, p.Place.Column, p.Message)
		if p.Hint != "" {
			b.WriteString(" = " + p.Hint)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// A badText is a scenario and all its problems.
type badText struct{ claim, text, want string }

func refuse(t *testing.T, cases []badText) {
	t.Helper()
	v := sampleVocabulary()
	for _, c := range cases {
		t.Run(c.claim, func(t *testing.T) {
			text, want := strings.TrimPrefix(c.text, "\n"), strings.TrimPrefix(c.want, "\n")
			_, err := Read("mine.yaml", []byte(text), v)
			if err == nil {
				t.Fatalf("Read(%q) is accepted, want\n%s", text, want)
			}
			if got := retell(err); got != want {
				t.Errorf("Read(%q) finds\n%swant\n%s", text, got, want)
			}
		})
	}
}

// accept reads a valid text.
func accept(t *testing.T, data []byte) *Scenario {
	t.Helper()
	s, err := Read("mine.yaml", data, sampleVocabulary())
	if err != nil {
		t.Fatalf("Read(%q) is refused:\n%s", data, retell(err))
	}
	return s
}
