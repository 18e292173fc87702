package scenarios

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

func TestAWrongKeyIsReportedWithItsPlaceAndARemedy(t *testing.T) {
	refuse(t, []badText{
		{"a misspelt key gets the right one suggested", `
version: 1
customer:
  spnd: 50 per week
`, `
3:3 unknown key "customer.spnd" = did you mean spend?
`},
		{"a key unlike any other gets a list of the keys", `
version: 1
company:
  turnover: 3
`, `
3:3 unknown key "company.turnover" = it can be churn
`},
		{"a key at the wrong level is reported with its place", `
version: 1
margin: 30%
`, `
2:1 unknown key "margin" = did you mean customer.margin? Each dot is one level of indentation
`},
		{"a dotted key is not a key of a file", `
version: 1
customer.spend: 50 per week
`, `
2:1 unknown key "customer.spend" = did you mean customer.spend? Each dot is one level of indentation
`},
		{"a dotted group is not a key either", `
version: 1
winback.second_life:
  ramp_years: 3
`, `
2:1 unknown key "winback.second_life" = each dot is one level of indentation
`},
		{"a key in capitals gets the right spelling", `
version: 1
Customer:
  spend: 50 per week
`, `
2:1 unknown key "Customer" = did you mean customer?
`},
		{"a duplicate input is refused", `
version: 1
customer:
  spend: 50 per week
  years: 10
  spend: 60 per week
`, `
5:3 duplicate key "spend", first in line 3 = remove one of them
`},
		{"a duplicate group is refused, and the second is not read", `
version: 1
customer:
  spend: 50 per week
customer:
  yaers: 10
`, `
4:1 duplicate key "customer", first in line 2 = remove one of them
`},
		{"a key that an alias only seems to give before", `
version: 1
name: &customer Mine
*customer : 3
customer:
  yaers: 10
`, `
3:1 unknown key "Mine" = it can be customer, company, word_of_mouth, acquisition, programme, winback, tiers, version, name, currency, gates, acknowledge, correlations
5:3 unknown key "customer.yaers" = did you mean years?
`},
		{"the version is required", `
name: Mine
`, `
1:1 missing key "version" = begin with version: 1
`},
		{"another version is refused", `
version: 2
`, `
1:10 only version 1 of the scenario language is known = write version: 1
`},
		{"a list is not a version", `
version: [1]
`, `
1:10 only version 1 of the scenario language is known = write version: 1
`},
		{"a key missing from an item is reported at the start of the item", `
version: 1
tiers:
  - name: gold
    spend: 500 per year
`, `
3:5 missing key "customers" in tiers = it says how many there are
`},
		{"a misspelt key of an item gets the right one suggested", `
version: 1
tiers:
  - name: gold
    customers: 3
    spend: 500 per year
    chrun: 10%
`, `
6:5 unknown key "chrun" in tiers = did you mean churn?
`},
		{"a key of an item unlike any other gets a list of the keys", `
version: 1
tiers:
  - {name: gold, customers: 3, spend: 500 per year, colour: red}
`, `
3:53 unknown key "colour" in tiers = it can be name, customers, spend, churn
`},
		{"a key without a name is reported as missing", `
version: 1
"": 3
`, `
2:1 a key is missing = write a key before the colon
`},
		{"a list is not a key", `
version: 1
? [customer]
: 3
`, `
2:3 a key is one word = write it without brackets, such as customer:
`},
		{"merge keys are refused", `
version: 1
customer:
  <<: {spend: 50 per week}
  years: 10
`, `
3:3 merge keys are not allowed = write the keys out
`},
		{"tags are refused, on values, lists, keys and the whole", `
version: 1
name: !!str Mine
customer:
  !!str years: 10
word_of_mouth:
  tells: !list [11, 5]
`, `
2:7 tags such as !!str are not allowed = remove the tag
4:3 tags such as !!str are not allowed = remove the tag
6:10 tags such as !list are not allowed = remove the tag
`},
		{"a tag on the whole is refused", `
!scenario
version: 1
`, `
1:1 tags such as !scenario are not allowed = remove the tag
`},
		{"a control character hidden in a tag is not passed on", `
version: 1
name: !a%07b Mine
`, "2:7 tags such as !a\uFFFDb are not allowed = remove the tag\n"},
	})
}

// Many keys are compared in a different way than few.
func TestADuplicateKeyAmongManyIsFound(t *testing.T) {
	var text strings.Builder
	text.WriteString("version: 1\ncustomer:\n  spend: 50 per week\n")
	for i := range 50 {
		text.WriteString(fmt.Sprintf("  remark%d: 3\n", i))
	}
	text.WriteString("  spend: 60 per week\n")
	_, err := Read("mine.yaml", []byte(text.String()), sampleVocabulary())
	if got, want := retell(err), "54:3 duplicate key \"spend\", first in line 3 = remove one of them\n"; !strings.HasSuffix(got, want) || strings.Count(got, "\n") != 51 {
		t.Errorf("Read finds\n%swant 50 unknown keys and\n%s", got, want)
	}
}

func TestThePlaceOfAnInputIsThatOfItsValue(t *testing.T) {
	s := accept(t, []byte("version: 1\ncustomer:\n  spend: 50 per week\n  years: {source: till, value: 10}\n"))
	for key, want := range map[string]quantity.Place{"customer.spend": {Line: 3, Column: 10, Width: 11}, "customer.years": {Line: 4, Column: 32, Width: 2}} {
		got := s.Inputs[key].Place
		if got.Line != want.Line || got.Column != want.Column || got.Width != want.Width {
			t.Errorf("%s is at %d:%d, %d wide, want %d:%d, %d", key, got.Line, got.Column, got.Width, want.Line, want.Column, want.Width)
		}
	}
}

func TestAWrongShapeIsReportedWithItsPlaceAndARemedy(t *testing.T) {
	refuse(t, []badText{
		{"a number where keys belong", `
version: 1
customer: 50
`, `
2:11 customer holds keys, such as spend, each on a line of its own = write key: value
`},
		{"keys without a space after the colon, and a value that would be refused", `
version: 1
customer:
  spend:50
`, `
3:3 customer holds keys, such as spend, each on a line of its own = put a space after the colon
`},
		{"a list where keys belong", `
version: 1
customer:
  - spend: 50 per week
`, `
3:3 customer holds keys, such as spend, each on a line of its own = leave the dashes out: they make a list
`},
		{"a list in brackets where keys belong", `
version: 1
customer: [50]
`, `
2:11 customer holds keys, such as spend, each on a line of its own = leave the brackets out: they make a list
`},
		{"a list where the whole scenario belongs", `
- version: 1
`, `
1:1 a scenario is keys and their values, beginning with version: 1 = leave the dashes out: they make a list
`},
		{"a sentence where the whole scenario belongs", `
What does one lost customer cost?
`, `
1:1 a scenario is keys and their values, beginning with version: 1 = write key: value
`},
		{"a list where a number belongs", `
version: 1
customer:
  years: [4, 6]
`, `
3:10 customer.years is one value, not a list = write one value; a range is written low..high
`},
		{"no chance in a list by tenure", `
version: 1
customer:
  retention: []
`, `
3:14 customer.retention is empty = write at least one number, such as [80%, 90%]
`},
		{"a list by tenure within another", `
version: 1
customer:
  retention: [84%, [91%, 94%]]
`, `
3:20 customer.retention is one value, not a list = write one value; a range is written low..high
`},
		{"the word benchmark in a list by tenure", `
version: 1
customer:
  retention: [84%, benchmark]
`, `
3:20 no benchmark is known for customer.retention = write a value
`},
		{"the word benchmark for one element of a list", `
version: 1
word_of_mouth:
  tells: [11, benchmark]
`, `
3:15 no benchmark is known for word_of_mouth.tells = write a value
`},
		{"the word benchmark instead of a list by tenure", `
version: 1
customer:
  retention: benchmark
`, `
3:14 no benchmark is known for customer.retention = write a value
`},
		{"impossible chances in a list by tenure", `
version: 1
customer:
  retention: [120%, 84%, -5%]
`, `
3:15 customer.retention is 120%, and must be at most 100%
3:26 customer.retention is -5%, and must be at least 0%
`},
		{"chances of more than one period in a list by tenure", `
version: 1
customer:
  retention: [98% per month, 84% per year]
`, `
3:30 "84% per year" is for a different period than the first, "98% per month" = write every element for the same period
`},
		{"a chance without a period behind one of a month", `
version: 1
customer:
  retention: [98% per month, {value: 84%, source: till}]
`, `
3:30 "84%" is for a different period than the first, "98% per month" = write every element for the same period
`},
		{"a loss of all that is spent", `
version: 1
customer:
  growth: -100%
`, `
3:11 customer.growth is -100%, and must be above -100%
`},
		{"a loss of more than all that is spent", `
version: 1
customer:
  growth: -150%..20%
`, `
3:11 customer.growth is -150%..20%, and must be above -100%
`},
		{"a list where a choice belongs", `
version: 1
customer:
  paid: [start]
`, `
3:9 customer.paid is one value, not a list = write one value; a range is written low..high
`},
		{"a number where a list belongs", `
version: 1
word_of_mouth:
  tells: 11
`, `
3:10 word_of_mouth.tells is a list = write [11]
`},
		{"numbers without brackets where a list belongs", `
version: 1
word_of_mouth:
  tells: 11, 5
`, `
3:10 word_of_mouth.tells is a list = write [11, 5]
`},
		{"a value that would also be refused in a list", `
version: 1
word_of_mouth:
  tells: 1.200
`, `
3:10 word_of_mouth.tells is a list = write it in brackets, with commas, such as [11, 5]
`},
		{"half a pair of brackets", `
version: 1
word_of_mouth:
  tells: 11, 5]
`, `
3:10 word_of_mouth.tells is a list = write [11, 5]
`},
		{"words where a list belongs", `
version: 1
word_of_mouth:
  tells: 11 and 5
`, `
3:10 word_of_mouth.tells is a list = write it in brackets, with commas, such as [11, 5]
`},
		{"a list in a list", `
version: 1
word_of_mouth:
  tells: [11, [5]]
`, `
3:15 word_of_mouth.tells is one value, not a list = write one value; a range is written low..high
`},
		{"an empty list", `
version: 1
word_of_mouth:
  tells: []
tiers: []
`, `
3:10 word_of_mouth.tells is empty = write at least one number, such as [11, 5]
4:8 tiers is empty = write at least one item, or remove the key
`},
		{"one item where a list of items belongs", `
version: 1
tiers:
  name: gold
`, `
3:3 tiers is a list = begin each item with a dash
`},
		{"a number where a list of items belongs", `
version: 1
tiers: 3
`, `
2:8 tiers is a list = write its items below it, each beginning with a dash
`},
		{"a word where an item belongs", `
version: 1
tiers:
  - gold
`, `
3:5 an item of tiers holds keys = write name: and its other keys
`},
		{"nothing where a value belongs", `
version: 1
name:
currency: ""
customer:
  years:
  spend: null
word_of_mouth:
  tells: [11, ~]
`, `
2:6 name has no value = write a text, or leave it out
3:11 currency is empty = write a text, or leave it out
5:9 customer.years has no value = write a value, or remove the key
6:10 customer.spend has no value = write a value, or remove the key
8:15 word_of_mouth.tells has no value = write a value, or remove the key
`},
		{"words where a number belongs", `
version: 1
customer:
  years: ten
`, `
3:10 "ten" is not a number = write a time such as 10, 6..12 months or forever
`},
		{"yes is no number", `
version: 1
word_of_mouth:
  leave: yes
`, `
3:10 "yes" is not a number = write a share such as 25%
`},
		{"a choice that is not one", `
version: 1
customer:
  paid: begining
word_of_mouth:
  rule: bok
`, `
3:9 customer.paid cannot be "begining" = it can be start, end, stayed
5:9 word_of_mouth.rule cannot be "bok" = did you mean book?
`},
		{"keys where a name belongs", `
version: 1
name: {a: b}
`, `
2:7 name is a text = put quotes around a text that holds a colon, a comma or a bracket
`},
		{"a name over several lines", `
version: 1
name: |
  Mine
`, `
2:7 name has several lines = write it in one line
`},
		{"a currency in small letters", `
version: 1
currency: usd
`, `
2:11 "usd" is not a known currency = did you mean USD?
`},
		{"a currency by its sign", `
version: 1
currency: $
`, `
2:11 "$" is not a known currency = write its ISO 4217 code, such as USD, EUR or CNY
`},
		{"no benchmark where none is known", `
version: 1
customer:
  years: benchmark
`, `
3:10 no benchmark is known for customer.years = write a value
`},
	})
}

func TestAListByTenureIsReadElementByElement(t *testing.T) {
	month := func(share float64) float64 { return math.Pow(share, 12) }
	for _, c := range []struct {
		text     string
		elements []quantity.Range
		texts    []string
		period   string
	}{
		{"[78%, 88%, 93%]", []quantity.Range{exactly(.78), exactly(.88), exactly(.93)}, []string{"78%", "88%", "93%"}, ""},
		{"[78%, 0.88 per year]", []quantity.Range{exactly(.78), exactly(.88)}, []string{"78%", "0.88 per year"}, ""}, // a year as well
		{"[90% per month, 95% per month]", []quantity.Range{exactly(month(.9)), exactly(month(.95))}, []string{"90% per month", "95% per month"}, "month"},
		{"[0%, 70%..80%]", []quantity.Range{exactly(0), quantity.Between(.7, .8)}, []string{"0%", "70%..80%"}, ""},
		{"[84%]", []quantity.Range{exactly(.84)}, []string{"84%"}, ""},
	} {
		in := accept(t, []byte("version: 1\ncustomer: {retention: "+c.text+"}\n")).Inputs["customer.retention"]
		if in.Text != "["+strings.Join(c.texts, ", ")+"]" || in.Per.Name != c.period || len(in.List) != len(c.elements) {
			t.Errorf("%s reads as %q of %d elements for the period %q, want %d for %q", c.text, in.Text, len(in.List), in.Per.Name, len(c.elements), c.period)
			continue
		}
		for i, element := range in.List {
			if !near(element.Range.Low, c.elements[i].Low) || !near(element.Range.Likely, c.elements[i].Likely) || !near(element.Range.High, c.elements[i].High) || element.Text != c.texts[i] {
				t.Errorf("element %d of %s reads as %v, %q, want %v, %q", i+1, c.text, element.Range, element.Text, c.elements[i], c.texts[i])
			}
			if want := 12 + len("retention: ") + strings.Index(c.text, c.texts[i]); element.Place.Line != 2 || element.Place.Column != want {
				t.Errorf("element %d of %s is at %d:%d, want 2:%d", i+1, c.text, element.Place.Line, element.Place.Column, want)
			}
		}
	}
	// A single number is not a list. The whole list may have a source, and so may each
	// element.
	if in := accept(t, []byte("version: 1\ncustomer: {retention: 84%}\n")).Inputs["customer.retention"]; in.List != nil || in.Range != exactly(.84) {
		t.Errorf("84%% reads as %v and the list %v, want no list", in.Range, in.List)
	}
	in := accept(t, []byte("version: 1\ncustomer: {retention: {value: [84%, {value: 91%, source: guess}], source: renewals}}\n")).Inputs["customer.retention"]
	if in.Citation.Source != "renewals" || len(in.List) != 2 || in.List[0].Citation.Source != "" || in.List[1].Citation.Source != "guess" {
		t.Errorf("the list reads as %+v, want the source renewals for all of it, and guess for its second element", in)
	}
}

func TestGrowthIsAboveALossOfAll(t *testing.T) {
	for text, want := range map[string]quantity.Range{
		"-2%": exactly(-.02), "-99.9%": exactly(-.999), "-0.5": exactly(-.5), "250%": exactly(2.5), "-10%..5%": quantity.Between(-.1, .05),
		"4% per year": exactly(.04),
	} {
		got := accept(t, []byte("version: 1\ncustomer: {growth: "+text+"}\n")).Inputs["customer.growth"].Range
		if math.Abs(got.Low-want.Low)+math.Abs(got.Likely-want.Likely)+math.Abs(got.High-want.High) > 1e-12 {
			t.Errorf("customer.growth: %s reads as %v, want %v", text, got, want)
		}
	}
}

func TestAWrongLongInputIsRefused(t *testing.T) {
	refuse(t, []badText{
		{"a text with a comma needs quotes", `
version: 1
word_of_mouth:
  leave: {value: 25%, source: exit survey, 2026}
`, `
3:44 unknown key "word_of_mouth.leave.2026" = put quotes around a text that holds a comma
`},
		{"a colon needs its space", `
version: 1
word_of_mouth:
  leave: {value:25%, source: exit survey}
`, `
3:11 unknown key "word_of_mouth.leave.value:25%" = put a space after the colon
`},
		{"the value has a key of its own", `
version: 1
word_of_mouth:
  leave: {25%, source: exit survey}
`, `
3:11 unknown key "word_of_mouth.leave.25%" = write value: 25%
`},
		{"a value without its key, and one that would be refused", `
version: 1
word_of_mouth:
  leave: {25, source: exit survey}
`, `
3:11 unknown key "word_of_mouth.leave.25" = write value: before it
`},
		{"a misspelt key gets the right one suggested", `
version: 1
word_of_mouth:
  leave: {value: 25%, sauce: exit survey}
`, `
3:23 unknown key "word_of_mouth.leave.sauce" = did you mean source?
`},
		{"a key unlike any other gets a list of the keys", `
version: 1
word_of_mouth:
  leave: {value: 25%, remark: by hand}
`, `
3:23 unknown key "word_of_mouth.leave.remark" = it can be value, source, owner, date, expires, low, likely, high, shape, interval
`},
		{"the value is required", `
version: 1
word_of_mouth:
  leave: {source: exit survey}
`, `
3:10 word_of_mouth.leave has no value = write value: and the number
`},
		{"a value within a value is refused", `
version: 1
word_of_mouth:
  leave: {value: {value: 25%}}
`, `
3:18 a value within a value = write the number
`},
		{"a wrong value is reported at its place", `
version: 1
word_of_mouth:
  leave: {value: 250%, source: exit survey}
`, `
3:18 word_of_mouth.leave is 250%, and must be at most 100%
`},
		{"a date is a day of the calendar", `
version: 1
word_of_mouth:
  leave: {value: 25%, date: 1.5.2026, expires: 2026-02-30}
`, `
3:29 "1.5.2026" is not a date = write it as 2026-05-01
3:48 "2026-02-30" is not a date = write it as 2026-05-01
`},
		{"a source that begins with a # is a comment", `
version: 1
word_of_mouth:
  leave:
    value: 25%
    source: #3 survey
`, `
5:12 source has no value = a # begins a comment: put quotes around a text that begins with one
`},
		{"an item is no list of items", `
version: 1
tiers: {name: gold, customers: 50}
`, `
2:8 tiers is a list = begin each item with a dash
`},
		{"a list of items that is written long is not empty either", `
version: 1
tiers: {value: [], source: us}
`, `
2:16 tiers is empty = write at least one item, or remove the key
`},
		{"nor is it in a list again", `
version: 1
tiers: {value: {value: []}}
`, `
2:16 a value within a value = write the number
`},
		{"its source is a text", `
version: 1
tiers: {value: [{name: gold, customers: 5, spend: 5 per year}], source: }
`, `
2:73 source has no value = write a text, or leave it out
`},
	})
}

func TestGatesAreAListOfTexts(t *testing.T) {
	refuse(t, []badText{
		{"a single gate without a dash", `
version: 1
gates: ripple.loss <= 3
`, `
2:8 gates is a list = write each gate on a line of its own that begins with a dash
`},
		{"a dash without its space", `
version: 1
gates:
  -ripple.loss <= 3
`, `
3:3 gates is a list = put a space after the dash
`},
		{"a dash without its space below another gate", `
version: 1
gates:
  - ripple.loss <= 3
   -ripple.leave <= 4
`, `
3:5 a gate continues on the next line = line the dashes up, and put a space after each
`},
		{"a gate with a colon", `
version: 1
gates:
  - ripple.loss: 3
`, `
3:5 a gate is a metric, a sign and a limit = write it as ripple.loss <= 450000
`},
		{"a dash with nothing after it", `
version: 1
gates:
  -
`, `
3:4 a gate has no value = write a text, or leave it out
`},
	})
}

func TestAWrongNumberIsReportedAtItsPlace(t *testing.T) {
	refuse(t, []badText{
		{"everything a number can be", `
version: 1
customer:
  spend: 1,200 per week
  years: 010
  margin: 3
  retention: 1
  discount: .nan
word_of_mouth:
  tells: [.inf, 0x10, 1e999]
  leave: 20..40%
acquisition:
  win_cost: 0
`, `
3:10 "1,200 per week" has a comma = group digits with underscores: 1_200 per week
4:10 "010" begins with a zero = did you mean 10?
5:11 "3" is not a share = did you mean 3%?
6:14 "1" is not a share = did you mean 1%? All of it is 100%
7:13 ".nan" is not a number = write the number, or leave the key out
9:11 ".inf" is not a number = write the number, or leave the key out
9:17 "0x10" is not a number = write it in decimal digits
9:23 "1e999" is too large = write a smaller number
10:10 the bounds of "20..40%" are written in different ways = write % at every bound, as in 20%..40%
12:13 acquisition.win_cost is 0, and must be above 0
`},
		{"a value that runs on into the next line", `
version: 1
customer:
  years: 10
    margin
`, `
3:10 "margin" is not a unit of time = the line below is read as part of it: line it up with the keys
`},
	})
}

func TestAllProblemsOfAFileComeInOneRunInOrderOfLine(t *testing.T) {
	refuse(t, []badText{{"fourteen mistakes, reported from top to bottom", `
name: #1 shop
currency: BTC
customer:
  spend: 50
  yeers: 10
  margin: 120%
  margin: 30%
  paid: [start]
word_of_mouth:
  tells: {11, source: us}
  leave: 40%..20%
tiers:
  - {name: gold, customers: 1..2, spend: 3 per week}
  - name: lead
gates:
  - a: b
`, `
1:1 missing key "version" = begin with version: 1
1:6 name has no value = a # begins a comment: put quotes around a text that begins with one
2:11 "BTC" is not a known currency = write its ISO 4217 code, such as USD, EUR or CNY
4:10 "50" needs a period = write 50 per week, per month or per year
5:3 unknown key "customer.yeers" = did you mean years?
6:11 customer.margin is 120%, and must be at most 100%
7:3 duplicate key "margin", first in line 6 = remove one of them
8:9 customer.paid is one value, not a list = write one value; a range is written low..high
10:11 unknown key "word_of_mouth.tells.11" = write value: [11]
11:10 the bounds of "40%..20%" are the wrong way round = write the low end first, then the likely point, then the high end
13:29 customers cannot be a range = write one number
14:5 missing key "customers" in tiers = it says how many there are
14:5 missing key "spend" in tiers = it says what one spends
16:5 a gate is a metric, a sign and a limit = write it as ripple.loss <= 450000
`}})
}

func TestReadingStopsAfterAHundredProblems(t *testing.T) {
	var text strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&text, "key%d: 1\n", i)
	}
	text.WriteString("version: 1\n")
	_, err := Read("mine.yaml", []byte(text.String()), sampleVocabulary())
	problems, _ := err.(calc.Problems)
	if len(problems) != 101 {
		t.Fatalf("Read of 5,000 unknown keys finds %d problems, want 100 and one that says so", len(problems))
	}
	if got, want := retell(problems[100:]), "101:1 too many problems to read on = fix the problems above first\n"; got != want {
		t.Errorf("Read of 5,000 unknown keys ends with %q, want %q", got, want)
	}
}

func TestAnAliasHasTheValueOfItsAnchor(t *testing.T) {
	s := accept(t, []byte(`
version: 1
name: &firm Mine
customer:
  margin: &third 30%
  retention: *third
word_of_mouth:
  tells: &told [11, 5]
tiers:
  - &gold {name: *firm, customers: 3, spend: 5 per year}
  - *gold
`[1:]))
	if got := s.Inputs["customer.retention"]; got.Text != "30%" || got.Place.Line != 5 || got.Place.Column != 14 {
		t.Errorf("customer.retention: *third reads as %q at %d:%d, want 30%% at 5:14", got.Text, got.Place.Line, got.Place.Column)
	}
	tiers := s.Inputs["tiers"].List
	if len(tiers) != 2 || tiers[1].Cells["name"].Word != "Mine" {
		t.Errorf("tiers with an alias reads as %d items, want 2 whose name is Mine", len(tiers))
	}
}

func TestAProblemWithAnAliasIsReportedAtTheAlias(t *testing.T) {
	refuse(t, []badText{
		{"a value that does not fit there", `
version: 1
name: &firm Mine
customer:
  years: *firm
`, `
4:10 "Mine" is not a number = write a time such as 10, 6..12 months or forever
`},
		{"an anchor that is nowhere", `
version: 1
customer:
  years: *long
`, `
3:10 not valid YAML: unknown anchor 'long' referenced = put quotes around a text that begins with *
`},
		{"an alias inside its own anchor", `
version: 1
winback: &again
  second_life: *again
`, `
3:3 unknown key "winback.second_life.second_life" = it can be ramp_years
`},
	})
}

func TestExplodingAliasesAreRefused(t *testing.T) {
	// Nine lists of ten aliases each would expand to a billion values.
	var laughs strings.Builder
	laughs.WriteString("version: 1\nname: &a0 lol\ntiers:\n")
	for i := 1; i <= 9; i++ {
		laughs.WriteString(fmt.Sprintf("  - &a%d [%s]\n", i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", ")))
	}
	_, err := Read("mine.yaml", []byte(laughs.String()), sampleVocabulary())
	if got, want := retell(err), "4:5 an item of tiers holds keys = write name: and its other keys\n"; !strings.HasPrefix(got, want) {
		t.Errorf("Read of a billion laughs finds\n%swant it to begin with\n%s", got, want)
	}

	// A valid mapping, 40,000 times, is refused at the hundred-thousandth value.
	rows := "version: 1\ntiers:\n  - &gold {name: gold, customers: 3, spend: 5 per year}\n" + strings.Repeat("  - *gold\n", 40_000)
	_, err = Read("mine.yaml", []byte(rows), sampleVocabulary())
	problems, _ := err.(calc.Problems)
	if len(problems) != 1 || problems[0].Message != "more than 100000 values, those of aliases counted each time" {
		t.Errorf("Read of 40,000 aliases finds\n%swant one problem: more than 100000 values", retell(err))
	}
}

func TestDeepNestingIsRefused(t *testing.T) {
	refuse(t, []badText{
		{"10,000 lists in one another, where a name belongs",
			"version: 1\nname: " + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + "\n",
			"2:7 name is a text = put quotes around a text that holds a colon, a comma or a bracket\n"},
		{"10,001 lists in one another, which the YAML library does not read",
			"version: 1\nname: " + strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001) + "\n",
			"2:0 not valid YAML: exceeded max depth of 10000 = nothing in a scenario nests so deep\n"},
		{"10,000 dashes", strings.Repeat("- ", 10_000) + "1\n",
			"1:1 a scenario is keys and their values, beginning with version: 1 = leave the dashes out: they make a list\n"},
	})
}

func TestMissingInputsAreReportedAtTheirGroup(t *testing.T) {
	s := accept(t, []byte("version: 1\nname: Mine\ncustomer:\n  years: 10\n"))
	if got, want := retell(s.Bind(sampleCalculator().Model())), "3:1 missing key \"customer.spend\" = it says what the customer spends\n"; got != want {
		t.Errorf("Bind without a spend finds\n%swant\n%s", got, want)
	}
	s = accept(t, []byte("version: 1\nname: Mine\n"))
	want := `
0:0 missing key "customer.spend" = it says what the customer spends
0:0 missing key "customer.years" = it says how long the customer stays
`[1:]
	if got := retell(s.Bind(sampleCalculator().Model())); got != want {
		t.Errorf("Bind without a customer finds\n%swant\n%s", got, want)
	}
}
