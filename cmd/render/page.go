package render

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/scenarios"
)

// A page is a document laid out for reading: sections of headlines, grids and
// lines of text, every number written out. The formats for people draw it.
type page []block

// A block is one thing on a page.
type block struct {
	headline string // one sentence that answers
	grid     *grid
	picture  *picture // drawn where there is room for pictures
	lines    []string // remarks
}

// A grid is a table of texts.
type grid struct {
	title   string
	list    bool // two columns that read as a list of names and texts
	bars    bool // the last column is bars of characters, for where nothing is drawn
	columns []column
	rows    [][]string
}

type column struct {
	name  string
	right bool // aligned right: numbers
}

// lay lays a document out.
func lay(d *Document) page {
	var p page
	for i := range d.Sections {
		p = append(p, newLayout(&d.Sections[i]).blocks()...)
	}
	switch {
	case len(d.Sources) > 0:
		p = append(p, sources(d)...)
	case d.Comparison != nil:
		p = append(p, comparison(d)...)
	case d.Simulation != nil:
		p = append(p, simulation(d)...)
	case d.Sensitivity != nil:
		p = append(p, sensitivity(d)...)
	case d.Solution != nil:
		p = append(p, solution(d)...)
	case d.Status != "":
		p = append(p, check(d)...)
	}
	p.clean()
	return p
}

// clean takes out what would break a line or drive a terminal. Scenarios hold no
// such characters; names of files may.
func (p page) clean() {
	all := func(texts []string) {
		for i := range texts {
			texts[i] = scenarios.Printable(texts[i])
		}
	}
	for i := range p {
		p[i].headline = scenarios.Printable(p[i].headline)
		all(p[i].lines)
		if g := p[i].grid; g != nil {
			for j := range g.columns {
				g.columns[j].name = scenarios.Printable(g.columns[j].name)
			}
			for _, row := range g.rows {
				all(row)
			}
		}
	}
}

// noteLines are the remarks on scenarios as a whole.
func noteLines(notes []calc.Note) []string {
	var lines []string
	for _, note := range notes {
		lines = append(lines, noteLine(note.Kind, note.Text))
	}
	return lines
}

func noteLine(kind calc.NoteKind, text string) string { return string(kind) + ": " + text }

// A layout lays one scenario out: its answers one after another, then once what
// they have in common.
type layout struct {
	words
	section  *Section
	notes    []string // footnotes, by number less one
	unmarked bool     // whether figures bear no marks, for there are no footnotes
}

func newLayout(s *Section) *layout {
	return &layout{words: words{notation: notation{s.Scenario.Currency}}, section: s}
}

// of turns to one of the answers.
func (l *layout) of(a *Answer) *layout {
	l.answer = a
	return l
}

func (l *layout) blocks() page {
	var p page
	var warnings []string
	for i := range l.section.Answers {
		p = append(p, l.of(&l.section.Answers[i]).answerBlocks()...)
		for _, note := range l.answer.Report.Notes {
			if line := noteLine(note.Kind, l.note(note)); !slices.Contains(warnings, line) && !l.usedElsewhere(note) {
				warnings = append(warnings, line)
			}
		}
	}
	warnings = append(warnings, noteLines(l.section.Notes)...)
	if left := l.unfed(); len(left) > 0 {
		p = append(p, block{lines: left})
	}
	p = append(p, block{grid: l.assumptions()})
	if notes := append(l.footnotes(), warnings...); len(notes) > 0 {
		p = append(p, block{lines: notes})
	}
	return p
}

// answerBlocks are the headline, pictures and tables of one answer.
func (l *layout) answerBlocks() page {
	r := l.answer.Report
	p := page{{headline: l.headline()}}
	if w := l.waterfall(); w != nil {
		p = append(p, block{picture: w})
	}
	var before, after page
	for _, t := range r.Tables {
		to := &after
		if slices.ContainsFunc(t.Rows, hasMetric) {
			to = &before // it holds figures, which belong to the main table
		}
		if picture := l.draw(t); picture != nil {
			*to = append(*to, block{picture: picture})
		}
		*to = append(*to, block{grid: l.table(t)})
	}
	p = append(p, before...)
	p = append(p, block{grid: l.figures(true)})
	left := l.leftOut()
	if apart := l.apart(); apart != "" {
		left = slices.Insert(left, 0, apart)
	}
	if len(left) > 0 {
		p = append(p, block{lines: left})
	}
	return append(p, after...)
}

// unfed names the calculators that a report leaves out, and what they lack.
func (l *layout) unfed() []string {
	var lines []string
	for _, u := range l.section.Unfed {
		lines = append(lines, noteLine(calc.Without, u.needs()))
	}
	return lines
}

// needs says what the calculator lacks.
func (u *Unfed) needs() string { return u.Calculator + " needs " + calc.Listed(u.Keys) }

// headline is the answer in one sentence, ending with the grades of evidence it
// rests on. The first of a scenario begins with its label.
func (l *layout) headline() string {
	if l.answer == &l.section.Answers[0] {
		return l.section.Scenario.Label + ": " + l.answered()
	}
	return l.answered()
}

// answered is the headline without the label.
func (l *layout) answered() string {
	text := l.told()
	if classes := l.classes(); classes != "" {
		text += " (" + classes + ")"
	}
	return text
}

// classes says what the answer is based on that is not the reader's own and sourced:
// the grades of evidence, and what is given without a source.
func (l *layout) classes() string {
	r := l.answer.Report
	var grades []string
	unsourced := false
	for _, in := range r.BasedOn() {
		unsourced = unsourced || in.Class() == calc.Unsourced
		if in.Evidence != nil && !slices.Contains(grades, string(in.Evidence.Grade)) {
			grades = append(grades, string(in.Evidence.Grade))
		}
	}
	var parts []string
	if len(grades) > 0 {
		slices.Sort(grades)
		parts = append(parts, "based on evidence of "+plural(len(grades), "grade", "grades")+" "+calc.Listed(grades))
	}
	const without = "based on figures without a source"
	share := r.ShareOf(calc.Unsourced)
	isPart := 0 <= share && share <= 1 // where rows below zero are among the others it is none
	switch {
	case !unsourced || share == 0:
	case !isPart && len(parts) > 0:
		parts = append(parts, "and on figures without a source")
		return strings.Join(parts, ", ")
	case !isPart, share == 1 && len(parts) == 0:
		parts = append(parts, without)
	case share == 1:
		parts = append(parts, "all of it is "+without)
	default:
		parts = append(parts, l.one(calc.Share, share)+" is "+without)
	}
	return strings.Join(parts, "; ")
}

func plural(count int, one, many string) string {
	if count == 1 {
		return one
	}
	return many
}

// note is the text of a note of the answer.
func (l *layout) note(n calc.Note) string { return l.sentence(n.Text, n.Terms...) }

// usedElsewhere tells whether another answer uses the input that a note says is not
// used.
func (l *layout) usedElsewhere(n calc.Note) bool {
	return n.Kind == calc.NotUsed && slices.ContainsFunc(l.inputs(), func(in *calc.Input) bool { return in.Whole() == n.Key })
}

func hasMetric(row []calc.Cell) bool {
	return slices.ContainsFunc(row, func(c calc.Cell) bool { return c.Kind == calc.MetricCell })
}

// tabled tells whether a metric stands in a table of its own.
func (l *layout) tabled(metric string) bool {
	for _, t := range l.answer.Report.Tables {
		for _, row := range t.Rows {
			if slices.ContainsFunc(row, func(c calc.Cell) bool { return c.Metric == metric }) {
				return true
			}
		}
	}
	return false
}

// figures lays the main table out: a row for each figure, with its low and high
// end where one has them, and how it was made. Figures that stand in a table of
// their own are left out, if the page has that table.
func (l *layout) figures(tables bool) *grid {
	var shown []*calc.Figure
	ranged := false
	numbers := map[calc.Unit][]float64{} // that stand under each other, by unit
	for i := range l.answer.Report.Figures {
		f := &l.answer.Report.Figures[i]
		if f.Absent() || tables && l.tabled(f.Metric) {
			continue
		}
		shown = append(shown, f)
		ranged = ranged || !f.Range.Exact()
		numbers[f.Unit.Kin()] = append(numbers[f.Unit.Kin()], f.Range.Low, f.Range.Likely, f.Range.High)
	}
	g := &grid{title: l.answer.Calculator, columns: []column{{l.answer.Calculator, false}, {"amount", true}}}
	if ranged {
		where := ""
		if !l.bounded() {
			where = " at range ends"
		}
		g.columns = append(g.columns, column{"lowest" + where, true}, column{"highest" + where, true})
	}
	g.columns = append(g.columns, column{"calculation", false})
	for _, f := range shown {
		digits := l.digits(f.Unit, numbers[f.Unit.Kin()]...)
		amount := l.number(f.Unit, f.Range.Likely, digits)
		if f.Shown != "" {
			amount = f.Shown
		}
		row := []string{f.Label + l.marks(f), amount}
		if ranged {
			row = append(row, l.number(f.Unit, f.Range.Low, digits), l.number(f.Unit, f.Range.High, digits))
		}
		g.rows = append(g.rows, append(row, l.working(f)))
	}
	return g
}

// bounded tells whether every range that the answer uses is drawn between its ends:
// where one is not, there are figures beyond what the ends come to.
func (l *layout) bounded() bool {
	return !slices.ContainsFunc(l.answer.Inputs, func(in *calc.Input) bool { return !in.Range.Exact() && !in.Shape.Kind.Bounded() })
}

// apart says that the ends of the rows do not add up to those of their total; "" where
// they do.
func (l *layout) apart() string {
	r := l.answer.Report
	total := r.Figure(r.Sum.Total)
	if total == nil {
		return ""
	}
	low, high := total.Range.Low, total.Range.High
	for _, metric := range r.Sum.Parts {
		if part := r.Figure(metric); !part.Absent() {
			low, high = low-part.Range.Low, high-part.Range.High
		}
	}
	// Each row is rounded, and so is the total.
	room := float64(len(r.Sum.Parts)+1) * math.Pow10(-total.Unit.Digits(l.currency.Minor())) / 2
	var ends []string
	if math.Abs(low) > room {
		ends = append(ends, "its lowest")
	}
	if math.Abs(high) > room {
		ends = append(ends, "its highest")
	}
	if len(ends) == 0 {
		return ""
	}
	return "the rows add up to the total, but not to " + strings.Join(ends, " and ") + ": they do not all come to their own at once"
}

// marks are the numbers of the footnotes that belong to a figure.
func (l *layout) marks(f *calc.Figure) string {
	if l.unmarked {
		return ""
	}
	var numbers []int
	add := func(text string) {
		i := slices.Index(l.notes, text)
		if i < 0 {
			i = len(l.notes)
			l.notes = append(l.notes, text)
		}
		if !slices.Contains(numbers, i+1) {
			numbers = append(numbers, i+1)
		}
	}
	for _, in := range f.Evidence() {
		add(l.evidence(in.Evidence))
	}
	for _, source := range f.Beside {
		add("beside it: " + l.evidence(source))
	}
	if f.Limitation != "" {
		add(f.Limitation)
	}
	slices.Sort(numbers)
	var b strings.Builder
	for _, number := range numbers {
		b.WriteString(" " + superscript(number))
	}
	return b.String()
}

// evidence says what a built-in figure is and how far it can be trusted.
func (l *layout) evidence(s *calc.Source) string {
	var text strings.Builder
	text.WriteString(fmt.Sprintf("grade %s, %s: %s %s, %s", s.Grade, s.Grade.Means(), s.Key, s.Text, s.Measures))
	if s.Author != "unknown" {
		text.WriteString(" (" + s.Author)
		if s.Year != 0 {
			text.WriteString(fmt.Sprintf(" %d", s.Year))
		}
		text.WriteString(")")
	}
	for _, more := range [...]string{s.Caveat, s.Against} {
		if more != "" {
			text.WriteString("; " + more)
		}
	}
	return text.String()
}

func superscript(number int) string {
	digits := []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")
	var b strings.Builder
	for _, digit := range fmt.Sprint(number) {
		b.WriteRune(digits[digit-'0'])
	}
	return b.String()
}

// leftOut names the figures that are absent, and why or what would give them;
// those that are absent alike in one line.
func (l *layout) leftOut() []string {
	var reasons []string
	names := map[string][]string{}
	for i := range l.answer.Report.Figures {
		f := &l.answer.Report.Figures[i]
		if !f.Absent() {
			continue
		}
		why := l.absence(f)
		if names[why] == nil {
			reasons = append(reasons, why)
		}
		names[why] = append(names[why], f.Label+" ("+f.Metric+")")
	}
	for i, why := range reasons {
		said := why
		if keys, found := strings.CutPrefix(why, " needs "); found && len(names[why]) > 1 {
			said = " need " + keys
		}
		reasons[i] = "not included: " + strings.Join(names[why], ", ") + said
	}
	return reasons
}

// absence says why a figure is absent.
func (l *layout) absence(f *calc.Figure) string {
	var missing []string
	for _, key := range f.Keys {
		if l.section.Scenario.Inputs[key] == nil {
			missing = append(missing, key)
		}
	}
	if len(missing) > 0 {
		return " needs " + calc.Listed(missing)
	}
	return ": " + l.sentence(f.AbsenceReason)
}

// table lays out one of the answer's own tables.
func (l *layout) table(t *calc.Table) *grid {
	g := &grid{title: t.Name}
	var digits []int
	for i, c := range t.Columns {
		g.columns = append(g.columns, column{c.Name, c.Unit != calc.Word})
		var numbers, given []float64
		for _, row := range t.Rows {
			r := l.cellRange(row[i])
			switch {
			case !r.Exact():
			case row[i].Kind == calc.KeyCell:
				given = append(given, r.Likely)
			default:
				numbers = append(numbers, r.Likely)
			}
		}
		digits = append(digits, max(l.digits(c.Unit, numbers...), l.written(c.Unit, given...)))
	}
	for _, row := range t.Rows {
		var texts []string
		for i, cell := range row {
			texts = append(texts, l.cell(cell, t.Columns[i].Unit, digits[i]))
		}
		g.rows = append(g.rows, texts)
	}
	return g
}

// cellRange is the number in a cell.
func (l *layout) cellRange(c calc.Cell) calc.Range {
	switch c.Kind {
	case calc.MetricCell:
		return l.answer.Report.Figure(c.Metric).Range
	case calc.KeyCell:
		if in := l.answer.input(c.Key); in != nil {
			return in.Range
		}
	}
	return c.Range
}

func (l *layout) cell(c calc.Cell, unit calc.Unit, digits int) string {
	if c.Kind == calc.WordCell {
		return c.Words
	}
	text := ""
	switch r := l.cellRange(c); {
	case r.Exact():
		text = l.number(unit, r.Likely, digits)
	case c.Kind == calc.KeyCell:
		text = l.given(unit, r)
	default:
		text = l.span(unit, r)
	}
	if c.Kind == calc.MetricCell {
		text += l.marks(l.answer.Report.Figure(c.Metric))
	}
	return text
}

// inputs are those of all answers, each once.
func (l *layout) inputs() []*calc.Input {
	var all []*calc.Input
	for _, a := range l.section.Answers {
		for _, in := range a.Inputs {
			if !slices.ContainsFunc(all, func(other *calc.Input) bool { return other.Key == in.Key }) {
				all = append(all, in)
			}
		}
	}
	return all
}

// assumptions lays out the inputs, and where each came from.
func (l *layout) assumptions() *grid {
	inputs := l.inputs()
	g := &grid{title: "assumptions", columns: []column{{"assumption", false}, {"value", true}, {"set in", false}, {"class", false}}}
	sourced := slices.ContainsFunc(inputs, func(in *calc.Input) bool { return in.Citation != calc.Citation{} })
	if sourced {
		g.columns = append(g.columns, column{"source", false})
	}
	for _, in := range inputs {
		row := []string{in.Key, l.value(in), l.origin(in), class(in)}
		if sourced {
			row = append(row, ledger(in.Citation))
		}
		g.rows = append(g.rows, row)
	}
	return g
}

// class is how far an input can be relied on, in short.
func class(in *calc.Input) string {
	if in.Evidence != nil {
		return "grade " + string(in.Evidence.Grade)
	}
	return string(in.Class())
}

// ledger writes what a scenario says of an input's source.
func ledger(l calc.Citation) string {
	var parts []string
	for _, part := range [...]struct{ before, text string }{{"", l.Source}, {"", l.Owner}, {"", l.Date}, {"expires ", l.Expires}} {
		if part.text != "" {
			parts = append(parts, part.before+part.text)
		}
	}
	return strings.Join(parts, ", ")
}

// footnotes are the remarks that belong to figures, by their numbers.
func (l *layout) footnotes() []string {
	var lines []string
	for i, note := range l.notes {
		lines = append(lines, superscript(i+1)+" "+note)
	}
	return lines
}
