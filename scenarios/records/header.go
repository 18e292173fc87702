package records

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
)

// A layout is the columns of a kind. Those that must be there tell the kind.
type layout struct {
	kind     Kind
	required []string
	optional []string
}

// layouts lists the kinds. The first whose columns are all there is meant.
var layouts = [...]layout{
	{Customers, []string{"customer", "joined", "left"}, []string{"spend", "currency", "segment"}},
	{LifeTable, []string{"tenure", "at_risk", "lost"}, []string{"spend_at_risk", "spend_lost", "active", "spend_active", "lost_last_year", "active_a_year_ago", "segment"}},
	{Tiers, []string{"bucket", "customers", "spend", "lost"}, []string{"segment"}},
	{WinBack, []string{"months_gone", "returned", "still_gone"}, []string{"segment"}},
	{Revenue, []string{"month", "starting", "churned", "contracted", "expanded", "new"}, []string{"starting_customers", "churned_customers", "contracted_customers", "expanded_customers", "new_customers", "segment"}},
	{Survivors, []string{"period", "survivors"}, []string{"cohort", "segment"}},
}

// A header says where the columns of a kind are.
type header struct {
	*layout
	separator byte
	names     []string // as in the file
	columns   []int    // of the required and the optional ones, −1 where absent
}

// at finds the place of a column; −1 where it is absent.
func (h *header) at(column string) int {
	if i := slices.Index(h.required, column); i >= 0 {
		return h.columns[i]
	}
	return h.columns[len(h.required)+slices.Index(h.optional, column)]
}

// separators between the columns. The one that the header has most often is meant.
var separators = [...]byte{',', ';', '\t'}

// readHeader tells the kind of the records by their first line, of that number.
func readHeader(line []byte, number int64, o *Options) (*header, error) {
	h := &header{separator: slices.MaxFunc(separators[:], func(a, b byte) int {
		return bytes.Count(line, []byte{a}) - bytes.Count(line, []byte{b})
	})}
	reader := csv.NewReader(bytes.NewReader(line))
	reader.Comma = rune(h.separator)
	var err error
	if h.names, err = reader.Read(); err != nil {
		return nil, o.problem(number, "the header is not readable: its quotes do not close", "write the names of the columns into the first line, such as customer,joined,left,spend")
	}
	if problems := o.checkColumns(h.names, number); problems != nil {
		return nil, problems
	}
	nearest, found := &layouts[0], -1
	for i := range layouts {
		l := &layouts[i]
		columns, missing, problems := l.find(h.names, number, o)
		if missing == 0 {
			h.layout, h.columns = l, columns
			return h, problems.OrNil()
		}
		if there := len(l.required) - missing; there > found {
			nearest, found = l, there
		}
	}
	return nil, nearest.unknown(h.names, number, o, found)
}

// find finds the columns of a layout by their names.
func (l *layout) find(names []string, number int64, o *Options) (columns []int, missing int, problems calc.Problems) {
	for i, column := range slices.Concat(l.required, l.optional) {
		at := -1
		for j, name := range names {
			switch {
			case !o.means(name, column):
			case at < 0:
				at = j
			default:
				problems = append(problems, o.problem(number, fmt.Sprintf("columns %d and %d are both called %q", at+1, j+1, name), fmt.Sprintf("rename one of them, or say which is meant: --column %s=NAME", column)))
			}
		}
		if at < 0 && i < len(l.required) {
			missing++
		}
		columns = append(columns, at)
	}
	return columns, missing, problems
}

// means reports whether a name in the file is that of a column of ours.
func (o *Options) means(name, column string) bool {
	if called, mapped := o.Columns[column]; mapped {
		return strings.EqualFold(strings.TrimSpace(name), strings.TrimSpace(called))
	}
	return plain.Replace(strings.ToLower(strings.TrimSpace(name))) == column
}

// has reports whether one of the names in the file is that of a column of ours.
func (o *Options) has(names []string, column string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return o.means(name, column) })
}

// plain writes At Risk and at-risk as at_risk.
var plain = strings.NewReplacer(" ", "_", "-", "_")

// checkColumns finds what is wrong with the names that columns are said to have.
func (o *Options) checkColumns(names []string, number int64) error {
	var problems calc.Problems
	for _, column := range slices.Sorted(maps.Keys(o.Columns)) {
		if !slices.ContainsFunc(layouts[:], func(l layout) bool {
			return slices.Contains(l.required, column) || slices.Contains(l.optional, column)
		}) {
			problems = append(problems, o.problem(0, fmt.Sprintf("--column %s=%s: no column is called %s", column, o.Columns[column], column), "on the left stands the name that churncost uses, such as joined; on the right the one in the file"))
		} else if !o.has(names, column) {
			problems = append(problems, o.problem(number, fmt.Sprintf("--column %s=%s: the file has no column %s", column, o.Columns[column], o.Columns[column]), "its columns are "+list(names)))
		}
	}
	return problems.OrNil()
}

// unknown says what a header lacks to be of the kind that it comes nearest to.
func (l *layout) unknown(names []string, number int64, o *Options, found int) error {
	if found == 0 {
		var kinds []string
		for _, l := range layouts {
			kinds = append(kinds, fmt.Sprintf("%s (%s)", l.kind, strings.Join(l.required, ", ")))
		}
		return o.problem(number, fmt.Sprintf("records have none of the columns %s", list(names)), "the first line names the columns of "+strings.Join(kinds, ", or of ")+"; if a column has another name, add --column joined=start_date")
	}
	var missing []string
	for _, column := range l.required {
		if !o.has(names, column) {
			missing = append(missing, column)
		}
	}
	hint := fmt.Sprintf("add them, or say what they are called, such as --column %s=NAME", missing[0])
	if o.has(names, "month") && o.has(names, "amount") {
		hint = "invoices, of customer, month and amount, are counted by an engine first: churncost sql revenue"
	}
	return o.problem(number, fmt.Sprintf("columns of %s are missing: %s; the file has %s", l.kind, list(missing), list(names)), hint)
}

// list writes names one after the other, the first dozen at most.
func list(names []string) string {
	const most = 12
	var short []string
	for _, name := range names[:min(len(names), most)] {
		short = append(short, clip(strings.TrimSpace(name)))
	}
	if len(names) > most {
		short = append(short, fmt.Sprintf("and %d more", len(names)-most))
	}
	return strings.Join(short, ", ")
}

// clip shortens a text that is printed.
func clip(text string) string {
	const most = 40
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
