package scenarios

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/quantity"
)

func TestTheStarterIsAScenarioForTheFirstCalculator(t *testing.T) {
	v := NewVocabulary(catalog.All())
	s, err := Read("starter.yaml", []byte(Starter(v)), v)
	if err != nil {
		t.Fatalf("the starter is refused:\n%s", retell(err))
	}
	if err := s.Bind(catalog.All()[0].Model()); err != nil {
		t.Errorf("Bind of the starter finds\n%s", retell(err))
	}
}

func TestTheStarterWithEveryKeyUncommentedIsAScenarioToo(t *testing.T) {
	calculators := catalog.All()
	v := NewVocabulary(calculators)
	names := map[string]bool{"gates": true}
	for _, f := range v.Fields() {
		for part := range strings.SplitSeq(f.Key, ".") {
			names[part] = true
		}
		for _, item := range f.Items {
			names[item.Key] = true
		}
	}
	// A commented key has a # and a space before it, in a list more spaces and a dash,
	// and a colon after it. The gate looks the same. The line above says what it means
	// and ends with its unit.
	commented := regexp.MustCompile(`^( *)# ((?:  )*(?:- )?([a-z_0-9.]+)(?::| <=).*)$`)
	head, body, _ := strings.Cut(Starter(v), "version: 1\n")
	means := regexp.MustCompile(`\[[^]]*[a-z][^]]*\]$`)
	lines := strings.Split(body, "\n")
	for i, line := range lines {
		if m := commented.FindStringSubmatch(line); m != nil && !means.MatchString(line) && (names[m[3]] || m[3] == "loss.total") {
			lines[i] = m[1] + m[2]
		}
	}
	live := head + "version: 1\n" + strings.Join(lines, "\n")
	s, err := Read("starter.yaml", []byte(live), v)
	if err != nil {
		t.Fatalf("the starter with all its keys is refused:\n%s\n%s", retell(err), live)
	}
	var missing []string
	for _, f := range v.Fields() {
		if s.Inputs[f.Key] == nil {
			missing = append(missing, f.Key)
		}
	}
	if len(missing) > 0 {
		t.Errorf("the starter does not show %s", strings.Join(missing, ", "))
	}
	for key := range s.Inputs {
		if !slices.ContainsFunc(v.Fields(), func(f calc.Field) bool { return f.Key == key }) {
			t.Errorf("the starter shows %s, which no calculator asks for", key)
		}
	}
	if len(s.Gates) != 1 {
		t.Errorf("the starter shows %d gates, want 1", len(s.Gates))
	}
}

// Each key has a possible value, or its default.
func TestTheStarterShowsTheKeysOfTimeAndTenure(t *testing.T) {
	v := NewVocabulary(catalog.All())
	starter, periods := Starter(v), strings.Join(v.Field("customer.period").Choices, ", ")
	for _, lines := range []string{
		"  # how often money comes and the customer may leave [" + periods + "; default that of customer.survival.period]\n  # period: year\n",
		"[" + periods + "; default that of customer.period]\n  # renews: year\n",
		"or by period of tenure [78%, 88%, 93%] [share; default 1 − company.churn, else 100%]\n  # retention: 100%\n",
		"[years; default 0]\n  # tenure: 0\n",
		"[share; default 0%]\n  # growth: 0%\n",
		"[years; optional]\n  # replaced_after: 3 months\n",
		"  second_life:\n",
		"[share; default customer.retention]\n    # retention: 80%\n",
		"[share; default customer.retention]\n  # saved_retention: 80%\n",
		"[money; default 0]\n  # campaign_cost: 0\n",
		"  # complaints received in a year [count; optional]\n  # received: 10\n",
		"[years; default customer.years]\n    # years: 10\n",
	} {
		if count := strings.Count(starter, lines); count != 1 {
			t.Errorf("the starter shows %q %d times, want once, in\n%s", lines, count, starter)
		}
	}
}

// A printedList is one of the ready-made lists below reasons, as printed.
type printedList struct {
	heading string
	lines   []string
}

// printedLists finds them in the starter: lines of items in braces, and the comment
// above them.
func printedLists(starter string) []printedList {
	var lists []printedList
	heading, within := "", false
	for line := range strings.Lines(starter) {
		isItem := strings.HasPrefix(line, "#   - {")
		switch {
		case isItem && !within:
			lists = append(lists, printedList{heading, []string{line}})
		case isItem:
			lists[len(lists)-1].lines = append(lists[len(lists)-1].lines, line)
		case line == "#\n" || !strings.HasPrefix(line, "# "):
			heading = ""
		default:
			heading += line
		}
		within = isItem
	}
	return lists
}

// with returns the starter with the list uncommented and each share filled in.
func (l *printedList) with(starter, share string) string {
	starter = strings.Replace(starter, "\n# reasons:\n", "\nreasons:\n", 1)
	for _, line := range l.lines {
		taken := strings.Replace(strings.TrimPrefix(line, "# "), "share: }", "share: "+share+"}", 1)
		starter = strings.Replace(starter, line, taken, 1)
	}
	return starter
}

// The customer of the starter spends 50 × 52 × 10 = 26,000. Of 100 lost, 10 % for each of
// ten sins are 10, or 260,000; 6 % for each of fifteen causes are 6, or 156,000. The
// causes "outside" and "customer" cannot be fixed, so fixing them is worth nothing.
func TestTheReadyMadeListsInTheStarterNeedOnlyShares(t *testing.T) {
	type class struct {
		name  string
		count int // 0 if the original text does not say
	}
	cases := []struct {
		claim, share string
		reasons      int
		classes      []class
		unfixable    []string
		top          float64
	}{
		{"ten sins", "10%", 10, []class{{"value", 3}, {"system", 4}, {"staff", 3}}, nil, 260_000},
		{"fifteen causes", "6%", 15, []class{{"service", 0}, {"product", 0}, {"the customer", 0}, {"the outside", 0}}, []string{"the customer", "the outside"}, 156_000},
	}
	calculators := catalog.All()
	v := NewVocabulary(calculators)
	starter := Starter(v)
	lists := printedLists(starter)
	if len(lists) != len(cases) {
		t.Fatalf("the starter holds %d ready-made lists, want %d:\n%s", len(lists), len(cases), starter)
	}
	reasons := calculators[slices.IndexFunc(calculators, func(c calc.Calculator) bool { return c.Name == "reasons" })]
	for i, c := range cases {
		t.Run(c.claim, func(t *testing.T) {
			text := lists[i].with(starter, c.share)
			s, err := Read("mine.yaml", []byte(text), v)
			if err != nil {
				t.Fatalf("with a share of %s each the list is refused:\n%s\n%s", c.share, retell(err), text)
			}
			items := s.Inputs["reasons"].List
			var classes []string
			count := map[string]int{}
			for _, item := range items {
				name := item.Cells["class"].Word
				if count[name]++; count[name] == 1 {
					classes = append(classes, name)
				}
				fixable := item.Cells["fixable"]
				if slices.Contains(c.unfixable, name) {
					if fixable == nil || fixable.Range != quantity.Exactly(0) {
						t.Errorf("%s, of %s, does not say that it cannot be fixed", item.Cells["name"].Word, name)
					}
				} else if fixable != nil {
					t.Errorf("%s says how much is fixable, which the user must fill in", item.Cells["name"].Word)
				}
			}
			if len(items) != c.reasons || len(classes) != len(c.classes) {
				t.Errorf("the list has %d reasons of the classes %q, want %d of %v", len(items), classes, c.reasons, c.classes)
			}
			for _, want := range c.classes {
				if got := count[want.name]; got == 0 || want.count != 0 && got != want.count {
					t.Errorf("the class %q has %d reasons, want %d", want.name, got, want.count)
				}
			}
			m := reasons.Model()
			if err := s.Bind(m); err != nil {
				t.Fatalf("reasons does not take the list:\n%s", retell(err))
			}
			report, err := s.Report(m)
			if err != nil {
				t.Fatal(err)
			}
			top := slices.IndexFunc(report.Figures, func(f calc.Figure) bool { return f.Metric == "reasons.top_cost" })
			if got := report.Figures[top].Range.Likely; got != c.top {
				t.Errorf("reasons.top_cost is %v, want %v", got, c.top)
			}
		})
	}
}

func TestAReadyMadeReasonWithoutAShareIsRefusedAtItsPlace(t *testing.T) {
	v := NewVocabulary(catalog.All())
	starter := Starter(v)
	for _, list := range printedLists(starter) {
		_, err := Read("mine.yaml", []byte(list.with(starter, "")), v)
		if got := retell(err); strings.Count(got, "share has no value") != len(list.lines) {
			t.Errorf("without shares the list is reported as\n%s\nwant of each of its %d reasons that share has no value", got, len(list.lines))
		}
	}
}

func TestEachReadyMadeListNamesItsSource(t *testing.T) {
	lists := printedLists(Starter(NewVocabulary(catalog.All())))
	for i, parts := range [][]string{
		{"客服圣经读后感", "Paul R. Timm", "2011", "churncost sources reasons.sins"},
		{"服务顾问007 客户抱怨处理", "李涛", "are in each class, are ours", "churncost sources reasons.complaint_causes"},
	} {
		for _, part := range parts {
			if i >= len(lists) || !strings.Contains(lists[i].heading, part) {
				t.Errorf("list %d is not headed by %q", i+1, part)
			}
		}
	}
}
