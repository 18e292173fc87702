package survival

// An Assessment is the part of a Description that takes a few fits and no more, so that a
// simulation can ask for it in every draw.
type Assessment struct {
	BackTest        float64 // NaN where the table is too short
	Fitted          int     // the last renewal that the back-test fits: it predicts those after; 0 without a test
	LogLikelihood   float64 // NaN where there is none
	LikelihoodRatio float64 // of BdW against sBG; NaN where one of them has no fit
}

// Assess says how well the curve that Fit gave last describes its table.
func (s *Scratch) Assess(tail Tail, c *Curve) Assessment {
	seen := s.all[:observed(s.all)]
	if tail == Auto {
		tail, _ = choose(seen)
	}
	var d Description
	d.compare(s.all)
	miss, last := backTest(seen, tail)
	return Assessment{miss, last, logLikelihood(s.all, &c.Beyond), d.BdWAgainstSBG.Ratio}
}
