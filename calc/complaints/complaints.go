// Package complaints computes how many unhappy customers never complain, and what
// answering complaints is worth.
//
//	unhappy  = received ÷ speak up, or given
//	iceberg  = 1 ÷ speak up
//	lost     = Σ n × (1 − R)                       over the channels
//	at risk  = Σ n × max(0, R₀ − R) × u
//	worth of speaking up = (R unresolved − R silent) × u
//	worth of resolving   = (R resolved − R unresolved) × u
//	worth of hurrying    = (R quick − R resolved) × u
//	hurrying them all    = received × resolved × (1 − quickly) × (R quick − R resolved) × u
//	one more voice       = (R of those who speak, handled as today − R silent) × u
//	token break-even     = token ÷ u
//
// R is the share of a channel's customers who buy again, R₀ that of those with
// nothing to complain of, u what losing a customer costs (package customer). The
// channels are TARP's: silent, complained and not resolved, resolved, resolved quickly
// (J. Goodman; return rates by size of loss as J. Huba gives them).
package complaints

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/evidence"
	"github.com/churncost/churncost/calc/quantity"
)

// Inputs are the unhappy, how they are handled, and who buys again.
type Inputs struct {
	Counted  bool    // whether the complaints are given, else the unhappy are
	Received float64 // complaints a year
	Unhappy  float64 // people a year
	ByPeople bool
	SpeakUp  float64 // share of the unhappy
	Handled  Handling
	Ticket   string // Large or Small
	Return   Returns

	Token          float64 // money; NaN where not given
	Impressions    float64 // good ones that make up for a bad one; NaN where not given
	ImpressionCost float64 // money; NaN where not given

	Valued   bool // whether the customer is given
	Customer customer.Inputs
}

// Handling is what happens to complaints.
type Handling struct {
	Resolved float64 // share of those who complain
	Quickly  float64 // share of the resolved
}

// Returns are the shares who buy again.
type Returns struct{ Silent, Unresolved, Resolved, Quick, Content float64 }

// The size of the loss that the complaint is about.
const (
	Large = "large" // over $100
	Small = "small" // under $5
)

// Result is how many are lost, and what each step of answering is worth. What needs a
// customer's value is NaN where no customer is given.
type Result struct {
	*Inputs
	Loss           float64 // u, money
	All            float64 // the unhappy, people a year
	Spoken         float64 // share of those who speak up who buy again
	Lost           float64 // people a year
	AtRisk         float64 // money
	Iceberg        float64 // unhappy customers for each complaint; NaN where nobody complains
	TokenBreakEven float64 // difference of shares
	RepairCost     float64 // money
	HurryingAll    float64 // money a year
}

// Ask asks for the unhappy, their handling, the returns and the customer.
func (in *Inputs) Ask(ask *calc.Form) {
	ask.Either(&in.Counted, in.askReceived, &in.ByPeople, in.askUnhappy)
	ask.Share(&in.SpeakUp, "complaints.speak_up", "share of the unhappy who complain", calc.Known(evidence.SpeakUp, evidence.SpeakUpGoodman, evidence.SpeakUpBusiness))
	ask.Share(&in.Handled.Resolved, "complaints.resolved", "share of the complaints that are resolved")
	ask.Share(&in.Handled.Quickly, "complaints.quickly", "share of the resolved that is resolved quickly: called within 2 hours, answered within 3 days")
	ask.Choice(&in.Ticket, "complaints.ticket", "how much was at stake: large is over $100, small under $5; it chooses the benchmarks of complaints.return", Large, Small)
	const returns = "share who buy again of those who "
	ask.Share(&in.Return.Silent, "complaints.return.silent", returns+"never complained", calc.BenchmarkBy("complaints.ticket", evidence.ReturnSilent, evidence.ReturnSilentSmall))
	ask.Share(&in.Return.Unresolved, "complaints.return.unresolved", returns+"complained in vain", calc.BenchmarkBy("complaints.ticket", evidence.ReturnUnresolved, evidence.ReturnUnresolvedSmall))
	ask.Share(&in.Return.Resolved, "complaints.return.resolved", returns+"were helped", calc.BenchmarkBy("complaints.ticket", evidence.ReturnResolved, evidence.ReturnResolvedSmall))
	ask.Share(&in.Return.Quick, "complaints.return.quick", returns+"were helped quickly", calc.BenchmarkBy("complaints.ticket", evidence.ReturnQuick, evidence.ReturnQuickSmall))
	ask.Share(&in.Return.Content, "complaints.return.content", returns+"had nothing to complain of", calc.Default(1))
	ask.Money(&in.Token, "complaints.token", "cost of a token compensation: a small gift that shows goodwill", calc.Optional)
	ask.Count(&in.Impressions, "complaints.impressions", "good impressions that make up for one bad one", calc.Optional, calc.Known(evidence.Impressions))
	ask.Money(&in.ImpressionCost, "complaints.impression_cost", "what one good impression costs", calc.Optional)
	ask.Part(&in.Valued, in.Customer.Ask)
}

func (in *Inputs) askReceived(ask *calc.Form) {
	ask.Count(&in.Received, "complaints.received", "complaints received in a year", calc.Per(calc.Possible))
}

func (in *Inputs) askUnhappy(ask *calc.Form) {
	ask.People(&in.Unhappy, "complaints.unhappy", "unhappy customers in a year, where they are known; else they follow from the complaints received")
}

// unhappy is how many there are in a year.
func (in *Inputs) unhappy() float64 {
	if in.Counted {
		return in.Received / in.SpeakUp
	}
	return in.Unhappy
}

// Compute applies the formulas of the package comment. It refuses a lifetime
// that never ends.
func Compute(in *Inputs, r *Result) error {
	if in.Counted && in.SpeakUp == 0 {
		return calc.Wrong("complaints.speak_up", "complaints are received, so complaints.speak_up must be above 0%%")
	}
	r.Inputs, r.Spoken, r.All = in, in.Handled.returns(&in.Return), in.unhappy()
	r.Loss, r.Iceberg, r.TokenBreakEven = math.NaN(), math.NaN(), math.NaN()
	if in.Valued {
		if err := in.Customer.Check(); err != nil {
			return err
		}
		r.Loss = in.Customer.Worth().Loss
	}
	gap := 0.0
	for ch := range in.Channels {
		r.Lost += ch.People * (1 - ch.Return)
		gap += ch.People * max(0, in.Return.Content-ch.Return)
	}
	r.AtRisk = gap * r.Loss
	r.HurryingAll = r.All * in.SpeakUp * in.Handled.Resolved * (1 - in.Handled.Quickly) * (in.Return.Quick - in.Return.Resolved) * r.Loss
	if in.SpeakUp > 0 {
		r.Iceberg = 1 / in.SpeakUp
	}
	if r.Loss > 0 {
		r.TokenBreakEven = in.Token / r.Loss
	}
	r.RepairCost = in.Impressions * in.ImpressionCost
	return nil
}

// returns is the share who buy again of those who speak up.
func (h *Handling) returns(r *Returns) float64 {
	return (1-h.Resolved)*r.Unresolved + h.Resolved*((1-h.Quickly)*r.Resolved+h.Quickly*r.Quick)
}

// A Channel is what becomes of an unhappy customer's complaint.
type Channel struct {
	Name   string
	People float64 // a year
	Return float64 // share who buy again
}

// Channels yields the four channels, which together are all unhappy customers.
func (in *Inputs) Channels(yield func(Channel) bool) {
	unhappy := in.unhappy()
	spoken, resolved := unhappy*in.SpeakUp, in.Handled.Resolved
	_ = yield(Channel{"never complained", unhappy * (1 - in.SpeakUp), in.Return.Silent}) &&
		yield(Channel{"complained, not resolved", spoken * (1 - resolved), in.Return.Unresolved}) &&
		yield(Channel{"resolved", spoken * resolved * (1 - in.Handled.Quickly), in.Return.Resolved}) &&
		yield(Channel{"resolved quickly", spoken * resolved * in.Handled.Quickly, in.Return.Quick})
}

// LostShareAt is the share of the unhappy who are lost where the given share of them
// complains.
func (r *Result) LostShareAt(speakUp float64) float64 {
	return 1 - (1-speakUp)*r.Return.Silent - speakUp*r.Spoken
}

// valued is a part of the headline that is left out where no customer is given.
func (r *Result) valued(words string) string {
	if !r.Valued {
		return ""
	}
	return words
}

// lostWorking is how the number of the lost is calculated.
func (r *Result) lostWorking() string {
	if r.Counted {
		return "of {complaints.received} ÷ {complaints.speak_up} unhappy, those who do not buy again"
	}
	return "those of each channel who do not buy again"
}

// Tell reports the funnel, channel by channel, and what each step is worth.
func (r *Result) Tell(tell *calc.Report) {
	const spend, years = "customer.spend", "customer.years"
	back := &r.Return
	received := r.All * r.SpeakUp
	tell.Answer("Of {1} unhappy customers about {complaints.lost} do not buy again", r.valued("; {complaints.at_risk}"), r.valued(r.Customer.Basis()), r.valued(" is at risk a year"), r.valued(r.Customer.Period()))
	tell.AnswerTerms(r.All)
	tell.People("complaints.lost", "Unhappy customers who do not buy again", r.Lost).From(r.lostWorking())
	tell.Money("complaints.at_risk", "Lifetime value at risk", r.AtRisk).
		From("what each channel returns less than those with nothing to complain of × {1 money}", r.Loss).Needs(spend, years).Compare(evidence.RecoveryParadox)
	tell.Count("complaints.iceberg", "Unhappy customers for each complaint", r.Iceberg).From("1 ÷ {complaints.speak_up}").AbsentBecause("nobody complains")
	tell.Money("complaints.worth.speaking_up", "Value of a silent customer speaking up", (back.Unresolved-back.Silent)*r.Loss).
		From("({complaints.return.unresolved} − {complaints.return.silent}) × {1 money}", r.Loss).Needs(spend, years).Compare(evidence.SilentMoreLoyal)
	tell.Money("complaints.worth.resolving", "Value of resolving a complaint", (back.Resolved-back.Unresolved)*r.Loss).
		From("({complaints.return.resolved} − {complaints.return.unresolved}) × {1 money}", r.Loss).Needs(spend, years)
	tell.Money("complaints.worth.hurrying", "Value of resolving it quickly", (back.Quick-back.Resolved)*r.Loss).
		From("({complaints.return.quick} − {complaints.return.resolved}) × {1 money}", r.Loss).Needs(spend, years)
	tell.MoneyPerYear("complaints.worth.hurrying_all", "Value of resolving all quickly that are resolved", r.HurryingAll).
		From("{1} complaints × {complaints.resolved} × (100% − {complaints.quickly}) × {complaints.worth.hurrying}", received).Needs(spend, years)
	tell.Money("complaints.worth.one_more_voice", "Value of one more unhappy customer who complains", (r.Spoken-back.Silent)*r.Loss).
		From("({1 share} − {complaints.return.silent}) × {2 money}", r.Spoken, r.Loss).Needs(spend, years).Caveat("handled as complaints are today")
	tell.Points("complaints.token_break_even", "Extra returning customers per 100 gifts to break even", r.TokenBreakEven).From("{complaints.token} ÷ {1 money}", r.Loss).
		Needs("complaints.token", spend, years).AbsentBecause("the customer brings no margin")
	tell.Money("complaints.repair_cost", "Cost of making up for one bad impression", r.RepairCost).From("{complaints.impressions} × {complaints.impression_cost}").
		Needs("complaints.impressions", "complaints.impression_cost")
	tell.Table("funnel", r.funnel)
	tell.Table("steps", r.steps)
	tell.Table("cross-check", r.crossCheck)
}

// Warn adds what readers should know.
func (r *Result) Warn(tell *calc.Report) {
	back := &r.Return
	tell.Remark(max(back.Silent, back.Unresolved, back.Resolved, back.Quick) > back.Content, "complaints.return.content",
		"a channel returns more than those with nothing to complain of; no more than full recovery is counted as money")
}

func (r *Result) funnel(t *calc.Table) {
	t.Col("channel", quantity.Word).Col("customers", quantity.People).Col("share who buy again", quantity.Share).Col("buy again", quantity.People).Col("do not buy again", quantity.People).Col("at risk", quantity.Money)
	returned := 0.0
	for ch := range r.Channels {
		back := ch.People * ch.Return
		returned += back
		t.Row(calc.Words(ch.Name), calc.Number(ch.People), calc.Number(ch.Return), calc.Number(back), calc.Number(ch.People-back), calc.Number(ch.People*max(0, r.Return.Content-ch.Return)*r.Loss))
	}
	t.Row(calc.Words("all unhappy"), calc.Number(r.All), calc.Number(1-r.LostShareAt(r.SpeakUp)), calc.Number(returned), calc.Number(r.Lost), calc.Number(r.AtRisk))
}

func (r *Result) steps(t *calc.Table) {
	back := &r.Return
	t.Col("step", quantity.Word).Col("return rises by", quantity.Points).Col("value of one", quantity.Money)
	row := func(name string, points float64) {
		t.Row(calc.Words(name), calc.Number(points), calc.Number(points*r.Loss))
	}
	row("silent → speaks up, not resolved", back.Unresolved-back.Silent)
	row("not resolved → resolved", back.Resolved-back.Unresolved)
	row("resolved → resolved quickly", back.Quick-back.Resolved)
	row("silent → resolved", back.Resolved-back.Silent)
	row("silent → speaks up, handled as today", r.Spoken-back.Silent)
}

func (r *Result) crossCheck(t *calc.Table) {
	famous, corrected := evidence.SpeakUp.Values[0].Likely, evidence.SpeakUpGoodman.Values[0].Likely
	t.Col("if so many complain", quantity.Share).Col("of the unhappy are lost", quantity.Share).Col("whose figure", quantity.Word)
	t.Row(calc.Number(r.SpeakUp), calc.Number(r.LostShareAt(r.SpeakUp)), calc.Words("the scenario's"))
	t.Row(calc.Number(famous), calc.Number(r.LostShareAt(famous)), calc.Words("the famous 4%, grade X"))
	t.Row(calc.Number(corrected), calc.Number(r.LostShareAt(corrected)), calc.Words("Goodman's correction of 2005"))
	t.Row(calc.Words(""), calc.Number(evidence.StopOrBuyLess.Values[0].Likely), calc.Words("the same text's own: stop or buy less, grade C"))
}
