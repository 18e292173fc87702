// Package gate reads and judges gates: conditions that a metric must meet.
//
//	METRIC[.change] OP LIMIT             OP is one of <= >= < >
//	chance(METRIC OP LIMIT) OP SHARE     over the scenario's ranges
//
// The operator says which direction is good: no metric has a good one by itself. A
// limit on the metric is a number in its unit; on a share also a percentage. On
// .change, the difference to a baseline, a number limits the difference in the metric's
// unit, a percentage the difference divided by the size of the baseline, and points
// (2pp) the difference of two shares.
package gate

import (
	"fmt"
	"math"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// A Gate is a condition that one metric must meet.
type Gate struct {
	Text   string // as written
	Metric string
	Change bool // whether the change from a baseline is judged
	Op     Op
	Limit  float64 // in base units; a relative change as a share
	By     By
	Chance *Condition // of a chance gate: what must be likely

	LimitText string // the metric's limit as written, also that of a condition
}

// A Condition is what the metric of a chance gate meets in some draws.
type Condition struct {
	Op    Op
	Limit float64 // in the metric's base units
}

// An Op is a comparison.
type Op string

// The operators.
const (
	AtMost  Op = "<="
	AtLeast Op = ">="
	Below   Op = "<"
	Above   Op = ">"
)

// Holds reports whether the comparison is true.
func (op Op) Holds(value, limit float64) bool {
	switch op {
	case AtMost:
		return value <= limit
	case AtLeast:
		return value >= limit
	case Below:
		return value < limit
	}
	return value > limit
}

// upward reports whether a value that is too large breaks the gate.
func (op Op) upward() bool { return op == AtMost || op == Below }

// By says what a limit is on.
type By int

// The kinds of limit.
const (
	InUnit   By = iota // the value, or its difference, in the metric's unit
	Relative           // the difference over the size of the baseline
	InPoints           // the difference of two shares
)

// Parse reads a gate. The error is a *calc.Problem without a place.
func Parse(text string) (Gate, error) {
	if inner, rest, found := cutChance(text); found {
		return parseChance(text, inner, rest)
	}
	left, op, right, found := cut(text)
	if !found {
		return Gate{}, wrong("write METRIC <= LIMIT, such as loss.total <= 400000", "%q is no gate", text)
	}
	g := Gate{Text: strings.TrimSpace(text), Op: op}
	g.Metric, g.Change = strings.CutSuffix(left, ".change")
	if g.Metric == "" || strings.ContainsAny(g.Metric, " \t") {
		return Gate{}, wrong("write METRIC <= LIMIT, such as loss.total <= 400000", "%q does not begin with a metric", text)
	}
	numeral, err := quantity.ParseNumeral(right)
	if err != nil {
		return Gate{}, wrong("write a number, such as 400000, or with .change 5% or 2pp", "the limit %s", err)
	}
	if strings.Contains(g.Metric, "(") {
		return Gate{}, wrong("write chance(loss.total <= 400000) >= 90%", "%q is no gate", text)
	}
	g.Limit, g.LimitText = numeral.Value, right
	switch numeral.Suffix {
	case "%":
		g.By = Relative
	case "pp":
		g.By = InPoints
	}
	return g, nil
}

// cutChance gives what is inside the brackets of a chance gate, and what follows them.
func cutChance(text string) (inner, rest string, found bool) {
	after, found := strings.CutPrefix(strings.TrimSpace(text), "chance(")
	if !found {
		return "", "", false
	}
	inner, rest, found = strings.Cut(after, ")")
	return inner, rest, found
}

func parseChance(text, inner, rest string) (Gate, error) {
	g, err := Parse(inner)
	if err != nil {
		return Gate{}, err
	}
	left, op, right, found := cut(rest)
	numeral, bad := quantity.ParseNumeral(right)
	switch {
	case !found || left != "":
		return Gate{}, wrong("write chance(loss.total <= 400000) >= 90%", "%q is no gate", text)
	case bad != nil || numeral.Suffix == "pp" || numeral.Suffix == "" && math.Abs(numeral.Value) >= 1 || numeral.Value < 0 || numeral.Value > 1:
		return Gate{}, wrong("write a share, such as 90%", "%q is no chance", right)
	case g.Change || g.Chance != nil:
		return Gate{}, wrong("write chance(METRIC <= LIMIT) >= SHARE", "%q is nothing that one draw can meet", inner)
	}
	g.Chance = &Condition{g.Op, g.Limit}
	g.Text, g.Op, g.Limit = strings.TrimSpace(text), op, numeral.Value
	return g, nil
}

// cut takes a gate apart at its operator.
func cut(text string) (left string, op Op, right string, found bool) {
	i := strings.IndexAny(text, "<>=!")
	if i < 0 {
		return "", "", "", false
	}
	op = Op(text[i : i+1])
	if strings.HasPrefix(text[i+1:], "=") {
		op += "="
	}
	switch op {
	case AtMost, AtLeast, Below, Above:
		return strings.TrimSpace(text[:i]), op, strings.TrimSpace(text[i+len(op):]), true
	}
	return "", "", "", false
}

func wrong(hint, format string, args ...any) error {
	return &calc.Problem{Message: fmt.Sprintf(format, args...), Hint: hint}
}

// Fit fits the limit to the unit of the metric, once that is known. It refuses a
// limit that could be a thousand or a decimal, as a scenario's values are. The error
// is a *calc.Problem without a place.
func (g Gate) Fit(unit quantity.Unit) (Gate, error) {
	limit := g.Limit
	if g.Chance != nil {
		limit = g.Chance.Limit
	}
	share := unit == quantity.Share || unit == quantity.Points
	thousand, decimal, unclear := unit.TwoReadings(g.LimitText)
	switch {
	case unclear:
		return g, wrong("write "+thousand+", or "+decimal, "%q could be a thousand or a decimal", g.LimitText)
	case g.Change && g.By == InPoints && !share:
		return g, wrong("write a number, or a percentage such as 5%", "points limit the change of a share, and %s is %s", g.Metric, unit)
	case g.Change && g.By == InUnit && share && math.Abs(limit) >= 1:
		return g, wrong(fmt.Sprintf("did you mean %gpp?", limit), "%s is a share, whose change %g is not", g.Metric, limit)
	case g.Change:
		return g, nil
	case g.By == InPoints && unit == quantity.Share:
		return g, wrong(fmt.Sprintf("did you mean %s%%?", strings.TrimSpace(strings.TrimSuffix(g.LimitText, "pp"))), "points limit the change of a share, and %s is the share itself", g.Metric)
	case g.By == InUnit && share && math.Abs(limit) >= 1:
		return g, wrong(fmt.Sprintf("did you mean %g%%?", limit), "%s is a share, and %g is not", g.Metric, limit)
	case g.By != InUnit && !share:
		return g, wrong("write a number; a percentage limits "+g.Metric+".change", "%s is %s and no share", g.Metric, unit)
	}
	g.By = InUnit // 5 % of a share is the share 0.05
	return g, nil
}

// Status is the verdict on a gate.
type Status string

// The verdicts.
const (
	Pass Status = "pass"
	Fail Status = "fail"
	New  Status = "new" // a change without a baseline: neither passes nor fails

	Nothing Status = "nothing" // of several gates: none passes or fails
)

// A Verdict is a gate judged.
type Verdict struct {
	Gate   Gate
	Status Status
	Value  quantity.Range // what was judged: the metric, or its change in the limit's terms
	Base   float64        // of the metric; NaN where the gate has no baseline
	Over   float64        // by how much the limit is broken, in its own terms; 0 where it is not
	Reason string         // why, where the numbers do not show it
}

// Judge judges the metric's value, rounded as it is printed, against the limit.
// A range passes only if all of it does: low end, likely value and high end. The
// change of a range is taken end by end.
func (g Gate) Judge(value quantity.Range) Verdict {
	return g.verdict(value, math.NaN())
}

// JudgeChange judges the difference between the metric's value and its
// baseline, both rounded as they are printed. From zero to zero is a change of
// 0 %; from zero to anything else has no percentage, and fails. The ends of a range are
// subtracted end by end; the lower difference is the low end.
func (g Gate) JudgeChange(value, base quantity.Range) Verdict {
	difference := less
	if g.By == Relative {
		difference = relative
	}
	low, likely, high := difference(value.Low, base.Low), difference(value.Likely, base.Likely), difference(value.High, base.High)
	v := g.verdict(quantity.Range{Low: min(low, likely, high), Likely: likely, High: max(low, likely, high)}, base.Likely)
	if g.By == Relative && math.IsNaN(low+likely+high) {
		v.Status, v.Over, v.Reason = Fail, math.NaN(), "the baseline is 0, and no percentage leads away from it"
	}
	return v
}

// less is a difference without the noise of binary fractions.
func less(value, base float64) float64 { return quantity.Share.Round(value-base, 0) }

// relative is a change over the size of its baseline; NaN for one from zero.
func relative(value, base float64) float64 {
	switch {
	case value == base:
		return 0
	case base == 0:
		return math.NaN()
	}
	return quantity.Share.Round((value-base)/math.Abs(base), 0)
}

func (g Gate) verdict(value quantity.Range, base float64) Verdict {
	v := Verdict{Gate: g, Status: Pass, Value: value, Base: base}
	for _, x := range [...]float64{value.Low, value.Likely, value.High} {
		if g.Op.Holds(x, g.Limit) {
			continue
		}
		v.Status = Fail
		over := g.Limit - x
		if g.Op.upward() {
			over = -over
		}
		v.Over = max(v.Over, over)
	}
	return v
}

// Relation says how a gate of today stands to one of a baseline.
type Relation int

// The relations.
const (
	Other  Relation = iota // it limits something else
	Looser                 // it limits the same, and lets more pass
	Kept                   // it limits the same, and lets no more pass
)

// To compares a gate with one of a baseline: the same metric in the same direction and the
// same terms. A gate on a chance lets more pass if its share is easier to reach, or its
// condition easier to meet.
func (g Gate) To(base Gate) Relation {
	same := g.Metric == base.Metric && g.Change == base.Change && g.By == base.By && g.Op.upward() == base.Op.upward() && (g.Chance == nil) == (base.Chance == nil)
	if !same || g.Chance != nil && g.Chance.Op.upward() != base.Chance.Op.upward() {
		return Other
	}
	looser := lets(g.Op, g.Limit, base.Op, base.Limit)
	if g.Chance != nil {
		now, before := *g.Chance, *base.Chance
		if g.Op.upward() { // the condition is to be rare: one that is harder to meet lets more pass
			now, before = before, now
		}
		looser = looser || lets(now.Op, now.Limit, before.Op, before.Limit)
	}
	if looser {
		return Looser
	}
	return Kept
}

// lets reports whether some value meets the first limit and not the second. Both have
// the same direction.
func lets(op Op, limit float64, thanOp Op, than float64) bool {
	switch {
	case limit == than:
		return len(op) > len(thanOp) // <= lets the limit itself pass, and < does not
	case op.upward():
		return limit > than
	}
	return limit < than
}
