// Package schema writes the JSON Schema of scenarios, draft 2020-12, for editors and for
// programs that know nothing about churncost.
//
// The schema accepts every scenario that scenarios.Read accepts and whose gates name metrics
// that there are, and more. With it an editor completes keys and choices, shows what a key
// means, and marks misspelt keys and metrics, values of the wrong type, numbers without
// digits and words that are not one of the choices. Only churncost check says whether a
// number or a text is right.
//
// It knows the vocabulary of scenarios and the fields, metrics and periods of calc. It
// reads no scenario.
package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/currency"
)

// An object is a JSON Schema or a part of one. Its keywords are written in alphabetical
// order.
type object = map[string]any

// Of writes the schema of the scenarios of these calculators.
//
// Patterns use only what the regular expressions of ECMAScript, Python and RE2 have in
// common. Editors that support only draft 7 know every keyword except $defs. Some editors
// show patternErrorMessage instead of the pattern. Validators ignore it; a few do so only
// outside their strict mode.
func Of(calculators []calc.Calculator) []byte {
	v := scenarios.NewVocabulary(calculators)
	root := group(v, "")
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "A scenario of churncost, version " + scenarios.Version
	root["type"] = "object"
	root["required"] = []string{"version"}
	root["$defs"] = definitions(v)
	maps.Copy(root["properties"].(object), object{
		"version":     object{"description": "version of the scenario language", "enum": []any{json.Number(scenarios.Version), scenarios.Version}},
		"name":        described("what the scenario is called", ref("words")),
		"currency":    object{"description": "ISO 4217 code of the currency that amounts are in; USD if left out", "enum": currency.Codes()},
		"gates":       list("what must hold, as churncost check judges it: METRIC <= LIMIT, METRIC.change <= LIMIT, or chance(METRIC <= LIMIT) >= SHARE", gate(calculators)),
		"acknowledge": list("keys whose weak evidence, or want of a source, is known, so that --strict lets them pass", ref("key")),
		"correlations": list("rank correlations between inputs that are ranges, which simulate draws together", closed(object{
			"between": object{"type": "array", "minItems": 2, "maxItems": 2, "items": object{"anyOf": []any{ref("key"), ref("element")}}},
			"rank":    object{"$ref": "#/$defs/plain", "minimum": -1, "maximum": 1},
		}, "between", "rank")),
	})

	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(root) // strings, numbers and lists of them can always be encoded
	return b.Bytes()
}

func ref(name string) object { return object{"$ref": "#/$defs/" + name} }

func described(text string, s object) object {
	s["description"] = text
	return s
}

// list describes a list at the top. It may be empty.
func list(description string, items object) object {
	return object{"description": description, "type": []string{"array", "null"}, "items": items}
}

// closed describes a mapping of these keys and no others.
func closed(properties object, required ...string) object {
	return object{"type": "object", "properties": properties, "additionalProperties": false, "required": required}
}

// definitions are the kinds of value that keys share. A value that YAML reads as a number
// or as true may be meant as a text.
func definitions(v *scenarios.Vocabulary) object {
	var keys []string
	for _, f := range v.Fields() {
		keys = append(keys, f.Key)
	}
	words := object{"type": []string{"string", "number", "boolean"}}
	number := object{"type": []string{"number", "string"}, "pattern": numberPattern(),
		"patternErrorMessage": "write a number or a range, such as 250, 4..6, 25% or 50 per week"}
	numbers := object{"type": []string{"array", "string"}, "minItems": 1, "items": ref("number"), "pattern": "^benchmark$"}
	either := object{"type": []string{"array", "number", "string"}, "minItems": 1, "items": ref("number"), "pattern": number["pattern"]}
	defs := object{
		"key":            object{"enum": keys},
		"element":        object{"type": "string", "pattern": `\.[1-9]`},
		"words":          words,
		"date":           object{"type": "string", "pattern": `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`, "patternErrorMessage": "write it as 2026-05-01"},
		"plain":          number,
		"text":           long(words, false),
		"number":         long(number, true),
		"numbers":        long(numbers, false),
		"number-or-list": long(either, true),
	}
	for _, f := range v.Fields() {
		if f.Kind == calc.ItemsInput {
			defs["item-of-"+f.Key] = item(&f)
		}
	}
	return defs
}

// gate describes a gate: its metric exactly, and what follows the operator not at all.
func gate(calculators []calc.Calculator) object {
	var metrics []string
	for _, c := range calculators {
		var names []string // without the calculator's, with which each begins
		for _, f := range c.Metrics() {
			names = append(names, regexp.QuoteMeta(strings.TrimPrefix(f.Metric, c.Name+".")))
		}
		metrics = append(metrics, c.Name+`\.(?:`+strings.Join(names, "|")+`)`)
	}
	return object{"type": "string", "pattern": `^` + space + `*(?:chance\(` + space + `*)?(?:` + strings.Join(metrics, "|") + `)(?:\.change)?` + space + `*[<>]`,
		"patternErrorMessage": "begin with a metric and <=, >=, < or >, such as loss.total <= 400000; the --help of each calculator lists its metrics"}
}

// space matches everything except printable ASCII: dialects differ in what counts as a
// space.
const space = `[^!-~]`

// numberPattern describes numbers, ranges and times loosely, for all fields alike.
func numberPattern() string {
	const number = `[-+]?[0-9][0-9_]*(?:\.[0-9_]+)?(?:[eE][-+]?[0-9_]+)?` + space + `*(?:%|pp)?`
	names := []string{"visit"}
	for _, period := range quantity.Periods() {
		names = append(names, period.Name)
	}
	return `^` + space + `*(?:benchmark|forever|` + number + `(?:` + space + `*\.\.` + space + `*` + number + `){0,2}` +
		`(?:` + space + `+(?:per` + space + `+)?(?:` + strings.Join(names, "|") + `)s?)?)` + space + `*$`
}

// long also allows a value to be written long: with its source, or as a range with its
// shape.
func long(value object, ranged bool) object {
	s := maps.Clone(value)
	maps.Copy(s, mapping(value, ranged))
	s["type"] = append(slices.Clone(value["type"].([]string)), "object")
	return s
}

// mapping describes a value written long.
func mapping(value object, ranged bool) object {
	properties := object{}
	for _, key := range scenarios.CitationKeys() {
		properties[key] = ref("words")
	}
	properties["value"], properties["date"], properties["expires"] = value, ref("date"), ref("date")
	if ranged {
		for _, key := range scenarios.RangeKeys() {
			properties[key] = ref("plain")
		}
		properties["shape"] = object{"enum": quantity.Shapes()}
	}
	return object{"type": "object", "properties": properties, "additionalProperties": false}
}

// group describes the keys of a group. It allows no others. If all keys of a group are
// commented out, YAML reads null.
func group(v *scenarios.Vocabulary, path string) object {
	properties := object{}
	for _, name := range v.Names(path) {
		key := strings.TrimPrefix(path+"."+name, ".")
		if f := v.Field(key); f != nil {
			properties[name] = described(describe(f), field(f))
		} else {
			properties[name] = group(v, key)
		}
	}
	return object{"type": []string{"object", "null"}, "properties": properties, "additionalProperties": false}
}

// describe says what a key means, like --help, and which figure the word benchmark means.
func describe(f *calc.Field) string {
	terms := f.Terms()
	if len(f.Evidence) > 0 && !f.Benchmark {
		terms = strings.TrimPrefix(fmt.Sprintf("%s; benchmark is %s, grade %s", terms, f.Evidence[0].Text, f.Evidence[0].Grade), "; ")
	}
	if terms == "" {
		return f.Help
	}
	return f.Help + " [" + terms + "]"
}

// field describes the value of one key.
func field(f *calc.Field) object {
	switch f.Kind {
	case calc.TextInput:
		return ref("text")
	case calc.ListInput:
		return ref("numbers")
	case calc.ItemsInput:
		return long(object{"type": []string{"array"}, "minItems": 1, "items": ref("item-of-" + f.Key)}, false)
	case calc.ChoiceInput:
		word := object{"enum": f.Choices}
		return object{"anyOf": []any{word, mapping(word, false)}}
	}
	s := ref("number")
	if f.OrList {
		s = ref("number-or-list")
	}
	if f.Periodic == calc.Needed {
		s["type"] = []string{"string", "object"} // a bare number lacks the period
		return s
	}
	bound(s, f)
	return s
}

// bound limits the values that YAML reads as numbers. A share without a percent sign is
// below 1. A change without a sign is a new share.
func bound(s object, f *calc.Field) {
	switch {
	case f.Kind == calc.ChangeInput:
		s["minimum"] = 0
	case f.MinOpen:
		s["exclusiveMinimum"] = f.Min
	case !math.IsInf(f.Min, -1):
		s["minimum"] = f.Min
	}
	switch {
	case f.Unit == quantity.Share:
		s["exclusiveMaximum"] = 1
	case !math.IsInf(f.Max, 1):
		s["maximum"] = f.Max
	}
}

// item describes one item of a list, a mapping of its fields.
func item(f *calc.Field) object {
	properties, required := object{}, []string{}
	for i := range f.Items {
		cell := &f.Items[i]
		properties[cell.Key] = described(describe(cell), field(cell))
		if cell.Required() {
			required = append(required, cell.Key)
		}
	}
	return closed(properties, required...)
}
