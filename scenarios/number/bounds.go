package number

import (
	"math"
	"strconv"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
)

// checkSuffix checks % and pp against the unit. A share is 3% or 0.03. It refuses 3 and
// 1, because they could mean 3% and 1% or 300% and 100%.
func (w *written) checkSuffix() error {
	f, text, suffix, values := w.field, w.amount, w.suffix, w.values[:w.count]
	switch {
	case f.Unit != quantity.Share && suffix != "":
		return wrong("write the number without "+suffix, "%q is a share, and %s is not", text, f.Key)
	case suffix == "pp" && f.Kind != calc.ChangeInput:
		share := strings.ReplaceAll(text, "pp", "%") + w.rest
		return wrong(usual(f), "%q is a change in points, and %s is a share", text, f.Key).offer(remedies(f, share), "write %s")
	case f.Unit != quantity.Share || suffix != "":
		return nil
	case f.Kind == calc.ChangeInput && strings.ContainsAny(text, "+-"):
		return wrong("write -5pp for five points less, or -5% for 5% less than it is today", "%q could be points or percent", text)
	}
	large := 0
	for _, value := range values {
		if value >= 1 {
			large++
		}
	}
	if large == 0 {
		return nil
	}
	if large < len(values) {
		return wrong("write % at every bound"+suchAs(f, ", as in ", "20%..40%"), "%q is not a share", text)
	}
	percent := w.with(func(bound string) string { return bound + "%" })
	s := wrong(usual(f), "%q is not a share", text)
	switch {
	case f.Max > 1:
		return s.offer(remedies(f, percent, hundredfold(values)+w.rest), "did you mean %s?", "did you mean %s or %s?")
	case values[0] == 1 && accepts(f, "100%"):
		return s.offer(remedies(f, percent), "did you mean %s? All of it is 100%%")
	}
	return s.offer(remedies(f, percent), "did you mean %s?")
}

// hundredfold writes the bounds of a share in percent.
func hundredfold(values []float64) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = tenDigits(value*100) + "%"
	}
	return strings.Join(texts, "..")
}

// changeBy distinguishes the three ways to write a change: 15%, -5pp, -5%. Zero needs no
// sign.
func (w *written) changeBy() (quantity.ChangeBy, error) {
	if w.suffix == "pp" {
		return quantity.ByPoints, nil
	}
	signed, bare := false, false
	for i, part := range strings.Split(w.amount, "..") {
		if part = strings.TrimSpace(part); strings.HasPrefix(part, "+") || strings.HasPrefix(part, "-") {
			signed = true
		} else if w.values[i] != 0 {
			bare = true
		}
	}
	switch {
	case signed && bare:
		return 0, wrong("write +5% for 5% more than it is today, and 5% for a new share of 5%", "%q mixes changes with new shares", w.amount)
	case signed:
		return quantity.ByPercent, nil
	}
	return quantity.ToValue, nil
}

// ascending makes a range of numbers. They must be in ascending order.
func (w *written) ascending() (quantity.Range, error) {
	values := w.values[:w.count]
	for i := 1; i < len(values); i++ {
		if values[i] < values[i-1] {
			return quantity.Range{}, wrong("write the low end first, then the likely point, then the high end", "the bounds of %q are the wrong way round", w.amount)
		}
	}
	switch len(values) {
	case 1:
		return quantity.Exactly(values[0]), nil
	case 2:
		return quantity.Between(values[0], values[1]), nil
	}
	return quantity.Range{Low: values[0], Likely: values[1], High: values[2]}, nil
}

// outside refuses a range that is not within the bounds of its field.
func outside(f *calc.Field, text string, r quantity.Range) error {
	limit := ""
	switch {
	case f.MinOpen && r.Low <= f.Min:
		limit = "above " + Limit(f, f.Min)
	case r.Low < f.Min:
		limit = "at least " + Limit(f, f.Min)
	case r.High > f.Max:
		limit = "at most " + Limit(f, f.Max)
	default:
		return nil
	}
	return wrong("", "%s is %s, and must be %s", f.Key, text, limit)
}

// limitText writes a bound as a scenario would.
func Limit(f *calc.Field, limit float64) string {
	switch {
	case f.Unit == quantity.Share:
		return strconv.FormatFloat(math.Round(limit*1e6)/1e4, 'f', -1, 64) + "%"
	case f.Unit == quantity.Years && limit != 0:
		return strconv.FormatFloat(limit, 'f', -1, 64) + " years"
	}
	return strconv.FormatFloat(limit, 'f', -1, 64)
}
