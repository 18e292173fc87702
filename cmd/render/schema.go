package render

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/scenarios"
)

// Schema writes the JSON Schema, draft 2020-12, of the JSON that every command
// writes. It is read off the envelope itself, so that a field which is added
// there is in it. Since fields are only ever added, it allows those that it does
// not know; words, such as units, are those of this version.
func Schema() []byte {
	s := schemaOf(reflect.TypeFor[envelope](), "", schemaFacts())
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "The JSON that churncost writes"
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(s) // texts, numbers and lists of them always encode
	return b.Bytes()
}

// schemaFacts are what the types of the envelope do not say, by path: the names
// of the fields that lead there, whatever lists and objects lie between.
func schemaFacts() map[string]map[string]any {
	says := func(text string) map[string]any { return map[string]any{"description": text} }
	oneOf := func(text string, words ...any) map[string]any {
		return map[string]any{"description": text, "enum": words}
	}
	return map[string]map[string]any{
		"schema_version": {"description": "version of this JSON; fields are only ever added to it", "const": SchemaVersion},
		"command":        says("the command that wrote it"),
		"status":         oneOf("of check: every gate holds, one fails, or there is no verdict", gate.Pass, gate.Fail, "error"),

		"scenarios.label":           says("what names the scenario in tables"),
		"scenarios.name":            says("what the scenario calls itself"),
		"scenarios.path":            says("the file, as it was named"),
		"scenarios.currency":        {"description": "ISO 4217 code of all its amounts", "pattern": "^[A-Z]{3}$"},
		"scenarios.headline":        says("the answer, in one sentence, with the grades of evidence it is based on"),
		"scenarios.inputs":          says("what went in, by key; an element of a list counts from 1"),
		"scenarios.inputs.value":    says("the likely point, in base units: a share of 18% is 0.18, a time is in years; none for a word, a time without end or a list that follows another"),
		"scenarios.inputs.text":     says("as it was written"),
		"scenarios.inputs.class":    says("how far it can be relied on: the grade of the built-in figure that it is, or whether it has a source, none, or is a default"),
		"scenarios.inputs.evidence": says("key of the built-in figure that it is based on"),
		"scenarios.inputs.source":   says("where the scenario says that it comes from"),
		"scenarios.metrics":         says("what came out, by name; what could not be given is left out"),
		"scenarios.metrics.value":   says("at the likely points of all inputs, rounded as it is judged and printed"),
		"scenarios.metrics.low":     says("the least from end to end of all ranges; none where it is not finite throughout"),
		"scenarios.metrics.high":    says("the most from end to end of all ranges; none where it is not finite throughout"),
		"scenarios.metrics.p5":      says("5% of 10,000 draws lie below it; like the next three it is of what the headline of a calculator or report tells, where that rests on a range, and of the draws that give it"),
		"scenarios.metrics.p50":     says("half of the draws lie below it"),
		"scenarios.metrics.p95":     says("5% of the draws lie above it"),
		"scenarios.metrics.mean":    says("the mean of the draws"),
		"scenarios.tables.rows":     says("a cell for each column; null is empty"),
		"scenarios.notes.kind": oneOf("how the figures are to be read, something that is probably wrong, an input that is given and does nothing, one that has expired, or a figure's evidence",
			calc.Remark, calc.Warning, calc.NotUsed, calc.Without, calc.Expired, calc.Graded),

		"changes.scenario":       says("label of the scenario that is compared with the first"),
		"changes.change_percent": says("the change over the size of the baseline; none from zero"),
		"changes.why":            says("what each input that differs adds to the change; the parts sum to it"),

		"gates.gate":     says("as it was written"),
		"gates.scenario": says("label of the scenario that was judged"),
		"gates.op":       oneOf("how the value must compare with the limit", gate.AtMost, gate.AtLeast, gate.Below, gate.Above),
		"gates.limit":    says("in base units; of a relative change, as a share"),
		"gates.value":    says("what was judged, in the terms of the limit"),
		"gates.base":     says("the metric of the baseline, where a change is judged"),
		"gates.status":   oneOf("new: a change of a scenario that has no baseline yet", gate.Pass, gate.Fail, gate.New),
		"gates.over":     says("by how much the limit is broken"),

		"errors.file":    says("the file, or the flag, that it is about"),
		"errors.line":    says("counted from 1"),
		"errors.column":  says("counted from 1, in characters"),
		"errors.message": says("what is wrong"),
		"errors.hint":    says("the remedy"),

		"simulation.metrics":           says("how each metric is distributed"),
		"simulation.metrics.given":     says("the share of the trials in which there is one"),
		"simulation.metrics.sd":        says("the standard deviation"),
		"simulation.metrics.histogram": says("the share of the trials from low up to high"),
		"simulation.chances":           says("how likely each condition is"),
		"sensitivity.value":            says("the metric at the likely points of all inputs"),
		"sensitivity.samples":          says("how often the model was computed for the shares of variance"),
		"sensitivity.swings":           says("what becomes of the metric at the ends of one input, the others at their likely points"),
		"sensitivity.swings.assumed":   says("whether the ends are those of --swing, for the input is no range"),
		"sensitivity.variance":         says("the share of the variance that a range explains: first by itself, total with what it does through others"),
		"solutions.by":                 says("the keys of the inputs that are changed"),
		"solutions.points":             says("what was found: one, or where two inputs are changed, one for each value of the first"),
		"solutions.points.least":       says("the least that the metric comes to in the range searched"),
		"solutions.points.most":        says("the most that the metric comes to in the range searched"),
		"solutions.points.always":      says("whether the target is reached throughout"),
		"solutions.points.roots.value": says("in base units; put back, it gives the target, or what lies behind a jump across it as seen from today"),
		"solutions.points.roots.set":   says("as --set takes it, with all digits"),
		"solutions.points.roots.jump":  says("whether the metric jumps across the target there"),

		"sources.key":     says("the input or metric to which the built-in figure belongs"),
		"sources.text":    says("the figure as a scenario would write it"),
		"sources.value":   says("its likely point; none for a list"),
		"sources.year":    says("left out where it is not known"),
		"sources.met":     says("where it was met"),
		"sources.against": says("what contradicts it"),
	}
}

// schemaWords are the words of the types that have few.
func schemaWords(t reflect.Type) []any {
	switch t {
	case reflect.TypeFor[calc.Unit]():
		return []any{calc.Money, calc.MoneyPerYear, calc.Share, calc.Points, calc.People, calc.Years, calc.Months, calc.Ratio, calc.Count, calc.Score}
	case reflect.TypeFor[calc.Origin]():
		return []any{calc.FromScenario, calc.FromSet, calc.FromDefault, calc.FromBenchmark}
	case reflect.TypeFor[calc.Class]():
		words := make([]any, len(calc.Classes()))
		for i, class := range calc.Classes() {
			words[i] = class
		}
		return words
	case reflect.TypeFor[calc.Grade]():
		return []any{calc.GradeA, calc.GradeB, calc.GradeC, calc.GradeX}
	case reflect.TypeFor[scenarios.Source]():
		return []any{scenarios.BuiltIn, scenarios.File, scenarios.Stdin}
	}
	return nil
}

// schemaOf describes what encoding/json makes of a type that stands at a path.
func schemaOf(t reflect.Type, path string, facts map[string]map[string]any) map[string]any {
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem(), path, facts)
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Uint64:
		return map[string]any{"type": "integer", "minimum": 0}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Interface: // a cell of a table
		return map[string]any{"type": []string{"string", "number", "null"}}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem(), path, facts)}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": schemaOf(t.Elem(), path, facts)}
	case reflect.Struct:
		return schemaOfFields(t, path, facts)
	}
	s := map[string]any{"type": "string"} // and a kind that the envelope never had
	if words := schemaWords(t); words != nil {
		s["enum"] = words
	}
	return s
}

// schemaOfFields describes an object. A field that is left out when it is empty
// is not empty where it stands.
func schemaOfFields(t reflect.Type, path string, facts map[string]map[string]any) map[string]any {
	properties, required := map[string]any{}, []string{}
	for field := range t.Fields() {
		name, option, _ := strings.Cut(field.Tag.Get("json"), ",")
		at := strings.TrimPrefix(path+"."+name, ".")
		s := schemaOf(field.Type, at, facts)
		switch kind := field.Type.Kind(); {
		case option == "":
			required = append(required, name)
			if kind == reflect.Pointer {
				s["type"] = []any{s["type"], "null"}
			}
		case kind == reflect.String:
			s["minLength"] = 1
		case kind == reflect.Int:
			s["minimum"] = 1
		case kind == reflect.Slice:
			s["minItems"] = 1
		case kind == reflect.Map:
			s["minProperties"] = 1
		}
		maps.Copy(s, facts[at])
		properties[name] = s
	}
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": true}
}
