// Package evidence is the registry of every built-in figure, each standing here
// once, with who said it, when, of whom, how far it can be trusted, and what
// contradicts it. A figure without an author, a year or a population says so,
// and is graded C or X for it.
package evidence

import (
	"slices"

	"github.com/churncost/churncost/calc"
)

const unknown = "unknown"

// The founding texts, by the titles under which they are cited.
const (
	bible      = "客服圣经读后感 (reading notes on a Customer Service Bible), slides by 裘丽云"
	complaints = "服务顾问007 客户抱怨处理 (service adviser 007: handling complaints), slides by 李涛, 笛威·欧亚"
)

// All lists the figures, in the order in which the calculators use them.
func All() []*calc.Source {
	return slices.Concat(wordOfMouth, winningAndKeeping, winningBack)
}

// percent is a range of shares from its bounds in percent.
func percent(low, high float64) calc.Range {
	const hundred = 100
	return calc.Between(low/hundred, high/hundred)
}
