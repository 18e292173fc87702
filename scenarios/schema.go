package scenarios

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/scenarios/currency"
)

// Schema writes the JSON Schema of a scenario, draft 2020-12, for editors and
// for validators that know nothing of churncost. It refuses all that Read
// refuses, save what no schema can know: how YAML was spelled before it became
// JSON (010, tags, a key that stands twice; 1.200 without quotes, which is the
// same number as 1.2, and 1.234, which is 1.2340), which end of a range is the higher,
// what a number with an exponent comes to, whether the elements of a list are for one
// period, and whatever lies beyond the digits
// of a float64. It minds three things more: gates must have the form that check
// wants, keys that say the same thing twice exclude each other, and a number
// that cannot be a range is not written as one.
//
// Patterns keep to what the regular expressions of ECMAScript, Python and RE2
// have in common. Of the keywords, editors that stop at draft 7 know all but
// $defs. A patternErrorMessage is what an editor says in the place of a pattern;
// validators pass it over, a few only when they are told not to be strict.
func Schema(v *Vocabulary) []byte {
	d := definitions{v, schema{}, class(isGap, "")}
	d.defs["text"] = long("text", schema{
		"type":                []string{"string", "number", "boolean"},
		"pattern":             "^" + d.space + "*" + class(either(isGap, Unprintable), "^") + class(Unprintable, "^") + "*$",
		"patternErrorMessage": "write a text in one line, without invisible characters",
	})
	d.defs["value-or-range"] = valueOrRange()
	d.defs["one-reading"] = schema{"pattern": oneReading(), "patternErrorMessage": "a number such as 1.200 could be a thousand or a decimal: write 1_200, or 1.2"}
	d.defs["interval"] = schema{"description": "the probability between low and high", "type": []string{"number", "string"},
		"exclusiveMinimum": 0, "exclusiveMaximum": 1, "pattern": d.intervalPattern(), "patternErrorMessage": "write a share, such as 90%"}
	d.defs["date"] = schema{"type": "string", "pattern": datePattern(), "patternErrorMessage": "write it as 2026-05-01"}

	root := d.group("")
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "A scenario of churncost, version " + Version
	root["type"] = "object"
	root["required"] = []string{"version"}
	root["$defs"] = d.defs
	properties := root["properties"].(schema)
	properties["version"] = schema{"description": "version of the scenario language", "enum": []any{json.Number(Version), Version}}
	properties["name"] = words()
	properties["name"].(schema)["description"] = "what the scenario is called"
	properties["currency"] = schema{"description": "ISO 4217 code of the currency that amounts are in; USD if left out", "enum": currencies()}
	properties["gates"] = schema{"description": "what must hold, as churncost check judges it: METRIC <= LIMIT, METRIC.change <= LIMIT, or chance(METRIC <= LIMIT) >= SHARE",
		"type": []string{"array", "null"}, "items": schema{"type": "string", "pattern": d.gatePattern(),
			"patternErrorMessage": "write METRIC <= LIMIT, such as loss.total <= 400000"}}
	properties["acknowledge"] = schema{"description": "keys whose weak evidence, or want of a source, is known, so that --strict lets them pass",
		"type": []string{"array", "null"}, "items": schema{"enum": inputKeys(v)}}
	properties["correlations"] = d.correlations()

	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	// Texts, numbers and lists of them always encode.
	_ = encoder.Encode(root)
	return inSight(b.Bytes())
}

// A schema is a JSON Schema or a part of one. Its keywords are written in the
// order of the alphabet.
type schema = map[string]any

// definitions gathers the kinds of value that keys have. A kind that many keys
// share is written once.
type definitions struct {
	vocabulary *Vocabulary
	defs       schema
	space      string // the class of the characters that part words
}

// group describes the keys of a group: those and no others. A group whose keys
// are all commented out is null to YAML.
func (d *definitions) group(path string) schema {
	properties := schema{}
	var twice []any
	for _, name := range d.vocabulary.groups[path] {
		key := strings.TrimPrefix(path+"."+name, ".")
		f := d.vocabulary.Field(key)
		if f == nil {
			properties[name] = d.group(key)
			continue
		}
		properties[name] = d.field(f)
		if other, beside := strings.CutPrefix(f.NotWith, path+"."); beside && !strings.Contains(other, ".") {
			twice = append(twice, schema{"if": schema{"required": []string{name}}, "then": schema{"properties": schema{other: false}}})
		}
	}
	s := schema{"type": []string{"object", "null"}, "properties": properties, "additionalProperties": false}
	if len(twice) > 0 {
		s["allOf"] = twice
	}
	return s
}

// field describes the value of one key.
func (d *definitions) field(f *calc.Field) schema {
	s := d.input(f)
	s["description"] = describe(f)
	return s
}

// describe says what a key means, as --help does, and which figure the word
// benchmark stands for.
func describe(f *calc.Field) string {
	text := f.Help
	terms := f.Terms()
	if len(f.Evidence) > 0 && !f.Benchmark {
		terms = strings.TrimPrefix(fmt.Sprintf("%s; benchmark is %s, grade %s", terms, f.Evidence[0].Text, f.Evidence[0].Grade), "; ")
	}
	if terms != "" {
		text += " [" + terms + "]"
	}
	return text
}

func (d *definitions) input(f *calc.Field) schema {
	switch f.Kind {
	case calc.ItemsInput:
		return d.items(f)
	case calc.ChoiceInput:
		word := schema{"enum": f.Choices}
		return schema{"anyOf": []any{word, schema{"type": "object", "properties": ledger(word), "required": []string{"value"}, "additionalProperties": false}}}
	case calc.TextInput:
		return ref("text")
	case calc.ListInput:
		return ref(d.list(f))
	}
	number := ref(d.number(f, len(f.Evidence) > 0))
	if f.OrList {
		element := elementOf(f)
		return schema{"anyOf": []any{number, ref(d.list(&element))}}
	}
	return number
}

func ref(name string) schema { return schema{"$ref": "#/$defs/" + name} }

// long lets a value be written long too, as a mapping that says where it comes
// from. The value is then what the definition of that name describes, but no
// mapping again.
func long(name string, value schema) schema {
	types := value["type"].([]string)
	s := maps.Clone(value)
	s["type"] = append(types[:len(types):len(types)], "object")
	s["properties"] = ledger(schema{"$ref": "#/$defs/" + name, "type": types})
	s["required"] = []string{"value"}
	s["additionalProperties"] = false
	return s
}

// ledger describes the keys of what is written long.
func ledger(value schema) schema {
	properties := schema{}
	for _, key := range ledgerKeys {
		switch key {
		case "value":
			properties[key] = value
		case "date", "expires":
			properties[key] = ref("date")
		default:
			properties[key] = words()
		}
	}
	return properties
}

// words describes a text that cannot be written long. What YAML takes for a
// number or for true is a text here.
func words() schema {
	return schema{"$ref": "#/$defs/text", "type": []string{"string", "number", "boolean"}}
}

// spread lets a number that was defined be written as a range written long too.
func (d *definitions) spread(name string, f *calc.Field) {
	s := d.defs[name].(schema)
	delete(s, "required")
	s["allOf"] = append([]any{ref("value-or-range")}, readings(f)...)
	properties := s["properties"].(schema)
	ends := func(w writing) schema {
		value := schema{"type": []string{"number", "string"}, "pattern": d.numberPattern(f, w, false), "patternErrorMessage": remedy(f)}
		if once := readings(f); once != nil {
			value["allOf"] = once
		}
		if w == highEnd && f.Periodic == calc.Needed {
			value["type"] = []string{"string"}
			return value
		}
		numberBounds(value, f)
		if w == lowEnd && f.Unit == calc.Years {
			delete(value, "maximum") // it may be a number of days, as high is
		}
		return value
	}
	d.defs["low-end-of-"+name], d.defs["high-end-of-"+name] = ends(lowEnd), ends(highEnd)
	properties["low"], properties["likely"], properties["high"] = ref("low-end-of-"+name), ref("low-end-of-"+name), ref("high-end-of-"+name)
	shapes := calc.Shapes()
	if f.Unit != calc.Share {
		shapes = slices.DeleteFunc(shapes, func(shape string) bool { return shape == string(calc.Beta) })
	}
	properties["shape"] = schema{"enum": shapes}
	properties["interval"] = ref("interval")
}

// valueOrRange says which keys of a long input go together: a value, or the ends
// of a range with what its shape asks for.
func valueOrRange() schema {
	never := func(keys ...string) schema {
		properties := schema{}
		for _, key := range keys {
			properties[key] = false
		}
		return schema{"properties": properties}
	}
	shaped := func(is func(calc.ShapeKind) bool, then schema) schema {
		words := slices.DeleteFunc(calc.Shapes(), func(shape string) bool { return !is(calc.ShapeKind(shape)) })
		return schema{"if": schema{"required": []string{"shape"}, "properties": schema{"shape": schema{"enum": words}}}, "then": then}
	}
	spread := never("value")
	spread["required"] = []string{"low", "high"}
	withoutInterval := shaped(func(k calc.ShapeKind) bool { return !k.Bounded() }, never("likely"))
	withoutInterval["else"] = never("interval")
	spread["allOf"] = []any{
		withoutInterval,
		shaped(func(k calc.ShapeKind) bool { return k == calc.Uniform }, never("likely")),
		shaped(func(k calc.ShapeKind) bool { return k == calc.Triangular || k == calc.PERT }, schema{"required": []string{"likely"}}),
	}
	var begun []any
	for _, key := range spreadKeys {
		begun = append(begun, schema{"required": []string{key}})
	}
	return schema{"if": schema{"type": "object", "anyOf": begun}, "then": spread, "else": schema{"required": []string{"value"}}}
}

// intervalPattern is a share above 0 and below 1.
func (d *definitions) intervalPattern() string {
	return `^` + d.space + `*\+?` + alternatives(
		alternatives(belowOne, `[1-9](?:_?[0-9])?`+fraction, alternatives(belowOne, oneAndAbove)+exponent)+d.space+`*(?:%|pp)`,
		belowOne, alternatives(belowOne, oneAndAbove)+exponent) + d.space + `*$`
}

// correlations describes the list of rank correlations between inputs, also
// between elements of lists.
func (d *definitions) correlations() schema {
	gap := d.space + "*"
	elements := []string{}
	for _, f := range d.vocabulary.fields {
		key := strings.ReplaceAll(f.Key, `.`, `\.`) + `\.[1-9][0-9]*`
		switch {
		case f.Lists():
			elements = append(elements, key)
		case f.Kind == calc.ItemsInput:
			var names []string
			for i := range f.Items {
				names = append(names, f.Items[i].Key)
			}
			elements = append(elements, key+`\.`+alternatives(names...))
		}
	}
	key := schema{"anyOf": []any{schema{"enum": inputKeys(d.vocabulary)}, schema{"type": "string", "pattern": `^` + alternatives(elements...) + `$`}}}
	rank := schema{"type": []string{"number", "string"}, "minimum": -1, "maximum": 1, "patternErrorMessage": "write a number from -1 to 1",
		"pattern": `^` + gap + `[-+]?` + alternatives(magnitude(true, true, 1, exponent), magnitude(true, true, 100, exponent)+gap+`(?:%|pp)`) + gap + `$`}
	item := schema{"type": "object", "additionalProperties": false, "required": []string{"between", "rank"}, "properties": schema{
		"between": schema{"type": "array", "minItems": 2, "maxItems": 2, "uniqueItems": true, "items": key},
		"rank":    rank,
	}}
	return schema{"description": "rank correlations between inputs that are ranges, which simulate draws together", "type": []string{"array", "null"}, "items": item}
}

// items describes a list of things.
func (d *definitions) items(f *calc.Field) schema {
	properties, required := schema{}, []string{}
	for i := range f.Items {
		item := &f.Items[i]
		properties[item.Key] = d.field(item)
		if item.Required() {
			required = append(required, item.Key)
		}
	}
	item := schema{"type": "object", "properties": properties, "additionalProperties": false, "required": required}
	name := "items-of-" + f.Key
	d.defs[name] = long(name, schema{"type": []string{"array"}, "minItems": 1, "items": item})
	return ref(name)
}

// list defines a list of numbers.
func (d *definitions) list(f *calc.Field) (name string) {
	element := d.number(f, false)
	name = "list-of-" + element
	value := schema{"type": []string{"array"}, "minItems": 1, "items": ref(element)}
	if len(f.Evidence) > 0 {
		name += "-or-benchmark"
		value["type"] = []string{"array", "string"}
		value["pattern"] = "^benchmark$"
	}
	d.defs[name] = long(name, value)
	return name
}

// number defines a number or a change. What tells one such definition from
// another is in its name.
func (d *definitions) number(f *calc.Field, benchmark bool) (name string) {
	name = strings.ReplaceAll(string(f.Unit), "/", "-a-")
	if f.Kind == calc.ChangeInput {
		name = "change-of-" + name
	}
	switch {
	case f.MinOpen:
		name += "-above-" + short(f.Min)
	case math.IsInf(f.Min, -1):
		name += "-signed"
	case f.Min != 0:
		name += "-from-" + short(f.Min)
	}
	if !math.IsInf(f.Max, 1) {
		name += "-to-" + short(f.Max)
	}
	types := []string{"number", "string"}
	switch {
	case f.Periodic == calc.Needed:
		name += "-per-period"
		types = types[1:]
	case f.Periodic != calc.NoPeriod:
		name += "-with-or-without-period"
	}
	for _, trait := range [...]struct {
		has  bool
		name string
	}{{f.Counted != "", "-or-visit"}, {f.Forever, "-or-forever"}, {f.NoRange, "-exact"}, {benchmark, "-or-benchmark"}} {
		if trait.has {
			name += trait.name
		}
	}
	if d.defs[name] != nil {
		return name
	}
	value := schema{"type": types, "pattern": d.numberPattern(f, inFull, benchmark), "patternErrorMessage": remedy(f)}
	if once := readings(f); once != nil {
		value["allOf"] = once
	}
	if f.Periodic != calc.Needed {
		numberBounds(value, f)
	}
	d.defs[name] = long(name, value)
	if !f.NoRange {
		d.spread(name, f)
	}
	return name
}

// readings are what a number of money or people must be beside its pattern.
func readings(f *calc.Field) []any {
	if _, _, both := twoReadings(f, "1.200"); !both {
		return nil
	}
	return []any{ref("one-reading")}
}

// oneReading is the pattern of a text none of whose numbers could be a thousand
// or a decimal. What parts them holds no digit, and no single point.
func oneReading() string {
	const (
		// As many digits as a thousand has before its point, but with an underscore;
		// or more.
		otherWhole = `(?:[1-9]_[0-9](?:_?[0-9])?|[1-9][0-9]_[0-9]|[1-9](?:_?[0-9]){3,})`
		// The same of the three digits behind it, or fewer.
		otherFraction = `(?:[0-9](?:_?[0-9])?|[0-9]_[0-9]_?[0-9]|[0-9]{2}_[0-9]|[0-9](?:_?[0-9]){3,})`
		plain         = `[1-9][0-9]{0,2}`
		gap           = `(?:[^0-9.]|\.\.)`
	)
	one := alternatives(zero, belowOne, plain+`(?:\.`+otherFraction+`)?`, otherWhole+fraction, alternatives(zero, belowOne, oneAndAbove)+exponent)
	return `^` + gap + `*(?:` + one + gap + `+)*` + one + `?` + gap + `*$`
}

func short(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }

// remedy is what an editor says of a text that is no such number.
func remedy(f *calc.Field) string {
	text := numberHint(f, "")
	switch {
	case f.Unit == calc.Count && f.Periodic == calc.Needed:
		text = "write how often, such as 4..6 per year"
	case f.NoRange:
		text = "write one number, no range"
	}
	switch {
	case f.Kind == calc.ChangeInput:
		return text
	case f.MinOpen:
		text += "; above " + limitText(f, f.Min)
	case !math.IsInf(f.Min, -1) && f.Min != 0:
		text += "; at least " + limitText(f, f.Min)
	}
	if !math.IsInf(f.Max, 1) {
		text += "; at most " + limitText(f, f.Max)
	}
	return text
}

// numberBounds bounds a number that YAML itself takes for one. A share without a
// percent sign is below 1, and a change without a sign is a new share.
func numberBounds(value schema, f *calc.Field) {
	switch {
	case f.Kind == calc.ChangeInput:
		value["minimum"] = 0
	case f.MinOpen:
		value["exclusiveMinimum"] = f.Min
	case !math.IsInf(f.Min, -1):
		value["minimum"] = f.Min
	}
	switch {
	case f.Unit == calc.Share && f.Max >= 1:
		value["exclusiveMaximum"] = 1
	case !math.IsInf(f.Max, 1):
		value["maximum"] = f.Max
	}
}

// The parts of a number, as isNumber and parseFloat know them: single
// underscores between digits, and no zero before another digit.
const (
	afterFirst = `(?:_?[0-9])*`
	fraction   = `(?:\.[0-9]` + afterFirst + `)?`
	exponent   = `[eE][-+]?[0-9]` + afterFirst

	zero        = `0(?:\.0(?:_?0)*)?`
	belowOne    = `0\.(?:0_?)*[1-9]` + afterFirst
	oneAndAbove = `[1-9]` + afterFirst + fraction
)

// writing is the part of a number that a text holds.
type writing int

const (
	inFull  writing = iota // all of it
	lowEnd                 // the low end or likely point of a range written long, whose period may stand with the high end
	highEnd                // the high end
)

// numberPattern is the grammar of number, for one field.
func (d *definitions) numberPattern(f *calc.Field, w writing, benchmark bool) string {
	gap, gaps := d.space+"*", d.space+"+"
	span := func(bound string) string {
		if f.NoRange || w != inFull {
			return bound
		}
		return bound + `(?:` + gap + `\.\.` + gap + bound + `){0,2}`
	}
	low, high := f.Min, f.Max
	if f.Periodic == calc.Needed || f.Periodic == calc.Possible {
		// Bounds other than zero are those of a year, which no pattern can carry over.
		low, high = min(low, 0), math.Inf(1)
	}
	if f.Unit == calc.Years && w == lowEnd {
		high = math.Inf(1)
	}
	var forms []string
	switch {
	case f.Kind == calc.ChangeInput:
		forms = changeForms(span, gap, inPercent(f.Max))
	case f.Unit == calc.Share:
		forms = []string{
			span(bounded(inPercent(low), f.MinOpen, inPercent(high)) + gap + `%`),
			span(bounded(low, f.MinOpen, min(high, 0))), // as nothing from 1 on is
		}
	case f.Unit == calc.Years && math.IsInf(high, 1):
		forms = []string{span(bounded(low, f.MinOpen, high)) + alternatives(gaps+alternatives(periodNames...)+`s?`) + `?`}
	case f.Unit == calc.Years:
		forms = []string{span(bounded(low, f.MinOpen, high))}
		for _, name := range periodNames {
			period, _ := calc.PeriodNamed(name)
			forms = append(forms, span(bounded(low*period.PerAnn, f.MinOpen, high*period.PerAnn))+gaps+name+`s?`)
		}
	default:
		forms = []string{span(bounded(low, f.MinOpen, high))}
	}
	if f.Forever && w == inFull {
		forms = append(forms, "forever")
	}
	text := alternatives(forms...)
	if f.Periodic != calc.NoPeriod {
		names := periodNames
		if f.Counted != "" {
			names = append(names[:len(names):len(names)], "visit")
		}
		text += alternatives(gaps + `per` + gaps + alternatives(names...))
		if f.Periodic != calc.Needed || w == lowEnd {
			text += `?`
		}
	}
	text = gap + text + gap
	if benchmark {
		text = alternatives("benchmark", text)
	}
	return `^` + text + `$`
}

var periodNames = []string{"day", "week", "month", "quarter", "year"}

// inPercent is a share in percent, up to the next whole one.
func inPercent(share float64) float64 { return math.Ceil(calc.Share.Round(share*100, 0)) }

// changeForms are the ways to write a change: points, percentages that are all
// signed, and new shares. Zero needs no sign.
func changeForms(span func(string) string, gap string, most float64) []string {
	all := magnitude(true, true, most, exponent)
	signed := alternatives(`[-+]`+all, zero+alternatives(exponent)+`?`)
	return []string{
		span(`[-+]?` + all + gap + `pp`),
		span(signed + gap + `%`),
		span(all + gap + `%`),
		span(magnitude(true, true, 0, `[eE][0-9]`+afterFirst)), // a sign, even an exponent's, could be that of a change
	}
}

// bounded is the pattern of a number between two bounds. The bounds hold for
// numbers without an exponent; a lower one above 1 is taken for 1, and an upper
// one that is not whole for the next that is.
func bounded(low float64, open bool, high float64) string {
	withZero := low < 0 || low == 0 && !open
	upward := `\+?` + magnitude(withZero, low < 1, high, exponent)
	switch {
	case math.IsInf(low, -1):
		return alternatives(upward, `-`+magnitude(true, true, -low, exponent))
	case low < 0:
		small := append([]string{zero, belowOne}, upTo(-low)...)
		if open {
			small = small[:len(small)-1] // the last is the bound itself
		}
		return alternatives(upward, `-`+alternatives(append(small, alternatives(zero, belowOne, oneAndAbove)+exponent)...))
	case withZero:
		return alternatives(upward, `-`+zero+alternatives(exponent)+`?`)
	}
	return upward
}

// magnitude is the pattern of a number without a sign, up to a bound: zero and
// what lies between it and one only where asked for.
func magnitude(withZero, withParts bool, high float64, exponent string) string {
	var small []string
	if withZero {
		small = append(small, zero)
	}
	if withParts {
		small = append(small, belowOne)
	}
	mantissa := alternatives(append(small[:len(small):len(small)], oneAndAbove)...)
	if math.IsInf(high, 1) {
		return alternatives(mantissa + alternatives(exponent) + `?`)
	}
	if high >= 1 {
		small = append(small, upTo(high)...)
	}
	return alternatives(append(small, mantissa+exponent)...)
}

// upTo is the pattern, in parts, of a number from 1 up to a bound, digit by
// digit: with fewer digits than the bound; with as many, of which the first to
// differ is smaller; or the bound itself.
func upTo(high float64) (parts []string) {
	limit := strconv.FormatFloat(math.Ceil(high), 'f', 0, 64)
	if len(limit) > 1 {
		parts = append(parts, fmt.Sprintf(`[1-9](?:_?[0-9]){0,%d}%s`, len(limit)-2, fraction))
	}
	before := ""
	for i := range len(limit) {
		lowest := byte('0')
		if i == 0 {
			lowest = '1'
		}
		if limit[i] > lowest {
			parts = append(parts, fmt.Sprintf(`%s[%c-%c](?:_?[0-9]){%d}%s`, before, lowest, limit[i]-1, len(limit)-1-i, fraction))
		}
		before += limit[i:i+1] + `_?`
	}
	return append(parts, strings.TrimSuffix(before, `_?`)+`(?:\.0(?:_?0)*)?`)
}

func alternatives(patterns ...string) string { return `(?:` + strings.Join(patterns, `|`) + `)` }

// gatePattern is the form of a gate, on a metric or on the chance of one. Which
// metrics there are is left to check.
func (d *definitions) gatePattern() string {
	gap := d.space + "*"
	op := gap + `(?:<=|>=|<|>)` + gap
	condition := `[a-z][a-z0-9_.]*` + op + `[-+]?` + magnitude(true, true, math.Inf(1), exponent) + alternatives(gap+`(?:%|pp)`) + `?`
	share := alternatives(bounded(0, false, 100)+gap+`%`, bounded(0, false, 0))
	return `^` + gap + alternatives(condition, `chance\(`+gap+condition+gap+`\)`+op+share) + gap + `$`
}

// datePattern is a day of the calendar, leap years and all.
func datePattern() string {
	const leap = `(?:[0-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)`
	return `^(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|` + leap + `-02-29)$`
}

// isGap tells whether a character parts the words of a number, as any space does
// that may stand in a scenario.
func isGap(r rune) bool { return unicode.IsSpace(r) && !Unprintable(r) }

func either(a, b func(rune) bool) func(rune) bool {
	return func(r rune) bool { return a(r) || b(r) }
}

// class is the character class of all that are so, or with a ^ before them of
// all that are not. None of them is beyond 16 bits or means something in a class.
func class(is func(rune) bool, before string) string {
	var b strings.Builder
	b.WriteString("[" + before)
	for r := rune(0); r <= unicode.MaxRune>>4; r++ {
		first := r
		for is(r) {
			r++
		}
		switch r - first {
		case 0:
		case 1:
			b.WriteRune(first)
		default:
			b.WriteString(string(first) + "-" + string(r-1))
		}
	}
	return b.String() + "]"
}

// currencies lists the codes that are known.
func currencies() []string {
	var codes []string
	code := make([]byte, 3)
	var spell func(int)
	spell = func(i int) {
		if i == len(code) {
			if _, known := currency.Named(string(code)); known {
				codes = append(codes, string(code))
			}
			return
		}
		for code[i] = 'A'; code[i] <= 'Z'; code[i]++ {
			spell(i + 1)
		}
	}
	spell(0)
	return codes
}

// inputKeys lists the keys of all inputs.
func inputKeys(v *Vocabulary) []string {
	var keys []string
	for _, f := range v.fields {
		keys = append(keys, f.Key)
	}
	slices.Sort(keys)
	return keys
}

// inSight writes the characters of a JSON text that nobody can see as their
// codes. They stand in strings only, line feeds excepted.
func inSight(text []byte) []byte {
	var b bytes.Buffer
	for _, r := range string(text) {
		if r != '\n' && r != ' ' && (Unprintable(r) || unicode.IsSpace(r)) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.Bytes()
}
