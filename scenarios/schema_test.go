package scenarios

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
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
)

// The schema is held against the loader by a validator that knows nothing of
// either. It checks the schema itself against that of draft 2020-12.

func catalogVocabulary() *Vocabulary { return NewVocabulary(catalog.All()) }

// compiled compiles the schema of a vocabulary, or the part of it that a pointer
// leads to.
func compiled(t *testing.T, v *Vocabulary, pointer string) *jsonschema.Schema {
	t.Helper()
	return part(t, compiler(t, v), pointer)
}

func compiler(t *testing.T, v *Vocabulary) *jsonschema.Compiler {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema(v)))
	if err != nil {
		t.Fatalf("the schema is not JSON: %v", err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("scenario.json", document); err != nil {
		t.Fatal(err)
	}
	return c
}

func part(t *testing.T, c *jsonschema.Compiler, pointer string) *jsonschema.Schema {
	t.Helper()
	s, err := c.Compile("scenario.json#" + pointer)
	if err != nil {
		t.Fatalf("the schema at %q is no schema of draft 2020-12: %v", pointer, err)
	}
	return s
}

// errUnread is the error of a text that is no YAML, or nothing that JSON could
// hold: an editor says so itself, and no schema sees it.
var errUnread = errors.New("no YAML, or nothing that JSON has")

// decoded takes a YAML text as an editor does: plain scalars by the core schema
// of YAML 1.2.2 (chapter 10.3.2), and all of it in the types that JSON has.
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
	const deepest = 100 // no scenario is; an alias within what it stands for is
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

// coreScalar resolves a scalar without quotes. What is not finite becomes null,
// as JSON.stringify makes it.
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
	s := compiled(t, catalogVocabulary(), "")
	for _, name := range Names() {
		text, _ := BuiltInText(name)
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
	s := compiled(t, catalogVocabulary(), "")
	text, _ := BuiltInText(Everything)
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
		t.Errorf("%s has %d mappings to try, want more than %d", Everything, mappings, most)
	}
}

func TestTheSchemaIsTheSameBytesEachTimeWithNothingHidden(t *testing.T) {
	first, second := Schema(catalogVocabulary()), Schema(catalogVocabulary())
	if !bytes.Equal(first, second) {
		t.Error("two runs of Schema differ")
	}
	for i, r := range string(first) {
		if r != '\n' && (Unprintable(r) || r != ' ' && unicode.IsSpace(r)) {
			t.Fatalf("the schema holds the invisible character %U: …%s", r, first[max(0, i-40):i])
		}
	}
}

func TestTheStarterFitsTheSchemaWhicheverKeyIsGiven(t *testing.T) {
	v := catalogVocabulary()
	s := compiled(t, v, "")
	starter := Starter(v)
	const modeline = "# yaml-language-server: $schema=churncost.schema.json\n"
	if !strings.HasPrefix(starter, modeline) {
		t.Errorf("the starter begins with %.60q, want %q", starter, modeline)
	}
	fits := func(what, text string) {
		t.Helper()
		if _, err := Read("mine.yaml", []byte(text), v); err != nil {
			t.Errorf("the starter with %s is refused:\n%s", what, retell(err))
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

// uncommented takes the # away from the key whose explanation is that line, and
// from the lines that are more of its value.
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

func TestKeysThatSayTheSameExcludeEachOther(t *testing.T) {
	s := compiled(t, catalogVocabulary(), "")
	for _, c := range []struct {
		text string
		fits bool
	}{
		{"word_of_mouth: {circle: 50}", true},
		{"word_of_mouth: {overlap: 10%}", true},
		{"word_of_mouth: {circle: 50, overlap: 10%}", false},
		{"word_of_mouth:", true},
		{"programme: {churn_after: 15%}", true},
		{"programme: {saves: 50, churn_after: 15%}", false},
	} {
		value, err := decoded("version: 1\n" + c.text + "\n")
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(value); (err == nil) != c.fits {
			t.Errorf("the schema finds %v in %q, want that it fits: %v", err, c.text, c.fits)
		}
	}
}

// beyondTheSchema are the bad scenarios of the loader's own tests that no schema
// can refuse, with the reason.
var beyondTheSchema = map[string]string{
	"an input that stands twice is refused": "JSON has the last",

	"chances of more than one period in a list by tenure": "each element is looked at by itself",
	"a chance without a period behind one of a month":     "each element is looked at by itself",

	"tags are refused, on values, lists, keys and the whole": "JSON has no tags",
	"a tag on the whole is refused":                          "JSON has no tags",
	"a control character hidden in a tag is not passed on":   "JSON has no tags",

	"a second document": "each is validated by itself",

	"a control character beyond ASCII": "in YAML 1.1 it ends a line",
	"a second byte order mark":         "the parser takes it away",
}

// A bad scenario stands in the loader's tests as a badText; they are read off
// the source, so that none is forgotten.
func TestTheSchemaRefusesWhatTheLoaderRefusesAsFarAsASchemaCan(t *testing.T) {
	s := compiled(t, sampleVocabulary(), "")
	bad := badTexts(t)
	if least := 100; len(bad) < least {
		t.Fatalf("%d bad scenarios are found in the tests, want more than %d", len(bad), least)
	}
	found := map[string]bool{}
	for _, c := range bad {
		found[c.claim] = true
		doc, _ := read("mine.yaml", []byte(strings.TrimPrefix(c.text, "\n")))
		value, err := decoded(doc.Text)
		if err != nil {
			continue
		}
		reason, beyond := beyondTheSchema[c.claim]
		switch err := s.Validate(value); {
		case err == nil && !beyond:
			t.Errorf("the schema accepts %s:\n%s", c.claim, c.text)
		case err != nil && beyond:
			t.Errorf("the schema refuses %s, which was thought beyond it (%s)", c.claim, reason)
		}
	}
	for claim := range beyondTheSchema {
		if !found[claim] {
			t.Errorf("no bad scenario is called %q any more", claim)
		}
	}
}

// badTexts collects the bad scenarios that the tests of this package hold.
func badTexts(t *testing.T) (found []badText) {
	t.Helper()
	names, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			list, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			if of, ok := list.Type.(*ast.ArrayType); !ok || fmt.Sprint(of.Elt) != "badText" {
				return true
			}
			for _, element := range list.Elts {
				parts := element.(*ast.CompositeLit).Elts
				claim, _ := constantText(parts[0])
				if text, ok := constantText(parts[1]); ok {
					found = append(found, badText{claim: claim, text: text})
				}
			}
			return false
		})
	}
	return found
}

// constantText is what a string in the source says, if it is written out.
func constantText(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil
	case *ast.BinaryExpr:
		x, known := constantText(e.X)
		y, knownToo := constantText(e.Y)
		return x + y, known && knownToo && e.Op == token.ADD
	}
	return "", false
}

// A subject is a field whose schema is held against the loader.
type subject struct {
	vocabulary *Vocabulary
	field      *calc.Field
	schema     *jsonschema.Schema
}

// extremes asks for numbers between bounds that the catalog does not have yet.
type extremes struct{ numbers [6]float64 }

func (in *extremes) Ask(ask *calc.Form) {
	n := &in.numbers
	ask.Money(&n[0], "test.signed", "an amount that may be below zero", calc.Signed)
	ask.Share(&n[1], "test.signed_share", "a share that may be below zero", calc.Signed, calc.AtMost(2))
	ask.Count(&n[2], "test.to_60", "a number of two digits", calc.AtMost(60))
	ask.Count(&n[3], "test.to_130", "a number of three digits", calc.AtMost(130), calc.Positive)
	ask.Time(&n[4], "test.to_5_years", "a time", calc.AtMost(5), calc.OrForever)
	ask.People(&n[5], "test.from_1_to_46_000", "people", calc.AtLeast(1), calc.AtMost(46_000), calc.Precise)
}

func (in *extremes) Tell(tell *calc.Report) { tell.Money("test.money", "Money", in.numbers[0]) }

func extremeVocabulary() *Vocabulary {
	return NewVocabulary([]calc.Calculator{calc.New("test", "What is given?", func(in, out *extremes) error { *out = *in; return nil })})
}

// subjects lists the fields of numbers, those of items too, each with its part
// of the schema.
func subjects(t *testing.T, v *Vocabulary) (all []subject) {
	t.Helper()
	c := compiler(t, v)
	for _, f := range v.Fields() {
		pointer := "/properties/" + strings.ReplaceAll(f.Key, ".", "/properties/")
		switch f.Kind {
		case calc.NumberInput, calc.ChangeInput:
			all = append(all, subject{v, &f, part(t, c, pointer)})
		case calc.ItemsInput:
			for i := range f.Items {
				if item := &f.Items[i]; item.Kind == calc.NumberInput {
					all = append(all, subject{v, item, part(t, c, "/$defs/items-of-"+f.Key+"/items/properties/"+item.Key)})
				}
			}
		}
	}
	return all
}

// loads tells what the loader finds wrong with the value of a field, written in
// YAML; empty where it finds nothing.
func (s subject) loads(t *testing.T, text string) string {
	t.Helper()
	doc := &calc.Document{Name: "mine.yaml", Text: text}
	root, problem := parse(doc)
	if problem != nil || root == nil {
		t.Fatalf("%q is no YAML", text)
	}
	r := reader{doc: doc, vocabulary: s.vocabulary, inputs: calc.Inputs{}}
	r.input(s.field, root)
	if len(r.problems) == 0 {
		return ""
	}
	return retell(r.problems)
}

// fits tells whether the value fits the field's schema.
func (s subject) fits(t *testing.T, value any) bool {
	t.Helper()
	return s.schema.Validate(value) == nil
}

// A writer writes numbers by the grammar of number.go, and now and then beside
// it: at the bounds, with too much or too little of everything.
type writer struct{ *rand.Rand }

func (w writer) one(words ...string) string { return words[w.IntN(len(words))] }

// rarely gives the other word once in twenty times.
func (w writer) rarely(other, usual string) string {
	if w.IntN(20) == 0 {
		return other
	}
	return usual
}

// digits writes a number without a sign and with at most ten digits, so that no
// arithmetic blurs it: a small one, mostly below a hundred, or any.
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
	if f.Unit == calc.Share {
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
	case f.Unit == calc.Years:
		period = w.one("", w.one(" year", " years", " days", "  month", " weeks", " quarters", "\u3000months"))
	case f.Periodic != calc.NoPeriod:
		period = w.rarely("", w.one(" per ", " per ", " per ", "  per\u3000")) + w.one("day", "week", "month", "quarter", "year", w.one("visit", "week"))
	}
	period = w.rarely(w.one("", " per week", " per visit", " per fortnight", " per", "per week", " years", "weeks", " a week", " Per week", " per week per week"), period)
	return w.rarely(" ", "") + text + period + w.rarely("  ", "")
}

// signs are those of a change: none, all of them, or a mixture.
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

// Values are tried as texts, in quotes, and as YAML takes them without. What
// YAML takes for a number is judged by its value; how it was spelled a schema
// never knows.
func TestTheSchemaAcceptsTheNumbersThatTheLoaderDoesAndNoOthers(t *testing.T) {
	const tries = 600
	for i, s := range append(subjects(t, catalogVocabulary()), subjects(t, extremeVocabulary())...) {
		w := writer{rand.New(rand.NewPCG(1, uint64(i)))}
		accepted, refused := 0, 0
		for range tries {
			text := w.text(s.field)
			wrong := s.loads(t, strconv.Quote(text))
			if strings.Contains(wrong, "too large") {
				continue // by what it comes to in a year
			}
			if wrong == "" {
				accepted++
			} else {
				refused++
			}
			if got := s.fits(t, text); got != (wrong == "") {
				t.Errorf("the schema of %s accepts %q: %v, and the loader finds %q", s.field.Key, text, got, wrong)
			}
			s.compareUnquoted(t, text)
			if t.Failed() && accepted+refused > 100 {
				t.FailNow()
			}
		}
		if least := tries / 10; accepted < least || refused < least {
			t.Errorf("of %d values of %s %d are accepted and %d refused, want %d of each at least", tries, s.field.Key, accepted, refused, least)
		}
	}
}

// compareUnquoted compares schema and loader on a value without quotes, if that
// is YAML.
func (s subject) compareUnquoted(t *testing.T, text string) {
	t.Helper()
	doc := &calc.Document{Name: "mine.yaml", Text: text}
	root, problem := parse(doc)
	value, err := decoded(text)
	if problem != nil || root == nil || err != nil {
		return
	}
	wrong, fits := s.loads(t, text), s.fits(t, value)
	if number, ok := value.(float64); ok {
		if wrong == "" && !fits {
			t.Errorf("the schema of %s refuses the number %s, which the loader accepts", s.field.Key, text)
		}
		wrong = s.loads(t, clearly(s.field, strconv.FormatFloat(number+0, 'f', -1, 64)))
	}
	if fits != (wrong == "") {
		t.Errorf("the schema of %s accepts %s without quotes: %v, and the loader finds %q", s.field.Key, text, fits, wrong)
	}
}

func TestRangesWrittenLongAndCorrelationsAreToldApartAsTheLoaderDoes(t *testing.T) {
	const (
		spend = "customer: {spend: {%s}}"
		leave = "word_of_mouth: {leave: {%s}}"
		other = "%s"
	)
	agree(t, []formed{
		{spend, "low: 40 per week, high: 60 per week", true},
		{spend, "low: 40, high: 60 per week", true},
		{spend, "low: 40, likely: 45, high: 60 per visit", true},
		{spend, "low: 40 per week, high: 60", false},
		{spend, "low: 40 per week", false},
		{spend, "high: 60 per week", false},
		{spend, "likely: 60 per week", false},
		{spend, "shape: normal", false},
		{spend, "value: 50 per week, low: 40, high: 60 per week", false},
		{spend, "value: 50 per week, shape: normal", false},
		{spend, "low: 40, high: 60 per week, source: till, owner: Ann, date: 2026-05-01, expires: 2027-05-01", true},
		{spend, "low: 40, high: 60 per week, remark: by hand", false},
		{spend, "low: , high: 60 per week", false},
		{spend, "low: {value: 40}, high: 60 per week", false},
		{spend, "low: -40, high: 60 per week", false},
		{spend, "low: 40, high: forever", false},
		{spend, "low: 40, high: 60 per week, shape: normal", true},
		{spend, "low: 40, high: 60 per week, shape: lognormal, interval: 95%", true},
		{spend, "low: 40, high: 60 per week, shape: normal, interval: 0.95", true},
		{spend, "low: 40, high: 60 per week, shape: normal, interval: 95", false},
		{spend, "low: 40, high: 60 per week, shape: normal, interval: 100%", false},
		{spend, "low: 40, high: 60 per week, shape: normal, interval: 0%", false},
		{spend, "low: 40, high: 60 per week, interval: 95%", false},
		{spend, "low: 40, likely: 45, high: 60 per week, shape: pert, interval: 95%", false},
		{spend, "low: 40, likely: 45, high: 60 per week, shape: normal", false},
		{spend, "low: 40, likely: 45, high: 60 per week, shape: triangular", true},
		{spend, "low: 40, high: 60 per week, shape: triangular", false},
		{spend, "low: 40, high: 60 per week, shape: uniform", true},
		{spend, "low: 40, likely: 45, high: 60 per week, shape: uniform", false},
		{spend, "low: 40, high: 60 per week, shape: round", false},
		{spend, "low: 40, high: 60 per week, shape: beta", false},
		{leave, "low: 20%, high: 40%, shape: beta", true},
		{leave, "low: 0.2, high: 0.4", true},
		{leave, "low: 20, high: 40%", false},
		{leave, "low: 20%, high: 140%", false},
		{other, "customer: {years: {low: 6, high: 18 months}}", true},
		{other, "winback: {second_life: {ramp_years: {low: 120, high: 240 months}}}", true},
		{other, "winback: {second_life: {ramp_years: {low: 120, high: 240}}}", false},
		{other, "programme: {churn_after: {low: -5pp, high: -3pp}}", true},
		{other, "programme: {churn_after: {low: -5, high: -3}}", false},
		{other, "customer: {paid: {low: start, high: end}}", false},
		{other, "word_of_mouth: {tells: {low: 3, high: 5}}", false},
		{other, "word_of_mouth: {tells: [{low: 3, high: 5}, 2]}", true},
		{other, "tiers: [{name: gold, customers: 5, spend: {low: 3, high: 5 per week}}]", true},
		{other, "tiers: [{name: gold, customers: {low: 3, high: 5}, spend: 3 per week}]", false},

		{other, "correlations: [{between: [customer.spend, customer.years], rank: 0.4}]", true},
		{other, "correlations: [{between: [word_of_mouth.tells.1, tiers.2.spend], rank: -40%}]", true},
		{other, "correlations:", true},
		{other, "correlations: {between: [customer.spend, customer.years], rank: 0.4}", false},
		{other, "correlations: [{between: [customer.spend, customer.years]}]", false},
		{other, "correlations: [{rank: 0.4}]", false},
		{other, "correlations: [{between: [customer.spend, customer.years], rank: 40}]", false},
		{other, "correlations: [{between: [customer.spend, customer.years], rank: 140%}]", false},
		{other, "correlations: [{between: [customer.spend], rank: 0.4}]", false},
		{other, "correlations: [{between: [customer.spend, customer.spend], rank: 0.4}]", false},
		{other, "correlations: [{between: [customer.spend, customer.yaers], rank: 0.4}]", false},
		{other, "correlations: [{between: [word_of_mouth.tells.0, customer.years], rank: 0.4}]", false},
		{other, "correlations: [{between: [customer.spend, customer.years], rank: 0.4, remark: by hand}]", false},
	})
}

func TestWhatStandsBesideTheInputsIsTakenAsTheLoaderTakesIt(t *testing.T) {
	agree(t, []formed{
		{"%s", "name: Half a lettuce", true},
		{"%s", "name: 2026", true},
		{"%s", "name: true", true},
		{"%s", "name: 半棵生菜", true},
		{"%s", "name:", false},
		{"%s", `name: "\u3000 "`, false},
		{"%s", `name: "a\tb"`, false},
		{"%s", `name: "a\u202eb"`, false},
		{"%s", "name: [a]", false},
		{"%s", "currency: CNY", true},
		{"%s", "currency: ABC", false},
		{"%s", "currency: usd", false},
		{"%s", "currency:", false},
		{"%s", "gates:", true},
		{"%s", "gates: []", true},
		{"%s", "gates: [loss.total <= 3]", true},
		{"%s", "gates: loss.total <= 3", false},
		{"%s", "acknowledge:", true},
		{"%s", "acknowledge: [word_of_mouth.leave, winback.second_life.spend, tiers]", true},
		{"%s", "acknowledge: [word_of_mouth]", false},
		{"%s", "acknowledge: [word_of_mouth.leav]", false},
		{"%s", "acknowledge: word_of_mouth.leave", false},
		{"customer:%s", "", true},
		{"customer: %s", "{}", true},
		{"customer: %s", "[]", false},
		{"customer: {paid: %s}", "end", true},
		{"customer: {paid: %s}", "{value: end, source: contract}", true},
		{"customer: {paid: %s}", "{source: contract}", false},
		{"customer: {paid: %s}", "{value: late}", false},
		{"word_of_mouth: {tells: %s}", "benchmark", true},
		{"word_of_mouth: {tells: %s}", "{value: benchmark, source: us}", true},
		{"word_of_mouth: {tells: %s}", "{value: [3..5, {value: 2, owner: Ann}], date: 2026-05-01}", true},
		{"word_of_mouth: {tells: %s}", "benchmarks", false},
		{"word_of_mouth: {tells: %s}", "[benchmark, 5]", false},
		{"word_of_mouth: {tells: %s}", "[]", false},
		{"word_of_mouth: {tells: %s}", "[11, -5]", false},
		{"word_of_mouth: {tells: %s}", "11", false},
		{"customer: {retention: %s}", "84%", true},
		{"customer: {retention: %s}", "[84%]", true},
		{"customer: {retention: %s}", "[84%, 0.91, 70%..80%]", true},
		{"customer: {retention: %s}", "[98% per month, 99% per month]", true},
		{"customer: {retention: %s}", "{value: [84%, 91%], source: us}", true},
		{"customer: {retention: %s}", "[84%, {value: 91%, source: us}, {low: 80%, high: 90%}]", true},
		{"customer: {retention: %s}", "[]", false},
		{"customer: {retention: %s}", "[84%, 101%]", false},
		{"customer: {retention: %s}", "[84%, -1%]", false},
		{"customer: {retention: %s}", "[84%, gold]", false},
		{"customer: {retention: %s}", "[[84%]]", false},
		{"customer: {retention: %s}", "[84%, benchmark]", false},
		{"customer: {retention: %s}", "benchmark", false},
		{"customer: {retention: %s}", "{low: [84%], high: 91%}", false},
		{"customer: {tenure: %s}", "[1, 2]", false},
		{"programme: {saved_retention: %s}", "[84%, 91%]", true},
		{"winback: {second_life: {retention: %s}}", "[84%, 91%]", true},
		{"customer: {growth: %s}", "-99.99%", true},
		{"customer: {growth: %s}", "-0.9", true},
		{"customer: {growth: %s}", "400%", true},
		{"customer: {growth: %s}", "-5%..5%", true},
		{"customer: {growth: %s}", "-100%", false},
		{"customer: {growth: %s}", "-1", false},
		{"customer: {growth: %s}", "-100%..5%", false},
		{"customer: {growth: %s}", "-101%", false},
		{"customer: {growth: %s}", "-100% per month", false},
		{"customer: {growth: %s}", "-50% per month", true},
		{"customer: {period: %s}", "month", true},
		{"customer: {period: %s}", "months", false},
		{"customer: {renews: %s}", "year", true},
		{"customer: {renews: %s}", "never", false},
		{"customer: {tenure: %s}", "18 months", true},
		{"customer: {tenure: %s}", "forever", false},
		{"tiers: [%s]", "{name: gold, customers: 3, spend: 5 per week}", true},
		{"tiers: [%s]", "{name: {value: gold, owner: Ann}, customers: 3, spend: 5 per week}", true},
		{"tiers: [%s]", "{name: 1, customers: 3, spend: 5 per week}", true},
		{"tiers: [%s]", "{name: , customers: 3, spend: 5 per week}", false},
		{"tiers: [%s]", "{name: gold, customers: 3}", false},
		{"tiers: [%s]", "gold", false},
		{"tiers: [%s]", "", false},
	})
}

// A formed is a scenario, or the part of one that a form leaves open, and whether
// there is nothing wrong with it.
type formed struct {
	form, text string
	fits       bool
}

// agree holds both the loader and the schema to a list of scenarios.
func agree(t *testing.T, cases []formed) {
	t.Helper()
	v := catalogVocabulary()
	s := compiled(t, v, "")
	for _, c := range cases {
		text := fmt.Sprintf(c.form, c.text)
		_, wrong := Read("mine.yaml", []byte("version: 1\n"+text+"\n"), v)
		if (wrong == nil) != c.fits {
			t.Errorf("the loader finds %v in %q, want that it accepts it: %v", wrong, text, c.fits)
		}
		value, err := decoded("version: 1\n" + text + "\n")
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(value); (err == nil) != c.fits {
			t.Errorf("the schema finds %v in %q, want that it fits: %v", err, text, c.fits)
		}
	}
}

// What is listed here is all that is known to part them.
func TestWhereTheSchemaPartsFromTheLoaderIsKnown(t *testing.T) {
	byKey := map[string]subject{}
	for _, s := range subjects(t, catalogVocabulary()) {
		byKey[s.field.Key] = s
	}
	for _, c := range []struct {
		claim, key, text string
		loads            bool // and the schema does the contrary
	}{
		{"the order of the bounds", "word_of_mouth.leave", "40%..20%", false},
		{"one way of writing all bounds of a range written long", "word_of_mouth.leave", "{low: 0.2, high: 40%}", false},
		{"one period for a range written long", "customer.spend", "{low: 40 per month, high: 60 per week}", false},
		{"what an exponent comes to, above", "word_of_mouth.leave", "1e3%", false},
		{"what an exponent comes to, below", "acquisition.win_cost", `"1e-999"`, false},
		{"numbers beyond a float64", "acquisition.win_cost", "1e999..2e999", false},
		{"what a rate grows to in a year", "customer.discount", "5000% per day", false},
		{"what a rate shrinks to in a year, to the digits of a float64", "customer.growth", "-99% per month", false},
		{"digits beyond those of a float64", "word_of_mouth.leave", "100.00000000000000000001%", true},
		{"more characters than a number may have", "acquisition.win_cost", `"` + strings.Repeat("1_", 60) + `1"`, false},
		{"a range of one number", "customers", "3..3", true},
		{"one period for a list", "customer.retention", "[98% per month, 84%]", false},
		{"a zero before other digits, without quotes", "customer.years", "010", false},
		{"a thousand or a decimal, without quotes", "acquisition.win_cost", "1.200", false},
		{"a thousand or a decimal that has no zero, without quotes", "acquisition.win_cost", "1.234", false},
		{"hexadecimal digits, without quotes", "customer.years", "0x10", false},
		{"a point without digits before it, without quotes", "customer.years", ".5", false},
		{"a sign that could be that of a change, without quotes", "programme.churn_after", "+0.15", false},
		{"how a long range of another shape must lie", "customer.margin", "{low: 0%, high: 40%, shape: beta}", false},
		{"whether a beta can be fitted", "customer.margin", "{low: 50%, high: 50.0000000000001%, shape: beta}", false},
	} {
		s := byKey[c.key]
		value, err := decoded(c.text)
		if err != nil {
			t.Fatal(err)
		}
		if wrong := s.loads(t, c.text); (wrong == "") != c.loads {
			t.Errorf("%s: the loader finds %q in %s: %s, want that it accepts it: %v", c.claim, wrong, c.key, c.text, c.loads)
		}
		if fits := s.fits(t, value); fits == c.loads {
			t.Errorf("%s: the schema accepts %s: %s: %v, as the loader does", c.claim, c.key, c.text, fits)
		}
	}
}

func TestDaysAreThoseOfTheCalendar(t *testing.T) {
	s := compiled(t, catalogVocabulary(), "/$defs/date")
	for _, year := range []int{0, 1, 1900, 2000, 2024, 2026, 9999} {
		for month := range 14 {
			for day := range 33 {
				text := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
				if got, want := s.Validate(text) == nil, IsDate(text); got != want {
					t.Errorf("the schema accepts the date %s: %v, want %v", text, got, want)
				}
			}
		}
	}
	for year := range 10_000 {
		text := fmt.Sprintf("%04d-02-29", year)
		if got, want := s.Validate(text) == nil, IsDate(text); got != want {
			t.Errorf("the schema accepts the date %s: %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"", "2026-5-1", "1.5.2026", "2026-05-01T00:00:00Z", "026-05-01", "2026-05-01 ", "20260501"} {
		if s.Validate(text) == nil {
			t.Errorf("the schema accepts the date %q", text)
		}
	}
}

func TestGatesHaveTheFormThatCheckWants(t *testing.T) {
	v := catalogVocabulary()
	s := compiled(t, v, "/properties/gates/items")
	holds := func(text string) {
		t.Helper()
		_, err := gate.Parse(text)
		if got := s.Validate(text) == nil; got != (err == nil) {
			t.Errorf("the schema accepts the gate %q: %v, and check finds %v", text, got, err)
		}
	}
	for _, c := range catalog.All() {
		for _, f := range c.Metrics() {
			holds(f.Metric + " <= 1")
			holds(f.Metric + ".change < -2.5%")
		}
	}
	w := writer{rand.New(rand.NewPCG(2, 0))}
	accepted, refused := 0, 0
	const tries = 5000
	for range tries {
		condition := w.rarely(w.one("", "loss total", "<="), w.one("loss.total", "loss.total.change", "tiers.top20_share")) + w.one(" ", "", "  ") +
			w.rarely(w.one("=", "==", "!=", "=<", "<>", "< =", "", "=>"), w.one("<=", ">=", "<", ">")) + w.one(" ", "", "\u3000") +
			w.one("", "", "-", "+", w.rarely("--", "")) + w.digits(false) + w.one("", "", "%", " %", "pp", w.rarely("%%", ""))
		if w.IntN(3) == 0 {
			condition = strings.Replace(condition, ".change", "", 1)
			condition = w.rarely("chance (", "chance(") + condition + w.rarely("", ")") + w.one(" >= ", "<", w.rarely("", ">")) +
				w.rarely("-", "") + w.digits(true) + w.one("%", "%", "%", "", w.rarely("pp", ""))
		}
		holds(w.rarely(" ", "") + condition + w.rarely(" ", ""))
		if s.Validate(condition) == nil {
			accepted++
		} else {
			refused++
		}
	}
	if least := tries / 10; accepted < least || refused < least {
		t.Errorf("of %d gates %d are accepted and %d refused, want %d of each at least", tries, accepted, refused, least)
	}
}

// Scenarios in the sessions of the command line are accepted by the schema when
// the loader reads them, and refused when it does not, but for these.
var sessionsBeyondTheSchema = map[string]string{
	"chance.txtar/wrong.yaml":            "gates are judged by check, not by the loader; the schema knows their form",
	"sessions_lifetime.txtar/mixed.yaml": "a schema cannot tell whether the elements of a list are for one period",
}

func TestTheSchemaAndTheLoaderAgreeOnTheScenariosOfTheSessions(t *testing.T) {
	v := catalogVocabulary()
	s := compiled(t, v, "")
	scripts, err := filepath.Glob("../cmd/testdata/script/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no sessions are found: %v", err)
	}
	files := 0
	for _, script := range scripts {
		archive, err := txtar.ParseFile(script)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range archive.Files {
			name := filepath.Base(script) + "/" + file.Name
			value, err := decoded(string(file.Data))
			if !strings.HasSuffix(name, ".yaml") || err != nil {
				continue
			}
			files++
			_, wrong := Read("mine.yaml", file.Data, v)
			fits := s.Validate(value)
			if reason, beyond := sessionsBeyondTheSchema[name]; (fits == nil) != (wrong == nil) != beyond {
				t.Errorf("%s: the schema finds %v, and the loader %v; known to part them: %q", name, fits, wrong, reason)
			}
		}
	}
	if least := 5; files < least {
		t.Errorf("%d scenarios are found in the sessions, want %d at least", files, least)
	}
}
