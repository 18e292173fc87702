// Package records reads a firm's records: customers one by one, or the small tables that
// the queries of churncost sql return.
package records

// A Kind says what a file of records holds. It is told by the header.
type Kind string

// The kinds, and their columns.
const (
	Customers Kind = "customers"  // customer, joined, left, spend[, currency, segment]
	LifeTable Kind = "life-table" // tenure, at_risk, lost, spend_at_risk, spend_lost, active, spend_active, lost_last_year, active_a_year_ago
	Tiers     Kind = "tiers"      // bucket, customers, spend, lost
	WinBack   Kind = "win-back"   // months_gone, returned, still_gone
	Revenue   Kind = "revenue"    // month, starting, churned, contracted, expanded, new, in money and with _customers in customers
	Survivors Kind = "survivors"  // cohort, period, survivors
)

// Options say how records are read.
type Options struct {
	Name     string            // of the file, for errors and sources
	Observed string            // the day of the snapshot, exclusive, as 2026-01-01; needed for customers
	Since    string            // only what was observed from that day on; ""
	Period   string            // month, quarter or year
	Currency string            // ISO code: only rows in it, where they have currencies; ""
	Columns  map[string]string // our name of a column → what it is called in the file
	MinCell  int               // cells with fewer lost customers are merged with their neighbour; 0 is 1, and below 0 none are
	Progress func(bytes int64) // told now and then how much was read; may be nil
}

// Records are what was read. Money is in minor units of Currency.
type Records struct {
	Kind     Kind
	Period   string
	Currency string
	Observed string
	Source   string // "customers.csv, 9,882,667 customers, sha256 3fa4…", what was left out included
	Segments []Segment
	Warnings []string
}

// A Segment is one value of the segment column, "" where there is none. Only the table of
// the records' kind is filled; customers fill LifeTable, Tiers and WinBack.
type Segment struct {
	Name      string
	LifeTable []LifeRow
	Tiers     []TierRow
	WinBack   []WinBackRow
	Revenue   []RevenueRow
}

// A LifeRow is a row of the life table: renewals after the row before's, up to Tenure.
// AtRisk and SpendAtRisk are sums over them.
type LifeRow struct {
	Tenure                       int
	AtRisk, Lost                 int64
	SpendAtRisk, SpendLost       int64 // minor units a period
	Active, SpendActive          int64 // on the day observed, whose next renewal is this row's
	LostLastYear, ActiveAYearAgo int64 // at that tenure, in the year before the day observed
}

// Add adds a row, and ends where the later of the two does. A row at which nobody is at risk
// does not lengthen one at which somebody is.
func (r *LifeRow) Add(other *LifeRow) {
	if other.AtRisk > 0 || r.AtRisk == 0 {
		r.Tenure = max(r.Tenure, other.Tenure)
	}
	r.AtRisk += other.AtRisk
	r.Lost += other.Lost
	r.SpendAtRisk += other.SpendAtRisk
	r.SpendLost += other.SpendLost
	r.Active += other.Active
	r.SpendActive += other.SpendActive
	r.LostLastYear += other.LostLastYear
	r.ActiveAYearAgo += other.ActiveAYearAgo
}

// A TierRow are the customers of a year ago whose spend lies in one bucket, from Edges up to
// the next edge, and those of them who were lost since. Bucket −1 holds those who pay nothing.
// A row of several buckets has the highest.
type TierRow struct {
	Bucket                 int
	Customers, Spend, Lost int64
}

// Add adds a row, and has the higher bucket.
func (r *TierRow) Add(other *TierRow) {
	r.Bucket = max(r.Bucket, other.Bucket)
	r.Customers += other.Customers
	r.Spend += other.Spend
	r.Lost += other.Lost
}

// A WinBackRow are customers whose first spell ended: those who returned after so many whole
// months, and those gone for as many on the day observed; of several months, the highest.
type WinBackRow struct {
	MonthsGone, Returned, StillGone int64
}

// Add adds a row, and has the more months.
func (r *WinBackRow) Add(other *WinBackRow) {
	r.MonthsGone = max(r.MonthsGone, other.MonthsGone)
	r.Returned += other.Returned
	r.StillGone += other.StillGone
}

// A RevenueRow is a month against the same customers' period before.
type RevenueRow struct {
	Month                                                string
	Starting, Churned, Contracted, Expanded, New         int64 // minor units
	StartingCustomers, ChurnedCustomers                  int64
	ContractedCustomers, ExpandedCustomers, NewCustomers int64
}

// Add adds a row, and has the later month.
func (r *RevenueRow) Add(other *RevenueRow) {
	r.Month = max(r.Month, other.Month)
	r.Starting += other.Starting
	r.Churned += other.Churned
	r.Contracted += other.Contracted
	r.Expanded += other.Expanded
	r.New += other.New
	r.StartingCustomers += other.StartingCustomers
	r.ChurnedCustomers += other.ChurnedCustomers
	r.ContractedCustomers += other.ContractedCustomers
	r.ExpandedCustomers += other.ExpandedCustomers
	r.NewCustomers += other.NewCustomers
}
