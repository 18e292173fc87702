package catalog_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/extremes"
	"github.com/churncost/churncost/calc/internal/calctest"
	"github.com/churncost/churncost/calc/quantity"
)

// scenariosEach and pointsEach are how many scenarios are drawn for each
// calculator, and how many points inside the ranges of each.
const (
	scenariosEach = 40
	pointsEach    = 24
)

// A number is a figure or a cell of a table, with its range over a scenario.
type number struct {
	name string
	quantity.Range
}

// numbers lists the figures and the cells that hold numbers. The split of a
// total by class is left out: it is for the likely point alone.
func numbers(r *calc.Report) []number {
	var all []number
	for _, f := range r.Figures {
		all = append(all, number{f.Metric, f.Range})
	}
	for _, t := range r.Tables {
		if r.Sum.Total != "" && strings.HasPrefix(t.Name, "what "+r.Sum.Total) {
			continue
		}
		for i, row := range t.Rows {
			for j, cell := range row {
				if cell.Kind == calc.NumberCell {
					all = append(all, number{fmt.Sprintf("table %q, row %d, column %q", t.Name, i+1, t.Columns[j].Name), cell.Range})
				}
			}
		}
	}
	return all
}

// order is the words in the tables. Rows may be in an order that
// the likely values fix once; where another point would order them otherwise it
// asks another question, and is not compared.
func order(r *calc.Report) string {
	var b strings.Builder
	for _, t := range r.Tables {
		if r.Sum.Total != "" && strings.HasPrefix(t.Name, "what "+r.Sum.Total) {
			continue
		}
		for _, row := range t.Rows {
			for _, cell := range row {
				b.WriteString(cell.Words + "|")
			}
		}
	}
	return b.String()
}

// rounding is the last digit of a report that is rounded to six decimals, and
// digits what a float64 keeps of a large number.
const (
	rounding = 1e-6
	digits   = 1e-12
)

// escapes reports whether a value lies outside a range by more than a thousandth
// of its span.
func (n number) escapes(value float64) bool {
	slack := (n.High-n.Low)/1000 + rounding + digits*max(math.Abs(n.Low), math.Abs(n.High))
	return !(value >= n.Low-slack && value <= n.High+slack)
}

// bottomless is how many times the largest value that was met the span of a range
// must be to betray that something was divided by a number that may be zero: such
// a figure should be absent where it has no end.
const bottomless = 1e8

func TestNoPointInsideTheRangesEscapesLowAndHighInAnyCalculator(t *testing.T) {
	for _, c := range catalog.All() {
		t.Run(c.Name, func(t *testing.T) {
			d := &drawer{Rand: rand.New(rand.NewPCG(11, 12)), fields: c.Fields()}
			model, exact := c.Model(), c.Model()
			compared, spans := 0, 0
			for scenario := range scenariosEach {
				in, report := d.bound(model, 1+scenario%5)
				if in == nil {
					t.Fatalf("no scenario could be drawn that %s computes", c.Name)
				}
				for _, n := range numbers(report) {
					if !(n.Low <= n.Likely && n.Likely <= n.High) && !math.IsNaN(n.Low) {
						t.Fatalf("%s of %s: low %v, value %v, high %v", n.name, describe(model), n.Low, n.Likely, n.High)
					}
					if n.Low < n.High {
						spans++
					}
				}
				compared += tryPoints(t, d, in, report, model, exact)
			}
			if compared < scenariosEach*pointsEach/4 || spans < scenariosEach {
				t.Errorf("only %d points were compared, and %d ranges were found: too few to prove anything", compared, spans)
			}
		})
	}
}

// tryPoints computes at points inside the ranges of the scenario that model is
// bound to, holds them against the report's low and high ends, and tells how
// many could be compared.
func tryPoints(t *testing.T, d *drawer, in quantity.Inputs, report *calc.Report, model, exact *calc.Model) (compared int) {
	t.Helper()
	ends := numbers(report)
	largest := make([]float64, len(ends))
	for i, n := range ends {
		largest[i] = math.Abs(n.Likely)
	}
	for range pointsEach {
		err := exact.Bind(d.pinned(in, model.Inputs()))
		if found := problems(err); len(found) == 1 && found[0].Key == "winback.returns_anyway" {
			continue // a point where more return unasked than when asked: a range may reach there, no likely value may
		}
		if err != nil {
			t.Fatalf("a point inside %s is refused: %v", describe(model), err)
		}
		at, err := calctest.Report(exact, 6)
		if err != nil {
			t.Fatalf("what computes at every corner of %s fails at %s: %v", describe(model), describe(exact), err)
		}
		if order(at) != order(report) {
			continue
		}
		compared++
		for i, n := range numbers(at) {
			largest[i] = max(largest[i], math.Abs(n.Likely))
			if !math.IsNaN(ends[i].Low) && ends[i].escapes(n.Likely) {
				t.Fatalf("%s of %s is from %v to %v, but at %s it is %v", n.name, describe(model), ends[i].Low, ends[i].High, describe(exact), n.Likely)
			}
		}
	}
	for i, n := range ends {
		if n.High-n.Low > bottomless*largest[i] && largest[i] > rounding {
			t.Fatalf("%s of %s is from %v to %v, but %d points find nothing beyond %v: it has no end somewhere", n.name, describe(model), n.Low, n.High, pointsEach, largest[i])
		}
	}
	return compared
}

// Gates and tables of many scenarios must judge by the numbers that a report prints.
func TestFiguresAreThoseOfTheReport(t *testing.T) {
	for _, c := range catalog.All() {
		d := &drawer{Rand: rand.New(rand.NewPCG(19, 20)), fields: c.Fields()}
		m := c.Model()
		for scenario := range scenariosEach {
			in, report := d.bound(m, scenario%3)
			if in == nil {
				t.Fatalf("no scenario could be drawn that %s computes", c.Name)
			}
			ends, err := extremes.Figures(m, nil, 6)
			if err != nil || len(ends) != len(report.Figures) {
				t.Fatalf("Ends of %s gives %d ranges (%v), want %d", describe(m), len(ends), err, len(report.Figures))
			}
			for i, f := range report.Figures {
				if got, want := fmt.Sprint(ends[i]), fmt.Sprint(f.Range); got != want { // as text, where NaN equals NaN
					t.Errorf("Ends of %s has %s = %s, and the report %s", describe(m), f.Metric, got, want)
				}
			}
		}
	}
}

// describe lists the inputs of a model.
func describe(m *calc.Model) string {
	var parts []string
	for _, in := range m.Inputs() {
		switch {
		case in.Word != "":
			parts = append(parts, in.Key+"="+in.Word)
		case in.Range.Exact():
			parts = append(parts, fmt.Sprintf("%s=%v", in.Key, in.Range.Likely))
		default:
			parts = append(parts, fmt.Sprintf("%s=%v..%v..%v", in.Key, in.Range.Low, in.Range.Likely, in.Range.High))
		}
	}
	return strings.Join(parts, " ")
}

// named is one of the catalog's calculators.
func named(t *testing.T, name string) calc.Calculator {
	t.Helper()
	for _, c := range catalog.All() {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("no calculator is called %s", name)
	return calc.Calculator{}
}

// exactly is an input that is one number.
func exactly(x float64) *quantity.Input { return &quantity.Input{Range: quantity.Exactly(x)} }

// between is an input that is a range, with its likely point.
func between(key string, low, likely, high float64) *quantity.Input {
	return &quantity.Input{Key: key, Unit: quantity.Share, Range: quantity.Range{Low: low, Likely: likely, High: high}}
}

// A bill with a win-back, as retention r goes from 30 % to 100 %: 1,000 a year
// for two years at r, half of those lost come back for three years, the offer is
// free.
//
//	total(r) = V − p V₂ = 1000 (1 + r) − ½ × 1000 (1 + r + r²) = 500 (1 + r − r²)
//
// It rises until r = 50 %, where it is 625, and falls from there: 605 at 30 % and
// at the likely 70 %, 500 at 100 %. The high end is at no corner and not at the
// likely point.
func TestTheHighestLossLiesBetweenTheCornersOfRetention(t *testing.T) {
	m := named(t, "loss").Model()
	if err := m.Bind(quantity.Inputs{
		"customer.spend":            exactly(1000),
		"customer.years":            exactly(2),
		"customer.retention":        between("customer.retention", .3, .7, 1),
		"winback.lapsed":            exactly(.5),
		"winback.offer_cost":        exactly(0),
		"winback.second_life.years": exactly(3),
	}); err != nil {
		t.Fatal(err)
	}
	report, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := report.Figure("loss.total").Range, (quantity.Range{Low: 500, Likely: 605, High: 625}); got != want {
		t.Errorf("loss.total with retention 30%%..70%%..100%% = %v, want %v", got, want)
	}
}

// ranged gives 17 inputs, 16 or 17 of them ranges.
func ranged(count int) quantity.Inputs {
	in := quantity.Inputs{"customer.spend": exactly(100), "customer.years": exactly(5), "word_of_mouth.leave": exactly(.1), "word_of_mouth.tells": {}}
	for i := range 17 {
		told := quantity.Range{Low: .5, Likely: .6, High: .7}
		if i >= count {
			told = quantity.Exactly(.6)
		}
		in["word_of_mouth.tells"].List = append(in["word_of_mouth.tells"].List, quantity.Input{Range: told})
	}
	return in
}

func TestSixteenRangesAreComputedAndSeventeenRefusedByName(t *testing.T) {
	m := named(t, "ripple").Model()
	if err := m.Bind(ranged(16)); err != nil {
		t.Fatal(err)
	}
	report, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatalf("Report with 16 ranges: %v", err)
	}
	// All that are told rise with what each tells: the ends are Σ .5ⁿ and Σ .7ⁿ
	// for n = 0 … 16, and .6 to the seventeenth power at all times.
	ends := func(x float64) float64 {
		sum, fresh := 1.0, 1.0
		for range 16 {
			fresh *= x
			sum += fresh
		}
		return sum + .6*fresh
	}
	got := report.Figure("ripple.heard").Range
	if math.Abs(got.Low-ends(.5)) > rounding || math.Abs(got.High-ends(.7)) > rounding {
		t.Errorf("ripple.heard over 16 ranges = %v, want from %v to %v", got, ends(.5), ends(.7))
	}
	if err := m.Bind(ranged(17)); err != nil {
		t.Fatal(err)
	}
	_, err = calctest.Report(m, 2)
	found := problems(err)
	if len(found) != 1 || found[0].Key != "word_of_mouth.tells.17" || !strings.Contains(found[0].Message, "17") || !strings.Contains(found[0].Message, "16") || found[0].Hint == "" {
		t.Errorf("Report with 17 ranges fails with %v, want one problem at word_of_mouth.tells.17 that names both numbers and a remedy", err)
	}
}

// At retention 100 % and no discount a lifetime without end has no value.
func TestACornerThatDoesNotComputeIsRefusedAndNamed(t *testing.T) {
	m := named(t, "lifetime").Model()
	if err := m.Bind(quantity.Inputs{
		"customer.spend":     exactly(100),
		"customer.years":     exactly(math.Inf(1)),
		"customer.margin":    between("customer.margin", .2, .3, .4),
		"customer.retention": between("customer.retention", .8, .9, 1),
	}); err != nil {
		t.Fatal(err)
	}
	_, err := calctest.Report(m, 2)
	found := problems(err)
	if len(found) != 1 || found[0].Key != "customer.years" || !strings.Contains(found[0].Message, "customer.retention = 100%") {
		t.Errorf("Report with retention 80%%..100%% for ever fails with %v, want one problem with customer.years that names customer.retention = 100%%", err)
	}
}

// An offer of 1,000..3,000 to one in three, for a second life of 2,000: at the
// near end 50 % would have to accept, at the far end 150 %.
func TestAFigureThatIsNotFiniteThroughoutHasNoLowAndHigh(t *testing.T) {
	m := named(t, "winback").Model()
	if err := m.Bind(quantity.Inputs{
		"customer.spend":     exactly(200),
		"customer.years":     exactly(10),
		"winback.lapsed":     exactly(.3),
		"winback.active":     exactly(.6),
		"winback.prospect":   exactly(.1),
		"winback.offer_cost": between("winback.offer_cost", 1000, 1200, 3000),
	}); err != nil {
		t.Fatal(err)
	}
	report, err := calctest.Report(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	success := report.Figure("winback.break_even_success").Range
	if success.Likely != .6 || !math.IsNaN(success.Low) || !math.IsNaN(success.High) {
		t.Errorf("winback.break_even_success = %v, want 0.6 with neither low nor high", success)
	}
	if gain, want := report.Figure("winback.gain").Range, (quantity.Range{Low: -2400, Likely: -600, High: -400}); gain != want {
		t.Errorf("winback.gain = %v, want %v", gain, want)
	}
}

// The metrics of a calculator are read without a scenario, for the schema, completion
// and gates. They must be the ones in its reports.
func TestKeysAndMetricsAreTheSameWhateverTheInputs(t *testing.T) {
	for _, c := range catalog.All() {
		want := metrics(c.Metrics())
		before := map[[2]string]bool{} // tables in the order of a report; some depend on inputs that are given
		for _, report := range drawn(t, c) {
			if got := metrics(report.Figures); got != want {
				t.Fatalf("%s tells %s of one scenario, and without one %s", c.Name, got, want)
			}
			for i, second := range report.Tables {
				for _, first := range report.Tables[:i] {
					before[[2]string{first.Name, second.Name}] = true
					if before[[2]string{second.Name, first.Name}] {
						t.Fatalf("%s has the table %q before %q of one scenario, and after it of another", c.Name, first.Name, second.Name)
					}
				}
			}
		}
	}
}

// drawn are reports of scenarios drawn at random.
func drawn(t *testing.T, c calc.Calculator) []*calc.Report {
	t.Helper()
	d := &drawer{Rand: rand.New(rand.NewPCG(13, 14)), fields: c.Fields()}
	var reports []*calc.Report
	m := c.Model()
	for range scenariosEach {
		in, report := d.bound(m, 1)
		if in == nil {
			t.Fatalf("no scenario could be drawn that %s computes", c.Name)
		}
		for _, input := range m.Inputs() {
			if !asked(d.fields, input.Key) {
				t.Errorf("%s binds %s, which is none of its fields", c.Name, input.Key)
			}
		}
		reports = append(reports, report)
	}
	return reports
}

func metrics(figures []calc.Figure) string {
	var b strings.Builder
	for _, f := range figures {
		fmt.Fprintf(&b, "%s [%s] ", f.Metric, f.Unit)
	}
	return b.String()
}

// asked reports whether a key is a field's, or that of an element of its list.
func asked(fields []calc.Field, key string) bool {
	return slices.ContainsFunc(fields, func(f calc.Field) bool {
		return f.Key == key || (f.Lists() || f.Kind == calc.ItemsInput) && strings.HasPrefix(key, f.Key+".")
	})
}
