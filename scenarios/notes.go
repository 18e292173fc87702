package scenarios

import (
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// Notes warns about inputs that probably mean something else than they say: a yearly
// chance that is meant per month, and two ranges for the same fact that are drawn
// independently.
func (s *Scenario) Notes() (notes []calc.Note) {
	for i := range s.vocabulary.fields {
		f := &s.vocabulary.fields[i]
		if f.Periodic != calc.Attrition && f.Periodic != calc.Survival && !f.Inverted {
			continue // most fields
		}
		in := s.Inputs[f.Key]
		if in == nil {
			continue
		}
		if perPeriod, looks := s.looksPeriodic(f, in); looks {
			notes = append(notes, calc.Note{Kind: calc.Warning, Key: f.Key,
				Text: f.Key + " " + in.Text + " is read as a year's, and the spend is per " + perPeriod + ": write " + in.Text + " per " + perPeriod + " if that is meant, else " + in.Text + " per year"})
		}
		if other := s.Inputs[f.Follows]; f.Inverted && other != nil && !in.Range.Exact() && !other.Range.Exact() && !s.correlates(f.Key, f.Follows) {
			notes = append(notes, calc.Note{Kind: calc.Warning, Key: f.Key,
				Text: f.Key + " and " + f.Follows + " are both ranges, and are drawn independently though they say one thing: leave " + f.Key + " out, or write a correlation of -1 between them"})
		}
	}
	return notes
}

// hardlyYearly is a chance to stay. A higher one, written without a period beside a spend
// per week or month, probably is for that period and not for a year.
const hardlyYearly = 95. / 100

// looksPeriodic reports whether a chance to stay, or to leave, looks as if it were for
// the period of the spend. It returns that period.
func (s *Scenario) looksPeriodic(f *calc.Field, in *quantity.Input) (period string, looks bool) {
	spend := s.Inputs["customer.spend"]
	if spend == nil || spend.Per.PerAnn <= 1 || in.Per.Name != "" || in.List != nil || in.Benchmark {
		return "", false
	}
	stay := in.Range.Likely
	switch f.Periodic {
	case calc.Attrition:
		stay = 1 - stay
	case calc.Survival:
	default:
		return "", false
	}
	return spend.Per.Name, stay >= hardlyYearly && stay < 1
}

// correlates reports whether two inputs have a correlation.
func (s *Scenario) correlates(a, b string) bool {
	return slices.ContainsFunc(s.Correlations, func(c quantity.Correlation) bool {
		return c.Keys == [2]string{a, b} || c.Keys == [2]string{b, a}
	})
}
