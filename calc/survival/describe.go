package survival

import "math"

// A Description is all that is to be shown of a life table and its curve.
type Description struct {
	Curve
	Tail          Tail        // the one asked for, or that auto chose; where Reason is given, Beyond is simpler
	Remark        Reason      // AnnualSpikes or YearlySpikes where losses fall so, whatever was fitted
	Parameters    []Parameter // of Beyond
	LogLikelihood float64     // of Beyond over the whole table; NaN where it has none

	// BdWAgainstSBG and SBGAgainstGeometric say whether the richer model describes the
	// table better. They do not hold model error: the back-test stands beside them.
	BdWAgainstSBG, SBGAgainstGeometric Test

	BackTest  float64    // error of Tail; NaN where the table is too short
	BackTests []BackTest // of every tail that auto chooses from

	Median   float64 // renewals after which half of the new customers have left; infinite where that is never, NaN where it is not known
	Expected float64 // periods a new customer is expected to pay, the first included; infinite where it has no bound
	Renewals []Renewal
}

// A BackTest is the error of a tail that was fitted to the first two thirds of the periods:
// predicted survivors ÷ survivors − 1, summed over the rest. NaN where there are too few.
type BackTest struct {
	Tail  Tail
	Error float64
}

// A Renewal is what the table and the model say about a renewal inside the table.
type Renewal struct {
	Tenure         int
	AtRisk, Lost   float64 // where a row covers several renewals, its counts spread evenly
	Hazard         float64 // lost ÷ at risk
	HazardError    float64 // standard error √(h (1−h) ÷ at risk)
	Survival       float64 // Kaplan–Meier
	SurvivalError  float64 // standard error of Greenwood (1926)
	FittedHazard   float64 // of the model Beyond; NaN without one
	FittedSurvival float64
}

// Describe fits a table as Scratch.Fit does, and says how well. It takes a thousand times
// as long.
func Describe(t *Table, tail Tail) (*Description, error) {
	var s Scratch
	d := &Description{Tail: tail, BackTest: math.NaN()}
	if err := s.Fit(t, tail, &d.Curve); err != nil {
		return nil, err
	}
	seen := s.all[:observed(s.all)]
	best, errors := choose(seen)
	if tail == Auto {
		d.Tail = best
	}
	for i, contender := range contenders {
		d.BackTests = append(d.BackTests, BackTest{contender, errors[i]})
		if contender == d.Tail {
			d.BackTest = errors[i]
		}
	}
	d.Remark = contracts(s.all)
	d.Parameters = estimates(s.all, &d.Beyond)
	d.LogLikelihood = logLikelihood(s.all, &d.Beyond)
	d.compare(s.all)
	d.Median = d.median()
	d.Expected = d.Sum(0, 1, 1)
	d.renewals(seen)
	return d, nil
}

// compare tests each model against the simpler one.
func (d *Description) compare(rows []row) {
	d.BdWAgainstSBG, d.SBGAgainstGeometric = Test{math.NaN(), math.NaN()}, Test{math.NaN(), math.NaN()}
	constant, reason := fitTail(rows, Geometric)
	if reason != "" || len(rows) == 1 {
		return
	}
	middle, _ := fitTail(rows, SBG)
	if middle.Tail == "" {
		return
	}
	d.SBGAgainstGeometric = halfAndHalf(logLikelihood(rows, &middle), logLikelihood(rows, &constant))
	if rich, _ := fitTail(rows, BdW); rich.Tail == BdW || rich.Tail == Weibull {
		d.BdWAgainstSBG = chiSquare(logLikelihood(rows, &rich), logLikelihood(rows, &middle))
	}
}

// logLikelihood is that of the rows; NaN for a model that the rows rule out.
func logLikelihood(rows []row, m *Model) float64 {
	sum := 0.
	for i := range rows {
		r := &rows[i]
		stay := 0.
		for t := r.first; t <= r.last; t++ {
			stay += m.Conditional(float64(t-1), float64(t))
		}
		stay /= r.renewals()
		if r.lost > 0 {
			sum += r.lost * math.Log1p(-stay)
		}
		if r.lost < r.atRisk {
			sum += (r.atRisk - r.lost) * math.Log(stay)
		}
	}
	if math.IsInf(sum, 0) {
		return math.NaN()
	}
	return sum
}

// half is the share that the median leaves.
const half = 1. / 2

// median is the first renewal after which at most half are still there.
func (d *Description) median() float64 {
	share := 1.
	for i, hazard := range d.Hazards {
		if share *= 1 - hazard; share <= half {
			return float64(i + 1)
		}
	}
	switch d.Beyond.Tail {
	case None:
		return math.NaN()
	case "":
		return math.Inf(1)
	}
	end := float64(len(d.Hazards))
	stays := func(more float64) bool { return share*d.Beyond.Conditional(end, end+more) > half }
	low, high := 0., 1.
	for ; stays(high); low, high = high, 2*high {
		if high > settled {
			return math.Inf(1)
		}
	}
	for high-low > 1 && low < (low+high)/2 && (low+high)/2 < high {
		if middle := math.Floor((low + high) / 2); stays(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return end + high
}

// renewals lists the renewals that Kaplan–Meier covers.
func (d *Description) renewals(rows []row) {
	share, variance := 1., 0. // of ln S
	for i := range rows {
		r := &rows[i]
		n, h := r.renewals(), r.hazard()
		for t := r.first; t <= r.last; t++ {
			share *= 1 - h
			// The hazards within a row are one estimate, so their errors do not average out.
			passed := float64(t - r.first + 1)
			spread := variance + passed*passed*h/((1-h)*r.atRisk)
			one := Renewal{
				Tenure: t, AtRisk: r.atRisk / n, Lost: r.lost / n,
				Hazard: h, HazardError: math.Sqrt(h * (1 - h) / r.atRisk),
				Survival: share, SurvivalError: share * math.Sqrt(spread),
				FittedHazard: math.NaN(), FittedSurvival: math.NaN(),
			}
			if share == 0 {
				one.SurvivalError = 0 // Greenwood's formula has no value where nobody is left
			}
			if d.Beyond.Tail != None {
				one.FittedHazard = 1 - d.Beyond.Conditional(float64(t-1), float64(t))
				one.FittedSurvival = d.Beyond.Survival(float64(t))
			}
			d.Renewals = append(d.Renewals, one)
		}
		variance += n * n * h / ((1 - h) * r.atRisk)
	}
}
