package quantity

// A Citation is what the scenario itself says about where a value comes from.
type Citation struct{ Source, Owner, Date, Expires string }

// A Class says how far the value of an input can be relied on: the grade of the
// built-in figure that it is, or whether the scenario gives a source for it.
type Class string

// The classes besides the grades.
const (
	Sourced   Class = "sourced"   // given, with a source
	Unsourced Class = "unsourced" // given, without a source
	Assumed   Class = "default"   // not given
)

// Classes lists the classes, the most reliable first. A number given without a
// source may have been counted, so it comes before one that is known to be
// repeated without a source.
func Classes() []Class {
	return []Class{Assumed, Sourced, Class(GradeA), Class(GradeB), Unsourced, Class(GradeC), Class(GradeX)}
}

// Class is how far the input can be relied on.
func (in *Input) Class() Class {
	switch {
	case in.Evidence != nil:
		return Class(in.Evidence.Grade)
	case in.Origin == FromDefault:
		return Assumed
	case in.Citation.Source != "":
		return Sourced
	}
	return Unsourced
}

// Means spells the class out.
func (c Class) Means() string {
	switch c {
	case Sourced:
		return "given with a source"
	case Unsourced:
		return "given without a source"
	case Assumed:
		return "default"
	}
	return "grade " + string(c) + ": " + Grade(c).Means()
}

// Weak reports whether --strict refuses a result that is based on this class.
func (c Class) Weak() bool { return c == Unsourced || Grade(c).Weak() }
