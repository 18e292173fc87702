// Package evidence lists every built-in figure once, with who said it, when, of whom,
// how far it can be trusted, and what contradicts it. A figure without an author, a
// year or a population says so, and is graded C or X for it. A figure that belongs to
// no input and no metric has a key of its own below that of its calculator.
package evidence

import (
	"slices"

	"github.com/churncost/churncost/calc/quantity"
)

const unknown = "unknown"

// The founding texts, by the titles under which they are cited.
const (
	bible            = "客服圣经读后感 (reading notes on a Customer Service Bible), slides by 裘丽云"
	satisfactionText = "如何創造顧客滿意及業務處理 (how to create customer satisfaction), slides"
	systemText       = "如何构建客服治理体系 (how to build a customer service management system), article"
	carnegieText     = "Dale Carnegie, 吸引人的想法, autumn 2010, vol. 9 no. 1, 卓越的客戶服務 (excellent customer service)"
	complaintsText   = "服务顾问007 客户抱怨处理 (service adviser 007: handling complaints), slides by 李涛, 笛威·欧亚"
)

// All lists the figures, in the order in which the calculators use them.
func All() []*quantity.Source {
	return slices.Concat(wordOfMouth, winningAndKeeping, winningBack, keeping, complaining, contentment, customers)
}

// percent is a range of shares from its bounds in percent.
func percent(low, high float64) quantity.Range {
	const hundred = 100
	return quantity.Between(low/hundred, high/hundred)
}
