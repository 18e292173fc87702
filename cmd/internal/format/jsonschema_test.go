package format

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestTheSchemaOfTheOutputHasTheFieldsOfTheEnvelope(t *testing.T) {
	var schema map[string]any
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	var visit func(string, map[string]any)
	visit = func(path string, s map[string]any) {
		found[path] = true
		if items, ok := s["items"].(map[string]any); ok {
			visit(path, items)
		}
		if values, ok := s["additionalProperties"].(map[string]any); ok {
			visit(path, values)
		}
		properties, _ := s["properties"].(map[string]any)
		for name, property := range properties {
			visit(strings.TrimPrefix(path+"."+name, "."), property.(map[string]any))
		}
	}
	visit("", schema)
	// The fields at the top, and some below.
	for _, path := range []string{"schema_version", "command", "status", "scenarios.inputs.origin", "scenarios.metrics.unit", "scenarios.tables.columns.unit",
		"scenarios.notes.kind", "changes.why.from", "gates.over", "errors.hint", "sources.caveat"} {
		if !found[path] {
			t.Errorf("the schema has no field %s", path)
		}
	}
}

// A field that is left out when empty is not empty when it is there. The quantiles of a
// metric are there only if it was drawn.
func TestTheSchemaOfTheOutputSaysWhatIsNeverEmptyAndWhatIsRequired(t *testing.T) {
	var schema any
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	const scenario = "properties.scenarios.items."
	const metric = scenario + "properties.metrics.additionalProperties."
	for path, want := range map[string]string{
		"properties.scenarios.minItems":                               `1`,
		scenario + "properties.path.minLength":                        `1`,
		scenario + "properties.inputs.minProperties":                  `1`,
		scenario + "properties.notes.minItems":                        `1`,
		scenario + "required":                                         `["label","source","currency"]`,
		scenario + "properties.tables.items.properties.rows":          `{"description":"a cell for each column; null is empty","items":{"items":{"type":["string","number","null"]},"type":"array"},"type":"array"}`,
		metric + "required":                                           `["value","unit"]`,
		metric + "properties.value.type":                              `["number","null"]`,
		metric + "properties.mean.type":                               `"number"`,
		"properties.sources.items.properties.year.minimum":            `1`,
		"properties.gates.items.properties.over.type":                 `"number"`,
		"properties.simulation.properties.seed":                       `{"minimum":0,"type":"integer"}`,
		"properties.changes.items.properties.why.items.properties.to": `{"type":"string"}`,
	} {
		at := schema
		for name := range strings.SplitSeq(path, ".") {
			at = at.(map[string]any)[name]
		}
		if got, _ := json.Marshal(at); string(got) != want {
			t.Errorf("%s of the schema is %s, want %s", path, got, want)
		}
	}
}
