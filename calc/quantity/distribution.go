package quantity

// A Shape is the distribution from which a ranged input is drawn.
type Shape struct {
	Kind     ShapeKind
	Interval float64 // the probability between low and high, where they are not bounds
}

// ShapeKind names a distribution.
type ShapeKind string

// The distributions. Uniform, triangular and PERT lie between low and high as
// bounds, with likely as the mode; normal, lognormal and beta have low and high
// as the ends of their central interval.
const (
	Uniform    ShapeKind = "uniform"
	Triangular ShapeKind = "triangular"
	PERT       ShapeKind = "pert"
	Normal     ShapeKind = "normal"
	Lognormal  ShapeKind = "lognormal"
	Beta       ShapeKind = "beta"
)

// Shapes lists the distributions, as scenarios spell them.
func Shapes() []string {
	return []string{string(Uniform), string(Triangular), string(PERT), string(Normal), string(Lognormal), string(Beta)}
}

// Bounded reports whether low and high are bounds, rather than the ends of an
// interval.
func (k ShapeKind) Bounded() bool { return k != Normal && k != Lognormal && k != Beta }

// DefaultInterval is the probability between low and high where a scenario does not
// give it.
const DefaultInterval = 90. / 100

// A Correlation is a rank correlation (Spearman's) between two inputs.
type Correlation struct {
	Keys  [2]string
	Rank  float64 // from -1 to 1
	Place Place
}
