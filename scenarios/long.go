package scenarios

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/scenarios/number"
	"github.com/churncost/churncost/scenarios/syntax"
)

// An input may be written long: a value with its source, or a range with the distribution
// that it is drawn from.
//
//	{value: 25%, source: "exit survey, 2026", owner: Ann, date: 2026-05-01}
//	{low: 40 per week, high: 60 per week, shape: normal, interval: 95%}

// CitationKeys lists the keys of a value written long.
func CitationKeys() []string { return []string{"value", "source", "owner", "date", "expires"} }

// RangeKeys lists the keys of a range written long.
func RangeKeys() []string { return []string{"low", "likely", "high", "shape", "interval"} }

// long reads an input that is written long.
func (r *reader) long(f *calc.Field, n *syntax.Node, in *quantity.Input) bool {
	var value *syntax.Node
	var ends longRange
	before := len(r.problems)
	r.pairs(n, func(key, content *syntax.Node) {
		switch key.Value {
		case "low", "likely", "high", "shape", "interval":
			if ends == nil {
				ends = longRange{}
			}
			ends[key.Value] = content
		case "value":
			value = content
		case "source":
			in.Citation.Source, _ = r.words(content, key.Value)
		case "owner":
			in.Citation.Owner, _ = r.words(content, key.Value)
		case "date":
			in.Citation.Date = r.date(content, key.Value)
		case "expires":
			in.Citation.Expires = r.date(content, key.Value)
		default:
			r.problem(key, r.longHint(f, key, content, key == n.Content[0]), "unknown key %q", clean(f.Key+"."+key.Value))
		}
	})
	wrong := len(r.problems) > before
	switch {
	case ends != nil && value != nil:
		r.problem(n, "write either value:, or low: and high:", "%s is given in two ways", f.Key)
		return false
	case ends != nil && !wrong:
		return r.longRange(f, n, ends, in)
	case value == nil && !wrong:
		r.problem(n, "write value: and the number", "%s has no value", f.Key)
	}
	if value == nil {
		return false
	}
	if value = r.resolve(value); value == nil {
		return false
	}
	in.Place = syntax.PlaceOf(r.doc, value)
	if value.Kind == syntax.MappingNode {
		r.problem(value, "write the number", "a value within a value")
		return false
	}
	return r.value(f, value, in) && !wrong
}

// date reads a day.
func (r *reader) date(n *syntax.Node, what string) string {
	text, ok := r.words(n, what)
	if ok && !IsDate(text) {
		r.problem(n, "write it as 2026-05-01", "%q is not a date", clean(text))
	}
	return text
}

// IsDate reports whether a text is a date, written 2026-05-01.
func IsDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// longHint guesses what an unknown key of a long input was meant to be.
func (r *reader) longHint(f *calc.Field, key, content *syntax.Node, first bool) string {
	switch {
	case syntax.IsNull(content) && strings.Contains(key.Value, ":"):
		return "put a space after the colon"
	case syntax.IsNull(content) && first:
		for _, value := range [...]string{key.Value, "[" + key.Value + "]"} {
			if r.takes(f, value) {
				return "write value: " + clean(value)
			}
		}
		return "write value: before it"
	case syntax.IsNull(content):
		return "put quotes around a text that holds a comma"
	}
	return oneOf(key.Value, slices.Concat(CitationKeys(), RangeKeys()))
}

// A longRange holds the parts of a range written long, by their keys.
type longRange map[string]*syntax.Node

// longRange reads a range written long.
func (r *reader) longRange(f *calc.Field, at *syntax.Node, parts longRange, in *quantity.Input) bool {
	before := len(r.problems)
	texts := map[string]string{}
	for _, name := range RangeKeys() {
		n := parts[name]
		if n == nil {
			continue
		}
		if text, ok := r.words(n, name); ok {
			texts[name] = strings.TrimSpace(text)
		}
		if strings.Contains(texts[name], "..") {
			r.problem(n, "write low: and high:, and likely: where there is one", "%s is one number, not a range", name)
		}
	}
	switch {
	case len(r.problems) > before:
		return false
	case f.Kind != calc.NumberInput && f.Kind != calc.ChangeInput:
		r.problem(at, "write value:", "%s cannot be a range", f.Key)
		return false
	case texts["low"] == "" || texts["high"] == "":
		r.problem(at, "write low: and high:", "%s needs both ends of its range", f.Key)
		return false
	}
	in.Text = joined(texts["low"], texts["likely"], texts["high"])
	err := number.Parse(f, in.Text, in)
	if wrong, is := errors.AsType[*number.Error](err); is {
		r.problem(at, wrong.HintWith(separate), "%s", wrong.Message)
		return false
	}
	r.shape(at, parts, texts, in)
	return len(r.problems) == before && r.center(at, in)
}

// center makes the median the likely value of a range whose ends are not bounds, because
// such a range has no likely value of its own. It reports whether there is a median.
func (r *reader) center(at *syntax.Node, in *quantity.Input) bool {
	if in.Shape.Kind.Bounded() || in.Range.Exact() {
		return true
	}
	median, err := whatif.Median(in)
	if problem, found := errors.AsType[*calc.Problem](err); found {
		r.problem(at, problem.Hint, "%s", problem.Message)
		return false
	}
	in.Range.Likely = min(max(median, in.Range.Low), in.Range.High) // rounding may have moved it past an end
	return true
}

// joined writes low, likely and high as one range, with the period once at the
// end.
func joined(low, likely, high string) string {
	if i := strings.IndexByte(high, ' '); i >= 0 && !strings.HasSuffix(high, "%") && !strings.HasSuffix(high, " pp") {
		low, likely = strings.TrimSuffix(low, high[i:]), strings.TrimSuffix(likely, high[i:])
	}
	if likely != "" {
		low += ".." + likely
	}
	return low + ".." + high
}

// separate undoes joined: it writes low, likely and high with their keys.
func separate(text string) string {
	ends := strings.Split(text, "..")
	if len(ends) > 2 {
		ends[1] = "likely: " + ends[1]
	}
	last := len(ends) - 1
	ends[0], ends[last] = "low: "+ends[0], "high: "+ends[last]
	return strings.Join(ends, ", ")
}

// shape reads the distribution, and whether low and high are its bounds or the
// ends of an interval.
func (r *reader) shape(at *syntax.Node, parts longRange, texts map[string]string, in *quantity.Input) {
	if name := texts["shape"]; name != "" {
		if !slices.Contains(quantity.Shapes(), name) {
			r.problem(parts["shape"], oneOf(name, quantity.Shapes()), "%q is not a shape", clean(name))
			return
		}
		in.Shape.Kind = quantity.ShapeKind(name)
	}
	kind := in.Shape.Kind
	if kind.Bounded() {
		if n := parts["interval"]; n != nil {
			r.problem(n, "remove it, or choose normal, lognormal or beta", "low and high are the bounds of a %s", kind)
		}
		if texts["likely"] == "" && kind != quantity.Uniform {
			r.problem(at, "write likely:", "a %s has a likely point", kind)
		}
		if texts["likely"] != "" && kind == quantity.Uniform {
			r.problem(parts["likely"], "remove it, or choose pert or triangular", "a uniform has no likely point")
		}
		return
	}
	if n := parts["likely"]; n != nil {
		r.problem(n, "remove it, or choose pert or triangular", "a %s is given by its interval alone", kind)
	}
	if kind == quantity.Lognormal && in.Range.Low <= 0 {
		r.problem(at, "choose another shape, such as pert", "a lognormal must be above zero")
	}
	if kind == quantity.Beta && (in.Unit != quantity.Share || in.Range.Low <= 0 || in.Range.High >= 1) {
		r.problem(at, "choose another shape, such as pert", "a beta is for a share between 0%% and 100%%")
	}
	in.Shape.Interval = quantity.DefaultInterval
	if text := texts["interval"]; text != "" {
		numeral, err := quantity.ParseNumeral(text)
		if err != nil || numeral.Suffix == "pp" || numeral.Value <= 0 || numeral.Value >= 1 {
			r.problem(parts["interval"], "write a share, such as 90%", "%q is not an interval", clean(text))
			return
		}
		in.Shape.Interval = numeral.Value
	}
}
