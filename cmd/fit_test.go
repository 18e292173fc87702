package cmd

import (
	"bytes"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/scenarios"
)

// Whatever is read, what comes out is a scenario that can be opened, or an error that
// says what is wrong.
func FuzzFit(f *testing.F) {
	for _, records := range []string{
		"customer,joined,left,spend\na,2024-01-31,2025-02-28,9.90\nb,2024-02-29,,5\nb,2025-01-01,2025-01-01,0\n",
		"customer;joined;left;spend;currency;segment\na;2024-01-31;2025-02-28;9,90;EUR;\"x: #\"\"y\"\n",
		"cohort,period,survivors\n2020,0,1000\n2020,1,869\n2020,2,743\n",
		"tenure,at_risk,lost,spend_at_risk,spend_lost,active,spend_active,lost_last_year,active_a_year_ago\n1,100,20,100000,20000,3,3000,10,60\n",
		"bucket,customers,spend,lost\n-1,5,0,1\n160,100,102400,10\n",
		"months_gone,returned,still_gone\n0,5,20\n1,3,40\n",
		"month,starting,churned,contracted,expanded,new,starting_customers,churned_customers,contracted_customers,expanded_customers,new_customers\n2025-01,100,10,5,6,7,10,1,1,1,1\n",
		"tenure,at_risk,lost\n9223372036854775807,9223372036854775807,9223372036854775807\n",
	} {
		f.Add([]byte(records))
	}
	vocabulary := scenarios.NewVocabulary(catalog.All())
	f.Fuzz(func(t *testing.T, records []byte) {
		var stdout, stderr bytes.Buffer
		switch status := Main([]string{"fit", "-", "--observed", "2026-01-01", "--period", "month", "--format", "scenario"}, bytes.NewReader(records), &stdout, &stderr); {
		case status == statusOK:
			if _, err := scenarios.Read("made", stdout.Bytes(), vocabulary); err != nil {
				t.Errorf("%q makes a scenario that cannot be opened: %v\n%s", records, calc.ProblemsOf(err)[0], &stdout)
			}
		case status != statusInvalid || stdout.Len() > 0 || !strings.Contains(stderr.String(), "error: ") || strings.Contains(stderr.String(), "a bug in churncost"):
			t.Errorf("%q gives status %d, %q and %q; want an error and nothing else", records, status, &stdout, &stderr)
		}
	})
}
