package quantity

// A Range is a number that lies between two bounds, and the point between them that
// is most likely. A number known exactly has all three equal.
type Range struct{ Low, Likely, High float64 }

// Exactly is the range that holds one number.
func Exactly(value float64) Range { return Range{value, value, value} }

// Between is the range from low to high with its middle as the likely point.
func Between(low, high float64) Range { return Range{low, low + (high-low)/2, high} }

// Exact reports whether the range holds one number only.
func (r Range) Exact() bool { return r.Low == r.High }

// Map applies f to each of the three points; f must not fall as its argument
// grows.
func (r Range) Map(f func(float64) float64) Range {
	return Range{f(r.Low), f(r.Likely), f(r.High)}
}

// complement is the range of one minus the number.
func (r Range) Complement() Range { return Range{1 - r.High, 1 - r.Likely, 1 - r.Low} }
