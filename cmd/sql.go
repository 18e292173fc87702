package cmd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/internal/options"
	"github.com/churncost/churncost/scenarios"
	"github.com/churncost/churncost/scenarios/records"
	"github.com/churncost/churncost/scenarios/records/query"
)

// newSQL makes the command that prints a query.
func newSQL(p *program) *cobra.Command {
	o := query.Options{MinCell: defaultMinCell}
	var columns options.Pairs
	cmd := &cobra.Command{
		Use:   "sql " + strings.Join(query.Names(), "|"),
		Short: "Print a query that reduces your records to a small table for churncost fit",
		Long: `Print a query for the engine that holds your records. The engine does the work and returns
a small table of counts and sums for churncost fit. No single customer's record leaves it, and churncost
opens no connection.

  life-table   who came to each renewal and who left, from customer, joined, left, spend
  tiers        the customers of a year ago by what they spend, from the same columns
  win-back     who returned after how many months, from the same columns
  revenue      what customers pay against a year ago, from customer, month, amount

A customer without a date in left is active. --from is pasted into the query as it is; the
names of columns are quoted.`,
		Example: `  churncost sql life-table --from customers --observed 2026-01-01 | psql --csv shop > life-table.csv
  churncost sql life-table --from "'customers.csv'" --observed 2026-01-01 --period year | duckdb -csv
  churncost sql tiers --from customers --observed 2026-01-01 --column joined=start_date --column spend=mrr
  churncost sql revenue --from invoices --dialect sqlite | sqlite3 -csv -header shop.db > revenue.csv`,
		ValidArgs: query.Names(),
		RunE: func(_ *cobra.Command, args []string) error {
			o.Columns = columns.List
			var err error
			if o.Query, err = queryOf(args); err != nil {
				return err
			}
			text, err := query.Write(o)
			if err != nil {
				return err
			}
			return p.print([]byte(text))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.From, "from", "", "the `TABLE` or expression that holds the records; it is pasted into the query as it is")
	flags.StringVar(&o.Observed, "observed", "", "the `DATE` on which the records were taken; what happens on it or later does not count")
	flags.StringVar(&o.Since, "since", "", "leave out what happened before this `DATE`, where earlier leavers are not in the records")
	flags.StringVar(&o.Period, "period", "", "`PERIOD` in which customers may leave: month, quarter or year; of revenue, how far back each month is compared (default month; of revenue, year)")
	flags.StringVar(&o.Segment, "segment", "", "a `COLUMN`: one table for each of its values")
	flags.Var(&columns, "column", "`OURS=THEIRS` says what a column is called in the records: joined=start_date; repeatable")
	flags.Var(options.WholeNumber[int]{To: &o.MinCell}, "min-cell", "add rows to their neighbours until so many `CUSTOMERS` left in each; were there, of tiers; returned, of win-back")
	flags.StringVar(&o.Currency, "currency", "USD", "the `CODE` of the currency: money is summed in its minor unit")
	flags.StringVar(&o.Dialect, "dialect", query.Dialects()[0], "`NAME` of the engine's SQL: "+strings.Join(query.Dialects(), ", "))
	return cmd
}

// defaultMinCell is how many leavers a row has at least, so that none tells of a person.
const defaultMinCell = 10

// queryOf finds the query that is named.
func queryOf(args []string) (records.Kind, error) {
	if len(args) != 1 {
		return "", &calc.Problem{Message: "sql takes the name of one query", Hint: "name " + calc.Choice(query.Names())}
	}
	if slices.Contains(query.Names(), args[0]) {
		return records.Kind(args[0]), nil
	}
	hint := "name " + calc.Choice(query.Names())
	if near := scenarios.Nearest(args[0], query.Names()); near != "" {
		hint = "did you mean " + near + "?"
	}
	return "", &calc.Problem{Message: fmt.Sprintf("there is no query %q", args[0]), Hint: hint}
}
