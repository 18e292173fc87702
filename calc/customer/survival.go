package customer

import (
	"fmt"
	"math"
	"slices"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/quantity"
	"github.com/churncost/churncost/calc/survival"
)

// A Survival is what a firm's own records say about how long its customers stay: a life
// table, or the published parameters of a model. It takes the place of the retention.
//
// Inside the table the chances to stay are Kaplan–Meier's, and beyond it the model's.
// Where the table counts money too, they are those of money: customers who spend more may
// stay longer.
type Survival struct {
	Given bool // whether there is one

	PerYear     float64         // periods a year
	AtRisk      quantity.Column // people
	Lost        quantity.Column // people
	SpendAtRisk quantity.Column // money
	SpendLost   quantity.Column // money
	Tenure      quantity.Column // the last renewal that each row covers, in periods
	Active      quantity.Column // people, by the row of their next renewal
	Tail        string

	Alpha, Beta, Shape float64 // of a model that is given instead; NaN where not given

	Table survival.Table // what the curve is fitted to
	Curve survival.Curve
	tail  survival.Tail  // with which
	rate  float64        // and PerYear
	next  survival.Table // memory for the next one
	fit   survival.Scratch
	given survival.Table // the table at the likely values
	auto  survival.Tail  // and the tail that auto chooses for it
	stay  quantity.ByTenure

	assessed    bool // whether what follows is about the curve
	assessment  survival.Assessment
	description *survival.Description
}

// The keys of the table, and of the parameters.
const (
	survivalPeriod = "customer.survival.period"
	atRiskKey      = "customer.survival.at_risk"
	lostKey        = "customer.survival.lost"
	spendKey       = "customer.survival.spend_at_risk"
	spendLostKey   = "customer.survival.spend_lost"
	tenureKey      = "customer.survival.tenure"
	activeKey      = "customer.survival.active"
	tailKey        = "customer.survival.tail"
	alphaKey       = "customer.survival.alpha"
	betaKey        = "customer.survival.beta"
	shapeKey       = "customer.survival.shape"
)

// ask asks for the table or the parameters.
func (s *Survival) ask(ask *calc.Form) {
	ask.Period(&s.PerYear, survivalPeriod, "how long each period of the table is: how often a customer may leave")
	ask.Column(&s.AtRisk, atRiskKey, quantity.People, "customers who came to each renewal, such as [1000, 869, 743]", calc.Positive, calc.Optional, calc.NotWith(alphaKey, betaKey, shapeKey))
	ask.Column(&s.Lost, lostKey, quantity.People, "those of them who left, such as [131, 126, 90]", calc.Optional, calc.CountedOutOf(atRiskKey))
	ask.Column(&s.SpendAtRisk, spendKey, quantity.Money, "what those at risk spend in a period, such as [40000, 36000, 31500]", calc.Optional)
	ask.Column(&s.SpendLost, spendLostKey, quantity.Money, "what those lost spent in a period, such as [4000, 3900, 2800]", calc.Optional)
	ask.Column(&s.Tenure, tenureKey, quantity.Count, "the last renewal that each row covers, where rows cover several, such as [1, 2, 3]", calc.Positive, calc.Optional)
	ask.Column(&s.Active, activeKey, quantity.People, "customers active on the day of the records, by the row of their next renewal, such as [240, 200, 180]", calc.Optional)
	ask.Choice(&s.Tail, tailKey, "what continues the table where it ends: a model, auto for the one with the smaller back-test error, or none",
		string(survival.Auto), string(survival.SBG), string(survival.BdW), string(survival.Geometric), string(survival.None))
	ask.Count(&s.Alpha, alphaKey, "published parameter of an sBG, or γ of a BdW", calc.Positive, calc.Precise, calc.Optional)
	ask.Count(&s.Beta, betaKey, "published parameter of an sBG, or δ of a BdW", calc.Positive, calc.Precise, calc.Optional)
	ask.Count(&s.Shape, shapeKey, "published parameter c of a BdW", calc.Positive, calc.Precise, calc.Optional)
}

// Counted reports whether a table is given, and not parameters.
func (s *Survival) Counted() bool { return s.Given && len(s.AtRisk.Given) > 0 }

// prepare fits the curve where the numbers have changed, and makes it the retention.
func (in *Inputs) prepare() error {
	s := &in.Survival
	if problems := s.check(); problems != nil {
		return problems
	}
	if err := s.refit(); err != nil {
		return err
	}
	in.Retention = s.stay
	return nil
}

// check refuses tables and parameters that cannot be.
func (s *Survival) check() (problems calc.Problems) {
	wrong := func(key, hint, message string, args ...any) {
		problems = append(problems, &calc.Problem{Key: key, Hint: hint, Message: fmt.Sprintf(message, args...)})
	}
	rows := len(s.AtRisk.Now)
	columns := [...]*quantity.Column{&s.Lost, &s.SpendAtRisk, &s.SpendLost, &s.Tenure, &s.Active} // beside AtRisk
	keys := [len(columns)]string{lostKey, spendKey, spendLostKey, tenureKey, activeKey}
	column := slices.IndexFunc(columns[:], func(c *quantity.Column) bool { return len(c.Now) > 0 })
	given := func(x float64) bool { return !math.IsNaN(x) }
	switch parameters := given(s.Alpha) || given(s.Beta) || given(s.Shape); {
	case parameters && column >= 0:
		wrong(keys[column], "leave the parameters or the table out", "a table and parameters say the same thing in two ways")
	case parameters && !(given(s.Alpha) && given(s.Beta)):
		key := [...]string{alphaKey, betaKey, shapeKey}[slices.IndexFunc([]float64{s.Alpha, s.Beta, s.Shape}, given)]
		wrong(key, "give them too, as they were published", "%s needs both customer.survival.alpha and .beta", key)
	case parameters && s.Tail != string(survival.Auto) && s.Tail != string(s.model().Tail):
		wrong(tailKey, "leave it out, or give a table", "the parameters are those of %s, and %s is %s", s.model().Tail, tailKey, s.Tail)
	case parameters:
	case rows == 0 || len(s.Lost.Now) == 0:
		key, missing := survivalPeriod, "neither a table nor parameters"
		for i, c := range [...]*quantity.Column{&s.AtRisk, &s.Lost} {
			if len(c.Now) > 0 {
				key, missing = [...]string{atRiskKey, lostKey}[i], "no "+[...]string{lostKey, atRiskKey}[i]
			}
		}
		wrong(key, "give customer.survival.at_risk and .lost, or .alpha and .beta", "customer.survival has %s", missing)
	}
	if rows == 0 || problems != nil {
		return problems
	}
	for i, c := range columns {
		if n := len(c.Now); n != rows && n > 0 {
			wrong(keys[i], "give one number for each row of the table", "%s has %d numbers, and %s has %d", keys[i], n, atRiskKey, rows)
		}
	}
	switch spend, lost := len(s.SpendAtRisk.Now), len(s.SpendLost.Now); {
	case spend > 0 && lost == 0:
		wrong(spendKey, "give both, or leave both out", "%s needs %s", spendKey, spendLostKey)
	case spend == 0 && lost > 0:
		wrong(spendLostKey, "give both, or leave both out", "%s needs %s", spendLostKey, spendKey)
	}
	if problems != nil {
		return problems
	}
	before := 0.0
	for i := range rows {
		row := func(key string) string { return fmt.Sprintf("%s.%d", key, i+1) }
		if at, lost := s.AtRisk.Now[i], s.Lost.Now[i]; lost > at {
			wrong(row(lostKey), "those lost are a part of those at risk", "%s is %.6g, and only %.6g were at risk", row(lostKey), lost, at)
		}
		if len(s.SpendLost.Now) > 0 && s.SpendLost.Now[i] > s.SpendAtRisk.Now[i] {
			wrong(row(spendLostKey), "what those lost spent is a part of it", "%s is %.6g, and those at risk spend %.6g", row(spendLostKey), s.SpendLost.Now[i], s.SpendAtRisk.Now[i])
		}
		if len(s.Tenure.Now) == 0 {
			continue
		}
		last := s.Tenure.Now[i]
		if last != math.Trunc(last) || last <= before || last > survival.LongestTenure {
			wrong(row(tenureKey), "write whole numbers that rise from row to row, at least 1 and at most 10,000", "%s is %.6g, and the row before it ends at %.6g", row(tenureKey), last, before)
		}
		before = last
	}
	return problems
}

// model is the model whose parameters are given.
func (s *Survival) model() survival.Model {
	if math.IsNaN(s.Shape) {
		return survival.Model{Tail: survival.SBG, Alpha: s.Alpha, Beta: s.Beta}
	}
	return survival.Model{Tail: survival.BdW, Alpha: s.Alpha, Beta: s.Beta, Shape: s.Shape}
}

// refit makes the curve and the chances to stay that follow from it. It does nothing
// where the table is the one of last time.
func (s *Survival) refit() error {
	if !s.Counted() {
		s.Curve, s.Table.AtRisk = survival.Curve{Beyond: s.model()}, s.Table.AtRisk[:0]
		s.chances()
		return nil
	}
	tail, err := s.chosen()
	if s.fill(&s.next, now); err == nil && same(&s.next, &s.Table) && s.tail == tail && s.rate == s.PerYear {
		return nil
	}
	if err == nil {
		err = s.fit.Fit(&s.next, tail, &s.Curve)
	}
	if err != nil {
		s.Table.AtRisk = s.Table.AtRisk[:0]
		return &calc.Problem{Key: atRiskKey, Message: err.Error()}
	}
	s.Table, s.next, s.tail, s.rate = s.next, s.Table, tail, s.PerYear
	s.assessed, s.description = false, nil
	s.chances()
	return nil
}

// chosen is the tail that is asked for, or that auto chooses. It chooses once, at the likely
// values. Where losses are drawn, every draw is then fitted with that tail: how much the
// results vary is what the counts leave open about one model, without jumps to another.
// What the choice of a model leaves open, the back-test says.
func (s *Survival) chosen() (survival.Tail, error) {
	if s.Tail != string(survival.Auto) {
		return survival.Tail(s.Tail), nil
	}
	if s.fill(&s.next, likely); same(&s.next, &s.given) {
		return s.auto, nil
	}
	auto, err := s.fit.Choose(&s.next)
	if err == nil {
		s.given, s.next, s.auto = s.next, s.given, auto
	}
	return auto, err
}

// same reports whether two tables hold the same numbers.
func same(a, b *survival.Table) bool {
	return slices.Equal(a.AtRisk, b.AtRisk) && slices.Equal(a.Lost, b.Lost) && slices.Equal(a.Tenure, b.Tenure)
}

// Assess says how well the curve describes the table. Nothing is known of parameters that
// were given.
func (s *Survival) Assess() survival.Assessment {
	switch {
	case !s.Counted():
		return survival.Assessment{BackTest: math.NaN(), LogLikelihood: math.NaN(), LikelihoodRatio: math.NaN()}
	case !s.assessed:
		s.assessed, s.assessment = true, s.fit.Assess(s.tail, &s.Curve)
	}
	return s.assessment
}

// Describe is all that is to be shown of the table, renewal by renewal; empty where
// parameters were given.
func (s *Survival) Describe() *survival.Description {
	if s.description == nil {
		s.description = new(survival.Description)
		if s.Counted() {
			s.description, _ = survival.Describe(&s.Table, s.tail) // it was fitted already
		}
	}
	return s.description
}

// Reach is how many years of tenure the table covers; infinite where parameters are given.
func (s *Survival) Reach() float64 {
	switch rows := len(s.Tenure.Given); {
	case !s.Counted():
		return math.Inf(1)
	case rows > 0:
		return s.Tenure.Given[rows-1] / s.PerYear
	}
	return float64(len(s.AtRisk.Given)) / s.PerYear
}

// now and likely are a column as it is moved or drawn, and as it is given.
func now(c *quantity.Column) []float64    { return c.Now }
func likely(c *quantity.Column) []float64 { return c.Given }

// fill writes the table of the columns as they are now or likely. Where money is counted,
// those lost are the share of the money that was lost, which moves as the customers lost do.
func (s *Survival) fill(t *survival.Table, of func(*quantity.Column) []float64) {
	lost, tenure, spend, spendLost := of(&s.Lost), of(&s.Tenure), of(&s.SpendAtRisk), of(&s.SpendLost)
	t.Tenure, t.AtRisk, t.Lost = t.Tenure[:0], append(t.AtRisk[:0], of(&s.AtRisk)...), append(t.Lost[:0], lost...)
	for i := range t.AtRisk {
		last := i + 1
		if len(tenure) > 0 {
			last = int(tenure[i])
		}
		t.Tenure = append(t.Tenure, last)
		if len(spendLost) > 0 && spend[i] > 0 {
			moved := 1.0
			if s.Lost.Given[i] > 0 {
				moved = lost[i] / s.Lost.Given[i]
			}
			t.Lost[i] = t.AtRisk[i] * min(1, moved*spendLost[i]/spend[i])
		}
	}
}

// chances turns the curve into yearly chances by tenure. A geometric tail is one chance
// for all later periods, and without a tail nobody is counted on beyond the table.
func (s *Survival) chances() {
	s.stay.Whole = s.stay.Whole[:0]
	s.stay.Early, s.stay.Period, s.stay.Tail, s.stay.Measured = s.stay.Early[:0], 1/s.PerYear, nil, true
	for _, hazard := range s.Curve.Hazards {
		s.stay.Early, s.stay.Whole = append(s.stay.Early, math.Pow(1-hazard, s.PerYear)), append(s.stay.Whole, 1-hazard)
	}
	switch beyond := &s.Curve.Beyond; beyond.Tail {
	case survival.SBG, survival.BdW, survival.Weibull:
		s.stay.Tail, s.stay.Later = beyond, 1 // which the chance comes near
		if beyond.Tail == survival.Weibull && beyond.Shape > 1 {
			s.stay.Later = 0
		}
	case survival.None:
		s.stay.Later = 0
	default:
		s.stay.Later = math.Pow(1-beyond.Alpha, s.PerYear)
	}
}

// OneRate is the yearly chance to stay that a calculation without tenure would use: one
// minus the churn, else that of all rows of the table together, else that of the first
// period.
func (in *Inputs) OneRate() float64 {
	if !math.IsNaN(in.Churn) {
		return 1 - in.Churn
	}
	if s := &in.Survival; s.Counted() {
		var atRisk, lost float64
		for i := range s.AtRisk.Now {
			atRisk, lost = atRisk+s.AtRisk.Now[i], lost+s.Lost.Now[i]
		}
		return math.Pow(1-lost/atRisk, s.PerYear)
	}
	if in.Retention.Constant() {
		return in.Retention.Later
	}
	period := in.Retention.Period
	l := in.life(&in.Retention, 0, 0)
	return math.Pow(l.chance(0, period), 1/period)
}

// ExpectedChurn is the share of the active customers who are expected to leave in the next
// year, by the table of customers and not of money; NaN where the records do not say how
// many are active at each tenure.
func (in *Inputs) ExpectedChurn() float64 {
	s := &in.Survival
	customers := survival.Table{Tenure: s.Table.Tenure, AtRisk: s.AtRisk.Now, Lost: s.Lost.Now}
	var fit survival.Scratch
	var curve survival.Curve
	if len(s.Active.Now) == 0 || fit.Fit(&customers, survival.Auto, &curve) != nil {
		return math.NaN()
	}
	var all, lost float64
	for i, active := range s.Active.Now {
		renewals := float64(s.Table.Tenure[i] - 1) // that they have passed
		all, lost = all+active, lost+active*(1-curve.Conditional(renewals, renewals+s.PerYear))
	}
	return lost / all
}

// AskStay asks for a chance to stay that is the customer's own unless it is given.
func (in *Inputs) AskStay(to *quantity.ByTenure, ask *calc.Form, key, help string) {
	ask.Chance(to, key, help, calc.Follow("customer.retention"))
	ask.Prepare(&in.Survival.Given, in.followed(to))
}

// followed makes a chance to stay that is not given the customer's own where that is
// measured.
func (in *Inputs) followed(to *quantity.ByTenure) func() error {
	return func() error {
		if math.IsNaN(to.Later) || to.Measured {
			*to = in.Retention
		}
		return nil
	}
}
