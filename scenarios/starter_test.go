package scenarios

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
)

func TestTheStarterIsAScenarioThatTheFirstCalculatorTakes(t *testing.T) {
	v := NewVocabulary(catalog.All())
	s, err := Read("starter.yaml", []byte(Starter(v)), v)
	if err != nil {
		t.Fatalf("the starter is refused:\n%s", retell(err))
	}
	if err := s.Bind(catalog.All()[0].Model()); err != nil {
		t.Errorf("Bind of the starter finds\n%s", retell(err))
	}
}

func TestTheStarterWithEveryCommentedKeyTakenInIsAScenarioToo(t *testing.T) {
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
	// A commented key has a # and a space before it, in a list more spaces and a
	// dash, and a colon behind it; so has the gate. What it means stands above it
	// and ends in its unit.
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

// Each key is shown at a value that it could have, or at its default.
func TestTheStarterShowsTheKeysOfTimeAndTenure(t *testing.T) {
	starter := Starter(NewVocabulary(catalog.All()))
	for _, lines := range []string{
		"  # how often money comes and the customer may leave [year, quarter, month, week, day; default that of customer.spend]\n  # period: year\n",
		"[year, quarter, month, week, day; default that of customer.period]\n  # renews: year\n",
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

// A printedList is one of the lists that stand ready below reasons, as it is printed.
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

// with gives the starter with the list taken in, each share filled in as told.
func (l *printedList) with(starter, share string) string {
	starter = strings.Replace(starter, "\n# reasons:\n", "\nreasons:\n", 1)
	for _, line := range l.lines {
		taken := strings.Replace(strings.TrimPrefix(line, "# "), "share: }", "share: "+share+"}", 1)
		starter = strings.Replace(starter, line, taken, 1)
	}
	return starter
}

// The customer of the starter spends 50 × 52 × 10 = 26,000. Of 100 lost, 10 % for
// each of ten sins are 10, which is 260,000; 6 % for each of fifteen causes 156,000.
// What no reason can mend, the outside and the customer, is worth nothing to mend.
func TestTheListsThatStandReadyInTheStarterNeedOnlyShares(t *testing.T) {
	type class struct {
		name  string
		count int // 0 where the founding text does not say
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
		t.Fatalf("the starter holds %d lists that stand ready, want %d:\n%s", len(lists), len(cases), starter)
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
					if fixable == nil || fixable.Range != calc.Exactly(0) {
						t.Errorf("%s, of %s, does not say that it cannot be mended", item.Cells["name"].Word, name)
					}
				} else if fixable != nil {
					t.Errorf("%s says what of it can be mended, which is the reader's to say", item.Cells["name"].Word)
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

func TestAReadyReasonThatIsGivenNoShareIsRefusedWhereItStands(t *testing.T) {
	v := NewVocabulary(catalog.All())
	starter := Starter(v)
	for _, list := range printedLists(starter) {
		_, err := Read("mine.yaml", []byte(list.with(starter, "")), v)
		if got := retell(err); strings.Count(got, "share has no value") != len(list.lines) {
			t.Errorf("without shares the list is told\n%s\nwant of each of its %d reasons that share has no value", got, len(list.lines))
		}
	}
}

func TestEachListThatStandsReadySaysWhoseItIs(t *testing.T) {
	lists := printedLists(Starter(NewVocabulary(catalog.All())))
	for i, parts := range [][]string{
		{"客服圣经读后感", "Paul R. Timm", "2011", "churncost sources reasons.sins"},
		{"服务顾问007 客户抱怨处理", "李涛", "what each is called, is ours", "churncost sources reasons.complaint_causes"},
	} {
		for _, part := range parts {
			if i >= len(lists) || !strings.Contains(lists[i].heading, part) {
				t.Errorf("list %d is not headed by %q", i+1, part)
			}
		}
	}
}
