package schema_test

import (
	"encoding/json"
	"fmt"

	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/scenarios/schema"
)

// An editor finds the choices of a key in the schema.
func ExampleOf() {
	text := schema.Of(catalog.All())
	var s struct {
		Properties struct {
			Customer struct {
				Properties struct {
					Paid struct {
						AnyOf []struct{ Enum []string }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(text, &s); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Properties.Customer.Properties.Paid.AnyOf[0].Enum)
	// Output: [start end stayed]
}
