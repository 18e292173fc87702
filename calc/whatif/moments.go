package whatif

import "math"

// Moments are the first four moments of numbers, and can be merged (P. Pébay
// 2008, "Formulas for robust, one-pass parallel computation of covariances and
// arbitrary-order statistical moments").
type moments struct{ n, mean, m2, m3, m4 float64 }

// momentsOf gives the moments of a few numbers, from the sums of the powers of
// their distances to a pivot among them.
func momentsOf(numbers []float64, pivot float64) moments {
	n := float64(len(numbers))
	if n == 0 {
		return moments{}
	}
	var s1, s2, s3, s4 float64
	for _, x := range numbers {
		d := x - pivot
		square := d * d
		s1 += d
		s2 += square
		s3 += square * d
		s4 += square * square
	}
	d := s1 / n
	return moments{n: n, mean: pivot + d, m2: max(0, s2-n*d*d), m3: s3 - 3*d*s2 + 2*n*d*d*d, m4: max(0, s4-4*d*s3+6*d*d*s2-3*n*d*d*d*d)}
}

// merge takes the numbers in that another has seen.
func (m *moments) merge(o moments) {
	if o.n == 0 {
		return
	}
	n := m.n + o.n
	d := o.mean - m.mean
	dn := d / n
	m4 := m.m4 + o.m4 + d*dn*dn*dn*m.n*o.n*(m.n*m.n-m.n*o.n+o.n*o.n) +
		6*dn*dn*(m.n*m.n*o.m2+o.n*o.n*m.m2) + 4*dn*(m.n*o.m3-o.n*m.m3)
	m3 := m.m3 + o.m3 + d*dn*dn*m.n*o.n*(m.n-o.n) + 3*dn*(m.n*o.m2-o.n*m.m2)
	m.m2 += o.m2 + d*dn*m.n*o.n
	m.mean += dn * o.n
	m.n, m.m3, m.m4 = n, m3, m4
}

// variance is the unbiased estimate.
func (m *moments) variance() float64 {
	if m.n < 2 {
		return 0
	}
	return m.m2 / (m.n - 1)
}

func (m *moments) sd() float64 { return math.Sqrt(m.variance()) }

func (m *moments) meanError() float64 { return math.Sqrt(m.variance() / m.n) }

// sdError is the standard error of the standard deviation, by the fourth moment:
// √((μ₄ − σ⁴) ÷ n) ÷ 2σ.
func (m *moments) sdError() float64 {
	v := m.variance()
	if v == 0 {
		return 0
	}
	return math.Sqrt(max(0, m.m4/m.n-v*v)/m.n) / (2 * math.Sqrt(v))
}
