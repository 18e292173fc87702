// Package wordofmouth computes how many people hear a lost customer's story, and how
// many of them are lost too: the followers.
//
//	tellings_g = new_{g−1} × tells_g × (1 − overlap)       new₀ = 1, the customer
//	new_g      = tellings_g
//	new_g      = reach(K_g) − reach(K_{g−1})               in a circle
//	reach(K)   = min(K, n (1 − (1 − 1/n)ᴷ))                n = circle − 1
//	H          = talkers × Σ new_g                         hearers
//	F          = leave × buyers × H                        followers, rule "expected"
//	F          = max(0, round(leave (1 + buyers × H)) − 1) followers, rule "book"
//
// K_g counts all tellings up to generation g. Reach is the expected number of different
// people among n whom K tellings reach, each drawn at random.
package wordofmouth

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/evidence"
	"github.com/churncost/churncost/calc/quantity"
)

// Inputs describe how a story spreads.
type Inputs struct {
	Tells   []float64 // how many people each one tells, by generation
	Leave   float64   // share of the hearers who stay away
	Rule    string    // Expected or Book
	Talkers float64   // share of lost customers who tell anybody
	Buyers  float64   // share of the hearers who buy here or would have
	Value   float64   // what a follower is worth as a share of a new customer
	Overlap float64   // share of tellings that reach somebody who knows already
	Circle  float64   // how many people could hear, the customer included; NaN for no limit
}

// The rules by which followers are counted.
const (
	Expected = "expected" // a share of the hearers, not rounded
	Book     = "book"     // a share of all who heard, the customer included, in whole people
)

// Ask asks for the story.
func (in *Inputs) Ask(ask *calc.Form) {
	ask.PeopleList(&in.Tells, "word_of_mouth.tells", "people told by each, generation by generation, such as [11, 5]", calc.Known(evidence.Tells, evidence.TellsWidely, evidence.TellsInService))
	ask.Share(&in.Leave, "word_of_mouth.leave", "share of the hearers who stay away", calc.Known(evidence.Leave))
	ask.Choice(&in.Rule, "word_of_mouth.rule", "expected: a share of the hearers, beside the customer; book: a share of all who heard, in whole people", Expected, Book)
	ask.Share(&in.Talkers, "word_of_mouth.talkers", "share of lost customers who tell at all", calc.Default(1))
	ask.Share(&in.Buyers, "word_of_mouth.buyers", "share of the hearers who buy here or would have", calc.Default(1))
	ask.Share(&in.Value, "word_of_mouth.value", "what somebody else who is lost is worth against a new customer", calc.AtMost(math.Inf(1)), calc.Default(1), calc.Known(evidence.FollowerValue))
	ask.Share(&in.Overlap, "word_of_mouth.overlap", "share of tellings that reach somebody who already knows", calc.Default(0))
	ask.People(&in.Circle, "word_of_mouth.circle", "how many people could hear at all, the customer among them", calc.AtLeast(1), calc.Optional, calc.NotWith("word_of_mouth.overlap"))
}

// Steps says how to read what a small change of an input does to a metric, where
// followers are counted in whole people. It says nothing under another rule.
func Steps(inputs quantity.Inputs) []string {
	if rule := inputs["word_of_mouth.rule"]; rule == nil || rule.Word != Book {
		return nil
	}
	return []string{"under rule book the metric moves in steps of whole people: a small swing may do nothing, and an elasticity is the slope between two steps"}
}

// A Generation is one round of telling.
type Generation struct {
	Number   int
	Tells    float64 // how many people each one tells
	Tellings float64 // in this round, without those to people who know already
	New      float64 // people who hear for the first time
}

// Generations yields the rounds in order, before talkers are counted.
func (in *Inputs) Generations(yield func(Generation) bool) {
	s := story{fresh: 1}
	for i := range in.Tells {
		if !yield(s.round(in, i)) {
			return
		}
	}
}

// A story counts what happens round by round.
type story struct {
	fresh   float64 // people who have heard and not told anybody yet
	told    float64 // tellings so far
	reached float64 // people so far
}

// round is the next round of telling.
func (s *story) round(in *Inputs, i int) Generation {
	tellings := s.fresh * in.Tells[i] * (1 - in.Overlap)
	s.told += tellings
	s.fresh = tellings
	if !math.IsNaN(in.Circle) {
		reached := reach(s.told, in.Circle-1)
		s.fresh, s.reached = reached-s.reached, reached
	}
	return Generation{i + 1, in.Tells[i], tellings, s.fresh}
}

// reach is the expected number of different people among n whom K tellings reach.
func reach(tellings, n float64) float64 {
	if n <= 1 || tellings == 0 { // a single other person is reached by the first telling
		return min(tellings, n)
	}
	return min(tellings, -n*math.Expm1(tellings*math.Log1p(-1/n)))
}

// Hearers is H, how many hear of it besides the customer.
func (in *Inputs) Hearers() float64 {
	sum, s := 0.0, story{fresh: 1}
	for i := range in.Tells {
		sum += s.round(in, i).New
	}
	return in.Talkers * sum
}

// Followers is F, how many are lost besides the customer.
func (in *Inputs) Followers() float64 {
	hearers := in.Hearers()
	if in.Rule == Book {
		return max(0, roundHalfUp(in.Leave*(1+in.Buyers*hearers))-1)
	}
	return in.Leave * in.Buyers * hearers
}

// noise is how far below a half a number of people may be and still be rounded up, so
// that 10 % of 25 is rounded as 2.5 should be.
const noise = 1e-9

// roundHalfUp gives whole people.
func roundHalfUp(people float64) float64 {
	return math.Floor(people + 1./2 + noise)
}

// Working is how the number of people lost is calculated, as a template whose
// first term is the number of all who heard and whose second is the number of
// hearers.
func (in *Inputs) Working() string {
	if in.Rule == Book {
		return "{word_of_mouth.leave} of {1} who heard, in whole people"
	}
	return "1 + {word_of_mouth.leave} × {2} hearers"
}

// LossWorking is how the loss through word of mouth is calculated, as a template whose
// first term is the number of followers and whose second is what losing one costs.
func (in *Inputs) LossWorking() string {
	if in.Value == 1 {
		return "{1} people × {2 money}"
	}
	return "{word_of_mouth.value} × {1} people × {2 money}"
}

// LeaveFirst is how many are lost of the first to know, the customer: under the rule
// "book" the customer is one of all who have heard.
func (in *Inputs) LeaveFirst() float64 {
	if in.Rule == Book {
		return in.Leave
	}
	return 1
}

// Sum labels the row of the sums over all generations.
func (in *Inputs) Sum() string {
	if in.Rule == Book {
		return "in all, in whole people"
	}
	return "in all"
}

// Warn adds what readers of F should know.
func (in *Inputs) Warn(tell *calc.Report) {
	tell.Remark(in.Rule == Book, "word_of_mouth.rule", "rule book counts whole people, so the result moves in steps")
}
