package judging_test

import (
	"fmt"

	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/cmd/internal/judging"
	"github.com/churncost/churncost/cmd/internal/study"
	"github.com/churncost/churncost/scenarios"
)

// The gates of the scenario itself come first.
func ExampleCheck() {
	calculators := catalog.All()
	s := &study.Study{Calculators: calculators, Vocabulary: scenarios.NewVocabulary(calculators), Today: func() string { return "2026-05-01" }}
	result, err := judging.Check(s, judging.Question{
		Scenarios: []string{"half-lettuce"},
		Gates:     scenarios.FlagTexts("--gate", []string{"loss.total <= 400000", "lifetime.loss <= 26000"}),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range result.Verdicts {
		fmt.Println(v.Gate, v.Status, float64(v.Value))
	}
	fmt.Println(result.Status == gate.Fail)
	// Output:
	// ripple.loss <= 450000 pass 442000
	// loss.total <= 400000 fail 442000
	// lifetime.loss <= 26000 pass 26000
	// true
}
