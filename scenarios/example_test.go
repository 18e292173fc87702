package scenarios_test

import (
	"fmt"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/scenarios"
)

const text = `version: 1
name: My café
customer:
  spend: 50 per week
  years: 10
`

// Every value knows where it was written.
func ExampleRead() {
	s, err := scenarios.Read("mine.yaml", []byte(text), scenarios.NewVocabulary(catalog.All()))
	if err != nil {
		fmt.Println(err)
		return
	}
	spend := s.Inputs["customer.spend"]
	fmt.Println(s.Name, spend.Range.Likely, spend.Text, spend.Place.Line)
	// Output: My café 2600 50 per week 4
}

// All problems are found in one run.
func ExampleRead_problems() {
	_, err := scenarios.Read("mine.yaml", []byte("version: 1\ncustomer:\n  spnd: 50 per week\n  margin: 30\n"), scenarios.NewVocabulary(catalog.All()))
	for _, p := range err.(calc.Problems) {
		fmt.Printf("%d:%d %s; %s\n", p.Place.Line, p.Place.Column, p.Message, p.Hint)
	}
	// Output:
	// 3:3 unknown key "customer.spnd"; did you mean spend?
	// 4:11 "30" is not a share; did you mean 30%?
}

// A clone is changed, the original is not.
func ExampleScenario_Set() {
	s, err := scenarios.Read("mine.yaml", []byte(text), scenarios.NewVocabulary(catalog.All()))
	if err != nil {
		fmt.Println(err)
		return
	}
	longer := s.Clone()
	if err := longer.Set("customer.years=12"); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Text("customer.years"), longer.Text("customer.years"))
	// Output: 10 12
}
