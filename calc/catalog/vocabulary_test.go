package catalog_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/evidence"
	"github.com/churncost/churncost/calc/quantity"
)

// meaning is all of a field that users meet, but for what happens in silence:
// there one calculator may have a default where another leaves a row out.
func meaning(f *calc.Field) string {
	var text strings.Builder
	text.WriteString(fmt.Sprintf("kind %d, unit %q, help %q, from %v (open: %v) to %v, period %d, forever %v, exact %v, visits %q, choices %q, of %q, not with %q",
		f.Kind, f.Unit, f.Help, f.Min, f.MinOpen, f.Max, f.Periodic, f.Forever, f.NoRange, f.Counted, f.Choices, f.Of, f.NotWith))
	for _, source := range f.Evidence {
		text.WriteString(fmt.Sprintf(", known %q (%s)", source.Text, source.Author))
	}
	for i := range f.Items {
		text.WriteString(fmt.Sprintf("\n  %s: %s", f.Items[i].Key, meaning(&f.Items[i])))
	}
	return text.String()
}

func TestAKeyMeansTheSameToEveryCalculatorThatAsksForIt(t *testing.T) {
	said, by := map[string]string{}, map[string]string{}
	for _, c := range catalog.All() {
		fields := c.Fields()
		for i := range fields {
			f := &fields[i]
			if by[f.Key] == "" {
				said[f.Key], by[f.Key] = meaning(f), c.Name
			} else if got := meaning(f); got != said[f.Key] {
				t.Errorf("%s means to %s\n%s\nand to %s\n%s", f.Key, c.Name, got, by[f.Key], said[f.Key])
			}
		}
	}
}

func TestEveryKeySaysWhatItIs(t *testing.T) {
	for _, c := range catalog.All() {
		fields := c.Fields()
		for i := range fields {
			fields = append(fields, fields[i].Items...)
		}
		for i := range fields {
			f := &fields[i]
			if f.Help == "" || strings.HasSuffix(f.Help, ".") {
				t.Errorf("%s explains %s as %q; want a phrase without a full stop", c.Name, f.Key, f.Help)
			}
			if (f.Kind == calc.NumberInput || f.Kind == calc.ListInput || f.Kind == calc.ChangeInput) != (f.Unit != quantity.Word) {
				t.Errorf("%s asks for %s, of kind %d, in the unit %q", c.Name, f.Key, f.Kind, f.Unit)
			}
			if !(f.Min <= f.Max) {
				t.Errorf("%s bounds %s from %v to %v", c.Name, f.Key, f.Min, f.Max)
			}
		}
	}
}

func TestAKeyThatAnotherLeansOnIsAskedForEarlier(t *testing.T) {
	for _, c := range catalog.All() {
		var before []string
		fields := c.Fields()
		for i := range fields {
			f := &fields[i]
			for _, key := range []string{f.Follows, f.ChosenBy} {
				if key != "" && !slices.Contains(before, key) {
					t.Errorf("%s asks for %s, which takes its default from %s, before that", c.Name, f.Key, key)
				}
			}
			for _, key := range append([]string{f.Counted, f.Of}, f.NotWith...) {
				if key != "" && !asked(fields, key) {
					t.Errorf("%s asks for %s, which has to do with %s, and never for that", c.Name, f.Key, key)
				}
			}
			before = append(before, f.Key)
		}
	}
}

// A built-in figure outside the bounds would be refused when it is typed. A
// default may stand at a bound that is not allowed itself, for "none at all".
func TestDefaultsAndBuiltInFiguresLieWithinTheBounds(t *testing.T) {
	for _, c := range catalog.All() {
		fields := c.Fields()
		for i := range fields {
			f := &fields[i]
			if f.Fallback < f.Min || f.Fallback > f.Max {
				t.Errorf("%s asks for %s from %v to %v, and the default is %v", c.Name, f.Key, f.Min, f.Max, f.Fallback)
			}
			var ranges []quantity.Range
			for _, source := range f.Evidence {
				ranges = append(ranges, source.Values...)
				if source.Unit != f.Unit || source.Key != f.Key {
					t.Errorf("%s asks for %s in %s and knows a figure of %s in %s", c.Name, f.Key, f.Unit, source.Key, source.Unit)
				}
			}
			for _, r := range ranges {
				if r.Low < f.Min || r.High > f.Max || f.MinOpen && r.Low == f.Min {
					t.Errorf("%s asks for %s from %v (open: %v) to %v, and knows %v", c.Name, f.Key, f.Min, f.MinOpen, f.Max, r)
				}
			}
		}
	}
}

// words are all keys and metrics of the catalog.
func words() (keys, metrics map[string]string) {
	keys, metrics = map[string]string{}, map[string]string{}
	for _, c := range catalog.All() {
		for _, f := range c.Fields() {
			keys[f.Key] = c.Name
		}
		for _, f := range c.Metrics() {
			metrics[f.Metric] = c.Name
		}
	}
	return keys, metrics
}

func TestAMetricIsOneCalculatorsBearsItsNameAndIsNoInput(t *testing.T) {
	keys, _ := words()
	by := map[string]string{}
	for _, c := range catalog.All() {
		for _, f := range c.Metrics() {
			if other := by[f.Metric]; other != "" {
				t.Errorf("%s is told by %s and by %s", f.Metric, other, c.Name)
			}
			by[f.Metric] = c.Name
			if !strings.HasPrefix(f.Metric, c.Name+".") {
				t.Errorf("%s tells %s, which does not begin with its name", c.Name, f.Metric)
			}
			if keys[f.Metric] != "" {
				t.Errorf("%s is a metric of %s and an input of %s", f.Metric, c.Name, keys[f.Metric])
			}
			if f.Label == "" || f.Unit == quantity.Word {
				t.Errorf("%s has the label %q and the unit %q; want both", f.Metric, f.Label, f.Unit)
			}
		}
	}
}

// No key may be another with more behind it: YAML could not hold both.
func TestNoKeyIsAGroupOfOthers(t *testing.T) {
	keys, _ := words()
	for key := range keys {
		for group := groupOf(key); group != ""; group = groupOf(group) {
			if keys[group] != "" {
				t.Errorf("%s is an input, and so is %s, which holds it", key, group)
			}
		}
	}
}

func TestWhatAFigureNeedsOrIsShownBesideExists(t *testing.T) {
	keys, _ := words()
	for _, c := range catalog.All() {
		for _, f := range c.Metrics() {
			for _, key := range f.Keys {
				if keys[key] == "" {
					t.Errorf("%s needs %s, which is no input", f.Metric, key)
				}
			}
			for _, source := range f.Beside {
				if !slices.Contains(evidence.All(), source) {
					t.Errorf("%s is compared with %q, which is not in the registry", f.Metric, source.Measures)
				}
			}
		}
		for _, f := range c.Fields() {
			for _, source := range f.Evidence {
				if !slices.Contains(evidence.All(), source) {
					t.Errorf("%s knows %q, which is not in the registry", f.Key, source.Measures)
				}
			}
		}
	}
}

var (
	braces = regexp.MustCompile(`\{([^{}]*)\}`)
	term   = regexp.MustCompile(`^([1-9])( (money|money/year|share|points|people|years|months|ratio|count|score))?$`)
)

// unknownIn lists what stands in the braces of a template and is neither a key
// nor a metric nor one of its terms.
func unknownIn(template string, terms int, keys, metrics map[string]string) []string {
	var unknown []string
	for _, found := range braces.FindAllStringSubmatch(template, -1) {
		name := strings.TrimSuffix(found[1], " said") // a key as people say it
		if number := term.FindStringSubmatch(name); number != nil && int(number[1][0]-'0') <= terms {
			continue
		}
		if keys[name] == "" && metrics[name] == "" {
			unknown = append(unknown, name)
		}
	}
	return unknown
}

func TestTemplatesNameOnlyKeysMetricsAndTheirOwnTerms(t *testing.T) {
	keys, metrics := words()
	for _, c := range catalog.All() {
		for _, report := range drawn(t, c) {
			complain := func(where, template string, terms int) {
				if unknown := unknownIn(template, terms, keys, metrics); len(unknown) > 0 {
					t.Errorf("%s of %s reads %q, and there is no %v", where, c.Name, template, unknown)
				}
			}
			complain("the headline", report.Headline, len(report.Terms))
			for _, f := range report.Figures {
				complain(f.Metric, f.Working, len(f.Terms))
				complain("the reason of "+f.Metric, f.AbsenceReason, 0)
			}
			for _, n := range report.Notes {
				complain("a note", n.Text, len(n.Terms))
				if n.Key != "" && keys[n.Key] == "" {
					t.Errorf("a note of %s is about %q, which is no input", c.Name, n.Key)
				}
			}
			for _, table := range report.Tables {
				for _, row := range table.Rows {
					for i, cell := range row {
						if cell.Kind == calc.MetricCell && report.Figure(cell.Metric) == nil {
							t.Errorf("table %q of %s holds the metric %q, which is not told", table.Name, c.Name, cell.Metric)
						}
						if cell.Kind == calc.KeyCell && !asked(c.Fields(), cell.Key) {
							t.Errorf("table %q of %s holds the input %q, which is not asked for", table.Name, c.Name, cell.Key)
						}
						if cell.Kind == calc.NumberCell && table.Columns[i].Unit == quantity.Word {
							t.Errorf("table %q of %s holds a number in the column %q, which is for words", table.Name, c.Name, table.Columns[i].Name)
						}
					}
				}
			}
			for _, part := range append(report.Sum.Parts, report.Sum.Total) {
				if part != "" && report.Figure(part) == nil {
					t.Errorf("%s adds up %q, which it does not tell", c.Name, part)
				}
			}
		}
	}
}

func TestTheCatalogIsInTheOrderOfTheStoryAndEachCalculatorAsksAQuestion(t *testing.T) {
	var names []string
	for _, c := range catalog.All() {
		names = append(names, c.Name)
		if !strings.HasSuffix(c.Question, "?") {
			t.Errorf("%s asks %q, which is no question", c.Name, c.Question)
		}
	}
	slices.Sort(names)
	if unique := slices.Compact(slices.Clone(names)); len(unique) != len(names) {
		t.Errorf("two calculators have the same name: %v", names)
	}
}
