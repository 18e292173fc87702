package format

import (
	"bytes"
	"encoding"
	"reflect"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/gate"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/scenarios"
)

// Schema writes the JSON Schema, draft 2020-12, of the JSON that every command writes. It
// is derived from the types of the envelope and their tags: json is the name of a field,
// doc its description, enum its possible words and pattern its regular expression. Fields
// are only ever added, so the schema allows unknown ones. Words, such as units, are those
// of this version.
func Schema() []byte {
	s := schemaOf(reflect.TypeFor[envelope]())
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "The JSON that churncost writes"
	s["properties"].(map[string]any)["schema_version"].(map[string]any)["const"] = schemaVersion
	var b bytes.Buffer
	encode(&b, s)
	return b.Bytes()
}

// schemaWords are the words of the types that have a fixed list.
func schemaWords(t reflect.Type) any {
	switch t {
	case reflect.TypeFor[quantity.Unit]():
		return quantity.Units()
	case reflect.TypeFor[quantity.Origin]():
		return []quantity.Origin{quantity.FromScenario, quantity.FromSet, quantity.FromDefault, quantity.FromBenchmark}
	case reflect.TypeFor[quantity.Class]():
		return quantity.Classes()
	case reflect.TypeFor[quantity.Grade]():
		return []quantity.Grade{quantity.GradeA, quantity.GradeB, quantity.GradeC, quantity.GradeX}
	case reflect.TypeFor[calc.NoteKind]():
		return []calc.NoteKind{calc.Remark, calc.Warning, calc.NotUsed, calc.Without, calc.Expired, calc.Graded}
	case reflect.TypeFor[gate.Op]():
		return []gate.Op{gate.AtMost, gate.AtLeast, gate.Below, gate.Above}
	case reflect.TypeFor[gate.Status]():
		return []gate.Status{gate.Pass, gate.Fail, gate.New}
	case reflect.TypeFor[results.UnjudgedKind]():
		return results.UnjudgedKinds()
	case reflect.TypeFor[scenarios.Source]():
		return []scenarios.Source{scenarios.BuiltIn, scenarios.File, scenarios.Stdin, scenarios.Records}
	}
	return nil
}

// schemaOf describes the JSON that encoding/json writes for a type.
func schemaOf(t reflect.Type) map[string]any {
	if t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		return map[string]any{"type": "string"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem())
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
		return map[string]any{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": schemaOf(t.Elem())}
	case reflect.Struct:
		properties, required := map[string]any{}, []string{}
		addFields(t, properties, &required)
		return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": true}
	}
	s := map[string]any{"type": "string"} // any other kind; the envelope has none
	if words := schemaWords(t); words != nil {
		s["enum"] = words
	}
	return s
}

// addFields describes the fields of an object, including those of an embedded struct. A
// field that is left out when empty is not empty when it is there.
func addFields(t reflect.Type, properties map[string]any, required *[]string) {
	for field := range t.Fields() {
		name, option, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Anonymous && field.Type.Kind() == reflect.Pointer: // may be nil
			addFields(field.Type.Elem(), properties, new([]string))
			continue
		case field.Anonymous:
			addFields(field.Type, properties, required)
			continue
		case name == "-":
			continue
		}
		s := schemaOf(field.Type)
		switch kind := field.Type.Kind(); {
		case option == "":
			*required = append(*required, name)
			if field.Type == reflect.TypeFor[results.Round6]() {
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
		for tag, keyword := range map[string]string{"doc": "description", "pattern": "pattern"} {
			if text := field.Tag.Get(tag); text != "" {
				s[keyword] = text
			}
		}
		if words := field.Tag.Get("enum"); words != "" {
			s["enum"] = strings.Split(words, ",")
		}
		properties[name] = s
	}
}
