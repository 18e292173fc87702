package schema_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"math"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/schema"
	"github.com/churncost/churncost/scenarios/syntax"
)

// An independent validator compares the schema with the reader. It also checks the schema
// itself against draft 2020-12.

func catalogVocabulary() *scenarios.Vocabulary { return scenarios.NewVocabulary(catalog.All()) }

// compiled compiles the schema of the scenarios of calculators.
func compiled(t *testing.T, calculators []calc.Calculator) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.Of(calculators)))
	if err != nil {
		t.Fatalf("the schema is not JSON: %v", err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("scenario.json", document); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("scenario.json")
	if err != nil {
		t.Fatalf("the schema is no schema of draft 2020-12: %v", err)
	}
	return s
}

// errUnread is the error about a text that is not YAML, or that JSON cannot hold. An
// editor reports it without a schema.
var errUnread = errors.New("no YAML, or nothing that JSON has")

// decoded reads YAML as an editor does: plain scalars by the core schema of YAML 1.2.2
// (chapter 10.3.2), and everything as JSON types.
func decoded(text string) (any, error) {
	var n yaml.Node
	decoder := yaml.NewDecoder(strings.NewReader(text))
	if err := decoder.Decode(&n); err != nil || len(n.Content) == 0 {
		return nil, errUnread
	}
	var more yaml.Node
	if err := decoder.Decode(&more); err != nil && err != io.EOF {
		return nil, errUnread
	}
	return inJSON(n.Content[0], 0)
}

func inJSON(n *yaml.Node, depth int) (any, error) {
	const deepest = 100 // no scenario is deeper, except by an alias inside its own anchor
	if depth++; depth > deepest {
		return nil, errUnread
	}
	switch n.Kind {
	case yaml.AliasNode:
		return inJSON(n.Alias, depth)
	case yaml.SequenceNode:
		list := []any{}
		for _, child := range n.Content {
			value, err := inJSON(child, depth)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		return list, nil
	case yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Kind != yaml.ScalarNode {
				return nil, errUnread
			}
			value, err := inJSON(n.Content[i+1], depth)
			if err != nil {
				return nil, err
			}
			object[n.Content[i].Value] = value
		}
		return object, nil
	}
	if n.Style&^yaml.TaggedStyle != 0 || n.Tag == "!!str" && n.Style == yaml.TaggedStyle {
		return n.Value, nil
	}
	return coreScalar(n.Value), nil
}

var (
	coreNull     = regexp.MustCompile(`^(null|Null|NULL|~|)$`)
	coreTrue     = regexp.MustCompile(`^(true|True|TRUE)$`)
	coreFalse    = regexp.MustCompile(`^(false|False|FALSE)$`)
	coreOctal    = regexp.MustCompile(`^0o[0-7]+$`)
	coreHex      = regexp.MustCompile(`^0x[0-9a-fA-F]+$`)
	coreNumber   = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
	coreInfinite = regexp.MustCompile(`^([-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN)$`)
)

// coreScalar resolves a scalar without quotes. Numbers that are not finite become null,
// as in JSON.stringify.
func coreScalar(text string) any {
	switch {
	case coreNull.MatchString(text), coreInfinite.MatchString(text):
		return nil
	case coreTrue.MatchString(text):
		return true
	case coreFalse.MatchString(text):
		return false
	case coreOctal.MatchString(text), coreHex.MatchString(text):
		value, err := strconv.ParseUint(text, 0, 64)
		if err != nil {
			return nil
		}
		return float64(value)
	case coreNumber.MatchString(text):
		value, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil
		}
		return value
	}
	return text
}

func TestTheBuiltInScenariosFitTheSchema(t *testing.T) {
	s := compiled(t, catalog.All())
	for _, name := range scenarios.Names() {
		text, _ := scenarios.BuiltInText(name)
		value, err := decoded(string(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := s.Validate(value); err != nil {
			t.Errorf("%s does not fit the schema: %v", name, err)
		}
	}
}

func TestTheSchemaAllowsNoOtherKeyAnywhere(t *testing.T) {
	s := compiled(t, catalog.All())
	text, _ := scenarios.BuiltInText(scenarios.Everything)
	value, err := decoded(string(text))
	if err != nil {
		t.Fatal(err)
	}
	mappings := 0
	var visit func(string, any)
	visit = func(path string, part any) {
		switch part := part.(type) {
		case map[string]any:
			mappings++
			part["remark"] = "by hand"
			if s.Validate(value) == nil {
				t.Errorf("the schema allows the key %s/remark", path)
			}
			delete(part, "remark")
			for key := range part {
				visit(path+"/"+key, part[key])
			}
		case []any:
			for i := range part {
				visit(fmt.Sprintf("%s/%d", path, i), part[i])
			}
		}
	}
	visit("", value)
	if most := 10; mappings < most {
		t.Errorf("%s has %d mappings to try, want more than %d", scenarios.Everything, mappings, most)
	}
}

func TestTheStarterFitsTheSchemaWhicheverKeyIsGiven(t *testing.T) {
	v := catalogVocabulary()
	s := compiled(t, catalog.All())
	starter := scenarios.Starter(v)
	const modeline = "# yaml-language-server: $schema=churncost.schema.json\n"
	if !strings.HasPrefix(starter, modeline) {
		t.Errorf("the starter begins with %.60q, want %q", starter, modeline)
	}
	fits := func(what, text string) {
		t.Helper()
		if _, err := scenarios.Read("mine.yaml", []byte(text), v); err != nil {
			t.Errorf("the starter with %s is refused: %v", what, err)
		}
		value, err := decoded(text)
		if err != nil {
			t.Fatalf("the starter with %s: %v\n%s", what, err, text)
		}
		if err := s.Validate(value); err != nil {
			t.Errorf("the starter with %s does not fit the schema: %v", what, err)
		}
	}
	fits("nothing changed", starter)
	fits("gates", uncommented(t, starter, "# What must hold; churncost check judges it."))
	for _, f := range v.Fields() {
		if f.Key != "customer.spend" && f.Key != "customer.years" {
			explanation := "# " + f.Help
			if terms := f.Terms(); terms != "" {
				explanation += " [" + terms + "]"
			}
			fits(f.Key, uncommented(t, starter, explanation))
		}
	}
}

// uncommented removes the # from the key that is explained in the given line, and from
// the lines of its value.
func uncommented(t *testing.T, text, explanation string) string {
	t.Helper()
	lines := strings.Split(text, "\n")
	above := slices.IndexFunc(lines, func(line string) bool { return strings.TrimSpace(line) == explanation })
	if above < 0 {
		t.Fatalf("the starter has no line %q", explanation)
	}
	for i := above + 1; strings.HasPrefix(strings.TrimSpace(lines[i]), "# "); i++ {
		plain := strings.Replace(lines[i], "# ", "", 1)
		if i > above+1 && !strings.HasPrefix(strings.TrimLeft(lines[i], " "), "#   ") {
			break
		}
		lines[i] = plain
	}
	return strings.Join(lines, "\n")
}

func TestTheSchemaIsReproducibleSmallAndHasNoInvisibleCharacters(t *testing.T) {
	first, second := schema.Of(catalog.All()), schema.Of(catalog.All())
	if !bytes.Equal(first, second) {
		t.Error("two runs of Of differ")
	}
	if most := 60_000; len(first) > most {
		t.Errorf("the schema has %d bytes, want %d at most", len(first), most)
	}
	for i, r := range string(first) {
		if r != '\n' && (syntax.Unprintable(r) || r != ' ' && unicode.IsSpace(r)) {
			t.Fatalf("the schema holds the invisible character %U: …%s", r, first[max(0, i-40):i])
		}
	}
}

// An editor marks these mistakes while they are typed.
func TestTheUsualMistakesAreRefused(t *testing.T) {
	s := compiled(t, catalog.All())
	for _, c := range []struct{ claim, text string }{
		{"a misspelt group", "custmer: {years: 10}"},
		{"a misspelt key", "customer: {yeers: 10}"},
		{"a misspelt key of an item", "tiers: [{name: gold, customers: 3, spend: 5 per week, chrun: 5%}]"},
		{"a misspelt key beside a value", "customer: {years: {value: 10, sauce: guess}}"},
		{"a key that an item lacks", "tiers: [{name: gold, customers: 3}]"},
		{"a dotted key", "customer.years: 10"},
		{"words for a number", "customer: {years: ten}"},
		{"words for a number written long", "customer: {years: {value: ten}}"},
		{"words for a share", "word_of_mouth: {leave: few}"},
		{"words for an end of a range", "word_of_mouth: {leave: {low: few, high: 40%}}"},
		{"words in a list of numbers", "word_of_mouth: {tells: [11, some]}"},
		{"true for a number", "customer: {years: true}"},
		{"a currency sign before a number", "customer: {spend: $50 per week}"},
		{"a letter for thousands", "company: {customers: 50k}"},
		{"a comma in a number", "acquisition: {win_cost: '1,200'}"},
		{"a period that there is not", "customer: {spend: 50 per decade}"},
		{"a number without its period", "customer: {spend: 50}"},
		{"a share above one without a percent sign", "word_of_mouth: {leave: 25}"},
		{"a number below its bound", "acquisition: {win_cost: 0}"},
		{"an empty value", "customer: {years: }"},
		{"a choice that there is not", "customer: {paid: late}"},
		{"a choice that there is not, written long", "customer: {paid: {value: late, source: contract}}"},
		{"a shape that there is not", "word_of_mouth: {leave: {low: 20%, high: 40%, shape: round}}"},
		{"a range for a choice", "customer: {paid: {low: start, high: end}}"},
		{"a list for a number", "customer: {years: [4, 6]}"},
		{"a list for a choice", "customer: {paid: [start]}"},
		{"a list within a list", "word_of_mouth: {tells: [11, [5]]}"},
		{"a number for a list", "word_of_mouth: {tells: 11}"},
		{"an empty list", "word_of_mouth: {tells: []}"},
		{"a number for a group", "customer: 50"},
		{"a word for an item", "tiers: [gold]"},
		{"one item without a list", "tiers: {name: gold, customers: 3, spend: 5 per week}"},
		{"a date in another form", "customer: {years: {value: 10, date: 1.5.2026}}"},
		{"a currency that there is not", "currency: ABC"},
		{"a currency in small letters", "currency: usd"},
		{"a name that is a list", "name: [a]"},
		{"a gate that is no list", "gates: loss.total <= 3"},
		{"a misspelt key to acknowledge", "acknowledge: [word_of_mouth.leav]"},
		{"a correlation without its rank", "correlations: [{between: [customer.spend, customer.years]}]"},
		{"a correlation with one input", "correlations: [{between: [customer.spend], rank: 0.4}]"},
		{"a correlation with a misspelt input", "correlations: [{between: [customer.spend, customer.yaers], rank: 0.4}]"},
		{"a correlation above one", "correlations: [{between: [customer.spend, customer.years], rank: 40}]"},
		{"another version", "version: 2"},
	} {
		text := "version: 1\n" + c.text + "\n"
		if strings.HasPrefix(c.text, "version") {
			text = c.text + "\n"
		}
		if _, err := scenarios.Read("mine.yaml", []byte(text), catalogVocabulary()); err == nil {
			t.Errorf("%s: Read accepts %q, so it is no mistake", c.claim, text)
		}
		value, err := decoded(text)
		if err != nil {
			t.Fatal(err)
		}
		if s.Validate(value) == nil {
			t.Errorf("%s: the schema accepts %q", c.claim, text)
		}
	}
	for _, value := range []any{map[string]any{}, []any{}, "version: 1"} {
		if s.Validate(value) == nil {
			t.Errorf("the schema accepts %v as a whole scenario", value)
		}
	}
}

// A metric stands alone, with .change, or in chance(). What is behind the operator is left to
// churncost check.
func TestAGateOnAMetricThatThereIsNotIsMarked(t *testing.T) {
	s := compiled(t, catalog.All())
	fits := func(text string) bool {
		value, err := decoded("version: 1\ngates:\n  - " + text + "\n")
		if err != nil {
			t.Fatal(err)
		}
		return s.Validate(value) == nil
	}
	metrics := 0
	for _, c := range catalog.All() {
		for _, f := range c.Metrics() {
			metrics++
			for _, text := range []string{f.Metric + " <= 3", f.Metric + ".change<5%", "chance(" + f.Metric + " > 3) >= 90%", "'  chance( " + f.Metric + "\t>= 3)>= 90%'"} {
				if _, err := gate.Parse(strings.Trim(text, "'")); err != nil {
					t.Fatalf("%s is no gate: %v", text, err)
				}
				if !fits(text) {
					t.Errorf("the schema refuses %q", text)
				}
			}
		}
	}
	if metrics < 50 {
		t.Errorf("only %d metrics were tried", metrics)
	}
	for _, text := range []string{
		"loss.totla <= 3", "loss.total2 <= 3", "los.total <= 3", "loss.tota <= 3", "loss <= 3", "total <= 3", "xloss.total <= 3", "lossxtotal <= 3",
		"loss.total.chang <= 5%", "loss.total.change.change <= 5%", "loss.totla.change <= 5%", "lifetime.total <= 3",
		"chance(loss.totla <= 3) >= 90%", "chance (loss.total <= 3) >= 90%", "odds(loss.total <= 3) >= 90%",
		"loss.total", "loss.total = 3", "'<= 3'", "3", "true", "{metric: loss.total}",
	} {
		if fits(text) {
			t.Errorf("the schema accepts the gate %s", text)
		}
	}
}

func TestAnEditorFindsTheMeaningOfEveryKeyAndItsChoices(t *testing.T) {
	v := catalogVocabulary()
	text := string(schema.Of(catalog.All()))
	for _, f := range v.Fields() {
		quoted, _ := json.Marshal(f.Help)
		if !strings.Contains(text, strings.Trim(string(quoted), `"`)) {
			t.Errorf("the schema does not say what %s means", f.Key)
		}
		for _, choice := range f.Choices {
			if !strings.Contains(text, strconv.Quote(choice)) {
				t.Errorf("the schema does not list %q of %s", choice, f.Key)
			}
		}
	}
	for _, want := range []string{"share of the hearers who stay away [share; optional; benchmark is 25%, grade C]", `"CNY"`, `"lognormal"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the schema does not hold %s", want)
		}
	}
}

// hasKnownMetrics reports whether all gates can be read and name metrics of the catalog.
func hasKnownMetrics(gates []scenarios.Text) bool {
	for _, text := range gates {
		g, err := gate.Parse(text.Text)
		known := func(c calc.Calculator) bool {
			return slices.ContainsFunc(c.Metrics(), func(f calc.Figure) bool { return f.Metric == g.Metric })
		}
		if err != nil || !slices.ContainsFunc(catalog.All(), known) {
			return false
		}
	}
	return true
}

// acceptsWhatIsRead checks that the schema accepts a scenario if Read does and its gates can
// be read too. It reports whether that is so.
func acceptsWhatIsRead(t *testing.T, s *jsonschema.Schema, v *scenarios.Vocabulary, what, text string) bool {
	t.Helper()
	if read, err := scenarios.Read("mine.yaml", []byte(text), v); err != nil || !hasKnownMetrics(read.Gates) {
		return false
	}
	value, err := decoded(text)
	if err != nil {
		return false
	}
	if err := s.Validate(value); err != nil {
		t.Errorf("%s: Read accepts\n%s\nand the schema does not: %v", what, text, err)
	}
	return true
}

func TestTheSchemaAcceptsEveryScenarioOfTheTestsThatIsRead(t *testing.T) {
	v := catalogVocabulary()
	s := compiled(t, catalog.All())
	read := 0
	for what, texts := range testTexts(t) {
		for _, text := range texts {
			if acceptsWhatIsRead(t, s, v, what, text) {
				read++
			}
		}
	}
	if least := 100; read < least {
		t.Errorf("%d scenarios of the tests are read, want %d at least", read, least)
	}
}

// testTexts collects the texts in this module's tests that begin like a scenario, by
// file.
func testTexts(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for _, pattern := range []string{"../*_test.go", "../../*_test.go", "../../cmd/*_test.go", "../../cmd/*/*_test.go", "../../cmd/*/*/*_test.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
					if text, err := strconv.Unquote(literal.Value); err == nil && strings.Contains(text, "version:") {
						found[name] = append(found[name], strings.TrimPrefix(text, "\n"))
					}
				}
				return true
			})
		}
	}
	scripts, err := filepath.Glob("../../cmd/testdata/script/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no sessions are found: %v", err)
	}
	for _, script := range scripts {
		archive, err := txtar.ParseFile(script)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".yaml") {
				found[script] = append(found[script], string(file.Data))
			}
		}
	}
	return found
}

// All forms of a value other than a plain number.
func TestTheSchemaAcceptsEveryFormOfAValue(t *testing.T) {
	v := catalogVocabulary()
	s := compiled(t, catalog.All())
	for _, text := range []string{
		"name: 2026", "name: true", "name: 半棵生菜", "currency: CNY", "version: '1'",
		"gates:", "gates: []", "gates: [loss.total <= 3, 'chance(loss.total <= 3) >= 90%']", "customer:", "customer: {}",
		"acknowledge:", "acknowledge: [word_of_mouth.leave, winback.second_life.spend, tiers]",
		"correlations:", "correlations: [{between: [customer.spend, customer.years], rank: 0.4}]",
		"correlations: [{between: [word_of_mouth.tells.1, tiers.2.spend], rank: -40%}]",
		"customer: {spend: {low: 40 per week, high: 60 per week}}", "customer: {spend: {low: 40, likely: 45, high: 60 per visit}}",
		"customer: {spend: {low: 40, high: 60 per week, shape: lognormal, interval: 95%, source: till, owner: Ann, date: 2026-05-01, expires: 2027-05-01}}",
		"customer: {years: {low: 6, high: 18 months}}", "customer: {years: forever}", "customer: {years: {value: 10, source: 2026, owner: true}}",
		"customer: {paid: end}", "customer: {paid: {value: end, source: contract}}", "customer: {period: month, renews: year}",
		"customer: {retention: 84%}", "customer: {retention: [84%, 0.91, 70%..80%]}", "customer: {retention: [84%, {value: 91%, source: us}, {low: 80%, high: 90%}]}",
		"customer: {retention: {value: [84%, 91%], source: us}}", "customer: {retention: {low: 80%, high: 90%, shape: beta}}", "customer: {growth: -5%..5%}",
		"programme: {churn_after: {low: -5pp, high: -3pp}}", "programme: {saved_retention: [84%, 91%]}",
		"winback: {second_life: {ramp_years: {low: 120, high: 240 months}}}",
		"word_of_mouth: {tells: benchmark}", "word_of_mouth: {tells: {value: benchmark, source: us}}", "word_of_mouth: {leave: benchmark}",
		"word_of_mouth: {tells: {value: [3..5, {value: 2, owner: Ann}], date: 2026-05-01}}",
		"tiers: [{name: gold, customers: 3, spend: 5 per week}]", "tiers: {value: [{name: gold, customers: 3, spend: 5 per week}], source: till}",
		"tiers: [{name: {value: 1, owner: Ann}, customers: 3, spend: {low: 3, high: 5 per week}}]",
	} {
		whole := "version: 1\n" + text + "\n"
		if strings.HasPrefix(text, "version") {
			whole = text + "\n"
		}
		if !acceptsWhatIsRead(t, s, v, "a form", whole) {
			t.Errorf("Read refuses %q", whole)
		}
	}
}

// extremes asks for numbers between bounds that the catalog does not have yet.
type extremes struct{ numbers [6]float64 }

func (in *extremes) Ask(ask *calc.Form) {
	n := &in.numbers
	ask.Money(&n[0], "test.signed", "an amount that may be below zero", calc.AtLeast(math.Inf(-1)))
	ask.Share(&n[1], "test.signed_share", "a share that may be below zero", calc.AtLeast(math.Inf(-1)), calc.AtMost(2))
	ask.Count(&n[2], "test.to_60", "a number of two digits", calc.AtMost(60))
	ask.Count(&n[3], "test.to_130", "a number of three digits", calc.AtMost(130), calc.Positive)
	ask.Time(&n[4], "test.to_5_years", "a time", calc.AtMost(5), calc.OrForever)
	ask.People(&n[5], "test.from_1_to_46_000", "people", calc.AtLeast(1), calc.AtMost(46_000), calc.Precise)
}

func (in *extremes) Tell(tell *calc.Report) { tell.Money("test.money", "Money", in.numbers[0]) }

func extremeCalculators() []calc.Calculator {
	return []calc.Calculator{calc.New("test", "What is given?", func(in, out *extremes) error { *out = *in; return nil })}
}

// A writer writes numbers that follow the grammar of number.go, and some that break it:
// at the bounds, and with too much or too little of everything.
type writer struct{ *rand.Rand }

func (w writer) one(words ...string) string { return words[w.IntN(len(words))] }

// rarely returns the second word once in twenty times.
func (w writer) rarely(other, usual string) string {
	if w.IntN(20) == 0 {
		return other
	}
	return usual
}

// digits writes a number without a sign and with at most ten digits, so that no rounding
// changes it: a small one, mostly below a hundred, or any.
func (w writer) digits(small bool) string {
	whole := w.one("0", strconv.Itoa(w.IntN(10)), strconv.Itoa(w.IntN(100)), w.one("99", "100", "10_0", "101"))
	if !small || w.IntN(8) == 0 {
		whole = w.one(whole, "1", strconv.Itoa(w.IntN(130)), strconv.Itoa(w.IntN(50_000)), "1000", "1_000", "1200", "1_2_00", "1201",
			"400", "401", "5200", "5201", "36500", "36501", "9999", "10000", "10001")
	}
	whole = w.rarely(w.one("0", "_", "00", "")+whole+w.one("_", "", "__0"), whole)
	if w.IntN(5) < 3 {
		return whole
	}
	return whole + w.rarely("._", ".") + w.one("0", "00", "5", "01", "9_9", "0_0", "0001", "25", "200", w.one("625", "000", "2_00", "20_0"), w.rarely("_5", "75"), w.rarely("", "1"))
}

// text writes a value for a field.
func (w writer) text(f *calc.Field) string {
	if w.IntN(40) == 0 {
		return w.one("forever", "benchmark", "", "per week", "forever per year", " forever ", "ten", "1..forever", "%", "..", "1.5e", "0x10", "Infinity", "nan")
	}
	suffix := ""
	if f.Unit == quantity.Share {
		suffix = w.one("%", "%", "%", w.one("", " %", "pp", " pp"))
	}
	suffix = w.rarely(w.one("", "%", "pp", "%%", " % "), suffix)
	signs := []string{"", "", "", w.rarely("-", "+"), w.rarely("--", "")}
	if f.Kind == calc.ChangeInput {
		signs = w.signs()
	}
	type bound struct {
		text  string
		value float64
	}
	var bounds []bound
	for range 1 + w.IntN(3) + w.IntN(20)/19 {
		digits := w.digits(f.Max <= 1000)
		sign := signs[w.IntN(len(signs))]
		value, _ := strconv.ParseFloat(sign+strings.ReplaceAll(digits, "_", ""), 64)
		if slices.ContainsFunc(bounds, func(b bound) bool { return b.value == value }) {
			continue // a range of one number is a case of its own
		}
		bounds = append(bounds, bound{sign + digits + w.rarely(w.one("", "%", "pp"), suffix), value})
	}
	slices.SortStableFunc(bounds, func(a, b bound) int { return cmp.Compare(a.value, b.value) })
	var texts []string
	for _, b := range bounds {
		texts = append(texts, b.text)
	}
	text := strings.Join(texts, w.rarely(w.one("...", ".", " – ", ".. ..", ","), w.one("..", "..", " .. ", "\u3000..\u00a0")))
	period := ""
	switch {
	case f.Unit == quantity.Years:
		period = w.one("", w.one(" ", "  ", "\u3000")+w.period()+w.one("", "s", "s"))
	case f.Periodic != calc.NoPeriod:
		period = w.rarely("", w.one(" per ", " per ", " per ", "  per\u3000")) + w.one("visit", w.period(), w.period(), w.period())
	}
	period = w.rarely(w.one("", " per week", " per visit", " per decade", " per", "per week", " years", "weeks", " a week", " Per week", " per week per week"), period)
	return w.rarely(" ", "") + text + period + w.rarely("  ", "")
}

// period names a period.
func (w writer) period() string {
	periods := quantity.Periods()
	return periods[w.IntN(len(periods))].Name
}

// signs returns the signs of a change: none, all, or some.
func (w writer) signs() []string {
	switch w.IntN(4) {
	case 0:
		return []string{""}
	case 1:
		return []string{"-", "-", "+"}
	case 2:
		return []string{"-"}
	}
	return []string{"", "-", "+"}
}

// scenario returns a scenario that gives one key a value. For a key of an item it adds
// the other keys that the item needs.
func scenario(f *calc.Field, cell *calc.Field, value string) string {
	var b strings.Builder
	b.WriteString("version: 1\n")
	parts := strings.Split(f.Key, ".")
	for depth, part := range parts {
		fmt.Fprintf(&b, "%s%s:", strings.Repeat("  ", depth), part)
		if depth < len(parts)-1 {
			b.WriteByte('\n')
		}
	}
	if cell == nil {
		return b.String() + " " + value + "\n"
	}
	fmt.Fprintf(&b, "\n  - %s: %s\n", cell.Key, value)
	for i := range f.Items {
		if item := &f.Items[i]; item.Required() && item.Key != cell.Key {
			fmt.Fprintf(&b, "    %s: %s\n", item.Key, map[quantity.Unit]string{quantity.Word: "gold", quantity.People: "3", quantity.Money: "5", quantity.MoneyPerYear: "5 per week", quantity.Share: "5%"}[item.Unit])
		}
	}
	return b.String()
}

// Values are tried with and without quotes.
func TestTheSchemaAcceptsTheNumbersThatAreRead(t *testing.T) {
	const tries = 300
	for _, calculators := range [][]calc.Calculator{catalog.All(), extremeCalculators()} {
		v, s := scenarios.NewVocabulary(calculators), compiled(t, calculators)
		for i, f := range v.Fields() {
			cells := []*calc.Field{nil}
			if f.Kind == calc.ItemsInput {
				cells = nil
				for j := range f.Items {
					cells = append(cells, &f.Items[j])
				}
			}
			for _, cell := range cells {
				of := &f
				if cell != nil {
					of = cell
				}
				if of.Kind != calc.NumberInput && of.Kind != calc.ChangeInput {
					continue
				}
				w := writer{rand.New(rand.NewPCG(1, uint64(i)))}
				read := 0
				for range tries {
					text := w.text(of)
					for _, value := range []string{text, strconv.Quote(text), "{value: " + strconv.Quote(text) + ", source: till}"} {
						if acceptsWhatIsRead(t, s, v, of.Key, scenario(&f, cell, value)) {
							read++
						}
					}
					if t.Failed() {
						t.FailNow()
					}
				}
				if least := tries / 10; read < least {
					t.Errorf("of %d values of %s %d are read, want %d at least", 3*tries, of.Key, read, least)
				}
			}
		}
	}
}
