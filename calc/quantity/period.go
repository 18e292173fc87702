package quantity

// A Period is a stretch of time that a number is written for, such as the week in
// "50 per week".
type Period struct {
	Name   string  // "week"; empty where none is written
	PerAnn float64 // how many there are in a year; 1 for a visit, since visits are counted separately
}

// Periods lists the periods, the shortest first, and how many of each a year has.
// The texts that the founding scenario comes from count 52 weeks. Everything that
// reads, writes or documents periods takes them from here.
func Periods() []Period {
	return []Period{{"day", 365}, {"week", 52}, {"month", 12}, {"quarter", 4}, {"year", 1}}
}

// PeriodNamed finds a period by its name in the singular.
func PeriodNamed(name string) (Period, bool) {
	for _, p := range Periods() {
		if p.Name == name {
			return p, true
		}
	}
	return Period{}, false
}
