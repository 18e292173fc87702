package render

import (
	"encoding/json"
	"strings"
	"testing"
)

// What is said of a field by its path would be said to nobody if there were no
// such field.
func TestTheSchemaOfTheOutputSpeaksOnlyOfFieldsThatThereAre(t *testing.T) {
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
	for path := range schemaFacts() {
		if !found[path] {
			t.Errorf("the envelope has no field %s", path)
		}
	}
	// The fields of design.md, as far as they stand at the top or lead there.
	for _, path := range []string{"schema_version", "command", "status", "scenarios.inputs.origin", "scenarios.metrics.unit", "scenarios.tables.columns.unit",
		"scenarios.notes.kind", "changes.why.from", "gates.over", "errors.hint", "sources.caveat"} {
		if !found[path] {
			t.Errorf("the schema has no field %s", path)
		}
	}
}
