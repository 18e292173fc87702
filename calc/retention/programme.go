package retention

import (
	"fmt"
	"math"

	"github.com/churncost/churncost/calc"
)

// The programme's cash. A twelfth of the year's saves is kept at the start of each
// month of the first year; each then brings the margin of one who was saved,
// undiscounted, every period's payment spread evenly over the period:
//
//	brought(t) = saved ÷ 12 × Σ θ × m × W(min((t − j) ÷ 12, T)) at d = 0      j = 0 … min(t, 12) − 1

// monthsPerYear turns years into months, and quarterMonths months into quarters.
const (
	monthsPerYear = 12
	quarterMonths = 3
	quartersTold  = 12
)

// rounding is how near to the cost all that the saves ever bring may come and still
// reach it.
const rounding = 1e-12

// mostMonths is how long a payback is looked for: ten thousand years.
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
	// The curve is nearly straight, so that a line through its ends comes close to where
	// it passes the cost; every second step halves, should it not be.
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

// quarters are told where there is a programme that saves somebody.
func (r *Result) quarters() int {
	if math.IsNaN(r.Cost + r.Saved) {
		return 0
	}
	return quartersTold
}

// cash tells the programme's cash by quarter.
func (r *Result) cash(t *calc.Table) {
	t.Col("quarter", calc.Word).Col("saved so far", calc.People).Col("brought so far", calc.Money).Col("spent", calc.Money).Col("balance", calc.Money).
		Draw(calc.Curve, "balance", "")
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

// views are two where the chance to stay changes with tenure, else none: customers
// who differ leave early or late, and those who were about to leave would not have
// stayed as long as the others. The second is what the saves are worth at the least,
// should churn fall only because the faithful remain.
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

// leavers tells the bill and the saves once more for those who leave.
func (r *Result) leavers(t *calc.Table) {
	t.Col("those lost and saved", calc.Word).Col("years' worth", calc.Years).Col("lifetime value lost to one year's churn", calc.Money).Col("recoverable value", calc.Money).Col("net benefit", calc.Money)
	loss := r.Worth.Share * r.Worth.PerYear
	for _, v := range r.views() {
		t.Row(calc.Words(v.name), calc.Number(v.weight), calc.Number(r.LostPerYear*loss*v.weight), calc.Number(r.Saved*loss*v.save), calc.Number(r.Saved*loss*v.save-r.Cost))
	}
}
