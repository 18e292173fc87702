// Package options has the values of flags: they refuse what cannot be, and say what to write
// instead.
package options

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/scenarios"
)

// A Day is a date, in the form that scenarios use, so that dates compare as
// strings.
type Day string

func (d *Day) String() string { return string(*d) }

func (d *Day) Type() string { return "date" }

func (d *Day) Set(text string) error {
	if !scenarios.IsDate(text) {
		return errors.New("write it as 2026-05-01")
	}
	*d = Day(text)
	return nil
}

// OrNow returns the day that is given, or the current day. Only this reads the clock.
func (d Day) OrNow() string {
	if d == "" {
		return time.Now().Format(time.DateOnly)
	}
	return string(d)
}

// A WholeNumber is the value of a flag that takes a whole number, zero or more.
type WholeNumber[T int | uint64] struct{ To *T }

func (w WholeNumber[T]) String() string { return fmt.Sprint(*w.To) }

func (w WholeNumber[T]) Type() string { return "number" }

func (w WholeNumber[T]) Set(text string) error {
	n, err := strconv.ParseUint(strings.ReplaceAll(text, "_", ""), 10, 64)
	if *w.To = T(n); err != nil || *w.To < 0 || uint64(*w.To) != n {
		return errors.New("write a whole number, such as 100_000")
	}
	return nil
}

// A Share is the value of a flag such as --swing: 10%.
type Share struct{ Value float64 }

func (s *Share) String() string { return fmt.Sprintf("%g%%", s.Value*100) }

func (s *Share) Type() string { return "share" }

func (s *Share) Set(text string) error {
	n, err := quantity.ParseNumeral(text)
	if err != nil || n.Suffix != "%" || n.Value <= 0 || n.Value >= 1 {
		return errors.New("write a share between 0% and 100%, such as 10%")
	}
	s.Value = n.Value
	return nil
}

// A Choice is the value of a flag that is one of several words.
type Choice struct {
	To   *string
	From []string
}

func (c *Choice) String() string { return *c.To }

func (c *Choice) Type() string { return "word" }

func (c *Choice) Set(text string) error {
	if !slices.Contains(c.From, text) {
		return errors.New("it can be " + strings.Join(c.From, ", "))
	}
	*c.To = text
	return nil
}

// A Keyed takes what a field of the scenario does.
type Keyed struct {
	Field *calc.Field
	To    *string
}

func (k *Keyed) String() string { return *k.To }

func (k *Keyed) Type() string { return "value" }

func (k *Keyed) Set(text string) error {
	if _, err := new(scenarios.Scenario).Parse(k.Field, "", text); err != nil {
		return errors.New(remedy(calc.ProblemsOf(err)[0]))
	}
	*k.To = text
	return nil
}

// remedy is what is wrong and what to write instead, where that is told, in one sentence.
func remedy(p *calc.Problem) string { return strings.TrimSuffix(p.Message+": "+p.Hint, ": ") }

// Pairs are the value of --column: our names of columns and theirs.
type Pairs struct{ List map[string]string }

func (c *Pairs) String() string { return "" }

func (c *Pairs) Type() string { return "pair" }

func (c *Pairs) Set(text string) error {
	ours, theirs, found := strings.Cut(text, "=")
	if !found || ours == "" || theirs == "" {
		return errors.New("write our name of the column, = and theirs: joined=start_date")
	}
	if c.List == nil {
		c.List = map[string]string{}
	}
	c.List[ours] = theirs
	return nil
}
