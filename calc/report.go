package calc

import (
	"slices"
	"strings"

	"github.com/churncost/churncost/calc/quantity"
)

// A Report is the result of a calculator: a headline, figures, tables and notes. A
// calculator's Tell fills it in without conditions, so that the metrics are the same
// for every scenario.
//
// Headlines, workings and reasons are templates: {customer.spend} or {ripple.heard}
// is replaced by whatever prints the report, with the text, conversion and currency
// that the number was read with.
type Report struct {
	Headline string
	Terms    []float64 // what {1}, {2}, … mean in the headline
	Figures  []Figure
	Tables   []*Table
	Notes    []Note
	Sum      Sum

	detail     detail
	numbers    []float64 // of the figures, in order
	cells      []float64 // of the cells that hold a number, in order
	tableSizes []tableSize
}

// A Figure is one metric with what is to be said about it.
type Figure = quantity.Figure

// detail is how much of a report is kept.
type detail int

const (
	everything      detail = iota
	figuresAndCells        // the numbers of both
	figuresOnly            // the numbers of figures
)

// A Sum says that some metrics add up to another.
type Sum struct {
	Total string
	Parts []string
}

// A Note is a remark below the tables.
type Note struct {
	Kind  NoteKind
	Key   string    // the input that it is about, where it is about one
	Text  string    // a template
	Terms []float64 // what {1}, {2}, … mean in it
}

// Same reports whether two notes say the same thing.
func (n *Note) Same(other Note) bool {
	return n.Kind == other.Kind && n.Key == other.Key && n.Text == other.Text && slices.Equal(n.Terms, other.Terms)
}

// NoteKind is a kind of note.
type NoteKind string

// The kinds of note.
const (
	Remark  NoteKind = "note"         // how to read the figures
	Warning NoteKind = "warning"      // something that is probably wrong
	NotUsed NoteKind = "not used"     // an input that is given and does nothing
	Without NoteKind = "not included" // a calculator that lacks inputs
	Expired NoteKind = "expired"
	Graded  NoteKind = "grade" // how far a built-in figure can be trusted
)

// Answer is the headline: one sentence, in parts, that answers the question.
func (r *Report) Answer(parts ...string) {
	if r.detail == everything {
		r.Headline = strings.Join(parts, "")
	}
}

// AnswerTerms are what {1}, {2}, … mean in the headline.
func (r *Report) AnswerTerms(terms ...float64) {
	if r.detail == everything {
		r.Terms = slices.Clone(terms)
	}
}

// Money adds an amount.
func (r *Report) Money(metric, label string, value float64) *Figure {
	return r.figure(metric, label, quantity.Money, value)
}

// MoneyPerYear adds an amount each year.
func (r *Report) MoneyPerYear(metric, label string, value float64) *Figure {
	return r.figure(metric, label, quantity.MoneyPerYear, value)
}

// Share adds a part of a whole.
func (r *Report) Share(metric, label string, value float64) *Figure {
	return r.figure(metric, label, quantity.Share, value)
}

// Points adds a difference of two shares.
func (r *Report) Points(metric, label string, value float64) *Figure {
	return r.figure(metric, label, quantity.Points, value)
}

// Years adds a time in years.
func (r *Report) Years(metric, label string, value float64) *Figure {
	return r.figure(metric, label, quantity.Years, value)
}

// Months adds a time in months.
func (r *Report) Months(metric, label string, value float64) *Figure {
	return r.figure(metric, label, quantity.Months, value)
}

// People adds a number of people.
func (r *Report) People(metric, label string, value float64) *Figure {
	return r.figure(metric, label, quantity.People, value)
}

// Count adds how many there are.
func (r *Report) Count(metric, label string, value float64) *Figure {
	return r.figure(metric, label, quantity.Count, value)
}

// Score adds a mark on the user's own scale.
func (r *Report) Score(metric, label string, value float64) *Figure {
	return r.figure(metric, label, quantity.Score, value)
}

// Parameter adds an estimate of a model.
func (r *Report) Parameter(metric, label string, value float64) *Figure {
	return r.figure(metric, label, quantity.Parameter, value)
}

// Ratio adds how many times one number goes into another.
func (r *Report) Ratio(metric, label string, value float64) *Figure {
	return r.figure(metric, label, quantity.Ratio, value)
}

// figure adds a number, and gives the figure to say more about, or nil where only
// numbers are wanted.
func (r *Report) figure(metric, label string, unit quantity.Unit, value float64) *Figure {
	r.numbers = append(r.numbers, value)
	if r.detail != everything {
		return nil
	}
	r.Figures = append(r.Figures, Figure{Metric: metric, Label: label, Unit: unit, Range: quantity.Exactly(value), Computed: value})
	return &r.Figures[len(r.Figures)-1]
}

// Adds says that the parts, which are metrics of the report already, add up to the
// total; an absent part counts nothing.
func (r *Report) Adds(total string, parts ...string) {
	if r.detail == everything {
		r.Sum = Sum{total, append([]string(nil), parts...)}
	}
}

// Warn adds a warning about an input, or about the whole where key is empty,
// when it is due: something is probably wrong.
func (r *Report) Warn(due bool, key, text string, terms ...float64) {
	if due {
		r.Notes = append(r.Notes, Note{Warning, key, text, slices.Clone(terms)})
	}
}

// Remark adds a remark, as Warn does, on how to read the figures.
func (r *Report) Remark(due bool, key, text string, terms ...float64) {
	if due {
		r.Notes = append(r.Notes, Note{Remark, key, text, slices.Clone(terms)})
	}
}

// Figure finds a figure by its metric, or nil.
func (r *Report) Figure(metric string) *Figure {
	for i := range r.Figures {
		if r.Figures[i].Metric == metric {
			return &r.Figures[i]
		}
	}
	return nil
}

// HeadlineMetrics are the figures that the headline names, by their index among
// Figures.
func (r *Report) HeadlineMetrics() []int {
	var indexes []int
	for i := range r.Figures {
		if strings.Contains(r.Headline, "{"+r.Figures[i].Metric+"}") {
			indexes = append(indexes, i)
		}
	}
	return indexes
}

// Round rounds every number in the report as it is printed and exported, money to
// minor digits.
func (r *Report) Round(minor int) {
	for i := range r.Figures {
		f := &r.Figures[i]
		f.Range = f.Range.Map(func(x float64) float64 { return f.Unit.Round(x, minor) })
	}
	for _, t := range r.Tables {
		for _, row := range t.Rows {
			for i := range row {
				unit := t.Columns[i].Unit
				row[i].Range = row[i].Range.Map(func(x float64) float64 { return unit.Round(x, minor) })
			}
		}
	}
}
