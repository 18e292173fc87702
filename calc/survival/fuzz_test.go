package survival

import (
	"encoding/binary"
	"math"
	"testing"
)

// tables makes a life table of any bytes: a tenure step of one byte, and counts of which
// some are whole, some tiny and some huge.
func tables(data []byte) *Table {
	t, tenure := &Table{}, 0
	for ; len(data) >= 5; data = data[5:] {
		tenure += int(data[0]%16) + 1
		atRisk := float64(binary.LittleEndian.Uint16(data[1:]))
		lost := float64(binary.LittleEndian.Uint16(data[3:]))
		if atRisk > 0 {
			lost = math.Min(atRisk, lost)
		} else {
			lost = 0
		}
		switch data[0] / 16 {
		case 1:
			atRisk, lost = atRisk*1e-9, lost*1e-9
		case 2:
			atRisk, lost = atRisk*1e9, lost*1e9
		case 3:
			lost = atRisk
		case 4:
			lost = 0
		case 5:
			lost /= math.Pi
		}
		t.Tenure, t.AtRisk, t.Lost = append(t.Tenure, tenure), append(t.AtRisk, atRisk), append(t.Lost, lost)
	}
	return t
}

// Any counts give a curve whose hazards and survival are shares that never rise, or a
// reason, and a description without a panic.
func FuzzFit(f *testing.F) {
	f.Add([]byte{0, 232, 3, 131, 0, 0, 101, 3, 126, 0, 0, 231, 2, 90, 0, 0, 141, 2, 60, 0})
	f.Add([]byte{11, 232, 3, 131, 0, 11, 101, 3, 126, 0, 11, 231, 2, 250, 0})
	f.Add([]byte{0, 10, 0, 10, 0, 0, 90, 0, 1, 0})
	f.Add([]byte{0x20, 255, 255, 131, 0, 0x20, 101, 30, 126, 0, 0x20, 231, 22, 90, 0})
	var s Scratch
	var c Curve
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 300 {
			return
		}
		table := tables(data)
		for _, tail := range []Tail{Auto, SBG, BdW, Geometric, None} {
			if err := s.Fit(table, tail, &c); err != nil {
				if table.Check() == nil {
					t.Fatalf("%s of %+v: %v", tail, table, err)
				}
				continue
			}
			check(t, table, tail, &c)
			d, err := Describe(table, tail)
			if err != nil {
				t.Fatal(err)
			}
			checkDescription(t, d)
		}
	})
}

// check fails where a curve is not a falling share.
func check(t *testing.T, table *Table, tail Tail, c *Curve) {
	t.Helper()
	for _, h := range c.Hazards {
		if !(h >= 0 && h <= 1) {
			t.Fatalf("%s of %+v: hazard %v", tail, table, h)
		}
	}
	before := 1.
	for x := 0.; x < 1000; x = math.Floor(x*5/4 + 1) {
		for _, share := range []float64{c.Conditional(0, x), c.Conditional(0, x+0.5)} {
			if !(share >= 0 && share <= before*(1+1e-12)) {
				t.Fatalf("%s of %+v, %+v: S(%v) = %v after %v", tail, table, c.Beyond, x, share, before)
			}
			before = math.Min(share, before)
		}
		if share := c.Beyond.Conditional(x, x+1); !(share >= 0 && share <= 1) {
			t.Fatalf("%s of %+v, %+v: stays %v at %v", tail, table, c.Beyond, share, x)
		}
	}
	for _, from := range []float64{0, 1.5, 40} {
		if sum := c.Sum(from, 1, 0.9); !(sum >= 1 && sum < 10.0000001) {
			t.Fatalf("%s of %+v, %+v: Σ from %v at 0.9 is %v", tail, table, c.Beyond, from, sum)
		}
	}
	if c.Beyond.Tail != tail && tail != Auto && c.Reason == "" {
		t.Fatalf("%s of %+v became %s without a reason", tail, table, c.Beyond.Tail)
	}
}

// checkDescription fails where a figure is none.
func checkDescription(t *testing.T, d *Description) {
	t.Helper()
	if !(d.Expected >= 1) || d.Median < 1 {
		t.Fatalf("%+v: expected %v, median %v", d.Beyond, d.Expected, d.Median)
	}
	for _, p := range d.Parameters {
		if !(0 <= p.Low && p.Low <= p.Value*(1+1e-9) && p.Value <= p.High*(1+1e-9)) {
			t.Fatalf("%+v: %+v", d.Beyond, p)
		}
	}
	for _, test := range []Test{d.BdWAgainstSBG, d.SBGAgainstGeometric} {
		if test.Ratio < 0 || test.P < 0 || test.P > 1 || math.IsNaN(test.Ratio) != math.IsNaN(test.P) {
			t.Fatalf("%+v: test %+v", d.Beyond, test)
		}
	}
	before := 1.
	for _, r := range d.Renewals {
		if !(r.Survival >= 0 && r.Survival <= before && r.HazardError >= 0 && r.SurvivalError >= 0) {
			t.Fatalf("%+v: %+v", d.Beyond, r)
		}
		before = r.Survival
	}
}
