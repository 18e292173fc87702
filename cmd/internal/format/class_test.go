package format

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/internal/results"
)

// story is the half-lettuce scenario, with replacements: one customer, and 16 others.
func story(changes ...string) string {
	return strings.NewReplacer(changes...).Replace(`version: 1
customer:
  spend: 50 per week
  years: 10
  margin: 100%
word_of_mouth:
  tells: [11, 5]
  leave: 25%
  rule: book
  value: 100%
`)
}

// 26,000 of 442,000 are 5.9 %, and 416,000 are the rest. 11 and 5 are of grade B, 25 %
// and the equal spend of grade C.
func TestAHeadlineSaysWhatItIsBasedOn(t *testing.T) {
	const (
		spend, years, margin = "spend: 50 per week", "years: 10", "margin: 100%"
		leave, value, tells  = "leave: 25%", "value: 100%", "tells: [11, 5]"
	)
	sourced := func(line string) string {
		key, value, _ := strings.Cut(line, ": ")
		return key + ": {value: " + value + ", source: till}"
	}
	for _, test := range []struct {
		claim, calculator, scenario, want string
	}{
		{"a share of a bill has no source", "loss", story(), "based on evidence of grades B and C; 5.9% is based on figures without a source"},
		{"the word benchmark is as good as the figure", "loss", story(leave, "leave: benchmark", tells, "tells: benchmark"),
			"based on evidence of grades B and C; 5.9% is based on figures without a source"},
		{"the rest of a bill is sourced, and nothing is graded", "loss",
			story(spend, sourced(spend), years, sourced(years), margin, sourced(margin), leave, "leave: 20%", value, "value: 90%", tells, "tells: [10, 6]"),
			"92.1% is based on figures without a source"}, // 1 + 10 + 60 have heard, 14 leave, 13 × .9 × 26,000 = 304,200 of 330,200
		{"all of a bill has no source", "loss", regular, "based on figures without a source"},
		{"all of a bill has no source, and part of it also has a better grade", "loss", story(leave, "leave: 24%", value, "value: 90%"),
			"based on evidence of grade B; all of it is based on figures without a source"},
		{"a bill is sourced or graded throughout", "loss", story(spend, sourced(spend), years, sourced(years), margin, sourced(margin)), "based on evidence of grades B and C"},
		{"the figures without a source are used only together with weaker ones", "loss",
			story(spend, sourced(spend), years, sourced(years), margin, sourced(margin), leave, leave+"\n  talkers: 90%"), "based on evidence of grades B and C"},
		{"the weaker grade is met first", "loss", story(tells, "tells: [10, 6]", leave, "leave: benchmark") + "referrals: {promoters: 10%, words: benchmark, convert: 1%}\n",
			"based on evidence of grades B and C; 6.0% is based on figures without a source"}, // 26,000 + .1 × 8 × 1% × 26,000 × 10 of 470,080
		{"a bill is sourced throughout", "loss", "version: 1\ncustomer: {" + sourced(spend) + ", " + sourced(years) + "}\n", ""},
		{"a bill has credits, so that its share cannot be given", "loss", regular + "winback: {lapsed: benchmark, offer_cost: 1}\n",
			"based on evidence of grade C, and on figures without a source"},
		{"a credit has no source", "loss",
			"version: 1\ncustomer: {" + sourced(spend) + ", " + sourced(years) + "}\nwinback: {lapsed: 10%, offer_cost: 1}\n", "based on figures without a source"},
		{"no bill, and grades beside", "ripple", story(), "based on evidence of grades B and C, and on figures without a source"},
		{"no bill, and one grade", "ripple", story(spend, sourced(spend), years, sourced(years), margin, sourced(margin), leave, sourced(leave), value, sourced(value)),
			"based on evidence of grade B"},
		{"no bill", "lifetime", regular, "based on figures without a source"},
		{"no bill, sourced throughout", "lifetime", "version: 1\ncustomer: {" + sourced(spend) + ", " + sourced(years) + "}\n", ""},
	} {
		d := compute(t, "mine", test.scenario, calculator(t, test.calculator))
		headline, _, _ := strings.Cut(written(t, "table", d), "\n")
		_, _, s := parsed(t, d)
		var ofJSON string
		s.read(t, "headline", &ofJSON)
		if headline != "mine: "+ofJSON {
			t.Errorf("%s: the headline reads %q, and that of JSON %q", test.claim, headline, ofJSON)
		}
		got := ""
		if begin := strings.Index(headline, " (based on "); begin >= 0 {
			got = strings.TrimSuffix(headline[begin+2:], ")")
		} else if begin := strings.LastIndex(headline, " ("); begin >= 0 {
			got = strings.TrimSuffix(headline[begin+2:], ")")
		}
		if got != test.want {
			t.Errorf("%s: the headline %q says in parentheses %q, want %q", test.claim, headline, got, test.want)
		}
	}
}

// The elements of a list have the list's source. After --set an input has no source.
func TestTheAssumptionsGiveTheClassOfEachInput(t *testing.T) {
	const scenario = `version: 1
customer:
  spend: {value: 50 per week, source: till}
  years: 10
  retention: {value: [84%, 91%, 94%], source: renewals, owner: Ann}
  discount: {value: 5%, owner: Ann}
word_of_mouth: {tells: [11, 5], leave: {value: 25%, source: survey}, value: 100%}
winback: {lapsed: benchmark}
`
	d := compute(t, "mine", scenario, calculator(t, "ripple"), calculator(t, "winback"))
	s := d.Sections[0].Scenario
	for _, assignment := range []string{"customer.retention.2=80%", "word_of_mouth.talkers=90%"} {
		if err := s.Set(assignment); err != nil {
			t.Fatalf("Set(%s) = %v", assignment, err)
		}
	}
	for i, name := range []string{"ripple", "winback"} {
		model := calculator(t, name).Model()
		if name == "winback" {
			model.UseBenchmarks()
		}
		if err := s.Bind(model); err != nil {
			t.Fatalf("Bind = %v", err)
		}
		d.Sections[0].Answers[i].Inputs = model.Inputs()
	}
	want := map[string][2]string{ // the value, and its class in the table
		"customer.spend":                {"50 per week", "sourced"},
		"customer.years":                {"10", "unsourced"},
		"customer.retention.1":          {"84%", "sourced"},
		"customer.retention.2":          {"80%", "unsourced"},
		"customer.retention.3":          {"94%", "sourced"},
		"customer.discount":             {"5%", "unsourced"}, // an owner is not a source
		"customer.margin":               {"100%", "default"},
		"word_of_mouth.tells.1":         {"11", "grade B"},
		"word_of_mouth.tells.2":         {"5", "grade B"},
		"word_of_mouth.leave":           {"25%", "sourced"}, // equal to the built-in figure, but with a source
		"word_of_mouth.talkers":         {"90%", "unsourced"},
		"word_of_mouth.value":           {"100%", "grade C"},
		"winback.active":                {"60%..70%", "grade C"}, // a benchmark, because it is not given
		"winback.lapsed":                {"20%..40%", "grade C"},
		"winback.second_life.retention": {"[84%, 80%, 94%]", "default"},
	}
	seen := map[string][2]string{}
	for _, row := range boxes(written(t, "table", d)) {
		if len(row) == 5 {
			seen[row[0]] = [2]string{row[1], row[3]}
		}
	}
	var inputs map[string]struct{ Class string }
	_, _, j := parsed(t, d)
	j.read(t, "inputs", &inputs)
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if seen[key] != want[key] {
			t.Errorf("the assumption %s is shown as %q, want %q", key, seen[key], want[key])
		}
		if class := strings.TrimPrefix(want[key][1], "grade "); inputs[key].Class != class {
			t.Errorf("JSON has %s in the class %q, want %q", key, inputs[key].Class, class)
		}
	}
}

// An input that follows a list shows the list as it was written. 98 % a month, converted
// to a year, would be a number that nobody wrote.
func TestAnInputThatFollowsAListShowsTheList(t *testing.T) {
	const scenario = "version: 1\ncustomer: {spend: 50 per week, years: 10, retention: [%s]}\nwinback: {active: benchmark, lapsed: benchmark, prospect: benchmark}\n"
	for _, test := range []struct{ list, want string }{
		{"84%, 91%, 94%", "[84%, 91%, 94%]"},
		{"84%, 90%..92%", "[84%, 90%..92%]"},
		{"98% per month, 99% per month", "[98% per month, 99% per month]"},
	} {
		d := compute(t, "mine", strings.Replace(scenario, "%s", test.list, 1), calculator(t, "winback"))
		want := []string{"winback.second_life.retention", test.want, "default: customer.retention", "default"}
		if got := boxes(written(t, "table", d)); !slices.ContainsFunc(got, func(row []string) bool { return slices.Equal(row, want) }) {
			t.Errorf("no assumption is %q among %q", want, got)
		}
		_, _, s := parsed(t, d)
		var inputs, followed, element object
		s.read(t, "inputs", &inputs)
		inputs.read(t, "winback.second_life.retention", &followed)
		if want := []string{"unit", "text", "origin", "class"}; !slices.Equal(followed.names, want) {
			t.Errorf("what follows the list %s has the fields %q in JSON, want %q", test.list, followed.names, want)
		}
		inputs.read(t, "customer.retention.1", &element)
		if !slices.Contains(element.names, "value") {
			t.Errorf("the list %s that is followed has the fields %q in JSON, and no value", test.list, element.names)
		}
	}
	d := compute(t, "mine", strings.Replace(scenario, "[%s]", "84%", 1), calculator(t, "winback"))
	_, _, s := parsed(t, d)
	var inputs map[string]struct{ Value float64 }
	if s.read(t, "inputs", &inputs); inputs["winback.second_life.retention"].Value != .84 {
		t.Errorf("what follows 84%% is %v in JSON, want .84", inputs["winback.second_life.retention"].Value)
	}
}

// allNotes returns the notes of a document, as in the table and as in JSON.
func allNotes(t *testing.T, d *results.Result) (lines []string, notes []jsonNote) {
	t.Helper()
	text := written(t, "table", d)
	for line := range strings.Lines(text[strings.LastIndex(text, "┘")+len("┘"):]) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	var envelope struct{ Scenarios []struct{ Notes []jsonNote } }
	if err := json.Unmarshal([]byte(written(t, "json", d)), &envelope); err != nil {
		t.Fatal(err)
	}
	return lines, envelope.Scenarios[0].Notes
}

func TestANoteWritesItsNumbersInTheirUnits(t *testing.T) {
	d := compute(t, "mine", regular, telling(func(tell *calc.Report) {
		tell.Answer("A figure")
		tell.Money("test.loss", "Loss", 26_000)
		tell.Warn(true, "customer.spend", "{1 people} of {2 people} are {3 share}, {4 points} more; {5 money} of {test.loss} in {customer.years said}, {6} times", 1234, 4000, .3085, .0125, 26.5, 2)
		tell.Remark(true, "", "a remark")
		tell.Warn(false, "", "nothing that is wrong")
		tell.Remark(false, "", "nothing to remark")
	}))
	const said = "1,234 of 4,000 are 30.9%, 1.25 pp more; $26.50 of $26,000 in 10 years, 2 times"
	lines, notes := allNotes(t, d)
	if want := []string{"warning: " + said, "note: a remark"}; !slices.Equal(lines, want) {
		t.Errorf("the notes read %q, want %q", lines, want)
	}
	if want := []jsonNote{{Kind: "warning", Key: "customer.spend", Text: said}, {Kind: "note", Text: "a remark"}}; !slices.Equal(notes, want) {
		t.Errorf("the notes of JSON are %v, want %v", notes, want)
	}
}

// cost uses the cost of winning a customer. story uses the inputs of a story; sequel does
// so only if somebody leaves.
type (
	costs   struct{ Win float64 }
	stories struct{ Tells []float64 }
	sequels struct {
		stories
		Leave float64
		Given bool
	}
)

func (in *costs) Ask(ask *calc.Form) {
	ask.Money(&in.Win, "acquisition.win_cost", "what winning costs")
}

func (in *stories) Ask(ask *calc.Form) {
	ask.PeopleList(&in.Tells, "word_of_mouth.tells", "whom each tells")
}

func (in *sequels) Ask(ask *calc.Form) {
	ask.When(&in.Given, func(ask *calc.Form) {
		in.stories.Ask(ask)
		ask.Share(&in.Leave, "word_of_mouth.leave", "who leaves")
	}, "word_of_mouth.tells", "word_of_mouth.leave")
}

// asking is a calculator that uses its inputs and reports nothing about them.
func asking[T any, In interface {
	*T
	Ask(*calc.Form)
}](name string) calc.Calculator {
	return calc.New[T, teller, In](name, "What does the test ask?", func(_ *T, out *teller) error {
		*out = func(tell *calc.Report) { tell.Answer("An answer") }
		return nil
	})
}

// The cost of winning a customer is used only if the customer is replaced.
func TestAnInputThatAnotherAnswerUsesIsNotSaidToBeUnused(t *testing.T) {
	const scenario = regular + "acquisition: {win_cost: 70}\nword_of_mouth: {tells: [11, 5]}\n"
	unusedCost := jsonNote{Kind: "not used", Key: "acquisition.win_cost", Text: "acquisition.win_cost needs customer.replaced_after"}
	unusedStory := jsonNote{Kind: "not used", Key: "word_of_mouth.tells", Text: "word_of_mouth.tells needs word_of_mouth.leave"}
	value, sequel := calculator(t, "lifetime"), asking[sequels]("sequel")
	cost, story := asking[costs]("cost"), asking[stories]("story")
	for _, test := range []struct {
		claim       string
		calculators []calc.Calculator
		want        []jsonNote
	}{
		{"nobody does", []calc.Calculator{value, sequel}, []jsonNote{unusedCost, unusedStory}},
		{"another uses the one", []calc.Calculator{value, sequel, cost}, []jsonNote{unusedStory}},
		{"another, told before, uses the one", []calc.Calculator{cost, value, sequel}, []jsonNote{unusedStory}},
		{"another uses the elements of the list", []calc.Calculator{value, sequel, story}, []jsonNote{unusedCost}},
		{"others use both", []calc.Calculator{story, value, cost, sequel}, nil},
	} {
		d := compute(t, "mine", scenario, test.calculators...)
		lines, notes := allNotes(t, d)
		if !slices.Equal(notes, test.want) {
			t.Errorf("%s: JSON names as not used %v, want %v", test.claim, notes, test.want)
		}
		var want []string
		for _, note := range test.want {
			want = append(want, "not used: "+note.Text)
		}
		if !slices.Equal(lines, want) {
			t.Errorf("%s: the table names as not used %q, want %q", test.claim, lines, want)
		}
	}
}

func TestAHeadlineWritesItsNumbersInTheirUnits(t *testing.T) {
	got := headlineOf(t, "version: 1\ncustomer: {spend: {value: 50 per week, source: till}, years: 10}\n", telling(func(tell *calc.Report) {
		tell.Answer("{1 people} of {2 people} leave, {3 share}: ", "{4 money} for {test.one}, {5} times in {customer.years}")
		tell.AnswerTerms(16, 1067, .015, 41_600.5, 2.5)
		tell.Count("test.one", "One", 1)
	}))
	if want := "16 of 1,067 leave, 1.5%: $41,600.50 for 1, 2.5 times in 10 years"; got != want {
		t.Errorf("the headline reads %q, want %q", got, want)
	}
}
