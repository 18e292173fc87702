// Package wording fills in the sentences and calculations of calculators. A calculator
// writes templates that name inputs, metrics and terms. Here each name becomes a cell,
// with the text, conversion and currency that the number was read with. Verdicts, changes
// and errors are put into sentences here too. It knows results and the inputs they are
// computed from. It knows no table and no format.
package wording

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/cmd/internal/cell"
	"github.com/churncost/churncost/cmd/internal/results"
)

// An Answer fills in the templates of one calculator: {customer.spend} is an input,
// {customer.years said} the same as people say it, {ripple.heard} a metric, {1} or
// {2 money} a term.
type Answer struct {
	cell.NumberFormat
	*results.Answer
}

// Calculation shows how a figure was computed. Inputs and metrics have their likely
// values, so that a reader can check it.
func (a *Answer) Calculation(f *calc.Figure) cell.Cell {
	likely := func(unit quantity.Unit, r quantity.Range) cell.Cell {
		return a.Precise(unit, r.Likely, a.Written(unit, r.Likely))
	}
	number := func(unit quantity.Unit, value float64) cell.Cell {
		return a.Precise(unit, value, a.Digits(unit, value))
	}
	return cell.Fill(f.Working, func(name string) cell.Cell {
		if unit, value, is := termNamed(name, f.Terms); is {
			return number(unit, value)
		}
		if f := a.Report.Figure(name); f != nil {
			return number(f.Unit, termOf(f))
		}
		if key, said := strings.CutSuffix(name, " said"); said {
			return a.input(key, likely, a.inSentence)
		}
		return a.input(name, likely, a.inCalculation)
	})
}

// termNamed finds the term of a name such as "1" or "2 money".
func termNamed(name string, terms []float64) (unit quantity.Unit, value float64, is bool) {
	number, word, _ := strings.Cut(name, " ")
	i, err := strconv.Atoi(number)
	if err != nil {
		return "", 0, false
	}
	return cmp.Or(quantity.Unit(word), quantity.Count), terms[i-1], true
}

// termOf returns a metric as a term of another calculation: as it is printed elsewhere,
// or unrounded if it is so small that rounding would change it noticeably.
func termOf(f *calc.Figure) float64 {
	const near = 1. / 40_000 // to five significant digits, of a number that begins with 2
	if math.Abs(f.Computed-f.Range.Likely) > near*math.Abs(f.Computed) {
		return f.Computed
	}
	return f.Range.Likely
}

// Note fills in a note on a scenario as a whole. Such a note names no inputs.
func Note(n results.Note) cell.Cell {
	a := Answer{cell.NumberFormat{Currency: n.Currency}, &results.Answer{Report: new(calc.Report)}}
	text := a.Sentence(n.Text, n.Terms...)
	if n.Of != "" {
		return cell.Say("{1}: {2}", cell.Words(n.Of), text)
	}
	return text
}

// Sentence fills in a note, or the reason for what is absent.
func (a *Answer) Sentence(template string, terms ...float64) cell.Template {
	return a.said(template, terms, a.ranged)
}

// said fills in a template as people say it. The caller decides how figures are shown.
func (a *Answer) said(template string, terms []float64, figure func(*calc.Figure) cell.Cell) cell.Template {
	return cell.Fill(template, func(name string) cell.Cell {
		if unit, value, is := termNamed(name, terms); is {
			return a.One(unit, value)
		}
		if f := a.Report.Figure(name); f != nil {
			return figure(f)
		}
		return a.input(strings.TrimSuffix(name, " said"), a.Given, a.inSentence)
	})
}

// ranged is a figure with its low and high end.
func (a *Answer) ranged(f *calc.Figure) cell.Cell {
	likely := a.One(f.Unit, f.Range.Likely)
	if f.Range.Exact() || math.IsNaN(f.Range.Low) {
		return likely
	}
	return cell.Say("{1} ({2})", likely, a.Span(f.Unit, f.Range))
}

// A writer makes a cell of the number of an input, which may be a range.
type writer func(quantity.Unit, quantity.Range) cell.Cell

// input shows the input of a key in one of two ways, as a term or as people say it. If
// the key was not used, it shows the key.
func (a *Answer) input(key string, write writer, as func(*quantity.Input, writer) cell.Cell) cell.Cell {
	if in := a.Input(key); in != nil {
		return as(in, write)
	}
	return cell.Words(key)
}

// inCalculation shows an input as a term of a formula, with the conversion from the
// period it was written for: $50 × 52.
func (a *Answer) inCalculation(in *quantity.Input, write writer) cell.Cell {
	times := in.Per.PerAnn
	scaled := func(by float64) cell.Cell {
		return write(in.Unit, in.Range.Map(func(x float64) float64 { return x * by }))
	}
	divided := func(by float64) cell.Cell {
		return write(in.Unit, in.Range.Map(func(x float64) float64 { return x / by }))
	}
	switch {
	case in.Word != "":
		return cell.Words(in.Word)
	case in.Unit == quantity.MoneyPerYear && in.Counted != "":
		amount := write(in.Unit, in.Range)
		if visits := a.Input(in.Counted); visits != nil {
			return cell.Say("{1} × {2}", amount, a.inCalculation(visits, write))
		}
		return amount
	case (in.Unit == quantity.MoneyPerYear || in.Unit == quantity.Count) && times > 1:
		return cell.Say("{1} × {2}", divided(times), cell.Raw(times))
	case in.Unit == quantity.Years && times > 1:
		return cell.Say("{1} ÷ {2}", scaled(times), cell.Raw(times))
	}
	return write(in.Unit, in.Range)
}

// inSentence shows an input as people say it: 10 years, 18 months.
func (a *Answer) inSentence(in *quantity.Input, write writer) cell.Cell {
	if in.Unit != quantity.Years {
		return a.inCalculation(in, write)
	}
	if math.IsInf(in.Range.Likely, 1) {
		return cell.Say("all years to come")
	}
	period, r := "year", in.Range
	if times := in.Per.PerAnn; times > 1 {
		period, r = in.Per.Name, r.Map(func(x float64) float64 { return x * times })
	}
	length := write(quantity.Years, r)
	if n, is := length.(cell.Number); is && n.Digits == 0 && math.Round(n.Value) == 1 {
		return cell.Say("{1} "+period, length)
	}
	return cell.Say("{1} "+period+"s", length)
}
