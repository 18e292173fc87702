package cmd

import (
	"context"
	"errors"
	"runtime/debug"
	"slices"

	"github.com/spf13/cobra"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/cmd/internal/fitting"
	"github.com/churncost/churncost/cmd/internal/options"
	"github.com/churncost/churncost/cmd/internal/results"
	"github.com/churncost/churncost/scenarios/records/query"
)

// fitted lists the calculators that records have the inputs for, in the order in which
// fit reports them.
var fitted = [...]string{"survival", "tiers", "revenue"}

// newFit makes the command that turns records into a scenario.
func newFit(p *program) *cobra.Command {
	var r request
	var q fitting.Question
	var columns options.Pairs
	cmd := &cobra.Command{
		Use:   "fit FILE...",
		Short: "Measure a scenario from your own records of customers",
		Long: `Read records of customers, and report how long they stay and what they are worth.
--format scenario prints the scenario that the report is computed from.

A file is CSV, with commas, semicolons or tabs. What it holds is told by its header:

  customer, joined, left, spend[, currency, segment]   customers one by one; left is
                                    empty for those who are still there
  cohort, period, survivors         how many of a cohort are left after each period
  the tables that the queries of churncost sql return

A customer is at risk once in each --period: that is how often they may leave. Dates
are written 2026-01-31. --observed is the day after the last that the records cover.`,
		Example: `  churncost fit customers.csv --observed 2026-01-01
  churncost fit customers.csv --observed 2026-01-01 --format scenario > mine.yaml
  churncost fit life-table.csv win-back.csv revenue.csv --format html=retention.html`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &calc.Problem{Message: "fit takes at least one file of records", Hint: "name a CSV file, or - for standard input"}
			}
			return readOnce(args...)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			q.Files, q.Stdin = args, p.stdin
			q.Records.Columns = columns.List
			stop, progress := p.watch(cmd.Context())
			defer stop()
			q.Progress = progress.report
			result, err := p.fit(progress.ctx, &r, q)
			progress.clear()
			if errors.Is(err, context.Canceled) {
				return interruptedError{}
			}
			return p.printResult(&r.out, result, err)
		},
	}
	flags := cmd.Flags()
	flags.Var((*options.Day)(&q.Records.Observed), "observed", "`DATE` the records were taken, such as 2026-01-01; needed for customers")
	flags.Var(&options.Choice{To: &q.Records.Period, From: query.Periods()}, "period", "`PERIOD` after which customers may leave: month (the default), quarter or year; of a table of revenue alone, how far back it compares (a year)")
	flags.Var((*options.Day)(&q.Records.Since), "since", "leave out what happened before this `DATE`, where earlier leavers are not in the records")
	flags.Var(&options.Choice{To: &q.Scenario.Tail, From: p.vocabulary.Field("customer.survival.tail").Choices}, "tail", "the `MODEL` that continues the life table where it ends: auto, sbg, bdw, geometric or none")
	q.Scenario.MinCell = defaultMinCell
	flags.Var(options.WholeNumber[int]{To: &q.Scenario.MinCell}, "min-cell", "add rows to their neighbours until so many `CUSTOMERS` left in each")
	flags.StringVar(&q.Records.Currency, "currency", "", "`CODE` such as EUR: only customers who pay in it, or the currency of amounts without one")
	flags.Var(&columns, "column", "`OURS=THEIRS` says what a column is called in the file: joined=start_date; repeatable")
	flags.Var(p.keyed("customer.years", "10", &q.Scenario.Years), "years", "how many `YEARS` to look ahead, or forever")
	flags.Var(p.keyed("customer.discount", "", &q.Scenario.Discount), "discount", "yearly discount `RATE`, such as 10%")
	flags.Var(p.keyed("customer.growth", "", &q.Scenario.Growth), "growth", "by what `RATE` those who stay spend more each year, such as 2%")
	r.flags(cmd)
	return cmd
}

// earlyCollection is by how many percent of what is kept memory may grow before what is
// thrown away is collected.
const earlyCollection = 20

// fit reads the records and answers what they have the inputs for.
func (p *program) fit(ctx context.Context, r *request, q fitting.Question) (*results.Result, error) {
	if slices.Contains(q.Files, "-") && isTerminal(p.stdin) {
		return nil, &calc.Problem{Message: "standard input is a terminal", Hint: "pipe records in: churncost fit - < customers.csv"}
	}
	// What a fit keeps is small, and what it throws away is too. Collecting it early costs no
	// time that could be measured, and takes 2 MB less.
	defer debug.SetGCPercent(debug.SetGCPercent(earlyCollection))
	made, err := fitting.Fit(ctx, q)
	if err != nil {
		return nil, err
	}
	s := p.study(r)
	s.Calculators = nil
	for _, name := range fitted {
		i := slices.IndexFunc(p.calculators, func(c calc.Calculator) bool { return c.Name == name })
		s.Calculators = append(s.Calculators, p.calculators[i])
	}
	named := r.named([]string{made.Label})
	if i := slices.IndexFunc(r.out.list, func(o output) bool { return o.format.Name == "scenario" }); i >= 0 && len(named.Set) > 0 {
		return nil, &calc.Problem{Message: "--set changes the report, and not the scenario that --format scenario writes", Hint: "leave one of them out, or change the scenario once it is written"}
	}
	return s.Fit(named, made.Text, made.Warnings)
}

// keyed makes a flag that takes the value of a key.
func (p *program) keyed(key, value string, to *string) *options.Keyed {
	*to = value
	return &options.Keyed{Field: p.vocabulary.Field(key), To: to}
}
