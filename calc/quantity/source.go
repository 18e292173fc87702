package quantity

// A Grade says how far a built-in figure can be trusted.
type Grade string

// The grades of evidence, best first.
const (
	GradeA Grade = "A" // primary study or derivation
	GradeB Grade = "B" // a secondary source that names a primary one that can be looked up
	GradeC Grade = "C" // repeated or found once, never traced
	GradeX Grade = "X" // contradicted
)

// Means spells the grade out.
func (g Grade) Means() string {
	switch g {
	case GradeA:
		return "primary study or derivation"
	case GradeB:
		return "second-hand, the primary source is named"
	case GradeC:
		return "repeated, never traced"
	case GradeX:
		return "contradicted"
	}
	return "given, not a built-in figure"
}

// Weak reports whether --strict refuses a result that is based on this grade: C or
// X.
func (g Grade) Weak() bool { return g == GradeC || g == GradeX }

// A Source is one built-in figure and where it comes from. Author, Population and
// Year may be unknown ("unknown", 0) only under grade C or X.
type Source struct {
	Key        string  // the input or metric to which the figure belongs
	Text       string  // the figure as a scenario would write it
	Values     []Range // the same in base units; one element for each of a list
	Unit       Unit
	Applies    string // the word of the choice for which it is the benchmark, where it depends on one
	Measures   string // what exactly was measured, or said
	Population string // of whom
	Author     string
	Title      string
	Year       int
	Met        string // where it was found
	Grade      Grade
	Caveat     string
	Against    string // what contradicts it, where something does
}

// matches reports whether the input has the same value as the figure.
func (s *Source) Matches(in *Input) bool {
	if in.List == nil {
		return len(s.Values) == 1 && s.Values[0] == in.Range
	}
	if len(s.Values) != len(in.List) {
		return false
	}
	for i := range in.List {
		if s.Values[i] != in.List[i].Range {
			return false
		}
	}
	return true
}
