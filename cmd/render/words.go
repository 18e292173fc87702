package render

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/scenarios"
)

// words expands the templates of one answer: {customer.spend} is an input,
// {customer.years said} the same as people say it, {ripple.heard} a metric, {1}
// or {2 money} a term.
type words struct {
	notation
	answer *Answer
}

// working expands the template of how a figure was made. Its inputs stand at their
// likely values, as its metrics do, so that it can be reckoned through.
func (w words) working(f *calc.Figure) string {
	likely := func(unit calc.Unit, r calc.Range) string {
		return w.precise(unit, r.Likely, w.written(unit, r.Likely))
	}
	number := func(unit calc.Unit, value float64) string {
		return w.precise(unit, value, w.digits(unit, value))
	}
	return w.expand(f.Working, func(name string) string {
		term, unit, _ := strings.Cut(name, " ")
		if i, err := strconv.Atoi(term); err == nil {
			return number(cmp.Or(calc.Unit(unit), calc.Count), f.Terms[i-1])
		}
		if f := w.answer.Report.Figure(name); f != nil {
			return number(f.Unit, w.term(f))
		}
		if key, said := strings.CutSuffix(name, " said"); said {
			return w.input(key, likely, w.inSentence)
		}
		return w.input(name, likely, w.inWorking)
	})
}

// term is a metric as a calculation goes on from it: as it is printed elsewhere, or, where
// it is so small that little of it is left then, as it was computed.
func (w words) term(f *calc.Figure) float64 {
	const near = 1. / 40_000 // to five significant digits, of a number that begins with 2
	if math.Abs(f.Computed-f.Range.Likely) > near*math.Abs(f.Computed) {
		return f.Computed
	}
	return f.Range.Likely
}

// sentence expands a note, or the reason for what is absent.
func (w words) sentence(template string, terms ...float64) string {
	return w.said(template, terms, w.ranged)
}

// said expands a template as people say it, its figures in a way of their own.
func (w words) said(template string, terms []float64, figure func(*calc.Figure) string) string {
	return w.expand(template, func(name string) string {
		term, unit, _ := strings.Cut(name, " ")
		if i, err := strconv.Atoi(term); err == nil {
			return w.one(cmp.Or(calc.Unit(unit), calc.Count), terms[i-1])
		}
		if f := w.answer.Report.Figure(name); f != nil {
			return figure(f)
		}
		return w.input(strings.TrimSuffix(name, " said"), w.given, w.inSentence)
	})
}

// ranged writes a figure with its ends.
func (w words) ranged(f *calc.Figure) string {
	text := w.one(f.Unit, f.Range.Likely)
	if !f.Range.Exact() && !math.IsNaN(f.Range.Low) {
		text += " (" + w.span(f.Unit, f.Range) + ")"
	}
	return text
}

// expand puts a text in the place of each name. One that multiplies or divides stays
// together where it is divided by.
func (w words) expand(template string, text func(name string) string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		var name string
		name, template, _ = strings.Cut(rest, "}")
		part := text(name)
		if strings.HasSuffix(before, "÷ ") && (strings.Contains(part, " × ") || strings.Contains(part, " ÷ ")) {
			part = "(" + part + ")"
		}
		b.WriteString(part)
	}
}

// A writer writes the number of an input, which may be a range.
type writer func(calc.Unit, calc.Range) string

// input writes the input of a key in one of two ways, as a term or as it is said; a
// key that was not used stands for itself.
func (w words) input(key string, write writer, as func(*calc.Input, writer) string) string {
	if in := w.answer.input(key); in != nil {
		return as(in, write)
	}
	return key
}

// Sentence expands a note on a scenario as a whole, which names no inputs.
func Sentence(s *scenarios.Scenario, n calc.Note) calc.Note {
	w := words{notation: notation{s.Currency}, answer: &Answer{Report: new(calc.Report)}}
	n.Text, n.Terms = w.sentence(n.Text, n.Terms...), nil
	return n
}

// input finds an input among those that were used, or nil.
func (a *Answer) input(key string) *calc.Input {
	for _, in := range a.Inputs {
		if in.Key == key {
			return in
		}
	}
	return nil
}

// inWorking writes an input as a term of a formula, with the conversion from the
// period it was written for: $50 × 52.
func (w words) inWorking(in *calc.Input, write writer) string {
	times := in.Per.PerAnn
	switch {
	case in.Word != "":
		return in.Word
	case in.Unit == calc.MoneyPerYear && in.Counted != "":
		text := write(in.Unit, in.Range)
		if visits := w.answer.input(in.Counted); visits != nil {
			text += " × " + w.inWorking(visits, write)
		}
		return text
	case (in.Unit == calc.MoneyPerYear || in.Unit == calc.Count) && times > 1:
		return write(in.Unit, in.Range.Map(func(x float64) float64 { return x / times })) + " × " + fixed(times, 0)
	case in.Unit == calc.Years && times > 1:
		return write(in.Unit, in.Range.Map(func(x float64) float64 { return x * times })) + " ÷ " + fixed(times, 0)
	}
	return write(in.Unit, in.Range)
}

// inSentence writes an input as people say it: 10 years, 18 months.
func (w words) inSentence(in *calc.Input, write writer) string {
	if in.Unit != calc.Years {
		return w.inWorking(in, write)
	}
	if math.IsInf(in.Range.Likely, 1) {
		return "all years to come"
	}
	unit, r := "year", in.Range
	if in.Per.PerAnn > 1 {
		times := in.Per.PerAnn
		unit, r = in.Per.Name, r.Map(func(x float64) float64 { return x * times })
	}
	text := write(calc.Years, r) + " " + unit
	if text != "1 "+unit {
		text += "s"
	}
	return text
}

// value writes an input as the table of assumptions shows it: as it was
// written, or the number of a default.
func (w words) value(in *calc.Input) string {
	switch {
	case len(in.List) > 0: // which follows another list, and says what that does
		var elements []string
		for i := range in.List {
			elements = append(elements, in.List[i].Text)
		}
		return "[" + strings.Join(elements, ", ") + "]"
	case in.Derived != "":
		return w.given(in.Unit, in.Range)
	case in.Text != "":
		return in.Text
	case in.Unit.Kin() == calc.Money:
		return plain(in.Range.Likely) // as it would be written
	}
	return w.given(in.Unit, in.Range)
}

// origin says where an input came from.
func (w words) origin(in *calc.Input) string {
	switch in.Origin {
	case calc.FromScenario:
		return in.Place.Document.Name + ":" + strconv.Itoa(in.Place.Line)
	case calc.FromSet:
		return "--set"
	case calc.FromBenchmark:
		return "benchmark"
	}
	if in.Derived != "" {
		return "default: " + in.Text
	}
	return "default"
}
