package render

import (
	"math"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc"
)

// words expands the templates of one answer: {customer.spend} is an input,
// {customer.years said} the same as people say it, {ripple.heard} a metric, {1}
// or {2 money} a term.
type words struct {
	notation
	answer *Answer
}

// working expands the template of how a figure was made.
func (w words) working(f *calc.Figure) string {
	return w.expand(f.Working, f.Terms, w.inWorking, func(f *calc.Figure) string { return w.one(f.Unit, f.Range.Likely) })
}

// sentence expands a headline or a note.
func (w words) sentence(template string) string {
	return w.expand(template, nil, w.inSentence, func(f *calc.Figure) string {
		text := w.one(f.Unit, f.Range.Likely)
		if !f.Range.Exact() && !math.IsNaN(f.Range.Low) {
			text += " (" + w.span(f.Unit, f.Range) + ")"
		}
		return text
	})
}

func (w words) expand(template string, terms []float64, input func(*calc.Input) string, figure func(*calc.Figure) string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		var name string
		name, template, _ = strings.Cut(rest, "}")
		b.WriteString(w.name(name, terms, input, figure))
	}
}

func (w words) name(name string, terms []float64, input func(*calc.Input) string, figure func(*calc.Figure) string) string {
	if key, said := strings.CutSuffix(name, " said"); said {
		name, input = key, w.inSentence
	}
	number, unit, _ := strings.Cut(name, " ")
	if i, err := strconv.Atoi(number); err == nil {
		unit := calc.Unit(unit)
		if unit == "" {
			unit = calc.Count
		}
		return w.one(unit, terms[i-1])
	}
	if f := w.answer.Report.Figure(name); f != nil {
		return figure(f)
	}
	if in := w.answer.input(name); in != nil {
		return input(in)
	}
	return name
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
func (w words) inWorking(in *calc.Input) string {
	switch {
	case in.Word != "":
		return in.Word
	case in.Unit == calc.MoneyPerYear && in.Counted != "":
		text := w.span(in.Unit, in.Range)
		if visits := w.answer.input(in.Counted); visits != nil {
			text += " × " + w.inWorking(visits)
		}
		return text
	case (in.Unit == calc.MoneyPerYear || in.Unit == calc.Count) && in.Per.PerAnn > 1:
		times := in.Per.PerAnn
		return w.span(in.Unit, in.Range.Map(func(x float64) float64 { return x / times })) + " × " + fixed(times, 0)
	case in.Unit == calc.Years && in.Per.PerAnn > 1:
		times := in.Per.PerAnn
		return w.span(in.Unit, in.Range.Map(func(x float64) float64 { return x * times })) + " ÷ " + fixed(times, 0)
	}
	return w.span(in.Unit, in.Range)
}

// inSentence writes an input as people say it: 10 years, 18 months.
func (w words) inSentence(in *calc.Input) string {
	if in.Unit != calc.Years {
		return w.inWorking(in)
	}
	if math.IsInf(in.Range.Likely, 1) {
		return "all years to come"
	}
	unit, r := "year", in.Range
	if in.Per.PerAnn > 1 {
		times := in.Per.PerAnn
		unit, r = in.Per.Name, r.Map(func(x float64) float64 { return x * times })
	}
	text := w.span(calc.Years, r) + " " + unit
	if text != "1 "+unit {
		text += "s"
	}
	return text
}

// value writes an input as the table of assumptions shows it: as it was
// written, or the number of a default.
func (w words) value(in *calc.Input) string {
	switch {
	case in.Derived != "":
		return w.span(in.Unit, in.Range)
	case in.Text != "":
		return in.Text
	case in.Unit.Kin() == calc.Money:
		return plain(in.Range.Likely) // as it would be written
	}
	return w.span(in.Unit, in.Range)
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
