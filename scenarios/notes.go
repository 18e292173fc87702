package scenarios

import (
	"slices"

	"github.com/churncost/churncost/calc"
)

// Notes warns of inputs that are probably not meant as they are written: a yearly
// chance that is meant per month, and two ends of one fact that are drawn apart.
func (s *Scenario) Notes() (notes []calc.Note) {
	for i := range s.vocabulary.fields {
		f := &s.vocabulary.fields[i]
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

// hardlyYearly is the chance to stay from which on one that is written without a
// period beside a spend per week or month is rather that period's than a year's.
const hardlyYearly = 95. / 100

// looksPeriodic tells whether a chance to stay, or to leave, looks like one of the
// period in which the spend is written, and which that is.
func (s *Scenario) looksPeriodic(f *calc.Field, in *calc.Input) (period string, looks bool) {
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

// correlates tells whether a correlation ties two inputs.
func (s *Scenario) correlates(a, b string) bool {
	return slices.ContainsFunc(s.Correlations, func(c calc.Correlation) bool {
		return c.Keys == [2]string{a, b} || c.Keys == [2]string{b, a}
	})
}
