package retention

import (
	"fmt"
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// The programme's cash. A twelfth of the customers saved in the year is saved at the
// start of each month; each then brings the margin of a saved customer, undiscounted,
// with every payment spread evenly over its period:
//
//	brought(t) = saved ÷ 12 × Σ θ × m × W(min((t − j) ÷ 12, T)) at d = 0      j = 0 … min(t, 12) − 1

// The lengths of a year and of a quarter, and how many quarters have a row.
const (
	monthsPerYear = 12
	quarterMonths = 3
	quarterRows   = 12
)

// rounding is by which share everything that the saves ever bring may fall short of
// the cost and still count as reaching it.
const rounding = 1e-12

// mostMonths is the longest payback that is looked for: ten thousand years.
const mostMonths = 120_000

// brought is what the saves have brought by the end of a month, money.
func (r *Result) brought(month float64) float64 {
	sum := 0.0
	for j := 0.0; j < min(month, monthsPerYear); j++ {
		lived := min((month-j)/monthsPerYear, r.Customer.Years)
		sum += r.Customer.Undiscounted(&r.SavedRetention, r.Customer.Tenure, lived)
	}
	return r.Saved / monthsPerYear * r.Worth.Share * r.Worth.PerYear * sum
}

// payback is the first month, interpolated, in which what the saves have brought
// reaches the cost; NaN where it never does, or where those saved are worth less
// than the programme costs.
func (r *Result) payback() float64 {
	cost := r.Cost * (1 - rounding)
	if !(r.SavedValue >= cost) {
		return math.NaN()
	}
	last := min(math.Ceil(monthsPerYear*(r.Customer.Years+1)), mostMonths) // when all has come in
	low, high := 0.0, min(monthsPerYear, last)
	before, after := 0.0, r.brought(high)
	for after < cost {
		if high == last {
			return math.NaN()
		}
		low, before = high, after
		high = min(2*high, last)
		after = r.brought(high)
	}
	// The curve is nearly straight: a line through its ends comes close to where it
	// passes the cost. Every second step halves, in case it is not.
	for halve := false; high-low > 1; halve = !halve {
		month := math.Floor((low + high) / 2)
		if !halve {
			month = min(max(math.Floor(low+(high-low)*(cost-before)/(after-before)), low+1), high-1)
		}
		if brought := r.brought(month); brought < cost {
			low, before = month, brought
		} else {
			high, after = month, brought
		}
	}
	return low + min(1, (r.Cost-before)/(after-before))
}

// quarters is the number of rows: none where there is no programme, or nobody knows
// how many it saves.

func (r *Result) quarters() int {
	if math.IsNaN(r.Cost + r.Saved) {
		return 0
	}
	return quarterRows
}

// cash fills the table of the programme's cash by quarter.
func (r *Result) cash(t *calc.Table) {
	t.Col("quarter", quantity.Word).Col("saved so far", quantity.People).Col("brought so far", quantity.Money).Col("spent", quantity.Money).Col("balance", quantity.Money).
		Draw(calc.Drawing{Kind: calc.Curve, Value: "balance"})
	for i := range r.quarters() {
		month := float64(quarterMonths * (i + 1))
		brought := r.brought(month)
		t.Row(calc.Words(fmt.Sprint(i+1)), calc.Number(r.Saved*min(1, month/monthsPerYear)), calc.Number(brought), calc.Number(r.Cost), calc.Number(brought-r.Cost))
	}
}

// A view is one way to look at those who leave and are saved.
type view struct {
	name         string
	weight, save float64 // today's years of one who is lost, and of one who is saved
}

// views are two where the chance to stay changes with tenure, else none. Customers
// differ in when they leave, and those who were about to leave would not have stayed
// as long as the others. The second view is the least that the saves can be worth.
func (r *Result) views() []view {
	c := &r.Customer
	if c.Retention.Constant() {
		return nil
	}
	return []view{
		{"like all of their tenure", r.Worth.Weight, c.WeightOf(&r.SavedRetention)},
		{"like those who leave", c.Leavers(&c.Retention), c.Leavers(&r.SavedRetention)},
	}
}

// leavers fills the table of the bill and the saves in both views.
func (r *Result) leavers(t *calc.Table) {
	t.Col("those lost and saved", quantity.Word).Col("years' worth", quantity.Years).Col("lifetime value lost to one year's churn", quantity.Money).Col("recoverable value", quantity.Money).Col("net benefit", quantity.Money)
	loss := r.Worth.Share * r.Worth.PerYear
	for _, v := range r.views() {
		t.Row(calc.Words(v.name), calc.Number(v.weight), calc.Number(r.LostPerYear*loss*v.weight), calc.Number(r.Saved*loss*v.save), calc.Number(r.Saved*loss*v.save-r.Cost))
	}
}
