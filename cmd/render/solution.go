package render

import (
	"encoding/csv"
	"fmt"
	"math"
	"strings"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/whatif"
	"github.com/churncost/churncost/scenarios"
)

// A Solution is what solve tells.
type Solution struct {
	Scenario *scenarios.Scenario
	Metric   string
	Unit     calc.Unit
	Target   float64
	Keys     []Sought
	Points   []SolvedPoint // one, or one for each value of the first of two keys
}

// A Sought is an input that is sought.
type Sought struct {
	Key       string
	Write     func(value float64) string // as --set takes it
	Low, High float64
}

// place says where a root is.
func (k *Sought) place(root whatif.Root) string {
	switch {
	case root.Jump:
		return k.Write(root.Value) + " (a jump)"
	case root.Until > root.Value:
		return k.Write(root.Value) + " to " + k.Write(root.Until)
	}
	return k.Write(root.Value)
}

// set is a root as --set takes it: of a stretch, the middle.
func (k *Sought) set(root whatif.Root) string {
	return k.Key + "=" + k.Write(root.Value+(root.Until-root.Value)/2)
}

// A SolvedPoint is what was found for one value of the first key, where there
// are two.
type SolvedPoint struct {
	First float64
	whatif.Solution
}

// solution lays out where the target is reached.
func solution(d *Document) page {
	s := d.Solution
	n := notation{s.Scenario.Currency}
	p := page{{headline: s.headline(n)}}
	var lines []string
	if len(s.Keys) == 1 {
		if g := s.roots(n); len(g.rows) > 0 {
			p = append(p, block{grid: g})
		}
		point := &s.Points[0]
		lines = append(lines, s.searched(n, point))
		for _, root := range point.Roots {
			switch {
			case root.Jump:
				lines = append(lines, fmt.Sprintf("at %s the metric jumps from %s to %s, across the target; the flag gives %s", s.Keys[0].Write(root.Value),
					n.one(s.Unit, s.border(root.Before)), n.one(s.Unit, s.border(root.After)), n.one(s.Unit, s.border(root.Taken))))
			case root.Until > root.Value:
				lines = append(lines, fmt.Sprintf("from %s to %s the metric stays at the target; the flag takes the middle", s.Keys[0].Write(root.Value), s.Keys[0].Write(root.Until)))
			}
		}
	} else {
		p = append(p, block{grid: s.line()})
		lines = append(lines, fmt.Sprintf("searched: %s from %s to %s, for each", s.Keys[1].Key, s.Keys[1].Write(s.Keys[1].Low), s.Keys[1].Write(s.Keys[1].High)))
	}
	lines = append(lines, fmt.Sprintf("each answer to %g of the searched range; 1,024 equal steps", whatif.Tolerance))
	return append(p, block{lines: append(lines, noteLines(d.Notes)...)})
}

func (s *Solution) headline(n notation) string {
	goal := fmt.Sprintf("%s: %s is %s", s.Scenario.Label, s.Metric, n.one(s.Unit, s.Target))
	if len(s.Keys) == 2 {
		return goal + " along a line of " + s.Keys[0].Key + " and " + s.Keys[1].Key
	}
	point := &s.Points[0]
	switch len(point.Roots) {
	case 0:
		if point.Always {
			return goal + " whatever " + s.Keys[0].Key + " is"
		}
		return fmt.Sprintf("%s for no %s from %s to %s", goal, s.Keys[0].Key, s.Keys[0].Write(point.Low), s.Keys[0].Write(point.High))
	case 1:
		if point.Roots[0].Jump {
			return fmt.Sprintf("%s: %s jumps across %s where %s is %s", s.Scenario.Label, s.Metric, n.one(s.Unit, s.Target), s.Keys[0].Key, s.Keys[0].Write(point.Roots[0].Value))
		}
		return fmt.Sprintf("%s when %s is %s", goal, s.Keys[0].Key, s.Keys[0].place(point.Roots[0]))
	}
	return fmt.Sprintf("%s for %d values of %s", goal, len(point.Roots), s.Keys[0].Key)
}

// searched says which range was searched, and what the metric does in it.
func (s *Solution) searched(n notation, point *SolvedPoint) string {
	text := fmt.Sprintf("searched: %s from %s to %s", s.Keys[0].Key, s.Keys[0].Write(point.Low), s.Keys[0].Write(point.High))
	if math.IsInf(point.Least, 0) {
		return text + ", where the metric is never given"
	}
	digits := n.resolve(s.Unit, 100, point.Least, point.Most)
	return text + fmt.Sprintf(", where the metric goes from %s to %s", n.number(s.Unit, point.Least, digits), n.number(s.Unit, point.Most, digits))
}

func (s *Solution) roots(n notation) *grid {
	g := &grid{title: "solutions", columns: []column{{s.Keys[0].Key, true}, {"as a flag", false}}}
	for _, root := range s.Points[0].Roots {
		g.rows = append(g.rows, []string{s.Keys[0].place(root), fmt.Sprintf("--set '%s'", s.Keys[0].set(root))})
	}
	return g
}

// line lays out the pairs of two inputs.
func (s *Solution) line() *grid {
	g := &grid{title: "solutions", columns: []column{{s.Keys[0].Key, true}, {s.Keys[1].Key, true}}}
	for i := range s.Points {
		point := &s.Points[i]
		var texts []string
		for _, root := range point.Roots {
			texts = append(texts, s.Keys[1].place(root))
		}
		text := strings.Join(texts, ", ")
		switch {
		case point.Always:
			text = "any"
		case len(texts) == 0:
			text = "none"
		}
		g.rows = append(g.rows, []string{s.Keys[0].Write(point.First), text})
	}
	return g
}

// border rounds the metric as every command does.
func (s *Solution) border(value float64) float64 {
	return s.Unit.Round(value, s.Scenario.Currency.Minor())
}

// The part of the envelope that solve fills.
type (
	jsonSolutions struct {
		Metric string      `json:"metric"`
		Unit   calc.Unit   `json:"unit"`
		Target float64     `json:"target"`
		By     []string    `json:"by"`
		Points []jsonPoint `json:"points"`
	}
	jsonPoint struct {
		First  *float64   `json:"first,omitempty"`
		Low    float64    `json:"low"`
		High   float64    `json:"high"`
		Least  *float64   `json:"least,omitempty"`
		Most   *float64   `json:"most,omitempty"`
		Always bool       `json:"always"`
		Roots  []jsonRoot `json:"roots"`
	}
	jsonRoot struct {
		Value  float64  `json:"value"`
		Until  *float64 `json:"until,omitempty"`
		Set    string   `json:"set"`
		Jump   bool     `json:"jump"`
		Before *float64 `json:"before,omitempty"`
		After  *float64 `json:"after,omitempty"`
	}
)

// toJSON rounds what was found as all numbers are, save the roots, which were
// settled where they can be written: beyond a jump another digit counts.
func (s *Solution) toJSON() *jsonSolutions {
	out := &jsonSolutions{Metric: s.Metric, Unit: s.Unit, Target: s.Target}
	for _, key := range s.Keys {
		out.By = append(out.By, key.Key)
	}
	last := s.Keys[len(s.Keys)-1]
	for i := range s.Points {
		p := &s.Points[i]
		point := jsonPoint{Low: six(p.Low), High: six(p.High), Least: finite(s.border(p.Least)), Most: finite(s.border(p.Most)), Always: p.Always, Roots: []jsonRoot{}}
		if len(s.Keys) == 2 {
			point.First = finite(p.First)
		}
		for _, root := range p.Roots {
			r := jsonRoot{Value: root.Value, Set: last.set(root), Jump: root.Jump}
			if root.Until > root.Value {
				r.Until = finite(root.Until)
			}
			if root.Jump {
				r.Before, r.After = finite(s.border(root.Before)), finite(s.border(root.After))
			}
			point.Roots = append(point.Roots, r)
		}
		out.Points = append(out.Points, point)
	}
	return out
}

// writeCSV writes a row for each solution.
func (s *Solution) writeCSV(w *csv.Writer) {
	_ = w.Write([]string{"scenario", "metric", "target", "first", "value", "until", "set", "jump"})
	last := s.Keys[len(s.Keys)-1]
	for i := range s.Points {
		first := ""
		if len(s.Keys) == 2 {
			first = s.Keys[0].Key + "=" + s.Keys[0].Write(s.Points[i].First)
		}
		for _, root := range s.Points[i].Roots {
			_ = w.Write([]string{s.Scenario.Label, s.Metric, plain(s.Target), first, plain(root.Value), plain(root.Until), last.set(root), fmt.Sprint(root.Jump)})
		}
	}
}
