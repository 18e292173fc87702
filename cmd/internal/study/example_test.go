package study_test

import (
	"fmt"

	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/cmd/internal/study"
	"github.com/churncost/churncost/scenarios"
)

// 50 × 52 × 10 = 26,000, and 17 lost customers of that value.
func ExampleStudy_Compare() {
	calculators := catalog.All()
	s := &study.Study{Calculators: calculators, Vocabulary: scenarios.NewVocabulary(calculators), Today: func() string { return "2026-05-01" }}
	result, err := s.Compare(study.CompareQuestion{
		Scenarios: []study.Labelled{{Name: "half-lettuce"}},
		Set:       []string{"customer.years=5"},
		Metrics:   []string{"loss.total"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, change := range result.Comparison.Columns[1].Changes {
		fmt.Println(change.Metric, change.Base, change.Value)
	}
	// Output:
	// loss.total 442000 221000
}
