package measured

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/churncost/churncost/scenarios/records"
)

// A tier is a part of the customers, with its sums.
type tier struct {
	name               string
	customers          int64
	spend              int64 // all of them, minor units a period
	lost, customersAgo int64 // in the last year, of those there a year before
	now                int64 // how many there are today; 0 where that is not known
}

// pyramid writes the tiers: the segments, or else the customers by what they spend.
func (w *writer) pyramid(l *life) {
	tiers, kind, comment := w.segmentTiers(), records.LifeTable, "The segments, the one that spends most first."
	if len(tiers) == 0 {
		tiers, kind, comment = w.spendTiers(), records.Tiers, "The customers of a year before by what they spent, most first, and who of them left since."
		if l != nil && today(tiers, l.active) {
			comment += "\n# They are as many as there are today, in the shares of then."
		}
	}
	if len(tiers) == 0 {
		return
	}
	w.text.line(0, "\n# %s\ntiers:", comment)
	for _, t := range tiers {
		w.text.line(1, "- name: %s", quoted(t.name))
		w.measured(2, "customers", strconv.FormatInt(cmp.Or(t.now, t.customers), 10), kind)
		w.measured(2, "spend", money(mean(t.spend, t.customers), w.currency.Minor())+" per "+w.held[kind].Period, kind, w.expiry(kind)...)
		if t.customersAgo > 0 {
			w.measured(2, "churn", share(float64(t.lost)/float64(t.customersAgo)), kind)
		}
	}
}

// segmentTiers makes a tier of each segment with active customers, where there are
// segments and money.
func (w *writer) segmentTiers() []tier {
	segments := w.segments(records.LifeTable)
	if len(segments) < 2 {
		return nil
	}
	var tiers []tier
	paid := false
	for i := range segments {
		t := tier{name: cmp.Or(strings.TrimSpace(segments[i].Name), "no segment")}
		for _, r := range segments[i].LifeTable {
			t.customers += r.Active
			t.spend += r.SpendActive
			t.lost += r.LostLastYear
			t.customersAgo += r.ActiveAYearAgo
		}
		if paid = paid || t.spend > 0; t.customers > 0 {
			tiers = append(tiers, t)
		}
	}
	if !paid {
		return nil
	}
	slices.SortStableFunc(tiers, func(a, b tier) int {
		return cmp.Compare(float64(b.spend)/float64(b.customers), float64(a.spend)/float64(a.customers))
	})
	return tiers
}

// tops are the shares of the customers, from those who spend most, at which a tier ends. A
// bucket of the table is not cut: a tier ends with the first bucket that reaches the share.
var tops = [...]float64{0.01, 0.1, 0.5, 1}

// spendTiers cuts the table of spend into a handful of tiers, named by the share of the
// customers that each really holds.
func (w *writer) spendTiers() []tier {
	rows := w.total.Tiers
	people := int64(0)
	for _, r := range rows {
		people += r.Customers
	}
	var tiers []tier
	var open tier
	reached := int64(0)
	cut := 0
	for _, r := range slices.Backward(rows) {
		open.customers += r.Customers
		open.spend += r.Spend
		open.lost += r.Lost
		reached += r.Customers
		if float64(reached) < tops[cut]*float64(people) || open.customers == 0 {
			continue
		}
		open.customersAgo = open.customers
		open.name = tierName(len(tiers), reached == people, float64(open.customers)/float64(people))
		tiers, open = append(tiers, open), tier{}
		for cut < len(tops)-1 && float64(reached) >= tops[cut]*float64(people) {
			cut++
		}
	}
	return tiers
}

// today makes the tiers as large as the customers of today are, and reports whether they
// are enough to have some in each tier.
func today(tiers []tier, active int64) bool {
	people, reached, given := int64(0), int64(0), int64(0)
	for _, t := range tiers {
		people += t.customers
	}
	scaled := make([]int64, len(tiers))
	for i, t := range tiers {
		reached += t.customers
		scaled[i] = int64(math.Round(float64(active)*float64(reached)/float64(people))) - given
		given += scaled[i]
	}
	if slices.Contains(scaled, 0) {
		return false
	}
	for i := range tiers {
		tiers[i].now = scaled[i]
	}
	return true
}

// tierName names a tier by the share of the customers in it.
func tierName(above int, last bool, part float64) string {
	switch {
	case above == 0 && last:
		return "all customers"
	case above == 0:
		return "top " + share(part)
	case last:
		return "the other " + share(part)
	}
	return "next " + share(part)
}

// enoughAtRisk is how many must be at risk for an estimate of who returns to go on.
const enoughAtRisk = 30

// returns writes how many of the lost return unasked: one minus the Kaplan–Meier estimate
// of staying away, up to the last month with enough who could still return.
func (w *writer) returns() {
	rows := w.total.WinBack
	atRisk := int64(0)
	for _, r := range rows {
		atRisk += r.Returned + r.StillGone
	}
	away, months := 1.0, int64(-1)
	for _, r := range rows {
		if atRisk < enoughAtRisk {
			break
		}
		months = r.MonthsGone
		away *= 1 - float64(r.Returned)/float64(atRisk)
		atRisk -= r.Returned + r.StillGone
	}
	if months < 0 {
		return
	}
	w.text.line(0, "\nwinback:")
	w.text.line(1, "# the share of the lost who are back after %d months, though nobody asked (Kaplan–Meier)", months)
	w.measured(1, "returns_anyway", share(1-away), records.WinBack)
}

// growth writes by how much those who stay spend more each year: as the option says, or
// else as the table of revenue does.
func (w *writer) growth() {
	change, known := w.expansion()
	if w.options.Growth != "" || !known {
		w.given("growth", w.options.Growth, "what those who stay spend more each year")
		return
	}
	w.text.line(1, "# expansion less contraction in a year, of what those who stayed had paid")
	w.measured(1, "growth", share(change), records.Revenue)
}

// expansion is what those who stayed paid more in the last month than a year before. It is
// not known where the table compares with another time: rates of single months do not
// multiply to those of a year.
//
//	change = (expanded − contracted) ÷ (starting − churned)
func (w *writer) expansion() (change float64, known bool) {
	rows := w.total.Revenue
	if len(rows) == 0 || w.held[records.Revenue].Period != "year" {
		return 0, false
	}
	r := &rows[len(rows)-1]
	stayed := r.Starting - r.Churned
	return float64(r.Expanded-r.Contracted) / float64(stayed), stayed > 0
}

// monthNumber makes a month, such as 2026-01, a number that grows with time.
func monthNumber(month string) int {
	n, _ := strconv.Atoi(strings.ReplaceAll(month[:min(len("2026-01"), len(month))], "-", ""))
	return n
}

// invoices writes the table of revenue.
func (w *writer) invoices() {
	if len(w.total.Revenue) == 0 {
		return
	}
	p := &w.text
	p.line(0, "\n# What customers pay in each month against what the same customers paid a %s before.", w.held[records.Revenue].Period)
	p.line(0, "revenue_period: %s", w.held[records.Revenue].Period)
	p.line(0, "revenue:")
	p.line(1, "value:")
	for _, r := range w.total.Revenue {
		parts := []string{"month: " + r.Month}
		for _, amount := range [...]struct {
			key    string
			amount int64
		}{{"starting", r.Starting}, {"churned", r.Churned}, {"contracted", r.Contracted}, {"expanded", r.Expanded}, {"new", r.New}} {
			parts = append(parts, amount.key+": "+money(amount.amount, w.currency.Minor()))
		}
		if r.StartingCustomers > 0 { // else nobody was counted
			for _, count := range [...]struct {
				key    string
				people int64
			}{{"starting", r.StartingCustomers}, {"churned", r.ChurnedCustomers}, {"contracted", r.ContractedCustomers}, {"expanded", r.ExpandedCustomers}, {"new", r.NewCustomers}} {
				parts = append(parts, count.key+"_customers: "+strconv.FormatInt(count.people, 10))
			}
		}
		p.line(2, "- {%s}", strings.Join(parts, ", "))
	}
	for _, part := range w.citation(records.Revenue) {
		p.line(1, "%s", part)
	}
}
