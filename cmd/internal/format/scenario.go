package format

import "bytes"

// scenarioText writes the scenario that was computed, as it can be opened again.
func scenarioText(to *bytes.Buffer, from *Source, _ Style) {
	for _, s := range from.Scenarios() {
		to.WriteString(s.Document.Text)
	}
}
