package scenarios

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios/syntax"
)

// asCorrelation is the hint on how to write a correlation.
const asCorrelation = "write {between: [customer.spend, customer.years], rank: 0.4}"

// correlations reads the list of rank correlations.
func (r *reader) correlations(list *syntax.Node) {
	r.list(list, "correlations is a list", "begin each correlation with a dash", func(item *syntax.Node) {
		switch item = r.resolve(item); {
		case item == nil:
		case item.Kind != syntax.MappingNode:
			r.problem(item, asCorrelation, "a correlation holds between: and rank:")
		default:
			r.correlation(item)
		}
	})
}

// correlation reads one rank correlation.
func (r *reader) correlation(item *syntax.Node) {
	c := quantity.Correlation{Rank: math.NaN(), Place: syntax.PlaceOf(r.doc, item)}
	before := len(r.problems)
	r.pairs(item, func(key, value *syntax.Node) {
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
		r.problem(item, asCorrelation, "a correlation holds between: and rank:")
	case r.scenario.correlates(c.Keys[0], c.Keys[1]):
		r.problem(item, "remove one of them", "the correlation between %s and %s is given twice", c.Keys[0], c.Keys[1])
	default:
		r.scenario.Correlations = append(r.scenario.Correlations, c)
	}
}

// rank reads a rank correlation; NaN if it is not one.
func (r *reader) rank(n *syntax.Node) float64 {
	text, ok := r.words(n, "rank")
	if !ok {
		return math.NaN()
	}
	numeral, err := quantity.ParseNumeral(text)
	if err != nil || numeral.Suffix == "pp" || math.Abs(numeral.Value) > 1 {
		r.problem(n, "write a number from -1 to 1", "%q is not a correlation", clean(text))
		return math.NaN()
	}
	return numeral.Value
}

// between reads the two keys of a correlation.
func (r *reader) between(list *syntax.Node, c *quantity.Correlation) {
	if list = r.resolve(list); list == nil {
		return
	}
	if list.Kind != syntax.SequenceNode || len(list.Content) != len(c.Keys) {
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
		r.problem(list, "name two inputs", "an input cannot be correlated with itself")
	}
}
