package scenarios

import (
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/churncost/churncost/calc/catalog"
)

// Reading takes little longer than the library's decoding, which is measured too.
func BenchmarkRead(b *testing.B) {
	data, _ := BuiltInText(Everything)
	b.Run("scenario", func(b *testing.B) {
		v := NewVocabulary(catalog.All())
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Read("mine.yaml", data, v); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("nodes", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var n yaml.Node
			if err := yaml.Unmarshal(data, &n); err != nil {
				b.Fatal(err)
			}
		}
	})
}
