package scenarios

import (
	"errors"
	"math"
	"slices"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/whatif"
)

// spreadKeys are what a long input may say in the place of a value: the ends of
// a range, its likely point, and the distribution that it is drawn from.
var spreadKeys = [...]string{"low", "likely", "high", "shape", "interval"}

// A spread is a range written long:
//
//	{low: 15%, likely: 25%, high: 35%, shape: triangular}
//	{low: 40 per week, high: 60 per week, shape: normal, interval: 95%}
type spread map[string]*node

// spread reads a range written long; nil where something is wrong with it.
func (r *reader) spread(f *calc.Field, at *node, s spread, in *calc.Input) *calc.Input {
	before := len(r.problems)
	texts := map[string]string{}
	for _, name := range spreadKeys {
		if n := s[name]; n != nil {
			text, ok := r.words(n, name)
			if ok {
				texts[name] = strings.TrimSpace(text)
			}
			if strings.Contains(text, "..") {
				r.problem(n, "write low: and high:, and likely: where there is one", "%s is one number, not a range", name)
			}
		}
	}
	if len(r.problems) > before {
		return nil
	}
	switch {
	case f.Kind != calc.NumberInput && f.Kind != calc.ChangeInput:
		r.problem(at, "write value:", "%s cannot be a range", f.Key)
		return nil
	case texts["low"] == "" || texts["high"] == "":
		r.problem(at, "write low: and high:", "%s lacks an end of its range", f.Key)
		return nil
	}
	in.Text = joined(texts["low"], texts["likely"], texts["high"])
	if err := number(f, in.Text, in); err != nil {
		wrong := err.(*slip)
		r.problem(at, wrong.hinted(parted), "%s", wrong.message)
		return nil
	}
	r.shape(at, s, texts, in)
	if len(r.problems) > before || !r.centre(at, in) {
		return nil
	}
	return in
}

// centre makes the median the value of a range whose ends are no bounds, for nobody
// says there what is likely. It tells whether there is one.
func (r *reader) centre(at *node, in *calc.Input) bool {
	if in.Shape.Kind.Bounded() || in.Range.Exact() {
		return true
	}
	median, err := whatif.Median(in)
	if problem, found := errors.AsType[*calc.Problem](err); found {
		r.problem(at, problem.Hint, "%s", problem.Message)
		return false
	}
	in.Range.Likely = min(max(median, in.Range.Low), in.Range.High) // a root may be rounded beyond
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

// parted writes a range as joined was given it.
func parted(text string) string {
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
func (r *reader) shape(at *node, s spread, texts map[string]string, in *calc.Input) {
	if name := texts["shape"]; name != "" {
		if !slices.Contains(calc.Shapes(), name) {
			r.problem(s["shape"], oneOf(name, calc.Shapes()), "%q is no shape", clean(name))
			return
		}
		in.Shape.Kind = calc.ShapeKind(name)
	}
	kind := in.Shape.Kind
	if kind.Bounded() {
		if n := s["interval"]; n != nil {
			r.problem(n, "take it out, or choose normal, lognormal or beta", "low and high are the bounds of a %s", kind)
		}
		if texts["likely"] == "" && kind != calc.Uniform {
			r.problem(at, "write likely:", "a %s has a likely point", kind)
		}
		if texts["likely"] != "" && kind == calc.Uniform {
			r.problem(s["likely"], "take it out, or choose pert or triangular", "a uniform has no likely point")
		}
		return
	}
	if n := s["likely"]; n != nil {
		r.problem(n, "take it out, or choose pert or triangular", "a %s is given by its interval alone", kind)
	}
	if kind == calc.Lognormal && in.Range.Low <= 0 {
		r.problem(at, "choose another shape, such as pert", "a lognormal lies above zero")
	}
	if kind == calc.Beta && (in.Unit != calc.Share || in.Range.Low <= 0 || in.Range.High >= 1) {
		r.problem(at, "choose another shape, such as pert", "a beta is for a share between 0%% and 100%%")
	}
	in.Shape.Interval = calc.DefaultInterval
	if text := texts["interval"]; text != "" {
		numeral, err := calc.ParseNumeral(text)
		if err != nil || numeral.Suffix == "pp" || numeral.Value <= 0 || numeral.Value >= 1 {
			r.problem(s["interval"], "write a share, such as 90%", "%q is no interval", clean(text))
			return
		}
		in.Shape.Interval = numeral.Value
	}
}

// correlations reads the list of rank correlations.
func (r *reader) correlations(list *node) {
	if list = r.plain(list); list == nil || isNull(list) {
		return
	}
	if list.Kind != sequenceNode {
		r.problem(list, "begin each correlation with a dash", "correlations is a list")
		return
	}
	for _, item := range list.Content {
		if item = r.plain(item); item == nil {
			continue
		}
		if item.Kind != mappingNode {
			r.problem(item, "write {between: [customer.spend, customer.years], rank: 0.4}", "a correlation holds between: and rank:")
			continue
		}
		r.correlation(item)
	}
}

// correlation reads one rank correlation.
func (r *reader) correlation(item *node) {
	c := calc.Correlation{Rank: math.NaN(), Place: place(r.doc, item)}
	before := len(r.problems)
	r.pairs(item, func(key, value *node) {
		switch key.Value {
		case "between":
			r.between(value, &c)
		case "rank":
			c.Rank = r.rank(value)
		default:
			r.problem(key, oneOf(key.Value, []string{"between", "rank"}), "unknown key %q", clean(key.Value))
		}
	})
	switch {
	case len(r.problems) > before:
	case c.Keys[1] == "" || math.IsNaN(c.Rank):
		r.problem(item, "write {between: [customer.spend, customer.years], rank: 0.4}", "a correlation holds between: and rank:")
	case r.correlated(c):
		r.problem(item, "leave one of them out", "the correlation between %s and %s stands twice", c.Keys[0], c.Keys[1])
	default:
		r.scenario.Correlations = append(r.scenario.Correlations, c)
	}
}

// correlated tells whether there is a correlation between the same inputs.
func (r *reader) correlated(c calc.Correlation) bool {
	return slices.ContainsFunc(r.scenario.Correlations, func(other calc.Correlation) bool {
		return other.Keys == c.Keys || other.Keys == [2]string{c.Keys[1], c.Keys[0]}
	})
}

// rank reads a rank correlation; NaN where it is none.
func (r *reader) rank(n *node) float64 {
	text, ok := r.words(n, "rank")
	if !ok {
		return math.NaN()
	}
	numeral, err := calc.ParseNumeral(text)
	if err != nil || numeral.Suffix == "pp" || math.Abs(numeral.Value) > 1 {
		r.problem(n, "write a number from -1 to 1", "%q is no correlation", clean(text))
		return math.NaN()
	}
	return numeral.Value
}

// between reads the two keys of a correlation.
func (r *reader) between(list *node, c *calc.Correlation) {
	if list = r.plain(list); list == nil {
		return
	}
	if list.Kind != sequenceNode || len(list.Content) != len(c.Keys) {
		r.problem(list, "write [customer.spend, customer.years]", "a correlation is between two inputs")
		return
	}
	for i, n := range list.Content {
		key, ok := r.words(n, "a key")
		if !ok {
			return
		}
		switch f, _, _ := r.vocabulary.find(key); {
		case f == nil:
			r.problem(n, r.vocabulary.nearestKey(key), "unknown key %q", clean(key))
		case f.Kind == calc.ListInput || f.Kind == calc.ItemsInput:
			r.problem(n, "name an element of it, such as "+key+".1", "%s is a list", key)
		case f.Kind != calc.NumberInput && f.Kind != calc.ChangeInput || f.NoRange:
			r.problem(n, "name an input that can be one", "%s cannot be a range", key)
		}
		c.Keys[i] = key
	}
	if c.Keys[0] == c.Keys[1] {
		r.problem(list, "name two inputs", "an input has no correlation with itself")
	}
}
